"""Days in columns: a date of the table itself, or one put together from year, month and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.columns import expr as e
from sgincentive.columns.expr import Expr
from sgincentive.columns.values import Facts, Truth, only

NONE_DAY = date(2101, 1, 1)
"""Stands in a column of dates for a day known to be none; no date of a profile is so late."""
UNKNOWN_DAY = date(1899, 12, 31)
"""Stands in a column of ends, where a blank cell means none, for a day that is not known."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of each row: ``native`` where the table can hold it as a date, else its parts."""

    native: Expr | None
    made: tuple[Expr, Expr, Expr] | None = None

    def parts(self) -> tuple[Expr, Expr, Expr]:
        """Year, month and day of the month."""
        if self.made is not None:
            return self.made
        assert self.native is not None
        return (
            e.part_of_day("year", self.native),
            e.part_of_day("month", self.native),
            e.part_of_day("day", self.native),
        )

    def packed(self) -> Expr:
        """A number that is the greater, the later the day is."""
        year, month, of_month = self.parts()
        return e.add(
            e.add(e.multiply(year, e.number(10000)), e.multiply(month, e.number(100))), of_month
        )


def fixed(value: date) -> Day:
    """The same day in every row."""
    return Day(e.day(value))


FIRST, LAST = fixed(FIRST_DAY), fixed(LAST_DAY)


def before(a: Day, b: Day) -> Expr:
    """Whether ``a`` is before ``b``."""
    if a.native is not None and b.native is not None:
        return e.less(a.native, b.native)
    return e.less(a.packed(), b.packed())


def not_after(a: Day, b: Day) -> Expr:
    """Whether ``a`` is on or before ``b``."""
    return e.not_(before(b, a))


def same_day(a: Day, b: Day) -> Expr:
    """Whether both are the same day."""
    if a.native is not None and b.native is not None:
        return e.equal(a.native, b.native)
    return e.equal(a.packed(), b.packed())


def choose(test: Expr, yes: Day, no: Day) -> Day:
    """One day in some rows, another in the others."""
    if test.constant:
        return yes if test.value else no
    if yes.native is not None and no.native is not None:
        return Day(e.case(test, yes.native, no.native))
    year, month, of_month = (
        e.case(test, a, b) for a, b in zip(yes.parts(), no.parts(), strict=True)
    )
    return Day(None, (year, month, of_month))


def earlier(a: Day, b: Day) -> Day:
    """The earlier of two days."""
    if a.native is not None and b.native is not None:
        return Day(e.least(a.native, b.native))
    return choose(before(b, a), b, a)


def later(a: Day, b: Day) -> Day:
    """The later of two days."""
    if a.native is not None and b.native is not None:
        return Day(e.greatest(a.native, b.native))
    return choose(before(a, b), b, a)


def leap(year: Expr) -> Expr:
    """Whether a year from 1900 to 2100 has 366 days."""
    fours = e.equal(e.multiply(e.divide(year, 4), e.number(4)), year)
    return e.all_(fours, *(e.not_(e.equal(year, e.number(y))) for y in (1900, 2100)))


def month_length(year: Expr, month: Expr) -> Expr:
    """The number of days of a month."""
    february = e.equal(month, e.number(2))
    short = e.any_(*(e.equal(month, e.number(m)) for m in (4, 6, 9, 11)))
    return e.pick([(e.all_(february, leap(year)), 29), (february, 28), (short, 30)], 31)


def add_months(of: Day, months: int) -> Day:
    """The day moved by a number of months, clipped to the month's end and to 1900 to 2100."""
    from sgincentive.calendar import add_months as moved

    if of.native is not None and of.native.constant:
        return fixed(moved(of.native.value, months))
    year, month, of_month = of.parts()
    years, rest = divmod(months, 12)
    year = e.add(year, e.number(years))
    if rest:
        month = e.add(month, e.number(rest))
        over = e.less(e.number(12), month)
        year = e.add(year, e.as_number(over))
        month = e.subtract(month, e.pick([(over, 12)], 0))
    of_month = e.least(of_month, month_length(year, month))
    made = Day(None, (year, month, of_month))
    made = choose(e.less(year, e.number(FIRST_DAY.year)), FIRST, made)
    return choose(e.less(e.number(LAST_DAY.year), year), LAST, made)


def month_start(of: Day) -> Day:
    """The first day of the month."""
    if of.native is not None and of.native.constant:
        return fixed(of.native.value.replace(day=1))
    year, month, _ = of.parts()
    return Day(None, (year, month, e.number(1)))


def next_day(of: Day) -> Day:
    """The day after a day of the table; the last day of the calendar stays."""
    assert of.native is not None
    return Day(e.least(e.day_after(of.native), e.day(LAST_DAY)))


def whole_months(start: Day, end: Day) -> Expr:
    """The largest n with ``add_months(start, n) <= end``; below 0 when ``end`` is earlier."""
    year, month, of_month = start.parts()
    end_year, end_month, end_of_month = end.parts()
    months = e.add(
        e.multiply(e.subtract(end_year, year), e.number(12)), e.subtract(end_month, month)
    )
    # A shorter month clips: then its last day completes the month.
    if end.native is None:
        inside = e.less(end_of_month, month_length(end_year, end_month))
    else:
        inside = e.less(e.number(1), e.part_of_day("day", e.day_after(end.native)))
    short = e.all_(e.less(end_of_month, of_month), inside)
    return e.subtract(months, e.as_number(short))


def ordinal(of: Day) -> Expr:
    """A number that grows by 1 from day to day."""
    if of.native is not None and of.native.constant:
        return e.number(of.native.value.toordinal())
    year, month, of_month = of.parts()
    early = e.less(month, e.number(3))
    # Years that begin in March, so that the day added to leap years comes last.
    year = e.subtract(year, e.as_number(early))
    month = e.add(month, e.pick([(early, 9)], -3))
    days = e.add(e.multiply(year, e.number(365)), e.divide(year, 4))
    days = e.add(e.subtract(days, e.divide(year, 100)), e.divide(year, 400))
    in_year = e.divide(e.add(e.multiply(month, e.number(153)), e.number(2)), 5)
    return e.add(e.add(days, in_year), e.add(of_month, e.number(-306)))


@dataclass(frozen=True, slots=True)
class Span:
    """A date known to lie between two days, both included."""

    first: Day
    last: Day
    facts: Facts = field(default_factory=dict)

    @property
    def open(self) -> Expr:
        """The rows in which the day is not known."""
        return e.not_(same_day(self.first, self.last))


def exactly(of: Day) -> Span:
    """A day without doubt."""
    return Span(of, of)


def forgetting(of: Span) -> Span:
    """A span that forgets doubt where it is one day."""
    if not of.facts:
        return of
    return Span(of.first, of.last, only(of.open, of.facts))


def on_or_before(early: Span, late: Span) -> Truth:
    """Whether ``early`` is on or before ``late``."""
    yes = not_after(early.last, late.first)
    no = before(late.last, early.first)
    return doubted(yes, no, (early, late))


def strictly_before(early: Span, late: Span) -> Truth:
    """Whether ``early`` is before ``late``."""
    yes = before(early.last, late.first)
    no = not_after(late.last, early.first)
    return doubted(yes, no, (early, late))


def doubted(yes: Expr, no: Expr, spans: Sequence[Span]) -> Truth:
    """A truth whose doubts are those of ``spans``."""
    from sgincentive.columns.values import joined

    facts = joined(s.facts for s in spans)
    if not facts:
        return Truth(yes, no)
    return Truth(yes, no, only(e.all_(e.not_(yes), e.not_(no)), facts))
