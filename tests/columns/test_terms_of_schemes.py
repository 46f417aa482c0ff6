"""Versions, the ledger and relations on tables: small rule files, row by row what the engine says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import sgincentive as sg
from tests.columns.libraries import Library, lazy_polars, polars, quick_duckdb
from tests.columns.rosters import roster
from tests.columns.sameness import by_columns, by_engine, differences
from tests.engine.written_rules import BY_LEVEL, RESIDENT, VETERAN, file, rules, version

ON = date(2024, 5, 15)
LIBRARIES = (polars, lazy_polars, quick_duckdb)
OBTAINED = "selected_by: obtained"
YEAR = "selected_by: exam_year"
SUSPENDED = "status: [{status: suspended, from: 2024-05-01, until: 2024-05-31}]"


def same(
    loaded: sg.Rules,
    table: pa.Table,
    libraries: Sequence[Library] = LIBRARIES,
    id: str = "x/y/a",
    on: date | None = ON,
    **asked: Any,
) -> pa.Table:
    """Asserts that the libraries say what the engine says; the answers of the last one."""
    scheme = loaded[id].scheme
    cells = table.to_pylist()
    within = asked.get("confirmed_within")
    expected = by_engine(loaded, scheme, cells, on, asked.get("complete", ()), ON, within)
    for run in libraries:
        found = run(loaded, table, schemes=id, on=on, **asked)
        assert not differences(scheme, cells, expected, by_columns(found, scheme))
    return found


PAID = {
    "the difference for a year": ("best", "{rule: difference_on_upgrade, upgrade_years: 1}"),
    "once in all": ("best", "{max_times: 1}"),
    "as often, per level or in all": ("best", "{max_times: {times: 1, per: not_stated}}"),
    "what another authority began": ("best", "{rule: once, other_authority_bars: {match: same_certificate, status: [applied, granted], kind: one_off}}"),
    "all readings": ("best", "not_stated"),
    "a cap alone": ("best", "{lifetime_cap: 1500}"),
    "each certificate up to a cap": ("each", "{rule: once_per_certificate, lifetime_cap: 2500}"),
    "each certificate": ("each", "once_per_level"),
}  # fmt: skip


@pytest.mark.parametrize("said", PAID)
def test_what_was_paid_before(said: str, tmp_path: Path) -> None:
    per, paid = PAID[said]
    loaded = rules(tmp_path, a=file(version(amount=BY_LEVEL, paid=paid), per=per))
    scheme = loaded["x/y/a"].scheme
    for seed in range(2):
        table = roster(scheme, seed, 40)
        same(loaded, table)
        same(loaded, table, [polars], complete=["received", "certificates"])
    for name in table.column_names:
        same(loaded, table.drop_columns([name]), [polars])


TERMS = {
    "chosen by the day of the certificate": file(
        version("2020-01-01", "2021-12-31", more=OBTAINED), version("2022-01-01", more=OBTAINED, amount="2000"),
    ),
    "chosen by the year of the exam": file(
        version("2020", "2021", more=YEAR), version("2022", more=YEAR, amount="2000"), per="each",
    ),
    "suspended for a month": file(version(more=SUSPENDED)),
    "a requirement that is not due yet": file(version("2020-01-01", "not_stated", "{fact: veteran, is: true, due: 2024-06-01}")),
    "one version gives way to another": file(
        version("2019-01-01", more="last_confirmed: 2022-06"), version("not_stated", more="seen: 2023-07-01", amount="2000"),
    ),
    "a verdict of two versions": file(
        version("2019-01-01", "not_stated", VETERAN, amount=None, paid=None, more="last_confirmed: 2022-06"),
        version("not_stated", "not_stated", RESIDENT, amount=None, paid=None, more="seen: 2023-07-01"), kind="verdict",
    ),
    "each certificate in doubt of the version": file(
        version("2019-01-01", more="last_confirmed: 2022-06", paid="{rule: once, lifetime_cap: 700}"),
        version("not_stated", more="seen: 2023-07-01", amount="2000", paid="{rule: once, lifetime_cap: 900}"), per="each",
    ),
    "a term of months": file(version(paid=None, more="rhythm: {term_months: 12}"), kind="monthly"),
}  # fmt: skip


@pytest.mark.parametrize("said", TERMS)
@pytest.mark.parametrize("confirmed_within", [None, 12])
def test_versions(said: str, confirmed_within: int | None, tmp_path: Path) -> None:
    text = TERMS[said].replace("last_confirmed: 2030-12", "last_confirmed: 2024-02")
    loaded = rules(tmp_path, a=text)
    table = roster(loaded["x/y/a"].scheme, 5, 30)
    for on in (ON, date(2026, 5, 15)):
        same(loaded, table, on=on, confirmed_within=confirmed_within)
    same(loaded, table, [polars], on=None, complete=["certificates"])


def test_a_part_of_a_point_is_the_engines(tmp_path: Path) -> None:
    """Half a point for each appraisal: no whole number, so each row is asked by itself."""
    amount = "{product: [1/2, {count: appraisals, where: [{fact: result, at_least: qualified}]}]}"
    text = file(
        version("2020-01-01", "not_stated", VETERAN, amount=amount, paid=None), kind="points"
    )
    loaded = rules(tmp_path, a=text)
    found = same(loaded, roster(loaded["x/y/a"].scheme, 1, 12))
    assert set(found["x/y/a:by_row"].to_pylist()) == {True}


WHERE = ", where: {fact: residence, within: '330203'}"
LOWER = {
    "by place": (WHERE, version("2022-01-01", "not_stated", VETERAN)),
    "while not suspended": (WHERE, version("2022-01-01", "not_stated", VETERAN, more=SUSPENDED)),
    "for a certificate of some years": (WHERE, version("2021", "not_stated", VETERAN, more=YEAR)),
    "for a certificate of some years and suspended": (
        WHERE, version("2021-01-01", "not_stated", more=SUSPENDED)
    ),
}  # fmt: skip


@pytest.mark.parametrize("said", LOWER)
def test_a_lower_scheme_overrides(said: str, tmp_path: Path) -> None:
    where, terms = LOWER[said]
    lower = file(terms, more=f"relations: [{{overrides: x/y/old{where}}}]\n")
    upper = file(version(), more="aliases: [x/y/old]\n")
    loaded = rules(tmp_path, a=upper, b=lower)
    schemes = [loaded[id].scheme for id in ("x/y/a", "x/y/b")]
    table = roster(schemes[0], 2, 40, schemes[1:])
    for within in (None, 12):
        found = same(loaded, table, confirmed_within=within)
    assert "not-overridden" in set(found["x/y/a:decided_by"].to_pylist())
