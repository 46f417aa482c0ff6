"""A table of subjects checked in one go: the columns that every scheme adds to a user's frame."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import narwhals as nw

from sgincentive.columns import expr as e
from sgincentive.columns.arrow_pandas import as_given, in_own_types
from sgincentive.columns.backends import Backend, backend_of
from sgincentive.columns.breaches import breaches
from sgincentive.columns.by_rows import Asker
from sgincentive.columns.compiled import Compiled, compiled
from sgincentive.columns.days import Day, fixed
from sgincentive.columns.expr import FALSE, Expr
from sgincentive.columns.finish import PROBLEM, Finisher, Raw
from sgincentive.columns.headings import Heading, TableError, headings
from sgincentive.columns.lower import computed
from sgincentive.columns.partitions import by_partitions
from sgincentive.columns.profile import entry_headings
from sgincentive.columns.reading import Options, Prepared, prepare
from sgincentive.columns.row import Row
from sgincentive.columns.rows import Columns, row_of
from sgincentive.columns.warehouse import answered as by_statement
from sgincentive.facts import lists
from sgincentive.schemes.model import Scheme
from sgincentive.words import Text

if TYPE_CHECKING:
    from sgincentive.ruleset import Rules

FIRST_ASKED: Final = date(1900, 1, 1)
LAST_ASKED: Final = date(2100, 12, 30)
SEVERAL: Final = "__several"
ASKED: Final = "__asked"
"""Why a row that was asked by itself has no answer."""
KINDS_OF_TABLE: Final = 8
"""For so many different sets of columns the translated schemes are kept."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every row, and how its cells are meant."""

    subject: str
    on: date | None
    today: date
    complete: tuple[str, ...]
    person: str | None
    options: Options
    confirmed_within: int | None
    keep: tuple[str, ...]
    reasons: bool
    tables: Mapping[str, Any] = field(default_factory=dict)


def check_table(
    rules: Rules,
    frame: Any,
    *,
    schemes: str | Sequence[str] | None = None,
    subject: str | None = None,
    on: date | None = None,
    complete: Collection[str] = (),
    person: str | None = None,
    tables: Mapping[str, Any] | None = None,
    money: str = "yuan",
    clean: bool = False,
    never_blank: Collection[str] = (),
    reasons: bool = True,
    confirmed_within: int | None = None,
    keep: Collection[str] = (),
) -> Any:
    """``frame`` with the answers of schemes in further columns: the same kind of frame.

    ``schemes``: one id or several (default: all about ``subject``, itself a worker by default).
    ``on``: the date asked about (else the cell ``applied`` of each row, else today).
    ``complete``: lists that a row gives in full, so that blank cells mean that there is none.
    ``person``: a column that names the person; rows that share it are one profile, and
    ``tables`` (list name -> frame) may hold certificates, posts, payments … of their own.
    ``money``: whether amounts stand in ``yuan`` or in whole ``fen``. ``clean``: every cell is a
    word, a code or a date of the library's own, so none is read or checked. ``never_blank``:
    columns promised to have no blank cell. ``reasons``: also the missing facts and what decided.
    ``confirmed_within``: months after which an unconfirmed version is no longer presumed.
    ``keep``: columns of the user's own that are no facts whatever they are called.

    Added for each scheme, as ``<id>:outcome``, ``:min`` and ``:max`` (money in whole fen, steps
    and points as they are; empty: no such end, not published, no amount or a fraction),
    ``:published``, ``:missing`` (facts in the order of a template, joined by commas),
    ``:decided_by`` (id of the requirement), ``:by_row`` (answered by the scalar engine, as no
    column can); and once ``problem``: why a row is no profile and has no answer.

    Raises:
        TableError: headings or types that cannot be used, all at once.
        UnknownScheme: for an id that no rule file has.
        ValueError: for a wrong option.
    """
    chosen, subject = _chosen(rules, schemes, subject)
    _known_lists(subject, (*complete, *(tables or {})))
    if money not in ("yuan", "fen"):
        raise ValueError(f"money is counted in 'yuan' or 'fen', not {money!r}")
    question = Question(
        subject, on, date.today(), tuple(complete), person,
        Options(money, clean, frozenset(never_blank)), confirmed_within,
        tuple(keep), reasons, dict(tables or {}),
    )  # fmt: skip
    backend = backend_of(frame)
    if backend.implementation is nw.Implementation.DASK:
        return by_partitions(rules, chosen, question, backend)
    return answered(rules, chosen, question, frame)


