"""Nodes that hold, do not hold, or are unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sgincentive.divisions import within
from sgincentive.nodes.base import ABSENT, Case, Condition, Day, Quantity
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.reference import FactRef
from sgincentive.nodes.values import (
    NO,
    YES,
    Bounds,
    Cause,
    Truth,
    agree,
    all_of,
    any_of,
    known,
    multiply,
    negate,
    share_weight,
    text_cause,
    unknown,
)
from sgincentive.words import Text, Vocabulary

Order = Literal["at_least", "at_most", "more_than", "less_than"]
DayOrder = Literal["before", "after", "not_before", "not_after"]
IfEmpty = Literal["holds", "fails", "not_applicable"]

OPEN_LIST = Text(
    "原文所列范围以“等”结尾，未列明的不能判定",
    "the list of the text is open: what it does not name is not decided",
)
READINGS_DIFFER = Text("原文可有不同理解", "the text can be read in several ways")


@dataclass(frozen=True, slots=True)
class IsTrue(Condition):
    """A yes-or-no fact is as expected."""

    keyword = "is"
    ref: FactRef
    expected: bool

    def truth(self, case: Case) -> Truth:
        value = self.ref.value(case)
        if value is ABSENT:
            return unknown((self.ref.cause(case),))
        return known(value is self.expected)


@dataclass(frozen=True, slots=True)
class OneOf(Condition):
    """A word is among those listed (None: known to be none); an open list decides only these."""

    keyword = "one_of"
    ref: FactRef
    values: tuple[Any, ...]
    negated: bool = False
    open: bool = False

    def truth(self, case: Case) -> Truth:
        value = self.ref.value(case)
        if value is ABSENT:
            return unknown((self.ref.cause(case),))
        if value in self.values:
            return known(not self.negated)
        if self.open and value is not None:
            return unknown((text_cause(OPEN_LIST, "open_list"),))
        return known(self.negated)


@dataclass(frozen=True, slots=True)
class WordOrder(Condition):
    """An ordered word against another one, given or itself a fact; none meets no comparison."""

    keyword = "at_least"
    ref: FactRef
    order: Order
    other: str | FactRef
    vocabulary: Vocabulary

    def truth(self, case: Case) -> Truth:
        left = self.ref.value(case)
        right = self.other.value(case) if isinstance(self.other, FactRef) else self.other
        causes = []
        if left is ABSENT:
            causes.append(self.ref.cause(case))
        if right is ABSENT and isinstance(self.other, FactRef):
            causes.append(self.other.cause(case))
        if causes:
            return unknown(share_weight([(c,) for c in causes]))
        if left is None or right is None:
            return NO
        a, b = self.vocabulary.rank(left), self.vocabulary.rank(right)
        return known(
            a >= b
            if self.order == "at_least"
            else a <= b
            if self.order == "at_most"
            else a > b
            if self.order == "more_than"
            else a < b
        )


@dataclass(frozen=True, slots=True)
class Within(Condition):
    """A place lies within one of the divisions listed, or within that of another fact."""

    keyword = "within"
    ref: FactRef
    divisions: tuple[str, ...] | FactRef
    negated: bool = False
    open: bool = False

    def truth(self, case: Case) -> Truth:
        inner = self.ref.value(case)
        if inner is ABSENT:
            return unknown((self.ref.cause(case),))
        if isinstance(self.divisions, FactRef):
            outer = self.divisions.value(case)
            if outer is ABSENT:
                return unknown((self.divisions.cause(case),))
            outers: tuple[str, ...] = (outer,)
        else:
            outers = self.divisions
        found = [within(inner, outer) for outer in outers]
        if True in found:
            return known(not self.negated)
        if None in found:
            return unknown((self.ref.cause(case),))
        if self.open:
            return unknown((text_cause(OPEN_LIST, "open_list"),))
        return known(self.negated)


def compare(a: Bounds, order: Order, b: Bounds) -> bool | None:
    """Whether ``a order b`` for every, for no, or for some values between the bounds."""
    if order in ("at_most", "less_than"):
        a, b = b, a
        order = "at_least" if order == "at_most" else "more_than"
    # a >= b or a > b from here on
    if order == "at_least":
        if a.low is not None and b.high is not None and a.low >= b.high:
            return True
        return False if a.high is not None and b.low is not None and a.high < b.low else None
    if a.low is not None and b.high is not None and a.low > b.high:
        return True
    return False if a.high is not None and b.low is not None and a.high <= b.low else None


def compare_share(
    part: Bounds, whole: Bounds, order: Order, share: Bounds, empty_holds: bool
) -> bool | None:
    """Whether a part of a whole stands so to a share, for every or for no value; a whole of 0 has
    its own say."""
    if whole.high is not None and whole.high <= 0:
        return empty_holds
    answer = compare(part, order, multiply([share, whole]))
    if whole.low is not None and whole.low > 0:
        return answer
    if answer is None and part.low == part.high == 0 and share.low is not None and share.low > 0:
        # Nothing is less than any share of something, however much that is.
        answer = compare(part, order, Bounds(1, None))
    return answer if answer is empty_holds else None


def doubts(*parts: Bounds) -> tuple[Cause, ...]:
    """The causes that keep a comparison open."""
    return share_weight([p.causes for p in parts if p.causes])


@dataclass(frozen=True, slots=True)
class Compare(Condition):
    """A quantity against another; both may be bounds."""

    keyword = "at_least"
    left: Quantity
    order: Order
    right: Quantity

    def truth(self, case: Case) -> Truth:
        a, b = self.left.bounds(case), self.right.bounds(case)
        answer = compare(a, self.order, b)
        return unknown(doubts(a, b)) if answer is None else known(answer)


@dataclass(frozen=True, slots=True)
class Between(Condition):
    """A quantity between two others, both ends included."""

    keyword = "between"
    left: Quantity
    low: Quantity
    high: Quantity

    def truth(self, case: Case) -> Truth:
        return all_of(
            (
                Compare(self.left, "at_least", self.low).truth(case),
                Compare(self.left, "at_most", self.high).truth(case),
            )
        )


@dataclass(frozen=True, slots=True)
class Equals(Condition):
    """A quantity is, or is not, another."""

    keyword = "is"
    left: Quantity
    right: Quantity
    negated: bool = False

    def truth(self, case: Case) -> Truth:
        a, b = self.left.bounds(case), self.right.bounds(case)
        if a.settled and b.settled:
            return known((a.low == b.low) is not self.negated)
        if compare(a, "more_than", b) or compare(a, "less_than", b):
            return known(self.negated)
        return unknown(doubts(a, b))


@dataclass(frozen=True, slots=True)
class CompareDays(Condition):
    """One day against another: before, after, not_before or not_after."""

    keyword = "before"
    left: Day
    order: DayOrder
    right: Day

    def truth(self, case: Case) -> Truth:
        a, b = self.left.span(case), self.right.span(case)
        early, late = (a, b) if self.order in ("before", "not_after") else (b, a)
        strict = self.order in ("before", "after")
        if early.last < late.first or (not strict and early.last == late.first):
            return YES
        if early.first > late.last or (strict and early.first == late.last):
            return NO
        return unknown(share_weight([s.causes for s in (a, b) if s.causes]))


@dataclass(frozen=True, slots=True)
class CompareShare(Condition):
    """A part of a whole against a share, by cross-multiplication; a whole of 0 has its own say."""

    keyword = "share"
    part: Quantity
    whole: Quantity
    order: Order
    share: Quantity
    if_empty: IfEmpty

    def truth(self, case: Case) -> Truth:
        part, whole = self.part.bounds(case), self.whole.bounds(case)
        share = self.share.bounds(case)
        answer = compare_share(part, whole, self.order, share, self.if_empty != "fails")
        if answer is not None:
            return known(answer)
        return unknown(doubts(part, whole, share))


@dataclass(frozen=True, slots=True)
class All(Condition):
    """Every one holds."""

    keyword = "all"
    parts: tuple[Condition, ...]

    def truth(self, case: Case) -> Truth:
        return all_of(p.truth(case) for p in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf(Condition):
    """At least one holds."""

    keyword = "any"
    parts: tuple[Condition, ...]

    def truth(self, case: Case) -> Truth:
        return any_of(p.truth(case) for p in self.parts)


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The opposite."""

    keyword = "not"
    part: Condition

    def truth(self, case: Case) -> Truth:
        return negate(self.part.truth(case))


