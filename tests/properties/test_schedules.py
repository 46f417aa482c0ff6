"""What holds for the schedules of every monthly or yearly benefit."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given

from sgincentive.calendar import add_months
from sgincentive.decision import Decision
from sgincentive.engine.check import Question, check
from sgincentive.engine.turning import Spans, turning_points
from sgincentive.facts import subject_from, view
from tests.properties.drawing import IDS, RULES, SEEDS, each
from tests.properties.scheme_cases import question

PERIODIC = [id for id in IDS if RULES[id].scheme.kind in ("monthly", "yearly")]


@pytest.mark.parametrize("id", PERIODIC)
@each()
@given(seed=SEEDS)
def test_schedules_of_joined_periods_are_the_schedule_of_the_whole(id: str, seed: int) -> None:
    more, fewer, on = question(RULES[id].scheme, seed)
    chance = Random(seed)
    subject = subject_from(chance.choice((more, fewer)))
    step = 12 if RULES[id].scheme.kind == "yearly" else 1
    start = add_months(on, chance.randrange(-step, 2))
    cut = add_months(start, chance.randrange(1, 2 + step))
    stop = add_months(cut, chance.randrange(2 + step))
    months = [f"{day:%Y-%m}" for day in (start, add_months(cut, -1), cut, stop)]
    whole = RULES[id].check(subject, on, start=months[0], stop=months[3]).schedule
    first = RULES[id].check(subject, on, start=months[0], stop=months[1]).schedule
    second = RULES[id].check(subject, on, start=months[2], stop=months[3]).schedule
    assert whole is not None
    assert first is not None
    assert second is not None
    assert whole == first + second


def answered(decision: Decision) -> Any:
    """What a decision says, whatever its day."""
    said = {(c.kind, c.name, c.entry, c.list) for each in decision.claims for c in each.causes}
    return decision.outcome, decision.bounds[:3], decision.missing, said


@pytest.mark.parametrize("id", IDS)
@each()
@given(seed=SEEDS)
def test_nothing_changes_between_turning_points(id: str, seed: int) -> None:
    scheme = RULES[id].scheme
    more, fewer, on = question(scheme, seed)
    chance = Random(seed)
    facts = view(subject_from(chance.choice((more, fewer))))
    within = chance.choice((None, 12))
    points = turning_points([scheme], facts, within)
    if points is None:
        return
    near = min(points, key=lambda day: abs((day - on).days))
    spans, days = Spans(points), [near + timedelta(days=n) for n in (-40, -1, 0, 1, 40)]
    for first, last in pairwise(days):
        if spans.of(first, last) is None:
            continue
        one, other = (
            check(scheme, facts, Question(day, facts.get("applied") or day, within))
            for day in (first, last)
        )
        assert answered(one) == answered(other), (first, last)
