"""What generated source computes with: truths and bounds that keep the missing facts alone.

A truth is True, False or, where unknown, the tuple of the facts that could settle it (empty where
only the text or an office can). An amount is a number, or ``(low, high, published, facts)`` where
it is not settled. A day is a date, or ``(first, last, facts)``. A fact is ``(name, index)``, the
index None for a fact of the subject. Each function means what its namesake in ``values`` and the
nodes means; a property of the tests holds them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

from sgincentive.calendar import FIRST_DAY, LAST_DAY, next_day, whole_months
from sgincentive.nodes import quantities as q
from sgincentive.nodes import values
from sgincentive.nodes.base import ABSENT, Case, Condition, Day, Element, Quantity
from sgincentive.nodes.conditions import DayOrder, IfEmpty, Order, compare, compare_share
from sgincentive.nodes.values import Bounds, Cause, Number, Truth

MissingFact: TypeAlias = "tuple[str, int | None]"
Facts: TypeAlias = "tuple[MissingFact, ...]"
LightTruth: TypeAlias = "bool | Facts"
OpenAmount: TypeAlias = "tuple[Number | None, Number | None, bool, Facts]"
LightAmount: TypeAlias = "Number | OpenAmount"
OpenDay: TypeAlias = "tuple[date, date, Facts]"
LightDay: TypeAlias = "date | OpenDay"


class FactAt(dict[int | None, Facts]):
    """The doubt about one fact of an entry, by the index of the entry."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def __missing__(self, index: int | None) -> Facts:
        self[index] = found = ((self.name, index),)
        return found


# ------------------------------------------------------------------ from the nodes themselves


def facts_of(causes: Sequence[Cause]) -> Facts:
    """The facts among the causes of a doubt."""
    return tuple((c.name, c.entry) for c in causes if c.kind == "fact")


def light(of: Bounds) -> LightAmount:
    """Bounds of a node."""
    if of.low is not None and of.low == of.high:
        return of.low
    return of.low, of.high, of.published, facts_of(of.causes)


def truth_of(node: Condition, case: Case) -> LightTruth:
    """A condition that has no source of its own."""
    value, causes = node.truth(case)
    return facts_of(causes) if value is None else value


def amount_of(node: Quantity, case: Case) -> LightAmount:
    """A quantity that has no source of its own."""
    return light(node.bounds(case))


def day_of(node: Day, case: Case) -> LightDay:
    """A day that has no source of its own."""
    span = node.span(case)
    return span.first if span.first == span.last else (span.first, span.last, facts_of(span.causes))


# ------------------------------------------------------------------ truths


def agree(truths: Sequence[LightTruth]) -> LightTruth:
    """Decided only where all readings agree."""
    yes = any(t is True for t in truths)
    no = any(t is False for t in truths)
    if yes and no:
        return ()
    found: Facts = ()
    undecided = False
    for t in truths:
        if t is not True and t is not False:
            undecided = True
            found += t
    return found if undecided else yes


def at_least_n(n: int | None, truths: Sequence[LightTruth]) -> LightTruth:
    """At least ``n`` hold; None: decided only where all or none do."""
    held = sum(t is True for t in truths)
    failed = sum(t is False for t in truths)
    found: Facts = ()
    for t in truths:
        if t is not True and t is not False:
            found += t
    if n is None:
        if held == len(truths):
            return True
        if failed == len(truths):
            return False
        return () if held and failed else found
    if held >= n:
        return True
    return False if len(truths) - failed < n else found


# ------------------------------------------------------------------ comparisons


def opened(of: LightAmount) -> Bounds:
    """An amount as bounds without reasons."""
    if isinstance(of, tuple):
        return Bounds(of[0], of[1])
    return Bounds(of, of)


def doubts(*parts: Any) -> Facts:
    """The facts that keep a comparison open."""
    found: Facts = ()
    for part in parts:
        if isinstance(part, tuple):
            found += part[-1]
    return found


def compared(a: LightAmount, order: Order, b: LightAmount) -> LightTruth:
    """A quantity against another."""
    answer = compare(opened(a), order, opened(b))
    return doubts(a, b) if answer is None else answer


