"""What a node can say of every row at once: a truth, bounds or a day, each with its doubts.

The column forms of :mod:`sgincentive.nodes.values`, function by function. Of the causes of a
doubt only the missing facts are kept: for each the rows in which it stands behind the doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from sgincentive.columns import expr as e
from sgincentive.columns.expr import FALSE, TRUE, Expr
from sgincentive.nodes.values import Number

Facts: TypeAlias = Mapping[str, Expr]
"""The rows in which a fact of this name is missing and would matter."""


class NotInColumns(Exception):
    """A form of a node that only the scalar engine can evaluate; ``reason`` names it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def joined(several: Iterable[Facts]) -> Facts:
    """The facts missing in any of several parts."""
    found: dict[str, list[Expr]] = {}
    for facts in several:
        for name, rows in facts.items():
            found.setdefault(name, []).append(rows)
    return {name: e.any_(*rows) for name, rows in found.items()}


def only(rows: Expr, facts: Facts) -> Facts:
    """The facts missing in some rows only."""
    if rows is TRUE:
        return facts
    kept = {name: e.all_(rows, mine) for name, mine in facts.items()}
    return {name: mine for name, mine in kept.items() if mine is not FALSE}


def anything(facts: Facts) -> Expr:
    """The rows in which a fact is missing."""
    return e.any_(*facts.values())


# ------------------------------------------------------------------ truths


@dataclass(frozen=True, slots=True)
class Truth:
    """The rows in which something holds, those in which it does not; the rest is unknown."""

    yes: Expr
    no: Expr
    facts: Facts = field(default_factory=dict)

    @property
    def open(self) -> Expr:
        """The rows in which it is unknown."""
        return e.all_(e.not_(self.yes), e.not_(self.no))


YES = Truth(TRUE, FALSE)
NO = Truth(FALSE, TRUE)
OPEN = Truth(FALSE, FALSE)


def decided(rows: Expr) -> Truth:
    """A truth that is known in every row."""
    return Truth(rows, e.not_(rows))


def all_of(truths: Iterable[Truth]) -> Truth:
    """Kleene conjunction."""
    parts = list(truths)
    no = e.any_(*(t.no for t in parts))
    return Truth(e.all_(*(t.yes for t in parts)), no,
                 only(e.not_(no), joined(t.facts for t in parts)))  # fmt: skip


def any_of(truths: Iterable[Truth]) -> Truth:
    """Kleene disjunction."""
    return negate(all_of(negate(t) for t in truths))


def negate(t: Truth) -> Truth:
    """Kleene negation."""
    return Truth(t.no, t.yes, t.facts)


def agree(truths: Sequence[Truth]) -> Truth:
    """Decided only where all readings agree; a disagreement is open by the text."""
    differ = e.all_(e.any_(*(t.yes for t in truths)), e.any_(*(t.no for t in truths)))
    return Truth(e.all_(*(t.yes for t in truths)), e.all_(*(t.no for t in truths)),
                 only(e.not_(differ), joined(t.facts for t in truths)))  # fmt: skip


def where(test: Expr, yes: Truth, no: Truth) -> Truth:
    """One truth in some rows, another in the others."""
    if test.constant:
        return yes if test.value else no
    other = e.not_(test)
    return Truth(e.case(test, yes.yes, no.yes), e.case(test, yes.no, no.no),
                 joined((only(test, yes.facts), only(other, no.facts))))  # fmt: skip


# ------------------------------------------------------------------ bounds


@dataclass(frozen=True, slots=True)
class Bounds:
    """A quantity between ``low`` and ``high``, both counted in parts of 1 / ``scale``.

    ``no_low`` and ``no_high`` are the rows without a lower or an upper end; there the number
    itself means nothing. Money is counted in fen.
    """

    low: Expr
    high: Expr
    no_low: Expr = FALSE
    no_high: Expr = FALSE
    published: Expr = TRUE
    facts: Facts = field(default_factory=dict)
    scale: int = 1

    @property
    def settled(self) -> Expr:
        """The rows in which low and high are the same number."""
        return e.all_(e.not_(self.no_low), e.not_(self.no_high), e.equal(self.low, self.high))


