"""An example is judged by every key of what it expects."""

from __future__ import annotations

from typing import Any

import pytest

from sgincentive.desk.judge import BadExample, Difference, ask, differences, prepare
from sgincentive.ruleset import Rules
from tests.desk.made_up import FORCE, GIVEN, SOURCES, draft, file

MONTHLY = file(
    """\
    requires:
      - {id: level, fact: certificate.level, one_of: [assistant, social_worker]}
    amount: {by: certificate.level, assistant: 100, social_worker: not_published}
""",
    "",
).replace("kind: one_off", "kind: monthly")


def judged(text: str, number: int = 0) -> list[Difference]:
    scheme = draft(text).scheme
    assert scheme is not None
    case = prepare(scheme.examples[number], scheme.subject)
    return list(differences(case, scheme, ask(case, scheme, Rules([scheme]))))


def expecting(expect: str, given: str = GIVEN) -> list[Difference]:
    return judged(
        file(examples=f"examples:\n  - name: {{zh: 例, en: case}}\n{given}    expect: {expect}\n")
    )


def monthly(expect: str, certificates: str = "{level: assistant, obtained: 2024-02-10}") -> Any:
    return judged(
        MONTHLY
        + f"""\
examples:
  - name: {{zh: 例, en: case}}
    on: 2024-05-01
    from: 2024-01
    to: 2024-03
    given: {{subject: worker, certificates: [{certificates}], received: []}}
    expect: {expect}
"""
    )


@pytest.mark.parametrize(
    "expect",
    [
        "{outcome: eligible, amount: 1000, entitled: 1000}",
        "{outcome: eligible, amount: 1000.00}",
        "{outcome: eligible, amount: [1000, 1000], missing: [], fails: [], unknown: []}",
        "{version: 2020-01-01, standing: confirmed, status: null, concerns: true}",
    ],
)
def test_met(expect: str) -> None:
    assert expecting(expect) == []


@pytest.mark.parametrize(
    ("expect", "difference"),
    [
        ("{outcome: ineligible}", Difference("outcome", "ineligible", "eligible")),
        ("{amount: 1001}", Difference("amount", 1001, 1000)),
        ("{amount: [0, 1000]}", Difference("amount", [0, 1000], 1000)),
        ("{amount: not_published}", Difference("amount", "not_published", 1000)),
        ("{amount: much}", Difference("amount", "much", 1000)),
        ("{amount: null}", Difference("amount", None, 1000)),
        ("{entitled: 5}", Difference("entitled", 5, 1000)),
        ("{missing: [residence]}", Difference("missing", ["residence"], [])),
        ("{missing: residence}", Difference("missing", "residence", [])),
        ("{fails: [level]}", Difference("fails", ["level"], [])),
        ("{unknown: [level]}", Difference("unknown", ["level"], [])),
        ('{version: "2021"}', Difference("version", "2021", "2020-01-01")),
        ("{standing: presumed}", Difference("standing", "presumed", "confirmed")),
        ("{status: draft}", Difference("status", "draft", None)),
        ("{concerns: false}", Difference("concerns", False, True)),
        ("{schedule: {2024-01: 100}}", Difference("schedule.2024-01", 100, None)),
    ],
)
def test_not_met(expect: str, difference: Difference) -> None:
    assert expecting(expect) == [difference]


def test_whoever_is_due_must_be_concerned() -> None:
    text = file(
        """\
    requires: [{id: level, fact: certificate.level, one_of: [assistant]}]
    amount: 1000
    paid_before: once
"""
    ).replace('residence: "330203"', 'residence: "320500"')
    assert judged(text) == [Difference("concerns", True, False)]


def test_amounts_as_an_example_writes_them() -> None:
    text = file().replace("assistant: 1000", "assistant: {range: [200.50, 600]}")
    assert judged(text) == [Difference("amount", 1000, ["200.50", 600])]
    text = file().replace("assistant: 1000", "assistant: not_published")
    assert judged(text) == [Difference("amount", 1000, "not_published")]
    text = file().replace("assistant: 1000", "assistant: {at_least: 200}")
    assert judged(text) == [Difference("amount", 1000, [200, None])]


