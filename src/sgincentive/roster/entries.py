"""From a table to entries: each row's facts in the engine's own values, or why it is rejected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, Final

from sgincentive.columns.cells import blank_is_none, is_blank
from sgincentive.columns.headings import (
    NOT_FACTS,
    Field,
    Heading,
    TableError,
    fields,
    headings,
    spellings,
)
from sgincentive.facts.checks import Finding
from sgincentive.facts.model import Part
from sgincentive.facts.problems import BadValueError
from sgincentive.facts.registry import MODELS
from sgincentive.roster.cells import list_word, office_word, reader, text_of
from sgincentive.roster.problems import Problem, RosterError
from sgincentive.roster.subjects import KEY_HEADINGS, SUBJECT_WORDS
from sgincentive.roster.table import CellError, Cells, Formula, Table
from sgincentive.schemes.names import Names
from sgincentive.words import Text

NO_CERTIFICATE: Final = {"level": None}
"""A row that says of the certificate only that it has no level: there is none."""
NEAR: Final = 0.7
"""How alike a heading of one's own and a known one are that may be a slip."""
NONE: Final = "无"
"""In an entry: known to be none."""
UNKNOWN: Final = "不详"
"""In an entry: unknown, where a blank cell would mean something else."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a roster: its place, its heading, and what it holds (None: the user's own)."""

    index: int
    heading: str
    meaning: Heading | None
    field: Field | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is left out, and why."""

    number: int
    cells: Cells
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Roster:
    """The usable rows of a table.

    ``facts`` holds for each column that means something its cells in the order of ``rows``: None
    for blank, NONE, UNKNOWN, or the engine's own value (money in fen). ``leads`` holds for each
    row the position of the first row of the same person.
    """

    table: Table
    subject: str
    columns: tuple[Column, ...]
    rows: list[Cells]
    numbers: list[int]
    facts: dict[Heading, list[Any]]
    leads: list[int]
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def person_column(self) -> Column | None:
        """The column that says which rows are one person."""
        return person_column(self.columns)

    def own_headings(self) -> list[str]:
        """The headings that mean no fact: carried over as they are."""
        person = self.person_column
        return [c.heading for c in self.columns if c.meaning is None and c is not person]

    def near_headings(self) -> dict[str, str]:
        """Known headings that come near to one of the user's own, by the latter."""
        known = spellings(self.subject)
        names = [name for name in self.own_headings() if name not in NOT_FACTS]
        found = {name: get_close_matches(name, known, 1, NEAR) for name in names}
        return {name: close[0] for name, close in found.items() if close}

    def groups(self) -> dict[int, list[int]]:
        """The positions of the rows of each person who has several, by the first."""
        found: dict[int, list[int]] = {}
        for at, lead in enumerate(self.leads):
            if at != lead:
                found.setdefault(lead, [lead]).append(at)
        return found

    def reject(self, positions: Collection[int], problems: Mapping[int, Problem]) -> Roster:
        """The roster without some rows, which join the rejected ones."""
        gone = set(positions)
        rejected = [
            *self.rejected,
            *(Rejected(self.numbers[at], self.rows[at], (problems[at],)) for at in sorted(gone)),
        ]
        rejected.sort(key=lambda each: each.number)
        kept = [at for at in range(len(self.rows)) if at not in gone]
        new = {old: at for at, old in enumerate(kept)}
        return Roster(
            self.table, self.subject, self.columns,
            [self.rows[at] for at in kept], [self.numbers[at] for at in kept],
            {key: [cells[at] for at in kept] for key, cells in self.facts.items()},
            [new[self.leads[at]] for at in kept], rejected,
        )  # fmt: skip


def entries_of(
    table: Table, subject: str, keep: Collection[str] = (), names: Names | None = None
) -> Roster:
    """The roster that a table of one kind of subject holds.

    ``keep``: headings of the user's own columns. ``names``: what schemes may be called (None: as
    one likes). Raises RosterError for headings that cannot be used; a row that cannot be used is
    rejected.
    """
    columns = columns_of(table, subject, keep, names)
    bad: dict[int, list[Problem]] = {}
    _too_long(table, bad)
    facts: dict[Heading, list[Any]] = {}
    for column in columns:
        if column.meaning is not None:
            facts[column.meaning] = _cells_of(table, column, bad)
    if names is not None:
        _payments(table, columns, facts, names, bad)
    _breaches(table, subject, columns, facts, bad)
    _none_and_some(table, columns, facts, bad)
    _totals_and_entries(columns, facts, bad)
    persons = _persons(table, person_column(columns), bad)
    _with_the_bad(table, subject, persons, bad)
    kept = [at for at in range(len(table.rows)) if at not in bad]
    firsts: dict[str, int] = {}
    leads = []
    for new, at in enumerate(kept):
        person = persons[at]
        leads.append(new if person is None else firsts.setdefault(person, new))
    return Roster(
        table, subject, columns,
        [table.rows[at] for at in kept], [table.numbers[at] for at in kept],
        {key: [cells[at] for at in kept] for key, cells in facts.items()} if bad else facts,
        leads,
        [Rejected(table.numbers[at], table.rows[at], tuple(bad[at])) for at in sorted(bad)],
    )  # fmt: skip


