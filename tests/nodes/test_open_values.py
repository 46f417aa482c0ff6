"""Tables of cases for values that facts or the text leave open, node by node.

Each is asked of the node itself, of the source for known facts and of the source that keeps track
of unknown ones (see ``written``).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from sgincentive.nodes.base import Case, Condition, Quantity
from sgincentive.nodes.scope import Stated
from sgincentive.nodes.source import NoSourceError, Source
from sgincentive.nodes.values import Bounds, Truth, known
from tests.nodes.written import _tree, amount, case, openly, scope, truth

CERT = {"level": "social_worker", "exam_year": 2024, "obtained": "2024-02-29"}
POST = {
    "role": "community_worker", "division": "330203", "start": "2021-03-01", "end": None,
    "wage": 3000, "engaged_level": "social_worker",
}  # fmt: skip
FULL: dict[str, Any] = {"certificates": [CERT], "posts": [POST], "hukou": "330203"}
MORE: dict[str, Any] = {**FULL, "partial": ["posts"]}
WAGES = "{over: posts, take: sum, value: {fact: wage}}"
NONE: dict[str, Any] = {}
FULL_TIME = "{count: posts, where: [{fact: full_time, is: true}]}"


TEAM: dict[str, Any] = {
    "subject": "project",
    "staff": [{"level": "assistant", "start": "2024-01-01"}, {"start": "2024-01-01"}],
}


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
        ("{exists: posts, at: on}", posts(OPEN_START), None),
        ("{exists: posts, at: on}", posts({"start": "2025-01-11"}), False),
        ("{fact: certificate.level, not_one_of: [senior], open: true}", FULL, None),
        ("{fact: certificate.level, not_one_of: [social_worker], open: true}", FULL, False),
        ("{exists: posts, where: [{fact: area_tier, is: one}]}", posts({"area_tier": "one"}), True),
        ("{readings: [{fact: veteran, is: true}, {fact: student, is: true}]}", {"veteran": True},
         None),
        ("{readings: [{fact: veteran, is: true}, {fact: student, is: true}]}", NONE, None),
        ("{readings: [{fact: veteran, is: true}, {fact: student, is: true}]}",
         {"veteran": False, "student": False}, False),
        ("{every: posts, that: [{fact: social_work, is: true}], if_empty: holds}", NONE, None),
        ("{exists: posts, where: [{day: {fact: end}, before: 2024-01-01}]}", FULL, False),
        ("{exists: posts, where: [{day: {fact: end}, before: 2024-01-01}]}",
         posts({"end": "2023-12-31"}), True),
        ("{exists: posts, where: [{day: {fact: end}, before: 2024-01-01}]}", posts(OPEN_END), None),
        ("{exists: posts, where: [{day: {day_of_year: end, month: 7, day: 1}, "
         "after: 2024-01-01}]}", FULL, True),
        ("{day: {add_months: [{fact: certificate.obtained}, 1]}, after: 2024-01-01}", NONE, None),
        ("{day: {add_months: [{readings: [2024-01-31, 2024-01-30]}, 1]}, before: 2024-03-01}", NONE,
         True),
        ("{fact: staff.professionals, at_least: 2}", {"subject": "project", "staff": {
         "professionals": 2}}, True),
        ("{fact: staff.professionals, at_least: 2}", {"subject": "project"}, None),
        ("{fact: staff.professionals, at_least: 2}", TEAM, None),
        ("{fact: staff.professionals, at_least: 3}", TEAM, False),
        ("{fact: staff.seniors, at_least: 2}", TEAM, False),
        ("{exists: staff.persons, where: [{fact: level, is: assistant}]}", TEAM, True),
        ("{exists: staff.persons, where: [{fact: level, is: assistant}]}", {"subject": "project"},
         None),
        ("{share: {part: {count: posts}, whole: {range: [0, 0]}, if_empty: fails}, "
         "at_least: 1/3}", MORE, False),
    ],
)  # fmt: skip
def test_open_conditions(text: str, profile: dict[str, Any], value: bool | None) -> None:
    assert truth(text, profile).value is value


NESTED = (
    "{by: veteran, true: {by: student, true: 1, false: 2}, false: {by: student, true: 3, false: 4}}"
)


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
        ("{months: posts}", posts({}, OPEN_START), "months", 46, 1500),
        ("{months: posts}", posts(OPEN_END), "months", 0, 46),
        ("{months: posts, where: [{fact: full_time, is: true}]}", posts({}, {}), "months", 0, 46),
        ("{months: posts, since: {fact: certificate.obtained}}", FULL, "months", 10, 10),
        ("{months: posts, since: {fact: certificate.obtained}}", posts() | {"posts": [POST],
         "certificates": [{}]}, "months", 0, 46),
        ("{months: posts, until: {fact: certificate.obtained}}", FULL, "months", 35, 35),
        ("{months: posts, since: 2025-01-10}", FULL, "months", 0, 0),
        ("{months: posts}", MORE, "months", 46, None),
        ("{months: posts}", NONE, "months", 0, None),
        ("{months: posts, continuous: true}", posts(OPEN_END), "months", 0, 46),
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
        ("{years_between: [{fact: birth_date}, on]}", NONE, "years", 0, 125),
        ("{by: student, true: 30%, false: 1/3}", NONE, "number", Fraction(3, 10), Fraction(1, 3)),
        ("{by: student, true: 5, false: 5}", NONE, "number", 5, 5),
        ("{by: student, true: {at_least: 5}, false: {at_most: 7}}", NONE, "number", 0, None),
        ("{by: student, true: {range: [{range: [1, 2]}, 3]}, false: 5}", {"student": True},
         "number", 1, 3),
        (NESTED, {"veteran": True, "student": True}, "money", 100, 100),
        (NESTED, {"veteran": True, "student": False}, "money", 200, 200),
        (NESTED, {"veteran": True}, "money", 100, 200),
        (NESTED, {"student": False}, "money", 200, 400),
        (NESTED, NONE, "money", 100, 400),
        ("{by: veteran, true: {by: student, true: 1, false: {count: posts}}, false: 3}",
         {"veteran": False}, "number", 3, 3),
        ("{by: veteran, true: {count: posts}}", {"veteran": False}, "number", 0, None),
        ("{by: veteran, true: {count: posts}}", MORE, "number", 0, None),
        ("{by: veteran, true: {count: posts}, otherwise: 7}", FULL, "number", 1, 7),
        ("{by: veteran, true: {count: posts}, otherwise: 7}", {**FULL, "veteran": False}, "number",
         7, 7),
        ("{by: veteran, true: {by: student, true: 1}, otherwise: 7}", {"veteran": True}, "number",
         0, None),
        ("{by: veteran, true: {by: student, true: 1}, false: {by: residence_permit, true: 2}}",
         {"veteran": True, "student": True}, "number", 1, 1),
        ("{by: student, true: 5, false: not_published}", {"student": True}, "number", 5, 5),
        ("{by: student, true: 5, false: not_published}", NONE, "number", 0, None),
        ("{by: student, true: {range: [0, {count: posts}]}}", {**FULL, "student": True}, "number",
         0, 1),
        ("{product: [{count: posts}, 3]}", FULL, "number", 3, 3),
        ("{product: [{months: posts}, 2]}", FULL, "months", 92, 92),
        (f"{{quotient: [{WAGES}, {WAGES}]}}", FULL, "number", 1, 1),
        ("{months: posts, where: [{fact: full_time, is: true}]}", posts({"full_time": False}, {}),
         "months", 0, 46),
        (WAGES.replace("sum", "greatest"), MORE, "money", 300000, None),
        (WAGES.replace("sum", "greatest"), {"partial": ["posts"], "posts": []}, "money", 0, None),
        ("{brackets: [{at_most: 5, value: 5}, {at_most: 3, value: 6}], of: {range: [2, 6]}}", NONE,
         "money", 0, None),
        ("{statistic: average_wage, division: 宁波市, year: 2023}",
         {"statistics": [{"kind": "average_wage", "division": "330200", "year": 2023, "value": 8},
                         {"kind": "average_wage", "division": "330000", "year": 2023, "value": 7}]},
         "money", 800, 800),
        (f"{{readings: [{{product: [{{difference: [{WAGES}, 4000]}}, {{count: posts}}]}}, 5]}}",
         MORE, "money", None, None),
        ("{least: [5, {count: posts}, 7]}", FULL, "number", 1, 1),
        ("{greatest: [5, {count: posts}, 7]}", FULL, "number", 7, 7),
        ("{cap: 3, of: {over: posts, take: sum, value: {fact: wage}}}", FULL, "money", 300, 300),
        ("{parts: [{id: a, value: 1, when: {fact: veteran, is: true}}, {id: b, value: 2}]}",
         {"veteran": False}, "money", 200, 200),
        ("{parts: [{id: a, value: 1, when: {fact: veteran, is: true}}, {id: b, value: 2}]}",
         {"veteran": True}, "money", 300, 300),
        ("{over: posts, take: sum, where: [{fact: full_time, is: true}], value: {fact: wage}}",
         posts({"full_time": False}), "money", 0, 0),
        ("{cases: [{when: {fact: veteran, is: true}, value: 5}]}", {"veteran": False}, "money", 0,
         None),
        ("{cases: [{when: {fact: veteran, is: true}, value: 5}]}", NONE, "money", 0, None),
        ("{cases: [{when: {fact: veteran, is: true}, value: 5}, {otherwise: 7}]}",
         {"veteran": False}, "money", 700, 700),
        ("{statistic: average_wage, division: {fact: hukou}, year: 2023}",
         {"statistics": [{"kind": "average_wage", "division": "330000", "year": 2023, "value": 7}]},
         "money", 0, None),
        ("{statistic: average_wage, division: 宁波市, year: {fact: certificate.exam_year}}",
         {"statistics": [{"kind": "average_wage", "division": "330000", "year": 2023, "value": 7}]},
         "money", 0, None),
        ("{statistic: average_wage, division: 宁波市, year: 2023}",
         {"statistics": [{"kind": "minimum_wage", "division": "330000", "year": 2023, "value": 7}]},
         "money", 0, None),
        ("{statistic: grade_coefficient, division: 宁波市, year: 2023}",
         {"statistics": [{"kind": "grade_coefficient", "division": "330000", "year": 2023,
                          "value": "1.5"}]}, "number", Fraction(3, 2), Fraction(3, 2)),
        ("{round: {to: 5, mode: half_up}, of: {count: posts}}", FULL, "number", 0, 0),
        ("{round: {to: 1, mode: down}, of: {share_of: {count: posts}, share: {quotient: [1, 3]}}}",
         FULL, "number", 0, 0),
        ("{brackets: [{more_than: 2, value: 5}], of: {range: [2, 5]}}", NONE, "money", 0, None),
    ],
)  # fmt: skip
def test_open_amounts(text: str, profile: dict[str, Any], unit: str, low: Any, high: Any) -> None:
    found = amount(text, profile, unit)
    assert (found.low, found.high) == (low, high)


class Odd(Condition):
    """A condition of which no source knows."""

    def truth(self, case: Case) -> Truth:
        return known(case.on.year % 2 == 1)


class Half(Quantity):
    """An amount of which no source knows."""

    def bounds(self, case: Case) -> Bounds:
        return Bounds(Fraction(1, 2), Fraction(1, 2))


def test_a_node_without_source_of_its_own_is_asked_itself() -> None:
    asked = case(NONE)
    assert openly("condition", Odd(), asked) is True
    assert openly("amount", Half(), asked) == Fraction(1, 2)
    for write, node in (("condition", Odd()), ("amount", Half())):
        with pytest.raises(NoSourceError):
            getattr(Source(), write)(node)


def test_names_stand_for_what_they_name() -> None:
    """A name under ``define`` or ``let`` is its condition or amount; a bare number takes the unit
    of the place that uses it."""
    bare = scope()
    defined = replace(bare, definitions={"soldier": _condition("{fact: veteran, is: true}")})
    assert truth("{uses: soldier}", {"veteran": True}, names=defined).value is True
    assert truth("{uses: soldier}", NONE, names=defined).value is None
    tree, builder, _ = _tree("{by: veteran, true: 5, false: 7}")
    value, unit = builder.quantity(tree, None, bare)
    named = replace(bare, quantities={"base": Stated(value, unit, tree, bare)})
    assert unit is None
    assert amount("{let: base}", {"veteran": True}, "number", names=named).high == 5
    assert amount("{let: base}", {"veteran": True}, "money", names=named).high == 500
    assert amount("{sum: [{let: base}, 1]}", NONE, "money", names=named)[:2] == (600, 800)


def _condition(text: str) -> Condition:
    tree, builder, _ = _tree(text)
    return builder.condition(tree, scope())
