"""Columns of every type that a library may give a fact: read, refused, or asked of the engine."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from sgincentive.columns import TableError
from tests.columns.libraries import (
    EVERY,
    EVERY_QUICKLY,
    IN_MEMORY,
    Library,
    lazy_polars,
    on_duckdb,
    polars,
)
from tests.columns.test_tables import NINGBO, ON, RULES, people, said

MONEY = "hainan/first-job-pay-floor"


def in_words() -> dict[str, Any]:
    """The persons of Ningbo with every date, year and flag as text."""
    table = people().to_pydict()
    return {
        name: pa.array(["是", "true", "不详"]) if isinstance(cells[0], bool)
        else pa.array([None if cell is None else str(cell) for cell in cells], pa.string())
        for name, cells in table.items()
    }  # fmt: skip


@pytest.mark.parametrize("run", IN_MEMORY.values(), ids=IN_MEMORY)
def test_text_says_what_the_typed_cells_say(run: Library) -> None:
    typed = people(
        从事社会工作=[True, True, None],
        **{f"confirmed.{NINGBO}:qualification-review": [True, True, None]},
    )
    for name in ("outcome", "min", "decided_by"):
        assert said(run(RULES, pa.table(in_words()), schemes=NINGBO, on=ON), name) == said(
            run(RULES, typed, schemes=NINGBO, on=ON), name
        )


@pytest.mark.parametrize("cell", ["maybe", "2024-13-01", "99999999"])
@pytest.mark.parametrize("heading", ["从事社会工作", "取证日期", "考试年度", "证书级别"])
def test_text_that_cannot_be_read_is_a_problem_of_its_row(heading: str, cell: str) -> None:
    words = in_words()
    words[heading] = pa.array([words[heading][0].as_py(), cell, None])
    found = polars(RULES, pa.table(words), schemes=NINGBO, on=ON)
    assert [x is None for x in found["problem"].to_pylist()] == [True, False, True]


def test_a_word_of_an_office_that_cannot_be_read_is_a_problem() -> None:
    table = people(**{f"confirmed.{NINGBO}:qualification-review": ["是", "maybe", None]})
    found = polars(RULES, table, schemes=NINGBO, on=ON)
    assert [x is None for x in found["problem"].to_pylist()] == [True, False, True]


@pytest.mark.parametrize("run", [lazy_polars, on_duckdb])
@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"certificate.obtained": ["2024-01-01"]}, "must hold dates"),
        ({"certificate.exam_year": ["2024"]}, "must hold numbers"),
        ({"veteran": ["是"]}, "must hold true and false"),
        ({"hukou": [330203]}, "holds division codes"),
        ({"certificate.grade": [1]}, "holds text"),
        ({"posts": [1]}, "none, all or unknown"),
    ],
)
def test_a_lazy_frame_is_not_read_cell_by_cell(run: Library, columns: Any, message: str) -> None:
    with pytest.raises(TableError, match=message):
        run(RULES, pa.table(columns), schemes=NINGBO)


@pytest.mark.parametrize("run", EVERY.values(), ids=EVERY)
def test_days_with_a_time_and_codes_of_no_place_are_problems(run: Library) -> None:
    noon = pa.array([datetime(2024, 12, 5), datetime(2024, 12, 5, 12), None], pa.timestamp("us"))
    table = people().drop_columns(["取证日期"]).append_column("取证日期", noon)
    found = run(RULES, table, schemes=NINGBO, on=ON)
    assert [x is None for x in found["problem"].to_pylist()] == [True, False, True]


def test_categories_and_blank_columns_are_text() -> None:
    plain = people().to_pandas()
    for name in ("证书级别", "工作经历"):
        plain[name] = plain[name].astype("category")
    plain["户籍地"] = [float("nan")] * 3
    plain["编制类型"] = pd.Series(["contract"] * 3, dtype=object)
    found = RULES.check_table(plain, schemes=NINGBO, on=ON)
    expected = polars(RULES, people(), schemes=NINGBO, on=ON)
    assert list(found[f"{NINGBO}:outcome"]) == said(expected, "outcome")
    frame = pl.DataFrame(people()).with_columns(pl.col("证书级别", "工作经历").cast(pl.Categorical))
    assert RULES.check_table(frame, schemes=NINGBO, on=ON)[f"{NINGBO}:outcome"].to_list() == said(
        expected, "outcome"
    )


@pytest.mark.parametrize("run", EVERY_QUICKLY.values(), ids=EVERY_QUICKLY)
@pytest.mark.parametrize("type_", [pa.int32(), pa.float64(), pa.decimal128(12, 2)], ids=str)
def test_money_in_yuan_and_in_fen_is_the_same_money(run: Library, type_: Any) -> None:
    yuan = pa.array([Decimal(8000), None, Decimal(10)]).cast(type_)
    fen = pa.array([Decimal(800000), None, Decimal(1000)]).cast(type_)
    rest = {
        "post.start": [date(2024, 1, 1)] * 3,
        "post.division": ["460100"] * 3,
        "posts": ["全部"] * 3,
    }
    found = [
        run(RULES, pa.table({**rest, "post.wage": wage}), schemes=MONEY, on=ON, money=unit)
        for wage, unit in ((yuan, "yuan"), (fen, "fen"))
    ]
    assert said(found[0], "outcome", MONEY) == said(found[1], "outcome", MONEY)
    assert said(found[0], "missing", MONEY) == said(found[1], "missing", MONEY)


@pytest.mark.parametrize("unit", ["yuan", "fen"])
def test_money_as_text_is_money(unit: str) -> None:
    by = 1 if unit == "yuan" else 100
    rest = {
        "post.start": [date(2024, 1, 1)] * 2,
        "post.division": ["460100"] * 2,
        "posts": ["全部"] * 2,
    }
    words = polars(
        RULES,
        pa.table({**rest, "post.wage": [str(8000 * by), "x"]}),
        schemes=MONEY,
        on=ON,
        money=unit,
    )
    typed = polars(
        RULES, pa.table({**rest, "post.wage": [8000 * by, None]}), schemes=MONEY, on=ON, money=unit
    )
    assert said(words, "outcome", MONEY)[0] == said(typed, "outcome", MONEY)[0]
    assert words["problem"].to_pylist()[1] is not None


@pytest.mark.parametrize("run", IN_MEMORY.values(), ids=IN_MEMORY)
def test_a_number_wider_than_a_column_is_the_engines(run: Library) -> None:
    for cell in (10**12, "1000000000000"):
        table = pa.table({"post.wage": [cell], "post.division": ["460100"], "posts": ["全部"]})
        assert said(run(RULES, table, schemes=MONEY, on=ON), "by_row", MONEY) == [True]


@pytest.mark.parametrize("run", IN_MEMORY.values(), ids=IN_MEMORY)
def test_a_frame_without_rows_has_the_columns(run: Library) -> None:
    found = run(RULES, people().slice(0, 0), schemes=NINGBO, on=ON)
    assert found.num_rows == 0
    assert f"{NINGBO}:outcome" in found.column_names


@pytest.mark.parametrize("run", EVERY_QUICKLY.values(), ids=EVERY_QUICKLY)
def test_a_column_without_any_cell_is_blank(run: Library) -> None:
    table = pa.table(
        {
            "certificate.level": ["senior"],
            "certificate.exam_year": pa.nulls(1),
            "certificate.registered": pa.nulls(1),
            "post.social_work": pa.nulls(1),
            "post.division": pa.nulls(1),
        }
    )
    found = run(RULES, table, schemes=NINGBO, on=ON)
    assert found["problem"].to_pylist() == [None]
    assert said(found, "outcome") == ["undetermined"]
