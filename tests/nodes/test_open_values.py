"""Tables of cases for values that facts or the text leave open, node by node.

Each is asked of the node itself, of the source for known facts and of the source that keeps track
of unknown ones (see ``written``).
"""

from __future__ import annotations

from typing import Any

import pytest
from written import amount, truth

CERT = {"level": "social_worker", "exam_year": 2024, "obtained": "2024-02-29"}
POST = {
    "role": "community_worker", "division": "330203", "start": "2021-03-01", "end": None,
    "wage": 3000, "engaged_level": "social_worker",
}  # fmt: skip
FULL: dict[str, Any] = {"certificates": [CERT], "posts": [POST], "hukou": "330203"}
MORE: dict[str, Any] = {**FULL, "partial": ["posts"]}
NONE: dict[str, Any] = {}
FULL_TIME = "{count: posts, where: [{fact: full_time, is: true}]}"


def posts(*changes: dict[str, Any]) -> dict[str, Any]:
    """A worker with a post for each change of the usual one; None leaves a field out."""
    changed = [{**POST, **change} for change in changes]
    kept = [{k: v for k, v in post.items() if v != ()} for post in changed]
    return {**FULL, "posts": kept}


OPEN_START, OPEN_END, OPEN_WAGE = {"start": ()}, {"end": ()}, {"wage": ()}


@pytest.mark.parametrize(
    ("text", "profile", "value"),
    [
        ("{value: {count: posts}, is: 1}", FULL, True),
        ("{value: {count: posts}, is: 0}", MORE, False),
        ("{value: {count: posts}, is_not: 0}", MORE, True),
        ("{value: {count: posts}, is: 2}", MORE, None),
        ("{value: {count: posts}, is_not: 2}", MORE, None),
        ("{value: {count: posts}, between: [0, {range: [2, 4]}]}", MORE, None),
        ("{exists: posts, where: [{fact: engaged_level, at_least: {fact: certificate.level}}]}",
         FULL, True),
        ("{exists: posts, where: [{fact: engaged_level, more_than: {fact: certificate.level}}]}",
         FULL, False),
        ("{exists: posts, where: [{fact: engaged_level, less_than: {fact: certificate.level}}]}",
         FULL, False),
        ("{exists: posts, where: [{fact: engaged_level, at_most: {fact: certificate.level}}]}",
         posts({"engaged_level": ()}), None),
        ("{exists: posts, where: [{fact: engaged_level, at_most: {fact: certificate.level}}]}",
         {"posts": [POST]}, None),
        ("{exists: posts, where: [{fact: engaged_level, at_most: {fact: certificate.level}}]}",
         posts({"engaged_level": None}), False),
        ("{fact: hukou, within: {fact: residence}}", {"hukou": "330203", "residence": "330200"},
         True),
        ("{fact: hukou, within: {fact: residence}}", {"hukou": "330203", "residence": "110000"},
         False),
        ("{fact: hukou, within: {fact: residence}}", {"hukou": "330203"}, None),
        ("{fact: hukou, within: {fact: residence}}", {"residence": "330203"}, None),
        ("{fact: hukou, not_within: {fact: residence}}",
         {"hukou": "330200", "residence": "330203"}, None),
        ("{at_least_n: not_stated, of: [{fact: veteran, is: true}, {fact: student, is: true}]}",
         {"veteran": True, "student": False}, None),
        ("{at_least_n: not_stated, of: [{fact: veteran, is: true}, {fact: student, is: true}]}",
         {"veteran": True}, None),
        ("{at_least_n: 2, of: [{fact: veteran, is: true}, {fact: student, is: true}]}",
         {"veteran": False}, False),
        ("{at_least_n: 1, of: [{fact: veteran, is: true}, {fact: student, is: true}]}",
         {"veteran": False}, None),
        (f"{{share: {{part: {FULL_TIME}, whole: {{count: posts}}, if_empty: fails}}, "
         "at_least: 50%}", FULL, None),
        (f"{{share: {{part: {FULL_TIME}, whole: {{count: posts}}, if_empty: holds}}, "
         "at_least: 50%}", {"posts": [], "partial": ["posts"]}, None),
        (f"{{share: {{part: {FULL_TIME}, whole: {{count: posts}}, if_empty: holds}}, "
         "at_least: 50%}", {"posts": []}, True),
        (f"{{share: {{part: {FULL_TIME}, whole: {{count: posts}}, if_empty: fails}}, "
         "at_least: 0%}", MORE, True),
        (f"{{share: {{part: {FULL_TIME}, whole: {{count: posts}}, if_empty: fails}}, "
         "at_least: {range: [1/3, 1/2]}}", FULL, None),
        ("{share: {part: {count: posts}, whole: {count: posts}, if_empty: fails}, "
         "at_least: {quotient: [1, 3]}}", FULL, True),
        ("{share: {part: {count: posts}, whole: {range: [0, 0]}, if_empty: fails}, "
         "at_least: 1/3}", MORE, False),
    ],
)  # fmt: skip
def test_open_conditions(text: str, profile: dict[str, Any], value: bool | None) -> None:
    assert truth(text, profile).value is value


