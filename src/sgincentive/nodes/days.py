"""Nodes that give a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sgincentive.calendar import FIRST_DAY, LAST_DAY, add_months, month_end
from sgincentive.nodes.base import ABSENT, Case, Day
from sgincentive.nodes.reference import FactRef
from sgincentive.nodes.values import DateSpan, share_weight, text_cause
from sgincentive.words import Text

IMPRECISE_DAY = Text("原文只给出大致日期", "the sources give the date only roughly")
DAY_NOT_STATED = Text("原文未给出日期", "the sources do not give the date")


def merge(spans: list[DateSpan], first: date, last: date) -> DateSpan:
    """A span with the doubts of ``spans``; none when it is one day."""
    if first == last:
        return DateSpan(first, last)
    groups = [s.causes for s in spans if s.causes]
    return DateSpan(first, last, share_weight(groups) if groups else ())


@dataclass(frozen=True, slots=True)
class DayConstant(Day):
    """A date of the text; ``first`` and ``last`` differ where it is known only roughly."""

    keyword = "date"
    first: date
    last: date
    text: Text = IMPRECISE_DAY

    def span(self, case: Case) -> DateSpan:
        if self.first == self.last:
            return DateSpan(self.first, self.last)
        return DateSpan(self.first, self.last, (text_cause(self.text, "date"),))


def day_not_stated() -> DayConstant:
    """A date that the sources do not give."""
    return DayConstant(FIRST_DAY, LAST_DAY, DAY_NOT_STATED)


@dataclass(frozen=True, slots=True)
class QuestionDay(Day):
    """``on`` (the date asked about) or ``applied`` (the date of application)."""

    keyword = "on"
    name: str

    def span(self, case: Case) -> DateSpan:
        day = case.on if self.name == "on" else case.applied
        return DateSpan(day, day)


@dataclass(frozen=True, slots=True)
class FactDay(Day):
    """A date of the profile; one known to be none lies after every other date."""

    keyword = "fact"
    ref: FactRef

    def span(self, case: Case) -> DateSpan:
        value = self.ref.value(case)
        if value is ABSENT:
            return DateSpan(FIRST_DAY, LAST_DAY, (self.ref.cause(case),))
        if value is None:
            return DateSpan(LAST_DAY, LAST_DAY)
        return DateSpan(value, value)


@dataclass(frozen=True, slots=True)
class MonthsLater(Day):
    """Another day moved by a number of months, clipped to the end of the month."""

    keyword = "add_months"
    day: Day
    months: int

    def span(self, case: Case) -> DateSpan:
        inner = self.day.span(case)
        first, last = add_months(inner.first, self.months), add_months(inner.last, self.months)
        return merge([inner], first, last)


@dataclass(frozen=True, slots=True)
class DayOfYear(Day):
    """A month and day in the year of a fact, ``years`` later (31 December of the exam year)."""

    keyword = "day_of_year"
    ref: FactRef
    years: int
    month: int
    day: int

    def span(self, case: Case) -> DateSpan:
        value = self.ref.value(case)
        if value is None:
            return DateSpan(LAST_DAY, LAST_DAY)
        if isinstance(value, date):
            value = value.year
        if not isinstance(value, int):
            return DateSpan(FIRST_DAY, LAST_DAY, (self.ref.cause(case),))
        day = in_year(value + self.years, self.month, self.day)
        return DateSpan(day, day)


@dataclass(frozen=True, slots=True)
class DayInYear(Day):
    """A month and day in the year of the day asked about or of application, ``years`` later."""

    keyword = "day_of_year"
    of: QuestionDay
    years: int
    month: int
    day: int

    def span(self, case: Case) -> DateSpan:
        asked = self.of.span(case).first
        day = in_year(asked.year + self.years, self.month, self.day)
        return DateSpan(day, day)


def in_year(year: int, month: int, day: int) -> date:
    """A day of a year, clipped to the end of the month and to the years that there are."""
    last = month_end(date(min(max(year, FIRST_DAY.year), LAST_DAY.year), month, 1))
    return last.replace(day=min(day, last.day))


@dataclass(frozen=True, slots=True)
class MonthStart(Day):
    """The first day of the month of another day."""

    keyword = "first_of_month"
    day: Day

    def span(self, case: Case) -> DateSpan:
        inner = self.day.span(case)
        return merge([inner], inner.first.replace(day=1), inner.last.replace(day=1))


@dataclass(frozen=True, slots=True)
class DayByFact(Day):
    """A table of dates by the year of a fact."""

    keyword = "by"
    ref: FactRef
    rows: tuple[tuple[int, Day], ...]

    def span(self, case: Case) -> DateSpan:
        value = self.ref.value(case)
        if value is ABSENT:
            spans = [day.span(case) for _, day in self.rows]
            spans.append(DateSpan(FIRST_DAY, LAST_DAY, (self.ref.cause(case),)))
            return merge(spans, FIRST_DAY, LAST_DAY)
        for year, day in self.rows:
            if year == value:
                return day.span(case)
        return day_not_stated().span(case)


@dataclass(frozen=True, slots=True)
class ExtremeDay(Day):
    """The earliest or the latest of several days."""

    keyword = "earliest"
    latest: bool
    days: tuple[Day, ...]

    def span(self, case: Case) -> DateSpan:
        spans = [d.span(case) for d in self.days]
        pick = max if self.latest else min
        return merge(spans, pick(s.first for s in spans), pick(s.last for s in spans))


@dataclass(frozen=True, slots=True)
class DayReadings(Day):
    """The text allows several days; decided only where all give the same answer."""

    keyword = "readings"
    days: tuple[Day, ...]

    def span(self, case: Case) -> DateSpan:
        spans = [d.span(case) for d in self.days]
        first, last = min(s.first for s in spans), max(s.last for s in spans)
        doubt = DateSpan(first, last, (text_cause(IMPRECISE_DAY, "date"),))
        return merge([*spans, doubt], first, last)
