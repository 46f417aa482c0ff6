"""The unit of a quantity, read off what it is made of."""

from __future__ import annotations

from collections.abc import Iterable

from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Quantity

FACT_UNITS = {"money": "money", "months": "months", "year": "year"}


def unit_of(node: Quantity) -> str | None:
    """``money``, ``months``, ``days``, ``years``, ``year``, a counted thing, or None for a
    bare number."""
    if isinstance(node, q.FactAmount):
        return FACT_UNITS.get(node.ref.fact.type) or node.ref.fact.unit
    if isinstance(node, q.Year | q.FactYear):
        return "year"
    if isinstance(node, q.Months | q.MonthsBetween):
        return "months"
    if isinstance(node, q.DaysBetween):
        return "days"
    if isinstance(node, q.YearsBetween):
        return "years"
    if isinstance(node, q.Statistic):
        return "money" if node.money else None
    if isinstance(node, q.Count):
        staff = node.test.list.element == "person" and node.distinct is None
        return "persons" if staff else None
    if isinstance(node, q.Quotient):
        of, by = unit_of(node.of), unit_of(node.by)
        return None if by == "money" else of
    if isinstance(node, q.Product):
        units = [u for u in map(unit_of, node.parts) if u is not None]
        return "money" if "money" in units else units[0] if len(set(units)) == 1 else None
    return first_unit(_alike(node))


def first_unit(nodes: Iterable[Quantity]) -> str | None:
    """The unit of the first quantity that has one."""
    return next((u for u in map(unit_of, nodes) if u is not None), None)


def _alike(node: Quantity) -> list[Quantity]:
    """The parts of a node that have its unit."""
    if isinstance(node, q.ByFact | q.Cases):
        values = [value for _, value in node.rows]
        return values if node.otherwise is None else [*values, node.otherwise]
    if isinstance(node, q.Brackets):
        return [row.value for row in node.rows]
    if isinstance(node, q.Range):
        return [end for end in (node.low, node.high) if end is not None]
    if isinstance(node, q.Sum | q.Least | q.Greatest | q.AmountReadings):
        return list(node.parts)
    if isinstance(node, q.Difference):
        return [node.of, node.less]
    if isinstance(node, q.Cap | q.Floor):
        return [node.of, node.limit]
    if isinstance(node, q.ShareOf | q.Round):
        return [node.of]
    if isinstance(node, q.Parts):
        return [part.value for part in node.parts]
    if isinstance(node, q.PartAmount):
        return [node.part.value]
    if isinstance(node, q.PerUnits | q.Let | q.OverList):
        return [node.value]
    return []
