"""What columns cannot express: single rows asked of the scalar engine, and the answers put back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from sgincentive.columns.compiled import OUTCOMES, deciders, outcome_words
from sgincentive.columns.headings import in_order
from sgincentive.columns.profile import profile_of
from sgincentive.columns.reading import Options
from sgincentive.decision import Decision
from sgincentive.facts import ProfileError, subject_from
from sgincentive.nodes.values import Number
from sgincentive.schemes.model import Scheme

if TYPE_CHECKING:
    from sgincentive.ruleset import Rules


@dataclass(frozen=True, slots=True)
class Result:
    """What is said of one row by one scheme; amounts in fen, or plain numbers."""

    outcome: str
    low: Number | None
    high: Number | None
    published: bool
    missing: tuple[str, ...]
    decided_by: str | None


def decided_by(decision: Decision) -> str | None:
    """The requirement that decided: the first that fails, or the first that is open.

    ``in-force``, or the status of the version, where no version covers the case; None where
    everything holds.
    """
    if decision.outcome == "not_in_force":
        return decision.status or "in-force"
    if decision.outcome in ("eligible", "compliant"):
        return None
    answer = None if decision.outcome == "undetermined" else False
    for finding in decision.findings:
        if finding.requirement.strength == "must" and finding.applies and finding.holds is answer:
            return finding.id
    return None


def result_of(decision: Decision) -> Result:
    """A decision as the columns say it."""
    bounds = decision.bounds
    low, high = bounds.low, bounds.high
    if decision.amount is None:
        low = high = None
    elif not bounds.published and not low and high is None:
        low = None
    missing = tuple(in_order(decision.scheme.subject, {m.fact for m in decision.missing}))
    return Result(decision.outcome, low, high, bounds.published, missing, decided_by(decision))


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks the scalar engine about single rows (picklable, so that a cluster can carry it)."""

    rules: Rules
    schemes: tuple[Scheme, ...]
    subject: str
    on: date | None
    today: date
    complete: tuple[str, ...]
    options: Options
    confirmed_within: int | None
    keep: tuple[str, ...] = ()
    tables: Mapping[str, Mapping[Any, Sequence[Mapping[str, Any]]]] = field(default_factory=dict)

    def ask(
        self, rows: Sequence[Mapping[str, Any]], person: Any, schemes: Collection[Scheme]
    ) -> dict[str, Result] | ProfileError:
        """The results of the schemes for the rows of one person, or why they are no profile."""
        try:
            profile = profile_of(
                rows,
                subject=self.subject,
                complete=self.complete,
                tables={name: found.get(person, ()) for name, found in self.tables.items()},
                money=self.options.money,
                keep=self.keep,
            )
            asked = subject_from(profile)
        except ProfileError as error:
            return error
        on = self.on
        if on is None and "applied" not in profile:
            on = self.today
        return {
            scheme.id: result_of(
                self.rules.decide(scheme, asked, on, confirmed_within=self.confirmed_within)
            )
            for scheme in schemes
        }


def code_of(scheme: Scheme, result: Result) -> tuple[int, int]:
    """The codes of an outcome and of what decided."""
    outcome = outcome_words(scheme).index(result.outcome)
    assert outcome < len(OUTCOMES)
    which = 0
    if result.decided_by is not None:
        which = deciders(scheme).index(result.decided_by) + 1
    return outcome, which
