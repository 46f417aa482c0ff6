"""Tables of cases for days, lists, statistics and numbers that are open at an end."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from sgincentive.nodes import quantities as q
from sgincentive.nodes import values
from sgincentive.nodes.building import Broken
from sgincentive.nodes.values import Bounds, text_cause
from sgincentive.nodes.walk import facts_read, grain, reads_claim
from sgincentive.words import Text
from tests.nodes.written import _tree, amount, scope, truth

CERT = {"level": "social_worker", "exam_year": 2024, "obtained": "2024-02-29"}
POST = {"role": "community_worker", "division": "330203", "start": "2021-03-01", "end": None,
        "wage": 3000}  # fmt: skip
FULL: dict[str, Any] = {
    "certificates": [CERT], "posts": [POST], "hukou": "330203", "birth_date": "1990-05-01",
    "appraisals": [{"year": 2023, "result": "excellent"}, {"year": 2024, "result": "failed"}],
    "statistics": [
        {"kind": "average_wage", "division": "330000", "year": 2023, "value": 7000},
        {"kind": "average_wage", "division": "330200", "year": 2023, "value": 8000},
    ],
}  # fmt: skip


def figure(division: str | None, value: int | None = None, **more: Any) -> dict[str, Any]:
    """A figure of 2023; what is None is left out."""
    made = {"kind": "average_wage", "division": division, "year": 2023, "value": value, **more}
    return {k: v for k, v in made.items() if v is not None}


# The figure of the place itself counts whatever else is known of wider places.
FIGURES: list[tuple[list[dict[str, Any]], dict[str, Any], int, int | None]] = [
    ([figure("330203", 9), figure("330200")], {}, 900, 900),
    ([figure("330200"), figure("330203", 9)], {}, 900, 900),
    ([figure("330203", 9), figure("330203", 8, kind=None)], {}, 900, 900),
    ([figure("330203", 9)], {"partial": ["statistics"]}, 900, 900),
    ([figure("330200", 9), figure("330000")], {}, 900, 900),
    ([figure("330200"), figure("330200", 9)], {}, 900, 900),
    ([figure("330200", 9), figure(None, 8)], {}, 0, None),
    ([figure("330200", 9), figure("330203", 8, year=None)], {}, 0, None),
    ([figure("330203"), figure("330200", 9)], {}, 0, None),
    ([figure("330200", 9)], {"partial": ["statistics"]}, 0, None),
]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2025-01-10", "2025-01-10"),
        ("on", "2025-01-10"),
        ("applied", "2025-01-10"),
        ("{fact: certificate.obtained}", "2024-02-29"),
        ("{add_months: [{fact: certificate.obtained}, 12]}", "2025-02-28"),
        ("{add_months: [2024-01-31, 1]}", "2024-02-29"),
        ("{add_months: [on, -12]}", "2024-01-10"),
        ("{day_of_year: certificate.exam_year, month: 12, day: 31}", "2024-12-31"),
        ("{day_of_year: certificate.obtained, years: 1, month: 2, day: 30}", "2025-02-28"),
        ("{day_of_year: on, month: 1, day: 1}", "2025-01-01"),
        ("{first_of_month: on}", "2025-01-01"),
        ("{first_of_month: {fact: certificate.obtained}}", "2024-02-01"),
        ("{day_of_year: applied, years: -1, month: 12, day: 31}", "2024-12-31"),
        ("{by: certificate.exam_year, 2023: 2023-08-31, 2024: 2024-09-01}", "2024-09-01"),
        ("{earliest: [2024-01-01, on]}", "2024-01-01"),
        ("{latest: [2024-01-01, on]}", "2025-01-10"),
        ("{readings: [2024-01-01, 2024-01-01]}", "2024-01-01"),
    ],
)
def test_days(day: str, found: str) -> None:
    assert truth(f"{{day: {day}, not_before: {found}}}", FULL).value is True
    assert truth(f"{{day: {day}, not_after: {found}}}", FULL).value is True


@pytest.mark.parametrize(
    ("day", "profile", "other", "value"),
    [
        ("{by: certificate.exam_year, 2023: 2023-08-31}", FULL, "2024-01-01", None),
        ("{by: certificate.exam_year, 2023: 2023-08-31}", {}, "2024-01-01", None),
        ("{day_of_year: certificate.exam_year, month: 12, day: 31}", {}, "2024-01-01", None),
        ("{readings: [2024-01-01, 2024-06-01]}", FULL, "2024-03-01", None),
        ("{readings: [2024-01-01, 2024-06-01]}", FULL, "2024-07-01", False),
        ("{not_before: 2024-01-01, not_after: 2024-06-01}", FULL, "2024-03-01", None),
        ("{not_before: 2024-01-01, not_after: 2024-06-01}", FULL, "2023-12-31", True),
        ("{fact: certificate.obtained}", {}, "2024-03-01", None),
        ("not_stated", FULL, "2024-03-01", None),
        ("{first_of_month: {fact: certificate.obtained}}", {}, "2024-03-01", None),
    ],
)
def test_open_days(day: str, profile: dict[str, Any], other: str, value: bool | None) -> None:
    assert truth(f"{{day: {day}, after: {other}}}", profile).value is value


@pytest.mark.parametrize(
    ("text", "profile", "unit", "low", "high"),
    [
        ("{years_between: [{fact: birth_date}, on]}", FULL, "years", 34, 34),
        ("{years_between: [{fact: birth_date}, 2025-05-01]}", FULL, "years", 35, 35),
        ("{years_between: [{fact: birth_date}, 2025-04-30]}", FULL, "years", 34, 34),
        ("{days_between: [2024-02-28, 2024-03-01]}", FULL, "days", 2, 2),
        ("{days_between: [2024-03-01, 2024-02-28]}", FULL, "days", 0, 0),
        ("{year_of: {fact: certificate.obtained}}", FULL, "year", 2024, 2024),
        ("{fact: certificate.exam_year, years: -1}", FULL, "year", 2023, 2023),
        ("{count: appraisals}", FULL, "number", 2, 2),
        ("{count: appraisals, where: [{fact: result, at_least: qualified}]}", FULL, "number", 1, 1),
        ("{count: appraisals, distinct: result}", FULL, "number", 2, 2),
        ("{count: appraisals, distinct: year}", {"appraisals": [{}, {"year": 2024}]}, "number", 1, 2),
        ("{count: appraisals}", {}, "number", 0, None),
        ("{statistic: average_wage, division: {fact: hukou}, year: {fact: certificate.exam_year, "
         "years: -1}}", FULL, "money", 800000, 800000),
        ('{statistic: average_wage, division: "330300", year: 2023}', FULL, "money", 700000, 700000),
        ("{statistic: average_wage, division: {fact: hukou}, year: 2020}", FULL, "money", 0, None),
        ("{statistic: average_wage, division: {fact: hukou}, year: 2020}", {}, "money", 0, None),
        *(
            ('{statistic: average_wage, division: "330203", year: 2023}',
             {"statistics": given, **more}, "money", low, high)
            for given, more, low, high in FIGURES
        ),
        ("{over: posts, take: least, value: {fact: wage}}", FULL, "money", 300000, 300000),
        ("{over: posts, take: sum, value: {fact: wage}}", {"posts": []}, "money", 0, 0),
        ("{over: posts, take: sum, value: {fact: wage}}", {}, "money", 0, None),
        ("{over: posts, take: sum, value: {fact: wage}}", {**FULL, "partial": ["posts"]}, "money",
         300000, None),
        ("{over: posts, take: least, value: {fact: wage}}", {**FULL, "partial": ["posts"]}, "money",
         0, 300000),
        ("{over: posts, take: greatest, where: [{fact: full_time, is: true}], value: {fact: wage}}",
         FULL, "money", 0, 300000),
        ("{over: posts, take: least, where: [{fact: full_time, is: true}], value: {fact: wage}}",
         FULL, "money", 0, 300000),
        ("{quotient: [{over: posts, take: sum, value: {fact: wage}}, {count: posts}]}", FULL,
         "money", 300000, 300000),
        ("{quotient: [100, 0]}", FULL, "money", 0, None),
        ("{quotient: [100, {count: appraisals}]}", {}, "money", 0, None),
        ("{by: certificate.exam_year, 2024: 5, otherwise: 7}", FULL, "money", 500, 500),
        ("{by: veteran, true: 5, false: 7}", {"veteran": True}, "money", 500, 500),
        ("{by: veteran, true: 5, false: 7}", {}, "money", 500, 700),
        ("{brackets: [{more_than: 0, at_most: 1, value: 5}], of: {count: appraisals}}", FULL,
         "money", 0, None),
        ("{brackets: [{less_than: 2, value: 5}, {at_least: 2, less_than: 9, value: 6}], of: "
         "{count: appraisals}}", {}, "money", 0, None),
        ("{at_least: {range: [5, 6]}}", FULL, "money", 500, None),
        ("{not_published: {zh: 未公开, en: never seen}}", FULL, "money", 0, None),
        ("{months_between: [{fact: certificate.obtained}, on]}", {}, "months", 0, 1500),
    ],
)  # fmt: skip
def test_more_amounts(
    text: str, profile: dict[str, Any], unit: str, low: int, high: int | None
) -> None:
    found = amount(text, profile, unit)
    assert found.low == low
    assert found.high == high or (high is not None and found.high is not None and high > 1000)


@pytest.mark.parametrize(
    ("text", "finest"),
    [
        ("1000", 100000),
        ("{share_of: 1000, share: 80%}", 80000),
        ("{product: [10, {count: posts}]}", 1000),
        ("{product: [10, {months: posts}]}", 1000),
        ("{statistic: average_wage, division: 宁波市, year: 2023}", Fraction(1, 100)),
        ("{product: [10, {fact: points_total}]}", Fraction(1, 10)),
        ("{quotient: [10, 3]}", None),
        ("{sum: [{quotient: [10, 3]}, 1]}", None),
        ("{share_of: {quotient: [10, 3]}, share: 80%}", None),
        ("{round: {to: 1, mode: down}, of: {quotient: [10, 3]}}", 100),
        ("{over: posts, take: sum, value: {fact: wage}}", 1),
        ("{share_of: {over: posts, take: sum, value: {fact: wage}}, share: 1/3}", Fraction(1, 3)),
        ("{per: 3, of: {count: posts}, rounding: up, value: 7}", 700),
        ("{by: veteran, true: 5, otherwise: 7}", 100),
        ("{cases: [{when: {fact: veteran, is: true}, value: 4}, {otherwise: 6}]}", 200),
        ("{cases: [{when: {fact: veteran, is: true}, value: 4}]}", 400),
        ("{brackets: [{at_least: 0, value: 4}], of: {count: posts}}", 400),
        ("{difference: [5, 3]}", 100),
        ("{cap: 6, of: 4}", 200),
        ("{floor: 6, of: 4}", 200),
        ("{least: [6, 4]}", 200),
        ("{readings: [6, 4]}", 200),
        ("{parts: [{id: a, value: 6}, {id: b, value: {part: a}}]}", 600),
        ("{range: [6, 4.5]}", None),
    ],
)
def test_how_fine_an_amount_can_be(text: str, finest: Fraction | int | None) -> None:
    tree, builder, problems = _tree(text)
    try:
        built, _ = builder.quantity(tree, "money", scope())
    except Broken:
        assert problems.found
        return
    assert grain(built) == finest


def test_what_a_node_reads() -> None:
    tree, builder, _ = _tree(
        '{all: [{fact: certificate.level, is: senior}, {fact: hukou, within: "110000"}]}'
    )
    built = builder.condition(tree, scope())
    assert facts_read(built) == {"certificate.level", "hukou"}
    assert reads_claim(built)


CAUSE = (text_cause(Text("甲", "a")),)


def test_bounds_below_zero_and_without_ends() -> None:
    debt = Bounds(-5, 3, True, CAUSE)
    assert values.multiply([debt, Bounds(2, 4, True, CAUSE)])[:2] == (-20, 12)
    assert values.multiply([debt, Bounds(2, None, True, CAUSE)])[:2] == (None, None)
    assert values.subtract(Bounds(1, 2), Bounds(0, None, True, CAUSE))[:2] == (None, 2)
    assert values.add([Bounds(None, 2, True, CAUSE), Bounds(1, 1)])[:2] == (None, 3)
    assert values.least([Bounds(None, 2, True, CAUSE), Bounds(1, 1)])[:2] == (None, 1)
    assert values.greatest([Bounds(None, 2, True, CAUSE), Bounds(1, 1)])[:2] == (1, 2)
    assert values.hull([Bounds(None, 2, True, CAUSE), Bounds(1, None, True, CAUSE)], ())[:2] == (
        None,
        None,
    )
    assert values.divide(Bounds(None, 2, True, CAUSE), Bounds(1, 2), CAUSE[0])[:2] == (None, 2)


@pytest.mark.parametrize(
    ("value", "step", "mode", "result"),
    [
        (Fraction(5, 2), 1, "half_up", 3),
        (Fraction(-5, 2), 1, "half_up", -3),
        (Fraction(5, 2), 1, "half_even", 2),
        (Fraction(-5, 2), 1, "down", -3),
        (Fraction(-5, 2), 1, "up", -2),
        (Fraction(1, 2), Fraction(1, 4), "down", Fraction(1, 2)),
    ],
)
def test_rounding(value: Fraction, step: Any, mode: Any, result: Any) -> None:
    assert q.round_number(value, step, mode) == result


def test_bounds_of_an_open_amount_stay_open_when_rounded() -> None:
    assert q.round_bounds(Bounds(None, None, True, CAUSE), 1, "up")[:2] == (None, None)


def test_a_day_of_the_question_is_never_missing() -> None:
    assert truth("{day: on, after: 2024-12-31}", {}, date(2025, 1, 1)).value is True


def test_a_statistic_that_is_not_whole_decides_nothing() -> None:
    asked = "{statistic: average_wage, division: {fact: hukou}, year: 2023}"
    entry = {"kind": "average_wage", "division": "330000", "year": 2023, "value": 7000}
    nearer = {"kind": "average_wage", "year": 2023, "value": 9000}
    for profile in (
        {"hukou": "330203", "statistics": [entry, nearer]},
        {"hukou": "330203", "statistics": [entry], "partial": ["statistics"]},
    ):
        found = amount(asked, profile)
        assert (found.low, found.high) == (0, None)
        assert {c.name for c in found.causes} <= {"statistic.division", "statistics"}
