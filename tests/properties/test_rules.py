"""What holds for the answer of every rule file, whatever the subject."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given

from sgincentive.decision import Decision
from sgincentive.engine.quick import Group, group_function
from sgincentive.engine.rows import Answer, row_function
from sgincentive.engine.schedule import bounded
from sgincentive.facts import subject_from, view
from sgincentive.nodes.source import NoSourceError
from tests.properties.drawing import IDS, RULES, SEEDS, each
from tests.properties.scheme_cases import question, reversed_order
from tests.properties.scheme_values import Profile

DECIDED = {"eligible", "ineligible", "compliant", "non_compliant", "not_in_force"}


@cache
def row_of(id: str) -> Answer:
    """The function of one scheme for rows."""
    return row_function(RULES[id].scheme, bool(RULES.overriding(RULES[id].scheme)))


@cache
def group_of(id: str) -> Group | None:
    """The function for several schemes, here for one; None where none can be made."""
    try:
        return group_function([RULES[id].scheme])
    except NoSourceError:
        return None


def decide(id: str, profile: Profile, on: date) -> Decision:
    return RULES[id].check(subject_from(profile), on)


def upper(value: Any) -> Any:
    return float("inf") if value is None else value


@pytest.mark.parametrize("id", IDS)
@each()
@given(seed=SEEDS)
def test_more_facts_never_turn_a_decided_answer_and_stay_in_bounds(id: str, seed: int) -> None:
    more, fewer, on = question(RULES[id].scheme, seed)
    before, after = decide(id, fewer, on), decide(id, more, on)
    if before.outcome in DECIDED:
        assert after.outcome == before.outcome
    assert (before.bounds.low or 0) <= (after.bounds.low or 0)
    assert upper(after.bounds.high) <= upper(before.bounds.high)


@pytest.mark.parametrize("id", IDS)
@each()
@given(seed=SEEDS)
def test_undetermined_names_a_cause(id: str, seed: int) -> None:
    more, fewer, on = question(RULES[id].scheme, seed)
    for decision in (decide(id, more, on), decide(id, fewer, on)):
        if decision.outcome == "undetermined":
            assert decision.missing or decision.open_text or decision.to_confirm
        elif decision.outcome != "eligible":
            assert not decision.missing


@pytest.mark.parametrize("id", IDS)
@each()
@given(seed=SEEDS)
def test_order_of_keys_and_entries_does_not_matter(id: str, seed: int) -> None:
    more, fewer, on = question(RULES[id].scheme, seed)
    for profile in (more, fewer):
        one, other = decide(id, profile, on), decide(id, reversed_order(profile), on)
        assert one.outcome == other.outcome
        assert one.bounds[:3] == other.bounds[:3]
        assert one.entitled_bounds[:3] == other.entitled_bounds[:3]
        assert {(m.fact, m.affects) for m in one.missing} == {
            (m.fact, m.affects) for m in other.missing
        }


@pytest.mark.parametrize("id", IDS)
@each()
@given(seed=SEEDS)
def test_nothing_is_paid_outside_a_version(id: str, seed: int) -> None:
    more, fewer, on = question(RULES[id].scheme, seed)
    for decision in (decide(id, more, on), decide(id, fewer, on)):
        if decision.outcome == "not_in_force":
            assert decision.amount is None
            assert decision.entitled is None
            assert decision.nearest is not None
        elif decision.version is None:
            assert decision.outcome == "undetermined"
            assert not decision.bounds.low


@pytest.mark.parametrize("id", IDS)
@each()
@given(seed=SEEDS)
def test_generated_rows_are_those_of_the_engine(id: str, seed: int) -> None:
    more, fewer, on = question(RULES[id].scheme, seed)
    for profile in (more, fewer):
        subject = subject_from(profile)
        facts = view(subject)
        whole = RULES[id].check(subject, on)
        missing = frozenset((m.fact, m.index) for m in whole.missing)
        expected = (id, whole.outcome, *whole.bounds[:3], missing)
        applied = facts.get("applied") or on
        row = row_of(id)(facts, on, applied)
        # A benefit with a longest term, or one that begins later, is left to the engine; so is
        # whether a scheme of a lower division takes the place of this one.
        asked = (
            bounded(RULES[id].scheme.versions[-1].rhythm)
            or whole.outcome in ("eligible", "undetermined")
            or any(f.id == "not-overridden" for f in whole.findings)
        )
        assert row == expected or (row is None and asked)
        together = group_of(id)
        assert together is None or together(facts, on) in (None, [expected])


@pytest.mark.parametrize("id", IDS)
@each()
@given(seed=SEEDS)
def test_generated_rows_without_a_day_are_of_the_day_of_application(id: str, seed: int) -> None:
    more, fewer, _ = question(RULES[id].scheme, seed)
    together = group_of(id)
    if together is None:
        return
    for profile in (more, fewer):
        facts = view(subject_from(profile))
        applied = facts.get("applied")
        asked = together(facts, None)
        assert asked == (None if applied is None else together(facts, applied))
