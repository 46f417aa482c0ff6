"""Cells that contradict each other: a row that is no profile has a problem and no answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

import sgincentive as sg
from sgincentive.columns import profile_of
from sgincentive.facts import ProfileError, subject_from
from tests.columns.libraries import lazy_polars, polars, quick_duckdb

RULES = sg.load_rules()
SCHEMES = {
    "worker": "zhejiang/ningbo/exam-reward",
    "project": "heilongjiang/qitaihe/procurement",
    "station": "heilongjiang/qitaihe/station-staffing",
    "organisation": next(id for id in RULES if RULES[id].scheme.subject == "organisation"),
}
D = date
MONEY = pa.decimal128(18, 2)


def yuan(*cells: int | None) -> pa.Array:
    return pa.array([None if cell is None else Decimal(cell) for cell in cells], MONEY)


CASES: dict[str, tuple[str, dict[str, Any], list[str | None]]] = {
    "a post ends before it starts": (
        "worker",
        {"post.start": [D(2024, 1, 2)] * 3, "post.end": [D(2024, 1, 1), D(2024, 1, 2), None]},
        ["post.end", None, None],
    ),
    "registered before it was obtained": (
        "worker",
        {"certificate.obtained": [D(2024, 1, 2), D(2024, 1, 2), None], "certificate.registered": [D(2024, 1, 1), D(2024, 1, 2), D(2024, 1, 1)]},
        ["certificate.registered", None, None],
    ),
    "obtained before the exam": (
        "worker",
        {"certificate.obtained": [D(2023, 12, 31), D(2024, 1, 1), None], "certificate.exam_year": [2024] * 3},
        ["certificate.obtained", None, None],
    ),
    "a national certificate without a level": (
        "worker",
        {"certificate.level": ["none", "none", "senior"], "certificate.kind": ["national", "local", "national"]},
        ["certificate.level", None, None],
    ),
    "no certificate, and the year of its exam": (
        "worker",
        {"certificates": ["无", "无", "全部"], "certificate.exam_year": pa.array([2024, None, 2024])},
        ["certificates", None, None],
    ),
    "no funds": ("project", {"funds": yuan(0, 1, None)}, ["funds", None, None]),
    "it ends before it starts": (
        "project",
        {"start": [D(2024, 1, 2)] * 3, "end": [D(2024, 1, 1), D(2024, 1, 2), None]},
        ["end", None, None],
    ),
    "parts of the budget beyond the funds": (
        "project",
        {"funds": yuan(100, 100, 100), "budget.wages": yuan(60, 60, 60), "budget.personnel": yuan(50, 70, 70), "budget.management": yuan(41, 31, 30)},
        ["budget", "budget", None],
    ),
    "a line beyond the funds": (
        "project",
        {"funds": yuan(100, 100, None), "budget_line.amount": yuan(101, 100, 100)},
        ["budget_lines", None, None],
    ),
    "no funds and a line": (
        "project",
        {"funds": yuan(0, 5), "budget_line.amount": yuan(1, 5)},
        ["funds", None],
    ),
    "a figure of money finer than a fen": (
        "worker",
        {
            "statistic.kind": ["average_wage", "average_wage", "local_multiplier", None],
            "statistic.value": pa.array([Decimal(x) for x in ("1.125", "1.12", "1.125", "1.125")]),
        },
        ["statistic.value", None, None, None],
    ),
    "a figure of money in whole numbers": (
        "worker",
        {"statistic.kind": ["average_wage"], "statistic.value": pa.array([5000])},
        [None],
    ),
    "more certified staff than there are": (
        "project",
        {"contractor.staff.total": [3, 3, None], "contractor.staff.professionals": [4, 3, 4]},
        ["contractor.staff.professionals", None, None],
    ),
    "more certified young staff than young staff": (
        "station",
        {"staff.under_45": [3, 3, None], "staff.certified_under_45": [4, 3, 4]},
        ["staff.certified_under_45", None, None],
    ),
    "staff as totals and as persons": (
        "station",
        {"staff.total": [3, 3, None], "person.professional": [True, None, True]},
        ["staff", None, None],
    ),
    "staff of the contractor as totals and as persons": (
        "project",
        {"contractor.staff.total": [3, 3, None], "contractor.person.professional": [True, None, True]},
        ["contractor.staff", None, None],
    ),
    "more founders with a certificate than founders": (
        "organisation",
        {"founders": [3, 3, None], "founders_certified": [4, 3, 4]},
        ["founders_certified", None, None],
    ),
}  # fmt: skip


@pytest.mark.parametrize("said", CASES)
def test_a_contradiction_is_a_problem_of_its_row(said: str) -> None:
    subject, cells, expected = CASES[said]
    table, id = pa.table(cells), SCHEMES[subject]
    refused = []
    for row in table.to_pylist():
        try:
            subject_from(profile_of(row, subject=subject))
            refused.append(False)
        except ProfileError:
            refused.append(True)
    assert refused == [name is not None for name in expected]
    for run in (lazy_polars, quick_duckdb):
        found = run(RULES, table, schemes=id, on=date(2025, 1, 10))
        assert found["problem"].to_pylist() == expected
        assert [x is None for x in found[f"{id}:outcome"].to_pylist()] == refused
    eager = polars(RULES, table, schemes=id, on=date(2025, 1, 10))
    assert [x is not None for x in eager["problem"].to_pylist()] == refused
