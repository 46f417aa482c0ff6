"""Running the command line in this process."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from sgincentive.cli.main import main
from tests.cli.command_line import Ran, Run


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
