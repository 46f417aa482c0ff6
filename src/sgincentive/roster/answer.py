"""What one scheme gives one person of a roster."""

from __future__ import annotations

from typing import NamedTuple

from sgincentive.columns.by_rows import result_of
from sgincentive.decision import Decision, Outcome
from sgincentive.nodes.values import Number


class Answer(NamedTuple):
    """An outcome and an amount.

    ``low`` and ``high``: what is due in fen, or as a plain number, over the period where one is
    given (``high`` None: no upper end; ``low`` None: never published, or no amount at all).
    ``decided_by``: the id of the requirement that decided, or a status. ``missing``: facts by
    name, in the order of a template.
    """

    outcome: Outcome
    low: Number | None
    high: Number | None
    published: bool
    decided_by: str | None
    missing: tuple[str, ...]


def answer_of(decision: Decision) -> Answer:
    """A decision as it stands in a roster: its schedule, where it has one, added up."""
    found = result_of(decision)
    low, high = found.low, found.high
    if decision.schedule is not None:
        low = high = 0
        for row in decision.schedule:
            low += row.due.low or 0
            high = None if high is None or row.due.high is None else high + row.due.high
    return Answer(decision.outcome, low, high, found.published, found.decided_by, found.missing)
