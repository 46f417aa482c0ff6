"""What holds for what was paid before, in every benefit that is paid once."""

from __future__ import annotations

import pytest
from hypothesis import given

from sgincentive.decision import Decision, yuan
from sgincentive.facts import subject_from
from tests.properties.drawing import IDS, RULES, SEEDS, each
from tests.properties.scheme_cases import question
from tests.properties.scheme_values import Profile

ONCE = [id for id in IDS if RULES[id].scheme.kind in ("one_off", "refund")]


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
