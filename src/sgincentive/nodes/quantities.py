"""Nodes that give an amount: money in fen, months, counts, steps or points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from sgincentive.calendar import FIRST_DAY, LAST_DAY, next_day, whole_months
from sgincentive.divisions import within
from sgincentive.nodes import values
from sgincentive.nodes.base import ABSENT, Case, Condition, Day, Element, Quantity
from sgincentive.nodes.lists import STILL, ListTest, field_span
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.nodes.values import (
    ZERO,
    Bounds,
    Cause,
    DateSpan,
    Number,
    bounds,
    exactly,
    fact_cause,
    hull,
    share_weight,
    text_cause,
)
from sgincentive.words import Text

Rounding = Literal["up", "down", "half_up", "half_even", "not_stated"]
Take = Literal["sum", "greatest", "least"]

NOT_PUBLISHED = Text("标准未公开", "the amount was never published")
ONLY_RANGE = Text("来源只给出区间，未见分档", "the sources give a range and no split")
ONLY_FLOOR = Text("来源只给出下限", "the sources give a lower end only")
ONLY_CEILING = Text("来源只给出上限", "the sources give an upper end only")
NO_ROW = Text("来源未列出这一档", "the sources give no row for this case")
READINGS_DIFFER = Text("原文可有不同理解", "the text can be read in several ways")
ROUNDING_NOT_STATED = Text("原文未规定取整方法", "the text does not say how to round")
BANDS_OVERLAP = Text("原文分档首尾重叠", "the bands of the text overlap at their ends")


@dataclass(frozen=True, slots=True)
class Constant(Quantity):
    """A number of the text."""

    keyword = "number"
    value: Number

    def bounds(self, case: Case) -> Bounds:
        return Bounds(self.value, self.value)


@dataclass(frozen=True, slots=True)
class NotPublished(Quantity):
    """An amount that exists and was never published."""

    keyword = "not_published"
    text: Text = NOT_PUBLISHED

    def bounds(self, case: Case) -> Bounds:
        return Bounds(0, None, False, (text_cause(self.text, "not_published"),))


@dataclass(frozen=True, slots=True)
class Range(Quantity):
    """All that the sources say: between two ends (None: no end given).

    Where the facts put the upper end below the lower one, the lower one is the amount.
    """

    keyword = "range"
    low: Quantity | None
    high: Quantity | None

    def bounds(self, case: Case) -> Bounds:
        low = self.low.bounds(case) if self.low else ZERO
        high = self.high.bounds(case) if self.high else None
        text = ONLY_RANGE if self.low and self.high else ONLY_FLOOR if self.low else ONLY_CEILING
        groups = [b.causes for b in (low, high) if b and b.causes]
        groups.append((text_cause(text, "range"),))
        published = low.published and (high is None or high.published)
        top = high.high if high else None
        if values.less(top, low.high):
            top = low.high
        return bounds(low.low, top, published, share_weight(groups))


@dataclass(frozen=True, slots=True)
class FactAmount(Quantity):
    """A number of the profile; never below 0. ``total`` stands in when only a list is given."""

    keyword = "fact"
    ref: FactRef
    total: Count | None = None

    def bounds(self, case: Case) -> Bounds:
        value = self.ref.value(case)
        if value is ABSENT:
            if self.total is not None and self.total.test.list.entries(case) is not None:
                return self.total.bounds(case)
            return Bounds(0, None, True, (self.ref.cause(case),))
        return Bounds(value, value)


@dataclass(frozen=True, slots=True)
class Year(Quantity):
    """The year of a day."""

    keyword = "year_of"
    day: Day

    def bounds(self, case: Case) -> Bounds:
        span = self.day.span(case)
        return bounds(span.first.year, span.last.year, True, span.causes)


@dataclass(frozen=True, slots=True)
class FactYear(Quantity):
    """A year of the profile, moved by ``years``."""

    keyword = "year"
    ref: FactRef
    years: int = 0

    def bounds(self, case: Case) -> Bounds:
        value = self.ref.value(case)
        if value is ABSENT:
            return Bounds(FIRST_DAY.year, LAST_DAY.year, True, (self.ref.cause(case),))
        return exactly(value + self.years)


@dataclass(frozen=True, slots=True)
class ByFact(Quantity):
    """A table: the row of the value of a fact; ``otherwise`` for values without a row."""

    keyword = "by"
    ref: FactRef
    rows: tuple[tuple[Any, Quantity], ...]
    otherwise: Quantity | None = None
    domain: tuple[Any, ...] = ()

    def row(self, value: Any) -> Quantity | None:
        """The row for ``value``, None where the table says nothing."""
        for key, quantity in self.rows:
            if key == value:
                return quantity
        return self.otherwise

    def bounds(self, case: Case) -> Bounds:
        value = self.ref.value(case)
        if value is not ABSENT:
            row = self.row(value)
            return no_row() if row is None else row.bounds(case)
        every = [q.bounds(case) for _, q in self.rows]
        if self.otherwise is not None:
            every.append(self.otherwise.bounds(case))
        elif not set(self.domain) <= {key for key, _ in self.rows}:
            every.append(no_row())
        return hull(every, (self.ref.cause(case),))


def no_row() -> Bounds:
    """The amount where a table says nothing."""
    return Bounds(0, None, False, (text_cause(NO_ROW, "no_row"),))


@dataclass(frozen=True, slots=True)
class Bracket:
    """One band; an end None is open, ``*_included`` says whether the end belongs to it."""

    low: Number | None
    low_included: bool
    high: Number | None
    high_included: bool
    value: Quantity

    def may_hold(self, of: Bounds) -> bool:
        """Whether some number of ``of`` lies in the band."""
        below = (
            self.low is not None
            and of.high is not None
            and (of.high < self.low or (of.high == self.low and not self.low_included))
        )
        above = (
            self.high is not None
            and of.low is not None
            and (of.low > self.high or (of.low == self.high and not self.high_included))
        )
        return not below and not above

    def must_hold(self, of: Bounds) -> bool:
        """Whether every number of ``of`` lies in the band."""
        if self.low is not None:
            if of.low is None or of.low < self.low:
                return False
            if of.low == self.low and not self.low_included:
                return False
        if self.high is not None:
            if of.high is None or of.high > self.high:
                return False
            if of.high == self.high and not self.high_included:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Brackets(Quantity):
    """The band in which a quantity lies; where bands overlap, any of them."""

    keyword = "brackets"
    of: Quantity
    rows: tuple[Bracket, ...]

    def bounds(self, case: Case) -> Bounds:
        of = self.of.bounds(case)
        hit = [row for row in self.rows if row.may_hold(of)]
        if len(hit) == 1 and hit[0].must_hold(of):
            return hit[0].value.bounds(case)
        every = [row.value.bounds(case) for row in hit]
        if of.settled:
            if not every:
                return no_row()
            return hull(every, (text_cause(BANDS_OVERLAP, "bands"),))
        if not covers(hit, of):
            every.append(no_row())
        return hull(every, of.causes)


def covers(rows: Sequence[Bracket], of: Bounds) -> bool:
    """Whether the bands together hold every number of ``of``."""
    at, included = of.low, True
    for row in sorted(rows, key=lambda r: (r.low is not None, r.low or 0)):
        if row.low is not None:
            if at is None or row.low > at:
                return False
            if row.low == at and included and not row.low_included:
                return False
        if row.high is None:
            return True
        if at is None or row.high >= at:
            at, included = row.high, not row.high_included
    if of.high is None or at is None:
        return False
    return of.high < at or (of.high == at and not included)


@dataclass(frozen=True, slots=True)
class Cases(Quantity):
    """Ordered rows: the first whose condition holds; an unknown row leaves several possible."""

    keyword = "cases"
    rows: tuple[tuple[Condition, Quantity], ...]
    otherwise: Quantity | None = None

    def bounds(self, case: Case) -> Bounds:
        possible: list[Bounds] = []
        open_parts: list[tuple[Cause, ...]] = []
        for condition, quantity in self.rows:
            truth = condition.truth(case)
            if truth.value is False:
                continue
            possible.append(quantity.bounds(case))
            if truth.value is True:
                break
            open_parts.append(truth.causes)
        else:
            possible.append(self.otherwise.bounds(case) if self.otherwise else no_row())
        return hull(possible, share_weight(open_parts) if open_parts else ())


@dataclass(frozen=True, slots=True)
class Sum(Quantity):
    """All parts together."""

    keyword = "sum"
    parts: tuple[Quantity, ...]

    def bounds(self, case: Case) -> Bounds:
        return values.add([p.bounds(case) for p in self.parts])


@dataclass(frozen=True, slots=True)
class Difference(Quantity):
    """The first less the second."""

    keyword = "difference"
    of: Quantity
    less: Quantity

    def bounds(self, case: Case) -> Bounds:
        return values.subtract(self.of.bounds(case), self.less.bounds(case))


@dataclass(frozen=True, slots=True)
class Product(Quantity):
    """All parts multiplied."""

    keyword = "product"
    parts: tuple[Quantity, ...]

    def bounds(self, case: Case) -> Bounds:
        return values.multiply([p.bounds(case) for p in self.parts])


@dataclass(frozen=True, slots=True)
class Quotient(Quantity):
    """The first divided by the second."""

    keyword = "quotient"
    of: Quantity
    by: Quantity

    def bounds(self, case: Case) -> Bounds:
        return values.divide(self.of.bounds(case), self.by.bounds(case), text_cause(NO_ROW, "zero"))


@dataclass(frozen=True, slots=True)
class ShareOf(Quantity):
    """A share of another amount."""

    keyword = "share_of"
    share: Quantity
    of: Quantity

    def bounds(self, case: Case) -> Bounds:
        return values.multiply([self.of.bounds(case), self.share.bounds(case)])


@dataclass(frozen=True, slots=True)
class Least(Quantity):
    """The least of several."""

    keyword = "least"
    parts: tuple[Quantity, ...]

    def bounds(self, case: Case) -> Bounds:
        return values.least([p.bounds(case) for p in self.parts])


@dataclass(frozen=True, slots=True)
class Greatest(Quantity):
    """The greatest of several."""

    keyword = "greatest"
    parts: tuple[Quantity, ...]

    def bounds(self, case: Case) -> Bounds:
        return values.greatest([p.bounds(case) for p in self.parts])


@dataclass(frozen=True, slots=True)
class Cap(Quantity):
    """At most so much."""

    keyword = "cap"
    of: Quantity
    limit: Quantity

    def bounds(self, case: Case) -> Bounds:
        return values.least([self.of.bounds(case), self.limit.bounds(case)])


@dataclass(frozen=True, slots=True)
class Floor(Quantity):
    """At least so much."""

    keyword = "floor"
    of: Quantity
    limit: Quantity

    def bounds(self, case: Case) -> Bounds:
        return values.greatest([self.of.bounds(case), self.limit.bounds(case)])


def round_number(value: Number, step: Number, mode: Rounding) -> Number:
    """``value`` as a multiple of ``step``; halves as ``mode`` says (away from 0 for half_up)."""
    steps = Fraction(value) / step
    if mode == "down":
        n = math.floor(steps)
    elif mode == "up":
        n = math.ceil(steps)
    elif mode == "half_up":
        n = math.floor(steps + Fraction(1, 2)) if steps >= 0 else math.ceil(steps - Fraction(1, 2))
    else:
        n = round(steps)
    result = n * Fraction(step)
    return result.numerator if result.denominator == 1 else result


def round_bounds(of: Bounds, step: Number, mode: Rounding) -> Bounds:
    """Bounds rounded; a rounding that is not stated goes down or up."""
    down: Rounding = "down" if mode == "not_stated" else mode
    up: Rounding = "up" if mode == "not_stated" else mode
    low = None if of.low is None else round_number(of.low, step, down)
    high = None if of.high is None else round_number(of.high, step, up)
    causes = of.causes
    if mode == "not_stated" and low != high:
        causes = share_weight(
            [g for g in (causes, (text_cause(ROUNDING_NOT_STATED, "rounding"),)) if g]
        )
    return bounds(low, high, of.published, causes)


@dataclass(frozen=True, slots=True)
class Round(Quantity):
    """Rounded to a step."""

    keyword = "round"
    of: Quantity
    step: Number
    mode: Rounding

    def bounds(self, case: Case) -> Bounds:
        return round_bounds(self.of.bounds(case), self.step, self.mode)


@dataclass(frozen=True, slots=True)
class PerUnits(Quantity):
    """So much for each ``units`` of a quantity, broken units rounded as said."""

    keyword = "per"
    of: Quantity
    units: Number
    rounding: Rounding
    value: Quantity

    def bounds(self, case: Case) -> Bounds:
        of = self.of.bounds(case)
        low = None if of.low is None else Fraction(of.low) / self.units
        high = None if of.high is None else Fraction(of.high) / self.units
        times = round_bounds(Bounds(low, high, of.published, of.causes), 1, self.rounding)
        return values.multiply([self.value.bounds(case), times])


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of an amount, owed only where ``when`` holds."""

    id: str
    label: Text | None
    value: Quantity
    when: Condition | None


