"""A row of a table as a profile: what the scalar engine is asked about the same row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sgincentive.columns.cells import (
    ALL_CELLS,
    NONE_CELLS,
    blank_is_none,
    is_blank,
    may_be_partial,
)
from sgincentive.columns.headings import Field, Heading, fields, headings, list_labels
from sgincentive.facts.problems import BadValueError, FieldProblem, ProfileError
from sgincentive.words import Text

Cells = Mapping[str, Any]
_FEN: Final = re.compile(r"(0|[1-9][0-9]{0,14})(?:\.0*)?")


def profile_of(
    rows: Cells | Sequence[Cells],
    *,
    subject: str = "worker",
    complete: Collection[str] = (),
    tables: Mapping[str, Sequence[Cells]] | None = None,
    money: str = "yuan",
    keep: Collection[str] = (),
) -> dict[str, Any]:
    """The profile that a row, or all rows of one person, stand for.

    ``rows``: cells by heading. ``complete``: lists that the rows give in full, so that a blank
    one is known to be empty. ``tables``: further entries of lists, by the name of the list, given
    in full. ``money``: whether amounts are written in ``yuan`` or in ``fen``.

    ``columns(rows) = scalar(profile_of(rows))``: the result, validated and asked by
    ``Rules.decide``, gives the answers that ``Rules.check_table`` gives for the row.

    Raises:
        TableError: a heading that cannot be used.
        ProfileError: a cell that cannot be read, named by its heading; or rows of one person
            that contradict each other.
    """
    several = [rows] if isinstance(rows, Mapping) else list(rows)
    made = _Profile(subject, money)
    meant: dict[tuple[str, ...], dict[str, Heading]] = {}
    for row in several:
        names = tuple(row)
        if names not in meant:
            meant[names] = headings(subject, names, keep)
        made.row(row, meant[names])
    for name, entries in (tables or {}).items():
        made.table(name, entries, keep)
    return made.profile(complete)


def plain(cell: Any) -> Any:
    """A cell as plain data: numbers of NumPy and times of midnight as what they mean."""
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == datetime.min.time() else cell
    item = getattr(cell, "item", None)
    if item is not None and not isinstance(cell, (int, float, str)):
        cell = item()
    return cell.strip() if isinstance(cell, str) else cell


def given(cell: Any, field: Field, money: str) -> Any:
    """A cell as a profile writes it; None for none. Raises BadValueError."""
    cell = plain(cell)
    if isinstance(cell, str) and cell in NONE_CELLS and field.fact.nullable:
        return None
    type_ = field.fact.type
    if isinstance(cell, float):
        # The number that the cell shows; a float with more digits than it shows is refused later.
        cell = int(cell) if cell.is_integer() else Decimal(repr(cell))
    if isinstance(cell, str) and type_ in ("year", "count", "months"):
        cell = int(cell) if cell.isascii() and cell.isdecimal() and len(cell) < 16 else cell
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        cell = int(cell) if abs(cell) < 10**16 else cell
    if type_ == "money" and money == "fen":
        cell = _yuan(cell)
    return cell


def _yuan(cell: Any) -> Decimal:
    """An amount in fen as one in yuan. Raises BadValueError for what is no whole number."""
    if isinstance(cell, str) and (whole := _FEN.fullmatch(cell)):
        cell = int(whole[1])
    if type(cell) is not int:
        raise BadValueError(
            "应为金额（分）：至多 15 位整数，不用小数、指数、千位分隔符和单位",
            "an amount in whole fen was expected: at most 15 digits, no decimals, exponent, "
            "separators or unit",
        )
    return Decimal(cell).scaleb(-2)


class _Profile:
    def __init__(self, subject: str, money: str) -> None:
        self.subject = subject
        self.money = money
        self.fields = fields(subject)
        self.plain: dict[str, tuple[str, Any]] = {}
        self.entries: dict[str, list[dict[str, Any]]] = {}
        self.own: dict[str, set[str]] = {}
        self.confirmed: dict[str, dict[str, Any]] = {}
        self.full: set[str] = set()
        self.problems: list[FieldProblem] = []

    def row(self, row: Cells, meant: Mapping[str, Heading]) -> None:
        entries: dict[str, dict[str, Any]] = {}
        ends: dict[str, dict[str, Any]] = {}
        for name, cell in row.items():
            heading = meant.get(name)
            if heading is None:
                continue
            if heading.what == "list":
                self.list_cell(heading.name, name, cell)
            elif heading.what == "confirmed":
                if not is_blank(cell):
                    self.confirmed.setdefault(heading.name, {})[str(heading.requirement)] = _word(
                        plain(cell)
                    )
            elif (field := self.fields[heading.name]).owner is None:
                if not is_blank(cell):
                    self.fact(heading.name, name, self.read(field, name, cell))
            elif not is_blank(cell):
                read = self.read(field, name, cell)
                entries.setdefault(field.owner, {})[str(field.field)] = read
            elif blank_is_none(field.fact) and (
                cell is None or not isinstance(cell, str) or cell.strip() == ""
            ):
                ends.setdefault(field.owner, {})[str(field.field)] = None
        self.add(entries, ends)

    def add(
        self, entries: Mapping[str, dict[str, Any]], ends: Mapping[str, dict[str, Any]]
    ) -> None:
        for owner, entry in entries.items():
            if owner == "certificates" and entry == {"level": None}:
                self.own.setdefault(owner, set()).add("none")
                continue
            whole = {**ends.get(owner, {}), **entry}
            mine = self.entries.setdefault(owner, [])
            # The same entry stands in every row of a person.
            if whole not in mine:
                mine.append(whole)

    def table(self, name: str, entries: Sequence[Cells], keep: Collection[str]) -> None:
        """Entries of a list that has a table of its own."""
        self.full.add(name)
        found = self.entries.setdefault(name, [])
        for entry in entries:
            meant = entry_headings(self.subject, name, tuple(entry), keep)
            made: dict[str, Any] = {}
            for heading, cell in entry.items():
                field = meant.get(heading)
                if field is None:
                    continue
                if not is_blank(cell):
                    made[str(field.field)] = self.read(field, heading, cell)
                elif blank_is_none(field.fact):
                    made[str(field.field)] = None
            found.append(made)

    def list_cell(self, owner: str, name: str, cell: Any) -> None:
        if is_blank(cell):
            return
        word = plain(cell)
        if word in NONE_CELLS:
            self.own.setdefault(owner, set()).add("none")
        elif word in ALL_CELLS:
            self.own.setdefault(owner, set()).add("all")
        else:
            text = Text("应为“无”、“全部”或“不详”", "none, all or unknown was expected")
            self.problems.append(FieldProblem((name,), text))

    def fact(self, fact: str, name: str, value: Any) -> None:
        if fact in self.plain and self.plain[fact][1] != value:
            text = Text("同一人的各行不一致", "the rows of one person contradict each other")
            self.problems.append(FieldProblem((name,), text))
        self.plain[fact] = (name, value)

    def read(self, field: Field, name: str, cell: Any) -> Any:
        """The cell as the engine's own value, so that equal cells are equal."""
        try:
            value = given(cell, field, self.money)
            return None if value is None else field.kind.read(value)
        except BadValueError as bad:
            self.problems.append(FieldProblem((name,), bad.text, bad.hint))
            return None

    def profile(self, complete: Collection[str]) -> dict[str, Any]:
        """The whole profile. Raises ProfileError."""
        found: dict[str, Any] = {"subject": self.subject}
        partial: list[str] = []
        for fact, (_, value) in self.plain.items():
            _put(found, self.fields[fact].path, _written(self.fields[fact], value))
        for owner in list_labels(self.subject):
            mine = self.entries.get(owner, [])
            own = self.own.get(owner, set())
            whole = owner in complete or owner in self.full or "all" in own
            if mine and "none" in own:
                text = Text(f"{owner} 既写了“无”又有内容", f"{owner} is said to be none and is not")
                self.problems.append(FieldProblem((owner,), text))
            if mine or own or whole:
                path = _path_of(self.subject, owner)
                if _has(found, path):
                    text = Text("人员既有总数又有名单", "staff is given as totals and as persons")
                    self.problems.append(FieldProblem((owner,), text))
                    continue
                entries = [
                    {k: _written(self._field(owner, k), v) for k, v in entry.items()}
                    for entry in mine
                ]
                _put(found, path, entries)
                whole = whole or not may_be_partial(self.subject, owner)
                if mine and not whole and "none" not in own:
                    partial.append(owner)
        if partial:
            found["partial"] = partial
        if self.confirmed:
            found["confirmed"] = self.confirmed
        if self.problems:
            raise ProfileError(self.problems)
        return found

    def _field(self, owner: str, name: str) -> Field:
        return _inside(self.subject)[owner, name]


