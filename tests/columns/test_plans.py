"""What asking for a plan costs a user: no warning, and no scheme translated twice."""

from __future__ import annotations

import warnings

import duckdb
import polars as pl

import sgincentive as sg
from sgincentive.columns import table

ID = "zhejiang/ningbo/exam-reward"


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
