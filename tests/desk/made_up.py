"""Made-up rule files for the tests of the author's desk."""

from __future__ import annotations

from pathlib import Path

from sgincentive.desk.drafts import Desk, Draft, open_desk, read_draft

HEAD = """\
# yaml-language-server: $schema=../../docs/rule-file.schema.json
# A made-up scheme.
title: {zh: 样例奖励, en: Sample reward}
record: sample.reward
subject: worker
applies_in: "330200"
issuer: not_stated
payer: not_stated
benefit: {kind: one_off, per: best}
"""
SOURCES = "    sources: [{title: 样例通知, kind: repost, url: 'http://example.org/'}]\n"
FORCE = "  - from: 2020-01-01\n    until: not_stated\n    last_confirmed: 2024-06\n"
VERSION = f"{FORCE}{SOURCES}"
TERMS = """\
    requires:
      - {id: level, fact: certificate.level, one_of: [assistant, social_worker]}
      - {id: resident, fact: residence, within: "330200"}
    amount: {by: certificate.level, assistant: 1000, social_worker: 2000}
    paid_before: once
"""
GIVEN = """\
    on: 2024-05-01
    given:
      subject: worker
      residence: "330203"
      certificates: [{level: assistant, obtained: 2023-12-05}]
      received: []
"""
EXAMPLES = f"""\
examples:
  - name: {{zh: 初级, en: assistant}}
{GIVEN}    expect: {{outcome: eligible, amount: 1000}}
    variants:
      - name: {{zh: 住在外地, en: lives elsewhere}}
        set: {{residence: "330300"}}
        expect: {{outcome: ineligible, amount: 0, fails: [resident], concerns: false}}
"""
FILE = f"{HEAD}versions:\n{VERSION}{TERMS}{EXAMPLES}"


def file(
    terms: str = TERMS,
    examples: str = EXAMPLES,
    *,
    head: str = HEAD,
    version: str = VERSION,
    more: str = "",
) -> str:
    """A whole rule file."""
    return f"{head}{more}versions:\n{version}{terms}{examples}"


def write(folder: Path, **files: str) -> Path:
    """A rule folder with the files, each under x/<name>."""
    for name, text in files.items():
        path = folder / "x" / f"{name.replace('_', '-')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def desk(folder: Path, **files: str) -> Desk:
    """The desk of the files; they must be sound."""
    opened = open_desk(write(folder, **files))
    assert opened.problems == ()
    return opened


def draft(text: str, id: str = "x/a") -> Draft:
    """One sound rule file."""
    made = read_draft(text, f"{id}.yaml", id)
    assert made.problems == ()
    assert made.scheme is not None
    return made