ZERO = Bounds(e.ZERO, e.ZERO)


def exactly(value: Number) -> Bounds:
    """A settled quantity, the same in every row."""
    fraction = Fraction(value)
    number = e.number(fraction.numerator)
    return Bounds(number, number, scale=fraction.denominator)


def or_more(value: int, facts: Facts | None = None, published: bool = True) -> Bounds:
    """``value`` and no upper end."""
    return Bounds(e.number(value), e.number(value), FALSE, TRUE, e.truth(published), facts or {})


def scaled(of: Bounds, scale: int) -> Bounds:
    """The same quantity in finer parts."""
    if of.scale == scale:
        return of
    by = e.number(scale // of.scale)
    return replace(of, low=e.multiply(of.low, by), high=e.multiply(of.high, by), scale=scale)


def alike(parts: Sequence[Bounds]) -> list[Bounds]:
    """Several quantities in the same parts."""
    scale = lcm(*(p.scale for p in parts))
    return [scaled(p, scale) for p in parts]


def forgetting(of: Bounds) -> Bounds:
    """Bounds that forget doubt once nothing is left to doubt."""
    if of.published is TRUE and not of.facts:
        return of
    settled = of.settled
    return replace(of, published=e.any_(settled, of.published),
                   facts=only(e.not_(settled), of.facts))  # fmt: skip


def add(parts: Sequence[Bounds]) -> Bounds:
    """The sum."""
    low = high = e.ZERO
    parts = alike(parts) if parts else []
    for p in parts:
        low, high = e.add(low, p.low), e.add(high, p.high)
    return forgetting(
        Bounds(
            low,
            high,
            e.any_(*(p.no_low for p in parts)),
            e.any_(*(p.no_high for p in parts)),
            e.all_(*(p.published for p in parts)),
            joined(p.facts for p in parts),
            parts[0].scale if parts else 1,
        )
    )


def subtract(a: Bounds, b: Bounds) -> Bounds:
    """a minus b."""
    a, b = alike([a, b])
    return forgetting(
        Bounds(
            e.subtract(a.low, b.high),
            e.subtract(a.high, b.low),
            e.any_(a.no_low, b.no_high),
            e.any_(a.no_high, b.no_low),
            e.all_(a.published, b.published),
            joined((a.facts, b.facts)),
            a.scale,
        )
    )


def multiply(parts: Sequence[Bounds]) -> Bounds:
    """The product; operands that could be below 0 give an open lower end only when infinite."""
    found = parts[0]
    for p in parts[1:]:
        found = _times(found, p)
    return forgetting(found)


def _times(a: Bounds, b: Bounds) -> Bounds:
    plain = e.all_(
        e.not_(a.no_low), e.not_(b.no_low), e.at_most(e.ZERO, a.low), e.at_most(e.ZERO, b.low)
    )
    low, high = e.multiply(a.low, b.low), e.multiply(a.high, b.high)
    no_low = FALSE
    zero = e.any_(*(e.all_(e.not_(x.no_high), e.equal(x.high, e.ZERO)) for x in (a, b)))
    no_high = e.all_(e.any_(a.no_high, b.no_high), e.not_(zero))
    if plain is not TRUE:
        ends = [e.multiply(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
        infinite = e.any_(a.no_low, a.no_high, b.no_low, b.no_high)
        smallest, largest = ends[0], ends[0]
        for end in ends[1:]:
            smallest, largest = e.least(smallest, end), e.greatest(largest, end)
        low, high = e.case(plain, low, smallest), e.case(plain, high, largest)
        no_low = e.all_(e.not_(plain), infinite)
        no_high = e.case(plain, no_high, infinite)
    return Bounds(
        low, high, no_low, no_high, e.all_(a.published, b.published),
        joined((a.facts, b.facts)), a.scale * b.scale,
    )  # fmt: skip


def divide(a: Bounds, b: Bounds) -> Bounds:
    """a / b, where b is the same number above 0 in every row. Raises NotInColumns."""
    if not (b.low.constant and b.low is b.high and b.no_low is FALSE and b.no_high is FALSE):
        raise NotInColumns("quotient")
    by = Fraction(b.low.value, b.scale)
    if by <= 0:
        return or_more(0, published=False)
    inverse = 1 / by
    number = e.number(inverse.numerator)
    return forgetting(
        replace(
            a,
            low=e.multiply(a.low, number),
            high=e.multiply(a.high, number),
            scale=a.scale * inverse.denominator,
        )
    )


def least(parts: Sequence[Bounds]) -> Bounds:
    """The least; a part that can never be the least adds no doubt."""
    parts = alike(parts)
    low, high, no_high = parts[0].low, parts[0].high, parts[0].no_high
    for p in parts[1:]:
        low = e.least(low, p.low)
        high = e.case(no_high, p.high, e.case(p.no_high, high, e.least(high, p.high)))
        no_high = e.all_(no_high, p.no_high)
    live = [e.any_(no_high, p.no_low, e.less(p.low, high), p.settled) for p in parts]
    no_low = e.any_(*(p.no_low for p in parts))
    return _of_live(parts, live, low, high, no_low, no_high)


def greatest(parts: Sequence[Bounds]) -> Bounds:
    """The greatest; a part that can never be the greatest adds no doubt."""
    parts = alike(parts)
    low, no_low, high = parts[0].low, parts[0].no_low, parts[0].high
    for p in parts[1:]:
        low = e.case(no_low, p.low, e.case(p.no_low, low, e.greatest(low, p.low)))
        no_low = e.all_(no_low, p.no_low)
        high = e.greatest(high, p.high)
    live = [e.any_(no_low, p.no_high, e.less(low, p.high), p.settled) for p in parts]
    no_high = e.any_(*(p.no_high for p in parts))
    return _of_live(parts, live, low, high, no_low, no_high)


def _of_live(
    parts: Sequence[Bounds],
    live: Sequence[Expr],
    low: Expr,
    high: Expr,
    no_low: Expr,
    no_high: Expr,
) -> Bounds:
    pairs = list(zip(live, parts, strict=True))
    return forgetting(
        Bounds(
            low,
            high,
            no_low,
            no_high,
            e.all_(*(e.any_(e.not_(rows), p.published) for rows, p in pairs)),
            joined(only(rows, p.facts) for rows, p in pairs),
            parts[0].scale,
        )
    )


Choice: TypeAlias = tuple[Expr, Bounds]
"""A quantity and the rows in which it is possible."""


def hull(choices: Sequence[Choice], causes: Facts | None = None) -> Bounds:
    """One of several without knowing which, of those possible in a row; ``causes`` say why."""
    masks = [rows for rows, _ in choices]
    parts = alike([p for _, p in choices])
    low, high, some = parts[0].low, parts[0].high, masks[0]
    for rows, p in zip(masks[1:], parts[1:], strict=True):
        low = e.case(rows, e.case(some, e.least(low, p.low), p.low), low)
        high = e.case(rows, e.case(some, e.greatest(high, p.high), p.high), high)
        some = e.any_(some, rows)
    pairs = list(zip(masks, parts, strict=True))
    facts = joined(only(rows, p.facts) for rows, p in pairs)
    if causes:
        # Equal bounds may still hide different answers while a fact of the profile is missing.
        told = e.any_(anything(facts), e.not_(_same(pairs)))
        facts = joined((only(told, causes), facts))
    return forgetting(
        Bounds(
            low,
            high,
            e.any_(*(e.all_(rows, p.no_low) for rows, p in pairs)),
            e.any_(*(e.all_(rows, p.no_high) for rows, p in pairs)),
            e.all_(*(e.any_(e.not_(rows), p.published) for rows, p in pairs)),
            facts,
            parts[0].scale,
        )
    )


def _same(pairs: Sequence[Choice]) -> Expr:
    """The rows in which every possible quantity has the same ends."""
    tests = []
    shapes: dict[tuple[Expr, ...], list[Expr]] = {}
    for rows, p in pairs:
        shapes.setdefault((p.low, p.high, p.no_low, p.no_high, p.published), []).append(rows)
    several = [(e.any_(*masks), shape) for shape, masks in shapes.items()]
    for i, (rows, (low, high, no_low, no_high, published)) in enumerate(several):
        for other_rows, (low2, high2, no_low2, no_high2, published2) in several[i + 1 :]:
            equal = e.all_(
                e.any_(e.all_(no_low, no_low2),
                       e.all_(e.not_(no_low), e.not_(no_low2), e.equal(low, low2))),
                e.any_(e.all_(no_high, no_high2),
                       e.all_(e.not_(no_high), e.not_(no_high2), e.equal(high, high2))),
                e.case(published, published2, e.not_(published2)),
            )  # fmt: skip
            tests.append(e.any_(e.not_(rows), e.not_(other_rows), equal))
    return e.all_(*tests)


def choose(test: Expr, yes: Bounds, no: Bounds) -> Bounds:
    """One quantity in some rows, another in the others."""
    if test.constant:
        return yes if test.value else no
    yes, no = alike([yes, no])
    return Bounds(
        e.case(test, yes.low, no.low),
        e.case(test, yes.high, no.high),
        e.case(test, yes.no_low, no.no_low),
        e.case(test, yes.no_high, no.no_high),
        e.case(test, yes.published, no.published),
        joined((only(test, yes.facts), only(e.not_(test), no.facts))),
        yes.scale,
    )


def with_facts(of: Bounds, facts: Facts) -> Bounds:
    """The same bounds with more doubts."""
    return replace(of, facts=joined((of.facts, facts)))


# ------------------------------------------------------------------ rounding


def rounded(value: Expr, by: int, mode: str) -> Expr:
    """value / by as a whole number; halves as ``mode`` says (away from 0 for half_up)."""
    if mode == "down" or by == 1:
        return e.divide(value, by)
    if mode == "up":
        return e.divide(e.add(value, e.number(by - 1)), by)
    twice = e.multiply(value, e.number(2))
    if mode == "half_up":
        above = e.divide(e.add(twice, e.number(by)), 2 * by)
        if value.low >= 0:
            return above
        below = e.subtract(e.ZERO, e.divide(e.subtract(e.number(by), twice), 2 * by))
        return e.case(e.at_most(e.ZERO, value), above, below)
    lower = e.divide(value, by)
    rest = e.subtract(twice, e.multiply(lower, e.number(2 * by)))
    odd = e.subtract(lower, e.multiply(e.divide(lower, 2), e.number(2)))
    up = e.any_(
        e.less(e.number(by), rest), e.all_(e.equal(rest, e.number(by)), e.equal(odd, e.number(1)))
    )
    return e.add(lower, e.as_number(up))


def round_bounds(of: Bounds, step: Number, mode: str) -> Bounds:
    """Bounds rounded; a rounding that is not stated goes down or up."""
    step = Fraction(step)
    by = of.scale * step.numerator
    ends = []
    for end, fallback in ((of.low, "down"), (of.high, "up")):
        value = e.multiply(end, e.number(step.denominator))
        steps = rounded(value, by, fallback if mode == "not_stated" else mode)
        ends.append(e.multiply(steps, e.number(step.numerator)))
    return forgetting(replace(of, low=ends[0], high=ends[1], scale=step.denominator))
