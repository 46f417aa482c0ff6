"""Every node has a sentence in both languages."""

from __future__ import annotations

import inspect
from abc import ABC
from dataclasses import replace
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from sgincentive.explain import sentences
from sgincentive.explain.sentences import condition, day, quantity
from sgincentive.explain.units import unit_of
from sgincentive.facts.vocabularies import LEVELS
from sgincentive.nodes import conditions as c
from sgincentive.nodes import days as d
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition, Day, Quantity
from sgincentive.nodes.lists import ListTest
from tests.explain import explain_nodes as n

LANGS = ("zh", "en")


def concrete(module: ModuleType, base: type[ABC]) -> set[type]:
    return {
        cls
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if issubclass(cls, base) and not inspect.isabstract(cls)
    }


@pytest.mark.parametrize(
    ("base", "module", "dispatch", "samples"),
    [
        (Condition, c, sentences.condition, n.CONDITIONS),
        (Quantity, q, sentences.phrase, n.QUANTITIES),
        (Day, d, sentences.day, n.DAYS),
    ],
)
def test_every_node_is_registered(
    base: type[ABC], module: ModuleType, dispatch: Any, samples: list[Any]
) -> None:
    kinds = concrete(module, base)
    default = dispatch.dispatch(object)
    assert {k for k in kinds if dispatch.dispatch(k) is default} == set()
    assert {type(s) for s in samples} == kinds


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("node", n.CONDITIONS, ids=lambda x: type(x).__name__)
def test_every_condition_gives_a_sentence(node: Condition, lang: Any) -> None:
    assert_words(condition(node, lang), lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("node", n.QUANTITIES, ids=lambda x: type(x).__name__)
def test_every_quantity_gives_a_phrase(node: Quantity, lang: Any) -> None:
    assert_words(quantity(node, lang, "money" if unit_of(node) in (None, "money") else None), lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("node", n.DAYS, ids=lambda x: type(x).__name__)
def test_every_day_gives_a_phrase(node: Day, lang: Any) -> None:
    assert_words(day(node, lang), lang)


def assert_words(text: str, lang: str) -> None:
    assert text.strip() == text != ""
    assert "<" not in text
    assert "None" not in text
    chinese = any("\u4e00" <= ch <= "\u9fff" for ch in text)
    places = "省" in text or "市" in text
    assert chinese or lang == "en" or text[0].isdigit()
    assert not chinese or lang == "zh" or places


@pytest.mark.parametrize(
    ("node", "zh", "en"),
    [
        (n.VET, "退役军人", "veteran"),
        (c.IsTrue(n.VETERAN, False), "非“退役军人”", "not: veteran"),
        (
            c.OneOf(n.LEVEL, ("assistant", "social_worker", "senior")),
            "证书级别为助理社会工作师、社会工作师或高级社会工作师",
            "level is assistant social worker, social worker or senior social worker",
        ),
        (c.OneOf(n.LEVEL, (None,)), "证书级别为无", "level is none"),
        (c.OneOf(n.LEVEL, (None,), True), "证书级别不是“无”", "level is not “none”"),
        (
            c.OneOf(n.LEVEL, ("senior",), True),
            "证书级别不是高级社会工作师",
            "level is not senior social worker",
        ),
        (
            c.WordOrder(n.LEVEL, "at_least", "senior", LEVELS),
            "证书级别不低于高级社会工作师",
            "level is at least senior social worker",
        ),
        (
            c.Within(n.HUKOU, ("330200",)),
            "户籍地在浙江省宁波市范围内",
            "household registration is within 浙江省宁波市 (330200)",
        ),
        (
            c.Within(n.HUKOU, n.RESIDENCE, True),
            "户籍地不在居住地范围内",
            "household registration is not within place of residence",
        ),
        (
            c.Compare(n.WAGE, "at_least", n.YUAN),
            "劳动成本不低于 1,000.00 元",
            "labour cost is at least CNY 1,000.00",
        ),
        (
            c.Compare(q.FactAmount(n.SERVED), "more_than", q.Constant(1)),
            "服务月数超过 1 个月",
            "months of service is more than 1 month",
        ),
        (
            c.Compare(q.FactYear(n.EXAM_YEAR), "at_least", q.Constant(2024)),
            "考试年度不早于 2024 年",
            "exam year is not before 2024",
        ),
        (
            n.CONDITIONS[8],
            "劳动成本占项目资金的比例不低于 30%",
            "labour cost as a share of project funds is at least 30%",
        ),
        (c.All(()), "没有条件", "no condition"),
        (c.AnyOf((n.VET,)), "退役军人", "veteran"),
        (
            c.All((n.VET, c.Named("x", c.All((c.AnyOf((n.VET,)),))))),
            "退役军人，且退役军人",
            "veteran and veteran",
        ),
        (
            c.AtLeastN(1, (n.VET, n.LOCAL)),
            "符合下列情形中的至少 1 项：退役军人；户籍地在浙江省宁波市或浙江省台州市范围内",
            "at least 1 of these hold: veteran; household registration is within "
            "浙江省宁波市 (330200) or 浙江省台州市 (331000)",
        ),
        (
            c.Readings((n.VET, c.IsTrue(n.VETERAN, False))),
            "按不同理解：退役军人；或：非“退役军人”",
            "read either way: veteran; or: not: veteran",
        ),
        (
            c.All((n.VET, c.AnyOf((n.VET, c.IsTrue(n.VETERAN, False))))),
            "退役军人，且（退役军人，或非“退役军人”）",
            "veteran and (veteran or not: veteran)",
        ),
        (
            c.Exists(ListTest(n.POSTS, c.All(()), n.ON)),
            "有判定日期当日的“工作经历”",
            "there is an entry in “posts” covering the date asked about",
        ),
    ],
)
def test_conditions_read_well(node: Condition, zh: str, en: str) -> None:
    assert (condition(node, "zh"), condition(node, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("node", "unit", "zh", "en"),
    [
        (q.Constant(100000), "money", "1,000.00 元", "CNY 1,000.00"),
        (q.Constant(100000), None, "100,000", "100,000"),
        (q.Constant(Fraction(1, 3)), "share", "1/3", "1/3"),
        (
            q.Brackets(q.FactAmount(n.SERVED), (
                q.Bracket(None, False, 12, False, n.YUAN), q.Bracket(12, True, None, False, n.MORE),
            )),
            "money",
            "按服务月数：少于 12 个月的 1,000.00 元；不少于 12 个月的 3,000.00 元",
            "by months of service: less than 12 months CNY 1,000.00; at least 12 months CNY 3,000.00",
        ),
        (
            q.Brackets(q.FactAmount(n.SERVED), (q.Bracket(None, False, None, False, n.YUAN),)),
            "money",
            "按服务月数：任何数目的 1,000.00 元",
            "by months of service: any number CNY 1,000.00",
        ),
        (q.FactYear(n.EXAM_YEAR, -1), None, "考试年度前第 1 年", "1 year before exam year"),
        (q.FactYear(n.EXAM_YEAR, 2), None, "考试年度后第 2 年", "2 years after exam year"),
        (
            q.ByFact(n.TOTAL, ((3, n.YUAN),)),
            "money",
            "按工作人员总数：3 1,000.00 元",
            "by all staff: 3 CNY 1,000.00",
        ),
        (
            q.Statistic("grade_coefficient", "330200", q.Constant(2024), False),
            None,
            "浙江省宁波市2024 年等级系数",
            "grade coefficient of 浙江省宁波市 (330200) in 2024",
        ),
        (q.Constant(Fraction(3, 10)), None, "30%", "30%"),
        (q.Range(None, n.YUAN), "money", "至多 1,000.00 元", "at most CNY 1,000.00"),
        (q.Range(n.YUAN, None), "money", "至少 1,000.00 元", "at least CNY 1,000.00"),
        (
            n.QUANTITIES[11],
            "money",
            "1,000.00 元 × 工作人员总数",
            "CNY 1,000.00 × all staff",
        ),
        (q.Count(ListTest(n.PERSONS, c.All(()))), None, "“工作人员”的数目",
         "the number of entries in “staff”"),
    ],
)  # fmt: skip
def test_quantities_read_well(node: Quantity, unit: str | None, zh: str, en: str) -> None:
    assert (quantity(node, "zh", unit), quantity(node, "en", unit)) == (zh, en)


def test_unknown_days_are_said_so() -> None:
    assert day(d.day_not_stated(), "zh") == "未写明的日期"
    assert day(n.JUNE, "en") == "a day from 2024-06-01 to 2024-06-30"
    assert day(d.MonthsLater(n.APPLIED, -1), "en") == "1 month before the date of application"


def test_a_day_in_the_year_of_a_date() -> None:
    node = d.DayOfYear(n.BORN, 0, 12, 31)
    assert day(node, "zh") == "出生日期所在年份的 12 月 31 日"
    assert day(node, "en") == "12-31 (month-day) of the year of date of birth"


def test_a_statistic_that_is_no_money_is_no_money() -> None:
    """A coefficient is compared as the number it is."""
    of = q.Statistic("grade_coefficient", "330200", q.Constant(2024), False)
    assert unit_of(of) is None
    assert condition(c.Compare(of, "at_least", q.Constant(2)), "en").endswith("at least 2")
    assert unit_of(replace(of, kind="minimum_wage", money=True)) == "money"


def test_an_unregistered_node_is_refused() -> None:
    for dispatch in (sentences.condition, sentences.base.subject, sentences.day):
        with pytest.raises(NotImplementedError):
            dispatch(object(), "zh")  # type: ignore[arg-type]
    with pytest.raises(NotImplementedError):
        quantity(object(), "zh", "money")  # type: ignore[arg-type]
