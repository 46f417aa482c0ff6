"""What was paid before: what is due is paid once, and all payments together stay under the caps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given

from sgincentive.calendar import add_months
from sgincentive.decision import Decision, yuan
from sgincentive.facts import subject_from
from sgincentive.schemes.model import Scheme
from tests.properties.completions import Filler
from tests.properties.drawing import IDS, RULES, SEEDS, each
from tests.properties.scheme_cases import question, valid
from tests.properties.scheme_readings import one_reading
from tests.properties.scheme_values import Profile, copied, terms_of

ONCE = [id for id in IDS if RULES[id].scheme.kind in ("one_off", "refund")]
PERIODIC = [id for id in IDS if RULES[id].scheme.kind in ("monthly", "yearly")]
LEVELS = ("assistant", "social_worker", "senior")
STEPS = (0, 1, 1, 30, 200, 365)


def payments(decision: Decision) -> list[Profile]:
    """What is due as entries of the ledger: for the best certificate, or for each."""
    claims = decision.claims if decision.scheme.per == "each" else (decision.claim,)
    left = decision.bounds.high or 0
    made = []
    for claim in claims:
        certificate = (claim and claim.certificate) or {}
        part = left
        if claim is not None and decision.scheme.per == "each":
            part = min(left, claim.due.high or 0)
        left -= part
        if part:
            made.append(
                {
                    "scheme": decision.scheme.id,
                    **{k: certificate[k] for k in ("level", "exam_year") if k in certificate},
                    "amount": str(yuan(part)),
                    "paid": decision.on.isoformat(),
                }
            )
    return made


@pytest.mark.parametrize("id", ONCE)
@each()
@given(seed=SEEDS)
def test_paying_what_is_due_leaves_nothing_due(id: str, seed: int) -> None:
    profile, _, on = question(RULES[id].scheme, seed)
    decision = RULES[id].check(subject_from(profile), on)
    if decision.outcome != "eligible" or decision.bounds.low != decision.bounds.high:
        return
    with_it = {**profile, "received": [*profile.get("received", ()), *payments(decision)]}
    after = RULES[id].check(subject_from(with_it), on)
    assert after.outcome == "ineligible"
    assert after.amount is not None
    assert after.amount.max == 0


def upgraded(profile: Profile, on: date) -> Profile:
    """The profile with a certificate of the next level, obtained by the day."""
    made = copied(profile)
    held = made.get("certificates") or []
    ranks = [LEVELS.index(c["level"]) for c in held if c.get("level")]
    if not ranks or max(ranks) == len(LEVELS) - 1:
        return profile
    best = next(c for c in held if c.get("level") == LEVELS[max(ranks)])
    more = {**best, "level": LEVELS[max(ranks) + 1], "exam_year": on.year}
    for name in ("obtained", "registered"):
        if name in best:
            more[name] = on.isoformat()
    held.append(more)
    return made if valid(made) else profile


@pytest.mark.parametrize("id", ONCE)
@each()
@given(seed=SEEDS)
def test_over_the_years_no_more_is_paid_than_the_terms_allow(id: str, seed: int) -> None:
    """Somebody rises from level to level, asks again and again and is paid what is due."""
    chance = Random(f"{id} {seed}")
    scheme = one_reading(RULES[id].scheme, chance)
    profile, _, on = question(RULES[id].scheme, seed)
    profile = {**profile, "received": [], "partial": []}
    profile.pop("applied", None)
    profile = Filler(terms_of(RULES[id].scheme), on, chance).complete(profile) or profile
    paid: list[Profile] = []
    worth = [0]
    for _ in range(8):
        if chance.random() < 0.4:
            profile = upgraded(profile, on)
        decision = RULES.decide(scheme, subject_from(profile), on)
        due = decision.bounds
        if decision.outcome == "eligible" and due.low == due.high:
            paid += payments(decision)
            worth.append(int(decision.entitled_bounds.high or 0))
            profile = {**profile, "received": list(paid)}
            after = RULES.decide(scheme, subject_from(profile), on)
            assert (after.outcome, after.bounds[:2]) == ("ineligible", (0, 0))
        on += timedelta(chance.choice(STEPS))
    within_the_terms(scheme, paid, max(worth))


def within_the_terms(scheme: Scheme, paid: list[Profile], worth: int) -> None:
    """Caps, numbers of payments and the greatest worth, whichever version paid."""
    total = sum(fen(entry) for entry in paid)
    ledgers = [version.ledger for version in scheme.versions]
    caps = [each_ledger.lifetime_cap for each_ledger in ledgers]
    if None not in caps:
        assert total <= max(cap for cap in caps if cap is not None)
    rules = [set(each_ledger.rules) for each_ledger in ledgers]
    if all("once" in rule for rule in rules) and scheme.per == "best":
        assert len(paid) <= 1
    if all(rule & {"once", "once_per_level"} for rule in rules):
        assert len({entry.get("level") for entry in paid}) == len(paid)
    if all("difference_on_upgrade" in rule for rule in rules):
        assert total <= worth
    times = [each_ledger.max_times for each_ledger in ledgers if each_ledger.times_per == "scheme"]
    if times and None not in times:
        assert len(paid) <= max(time for time in times if time is not None)


def fen(entry: Profile) -> int:
    """The amount of an entry of the ledger."""
    whole, _, cents = entry["amount"].partition(".")
    return int(whole) * 100 + int(cents)


def limited(scheme: Scheme, cap: int, term: int | None) -> Scheme:
    """The scheme with a lifetime cap and a longest term."""
    return replace(
        scheme,
        versions=tuple(
            replace(
                version,
                ledger=replace(version.ledger, lifetime_cap=cap),
                rhythm=replace(version.rhythm, term_months=term),
            )
            for version in scheme.versions
        ),
    )


@pytest.mark.parametrize("id", PERIODIC)
@each(300)
@given(seed=SEEDS)
def test_months_paid_stay_under_a_cap_and_a_term(id: str, seed: int) -> None:
    """Every monthly or yearly benefit, given a cap and a term if it has none, is paid twice."""
    chance = Random(f"{id} {seed}")
    profile, _, on = question(RULES[id].scheme, seed)
    profile = {**profile, "received": [], "partial": []}
    step = 12 if RULES[id].scheme.kind == "yearly" else 1
    asked = RULES[id].check(subject_from(profile), on)
    most = int(asked.bounds.high or 100_000)
    cap, term = chance.choice((most // 2, most * 2 + 50, most * 3)), chance.choice((None, 2, 3))
    scheme = limited(RULES[id].scheme, cap, None if term is None else term * step)
    start = on.replace(day=1)
    paid: list[Profile] = []
    for months in (2, 4):
        stop = add_months(start, months * step)
        profile = {**profile, "received": list(paid)}
        rows = RULES.decide(
            scheme, subject_from(profile), stop, f"{start:%Y-%m}", f"{stop:%Y-%m}"
        ).schedule
        assert rows is not None
        for row in rows:
            if row.outcome == "eligible" and row.due.low == row.due.high and row.due.low:
                entry = {"scheme": id, "period": row.period, "amount": str(yuan(row.due.low))}
                paid.append({**entry, "paid": stop.isoformat()})
        assert sum(fen(entry) for entry in paid) <= cap
        if term is not None:
            assert len({entry["period"] for entry in paid}) <= term
    again = RULES.decide(
        scheme, subject_from({**profile, "received": list(paid)}), stop,
        f"{start:%Y-%m}", f"{stop:%Y-%m}",
    ).schedule  # fmt: skip
    assert again is not None
    settled = {entry["period"] for entry in paid}
    assert all(row.due.high == 0 for row in again if row.period in settled)
