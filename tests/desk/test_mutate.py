"""Which changes the examples notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from sgincentive.desk import mutate
from sgincentive.desk.drafts import open_desk
from sgincentive.desk.mutate import Jury, Tally, mutate_all, stale
from tests.desk.made_up import EXAMPLES, FILE, GIVEN, HEAD, desk, file, write

# Kills everything that can be killed in FILE.
MORE = f"""\
{EXAMPLES}      - name: {{zh: 居住地未知, en: residence unknown}}
        remove: [residence]
        expect: {{outcome: undetermined, missing: [residence]}}
      - {{name: {{zh: 中级, en: social_worker}}, set: {{certificates.0.level: social_worker}}, expect: {{amount: 2000}}}}
      - {{name: {{zh: 高级, en: senior}}, set: {{certificates.0.level: senior}}, expect: {{fails: [level]}}}}
      - {{name: {{zh: 首日, en: the first day}}, on: 2020-01-01, set: {{certificates.0.obtained: 2019-12-01}}, expect: {{outcome: eligible}}}}
      - {{name: {{zh: 前一日, en: the day before}}, on: 2019-12-31, set: {{certificates.0.obtained: 2019-12-01}}, expect: {{outcome: not_in_force}}}}
      - {{name: {{zh: 最后核实, en: the last day confirmed}}, on: 2024-06-30, expect: {{standing: confirmed}}}}
      - {{name: {{zh: 此后, en: the day after}}, on: 2024-07-01, expect: {{standing: presumed}}}}
      - name: {{zh: 两份, en: two certificates}}
        set: {{certificates.1: {{level: social_worker, obtained: 2023-12-05}}}}
        expect: {{amount: 2000}}
      - name: {{zh: 已领初级, en: assistant paid before}}
        set:
          certificates.1: {{level: social_worker, obtained: 2023-12-05}}
          received: [{{scheme: x/a, level: assistant, amount: 1000, paid: 2023-01-01}}]
        expect: {{outcome: ineligible, amount: 0}}
"""
UNTESTED = "untested: [{at: benefit.per, change: best -> each, why: {zh: 因, en: because}}]\n"


def tally(folder: Path, *prefixes: str, **files: str) -> Tally:
    return mutate_all(open_desk(write(folder, **files), prefixes=prefixes))


def survivors(found: Tally) -> list[str]:
    return [f"{s.mutant.at}: {s.mutant.change}" for s in found.survivors]


def test_every_change_is_noticed(tmp_path: Path) -> None:
    found = tally(tmp_path, a=file(examples=MORE))
    assert survivors(found) == []
    assert (found.killed, found.all) == (20, 20)
    assert [found.named, found.stale, found.failing] == [[], [], []]


def test_what_no_example_asks_survives(tmp_path: Path) -> None:
    found = tally(tmp_path, a=FILE)
    assert found.killed + len(found.survivors) == found.all == 20
    left = survivors(found)
    assert "versions.0.amount.social_worker: 2000 -> 2001" in left
    assert "versions.0.last_confirmed: 2024-06 -> 2024-07" in left
    assert "versions.0.amount.assistant: 1000 -> 1001" not in left
    assert "applies_in: 330200 -> 330000" not in left


def test_named_survivors_are_apart(tmp_path: Path) -> None:
    named = UNTESTED.replace("change: best -> each, ", "")
    whole = UNTESTED.replace("benefit.per, change: best -> each", "versions.0.amount.social_worker")
    for text in (named, UNTESTED):
        found = tally(tmp_path, a=file(more=text))
        assert "benefit.per: best -> each" not in survivors(found)
        assert [s.mutant.change for s in found.named] == ["best -> each"]
        assert found.named[0].named is not None
        assert found.named[0].named.why.en == "because"
        assert found.killed + len(found.survivors) + 1 == found.all == 20
    found = tally(tmp_path, a=file(more=whole))
    assert len(found.named) == 2


def test_an_entry_that_names_no_survivor_is_stale(tmp_path: Path) -> None:
    other = UNTESTED.replace("best -> each", "each -> best")
    killed = UNTESTED.replace("benefit.per, change: best -> each", "versions.0.amount.assistant")
    nowhere = UNTESTED.replace("benefit.per", "benefit.pre")
    for text in (other, killed, nowhere):
        found = tally(tmp_path, a=file(more=text))
        assert len(found.stale) == 1
        assert found.named == []
        assert len(stale(desk(tmp_path))) == 1
    assert stale(desk(tmp_path, a=file(more=UNTESTED))) == []
    assert stale(desk(tmp_path, a=FILE)) == []


def test_an_example_that_fails_anyway_kills_nothing(tmp_path: Path) -> None:
    text = FILE.replace("amount: 1000}\n    variants", "amount: 999}\n    variants")
    bad = file(examples=EXAMPLES.replace("amount: 1000", "amount: 999"))
    assert text == bad
    found = tally(tmp_path, a=bad)
    assert [(draft.id, n) for draft, n in found.failing] == [("x/a", 1)]
    assert "versions.0.amount.assistant: 1000 -> 1001" in survivors(found)
    nobody = file(examples=EXAMPLES.replace("level: assistant, obtained", "level: odd, obtained"))
    assert tally(tmp_path, a=nobody).failing[0][1] == 2


def test_a_change_of_an_override_is_noticed_above(tmp_path: Path) -> None:
    lower = file(
        "    requires: [{fact: certificate.level, one_of: [assistant]}]\n"
        "    amount: 1\n    paid_before: once\n",
        "",
        more="relations: [{overrides: x/upper, where: {fact: residence, within: '330203'}}]\n",
    )
    upper = file(examples=EXAMPLES.replace('residence: "330203"', 'residence: "330205"') + """\
      - name: {zh: 海曙, en: Haishu}
        set: {residence: "330203"}
        expect: {outcome: ineligible, fails: [not-overridden]}
""")  # fmt: skip
    upper += upper[upper.index("  - name") :].replace("amount: 1000", "amount: 1")
    found = tally(tmp_path, "x/lower", lower=lower, upper=upper)
    assert found.failing == [], "what fails above is told there"
    gone = {s for s in survivors(found) if s.startswith("relations")}
    assert gone == set()
    alone = tally(tmp_path / "alone", lower=lower)
    assert "relations: drop overrides" in survivors(alone)


def test_a_change_without_an_answer_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = desk(tmp_path, a=FILE).drafts[0]
    assert draft.scheme is not None
    jury = Jury(desk(tmp_path), draft.scheme)
    assert not jury.notices(draft.scheme)

    def no_answer(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(mutate, "ask", no_answer)
    assert jury.notices(draft.scheme)


def test_only_sound_files_are_tried(tmp_path: Path) -> None:
    heard = []
    opened = open_desk(write(tmp_path, a=FILE, b=HEAD))
    found = mutate_all(opened, lambda draft: heard.append(draft.id))
    assert heard == ["x/a", "x/b"]
    assert {s.draft.id for s in found.survivors} == {"x/a"}
    assert GIVEN in FILE
    assert stale(opened) == []
