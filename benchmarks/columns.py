"""Columns: the eight schemes, and all rule files, over a million rows.

    python -m benchmarks.columns [ROWS]

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

from benchmarks import column_data, hand_columns, profiles, zen_engine
from benchmarks.constants import MILLION, SCHEMES
from benchmarks.page import installed, load_average, machine
from benchmarks.rows import Row, markdown
from benchmarks.timing import Ratio, ratio_of
from sgincentive import Project, Rules, Worker, load_rules
from sgincentive.facts import lists, view

ROWS = 1_000_000
ROUNDS = 7
EIGHT = Path(__file__).with_name("rules")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-columns.md"
PACKAGES = ("polars", "duckdb", "pyarrow", "narwhals", "zen-engine")
SEVEN, EIGHTH = list(SCHEMES[:7]), SCHEMES[7]
COMPLETE = list(lists("worker"))
ZEN_ROWS = 20_000
ON = date(2025, 1, 10)
SHIPPED_ROWS = 100_000

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
- All rule files: {shipped} schemes about workers over {shipped_rows:,} rows in one call, next to one
  scheme alone over the same rows; the sums of all amounts are taken in streaming mode. Memory is the
  most that a process of its own held above what it held with the libraries loaded, for
  {rows:,} rows of a Parquet file, against the size of these rows in memory.

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


def in_turns(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int = ROUNDS
) -> Ratio:
    """Seconds of one call of each, in turns."""
    ours(), theirs()
    pairs = []
    for i in range(rounds):
        found = {}
        for run in (ours, theirs) if i % 2 else (theirs, ours):
            gc.collect()
            start = time.perf_counter()
            run()
            found[run] = time.perf_counter() - start
        pairs.append((found[ours], found[theirs]))
    return ratio_of(pairs)


def against_zen(data: Data, ours: Callable[[], object]) -> Row | None:
    """Polars against zen-engine's batch, of which a part is measured."""
    batch = zen_engine.batch()
    if batch is None:
        return None
    contexts = []
    for i in range(ZEN_ROWS):
        worker = Worker.model_validate(profiles.worker(i))
        project = Project.model_validate(profiles.project(i))
        contexts.append(zen_engine.context(view(worker), view(project)))
    ours()
    pairs = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ours()
        middle = time.perf_counter()
        batch(contexts)
        theirs = time.perf_counter() - middle
        pairs.append((middle - start, theirs * data.rows / ZEN_ROWS))
    return Row(
        "Polars lazy", f"zen-engine's batch of {ZEN_ROWS:,}, times {data.rows // ZEN_ROWS}",
        ratio_of(pairs), 200, "at least faster",
    )  # fmt: skip


def shipped(rules: Rules, data: Data) -> list[Row]:
    """All rule files about workers."""
    head = data.worker_frame.head(SHIPPED_ROWS)
    every = [scheme.id for scheme in rules.schemes(subject="worker")]
    empty = head.head(0).lazy()

    def plan(ids: list[str], frame: Any) -> Any:
        return rules.check_table(frame, schemes=ids, on=ON, complete=COMPLETE, money="fen")

    def work(ids: list[str]) -> None:
        amounts = [pl.col(f"{id}:outcome").is_not_null().sum() for id in ids]
        plan(ids, head.lazy()).select(amounts).collect(engine="streaming")

    one = ["zhejiang/ningbo/exam-reward"]
    ratios = in_turns(lambda: work(every), lambda: work(one), 3)
    times = len(every)
    each = Ratio(
        ratios.middle / times, ratios.low / times, ratios.high / times, ratios.ours / times,
        ratios.theirs,
    )  # fmt: skip
    rules.in_columns.clear()
    start = time.perf_counter()
    plan(every, empty)
    seconds = (time.perf_counter() - start) / times
    return [
        Row(f"each of {times} schemes over {SHIPPED_ROWS:,} rows", "one scheme alone", each, 2),
        Row(
            "translation of one scheme into expressions", "10 ms",
            ratio_of([(seconds, 0.01)]), 1,
        ),
    ]  # fmt: skip


MEMORY = """
import resource, sys
import polars as pl
import sgincentive as sg
from benchmarks.columns import COMPLETE, ON
file, which = sys.argv[1:]
rules = sg.load_rules()
frame = pl.scan_parquet(file)
ids = [s.id for s in rules.schemes(subject="worker")]
rules.check_table(frame.head(10), schemes=ids[:1], on=ON).collect()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = rules.check_table(frame, schemes=ids, on=ON, complete=COMPLETE, money="fen", reasons=False)
amounts = [pl.col(f"{i}:outcome").is_not_null().sum() for i in ids]
found.select(amounts).collect(engine="streaming")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""


def memory(data: Data) -> Row:
    """The most memory that all rule files take above the libraries, against the rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "workers.parquet"
        pq.write_table(data.workers, file)
        done = subprocess.run(
            [sys.executable, "-c", MEMORY, str(file), ""],
            capture_output=True,
            check=True,
            text=True,
        )
    held = int(done.stdout)
    size = data.worker_frame.estimated_size()
    return Row(
        f"bytes held for all schemes over {data.rows:,} rows (shown as ms)",
        "the rows themselves",
        Ratio(held / size, held / size, held / size, held / 1e9, size / 1e9),
        3,
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
    loose, reasons = Ours(data, promised=False), Ours(data, reasons=True)
    assert sums(loose.polars()) == want
    table = [
        Row("Polars lazy", "hand-written Polars lazy", in_turns(ours.polars, hand_p), 1.3),
        Row("DuckDB", "hand-written DuckDB", in_turns(ours.duckdb, hand_d), 1.6),
        Row("Polars lazy with reasons", "without", in_turns(reasons.polars, ours.polars), 1.2),
        Row("Polars lazy, as a roster comes", "hand-written", in_turns(loose.polars, hand_p)),
    ]
    zen = against_zen(data, ours.polars)
    rules = load_rules()
    table += [*([zen] if zen else []), *shipped(rules, data), memory(data)]
    notes = [
        f"Sums over {rows:,} rows, fen (s8: projects that comply), equal for "
        f"{', '.join(found)}: {', '.join(f'{i} {n:,}' for i, n in zip(SCHEMES, want, strict=True))}."
    ]
    return table, notes


def main() -> None:
    """Measure, print and write the page."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    load = load_average()
    table, notes = measure(rows)
    versions = [f"{platform.python_implementation()} {platform.python_version()}"]
    versions += [f"{n} {found}" for n in PACKAGES if (found := installed(n))]
    text = TEXT.format(
        day=datetime.now(UTC).date().isoformat(), machine=machine(), load=load,
        versions=", ".join(versions), table=markdown(table), rows=rows, rounds=ROUNDS,
        shipped=len(load_rules().schemes(subject="worker")), shipped_rows=SHIPPED_ROWS,
        notes="\n".join(f"- {note}" for note in notes),
    )  # fmt: skip
    print(text)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
