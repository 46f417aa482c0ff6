"""People who work elsewhere are refused at once, as the engine would refuse them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import sgincentive as sg
from sgincentive.engine.elsewhere import Elsewhere, refusal
from sgincentive.facts import subject_from, view
from sgincentive.ruleset import MANY, WORTH_COMPILING, WORTH_FUSING

RULES = sg.load_rules()
REFUSING = [scheme for scheme in RULES.schemes(subject="worker") if refusal(scheme) is not None]
FAR = "659001"
ON = date(2025, 1, 10)


def worker(**facts: Any) -> dict[str, Any]:
    return dict(view(subject_from({"subject": "worker", **facts})))


def moved(given: dict[str, Any]) -> dict[str, Any]:
    """The same person with every post in a far place."""
    posts = [{**post, "division": FAR} for post in given.get("posts") or [{}]]
    partial = [name for name in given.get("partial", ()) if name != "posts"]
    return {**given, "posts": posts, "partial": partial}


@pytest.mark.parametrize("scheme", REFUSING, ids=lambda s: s.id)
def test_the_engine_refuses_too(scheme: Any) -> None:
    how = refusal(scheme)
    assert how is not None
    asked = 0
    for example in scheme.examples[:6]:
        subject = subject_from(moved(example.given))
        facts = view(subject)
        on = example.on or ON
        applied = facts.get("applied") or on
        (found,) = Elsewhere([scheme]).of(facts) or [None]
        assert found == how
        if how.first <= (applied if how.by_applied else on) <= how.last:
            whole = RULES.decide(scheme, subject, on)
            assert (scheme.id, whole.outcome, *whole.bounds[:3]) == how.row[:5]
            assert not whole.missing
            asked += 1
    assert asked


def test_most_schemes_of_workers_are_sorted_out() -> None:
    assert len(REFUSING) > len(RULES.schemes(subject="worker")) / 3


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"posts": [{"start": "2020-01-01"}]},
        {"posts": [{"division": FAR}, {}]},
        {"posts": [{"division": FAR}], "partial": ["posts"]},
    ],
)
def test_what_is_not_known_refuses_nobody(facts: dict[str, Any]) -> None:
    assert Elsewhere(REFUSING).of(worker(**facts)) is None


def test_a_place_above_or_inside_refuses_nobody() -> None:
    (scheme,) = [s for s in REFUSING if s.id == "zhejiang/taizhou/certificate-reward"]
    for place, refused in (("331000", False), ("331002", False), ("330000", False), (FAR, True)):
        found = Elsewhere([scheme]).of(worker(posts=[{"division": place}]))
        assert found is not None
        assert (found[0] is not None) is refused


def test_somebody_without_posts_works_nowhere() -> None:
    found = Elsewhere(REFUSING).of(worker(posts=[]))
    assert found is not None
    assert None not in found


def test_a_rule_set_gives_the_same_rows_from_the_first_question_to_the_last() -> None:
    rules = sg.load_rules()
    subject = subject_from(
        {
            "subject": "worker",
            "certificates": [{"level": "senior", "exam_year": 2024, "obtained": "2024-12-05"}],
            "posts": [{"role": "community_worker", "division": FAR, "start": "2020-01-01",
                       "end": None, "social_work": True}],
            "received": [],
        }
    )  # fmt: skip
    assert len(rules.schemes(subject="worker")) >= MANY
    first = rules.outcomes(subject, ON, everywhere=True)
    for _ in range(max(WORTH_COMPILING, WORTH_FUSING) + 2):
        assert rules.outcomes(subject, ON, everywhere=True) == first


def test_the_places_remembered_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sgincentive.engine.elsewhere.MOST_REMEMBERED", 2)
    elsewhere = Elsewhere(REFUSING)
    first = elsewhere.of(worker(posts=[{"division": FAR}]))
    for place in ("331002", "330203", "110101"):
        elsewhere.of(worker(posts=[{"division": place}]))
        assert len(elsewhere.outside) <= 2
    assert elsewhere.of(worker(posts=[{"division": FAR}])) == first