def equal(a: LightAmount, b: LightAmount, negated: bool) -> LightTruth:
    """A quantity is, or is not, another, one of them open."""
    x, y = opened(a), opened(b)
    if compare(x, "more_than", y) or compare(x, "less_than", y):
        return negated
    return doubts(a, b)


def ends(of: LightDay) -> tuple[date, date]:
    """The first and the last possible day."""
    return (of[0], of[1]) if isinstance(of, tuple) else (of, of)


def compared_days(a: LightDay, order: DayOrder, b: LightDay) -> LightTruth:
    """One day against another."""
    early, late = (a, b) if order in ("before", "not_after") else (b, a)
    strict = order in ("before", "after")
    (first, last), (start, stop) = ends(early), ends(late)
    if last < start or (not strict and last == start):
        return True
    if first > stop or (strict and first == stop):
        return False
    return doubts(a, b)


def share(
    part: LightAmount, whole: LightAmount, order: Order, of: LightAmount, if_empty: IfEmpty
) -> LightTruth:
    """A part of a whole against a share."""
    answer = compare_share(opened(part), opened(whole), order, opened(of), if_empty != "fails")
    return doubts(part, whole, of) if answer is None else answer


# ------------------------------------------------------------------ amounts


def settled(low: Number | None, high: Number | None, published: bool, facts: Facts) -> LightAmount:
    """An amount that forgets its doubts once nothing is left to doubt."""
    return low if low is not None and low == high else (low, high, published, facts)


def hull(parts: Sequence[LightAmount], facts: Facts) -> LightAmount:
    """One of ``parts`` without knowing which; ``facts`` could tell."""
    whole = [p if isinstance(p, tuple) else (p, p, True, ()) for p in parts]
    low, high, published, _ = first = whole[0]
    found: Facts = ()
    same = True
    for p in whole:
        if p[0] is None or low is None:
            low = None
        elif p[0] < low:
            low = p[0]
        if p[1] is None or high is None:
            high = None
        elif p[1] > high:
            high = p[1]
        published = published and p[2]
        found += p[3]
        same = same and p[:3] == first[:3]
    if not same or found:
        found = facts + found
    return settled(low, high, published, found)


def from_bounds(combine: Any, parts: Sequence[LightAmount]) -> LightAmount:
    """A function of ``values`` over amounts; the causes stand for the facts alone."""
    return lightened(combine([carried(p) for p in parts]))


def carried(of: LightAmount) -> Bounds:
    """An amount as bounds whose one cause stands for its facts."""
    if isinstance(of, tuple):
        return Bounds(of[0], of[1], of[2], (_Carrier(of[3]),))  # type: ignore[arg-type]
    return Bounds(of, of)


def lightened(result: Bounds) -> LightAmount:
    """Bounds whose causes stand for facts."""
    if result.low is not None and result.low == result.high:
        return result.low
    return result.low, result.high, result.published, facts_behind(result.causes)


def lightened_truth(result: Truth) -> LightTruth:
    """A truth whose causes are causes, or stand for facts."""
    return facts_behind(result.causes) if result.value is None else result.value


def facts_behind(causes: Sequence[Cause | _Carrier]) -> Facts:
    """The facts among causes, and those that others stand for."""
    found: Facts = ()
    for cause in causes:
        if isinstance(cause, _Carrier):
            found += cause.facts
        elif cause.kind == "fact":
            found += ((cause.name, cause.entry),)
    return found


class _Carrier:
    """Facts in the place of a cause."""

    __slots__ = ("facts", "kind", "weight")

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.kind = "fact" if facts else "text"
        self.weight = 1

    @property
    def doubt(self) -> _Carrier:
        return self

    def _replace(self, **_: object) -> _Carrier:
        return self


def opened_amount(of: LightAmount) -> OpenAmount:
    """An amount with both ends."""
    return of if isinstance(of, tuple) else (of, of, True, ())


