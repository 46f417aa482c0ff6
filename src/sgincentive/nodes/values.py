"""What a node can say: a truth of three values, or bounds, each with the causes of its doubt."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from sgincentive.words import Text

Number = int | Fraction
CauseKind = Literal["fact", "text", "authority"]


WHOLE = Fraction(1)
FEW = 16
"""Up to so many causes are listed as they come."""


class Cause(NamedTuple):
    """Why something is unknown.

    ``fact``: the profile can supply ``name`` (of element ``index`` of ``list`` where given);
    ``text``: the sources do not settle it; ``authority``: an office decides it under ``name``.
    ``weight`` is the share of the open question that rests on this cause.
    """

    kind: CauseKind
    name: str
    text: Text | None = None
    list: str | None = None
    entry: int | None = None
    weight: Fraction = WHOLE

    @property
    def doubt(self) -> object:
        """What is open, whatever rests on it."""
        return self[:-1]


class Truth(NamedTuple):
    """True, False or None (unknown, then with at least one cause)."""

    value: bool | None
    causes: tuple[Cause, ...] = ()


YES = Truth(True)
NO = Truth(False)


def known(value: bool) -> Truth:
    """A decided truth."""
    return YES if value else NO


def unknown(causes: Sequence[Cause]) -> Truth:
    """An undecided truth."""
    return Truth(None, tuple(causes))


def share_weight(groups: Sequence[tuple[Cause, ...]]) -> tuple[Cause, ...]:
    """The causes of several open parts, each part carrying an equal share of the weight.

    Where they are many, each is named once with the weight of all its mentions: parts that are
    made of parts, month by month, would name the same doubts again and again.
    """
    if len(groups) == 1:
        return groups[0]
    n = len(groups)
    if sum(map(len, groups)) <= FEW:
        return tuple(c._replace(weight=c.weight / n) for group in groups for c in group)
    mentions: dict[object, tuple[Cause, list[Fraction]]] = {}
    for group in groups:
        for cause in group:
            key = cause.doubt
            mention = mentions.get(key)
            if mention is None:
                mentions[key] = cause, [cause.weight]
            else:
                mention[1].append(cause.weight)
    return tuple(
        c._replace(weight=(w[0] if len(w) == 1 else total(w)) / n) for c, w in mentions.values()
    )


def total(weights: Sequence[Fraction]) -> Fraction:
    """The exact sum, over one common denominator."""
    common = math.lcm(*(w.denominator for w in weights))
    return Fraction(sum(w.numerator * (common // w.denominator) for w in weights), common)


def all_of(truths: Iterable[Truth]) -> Truth:
    """Kleene conjunction; of nothing: True."""
    open_parts: list[tuple[Cause, ...]] = []
    for t in truths:
        if t.value is False:
            return NO
        if t.value is None:
            open_parts.append(t.causes)
    return unknown(share_weight(open_parts)) if open_parts else YES


def any_of(truths: Iterable[Truth]) -> Truth:
    """Kleene disjunction; of nothing: False."""
    open_parts: list[tuple[Cause, ...]] = []
    for t in truths:
        if t.value is True:
            return YES
        if t.value is None:
            open_parts.append(t.causes)
    return unknown(share_weight(open_parts)) if open_parts else NO


def negate(t: Truth) -> Truth:
    """Kleene negation."""
    return t if t.value is None else known(not t.value)


def agree(truths: Sequence[Truth], text_cause: Cause) -> Truth:
    """Decided only where all readings agree; a disagreement is open by the text."""
    values = {t.value for t in truths}
    if True in values and False in values:
        return unknown((text_cause,))
    if values == {True}:
        return YES
    if values == {False}:
        return NO
    open_parts = [t.causes for t in truths if t.value is None]
    if len(values) > 1 or len(open_parts) > 1:
        open_parts.append((text_cause,))
    return unknown(share_weight(open_parts))


class Bounds(NamedTuple):
    """A quantity between ``low`` and ``high``; None is no lower or no upper end.

    Money is counted in fen. ``published`` is False where a part of the amount was never
    published. ``causes`` is empty exactly when the quantity is settled.
    """

    low: Number | None
    high: Number | None
    published: bool = True
    causes: tuple[Cause, ...] = ()

    @property
    def settled(self) -> bool:
        """True when low and high are the same number."""
        return self.low is not None and self.low == self.high


ZERO = Bounds(0, 0)


def exactly(value: Number) -> Bounds:
    """A settled quantity."""
    return Bounds(value, value)


def bounds(
    low: Number | None, high: Number | None, published: bool, causes: tuple[Cause, ...]
) -> Bounds:
    """Bounds that forget doubt once nothing is left to doubt."""
    if low is not None and low == high:
        return Bounds(low, high)
    return Bounds(low, high, published, causes)


def less(a: Number | None, b: Number | None) -> bool:
    """a < b for upper ends (None is above every number)."""
    return a is not None and (b is None or a < b)


def add(parts: Sequence[Bounds]) -> Bounds:
    """The sum."""
    low: Number | None = 0
    high: Number | None = 0
    published = True
    open_parts: list[tuple[Cause, ...]] = []
    for p in parts:
        low = None if low is None or p.low is None else low + p.low
        high = None if high is None or p.high is None else high + p.high
        published = published and p.published
        if p.causes:
            open_parts.append(p.causes)
    return bounds(low, high, published, share_weight(open_parts) if open_parts else ())


def subtract(a: Bounds, b: Bounds) -> Bounds:
    """a minus b."""
    low = None if a.low is None or b.high is None else a.low - b.high
    high = None if a.high is None or b.low is None else a.high - b.low
    groups = [p.causes for p in (a, b) if p.causes]
    return bounds(low, high, a.published and b.published, share_weight(groups) if groups else ())


def _high_times(a: Number | None, b: Number | None) -> Number | None:
    """The product of two upper ends at or above 0."""
    if a == 0 or b == 0:
        return 0
    return None if a is None or b is None else a * b


def multiply(parts: Sequence[Bounds]) -> Bounds:
    """The product; operands that could be below 0 give an open lower end only when infinite."""
    low: Number | None = 1
    high: Number | None = 1
    published = True
    groups: list[tuple[Cause, ...]] = []
    for p in parts:
        if low is not None and low >= 0 and p.low is not None and p.low >= 0:
            low, high = low * p.low, _high_times(high, p.high)
        else:
            ends = [(x, y) for x in (low, high) for y in (p.low, p.high)]
            if any(x is None or y is None for x, y in ends):
                low = high = None
            else:
                products = [x * y for x, y in ends if x is not None and y is not None]
                low, high = min(products), max(products)
        published = published and p.published
        if p.causes:
            groups.append(p.causes)
    return bounds(low, high, published, share_weight(groups) if groups else ())


def divide(a: Bounds, b: Bounds, cause_of_zero: Cause) -> Bounds:
    """a / b; by 0 or less it is 0 or more, as the text says nothing."""
    groups = [p.causes for p in (a, b) if p.causes]
    if b.high is not None and b.high <= 0:
        return Bounds(0, None, False, (cause_of_zero,))
    published = a.published and b.published
    if b.low is None or b.low <= 0:
        low = 0 if a.low is not None and a.low >= 0 else None
        return Bounds(low, None, published, share_weight(groups))
    ends = (b.low, b.high)
    lowest = [None if a.low is None else _over(a.low, end) for end in ends]
    highest = [None if a.high is None else _over(a.high, end) for end in ends]
    return bounds(_least_of(lowest), _greatest_of(highest), published, share_weight(groups))


def _over(a: Number, b: Number | None) -> Number:
    """a / b for b above 0; None is a divisor without end."""
    return 0 if b is None else Fraction(a) / b


def _least_of(ends: Sequence[Number | None]) -> Number | None:
    known_ends = [x for x in ends if x is not None]
    return min(known_ends) if len(known_ends) == len(ends) else None


def _greatest_of(ends: Sequence[Number | None]) -> Number | None:
    known_ends = [x for x in ends if x is not None]
    return max(known_ends) if len(known_ends) == len(ends) else None


def least(parts: Sequence[Bounds]) -> Bounds:
    """The least; a part that can never be the least adds no doubt."""
    high = parts[0].high
    for p in parts[1:]:
        if less(p.high, high):
            high = p.high
    live = [p for p in parts if high is None or p.low is None or p.low < high or p.settled]
    low: Number | None = None
    if all(p.low is not None for p in parts):
        low = min(p.low for p in parts if p.low is not None)
    groups = [p.causes for p in live if p.causes]
    published = all(p.published for p in live)
    return bounds(low, high, published, share_weight(groups) if groups else ())


def greatest(parts: Sequence[Bounds]) -> Bounds:
    """The greatest; a part that can never be the greatest adds no doubt."""
    lows = [p.low for p in parts if p.low is not None]
    low = max(lows) if lows else None
    live = [p for p in parts if low is None or p.high is None or p.high > low or p.settled]
    high: Number | None = None
    if all(p.high is not None for p in parts):
        high = max(p.high for p in parts if p.high is not None)
    groups = [p.causes for p in live if p.causes]
    published = all(p.published for p in live)
    return bounds(low, high, published, share_weight(groups) if groups else ())


def hull(parts: Sequence[Bounds], causes: tuple[Cause, ...]) -> Bounds:
    """One of ``parts`` without knowing which; ``causes`` say why."""
    low: Number | None = None
    if all(p.low is not None for p in parts):
        low = min(p.low for p in parts if p.low is not None)
    high: Number | None = None
    if all(p.high is not None for p in parts):
        high = max(p.high for p in parts if p.high is not None)
    groups = [p.causes for p in parts if p.causes]
    # Equal bounds may still hide different answers while a fact of the profile is missing.
    same = len({p[:3] for p in parts}) == 1
    if causes and not (same and all(c.kind != "fact" for p in parts for c in p.causes)):
        groups.insert(0, causes)
    return bounds(
        low, high, all(p.published for p in parts), share_weight(groups) if groups else ()
    )


class DateSpan(NamedTuple):
    """A date known to lie between two days, both included."""

    first: date
    last: date
    causes: tuple[Cause, ...] = ()


def fact_cause(name: str, list_name: str | None = None, index: int | None = None) -> Cause:
    """A doubt that the profile can end."""
    return Cause("fact", name, None, list_name, index)


def text_cause(text: Text, name: str = "text") -> Cause:
    """A doubt that the sources leave."""
    return Cause("text", name, text)