def _word(cell: Any) -> Any:
    return (
        {"是": True, "否": False, "true": True, "false": False}.get(cell, cell)
        if isinstance(cell, str)
        else cell
    )


def _inside(subject: str) -> Mapping[tuple[str, str], Field]:
    return {(f.owner, str(f.field)): f for f in fields(subject).values() if f.owner is not None}


def _path_of(subject: str, owner: str) -> tuple[str, ...]:
    return next(f.path for f in fields(subject).values() if f.owner == owner)


def _written(field: Field, value: Any) -> Any:
    """The engine's value as a profile writes it: money in yuan, fractions as decimals."""
    if value is None or isinstance(value, bool):
        return value
    if field.fact.type == "money":
        return Decimal(value).scaleb(-2)
    if field.fact.type == "number" and not isinstance(value, int):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value


def _put(found: dict[str, Any], path: Iterable[str], value: Any) -> None:
    *above, last = path
    for step in above:
        found = found.setdefault(step, {})
    found[last] = value


def _has(found: Mapping[str, Any], path: Iterable[str]) -> bool:
    at: Any = found
    for step in path:
        if not isinstance(at, Mapping) or step not in at:
            return False
        at = at[step]
    return True


def entry_headings(
    subject: str, name: str, names: Sequence[str], keep: Collection[str]
) -> dict[str, Field]:
    """The fields of a table that holds the entries of one list; bare names are its own."""
    mine = {str(f.field): f for f in fields(subject).values() if f.owner == name}
    spelled: dict[str, Field] = {}
    for field in mine.values():
        for label in (*field.fact.aliases, field.fact.label.zh, str(field.field), field.fact.name):
            spelled.setdefault(label, field)
    return {
        heading: spelled[heading.strip()]
        for heading in names
        if heading not in keep and heading.strip() in spelled
    }
