"""Columns: the eight schemes, and all rule files, over a million rows.

    make bench-columns        (python -m benchmarks.columns [ROWS])

Writes ``docs/benchmarks-columns.md``.
"""

from __future__ import annotations

import gc
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow.parquet as pq

from benchmarks import column_data, hand_columns
from benchmarks.column_peers import peers
from benchmarks.constants import MILLION, SCHEMES
from benchmarks.page import installed, load_average, machine
from benchmarks.rows import Row, markdown
from benchmarks.timing import Ratio, in_turns, ratio_of
from sgincentive import Rules, load_rules
from sgincentive.columns.used import facts_used
from sgincentive.facts import facts, lists

ROWS = 1_000_000
ROUNDS = 7
EIGHT = Path(__file__).with_name("rules")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-columns.md"
PACKAGES = ("polars", "duckdb", "pyarrow", "narwhals", "zen-engine")
SEVEN, EIGHTH = list(SCHEMES[:7]), SCHEMES[7]
COMPLETE = list(lists("worker"))
ON = date(2025, 1, 10)
ALONE = "zhejiang/ningbo/exam-reward"
BY_ROW = "hebei/community-certificate-allowance"
"""A scheme whose months are counted by the engine, row by row, where something may be due."""
ASKED_ROWS = 20_000
CHUNK = 50_000
"""Rows that Polars takes at a time where memory is measured."""
KINDS = {
    "bool": pl.Boolean, "date": pl.Date, "year": pl.Int64, "count": pl.Int64, "months": pl.Int64,
    "number": pl.Int64, "money": pl.Int64,
}  # fmt: skip

TEXT = """# Benchmarks of columns

Written by `python -m benchmarks.columns` on {day}; do not edit by hand.

Machine: {machine}; load average before the run {load}. Versions: {versions}.

{table}

## How it is measured

- {rows:,} workers and as many projects of the seeded generator (`benchmarks/column_data.py`), the
  same row for row as `benchmarks/profiles.py`, with one text column for each place. Loading is not
  counted; the seven amounts and the verdict are materialised.
- "Hand-written" are the same schemes in the library's own expressions (`benchmarks/hand_columns.py`).
  They take every cell as known and every word as right. Ours are asked the same way: `clean`,
  `never_blank` for all columns, lists complete, money in fen; the plan is built anew each
  time, of schemes that have been translated once (the row on translation starts from nothing).
- With any cell blank or wrong ours keep track of what is unknown; the row "as a roster comes" has
  none of these promises.
- A ratio is the median of {rounds} rounds in which both run in turns; the spread is the lowest and the
  highest round.
- All rule files: the schemes about workers in one call over the same rows as the eight, next to one
  of them alone; the outcomes are counted, by Polars in streaming mode. Three schemes have months
  counted by the engine for rows to which something may be due, about one in a hundred of this draw;
  they are in, and the time of one such row is a row of the table.
- Translation is counted in time of the processor, of every rule file, over a table that has a column for each
  fact that any of them reads, with blank cells and unread words: what a first call
  takes more than a second one, which makes the plan alone.
- Memory is the most that a process of its own held above what it held with the libraries loaded,
  for {rows:,} rows of a Parquet file, against the size of these rows in memory (one of them alone
  takes most of it: the file is read in pieces by two threads). Polars takes {chunk:,} rows at a
  time (`pl.Config.set_streaming_chunk_size`), which is no slower than what it takes by itself.

## Are the answers the same?

{notes}
"""


