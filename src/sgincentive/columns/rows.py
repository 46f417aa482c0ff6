"""The row that a set of columns describes: which facts and lists the cells of a table give."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.columns import expr as e
from sgincentive.columns.cells import blank_is_none, may_be_partial
from sgincentive.columns.days import NONE_DAY, UNKNOWN_DAY, Day
from sgincentive.columns.expr import FALSE, TRUE, Expr, Kind
from sgincentive.columns.row import NONE_WORD, Cell, Entry, ListState, Row, limits
from sgincentive.facts import Fact, facts, lists

KINDS: Final[Mapping[str, Kind]] = {
    "bool": "bool", "date": "day", "year": "int", "money": "int", "count": "int", "number": "int",
    "months": "int", "level": "text", "division": "text", "word": "text", "text": "text",
}  # fmt: skip

ALL, NONE = "all", "none"
"""Cells of a list's own column: the row names every entry, or there is none."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by what they hold, once their cells are in the library's own form.

    ``facts``: column of each fact, by dotted name. ``lists``: column of each list's own cell, by
    the name of the list. ``confirmed``: column of each word of an office, by scheme and
    requirement. ``never_blank``: columns without a blank cell. ``scales``: parts in which the
    numbers of a column are counted. ``unclear``: columns of dates in which a date before all
    others stands for unknown.
    """

    facts: Mapping[str, str]
    lists: Mapping[str, str] = field(default_factory=dict)
    confirmed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    never_blank: Collection[str] = ()
    scales: Mapping[str, int] = field(default_factory=dict)
    unclear: Collection[str] = ()

    def key(self) -> tuple[object, ...]:
        """What two tables share that are read alike."""
        return (
            tuple(self.facts.items()), tuple(self.lists.items()), tuple(self.confirmed.items()),
            frozenset(self.never_blank), tuple(self.scales.items()), frozenset(self.unclear),
        )  # fmt: skip


def row_of(subject: str, columns: Columns, on: Day, applied: Day,
           complete: Collection[str] = ()) -> Row:  # fmt: skip
    """The row of a table about ``subject``; lists in ``complete`` are given in full."""
    about, listed = facts(subject), lists(subject)
    raws = {
        name: _raw(about[name], column, column in columns.never_blank, column in columns.unclear)
        for name, column in columns.facts.items()
    }
    owners = {name: _owner(name, listed) for name in raws}
    scales = {name: columns.scales.get(column, 1) for name, column in columns.facts.items()}
    plain = {
        name: _cell(about[name], raw, scales[name])
        for name, raw in raws.items()
        if owners[name] is None
    }
    states: dict[str, ListState] = {}
    for name, fact in listed.items():
        mine = {n: raw for n, raw in raws.items() if owners[n] == name}
        own = columns.lists.get(name)
        if mine or own is not None or name in complete:
            prefix = fact.element + "."
            states[name] = _list(
                {n: (about[n], raw, scales[n]) for n, raw in mine.items()},
                prefix,
                None if own is None else e.column(own, "text"),
                name in complete,
                may_be_partial(subject, name),
            )
    confirmed = {
        key: Cell(e.known(raw), FALSE, raw)
        for key, raw in ((k, e.column(c, "bool")) for k, c in columns.confirmed.items())
    }
    return Row(subject, plain, states, on, applied, confirmed)


def _raw(fact: Fact, column: str, never_blank: bool, unclear: bool) -> Expr:
    kind = KINDS[fact.type]
    low, high = 0, 0
    if kind == "int":
        low, high = limits(fact)
    elif kind == "day":
        # A day known to be none stands in the column as one after all others.
        low = (UNKNOWN_DAY if unclear else FIRST_DAY).toordinal()
        high = (NONE_DAY if fact.nullable else LAST_DAY).toordinal()
    words = () if fact.vocabulary is None else (*fact.vocabulary.values, NONE_WORD)
    return e.column(column, kind, low, high, never_blank, words if kind == "text" else ())


def _owner(name: str, listed: Mapping[str, object]) -> str | None:
    found = None
    best = -1
    for owner, fact in listed.items():
        element = fact.element  # type: ignore[attr-defined]
        if name.startswith(element + ".") and len(element) > best:
            found, best = owner, len(element)
    return found


def _filled_in(raw: Expr) -> Expr:
    """The rows whose cell says something; a day that is not known says nothing."""
    known = e.known(raw)
    if raw.kind == "day" and raw.low < FIRST_DAY.toordinal():
        return e.all_(known, e.not_(e.equal(e.filled(raw, NONE_DAY), e.day(UNKNOWN_DAY))))
    return known


def _cell(fact: Fact, raw: Expr, scale: int, present: Expr | None = None) -> Cell:
    none = FALSE
    known = _filled_in(raw)
    if fact.nullable and raw.kind == "text":
        none = e.is_in(raw, (NONE_WORD,))
    elif fact.nullable and raw.kind == "day":
        is_none = e.equal(e.filled(raw, NONE_DAY), e.day(NONE_DAY))
        if present is not None and blank_is_none(fact):
            # No day, but not one that is marked as unknown either.
            known = e.all_(present, e.any_(known, e.not_(e.known(raw))))
        none = e.all_(known, is_none)
    return Cell(known, none, raw, scale)


def _list(
    mine: Mapping[str, tuple[Fact, Expr, int]],
    prefix: str,
    own: Expr | None,
    complete: bool,
    open_ended: bool,
) -> ListState:
    some = e.any_(*(_filled_in(raw) for _, raw, _ in mine.values()))
    none = whole = FALSE
    if own is not None:
        none, whole = e.is_in(own, (NONE,)), e.is_in(own, (ALL,))
    if complete:
        whole = TRUE
    level = mine.get("certificate.level")
    if level is not None:
        # "None" as the level and nothing else: no certificate at all.
        others = [_filled_in(r) for n, (_, r, _) in mine.items() if n != "certificate.level"]
        bare = e.all_(e.is_in(level[1], (NONE_WORD,)), e.not_(e.any_(*others)))
        some, none = e.all_(some, e.not_(bare)), e.any_(none, bare)
    entries: tuple[Entry, ...] = ()
    if mine:
        cells = {
            name.removeprefix(prefix): _cell(fact, raw, scale, some)
            for name, (fact, raw, scale) in mine.items()
        }
        entries = (Entry(some, cells),)
    given = e.any_(some, none, whole)
    partial = e.all_(some, e.not_(whole), e.not_(none)) if open_ended else FALSE
    return ListState(given, partial, entries, e.all_(some, none))