def answered(rules: Rules, schemes: list[Scheme], question: Question, frame: Any) -> Any:
    """A frame of any library but Dask with the answers. Raises TableError."""
    own = in_own_types(frame)
    tables = {name: in_own_types(table) for name, table in question.tables.items()}
    made = Check(rules, schemes, replace(question, tables=tables), backend_of(own)).run()
    return as_given(made, frame)


def _chosen(
    rules: Rules, schemes: str | Sequence[str] | None, subject: str | None
) -> tuple[list[Scheme], str]:
    """The schemes asked about and the kind of subject. Raises UnknownScheme, ValueError."""
    if schemes is None:
        subject = subject or "worker"
        return rules.schemes(subject=subject), subject
    ids = [schemes] if isinstance(schemes, str) else list(schemes)
    chosen = [rules[id].scheme for id in ids]
    kinds = {scheme.subject for scheme in chosen} | ({subject} if subject else set())
    if len(kinds) > 1:
        raise ValueError(f"one table is about one kind of subject, not {', '.join(sorted(kinds))}")
    return chosen, kinds.pop() if kinds else "worker"


def _known_lists(subject: str, names: Sequence[str]) -> None:
    known = lists(subject)
    for name in names:
        if name not in known:
            raise ValueError(f"a {subject} has no list {name!r}; there are {', '.join(known)}")


