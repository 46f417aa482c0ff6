"""Which expressions a statement works out once, in a column of a step before its last.

An engine evaluates a branch of CASE, or a later part of AND, only in the rows that come so far.
A column of its own takes that from an expression: it is worked out in every row. So only those
become columns that would otherwise be worked out in more rows than there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sgincentive.columns.expr import Expr
from sgincentive.columns.lower import Needs

COSTS: Final[Mapping[str, float]] = {
    "const": 0, "column": 0, "one": 0, "bounded": 0, "all": 0.2, "any": 0.2, "known": 0.3,
    "flag": 0.3, "not": 0.3, "add": 0.7, "subtract": 0.7, "multiply": 0.7, "less": 0.8,
    "at_most": 0.8, "equal": 0.8, "filled": 1, "case": 1, "pick": 1.5, "divide": 1.5,
    "day_after": 2, "least": 4, "greatest": 4, "lookup": 4, "year": 5, "month": 5, "day": 5,
    "is_in": 5, "starts": 5, "same": 6,
}  # fmt: skip
"""About what an operation takes, in milliseconds for a million rows on DuckDB."""
CHEAP: Final = 3.0
"""What takes less is worked out where it is needed."""
OFTEN: Final = 1.2
"""How often over all rows an expression may be worked out before a column is made of it."""
COPIES: Final = 8
"""So often may a long expression stand in the text of a statement."""
LONG: Final = 6.0
NEXT: Final = 0.8
"""The share of rows that come from one part of AND or CASE to the next; never less than FEW."""
FEW: Final = 0.2
BRANCH: Final = 0.5
MOST: Final = 1000.0


def shared(needs: Needs) -> set[Expr]:
    """The expressions that become columns of their own."""
    costs: dict[Expr, float] = {}
    for expr in needs.order:
        below = sum(costs[part] for part in needs.parts[expr])
        costs[expr] = min(COSTS[expr.op] + below, MOST)
    asked = dict.fromkeys(needs.order, 0.0)
    for expr in needs.outputs:
        asked[expr] += 1
    own: set[Expr] = set()
    for expr in reversed(needs.order):
        times = asked[expr]
        if needs.uses[expr] > 1 and _is_worth_it(expr, costs[expr], times, needs):
            own.add(expr)
            times = 1
        for part, share in _shares(expr, needs):
            asked[part] += times * share
    return own


def _is_worth_it(expr: Expr, cost: float, times: float, needs: Needs) -> bool:
    if expr.op in ("const", "column", "not", "one", "bounded") or needs.negated(expr):
        return False
    return (times > OFTEN and cost >= CHEAP) or (needs.uses[expr] > COPIES and cost > LONG)


def _shares(expr: Expr, needs: Needs) -> list[tuple[Expr, float]]:
    """The parts of an expression with the share of its rows in which each is worked out."""
    parts = needs.parts[expr]
    if expr.op == "case":
        test, yes, no = expr.args
        return [(test, 1.0), (yes, BRANCH), (no, BRANCH)]
    if expr.op in ("all", "any", "pick") and len(parts) > 1:
        return [(part, max(NEXT**i, FEW)) for i, part in enumerate(parts)]
    return [(part, 1.0) for part in parts]
