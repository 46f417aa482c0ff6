"""Rosters of made-up people for the tests of the command line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

SCHEME = "zhejiang/ningbo/exam-reward"
ON = "2025-01-10"
HEADINGS = (
    "姓名", "证书级别", "考试年度", "obtained", "核查地点", "登记地", "登记日期", "工作地",
    "到岗日期", "离岗日期", "编制类型", "从事社会工作", "工作经历", "已发记录",
)  # fmt: skip
OBTAINED = HEADINGS.index("obtained")

Row = list[Any]


def person(name: str = "甲", level: str = "中级", **changes: Any) -> Row:
    """Somebody in Ningbo to whom the reward is due; ``changes`` by heading."""
    row: Row = [
        name, level, 2024, date(2024, 12, 5), "330203", "330203", date(2024, 12, 20), "330203",
        date(2021, 3, 1), None, "合同制", "是", "全部", "无",
    ]  # fmt: skip
    for heading, cell in changes.items():
        row[HEADINGS.index(heading)] = cell
    return row


def people(count: int) -> list[Row]:
    """Several such persons of all levels."""
    return [person(f"甲{i}", ("初级", "中级", "高级")[i % 3]) for i in range(count)]


def workbook(
    path: Path, rows: Sequence[Sequence[Any]], headings: Sequence[Any] = HEADINGS
) -> openpyxl.Workbook:
    """A workbook with one sheet, saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (headings, *rows):
        sheet.append(list(row))
    book.save(path)
    return book


def text(rows: Sequence[Sequence[Any]], headings: Sequence[Any] = HEADINGS) -> str:
    """The same as text with commas."""
    file = io.StringIO()
    csv.writer(file).writerows([headings, *rows])
    return file.getvalue()


def sheets_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The cells of every sheet of a workbook."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def records_of(path: Path, title: str = "结果") -> list[dict[str, Any]]:
    """The rows of a sheet by heading."""
    head, *rows = sheets_of(path)[title]
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def flat(said: str) -> str:
    """What is said in Chinese, without the breaks of lines."""
    return re.sub(r"\n\s*", "", said)