def add(*parts: LightAmount) -> LightAmount:
    """The sum."""
    low: Number | None = 0
    high: Number | None = 0
    published = True
    facts: Facts = ()
    for part in parts:
        if isinstance(part, tuple):
            bottom, top, known, doubts = part
            low = None if low is None or bottom is None else low + bottom
            high = None if high is None or top is None else high + top
            published = published and known
            facts += doubts
        else:
            low = None if low is None else low + part
            high = None if high is None else high + part
    return settled(low, high, published, facts)


def subtract(a: LightAmount, b: LightAmount) -> LightAmount:
    """a minus b."""
    x_low, x_high, x_pub, x = a if isinstance(a, tuple) else (a, a, True, ())
    y_low, y_high, y_pub, y = b if isinstance(b, tuple) else (b, b, True, ())
    return settled(
        None if x_low is None or y_high is None else x_low - y_high,
        None if x_high is None or y_low is None else x_high - y_low,
        x_pub and y_pub,
        x + y,
    )


def multiply(*parts: LightAmount) -> LightAmount:
    """The product."""
    low: Number = 1
    high: Number | None = 1
    published = True
    facts: Facts = ()
    for bottom, top, known, doubts in map(opened_amount, parts):
        if bottom is None or bottom < 0:
            return from_bounds(values.multiply, parts)
        low *= bottom
        high = 0 if high == 0 or top == 0 else None if high is None or top is None else high * top
        published = published and known
        facts += doubts
    return settled(low, high, published, facts)


def divide(a: LightAmount, b: LightAmount) -> LightAmount:
    """a / b; by 0 or less it is 0 or more, as the text says nothing."""
    nothing: Any = _Carrier(())
    return from_bounds(lambda parts: values.divide(parts[0], parts[1], nothing), (a, b))


def least(*parts: LightAmount) -> LightAmount:
    """The least; a part that can never be the least adds no doubt."""
    whole = [opened_amount(part) for part in parts]
    low, high = whole[0][:2]
    for bottom, top, _, _ in whole[1:]:
        low = None if low is None or bottom is None else bottom if bottom < low else low
        high = top if high is None or (top is not None and top < high) else high
    published = True
    facts: Facts = ()
    for bottom, top, known, doubts in whole:
        if high is None or bottom is None or bottom < high or bottom == top:
            published = published and known
            facts += doubts
    return settled(low, high, published, facts)


def greatest(*parts: LightAmount) -> LightAmount:
    """The greatest; a part that can never be the greatest adds no doubt."""
    whole = [opened_amount(part) for part in parts]
    low, high = whole[0][:2]
    for bottom, top, _, _ in whole[1:]:
        low = bottom if low is None or (bottom is not None and bottom > low) else low
        high = None if high is None or top is None else top if top > high else high
    published = True
    facts: Facts = ()
    for bottom, top, known, doubts in whole:
        if low is None or top is None or top > low or bottom == top:
            published = published and known
            facts += doubts
    return settled(low, high, published, facts)


def above_zero(of: LightAmount) -> LightAmount:
    """The amount, at least 0."""
    if not isinstance(of, tuple):
        return of if of > 0 else 0
    low, high, _, _ = of
    if low is not None and low >= 0 and (high is None or high > low):
        return of
    return greatest(of, 0)


def rounded(of: LightAmount, step: Number, mode: q.Rounding) -> LightAmount:
    """Rounded to a step."""
    return from_bounds(lambda parts: _round(parts[0], step, mode), (of,))


def _round(of: Bounds, step: Number, mode: q.Rounding) -> Bounds:
    down: q.Rounding = "down" if mode == "not_stated" else mode
    up: q.Rounding = "up" if mode == "not_stated" else mode
    return Bounds(
        None if of.low is None else q.round_number(of.low, step, down),
        None if of.high is None else q.round_number(of.high, step, up),
        of.published,
        of.causes,
    )


