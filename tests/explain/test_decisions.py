"""Whole decisions as JSON and in sentences."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sgincentive.decision import Claim, Decision, Finding, Missing, MonthRow
from sgincentive.explain.decision import (
    amount_text,
    explain,
    finding_line,
    found_words,
    outcome_text,
)
from sgincentive.explain.json import decision_json
from sgincentive.nodes import conditions as c
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition
from sgincentive.nodes.values import YES, ZERO, Bounds, exactly, fact_cause, text_cause, unknown
from sgincentive.schemes.model import (
    BenefitKind,
    Ledger,
    Requirement,
    Rhythm,
    Scheme,
    Source,
    Version,
    Window,
)
from sgincentive.words import Text
from tests.explain import explain_nodes as n

SOURCE = Source(
    "办法", "repost", publisher="某局", number="1号", date="not_stated", url="https://x"
)
VERSION = Version(
    id="2024",
    selected_by="applied",
    first=(date(2024, 1, 1), date(2024, 1, 1)),
    last=None,
    seen=None,
    last_confirmed=date(2025, 1, 31),
    last_confirmed_text="2025-01",
    sources=(SOURCE,),
    requirements=(),
    amount=None,
    ledger=Ledger(),
    window=Window(end=n.NEW_YEAR),
    rhythm=Rhythm(),
    statuses=(),
    unclear=(),
    items=(Text("免费培训", "free training"),),
)
CERTIFICATE = {"level": "social_worker", "exam_year": 2024, "obtained": date(2024, 12, 5)}


def scheme(kind: BenefitKind = "one_off") -> Scheme:
    return Scheme(
        id="zhejiang/ningbo/exam-reward",
        path="rules/x.yaml",
        title=Text("宁波奖励", "Ningbo reward"),
        records=(),
        subject="worker",
        applies_in=("330200",),
        issuer="某局",
        payer=Text("用人单位", "the employer"),
        kind=kind,
        per="best",
        versions=(VERSION,),
        digest="sha256:0",
    )


def decision(kind: BenefitKind = "one_off", **changes: Any) -> Decision:
    due = changes.pop("due", exactly(300000))
    outcome = changes.get("outcome", "eligible")
    claim = Claim(CERTIFICATE, 0, outcome, due, due, VERSION, ())
    made = Decision(
        scheme=scheme(kind),
        on=date(2025, 1, 10),
        outcome="eligible",
        version=VERSION,
        status=None,
        standing="confirmed",
        bounds=due,
        entitled_bounds=due,
        overpaid_fen=0,
        claims=(claim,),
        claim=claim,
        findings=(),
        missing=(),
        open_text=(),
        to_confirm=(),
        unclear=(),
    )
    return replace(made, **changes)


KEYS = {
    "scheme",
    "version",
    "outcome",
    "status",
    "standing",
    "last_confirmed",
    "benefit",
    "entitled",
    "overpaid",
    "schedule",
    "claims",
    "certificate",
    "requirements",
    "missing",
    "open_text",
    "unclear",
    "sources",
    "rule_digest",
}
NOT_PUBLISHED = Bounds(0, None, False, (text_cause(Text("无", "no")),))
FACT = (fact_cause("hukou"),)


def test_json_has_the_keys_of_the_contract() -> None:
    data = decision_json(decision(), "zh")
    assert set(data) >= KEYS
    json.dumps(data)
    assert data["benefit"] == {
        "kind": "one_off",
        "unit": "CNY",
        "min": "3000.00",
        "max": "3000.00",
        "published": True,
    }
    assert data["entitled"] == {"min": "3000.00", "max": "3000.00"}
    assert data["overpaid"] == "0.00"
    certificate = {"level": "social_worker", "exam_year": 2024, "obtained": "2024-12-05"}
    assert data["certificate"] == certificate
    assert data["claims"] == [
        {
            "certificate": certificate,
            "outcome": "eligible",
            "min": "3000.00",
            "max": "3000.00",
            "published": True,
        }
    ]
    assert data["sources"][0]["kind"] == "repost"
    assert data["sources"][0]["date"] is None
    assert (data["apply_by"], data["payer"]) == ("2024-01-01", "用人单位")
    assert (data["standing"], data["last_confirmed"]) == ("confirmed", "2025-01")


@pytest.mark.parametrize(
    ("kind", "changes", "low", "high", "unit", "published"),
    [
        ("one_off", {"due": NOT_PUBLISHED}, None, None, "CNY", False),
        ("one_off", {"due": NOT_PUBLISHED._replace(high=60000)}, "0.00", "600.00", "CNY", False),
        ("one_off", {"due": Bounds(100, None, True, FACT)}, "1.00", None, "CNY", True),
        ("one_off", {"due": ZERO, "outcome": "ineligible"}, "0.00", "0.00", "CNY", True),
        ("one_off", {"due": ZERO, "outcome": "not_in_force"}, None, None, "CNY", True),
        ("entitlement", {"due": ZERO}, None, None, None, True),
        ("verdict", {"due": ZERO, "outcome": "compliant"}, None, None, None, True),
        ("grade_steps", {"due": exactly(2)}, 2, 2, "steps", True),
        ("points", {"due": exactly(Fraction(5, 2))}, 2.5, 2.5, "points", True),
    ],
)
def test_json_amounts(
    kind: BenefitKind, changes: dict[str, Any], low: Any, high: Any, unit: Any, published: bool
) -> None:
    data = decision_json(decision(kind, **changes), "en")
    want = {"kind": kind, "unit": unit, "min": low, "max": high, "published": published}
    assert data["benefit"] == want
    assert (data["entitled"]["min"], data["claims"][0]["max"]) == (low, high)


def test_json_without_a_version() -> None:
    made = decision(outcome="not_in_force", version=None, nearest=VERSION, claim=None, due=ZERO)
    data = decision_json(made, "en")
    assert (data["version"], data["nearest_version"], data["standing"]) == (None, "2024", None)
    assert (data["certificate"], data["overpaid"], data["apply_by"]) == (None, None, None)
    assert "Nearest version: 2024" in explain(made, "en")
    bare = decision_json(replace(made, nearest=None), "en")
    assert bare["sources"] == []


def test_json_schedule() -> None:
    row = MonthRow("2024-01", "eligible", exactly(20000), ZERO, exactly(20000), Text("满", "ok"))
    data = decision_json(decision("monthly", schedule=(row,)), "zh")
    assert data["schedule"] == [
        {
            "month": "2024-01",
            "outcome": "eligible",
            "entitled": {"min": "200.00", "max": "200.00"},
            "paid": "0.00",
            "due": {"min": "200.00", "max": "200.00"},
            "reason": {"zh": "满", "en": "ok"},
        }
    ]


def test_json_requirements() -> None:
    case = n.case()
    findings = (
        Finding(Requirement("a", n.LOCAL, clause="第一条"), n.LOCAL.truth(case), True, case),
        Finding(Requirement("b", n.VET), YES, False, case),
    )
    rows = decision_json(decision(findings=findings), "en")["requirements"]
    assert (rows[0]["holds"], rows[0]["unknown_because"], rows[0]["clause"]) == (
        None,
        "fact",
        "第一条",
    )
    assert (rows[1]["holds"], rows[1]["applies"], rows[1]["unknown_because"]) == (True, False, None)


@pytest.mark.parametrize(
    ("kind", "due", "zh", "en"),
    [
        ("one_off", exactly(300000), "3,000.00 元", "CNY 3,000.00"),
        (
            "monthly",
            Bounds(20000, 60000, True, FACT),
            "200.00–600.00 元/月",
            "CNY 200.00–600.00 per month",
        ),
        ("one_off", NOT_PUBLISHED, "未公开标准", "amount not published"),
        ("one_off", Bounds(0, None, True, FACT), "金额未定", "amount not settled"),
        ("yearly", Bounds(100, None, True, FACT), "至少 1.00 元/年", "at least CNY 1.00 per year"),
        (
            "one_off",
            Bounds(0, 60000, False, FACT),
            "至多 600.00 元（部分标准未公开）",
            "at most CNY 600.00 (part of it not published)",
        ),
        ("grade_steps", exactly(1), "1 级", "1 step"),
        ("points", Bounds(2, 5, True, FACT), "2–5 分", "2–5 points"),
        ("verdict", ZERO, "", ""),
    ],
)
def test_amounts_in_words(kind: BenefitKind, due: Bounds, zh: str, en: str) -> None:
    made = decision(kind, due=due)
    assert (amount_text(made, "zh"), amount_text(made, "en")) == (zh, en)


def line(node: Condition, facts: dict[str, Any], lang: Any, **changes: Any) -> str:
    case = n.case(facts)
    made = Finding(Requirement("r", node, **changes), node.truth(case), True, case)
    return finding_line(made, lang)


SHARE = c.CompareShare(
    n.WAGE, q.FactAmount(n.FUNDS), "at_least", q.Constant(Fraction(1, 2)), "fails"
)
SERVED = c.Compare(q.FactAmount(n.SERVED), "at_least", q.Constant(12))


def test_lines() -> None:
    assert line(SERVED, {"served": 9}, "zh") == (
        "✗ 服务月数不少于 12 个月（实际 9 个月；差 3 个月）"
    )
    assert line(SERVED, {"served": 9}, "en", clause="art. 4").endswith(
        "(found 9 months; 3 months short; art. 4)"
    )
    facts = {"wages": 38_000_00, "funds": 100_000_00}
    assert "劳动成本差 12,000.00 元" in line(SHARE, facts, "zh")
    assert "12,000.00 yuan short" in line(SHARE, facts, "en")
    assert line(n.LOCAL, {}, "en").startswith("? household registration")
    assert "facts are missing" in line(n.LOCAL, {}, "en")
    assert "实际 浙江省宁波市海曙区" in line(n.LOCAL, {"hukou": "330203"}, "zh")
    late = c.CompareDays(n.APPLIED, "not_after", n.NEW_YEAR)
    assert "375 days too late" in line(late, {}, "en")
    early = c.CompareDays(n.APPLIED, "after", n.ON)
    assert "早了 1 天" in line(early, {}, "zh")
    over = c.Compare(n.WAGE, "at_most", n.YUAN)
    assert "1.00 yuan over" in line(over, {"wages": 100100}, "en")
    most = replace(SHARE, order="at_most")
    assert "too much" in line(most, {"wages": 60, "funds": 100}, "en")
    never = replace(SHARE, order="less_than", share=q.Constant(0))
    assert "no change" in line(never, {"wages": 60, "funds": 100}, "en")
    assert "指导性" in line(n.VET, {"veteran": True}, "zh", strength="guidance")
    between = c.Between(n.WAGE, n.YUAN, n.MORE)
    assert "yuan short" in line(between, {"wages": 1}, "en")
    off = Finding(Requirement("r", n.VET), YES, False, n.case())
    assert finding_line(off, "en") == "– veteran (not applicable)"


def test_a_whole_decision() -> None:
    case = n.case()
    made = decision(
        outcome="undetermined",
        due=Bounds(0, 300000, True, FACT),
        standing="presumed",
        entitled_bounds=exactly(300000),
        overpaid_fen=5000,
        findings=(Finding(Requirement("a", n.LOCAL), unknown(FACT), True, case),),
        missing=(
            Missing("hukou", "outcome", Fraction(1), Text("户籍在哪里？", "Where?"), "posts", 1),
            Missing("x", "amount", Fraction(1), Text("多少？", "How much?")),
        ),
        open_text=(Text("取整未写明", "rounding not stated"),),
        to_confirm=(("review-passed", Text("评审通过", "review passed")),),
        unclear=(Text("据报道", "from the press"),),
    )
    text = explain(replace(made, claims=made.claims * 2), "en")
    for words in (
        "Ningbo reward: not decided, at most CNY 3,000.00",
        "Paid by: the employer",
        "By certificate: entry 1",
        "Before what was paid earlier: CNY 3,000.00",
        "Overpaid by 50.00 yuan",
        "Apply by: 2024-01-01",
        "Presumed to be still in force: last confirmed 2025-01",
        "? household registration",
        "  - Where? (entry 2)",
        "  - How much? (changes only the amount)",
        "  - review passed [review-passed]",
        "  - rounding not stated",
        "  - from the press",
        "(repost) https://x",
    ):
        assert words in text
    assert "还缺少的信息：" in explain(made, "zh")


def test_other_outcomes() -> None:
    assert outcome_text("non_compliant", "zh") == "不合规"
    poor = decision(outcome="ineligible", due=ZERO)
    assert explain(poor, "zh").startswith("宁波奖励：不符合条件\n")
    kind = decision("entitlement", due=ZERO)
    assert "  - free training" in explain(kind, "en")
    drafted = decision(outcome="not_in_force", status="draft", version=None, due=ZERO)
    assert "Status: a draft" in explain(drafted, "en")


TIER = n.ref("post.area_tier", "text", "地区等级", "area tier")
PART_TIME = c.IsTrue(n.ref("part_time", "bool", "兼职", "part time"), True)


@pytest.mark.parametrize(
    ("node", "facts", "zh", "en"),
    [
        (c.OneOf(n.LEVEL, ("senior",)), {"level": "assistant"}, "实际 助理社会工作师",
         "found assistant social worker"),
        (c.OneOf(n.LEVEL, (None,)), {"level": "other"}, "实际 other", "found other"),
        (c.OneOf(TIER, ("一类",)), {"area_tier": "二类"}, "实际 二类", "found 二类"),
        (n.LOCAL, {"hukou": "110000"}, "实际 北京市", "found 北京市 (110000)"),
        (c.Compare(n.WAGE, "at_least", n.MORE), {"wages": 100000}, "实际 1,000.00 元",
         "found CNY 1,000.00"),
        (c.Compare(q.Range(n.YUAN, n.MORE), "more_than", n.MORE), {}, "", ""),
        (c.CompareShare(n.WAGE, q.FactAmount(n.FUNDS), "at_least", q.Constant(1), "fails"),
         {"wages": 100000, "funds": 400000}, "实际 25.00%", "found 25.00%"),
        (c.CompareShare(n.WAGE, q.FactAmount(n.FUNDS), "at_least", q.Constant(1), "fails"),
         {"wages": 0, "funds": 0}, "", ""),
        (c.Exists(n.POST_TEST), {"posts": []}, "", ""),
        (PART_TIME, {"part_time": False}, "", ""),
        (PART_TIME, {}, "", ""),
    ],
)  # fmt: skip
def test_what_was_found_in_words(node: Condition, facts: dict[str, Any], zh: str, en: str) -> None:
    case = n.case(facts, facts)
    finding = Finding(Requirement("r", node), node.truth(case), True, case)
    assert (found_words(finding, "zh"), found_words(finding, "en")) == (zh, en)


def test_a_draft_says_that_it_is_one() -> None:
    made = decision(status="draft")
    assert made.of_draft
    assert (
        explain(made, "en").splitlines()[0]
        == "Ningbo reward: eligible (in a draft only), CNY 3,000.00"
    )
    assert "（仅为征求意见稿）" in explain(made, "zh").splitlines()[0]
    assert not decision(status="draft", outcome="not_in_force").of_draft
