"""Reading a roster by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from sgincentive.roster.files import read_bytes
from sgincentive.roster.problems import RosterError
from sgincentive.roster.read_parquet import read_parquet
from sgincentive.roster.read_text import read_text
from sgincentive.roster.read_workbook import empty, read_workbook
from sgincentive.roster.table import Table
from sgincentive.words import Text, nearest

READERS: Final[Mapping[str, Callable[[bytes, str], Table]]] = {
    ".xlsx": read_workbook,
    ".csv": read_text,
    ".parquet": read_parquet,
}


def kind_of(path: Path) -> str:
    """The ending of a name, one of those known. Raises RosterError."""
    ending = path.suffix.lower()
    if ending in READERS:
        return ending
    close = nearest(ending, READERS)
    hint = Text(f"是否想用 {close}？", f"did you mean {close}?") if close and ending else None
    raise RosterError(
        Text(f"{path}: 文件名应以 .xlsx、.csv 或 .parquet 结尾",
             f"{path}: a name ending in .xlsx, .csv or .parquet was expected"),
        hint,
    )  # fmt: skip


def read_roster(path: Path) -> Table:
    """The table in a file. Raises RosterError when it cannot be used as a whole."""
    read = READERS[kind_of(path)]
    data = read_bytes(path)
    if not data:
        raise empty(Text(f"{path} 是空文件", f"{path} is an empty file"))
    table = read(data, str(path))
    if not table.rows:
        raise empty(Text(f"{path} 只有标题，没有数据行", f"{path} has headings but no row of data"))
    return table
