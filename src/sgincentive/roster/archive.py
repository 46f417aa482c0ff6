"""Workbooks looked at before anything parses them: locked, damaged, or far larger than they seem.

A workbook is a zip archive of XML. Its parts are unpacked once, in pieces that are thrown away, so
that a file that unpacks to gigabytes is refused before it fills the memory.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

from sgincentive.roster.problems import RosterError
from sgincentive.roster.table import CellError, Formula, letters
from sgincentive.words import Text

MOST_UNPACKED: Final = 1 << 30
"""Bytes to which the parts of a workbook may unpack."""
MOST_CELLS: Final = 30_000_000
"""Cells between the first and the last of a sheet, used or not: a reader makes room for all."""
PIECE: Final = 1 << 20
OVERLAP: Final = 64

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
QUICK_ROW: Final = re.compile(rb'<row r="(\d+)')
QUICK_WIDE: Final = re.compile(rb'r="([A-Z]{2,})(\d+)')
QUICK_FAR: Final = re.compile(rb'r="[A-Z](\d{6,})')
NEAR: Final = 99_999
"""The greatest row that QUICK_FAR does not see."""
ROW: Final = re.compile(rb"<row\b[^>]*?\br\s*=\s*[\"'](\d+)")
ANY_CELL: Final = re.compile(rb"\br\s*=\s*[\"']([A-Z]+)(\d+)")
ODD: Final = (b"r =", b"r\t=", b"r\n=", b"r\r=")
SPECIAL: Final = (b"<f>", b"<f ", b"<f/>", b't="e"', b"t='e'")
CELL: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_NS: Final = re.compile(r"^\{[^}]*\}")


def locked_or_old(data: bytes) -> RosterError | None:
    """The complaint about a workbook with a password, or of the format before 2007."""
    if not data.startswith(OLE):
        return None
    if LOCKED in data:
        return RosterError(
            Text("工作簿设有密码，无法读取", "the workbook has a password and cannot be read"),
            Text("请在 Excel 中取消密码后另存", "remove the password in Excel and save it again"),
        )
    return RosterError(
        Text("这是旧格式的 .xls 工作簿", "this is a workbook of the old .xls format"),
        Text("请另存为 .xlsx", "save it as .xlsx"),
    )


def bomb() -> RosterError:
    """The complaint about a workbook that unpacks to too much."""
    most = MOST_UNPACKED >> 30
    return RosterError(
        Text(
            f"工作簿解压后超过 {most} GiB，未读取",
            f"the workbook unpacks to more than {most} GiB and was not read",
        ),
        Text("请拆成几个文件，或另存为 .csv", "split it into several files, or save it as .csv"),
    )


def damaged() -> RosterError:
    """The complaint about what is no workbook."""
    return RosterError(
        Text("不是可用的 .xlsx 工作簿（文件损坏或并非 Excel 文件）",
             "this is no usable .xlsx workbook (damaged, or not written by a spreadsheet)"),
        Text("请在 Excel 中重新另存为 .xlsx", "save it again as .xlsx in a spreadsheet"),
    )  # fmt: skip


@dataclass(slots=True)
class Extent:
    """The last row and the last column of a sheet that its XML names.

    ``look`` is quick and gives an upper end for sheets as programs write them; a sheet that is
    written in another way is ``odd``.
    """

    rows: int = 0
    columns: int = 0
    odd: bool = False

    @property
    def most(self) -> int:
        """Cells up to the last one, at most."""
        return max(self.rows, NEAR) * max(self.columns, 26)

    def look(self, text: bytes) -> None:
        """Look at a part of the XML."""
        for numbers in (QUICK_ROW.findall(text), QUICK_FAR.findall(text)):
            self.rows = max(self.rows, *map(_number, numbers), 0)
        for letter, number in set(QUICK_WIDE.findall(text)):
            self.cell(letter, number)
        plain = text.count(b" r=") == text.count(b' r="')
        self.odd = self.odd or not plain or any(odd in text for odd in ODD)

    def look_closely(self, text: bytes) -> None:
        """Look at a part of the XML in whatever way it is written."""
        for number in ROW.findall(text):
            self.rows = max(self.rows, _number(number))
        for letter, number in ANY_CELL.findall(text):
            self.cell(letter, number)

    def cell(self, letter: bytes, number: bytes) -> None:
        """A cell by its name."""
        self.columns = max(self.columns, column_of(letter[:4].decode()))
        self.rows = max(self.rows, _number(number))


def _number(digits: bytes) -> int:
    return int(digits[:8])


class Archive:
    """The parts of a workbook, each unpacked once and measured. Raises RosterError."""

    def __init__(self, data: bytes) -> None:
        wrong = locked_or_old(data)
        if wrong is not None:
            raise wrong
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise damaged() from None
        if sum(part.file_size for part in self.zip.infolist()) > MOST_UNPACKED:
            raise bomb()
        self.special: dict[str, bool] = {}
        for part in self.zip.infolist():
            self._measure(part.filename)

    def _measure(self, name: str) -> None:
        """Unpack one part, measure a sheet, and note what a reader leaves out.

        A part that unpacks to more than the archive says is damaged.
        """
        sheet = name.startswith("xl/worksheets/")
        extent = Extent()
        special = False
        rest = b""
        for piece in self.pieces(name):
            if sheet:
                text, rest = whole_tags(rest + piece)
                extent.look(text)
                special = special or any(mark in text for mark in SPECIAL)
        if sheet:
            self.special[name] = special
            if extent.odd or extent.most > MOST_CELLS:
                extent = self._exact(name)
                if extent.rows * extent.columns > MOST_CELLS:
                    raise too_wide(extent.rows, extent.columns)

    def _exact(self, name: str) -> Extent:
        """How far a sheet reaches, however it is written."""
        extent = Extent()
        rest = b""
        for piece in self.pieces(name):
            text, rest = whole_tags(rest + piece)
            extent.look_closely(text)
        return extent

    def pieces(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a part. Raises RosterError when it is damaged."""
        try:
            with self.zip.open(name) as part:
                while piece := part.read(PIECE):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
            raise damaged() from None

    def tree(self, name: str) -> ElementTree.Element:
        """A small part as XML. Raises RosterError when it is damaged."""
        try:
            return ElementTree.fromstring(b"".join(self.pieces(name)))
        except (KeyError, ElementTree.ParseError):
            raise damaged() from None

    def part_of(self, sheet: str) -> str | None:
        """The part that holds a sheet."""
        targets = {
            each.get("Id"): each.get("Target", "")
            for each in self.tree("xl/_rels/workbook.xml.rels")
        }
        for each in self.tree("xl/workbook.xml").iter():
            if _NS.sub("", each.tag) == "sheet" and each.get("name") == sheet:
                id = next((v for k, v in each.attrib.items() if k.endswith("}id")), None)
                target = targets.get(id, "")
                name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                return name if name in self.special else None
        return None

    @property
    def counts_from_1904(self) -> bool:
        """Whether the days of the workbook are counted from 1904 and not from 1900."""
        for each in self.tree("xl/workbook.xml").iter():
            if _NS.sub("", each.tag) == "workbookPr":
                return each.get("date1904", "0") in ("1", "true")
        return False

    def special_cells(self, name: str) -> dict[tuple[int, int], Formula | CellError]:
        """Formulas without a result and errors by row and column from 0, which readers of values
        take for blank cells."""
        if not self.special[name]:
            return {}
        return _Special().read(self.pieces(name))


