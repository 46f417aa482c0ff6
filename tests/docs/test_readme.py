"""What the README shows is what one gets."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
COMMANDS = re.findall(r"^```console\n\$ sgincentive (.*?)\n(.*?)^```$", README, re.M | re.S)
PROGRAMS = re.findall(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", README, re.M | re.S)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def output(*arguments: str) -> str:
    """What Python prints, line by line without trailing blanks."""
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    environment.pop("SGINCENTIVE_LANG", None)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, env=environment, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.stderr == ""
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


@pytest.mark.parametrize(("line", "shown"), COMMANDS)
def test_command(line: str, shown: str) -> None:
    start = "from sgincentive.cli.main import run; run()"
    assert output("-c", start, *shlex.split(line)) == shown


@pytest.mark.parametrize(("program", "shown"), PROGRAMS)
def test_program(program: str, shown: str) -> None:
    assert output("-c", program) == shown


def test_there_is_something_to_run() -> None:
    assert len(COMMANDS) == 2
    assert len(PROGRAMS) == 1


def test_coverage_is_the_number_of_rule_files() -> None:
    count = len(list((ROOT / "rules").rglob("*.yaml")))
    assert f"**Coverage.** {count} schemes" in README
    assert f"收录 {count} 个政策项目" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
