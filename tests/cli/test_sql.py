"""The statement of a scheme on the command line."""

from __future__ import annotations

import importlib
import json

import duckdb
import pytest

from tests.cli.command_line import Run

SCHEME = "zhejiang/ningbo/exam-reward"


def test_the_statement_and_the_columns_that_it_reads(run: Run) -> None:
    ran = run("sql", SCHEME, "--on", "2025-01-10", "--complete", "received", "--lang", "en")
    assert ran.status == 0, ran.err
    head, *rest = ran.out.splitlines()
    assert head == "-- reads these columns of the table roster:"
    columns = dict(line.split()[1:3] for line in rest if line.startswith("--  "))
    assert columns["received.amount"] == "bigint"
    connection = duckdb.connect()
    described = ", ".join(f'"{name}" {type_}' for name, type_ in columns.items())
    connection.execute(f"CREATE TABLE roster ({described})")
    connection.execute("INSERT INTO roster (\"certificate.level\") VALUES ('none')")
    found = connection.sql(ran.out).fetchall()
    names = [column[0] for column in connection.sql(ran.out).description]
    answer = dict(zip(names, found[0], strict=True))
    assert answer["outcome"] == "ineligible"
    assert (answer["min"], answer["max"]) == (0, 0)
    assert answer["decided_by"] == "certificate"


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark"])
def test_each_dialect_as_json(run: Run, dialect: str) -> None:
    ran = run("sql", SCHEME, "--dialect", dialect, "--table", "people", "--json")
    said = json.loads(ran.out)
    mark = "`" if dialect == "spark" else '"'
    assert said["scheme"] == SCHEME
    assert said["dialect"] == dialect
    assert f"FROM {mark}people{mark}" in said["sql"]
    assert {"name": "applied", "type": "date", "holds": "date"} in said["columns"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["zhejiang/ningbo/exam-rewrd"], ['there is no scheme "zhejiang/ningbo/exam-rewrd"', f"did you mean {SCHEME}?"]),
        (["gansu/community-wage-grade"], ["gansu/community-wage-grade cannot be written as one statement", "a figure chosen by a place of the profile"]),
        ([SCHEME, "--complete", "post"], ['--complete "post": there is no such list', "certificates, posts"]),
        ([SCHEME, "--table", "a b"], ['--table "a b"', "letters, digits and underscores"]),
        ([SCHEME, "--dialect", "oracle"], ["oracle"]),
        ([SCHEME, "--on", "soon"], ['--on "soon"']),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_said(run: Run, arguments: list[str], said: list[str]) -> None:
    ran = run("sql", *arguments, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    for each in said:
        assert each in ran.err


def test_a_missing_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.import_module

    def without(name: str, package: str | None = None) -> object:
        if name == "duckdb":
            raise ModuleNotFoundError(name)
        return found(name, package)

    monkeypatch.setattr(importlib, "import_module", without)
    ran = run("sql", SCHEME, "--lang", "en")
    assert ran.status == 2
    assert "sgincentive[sql]" in ran.err or "'.[sql]'" in ran.err
