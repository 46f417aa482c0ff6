"""What the examples of a file leave untried."""

from __future__ import annotations

from pathlib import Path

import pytest

from sgincentive.desk.drafts import open_desk
from sgincentive.desk.examples import Report, run
from sgincentive.desk.watch import Watch, can_be
from tests.desk.made_up import EXAMPLES, FILE, HEAD, TERMS, VERSION, desk, draft, file, write


def report(folder: Path, **files: str) -> Report:
    return run(desk(folder, **files))


def untried(folder: Path, text: str) -> list[str]:
    return [u.text.en for u in report(folder, a=text).untried]


def test_examples_that_pass(tmp_path: Path) -> None:
    found = report(tmp_path, a=FILE, b=FILE)
    assert (found.examples, found.failures) == (4, [])


def test_conditions_that_no_example_tries_both_ways(tmp_path: Path) -> None:
    assert untried(tmp_path, FILE) == [
        "no example fails: [level] level of the certificate is assistant social worker or social "
        "worker",
        "no example takes the row: level of the certificate social_worker",
    ]
    found = report(tmp_path, a=FILE).untried
    assert "id: level" in FILE.splitlines()[found[0].line - 1]
    assert "amount:" in FILE.splitlines()[found[1].line - 1]
    assert all(u.text.zh != u.text.en for u in found)


def test_requirements_with_parts_are_named_by_their_id(tmp_path: Path) -> None:
    terms = TERMS.replace(
        '{id: resident, fact: residence, within: "330200"}',
        '{id: link, any: [{fact: residence, within: "330200"}, {fact: hukou, within: "330200"}]}',
    )
    found = untried(tmp_path, file(terms, EXAMPLES.replace("fails: [resident], ", "").replace(
        "outcome: ineligible, amount: 0", "outcome: undetermined")))  # fmt: skip
    assert "no example fails: [link]" in found
    assert "no example meets: household registration is within 浙江省宁波市 (330200)" in found


def test_what_cannot_be_is_not_asked_for(tmp_path: Path) -> None:
    terms = """\
    requires:
      - {id: a, not_stated: {zh: 某条, en: an article}}
      - {id: b, fact: certificate.kind, one_of: [national], open: true}
      - {id: c, fact: residence, within: "330200", open: true}
      - {id: d, exists: posts, where: [{fact: social_work, is: true}]}
      - {id: e, uses: never}
      - {id: f, fact: appraisal.result, is: good}
    amount: 1000
    paid_before: once
""".replace("      - {id: f, fact: appraisal.result, is: good}\n", "")
    examples = EXAMPLES.replace("outcome: eligible, amount: 1000", "outcome: undetermined")
    examples = examples[: examples.index("    variants")]
    found = untried(
        tmp_path,
        file(terms, examples, more="define: {never: {not_stated: {zh: 某条, en: an article}}}\n"),
    )
    assert [f for f in found if "[a]" in f or "[e]" in f] == []
    assert [f for f in found if "[b]" in f and "fails" in f] == []
    assert [f for f in found if "[c]" in f] == []
    assert "no example meets: [d]" in found
    assert "no example meets: does social work" in found


