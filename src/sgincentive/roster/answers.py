"""The answers for the rows of a roster: which schemes concern a row, and what each gives.

The only door to the engines: :func:`evaluate`. Rows that share a person are one profile, whose
answer stands at the first of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sgincentive.columns.profile import profile_of
from sgincentive.decision import Decision, Outcome
from sgincentive.facts import ProfileError, subject_from
from sgincentive.nodes.values import Number
from sgincentive.roster.entries import Roster
from sgincentive.roster.problems import Problem
from sgincentive.ruleset import Rules, concerns
from sgincentive.schemes.model import Scheme
from sgincentive.words import Text

Progress = Callable[[int], None]
"""Told how many more rows are done."""


def unwatched(done: int) -> None:
    """Where nobody wants to be told."""
    del done


class Answer(NamedTuple):
    """What one scheme gives one person.

    ``low`` and ``high``: what is due in fen, or as a plain number (``high`` None: no upper end);
    over the period where one is given. ``decided_by``: the id of the requirement that decided,
    or a status. ``missing``: facts by name, those that weigh most first.
    """

    outcome: Outcome
    low: Number | None
    high: Number | None
    published: bool
    decided_by: str | None
    missing: tuple[str, ...]


@dataclass(slots=True)
class Answers:
    """For each scheme the answer of each row of ``roster``; None where it does not concern the
    row, and where another row of the same person has the answer. ``by_rows`` counts the answers
    of the engine for single profiles."""

    roster: Roster
    schemes: tuple[Scheme, ...]
    rows: Mapping[str, Sequence[Answer | None]]
    period: str | None = None
    by_rows: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: schemes by id (none: those that could concern a row), the day (None: each
    row's date of application, else today), and the first and last month of a period."""

    ids: tuple[str, ...] = ()
    on: date | None = None
    start: str | None = None
    stop: str | None = None

    @property
    def period(self) -> str | None:
        """The period in words."""
        if self.start is None or self.stop is None:
            return None
        if self.start[:4] == self.stop[:4] and (self.start[5:], self.stop[5:]) == ("01", "12"):
            return self.start[:4]
        return self.start if self.start == self.stop else f"{self.start}/{self.stop}"


def evaluate(
    rules: Rules, roster: Roster, question: Question, progress: Progress = unwatched
) -> Answers:
    """Every answer for a roster. Rows that turn out to be no profile join the rejected ones."""
    roster = checked(roster)
    chosen = _chosen(rules, roster, question)
    found: dict[str, list[Answer | None]] = {
        scheme.id: [None] * len(roster.rows) for scheme in chosen.schemes
    }
    counted = 0
    for at, members in _members(roster):
        subject = subject_from(profile(roster, members), kind=roster.subject)
        for scheme in chosen.of[at]:
            decision = rules.decide(scheme, subject, question.on, question.start, question.stop)
            found[scheme.id][at] = answer_of(decision)
            counted += 1
        progress(len(members))
    return Answers(roster, tuple(chosen.schemes), found, question.period, counted)


def checked(roster: Roster) -> Roster:
    """The roster without persons whose rows contradict each other."""
    wrong: dict[int, Problem] = {}
    for members in roster.groups().values():
        try:
            subject_from(profile(roster, members), kind=roster.subject)
        except ProfileError as error:
            first = error.problems[0]
            heading = str(first.path[0]) if first.path else None
            numbers = "、".join(str(roster.numbers[at]) for at in members)
            rows = Text(f"（同一人的第 {numbers} 行）", f" (rows {numbers} of one person)")
            text = Text(first.text.zh + rows.zh, first.text.en + rows.en)
            for at in members:
                wrong[at] = Problem(text, heading, f"{roster.numbers[at]}")
    return roster.reject(wrong, wrong) if wrong else roster


def profile(roster: Roster, members: Sequence[int]) -> dict[str, Any]:
    """The profile that some rows stand for. Raises ProfileError."""
    headings = {c.meaning: c.heading for c in roster.columns if c.meaning is not None}
    rows = [
        {headings[meaning]: cells[at] for meaning, cells in roster.facts.items()} for at in members
    ]
    return profile_of(rows, subject=roster.subject, money="fen", keep=roster.own_headings())


def answer_of(decision: Decision) -> Answer:
    """A decision as it stands in a roster."""
    low, high, published = decision.bounds[:3]
    if decision.schedule is not None:
        low, high = 0, 0
        for row in decision.schedule:
            low += row.due.low or 0
            high = None if high is None or row.due.high is None else high + row.due.high
    if decision.outcome == "not_in_force":
        low = high = None
    missing = tuple(dict.fromkeys(m.fact for m in decision.missing))
    return Answer(decision.outcome, low, high, published, decided_by(decision), missing)


def decided_by(decision: Decision) -> str | None:
    """The requirement that decided: the first that fails, else the first that is open."""
    if decision.status is not None:
        return decision.status
    if decision.outcome == "not_in_force":
        return "in-force"
    must = [f for f in decision.findings if f.requirement.strength == "must" and f.applies]
    for value in (False, None):
        for each in must:
            if each.holds is value:
                return each.id
    return None


def _members(roster: Roster) -> Iterator[tuple[int, list[int]]]:
    """The rows of each person, by the first."""
    groups = roster.groups()
    for at, lead in enumerate(roster.leads):
        if at == lead:
            yield at, groups.get(at, [at])


# -------------------------------------------------------------------- which schemes


@dataclass(slots=True)
class _Chosen:
    """The schemes that concern any row, and those that concern each person's first row."""

    schemes: list[Scheme]
    of: dict[int, list[Scheme]] = field(default_factory=dict)


def _chosen(rules: Rules, roster: Roster, question: Question) -> _Chosen:
    if question.ids:
        schemes = [rules[id].scheme for id in dict.fromkeys(question.ids)]
        return _Chosen(schemes, {at: schemes for at, _ in _members(roster)})
    every = rules.schemes(subject=roster.subject)
    known: dict[frozenset[str], list[Scheme]] = {}
    of: dict[int, list[Scheme]] = {}
    columns = list(_place_columns(roster))
    for at, members in _members(roster):
        places = frozenset(_places(columns, members))
        if places not in known:
            known[places] = [s for s in every if concerns(s.applies_in, places)]
        of[at] = known[places]
    used = {scheme.id for schemes in known.values() for scheme in schemes}
    return _Chosen([s for s in every if s.id in used], of)


def _place_columns(roster: Roster) -> Iterable[list[Any]]:
    """The columns that name a place of a person (payments and statistics aside)."""
    for column in roster.columns:
        if column.field is not None and column.meaning is not None:
            name = column.meaning.name
            if column.field.fact.type == "division" and not name.startswith(
                ("received.", "statistic.")
            ):
                yield roster.facts[column.meaning]


def _places(columns: Sequence[list[Any]], members: Sequence[int]) -> Iterator[str]:
    for cells in columns:
        for at in members:
            if cells[at] is not None:
                yield cells[at]