def share_rounded_down(of: OpenAmount, top: int, bottom: int, step: int) -> LightAmount:
    """``of * top / bottom`` in whole steps, ``bottom`` counted in steps."""
    low, high, published, facts = of
    if low is None or low < 0:
        share = Fraction(top * step, bottom)
        return rounded(multiply(of, share), step, "down")
    high = None if high is None else high * top // bottom * step
    return settled(low * top // bottom * step, 0 if top == 0 else high, published, facts)


def per_units(of: LightAmount, units: Number, mode: q.Rounding, value: LightAmount) -> LightAmount:
    """So much for each ``units``."""
    return multiply(value, rounded(divide(of, units), 1, mode))


def year_of(day: OpenDay) -> LightAmount:
    """The year of a day that is open."""
    return settled(day[0].year, day[1].year, True, day[2])


def months_between(start: LightDay, end: LightDay) -> LightAmount:
    """Whole months from one day to another, at least 0."""
    (a, b), (x, y) = ends(start), ends(end)
    return settled(max(whole_months(b, x), 0), max(whole_months(a, y), 0), True, doubts(start, end))


def days_between(start: LightDay, end: LightDay) -> LightAmount:
    """Days from one day to another, at least 0."""
    (a, b), (x, y) = ends(start), ends(end)
    return settled(max((x - b).days, 0), max((y - a).days, 0), True, doubts(start, end))


def years_between(start: LightDay, end: LightDay) -> LightAmount:
    """Whole years from one day to another, at least 0."""
    months = months_between(start, end)
    if not isinstance(months, tuple):
        return months // 12
    low, high, _, facts = months
    return settled((low or 0) // 12, None if high is None else high // 12, True, facts)


# ------------------------------------------------------------------ lists


def months(
    node: q.Months,
    entries: Sequence[tuple[LightTruth, Element, int]],
    until: LightDay,
    since: LightDay,
    partial: bool,
) -> LightAmount:
    """Whole months of the spells that pass, or may."""
    start_key, end_key = node.list.start or "start", node.list.end or "end"
    first_since, last_since = ends(since)
    first_until, last_until = ends(until)
    sure: list[q.Spell] = []
    maybe: list[q.Spell] = []
    found = doubts(until, since)
    some = isinstance(until, tuple) or isinstance(since, tuple)
    for truth, element, i in entries:
        start, end = element.get(start_key, ABSENT), element.get(end_key, ABSENT)
        a = (FIRST_DAY, LAST_DAY) if start is ABSENT else (start or LAST_DAY,) * 2
        z = (FIRST_DAY, LAST_DAY) if end is ABSENT else (end or LAST_DAY,) * 2
        widest = max(a[0], first_since), min(next_day(z[1]), last_until)
        if widest[0] >= widest[1]:
            continue
        stop = last_until if node.continuous else first_until
        maybe.append(widest)
        if truth is True:
            sure.append((max(a[1], last_since), min(next_day(z[0]), stop)))
        if truth is not True or start is ABSENT or end is ABSENT:
            some = True
            if isinstance(truth, tuple):
                found += truth
            if start is ABSENT:
                found += ((f"{node.list.element}.{start_key}", i),)
            if end is ABSENT:
                found += ((f"{node.list.element}.{end_key}", i),)
    low = node.total(sure, first_until, last_until)
    if not some and not partial:
        return low
    high: int | None = node.total(maybe, last_until, first_until)
    if partial:
        high = None
        found += ((node.list.name, None),)
    return settled(low, high, True, found)


def over(
    node: q.OverList, sure: Sequence[LightAmount], maybe: Sequence[tuple[LightAmount, Facts]]
) -> LightAmount:
    """The sum, the greatest or the least over the entries that pass and those that may."""
    doubtful = [
        (low, high, published, facts + own)
        for (low, high, published, own), facts in ((opened_amount(v), u) for v, u in maybe)
    ]
    if node.take == "sum":
        return add(*sure, *(hull((v, 0), v[3]) for v in doubtful))
    if sure:
        # An entry that may pass can move one end only.
        if node.take == "greatest":
            return greatest(*sure, *((None, *v[1:]) for v in doubtful))
        return least(*sure, *((v[0], None, *v[2:]) for v in doubtful))
    return hull([*doubtful, 0], sum((v[3] for v in doubtful), ()))
