"""From a user's frame to columns in the library's own form: words, codes, dates, fen.

In a frame that is in memory the cells of a column of text are read one by one, each different
cell once, by the readers of the facts themselves. A lazy frame is read by expressions: words in
any spelling, division codes (not names), dates, truth values and numbers in columns of that type.
A cell that cannot be read marks its row; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Final

import narwhals as nw

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.columns.cells import (
    ALL_CELLS,
    NONE_CELLS,
    UNKNOWN_CELLS,
    blank_is_none,
    is_blank,
)
from sgincentive.columns.days import NONE_DAY, UNKNOWN_DAY
from sgincentive.columns.headings import Field, Heading, TableError, fields
from sgincentive.columns.places import all_codes
from sgincentive.columns.profile import given, plain
from sgincentive.columns.row import NONE_WORD, limits
from sgincentive.columns.rows import ALL, KINDS, NONE, Columns
from sgincentive.facts.kinds import PERIOD
from sgincentive.facts.problems import BadValueError
from sgincentive.words import Text

CELL: Final = "__cell{}"
NUMBER_SCALE: Final = 10_000
MAX_TEXT: Final = 500
_PERIOD: Final = "^((19|20)[0-9]{2}|2100)(-(0[1-9]|1[0-2]))?$"
_FILLER: Final[Mapping[str, Any]] = {
    "bool": False, "int": 0, "text": "", "day": datetime(1900, 1, 1)
}  # fmt: skip


@dataclass(slots=True)
class Prepared:
    """A frame whose columns have been read.

    ``columns`` says which column holds what; ``masks`` names, for libraries whose columns cannot
    hold a blank, the column that says where a cell is filled in. ``bad``: for each heading the
    rows whose cell cannot be read; ``wide``: those whose number only the scalar engine can hold.
    """

    frame: Any
    columns: Columns
    masks: dict[str, str] = field(default_factory=dict)
    bad: list[tuple[str, nw.Expr]] = field(default_factory=list)
    wide: list[tuple[str, nw.Expr]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Options:
    """How cells are to be read: amounts in ``yuan`` or ``fen``; ``clean`` says that every cell
    is already a word, a code or a date of the library's own; headings that are never blank."""

    money: str = "yuan"
    clean: bool = False
    never_blank: Collection[str] = ()


def prepare(frame: Any, subject: str, meant: Mapping[str, Heading], options: Options) -> Prepared:
    """The frame with every column that a heading names in the library's own form.

    Raises:
        TableError: a column whose type cannot hold its fact.
    """
    reader = _Reader(frame, subject, options)
    for name, heading in meant.items():
        reader.column(name, heading)
    if reader.wrong:
        raise TableError(reader.wrong)
    return reader.prepared()


