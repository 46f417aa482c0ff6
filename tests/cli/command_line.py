"""What the tests of the command line share: processes, profiles and rule files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).resolve().parents[2] / "src"
PROGRAM = "import sys; from sgincentive.cli.main import run; sys.argv[0] = 'sgincentive'; run()"

WORKER = """\
subject: worker
birth_date: 1990-05-01
hukou: "330203"
residence: "330203"
certificates:
  - level: social_worker
    exam_year: 2024
    obtained: 2024-12-05
    exam_division: "330203"
    registered_division: "330203"
    registered: 2024-12-20
posts:
  - role: community_worker
    division: "330203"
    start: 2021-03-01
    end: null
    establishment: contract
    social_work: true
    engaged_level: social_worker
applied: 2025-01-10
received: []
"""

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

RULE = """\
title: {zh: 测试奖励, en: Test reward}
record: test.reward
subject: worker
applies_in: "330200"
issuer: not_stated
payer: not_stated
benefit: {kind: one_off, per: best}
versions:
  - from: 2024-01-01
    until: not_stated
    last_confirmed: 2025-01
    sources: [{title: 测试通知, kind: repost, url: "http://example.org/"}]
    requires:
      - {fact: certificate.level, one_of: [assistant, social_worker, senior]}
    amount: 1000
    paid_before: once
"""

SHARE_RULE = """\
title: {zh: 测试规定, en: Test rule}
record: test.rule
subject: project
applies_in: "230900"
issuer: not_stated
benefit: {kind: verdict}
versions:
  - from: 2024-01-01
    until: not_stated
    last_confirmed: 2025-01
    sources: [{title: 测试通知, kind: repost, url: "http://example.org/"}]
    requires:
      - share: {part: {fact: staff.professionals}, whole: {fact: staff.total}, if_empty: fails}
        at_least: 30%
"""


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
