"""A progress bar with rate and time left, for what takes longer than a second at a terminal."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text as Styled

from sgincentive.roster.answers import unwatched
from sgincentive.words import Lang, Text

PATIENCE = 1.0
"""Seconds before a bar appears."""
RATE = Text("行/秒", "rows/s")


class Told(Protocol):
    """Told how much more is done."""

    def __call__(self, done: int) -> None: ...


class _Rate(ProgressColumn):
    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self.lang = lang

    def render(self, task: Task) -> Styled:
        speed = task.finished_speed or task.speed
        return Styled("" if speed is None else f"{speed:,.0f} {RATE.get(self.lang)}")


@contextmanager
def progress(label: Text, total: int | None, lang: Lang) -> Iterator[Told]:
    """Shows on stderr, where somebody watches it, how far a work of ``total`` steps is (None: it
    is not known how many they are).

    Nothing is shown in a pipe or within the first second.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield unwatched
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(lang),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task(label.get(lang), total=total)
    started = time.monotonic()

    def told(done: int) -> None:
        bar.advance(task, done)
        if time.monotonic() - started >= PATIENCE:
            bar.start()

    # The bar is there after a second also where the first step takes longer.
    patience = threading.Timer(PATIENCE, bar.start)
    patience.daemon = True
    patience.start()
    try:
        yield told
    finally:
        patience.cancel()
        patience.join()
        if bar.live.is_started:
            bar.stop()
