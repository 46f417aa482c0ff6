"""What all tests share: how many examples are drawn, and running the command line."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from command_line import Ran, Run
from hypothesis import settings

from sgincentive.cli.main import main
from sgincentive.schemes.load import load_scheme

# Tests keep nothing between runs.
os.environ["SGINCENTIVE_CACHE"] = ""

settings.register_profile("default", max_examples=2, derandomize=True, deadline=None)
settings.register_profile("deep", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session", autouse=True)
def each_text_is_loaded_once() -> Iterator[None]:
    """A rule file is the same scheme each time: what loads all of them need not build it again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sgincentive.ruleset.load_scheme", lru_cache(maxsize=2000)(load_scheme))
        yield


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
