"""What the tests of the command line share: processes, profiles and rule files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.samples.samples import REWARD, VERSION, WORKER

SOURCE = Path(__file__).resolve().parents[2] / "src"
RULE = REWARD
PROGRAM = "import sys; from sgincentive.cli.main import run; sys.argv[0] = 'sgincentive'; run()"

PROJECT = """\
subject: project
division: "230900"
funds: 500000
start: 2024-01-01
end: 2024-12-31
budget: {wages: 240000, social_insurance: 48000, housing_fund: 12000, supervision: 20000}
staff: {total: 10, professionals: 3}
"""

STATION = """\
subject: station
division: "230902"
staff: {total: 5, professionals: 3}
"""

SHARE_RULE = f"""\
title: {{zh: 测试规定, en: Test rule}}
record: test.rule
subject: project
applies_in: "230900"
issuer: not_stated
benefit: {{kind: verdict}}
{VERSION}    requires:
      - share: {{part: {{fact: staff.professionals}}, whole: {{fact: staff.total}}, if_empty: fails}}
        at_least: 30%
"""


__all__ = ["PROJECT", "RULE", "SHARE_RULE", "SOURCE", "STATION", "WORKER", "Ran", "Run", "process"]


class Ran(NamedTuple):
    """What a command gave."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def process(*arguments: str | Path, **more: object) -> subprocess.Popen[bytes]:
    """The same command as a process of its own."""
    given: dict[str, object] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "env": {**os.environ, "PYTHONPATH": str(SOURCE)},
    }
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-c", PROGRAM, *map(str, arguments)], **{**given, **more}
    )
