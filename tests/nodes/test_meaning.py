"""Tables of cases: what each node says when facts are known, missing or left open by the text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.nodes.written import amount, truth

CERT = {"level": "social_worker", "exam_year": 2024, "obtained": "2024-12-05"}
POST = {
    "role": "community_worker", "division": "330203", "start": "2021-03-01", "end": None,
    "social_work": True,
}  # fmt: skip
FULL: dict[str, Any] = {"certificates": [CERT], "posts": [POST], "hukou": "330203"}
NONE: dict[str, Any] = {}


@pytest.mark.parametrize(
    ("text", "profile", "value"),
    [
        ("{fact: certificate.level, one_of: [assistant, social_worker]}", FULL, True),
        ("{fact: certificate.level, one_of: [senior]}", FULL, False),
        ("{fact: certificate.level, one_of: [senior], open: true}", FULL, None),
        ("{fact: certificate.level, is_not: senior}", FULL, True),
        ("{fact: certificate.level, at_least: social_worker}", FULL, True),
        ("{fact: certificate.level, more_than: social_worker}", FULL, False),
        ("{fact: certificate.level, at_most: assistant}", FULL, False),
        ("{fact: certificate.level, less_than: senior}", FULL, True),
        ("{fact: certificate.level, is: senior}", NONE, None),
        ('{fact: hukou, within: "330200"}', FULL, True),
        ('{fact: hukou, within: ["110000", 浙江省]}', FULL, True),
        ('{fact: hukou, not_within: "330200"}', FULL, False),
        ('{fact: hukou, within: "110000"}', FULL, False),
        ('{fact: hukou, within: "110000", open: true}', FULL, None),
        ('{fact: hukou, within: "330203"}', {"hukou": "330200"}, None),
        ('{fact: hukou, within: "330200"}', NONE, None),
        ("{fact: certificate.exam_year, is: 2024}", FULL, True),
        ("{fact: certificate.exam_year, is_not: 2024}", FULL, False),
        ("{fact: certificate.exam_year, one_of: [2023, 2024]}", FULL, True),
        ("{fact: certificate.exam_year, between: [2024, 2025]}", FULL, True),
        ("{fact: certificate.exam_year, between: [2025, 2026]}", FULL, False),
        ("{fact: certificate.obtained, before: 2024-12-06}", FULL, True),
        ("{fact: certificate.obtained, before: 2024-12-05}", FULL, False),
        ("{fact: certificate.obtained, not_after: 2024-12-05}", FULL, True),
        ("{fact: certificate.obtained, after: 2024-12-05}", FULL, False),
        ("{fact: certificate.obtained, not_before: 2024-12-05}", FULL, True),
        ("{fact: certificate.obtained, before: 2024-12}", FULL, None),
        ("{fact: certificate.obtained, before: 2025}", FULL, True),
        ("{fact: certificate.obtained, before: not_stated}", FULL, None),
        ("{exists: posts, where: [{fact: social_work, is: true}], at: on}", FULL, True),
        ("{exists: posts, where: [{fact: social_work, is: false}], at: on}", FULL, False),
        ("{exists: posts, where: [{fact: full_time, is: true}], at: on}", FULL, None),
        ("{exists: posts, at: on}", NONE, None),
        ("{exists: posts, at: on}", {"posts": []}, False),
        ("{exists: posts, at: on}", {"posts": [], "partial": ["posts"]}, None),
        ("{exists: posts, at: 2021-02-28}", FULL, False),
        ("{exists: posts, at: 2021-03-01}", FULL, True),
        ("{every: posts, that: [{fact: social_work, is: true}], if_empty: fails}", FULL, True),
        ("{every: posts, that: [{fact: social_work, is: true}], if_empty: fails}",
         {"posts": []}, False),
        ("{every: posts, that: [{fact: social_work, is: true}], if_empty: holds}",
         {"posts": []}, True),
        ("{every: posts, that: [{fact: social_work, is: false}], if_empty: holds}", FULL, False),
        ("{value: {count: posts, at: on}, at_least: 1}", FULL, True),
        ("{value: {count: posts, at: on}, at_least: 2}", {**FULL, "partial": ["posts"]}, None),
        ("{value: {months: posts}, at_least: 46}", FULL, True),
        ("{value: {months: posts}, at_least: 47}", FULL, False),
        ("{all: [{fact: veteran, is: true}, {fact: hukou, within: 北京市}]}", FULL, False),
        ("{any: [{fact: veteran, is: true}, {fact: hukou, within: 浙江省}]}", FULL, True),
        ("{any: [{fact: veteran, is: true}, {fact: hukou, within: 北京市}]}", FULL, None),
        ("{not: {fact: hukou, within: 北京市}}", FULL, True),
        ("{at_least_n: 1, of: [{fact: veteran, is: true}, {fact: hukou, within: 浙江省}]}", FULL, True),
        ("{at_least_n: 2, of: [{fact: veteran, is: true}, {fact: hukou, within: 北京市}]}", FULL,
         False),
        ("{at_least_n: not_stated, of: [{fact: veteran, is: true}]}", {"veteran": True}, True),
        ("{at_least_n: not_stated, of: [{fact: veteran, is: true}]}", {"veteran": False}, False),
        ("{fact: hukou, within: 北京市, unless: {fact: veteran, is: true}}",
         {"hukou": "330203", "veteran": True}, True),
        ("{fact: hukou, within: 北京市, when: {fact: veteran, is: true}}",
         {"hukou": "330203", "veteran": False}, True),
        ("{readings: [{fact: hukou, within: 浙江省}, {fact: hukou, within: 宁波市}]}", FULL, True),
        ("{readings: [{fact: hukou, within: 浙江省}, {fact: hukou, within: 北京市}]}", FULL, None),
        ("{not_stated: {zh: 未见, en: unseen}}", FULL, None),
        ("{confirmed: passed, text: {zh: 通过, en: passed}}", FULL, None),
        ("{confirmed: passed, text: {zh: 通过, en: passed}}",
         {**FULL, "confirmed": {"x/y": {"passed": True}}}, True),
        ("{share: {part: {count: posts, at: on}, whole: {count: posts}, if_empty: fails}, "
         "at_least: 1/3}", FULL, True),
        ("{share: {part: {count: posts, at: on}, whole: {count: posts}, if_empty: fails}, "
         "at_least: 30%}", {"posts": []}, False),
        *(
            (f"{{share: {{part: {part}, whole: {{count: posts}}, if_empty: {empty}}}, {order}: 1/3}}",
             {"appraisals": [], "posts": [{}], "partial": ["posts"]} if given else
             {"appraisals": []}, value)
            for part, empty, order, given, value in (
                ("{count: appraisals}", "fails", "at_least", False, False),
                ("{count: appraisals}", "fails", "more_than", False, False),
                ("{count: appraisals}", "fails", "at_least", True, False),
                ("{count: appraisals}", "holds", "at_least", False, None),
                ("{count: appraisals}", "holds", "at_most", False, True),
                ("{count: appraisals}", "fails", "less_than", False, None),
                ("1", "fails", "at_least", False, None),
            )
        ),
    ],
)  # fmt: skip
def test_conditions(text: str, profile: dict[str, Any], value: bool | None) -> None:
    found = truth(text, profile)
    assert found.value is value
    assert bool(found.causes) is (value is None)


@pytest.mark.parametrize(
    ("text", "profile", "low", "high"),
    [
        ("1000", NONE, 100000, 100000),
        ("not_published", NONE, 0, None),
        ("{range: [200, 600]}", NONE, 20000, 60000),
        ("{at_least: 100}", NONE, 10000, None),
        ("{at_most: 100}", NONE, 0, 10000),
        ("{by: certificate.level, assistant: 1, social_worker: 2, senior: 3}", FULL, 200, 200),
        ("{by: certificate.level, assistant: 1, social_worker: 2, senior: 3}", NONE, 100, 300),
        ("{by: certificate.level, assistant: 1, otherwise: 7}", FULL, 700, 700),
        ("{by: certificate.level, assistant: 1}", FULL, 0, None),
        ("{cap: 600, of: not_published}", NONE, 0, 60000),
        ("{floor: 600, of: {at_most: 100}}", NONE, 60000, 60000),
        ("{sum: [1, 2.5]}", NONE, 350, 350),
        ("{sum: [1430, not_published]}", NONE, 143000, None),
        ("{difference: [10, 4]}", NONE, 600, 600),
        ("{product: [10, 3]}", NONE, 3000, 3000),
        ("{share_of: 1000, share: 80%}", NONE, 80000, 80000),
        ("{least: [5, {range: [6, 9]}]}", NONE, 500, 500),
        ("{greatest: [5, {range: [1, 4]}]}", NONE, 500, 500),
        ("{round: {to: 1, mode: down}, of: {share_of: 9.99, share: 1/3}}", NONE, 300, 300),
        ("{round: {to: 10, mode: up}, of: 11}", NONE, 2000, 2000),
        ("{round: {to: 10, mode: half_up}, of: 15}", NONE, 2000, 2000),
        ("{round: {to: 10, mode: half_even}, of: 25}", NONE, 2000, 2000),
        ("{round: {to: 10, mode: not_stated}, of: 15}", NONE, 1000, 2000),
        ("{per: 12, of: {months: posts}, rounding: down, value: 50}", FULL, 15000, 15000),
        ("{cases: [{when: {fact: veteran, is: true}, value: 1}, {otherwise: 2}]}",
         {"veteran": True}, 100, 100),
        ("{cases: [{when: {fact: veteran, is: true}, value: 1}, {otherwise: 2}]}", NONE, 100, 200),
        ("{brackets: [{less_than: 24, value: 1}, {at_least: 24, value: 2}], of: {months: posts}}",
         FULL, 200, 200),
        ("{brackets: [{at_most: 46, value: 1}, {at_least: 46, value: 2}], of: {months: posts}}",
         FULL, 100, 200),
        ("{brackets: [{less_than: 24, value: 1}, {at_least: 24, value: 2}], of: {months: posts}}",
         NONE, 100, 200),
        ("{readings: [1, 3]}", NONE, 100, 300),
        ("{parts: [{id: a, value: 1}, {id: b, value: 2, when: {fact: veteran, is: true}}]}", NONE,
         100, 300),
        ("{parts: [{id: a, value: 10}, {id: b, value: {share_of: {part: a}, share: 50%}}]}", NONE,
         1500, 1500),
        ("{over: posts, take: sum, value: {fact: wage}}", {"posts": [{**POST, "wage": 3000}]},
         300000, 300000),
        ("{over: posts, take: greatest, value: {fact: wage}}", FULL, 0, None),
    ],
)  # fmt: skip
def test_amounts(text: str, profile: dict[str, Any], low: int, high: int | None) -> None:
    found = amount(text, profile)
    assert (found.low, found.high) == (low, high)
    assert bool(found.causes) is (low != high)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2024-01-31", "2024-02-28", 0),
        ("2024-01-31", "2024-02-29", 1),
        ("2023-01-31", "2023-02-28", 1),
        ("2024-02-29", "2025-02-28", 12),
        ("2024-02-29", "2025-02-27", 11),
        ("2024-03-15", "2024-03-15", 0),
        ("2024-03-15", "2024-02-01", 0),
        ("2021-03-01", "2022-03-01", 12),
    ],
)
def test_whole_months_between_dates(start: str, end: str, months: int) -> None:
    found = amount(f"{{months_between: [{start}, {end}]}}", NONE, "months")
    assert (found.low, found.high) == (months, months)


def test_months_join_spells_that_touch_and_end_with_their_last_day() -> None:
    spells = [
        {**POST, "start": "2023-01-01", "end": "2023-03-14"},
        {**POST, "start": "2023-03-15", "end": "2023-12-31"},
        {**POST, "start": "2023-05-01", "end": "2023-06-30"},
    ]
    found = amount("{months: posts}", {"posts": spells}, "months")
    assert (found.low, found.high) == (12, 12)
    running = amount("{months: posts, continuous: true}", {"posts": spells}, "months")
    assert running.high == 0
    cut = amount("{months: posts, until: 2023-07-01}", {"posts": spells}, "months")
    assert cut.low == 6


def test_an_entry_dated_after_the_day_does_not_count() -> None:
    assert truth("{exists: posts}", FULL, date(2021, 2, 28)).value is False
    assert truth("{exists: posts}", FULL, date(2021, 3, 1)).value is True


def test_an_unknown_start_leaves_the_months_open() -> None:
    post = {k: v for k, v in POST.items() if k != "start"}
    found = amount("{months: posts}", {"posts": [post]}, "months")
    assert found.low == 0
    assert found.high is not None
    assert {c.name for c in found.causes} == {"post.start"}