def test_no_amount_is_null() -> None:
    verdict = file(
        "    requires: [{id: level, fact: certificate.level, is: assistant}]\n",
        f"examples:\n  - name: {{zh: 例, en: case}}\n{GIVEN}"
        "    expect: {outcome: compliant, amount: null}\n",
    ).replace("{kind: one_off, per: best}", "{kind: verdict}")
    assert judged(verdict) == []


# --------------------------------------------------------------------------------- schedules


def test_schedule() -> None:
    expect = "{schedule: {2024-01: ineligible, 2024-02: 100, 2024-03: 100, total: 200}}"
    assert monthly(expect) == []
    assert monthly("{schedule: {2024-02: eligible}}") == []


@pytest.mark.parametrize(
    ("schedule", "difference"),
    [
        ("{2024-01: 100}", Difference("schedule.2024-01", 100, 0)),
        ("{2024-02: ineligible}", Difference("schedule.2024-02", "ineligible", "eligible")),
        ("{total: 300}", Difference("schedule.total", 300, 200)),
        ("{2024-04: 100}", Difference("schedule.2024-04", 100, None)),
        ("[100]", Difference("schedule", [100], [0, 100, 100])),
    ],
)
def test_schedule_not_met(schedule: str, difference: Difference) -> None:
    assert monthly(f"{{schedule: {schedule}}}") == [difference]


def test_months_that_nobody_can_tell() -> None:
    unpublished = "{level: social_worker, obtained: 2024-02-10}"
    assert monthly("{schedule: {2024-02: not_published}}", unpublished) == []
    assert monthly("{schedule: {total: 0}}", unpublished) == [
        Difference("schedule.total", 0, [0, None])
    ]
    assert monthly("{schedule: {2024-02: 0}}", "{level: assistant}") == [
        Difference("schedule.2024-02", 0, "undetermined")
    ]


# ------------------------------------------------------------------ what cannot be asked


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (GIVEN.replace("    on: 2024-05-01\n", ""), "on which day"),
        (GIVEN.replace("level: assistant", "level: asistant"), "given.certificates.0.level"),
        (GIVEN.replace("subject: worker", "subject: station"), "given."),
        ("    on: 2024-05-01\n    given: {subject: station}\n", "another subject"),
        (f"    from: 2024-01\n{GIVEN}", "from and to"),
        (f"    from: 2024-03\n    to: 2024-01\n{GIVEN}", "from and to"),
        (f"    from: spring\n    to: 2024-01\n{GIVEN}", "from and to"),
    ],
)
def test_an_example_that_cannot_be_asked(given: str, words: str) -> None:
    with pytest.raises(BadExample) as caught:
        expecting("{outcome: eligible}", given)
    assert words in caught.value.text.en
    assert caught.value.text.zh


def test_the_day_of_application_stands_in_for_on() -> None:
    given = GIVEN.replace("    on: 2024-05-01\n", "") + "      applied: 2024-05-01\n"
    assert expecting("{outcome: eligible}", given) == []


def test_force_is_judged_too() -> None:
    text = file(version=FORCE.replace("2020-01-01", "2024-05-02") + SOURCES)
    assert judged(text)[0] == Difference("outcome", "eligible", "not_in_force")


def test_an_example_may_ask_about_a_draft() -> None:
    text = file(
        version=f"{FORCE}    status: [{{status: draft}}]\n{SOURCES}",
        examples=f"""\
examples:
  - name: {{zh: 例, en: case}}
    drafts: true
{GIVEN}    expect: {{outcome: eligible, amount: 1000, status: draft}}
    variants:
      - name: {{zh: 住在外地, en: lives elsewhere}}
        set: {{residence: "330300"}}
        expect: {{outcome: ineligible, status: draft}}
      - name: {{zh: 未生效, en: not in force}}
        drafts: false
        expect: {{outcome: not_in_force, status: draft}}
""",
    )
    assert [judged(text, i) for i in range(3)] == [[], [], []]
    assert [e.drafts for e in draft(text).scheme.examples] == [True, True, False]  # type: ignore[union-attr]
