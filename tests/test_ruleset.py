"""A set of rule files in Python: named schemes, decisions found when asked for, quick answers."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars
import pytest

import sgincentive as sg
from sgincentive import ruleset
from sgincentive.decision import Decision
from sgincentive.ruleset import DECISION_FIELDS, WORTH_COMPILING, WORTH_FUSING, LazyDecision
from tests.samples.samples import REWARD, sample_worker

ON = date(2025, 1, 10)
CASES = """\
    amount: {cases: [{when: {fact: certificate.level, is: senior}, value: 5}, {otherwise: 1000}]}
"""
WORKER = sg.Worker.model_validate(sample_worker())
LEVEL_UNKNOWN = sg.Worker.model_validate(
    {**sample_worker(), "certificates": [{"obtained": "2024-12-05"}]}
)


@pytest.fixture
def rules(tmp_path: Path) -> sg.Rules:
    (tmp_path / "once.yaml").write_text(REWARD, "utf-8")
    (tmp_path / "cases.yaml").write_text(REWARD.replace("    amount: 1000\n", CASES), "utf-8")
    project = REWARD.replace("subject: worker", "subject: project").replace(
        "{fact: certificate.level, one_of: [assistant, social_worker, senior]}",
        "{fact: funds, at_least: 1}",
    )
    (tmp_path / "project.yaml").write_text(project, "utf-8")
    return sg.load_rules(tmp_path)


def test_an_unknown_id_names_the_nearest(rules: sg.Rules) -> None:
    with pytest.raises(sg.UnknownScheme) as caught:
        rules["onse"]
    assert caught.value.nearest == "once"
    assert str(caught.value) == "unknown scheme 'onse'; did you mean once?"
    with pytest.raises(KeyError, match="unknown scheme 'zhejiang'"):
        rules["zhejiang"]
    assert "zhejiang" not in rules


def test_a_scheme_is_asked_about_its_own_kind_of_subject(rules: sg.Rules) -> None:
    assert rules["once"].id == "once"
    with pytest.raises(ValueError, match="project asks about a project"):
        rules["project"].check(WORKER, ON)


def asked_often(rules: sg.Rules, subject: sg.Worker) -> Iterator[dict[str, Decision]]:
    """The decisions of one question asked again and again: by the engine first, then by functions
    made for it."""
    for _ in range(WORTH_FUSING + 2):
        yield {decision.scheme.id: decision for decision in rules.check(subject, ON)}


@pytest.mark.parametrize("subject", [WORKER, LEVEL_UNKNOWN])
def test_decisions_found_when_asked_for_are_the_whole_ones(
    rules: sg.Rules, subject: sg.Worker
) -> None:
    whole = {id: rules[id].check(subject, ON) for id in ("once", "cases")}
    kinds = set()
    for found in asked_often(rules, subject):
        assert set(found) == {"once", "cases"}
        for id, decision in found.items():
            kinds.add(type(decision))
            assert decision.outcome == whole[id].outcome
            assert decision.bounds == whole[id].bounds
            assert decision.amount == whole[id].amount
            assert decision.missing == whole[id].missing
            assert decision.requirements == whole[id].findings
            assert [getattr(decision, n) for n in DECISION_FIELDS] == [
                getattr(whole[id], n) for n in DECISION_FIELDS
            ]
    assert kinds == {Decision, LazyDecision}


def test_a_decision_found_when_asked_for_travels_whole(rules: sg.Rules) -> None:
    *_, found = asked_often(rules, WORKER)
    lazy = found["once"]
    assert isinstance(lazy, LazyDecision)
    with pytest.raises(AttributeError):
        lazy.nothing  # noqa: B018
    again = pickle.loads(pickle.dumps(lazy))
    assert type(again) is Decision
    assert again.outcome == lazy.outcome == "eligible"
    assert again.to_json() == lazy.to_json()


def test_outcomes_stay_the_same_however_often_they_are_asked(rules: sg.Rules) -> None:
    first = rules.outcomes(LEVEL_UNKNOWN, ON)
    assert [row[:4] for row in first] == [
        ("cases", "undetermined", 0, 100000),
        ("once", "undetermined", 0, 100000),
    ]
    for _ in range(WORTH_FUSING + 2):
        assert rules.outcomes(LEVEL_UNKNOWN, ON) == first
    known = rules.outcomes(WORKER, ON)
    assert [row[:4] for row in known] == [
        ("cases", "eligible", 100000, 100000),
        ("once", "eligible", 100000, 100000),
    ]
    elsewhere = sg.Worker.model_validate({**sample_worker(), "hukou": "330205"})
    for _ in range(WORTH_FUSING + 2):
        assert rules.outcomes(elsewhere, ON) == rules.outcomes(WORKER, ON) == known


def test_everywhere_means_every_scheme_each_time(rules: sg.Rules) -> None:
    far = sg.Worker.model_validate({"subject": "worker", "hukou": "110101", "residence": "110101"})
    assert rules.check(far, ON) == []
    for _ in range(2):
        assert [d.scheme.id for d in rules.check(far, ON, everywhere=True)] == ["cases", "once"]


def test_a_file_whose_place_is_none_concerns_everybody_until_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(REWARD.replace('"330200"', '"999999"'), "utf-8")
    loaded = ruleset.read_rules([tmp_path], places=frozenset({"330203"}))
    assert loaded.broken_ids == ("a",)
    assert [each.text.en for each in loaded.problems] == ["no such division"]


def test_the_choices_remembered_have_a_limit(
    rules: sg.Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ruleset, "MOST_CHOSEN", 2)
    first = rules.outcomes(WORKER, ON)
    for place in ("330203", "330205", "330206"):
        other = sg.Worker.model_validate({**sample_worker(), "hukou": place})
        assert rules.outcomes(other, ON) == first
        assert len(rules._chosen) <= 2
    assert WORTH_COMPILING > 1
    assert rules.outcomes(WORKER, ON) == first


def test_a_table_is_answered_beside_its_own_columns(rules: sg.Rules) -> None:
    frame = polars.DataFrame(
        {"name": ["甲", "乙"], "certificate.level": ["senior", None],
         "certificate.obtained": ["2024-12-05", "2024-12-05"], "received": ["none", "none"]}
    )  # fmt: skip
    asked = rules.check_table(frame, on=ON, schemes=["once"])
    assert asked.columns[:4] == frame.columns
    assert asked["once:outcome"].to_list() == ["eligible", "undetermined"]
