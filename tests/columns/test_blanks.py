"""What a blank cell does to each operation, in every library: nothing is false or 0 by accident."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from sgincentive.columns import expr as e
from sgincentive.columns import statements
from sgincentive.columns.backends import backend_of
from sgincentive.columns.expr import Expr
from sgincentive.columns.lower import Lowering, Needs, computed

BIG = 3_000_000_000
CELLS = pa.table(
    {
        "n": pa.array([600, 11, None, BIG], pa.int64()),
        "t": pa.array(["senior", None, "330203", "none"], pa.string()),
        "u": pa.array(["senior", None, "x", None], pa.string()),
        "b": pa.array([True, None, False, True], pa.bool_()),
        "s": pa.array(["senior", "none", "none", "none"], pa.string()),
        "d": pa.array([date(2024, 2, 29), None, date(2023, 12, 31), date(2100, 12, 31)]),
    }
)
N = e.column("n", "int", 0, 10**10)
T, U = e.column("t", "text"), e.column("u", "text")
SURE = e.column("s", "text", never_blank=True)
B = e.column("b", "bool")
D = e.column("d", "day", date(1900, 1, 1).toordinal(), date(2100, 12, 31).toordinal())
KNOWN = e.known(N)
VALUE = e.filled(N, 0)
DAY = e.filled(D, date(1900, 1, 1))
SMALL = e.least(VALUE, e.number(600))
MINUS = e.subtract(VALUE, e.number(1000))
INDEX = e.bounded(e.case(e.less(VALUE, e.number(12)), e.divide(VALUE, 6), e.ZERO), 0, 2)

CASES: dict[str, tuple[Expr, list[Any]]] = {
    "a comparison with a blank is no answer of its own": (e.all_(KNOWN, e.at_most(e.number(12), VALUE)), [True, False, False, True]),
    "nor is its opposite": (e.all_(KNOWN, e.less(VALUE, e.number(12))), [False, True, False, False]),
    "a blank is not known": (e.not_(KNOWN), [False, False, True, False]),
    "least of 600 and a blank": (e.case(KNOWN, e.least(VALUE, e.number(600)), e.number(-1)), [600, 11, -1, 600]),
    "greatest of 600 and a blank": (e.case(KNOWN, e.greatest(VALUE, e.number(600)), e.number(-1)), [600, 600, -1, BIG]),
    "a choice by a blank": (e.pick([(e.flag(B, True), 1), (e.flag(B, False), 2)], 3), [1, 3, 2, 1]),
    "a sum wider than 32 bits": (e.add(VALUE, VALUE), [1200, 22, 0, 2 * BIG]),
    "a product wider than 32 bits": (e.multiply(VALUE, e.number(1_000_000)), [600_000_000, 11_000_000, 0, BIG * 1_000_000]),
    "a product of a choice": (e.multiply(e.pick([(KNOWN, 500)], 0), e.add(VALUE, e.number(10_000_000))), [5_000_300_000, 5_000_005_500, 0, 500 * (BIG + 10_000_000)]),
    "a quotient goes down below 0": (e.divide(MINUS, 7), [-58, -142, -143, (BIG - 1000) // 7]),
    "a quotient above 0": (e.divide(VALUE, 7), [85, 1, 0, BIG // 7]),
    "equal numbers": (e.equal(VALUE, e.number(11)), [False, True, False, False]),
    "a look-up": (e.lookup(INDEX, (5, 7, 9)), [5, 7, 5, 5]),
    "one word": (e.is_in(T, ["senior"]), [True, False, False, False]),
    "a few words": (e.is_in(T, ["senior", "none"]), [True, False, False, True]),
    "many words": (e.is_in(T, [*map(str, range(9)), "330203"]), [False, False, True, False]),
    "not a word": (e.not_(e.is_in(T, ["senior"])), [False, True, True, True]),
    "a beginning": (e.starts(T, "3302"), [False, False, True, False]),
    "any beginning": (e.starts(T, ""), [True, False, True, True]),
    "the same text": (e.same(T, U), [True, False, False, False]),
    "a year": (e.part_of_day("year", DAY), [2024, 1900, 2023, 2100]),
    "a month": (e.part_of_day("month", DAY), [2, 1, 12, 12]),
    "a day": (e.part_of_day("day", DAY), [29, 1, 31, 31]),
    "the day after": (e.equal(e.day_after(DAY), e.day(date(2024, 3, 1))), [True, False, False, False]),
    "a later day": (e.less(e.least(DAY, e.day(date(2024, 1, 1))), e.day(date(2023, 1, 1))), [False, True, False, False]),
    "a difference of differences": (e.subtract(VALUE, e.subtract(e.filled(N, 7), e.filled(N, 1))), [600, 11, -6, BIG]),
    "a product of sums": (e.multiply(e.add(SMALL, e.number(1)), e.subtract(SMALL, e.number(3))), [358_797, 96, -3, 358_797]),
    "a number below 0": (e.subtract(VALUE, e.case(KNOWN, VALUE, e.number(-4))), [0, 0, 4, 0]),
    "neither of two, and a third": (e.all_(e.not_(e.any_(e.all_(KNOWN, e.flag(B, True)), e.is_in(T, ["330203"]))), e.not_(e.known(D))), [False, True, False, False]),
    "one of two that both hold": (e.any_(e.all_(KNOWN, e.known(T)), e.all_(e.not_(KNOWN), e.not_(e.known(U)))), [True, False, False, True]),
    "the same text, blank on one side alone": (e.same(T, SURE), [True, False, False, True]),
    "a choice within a choice": (e.case(KNOWN, e.case(e.flag(B, True), VALUE, e.number(5)), e.case(e.known(U), e.number(6), VALUE)), [600, 5, 6, BIG]),
    "used twice": (e.any_(e.all_(e.one(e.any_(KNOWN, e.flag(B, True))), e.is_in(T, ["senior"])), e.all_(e.one(e.any_(KNOWN, e.flag(B, True))), e.is_in(T, ["none"]))), [True, False, False, True]),
}  # fmt: skip


def in_expressions(frame: Any, expr: Expr, lowering: Lowering) -> list[Any]:
    """The values by narwhals."""
    made, _ = computed(nw.from_native(frame, eager_only=True), lowering, [expr], {})
    found: list[Any] = made.select(x=lowering.of(expr))["x"].to_list()
    return found


@pytest.mark.parametrize("said", CASES)
def test_polars_and_arrow(said: str) -> None:
    expr, expected = CASES[said]
    assert in_expressions(pl.from_arrow(CELLS), expr, Lowering("polars")) == expected
    assert in_expressions(CELLS, expr, Lowering("pyarrow")) == expected


@pytest.mark.parametrize("frame", [pl.DataFrame, pa.table, pd.DataFrame])
def test_a_look_up_in_the_words_of_the_library(frame: Any) -> None:
    made = backend_of(frame({"i": [2, 0, 1, 2]}))
    look = e.lookup(e.column("i", "int", 0, 2, never_blank=True), (5, 7, BIG))
    lowering = made.lowering({})
    source = made.frame if frame is pl.DataFrame else made.source
    found, added = computed(source, lowering, [look], made.native())
    assert found.select(x=lowering.of(look))["x"].to_list() == [BIG, 5, 7, BIG]
    assert len(added) == (0 if frame is pl.DataFrame else 1)


@pytest.mark.parametrize("said", CASES)
def test_pandas_by_masks(said: str) -> None:
    """Classic pandas has no blank numbers: a mask says where a cell is filled in."""
    expr, expected = CASES[said]
    plain = {"n": 0, "b": False, "t": "", "u": "", "s": ""}
    frame = pd.DataFrame({
        name: CELLS[name].fill_null(plain[name]).to_pandas() if name in plain
        else pd.Series(pd.to_datetime(CELLS[name].fill_null(date(1900, 1, 1)).to_pylist())).astype("datetime64[us]")
        for name in CELLS.column_names
    })  # fmt: skip
    for name in CELLS.column_names:
        frame[f"{name}?"] = CELLS[name].is_valid().to_pandas()
    masks = {name: f"{name}?" for name in CELLS.column_names}
    assert in_expressions(frame, expr, Lowering("pandas", True, masks)) == expected


def selected(dialect: statements.Dialect, expr: Expr) -> str:
    """A statement of one expression."""
    terms = statements.Terms(dialect)
    terms.needs = Needs([expr])
    return f"SELECT {terms.of(expr)} AS x FROM cells"


@pytest.mark.parametrize("said", CASES)
def test_duckdb(said: str) -> None:
    expr, expected = CASES[said]
    connection = duckdb.connect()
    connection.register("cells", CELLS)
    rows = connection.sql(selected("duckdb", expr)).fetchall()
    assert [row[0] for row in rows] == expected


def test_a_beginning_on_duckdb() -> None:
    """It is asked as a range of words: its ends, what is shorter, other signs after it."""
    words = ["3302", "330", "33", "3303", "33029", "3302\u5e02", "3301zz", "\u6d593302", "", None]
    cells = pa.table({"t": pa.array(words, pa.string())})
    connection = duckdb.connect()
    connection.register("cells", cells)
    for prefix in ("3302", "33", "3", "330", "\u6d59"):
        rows = connection.sql(selected("duckdb", e.starts(T, prefix))).fetchall()
        assert [row[0] for row in rows] == [(word or "").startswith(prefix) for word in words]


@pytest.mark.parametrize("said", CASES)
def test_postgresql(said: str, postgres: Any) -> None:
    expr, expected = CASES[said]
    with postgres.transaction(force_rollback=True), postgres.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE cells (n bigint, t text, u text, b boolean, s text, d date)"
        )
        cursor.executemany("INSERT INTO cells VALUES (%s, %s, %s, %s, %s, %s)",
                           [tuple(row.values()) for row in CELLS.to_pylist()])  # fmt: skip
        cursor.execute(selected("postgres", expr).encode())
        assert [row[0] for row in cursor.fetchall()] == expected


def test_spark(spark: Any) -> None:
    spark.createDataFrame(CELLS).createOrReplaceTempView("cells")
    terms = statements.Terms("spark")
    listed = ", ".join(f"{terms.of(x)} AS c{i}" for i, (x, _) in enumerate(CASES.values()))
    found = spark.sql(f"SELECT {listed} FROM cells").toArrow().to_pydict()
    assert dict(zip(CASES, found.values(), strict=True)) == {s: x for s, (_, x) in CASES.items()}


def test_a_number_that_may_be_wider_than_64_bits_is_found_when_it_is_built() -> None:
    with pytest.raises(e.TooWide):
        e.multiply(VALUE, e.number(10**10))
