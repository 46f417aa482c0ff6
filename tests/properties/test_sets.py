"""What holds for the answers of a whole rule set, by kind of subject."""

from __future__ import annotations

import pickle
from random import Random

import pytest
from hypothesis import given

import sgincentive as sg
from sgincentive.facts import subject_from
from tests.properties.drawing import RULES, SEEDS, SUBJECTS, each
from tests.properties.scheme_cases import asked

SCHEMES = {kind: RULES.schemes(subject=kind) for kind in SUBJECTS}
IN_ORDER = [RULES[id].scheme for id in RULES]
TURNED = sg.Rules(reversed(IN_ORDER))


@pytest.mark.parametrize("kind", SUBJECTS)
@each(3)
@given(seed=SEEDS)
def test_the_quick_answers_are_those_of_the_decisions(kind: str, seed: int) -> None:
    chance = Random(f"{kind} {seed}")
    more, fewer, on = asked(chance.choice(SCHEMES[kind]), chance)
    subject = subject_from(chance.choice((more, fewer)))
    everywhere = chance.random() < 0.3
    quick = RULES.outcomes(subject, on, everywhere=everywhere)
    slow = RULES.check(subject, on, everywhere=everywhere)
    assert [q[:5] for q in quick] == [(d.scheme.id, d.outcome, *d.bounds[:3]) for d in slow]


@pytest.mark.parametrize("kind", SUBJECTS)
@each(3)
@given(seed=SEEDS)
def test_a_decision_that_waits_for_its_reasons_is_the_whole_one(kind: str, seed: int) -> None:
    chance = Random(f"{kind} {seed}")
    more, _, on = asked(chance.choice(SCHEMES[kind]), chance)
    subject = subject_from(more)
    decisions = RULES.check(subject, on, everywhere=True)
    for decision in chance.sample(decisions, min(8, len(decisions))):
        whole = RULES.decide(decision.scheme, subject, on)
        assert (decision.outcome, decision.bounds[:3]) == (whole.outcome, whole.bounds[:3])
        assert decision.findings == whole.findings
        assert decision.to_json("zh") == whole.to_json("zh")
        assert pickle.loads(pickle.dumps(decision)).to_json("en") == whole.to_json("en")


@pytest.mark.parametrize("kind", SUBJECTS)
@each(3)
@given(seed=SEEDS)
def test_the_order_of_files_does_not_matter(kind: str, seed: int) -> None:
    chance = Random(f"{kind} {seed}")
    more, fewer, on = asked(chance.choice(SCHEMES[kind]), chance)
    subject = subject_from(chance.choice((more, fewer)))
    assert TURNED.outcomes(subject, on) == RULES.outcomes(subject, on)
