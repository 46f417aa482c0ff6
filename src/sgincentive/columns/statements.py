"""From expressions to the SQL of DuckDB, PostgreSQL and Spark.

An expression that is used more than once becomes a column of a step, so that no engine works it
out twice. What is equal in the three dialects is written once; whole numbers are 64 bits wide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from sgincentive.columns.compiled import deciders, outcome_words
from sgincentive.columns.expr import Expr, factored, one_by_one
from sgincentive.columns.lower import Needs, steps_of
from sgincentive.columns.sharing import shared

if TYPE_CHECKING:
    from sgincentive.columns.finish import Raw

Dialect = Literal["duckdb", "postgres", "spark"]
TEXT: Final[Mapping[Dialect, str]] = {"duckdb": "VARCHAR", "postgres": "TEXT", "spark": "STRING"}
STEPS: Final[Mapping[Dialect, str]] = {
    # PostgreSQL would write a step's terms out wherever they are used, step after step.
    "duckdb": "AS NOT MATERIALIZED", "postgres": "AS MATERIALIZED", "spark": "AS",
}  # fmt: skip
STEP: Final = "sg_step{}"
VALUE: Final = "__sg{}"
PARTS: Final = {"year": "YEAR", "month": "MONTH", "day": "DAY"}
SIGNS: Final = {
    "add": "+", "subtract": "-", "multiply": "*", "less": "<", "at_most": "<=", "equal": "=",
}  # fmt: skip


def quoted(name: str, dialect: Dialect) -> str:
    """The name of a column or table."""
    mark = "`" if dialect == "spark" else '"'
    return mark + name.replace(mark, mark * 2) + mark


@dataclass(slots=True)
class Terms:
    """Expressions as terms of one dialect; ``made`` holds those that stand in a column, ``names``
    the columns that bear another name in the statement."""

    dialect: Dialect
    names: Mapping[str, str] = field(default_factory=dict)
    made: dict[Expr, str] = field(default_factory=dict)
    needs: Needs | None = None

    def of(self, expr: Expr) -> str:
        """The term of an expression."""
        found = self.made.get(expr)
        if found is None:
            if self.needs is not None and self.needs.negated(expr):
                assert expr.negation is not None
                found = f"(NOT {self.of(expr.negation)})"
            else:
                found = self._written(expr)
            self.made[expr] = found
        return found

    def alone(self, expr: Expr) -> str:
        """The term of an expression that makes a column. DuckDB stops at the first part of AND or
        OR that decides only where a choice hangs on it."""
        term = self.of(expr)
        if self.dialect == "duckdb" and expr.op in ("all", "any"):
            return f"CASE WHEN {term} THEN TRUE ELSE FALSE END"
        return term

    def _written(self, x: Expr) -> str:
        if x.op in SIGNS:
            return f"({self.of(x.args[0])} {SIGNS[x.op]} {self.of(x.args[1])})"
        if x.op in PARTS:
            return f"CAST(EXTRACT({PARTS[x.op]} FROM {self.of(x.args[0])}) AS BIGINT)"
        made: str = getattr(self, "_" + x.op)(x)
        return made

    def text(self, value: str) -> str:
        """A constant text."""
        if self.dialect == "spark":
            value = value.replace("\\", "\\\\").replace("'", "\\'")
            return f"'{value}'"
        return "'" + value.replace("'", "''") + "'"

    def value(self, value: Any) -> str:
        """A constant."""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, date):
            return f"DATE '{value}'"
        return self.text(value) if isinstance(value, str) else str(value)

    def nothing(self, kind: str) -> str:
        """An empty cell."""
        return f"CAST(NULL AS {TEXT[self.dialect] if kind == 'text' else 'BIGINT'})"

    def _const(self, x: Expr) -> str:
        return self.value(x.value)

    def _column(self, x: Expr) -> str:
        return quoted(self.names.get(x.args[0], x.args[0]), self.dialect)

    def _known(self, x: Expr) -> str:
        return f"({self.of(x.args[0])} IS NOT NULL)"

    def _filled(self, x: Expr) -> str:
        return f"COALESCE({self.of(x.args[0])}, {self.value(x.args[1])})"

    def _test(self, raw: Expr, test: str) -> str:
        """A test of a cell, false where it is blank."""
        return f"({test})" if raw.args[1] else f"COALESCE({test}, FALSE)"

    def _is_in(self, x: Expr) -> str:
        raw, words = x.args
        several = one_by_one(x)
        if several is not x:
            return self.of(several)
        listed = [self.text(word) for word in sorted(words)]
        cell = self.of(raw)
        if len(listed) == 1:
            return self._test(raw, f"{cell} = {listed[0]}")
        return self._test(raw, f"{cell} IN ({', '.join(listed)})")

    def _starts(self, x: Expr) -> str:
        raw, prefix = x.args
        return self._test(raw, f"{self.of(raw)} LIKE {self.text(prefix + '%')}")

    def _flag(self, x: Expr) -> str:
        raw, expected = x.args
        return self._test(raw, self.of(raw) if expected else f"NOT {self.of(raw)}")

    def _same(self, x: Expr) -> str:
        a, b = x.args
        return self._test(a, self._test(b, f"{self.of(a)} = {self.of(b)}"))

    def _not(self, x: Expr) -> str:
        return f"(NOT {self.of(x.args[0])})"

    def _one(self, x: Expr) -> str:
        return self.of(x.args[0])

    def _bounded(self, x: Expr) -> str:
        return self.of(x.args[0])

    def _all(self, x: Expr) -> str:
        return f"({' AND '.join(map(self.of, x.args[0]))})"

    def _any(self, x: Expr) -> str:
        return f"({' OR '.join(map(self.of, x.args[0]))})"

    def chosen(self, rows: Sequence[tuple[Expr, str]], rest: str) -> str:
        """The term of the first row whose test holds."""
        found = " ".join(f"WHEN {self.of(test)} THEN {value}" for test, value in rows)
        return f"CASE {found} ELSE {rest} END"

    def _pick(self, x: Expr) -> str:
        around = factored(x)
        if around is not x:
            return self.of(around)
        tests, numbers, rest = x.args
        # The width of one of the numbers is that of all.
        wide = [f"CAST({numbers[0]} AS BIGINT)", *map(str, numbers[1:])]
        return self.chosen(list(zip(tests, wide, strict=True)), str(rest))

    def _case(self, x: Expr) -> str:
        test, yes, no = x.args
        return self.chosen([(test, self.of(yes))], self.of(no))

    def _lookup(self, x: Expr) -> str:
        index, numbers = x.args
        table = ", ".join(map(str, numbers))
        at = f"CAST({self.of(index)} + 1 AS INTEGER)"
        if self.dialect == "spark":
            return f"CAST(element_at(array({table}), {at}) AS BIGINT)"
        if self.dialect == "postgres":
            return f"(CAST(ARRAY[{table}] AS BIGINT[]))[{at}]"
        return f"(CAST([{table}] AS BIGINT[]))[{at}]"

    def _divide(self, x: Expr) -> str:
        of, by = x.args
        value = self.of(of)
        if of.low < 0:
            # Down and not towards 0: what is left over is taken off first.
            value = f"({value} - ((({value} % {by}) + {by}) % {by}))"
        sign = {"duckdb": "//", "postgres": "/", "spark": "div"}[self.dialect]
        return f"({value} {sign} {by})"

    def _least(self, x: Expr) -> str:
        return f"LEAST({self.of(x.args[0])}, {self.of(x.args[1])})"

    def _greatest(self, x: Expr) -> str:
        return f"GREATEST({self.of(x.args[0])}, {self.of(x.args[1])})"

    def _day_after(self, x: Expr) -> str:
        of = self.of(x.args[0])
        return f"date_add({of}, 1)" if self.dialect == "spark" else f"CAST({of} + 1 AS DATE)"

    # -------------------------------------------------------------- what is said of a row

    def word(self, codes: Expr, words: Sequence[str]) -> str:
        """Codes as words; nothing for any other code."""

        def written(code: int) -> str:
            word = words[code] if 0 <= code < len(words) else ""
            return self.text(word) if word else self.nothing("text")

        if codes.constant:
            return written(codes.value)
        tests, numbers, rest = codes.args
        return self.chosen(list(zip(tests, map(written, numbers), strict=True)), written(rest))

    def number(self, number: Expr, empty: Expr) -> str:
        """A number, nothing where ``empty`` holds."""
        found = f"CAST({self.of(number)} AS BIGINT)"
        if empty.constant:
            return self.nothing("int") if empty.value else found
        return self.chosen([(empty, self.nothing("int"))], found)

    def listed(self, rows: Sequence[tuple[str, Expr]]) -> str:
        """The names of the rows that hold, one after another; nothing where none does."""
        said = [self.chosen([(test, self.text(name))], self.nothing("text"))
                for name, test in rows if not (test.constant and not test.value)]  # fmt: skip
        return f"NULLIF(CONCAT_WS(', ', {', '.join(said)}), '')" if said else self.nothing("text")


Output = tuple[str, str]
"""A term and the name of its column."""


def answers(terms: Terms, raw: Sequence[Raw]) -> list[Output]:
    """The columns that users read, each named by its scheme."""
    found: list[Output] = []
    for each in raw:
        id = each.scheme.id
        found += [(term, f"{id}:{name}") for term, name in said_of(terms, each)]
        found.append((terms.alone(each.by_rows), f"{id}:by_row"))
    return found


def said_of(terms: Terms, each: Raw) -> list[Output]:
    """What is said of one scheme."""
    words = outcome_words(each.scheme)
    found = [(terms.word(each.outcome, words), "outcome")]
    if each.low is not None and each.high is not None:
        found += [
            (terms.number(each.low, each.no_low), "min"),
            (terms.number(each.high, each.no_high), "max"),
            (terms.alone(each.published), "published"),
        ]
    if each.decided_by is not None:
        found += [
            (terms.listed(list(each.missing.items())), "missing"),
            (terms.word(each.decided_by, ("", *deciders(each.scheme))), "decided_by"),
        ]
    return found


def codes(terms: Terms, raw: Sequence[Raw]) -> list[Output]:
    """The columns of which the answers are made where some rows are asked one by one."""
    found: list[Output] = []
    for i, each in enumerate(raw):
        for name, expr in each.codes():
            term = terms.alone(expr)
            if expr.kind == "code":
                term = f"CAST({term} AS SMALLINT)"
            elif expr.kind == "int":
                term = f"CAST({term} AS BIGINT)"
            found.append((term, name.format(i)))
    return found


@dataclass(frozen=True, slots=True)
class Layers:
    """A statement before it is written: the columns that each step adds to the one before, and
    those of the last step."""

    steps: Sequence[Sequence[Output]]
    last: Sequence[Output]


def layers(
    dialect: Dialect,
    own: Sequence[Output],
    raw: Sequence[Raw],
    said: Callable[[Terms, Sequence[Raw]], list[Output]],
    names: Mapping[str, str] | None = None,
) -> Layers:
    """The columns of each step: in the last those of the source's ``own`` and what is ``said``
    of each row; ``names`` of columns that are called otherwise in the source."""
    terms = Terms(dialect, names or {})
    needs = terms.needs = Needs(x for part in raw for x in part.expressions())
    steps: list[list[Output]] = []
    count = 0
    for step in steps_of(needs, shared(needs)):
        made = [VALUE.format(count + i) for i in range(len(step))]
        count += len(step)
        steps.append([(terms.alone(x), name) for name, x in zip(made, step, strict=True)])
        for name, expr in zip(made, step, strict=True):
            terms.made[expr] = quoted(name, dialect)
    return Layers(steps, [*own, *said(terms, raw)])


def select(dialect: Dialect, source: str, of: Layers) -> str:
    """The SELECT over ``source`` (a table's name as it stands in the statement)."""
    steps: list[str] = []
    for columns in of.steps:
        steps.append(_select(f"*, {listed(columns, dialect)}", source))
        source = STEP.format(len(steps))
    last = _select(listed(of.last, dialect), source)
    if not steps:
        return last
    parts = [f"{STEP.format(i + 1)} {STEPS[dialect]} (\n{text}\n)" for i, text in enumerate(steps)]
    return f"WITH {', '.join(parts)}\n{last}"


def listed(columns: Sequence[Output], dialect: Dialect) -> str:
    """Terms with the names of their columns."""
    return ",\n  ".join(f"{term} AS {quoted(name, dialect)}" for term, name in columns)


def _select(columns: str, source: str) -> str:
    return f"SELECT\n  {columns}\nFROM {source}"
