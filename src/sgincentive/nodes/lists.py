"""Tests over the entries of a list: which count, which may, and what may not have been given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.nodes.base import ABSENT, Case, Condition, Day, Element
from sgincentive.nodes.reference import ListRef
from sgincentive.nodes.values import (
    NO,
    YES,
    DateSpan,
    Truth,
    all_of,
    fact_cause,
    share_weight,
    unknown,
)


class Entries(NamedTuple):
    """The entries given, whether each passes, and a truth for each that was not given."""

    elements: tuple[Element, ...]
    indexes: tuple[int, ...]
    truths: tuple[Truth, ...]
    unseen: tuple[Truth, ...]


def field_span(
    list_ref: ListRef, element: Element, index: int, field: str, none_is: DateSpan
) -> DateSpan:
    """The day in ``field`` of an entry; ``none_is`` where it is known to be none."""
    value = element.get(field, ABSENT)
    if value is ABSENT:
        cause = fact_cause(f"{list_ref.element}.{field}", list_ref.name, index)
        return DateSpan(FIRST_DAY, LAST_DAY, (cause,))
    return none_is if value is None else DateSpan(value, value)


STILL = DateSpan(LAST_DAY, LAST_DAY)


def not_after(early: DateSpan, late: DateSpan) -> Truth:
    """``early`` is on or before ``late``."""
    if early.last <= late.first:
        return YES
    if early.first > late.last:
        return NO
    return unknown(share_weight([s.causes for s in (early, late) if s.causes]))


@dataclass(frozen=True, slots=True)
class ListTest:
    """Which entries of a list count: those that pass ``where``.

    With ``at``, the entry must be a spell that covers that day; without it, an entry dated
    after the date asked about does not count.
    """

    list: ListRef
    where: Condition
    at: Day | None = None

    def entries(self, case: Case) -> Entries | None:
        """The entries with their truths; None when the list itself is unknown."""
        given = self.list.entries(case)
        if given is None:
            return None
        truths = tuple(self.truth_of(case, e, i) for i, e in enumerate(given))
        unseen = (unknown((self.list.cause(),)),) if self.list.is_partial(case) else ()
        return Entries(given, tuple(range(len(given))), truths, unseen)

    def truth_of(self, case: Case, element: Element, index: int) -> Truth:
        """Whether one entry counts."""
        parts: list[Truth] = []
        if self.at is not None and self.list.start and self.list.end:
            day = self.at.span(case)
            start = field_span(self.list, element, index, self.list.start, STILL)
            end = field_span(self.list, element, index, self.list.end, STILL)
            parts += [not_after(start, day), not_after(day, end)]
        elif self.list.entry_date:
            entry = field_span(self.list, element, index, self.list.entry_date, STILL)
            parts.append(not_after(entry, DateSpan(case.on, case.on)))
        parts.append(self.where.truth(case.within_element(element, index)))
        return all_of(parts)
