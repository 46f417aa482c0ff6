"""The days on which the answer of a scheme may change; those between are asked about once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sgincentive.calendar import FIRST_DAY, LAST_DAY, add_months
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Day, Element
from sgincentive.nodes.conditions import Compare, CompareDays
from sgincentive.nodes.days import (
    DayConstant,
    DayInYear,
    DayOfYear,
    FactDay,
    MonthsLater,
    QuestionDay,
)
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.walk import below
from sgincentive.schemes.model import Scheme, Version


def dates_in(value: object) -> Iterator[date]:
    """Every date in the facts of a subject."""
    if isinstance(value, date):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from dates_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from dates_in(item)


def dates_of(version: Version) -> list[date]:
    """The days on which a version or one of its statuses begins, ends or was last confirmed."""
    days = [version.last, version.seen, version.last_confirmed, *(version.first or ())]
    days += [version.gives_way, version.follows]
    for status in version.statuses:
        days += [status.first, status.last]
    days += [r.due for r in version.requirements]
    return [day for day in days if day is not None]


def terms_of(scheme: Scheme) -> Iterator[object]:
    """Every node of the terms of a scheme."""
    for version in scheme.versions:
        for requirement in version.requirements:
            yield from below(requirement.condition)
        yield from below(version.amount)
        yield from below(version.window)
    for relation in scheme.relations:
        yield from below(relation.where)


def text_days(scheme: Scheme) -> frozenset[int]:
    """The days of the month on which the terms of a scheme may change an answer."""
    found = {day.day for version in scheme.versions for day in dates_of(version)}
    for node in terms_of(scheme):
        if isinstance(node, DayConstant):
            found |= {node.first.day, node.last.day}
        elif isinstance(node, DayOfYear | DayInYear):
            found.add(node.day)
    return frozenset(found)


class Turns(NamedTuple):
    """When the answer of a scheme may change: on or after ``days``, ``months`` after a date of the
    profile (0: on or after the date itself), and, with ``new_year``, where a year begins."""

    days: frozenset[date]
    months: frozenset[int]
    new_year: bool = False


def turns_of(scheme: Scheme) -> Turns | None:
    """What the terms of a scheme hold the day asked about against; None where they do more with
    it than that, so that the answer may change on any day."""
    days = {day for version in scheme.versions for day in dates_of(version)}
    windows = [end for v in scheme.versions for end in (v.window.start, v.window.end) if end]
    ends = [months_later(end) for end in windows]
    if None in ends:
        return None
    months = {0, *(n for n in ends if n is not None)}
    new_year = False
    asked = understood = 0
    for node in terms_of(scheme):
        if isinstance(node, QuestionDay):
            asked += 1
        elif isinstance(node, DayConstant):
            days |= {node.first, node.last}
        elif isinstance(node, ListTest):
            understood += isinstance(node.at, QuestionDay)
        elif isinstance(node, CompareDays):
            later = [months_later(side) for side in (node.left, node.right)]
            if None not in later:
                months |= {n for n in later if n is not None}
                understood += sum(isinstance(x, QuestionDay) for x in (node.left, node.right))
        elif isinstance(node, Compare):
            limit = whole_months_asked(node)
            if limit is not None:
                months |= limit
                understood += 1
        elif isinstance(node, DayInYear) or (isinstance(node, q.Year) and is_asked(node.day)):
            new_year = True
            understood += 1
    return Turns(frozenset(days), frozenset(months), new_year) if asked == understood else None


def is_asked(day: Day) -> bool:
    """Whether a day is the one asked about, or that day of another year."""
    if isinstance(day, MonthsLater):
        return isinstance(day.day, QuestionDay) and day.months % 12 == 0
    return isinstance(day, QuestionDay)


def months_later(day: Day) -> int | None:
    """How many months a day lies after a date of the text or of the profile (the day asked about
    itself: 0); None where it is reckoned in another way."""
    if isinstance(day, MonthsLater) and isinstance(day.day, FactDay | DayConstant):
        return day.months
    return 0 if isinstance(day, FactDay | DayConstant | QuestionDay) else None


def whole_months_asked(node: Compare) -> set[int] | None:
    """The numbers of months, where it is asked how many months or years lie between a date and
    the day asked about, after which the answer may be another one."""
    if (
        isinstance(node.left, q.MonthsBetween | q.YearsBetween)
        and isinstance(node.left.start, FactDay | DayConstant)
        and isinstance(node.left.end, QuestionDay)
        and isinstance(node.right, q.Constant)
        and isinstance(node.right.value, int)
    ):
        months = 12 if isinstance(node.left, q.YearsBetween) else 1
        return {node.right.value * months, (node.right.value + 1) * months}
    return None


def turning_points(
    schemes: Sequence[Scheme], facts: Element, confirmed_within: int | None
) -> list[date] | None:
    """The days on or after which the answer of some scheme may change, in order; None: any day.

    ``confirmed_within``: months after which a version is no longer presumed to be in force.
    """
    found = {FIRST_DAY, LAST_DAY, *dates_in(facts)}
    months, years = {0}, set[date]()
    for scheme in schemes:
        turns = turns_of(scheme)
        if turns is None:
            return None
        found |= turns.days
        months |= turns.months
        if turns.new_year:
            years |= {date(year, 1, 1) for year in range(FIRST_DAY.year, LAST_DAY.year + 1)}
        if confirmed_within is not None:
            confirmed = (v.last_confirmed for v in scheme.versions)
            found |= {add_months(day, confirmed_within) for day in confirmed if day is not None}
    return sorted(years | {add_months(day, n) for day in found for n in months})


class Spans:
    """The stretches of days between turning points."""

    def __init__(self, points: list[date] | None) -> None:
        self.points = points

    def of(self, first: date, last: date) -> int | None:
        """The stretch that holds both days; None where something may change between them."""
        if self.points is None:
            return None
        at = bisect_left(self.points, first), bisect_right(self.points, first)
        if at != (bisect_left(self.points, last), bisect_right(self.points, last)):
            return None
        return sum(at)