@dataclass(frozen=True, slots=True)
class PartAmount(Quantity):
    """The amount of one named part."""

    keyword = "part"
    part: Part

    def bounds(self, case: Case) -> Bounds:
        if self.part.when is None:
            return self.part.value.bounds(case)
        truth = self.part.when.truth(case)
        if truth.value is False:
            return ZERO
        value = self.part.value.bounds(case)
        return value if truth.value else hull([value, ZERO], truth.causes)


@dataclass(frozen=True, slots=True)
class Parts(Quantity):
    """Named parts, added up."""

    keyword = "parts"
    parts: tuple[Part, ...]

    def bounds(self, case: Case) -> Bounds:
        return values.add([PartAmount(p).bounds(case) for p in self.parts])


@dataclass(frozen=True, slots=True)
class Let(Quantity):
    """A quantity named under ``let``."""

    keyword = "let"
    name: str
    value: Quantity

    def bounds(self, case: Case) -> Bounds:
        return self.value.bounds(case)


@dataclass(frozen=True, slots=True)
class AmountReadings(Quantity):
    """The text allows several amounts."""

    keyword = "readings"
    parts: tuple[Quantity, ...]

    def bounds(self, case: Case) -> Bounds:
        every = [p.bounds(case) for p in self.parts]
        return hull(every, (text_cause(READINGS_DIFFER, "readings"),))


