"""Bad input through the command line: status 2, a reason on stderr, nothing on stdout."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sgincentive.source import reader
from tests.cli.command_line import PROJECT, RULE, SHARE_RULE, WORKER, Ran, Run, process

SECRET = "陈小华13800138000"
"""Stands in every profile below where a name could: no message may repeat it."""


def assert_refused(ran: Ran, *said: str) -> None:
    assert ran.status == 2, ran
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert ran.err.strip()
    for words in said:
        assert words in ran.err
    assert SECRET not in ran.err


def worker(*pairs: tuple[str, str]) -> str:
    return changed(WORKER, *pairs)


def project(*pairs: tuple[str, str]) -> str:
    return changed(PROJECT, *pairs)


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


NINES = "9" * 900_000

# The text of a profile, then what stderr says in English; "{p}" is the path of the profile.
PROFILES: dict[str, tuple[str | bytes, list[str]]] = {
    "not yaml": (f"subject: worker\nname: [{SECRET}\n", ["{p}:2:7: error: ", "never closed"]),
    "not json": (f'{{"subject": "worker", "name": {SECRET}}}', ["{p}:1:", "error"]),
    "empty": ("", ["{p}:1:1: error: the document is empty"]),
    "only a comment": (f"# {SECRET}\n", ["{p}:1:1: error: the document is empty"]),
    "null": ("null\n", ["the document is empty"]),
    "two documents": (WORKER + "---\n" + WORKER, ["{p}:22:1: error: only one document"]),
    "a list": (f"- {SECRET}\n", ['{p}:1:1: error: expected "key: value" entries']),
    "one word": (f"{SECRET}\n", ['{p}:1:1: error: expected "key: value" entries']),
    "binary": (b"\x7fELF\x00\x01\x02" + bytes(range(256)), ["{p}: error: is a binary file"]),
    "gbk": (f"subject: worker\nhukou: {SECRET}\n".encode("gbk"), ["save it as UTF-8", "GBK"]),
    "utf-16": (WORKER.encode("utf-16"), ["UTF-16"]),
    "tag": ("subject: !!python/object/apply:os.system [id]\n", ["{p}:1:10: error: tags"]),
    "alias": ("subject: worker\nposts: &a []\nexams: *a\n", ["{p}:2:8", "{p}:3:8", "aliases"]),
    "duplicate key": (WORKER + "received: []\n", ["{p}:22:1", 'duplicate key "received"']),
    "no subject": ("hukou: '330203'\n", ["{p}:1:1", "subject is missing"]),
    "unknown subject": ("subject: werker\n", ["{p}:1:10", "'worker'"]),
    "unknown field": (
        worker(("birth_date", "birth_dat")),
        ["{p}:2:1", "birth_dat", "did you mean 'birth_date'?"],
    ),
    "unknown nested field": (
        worker(("    exam_year", "    exm_year")),
        ["{p}:7:5", "certificates[0].exm_year", "did you mean 'exam_year'?"],
    ),
    "unknown level": (
        worker(("level: social_worker\n    exam", "level: social_workr\n    exam")),
        ["{p}:6:12", "certificates[0].level", "did you mean 'social_worker'?"],
    ),
    "unknown division": (
        worker(('hukou: "330203"', 'hukou: "330299"')),
        ["{p}:3:8", "hukou", "no division", "did you mean 浙江省宁波市"],
    ),
    "misspelt division": (worker(('hukou: "330203"', "hukou: 宁波是")), ["{p}:3:8", "宁波市"]),
    "ambiguous division": (
        worker(('hukou: "330203"', "hukou: 鼓楼区")),
        ["{p}:3:8", "320106", "320302", "350102", "410204"],
    ),
    "number for a division": (worker(('hukou: "330203"', "hukou: [1]")), ["{p}:3:8", "hukou"]),
    "no such day": (worker(("1990-05-01", "2025-02-30")), ["{p}:2:13", "birth_date", "date"]),
    "a month for a day": (
        worker(("2024-12-20", "2024-12")),
        ["{p}:11:17", "s[0].registered", "YYYY-MM-DD"],
    ),
    "a year out of range": (worker(("1990-05-01", "1066-10-14")), ["{p}:2:13", "birth_date"]),
    "a day far ahead": (worker(("1990-05-01", "9999-12-31")), ["{p}:2:13", "birth_date"]),
    "ends before it starts": (
        worker(("end: null", "end: 2021-02-28")),
        ["{p}:16:10", "posts[0].end", "ends before it starts"],
    ),
    "null for no list": (worker(("received: []", "received: 5")), ["{p}:21:11", "received"]),
    "unknown partial": (WORKER + "partial: [post]\n", ["{p}:22:11", "did you mean 'posts'?"]),
    "negative money": (project(("funds: 500000", "funds: -500000")), ["{p}:3:8", "funds"]),
    "infinite money": (project(("funds: 500000", "funds: .inf")), ["{p}:3:8", "funds"]),
    "money not a number": (project(("funds: 500000", "funds: .nan")), ["{p}:3:8", "funds"]),
    "three decimals": (
        project(("wages: 240000", "wages: 240000.125")),
        ["{p}:6:17", "budget.wages", "2"],
    ),
    "three decimals as text": (
        project(("wages: 240000", 'wages: "240000.125"')),
        ["{p}:6:17", "budget.wages"],
    ),
    "exponent": (project(("funds: 500000", "funds: 5e5")), ["{p}:3:8", "funds"]),
    "exponent as text": (project(("funds: 500000", 'funds: "5e5"')), ["{p}:3:8", "funds"]),
    "hexadecimal": (project(("funds: 500000", "funds: 0x7A120")), ["{p}:3:8", "funds"]),
    "no funds": (project(("funds: 500000", "funds: 0")), ["{p}:3:8", "funds", "more than 0"]),
    "budget above the funds": (
        project(("wages: 240000", "wages: 480000")),
        ["{p}:6:9", "budget", "add up to more than the funds"],
    ),
    "more professionals than staff": (
        project(("professionals: 3", "professionals: 11")),
        ["{p}:7:35", "staff.professionals", "more than the total number of staff"],
    ),
    "half a person": (project(("professionals: 3", "professionals: 2.5")), ["{p}:7:35"]),
    "project ends before it starts": (
        project(("end: 2024-12-31", "end: 2023-12-31")),
        ["{p}:5:6", "end", "before it starts"],
    ),
    "a number of very many digits": (
        project(("funds: 500000", f"funds: {NINES}")),
        ["{p}:3:8: error: "],
    ),
    "a count of very many digits": (
        project(("professionals: 3", f"professionals: {NINES}")),
        ["{p}:7:35: error: "],
    ),
}

# Built on demand: size, then the text.
BOMBS: dict[str, Callable[[int], str]] = {
    "brackets": lambda size: "subject: " + "[" * (size - 10),
    "braces": lambda size: "subject: " + "{a: " * (size // 4 - 3),
    "json": lambda size: '{"subject": ' * (size // 12 - 1),
    "block": lambda size: "subject:\n" + "".join(
        " " * i + "- \n" for i in range(1, int((2 * size) ** 0.5) - 3)
    ),
    "dashes": lambda size: "- " * (size // 2 - 1),
    "aliases": lambda size: "a: &a [x]\nb: [" + "*a, " * (size // 4 - 6) + "x]\n",
    "billion laughs": lambda size: "a0: &a0 [x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, size // 91)
    ),
    "question marks": lambda size: "? " * (size // 2 - 1),
    "one key": lambda size: "x" * (size - 10) + ": 1\n",
    "digits": lambda size: "funds: " + "9" * (size - 10),
    "nulls": lambda size: "a: \0" + " " * (size - 10),
    "keys": lambda size: "".join(f"k{i}: 1\n" for i in range(size // 10)),
}  # fmt: skip


@pytest.mark.parametrize("case", PROFILES)
@pytest.mark.parametrize("way", ["file", "stdin"])
def test_profile(case: str, way: str, run: Run, tmp_path: Path) -> None:
    text, said = PROFILES[case]
    data = text.encode() if isinstance(text, str) else text
    path = tmp_path / "profile.yaml"
    path.write_bytes(data)
    if way == "file":
        ran = run("check", path, "--lang", "en")
    else:
        ran = run("check", "-", "--lang", "en", stdin=data)
    shown = str(path) if way == "file" else "<stdin>"
    assert_refused(ran, *(words.replace("{p}", shown) for words in said))
    assert len(ran.err) < 3000
    assert NINES[:100] not in ran.err


@pytest.mark.parametrize("case", PROFILES)
def test_profile_in_chinese_and_without_its_lines(case: str, run: Run) -> None:
    text, _ = PROFILES[case]
    data = text.encode() if isinstance(text, str) else text
    ran = run("check", "-", "--json", stdin=data)
    assert_refused(ran)
    assert ran.err.startswith("<stdin>")
    assert re.search("错误: .*[一-鿿]", ran.err)
    assert "did you mean" not in ran.err
    for line in data.decode("utf-8", "replace").splitlines():
        assert len(line) < 12 or line.strip() not in ran.err, "a line of the profile is repeated"


@pytest.mark.parametrize("case", BOMBS)
def test_bomb_just_below_the_limit(case: str, run: Run, tmp_path: Path) -> None:
    text = BOMBS[case](reader.LIMIT_BYTES)
    assert 0.9 * reader.LIMIT_BYTES < len(text) <= reader.LIMIT_BYTES
    path = tmp_path / "bomb.yaml"
    path.write_text(text)
    began = time.process_time()
    ran = run("check", path, "--lang", "en")
    assert time.process_time() - began < 20, "it hangs"
    assert_refused(ran, f"{path}")
    assert len(ran.err) < 20_000


def test_100_megabytes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.write(b"subject: worker\n")
        file.truncate(100_000_000)
    ran = run("check", path, "--lang", "en")
    assert_refused(ran, f"{path}: error: too large: at most 1000000 bytes")


@pytest.mark.parametrize("unit", [b"[", b"*a, ", b"- "])
def test_100_megabytes_on_standard_input(unit: bytes, run: Run) -> None:
    ran = run("check", "-", "--lang", "en", stdin=unit * (100_000_000 // len(unit)))
    assert_refused(ran, "<stdin>: error: too large: at most 1000000 bytes")


def test_3_million_digits(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "digits.yaml"
    path.write_text(project(("funds: 500000", "funds: " + "9" * 3_000_000)))
    assert_refused(run("check", path, "--lang", "en"), "too large")


def test_all_problems_of_a_profile_at_once(run: Run) -> None:
    text = worker(("1990-05-01", "1990-13-01"), ('hukou: "330203"', "hukou: 1"), ("role", "roll"))
    ran = run("check", "-", "--lang", "en", stdin=text.encode())
    assert_refused(ran, "<stdin>:2:13", "<stdin>:3:8", "<stdin>:13:5")


# ------------------------------------------------------------------ files


def test_no_such_file(run: Run, tmp_path: Path) -> None:
    ran = run("check", tmp_path / "none.yaml", "--lang", "en")
    assert_refused(ran, "none.yaml: error: no such file")


def test_a_folder(run: Run, tmp_path: Path) -> None:
    assert_refused(run("check", tmp_path, "--lang", "en"), "is a directory, not a file")


def test_a_pipe_is_not_waited_for(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert_refused(run("check", tmp_path / "pipe", "--lang", "en"), "is not a regular file")


def forbid(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Opening a file of this name is refused, also for the superuser."""
    real = os.open

    def opened(path: object, *more: int, **named: int) -> int:
        if str(path).endswith(name):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", opened)


