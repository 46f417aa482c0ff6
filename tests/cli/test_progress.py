"""The bar: with rate and time left at a terminal once work takes longer than a second, else none."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sgincentive.cli import progress, roster, rosters
from sgincentive.words import Lang, Text
from tests.cli.command_line import Run
from tests.cli.sheets import SCHEME, people, person, workbook

LABEL = Text("判定", "checking")


class Terminal(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal on stderr, from now on."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    return made


def test_bar_with_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress.progress(LABEL, 200, "zh") as told:
        for _ in range(10):
            told(10)
    shown = terminal.getvalue()
    assert "判定" in shown
    assert "/200" in shown
    assert "行/秒" in shown
    assert ":" in shown


@pytest.mark.parametrize("total", [None, 200])
def test_bar_during_a_long_first_step(monkeypatch: pytest.MonkeyPatch, total: int | None) -> None:
    terminal = watched(monkeypatch)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress.progress(LABEL, total, "zh"):
        while "判定" not in terminal.getvalue():
            time.sleep(0.01)
    assert ("/200" if total else "/?") in terminal.getvalue()


def test_a_bar_ends_where_it_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading, checking and writing a roster of two rows and a bad one."""
    steps: list[tuple[str, int | None, list[int]]] = []

    @contextmanager
    def recorded(label: Text, total: int | None, lang: Lang) -> Iterator[progress.Told]:
        counts: list[int] = []
        steps.append((label.en, total, counts))

        def told(done: int) -> None:
            counts.append(done)

        yield told

    for module in (roster, rosters):
        monkeypatch.setattr(module, "progress", recorded)
    path = tmp_path / "in.xlsx"
    workbook(path, [*people(2), person(obtained="坏")])
    assert run("roster", path, "-o", tmp_path / "out.xlsx", "--scheme", SCHEME).status == 0
    assert [(label, total, sum(told)) for label, total, told in steps] == [
        ("reading", None, 0), ("checking", 2, 2), ("writing", 3, 3),
    ]  # fmt: skip


def test_no_bar_for_quick_work(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = watched(monkeypatch)
    with progress.progress(LABEL, 2, "zh") as told:
        told(2)
    assert terminal.getvalue() == ""


def test_no_bar_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.StringIO()
    monkeypatch.setattr(sys, "stderr", piped)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with progress.progress(LABEL, 2, "en") as told:
        told(2)
    assert piped.getvalue() == ""
    monkeypatch.setattr(sys, "stderr", None)
    with progress.progress(LABEL, 2, "en") as told:
        told(2)