WAGES = "{over: posts, take: sum, value: {fact: wage}}"


@pytest.mark.parametrize(
    ("text", "profile", "unit", "low", "high"),
    [
        ("{year_of: {fact: certificate.obtained}}", NONE, "year", 1900, 2100),
        (f"{{round: {{to: 1, mode: down}}, of: {{share_of: {WAGES}, share: 1/3}}}}", MORE, "money",
         100000, None),
        (f"{{round: {{to: 1, mode: down}}, of: {{share_of: {{difference: [{WAGES}, 4000]}}, "
         "share: 1/3}}", MORE, "money", None, None),
        (f"{{round: {{to: 10, mode: not_stated}}, of: {WAGES}}}", MORE, "money", 300000, None),
        (f"{{product: [{{difference: [{WAGES}, 4000]}}, {{count: posts}}]}}", MORE, "money", None,
         None),
        (f"{{per: 2, of: {{count: posts}}, rounding: up, value: {WAGES}}}", MORE, "money", 300000,
         None),
        ("{months: posts}", posts({}, OPEN_START), "months", 46, 1501),
        ("{months: posts}", posts(OPEN_END), "months", 0, 47),
        ("{months: posts, where: [{fact: full_time, is: true}]}", posts({}, {}), "months", 0, 48),
        ("{months: posts, since: {fact: certificate.obtained}}", FULL, "months", 10, 10),
        ("{months: posts, since: {fact: certificate.obtained}}", posts() | {"posts": [POST],
         "certificates": [{}]}, "months", 0, 46),
        ("{months: posts, until: {fact: certificate.obtained}}", FULL, "months", 35, 35),
        ("{months: posts, since: 2025-01-10}", FULL, "months", 0, 0),
        ("{months: posts}", MORE, "months", 46, None),
        ("{months: posts}", NONE, "months", 0, None),
        ("{months: posts, continuous: true}", posts(OPEN_END), "months", 0, 47),
        (WAGES, posts({}, OPEN_WAGE), "money", 300000, None),
        (WAGES.replace("sum", "greatest"), posts({}, OPEN_WAGE), "money", 300000, None),
        (WAGES.replace("sum", "least"), posts({}, OPEN_WAGE), "money", 0, 300000),
        ("{over: posts, take: sum, where: [{fact: full_time, is: true}], value: {fact: wage}}",
         posts({"full_time": True}, {}), "money", 300000, 600000),
        ("{over: posts, take: greatest, where: [{fact: full_time, is: true}], "
         "value: {fact: wage}}", posts({"full_time": True}, {"wage": 4000}), "money", 300000,
         400000),
        ("{over: posts, take: least, where: [{fact: full_time, is: true}], value: {fact: wage}}",
         posts({"full_time": True}, {"wage": 2000}), "money", 200000, 300000),
        ("{over: posts, take: least, where: [{fact: full_time, is: true}], value: {fact: wage}}",
         posts({"full_time": False}), "money", 0, 0),
        ("{count: posts, distinct: division}", posts({}, {"division": ()}), "number", 1, 2),
        ("{count: posts, where: [{fact: full_time, is: true}], distinct: division}",
         posts({"full_time": True}, {"division": "110101"}), "number", 1, 2),
        ("{brackets: [{less_than: 2, value: 5}, {at_least: 2, value: 6}], of: {count: posts}}",
         MORE, "money", 500, 600),
        ("{brackets: [{at_most: 1, value: 5}, {more_than: 1, value: 6}], of: {count: posts}}",
         FULL, "money", 500, 500),
        ("{brackets: [{at_least: 2, value: 5}, {at_least: 3, value: 6}], of: {count: posts}}",
         FULL, "money", 0, None),
        ("{brackets: [{at_most: 1, value: 5}, {at_least: 3, value: 6}], of: {count: posts}}",
         MORE, "money", 0, None),
        ("{brackets: [{more_than: 1, value: 5}], of: {count: posts}}", MORE, "money", 0, None),
        ("{brackets: [{less_than: 2, value: 5}, {more_than: 2, value: 6}], of: {count: posts}}",
         MORE, "money", 0, None),
        ("{brackets: [{at_most: 5, value: 5}], of: {range: [2, 5]}}", NONE, "money", 500, 500),
        ("{brackets: [{less_than: 5, value: 5}], of: {range: [2, 5]}}", NONE, "money", 0, None),
        ("{brackets: [{at_most: 3, value: 5}, {less_than: 9, value: 6}], of: {range: [2, 5]}}",
         NONE, "money", 500, 600),
        ("{brackets: [{at_least: 0, at_most: 3, value: 5}], of: {range: [2, 5]}}", NONE, "money", 0,
         None),
        ("{brackets: [{at_least: 3, value: 5}], of: {range: [2, 5]}}", NONE, "money", 0, None),
        ("{brackets: [{more_than: 2, value: 5}], of: {range: [2, 5]}}", NONE, "money", 0, None),
    ],
)  # fmt: skip
def test_open_amounts(
    text: str, profile: dict[str, Any], unit: str, low: int | None, high: int | None
) -> None:
    found = amount(text, profile, unit)
    assert (found.low, found.high) == (low, high)
