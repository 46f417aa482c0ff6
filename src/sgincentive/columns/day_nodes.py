"""The column meaning of the nodes that give a date."""

from __future__ import annotations

from collections.abc import Sequence

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.columns import days
from sgincentive.columns import expr as e
from sgincentive.columns.days import Day, Span
from sgincentive.columns.nodes import day, span
from sgincentive.columns.row import Place
from sgincentive.columns.values import joined, only
from sgincentive.nodes import days as d


def merge(spans: Sequence[Span], first: Day, last: Day) -> Span:
    """A span with the doubts of ``spans``; none where it is one day."""
    return days.forgetting(Span(first, last, joined(s.facts for s in spans)))


@day(d.DayConstant)
def constant(node: d.DayConstant, place: Place) -> Span:
    """A date of the text."""
    first = days.fixed(node.first)
    return Span(first, first if node.first == node.last else days.fixed(node.last))


@day(d.QuestionDay)
def question(node: d.QuestionDay, place: Place) -> Span:
    """The date asked about, or that of the application."""
    return days.exactly(place.row.on if node.name == "on" else place.row.applied)


@day(d.FactDay)
def fact(node: d.FactDay, place: Place) -> Span:
    """A date of the profile."""
    return place.cell(node.ref).span(node.ref.name)


@day(d.MonthsLater)
def months_later(node: d.MonthsLater, place: Place) -> Span:
    """Another day moved by months."""
    inner = span(node.day, place)
    first = days.add_months(inner.first, node.months)
    if inner.first is inner.last:
        return days.exactly(first)
    return merge([inner], first, days.add_months(inner.last, node.months))


@day(d.DayOfYear)
def day_of_year(node: d.DayOfYear, place: Place) -> Span:
    """A month and day in the year of a fact; of a day known to be none: the last of all."""
    cell = place.cell(node.ref)
    if cell.raw is None:
        year = e.number(FIRST_DAY.year)
    elif cell.raw.kind == "day":
        year = e.part_of_day("year", e.filled(cell.raw, FIRST_DAY))
    else:
        year = e.filled(cell.raw, FIRST_DAY.year)
    made = days.choose(cell.none, days.LAST, in_year(year, node.years, node.month, node.day))
    missing = e.not_(cell.known)
    if missing is e.FALSE:
        return days.exactly(made)
    return Span(
        days.choose(cell.known, made, days.FIRST),
        days.choose(cell.known, made, days.LAST),
        {node.ref.name: missing},
    )


def in_year(year: e.Expr, years: int, month: int, of_month: int) -> Day:
    """A day of a year, clipped to the end of the month and to the years that there are."""
    moved = e.least(
        e.greatest(e.add(year, e.number(years)), e.number(FIRST_DAY.year)),
        e.number(LAST_DAY.year),
    )
    length = days.month_length(moved, e.number(month))
    return Day(None, (moved, e.number(month), e.least(e.number(of_month), length)))


@day(d.DayInYear)
def day_in_year(node: d.DayInYear, place: Place) -> Span:
    """A month and day in the year of the day asked about or of application."""
    asked = span(node.of, place).first
    if asked.native is not None and asked.native.constant:
        value = asked.native.value
        return days.exactly(days.fixed(d.in_year(value.year + node.years, node.month, node.day)))
    return days.exactly(in_year(asked.parts()[0], node.years, node.month, node.day))


@day(d.MonthStart)
def month_start(node: d.MonthStart, place: Place) -> Span:
    """The first day of the month of another day."""
    inner = span(node.day, place)
    first = days.month_start(inner.first)
    if inner.first is inner.last:
        return days.exactly(first)
    return merge([inner], first, days.month_start(inner.last))


@day(d.DayByFact)
def by_fact(node: d.DayByFact, place: Place) -> Span:
    """A table of dates by the year of a fact."""
    cell = place.cell(node.ref)
    year = cell.number()
    first, last = days.FIRST, days.LAST
    facts = []
    for value, each in reversed(node.rows):
        inner = span(each, place)
        hit = e.all_(cell.known, e.equal(year, e.number(value)))
        first = days.choose(hit, inner.first, first)
        last = days.choose(hit, inner.last, last)
        # Where the year is missing, the doubts of every row stand beside it.
        facts.append(only(e.any_(hit, e.not_(cell.known)), inner.facts))
    facts.append(cell.missing(node.ref.name))
    return Span(first, last, joined(facts))


@day(d.ExtremeDay)
def extreme(node: d.ExtremeDay, place: Place) -> Span:
    """The earliest or the latest of several days."""
    spans = [span(each, place) for each in node.days]
    pick = days.later if node.latest else days.earlier
    first, last = spans[0].first, spans[0].last
    for each in spans[1:]:
        first, last = pick(first, each.first), pick(last, each.last)
    return merge(spans, first, last)


@day(d.DayReadings)
def readings(node: d.DayReadings, place: Place) -> Span:
    """The text allows several days."""
    spans = [span(each, place) for each in node.days]
    first, last = spans[0].first, spans[0].last
    for each in spans[1:]:
        first, last = days.earlier(first, each.first), days.later(last, each.last)
    return merge(spans, first, last)
