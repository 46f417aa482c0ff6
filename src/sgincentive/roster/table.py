"""A table as it was read: headings, and rows of cells with their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Cells = Sequence[object]
"""One row: None for a blank cell; text, bool, int, float, Decimal, date or datetime otherwise."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell with a formula whose result was never worked out."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds an error of the spreadsheet, such as #N/A."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell that is part of merged cells, and not the one that shows their value."""

    text: str

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file that are not blank altogether.

    ``numbers`` are the row numbers as the spreadsheet shows them (the headings stand in row
    ``head``). ``serials``: whether a number may be a day counted from 1900, as Excel does.
    ``others`` names further sheets that were not read.
    """

    source: str
    headings: tuple[str, ...]
    rows: list[Cells]
    numbers: Sequence[int]
    serials: bool = False
    others: tuple[str, ...] = ()

    def cell(self, row: int, column: int) -> str:
        """The name of a cell, such as C7, by row number and index of the column."""
        return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """The name of a column from its index: A, B, ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
