"""Random trees of nodes against brute force: every completion of facts and readings lies inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from sgincentive.facts import facts, lists
from sgincentive.nodes import conditions as c
from sgincentive.nodes import quantities as q
from sgincentive.nodes import values
from sgincentive.nodes.base import Case, Condition, Quantity
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.scope import Scope
from sgincentive.words import Text

FACTS = facts("worker")
WORKER = Scope(FACTS, lists("worker"))
FEES = WORKER.list_ref("fees")
assert FEES is not None
ENTRY = WORKER.inside(FEES)
LEVEL = WORKER.fact_ref("certificate.level")
VETERAN, STUDENT = WORKER.fact_ref("veteran"), WORKER.fact_ref("student")
AMOUNT, RECEIPT, FEE_LEVEL = (ENTRY.fact_ref(f"fee.{n}") for n in ("amount", "receipt", "level"))
LEVELS = ("assistant", "social_worker", "senior")
NOTE = Text("未见", "not seen")
ON = date(2025, 1, 10)
MONEY = (0, 3, 7)
# An amount or a truth that the text leaves open is stood in for by one of these.
OPEN_TRUTHS = (True, False)
OPEN_AMOUNTS = (0, 4, 50)


class FixedTruth(Condition):
    """What a clause that was not seen may say."""

    def __init__(self, value: bool) -> None:
        self.value = value

    def truth(self, case: Case) -> values.Truth:
        return values.known(self.value)


def unnamed(*several: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of ``several``, without the long name that hypothesis would give it."""
    return st.deferred(lambda: st.one_of(several))


def constants() -> st.SearchStrategy[Quantity]:
    return st.integers(0, 6).map(q.Constant)


def ranges() -> st.SearchStrategy[Quantity]:
    both = st.tuples(st.integers(0, 4), st.integers(0, 4))
    return both.flatmap(
        lambda ends: st.sampled_from(
            [
                q.Range(q.Constant(min(ends)), q.Constant(max(ends))),
                q.Range(q.Constant(ends[0]), None),
                q.Range(None, q.Constant(ends[1])),
                q.NotPublished(),
            ]
        )
    )


def leaf_conditions(entry: bool) -> st.SearchStrategy[Condition]:
    several: list[st.SearchStrategy[Condition]] = [
        st.builds(c.IsTrue, st.sampled_from([VETERAN, STUDENT]), st.booleans()),
        st.builds(
            c.OneOf,
            st.just(LEVEL),
            st.lists(st.sampled_from(LEVELS), min_size=1, max_size=2).map(tuple),
            st.booleans(),
        ),
        st.builds(c.NotStated, st.just(NOTE)),
    ]
    if entry:
        several.append(st.builds(c.IsTrue, st.just(RECEIPT), st.booleans()))
        several.append(
            st.builds(
                c.WordOrder,
                st.just(FEE_LEVEL),
                st.sampled_from(["at_least", "at_most", "more_than", "less_than"]),
                st.sampled_from([*LEVELS[:2], LEVEL]),
                st.just(FACTS["certificate.level"].vocabulary),
            )
        )
    return unnamed(*several)


def more_conditions(
    inner: st.SearchStrategy[Condition], amounts: st.SearchStrategy[Quantity]
) -> st.SearchStrategy[Condition]:
    some = st.lists(inner, min_size=1, max_size=3).map(tuple)
    two = st.lists(inner, min_size=2, max_size=3).map(tuple)
    order = st.sampled_from(["at_least", "at_most", "more_than", "less_than"])
    return unnamed(
        st.builds(c.All, some),
        st.builds(c.AnyOf, some),
        st.builds(c.Not, inner),
        st.builds(c.Unless, inner, inner),
        st.builds(c.When, inner, inner),
        st.builds(c.Readings, two),
        st.builds(c.AtLeastN, st.sampled_from([1, 2]), two),
        st.builds(c.Compare, amounts, order, amounts),
        st.builds(c.Equals, amounts, amounts, st.booleans()),
        st.builds(c.Between, amounts, amounts, amounts),
        st.builds(
            c.CompareShare,
            amounts,
            amounts,
            order,
            st.sampled_from([q.Constant(Fraction(1, 3)), q.Constant(Fraction(1, 2))]),
            st.sampled_from(["holds", "fails", "not_applicable"]),
        ),
    )


def bracket_rows(amounts: st.SearchStrategy[Quantity]) -> st.SearchStrategy[tuple[q.Bracket, ...]]:
    ends = st.none() | st.integers(0, 8)
    one = st.builds(
        lambda a, ai, b, bi, v: q.Bracket(
            *((a, ai, b, bi) if a is None or b is None or a <= b else (b, ai, a, bi)), v
        ),
        ends, st.booleans(), ends, st.booleans(), amounts,
    )  # fmt: skip
    return st.lists(one, min_size=1, max_size=3).map(tuple)


