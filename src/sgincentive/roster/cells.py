"""One cell as a fact: the many ways in which a spreadsheet writes a day, a number or a word.

What can mean one thing only is accepted; everything else is an error that says what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from sgincentive.columns.cells import ALL_CELLS, NONE_CELLS
from sgincentive.columns.headings import Field
from sgincentive.columns.profile import given
from sgincentive.facts.problems import BadValueError
from sgincentive.facts.spec import FIRST_YEAR, LAST_YEAR
from sgincentive.roster.table import CellError, Formula, Merged

EPOCH: Final = date(1899, 12, 30)
FIRST_SERIAL: Final = 10_000
"""Smaller numbers are taken for years and not for days counted from 1900."""
LAST_SERIAL: Final = (date(LAST_YEAR, 12, 31) - EPOCH).days
PRECISE: Final = 10**15
"""Larger whole numbers lose digits in a spreadsheet."""
_DAY: Final = (
    re.compile(r"([12]\d{3})([-/.])(\d{1,2})\2(\d{1,2})"),
    re.compile(r"([12]\d{3})()年(\d{1,2})月(\d{1,2})日?"),
    re.compile(r"([12]\d{3})()(\d\d)(\d\d)"),
)
_MIDNIGHT: Final = re.compile(r"[ T]0?0:00(:00(\.0+)?)?")
_THOUSANDS: Final = re.compile(r"[¥￥]?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*元?")

Reader = Callable[[Any], Any]


def reader(field: Field, serials: bool) -> Reader:
    """What reads the cells of a fact: gives the value that the engine uses, None for none, and
    raises BadValueError. Blank cells are not given to it."""
    date_like = field.fact.type == "date"

    def read(cell: Any) -> Any:
        refuse_marked(cell)
        if isinstance(cell, str):
            cell = cell.strip()
        if date_like:
            cell = day_of(cell, serials)
        elif field.fact.type == "money":
            cell = money_of(cell)
        elif field.fact.type == "text":
            cell = text_of(cell)
        if field.fact.type in ("level", "word", "text") and isinstance(cell, date):
            raise BadValueError("应为文字，这里是日期", "a word was expected, not a day")
        value = given(cell, field, "yuan")
        return None if value is None else field.kind.read(value)

    return read


def refuse_marked(cell: Any) -> None:
    """Raise BadValueError for a formula without a result, an error, or part of a merged cell."""
    if isinstance(cell, Formula):
        raise BadValueError(
            "公式没有计算结果；请在表格软件中打开并保存，或改为数值",
            "a formula without a result; open and save it in a spreadsheet, or give the value",
        )
    if isinstance(cell, CellError):
        raise BadValueError(f"单元格是错误值 {cell.text}", f"the cell holds the error {cell.text}")
    if isinstance(cell, Merged):
        raise BadValueError(
            f"属于合并单元格 {cell.text}；请取消合并并逐行填写",
            f"part of the merged cells {cell.text}; unmerge them and fill in each row",
        )


def day_of(cell: Any, serials: bool) -> Any:
    """A cell of a column of days as a day; what is no day stays as it is."""
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise BadValueError("应为日期，不含时刻", "a day without a time of day was expected")
        return cell.date()
    if isinstance(cell, bool) or cell in NONE_CELLS:
        return cell
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int):
        return _serial(cell, serials)
    if isinstance(cell, str):
        if len(cell) == 5 and cell.isascii() and cell.isdecimal():
            return _serial(int(cell), serials)
        return _written(cell)
    return cell


def _serial(number: int, serials: bool) -> Any:
    """A whole number: a day written as eight digits, or one counted from 1900."""
    found = _written(str(number))
    if isinstance(found, date):
        return found
    if FIRST_YEAR <= number <= LAST_YEAR:
        raise BadValueError("只有年份，缺少月和日", "a year alone: month and day are missing")
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        if serials:
            return EPOCH + timedelta(days=number)
        raise BadValueError(
            "只有数字，无法确定从哪一天起算；请写成 YYYY-MM-DD",
            "a bare number, and it is not sure from which day it counts; write YYYY-MM-DD",
        )
    raise BadValueError(
        "应为 YYYY-MM-DD 形式的日期，如 2024-12-05",
        "a day written YYYY-MM-DD was expected, for example 2024-12-05",
    )


def _written(text: str) -> Any:
    plain = _MIDNIGHT.sub("", text)
    for form in _DAY:
        match = form.fullmatch(plain)
        if match is not None:
            try:
                return date(int(match[1]), int(match[3]), int(match[4]))
            except ValueError:
                raise BadValueError(
                    "日历上没有这一天", "there is no such day in the calendar"
                ) from None
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", text):
        raise BadValueError(
            "分不清年、月、日的次序；请写成 YYYY-MM-DD",
            "the order of day, month and year is not clear; write YYYY-MM-DD",
        )
    if re.fullmatch(r"[12]\d{3}([-/.]\d{1,2}|年(\d{1,2}月)?)", text):
        raise BadValueError(
            "应为具体日期 YYYY-MM-DD，缺少日",
            "a day written YYYY-MM-DD was expected, not a month or a year",
        )
    return text


def money_of(cell: Any) -> Any:
    """An amount as typed: thousands and the sign of the yuan may stand in it."""
    if isinstance(cell, str):
        match = _THOUSANDS.fullmatch(cell)
        if match is not None:
            return match[1].replace(",", "") + (match[2] or "")
    return cell


def text_of(cell: Any) -> Any:
    """A cell of a column of names or numbers of documents, as text."""
    if isinstance(cell, float):
        if not cell.is_integer():
            return repr(cell)
        if abs(cell) >= PRECISE:
            raise BadValueError(
                "数字过长，表格软件已丢失末尾几位；请将单元格设为文本后重填",
                "the number is so long that the spreadsheet lost its last digits; "
                "make the cell text and fill it in again",
            )
        return str(int(cell))
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


def list_word(cell: Any) -> str:
    """A cell of a list's own column: none or all. Raises BadValueError."""
    refuse_marked(cell)
    word = cell.strip() if isinstance(cell, str) else cell
    if word in NONE_CELLS:
        return "none"
    if word in ALL_CELLS:
        return "all"
    raise BadValueError(
        "应为“无”（没有）、“全部”（本行已列全）或“不详”",
        "none (无), all (全部: this row names every one) or unknown (不详) was expected",
    )


def office_word(cell: Any) -> bool:
    """A cell with an office's word: yes or no. Raises BadValueError."""
    refuse_marked(cell)
    if isinstance(cell, bool):
        return cell
    known = {"是": True, "否": False, "true": True, "false": False, "yes": True, "no": False}
    word = known.get(cell.strip().lower()) if isinstance(cell, str) else None
    if word is None:
        raise BadValueError("应为“是”或“否”", "yes (是) or no (否) was expected")
    return word
