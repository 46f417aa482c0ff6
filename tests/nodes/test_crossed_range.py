"""A range between two figures that the profile supplies, the upper one below the lower one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.nodes.written import amount

LOW, HIGH = "civil_servant_entry_pay", "first_principal_clerk_pay"
RANGE = (
    "{range: ["
    f'{{statistic: {LOW}, division: "120000", year: 2024}}, '
    f'{{statistic: {HIGH}, division: "120000", year: 2024}}]}}'
)


def figures(low: int | None, high: int | None) -> dict[str, Any]:
    given = [(LOW, low), (HIGH, high)]
    return {
        "statistics": [
            {"kind": kind, "division": "120000", "year": 2024, "value": value}
            for kind, value in given
            if value is not None
        ]
    }


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [
        (5000, 9000, (500000, 900000)),
        (9000, 5000, (900000, 900000)),
        (9000, 9000, (900000, 900000)),
        (9000, None, (900000, None)),
        (None, 9000, (0, None)),
    ],
)
def test_the_lower_end_is_the_amount_where_the_upper_one_lies_below(
    low: int | None, high: int | None, ends: tuple[int, int | None]
) -> None:
    found = amount(RANGE, figures(low, high))
    assert (found.low, found.high) == ends
