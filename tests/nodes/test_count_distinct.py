"""Counting different values: an entry whose value counts already adds no doubt."""

from __future__ import annotations

from typing import Any

import pytest

from tests.nodes.written import amount

YEARS = "{count: appraisals, where: [{fact: result, is: excellent}], distinct: year}"


@pytest.mark.parametrize(
    ("appraisals", "ends", "missing"),
    [
        ([{"year": 2009}, {"year": 2009, "result": "excellent"}], (1, 1), set()),
        (
            [{"year": 2008}, {"year": 2009}, {"year": 2009, "result": "excellent"}],
            (1, 2),
            {("appraisal.result", 0)},
        ),
        (
            [{"year": 2009}, {"year": 2009}],
            (0, 1),
            {("appraisal.result", 0), ("appraisal.result", 1)},
        ),
        (
            [{"result": "excellent"}, {"year": 2009, "result": "excellent"}],
            (1, 2),
            {("appraisal.year", 0)},
        ),
        ([{"result": "excellent"}], (1, 1), set()),
        (
            [{}, {"year": 2009, "result": "excellent"}],
            (1, 2),
            {("appraisal.year", 0), ("appraisal.result", 0)},
        ),
    ],
)
def test_what_is_open(appraisals: list[Any], ends: Any, missing: set[Any]) -> None:
    found = amount(YEARS, {"appraisals": appraisals}, "number")
    assert (found.low, found.high) == ends
    assert {(x.name, x.entry) for x in found.causes} == missing
