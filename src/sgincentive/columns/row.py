"""One row as the engine sees a subject: cells for facts, at most one entry for each list.

A row is one claim. The cells of an entry (``certificate.level``, ``post.division``, …) together
are that entry; where all of them are blank the row says nothing about the list, unless it is
declared complete, or a cell under the name of the list itself says that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.columns import days
from sgincentive.columns import expr as e
from sgincentive.columns.days import NONE_DAY, Day, Span
from sgincentive.columns.expr import FALSE, TRUE, Expr
from sgincentive.columns.values import Bounds, Facts
from sgincentive.facts import Fact
from sgincentive.nodes.reference import FactRef, ListRef

NONE_WORD = "none"
"""Stands in a column of words for a fact known to be none."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact in each row: whether it is known, whether it is known to be none, and the column.

    ``raw`` is None where the table has no column for the fact. ``scale``: a number is counted in
    parts of 1 / scale.
    """

    known: Expr
    none: Expr
    raw: Expr | None
    scale: int = 1

    def is_word(self, words: tuple[object, ...]) -> Expr:
        """Whether the text is one of ``words`` (None: known to be none)."""
        if self.raw is None:
            return FALSE
        if self.raw.kind != "text":
            return self.none if None in words else FALSE
        return e.is_in(self.raw, (NONE_WORD if w is None else str(w) for w in words))

    def missing(self, name: str) -> Facts:
        """The fact under its name, in the rows that leave it out."""
        rows = e.not_(self.known)
        return {} if rows is FALSE else {name: rows}

    def number(self) -> Expr:
        """The number, 0 where it is not known."""
        return e.ZERO if self.raw is None else e.filled(self.raw, 0)

    def day(self) -> Day:
        """The day, any day where it is not known; one known to be none is the last of all."""
        assert self.raw is not None
        if self.none is FALSE:
            return Day(e.filled(self.raw, FIRST_DAY))
        return Day(e.least(e.filled(self.raw, NONE_DAY), e.day(LAST_DAY)))

    def span(self, name: str) -> Span:
        """The day, or any day where it is not known."""
        if self.raw is None:
            return Span(days.FIRST, days.LAST, {name: TRUE})
        value = self.day()
        if self.known is TRUE:
            return Span(value, value)
        return Span(
            days.choose(self.known, value, days.FIRST),
            days.choose(self.known, value, days.LAST),
            self.missing(name),
        )


UNKNOWN_CELL = Cell(FALSE, FALSE, None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: the rows that have it, and its cells by field."""

    present: Expr
    cells: Mapping[str, Cell]

    def cell(self, name: str) -> Cell:
        """The cell of a field, blank where the table has none."""
        return self.cells.get(name, UNKNOWN_CELL)


NO_ENTRY = Entry(FALSE, {})


@dataclass(frozen=True, slots=True)
class ListState:
    """A list: the rows that give it, those in which it may be longer than given, its entries.

    ``contrary``: the rows that both say that there is no entry and give one.
    """

    given: Expr
    partial: Expr
    entries: tuple[Entry, ...]
    contrary: Expr = FALSE


UNKNOWN_LIST = ListState(FALSE, FALSE, ())


@dataclass(frozen=True, slots=True)
class Row:
    """All that a row says: facts of the subject, lists, words of offices, and the question."""

    subject: str
    facts: Mapping[str, Cell]
    lists: Mapping[str, ListState]
    on: Day
    applied: Day
    confirmed: Mapping[tuple[str, str], Cell] = field(default_factory=dict)

    def list(self, name: str) -> ListState:
        """A list by its name."""
        return self.lists.get(name, UNKNOWN_LIST)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node is asked: the row, the certificate of the claim, the entry looked at."""

    row: Row
    scheme: str
    claim: Entry | None = None
    element: Entry | None = None

    def at_entry(self, entry: Entry) -> Place:
        """The same, looking at one entry of a list."""
        return Place(self.row, self.scheme, self.claim, entry)

    def cell(self, ref: FactRef) -> Cell:
        """The cell that a fact stands for."""
        if ref.scope == "subject":
            return self.row.facts.get(ref.name, UNKNOWN_CELL)
        entry = self.claim if ref.scope == "claim" else self.element
        return UNKNOWN_CELL if entry is None else entry.cell(".".join(ref.keys))

    def list(self, ref: ListRef) -> ListState:
        """The list that a node reads."""
        return self.row.list(".".join(ref.keys))


def amount(cell: Cell, name: str) -> Bounds:
    """A number of the profile, never below 0."""
    value = cell.number()
    return Bounds(value, value, FALSE, e.not_(cell.known), TRUE, cell.missing(name), cell.scale)


def limits(fact: Fact) -> tuple[int, int]:
    """The least and the greatest number that a column of a fact may hold (money in fen)."""
    if fact.type == "year":
        return FIRST_DAY.year, LAST_DAY.year
    return 0, {"months": 600, "count": 10**9, "number": 10**11}.get(fact.type, MOST_FEN)


MOST_FEN = 10**13
"""The greatest amount of money in a column: 100,000 million yuan."""
