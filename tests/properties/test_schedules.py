"""What holds for the schedules of every monthly or yearly benefit."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given

from sgincentive.calendar import add_months
from sgincentive.facts import subject_from
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