def person_column(columns: Sequence[Column]) -> Column | None:
    """The column that says which rows are one person."""
    for heading in KEY_HEADINGS:
        for column in columns:
            if column.heading == heading:
                return column
    return None


# ------------------------------------------------------------------------- headings


def columns_of(
    table: Table, subject: str, keep: Collection[str] = (), schemes: Names | None = None
) -> tuple[Column, ...]:
    """What each column holds. Raises RosterError naming every heading that cannot be used."""
    names = table.headings
    keep = {*keep, *KEY_HEADINGS}
    wrong: list[Text] = []
    seen: dict[str, int] = {}
    for i, name in enumerate(names):
        if not name:
            filled = next(
                (n for n, r in zip(table.numbers, table.rows, strict=True)
                 if i < len(r) and r[i] is not None), None,
            )  # fmt: skip
            if filled is not None:
                wrong.append(
                    Text(f"{_head(i)} 没有标题，但 {table.cell(filled, i)} 有内容",
                         f"{_head(i)} has no heading, but {table.cell(filled, i)} is filled in")
                )  # fmt: skip
        elif name in seen:
            wrong.append(
                Text(f"{_head(i)}：标题“{name}”与 {_head(seen[name])} 重复",
                     f"{_head(i)}: the heading {name!r} stands in {_head(seen[name])} too")
            )  # fmt: skip
        else:
            seen[name] = i
    meant: dict[str, Heading] = {}
    try:
        meant = headings(subject, seen, keep)
    except TableError:
        wrong += _each_wrong(subject, seen, keep)
    if schemes is not None:
        wrong += _offices(meant, seen, schemes)
    if wrong:
        raise RosterError(
            Text("标题行有误：\n  " + "\n  ".join(t.zh for t in wrong),
                 "the headings cannot be used:\n  " + "\n  ".join(t.en for t in wrong)),
            Text("自有的列可用 --keep 标题 注明", "name a column of your own with --keep HEADING"),
        )  # fmt: skip
    if not meant:
        raise RosterError(
            Text("没有一个标题是已知的事实", "no heading names a known fact"),
            Text("第 1 行应为标题；可用 sgincentive template 生成模板",
                 "headings stand in row 1; sgincentive template makes a form to fill in"),
        )  # fmt: skip
    about = fields(subject)
    return tuple(
        Column(i, name, meaning, None if meaning is None else about.get(meaning.name))
        for i, name in enumerate(names)
        if name
        for meaning in (meant.get(name),)
    )


def _each_wrong(subject: str, seen: Mapping[str, int], keep: Collection[str]) -> list[Text]:
    """What is wrong, heading by heading, each with its cell."""
    wrong: list[Text] = []
    good: list[str] = []
    for name, i in seen.items():
        try:
            headings(subject, [*good, name], keep)
        except TableError as error:
            wrong += [Text(f"{_head(i)}：{t.zh}", f"{_head(i)}: {t.en}") for t in error.texts]
        else:
            good.append(name)
    return wrong


def _offices(meant: Mapping[str, Heading], seen: Mapping[str, int], schemes: Names) -> list[Text]:
    """What is wrong with the headings of what offices confirm."""
    wrong: list[Text] = []
    for name, heading in meant.items():
        if heading.what != "confirmed":
            continue
        found = schemes.confirmed(heading.name) or schemes.office_word(
            heading.name, heading.requirement or ""
        )
        if found is not None:
            said = found.in_one()
            wrong.append(Text(f"{_head(seen[name])}：{said.zh}", f"{_head(seen[name])}: {said.en}"))
    return wrong


def _head(column: int) -> str:
    return Table("", (), [], ()).cell(1, column)


