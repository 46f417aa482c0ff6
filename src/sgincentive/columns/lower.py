"""From expressions to those of a data-frame library, through narwhals.

An expression that is used more than once becomes a column of its own, step by step, so that no
library works it out twice. Look-ups in tables and the day after a day are written in the words of
the library itself where narwhals has none that are as quick.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Any, Final

import narwhals as nw

from sgincentive.columns.expr import Expr, factored, one_by_one

STEP: Final = "__sg{}"
_PLAIN: Final = frozenset(("const", "column", "known", "not"))


@dataclass(slots=True)
class Lowering:
    """Turns expressions into those of one library.

    ``backend`` is narwhals' word for the library; ``timed`` says that its days carry a time;
    ``masks`` names the columns that say where another column is filled in, for a library whose
    columns hold no blank cells; ``words`` is narwhals or, as it is quicker for long plans, a
    library that says everything alike.
    """

    backend: str
    timed: bool = False
    masks: Mapping[str, str] = field(default_factory=dict)
    made: dict[Expr, Any] = field(default_factory=dict)
    needs: Needs | None = None
    words: Any = nw

    def of(self, expr: Expr) -> Any:
        """The expression in the words of the library."""
        found = self.made.get(expr)
        if found is None:
            if self.needs is not None and self.needs.negated(expr):
                assert expr.negation is not None
                found = ~self.of(expr.negation)
            else:
                found = getattr(self, "_" + expr.op)(expr)
            self.made[expr] = found
        return found

    def day(self, value: date) -> Any:
        """A constant day."""
        return datetime(value.year, value.month, value.day) if self.timed else value

    def lit(self, value: Any, kind: str) -> Any:
        """A constant."""
        if kind == "day":
            return self.words.lit(self.day(value))
        if kind == "bool":
            return self.words.lit(value)
        return self.words.lit(value, self.words.Int16 if kind == "code" else self.words.Int64)

    def word(self, codes: Expr, words: Sequence[str]) -> Any:
        """Codes as words of an enumeration of Polars, nothing for other codes and empty words."""
        literals, nothing = _literals(tuple(words))

        def written(code: int) -> Any:
            return literals[code] if 0 <= code < len(words) else nothing

        if codes.constant:
            return written(codes.value)
        tests, numbers, rest = codes.args
        chosen = self.words
        for test, value in zip(tests, numbers, strict=True):
            chosen = chosen.when(self.of(test)).then(written(value))
        return chosen.otherwise(written(rest))

    def _const(self, x: Expr) -> Any:
        return self.lit(x.value, x.kind)

    def _column(self, x: Expr) -> Any:
        return self.words.col(x.args[0])

    def _known(self, x: Expr) -> Any:
        name = x.args[0].args[0]
        mask = self.masks.get(name)
        return ~self.words.col(name).is_null() if mask is None else self.words.col(mask)

    def _filled(self, x: Expr) -> Any:
        raw, blank = x.args
        name = raw.args[0]
        value = self.day(blank) if x.kind == "day" else blank
        mask = self.masks.get(name)
        if mask is None:
            return self.words.col(name).fill_null(value)
        other = (
            self.words.lit(value) if x.kind == "day" else self.words.lit(value, self.words.Int64)
        )
        return self.words.when(self.words.col(mask)).then(self.words.col(name)).otherwise(other)

    def _test(self, raw: Expr, test: Any) -> Any:
        """A test of a cell, false where it is blank."""
        if raw.args[1]:
            return test
        mask = self.masks.get(raw.args[0])
        return test.fill_null(False) if mask is None else test & self.words.col(mask)

    def _is_in(self, x: Expr) -> Any:
        raw, words = x.args
        several = one_by_one(x)
        if several is not x:
            return self.of(several)
        cell = self.words.col(raw.args[0])
        listed = sorted(words)
        if len(listed) == 1:
            return self._test(raw, cell == listed[0])
        return self._test(raw, cell.is_in(listed))

    def _starts(self, x: Expr) -> Any:
        raw, prefix = x.args
        return self._test(raw, self.words.col(raw.args[0]).str.starts_with(prefix))

    def _flag(self, x: Expr) -> Any:
        raw, expected = x.args
        cell = self.words.col(raw.args[0])
        return self._test(raw, cell if expected else ~cell)

    def _same(self, x: Expr) -> Any:
        a, b = x.args
        return self._test(a, self._test(b, self.words.col(a.args[0]) == self.words.col(b.args[0])))

    def _not(self, x: Expr) -> Any:
        inner = x.args[0]
        if inner.op == "known" and inner.args[0].args[0] not in self.masks:
            return self.words.col(inner.args[0].args[0]).is_null()
        return ~self.of(inner)

    def _one(self, x: Expr) -> Any:
        return self.of(x.args[0])

    def _all(self, x: Expr) -> Any:
        return reduce(and_, map(self.of, x.args[0]))

    def _any(self, x: Expr) -> Any:
        return reduce(or_, map(self.of, x.args[0]))

    def _pick(self, x: Expr) -> Any:
        around = factored(x)
        if around is not x:
            return self.of(around)
        tests, numbers, rest = x.args
        if numbers == (1,) and rest == 0 and x.kind == "int":
            return self.of(tests[0]).cast(self.words.Int64)
        chosen = self.words
        for test, value in zip(tests, numbers, strict=True):
            chosen = chosen.when(self.of(test)).then(self.lit(value, x.kind))
        return chosen.otherwise(self.lit(rest, x.kind))

    def _case(self, x: Expr) -> Any:
        test, yes, no = map(self.of, x.args)
        return self.words.when(test).then(yes).otherwise(no)

    def _bounded(self, x: Expr) -> Any:
        return self.of(x.args[0])

    def _lookup(self, x: Expr) -> Any:
        index, numbers = x.args
        cell = self.of(index)
        if self.words is not nw:
            table = self.words.Series(numbers, dtype=self.words.Int64)
            return self.words.lit(table).gather(cell)
        chosen = self.words
        for i, value in enumerate(numbers[:-1]):
            chosen = chosen.when(cell == i).then(self.lit(value, "int"))
        return chosen.otherwise(self.lit(numbers[-1], "int"))

    def _add(self, x: Expr) -> Any:
        return self.of(x.args[0]) + self.of(x.args[1])

    def _subtract(self, x: Expr) -> Any:
        return self.of(x.args[0]) - self.of(x.args[1])

    def _multiply(self, x: Expr) -> Any:
        return self.of(x.args[0]) * self.of(x.args[1])

    def _divide(self, x: Expr) -> Any:
        of, by = x.args
        value = self.of(of)
        return value // by

    def _least(self, x: Expr) -> Any:
        return self._extreme(x, self.words.min_horizontal)

    def _greatest(self, x: Expr) -> Any:
        return self._extreme(x, self.words.max_horizontal)

    def _extreme(self, x: Expr, pick: Callable[..., Any]) -> Any:
        return pick(*map(self.of, x.args))

    def _less(self, x: Expr) -> Any:
        return self._compared(x, lambda a, b: a < b)

    def _at_most(self, x: Expr) -> Any:
        return self._compared(x, lambda a, b: a <= b)

    def _equal(self, x: Expr) -> Any:
        return self._compared(x, lambda a, b: a == b)

    def _compared(self, x: Expr, compare: Callable[[Any, Any], Any]) -> Any:
        return compare(*map(self.of, x.args))

    def _year(self, x: Expr) -> Any:
        return self.of(x.args[0]).dt.year().cast(self.words.Int64)

    def _month(self, x: Expr) -> Any:
        return self.of(x.args[0]).dt.month().cast(self.words.Int64)

    def _day(self, x: Expr) -> Any:
        return self.of(x.args[0]).dt.day().cast(self.words.Int64)

    def _day_after(self, x: Expr) -> Any:
        of = self.of(x.args[0])
        if self.backend == "polars":
            return (of.cast(self.words.Int32) + 1).cast(self.words.Date)
        return of.dt.offset_by("1d")


@lru_cache(maxsize=1024)
def _literals(words: tuple[str, ...]) -> tuple[list[Any], Any]:
    """Words as constants of an enumeration of Polars, nothing for an empty one, and nothing."""
    import polars as pl

    kind = pl.Enum([word for word in words if word])
    return [pl.lit(word or None, kind) for word in words], pl.lit(None, kind)


_OPPOSITE: Final = frozenset(("all", "any", "less", "at_most"))


class Needs:
    """Everything below some outputs: operands first, how often each is used, and from what.

    Of two opposite tests one is worked out and the other is its negation.
    """

    def __init__(self, outputs: Iterable[Expr]) -> None:
        self.outputs = list(outputs)
        self.order: list[Expr] = []
        self.uses: dict[Expr, int] = {}
        self.parts: dict[Expr, tuple[Expr, ...]] = {}
        stack: list[tuple[Expr, bool]] = [(expr, False) for expr in self.outputs]
        for expr, _ in stack:
            self.uses[expr] = self.uses.get(expr, 0) + 1
        while stack:
            expr, done = stack.pop()
            if done:
                self.order.append(expr)
                continue
            if expr in self.parts:
                continue
            self.parts[expr] = self.parts_of(expr)
            stack.append((expr, True))
            for operand in self.parts[expr]:
                self.uses[operand] = self.uses.get(operand, 0) + 1
                stack.append((operand, False))

    def parts_of(self, expr: Expr) -> tuple[Expr, ...]:
        """The expressions from which one is worked out."""
        if expr.op in _OPPOSITE and expr.negation in self.parts:
            assert expr.negation is not None
            return (expr.negation,)
        if expr.op == "pick":
            around = factored(expr)
            return (around,) if around is not expr else tuple(expr.operands())
        if expr.op == "is_in":
            expr = one_by_one(expr)
            return tuple(expr.operands()) if expr.op == "any" else ()
        return tuple(expr.operands())

    def negated(self, expr: Expr) -> bool:
        """Whether an expression is worked out as the negation of its opposite."""
        return expr.op in _OPPOSITE and self.parts.get(expr) == (expr.negation,)


def used_twice(needs: Needs, always: Collection[str] = ()) -> set[Expr]:
    """What is worked out once as it is used more often, with all operations in ``always``."""
    return {
        expr
        for expr in needs.order
        if expr.op in always
        or (needs.uses[expr] > 1 and expr.op not in _PLAIN and not needs.negated(expr))
    }


def steps_of(needs: Needs, own: Collection[Expr]) -> list[list[Expr]]:
    """The expressions that become columns of their own, in steps that need only earlier ones."""
    level: dict[Expr, int] = {}
    steps: list[list[Expr]] = []
    for expr in needs.order:
        at = 0
        for operand in needs.parts[expr]:
            at = max(at, level[operand] + (operand in own))
        level[expr] = at
        if expr in own:
            while len(steps) <= at:
                steps.append([])
            steps[at].append(expr)
    return steps


def computed(
    frame: Any, lowering: Lowering, outputs: Sequence[Expr], native: Mapping[str, Any]
) -> tuple[Any, list[str]]:
    """The frame with the columns that the outputs need, and the names of those added.

    ``native`` holds functions for operations that a library does itself:
    ``native[op](frame, expr, operand_name, name)``.
    """
    added: list[str] = []
    needs = lowering.needs = Needs(outputs)
    for step in steps_of(needs, used_twice(needs, native)):
        plain = {}
        for expr in step:
            name = STEP.format(len(added))
            added.append(name)
            if expr.op in native:
                frame = native[expr.op](frame, lowering, expr, name)
            else:
                plain[name] = lowering.of(expr)
        if plain:
            frame = frame.with_columns(**plain)
        for name, expr in zip(added[-len(step) :], step, strict=True):
            lowering.made[expr] = lowering.words.col(name)
    return frame, added
