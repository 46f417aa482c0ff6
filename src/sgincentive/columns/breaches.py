"""Rows whose cells contradict each other: the checks of a profile, in columns.

Each check of :mod:`sgincentive.facts.checks` has its column form here; a row that breaches one is
no profile, and has a problem instead of an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sgincentive.columns import expr as e
from sgincentive.columns.days import before
from sgincentive.columns.expr import FALSE, Expr
from sgincentive.columns.row import UNKNOWN_CELL, Cell, Row
from sgincentive.facts import checks, lists
from sgincentive.facts.model import Check, Part
from sgincentive.facts.registry import MODELS
from sgincentive.facts.vocabularies import PLAIN_STATISTICS, STATISTICS

MONEY_FIGURES: Final = tuple(kind for kind in STATISTICS.values if kind not in PLAIN_STATISTICS)
Cells = Mapping[str, Cell]
Breach = tuple[str, Expr]
"""A field and the rows in which it contradicts another."""


def _get(cells: Cells, name: str) -> Cell:
    return cells.get(name, UNKNOWN_CELL)


def _value(cell: Cell) -> Expr:
    """The rows in which a fact has a value that is not none."""
    return e.all_(cell.known, e.not_(cell.none))


def _late(cells: Cells, start: str, end: str) -> Expr:
    """The rows in which ``end`` is before ``start``."""
    a, b = _get(cells, start), _get(cells, end)
    if a.raw is None or b.raw is None:
        return FALSE
    return e.all_(_value(a), _value(b), before(b.day(), a.day()))


def span(start: str, end: str) -> Callable[[Cells], list[Breach]]:
    """An end that is not before the start."""
    return lambda cells: [(end, _late(cells, start, end))]


def certificate(cells: Cells) -> list[Breach]:
    """Dates in order, and a level for a national certificate."""
    obtained, year = _get(cells, "obtained"), _get(cells, "exam_year")
    level, kind = _get(cells, "level"), _get(cells, "kind")
    found = [("registered", _late(cells, "obtained", "registered"))]
    if obtained.raw is not None and year.raw is not None:
        early = e.less(e.part_of_day("year", _filled_day(obtained)), year.number())
        found.append(("obtained", e.all_(_value(obtained), year.known, early)))
    national = e.any_(e.not_(kind.known), kind.is_word(("national",)))
    found.append(("level", e.all_(level.none, national)))
    return found


def _filled_day(cell: Cell) -> Expr:
    day = cell.day().native
    assert day is not None
    return day


def _above(a: Cell, b: Cell) -> Expr:
    """The rows in which a count is greater than another."""
    return e.all_(a.known, b.known, e.less(b.number(), a.number()))


def totals(cells: Cells) -> list[Breach]:
    """No count of staff above the total, no certified staff under 45 above all under 45."""
    total = _get(cells, "total")
    found = [(name, _above(cell, total)) for name, cell in cells.items() if name != "total"]
    young, certified = _get(cells, "under_45"), _get(cells, "certified_under_45")
    return [*found, ("certified_under_45", _above(certified, young))]


def statistic(cells: Cells) -> list[Breach]:
    """A figure that is money has no part finer than a fen."""
    kind, value = _get(cells, "kind"), _get(cells, "value")
    step = value.scale // 100
    if value.raw is None or step < 2:
        return []
    number = value.number()
    whole = e.multiply(e.divide(number, step), e.number(step))
    return [("value", e.all_(value.known, kind.is_word(MONEY_FIGURES), e.less(whole, number)))]


def project(cells: Cells) -> list[Breach]:
    """Funds above 0, budget within the funds, an end not before the start; one figure at most."""
    funds = _get(cells, "funds")
    found = [("end", _late(cells, "start", "end"))]
    if funds.raw is None:
        return found
    zero = e.all_(funds.known, e.equal(funds.number(), e.ZERO))
    budget = {n.removeprefix("budget."): c for n, c in cells.items() if n.startswith("budget.")}
    split = others = e.ZERO
    for name, cell in budget.items():
        if name in checks.PERSONNEL_PARTS:
            split = e.add(split, cell.number())
        elif name != "personnel":
            others = e.add(others, cell.number())
    spent = e.add(others, e.greatest(split, _get(budget, "personnel").number()))
    over = e.all_(funds.known, e.not_(zero), e.less(funds.number(), spent))
    return [*found, ("funds", zero), ("budget", over)]


def organisation(cells: Cells) -> list[Breach]:
    """Founders with a certificate are founders."""
    founders, certified = _get(cells, "founders"), _get(cells, "founders_certified")
    return [("founders_certified", _above(certified, founders))]


COLUMN_CHECKS: Final[Mapping[Check, Callable[[Cells], list[Breach]]]] = {
    checks.post: span("start", "end"),
    checks.spell: span("start", "end"),
    checks.education: span("enrolled", "graduated"),
    checks.certificate: certificate,
    checks.totals: totals,
    checks.figures: lambda _: [],  # a row holds one figure at most
    checks.statistic: statistic,
    checks.project: project,
    checks.organisation: organisation,
}


def breaches(row: Row) -> list[Breach]:
    """Every contradiction that a row may hold, by the name of the fact."""
    found = list(_of_part(MODELS[row.subject], row.facts, ""))
    listed = lists(row.subject)
    for name, state in row.lists.items():
        element = listed[name].element
        model = _model_of(MODELS[row.subject], name)
        found.append((name, state.contrary))
        for entry in state.entries:
            mine = dict(_of_part(model, entry.cells, f"{element}.", nested=False))
            found += [(n, e.all_(entry.present, rows)) for n, rows in mine.items()]
        if name.endswith("staff.persons"):
            prefix = name.removesuffix("persons")
            totals_given = e.any_(*(c.known for n, c in row.facts.items() if n.startswith(prefix)))
            found.append((prefix[:-1], e.all_(totals_given, state.given)))
    amounts = row.lists.get("budget_lines")
    funds = row.facts.get("funds")
    if amounts is not None and funds is not None and amounts.entries:
        total = e.ZERO
        for entry in amounts.entries:
            total = e.add(total, entry.cell("amount").number())
        over = e.all_(funds.known, e.less(funds.number(), total))
        found.append(("budget_lines", e.all_(over, e.less(e.ZERO, funds.number()))))
    return [(name, rows) for name, rows in found if rows is not FALSE]


def _of_part(model: type[Part], cells: Cells, prefix: str, nested: bool = True) -> Iterator[Breach]:
    if model.check is not None:
        for name, rows in COLUMN_CHECKS[model.check](cells):
            yield prefix + name, rows
    if not nested:
        return
    for field in model.shape().fields.values():
        if field.one is not None:
            inside = f"{field.name}."
            mine = {n.removeprefix(inside): c for n, c in cells.items() if n.startswith(inside)}
            if mine:
                yield from _of_part(field.one, mine, f"{prefix}{inside}")


def _model_of(model: type[Part], name: str) -> type[Part]:
    """The model of the entries of a list."""
    first, _, rest = name.partition(".")
    field = model.shape().fields[first]
    if rest and rest != "persons":
        assert field.one is not None
        return _model_of(field.one, rest)
    assert field.many is not None
    return field.many
