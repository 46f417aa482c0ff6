"""What changed between two states of rule files, and who feels it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sgincentive.desk.compare import Effect, changes, effects, samples, sure_day
from sgincentive.ruleset import Rules
from tests.desk.made_up import EXAMPLES, FILE, HEAD, SOURCES, TERMS, VERSION, draft, file


def rules(*texts: str, id: str = "x/a") -> Rules:
    schemes = [
        draft(text, id if len(texts) == 1 else f"x/{i}").scheme for i, text in enumerate(texts)
    ]
    return Rules([s for s in schemes if s is not None])


def lines(old: str, new: str) -> list[str]:
    return [f"{sign} {text.en}" for c in changes(rules(old), rules(new)) for sign, text in c.lines]


def felt(old: Rules, new: Rules) -> list[Effect]:
    ids = [c.scheme for c in changes(old, new)]
    asked = samples(old, new, ids)
    return [e for id in ids for e in effects(old, new, asked[id], [id])]


def test_nothing_changed() -> None:
    assert lines(FILE, FILE) == []
    order = FILE.replace("record: sample.reward\n", "").replace(
        "subject", "record: other\nsubject", 1
    )
    words = FILE.replace("样例奖励", "奖励").replace("样例通知", "通知")
    assert lines(FILE, order) == lines(FILE, words) == []


def test_a_changed_amount() -> None:
    assert lines(FILE, FILE.replace("2000", "2400")) == [
        "- [2020-01-01] amount: by level of the certificate: assistant social worker CNY 1,000.00; "
        "social worker CNY 2,000.00",
        "+ [2020-01-01] amount: by level of the certificate: assistant social worker CNY 1,000.00; "
        "social worker CNY 2,400.00",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('applies_in: "330200"', 'applies_in: "330203"', "+ applies in: 浙江省宁波市海曙区"),
        ("per: best", "per: each", "+ benefit: one-off reward, for each certificate"),
        ("per: best", "per: best, strength: guidance", "+ benefit: one-off reward (a guide only)"),
        ("one_of: [assistant, social_worker]", "is: senior", "level of the certificate is senior"),
        ('within: "330200"}', 'within: "330203"}', "is within 浙江省宁波市海曙区 (330203)"),
        ('within: "330200"}', 'within: "330200", strength: target}', "[target]"),
        ('within: "330200"}', 'within: "330200", due: 2023-01-01}', "(from 2023-01-01)"),
        ("from: 2020-01-01", "from: 2020-02", "applied: 2020-02-01…2020-02-29"),
        ("from: 2020-01-01", "from: not_stated\n    seen: 2020-01-01", "(seen 2020-01-01)"),
        ("until: not_stated", "until: 2024-12-31", "applied: 2020-01-01 – 2024-12-31"),
        ("last_confirmed: 2024-06", "last_confirmed: 2024-07", "(in force on 2024-07-31)"),
        ("paid_before: once", "paid_before: once_per_level", "once for each level"),
        ("paid_before: once", "paid_before: {rule: once, other_authority_bars: any}", "+ [2020-01-01] any (granted, paid)"),
    ],
)  # fmt: skip
def test_every_term_shows(old: str, new: str, line: str) -> None:
    assert old in FILE
    changed = [c for c in lines(FILE, FILE.replace(old, new)) if c.startswith("+")]
    assert any(line in c for c in changed), changed


def test_what_a_file_need_not_say_shows_too() -> None:
    more = (
        "stacking: {excludes: [x/b], not_stated: [x/c]}\n"
        "relations: [{implements: x/d}, {overrides: x/e, where: {fact: veteran, is: true}}]\n"
    )
    version = VERSION + "    status: [{status: suspended, from: 2023-01-01, until: 2023-06-30}]\n"
    version += "    application: {until: 2024-12-31}\n    rhythm: {term_months: 3}\n"
    added = lines(FILE, file(more=more, version=version))
    for words in ("not beside: x/b", "not stated whether beside: x/c", "implements x/d",
                  "overrides x/e (veteran)", "suspended: 2023-01-01 – 2023-06-30",
                  "Apply:  – 2024-12-31", "for 3 months at most"):  # fmt: skip
        assert any(words in line for line in added), words


def test_in_both_languages() -> None:
    (change,) = changes(rules(FILE), rules(FILE.replace("2000", "2400")))
    assert change.title.zh == "样例奖励"
    assert "2,400.00 元" in change.lines[1][1].zh


def test_files_that_came_and_went() -> None:
    states = {c.scheme: c.state for c in changes(rules(FILE), rules(FILE, id="x/b"))}
    assert states == {"x/a": "removed", "x/b": "added"}
    gone = felt(rules(FILE), Rules([]))
    assert gone[0].after.en == "no such scheme"
    assert gone[0].gain == (Decimal(-1000), Decimal(-1000))
    came = felt(Rules([]), rules(FILE))
    assert came[0].gain == (Decimal(1000), Decimal(1000))


def test_who_gains_and_who_loses() -> None:
    found = felt(
        rules(FILE), rules(FILE.replace("1000, social_worker: 2000", "900, social_worker: 2600"))
    )
    by_name = {e.who.en: e for e in found}
    assert by_name["assistant"].gain == (Decimal(-100), Decimal(-100))
    assert by_name["assistant"].before.en == "eligible, CNY 1,000.00"
    assert by_name["assistant"].after.zh == "符合条件，900.00 元"
    gained = by_name["S-agency-5y · 宁波市 · 2024-06-30"]
    assert gained.gain == (Decimal(600), Decimal(600))
    assert "lives elsewhere" not in by_name, "who is not concerned feels nothing"
    assert not any(name.startswith("G-") for name in by_name)


def test_a_gain_that_nobody_can_tell() -> None:
    found = felt(rules(FILE), rules(FILE.replace("assistant: 1000", "assistant: not_published")))
    assert {e.gain for e in found} == {None}
    wide = felt(
        rules(FILE), rules(FILE.replace("assistant: 1000", "assistant: {range: [900, 1200]}"))
    )
    assert {e.gain for e in wide} == {(Decimal(-100), Decimal(200))}


def test_examples_that_cannot_be_asked_are_left_out() -> None:
    odd = EXAMPLES.replace("level: assistant, obtained", "level: odd, obtained")
    old = rules(file(examples=odd))
    asked = samples(old, rules(FILE.replace("2000", "2400")), ["x/a"])["x/a"]
    assert asked[0].who.en == "assistant"


def test_another_subject() -> None:
    verdict = (
        (f"{HEAD}versions:\n{VERSION}    requires: [{{fact: staff.total, at_least: 3}}]\n")
        .replace("worker", "station")
        .replace("{kind: one_off, per: best}", "{kind: verdict}")
    )
    found = felt(rules(FILE), rules(verdict))
    assert found[0].after.en == "no such scheme"
    assert found[-1].before.en == "no such scheme"
    assert found[-1].gain is None


def test_a_sure_day() -> None:
    def day(text: str) -> date:
        scheme = draft(text).scheme
        assert scheme is not None
        return sure_day(scheme)

    assert day(FILE) == date(2024, 6, 30)
    ended = "  - from: 2020-01-01\n    until: 2021-12-31\n" + SOURCES
    assert day(file(version=ended)) == date(2021, 12, 31)
    exam = "  - selected_by: exam_year\n    from: 2020\n    until: 2022\n" + SOURCES
    assert day(file(version=exam)) == date(2023, 1, 15)
    assert TERMS in FILE


def test_a_draft_brings_nobody_anything() -> None:
    asked = EXAMPLES.replace("    on:", "    drafts: true\n    on:")
    drafted = file(version=VERSION + "    status: [{status: draft}]\n", examples=asked)
    came = felt(rules(drafted), rules(file(examples=asked)))
    example = next(e for e in came if e.who.en == "assistant")
    assert example.before.en == "eligible, in a draft only, CNY 1,000.00"
    assert example.before.zh == "符合条件，征求意见稿，1,000.00 元"
    assert example.after.en == "eligible, CNY 1,000.00"
    assert example.gain == (Decimal(1000), Decimal(1000))