def more_amounts(
    inner: st.SearchStrategy[Quantity], tests: st.SearchStrategy[Condition]
) -> st.SearchStrategy[Quantity]:
    some = st.lists(inner, min_size=1, max_size=3).map(tuple)
    two = st.lists(inner, min_size=2, max_size=2).map(tuple)
    rows = st.lists(st.tuples(tests, inner), min_size=1, max_size=2).map(tuple)
    table = st.lists(
        st.tuples(st.sampled_from(LEVELS), inner), min_size=1, max_size=3, unique_by=lambda r: r[0]
    ).map(tuple)
    modes = st.sampled_from(["up", "down", "half_up", "half_even", "not_stated"])
    return unnamed(
        st.builds(q.Sum, some),
        st.builds(q.Difference, inner, inner),
        st.builds(q.Product, two),
        st.builds(q.ShareOf, st.just(q.Constant(Fraction(1, 3))), inner),
        st.builds(q.Quotient, inner, inner),
        st.builds(q.Least, some),
        st.builds(q.Greatest, some),
        st.builds(q.Cap, inner, inner),
        st.builds(q.Floor, inner, inner),
        st.builds(q.Cases, rows, st.none() | inner),
        st.builds(q.ByFact, st.just(LEVEL), table, st.none() | inner, st.just(LEVELS)),
        st.builds(q.Brackets, inner, bracket_rows(inner)),
        st.builds(q.Round, inner, st.sampled_from([1, 5, Fraction(1, 2)]), modes),
        st.builds(q.PerUnits, inner, st.sampled_from([2, 3]), modes, inner),
        st.builds(q.AmountReadings, two),
        st.builds(
            lambda value, when: q.Parts((q.Part("a", None, value, when),)), inner, st.none() | tests
        ),
    )


def over_lists(
    tests: st.SearchStrategy[Condition], amounts: st.SearchStrategy[Quantity]
) -> st.SearchStrategy[Quantity]:
    where = st.builds(ListTest, st.just(FEES), tests)
    return unnamed(
        st.builds(q.Count, where, st.sampled_from([None, FEE_LEVEL])),
        st.builds(q.OverList, st.sampled_from(["sum", "greatest", "least"]), where, amounts),
    )


assert AMOUNT is not None
FEE_AMOUNT: st.SearchStrategy[Quantity] = st.just(q.FactAmount(AMOUNT))
entry_conditions: st.SearchStrategy[Any] = st.recursive(
    leaf_conditions(True), lambda x: more_conditions(x, constants() | FEE_AMOUNT), max_leaves=3
)
entry_amounts: st.SearchStrategy[Any] = st.recursive(
    st.one_of(constants(), FEE_AMOUNT),
    lambda x: unnamed(
        st.builds(q.Difference, x, x), st.builds(q.Sum, st.lists(x, min_size=1, max_size=2).map(tuple)),
        st.builds(q.AmountReadings, st.lists(x, min_size=2, max_size=2).map(tuple)),
    ),
    max_leaves=2,
)  # fmt: skip
list_amounts = over_lists(entry_conditions, entry_amounts)
amounts_1: st.SearchStrategy[Any] = st.recursive(
    unnamed(constants(), ranges(), list_amounts),
    lambda x: more_amounts(x, leaf_conditions(False)),
    max_leaves=3,
)
list_conditions: st.SearchStrategy[Any] = unnamed(
    st.builds(c.Exists, st.builds(ListTest, st.just(FEES), entry_conditions)),
    st.builds(
        c.Every,
        st.builds(ListTest, st.just(FEES), entry_conditions),
        entry_conditions,
        st.sampled_from(["holds", "fails"]),
    ),
)
trees_of_conditions: st.SearchStrategy[Any] = st.recursive(
    unnamed(leaf_conditions(False), list_conditions),
    lambda x: more_conditions(x, amounts_1),
    max_leaves=5,
)
trees_of_amounts: st.SearchStrategy[Any] = st.recursive(
    unnamed(constants(), ranges(), list_amounts),
    lambda x: more_amounts(x, trees_of_conditions),
    max_leaves=5,
)

entries = st.fixed_dictionaries(
    {"paid": st.just(date(2024, 5, 1))},
    optional={
        "amount": st.sampled_from(MONEY),
        "receipt": st.booleans(),
        "level": st.sampled_from(LEVELS),
    },
)
workers = st.fixed_dictionaries(
    {},
    optional={
        "veteran": st.booleans(),
        "student": st.booleans(),
        "fees": st.lists(entries, max_size=2),
        "partial": st.sampled_from([frozenset(), frozenset({"fees"})]),
    },
)
claims = st.fixed_dictionaries({}, optional={"level": st.sampled_from(LEVELS)})

SAMPLE_ENTRIES: tuple[dict[str, Any], ...] = (
    {"paid": date(2024, 5, 1), "amount": 0, "receipt": False, "level": "assistant"},
    {"paid": date(2024, 5, 1), "amount": 7, "receipt": True, "level": "senior"},
    {"paid": date(2026, 5, 1), "amount": 7, "receipt": True, "level": "senior"},
)


