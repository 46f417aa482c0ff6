"""Writing .csv and .parquet: the results, and beside them the rejected rows where there are any."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sgincentive.roster.extras import needed
from sgincentive.roster.results import OutColumn
from sgincentive.roster.table import Merged

RISKY: Final = re.compile(r"[=+\-@\t\r]")
NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")
MONEY_DIGITS: Final = 30


def write_csv(path: Path, columns: Sequence[OutColumn]) -> None:
    """Write columns as .csv in UTF-8 with the mark by which a spreadsheet knows it.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_safe(column.heading) for column in columns])
        for row in zip(
            *([plain(c, column.kind) for c in column.cells] for column in columns), strict=True
        ):
            writer.writerow([_safe(cell) for cell in row])


def _safe(cell: Any) -> Any:
    if isinstance(cell, str) and RISKY.match(cell) and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def plain(cell: Any, kind: str) -> Any:
    """A cell as .csv writes it."""
    if cell is None or isinstance(cell, Merged):
        return None
    if kind == "money" and not isinstance(cell, str):
        return f"{Decimal(int(cell)) / 100:.2f}"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    if isinstance(cell, bool | int | float | Decimal | str):
        return cell
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def write_parquet(path: Path, columns: Sequence[OutColumn]) -> None:
    """Write columns as .parquet: amounts as decimals, a column of mixed cells as text."""
    arrow, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    arrays = [_array(arrow, column) for column in columns]
    parquet.write_table(arrow.table(arrays, names=[c.heading for c in columns]), str(path))


def _array(arrow: Any, column: OutColumn) -> Any:
    cells = column.cells
    if column.kind in ("money", "number"):
        amounts = [None if c is None or isinstance(c, str) else c for c in cells]
        if column.kind == "money":
            exact = [None if c is None else Decimal(int(c)) / 100 for c in amounts]
            return arrow.array(exact, arrow.decimal128(MONEY_DIGITS, 2))
        return arrow.array([None if c is None else float(c) for c in amounts], arrow.float64())
    if column.kind == "row":
        return arrow.array(cells, arrow.int64())
    kinds = {type(c) for c in cells if c is not None}
    if len(kinds) == 1 and kinds <= {bool, int, float, str, date, datetime, Decimal}:
        try:
            return arrow.array(cells)
        except (arrow.ArrowInvalid, OverflowError):
            pass
    words = [None if (text := plain(c, "own")) is None else str(text) for c in cells]
    return arrow.array(words, arrow.string())