OPEN = "{not_stated: {zh: 某条, en: an article}}"
PLAIN = "{fact: veteran, is: true}"
LISTED = "{fact: role, one_of: [community_worker], open: true}"
WAYS: dict[str, tuple[str, set[bool]]] = {
    "any with an open part": (f"any: [{PLAIN}, {OPEN}]", {True}),
    "all with an open part": (f"all: [{PLAIN}, {OPEN}]", {False}),
    "not": (f"not: {{any: [{PLAIN}, {OPEN}]}}", {False}),
    "readings of which one holds at most": (
        f"readings: [{PLAIN}, {{any: [{PLAIN}, {OPEN}]}}]", {True}
    ),
    "readings": (f"readings: [{PLAIN}, {{fact: student, is: true}}]", {True, False}),
    "a part under a guard": (f"any: [{PLAIN}, {OPEN}]\n        when: {PLAIN}", {True}),
    "an open entry": (f"exists: posts\n        where: [{OPEN}]", {False}),
    "an entry": (f"exists: posts\n        where: [{LISTED}]", {True, False}),
    "every entry of an open list": (
        f"every: posts\n        that: [{LISTED}]\n        if_empty: holds", {True}
    ),
    "every entry of an open list, or none": (
        f"every: posts\n        that: [{LISTED}]\n        if_empty: fails", {True, False}
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WAYS)
def test_what_the_text_leaves_open_is_not_asked_for(case: str) -> None:
    condition, ways = WAYS[case]
    terms = f"""\
    requires:
      - id: a
        {condition}
        text: {{zh: 某条件, en: a condition}}
    amount: 1000
    paid_before: once
"""
    scheme = draft(file(terms)).scheme
    assert scheme is not None
    node = scheme.versions[0].requirements[0].condition
    assert {value for value in (True, False) if can_be(node, value)} == ways


def test_every_word_can_only_hold(tmp_path: Path) -> None:
    terms = """\
    requires:
      - id: a
        exists: exams
        where: [{fact: level, one_of: [assistant, social_worker, senior]}]
    amount: 1000
    paid_before: once
"""
    given = EXAMPLES.replace("received: []", "received: []\n      exams: [{level: assistant}]")
    given = given[: given.index("    variants")]
    found = untried(tmp_path, file(terms, given))
    assert found == ["no example fails: [a]"]


def test_tables(tmp_path: Path) -> None:
    amount = """\
    amount:
      sum:
        - cases:
            - {when: {fact: veteran, is: true}, value: 1}
            - {when: {fact: student, is: true}, value: 2}
            - {otherwise: 3}
        - brackets:
            - {less_than: 12, value: 4}
            - {at_least: 12, value: 5}
          of: {months: posts, where: [{fact: social_work, is: true}]}
        - {by: certificate.exam_year, 2023: 6, otherwise: 7}
    paid_before: once
"""
    terms = TERMS[: TERMS.index("    amount")] + amount
    more = "veteran: false\n      student: true\n      posts: []\n      received: []"
    examples = f"""\
{EXAMPLES.replace("received: []", more).replace("amount: 1000", "outcome: undetermined")}
      - {{name: {{zh: 年份, en: year}}, set: {{certificates.0.exam_year: 2022}}, expect: {{amount: 13}}}}
"""
    examples = examples.replace("{outcome: eligible, outcome: undetermined}", "{amount: [12, 13]}")
    found = [u for u in untried(tmp_path, file(terms, examples)) if "row" in u]
    assert (
        found
        == [
            "no example takes the row: veteran",
            "no example takes the row: otherwise",
            "no example takes the row: months of “posts” where does social work 12–",
            "no example takes the row: year of the exam 2023",
        ]
        or len(found) == 4
    )
    open_case = examples.replace("veteran: false\n      ", "").replace("posts: []\n", "\n")
    assert untried(tmp_path, file(terms, open_case.replace("amount: 13", "outcome: eligible")))


def test_a_named_amount_is_one_place_however_often_it_is_used(tmp_path: Path) -> None:
    version = f"{VERSION}    let: {{base: {{by: certificate.level, assistant: 1, senior: 2}}}}\n"
    terms = TERMS.replace(
        "{by: certificate.level, assistant: 1000, social_worker: 2000}",
        "{sum: [{let: base}, {let: base}]}",
    )
    found = untried(tmp_path, file(terms, EXAMPLES.replace("1000", "2"), version=version))
    assert len([u for u in found if "row" in u]) == 1


def test_a_case_that_no_row_fits_and_a_name_used_twice(tmp_path: Path) -> None:
    more = "define: {veteran: {fact: veteran, is: true}}\n"
    terms = """\
    requires: [{id: a, not: {any: [{uses: veteran}, {fact: student, is: true}]}}]
    amount: {sum: [1000, {cases: [{when: {uses: veteran}, value: 5}]}]}
    paid_before: once
"""
    given = EXAMPLES.replace(
        "received: []", "veteran: false\n      student: false\n      received: []"
    )
    given = given[: given.index("    variants")].replace("amount: 1000", "amount: [1000, null]")
    assert sorted(untried(tmp_path, file(terms, given, more=more))) == [
        "no example fails: [a]",
        "no example meets: student",
        "no example meets: veteran",
        "no example takes the row: veteran",
    ]


def test_failures_say_where_and_why(tmp_path: Path) -> None:
    bad = FILE.replace("eligible, amount: 1000", "ineligible, amount: 1001")
    found = report(tmp_path, a=bad).failures
    assert [d.key for d in found[0].differences] == ["outcome", "amount"]
    assert (
        found[0].example.mark[0]
        == bad.splitlines().index("  - name: {zh: 初级, en: assistant}") + 1
    )
    assert found[0].answer is not None
    assert "✓ level" in found[0].answer.en
    odd = report(tmp_path, a=FILE.replace("level: assistant, obtained", "level: odd, obtained"))
    assert len(odd.failures) == 2
    assert odd.failures[0].problem is not None
    assert odd.failures[0].answer is None


def test_broken_files_are_passed_over(tmp_path: Path) -> None:
    heard = []
    opened = open_desk(write(tmp_path, a=FILE, b=HEAD))
    assert run(opened, lambda each: heard.append(each.id)).examples == 2
    assert heard == ["x/a", "x/b"]


def test_a_watched_scheme_gives_the_same_answers() -> None:
    watch = Watch(draft(FILE))
    assert watch.scheme.examples == draft(FILE).scheme.examples  # type: ignore[union-attr]
    requirement = watch.scheme.versions[0].requirements[0]
    assert watch.requirement(requirement.condition) == "level"  # type: ignore[arg-type]