@dataclass(frozen=True, slots=True)
class Count(Quantity):
    """How many entries of a list pass the test; with ``distinct``, how many different values."""

    keyword = "count"
    test: ListTest
    distinct: FactRef | None = None

    def bounds(self, case: Case) -> Bounds:
        found = self.test.entries(case)
        if found is None:
            return Bounds(0, None, True, (self.test.list.cause(),))
        sure = [i for i, t in zip(found.indexes, found.truths, strict=True) if t.value is True]
        maybe = [i for i, t in zip(found.indexes, found.truths, strict=True) if t.value is None]
        groups = [t.causes for t in found.unseen]
        low, high = len(sure), len(sure) + len(maybe)
        if self.distinct is not None:
            seen, blank = set(), 0
            extra = set()
            values_of = {
                i: self.distinct.value(case.within_element(found.elements[i], i))
                for i in (*sure, *maybe)
            }
            for i, value in values_of.items():
                if value is ABSENT:
                    blank += 1
                    inner = case.within_element(found.elements[i], i)
                    groups.append((self.distinct.cause(inner),))
                elif i in sure:
                    seen.add(value)
                else:
                    extra.add(value)
            low = max(len(seen), 1 if sure else 0)
            high = len(seen | extra) + blank
            # A value that counts already leaves open nothing that its other entries do.
            maybe = [i for i in maybe if values_of[i] is ABSENT or values_of[i] not in seen]
        groups += [found.truths[i].causes for i in maybe]
        return bounds(
            low, None if found.unseen else high, True, share_weight(groups) if groups else ()
        )


