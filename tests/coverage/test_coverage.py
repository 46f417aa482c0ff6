"""Every record has a rule file or a reason, and every division says which of the three holds."""

from __future__ import annotations

from pathlib import Path

import pytest

import sgincentive as sg
from sgincentive.coverage import Coverage, Reason, Record, records, report
from sgincentive.coverage.page import coverage_markdown
from sgincentive.coverage.words import (
    division_json,
    places_covered,
    record_json,
    sentence,
)
from sgincentive.divisions import ancestors, children, get
from sgincentive.ruleset import Rules
from sgincentive.words import Text

ROOT = Path(__file__).parents[2]
# Records that wait for their rule file. The list may only get shorter: lower the number with it.
GAPS: list[str] = []
MOST_GAPS = 0

RULES = sg.load_rules()
SCHEMES = {id: RULES[id].scheme for id in RULES}
COVERAGE = RULES.coverage()
NINGBO = "zhejiang/ningbo/exam-reward"
FRAMEWORK = Reason(
    "gansu.framework",
    ("620000", "620100@self"),
    Text("框架", "framework"),
    Text("无数字", "no number"),
)
FEW = {
    id: SCHEMES[id]
    for id in (NINGBO, "zhejiang/settlement-and-housing", "heilongjiang/qitaihe/procurement")
}


def test_the_list_of_records_is_whole() -> None:
    ids = [each.id for each in records()]
    assert ids == sorted(set(ids))
    assert len(ids) == 269


def test_every_record_has_a_rule_file_or_a_reason() -> None:
    found = {each.record.id: each for each in COVERAGE.records()}
    gaps = [id for id, each in found.items() if each.state == "not_encoded"]
    assert gaps == GAPS, "neither a rule file nor a reason, or a known gap that is closed"
    assert len(GAPS) <= MOST_GAPS


def test_no_record_has_both_a_rule_file_and_a_reason() -> None:
    assert [r.record.id for r in COVERAGE.records() if r.schemes and r.record.reason] == []


def test_every_rule_file_names_records_of_the_list() -> None:
    listed = {each.id for each in records()}
    assert {r for s in SCHEMES.values() for r in s.records} <= listed


def test_a_reason_has_a_place_a_title_and_both_languages() -> None:
    for each in records():
        reason = each.reason
        if reason is None:
            continue
        assert reason.record == each.id
        assert reason.divisions
        for code in reason.divisions:
            assert get(code).code == code
        for text in (reason.title, reason.why):
            assert text.zh
            assert text.en
            assert text.zh != text.en


def test_the_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "coverage.md").read_text("utf-8") == coverage_markdown(SCHEMES)


def test_the_page_is_linked() -> None:
    assert "(docs/coverage.md)" in (ROOT / "README.md").read_text("utf-8")


# ------------------------------------------------------------------------ one division


@pytest.fixture
def one_without_terms(monkeypatch: pytest.MonkeyPatch) -> Coverage:
    """Three schemes, with one record without terms for Gansu and one that is a gap."""
    known = (
        Record("gap.record"),
        Record("gansu.framework", FRAMEWORK),
        Record("ningbo.certificate_reward.2024"),
    )  # fmt: skip
    monkeypatch.setattr(report, "records", lambda: known)
    return Coverage(FEW.values())


def test_the_three_states(one_without_terms: Coverage) -> None:
    found = {code: one_without_terms.of(code) for code in ("330200", "620000", "620102")}
    assert [each.state for each in found.values()] == [
        "encoded", "no_computable_terms", "nothing_on_record",
    ]  # fmt: skip
    assert found["330200"].schemes == (NINGBO,)
    assert found["620000"].reasons == (FRAMEWORK,)
    assert one_without_terms.of("620100").state == "no_computable_terms", "the level of the city"
    states = [each.state for each in one_without_terms.records()]
    assert states == ["not_encoded", "no_computable_terms", "encoded"]


def test_records_and_divisions_as_data(one_without_terms: Coverage) -> None:
    gap, framework, ningbo = one_without_terms.records()
    assert record_json(gap, "en") == {
        "record": "gap.record", "state": "not_encoded", "files": [], "why": None,
    }  # fmt: skip
    assert record_json(framework, "en")["why"] == "no number"
    assert record_json(framework, "zh")["why"] == "无数字"
    assert record_json(ningbo, "zh")["files"] == ["zhejiang/ningbo/exam-reward.yaml"]
    gansu = division_json(one_without_terms.of("620000"), "en")
    assert gansu == {
        "division": "620000",
        "name": "甘肃省",
        "state": "no_computable_terms",
        "schemes": [],
        "records": ["gansu.framework"],
        "why": "no number",
    }
    assert division_json(one_without_terms.of("330200"), "en")["why"] is None


def test_up_and_down(one_without_terms: Coverage) -> None:
    codes = [each.code for each in one_without_terms.upwards("330203")]
    assert codes == ["330203", "330200", "330000", "000000"]
    inside = [each.code for each in one_without_terms.inside("330200")]
    assert inside == ["330200", *children("330200")]
    assert [each.code for each in one_without_terms.on_record()][-2:] == ["620000", "620100"]


def test_an_ended_code_is_covered_where_it_is_now() -> None:
    ended = COVERAGE.of("350681")  # 龙海市, since 2021 a district
    assert ended.code == "350604"
    assert COVERAGE.of("330200@self").code == "330200"


def test_places_of_a_profile_each_once_the_most_precise_first(one_without_terms: Coverage) -> None:
    found = places_covered(one_without_terms, {"330203", "330200", "620102"})
    assert [each.code for each in found] == [
        "330203", "620102", "330200", "620100", "330000", "620000", "000000",
    ]  # fmt: skip
    assert places_covered(one_without_terms, set()) == []


def test_in_a_sentence(one_without_terms: Coverage) -> None:
    found = one_without_terms.upwards("620000")
    assert sentence(found, "en") == (
        "On record: 甘肃省 on record without computable terms; "
        "全国 nothing on record. Nothing on record does not mean that nothing is due."
    )
    assert sentence(found, "zh") == (
        "收录情况：甘肃省 有记录，但没有可计算的条款；全国 没有记录。没有记录不等于没有待遇。"
    )


def test_the_page_of_some_records(one_without_terms: Coverage) -> None:
    page = coverage_markdown(FEW)
    assert "Of 3 records, 1 have rule files, 1 state nothing" in page
    assert "Still to be encoded: `gap.record`." in page
    assert "| 甘肃省 | 620000 | 框架 framework: no computable terms: 无数字 no number |" in page
    assert (
        "[宁波市全国社会工作者职业水平考试奖励](../rules/zhejiang/ningbo/exam-reward.yaml)" in page
    )


def test_one_kind_of_subject() -> None:
    rules = Rules(FEW.values())
    assert rules.coverage("project").of("330200").state == "nothing_on_record"
    assert rules.coverage("worker").of("330200").state == "encoded"
    assert rules.coverage().of("230900").schemes == ("heilongjiang/qitaihe/procurement",)


def test_every_current_division_is_counted_once() -> None:
    inside = COVERAGE.inside("000000")
    codes = [each.code for each in inside]
    assert len(codes) == len(set(codes)) > 3000
    assert all(not get(code).ended for code in codes)
    assert all(each.code in codes for each in COVERAGE.on_record())
    assert all(ancestors(code)[-1:] == ("000000",) for code in codes[1:])