def entry_completions(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for amount, receipt, level in product(
        (entry["amount"],) if "amount" in entry else MONEY,
        (entry["receipt"],) if "receipt" in entry else (True, False),
        (entry["level"],) if "level" in entry else LEVELS,
    ):
        yield {**entry, "amount": amount, "receipt": receipt, "level": level}


def list_completions(profile: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    if "fees" not in profile:
        yield []
        for one in SAMPLE_ENTRIES:
            yield [one]
        yield list(SAMPLE_ENTRIES)
        return
    extras: list[list[dict[str, Any]]] = [[]]
    if "fees" in profile.get("partial", ()):
        extras += [[SAMPLE_ENTRIES[0]], [SAMPLE_ENTRIES[1]], list(SAMPLE_ENTRIES)]
    for chosen in product(*(list(entry_completions(e)) for e in profile["fees"])):
        for extra in extras:
            yield [*chosen, *extra]


def completions(
    profile: dict[str, Any], claim: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every complete worker that a profile may be (lists from a few samples)."""
    for veteran, student, level, fees in product(
        (profile["veteran"],) if "veteran" in profile else (True, False),
        (profile["student"],) if "student" in profile else (True, False),
        (claim["level"],) if "level" in claim else LEVELS,
        list(list_completions(profile)),
    ):
        yield {"veteran": veteran, "student": student, "fees": fees}, {"level": level}


def readings(node: Any) -> list[Any]:
    """Every node without doubt by the text that ``node`` may mean (the first 40)."""
    if isinstance(node, c.NotStated):
        return [FixedTruth(v) for v in OPEN_TRUTHS]
    if isinstance(node, c.Readings):
        return [r for part in node.parts for r in readings(part)][:40]
    if isinstance(node, q.AmountReadings):
        return [r for part in node.parts for r in readings(part)][:40]
    if isinstance(node, q.NotPublished):
        return [q.Constant(v) for v in OPEN_AMOUNTS]
    if isinstance(node, q.Range):
        low = node.low.value if isinstance(node.low, q.Constant) else 0
        high = node.high.value if isinstance(node.high, q.Constant) else low + 50
        return [q.Constant(v) for v in {low, high, Fraction(low + high) / 2}]
    if isinstance(node, q.Round | q.PerUnits):
        field = "mode" if isinstance(node, q.Round) else "rounding"
        if getattr(node, field) == "not_stated":
            both = [replace(cast(Any, node), **{field: m}) for m in ("up", "down", "half_up")]
            return [r for one in both for r in readings(one)][:40]
    if isinstance(node, tuple):
        return [tuple(x) for x in _some(product(*(readings(item) for item in node)))]
    if isinstance(node, Condition | Quantity | ListTest | q.Bracket | q.Part):
        names = [f.name for f in fields(cast(Any, node))]
        held = [readings(getattr(node, name)) for name in names]
        if all(len(h) == 1 for h in held):
            return [node]
        return [
            replace(cast(Any, node), **dict(zip(names, chosen, strict=True)))
            for chosen in _some(product(*held))
        ]
    return [node]


def _some(them: Iterator[Any]) -> list[Any]:
    return [x for x, _ in zip(them, range(40), strict=False)]


def asked(profile: dict[str, Any], claim: dict[str, Any]) -> Case:
    return Case(profile, ON, ON, "x/y", claim, 0)


def causes_are_sound(causes: tuple[values.Cause, ...], settled: bool) -> None:
    assert (not causes) == settled
    if causes:
        assert all(x.weight > 0 for x in causes)


@settings(max_examples=max(300, settings().max_examples))
@given(trees_of_conditions, workers, claims)
def test_a_decided_truth_is_the_truth_of_every_completion(
    node: Condition, profile: dict[str, Any], claim: dict[str, Any]
) -> None:
    answer = node.truth(asked(profile, claim))
    causes_are_sound(answer.causes, answer.value is not None)
    if answer.value is None:
        return
    for meant in readings(node):
        for full, mine in completions(profile, claim):
            complete = meant.truth(asked(full, mine))
            assert complete.value in (answer.value, None), (meant, full, mine)
            assert complete.value is not None or any(x.kind == "text" for x in complete.causes)


@settings(max_examples=max(300, settings().max_examples))
@given(trees_of_amounts, workers, claims)
def test_the_amount_of_every_completion_lies_in_the_bounds(
    node: Quantity, profile: dict[str, Any], claim: dict[str, Any]
) -> None:
    answer = node.bounds(asked(profile, claim))
    causes_are_sound(answer.causes, answer.settled)
    assert answer.low is None or answer.high is None or answer.low <= answer.high
    assert answer.published or not answer.settled
    for meant in readings(node):
        for full, mine in completions(profile, claim):
            complete = meant.bounds(asked(full, mine))
            if answer.low is not None:
                assert complete.low is not None, (meant, full, mine, answer, complete)
                assert complete.low >= answer.low, (meant, full, mine, answer, complete)
            if answer.high is not None:
                assert complete.high is not None, (meant, full, mine, answer, complete)
                assert complete.high <= answer.high, (meant, full, mine, answer, complete)
