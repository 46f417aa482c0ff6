"""What one scheme gives one person of a roster."""

from __future__ import annotations

from typing import NamedTuple

from sgincentive.columns.by_rows import result_of
from sgincentive.columns.headings import in_order
from sgincentive.decision import Decision, Outcome
from sgincentive.engine.stacking import total_of
from sgincentive.nodes.values import Number

IN_PERIOD = "in-period"
"""What decided where no month of the period asked about has anything due."""


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
    """A decision as it stands in a roster: by its schedule, added up, where a period is asked."""
    found = result_of(decision)
    if decision.schedule is None:
        return Answer(
            decision.outcome, found.low, found.high, found.published, found.decided_by,
            found.missing,
        )  # fmt: skip
    low, high = total_of(decision)
    missing = {
        cause.name for row in decision.schedule for cause in row.due.causes if cause.kind == "fact"
    }
    outcomes = {row.outcome for row in decision.schedule}
    outcome, decided_by = decision.outcome, found.decided_by
    if "eligible" in outcomes:
        outcome, decided_by = "eligible", None
    elif "undetermined" in outcomes:
        outcome, decided_by = "undetermined", decided_by if outcome == "undetermined" else None
    elif outcome in ("eligible", "undetermined"):
        outcome, decided_by = "ineligible", IN_PERIOD
    named = tuple(in_order(decision.scheme.subject, missing)) if low != high else ()
    return Answer(outcome, low, high, found.published, decided_by, named)
