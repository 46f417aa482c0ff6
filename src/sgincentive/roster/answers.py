"""The answers for the rows of a roster: which schemes concern a row, and what each gives.

The only door to the engines: :func:`evaluate`. Rows that share a person are one profile, whose
answer stands at the first of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sgincentive.columns.profile import profile_of
from sgincentive.facts import ProfileError, subject_from
from sgincentive.roster.answer import Answer, answer_of
from sgincentive.roster.by_columns import Frame, expressible, installed
from sgincentive.roster.entries import Roster
from sgincentive.roster.problems import Problem
from sgincentive.roster.subjects import SUBJECT_WORDS
from sgincentive.ruleset import Rules, concerns
from sgincentive.schemes.model import Scheme
from sgincentive.words import Text

AT_ONCE = 20_000
"""So many rows are asked in columns before it is told that they are done."""
Progress = Callable[[int], None]
"""Told how many more rows are done."""


def unwatched(done: int) -> None:
    """Where nobody wants to be told."""
    del done


@dataclass(slots=True)
class Answers:
    """For each scheme the answer of each row of ``roster``; None where it does not concern the
    row, and where another row of the same person has the answer. ``by_rows`` counts the answers
    of the engine for single profiles."""

    roster: Roster
    schemes: tuple[Scheme, ...]
    rows: Mapping[str, Sequence[Answer | None]]
    on: date | None = None
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
    roster = checked(roster, question.start is not None)
    chosen = _chosen(rules, roster, question)
    asked = _Asked(rules, roster, question)
    share = Share(progress, len(roster.rows), len(chosen.schemes))
    found: dict[str, Sequence[Answer | None]] = {}
    for scheme in chosen.schemes:
        found[scheme.id] = asked.answers(scheme, chosen.rows_of(scheme), share)
    if asked.wrong:
        return evaluate(rules, roster.reject(asked.wrong, asked.wrong), question, progress)
    share.finish()
    schemes = tuple(chosen.schemes)
    return Answers(roster, schemes, found, question.on, question.period, asked.by_rows)


class Share:
    """Turns the rows done scheme by scheme into rows done altogether."""

    def __init__(self, progress: Progress, rows: int, schemes: int) -> None:
        self.progress = progress
        self.rows = rows
        self.schemes = max(schemes, 1)
        self.told = 0
        self.done = 0

    def add(self, rows: int) -> None:
        """Some rows more of one scheme."""
        self.done += rows
        whole = min(self.done // self.schemes, self.rows)
        if whole > self.told:
            self.progress(whole - self.told)
            self.told = whole

    def finish(self) -> None:
        """Everything is done, rows that no scheme concerns among them."""
        self.progress(self.rows - self.told)
        self.told = self.rows


class _Asked:
    """Asks schemes about rows: in columns where rows and scheme allow it, else one by one."""

    def __init__(self, rules: Rules, roster: Roster, question: Question) -> None:
        self.rules = rules
        self.roster = roster
        self.question = question
        self.groups = roster.groups()
        self.subjects: dict[int, Any] = {}
        self.by_rows = 0
        self.wrong: dict[int, Problem] = {}
        self.frame: Frame | None = None
        self.place: list[int | None] = [None] * len(roster.rows)
        if installed():
            able = [at for at, yes in enumerate(expressible(roster)) if yes]
            if able:
                self.frame = Frame(roster, able)
                for place, at in enumerate(able):
                    self.place[at] = place
        self.all = all(place is not None for place in self.place)

    def answers(self, scheme: Scheme, rows: Sequence[int], share: Share) -> list[Answer | None]:
        """The answer of a scheme for the persons at some rows; None for all other rows."""
        found: list[Answer | None] = [None] * len(self.roster.rows)
        singly: Sequence[int] = rows
        scheduled = self.question.start is not None and scheme.kind in ("monthly", "yearly")
        if self.frame is not None and not scheduled:
            whole = self.all and len(rows) == len(found)
            together = rows if whole else [at for at in rows if self.place[at] is not None]
            for start in range(0, len(together), AT_ONCE):
                some = together[start : start + AT_ONCE]
                if len(some) < len(found):
                    part = [p for at in some if (p := self.place[at]) is not None]
                else:
                    part = None
                mine, count = self.frame.answers(self.rules, scheme, self.question.on, part)
                self.by_rows += count
                for at, answer in zip(some, mine, strict=True):
                    found[at] = answer if answer.outcome else self.odd(scheme, at)
                share.add(len(some))
            singly = () if whole else [at for at in rows if self.place[at] is None]
        for at in singly:
            found[at] = self.one(scheme, at)
            share.add(len(self.groups.get(at, (at,))))
        self.by_rows += len(singly)
        return found

    def one(self, scheme: Scheme, at: int) -> Answer:
        """The answer of a scheme for the person at a row."""
        q = self.question
        return answer_of(self.rules.decide(scheme, self.subject(at), q.on, q.start, q.stop))

    def odd(self, scheme: Scheme, at: int) -> Answer | None:
        """The answer for a row to which columns give none: mostly it is no profile."""
        problems = problems_of(self.roster, [at])
        self.wrong |= problems
        return None if problems else self.one(scheme, at)

    def subject(self, at: int) -> Any:
        """The subject that the rows of a person stand for."""
        if at not in self.subjects:
            members = self.groups.get(at, [at])
            data = profile(self.roster, members)
            self.subjects[at] = subject_from(data, kind=self.roster.subject)
        return self.subjects[at]


def checked(roster: Roster, every: bool) -> Roster:
    """The roster without rows that are no profile, among those that are not asked in columns
    (``every``: none is)."""
    able = [False] * len(roster.rows)
    if installed() and not every:
        able = expressible(roster)
    groups = roster.groups()
    wrong: dict[int, Problem] = {}
    for at, lead in enumerate(roster.leads):
        if at == lead and not able[at]:
            wrong |= problems_of(roster, groups.get(at, [at]))
    return roster.reject(wrong, wrong) if wrong else roster


def problems_of(roster: Roster, members: Sequence[int]) -> dict[int, Problem]:
    """Why the rows of a person are no profile, by row; nothing where they are one."""
    try:
        subject_from(profile(roster, members), kind=roster.subject)
    except ProfileError as error:
        first = error.problems[0]
        text = Text(first.message("zh"), first.message("en"))
        if len(members) > 1:
            numbers = [str(roster.numbers[at]) for at in members]
            same = SUBJECT_WORDS[roster.subject].same
            text = Text(
                f"{text.zh}（{same.zh}的第 {'、'.join(numbers)} 行）",
                f"{text.en} (rows {', '.join(numbers)} of {same.en})",
            )
        heading = str(first.path[0]) if first.path else None
        return {at: _located(roster, at, heading, text) for at in members}
    return {}


def _located(roster: Roster, at: int, heading: str | None, text: Text) -> Problem:
    """A problem of a row at the cell under a heading, where there is one."""
    for column in roster.columns:
        if column.heading == heading:
            cell = roster.table.cell(roster.numbers[at], column.index)
            return Problem(text, heading, cell)
    return Problem(text)


def profile(roster: Roster, members: Sequence[int]) -> dict[str, Any]:
    """The profile that some rows stand for. Raises ProfileError."""
    headings = {c.meaning: c.heading for c in roster.columns if c.meaning is not None}
    rows = [
        {headings[meaning]: cells[at] for meaning, cells in roster.facts.items()} for at in members
    ]
    return profile_of(rows, subject=roster.subject, money="fen", keep=roster.own_headings())


# -------------------------------------------------------------------- which schemes


@dataclass(slots=True)
class _Chosen:
    """The schemes that concern any person, and for each of them the first rows of the persons
    (``rows`` None: of all)."""

    schemes: list[Scheme]
    leads: list[int]
    rows: dict[str, list[int]] | None = None

    def rows_of(self, scheme: Scheme) -> list[int]:
        """The first rows of the persons whom a scheme concerns."""
        return self.leads if self.rows is None else self.rows[scheme.id]


def _chosen(rules: Rules, roster: Roster, question: Question) -> _Chosen:
    leads = [at for at, lead in enumerate(roster.leads) if at == lead]
    if question.ids:
        return _Chosen([rules[id].scheme for id in dict.fromkeys(question.ids)], leads)
    every = rules.schemes(subject=roster.subject)
    groups = roster.groups()
    columns = list(_place_columns(roster))
    alike: dict[frozenset[str], list[int]] = {}
    for at in leads:
        places = frozenset(_places(columns, groups.get(at, (at,))))
        alike.setdefault(places, []).append(at)
    rows: dict[str, list[int]] = {}
    for places, members in alike.items():
        for scheme in every:
            if concerns(scheme.applies_in, places):
                rows.setdefault(scheme.id, []).extend(members)
    for mine in rows.values():
        mine.sort()
    return _Chosen([s for s in every if s.id in rows], leads, rows)


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
