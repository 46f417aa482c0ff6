"""What is missing, of every rule file: all that can change the answer, and nothing else."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, note

from sgincentive.decision import Decision
from sgincentive.facts import lists, subject_from
from tests.properties.completions import Filler, Leaf, at, is_profile, leaf, path_of, put
from tests.properties.drawing import IDS, RULES, SEEDS, each
from tests.properties.scheme_cases import asked
from tests.properties.scheme_leaves import found_to_matter
from tests.properties.scheme_readings import one_reading
from tests.properties.scheme_values import Profile, Terms, copied, places, terms_of

DECIDED = {"eligible", "ineligible", "compliant", "non_compliant", "not_in_force"}
NOTHING = {"ineligible", "not_in_force"}


def decide(id: str, profile: Profile, on: date) -> Decision:
    return RULES[id].check(subject_from(profile), on)


def unlisted(profile: Profile, whole: Profile, terms: Terms, listed: set[Leaf]) -> Profile:
    """The profile with all that a completion of it knows and the decision does not ask for."""
    made: Profile = copied(profile)
    kind = terms.kind
    for place in places(whole, kind):
        if place.entry is None and isinstance(place.key, str) and (place.name, None) not in listed:
            path = path_of(place.name)
            if at(made, path) is None and not listed_below(place.name, kind, listed):
                put(made, path, copied(place.value))
    for name, each_list in lists(kind).items():
        held, filled = at(made, path_of(name)), at(whole, path_of(name))
        if not isinstance(held, list) or not isinstance(filled, list):
            continue
        for index, entry in enumerate(held):
            for key, value in filled[index].items():
                if (f"{each_list.element}.{key}", index) not in listed:
                    entry.setdefault(key, copied(value))
    return made


def listed_below(name: str, kind: str, listed: set[Leaf]) -> bool:
    """Whether facts of the entries of a list are asked for."""
    known = lists(kind).get(name) or lists(kind).get(f"{name}.persons")
    if known is None:
        return False
    return (known.name, None) in listed or any(x.startswith(f"{known.element}.") for x, _ in listed)


@pytest.mark.parametrize("id", IDS)
@each()
@given(seed=SEEDS)
def test_a_fact_not_listed_never_changes_the_answer(id: str, seed: int) -> None:
    scheme, chance = RULES[id].scheme, Random(f"{id} {seed}")
    _, profile, on = asked(scheme, chance)
    decision = decide(id, profile, on)
    listed = {leaf(m) for m in decision.missing}
    whole = Filler(terms_of(scheme), on, chance).complete(profile)
    if whole is None:
        return
    filled = unlisted(profile, whole, terms_of(scheme), listed)
    if not is_profile(filled):
        return
    note(f"{on} {profile} {filled} {listed}")
    after = decide(id, filled, on)
    assert after.outcome == decision.outcome
    assert after.bounds[:3] == decision.bounds[:3]
    assert {leaf(m) for m in after.missing} == listed


def of_a_certificate_paid(missing: Leaf, decision: Decision) -> bool:
    """Whether a fact belongs to a certificate of which nothing is left: whether it holds is asked
    because it could be the best one, whatever the others are (docs/meaning.md)."""
    name, index = missing
    return name.startswith("certificate.") and any(
        claim.index == index and claim.due.high == 0 and claim.entitled.high != 0
        for claim in decision.claims
    )


@pytest.mark.parametrize("id", IDS)
@each()
@given(seed=SEEDS)
def test_each_fact_listed_can_change_the_answer(id: str, seed: int) -> None:
    scheme, chance = RULES[id].scheme, Random(f"{id} {seed}")
    _, profile, on = asked(scheme, chance)
    decision = decide(id, profile, on)
    missing = [m for m in map(leaf, decision.missing) if not of_a_certificate_paid(m, decision)]
    if not missing:
        return
    chosen = chance.choice(missing)
    note(f"{on} {profile} {chosen}")
    filler = Filler(terms_of(scheme), on, chance)
    found = found_to_matter(
        filler, lambda reading, subject: RULES.decide(reading, subject, on), scheme, profile, chosen
    )
    assert found is not None, (chosen, on, profile)


@pytest.mark.parametrize("id", IDS)
@each()
@given(seed=SEEDS)
def test_every_completion_and_every_reading_lies_in_the_bounds(id: str, seed: int) -> None:
    scheme, chance = RULES[id].scheme, Random(f"{id} {seed}")
    _, profile, on = asked(scheme, chance)
    before = decide(id, profile, on)
    low, high = before.bounds.low or 0, before.bounds.high
    filler = Filler(terms_of(scheme), on, chance)
    for _ in range(3):
        whole = filler.complete(profile)
        if whole is None:
            continue
        reading = one_reading(scheme, chance)
        note(f"{on} {profile} {whole}")
        after = RULES.decide(reading, subject_from(whole), on)
        if before.outcome in DECIDED:
            # Terms of which nobody knows since when they hold give nothing, in force or not.
            same = {before.outcome} | NOTHING if before.outcome in NOTHING else {before.outcome}
            assert after.outcome in same
        assert low <= (after.bounds.low or 0)
        if high is not None:
            assert after.bounds.high is not None
            assert after.bounds.high <= high
