"""Seeded draws: each is splitmix64 of (seed, column, row), so a row never depends on another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SEED = 20240621
MASK = (1 << 64) - 1
GAMMA = 0x9E3779B97F4A7C15
COLUMN = 0xD1B54A32D192ED03

COLUMNS = (
    "level", "exam_passed", "exam_year", "exam_place", "cert_year", "reg_place", "unit_division",
    "civil_servant", "ningbo_since", "applied_on", "emp_role", "emp_start", "emp_len",
    "received_s5", "fees", "grade", "staff", "certified", "funds", "labour", "suffix",
)  # fmt: skip
INDEX = {name: i for i, name in enumerate(COLUMNS)}


def mix(column: int, row: int) -> int:
    """64 bits for a cell."""
    z = (SEED * GAMMA + column * COLUMN + (row + 1) * GAMMA) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def draw(column: str, row: int, n: int) -> int:
    """A number from 0 to n - 1."""
    return (mix(INDEX[column], row) >> 11) % n


class Stream:
    """Draws one after another for one row, apart from the columns above."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.column = len(COLUMNS)

    def below(self, n: int) -> int:
        """A number from 0 to n - 1."""
        self.column += 1
        return (mix(self.column, self.row) >> 11) % n

    def one(self, values: Sequence[Any]) -> Any:
        """One of ``values``."""
        return values[self.below(len(values))]


def pick(percent: int, cuts: Sequence[int]) -> int:
    """The number of cuts at or below ``percent``."""
    return sum(percent >= cut for cut in cuts)