def test_a_profile_that_cannot_be_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(WORKER)
    forbid(monkeypatch, "mine.yaml")
    assert_refused(run("check", path, "--lang", "en"), "mine.yaml: error: permission denied")


def test_a_rule_file_that_cannot_be_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.yaml").write_text(RULE)
    forbid(monkeypatch, "secret.yaml")
    ran = check(run, tmp_path)
    assert_refused(ran, "secret.yaml: error: permission denied")


def test_a_rule_folder_that_cannot_be_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    real = os.scandir

    def scanned(path: object = ".") -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", scanned)
    assert_refused(check(run, tmp_path), "closed: error: this folder cannot be read")


# ------------------------------------------------------------------ rule folders


def check(run: Run, folder: Path, *more: str, profile: str = WORKER) -> Ran:
    """Check a profile with another rule folder."""
    arguments = ("check", "-", "--rules", folder, "--lang", "en", *more)
    return run(*arguments, stdin=profile.encode())


def test_no_such_rule_folder(run: Run, tmp_path: Path) -> None:
    ran = check(run, tmp_path / "none")
    assert_refused(ran, "none: error: there is no such rule folder")


def test_versions_that_overlap(run: Run, tmp_path: Path) -> None:
    second = RULE[RULE.index("  - from:") :].replace("2024-01-01", "2025-01-01")
    (tmp_path / "two.yaml").write_text(RULE + second)
    ran = check(run, tmp_path)
    assert_refused(ran, "two.yaml:17:5: error: ", 'version "2025-01-01" overlaps "2024-01-01"')


