"""Nodes that cannot be built: where the error stands, what it says and what it proposes."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest

from sgincentive.nodes.building import Broken, Builder
from sgincentive.source import Diagnostic, Mapping, Problems, parse
from tests.nodes.written import scope


def problems(build: str, text: str) -> list[Diagnostic]:
    """What is wrong with a node of a worker's scheme."""
    line = f"node: {text}"
    root = parse(line + "\n", "test.yaml")
    assert isinstance(root, Mapping)
    tree = root.entries["node"].value
    found = Problems("test.yaml", [line])
    builder = Builder(found)
    with suppress(Broken):
        if build == "condition":
            builder.condition(tree, scope())
        elif build == "day":
            builder.day(tree, scope())
        else:
            builder.quantity(tree, "money" if build == "amount" else None, scope())
    return found.found


def said(found: Diagnostic) -> str:
    """An error in English, from the column of the node (1: its first character)."""
    assert found.mark is not None
    hint = f" ({found.hint.en})" if found.hint is not None else ""
    return f"{found.mark.column - len('node: ')}: {found.text.en}{hint}"


@pytest.mark.parametrize(
    ("build", "text", "message"),
    [
        ("condition", "[1]", "1: keys and values are expected here"),
        ("condition", "{}", "1: the condition is empty"),
        ("condition", "{fact: [veteran], is: true}", "8: the name of a fact is expected here"),
        ("condition", "{not_stated: text}", "14: a text in both languages is expected here (write {zh: …, en: …})"),
        ("condition", "{not_stated: {zh: 甲}}", "14: a text in both languages is expected here (write {zh: …, en: …})"),
        ("condition", "{exists: [posts]}", "10: the name of a list is expected here"),
        ("condition", "{exists: posts, were: []}", '17: unknown field "were" (did you mean "where"? expected one of: exists, where, at)'),
        ("condition", "{exists: posts, where: []}", "24: a list of at least 1 is expected here"),
        ("condition", "{exists: posts, where: [{fact: nope, is: true}, {fact: nope2, is: true}]}", '32: unknown fact "nope" (did you mean "role"?) | 56: unknown fact "nope2"'),
        ("condition", "{every: posts, that: [{fact: social_work, is: true}], if_empty: [holds]}", "65: a value is expected here"),
        ("condition", "{every: posts, if_empty: holds}", '1: "that" is missing'),
        ("condition", "{fact: hukou, within: [[]]}", "24: a division is expected here"),
        ("condition", "{fact: hukou, within: {fact: birth_date}}", "23: a division is expected here, but birth_date is a date"),
        ("condition", "{fact: hukou, within: []}", "23: a list of at least 1 is expected here"),
        ("condition", "{fact: hukou, within: {}}", '23: "fact" is missing'),
        ("condition", "{fact: hukou, within: 北京市, open: yes}", "34: true or false is expected here"),
        ("condition", "{fact: certificate.obtained, is: 2024-01-01}", "34: compare dates by before, after, not_before or not_after"),
        ("condition", "{fact: veteran, is: 1}", "21: true or false is expected here"),
        ("condition", "{fact: certificate.level, is: [senior]}", "31: a word is expected here"),
        ("condition", "{fact: certificate.level, one_of: senior}", "35: a list of at least 1 is expected here"),
        ("condition", "{exists: posts, where: [{fact: engaged_level, at_least: none}]}", "57: none has no rank"),
        ("condition", "{exists: posts, where: [{fact: engaged_level, is: non}]}", '51: unknown post.engaged_level "non" (did you mean "none"? expected one of: assistant, social_worker, senior, none)'),
        ("condition", "{fact: certificate.exam_year, between: [2024, 2025, 2026]}", "40: between takes two ends"),
        ("condition", "{fact: certificate.exam_year, is: none}", "35: a year is expected here (at most 15 digits and 4 decimals, no exponent)"),
        ("condition", "{at_least_n: 3, of: [{fact: veteran, is: true}]}", "14: must lie between 1 and 1"),
        ("condition", "{at_least_n: 0, of: [{fact: veteran, is: true}]}", "14: must lie between 1 and 1"),
        ("condition", "{at_least_n: x, of: [{fact: veteran, is: true}]}", "14: a whole number is expected here"),
        ("condition", "{confirmed: Bad Id, text: {zh: 甲, en: a}}", "13: an id in lower case is expected here, like review-passed"),
        ("condition", "{all: []}", "7: a list of at least 1 is expected here"),
        ("condition", "{all: [{fact: veteran, is: true}], any: []}", '36: unknown field "any" (expected one of: all)'),
        ("condition", "{value: {count: posts}}", "1: exactly one comparison is expected: at_least, at_most, more_than, less_than, is, is_not, one_of, between"),
        ("condition", "{uses: a}", '8: unknown definition "a"'),
        ("condition", "{exists: appraisals, at: on}", "26: the entries of appraisals have no start and end: at does not apply"),
        ("condition", "{fact: certificate.level, is: senior, is_not: senior}", "1: exactly one comparison is expected: is, is_not, one_of, not_one_of, at_least, at_most, more_than, less_than"),
        ("condition", "{fact: certificate.level, is: senior, ist: x}", '39: unknown comparison "ist" (did you mean "is"?)'),
        ("condition", "{fact: post.role, is: x}", '8: "post.role" belongs to an entry of posts (use exists: posts)'),
        ("condition", "{fact: hukou, within: 330200}", '23: a division code must stand in quotation marks (write "330200")'),
        ("condition", "{fact: hukou, within: 鼓楼区}", "23: several divisions have this name, write the code or the place above it: 江苏省南京市鼓楼区 (320106), 江苏省徐州市鼓楼区 (320302), 福建省福州市鼓楼区 (350102), 河南省开封市鼓楼区 (410204)"),
        ("condition", "{nope: 1}", '2: unknown condition "nope" (did you mean "not"?)'),
        ("condition", "{share: {part: {count: posts}, whole: {count: posts}}, at_least: 1/3}", '9: "if_empty" is missing: the whole may be 0 (expected one of: holds, fails, not_applicable)'),
        ("condition", "{not_stated: {zh: 甲, en: a, fr: b}}", '29: unknown field "fr" (expected one of: zh, en)'),
        ("condition", '{at_least_n: "1", of: [{fact: veteran, is: true}]}', "14: a whole number is expected here"),
        ("condition", "{at_least_n: [1], of: [{fact: veteran, is: true}]}", "14: a whole number is expected here"),
        ("condition", "{exists: posts, where: [{fact: engaged_level, at_least: {fact: role}}]}", "57: a level is expected here, but post.role is a word"),
        ("day", "{}", "1: the date is empty"),
        ("day", "[]", "1: keys and values are expected here"),
        ("day", "{add_month: [on, 1]}", '2: unknown date node "add_month" (did you mean "add_months"? expected one of: fact, add_months, first_of_month, by, day_of_year, earliest, latest, readings, not_before)'),
        ("day", "{add_months: [on, x]}", "19: a whole number is expected here"),
        ("day", "{add_months: [on, 1, 2]}", "14: two items are expected here"),
        ("day", "{fact: hukou}", "1: a date is expected here, but hukou is a division"),
        ("day", "{by: veteran, 2024: 2024-01-01}", "1: a year is expected here, but veteran is yes or no"),
        ("day", "{by: certificate.exam_year, x: 2024-01-01}", "29: a year is expected here"),
        ("day", "{by: certificate.exam_year}", "1: the table has no row"),
        ("day", "{day_of_year: hukou, month: 1, day: 1}", "1: a year is expected here, but hukou is a division"),
        ("day", "{day_of_year: on, month: 13, day: 1}", "26: must lie between 1 and 12"),
        ("day", "{day_of_year: on, month: 1, day: 0}", "34: must lie between 1 and 31"),
        ("day", "{not_before: 2024-01-01}", '1: "not_after" is missing'),
        ("day", "{not_before: 2024-06-01, not_after: 2024-01-01}", "1: not_before lies after not_after"),
        ("day", "{not_before: on, not_after: 2024-01-01}", "14: a date is expected here, like 2024-12-30 (2024-12 or 2024 where no more is known)"),
        ("day", "{earliest: [on]}", "12: a list of at least 2 is expected here"),
        ("day", "20240101", "1: a date is expected here, like 2024-12-30 (2024-12 or 2024 where no more is known)"),
        ("day", "{day_of_year: [on], month: 1, day: 1}", "15: the name of a fact is expected here"),
        ("day", "{not_before: [2024], not_after: 2024-01-01}", "14: a date is expected here, like 2024-12-30 (2024-12 or 2024 where no more is known)"),
        ("amount", "[]", "1: keys and values are expected here"),
        ("amount", "{}", "1: the amount is empty"),
        ("amount", "1.005", "1: money has at most two decimals"),
        ("amount", "30%", "1: money is expected here (at most 15 digits and 4 decimals, no exponent)"),
        ("amount", "1/3", "1: money is expected here (at most 15 digits and 4 decimals, no exponent)"),
        ("amount", '"5"', "1: money is expected here (at most 15 digits and 4 decimals, no exponent)"),
        ("amount", "{fact: hukou}", "1: an amount is expected here, but hukou is a division"),
        ("amount", "{by: certificate.level}", "1: the table has no row"),
        ("amount", "{by: hukou, 330200: 5}", "13: hukou cannot be the key of a table: use cases"),
        ("amount", "{by: veteran, maybe: 1}", "15: true or false is expected here"),
        ("amount", "{by: certificate.exam_year, x: 1}", "29: a whole number is expected here"),
        ("amount", "{brackets: [{at_least: 1, more_than: 2, value: 3}], of: {count: posts}}", "13: give at_least or more_than, not both"),
        ("amount", "{brackets: [{at_least: {count: posts}, value: 3}], of: {count: posts}}", "24: a number is expected here"),
        ("amount", "{cases: [{otherwise: 1}, {when: {fact: veteran, is: true}, value: 2}]}", "10: otherwise must come last"),
        ("amount", "{difference: [1, 2, 3]}", "14: two items are expected here"),
        ("amount", "{sum: [1]}", "7: a list of at least 2 is expected here"),
        ("amount", "{quotient: [{count: posts}, {over: posts, take: sum, value: {fact: wage}}]}", "13: money is expected here, not a number"),
        ("amount", "{product: [{count: posts}, {count: posts}]}", "12: money is expected here, not a number"),
        ("amount", "{product: [{nope: 1}, 2]}", '13: unknown amount node "nope" (did you mean "per"?)'),
        ("amount", "{round: {to: 0, mode: up}, of: 5}", "9: the step must be a number above 0"),
        ("amount", "{round: {to: {count: posts}, mode: up}, of: 5}", "14: money is expected here, not a number"),
        ("amount", "{per: 0, of: {count: posts}, rounding: up, value: 5}", "1: per takes a number above 0"),
        ("amount", "{per: {count: posts}, of: {count: posts}, rounding: up, value: 5}", "1: per takes a number above 0"),
        ("amount", "{parts: [{id: a, value: 1}, {id: a, value: 2}]}", "34: each part needs an id of its own"),
        ("amount", "{parts: [{id: [a], value: 1}]}", "15: each part needs an id of its own"),
        ("amount", "{part: a}", '8: unknown part "a"'),
        ("amount", "{let: a}", '7: unknown quantity "a"'),
        ("amount", "{range: [1]}", "9: a list of at least 2 is expected here"),
        ("amount", "{over: posts, take: most, value: {fact: wage}}", '21: unknown way to take "most" (expected one of: sum, greatest, least)'),
        ("amount", "{statistic: average_wage, division: {fact: birth_date}, year: 2023}", "37: a division is expected here, but birth_date is a date"),
        ("amount", "{statistic: averge_wage, division: 天津市, year: 2023}", '13: unknown statistic.kind "averge_wage" (did you mean "average_wage"?)'),
        ("amount", "{year_of: on}", "1: money is expected here, not a year"),
        ("amount", "{by: certificate.level, senior: {count: posts}}", "33: money is expected here, not a number"),
        ("amount", "{product: [{let: a}, 2]}", '18: unknown quantity "a"'),
        ("amount", "{brackets: [1], of: {count: posts}}", "13: keys and values are expected here"),
        ("amount", "{by: certificate.level, senor: 1}", '25: unknown certificate.level "senor" (did you mean "senior"? expected one of: assistant, social_worker, senior, none)'),
        ("amount", "{count: posts}", "1: money is expected here, not a number"),
        ("amount", "{product: [{over: posts, take: sum, value: {fact: wage}}, {over: posts, take: sum, value: {fact: wage}}]}", "1: money cannot be multiplied by money"),
        ("amount", "{range: [5, 4]}", "9: the lower end lies above the upper end"),
        ("amount", "{statistic: average_wage, division: 天涯海, year: 2023}", "37: no such division; nearest: 海南省三亚市天涯区 (460204)"),
        ("number", "x", "1: a number is expected here (at most 15 digits and 4 decimals, no exponent)"),
        ("number", "{quotient: [{count: posts}, {over: posts, take: sum, value: {fact: wage}}]}", "13: money is expected here, not a number"),
        ("number", "{months: appraisals}", "1: the entries of appraisals have no start and end"),
        ("number", "{months: posts, at: on}", '17: unknown field "at" (expected one of: months, where, since, until, continuous)'),
    ],
)  # fmt: skip
def test_message(build: str, text: str, message: str) -> None:
    found = problems(build, text)
    assert " | ".join(map(said, found)) == message
    for each in found:
        assert re.search("[一-鿿]", each.text.zh)
        assert each.hint is None or each.hint.zh != each.hint.en