# ---------------------------------------------------------------------------- cells


def _too_long(table: Table, bad: dict[int, list[Problem]]) -> None:
    width = len(table.headings)
    for at, row in enumerate(table.rows):
        if len(row) > width and any(cell is not None for cell in row[width:]):
            text = Text(f"本行有 {len(row)} 格，标题只有 {width} 个",
                        f"the row has {len(row)} cells, there are {width} headings")  # fmt: skip
            bad.setdefault(at, []).append(Problem(text))


def _cells_of(table: Table, column: Column, bad: dict[int, list[Problem]]) -> list[Any]:
    """The cells of one column as the engine's values; what cannot be read is a problem."""
    read, ending = _reading(column, table.serials)
    memos: dict[type, dict[Any, Any]] = {}
    found: list[Any] = []
    index = column.index
    for at, row in enumerate(table.rows):
        cell = row[index] if index < len(row) else None
        if cell is None:
            found.append(None)
            continue
        memo = memos.get(type(cell))
        if memo is None:
            memo = memos[type(cell)] = {}
        value = memo.get(cell, memo)
        if value is memo:
            value = memo[cell] = _read(read, ending, cell)
        if isinstance(value, BadValueError):
            said = value.text
            if value.hint is not None:
                said = Text(f"{said.zh}；{value.hint.zh}", f"{said.en}; {value.hint.en}")
            where = table.cell(table.numbers[at], index)
            bad.setdefault(at, []).append(Problem(said, column.heading, where))
            value = None
        found.append(value)
    return found


def _reading(column: Column, serials: bool) -> tuple[Callable[[Any], Any], bool]:
    """What reads a column, and whether a blank cell of it means that there is no end."""
    assert column.meaning is not None
    if column.meaning.what == "list":
        return list_word, False
    if column.meaning.what == "confirmed":
        return office_word, False
    assert column.field is not None
    return reader(column.field, serials), blank_is_none(column.field.fact)


def _read(read: Callable[[Any], Any], ending: bool, cell: Any) -> Any:
    if is_blank(cell):
        return UNKNOWN if ending and cell.strip() else None
    try:
        value = read(cell)
    except BadValueError as error:
        return error
    if value is None:
        return NONE
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value


# ----------------------------------------------------------------- across the cells


@dataclass(frozen=True, slots=True)
class _Checked:
    """A part of a profile whose facts may contradict each other: its fields by name."""

    check: Callable[[Mapping[str, Any]], list[Finding]]
    cells: Mapping[str, tuple[Column, list[Any]]]


def _breaches(
    table: Table,
    subject: str,
    columns: Sequence[Column],
    facts: Mapping[Heading, list[Any]],
    bad: dict[int, list[Problem]],
) -> None:
    """Find rows whose facts contradict each other, such as an end before the start."""
    for part in _checked_parts(subject, columns, facts):
        names = list(part.cells)
        cells = [part.cells[name][1] for name in names]
        for at, row in enumerate(zip(*cells, strict=True)):
            values: dict[str, Any] = {}
            for name, value in zip(names, row, strict=True):
                if value is not None and value is not UNKNOWN:
                    group, _, last = name.rpartition(".")
                    mine = values.setdefault(group, {}) if group else values
                    mine[last] = None if value is NONE else value
            if not values or values == NO_CERTIFICATE:
                continue
            for name, text in part.check(values):
                column = part.cells[name][0] if name in part.cells else None
                where = None if column is None else table.cell(table.numbers[at], column.index)
                heading = None if column is None else column.heading
                bad.setdefault(at, []).append(Problem(text, heading, where))


def _payments(
    table: Table,
    columns: Sequence[Column],
    facts: Mapping[Heading, list[Any]],
    names: Names,
    bad: dict[int, list[Problem]],
) -> None:
    """Find rows with a payment by a scheme that there is not."""
    for column in columns:
        if column.meaning != Heading("fact", "received.scheme"):
            continue
        wrong = {
            word: names.payment(word) for word in {*facts[column.meaning]} - {None, NONE, UNKNOWN}
        }
        for at, word in enumerate(facts[column.meaning]):
            found = wrong.get(word)
            if found is not None:
                where = table.cell(table.numbers[at], column.index)
                bad.setdefault(at, []).append(Problem(found.in_one(), column.heading, where))