@dataclass(frozen=True, slots=True)
class AtLeastN(Condition):
    """At least ``n`` of the parts hold; where ``n`` is not stated, all or none decide."""

    keyword = "at_least_n"
    n: int | None
    parts: tuple[Condition, ...]

    def truth(self, case: Case) -> Truth:
        truths = [p.truth(case) for p in self.parts]
        held = sum(t.value is True for t in truths)
        open_parts = [t.causes for t in truths if t.value is None]
        if self.n is None:
            if held == len(truths):
                return YES
            failed = sum(t.value is False for t in truths)
            if failed == len(truths):
                return NO
            if held and failed:
                open_parts = []
            return unknown(share_weight([*open_parts, (text_cause(READINGS_DIFFER, "n"),)]))
        if held >= self.n:
            return YES
        if held + len(open_parts) < self.n:
            return NO
        return unknown(share_weight(open_parts))


@dataclass(frozen=True, slots=True)
class Unless(Condition):
    """Holds, unless the exception does."""

    keyword = "unless"
    part: Condition
    exception: Condition

    def truth(self, case: Case) -> Truth:
        return any_of((self.part.truth(case), self.exception.truth(case)))


@dataclass(frozen=True, slots=True)
class When(Condition):
    """Applies only where the guard holds; elsewhere there is nothing to meet."""

    keyword = "when"
    guard: Condition
    part: Condition

    def truth(self, case: Case) -> Truth:
        return any_of((negate(self.guard.truth(case)), self.part.truth(case)))