class Check:
    """One table checked once."""

    def __init__(
        self, rules: Rules, schemes: list[Scheme], question: Question, backend: Backend
    ) -> None:
        self.rules = rules
        self.schemes = schemes
        self.question = question
        self.backend = backend
        self.names = backend.names
        person = question.person
        if person is not None and person not in self.names:
            text = Text(f"没有“{person}”列", f"there is no column {person!r}")
            raise TableError([text])
        keep = (*question.keep, *(() if person is None else (person,)))
        self.meant = headings(question.subject, self.names, keep)
        self.asker_tables: dict[str, dict[Any, list[dict[str, Any]]]] = {}

    def run(self) -> Any:
        """The user's frame with the answers."""
        prepared, raw = self.worked_out()
        singly = [each.scheme.id for each in raw if each.by_rows is not FALSE]
        if self.backend.splits and 0 < len(singly) < len(raw):
            return self.in_two(singly)
        lowering = self.backend.lowering(prepared.masks)
        finisher = Finisher(self.backend, lowering, raw, self.asker(), self.question.person)
        if self.backend.dialect is not None:
            return by_statement(prepared.frame.to_native(), finisher)
        outputs = [x for part in raw for x in part.expressions()]
        frame = prepared.frame
        if lowering.words is not nw:
            frame = frame.to_native()
        frame, _ = computed(frame, lowering, outputs, self.backend.native())
        return finisher.finished(frame)

    def in_two(self, singly: Collection[str]) -> Any:
        """The user's frame with the answers of the schemes of which rows are asked one by one,
        then those of the others, which no Python needs to see."""
        first = [scheme for scheme in self.schemes if scheme.id in singly]
        others = [scheme for scheme in self.schemes if scheme.id not in singly]
        asked = nw.from_native(Check(self.rules, first, self.question, self.backend).run())
        asked = asked.rename({PROBLEM: ASKED})
        backend = backend_of(asked.to_native())
        added = [name for name in backend.names if name not in self.names]
        # What is known of the user's frame cannot be asked of the frame with answers.
        given = self.question.options
        sure = {*given.never_blank, *self.backend.never_blank(self.backend.start(), self.names)}
        question = replace(
            self.question,
            keep=(*self.question.keep, *added),
            options=replace(given, never_blank=frozenset(sure)),
        )
        found = nw.from_native(Check(self.rules, others, question, backend).run())
        said: dict[str, list[str]] = {}
        for name in found.collect_schema().names():
            said.setdefault(name.rpartition(":")[0], []).append(name)
        answers = [name for scheme in self.schemes for name in said[scheme.id]]
        # The engine says what is wrong with a cell, an expression only with which.
        problem = nw.coalesce(nw.col(ASKED), nw.col(PROBLEM)).alias(PROBLEM)
        return found.select(*self.names, *answers, problem).to_native()

    def worked_out(self) -> tuple[Prepared, list[Raw]]:
        """The frame with its cells read, and what is to be worked out of each scheme."""
        q = self.question
        frame = self.backend.start()
        columns = {self.backend.safe(name): heading for name, heading in self.meant.items()}
        frame, columns, several = self.joined(frame, columns)
        options = replace(
            q.options,
            never_blank=frozenset(self.backend.safe(n) for n in q.options.never_blank)
            | self.backend.never_blank(frame, list(columns)),
        )
        prepared = prepare(frame, q.subject, columns, options)
        return prepared, self.raw(prepared, self.row(prepared), several)

    def asker(self) -> Asker:
        """Who is asked about single rows."""
        q = self.question
        return Asker(
            self.rules, tuple(self.schemes), q.subject, q.on, q.today, q.complete, q.options,
            q.confirmed_within, tuple(q.keep), self.asker_tables,
        )  # fmt: skip

    # -------------------------------------------------------------- what a row holds

    def row(self, prepared: Prepared) -> Row:
        """The row that the columns describe, with the days of the question."""
        q = self.question
        columns = prepared.columns
        asked = columns.facts.get("applied")
        on = fixed(q.on or q.today)
        applied = on
        if asked is not None:
            sure = asked in columns.never_blank
            raw = e.column(asked, "day", FIRST_ASKED.toordinal(), LAST_ASKED.toordinal(), sure)
            assert on.native is not None
            applied = Day(e.filled(raw, on.native.value))
            if q.on is None:
                on = applied
        complete = (*q.complete, *q.tables)
        return row_of(q.subject, columns, on, applied, complete)

    def raw(self, prepared: Prepared, row: Row, several: Sequence[nw.Expr]) -> list[Raw]:
        """What is worked out of each scheme, rejected rows and those asked one by one apart."""
        marks: dict[str, nw.Expr] = {}

        def mark(rows: nw.Expr) -> Expr:
            name = f"__mark{len(marks)}"
            marks[name] = rows
            return e.flag(e.column(name, "bool", never_blank=True), True)

        problems = [(self.backend.shown(name), mark(rows)) for name, rows in prepared.bad]
        wide = [mark(rows) for rows in several]
        for name, rows in prepared.wide:
            # Too long for a column: a frame in memory has the row asked by itself.
            if self.backend.eager:
                wide.append(mark(rows))
            else:
                problems.append((self.backend.shown(name), mark(rows)))
        if not self.question.options.clean:
            problems += breaches(row)
        if marks:
            prepared.frame = prepared.frame.with_columns(**marks)
        rejected = e.any_(*(rows for _, rows in problems))
        singly = e.any_(*wide)
        if self.backend.eager:
            # A frame in memory has its odd rows asked one by one, which says what is wrong.
            singly, rejected = e.any_(singly, rejected), FALSE
        found = self.translated(prepared.columns, row)
        return [
            Raw.of(each, e.one(rejected), e.one(singly), problems, self.question.reasons)
            for each in found
        ]

    def translated(self, columns: Columns, row: Row) -> list[Compiled]:
        """The schemes in columns; each is translated once for all tables with such columns."""
        q = self.question
        key = (
            q.subject, q.on, q.today, q.confirmed_within, q.complete, tuple(q.tables),
            columns.key(),
        )  # fmt: skip
        kinds = self.rules.in_columns
        if key not in kinds and len(kinds) == KINDS_OF_TABLE:
            kinds.clear()
        done = kinds.setdefault(key, {})
        if any(scheme.id not in done for scheme in self.schemes):
            every = [b.scheme for b in self.rules.values()]
            aliases = {a: s.id for s in every for a in s.aliases}
            with unsearched():
                for scheme in self.schemes:
                    if scheme.id not in done:
                        done[scheme.id] = compiled(scheme, row, every, aliases, q.confirmed_within)
        return [done[scheme.id] for scheme in self.schemes]

    # -------------------------------------------------------------- several rows, other tables

    def joined(
        self, frame: Any, columns: dict[str, Heading]
    ) -> tuple[Any, dict[str, Heading], list[nw.Expr]]:
        """The frame with the entries of other tables beside each person who has only one."""
        q = self.question
        several: list[nw.Expr] = []
        if q.person is None:
            if q.tables:
                raise ValueError("tables of their own are joined by a person: name its column")
            return frame, columns, several
        key = self.backend.safe(q.person)
        ordered = self.backend.eager and bool(q.tables)
        if ordered:
            frame = frame.with_row_index("__order")
        # A row that names no person is one of its own.
        named = (~nw.col(key).is_null()).cast(nw.Int64)
        frame = frame.with_columns(**{SEVERAL: named})
        frame = frame.with_columns(**{SEVERAL: nw.col(SEVERAL).sum().over(key)})
        several.append((nw.col(SEVERAL) > 1).fill_null(False))
        for number, (name, table) in enumerate(q.tables.items()):
            frame, more, count = self.with_table(frame, key, name, table, number)
            columns = {**columns, **more}
            several.append((nw.col(count) > 1).fill_null(False))
        if ordered:
            frame = frame.sort("__order").drop("__order")
        return frame, columns, several

    def with_table(
        self, frame: Any, key: str, name: str, table: Any, number: int
    ) -> tuple[Any, dict[str, Heading], str]:
        """The frame joined with a table that holds the entries of one list."""
        q = self.question
        other = backend_of(table)
        self.backend.same_kind(name, other)
        person = q.person
        assert person is not None
        if person not in other.names:
            raise TableError([Text(f"{name} 表没有“{person}”列",
                                   f"the table {name} has no column {person!r}")])  # fmt: skip
        meant = entry_headings(q.subject, name, other.names, (*q.keep, person))
        entries = other.start()
        safe_person = other.safe(person)
        counted = {f"__n{number}": nw.len()}
        more: dict[str, Heading] = {}
        for i, (heading, entry) in enumerate(meant.items()):
            column = f"__t{number}_{i}"
            counted[column] = nw.col(other.safe(heading)).max()
            more[column] = Heading("fact", entry.fact.name)
        grouped = entries.group_by(safe_person).agg(**counted)
        if safe_person != key:
            grouped = grouped.rename({safe_person: key})
        self.asker_tables[name] = _entries_of(other, entries, safe_person)
        return frame.join(grouped, on=key, how="left"), more, f"__n{number}"


@contextmanager
def unsearched() -> Iterator[None]:
    """No search for unused objects: what a translation makes is kept, and the search would go
    through all rule files again and again."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _entries_of(other: Backend, entries: Any, person: str) -> dict[Any, list[dict[str, Any]]]:
    """The entries of every person who has several of them (the others stand in the row)."""
    several = entries
    if isinstance(several, nw.LazyFrame):
        several = several.collect()
    found: dict[Any, list[dict[str, Any]]] = {}
    for row in several.iter_rows(named=True):
        who = row.pop(person)
        found.setdefault(who, []).append({other.shown(k): v for k, v in row.items()})
    return found
