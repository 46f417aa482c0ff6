"""Every rule file on tables: row by row what the scalar engine says, whatever the library.

``SGINCENTIVE_ROWS`` and ``SGINCENTIVE_SEEDS`` make it a deeper run.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from rosters import roster
from sameness import by_columns, by_engine, differences

import sgincentive as sg
from sgincentive.facts import lists

RULES = sg.load_rules()
IDS = list(RULES)
SOME = IDS[::13]  # the whole set takes minutes: SGINCENTIVE_EVERY=1
if os.environ.get("SGINCENTIVE_EVERY"):
    SOME = IDS
ROWS = int(os.environ.get("SGINCENTIVE_ROWS", "30"))
SEEDS = int(os.environ.get("SGINCENTIVE_SEEDS", "1"))
DAYS = [None, date(2025, 1, 10), date(2024, 6, 30), date(2023, 3, 1), date(2026, 5, 1)]
Frame = Callable[..., pa.Table]


def on_polars(table: pa.Table, **asked: Any) -> pa.Table:
    return RULES.check_table(pl.from_arrow(table), **asked).to_arrow()


def on_lazy_polars(table: pa.Table, **asked: Any) -> pa.Table:
    return RULES.check_table(pl.DataFrame(table).lazy(), **asked).collect().to_arrow()


def on_pandas(table: pa.Table, **asked: Any) -> pa.Table:
    return pa.Table.from_pandas(RULES.check_table(table.to_pandas(), **asked))


def on_arrow(table: pa.Table, **asked: Any) -> pa.Table:
    return RULES.check_table(table, **asked)


def on_duckdb(table: pa.Table, **asked: Any) -> pa.Table:
    connection = duckdb.connect()
    connection.register("people", table)
    found = RULES.check_table(connection.sql("select * from people"), **asked)
    return found.to_arrow_table()


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    yield session
    session.stop()


def compare(id: str, run: Frame, seed: int, rows: int = ROWS) -> None:
    """The same questions to the engine and to the columns of a table."""
    scheme = RULES[id].scheme
    draw = random.Random(seed)
    on = draw.choice(DAYS)
    complete = [
        name
        for name in ("received", "posts")
        if name in lists(scheme.subject) and draw.random() < 0.5
    ]
    table = roster(scheme, seed, rows, RULES.overriding(scheme))
    given = table.to_pylist()
    expected = by_engine(RULES, scheme, given, on, complete, date.today())
    found = run(table, schemes=id, on=on, complete=complete)
    assert not differences(scheme, given, expected, by_columns(found, scheme))


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("id", SOME)
def test_polars_says_what_the_engine_says(id: str, seed: int) -> None:
    compare(id, on_polars, seed)


@pytest.mark.parametrize("id", SOME)
@pytest.mark.parametrize("run", [on_lazy_polars, on_pandas, on_arrow, on_duckdb])
def test_other_libraries_say_what_the_engine_says(id: str, run: Frame) -> None:
    compare(id, run, 0)


@pytest.mark.parametrize("id", IDS[::60])
def test_spark_says_what_the_engine_says(id: str, spark: Any) -> None:
    def on_spark(table: pa.Table, **asked: Any) -> pa.Table:
        return RULES.check_table(spark.createDataFrame(table), **asked).toArrow()

    compare(id, on_spark, 0)
