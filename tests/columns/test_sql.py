"""The statement of a scheme, run where it is meant to run: the answers are the engine's."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
import pytest

import sgincentive as sg
from sgincentive.columns.headings import TableError, fields
from sgincentive.columns.sql import columns_of, statement
from sgincentive.facts import lists
from sgincentive.ruleset import UnknownScheme
from tests.columns.rosters import roster
from tests.columns.sameness import NOTHING, by_columns, by_engine, differences

RULES = sg.load_rules()
ON = date(2025, 1, 10)
TYPES = {"boolean": pa.bool_(), "date": pa.date32(), "bigint": pa.int64(), "text": pa.string()}


def in_one_statement(id: str) -> bool:
    """Whether a rule file can be written as one statement."""
    try:
        statement(RULES, id, on=ON)
    except TableError:
        return False
    return True


LONG_NAMES = "national/central-finance-social-organisation-project"
WRITTEN = [id for id in [*list(RULES)[::6], LONG_NAMES] if in_one_statement(id)]


def cell(id: str, name: str, value: Any) -> Any:
    """A cell of a roster as a warehouse holds it: fen, and "none" for a fact known to be none."""
    known = fields(RULES[id].scheme.subject)
    type_ = known[name].fact.type if name in known else ""
    if value is None:
        return None
    if type_ == "money":
        return int(value * 100)
    if type_ == "number":
        return int(value)
    return "none" if value == "无" else value


class Case:
    """Rows of a scheme in a warehouse's own form, and what the engine says of them."""

    def __init__(self, id: str) -> None:
        self.scheme = RULES[id].scheme
        self.columns = columns_of(RULES, id)
        self.complete = [n for n in ("received", "posts") if n in lists(self.scheme.subject)]
        if random.Random(id).random() < 0.3:
            self.complete = []
        given = roster(self.scheme, 7, 12, RULES.overriding(self.scheme)).to_pylist()
        known = fields(self.scheme.subject)
        rows = []
        for row in given:
            whole = {name: row.get(self.heading(name)) for name in self.columns}
            for name, value in whole.items():
                if name in known and known[name].fact.type == "number" and value is not None:
                    whole[name] = int(value)
            rows.append(whole)
        asked = [{self.heading(n): v for n, v in row.items()} for row in rows]
        expected = by_engine(RULES, self.scheme, asked, ON, self.complete, ON)
        # A statement asks nothing about cells that contradict each other.
        kept = [(r, x) for r, x in zip(rows, expected, strict=True) if x != NOTHING]
        self.rows = [r for r, _ in kept]
        self.expected = [x for _, x in kept]
        self.cells = [{n: cell(id, n, v) for n, v in row.items()} for row in self.rows]

    def heading(self, column: str) -> str:
        """The heading of a roster for a column of the statement."""
        return column.replace("confirmed.", f"confirmed.{self.scheme.id}:")

    def table(self) -> pa.Table:
        """The rows as a table."""
        schema = pa.schema([(n, TYPES[t]) for n, (t, _) in self.columns.items()])
        return pa.Table.from_pylist(self.cells, schema=schema)

    def text(self, dialect: Any) -> str:
        """The statement."""
        return statement(RULES, self.scheme.id, dialect, on=ON, complete=self.complete)

    def same(self, found: pa.Table) -> None:
        """The answers are the engine's."""
        prefixed = found.rename_columns([f"{self.scheme.id}:{n}" for n in found.column_names])
        said = by_columns(prefixed, self.scheme)
        assert not differences(self.scheme, self.rows, self.expected, said)


@pytest.mark.parametrize("id", WRITTEN)
def test_duckdb_runs_the_statement(id: str) -> None:
    case = Case(id)
    connection = duckdb.connect()
    connection.register("roster", case.table())
    case.same(connection.sql(case.text("duckdb")).to_arrow_table())


@pytest.mark.parametrize("id", WRITTEN)
def test_postgresql_runs_the_statement(id: str, postgres: psycopg.Connection[Any]) -> None:
    case = Case(id)
    described = ", ".join(f'"{name}" {type_}' for name, (type_, _) in case.columns.items())
    with postgres.transaction(force_rollback=True), postgres.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE roster ({described})".encode())
        marks = ", ".join(["%s"] * len(case.columns))
        cursor.executemany(f"INSERT INTO roster VALUES ({marks})".encode(),
                           [list(row.values()) for row in case.cells])  # fmt: skip
        cursor.execute(case.text("postgres").encode())
        names = [column.name for column in cursor.description or ()]
        rows = cursor.fetchall()
    case.same(pa.table({n: [row[i] for row in rows] for i, n in enumerate(names)}))


@pytest.mark.parametrize("id", WRITTEN[::5])
def test_spark_runs_the_statement(id: str, spark: Any) -> None:
    case = Case(id)
    spark.createDataFrame(case.table()).createOrReplaceTempView("roster")
    case.same(spark.sql(case.text("spark")).toArrow())


def test_a_scheme_that_only_the_engine_answers_is_named_with_the_reason() -> None:
    with pytest.raises(TableError, match="a figure chosen by a place of the profile"):
        statement(RULES, "gansu/community-wage-grade")


def test_an_unknown_scheme_has_a_nearest() -> None:
    with pytest.raises(UnknownScheme, match="did you mean zhejiang/ningbo/exam-reward"):
        statement(RULES, "zhejiang/ningbo/exam-rewrd")


def test_a_table_has_the_name_of_a_table() -> None:
    with pytest.raises(ValueError, match="no name of a table"):
        statement(RULES, "zhejiang/ningbo/exam-reward", table="a; drop")