@dataclass(frozen=True, slots=True)
class Readings(Condition):
    """The text can be read in several ways; decided only where all agree."""

    keyword = "readings"
    parts: tuple[Condition, ...]
    note: Text | None = None

    def truth(self, case: Case) -> Truth:
        cause = text_cause(self.note or READINGS_DIFFER, "readings")
        return agree([p.truth(case) for p in self.parts], cause)


@dataclass(frozen=True, slots=True)
class NotStated(Condition):
    """A clause known to exist that no source shows: unknown by the text."""

    keyword = "not_stated"
    text: Text

    def truth(self, case: Case) -> Truth:
        return unknown((text_cause(self.text, "not_stated"),))


@dataclass(frozen=True, slots=True)
class Confirmed(Condition):
    """An office decides; its word stands in the profile under ``confirmed``."""

    keyword = "confirmed"
    id: str
    text: Text

    def truth(self, case: Case) -> Truth:
        word = case.facts.get("confirmed", {}).get(case.scheme, {}).get(self.id)
        if word is None:
            return unknown((Cause("authority", self.id, self.text),))
        return known(bool(word))


@dataclass(frozen=True, slots=True)
class Named(Condition):
    """A condition defined once in the file and used by its name."""

    keyword = "uses"
    name: str
    part: Condition

    def truth(self, case: Case) -> Truth:
        return self.part.truth(case)


@dataclass(frozen=True, slots=True)
class Exists(Condition):
    """Some entry of a list passes the test."""

    keyword = "exists"
    test: ListTest

    def truth(self, case: Case) -> Truth:
        found = self.test.entries(case)
        if found is None:
            return unknown((self.test.list.cause(),))
        return any_of((*found.truths, *found.unseen))


@dataclass(frozen=True, slots=True)
class Every(Condition):
    """Every entry that passes the test also meets ``that``."""

    keyword = "every"
    test: ListTest
    that: Condition
    if_empty: IfEmpty

    def truth(self, case: Case) -> Truth:
        found = self.test.entries(case)
        if found is None:
            return unknown((self.test.list.cause(),))
        met = [
            any_of((negate(t), self.that.truth(case.within_element(e, i))))
            for t, e, i in zip(found.truths, found.elements, found.indexes, strict=True)
        ]
        every = all_of((*met, *found.unseen))
        if self.if_empty != "fails":
            return every
        return all_of((every, any_of((*found.truths, *found.unseen))))
