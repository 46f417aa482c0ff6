"""All shipped rule files at once: read from cold, and asked in a warm process."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from benchmarks.rows import Row
from benchmarks.timing import Ratio, paired, ratio_of
from sgincentive import Rules, Worker, load_rules

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "rules"
PROFILE = ROOT / "examples" / "worker-ningbo.yaml"
LIMIT = 0.001
ASKED = 20


def measure() -> list[Row]:
    """The rows about all rule files."""
    rules = load_rules()
    worker = Worker.model_validate(yaml.safe_load(PROFILE.read_text("utf-8")))
    count = len(rules.schemes(subject="worker"))
    texts = [file.read_text("utf-8") for file in sorted(RULES.rglob("*.yaml"))]

    def compose() -> None:
        for text in texts:
            yaml.compose(text, Loader=yaml.CSafeLoader)

    return [
        Row(
            f"{count} schemes for one worker in a warm process, outcomes and amounts",
            "1 ms",
            against_limit(lambda: rules.outcomes(worker, everywhere=True)),
            1,
        ),
        Row(
            f"{count} schemes for one worker in a warm process, decisions",
            "1 ms",
            against_limit(lambda: rules.check(worker, everywhere=True)),
            1,
        ),
        Row(
            f"{len(texts)} rule files read and checked",
            "composed by PyYAML's C loader",
            paired(load, compose, 1, 5),
            3,
        ),
    ]


def load() -> Rules:
    """The shipped rule files with their examples."""
    return load_rules(RULES)


def against_limit(ask: Callable[[], object], rounds: int = 9) -> Ratio:
    """Seconds of one call against the limit."""
    for _ in range(ASKED):
        ask()
    gc.collect()
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(ASKED):
            ask()
        found.append(((time.perf_counter() - start) / ASKED, LIMIT))
    return ratio_of(found)
