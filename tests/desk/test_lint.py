"""What is allowed and yet most likely a mistake."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sgincentive.desk.drafts import open_desk
from sgincentive.desk.lint import Finding, lint
from tests.desk.made_up import (
    EXAMPLES,
    FILE,
    FORCE,
    HEAD,
    SOURCES,
    TERMS,
    VERSION,
    desk,
    file,
    write,
)

TODAY = date(2024, 7, 1)
ENDED = FORCE.replace("    until: not_stated\n    last_confirmed: 2024-06\n", "    until: {end}\n")


def found(
    folder: Path, text: str, *ids: str, today: date = TODAY, days: int = 400
) -> list[Finding]:
    return lint(desk(folder, a=text), ids, today, days)


def said(folder: Path, text: str, *ids: str) -> list[str]:
    return [f"{f.code}: {f.diagnostic.text.en}" for f in found(folder, text, *ids)]


def requiring(*conditions: str) -> str:
    rows = "".join(f"      - {c}\n" for c in conditions)
    return file(
        f"    requires:\n{rows}    amount: 1000\n    paid_before: once\n",
        "",
    )


def of(folder: Path, *conditions: str) -> list[str]:
    """The findings of requirements, without their words."""
    return [s.partition(":")[0] for s in said(folder, requiring(*conditions))]


def test_a_sound_file_is_clean(tmp_path: Path) -> None:
    assert said(tmp_path, FILE) == []
    opened = open_desk(write(tmp_path, b=HEAD))
    heard: list[str] = []
    assert lint(opened, [], TODAY, step=lambda d: heard.append(d.id)) == []
    assert heard == ["x/a", "x/b"]


def test_every_finding_has_both_languages_and_a_place(tmp_path: Path) -> None:
    text = file(
        TERMS.replace('within: "330200"', 'within: "320000"'),
        more="relations: [{implements: x/none}]\ndefine: {idle: {fact: veteran, is: true}}\n",
    ).replace("# A made-up scheme.\n", "\n")
    for finding in found(tmp_path, text):
        diagnostic = finding.diagnostic
        assert diagnostic.text.zh != diagnostic.text.en
        assert diagnostic.mark is not None
        assert diagnostic.line_text == text.splitlines()[diagnostic.mark.line - 1]
        assert diagnostic.severity == "error"


# ------------------------------------------------------------------------------ first line


def test_first_lines(tmp_path: Path) -> None:
    wrong = FILE.replace("../../docs", "../docs")
    bare = FILE.partition("\n")[2]
    for text in (wrong, bare):
        (finding,) = found(tmp_path, text)
        assert finding.code == "first-line"
        assert finding.diagnostic.hint is not None
        assert "write # yaml-language-server: $schema=../../docs/" in finding.diagnostic.hint.en
    assert said(tmp_path, FILE.replace("# A made-up scheme.\n", "")) == [
        "first-line: the second line should be a comment that says what the file is"
    ]


# -------------------------------------------------------------------------------- versions


def two(end: str, start: str, more: str = "") -> str:
    early = ENDED.format(end=end) + SOURCES
    late = FORCE.replace("2020-01-01", start) + SOURCES
    return f"{HEAD}{more}versions:\n{early}{TERMS}{late}{TERMS}"


def test_gaps(tmp_path: Path) -> None:
    assert said(tmp_path, two("2021-12-31", "2022-01-01")) == []
    (gap,) = said(tmp_path, two("2021-12-31", "2022-01-02"))
    assert gap.startswith("gap: between the versions 2020-01-01 and 2022-01-02")
    noted = "unclear: [{zh: 其间的规定未见, en: the terms in between were not seen}]\n"
    assert said(tmp_path, two("2021-12-31", "2022-01-02", noted)) == []
    unseen = two("2021-12-31", "not_stated\n    seen: 2023-01-01")
    assert said(tmp_path, unseen) == []


def test_age(tmp_path: Path) -> None:
    day = date(2025, 7, 1)
    (old,) = found(tmp_path, FILE, today=day, days=365)
    assert (old.code, old.diagnostic.severity) == ("not-read-again", "warning")
    assert "366 days ago" in old.diagnostic.text.en
    assert found(tmp_path, FILE, today=day, days=366) == []
    over = file(version=ENDED.format(end="2023-12-31") + SOURCES)
    suspended = file(version=f"{VERSION}    status: [{{status: suspended, from: 2024-01-01}}]\n")
    for text in (over, suspended):
        assert [f for f in found(tmp_path, text, today=day) if f.code == "not-read-again"] == []


# ----------------------------------------------------------------------------------- terms


@pytest.mark.parametrize(
    "conditions",
    [
        ("{fact: certificate.level, is: senior}", "{fact: certificate.level, one_of: [assistant]}"),
        ("{fact: certificate.level, at_least: senior}", "{fact: certificate.level, is: assistant}"),
        ("{fact: certificate.level, more_than: senior}",),
        ("{fact: certificate.level, is_not: senior}", "{fact: certificate.level, is: senior}"),
        ("{fact: veteran, is: true}", "{all: [{fact: student, is: false}, {fact: veteran, is: false}]}"),
        ("{value: {count: posts}, at_least: 3}", "{value: {count: posts}, less_than: 3}"),
        ("{value: {count: posts}, is: 3}", "{value: {count: posts}, more_than: 3}"),
        ("{value: {count: posts}, between: [1, 3]}", "{value: {count: posts}, at_most: 0}"),
        ("{value: {count: posts}, less_than: 0}",),
        ("{fact: birth_date, before: 1990-01-01}", "{fact: birth_date, not_before: 1990-01-01}"),
        ("{fact: birth_date, after: 2000-12}", "{fact: birth_date, not_after: 1999}"),
        ('{fact: hukou, within: "330200"}', '{fact: hukou, within: "330300"}'),
        ('{fact: residence, within: "320000"}',),
        ("{exists: posts, where: [{fact: role, is: student}, {fact: role, is: teacher_or_researcher}]}",),
        ("{any: [{all: [{fact: veteran, is: true}, {fact: veteran, is: false}]}, {fact: student, is: true}]}",),
    ],
)  # fmt: skip
def test_what_can_never_hold(tmp_path: Path, conditions: tuple[str, ...]) -> None:
    assert "never-holds" in of(tmp_path, *conditions)


@pytest.mark.parametrize(
    "conditions",
    [
        ("{fact: certificate.level, at_least: social_worker}", "{fact: certificate.level, is: senior}"),
        ("{fact: certificate.kind, one_of: [national], open: true}", "{fact: certificate.kind, is: union}"),
        ("{fact: certificate.level, is: senior}", "{fact: certificate.level, is_not: none}"),
        ("{value: {count: posts}, at_least: 3}", "{value: {count: posts}, at_most: 3}"),
        ("{value: {count: posts}, is_not: 3}", "{value: {count: posts}, is: 3}"),
        ("{value: {count: posts}, at_least: {count: fees}}", "{value: {count: posts}, at_most: 0}"),
        ("{value: {count: posts}, between: [{count: fees}, 3]}",),
        ("{fact: birth_date, before: applied}", "{fact: birth_date, not_before: 1990-01-01}"),
        ("{fact: birth_date, not_before: 1990}", "{fact: birth_date, not_after: 1990-06}"),
        ('{fact: hukou, within: "330200"}', '{fact: hukou, within: "330203"}'),
        ('{fact: hukou, within: "330200"}', '{fact: residence, within: "330200"}'),
        ('{fact: hukou, within: "330200"}', '{fact: hukou, not_within: "330203"}'),
        ('{fact: hukou, within: "330200"}', '{fact: hukou, within: "330300", open: true}'),
        ('{fact: hukou, within: {fact: residence}}',),
        ("{any: [{fact: veteran, is: true}, {fact: veteran, is: false}]}",),
        ("{fact: veteran, is: true}", "{fact: veteran, is: false, when: {fact: student, is: true}}"),
        ("{fact: veteran, is: true}", "{fact: veteran, is: false, strength: guidance}"),
        ("{fact: veteran, is: true}", "{fact: veteran, is: false, due: 2025-01-01}"),
        ("{fact: certificate.grade, is: 一级}", "{fact: certificate.grade, is: 二级}"),
        ("{fact: certificate.level, at_least: assistant}",),
        ("{fact: certificate.level, one_of: [assistant, social_worker, senior]}",),
        ("{exists: posts, where: [{fact: engaged_level, at_least: {fact: certificate.level}}]}",),
        ("{uses: resident}",),
    ],
)  # fmt: skip
def test_what_may_hold(tmp_path: Path, conditions: tuple[str, ...]) -> None:
    more = "define: {resident: {fact: residence, within: '330200'}}\n"
    text = requiring(*conditions).replace("versions:", f"{more}versions:")
    assert [s for s in said(tmp_path, text) if not s.startswith("unused")] == []


def test_a_contradiction_is_told_once(tmp_path: Path) -> None:
    assert of(tmp_path, "{all: [{fact: veteran, is: true}, {fact: veteran, is: false}]}") == [
        "never-holds"
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "{value: {count: posts}, at_least: 0}",
        "{fact: birth_date, not_before: 1900-01-01}",
        '{fact: residence, within: "000000"}',
        "{exists: exams, where: [{fact: level, one_of: [assistant, social_worker, senior]}]}",
        "{exists: appraisals, where: [{fact: result, at_least: failed}]}",
        "{fact: veteran, is: true, unless: {value: {count: fees}, at_least: 0}}",
    ],
)
def test_what_always_holds(tmp_path: Path, condition: str) -> None:
    levels = "level" in condition  # naming every level is how a notice asks for a certificate
    assert of(tmp_path, condition) == ([] if levels else ["always-holds"])


@pytest.mark.parametrize(
    "condition",
    ["{value: {difference: [{count: posts}, 5]}, at_least: 0}", "{value: {count: posts}, at_least: 1}"],
)  # fmt: skip
def test_what_need_not_hold(tmp_path: Path, condition: str) -> None:
    assert of(tmp_path, condition) == []


def rows(amount: str, *requires: str) -> str:
    text = requiring(*(requires or ("{fact: certificate.level, one_of: [assistant, senior]}",)))
    return text.replace("amount: 1000", f"amount: {amount}")


def test_rows_that_no_eligible_subject_reaches(tmp_path: Path) -> None:
    assert said(tmp_path, rows("{by: certificate.level, assistant: 1, social_worker: 2}")) == [
        "never-matches: the requirements exclude the row social_worker"
    ]
    none = rows(
        "{by: certificate.level, none: 1, senior: 2}", "{fact: certificate.level, is: senior}"
    )
    assert said(tmp_path, none) == ["never-matches: the requirements exclude the row none"]
    assert said(tmp_path, rows("{by: student, true: 1, false: 2}")) == []
    twice = (
        "{cases: [{when: {fact: veteran, is: true}, value: 1}, "
        "{when: {fact: student, is: true}, value: 2}, "
        "{when: {fact: veteran, is: true}, value: 3}]}"
    )
    assert said(tmp_path, rows(twice)) == ["never-matches: an earlier row has the same condition"]


def test_bands(tmp_path: Path) -> None:
    months = "{months: posts}"
    bands = f"{{brackets: [{{less_than: 12, value: 1}}, {{at_least: 12, value: 2}}], of: {months}}}"
    assert said(tmp_path, rows(bands)) == []
    year = f"{{value: {months}, at_least: 12}}"
    assert said(tmp_path, rows(bands, year)) == ["never-matches: no number falls into this band"]
    empty = f"{{brackets: [{{at_least: 12, less_than: 12, value: 1}}], of: {months}}}"
    assert said(tmp_path, rows(empty)) == ["never-matches: no number falls into this band"]


# -------------------------------------------------------------------------- texts and names


def test_translations(tmp_path: Path) -> None:
    assert said(tmp_path, FILE.replace("en: Sample reward", "en: 样例奖励")) == [
        "translation: the en text is not English"
    ]
    assert said(tmp_path, FILE.replace("zh: 样例奖励", "zh: Sample")) == [
        "translation: the zh text holds no Chinese"
    ]
    assert said(tmp_path, FILE.replace("zh: 样例奖励", "zh: '2024'")) == []
    number = "en: rests on 民发〔2009〕44号"
    assert said(tmp_path, FILE.replace("en: Sample reward", number)) == []


def test_names_that_nothing_uses(tmp_path: Path) -> None:
    more = "define: {used: {fact: veteran, is: true}, idle: {fact: student, is: true}}\n"
    text = file(
        TERMS.replace("requires:\n", "requires:\n      - {uses: used}\n"),
        "",
        version=f"{VERSION}    let: {{base: 5, spare: 6}}\n",
        more=more,
    ).replace("assistant: 1000", "assistant: {let: base}")
    assert said(tmp_path, text) == ["unused: nothing uses idle", "unused: nothing uses spare"]


def test_schemes_that_do_not_exist(tmp_path: Path) -> None:
    more = (
        "stacking: {excludes: [x/other, x/a]}\n"
        "relations: [{overrides: x/upper, where: {fact: veteran, is: true}}]\n"
    )
    text = file(more=more)
    assert said(tmp_path, text, "x/a", "x/other", "x/upper") == []
    assert said(tmp_path, text, "x/a", "x/uper") == [
        'unknown-scheme: unknown scheme "x/other"', 'unknown-scheme: unknown scheme "x/upper"',
    ]  # fmt: skip
    (finding,) = found(tmp_path, text, "x/a", "x/other", "x/uper")
    assert finding.diagnostic.hint is not None
    assert "x/uper" in finding.diagnostic.hint.en
    far = text.replace("x/upper", "qqq")
    assert found(tmp_path, far, "x/a", "x/other")[0].diagnostic.hint is None


def test_stale_untested(tmp_path: Path) -> None:
    entry = "untested: [{{at: {at}{change}, why: {{zh: 因, en: because}}}}]\n"
    survives = entry.format(at="benefit.per", change="")
    assert said(tmp_path, file(more=survives)) == []
    killed = entry.format(at="versions.0.amount.assistant", change=", change: 1000 -> 1001")
    (stale,) = said(tmp_path, file(more=killed))
    assert stale.startswith("stale-untested: untested versions.0.amount.assistant (1000 -> 1001)")
    assert EXAMPLES in FILE
