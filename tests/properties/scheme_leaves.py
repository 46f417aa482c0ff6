"""A scheme whose conditions can be answered one by one, as if no two of them asked the same fact.

What is missing is told from the conditions taken one by one (docs/meaning.md). Where two of them
ask the same fact, or the text of a profile ties two facts together, a fact can be listed although
no pair of profiles shows that it matters; here it must still matter, condition by condition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from unittest.mock import patch

from sgincentive.decision import Decision
from sgincentive.engine import ledger
from sgincentive.engine.ledger import Payment
from sgincentive.facts import subject_from
from sgincentive.facts.read import AnySubject
from sgincentive.nodes import conditions as c
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Case, Condition, Element, Quantity
from sgincentive.nodes.days import QuestionDay
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.values import Bounds, Truth, exactly, known
from sgincentive.nodes.walk import below
from sgincentive.schemes.model import Requirement, Scheme, Version, Window
from tests.properties.completions import (
    Answer,
    Filler,
    Leaf,
    Search,
    Witness,
    answer_of,
    owner_of,
    unchecked,
)
from tests.properties.scheme_readings import Reader, one_reading
from tests.properties.scheme_values import Profile

Key = tuple[str, int | None, int | None]
SINGLE = (
    c.IsTrue, c.OneOf, c.WordOrder, c.Within, c.Compare, c.Between, c.Equals, c.CompareDays,
    c.CompareShare, c.NotStated, c.Confirmed, c.Readings,
)  # fmt: skip
NUMBERS = (
    q.Count, q.Months, q.OverList, q.FactAmount, q.Statistic, q.MonthsBetween, q.DaysBetween,
    q.YearsBetween,
)  # fmt: skip
SOME_NUMBERS = (0, 1, 2, 3, 5, 12, 60, 1000, 100_000, 2_000_000, 10**9)


@dataclass
class Book:
    """The answers set, by condition, certificate and entry, and the conditions that were open when
    last asked, each with the facts behind it."""

    answers: dict[Key, Any] = field(default_factory=dict)
    open: dict[Key, set[Leaf]] = field(default_factory=dict)

    def answered(self, key: Key, found: Truth) -> Truth:
        """The answer set when it was open, else what was found."""
        answer = self.answers.get(key)
        if answer is not None:
            return known(answer)
        if found.value is not None:
            return found
        self.open[key] = {(x.name, x.entry) for x in found.causes if x.kind == "fact"}
        return found

    @contextmanager
    def of_payments(self) -> Iterator[None]:
        """What is asked of each payment stands in the book too: whether it was paid under the
        scheme, or by another authority, and whether for a certificate."""
        asked = Payment.same

        def same(payment: Payment, field: str, claim: Element, index: int | None) -> Truth:
            found = asked(payment, field, claim, index)
            return self.answered((f"same {field}", index, payment.index), found)

        with (
            patch.object(Payment, "same", same),
            patch.object(ledger, "payments", self.counted("payments", ledger.payments)),
            patch.object(ledger, "others", self.counted("others", ledger.others)),
        ):
            yield

    def counted(self, name: str, entries: Callable[..., list[Payment]]) -> Any:
        """Entries of the ledger with whether they count answered from the book."""

        def found(*asked: Any) -> list[Payment]:
            made = []
            for each in entries(*asked):
                counts = self.answered((name, None, each.index), each.counts)
                if counts.value is not False:
                    made.append(replace(each, counts=counts))
            return made

        return found


@dataclass(frozen=True, slots=True)
class Set(Condition):
    """A single condition that takes its answer from the book where it is unknown."""

    part: Condition
    book: Book
    over_list: bool = False

    def truth(self, case: Case) -> Truth:
        name = f"over {id(self.part)}" if self.over_list else f"{id(self.part)}"
        key = (name, case.claim_index, case.element_index)
        return self.book.answered(key, self.part.truth(case))


@dataclass(frozen=True, slots=True)
class Free(Quantity):
    """A number that is taken from the book where it is open: any between its ends."""

    part: Quantity
    book: Book

    def bounds(self, case: Case) -> Bounds:
        found = self.part.bounds(case)
        facts = {(x.name, x.entry) for x in found.causes if x.kind == "fact"}
        if not facts:
            return found
        key = (f"number {id(self.part)}", case.claim_index, case.element_index)
        number = self.book.answers.get(key)
        low, high = found.low or 0, found.high
        if isinstance(number, bool) or number is None:
            self.book.open[key] = facts
            return found
        return exactly(max(low, number if high is None else min(number, high)))


class Setter(Reader):
    """Puts every single condition of a scheme under a book."""

    def __init__(self, book: Book) -> None:
        super().__init__(None)  # type: ignore[arg-type]
        self.book = book

    def settled(self, node: Any) -> Any:
        """The node with its single conditions under the book."""
        if isinstance(node, (*SINGLE, c.Exists, c.Every)):
            if any(isinstance(n, ListTest) for n in below(node)):
                return Set(self.inside(node), self.book, True)
            return Set(node, self.book)
        if isinstance(node, NUMBERS):
            return Free(node if isinstance(node, q.FactAmount) else self.inside(node), self.book)
        return self.inside(node)

    def scheme(self, scheme: Scheme) -> Scheme:
        """The scheme with its windows as requirements and all conditions under the book."""
        return replace(scheme, versions=tuple(self.by_book(v) for v in scheme.versions))

    def by_book(self, version: Version) -> Version:
        """One version."""
        window, days = version.window, []
        applied = QuestionDay("applied")
        if window.start is not None:
            after = c.CompareDays(applied, "not_before", window.start)
            days.append(Requirement("from", after, of_claim=window.start_of_claim))
        if window.end is not None:
            before = c.CompareDays(applied, "not_after", window.end)
            days.append(Requirement("until", before, of_claim=window.end_of_claim))
        return replace(
            version,
            requirements=tuple(
                replace(r, condition=self.node(r.condition)) for r in (*version.requirements, *days)
            ),
            amount=None if version.amount is None else self.node(version.amount),
            window=Window(),
        )


class OneByOne(Search):
    """The search for two different answers that sets conditions one by one."""

    def __init__(
        self, filler: Filler, ask: Callable[[Scheme, AnySubject], Decision], scheme: Scheme,
        kept: Leaf,
    ) -> None:  # fmt: skip
        self.book = Book()
        setter = Setter(self.book)
        by_book = setter.scheme(scheme)
        self.setter = setter
        super().__init__(filler, lambda subject: ask(by_book, subject), kept)

    def decide(self, profile: Profile) -> Decision:
        """The answer for a profile."""
        self.book.open.clear()
        with self.book.of_payments():
            return super().decide(profile)

    def still_missing(self, profile: Profile) -> bool:
        """Whether the leaf is missing under the answers set so far."""
        return self.follow([(m.fact, m.index) for m in self.decide(profile).missing], profile)

    def all_but(self, profile: Profile) -> Profile | None:
        """Conditions first, as long as the leaf stays missing; then the facts left."""
        if not self.still_missing(profile):
            return None
        stuck: set[Key] = set()
        for _ in range(400):
            others = [
                key
                for key, facts in self.book.open.items()
                if not self.rests_on_kept(facts)
                and key not in self.book.answers
                and key not in stuck
            ]
            if not others:
                break
            key = self.chance.choice(others)
            for answer in self.answers_to(key):
                self.book.answers[key] = answer
                if self.still_missing(profile):
                    stuck.clear()
                    break
            else:
                # Another condition may make it matter less.
                del self.book.answers[key]
                stuck.add(key)
                self.decide(profile)
        return super().all_but(profile)

    def rests_on_kept(self, facts: set[Leaf]) -> bool:
        """Whether the leaf leaves open what these facts do; a list does so in its entries too."""
        owners = {owner_of(self.filler.kind, name) for name, index in facts if index is None}
        return self.kept in facts or self.kept[0] in owners

    def both(self, profile: Profile) -> Witness | None:
        """Two completions, or two answers of one condition, with different answers."""
        kept = self.kept
        found = super().both(profile)
        if found is not None:
            return found
        self.book.answers.clear()
        self.kept = kept
        last = self.all_but(profile)
        if last is None:
            return None
        self.decide(last)
        mine = [key for key, facts in self.book.open.items() if self.rests_on_kept(facts)]
        # A condition over the entries of a list is single where no other rests on the fact: then
        # the list is open, or the days of an entry.
        mine = [key for key in mine if not key[0].startswith("over")] or mine
        self.chance.shuffle(mine)
        for key in mine:
            seen: dict[Answer, Any] = {}
            answers = self.answers_to(key)
            for answer in answers:
                self.book.answers[key] = answer
                seen.setdefault(answer_of(self.decide(last)), answer)
            if len(seen) > 1:
                a, b, *_ = seen
                return Witness(last, last, (a, b))
            self.book.answers[key] = self.chance.choice(answers)
        return None

    def answers_to(self, key: Key) -> list[Any]:
        """What a condition, or a number, can be."""
        if key[0].startswith("number"):
            return self.chance.sample(SOME_NUMBERS, 6)
        return self.chance.sample([True, False], 2)


PLAIN, LOOSE = 40, 400


def found_to_matter(
    filler: Filler,
    decide: Callable[[Scheme, AnySubject], Decision],
    scheme: Scheme,
    profile: Profile,
    missing: Leaf,
) -> Witness | None:
    """Two completions that differ in what is missing alone and get different answers.

    First two profiles, both under one reading of the text; where there are none, two ways to
    answer the conditions one by one, of facts that need not fit together, and in the end of the
    one certificate or other entry by itself (docs/meaning.md).
    """
    chance = filler.chance
    for turn in range(PLAIN + LOOSE):
        reading = scheme if turn % PLAIN < 2 else one_reading(scheme, chance)
        filler.read = unchecked if turn > PLAIN and turn % 2 else subject_from
        search: Search
        if turn > PLAIN and turn % 3:
            search = OneByOne(filler, decide, reading, missing)
        else:
            search = Search(filler, partial(decide, reading), missing)
        found = search.both(profile)
        if found is not None:
            return found
        if turn == PLAIN + LOOSE // 2:
            profile, missing = of_one_entry(filler.kind, profile, missing)
    return None


def of_one_entry(kind: str, profile: Profile, missing: Leaf) -> tuple[Profile, Leaf]:
    """The profile with the one certificate, or other entry, alone to which a fact belongs."""
    name, index = missing
    owner = owner_of(kind, name)
    if index is None or owner not in profile:
        return profile, missing
    more = [x for x in profile.get("partial", ()) if x != owner]
    return {**profile, owner: [profile[owner][index]], "partial": more}, (name, 0)
