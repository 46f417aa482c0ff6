"""The column meaning of every node: conditions, amounts and days.

One function for each class of node, found by :func:`truth`, :func:`bounds` and :func:`span`.
They follow the scalar meaning in :mod:`sgincentive.nodes` step by step. A form that columns
cannot express raises :class:`NotInColumns`; its scheme is then evaluated row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from sgincentive.columns import days
from sgincentive.columns import values as v
from sgincentive.columns.days import Span
from sgincentive.columns.row import Place
from sgincentive.columns.values import Bounds, NotInColumns, Truth
from sgincentive.nodes.base import Condition, Quantity
from sgincentive.nodes.base import Day as DayNode

CONDITIONS: Final[dict[type, Callable[[Any, Place], Truth]]] = {}
QUANTITIES: Final[dict[type, Callable[[Any, Place], Bounds]]] = {}
DAYS: Final[dict[type, Callable[[Any, Place], Span]]] = {}

F = TypeVar("F", bound=Callable[..., Any])


def condition(node: type) -> Callable[[F], F]:
    """Registers the meaning of a condition."""
    return _registers(CONDITIONS, node)


def quantity(node: type) -> Callable[[F], F]:
    """Registers the meaning of an amount."""
    return _registers(QUANTITIES, node)


def day(node: type) -> Callable[[F], F]:
    """Registers the meaning of a day."""
    return _registers(DAYS, node)


def _registers(where: dict[type, Any], node: type) -> Callable[[F], F]:
    def register(function: F) -> F:
        where[node] = function
        return function

    return register


def _meaning(where: Mapping[type, Callable[[Any, Place], Any]], node: Any) -> Any:
    found = where.get(type(node))
    if found is None or getattr(node, "scalar_only", False):
        raise NotInColumns(type(node).__name__)
    return found


def truth(node: Condition, place: Place) -> Truth:
    """Whether a condition holds. Raises NotInColumns."""
    found: Truth = _meaning(CONDITIONS, node)(node, place)
    return found


def bounds(node: Quantity, place: Place) -> Bounds:
    """An amount. Raises NotInColumns."""
    found: Bounds = _meaning(QUANTITIES, node)(node, place)
    return found


def span(node: DayNode, place: Place) -> Span:
    """A day. Raises NotInColumns."""
    found: Span = _meaning(DAYS, node)(node, place)
    return found


__all__ = ["Bounds", "Span", "Truth", "bounds", "days", "span", "truth", "v"]
