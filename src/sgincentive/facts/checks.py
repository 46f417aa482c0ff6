"""Breaches between the fields of one part. Each check takes the known values by field name and
returns where they contradict each other; unknown values breach nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from sgincentive.facts.vocabularies import PLAIN_STATISTICS
from sgincentive.words import Text

Values = Mapping[str, Any]
Finding = tuple[str, Text]
"""A field and the sentence that says what it contradicts."""

_NOTHING: Final[list[Finding]] = []

# Lines that repeat the sum of others; they are not added to them.
PERSONNEL_PARTS: Final = ("wages", "social_insurance", "housing_fund", "bonuses", "staff_welfare")


def span(start: str, end: str, zh: str, en: str) -> Callable[[Values], list[Finding]]:
    """A check that ``end`` is not before ``start``."""

    def check(values: Values) -> list[Finding]:
        first, last = values.get(start), values.get(end)
        if first and last and last < first:
            return [(end, Text(zh, en))]
        return _NOTHING

    return check


post = span("start", "end", "结束日期早于开始日期", "the post ends before it starts")
spell = span("start", "end", "结束日期早于开始日期", "it ends before it starts")
education = span("enrolled", "graduated", "毕业日期早于入学日期", "graduated before enrolment")


def certificate(values: Values) -> list[Finding]:
    """Dates in order, and a level for a national certificate."""
    obtained: date | None = values.get("obtained")
    found: list[Finding] = []
    if obtained:
        registered, year = values.get("registered"), values.get("exam_year")
        if registered and registered < obtained:
            found.append(
                (
                    "registered",
                    Text(
                        "登记日期早于取得日期",
                        "the certificate was registered before it was obtained",
                    ),
                )
            )
        if year and obtained.year < year:
            found.append(
                (
                    "obtained",
                    Text("取得日期早于考试年度", "obtained before the year of the exam"),
                )
            )
    if (
        "level" in values
        and values["level"] is None
        and values.get("kind", "national") == "national"
    ):
        found.append(
            (
                "level",
                Text(
                    "全国证书必有级别；其他证书请写明 kind（证书种类）",
                    "a national certificate has a level; for another certificate give its kind",
                ),
            )
        )
    return found


def totals(values: Values) -> list[Finding]:
    """No count of staff above the total, no certified staff under 45 above all under 45."""
    total = values.get("total")
    found: list[Finding] = []
    if total is not None:
        said = Text("人数多于工作人员总数", "more than the total number of staff")
        found += [(name, said) for name, count in values.items() if count > total]
    young, certified = values.get("under_45"), values.get("certified_under_45")
    if young is not None and certified is not None and certified > young:
        said = Text("多于 45 岁以下人数", "more than the number of staff under 45")
        found.append(("certified_under_45", said))
    return found


def statistic(values: Values) -> list[Finding]:
    """A figure that is money has no part finer than a fen."""
    kind, value = values.get("kind"), values.get("value")
    if kind is None or kind in PLAIN_STATISTICS or value is None or value * 100 % 1 == 0:
        return _NOTHING
    return [("value", Text("金额最多两位小数", "money has at most two decimals"))]


def project(values: Values) -> list[Finding]:
    """Funds above 0, budget within the funds, an end not before the start, one
    value for each figure."""
    found = spell(values) or figures(values)
    funds = values.get("funds")
    if funds is None:
        return found
    found = list(found)
    if funds == 0:
        found.append(("funds", Text("项目资金必须大于 0", "the funds must be more than 0")))
        return found
    if _spent(values.get("budget") or {}) > funds:
        found.append(
            (
                "budget",
                Text("预算各项之和超过项目资金", "the budget lines add up to more than the funds"),
            )
        )
    lines = values.get("budget_lines")
    if lines and sum(line.get("amount", 0) for line in lines) > funds:
        found.append(
            (
                "budget_lines",
                Text("预算明细之和超过项目资金", "the budget lines add up to more than the funds"),
            )
        )
    return found


def _spent(budget: Values) -> Any:
    split = sum(budget.get(name, 0) for name in PERSONNEL_PARTS)
    others = sum(budget.values()) - split - budget.get("personnel", 0)
    return others + max(split, budget.get("personnel", 0))


def figures(values: Values) -> list[Finding]:
    """One value for each figure of a place and a year."""
    given = values.get("statistics")
    if not given or len(given) < 2:
        return _NOTHING
    seen: dict[tuple[Any, ...], Any] = {}
    for entry in given:
        key = tuple(entry.get(name) for name in ("kind", "division", "year"))
        value = entry.get("value")
        if None not in key and value is not None and seen.setdefault(key, value) != value:
            return [
                (
                    "statistics",
                    Text(
                        "同一地区、同一年度的同一指标有两个数值",
                        "two values of one figure for the same place and year",
                    ),
                )
            ]
    return _NOTHING


def organisation(values: Values) -> list[Finding]:
    """Founders with a certificate are founders; one value for each figure."""
    founders, certified = values.get("founders"), values.get("founders_certified")
    if founders is not None and certified is not None and certified > founders:
        return [
            (
                "founders_certified",
                Text("多于发起人总数", "more than the number of founders"),
            )
        ]
    return figures(values)
