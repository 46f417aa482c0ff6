"""Running the command line in this process and beside it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from sgincentive.cli.main import main

SOURCE = Path(__file__).resolve().parents[2] / "src"
PROGRAM = "import sys; from sgincentive.cli.main import run; sys.argv[0] = 'sgincentive'; run()"


class Ran(NamedTuple):
    """What a command gave."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command line in this process; ``stdin`` gives what to read there."""

    def call(*arguments: str | Path, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        status = main([str(a) for a in arguments])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    monkeypatch.delenv("SGINCENTIVE_LANG", raising=False)
    return call


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
