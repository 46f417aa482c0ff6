"""Rows of the table of results, and what each target asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from benchmarks.timing import Ratio


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement; ``target`` None where the project sets none.

    ``want`` says how ``target`` is meant: ours takes at most so many times as long as theirs, or
    ours is at least so many times faster. ``unit``: what was measured, in seconds or in bytes
    (shown in MB).
    """

    name: str
    against: str
    ratio: Ratio
    target: float | None = None
    want: Literal["at most", "at least faster"] = "at most"
    unit: Literal["seconds", "MB"] = "seconds"

    @property
    def shown(self) -> tuple[float, float, float]:
        """Median and spread, turned round where the target is how much faster we are."""
        r = self.ratio
        if self.want == "at most":
            return r.middle, r.low, r.high
        return 1 / r.middle, 1 / r.high, 1 / r.low

    @property
    def met(self) -> bool | None:
        """Whether the median meets the target."""
        if self.target is None:
            return None
        middle = self.shown[0]
        return middle <= self.target if self.want == "at most" else middle >= self.target

    def amount(self, value: float) -> str:
        """What was measured, in its unit."""
        return duration(value) if self.unit == "seconds" else f"{value / 1e6:.0f} MB"

    def cells(self) -> list[str]:
        """The row as text."""
        middle, low, high = self.shown
        word = "" if self.want == "at most" else " faster"
        ratio = f"{number(middle)}{word}"
        if word and middle < 1:
            low, high = 1 / high, 1 / low
            ratio = f"{number(1 / middle)} slower"
        target = "–"
        if self.target is not None:
            sign = "≤" if self.want == "at most" else "≥"
            target = f"{sign} {self.target:g}{word}"
        met = {None: "–", True: "yes", False: "**no**"}[self.met]
        return [
            self.name, self.against, self.amount(self.ratio.ours), self.amount(self.ratio.theirs),
            ratio, f"{number(low)} – {number(high)}", target, met,
        ]  # fmt: skip


def number(value: float) -> str:
    """Three digits."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def duration(value: float) -> str:
    """Seconds in a unit that fits."""
    return f"{value * 1e6:.1f} µs" if value < 1e-3 else f"{value * 1e3:.1f} ms"


HEAD = ["measured", "against", "ours", "theirs", "ratio", "spread", "target", "met"]


def markdown(rows: list[Row]) -> str:
    """The rows as a table."""
    lines = ["| " + " | ".join(HEAD) + " |", "|---|---|---:|---:|---:|---:|---:|---|"]
    lines += ["| " + " | ".join(row.cells()) + " |" for row in rows]
    return "\n".join(lines)
