"""What holds for every rule file, whatever the subject."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from profiles import ON, SUBJECTS, reversed_order, with_gaps

import sgincentive as sg
from sgincentive.decision import Decision
from sgincentive.engine.quick import Group, group_function
from sgincentive.engine.rows import row_function
from sgincentive.facts import subject_from, view
from sgincentive.nodes.source import NoSourceError
from sgincentive.schemes.model import Scheme

RULES = sg.load_rules()
IDS = list(RULES)
DECIDED = {"eligible", "ineligible", "compliant", "non_compliant", "not_in_force"}
SETTINGS = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def group_of(scheme: Scheme) -> Group | None:
    try:
        return group_function([scheme])
    except NoSourceError:
        return None


ANSWERS = {
    id: row_function(RULES[id].scheme, bool(RULES.overriding(RULES[id].scheme))) for id in IDS
}
GROUPS = {id: group_of(RULES[id].scheme) for id in IDS}


def decide(id: str, profile: dict[str, Any], on: date, **more: Any) -> Decision:
    return RULES[id].check(subject_from(profile), on, **more)


def drawn(data: st.DataObject, id: str) -> tuple[dict[str, Any], dict[str, Any], date]:
    complete = data.draw(SUBJECTS[RULES[id].scheme.subject]())
    return complete, data.draw(with_gaps(complete)), data.draw(ON)


def upper(value: Any) -> Any:
    return float("inf") if value is None else value


@pytest.mark.parametrize("id", IDS)
@SETTINGS
@given(data=st.data())
def test_more_facts_never_turn_a_decided_answer_and_stay_in_bounds(
    id: str, data: st.DataObject
) -> None:
    complete, partial, on = drawn(data, id)
    before, after = decide(id, partial, on), decide(id, complete, on)
    if before.outcome in DECIDED:
        assert after.outcome == before.outcome
    assert before.bounds.low is None or before.bounds.low <= (after.bounds.low or 0)
    assert upper(after.bounds.high) <= upper(before.bounds.high)


@pytest.mark.parametrize("id", IDS)
@SETTINGS
@given(data=st.data())
def test_undetermined_names_a_cause(id: str, data: st.DataObject) -> None:
    _, partial, on = drawn(data, id)
    decision = decide(id, partial, on)
    if decision.outcome == "undetermined":
        assert decision.missing or decision.open_text or decision.to_confirm
    if decision.outcome in ("ineligible", "non_compliant", "compliant", "not_in_force"):
        assert not decision.missing


@pytest.mark.parametrize("id", IDS)
@SETTINGS
@given(data=st.data())
def test_order_of_keys_and_entries_does_not_matter(id: str, data: st.DataObject) -> None:
    _, partial, on = drawn(data, id)
    one, other = decide(id, partial, on), decide(id, reversed_order(partial), on)
    assert one.outcome == other.outcome
    assert one.bounds[:3] == other.bounds[:3]
    assert {(m.fact, m.affects) for m in one.missing} == {
        (m.fact, m.affects) for m in other.missing
    }


@pytest.mark.parametrize("id", IDS)
@SETTINGS
@given(data=st.data())
def test_a_fact_not_listed_never_changes_the_answer(id: str, data: st.DataObject) -> None:
    complete, partial, on = drawn(data, id)
    decision = decide(id, partial, on)
    listed = {(m.fact, m.index) for m in decision.missing}
    names = {m.fact for m in decision.missing}
    filled = copy.deepcopy(partial)
    for key, value in complete.items():
        if key not in filled:
            nested = isinstance(value, dict) and any(f"{key}.{k}" in names for k in value)
            if key not in names and not nested:
                filled[key] = value
        elif isinstance(value, dict):
            for k, v in value.items():
                if f"{key}.{k}" not in names:
                    filled[key].setdefault(k, v)
        elif isinstance(value, list):
            element = {"received": "received", "education": "education"}.get(key, key[:-1])
            for i, entry in enumerate(value):
                for k, v in entry.items():
                    if (f"{element}.{k}", i) not in listed:
                        filled[key][i].setdefault(k, v)
    after = decide(id, filled, on)
    assert after.outcome == decision.outcome
    assert after.bounds[:3] == decision.bounds[:3]


@pytest.mark.parametrize("id", IDS)
@SETTINGS
@given(data=st.data())
def test_nothing_is_paid_outside_a_version(id: str, data: st.DataObject) -> None:
    complete, _, on = drawn(data, id)
    decision = decide(id, complete, on)
    if decision.outcome == "not_in_force":
        assert decision.amount is None
        assert decision.nearest is not None


@pytest.mark.parametrize("id", [i for i in IDS if RULES[i].scheme.kind in ("one_off", "refund")])
@SETTINGS
@given(data=st.data())
def test_paying_what_is_due_leaves_nothing_due(id: str, data: st.DataObject) -> None:
    complete, _, on = drawn(data, id)
    decision = decide(id, complete, on)
    if decision.outcome != "eligible" or decision.amount is None or decision.amount.max is None:
        return
    assert decision.claim is not None
    assert decision.claim.certificate is not None
    paid = {
        "scheme": id,
        "level": decision.claim.certificate["level"],
        "exam_year": decision.claim.certificate["exam_year"],
        "amount": str(decision.amount.max),
        "paid": on.isoformat(),
    }
    after = decide(id, {**complete, "received": [*complete["received"], paid]}, on)
    assert after.outcome == "ineligible"
    assert after.amount is not None
    assert after.amount.max == 0


@pytest.mark.parametrize("id", [i for i in IDS if RULES[i].scheme.kind in ("monthly", "yearly")])
@settings(SETTINGS, max_examples=3)
@given(data=st.data())
def test_schedules_of_joined_periods_are_the_schedule_of_the_whole(
    id: str, data: st.DataObject
) -> None:
    _, partial, on = drawn(data, id)
    whole = decide(id, partial, on, start="2023-01", stop="2023-12").schedule
    first = decide(id, partial, on, start="2023-01", stop="2023-05").schedule
    second = decide(id, partial, on, start="2023-06", stop="2023-12").schedule
    assert whole is not None
    assert first is not None
    assert second is not None
    assert whole == first + second


@pytest.mark.parametrize("id", IDS)
@SETTINGS
@given(data=st.data())
def test_generated_rows_are_those_of_the_engine(id: str, data: st.DataObject) -> None:
    complete, partial, on = drawn(data, id)
    for profile in (complete, partial):
        asked = subject_from(profile)
        facts = view(asked)
        whole = RULES.decide(RULES[id].scheme, asked, on)
        missing = frozenset((m.fact, m.index) for m in whole.missing)
        expected = (id, whole.outcome, *whole.bounds[:3], missing)
        applied = facts.get("applied") or on
        row = ANSWERS[id](facts, on, applied)
        assert row == expected or (row is None and whole.outcome in ("eligible", "undetermined"))
        group = GROUPS[id]
        assert group is None or group(facts, on, applied) in (None, [expected])


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
@settings(SETTINGS, max_examples=20)
@given(data=st.data())
def test_the_quick_answers_are_those_of_the_decisions(subject: str, data: st.DataObject) -> None:
    complete = data.draw(SUBJECTS[subject]())
    profile = data.draw(st.sampled_from([complete, data.draw(with_gaps(complete))]))
    on = data.draw(ON)
    asked = subject_from(profile)
    quick = RULES.outcomes(asked, on, everywhere=True)
    slow = RULES.check(asked, on, everywhere=True)
    assert [q[:5] for q in quick] == [(d.scheme.id, d.outcome, *d.bounds[:3]) for d in slow]


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
@SETTINGS
@given(data=st.data())
def test_a_decision_that_waits_for_its_reasons_is_the_whole_one(
    subject: str, data: st.DataObject
) -> None:
    asked = subject_from(data.draw(SUBJECTS[subject]()))
    on = data.draw(ON)
    for decision in RULES.check(asked, on, everywhere=True):
        whole = decide_whole(decision.scheme.id, asked, on)
        assert (decision.outcome, decision.bounds[:3]) == (whole.outcome, whole.bounds[:3])
        assert decision.findings == whole.findings
        assert decision.to_json("zh") == whole.to_json("zh")
        assert pickle.loads(pickle.dumps(decision)).to_json("en") == whole.to_json("en")


def decide_whole(id: str, asked: Any, on: date) -> Decision:
    return RULES.decide(RULES[id].scheme, asked, on)