def _none_and_some(
    table: Table,
    columns: Sequence[Column],
    facts: Mapping[Heading, list[Any]],
    bad: dict[int, list[Problem]],
) -> None:
    """Find rows that say that a list is empty and name an entry of it."""
    for column in columns:
        if column.meaning is None or column.meaning.what != "list":
            continue
        owner = column.meaning.name
        entries = [
            facts[each.meaning]
            for each in columns
            if each.meaning is not None and each.field is not None and each.field.owner == owner
        ]
        for at, word in enumerate(facts[column.meaning]):
            if word == "none" and any(cells[at] not in (None, UNKNOWN) for cells in entries):
                text = Text("写了“无”，同一行却有内容", "said to be none, and the row names one")
                where = table.cell(table.numbers[at], column.index)
                bad.setdefault(at, []).append(Problem(text, column.heading, where))


def _totals_and_entries(
    columns: Sequence[Column],
    facts: Mapping[Heading, list[Any]],
    bad: dict[int, list[Problem]],
) -> None:
    """Find rows that give staff as totals and person by person."""
    fielded = [(c.field, facts[c.meaning]) for c in columns if c.meaning and c.field]
    for path in {each.path for each, _ in fielded if each.owner is not None}:
        persons = [cells for each, cells in fielded if each.owner and each.path == path]
        totals = [
            cells for each, cells in fielded if not each.owner and each.path[: len(path)] == path
        ]
        if not totals:
            continue
        for at in range(len(persons[0])):
            both = (any(cells[at] is not None for cells in part) for part in (persons, totals))
            if all(both):
                text = Text("人员既有总数又有名单", "staff is given as totals and as persons")
                bad.setdefault(at, []).append(Problem(text))


def _checked_parts(
    subject: str, columns: Sequence[Column], facts: Mapping[Heading, list[Any]]
) -> Iterator[_Checked]:
    groups: dict[str, dict[str, tuple[Column, list[Any]]]] = {}
    for column in columns:
        if column.meaning is not None and column.field is not None:
            prefix, _, name = column.meaning.name.rpartition(".")
            groups.setdefault(prefix, {})[name] = (column, facts[column.meaning])
            if prefix and column.field.owner is None and "." not in prefix:
                # A subject is checked with its groups, as a project is with its budget.
                groups.setdefault("", {})[column.meaning.name] = (column, facts[column.meaning])
    for prefix, check in _checks(MODELS[subject], "", subject):
        if prefix in groups:
            yield _Checked(check, groups[prefix])


def _checks(
    model: type[Part], prefix: str, subject: str
) -> Iterator[tuple[str, Callable[[Mapping[str, Any]], list[Finding]]]]:
    """The checks of a model and of its parts, by the prefix of their facts."""
    if model.check is not None:
        yield prefix, model.check
    for each in model.shape().fields.values():
        name = f"{prefix}.{each.name}" if prefix else each.name
        if each.one is not None:
            yield from _checks(each.one, name, subject)
        if each.many is not None:
            element = each.note.element or ""
            yield from _checks(each.many, f"{prefix}.{element}" if prefix else element, subject)


# -------------------------------------------------------------------------- persons


def _persons(
    table: Table, column: Column | None, bad: dict[int, list[Problem]]
) -> list[str | None]:
    """Who each row is about, None where it does not say so."""
    if column is None:
        return [None] * len(table.rows)
    found: list[str | None] = []
    for at, row in enumerate(table.rows):
        cell = row[column.index] if column.index < len(row) else None
        if isinstance(cell, Formula | CellError) or is_blank(cell):
            found.append(None)
            continue
        try:
            found.append(str(text_of(cell)).strip() or None)
        except BadValueError as error:
            where = table.cell(table.numbers[at], column.index)
            bad.setdefault(at, []).append(Problem(error.text, column.heading, where))
            found.append(None)
    return found


def _with_the_bad(
    table: Table, subject: str, persons: Sequence[str | None], bad: dict[int, list[Problem]]
) -> None:
    """Reject the other rows of a person one of whose rows is bad: the rest would not be the whole
    of the profile."""
    rows = {persons[at]: table.numbers[at] for at in sorted(bad, reverse=True)}
    rows.pop(None, None)
    if not rows:
        return
    for at, person in enumerate(persons):
        if person in rows and at not in bad:
            number, same = rows[person], SUBJECT_WORDS[subject].same
            text = Text(
                f"{same.zh}的第 {number} 行不可用，其余各行一并拒收",
                f"row {number} of {same.en} cannot be used, so neither can this",
            )
            bad[at] = [Problem(text)]  # fmt: skip
