"""A Parquet file that would not fit into memory as Python objects: answered as it is read."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

import sgincentive as sg
from tests.columns.rosters import roster
from tests.columns.sameness import by_columns, by_engine

RULES = sg.load_rules()
ID = "zhejiang/ningbo/exam-reward"
ON = date(2025, 1, 10)
DIFFERENT, TIMES = 200, 8000
"""Different rows, and how often each stands in the file: 1.6 million rows."""
SAID = ("outcome", "min", "max", "published", "missing", "decided_by")

PROGRAM = """
import json, re, sys
from datetime import date
from pathlib import Path
import duckdb
import polars as pl
import sgincentive as sg

library, file, id, said = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
rules = sg.load_rules()
asked = {"schemes": id, "on": date(2025, 1, 10), "complete": ["received"], "keep": ["row"]}
names = ["row", *(f"{id}:{name}" for name in said)]

def most():
    return 1024 * int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

def by_duckdb(file):
    listed = ", ".join(f'"{name}"' for name in names)
    found = rules.check_table(duckdb.read_parquet(file), **asked)
    return found.aggregate(f"{listed}, count(*)", listed).fetchall()

def by_polars(file):
    found = rules.check_table(pl.scan_parquet(file), **asked).select(names)
    counted = found.cast({pl.Enum: pl.String}).group_by(names).agg(pl.len())
    return counted.collect(engine="streaming").rows()

duckdb.execute("SET enable_progress_bar = false")
answered = {"duckdb": by_duckdb, "polars": by_polars}[library]
answered(file + ".first")
before = most()
found = answered(file)
print(json.dumps([most() - before, found]))
"""


@pytest.fixture(scope="module")
def rows() -> pa.Table:
    """The different rows, each with its number."""
    made = roster(RULES[ID].scheme, 0, DIFFERENT)
    return made.append_column("row", pa.array(range(DIFFERENT), pa.int64()))


@pytest.fixture(scope="module")
def file(rows: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file, and a small one beside it."""
    path = tmp_path_factory.mktemp("large") / "people.parquet"
    connection = duckdb.connect()
    connection.register("people", rows)
    for name, times in ((str(path), TIMES), (f"{path}.first", 1)):
        connection.execute(
            f"COPY (SELECT people.* FROM range({times}), people) TO '{name}' (FORMAT parquet)"
        )
    return path


def objects(rows: pa.Table) -> int:
    """The bytes of all rows of the file as tuples of Python objects."""
    cells = [tuple(row.values()) for row in rows.to_pylist()]
    return TIMES * sum(sys.getsizeof(row) + sum(map(sys.getsizeof, row)) for row in cells)


@pytest.mark.parametrize("library", ["duckdb", "polars"])
def test_a_file_larger_than_memory_holds_as_objects(
    library: str, rows: pa.Table, file: Path
) -> None:
    command = [sys.executable, "-c", PROGRAM, library, str(file), ID, json.dumps(SAID)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    held, found = json.loads(done.stdout)
    scheme = RULES[ID].scheme
    expected = by_engine(RULES, scheme, rows.to_pylist(), ON, ["received"], date.today())
    number, *answers, count = (list(column) for column in zip(*sorted(found), strict=True))
    table = pa.table({f"{ID}:{name}": cells for name, cells in zip(SAID, answers, strict=True)})
    assert number == list(range(DIFFERENT))
    assert count == [TIMES] * DIFFERENT
    assert by_columns(table, scheme) == expected
    assert objects(rows) > 1_500_000_000
    assert held < objects(rows) / 3
