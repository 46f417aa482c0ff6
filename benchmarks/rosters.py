"""A workbook of 100,000 rows in and out, against reading and writing alone by the same libraries.

    python -m benchmarks.rosters [ROWS]

Writes ``docs/benchmarks-rosters.md``.
"""

from __future__ import annotations

import gc
import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import python_calamine
import xlsxwriter

from benchmarks.page import installed, load_average, machine
from benchmarks.rows import Row, markdown
from benchmarks.timing import ratio_of
from sgincentive.roster.answers import Answers, Question, evaluate
from sgincentive.roster.entries import entries_of
from sgincentive.roster.read import read_roster
from sgincentive.roster.results import OutColumn, result_columns
from sgincentive.roster.totals import totals_of
from sgincentive.roster.write import write_result
from sgincentive.ruleset import Rules, load_rules

ROWS = 100_000
ROUNDS = 7
SEED = 20260101
ON = date(2025, 1, 10)
ONE = ("zhejiang/ningbo/exam-reward",)
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-rosters.md"
PACKAGES = ("python-calamine", "XlsxWriter", "polars", "narwhals")
HEADINGS = (
    "姓名", "人员编号", "证书级别", "考试年度", "取得日期", "核查地点", "登记地", "登记日期",
    "工作地", "到岗日期", "离岗日期", "编制类型", "从事社会工作", "工作经历", "已发记录",
)  # fmt: skip
PLACES = (
    "330203", "330205", "330206", "330211", "330212", "330213", "330225", "330226", "330281",
    "330282", "330602",
)  # fmt: skip

TEXT = """# Benchmarks of rosters

Written by `python -m benchmarks.rosters` on {day}; do not edit by hand.

Machine: {machine}; load average before the run {load}. Versions: {versions}.

{table}

## How it is measured

- A workbook of {rows:,} made-up persons with {columns} columns, drawn with a fixed seed, is read,
  checked and written with the result, the sums and the reasons.
- "Reading and writing alone" reads the same workbook with python-calamine and writes the cells of
  the same sheet of results, worked out beforehand, with XlsxWriter: same options, same formats.
- Both run in turns in one process, {rounds} rounds; a ratio is the median of the rounds, the spread
  is the lowest and the highest. Processor time counts all threads; the clock also counts what other
  work on the machine takes.
- Of the time above reading and writing, unpacking the workbook once beforehand, so that one that
  unpacks to gigabytes is refused, takes about a third.
- Greatest memory of the process: {memory:.0f} MiB, for a workbook of {size:.1f} MiB.
"""


def person(draw: random.Random, number: int) -> list[Any]:
    """One made-up row."""
    obtained = date(2024, 12, 5)
    return [
        f"某{number}", f"P{number:06}",
        draw.choice(("助理社会工作师", "社会工作师", "高级社会工作师")),
        draw.choice((2024, 2024, 2023)), obtained, draw.choice(PLACES), draw.choice(PLACES),
        obtained + timedelta(draw.randrange(40)), draw.choice(PLACES),
        date(2010, 1, 1) + timedelta(draw.randrange(5000)), None,
        draw.choice(("合同制", "事业编制", "公务员", None)), draw.choice(("是", "是", "否")),
        "全部", draw.choice(("无", "无", None)),
    ]  # fmt: skip


def write_input(path: Path, rows: int) -> None:
    """The workbook that is read."""
    draw = random.Random(SEED)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for i, heading in enumerate(HEADINGS):
        sheet.write_string(0, i, heading)
    for number in range(1, rows + 1):
        for i, cell in enumerate(person(draw, number)):
            if isinstance(cell, date):
                sheet.write_datetime(number, i, cell, day)
            elif cell is not None:
                sheet.write(number, i, cell)
    book.close()


def ours(source: Path, target: Path, rules: Rules, ids: tuple[str, ...]) -> Answers:
    """All that the command does, its start aside."""
    roster = entries_of(read_roster(source), "worker")
    answers = evaluate(rules, roster, Question(ids, ON))
    write_result(target, answers, totals_of(answers), "zh", force=True)
    return answers


def alone(source: Path, target: Path, columns: Sequence[OutColumn]) -> None:
    """Reading and writing of the same cells."""
    book = python_calamine.CalamineWorkbook.from_path(str(source))
    book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    out = xlsxwriter.Workbook(str(target), options)
    sheet = out.add_worksheet()
    words = out.add_format({"num_format": "@", "valign": "top"})
    day = out.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    money = out.add_format({"num_format": "#,##0.00", "valign": "top"})
    for i, column in enumerate(columns):
        sheet.write_string(0, i, column.heading, words)
    for number, cells in enumerate(zip(*(c.cells for c in columns), strict=True), start=1):
        for i, cell in enumerate(cells):
            if isinstance(cell, str):
                if cell:
                    sheet.write_string(number, i, cell, words)
            elif isinstance(cell, date):
                sheet.write_datetime(number, i, cell, day)
            elif cell is not None:
                sheet.write_number(number, i, cell, money)
    out.close()


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of processor time."""
    gc.collect()
    clock, work = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - clock, time.process_time() - work


def measure(folder: Path, rows: int) -> list[Row]:
    """Every row of the table."""
    source, target = folder / "in.xlsx", folder / "out.xlsx"
    write_input(source, rows)
    rules = load_rules()
    found = []
    for name, ids in (("one scheme", ONE), ("every scheme that concerns a row", ())):
        columns = result_columns(ours(source, target, rules, ids), "zh")
        pairs = [
            (timed(lambda ids=ids: ours(source, target, rules, ids)),  # type: ignore[misc]
             timed(lambda columns=columns: alone(source, folder / "alone.xlsx", columns)))  # type: ignore[misc]
            for _ in range(ROUNDS if ids else 3)
        ]  # fmt: skip
        against = "reading and writing alone"
        for at, said in enumerate(("clock", "processor time")):
            ratio = ratio_of([(a[at], b[at]) for a, b in pairs])
            wanted = 1.5 if ids else None
            found.append(
                Row(f"{rows:,} rows of .xlsx in and out, {name}, {said}", against, ratio, wanted)
            )
    return found


def main() -> None:
    """Measure, print and write the page."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    load = load_average()
    with tempfile.TemporaryDirectory() as name:
        found = measure(Path(name), rows)
        size = (Path(name) / "in.xlsx").stat().st_size / 2**20
    table = markdown(found)
    print(table)
    versions = [f"{platform.python_implementation()} {platform.python_version()}"]
    versions += [f"{n} {have}" for n in PACKAGES if (have := installed(n))]
    text = TEXT.format(
        day=datetime.now(UTC).date().isoformat(), machine=machine(), load=load,
        versions=", ".join(versions), table=table, rows=rows, columns=len(HEADINGS),
        rounds=ROUNDS, size=size,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )  # fmt: skip
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
