"""What asking for a plan costs a user: no warning, and no scheme translated twice."""

from __future__ import annotations

import gc
import warnings
from datetime import date
from typing import Any

import duckdb
import polars as pl
import pytest

import sgincentive as sg
from sgincentive.columns import table

ID = "zhejiang/ningbo/exam-reward"
ON = date(2025, 1, 10)


def test_a_lazy_frame_is_asked_without_a_warning() -> None:
    people = pl.LazyFrame({"certificate.level": ["senior", "assistant"]})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = sg.load_rules().check_table(people, schemes=ID).collect()
    assert found.height == 2


def test_schemes_are_translated_once_for_tables_with_the_same_columns(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    rules = sg.load_rules()
    people = duckdb.sql("select 'senior' as \"certificate.level\"")
    first = rules.check_table(people, schemes=ID).fetchall()
    monkeypatch.setattr(table, "compiled", None)
    assert rules.check_table(people, schemes=ID).fetchall() == first


@pytest.mark.parametrize("on", [True, False])
def test_the_search_for_unused_objects_is_left_as_it_was(on: bool) -> None:
    people = pl.DataFrame({"certificate.level": ["senior"]})
    try:
        (gc.enable if on else gc.disable)()
        sg.load_rules().check_table(people, schemes=ID)
        assert gc.isenabled() is on
    finally:
        gc.enable()


TERM = "hebei/community-certificate-allowance"
"""A scheme whose months are counted one by one."""
PEOPLE = pl.DataFrame(
    {
        "certificate.level": ["senior", "assistant", "a word of no list", "social_worker"],
        "certificate.obtained": [date(2024, 12, 1)] * 4,
        "post.division": ["330203", "130102", "130102", "130102"],
        "post.role": ["community_worker"] * 4,
        "post.start": [date(2020, 1, 1)] * 4,
        "note": ["a", "b", "c", "d"],
    }
)


def asked(frame: Any, schemes: list[str]) -> pl.DataFrame:
    """The answers as a frame of Polars in memory."""
    found = sg.load_rules().check_table(frame, schemes=schemes, on=ON, keep=["note"])
    if isinstance(found, duckdb.DuckDBPyRelation):
        found = pl.from_arrow(found.to_arrow_table())
    made: pl.DataFrame = found.lazy().collect()
    return made.cast({pl.Enum: pl.String, pl.Categorical: pl.String})


@pytest.mark.parametrize(
    "frame", [PEOPLE.lazy(), duckdb.from_arrow(PEOPLE.to_arrow())], ids=["polars", "duckdb"]
)
def test_a_scheme_asked_row_by_row_leaves_the_others_to_the_library(frame: Any) -> None:
    found = asked(frame, [ID, TERM])
    in_memory = asked(PEOPLE, [ID, TERM])
    assert found.columns == in_memory.columns
    usable = [0, 1, 3]
    assert found[usable].drop("problem").equals(in_memory[usable].drop("problem"))
    assert found[f"{TERM}:by_row"].any()
    assert not found[f"{ID}:by_row"].any()
    assert found["problem"].to_list() == [None, None, "certificate.level", None]
    assert found[f"{TERM}:outcome"][2] is found[f"{ID}:outcome"][2] is None
