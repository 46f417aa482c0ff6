"""Reading .parquet."""

from __future__ import annotations

import io
import math

from sgincentive.roster.archive import MOST_CELLS, MOST_UNPACKED, bomb
from sgincentive.roster.extras import needed
from sgincentive.roster.problems import RosterError
from sgincentive.roster.read_workbook import empty
from sgincentive.roster.table import Table
from sgincentive.words import Text


def read_parquet(data: bytes, name: str) -> Table:
    """The roster in a Parquet file; row numbers count from 1, the first row of data.

    Raises RosterError, MissingExtra.
    """
    arrow, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    try:
        file = parquet.ParquetFile(io.BytesIO(data))
        meta = file.metadata
        size = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
        if size > MOST_UNPACKED or meta.num_rows * meta.num_columns > MOST_CELLS * 4:
            raise bomb()
        for field in file.schema_arrow:
            if arrow.types.is_nested(field.type):
                raise RosterError(
                    Text(f"{name} 的列“{field.name}”是嵌套类型，应为每格一个值",
                         f"the column {field.name!r} of {name} is nested: one value a cell "
                         "was expected"),
                )  # fmt: skip
        table = file.read()
        columns = [table.column(i).to_pylist() for i in range(table.num_columns)]
    except (arrow.ArrowException, OSError) as error:
        raise RosterError(
            Text(f"{name} 不是可用的 Parquet 文件", f"{name} is no usable Parquet file: {error}")
        ) from None
    headings = tuple(str(each).strip() for each in table.column_names)
    if not headings or not table.num_rows:
        raise empty(Text(f"{name} 是空的", f"{name} is empty"))
    # A cell that is no number of a column of floats is blank.
    rows = [[None if _no_number(c) else c for c in cells] for cells in zip(*columns, strict=True)]
    numbers = [i for i, row in enumerate(rows, start=1) if any(c not in (None, "") for c in row)]
    return Table(name, headings, [rows[i - 1] for i in numbers], numbers)


def _no_number(cell: object) -> bool:
    return isinstance(cell, float) and math.isnan(cell)
