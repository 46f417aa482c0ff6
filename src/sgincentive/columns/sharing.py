"""Which expressions a statement works out once, in a column of a step before its last.

An engine evaluates a branch of CASE, or a later part of AND in it, only in the rows that come so
far. A column of its own takes that from an expression: it is worked out in every row. So only
those become columns that save more than they take.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sgincentive.columns.expr import Expr
from sgincentive.columns.lower import Needs

COSTS: Final[Mapping[str, float]] = {
    "const": 0, "column": 0, "one": 0, "bounded": 0, "all": 0.1, "any": 0.1, "known": 0.2,
    "flag": 0.1, "not": 0.1, "add": 0.6, "subtract": 0.6, "multiply": 0.6, "less": 0.4,
    "at_most": 0.4, "equal": 0.4, "filled": 1, "case": 3, "divide": 1.7, "day_after": 1.6,
    "least": 2, "greatest": 2, "lookup": 2, "year": 0.7, "month": 0.7, "day": 0.7,
    "starts": 4, "same": 4,
}  # fmt: skip
"""About what an operation takes, in milliseconds for a million rows on DuckDB."""
WORD: Final = 0.4
LONG_WORD: Final = 5.0
SHORT: Final = 12
"""Up to so many bytes of a word stand in the cell itself."""
ROW: Final = 2.3
"""What each row of a choice of numbers takes."""
READ: Final = 0.1
"""What it takes to read a column."""
WRITTEN: Final = 0.01
"""What an operation takes to be read and bound, however many rows there are."""
WORTH: Final = 2.0
"""What a column of its own has to save."""
LONG: Final = 200
"""What has more operations is never written twice, however seldom it is asked."""
NEXT: Final = 0.8
"""The share of rows that come from one part of AND or CASE to the next; never less than FEW."""
FEW: Final = 0.2
BRANCH: Final = 0.5
MOST: Final = 1000.0


def cost_of(expr: Expr) -> float:
    """What an operation takes without its operands."""
    if expr.op == "is_in":
        return sum(WORD if len(word.encode()) <= SHORT else LONG_WORD for word in expr.args[1])
    if expr.op == "pick":
        return ROW * len(expr.args[0])
    return COSTS[expr.op]


class Costs:
    """What the expressions below some outputs take, each worked out alone but for those that
    stand in a column, and how many operations they are."""

    def __init__(self, needs: Needs) -> None:
        self.needs = needs
        self.made: dict[Expr, float] = {}
        self.sizes: dict[Expr, float] = {}

    def add(self, expr: Expr, columns: set[Expr]) -> None:
        """One more expression, after those that it is made of."""
        parts = self.needs.parts[expr]
        own = READ if self.needs.negated(expr) else cost_of(expr)
        below = (READ if part in columns else self.made[part] for part in parts)
        self.made[expr] = min(own + sum(below), MOST)
        size = len(expr.args[1]) if expr.op == "lookup" else 1
        below = (1 if part in columns else self.sizes[part] for part in parts)
        self.sizes[expr] = min(size + sum(below), MOST)

    def worth_a_column(self, expr: Expr, times: float) -> bool:
        """Whether a column saves enough of an expression worked out so many times over all rows."""
        needs = self.needs
        if needs.uses[expr] < 2 or expr.op in _NEVER or needs.negated(expr):
            return False
        size = self.sizes[expr]
        saved = (times - 1) * self.made[expr] + (needs.uses[expr] - 1) * size * WRITTEN
        return size > LONG or saved >= WORTH


_NEVER: Final = frozenset(("const", "column", "not", "one", "bounded"))


def shared(needs: Needs) -> tuple[set[Expr], Mapping[Expr, float]]:
    """The expressions that become columns of their own, and what each expression takes then."""
    alone = Costs(needs)
    for expr in needs.order:
        alone.add(expr, set())
    asked = dict.fromkeys(needs.order, 0.0)
    for expr in needs.outputs:
        asked[expr] += 1
    likely: set[Expr] = set()
    for expr in reversed(needs.order):
        times = asked[expr]
        if alone.worth_a_column(expr, times):
            likely.add(expr)
            times = 1
        for part, share in _shares(expr, needs):
            asked[part] += times * share
    # Where others are there to be read, less is left to be saved.
    found: set[Expr] = set()
    costs = Costs(needs)
    for expr in needs.order:
        costs.add(expr, found)
        if expr in likely and costs.worth_a_column(expr, asked[expr]):
            found.add(expr)
    return found, costs.made


def _shares(expr: Expr, needs: Needs) -> list[tuple[Expr, float]]:
    """The parts of an expression with the share of its rows in which each is worked out."""
    parts = needs.parts[expr]
    if expr.op == "case":
        test, yes, no = expr.args
        return [(test, 1.0), (yes, BRANCH), (no, BRANCH)]
    if expr.op in ("all", "pick"):
        return [(part, max(NEXT**i, FEW)) for i, part in enumerate(parts)]
    return [(part, 1.0) for part in parts]
