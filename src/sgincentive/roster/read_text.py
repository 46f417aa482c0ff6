"""Reading .csv: UTF-8 with or without a mark, or GB18030."""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from sgincentive.roster.problems import RosterError
from sgincentive.roster.read_workbook import empty
from sgincentive.roster.table import Cells, Table
from sgincentive.words import Text

LONGEST_CELL: Final = 1 << 17
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
THREE_BYTES: Final = re.compile("[\u0800-\uffff]")


def read_text(data: bytes, name: str) -> Table:
    """The roster in a text file with commas. Raises RosterError."""
    text = decoded(data, name)
    if "\0" in text:
        raise RosterError(
            Text(f"{name} 含空字符，不是文本文件", f"{name} holds NUL characters: it is no text")
        )
    rows: list[Cells] = []
    numbers: list[int] = []
    headings: tuple[str, ...] | None = None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        csv.field_size_limit(LONGEST_CELL)
        for number, cells in enumerate(reader, start=1):
            if headings is None:
                headings = tuple(cell.strip() for cell in cells)
            elif any(cell.strip() for cell in cells):
                rows.append([cell if cell.strip() else None for cell in cells])
                numbers.append(number)
    except csv.Error as error:
        line = reader.line_num
        raise RosterError(
            Text(f"{name} 第 {line} 行不是有效的 CSV（引号未配对或单元格过长）",
                 f"line {line} of {name} is no valid CSV: {error}"),
        ) from None  # fmt: skip
    if headings is None or not (any(headings) or rows):
        raise empty(Text(f"{name} 是空的", f"{name} is empty"))
    return Table(name, headings, rows, numbers)


def decoded(data: bytes, name: str) -> str:
    """The text of a file. Raises RosterError when no encoding fits, or two are mixed."""
    if data.startswith(UTF_16):
        raise RosterError(Text(f"{name} 的编码是 UTF-16", f"{name} is encoded in UTF-16"), AS_UTF_8)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    lines = data.split(b"\n")
    utf_8 = [i for i, line in enumerate(lines, start=1) if _is_utf_8(line)]
    others = [i for i, line in enumerate(lines, start=1) if not _decodes(line, "utf-8")]
    if utf_8 or data.startswith(b"\xef\xbb\xbf"):
        first = utf_8[0] if utf_8 else 1
        raise RosterError(
            Text(f"{name} 混用了两种编码：第 {first} 行是 UTF-8，第 {others[0]} 行不是",
                 f"{name} mixes two encodings: line {first} is UTF-8, line {others[0]} is not"),
            AS_UTF_8,
        )  # fmt: skip
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        bad = next(i for i in others if not _decodes(lines[i - 1], "gb18030"))
        raise RosterError(
            Text(f"{name} 第 {bad} 行既不是 UTF-8 也不是 GB18030",
                 f"line {bad} of {name} is neither UTF-8 nor GB18030"),
            AS_UTF_8,
        ) from None  # fmt: skip


AS_UTF_8: Final = Text(
    "请另存为“CSV UTF-8（逗号分隔）”", 'save it as "CSV UTF-8 (comma delimited)"'
)


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf_8(line: bytes) -> bool:
    """Whether a line is UTF-8 beyond doubt: Chinese in GB18030 is next to never valid UTF-8 of
    three bytes a character."""
    try:
        return THREE_BYTES.search(line.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return False
