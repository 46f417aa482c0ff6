"""Facts, references and one node of every kind, for the tests of sentences."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from sgincentive.facts.spec import Fact
from sgincentive.facts.vocabularies import LEVELS
from sgincentive.nodes import conditions as c
from sgincentive.nodes import days as d
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Case, Condition, Day, Quantity
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.words import Text, Vocabulary


def ref(
    name: str,
    type: Any,
    zh: str,
    en: str,
    unit: str | None = None,
    vocabulary: Vocabulary | None = None,
    scope: Any = "subject",
) -> FactRef:
    fact = Fact(name, type, Text(zh, en), Text(zh + "？", en + "?"), unit, vocabulary, True)
    return FactRef(fact, scope, (name.rpartition(".")[2],))


LEVEL = ref("certificate.level", "level", "证书级别", "level", vocabulary=LEVELS, scope="claim")
ENGAGED = ref("post.engaged_level", "level", "聘任级别", "engaged level", vocabulary=LEVELS)
HUKOU = ref("hukou", "division", "户籍地", "household registration")
RESIDENCE = ref("residence", "division", "居住地", "place of residence")
VETERAN = ref("veteran", "bool", "退役军人", "veteran")
BORN = ref("birth_date", "date", "出生日期", "date of birth")
EXAM_YEAR = ref("exam_year", "year", "考试年度", "exam year")
WAGES = ref("wages", "money", "劳动成本", "labour cost", "CNY")
FUNDS = ref("funds", "money", "项目资金", "project funds", "CNY")
TOTAL = ref("total", "count", "工作人员总数", "all staff", "persons")
CERTIFIED = ref("certified", "count", "持证人数", "certified staff", "persons")
SERVED = ref("served", "months", "服务月数", "months of service", "months")
ROLE = ref("post.role", "word", "岗位", "role", scope="element")
POSTS = ListRef("posts", "post", ("posts",), "start", "start", "end")
PERSONS = ListRef("staff.persons", "person", ("staff", "persons"), None, None, None)

ON = d.QuestionDay("on")
APPLIED = d.QuestionDay("applied")
NEW_YEAR = d.DayConstant(date(2024, 1, 1), date(2024, 1, 1))
JUNE = d.DayConstant(date(2024, 6, 1), date(2024, 6, 30))
ROLE_IS = c.OneOf(ROLE, ("community_worker",))
POST_TEST = ListTest(POSTS, c.All((ROLE_IS,)), ON)
VET = c.IsTrue(VETERAN, True)
LOCAL = c.Within(HUKOU, ("330200", "331000"))
NOTE = Text("原文有歧义", "the text is ambiguous")
YUAN = q.Constant(100000)
MORE = q.Constant(300000)
WAGE = q.FactAmount(WAGES)
PART = q.Part("base", Text("基础奖", "base reward"), YUAN, VET)

CONDITIONS: list[Condition] = [
    VET,
    c.OneOf(LEVEL, ("assistant", "senior"), open=True),
    c.WordOrder(ENGAGED, "at_least", LEVEL, LEVELS),
    LOCAL,
    c.Compare(WAGE, "at_least", YUAN),
    c.Between(WAGE, YUAN, MORE),
    c.Equals(WAGE, YUAN, True),
    c.CompareDays(d.FactDay(BORN), "not_after", NEW_YEAR),
    c.CompareShare(
        WAGE, q.FactAmount(FUNDS), "at_least", q.Constant(Fraction(3, 10)), "not_applicable"
    ),
    c.All((VET, LOCAL)),
    c.AnyOf((VET, LOCAL)),
    c.Not(VET),
    c.AtLeastN(None, (VET, LOCAL)),
    c.Unless(LOCAL, VET),
    c.When(VET, LOCAL),
    c.Readings((VET, LOCAL), NOTE),
    c.NotStated(NOTE),
    c.Confirmed("review-passed", Text("评审通过", "review passed")),
    c.Named("local", LOCAL),
    c.Exists(POST_TEST),
    c.Every(POST_TEST, ROLE_IS, "holds"),
]
QUANTITIES: list[Quantity] = [
    YUAN,
    q.NotPublished(),
    q.Range(YUAN, MORE),
    WAGE,
    q.Year(d.FactDay(BORN)),
    q.FactYear(EXAM_YEAR, 1),
    q.ByFact(LEVEL, (("assistant", YUAN), ("senior", q.NotPublished())), YUAN),
    q.Brackets(q.FactAmount(SERVED), (q.Bracket(12, True, 24, False, YUAN),)),
    q.Cases(((VET, YUAN),), MORE),
    q.Sum((WAGE, YUAN)),
    q.Difference(WAGE, YUAN),
    q.Product((q.Constant(100000), q.FactAmount(TOTAL))),
    q.Quotient(WAGE, q.FactAmount(TOTAL)),
    q.ShareOf(q.Constant(Fraction(3, 10)), WAGE),
    q.Least((WAGE, YUAN)),
    q.Greatest((WAGE, YUAN)),
    q.Cap(WAGE, YUAN),
    q.Floor(WAGE, YUAN),
    q.Round(WAGE, 100, "down"),
    q.PerUnits(q.FactAmount(TOTAL), 100, "up", YUAN),
    q.PartAmount(PART),
    q.Parts((PART, q.Part("rest", None, MORE, None))),
    q.Let("base", YUAN),
    q.AmountReadings((YUAN, MORE)),
    q.Count(POST_TEST, ROLE),
    q.Months(POSTS, c.All((ROLE_IS,)), ON, NEW_YEAR, True),
    q.MonthsBetween(d.FactDay(BORN), ON),
    q.DaysBetween(d.FactDay(BORN), ON),
    q.YearsBetween(d.FactDay(BORN), ON),
    q.Statistic("minimum_wage", HUKOU, q.FactYear(EXAM_YEAR)),
    q.OverList("greatest", POST_TEST, WAGE),
]
DAYS: list[Day] = [
    JUNE,
    APPLIED,
    d.FactDay(BORN),
    d.MonthsLater(d.FactDay(BORN), 24),
    d.DayOfYear(EXAM_YEAR, 1, 12, 31),
    d.DayInYear(ON, 0, 1, 1),
    d.MonthStart(ON),
    d.DayByFact(EXAM_YEAR, ((2024, NEW_YEAR),)),
    d.ExtremeDay(True, (ON, NEW_YEAR)),
    d.DayReadings((ON, NEW_YEAR)),
]


def case(facts: dict[str, Any] | None = None, claim: dict[str, Any] | None = None) -> Case:
    day = date(2025, 1, 10)
    return Case(facts or {}, day, day, "zhejiang/ningbo/exam-reward", claim)