def test_a_share_without_if_empty(run: Run, tmp_path: Path) -> None:
    (tmp_path / "share.yaml").write_text(SHARE_RULE.replace(", if_empty: fails", ""))
    ran = check(run, tmp_path, profile=PROJECT)
    assert_refused(ran, 'share.yaml:13:16: error: "if_empty" is missing', "not_applicable")


def test_two_broken_files_are_both_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(RULE.replace("amount: 1000", "amount: 1e3"))
    (tmp_path / "b.yaml").write_text(RULE.replace("requires", "requirse"))
    for ran in (check(run, tmp_path), run("schemes", "--rules", tmp_path, "--lang", "en")):
        assert_refused(ran, "a.yaml:15:13", "no exponent", "b.yaml:13:5", '"requires"')
        assert "amount: 1e3" in ran.err, "the line of a rule file is shown"


@pytest.mark.parametrize("kind", ["file", "folder", "dangling", "loop"])
def test_a_symbolic_link_out_of_the_folder(kind: str, run: Run, tmp_path: Path) -> None:
    folder, outside = tmp_path / "rules", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (outside / "good.yaml").write_text(RULE)
    target = {
        "file": outside / "good.yaml",
        "folder": outside,
        "dangling": tmp_path / "nothing",
        "loop": folder / "link.yaml",
    }[kind]
    (folder / "link.yaml").symlink_to(target)
    assert_refused(check(run, folder), "link.yaml: error: ")