class Data:
    """The rows in each library's own columns."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.workers, self.projects = column_data.workers(rows), column_data.projects(rows)
        self.worker_frame = pl.DataFrame(self.workers)
        self.project_frame = pl.DataFrame(self.projects)
        self.duck = duckdb.connect()
        for name, table in (("workers", self.workers), ("projects", self.projects)):
            self.duck.register("arrow_table", table)
            self.duck.execute(f"create table {name} as select * from arrow_table")
            self.duck.unregister("arrow_table")


class Ours:
    """The eight rule files through ``check_table``."""

    def __init__(self, data: Data, promised: bool = True, reasons: bool = False) -> None:
        self.data = data
        self.rules = load_rules(EIGHT)
        self.promised = promised
        self.reasons = reasons

    def asked(self, frame: Any, schemes: list[str], columns: Sequence[str]) -> Any:
        """A frame with the answers."""
        promises: dict[str, Any] = {"money": "fen"}
        if self.promised:
            promises |= {"clean": True, "never_blank": list(columns)}
        complete = COMPLETE if schemes is SEVEN else []
        return self.rules.check_table(
            frame, schemes=schemes, complete=complete, reasons=self.reasons, **promises
        )

    def polars(self) -> tuple[Any, Any]:
        """Amounts of seven and the verdict of the eighth, by Polars."""
        data = self.data
        workers = self.asked(data.worker_frame.lazy(), SEVEN, data.workers.column_names)
        projects = self.asked(data.project_frame.lazy(), [EIGHTH], data.projects.column_names)
        wanted = [f"{id}:min" for id in SEVEN]
        verdict = pl.col(f"{EIGHTH}:outcome") == "compliant"
        if self.reasons:
            wanted += [f"{id}:{what}" for id in SEVEN for what in ("missing", "decided_by")]
        return workers.select(wanted).collect(), projects.select(verdict).collect()

    def duckdb(self) -> tuple[Any, Any]:
        """The same by DuckDB."""
        data = self.data
        workers = self.asked(data.duck.table("workers"), SEVEN, data.workers.column_names)
        projects = self.asked(data.duck.table("projects"), [EIGHTH], data.projects.column_names)
        amounts = workers.select(*(duckdb.ColumnExpression(f"{id}:min") for id in SEVEN))
        verdict = projects.project(f"\"{EIGHTH}:outcome\" = 'compliant' as s8")
        return amounts.to_arrow_table(), verdict.to_arrow_table()


def hand_polars(data: Data) -> Callable[[], tuple[Any, Any]]:
    """The hand-written Polars form."""
    worker, project = hand_columns.polars_worker(), hand_columns.polars_project()
    return lambda: (
        data.worker_frame.lazy().select(worker).collect(),
        data.project_frame.lazy().select(project).collect(),
    )


def hand_duckdb(data: Data) -> Callable[[], tuple[Any, Any]]:
    """The hand-written DuckDB form."""
    return lambda: (
        data.duck.sql(hand_columns.SQL_WORKER).to_arrow_table(),
        data.duck.sql(hand_columns.SQL_PROJECT).to_arrow_table(),
    )


def sums(found: tuple[Any, Any]) -> tuple[int, ...]:
    """The sum of each column."""
    made = [pl.DataFrame(part) for part in found]
    return tuple(int(column.sum()) for part in made for column in part.iter_columns())


def about_workers(rules: Rules) -> list[str]:
    """The schemes about workers."""
    return [s.id for s in rules.schemes(subject="worker")]


def shipped(rules: Rules, data: Data) -> list[Row]:
    """All rule files about workers."""
    every = about_workers(rules)

    def plan(ids: list[str], frame: Any) -> Any:
        return rules.check_table(
            frame, schemes=ids, on=ON, complete=COMPLETE, money="fen", reasons=False
        )

    def by_polars(ids: list[str]) -> None:
        counts = [pl.col(f"{id}:outcome").is_not_null().sum() for id in ids]
        plan(ids, data.worker_frame.lazy()).select(counts).collect(engine="streaming")

    def by_duckdb(ids: list[str]) -> None:
        counts = ", ".join(f'count("{id}:outcome")' for id in ids)
        plan(ids, data.duck.table("workers")).aggregate(counts).fetchall()

    found = []
    of = len(every)
    for name, work in (("Polars", by_polars), ("DuckDB", by_duckdb)):
        ratio = in_turns(lambda: work(every), lambda: work([ALONE]), 3)  # noqa: B023
        each = Ratio(ratio.middle / of, ratio.low / of, ratio.high / of, ratio.ours / of,
                     ratio.theirs)  # fmt: skip
        found.append(Row(f"{name}: each of {of} schemes in one call", "one scheme alone", each, 2))
    return found


def row_by_row(rules: Rules, data: Data) -> Row:
    """A row that the engine is asked about by itself."""
    head = data.worker_frame.head(ASKED_ROWS)
    start = time.perf_counter()
    found = rules.check_table(head, schemes=[BY_ROW], on=ON, complete=COMPLETE, money="fen")
    seconds = time.perf_counter() - start
    asked = found[f"{BY_ROW}:by_row"].sum()
    return Row(
        f"one row asked by itself ({asked} of {ASKED_ROWS:,} rows)",
        "10 ms", ratio_of([(seconds / max(asked, 1), 0.01)]),
    )  # fmt: skip


def translation(rules: Rules) -> Row:
    """Every rule file as expressions, from nothing: a first call less a second one."""
    seconds, count = 0.0, 0
    for subject in ("worker", "project", "station", "organisation"):
        schemes = rules.schemes(subject=subject)
        about = facts(subject)
        used = dict.fromkeys(name for s in schemes for name in facts_used(s))
        types = {name: KINDS.get(about[name].type, pl.String) for name in used}
        frame = pl.LazyFrame({name: [None] for name in used}, schema=types)
        gc.collect()
        for sign in (1, -1):
            start = time.process_time()
            rules.check_table(frame, schemes=[s.id for s in schemes], on=ON)
            seconds += sign * (time.process_time() - start)
        count += len(schemes)
    return Row(
        f"translation of a scheme into expressions (all {count})", "10 ms",
        ratio_of([(seconds / count, 0.01)]), 1,
    )  # fmt: skip


MEMORY = """
import re, sys
from pathlib import Path
import polars as pl
import sgincentive as sg
from benchmarks.columns import COMPLETE, ON, about_workers
rules = sg.load_rules()
pl.Config.set_streaming_chunk_size(int(sys.argv[2]))
frame = pl.scan_parquet(sys.argv[1])
ids = about_workers(rules)
rules.check_table(frame.head(10), schemes=ids[:1], on=ON).collect()
def most():
    # What a process began with counts as its own elsewhere: here only since it runs this program.
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = most()
found = rules.check_table(frame, schemes=ids, on=ON, complete=COMPLETE, money="fen", reasons=False)
amounts = [pl.col(f"{i}:outcome").is_not_null().sum() for i in ids]
found.select(amounts).collect(engine="streaming")
print((most() - before) * 1024)
"""


def memory(rules: Rules, data: Data) -> Row:
    """The most memory that all rule files take above the libraries, against the rows (Linux)."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "workers.parquet"
        pq.write_table(data.workers, file)
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, str(file), str(CHUNK)],
            capture_output=True,
            check=True,
            text=True,
        )
    held = int(done.stdout)
    size = data.worker_frame.estimated_size()
    return Row(
        f"memory held for {len(about_workers(rules))} schemes",
        "the rows themselves",
        Ratio(held / size, held / size, held / size, held, size),
        3,
        unit="MB",
    )