class _Special:
    """Reads the cells of a sheet for formulas without a result and for errors."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, int], Formula | CellError] = {}
        self.row = self.column = -1
        self.error = False
        self.inside = ""
        self.formula: str | None = None
        self.value = ""

    def read(self, pieces: Iterator[bytes]) -> dict[tuple[int, int], Formula | CellError]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            for piece in pieces:
                parser.Parse(piece)
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise damaged() from None
        return self.found

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif tag == "c":
            at = CELL.fullmatch(attributes.get("r", ""))
            self.column = self.column + 1 if at is None else column_of(at[1]) - 1
            self.error = attributes.get("t") == "e"
            self.formula, self.value = None, ""
        elif tag == "f":
            self.formula = self.formula or ""
            self.inside = tag
        elif tag == "v":
            self.inside = tag

    def end(self, tag: str) -> None:
        self.inside = ""
        if tag != "c":
            return
        if self.error:
            self.found[self.row, self.column] = CellError(self.value or "#N/A")
        elif self.formula is not None and not self.value:
            self.found[self.row, self.column] = Formula(f"={self.formula}")

    def text(self, said: str) -> None:
        if self.inside == "f":
            self.formula = (self.formula or "") + said
        elif self.inside == "v":
            self.value += said


def whole_tags(text: bytes) -> tuple[bytes, bytes]:
    """Text up to the end of its last tag, and the rest; no rest longer than a piece."""
    end = text.rfind(b">") + 1
    if len(text) - end > PIECE:
        return text, text[-OVERLAP:]
    return text[:end], text[end:]


def column_of(letter: str) -> int:
    """The number of a column from 1, from its letters."""
    number = 0
    for each in letter:
        number = number * 26 + ord(each) - 64
    return number


def too_wide(rows: int, columns: int) -> RosterError:
    """The complaint about a sheet whose last cell lies too far out."""
    last = f"{letters(max(columns, 1) - 1)}{rows}"
    return RosterError(
        Text(f"工作表一直延伸到 {last}，空白单元格过多，未读取",
             f"the sheet reaches as far as {last}: too many blank cells, it was not read"),
        Text("请删除名册以外的内容后另存", "delete what lies beside the roster and save it again"),
    )  # fmt: skip