def test_a_link_to_the_password_file_shows_nothing_of_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to("/etc/passwd")
    ran = check(run, tmp_path)
    assert_refused(ran, "a symbolic link leads out of the rule folder")
    assert "root" not in ran.err.replace(str(tmp_path), "")


def test_a_link_inside_the_folder_is_followed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(RULE)
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    (tmp_path / "notes.txt").symlink_to("a.yaml")
    (tmp_path / "sub").mkdir()
    (tmp_path / "again").symlink_to("sub")
    ran = check(run, tmp_path, "--scheme", "a", "--scheme", "b")
    assert ran.status in (0, 1, 3), ran.err


@pytest.mark.parametrize("name", ["a\nb", "a b", "{x}", "__import__('os')", "陈", "-x", "A", '"'])
def test_a_hostile_file_name(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / f"{name}.yaml").write_text(RULE)
    ran = check(run, tmp_path)
    assert_refused(ran, "lower-case letters")
    assert len(ran.err.splitlines()) == 1


HOSTILE = [
    "__import__('os').system('touch {mark}')",
    "{0.__class__.__mro__}",
    "{mark!r}",
    "'''\"\"\"",
    "a\\nb",
    "[bold red]x[/]",
    "%(mark)s%n",
    "${{mark}}",
    "\\\\",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_rule_file_is_harmless(text: str, run: Run, tmp_path: Path) -> None:
    """Text of a rule file stays text wherever it can stand."""
    mark = tmp_path / "mark"
    word = '"' + text.replace("{mark}", str(mark)).replace('"', '\\"') + '"'
    folder = tmp_path / "rules"
    folder.mkdir()
    rule = (
        RULE.replace("测试奖励", word)
        .replace("Test reward", word)
        .replace("issuer: not_stated", f"issuer: {word}")
        .replace("  - from", f"  - id: {word}\n    from")
        .replace("测试通知", word)
        .replace("senior]}", f"senior], clause: {word}, text: {{zh: {word}, en: {word}}}}}")
    )
    if "\\n" not in text:  # no key has two lines
        rule = rule.replace("amount: 1000", f"let: {{{word}: 1000}}\n    amount: {{let: {word}}}")
    (folder / "x.yaml").write_text(rule)
    seen = [
        check(run, folder, "--scheme", "x"),
        check(run, folder, "--scheme", "x", "--json"),
        check(run, folder),
        run("show", "x", "--rules", folder),
        run("schemes", "--rules", folder),
    ]
    assert [each.status for each in seen] == [0, 0, 0, 0, 0], seen[0].err
    assert not mark.exists()
    plain = text.replace("{mark}", str(mark)).replace("\\n", "\n").replace("\\\\", "\\")
    first = plain.split("\n")[0][:9]
    assert first in seen[0].out, "the text is shown as it is"


@pytest.mark.parametrize("name", ["__import__", "a.b", "{x}", "X", "a\\nb", "", "-"])
def test_a_hostile_requirement_id_is_refused(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(RULE.replace("- {fact", f'- {{id: "{name}", fact'))
    assert_refused(check(run, tmp_path), "x.yaml:14:", "an id in lower case is expected here")


@pytest.mark.parametrize(
    "fact", ["__class__", "certificate.__class__", "certificate.level.__init__", "", "{}"]
)
def test_a_hostile_fact_is_refused(fact: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(RULE.replace("fact: certificate.level", f'fact: "{fact}"'))
    assert_refused(check(run, tmp_path), "x.yaml:14:", "unknown fact")


def test_an_escape_sequence_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(RULE.replace("测试奖励", '"\\e[2J"'))
    ran = check(run, tmp_path)
    assert_refused(ran, "U+001B")
    assert "\x1b" not in ran.err


# ------------------------------------------------------------------ usage

USAGE: dict[str, tuple[list[str], list[str]]] = {
    "unknown command": (["chek"], ["unknown command chek", "did you mean check?"]),
    "unknown option": (["check", "-", "--shceme", "x"], ["--shceme", "did you mean --scheme?"]),
    "unknown option of all": (["--bogus"], ["unknown option --bogus"]),
    "no profile": (["check"], ["PROFILE"]),
    "too many profiles": (["check", "a", "b"], ["unexpected argument: b"]),
    "no id": (["show"], ["ID"]),
    "option without its value": (["check", "-", "--on"], ["--on"]),
    "unknown language": (["schemes", "--lang", "fr"], ["--lang", "fr"]),
    "unknown dialect": (
        ["sql", "x", "--dialect", "oracle"],
        ['--dialect "oracle"', "expected one of duckdb, postgres, spark"],
    ),
    "days are no number": (["rules", "lint", "--days", "-1"], ['--days "-1"', "at least 0"]),
    "unknown subject": (
        ["schemes", "--subject", "werker"],
        ['unknown subject "werker"', "did you mean worker?"],
    ),
    "unknown place": (["schemes", "--in", "宁波是"], ['--in "宁波是"', "宁波市"]),
    "unknown code": (["schemes", "--in", "339900"], ['--in "339900"', "no such division"]),
    "ambiguous place": (
        ["schemes", "--in", "鼓楼区"],
        ['--in "鼓楼区"', "320106", "320302", "350102", "410204"],
    ),
    "unknown id": (
        ["show", "zhejiang/ningbo/exam-rewrd"],
        ["zhejiang/ningbo/exam-rewrd", "did you mean zhejiang/ningbo/exam-reward?"],
    ),
    "unknown scheme": (
        ["check", "-", "--scheme", "zhejiang/ningbo/exam-rewrd"],
        [
            'unknown scheme "zhejiang/ningbo/exam-rewrd"',
            "did you mean zhejiang/ningbo/exam-reward?",
        ],
    ),
    "two unknown schemes": (
        ["check", "-", "--scheme", "x/y", "--scheme", "tianjin/station-fundin"],
        ['"x/y"', '"tianjin/station-fundin"', "tianjin/station-funding?"],
    ),
    "a scheme of another subject": (
        ["check", "-", "--scheme", "heilongjiang/qitaihe/procurement"],
        ["heilongjiang/qitaihe/procurement is about a project", "worker"],
    ),
    "on is no date": (["check", "-", "--on", "tomorrow"], ['--on "tomorrow"', "YYYY-MM-DD"]),
    "on does not exist": (["check", "-", "--on", "2025-02-30"], ['--on "2025-02-30"']),
    "on is a month": (["check", "-", "--on", "2025-02"], ['--on "2025-02"', "YYYY-MM-DD"]),
    "on is empty": (["check", "-", "--on", ""], ["--on"]),
    "on has full-width digits": (["check", "-", "--on", "２０２５-01-01"], ["--on"]),
    "on lies far away": (["check", "-", "--on", "9999-01-01"], ["--on"]),
    "from without to": (["check", "-", "--from", "2024-01"], ["--from and --to go together"]),
    "to without from": (["check", "-", "--to", "2024-01"], ["--from and --to go together"]),
    "from is a day": (
        ["check", "-", "--from", "2024-01-01", "--to", "2024-02"],
        ['--from "2024-01-01"', "YYYY-MM"],
    ),
    "to is no month": (["check", "-", "--from", "2024-01", "--to", "2024-13"], ['--to "2024-13"']),
    "to before from": (["check", "-", "--from", "2024-02", "--to", "2024-01"], ["in order"]),
    "too long a period": (["check", "-", "--from", "1950-01", "--to", "2000-01"], ["600 months"]),
    "confirmed-within": (["check", "-", "--confirmed-within", "2y"], ['"2y"', "24m"]),
    "a command that rings": (["check\x07\x1b[2J"], ["unknown command"]),
}


@pytest.mark.parametrize("case", USAGE)
def test_usage(case: str, run: Run) -> None:
    arguments, said = USAGE[case]
    chosen = [] if "--lang" in arguments else ["--lang", "en"]
    ran = run(*chosen, *arguments, stdin=WORKER.encode())
    if chosen:
        assert_refused(ran, *said)
    else:
        assert_refused(ran, "--lang")
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("case", USAGE)
def test_usage_in_chinese(case: str, run: Run) -> None:
    arguments, _ = USAGE[case]
    ran = run(*arguments, stdin=WORKER.encode())
    assert_refused(ran, "sgincentive: 错误: ")
    english = ("did you mean", "is not", "expected", "Got", "Invalid")
    assert not [words for words in english if words in ran.err]


def test_no_command_shows_the_help(run: Run) -> None:
    ran = run()
    assert_refused(ran, "check", "schemes", "show")


def test_an_office_word_that_no_scheme_asks_for(run: Run) -> None:
    text = WORKER + "confirmed: {zhejiang/ningbo/exam-reward: {qualification-reviw: true}}\n"
    ran = run("check", "-", "--lang", "en", stdin=text.encode())
    assert_refused(ran, "qualification-reviw", "did you mean qualification-review?")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("received: [{scheme: zhejiang/ningbo/exam-rewrd, amount: 9}]", ":21: error: received[0].scheme"),
        ("已发记录: [{政策项目: zhejiang/ningbo/exam-rewrd, 金额: 9}]", ":15: error: 已发记录[0].政策项目"),
        ("confirmed: {zhejiang/ningbo/exam-rewrd: {}}", ":13: error: confirmed.zhejiang/ningbo"),
    ],
)  # fmt: skip
def test_a_scheme_that_no_rule_file_has(run: Run, field: str, said: str) -> None:
    """A payment under a misspelt id would be paid again."""
    text = f"subject: worker\n{field}\n"
    ran = run("check", "-", "--lang", "en", stdin=text.encode())
    assert_refused(ran, f"<stdin>:2{said}", "did you mean zhejiang/ningbo/exam-reward?")


def test_every_scheme_that_is_none_is_named(run: Run) -> None:
    text = "subject: worker\nreceived: [{issuer: 某市民政局}, {scheme: 甲}, {scheme: 乙}]\n"
    ran = run("check", "-", "--lang", "en", stdin=text.encode())
    assert_refused(ran, "received[1].scheme: no rule file", "received[2].scheme: no rule file")
    assert "received[0]" not in ran.err
    assert "did you mean" not in ran.err


def test_a_scheme_that_is_none_is_named_beside_other_mistakes(run: Run) -> None:
    """In the order of the text, whatever shape the rest is in."""
    text = (
        "subject: worker\nreceived: [{scheme: 甲, amount: -5}, {scheme: [x]}, 5]\n"
        "confirmed: {乙: {}}\nresidense: 宁波市\n"
    )
    ran = run("check", "-", "--lang", "en", stdin=text.encode())
    places = [line.split(" ")[0] for line in ran.err.splitlines() if line.startswith("<stdin>")]
    assert places == [f"<stdin>:{at}:" for at in ("2:21", "2:32", "2:46", "2:52", "3:13", "4:1")]
    assert_refused(ran, "received[0].scheme: no rule file", "confirmed.乙: no rule file")


@pytest.mark.parametrize(
    "text",
    ["[1, 2]", "subject: [worker]\nreceived: [{scheme: 甲}]", "subject: wroker", "received: {}"],
)
def test_a_profile_about_nothing_known_names_no_scheme(run: Run, text: str) -> None:
    ran = run("check", "-", "--lang", "en", stdin=text.encode())
    assert_refused(ran, "<stdin>:1:")
    assert "rule file" not in ran.err


def test_the_id_of_a_scheme_elsewhere_and_a_former_id_are_known(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text(RULE.replace("versions:", "aliases: [old]\nversions:"))
    for id in ("heilongjiang/qitaihe/exam-reward", "new", "old"):
        text = f"subject: worker\nresidence: 宁波市\nreceived: [{{scheme: {id}, amount: 9}}]\n"
        assert run("check", "-", "--rules", tmp_path, stdin=text.encode()).status == 0
    said = "subject: worker\nconfirmed: {old: {}}\n"
    ran = run("check", "-", "--rules", tmp_path, "--lang", "en", stdin=said.encode())
    assert_refused(ran, "<stdin>:2:13", "did you mean new?")


# ------------------------------------------------------------------ streams and signals


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "more",
    [
        [],
        ["--json"],
        ["--in", "拉萨市", "--subject", "station"],
        ["--in", "拉萨市", "--subject", "station", "--json"],
    ],
)
def test_a_closed_pipe(more: list[str], unbuffered: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    read_end, write_end = os.pipe()
    os.close(read_end)
    child = process("schemes", *more, stdout=write_end)
    os.close(write_end)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 2
    assert err == b""


def test_a_closed_standard_output() -> None:
    child = process("schemes", "--lang", "en", stdout=None, preexec_fn=lambda: os.close(1))
    _, err = child.communicate(timeout=60)
    assert child.returncode == 2
    assert err.decode() == "sgincentive: error: standard output is closed: nowhere to write\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk() -> None:
    with Path("/dev/full").open("wb") as full:
        child = process("schemes", "--lang", "en", stdout=full)
        _, err = child.communicate(timeout=60)
    assert child.returncode == 2
    assert err.decode().startswith("sgincentive: error: the answer could not be written in full")
    assert b"Traceback" not in err


def test_a_closed_standard_input() -> None:
    child = process("check", "-", "--lang", "en", stdin=None, preexec_fn=lambda: os.close(0))
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out) == (2, b"")
    assert err.decode() == "<stdin>: error: standard input is closed\n"


def test_a_closed_standard_error() -> None:
    child = process("check", "/nowhere.yaml", stderr=None, preexec_fn=lambda: os.close(2))
    out, _ = child.communicate(timeout=60)
    assert (child.returncode, out) == (2, b"")


def test_interrupted_while_reading() -> None:
    child = process("check", "-", "--lang", "en", stdin=subprocess.PIPE)
    waiting = Path(f"/proc/{child.pid}/wchan")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        time.sleep(0.5)
        if not waiting.exists() or "pipe" in waiting.read_text():
            break
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, out) == (2, b"")
    assert err.decode().strip() == "sgincentive: interrupted"


def test_interrupted_while_deciding(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sgincentive.cli.check.rules_for", interrupted)
    ran = run("check", "-", stdin=WORKER.encode())
    assert (ran.status, ran.out) == (2, "")
    assert "已中断" in ran.err


def test_surrogates_in_an_argument(run: Run) -> None:
    """A file name that is no UTF-8 comes with unpaired surrogates."""
    ran = run("check", "/nowhere/\udcff.yaml", "--lang", "en")
    assert_refused(ran, "no such file")


@pytest.mark.parametrize("name", ['""', "null"])
def test_a_scheme_that_is_no_name_is_refused_once(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"subject: worker\nreceived:\n  - {{scheme: {name}, amount: 5}}\n", "utf-8")
    ran = run("check", path, "--lang", "en")
    assert ran.status == 2
    assert ran.err.count("3:14: error: ") == 1
    assert "no rule file" not in ran.err