def measure(rows: int) -> tuple[list[Row], list[str]]:
    """The table and the notes."""
    data = Data(rows)
    ours, hand_p, hand_d = Ours(data), hand_polars(data), hand_duckdb(data)
    found = {
        "ours, Polars": sums(ours.polars()), "ours, DuckDB": sums(ours.duckdb()),
        "hand-written, Polars": sums(hand_p()), "hand-written, DuckDB": sums(hand_d()),
    }  # fmt: skip
    want = found["hand-written, Polars"]
    assert all(each == want for each in found.values()), found
    if rows == ROWS:
        assert want == MILLION, want
    rules = load_rules()
    translated = translation(rules)
    loose, reasons = Ours(data, promised=False), Ours(data, reasons=True)
    assert sums(loose.polars()) == want
    table = [
        Row("Polars lazy", "hand-written Polars lazy", in_turns(ours.polars, hand_p, ROUNDS), 1.3),
        Row("DuckDB", "hand-written DuckDB", in_turns(ours.duckdb, hand_d, ROUNDS), 1.6),
        Row(
            "Polars lazy with reasons",
            "without",
            in_turns(reasons.polars, ours.polars, ROUNDS),
            1.2,
        ),
        Row(
            "Polars lazy, as a roster comes", "hand-written", in_turns(loose.polars, hand_p, ROUNDS)
        ),
    ]
    table += [translated, *shipped(rules, data), row_by_row(rules, data), memory(rules, data)]
    notes = [
        f"Sums over {rows:,} rows, fen (s8: projects that comply), equal for "
        f"{', '.join(found)}: {', '.join(f'{i} {n:,}' for i, n in zip(SCHEMES, want, strict=True))}."
    ]
    more, said = peers(data.workers, data.projects, ours.polars, want)
    return table + more, notes + said


def main() -> None:
    """Measure, print and write the page."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    load = load_average()
    table, notes = measure(rows)
    versions = [f"{platform.python_implementation()} {platform.python_version()}"]
    versions += [f"{n} {found}" for n in PACKAGES if (found := installed(n))]
    text = TEXT.format(
        day=datetime.now(UTC).date().isoformat(), machine=machine(), load=load,
        versions=", ".join(versions), table=markdown(table), rows=rows, rounds=ROUNDS, chunk=CHUNK,
        notes="\n".join(f"- {note}" for note in notes),
    )  # fmt: skip
    print(text)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
