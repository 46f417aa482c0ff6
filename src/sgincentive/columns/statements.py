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
SUMS: Final = {"add": "+", "subtract": "-", "multiply": "*"}
TESTS: Final = {"less": "<", "at_most": "<=", "equal": "="}
ATOM, SUM, TEST, NOT, AND, OR = range(6)
"""How tightly the outermost sign of a term binds: a looser one stands in parentheses."""
STOPS: Final = {AND: 10.0, OR: 25.0}
"""From what cost on it is quicker to stop at the first part that decides (DuckDB)."""
Term = tuple[str, int]


def quoted(name: str, dialect: Dialect) -> str:
    """The name of a column or table."""
    mark = "`" if dialect == "spark" else '"'
    return mark + name.replace(mark, mark * 2) + mark


@dataclass(slots=True)
class Terms:
    """Expressions as terms of one dialect; ``columns`` names those that stand in a column,
    ``names`` the columns that bear another name in the statement."""

    dialect: Dialect
    names: Mapping[str, str] = field(default_factory=dict)
    columns: dict[Expr, str] = field(default_factory=dict)
    made: dict[Expr, Term] = field(default_factory=dict)
    needs: Needs | None = None
    costs: Mapping[Expr, float] = field(default_factory=dict)

    def of(self, expr: Expr, within: int = OR) -> str:
        """The term of an expression; in parentheses where its sign binds looser than ``within``."""
        text, sign = self.term(expr)
        return text if sign <= within else f"({text})"

    def term(self, expr: Expr) -> Term:
        """The term of an expression and the sign that binds it."""
        column = self.columns.get(expr)
        if column is not None:
            return column, ATOM
        found = self.made.get(expr)
        if found is None:
            found = self.made[expr] = self._written(expr)
        return found

    def alone(self, expr: Expr) -> str:
        """The term of an expression that makes a column. DuckDB stops at the first part of AND or
        OR that decides only where a choice hangs on it, which is slow to begin with."""
        text, sign = self.term(expr)
        stops = self.dialect == "duckdb" and sign in STOPS
        if stops and self.costs.get(expr, 0) > STOPS[sign]:
            return f"CASE WHEN {text} THEN TRUE ELSE FALSE END"
        return text

    def _written(self, x: Expr) -> Term:
        if self.needs is not None and self.needs.negated(x):
            assert x.negation is not None
            if x.negation in self.columns or x.op not in TESTS:
                return f"NOT {self.of(x.negation, TEST)}", NOT
        if x.op in SUMS:
            a, b = x.args
            return f"{self.of(a, ATOM)} {SUMS[x.op]} {self.of(b, ATOM)}", SUM
        if x.op in TESTS:
            a, b = x.args
            return f"{self.of(a, SUM)} {TESTS[x.op]} {self.of(b, SUM)}", TEST
        if x.op in PARTS:
            return self._part(x), ATOM
        made: str | Term = getattr(self, "_" + x.op)(x)
        return (made, ATOM) if isinstance(made, str) else made

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

    def _const(self, x: Expr) -> Term:
        below = x.kind == "int" and x.value < 0
        return self.value(x.value), SUM if below else ATOM

    def _column(self, x: Expr) -> str:
        return quoted(self.names.get(x.args[0], x.args[0]), self.dialect)

    def _part(self, x: Expr) -> str:
        of = self.of(x.args[0])
        if self.dialect == "duckdb":
            return f"{x.op}({of})"
        return f"CAST(EXTRACT({PARTS[x.op]} FROM {of}) AS BIGINT)"

    def _known(self, x: Expr) -> Term:
        return f"{self.of(x.args[0], ATOM)} IS NOT NULL", TEST

    def _filled(self, x: Expr) -> str:
        return f"COALESCE({self.of(x.args[0])}, {self.value(x.args[1])})"

    def _test(self, raw: Expr, test: str, sign: int = TEST) -> Term:
        """A test of a cell, false where it is blank."""
        return (test, sign) if raw.args[1] else (f"COALESCE({test}, FALSE)", ATOM)

    def _is_in(self, x: Expr) -> Term:
        raw, words = x.args
        several = one_by_one(x)
        if several is not x:
            return self.term(several)
        listed = [self.text(word) for word in sorted(words)]
        cell = self.of(raw, ATOM)
        if len(listed) == 1:
            return self._test(raw, f"{cell} = {listed[0]}")
        return self._test(raw, f"{cell} IN ({', '.join(listed)})")

    def _starts(self, x: Expr) -> Term:
        raw, prefix = x.args
        cell = self.of(raw, ATOM)
        if self.dialect == "duckdb":
            # Quicker than LIKE; words are ordered by their bytes.
            beyond = prefix[:-1] + chr(ord(prefix[-1]) + 1)
            inside = f"{cell} >= {self.text(prefix)} AND {cell} < {self.text(beyond)}"
            return self._test(raw, inside, AND)
        return self._test(raw, f"{cell} LIKE {self.text(prefix + '%')}")

    def _flag(self, x: Expr) -> Term:
        raw, expected = x.args
        cell = self.of(raw, ATOM)
        return self._test(raw, cell, ATOM) if expected else self._test(raw, f"NOT {cell}", NOT)

    def _same(self, x: Expr) -> Term:
        a, b = x.args
        test = f"{self.of(a, ATOM)} = {self.of(b, ATOM)}"
        return self._test(b if a.args[1] else a, test)

    def _not(self, x: Expr) -> Term:
        inner = x.args[0]
        if inner.op == "known" and inner not in self.columns:
            return f"{self.of(inner.args[0], ATOM)} IS NULL", TEST
        return f"NOT {self.of(inner, TEST)}", NOT

    def _one(self, x: Expr) -> Term:
        return self.term(x.args[0])

    def _bounded(self, x: Expr) -> Term:
        return self.term(x.args[0])

    def _all(self, x: Expr) -> Term:
        return " AND ".join(self.of(part, AND) for part in x.args[0]), AND

    def _any(self, x: Expr) -> Term:
        return " OR ".join(self.of(part, NOT) for part in x.args[0]), OR

    def chosen(self, rows: Sequence[tuple[Expr, str]], rest: str) -> str:
        """The term of the first row whose test holds."""
        found = " ".join(f"WHEN {self.of(test)} THEN {value}" for test, value in rows)
        return f"CASE {found} ELSE {rest} END" if rows else rest

    def choices(self, x: Expr) -> tuple[list[tuple[Expr, str]], str]:
        """A choice as rows of a test and a term, and the term for the rest."""
        if x in self.columns:
            return [], self.columns[x]
        if x.op == "pick":
            around = factored(x)
            if around is not x:
                return self.choices(around)
            tests, numbers, rest = x.args
            # The width of one of the numbers is that of all.
            wide = [f"CAST({numbers[0]} AS BIGINT)", *map(str, numbers[1:])]
            return list(zip(tests, wide, strict=True)), str(rest)
        if x.op == "case":
            test, yes, no = x.args
            rows, other = self.choices(no)
            return [(test, self.of(yes)), *rows], other
        return [], self.of(x)

    def _pick(self, x: Expr) -> str:
        return self.chosen(*self.choices(x))

    _case = _pick

    def _lookup(self, x: Expr) -> str:
        index, numbers = x.args
        table = ", ".join(map(str, numbers))
        at = f"{self.of(index, ATOM)} + 1"
        if self.dialect == "spark":
            return f"CAST(element_at(array({table}), CAST({at} AS INTEGER)) AS BIGINT)"
        if self.dialect == "postgres":
            return f"(CAST(ARRAY[{table}] AS BIGINT[]))[CAST({at} AS INTEGER)]"
        return f"(CAST([{table}] AS BIGINT[]))[{at}]"

    def _divide(self, x: Expr) -> Term:
        of, by = x.args
        value = self.of(of, ATOM)
        if of.low < 0:
            # Down and not towards 0: what is left over is taken off first.
            value = f"({value} - ((({value} % {by}) + {by}) % {by}))"
        sign = {"duckdb": "//", "postgres": "/", "spark": "div"}[self.dialect]
        return f"{value} {sign} {by}", SUM

    def _least(self, x: Expr) -> str:
        return self._extreme(x, "LEAST", "<")

    def _greatest(self, x: Expr) -> str:
        return self._extreme(x, "GREATEST", ">")

    def _extreme(self, x: Expr, name: str, sign: str) -> str:
        a, b = (self.of(part, SUM) for part in x.args)
        if self.dialect == "duckdb":
            # Quicker than the function.
            return f"CASE WHEN {a} {sign} {b} THEN {a} ELSE {b} END"
        return f"{name}({a}, {b})"

    def _day_after(self, x: Expr) -> Term:
        of = self.of(x.args[0], ATOM)
        return (f"date_add({of}, 1)", ATOM) if self.dialect == "spark" else (f"{of} + 1", SUM)

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
        if empty.constant:
            return self.nothing("int") if empty.value else f"CAST({self.of(number)} AS BIGINT)"
        rows, rest = self.choices(number)
        return self.chosen([(empty, self.nothing("int")), *rows], rest)

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
    once, terms.costs = shared(needs)
    steps: list[list[Output]] = []
    count = 0
    for step in steps_of(needs, once):
        made = [VALUE.format(count + i) for i in range(len(step))]
        count += len(step)
        steps.append([(terms.alone(x), name) for name, x in zip(made, step, strict=True)])
        for name, expr in zip(made, step, strict=True):
            terms.columns[expr] = quoted(name, dialect)
        # What follows reads the columns.
        terms.made.clear()
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
    shown = ((term, quoted(name, dialect)) for term, name in columns)
    return ",\n  ".join(term if term == name else f"{term} AS {name}" for term, name in shown)


def _select(columns: str, source: str) -> str:
    return f"SELECT\n  {columns}\nFROM {source}"
