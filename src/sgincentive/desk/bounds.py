"""What conditions that must all hold leave possible: words, places, numbers and days.

Only what can be told without a profile: a condition it does not understand limits nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.divisions import within
from sgincentive.nodes import conditions as c
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition
from sgincentive.nodes.building import domain
from sgincentive.nodes.days import DayConstant
from sgincentive.nodes.reference import FactRef
from sgincentive.nodes.values import Number

COUNTRY = "000000"


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers or days between two ends; an end None is open, ``*_in`` whether it belongs."""

    low: Any = None
    low_in: bool = True
    high: Any = None
    high_in: bool = True

    @property
    def empty(self) -> bool:
        """Whether nothing lies between the ends."""
        if self.low is None or self.high is None:
            return False
        return bool(
            self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))
        )

    def holds(self, value: Any) -> bool:
        """Whether a number or day lies in the span."""
        return not self.both(Span(value, True, value, True)).empty

    def both(self, other: Span) -> Span:
        """What lies in both spans."""
        low, low_in = max(
            ((s.low, s.low_in) for s in (self, other) if s.low is not None),
            key=lambda end: (end[0], not end[1]),
            default=(None, True),
        )
        high, high_in = min(
            ((s.high, s.high_in) for s in (self, other) if s.high is not None),
            key=lambda end: (end[0], end[1]),
            default=(None, True),
        )
        return Span(low, low_in, high, high_in)

    def inside(self, other: Span) -> bool:
        """Whether the whole span lies in another."""
        return self.both(other) == self


ANYTHING = Span()
NUMBERS = Span(low=0)
DAYS = Span(low=FIRST_DAY, high=LAST_DAY)


def conjuncts(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """The conditions with those that only bundle others taken apart."""
    for each in conditions:
        if isinstance(each, c.All):
            yield from conjuncts(each.parts)
        elif isinstance(each, c.Named):
            yield from conjuncts([each.part])
        else:
            yield each


def key_of(node: object) -> str:
    """What a limit is on: a fact, or an amount or day that is built alike."""
    return f"{node.list} {node.name}" if isinstance(node, FactRef) else repr(node)


def every_word(ref: FactRef) -> frozenset[Any] | None:
    """All values that a fact of words or yes and no can take; None for any other."""
    if ref.fact.type != "bool" and ref.fact.vocabulary is None:
        return None
    found = set(domain(ref))
    if ref.fact.nullable:
        found.add(None)
    return frozenset(found)


def words_of(condition: Condition) -> tuple[FactRef, frozenset[Any]] | None:
    """The values of a fact for which a condition holds."""
    if isinstance(condition, c.IsTrue):
        return condition.ref, frozenset((condition.expected,))
    if isinstance(condition, c.OneOf):
        every = every_word(condition.ref)
        if every is None or condition.open:
            return None
        listed = frozenset(condition.values)
        return condition.ref, every - listed if condition.negated else listed
    if isinstance(condition, c.WordOrder) and isinstance(condition.other, str):
        words, limit = condition.vocabulary, condition.vocabulary.rank(condition.other)
        span = ordered(condition.order, limit)
        return condition.ref, frozenset(w for w in words.values if span.holds(words.rank(w)))
    return None


def span_of(condition: Condition) -> tuple[str, Span] | None:
    """The numbers or days for which a condition holds, with what it looks at."""
    if isinstance(condition, c.Compare) and isinstance(condition.right, q.Constant):
        n = condition.right.value
        return key_of(condition.left), ordered(condition.order, n)
    if isinstance(condition, c.Between):
        low, high = condition.low, condition.high
        if isinstance(low, q.Constant) and isinstance(high, q.Constant):
            return key_of(condition.left), Span(low.value, True, high.value, True)
    if (
        isinstance(condition, c.Equals)
        and isinstance(condition.right, q.Constant)
        and not condition.negated
    ):
        n = condition.right.value
        return key_of(condition.left), Span(n, True, n, True)
    if isinstance(condition, c.CompareDays) and isinstance(condition.right, DayConstant):
        return key_of(condition.left), day_span(condition.order, condition.right)
    return None


def ordered(order: str, n: Number) -> Span:
    """The numbers that stand in an order to another."""
    if order in ("at_least", "more_than"):
        return Span(low=n, low_in=order == "at_least")
    return Span(high=n, high_in=order == "at_most")


def day_span(order: str, day: DayConstant) -> Span:
    """The days that may stand in an order to a date, maybe a rough one."""
    if order in ("not_before", "after"):
        return Span(low=day.first, low_in=order == "not_before")
    return Span(high=day.last, high_in=order == "not_after")


@dataclass(slots=True)
class Limits:
    """What some conditions leave possible, with the conditions that leave nothing."""

    words: dict[str, frozenset[Any]] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    places: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    clashes: list[Condition] = field(default_factory=list)

    def add(self, condition: Condition) -> None:
        """Limit further by one condition that must hold too."""
        words, span = words_of(condition), span_of(condition)
        if words is not None:
            ref, allowed = words
            key = key_of(ref)
            left = self.words.get(key, every_word(ref) or frozenset()) & allowed
            if not left:
                self.clashes.append(condition)
            self.words[key] = left
        elif span is not None:
            key, new = span
            now = self.spans.get(key, natural(condition)).both(new)
            if now.empty:
                self.clashes.append(condition)
            self.spans[key] = now
        elif isinstance(condition, c.Within) and isinstance(condition.divisions, tuple):
            self.place(condition, condition.divisions)

    def place(self, condition: c.Within, divisions: tuple[str, ...]) -> None:
        """Limit a place; one that must not be somewhere limits nothing here."""
        if condition.negated or condition.open:
            return
        known = self.places.setdefault(key_of(condition.ref), [])
        if any(disjoint(divisions, other) for other in known):
            self.clashes.append(condition)
        known.append(divisions)


def natural(condition: Condition) -> Span:
    """What the numbers or days of a comparison lie in by themselves."""
    if isinstance(condition, c.CompareDays):
        return DAYS
    return NUMBERS if never_below_zero(getattr(condition, "left", None)) else ANYTHING


def never_below_zero(node: Any) -> bool:
    """Whether a quantity cannot be below 0."""
    kinds = (
        q.FactAmount, q.Count, q.Months, q.MonthsBetween, q.DaysBetween, q.YearsBetween,
    )  # fmt: skip
    return isinstance(node, kinds)


def disjoint(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether no place of the one lies in, or above, one of the other."""
    others = tuple(others)
    return all(within(a, b) is False and within(b, a) is False for a in some for b in others)


def limits(conditions: Iterable[Condition]) -> Limits:
    """What conditions that must all hold leave possible."""
    found = Limits()
    for each in conjuncts(conditions):
        found.add(each)
    return found


def always(condition: Condition) -> bool:
    """Whether a condition holds whatever the facts are (as soon as they are known)."""
    words = words_of(condition)
    if words is not None:
        return words[1] == every_word(words[0])
    span = span_of(condition)
    if span is not None:
        return natural(condition) != ANYTHING and natural(condition).inside(span[1])
    if isinstance(condition, c.Within) and isinstance(condition.divisions, tuple):
        return COUNTRY in condition.divisions and not condition.negated
    return False
