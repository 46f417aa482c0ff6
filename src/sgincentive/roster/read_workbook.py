"""Reading .xlsx: the first sheet that is not hidden, headings in its first row."""

from __future__ import annotations

import io
from typing import Any

from sgincentive.roster.archive import Archive, damaged
from sgincentive.roster.extras import needed
from sgincentive.roster.problems import RosterError
from sgincentive.roster.table import Cells, Merged, Table, letters
from sgincentive.words import Text


def read_workbook(data: bytes, name: str) -> Table:
    """The roster in a workbook. Raises RosterError, MissingExtra."""
    calamine = needed("python_calamine")
    archive = Archive(data)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [
            each.name
            for each in book.sheets_metadata
            if each.visible == calamine.SheetVisibleEnum.Visible
            and each.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        if not visible:
            raise empty(Text("工作簿里没有可见的工作表", "the workbook has no visible sheet"))
        sheet = book.get_sheet_by_name(visible[0])
        rows = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
    except RosterError:
        raise
    except (calamine.CalamineError, OSError, ValueError):
        raise damaged() from None
    _refuse_merged(merged, visible[0])
    part = archive.part_of(visible[0])
    special = {} if part is None else archive.special_cells(part)
    for (row, column), value in special.items():
        # A reader of values leaves out rows and columns at the end that hold nothing else.
        rows.extend([""] * len(rows[0]) for _ in range(row + 1 - len(rows)))
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = value
    _mark_merged(merged, rows)
    return _table(rows, name, visible, not archive.counts_from_1904)


def _mark_merged(merged: list[Any], rows: list[list[Any]]) -> None:
    """Mark the cells that only look blank because they are merged with others."""
    for (top, left), (bottom, right) in merged:
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                if (row, column) != (top, left):
                    where = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
                    rows[row][column] = Merged(where)


def _table(rows: list[list[Any]], name: str, visible: list[str], serials: bool) -> Table:
    if not any(cell != "" for row in rows for cell in row):
        sheet = visible[0]
        raise empty(Text(f"工作表“{sheet}”是空的", f"the sheet {sheet!r} is empty"))
    width = max((i + 1 for row in rows for i in _last(row)), default=0)
    headings = tuple(str(cell).strip() for cell in rows[0][:width])
    kept: list[Cells] = []
    numbers: list[int] = []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell != "" for cell in row):
            kept.append([None if cell == "" else cell for cell in row[:width]])
            numbers.append(number)
    return Table(name, headings, kept, numbers, serials, tuple(visible[1:]))


def _last(row: list[Any]) -> list[int]:
    """The index of the last cell of a row that is not blank."""
    return next(([i] for i in range(len(row) - 1, -1, -1) if row[i] != ""), [])


def _refuse_merged(merged: list[Any], sheet: str) -> None:
    for (row, column), (last_row, last_column) in sorted(merged):
        if row == 0:
            where = f"{letters(column)}{row + 1}:{letters(last_column)}{last_row + 1}"
            raise RosterError(
                Text(f"工作表“{sheet}”的标题单元格 {where} 是合并单元格",
                     f"the heading cells {where} of the sheet {sheet!r} are merged"),
                Text("请取消合并：标题占第 1 行，每列一个标题，上方不留总标题",
                     "unmerge them: headings stand in row 1, one for each column, "
                     "with no title above"),
            )  # fmt: skip


def empty(text: Text) -> RosterError:
    """The complaint about a file without a roster."""
    return RosterError(
        text,
        Text(
            "第 1 行写标题，其下逐行填写；可用 sgincentive template 生成模板",
            "headings in row 1 and the entries below; sgincentive template makes one to fill in",
        ),
    )
