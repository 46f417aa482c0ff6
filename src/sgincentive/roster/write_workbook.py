"""Writing .xlsx: results, totals and rejected rows, with frozen headings, filters and formats.

Every text is written as text: a cell that begins with = never becomes a formula, an address never
a link.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from sgincentive.roster.answers import Answers, Progress, unwatched
from sgincentive.roster.extras import needed
from sgincentive.roster.problems import RosterError
from sgincentive.roster.results import SHEETS, OutColumn, rejected_columns, result_columns
from sgincentive.roster.table import Merged
from sgincentive.roster.totals import Totals
from sgincentive.roster.totals_sheet import COLUMNS, Line, by_engine, counts, sections, with_lines
from sgincentive.words import Lang, Text

MOST_ROWS: Final = 1_048_575
LONGEST: Final = 32_767
EXACT: Final = 2**53
WIDTHS: Final = {"row": 8, "own": 14, "text": 16, "long": 46, "money": 14, "number": 12}
MONEY: Final = "#,##0.00"
WHOLE: Final = "#,##0"
EPOCH: Final = date(1899, 12, 30).toordinal()
LEAP: Final = date(1900, 3, 1)
"""From this day on the days of a spreadsheet are those of the calendar."""
DAY: Final = "yyyy-mm-dd"
MOMENT: Final = "yyyy-mm-dd hh:mm:ss"


def write_workbook(
    path: Path, answers: Answers, totals: Totals, lang: Lang, progress: Progress = unwatched
) -> None:
    """Write the result of a roster. Raises RosterError, MissingExtra, OSError."""
    if len(answers.roster.rows) > MOST_ROWS or len(answers.roster.rejected) > MOST_ROWS:
        raise RosterError(
            Text(f"结果超过 {MOST_ROWS} 行，一张工作表放不下",
                 f"more than {MOST_ROWS} rows do not fit on a sheet"),
            Text("请用 -o 写成 .csv 或 .parquet", "write .csv or .parquet with -o"),
        )  # fmt: skip
    with workbook(path) as book:
        styles = Styles(book)
        write_columns(
            book.add_worksheet(SHEETS["results"].get(lang)), styles, result_columns(answers, lang),
            progress,
        )  # fmt: skip
        _write_totals(book.add_worksheet(SHEETS["totals"].get(lang)), styles, answers, totals, lang)
        write_columns(
            book.add_worksheet(SHEETS["rejected"].get(lang)), styles,
            rejected_columns(answers.roster, lang), progress,
        )  # fmt: skip


@contextmanager
def workbook(path: Path) -> Iterator[Any]:
    """A new workbook, written to ``path`` at the end. Raises OSError when that fails."""
    xlsxwriter = needed("xlsxwriter")
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    # An archive that is half on a full disk complains a second time when it is thrown away.
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, options)
    try:
        yield book
        book.close()
    finally:
        book.fileclosed = True
    path.write_bytes(packed.getbuffer())


class Styles:
    """The formats of a workbook."""

    def __init__(self, book: Any) -> None:
        top = {"valign": "top"}
        self.head = book.add_format(
            {
                "bold": True,
                "bg_color": "#DDEBF7",
                "border": 1,
                "text_wrap": True,
                "valign": "vcenter",
            }
        )
        self.title = book.add_format({"bold": True, "font_size": 12})
        self.money = book.add_format({"num_format": MONEY, **top})
        self.whole = book.add_format({"num_format": WHOLE, **top})
        self.day = book.add_format({"num_format": DAY, **top})
        self.moment = book.add_format({"num_format": MOMENT, **top})
        self.text = book.add_format({"num_format": "@", **top})
        self.wrapped = book.add_format({"num_format": "@", "text_wrap": True, **top})


def write_columns(
    sheet: Any, styles: Styles, columns: Sequence[OutColumn], progress: Progress = unwatched
) -> None:
    """A sheet of columns under frozen headings with filters."""
    put = Putter(sheet, styles)
    for i, column in enumerate(columns):
        sheet.set_column(i, i, WIDTHS[column.kind])
        sheet.write_string(0, i, column.heading, styles.head)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    rows = len(columns[0].cells)
    sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
    writers = [put.of(column.kind) for column in columns]
    places = list(enumerate(writers))
    for number, cells in enumerate(zip(*(c.cells for c in columns), strict=True), start=1):
        for i, write in places:
            cell = cells[i]
            if cell is not None and cell != "":
                write(number, i, cell)
        if not number % 1000:
            progress(1000)
    progress(rows % 1000)


class Putter:
    """Puts cells on a sheet, each as what it is."""

    def __init__(self, sheet: Any, styles: Styles) -> None:
        self.sheet = sheet
        self.styles = styles
        self.text = sheet.write_string
        self.figure = sheet.write_number

    def of(self, kind: str) -> Callable[[int, int, Any], None]:
        """What writes the cells of a column of some kind."""
        writers: dict[str, Callable[[int, int, Any], None]] = {
            "row": self.whole, "number": self.number, "money": self.money, "text": self.words,
            "long": self.wrapped, "own": self.own,
        }  # fmt: skip
        return writers[kind]

    def words(self, row: int, column: int, text: str) -> None:
        self.text(row, column, text if len(text) <= LONGEST else fitting(text), self.styles.text)

    def wrapped(self, row: int, column: int, text: str) -> None:
        """A text of several lines, or a long one."""
        self.text(row, column, fitting(text), self.styles.wrapped)

    def whole(self, row: int, column: int, number: int) -> None:
        self.figure(row, column, number, self.styles.whole)

    def money(self, row: int, column: int, fen: Any) -> None:
        if isinstance(fen, str):
            self.words(row, column, fen)
        else:
            # Exact to the fen: the nearest number that a spreadsheet can hold.
            self.figure(row, column, int(fen) / 100, self.styles.money)

    def number(self, row: int, column: int, value: Any) -> None:
        if isinstance(value, str):
            self.words(row, column, value)
        else:
            self.figure(row, column, float(value), self.styles.whole)

    def own(self, row: int, column: int, cell: Any) -> None:
        """A cell of the roster as it was; whatever is no number, day or truth is text."""
        if isinstance(cell, str):
            self.words(row, column, cell)
        elif isinstance(cell, bool):
            self.sheet.write_boolean(row, column, cell)
        elif isinstance(cell, int | float | Decimal) and -EXACT <= cell <= EXACT:
            self.figure(row, column, float(cell))
        elif isinstance(cell, datetime) and cell.tzinfo is None and cell.year >= 1900:
            style = self.styles.day if cell.time() == time() else self.styles.moment
            self.sheet.write_datetime(row, column, cell, style)
        elif isinstance(cell, date) and not isinstance(cell, datetime) and cell.year >= 1900:
            if cell >= LEAP:
                self.figure(row, column, cell.toordinal() - EPOCH, self.styles.day)
            else:
                moment = datetime(cell.year, cell.month, cell.day)
                self.sheet.write_datetime(row, column, moment, self.styles.day)
        elif not isinstance(cell, Merged):
            self.words(row, column, str(cell))


def fitting(text: str) -> str:
    """A text that a cell can hold."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _write_totals(sheet: Any, styles: Styles, answers: Answers, totals: Totals, lang: Lang) -> None:
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, len(COLUMNS) - 1, 16)
    sheet.freeze_panes(1, 0)
    row = 0
    for name, count in (*counts(totals, answers.roster.subject, lang), by_engine(answers, lang)):
        sheet.write_string(row, 0, name, styles.head if row == 0 else styles.text)
        sheet.write_number(row, 1, count, styles.whole)
        row += 1
    for head, lines in with_lines(sections(totals, answers, lang)):
        row += 1
        sheet.write_string(row, 0, head, styles.title)
        row += 1
        for i, text in enumerate(COLUMNS):
            sheet.write_string(row, i, text.get(lang), styles.head)
        for line in lines:
            row += 1
            _write_line(Putter(sheet, styles), row, line)
        row += 1


def _write_line(put: Putter, row: int, line: Line) -> None:
    put.words(row, 0, line.name)
    put.words(row, 1, line.kind)
    for i, count in enumerate((line.sum.people, line.sum.eligible, line.sum.undecided), start=2):
        put.whole(row, i, count)
    write = put.money if line.money else put.number
    for i, amount in enumerate((line.low, line.high, line.more), start=5):
        if amount is not None:
            write(row, i, amount)
    put.whole(row, 8, line.sum.unpublished)