Spell = tuple[date, date]


def merged(spells: Sequence[Spell]) -> list[Spell]:
    """Spells (end: the first day no longer in it) joined where they touch or overlap."""
    joined: list[Spell] = []
    for start, end in sorted(s for s in spells if s[0] < s[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


@dataclass(frozen=True, slots=True)
class Months(Quantity):
    """Whole months of the spells that pass the test, from ``since`` up to ``until``.

    A spell runs to the end of its last day. Spells that touch or overlap count as one;
    ``continuous`` takes only the one still running at ``until``.
    """

    keyword = "months"
    list: ListRef
    where: Condition
    until: Day
    since: Day | None
    continuous: bool

    def bounds(self, case: Case) -> Bounds:
        given = self.list.entries(case)
        if given is None:
            return Bounds(0, None, True, (self.list.cause(),))
        until = self.until.span(case)
        since = self.since.span(case) if self.since else DateSpan(FIRST_DAY, FIRST_DAY)
        sure: list[Spell] = []
        maybe: list[Spell] = []
        groups = [s.causes for s in (until, since) if s.causes]
        for i, element in enumerate(given):
            truth = self.where.truth(case.within_element(element, i))
            if truth.value is False:
                continue
            start = field_span(self.list, element, i, self.list.start or "start", STILL)
            end = field_span(self.list, element, i, self.list.end or "end", STILL)
            widest = (
                max(start.first, since.first),
                min(next_day(end.last), until.last),
            )
            if widest[0] >= widest[1]:
                continue
            stop = until.last if self.continuous else until.first
            narrow = (max(start.last, since.last), min(next_day(end.first), stop))
            maybe.append(widest)
            if truth.value is True:
                sure.append(narrow)
            groups += [g for g in (truth.causes, start.causes, end.causes) if g]
        # Spells apart never hold more whole months than one spell around them: where a month is
        # cut short at its end, the next spell begins in the month after.
        low = self.total(sure, until.first, until.last)
        high: int | None = self.total(maybe, until.last, until.first)
        if self.list.is_partial(case):
            high = None
            groups.append((self.list.cause(),))
        return bounds(low, high, True, share_weight(groups) if groups else ())

    def total(self, spells: Sequence[Spell], until: date, running: date) -> int:
        """Whole months of ``spells`` before ``until``; if ``continuous``, of the one still running
        at ``running``."""
        joined = merged(spells)
        if not self.continuous:
            return sum(whole_months(start, end) for start, end in joined)
        still = [whole_months(start, min(end, until)) for start, end in joined if end >= running]
        return max([*still, 0])


@dataclass(frozen=True, slots=True)
class MonthsBetween(Quantity):
    """Whole months from one day to another, 0 when the second is earlier."""

    keyword = "months_between"
    start: Day
    end: Day

    def bounds(self, case: Case) -> Bounds:
        start, end = self.start.span(case), self.end.span(case)
        groups = [s.causes for s in (start, end) if s.causes]
        return bounds(
            max(whole_months(start.last, end.first), 0),
            max(whole_months(start.first, end.last), 0),
            True,
            share_weight(groups) if groups else (),
        )


@dataclass(frozen=True, slots=True)
class DaysBetween(Quantity):
    """Days from one day to another, 0 when the second is earlier."""

    keyword = "days_between"
    start: Day
    end: Day

    def bounds(self, case: Case) -> Bounds:
        start, end = self.start.span(case), self.end.span(case)
        groups = [s.causes for s in (start, end) if s.causes]
        return bounds(
            max((end.first - start.last).days, 0),
            max((end.last - start.first).days, 0),
            True,
            share_weight(groups) if groups else (),
        )


@dataclass(frozen=True, slots=True)
class YearsBetween(Quantity):
    """Whole years from one day to another (an age), 0 when the second is earlier."""

    keyword = "years_between"
    start: Day
    end: Day

    def bounds(self, case: Case) -> Bounds:
        months = MonthsBetween(self.start, self.end).bounds(case)
        low = (months.low or 0) // 12
        return bounds(low, None if months.high is None else months.high // 12, True, months.causes)


@dataclass(frozen=True, slots=True)
class Statistic(Quantity):
    """A figure of the statistics office that the profile supplies, for a place and a year.

    Statistics stand in CNY; ``money`` says that the figure is wanted in fen.
    """

    keyword = "statistic"
    kind: str
    division: FactRef | str
    year: Quantity
    money: bool = True

    def bounds(self, case: Case) -> Bounds:
        if isinstance(self.division, FactRef):
            place = self.division.value(case)
            if place is ABSENT or place is None:
                return Bounds(0, None, True, (self.division.cause(case),))
        else:
            place = self.division
        year = self.year.bounds(case)
        if year.settled:
            found = self.supplied(case, place, year.low)
            if found is not None:
                return found
        groups: list[tuple[Cause, ...]] = [(fact_cause("statistic.value", "statistics"),)]
        if year.causes:
            groups.append(year.causes)
        return Bounds(0, None, True, share_weight(groups))

    def supplied(self, case: Case, place: str, year: Number | None) -> Bounds | None:
        """The figure of the narrowest place, None where the profile has none; open as far as an
        entry may be one of a narrower place than those that are known to be meant."""
        best: tuple[int, int, Element] | None = None
        maybe: list[tuple[int, int, Element]] = []
        finest = narrowness(place)
        for i, entry in enumerate(case.facts.get("statistics", ())):
            area = entry.get("division")
            if entry.get("kind", self.kind) != self.kind or entry.get("year", year) != year:
                continue
            if area is not None and within(place, area) is not True:
                continue
            candidate = (finest if area is None else narrowness(area), i, entry)
            if "kind" not in entry or area is None or "year" not in entry:
                maybe.append(candidate)
            elif best is None or (candidate[0], "value" in entry) > (best[0], "value" in best[2]):
                best = candidate
        reached = -1 if best is None else best[0]
        gaps = [
            (fact_cause(f"statistic.{k}", "statistics", i),)
            for narrow, i, entry in maybe
            if narrow > reached
            for k in ("kind", "division", "year", "value")
            if k not in entry
        ]
        if best is not None and "value" not in best[2]:
            gaps.append((fact_cause("statistic.value", "statistics", best[1]),))
        if "statistics" in case.facts.get("partial", ()) and reached < finest:
            gaps.append((fact_cause("statistics"),))
        if gaps:
            return Bounds(0, None, True, share_weight(gaps))
        if best is None:
            return None
        value = best[2]["value"]
        return exactly(value * 100 if self.money else value)


def narrowness(division: str) -> int:
    """How narrow a division is: the digits of its code without the zeros at the end."""
    return len(division.rstrip("0"))


@dataclass(frozen=True, slots=True)
class OverList(Quantity):
    """The sum, the greatest or the least of an amount over the entries that pass the test."""

    keyword = "over"
    take: Take
    test: ListTest
    value: Quantity

    def bounds(self, case: Case) -> Bounds:
        found = self.test.entries(case)
        if found is None:
            return self.with_more(ZERO, False, case, (self.test.list.cause(),))
        sure: list[Bounds] = []
        maybe: list[Bounds] = []
        for element, i, truth in zip(found.elements, found.indexes, found.truths, strict=True):
            if truth.value is False:
                continue
            value = self.value.bounds(case.within_element(element, i))
            if truth.value is True:
                sure.append(value)
            else:
                causes = share_weight([g for g in (truth.causes, value.causes) if g])
                maybe.append(value._replace(causes=causes))
        total = self.total(sure, maybe)
        if not found.unseen:
            return total
        return self.with_more(total, bool(sure), case, found.unseen[0].causes)

    def total(self, sure: Sequence[Bounds], maybe: Sequence[Bounds]) -> Bounds:
        """Of the entries that pass and those that may; of no entry: 0."""
        if self.take == "sum":
            return values.add([*sure, *(hull([v, ZERO], v.causes) for v in maybe)])
        pick = values.greatest if self.take == "greatest" else values.least
        if sure:
            # An entry that may pass can move one end only.
            greatest = self.take == "greatest"
            return pick(
                [*sure]
                + [v._replace(low=None) if greatest else v._replace(high=None) for v in maybe]
            )
        if not maybe:
            return ZERO
        return hull([*maybe, ZERO], share_weight([v.causes for v in maybe]))

    def with_more(self, total: Bounds, some: bool, case: Case, causes: tuple[Cause, ...]) -> Bounds:
        """``total`` where further entries may exist; ``some``: at least one entry passes."""
        least = self.value.bounds(case.within_element({}, -1)).low
        low, high = total.low, total.high
        if self.take == "least":
            high = total.high if some else None
            low = least if low is None or least is None else min(low, least)
        elif self.take == "sum" or not some:
            below = least is None or least < 0
            low = None if low is None or below else low
        if self.take != "least":
            high = None
        groups = [g for g in (total.causes, causes) if g]
        return bounds(low, high, total.published, share_weight(groups))
