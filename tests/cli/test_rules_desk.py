"""``sgincentive rules``: what the author's desk says, and with which exit status."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from sgincentive.cli import rules as commands
from sgincentive.words import Text
from tests.cli.command_line import RULE, WORKER, Run

FIRST = "# yaml-language-server: $schema=../../docs/rule-file.schema.json\n# A test.\n"
EXAMPLES = """\
examples:
  - name: {zh: 初级, en: assistant}
    on: 2024-05-01
    given:
      subject: worker
      residence: "330203"
      certificates: [{level: assistant, obtained: 2023-12-05}]
      received: []
    expect: {outcome: eligible, amount: 1000}
"""
FILE = FIRST + RULE + EXAMPLES
FAILING = FILE.replace("amount: 1000}", "amount: 999}")
BROKEN = FILE.replace("payer", "payr")
UNASKED = FILE.replace("level: assistant, obtained", "level: odd, obtained")


def folder(tmp_path: Path, text: str = FILE, name: str = "a") -> Path:
    path = tmp_path / "x" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return tmp_path


def json_of(run: Run, *arguments: str | Path, status: int = 0) -> Any:
    ran = run("rules", *arguments, "--json")
    assert ran.status == status, ran
    return json.loads(ran.out)


# -------------------------------------------------------------------------------- validate


def test_validate(run: Run, tmp_path: Path) -> None:
    good = run("rules", "validate", folder(tmp_path), "--lang", "en")
    assert (good.status, good.err) == (0, "")
    assert good.out == "1 files, 1 sound schemes, 0 errors\n"
    bad = run("rules", "validate", folder(tmp_path, BROKEN, "b"), "--lang", "en")
    assert bad.status == 2
    assert 'b.yaml:8:1: error: unknown field "payr"' in bad.err
    assert '"payer" is missing' not in bad.err, "a misspelt key is one error"
    assert bad.out == "2 files, 1 sound schemes, 1 errors\n"


def test_validate_json(run: Run, tmp_path: Path) -> None:
    found = json_of(run, "validate", folder(tmp_path, BROKEN), status=2)
    assert (found["files"], found["schemes"], found["errors"]) == (1, 0, 1)
    problem = next(p for p in found["problems"] if p["line"] == 8)
    assert problem["severity"] == "error"
    assert problem["hint"]["en"].startswith('did you mean "payer"?')
    (tmp_path / "x" / "a.yaml").rename(tmp_path / "x" / "A.yaml")
    folder(tmp_path)
    named = json_of(run, "validate", tmp_path, status=2)["problems"]
    assert [(p["line"], p["hint"]) for p in named] == [(None, None)]


def test_the_shipped_rules_are_sound(run: Run) -> None:
    assert json_of(run, "validate")["errors"] == 0


@pytest.mark.parametrize("command", ["validate", "test", "mutate", "lint"])
def test_nothing_to_look_at(run: Run, tmp_path: Path, command: str) -> None:
    for arguments in ([tmp_path / "none"], [folder(tmp_path), "--file", "x/b"]):
        ran = run("rules", command, *arguments, "--lang", "en")
        assert (ran.status, ran.out) == (2, "")
        assert "there is no such rule f" in ran.err


# ------------------------------------------------------------------------------------ test


def test_examples_that_pass(run: Run, tmp_path: Path) -> None:
    ran = run("rules", "test", folder(tmp_path), "--lang", "en")
    assert (ran.status, ran.err) == (0, "")
    assert "a.yaml:16: no example fails: [certificate-level] level of the" in ran.out
    assert ran.out.endswith("1 files, 1 examples, 0 fail; 1 places are not tried by any\n")


def test_examples_that_fail(run: Run, tmp_path: Path) -> None:
    ran = run("rules", "test", folder(tmp_path, FAILING), "--lang", "en")
    assert ran.status == 1
    lines = ran.out.splitlines()
    assert lines[0].endswith("a.yaml:20:5: assistant")
    assert lines[1] == "   amount: expected 999, got 1000"
    assert "eligible, CNY 1,000.00   ✓ certificate" in lines[2]
    chinese = run("rules", "test", tmp_path)
    assert "amount: 期望 999，得到 1000" in chinese.out
    odd = run("rules", "test", folder(tmp_path, UNASKED), "--lang", "en")
    assert odd.status == 1
    assert "   given.certificates.0.level: " in odd.out


def test_examples_json(run: Run, tmp_path: Path) -> None:
    found = json_of(run, "test", folder(tmp_path, FAILING), status=1)
    assert (found["files"], found["examples"]) == (1, 1)
    failure = found["failures"][0]
    assert failure["line"] == 20
    assert failure["differences"] == [{"key": "amount", "expected": 999, "got": 1000}]
    assert failure["problem"] is None
    assert found["untried"][0]["text"]["en"].startswith("no example meets")
    odd = json_of(run, "test", folder(tmp_path, UNASKED), status=1)["failures"][0]
    assert odd["problem"]["zh"]
    assert odd["differences"] == []


def test_a_broken_file_beside(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, BROKEN, "b")
    for command in ("test", "mutate", "lint"):
        ran = run("rules", command, folder(tmp_path), "--lang", "en")
        assert ran.status == 2
        assert "payr" in ran.err
        assert "files" in ran.out
    assert run("rules", "test", tmp_path, "--file", "x/a").status == 0


# ---------------------------------------------------------------------------------- mutate


def test_mutate(run: Run, tmp_path: Path) -> None:
    ran = run("rules", "mutate", folder(tmp_path), "--lang", "en")
    assert (ran.status, ran.err) == (1, "")
    assert "a.yaml:6: 330200 -> 330000   (applies_in)" in ran.out
    assert "hint: applies_in: an example whose places" in ran.out
    assert "hint: seen" not in ran.out
    assert ran.out.splitlines()[-1].startswith("1 files, ")


def test_mutate_json(run: Run, tmp_path: Path) -> None:
    named = "untested: [{at: benefit.per, why: {zh: 因, en: because}}, {at: amount, why: {zh: 无, en: none}}]\n"
    found = json_of(run, "mutate", folder(tmp_path, FILE + named), status=1)
    assert found["killed"] + len(found["survivors"]) + 1 == found["all"]
    survivor = found["survivors"][0]
    assert survivor["file"].endswith("a.yaml")
    assert survivor["line"] == 6
    assert survivor["change"] == "330200 -> 330000"
    assert survivor["at"] == "applies_in"
    assert found["named"][0]["why"] == {"zh": "因", "en": "because"}
    assert found["stale"] == [
        {"file": survivor["file"], "at": "amount", "change": None}
    ]  # fmt: skip
    assert found["failing"] == []


def test_mutate_tells_of_examples_that_fail_anyway(run: Run, tmp_path: Path) -> None:
    stale = "untested: [{at: amount, change: 1 -> 2, why: {zh: 无, en: none}}]\n"
    ran = run("rules", "mutate", folder(tmp_path, FAILING + stale), "--lang", "en")
    assert ran.status == 1
    assert "1 examples fail without any change" in ran.out
    assert "untested amount 1 -> 2 names no survivor" in ran.out
    failing = json_of(run, "mutate", tmp_path, status=1)["failing"]
    assert failing[0]["examples"] == 1


def test_everything_killed(run: Run, tmp_path: Path) -> None:
    every = ["versions", "applies_in", "benefit"]
    named = "".join(f"  - {{at: {at}, why: {{zh: 因, en: because}}}}\n" for at in every)
    ran = run("rules", "mutate", folder(tmp_path, f"{FILE}untested:\n{named}"), "--lang", "en")
    assert (ran.status, ran.err) == (0, "")
    assert "0 survive" in ran.out
    nothing = json_of(run, "mutate", folder(tmp_path, BROKEN), status=2)
    assert (nothing["killed"], nothing["all"]) == (0, 0)
    said = run("rules", "mutate", tmp_path, "--lang", "en")
    assert "0 mutants, 0 killed (100.0%)" in said.out


def test_a_bar_on_a_terminal(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "on_terminal", lambda: True)
    with commands.progress(2, Text("变异", "mutating"), "en") as step:
        step(None)
        step(None)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.undo()
    assert not commands.on_terminal()


# ------------------------------------------------------------------------------------ lint


def test_lint(run: Run, tmp_path: Path) -> None:
    clean = run("rules", "lint", folder(tmp_path), "--lang", "en")
    assert (clean.status, clean.err) == (0, "")
    assert clean.out.startswith("1 files, 0 findings; 1 schemes were last confirmed over 400 days")
    listed = run("rules", "lint", tmp_path, "--lang", "en", "--days", "100")
    assert listed.status == 0
    assert "warning: version 2024-01-01 is presumed in force" in listed.out
    bare = run("rules", "lint", folder(tmp_path, RULE + EXAMPLES), "--lang", "en")
    assert bare.status == 1
    assert "error: the first line names no JSON Schema" in bare.out


def test_lint_json(run: Run, tmp_path: Path) -> None:
    found = json_of(run, "lint", folder(tmp_path, RULE + EXAMPLES), status=1)
    assert found["files"] == 1
    assert [(f["code"], f["severity"]) for f in found["findings"]] == [
        ("first-line", "error"), ("not-read-again", "warning"),
    ]  # fmt: skip


def test_lint_knows_the_other_files_and_the_shipped_ones(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, BROKEN, "broken")
    folder(tmp_path, FILE.replace("payer: ", "aliases: [x/old]\npayer: "), "b")
    names = "x/b, x/old, x/broken, zhejiang/ningbo/exam-reward"
    text = FILE.replace("versions:", f"stacking: {{excludes: [{names}]}}\nversions:")
    assert run("rules", "lint", folder(tmp_path, text), "--file", "x/a").status == 0
    far = text.replace("x/old", "x/olde")
    ran = run("rules", "lint", folder(tmp_path, far), "--file", "x/a", "--lang", "en")
    assert ran.status == 1
    assert "did you mean x/old?" in ran.out


def test_days_are_a_number(run: Run, tmp_path: Path) -> None:
    ran = run("rules", "lint", folder(tmp_path), "--days", "many", "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert "--days" in ran.err


# ------------------------------------------------------------------------------------ diff


def states(tmp_path: Path, *pair: tuple[str, str]) -> tuple[Path, Path]:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(FILE, encoding="utf-8")
    text = FILE
    for before, after in pair:
        assert before in text
        text = text.replace(before, after)
    new.write_text(text, encoding="utf-8")
    return old, new


def test_diff_of_files(run: Run, tmp_path: Path) -> None:
    old, new = states(tmp_path, ("    amount: 1000", "    amount: 1200"))
    ran = run("rules", "diff", old, new, "--lang", "en")
    assert (ran.status, ran.err) == (1, "")
    lines = ran.out.splitlines()
    assert lines[0] == "new  Test reward  [changed]"
    assert lines[1:3] == [
        "  - [2024-01-01] amount: CNY 1,000.00", "  + [2024-01-01] amount: CNY 1,200.00",
    ]  # fmt: skip
    assert "    assistant: eligible, CNY 1,000.00 → eligible, CNY 1,200.00 (+200.00)" in lines
    assert lines[-1].startswith("1 schemes changed, ")
    same = run("rules", "diff", old, old, "--lang", "en")
    assert (same.status, same.out) == (0, "0 schemes changed, 0 cases get another answer\n")


def test_diff_of_a_range_and_of_nothing_known(run: Run, tmp_path: Path) -> None:
    old, new = states(tmp_path, ("    amount: 1000", "    amount: {range: [900, 1200]}"))
    assert "(-100.00 … +200.00)" in run("rules", "diff", old, new).out
    old, new = states(tmp_path, ("    amount: 1000", "    amount: not_published"))
    assert "amount not published\n" in run("rules", "diff", old, new, "--lang", "en").out


def test_diff_of_folders_json(run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    folder(old)
    folder(new, FILE.replace("amount: 1000", "amount: 1200"))
    folder(new, FILE, "b")
    found = json_of(run, "diff", old, new, status=1)
    assert [(s["scheme"], s["state"]) for s in found["schemes"]] == [
        ("x/a", "changed"), ("x/b", "added"),
    ]  # fmt: skip
    assert "1,200.00" in found["schemes"][0]["added"][0]["en"]
    assert found["schemes"][1]["removed"] == []
    effect = next(e for e in found["effects"] if e["scheme"] == "x/a")
    assert effect["gain"] == ["200.00", "200.00"]
    assert effect["who"]["zh"] == "初级"
    folder(new, FILE.replace("amount: 1000", "amount: 1300"), "b")
    folder(old, FILE, "b")
    assert run("rules", "diff", old, new).out.count("+300.00") == 1 + 12
    assert json_of(run, "diff", old, old) == {"schemes": [], "effects": []}
    unknown = states(tmp_path, ("    amount: 1000", "    amount: not_published"))
    assert json_of(run, "diff", *unknown, status=1)["effects"][0]["gain"] is None


def test_diff_for_profiles_of_ones_own(run: Run, tmp_path: Path) -> None:
    old, new = states(tmp_path, ("    amount: 1000", "    amount: 1200"))
    people = tmp_path / "people"
    people.mkdir()
    refused = run("rules", "diff", old, new, "--profiles", people, "--lang", "en")
    assert (refused.status, refused.out) == (2, "")
    assert "the folder holds no profile" in refused.err
    (people / "li.yaml").write_text(WORKER, encoding="utf-8")
    ran = run("rules", "diff", old, new, "--profiles", people, "--lang", "en")
    assert ran.out.count("→") == 1
    assert "    li: eligible, CNY 1,000.00 → eligible, CNY 1,200.00 (+200.00)" in ran.out
    early = run("rules", "diff", old, new, "--profiles", people, "--on", "2023-01-01")
    assert "→" not in early.out
    assert run("rules", "diff", old, new, "--on", "spring").status == 2


def test_diff_of_what_cannot_be_read(run: Run, tmp_path: Path) -> None:
    old, new = states(tmp_path, ("payer", "payr"))
    ran = run("rules", "diff", old, new, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert "payr" in ran.err
    for pair in ((old, tmp_path / "none.yaml"), (tmp_path, old)):
        assert run("rules", "diff", *pair).status == 2
    for pair in ((tmp_path, tmp_path / "none"), (tmp_path / "none", tmp_path)):
        assert run("rules", "diff", *pair).err.startswith(f"{tmp_path / 'none'}: ")


def test_a_file_in_a_rule_folder_keeps_its_id(run: Run, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    folder(rules, FILE.replace("amount: 1000", "amount: 1200"))
    old, _ = states(tmp_path)
    assert run("rules", "diff", old, rules / "x" / "a.yaml").out.startswith("x/a  测试奖励")


# -------------------------------------------------------------------- new, schema, snapshot


def test_new(run: Run, tmp_path: Path) -> None:
    printed = run("rules", "new", "zhejiang/x/y", "--lang", "en")
    assert (printed.status, printed.err) == (0, "")
    assert printed.out.startswith("# yaml-language-server: $schema=../../../docs/")
    written = run("rules", "new", "zhejiang/x/y", "--rules", tmp_path, "--lang", "en")
    assert written.out == f"wrote {tmp_path}/zhejiang/x/y.yaml\n"
    assert (tmp_path / "zhejiang" / "x" / "y.yaml").read_text("utf-8") == printed.out
    again = run("rules", "new", "zhejiang/x/y", "-o", tmp_path / "zhejiang/x/y.yaml")
    assert (again.status, again.out) == (2, "")
    assert "没有覆盖" in again.err
    bad = run("rules", "new", "Zhejiang", "--lang", "en")
    assert (bad.status, bad.out) == (2, "")


def test_schema(run: Run, tmp_path: Path) -> None:
    printed = run("rules", "schema")
    assert json.loads(printed.out)["$schema"].startswith("http://json-schema.org/draft-07")
    path = tmp_path / "schema.json"
    for _ in range(2):  # it is generated: an older one is replaced
        assert run("rules", "schema", "-o", path).status == 0
    assert path.read_text("utf-8") == printed.out


def test_snapshot(run: Run, tmp_path: Path) -> None:
    rules, out = tmp_path / "rules", tmp_path / "out"
    rules.mkdir()
    folder(rules)
    ran = run("rules", "snapshot", rules, "-o", out, "--lang", "en")
    assert (ran.status, ran.out) == (0, "1 snapshot files changed\n")
    assert "eligible 1000.00: " in (out / "x.txt").read_text("utf-8")
    assert json_of(run, "snapshot", rules, "-o", out) == {"changed": []}
    folder(rules, BROKEN)
    assert run("rules", "snapshot", rules, "-o", out).status == 2


# ------------------------------------------------------------------------------------ help


COMMANDS = ("validate", "test", "mutate", "lint", "diff", "new", "schema", "snapshot")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_with_examples_in_both_languages(run: Run, command: str) -> None:
    for lang, word in (("zh", "示例"), ("en", "Example")):
        ran = run("rules", command, "--help", "--lang", lang)
        help_text = run("--lang", lang, "rules", command, "--help").out
        assert ran.status == 0
        assert word in help_text
        assert f"sgincentive rules {command}" in help_text


def test_the_group_lists_its_commands(run: Run) -> None:
    out = run("rules", "--help").out
    assert all(command in out for command in COMMANDS)
    misspelt = run("rules", "tset", "--lang", "en")
    assert misspelt.status == 2
    assert "did you mean test?" in misspelt.err