class _Reader:
    def __init__(self, frame: Any, subject: str, options: Options) -> None:
        self.frame = frame
        self.options = options
        self.fields = fields(subject)
        self.schema = frame.collect_schema()
        self.eager = isinstance(frame, nw.DataFrame)
        self.pandas = frame.implementation.is_pandas_like()
        self.facts: dict[str, str] = {}
        self.lists: dict[str, str] = {}
        self.confirmed: dict[tuple[str, str], str] = {}
        self.never_blank: set[str] = set()
        self.scales: dict[str, int] = {}
        self.added: dict[str, Any] = {}
        self.masks: dict[str, str] = {}
        self.unclear: set[str] = set()
        self.count = 0
        self.bad: list[tuple[str, nw.Expr]] = []
        self.wide: list[tuple[str, nw.Expr]] = []
        self.wrong: list[Text] = []

    def prepared(self) -> Prepared:
        frame = self.frame.with_columns(**self.added) if self.added else self.frame
        columns = Columns(
            self.facts, self.lists, self.confirmed, frozenset(self.never_blank), self.scales,
            frozenset(self.unclear),
        )  # fmt: skip
        return Prepared(frame, columns, self.masks, self.bad, self.wide)

    def column(self, name: str, heading: Heading) -> None:
        if heading.what == "list":
            self.lists[heading.name] = self.words(name, _LIST_WORDS)
            return
        if heading.what == "confirmed":
            column = self.flags(name)
            self.confirmed[heading.name, str(heading.requirement)] = column
            return
        field = self.fields[heading.name]
        kind = KINDS[field.fact.type]
        if isinstance(self.schema[name], nw.Unknown):
            self.empty(name, kind)
        if self.eager and self.must_read(name, kind):
            column = self.read(name, field)
        elif kind == "text":
            column = self.text(name, field)
        elif kind == "bool":
            column = self.flags(name)
        elif kind == "day":
            column = self.day(name, field)
        else:
            column = self.number(name, field)
        self.facts[field.fact.name] = column

    def empty(self, name: str, kind: str) -> None:
        """A column without any cell has no type of its own: it takes that of its fact."""
        types = {"text": nw.String(), "bool": nw.Boolean(), "day": nw.Date(), "int": nw.Int64()}
        self.frame = self.frame.with_columns(nw.col(name).cast(types[kind]))
        self.schema = self.frame.collect_schema()

    # -------------------------------------------------------------- one cell at a time

    def must_read(self, name: str, kind: str) -> bool:
        """Whether the cells of a column have to be read one by one."""
        type_ = self.schema[name]
        if isinstance(type_, nw.Object):
            return kind != "text" or not self.options.clean
        if self.options.clean:
            return False
        if kind == "day" and self.pandas:
            return not isinstance(type_, (nw.Datetime, nw.Date))
        text = isinstance(type_, (nw.String, nw.Categorical, nw.Enum))
        return text or (kind == "bool" and not isinstance(type_, nw.Boolean))

    def read(self, name: str, field: Field) -> str:
        """A column read by the reader of its fact, each different cell once."""
        series = self.frame[name]
        kind = KINDS[field.fact.type]
        cells = series.to_list()
        read: dict[Any, Any] = {}
        bad: set[Any] = set()
        wide: set[Any] = set()
        for cell in _different(cells):
            try:
                read[cell] = _own(cell, field, self.options.money)
            except BadValueError:
                bad.add(cell)
                read[cell] = None
            if isinstance(read[cell], int) and kind == "int" and read[cell] > limits(field.fact)[1]:
                wide.add(cell)
                read[cell] = None
        if bad:
            self.mark(name, [_key(cell) in bad for cell in cells], self.bad_in(name))
        if wide:
            self.mark(name, [_key(cell) in wide for cell in cells], self.wide_in(name))
        same = kind == "text" and isinstance(self.schema[name], nw.String)
        if same and all(c == v or (v is None and c is None) for c, v in read.items()):
            return self.keep(name, name, kind)
        values = [read[_key(cell)] for cell in cells]
        column = self.add(values, kind)
        if field.fact.type == "number":
            self.scales[column] = NUMBER_SCALE
        if UNKNOWN_DAY in values:
            self.unclear.add(column)
        return column

    def bad_in(self, name: str) -> Any:
        return lambda expr: self.bad.append((name, expr))

    def wide_in(self, name: str) -> Any:
        return lambda expr: self.wide.append((name, expr))

    def mark(self, name: str, rows: list[bool], where: Any) -> None:
        column = f"__rows{len(self.added)}"
        self.added[column] = self.series(column, rows, nw.Boolean())
        where(nw.col(column))

    def series(self, name: str, values: list[Any], type_: Any) -> Any:
        return nw.new_series(name, values, type_, backend=self.frame.implementation)

    def fresh(self) -> str:
        """The name of a new column."""
        self.count += 1
        return CELL.format(self.count)

    def add(self, values: list[Any], kind: str) -> str:
        """A new column of read cells."""
        column = self.fresh()
        known = [value is not None for value in values]
        blank = not all(known)
        if not blank:
            self.never_blank.add(column)
        if self.pandas:
            filler = _FILLER[kind]
            if kind == "day":
                values = [v and datetime(v.year, v.month, v.day) for v in values]
            values = [filler if v is None else v for v in values]
            type_: Any = {"bool": nw.Boolean(), "int": nw.Int64(), "text": nw.String(),
                          "day": nw.Datetime("us")}[kind]  # fmt: skip
            if blank:
                mask = self.mask_of(column)
                self.added[mask] = self.series(mask, known, nw.Boolean())
        else:
            type_ = {"bool": nw.Boolean(), "int": nw.Int64(), "text": nw.String(),
                     "day": nw.Date()}[kind]  # fmt: skip
        self.added[column] = self.series(column, values, type_)
        return column

    def mask_of(self, column: str) -> str:
        """The name of the column that says where another one is filled in."""
        mask = column.replace("cell", "known")
        self.masks[column] = mask
        return mask

    # -------------------------------------------------------------- whole columns

    def keep(self, name: str, source: str | nw.Expr, kind: str) -> str:
        """A column that is used as it is, or made by an expression."""
        column = self.fresh()
        expr = nw.col(source) if isinstance(source, str) else source
        sure = name in self.options.never_blank or (
            self.eager and isinstance(source, str) and self.frame[source].null_count() == 0
        )
        if self.pandas and not sure:
            mask = self.mask_of(column)
            self.added[mask] = ~nw.col(name).is_null()
            filled = expr.fill_null(_FILLER[kind])
            types: dict[str, Any] = {"bool": nw.Boolean, "int": nw.Int64}
            self.added[column] = filled.cast(types[kind]) if kind in types else filled
            return column
        if isinstance(source, str):
            if sure:
                self.never_blank.add(source)
            return source
        if sure or (self.eager and kind == "int" and self.frame[name].null_count() == 0):
            self.never_blank.add(column)
        self.added[column] = expr
        return column

    def refuse(self, name: str, zh: str, en: str) -> None:
        self.wrong.append(Text(f"“{name}”列{zh}", f"column {name!r} {en}"))

    def words(self, name: str, spelled: Mapping[str, str | None]) -> str:
        """A column of words by their spellings; None stands for unknown."""
        if not self.is_text(name, "是“无”、“全部”或“不详”", "holds none, all or unknown"):
            return name
        return self.mapped(name, spelled)

    def is_text(self, name: str, zh: str, en: str) -> bool:
        type_ = self.schema[name]
        if isinstance(type_, nw.String):
            return True
        if isinstance(type_, (nw.Categorical, nw.Enum)):
            self.schema = {**self.schema, name: nw.String()}
            self.frame = self.frame.with_columns(nw.col(name).cast(nw.String))
            return True
        if self.eager and (isinstance(type_, nw.Object) or self.frame[name].null_count()
                           == len(self.frame)):  # fmt: skip
            self.frame = self.frame.with_columns(nw.col(name).cast(nw.String))
            return True
        self.refuse(
            name, f"应为文本（{zh}），不是 {type_}", f"must be text, as it {en}; it is {type_}"
        )
        return False

    def mapped(self, name: str, spelled: Mapping[str, str | None]) -> str:
        groups: dict[str | None, list[str]] = {}
        for spelling, value in spelled.items():
            groups.setdefault(value, []).append(spelling)
        cell = nw.col(name)
        chosen: Any = nw
        own = [v for v in groups if v is not None]
        chosen = chosen.when(cell.is_in(own).fill_null(False)).then(cell)
        for value, spellings in groups.items():
            others = [s for s in spellings if s != value]
            if value is not None and others:
                test = cell.is_in(others).fill_null(False)
                chosen = chosen.when(test).then(nw.lit(value))
        known = cell.is_in(list(spelled)).fill_null(False)
        self.bad.append((name, ~known & ~cell.is_null()))
        return self.keep(name, chosen.otherwise(nw.lit(None, nw.String)), "text")

    def text(self, name: str, field: Field) -> str:
        """A column of words, of division codes or of free text."""
        fact = field.fact
        holds = {
            "division": ("行政区划代码", "holds division codes"),
            "text": ("文字", "holds text"),
        }.get(fact.type, ("词语", "holds words"))
        if not self.is_text(name, *holds):
            return name
        if self.options.clean:
            return self.keep(name, name, "text")
        if fact.vocabulary is not None:
            return self.mapped(name, spellings_of(field))
        cell = nw.col(name)
        blank = cell.is_in(sorted(UNKNOWN_CELLS)).fill_null(False)
        if fact.type == "division":
            valid = cell.str.contains(codes_pattern()).fill_null(False)
            self.bad.append((name, ~valid & ~blank & ~cell.is_null()))
        elif field.kind is PERIOD:
            valid = cell.str.contains(_PERIOD).fill_null(False)
            self.bad.append((name, ~valid & ~blank & ~cell.is_null()))
        else:
            long = (cell.str.len_chars() > MAX_TEXT).fill_null(False)
            self.bad.append((name, long))
        return self.keep(
            name, nw.when(~blank).then(cell).otherwise(nw.lit(None, nw.String)), "text"
        )

    def flags(self, name: str) -> str:
        """A column of truth values."""
        type_ = self.schema[name]
        if isinstance(type_, nw.Boolean):
            return self.keep(name, name, "bool")
        if self.eager and not self.options.clean:
            cells = [_flag(c) for c in self.frame[name].to_list()]
            wrong = [c == "bad" for c in cells]
            if any(wrong):
                self.mark(name, wrong, self.bad_in(name))
            values = [None if c == "bad" else c for c in cells]
            return self.add(values, "bool")
        self.refuse(
            name, f"应为是否（真假值），不是 {type_}", f"must hold true and false, not {type_}"
        )
        return name

    def day(self, name: str, field: Field) -> str:
        """A column of dates."""
        type_ = self.schema[name]
        cell = nw.col(name)
        if not isinstance(type_, (nw.Date, nw.Datetime)):
            self.refuse(
                name,
                f"应为日期，不是 {type_}；延迟计算的表请先转换类型",
                f"must hold dates, not {type_}; cast it first where the frame is lazy",
            )
            return name
        low: Any = FIRST_DAY
        high: Any = LAST_DAY
        made: str | nw.Expr = name
        if isinstance(type_, nw.Datetime):
            low, high = datetime(1900, 1, 1), datetime(2101, 1, 1)
            if not self.pandas:
                made = cell.dt.date()
        if not self.options.clean:
            wrong = (cell < low) | (cell > high)
            if isinstance(type_, nw.Datetime):
                wrong = wrong | (cell.dt.hour() + cell.dt.minute() + cell.dt.second() > 0)
            self.marked(name, wrong.fill_null(False))
        del field
        return self.keep(name, made, "day")

    def marked(self, name: str, wrong: nw.Expr) -> None:
        """Rows whose cell cannot be used; none where a frame in memory has none."""
        if self.eager and not bool(self.frame.select(nw.all_horizontal(wrong, ignore_nulls=True)
                                                     .any().alias("x"))["x"][0]):  # fmt: skip
            return
        self.bad.append((name, wrong))

    def number(self, name: str, field: Field) -> str:
        """A column of years, counts, months, numbers or money."""
        type_ = self.schema[name]
        fact = field.fact
        cell = nw.col(name)
        low, high = limits(fact)
        by = 100 if fact.type == "money" and self.options.money == "yuan" else 1
        if type_.is_integer():
            value = cell.cast(nw.Int64)
            if not self.options.clean:
                self.marked(name, ((cell < low) | (cell > 10**15)).fill_null(False))
                wide = (cell > high // by).fill_null(False)
                if fact.type == "year":
                    self.marked(name, wide)
                elif not self.eager or self.frame.select(x=wide.any())["x"][0]:
                    self.wide.append((name, wide))
                    value = nw.when(~wide).then(value).otherwise(nw.lit(0, nw.Int64))
            made: str | nw.Expr = value * by if by > 1 else value
            if by == 1 and type_ == nw.Int64():
                made = name
            return self.keep(name, made, "int")
        if type_.is_float() or isinstance(type_, nw.Decimal):
            return self.fractional(name, field, by)
        self.refuse(
            name,
            f"应为数字，不是 {type_}；延迟计算的表请先转换类型",
            f"must hold numbers, not {type_}; cast it first where the frame is lazy",
        )
        return name

    def fractional(self, name: str, field: Field, by: int) -> str:
        """A column of floats or decimals, each of which must be exactly what it shows."""
        fact = field.fact
        low, high = limits(fact)
        parts = NUMBER_SCALE if fact.type == "number" else by
        cell = nw.col(name).cast(nw.Float64)
        if self.schema[name].is_float():
            cell = nw.when(~cell.is_nan()).then(cell).otherwise(nw.lit(None, nw.Float64))
        counted = (cell * parts).round(0)
        if self.schema[name].is_float():
            inexact = counted / parts != cell
        else:
            # A decimal becomes a float that may be off by its last bit, never by a tenth.
            inexact = (cell * parts - counted).abs() > 0.05
        wrong = (inexact | (counted < low) | (cell > 10.0**13)).fill_null(False)
        self.marked(name, wrong)
        wide = (counted > high).fill_null(False) & ~wrong
        self.wide.append((name, wide))
        column = self.fresh()
        if fact.type == "number":
            self.scales[column] = NUMBER_SCALE
        blank = nw.lit(0.0) if self.pandas else nw.lit(None, nw.Float64)
        sane = nw.when(~wrong & ~wide & ~cell.is_null()).then(counted).otherwise(blank)
        if self.pandas:
            self.added[self.mask_of(column)] = ~cell.is_null()
        self.added[column] = sane.cast(nw.Int64)
        return column


_LIST_WORDS: Final[Mapping[str, str | None]] = {
    **dict.fromkeys(NONE_CELLS, NONE), **dict.fromkeys(ALL_CELLS, ALL),
    **dict.fromkeys(UNKNOWN_CELLS),
}  # fmt: skip


def _key(cell: Any) -> Any:
    """A cell as a key: blank cells of every library are one."""
    return None if is_blank(cell) and not isinstance(cell, str) else cell


def _different(cells: Sequence[Any]) -> dict[Any, None]:
    return dict.fromkeys(map(_key, cells))


def _own(cell: Any, field: Field, money: str) -> Any:
    """A cell in the library's own form; None where it is unknown. Raises BadValueError."""
    kind = KINDS[field.fact.type]
    if is_blank(cell):
        if kind == "day" and blank_is_none(field.fact):
            return UNKNOWN_DAY if isinstance(cell, str) and cell.strip() else None
        return None
    value = given(cell, field, money)
    if value is None:
        return NONE_DAY if kind == "day" else NONE_WORD
    value = field.kind.read(value)
    if field.fact.type == "number":
        return int(value * NUMBER_SCALE)
    return value


def _flag(cell: Any) -> Any:
    cell = plain(cell)
    if is_blank(cell):
        return None
    found = {"是": True, "否": False, "true": True, "false": False, True: True, False: False}
    return found.get(cell, "bad") if isinstance(cell, (str, bool)) else "bad"


def spellings_of(field: Field) -> Mapping[str, str | None]:
    """Every cell that a column of words may hold, with its word (None: unknown)."""
    words = field.fact.vocabulary
    assert words is not None
    found: dict[str, str | None] = {value: value for value in words.values}
    for value, label in words.labels.items():
        found.setdefault(label.zh, value)
    for spelling, value in words.spellings.items():
        found.setdefault(spelling, value)
    if field.fact.nullable:
        found.update(dict.fromkeys(NONE_CELLS, NONE_WORD))
    found.update(dict.fromkeys(UNKNOWN_CELLS))
    return found


@cache
def codes_pattern() -> str:
    """A regular expression for every division code, blank cells' words aside."""
    plain_codes = sorted(c for c in all_codes() if not c.endswith("@self"))
    own = sorted(c.removesuffix("@self") for c in all_codes() if c.endswith("@self"))
    return f"^(?:{_trie(plain_codes)}|(?:{_trie(own)})@self)$"


def _trie(words: Sequence[str]) -> str:
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[:1], []).append(word[1:])
    options = []
    for first, rests in groups.items():
        if not first:
            options.append("")
        elif rests == [""]:
            options.append(_escaped(first))
        else:
            options.append(_escaped(first) + _trie(rests))
    if len(options) == 1:
        return options[0]
    if all(len(o) == 1 for o in options):
        return "[" + "".join(options) + "]"
    return "(?:" + "|".join(options) + ")"


def _escaped(letter: str) -> str:
    return letter if letter.isalnum() or letter in "-_@" else "\\" + letter
