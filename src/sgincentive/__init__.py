"""Rules as code for China's social-work incentives.

    rules = sgincentive.load_rules()
    worker = sgincentive.Worker.model_validate({...})
    decision = rules["zhejiang/ningbo/exam-reward"].check(worker, on=date(2025, 1, 10))

Everything is imported when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sgincentive.decision import Amount, Decision
    from sgincentive.facts import (
        UNKNOWN,
        Organisation,
        ProfileError,
        Project,
        Station,
        Worker,
    )
    from sgincentive.ruleset import Rules, UnknownScheme, load_rules
    from sgincentive.source import SourceError

__version__ = "0.1.0"

_HOMES = {
    "UNKNOWN": "facts",
    "Amount": "decision",
    "Decision": "decision",
    "Organisation": "facts",
    "ProfileError": "facts",
    "Project": "facts",
    "Rules": "ruleset",
    "SourceError": "source",
    "Station": "facts",
    "UnknownScheme": "ruleset",
    "Worker": "facts",
    "load_rules": "ruleset",
}

__all__ = [
    "UNKNOWN",
    "Amount",
    "Decision",
    "Organisation",
    "ProfileError",
    "Project",
    "Rules",
    "SourceError",
    "Station",
    "UnknownScheme",
    "Worker",
    "__version__",
    "load_rules",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
