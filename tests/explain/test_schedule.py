"""A schedule in words: runs of like months, amounts, what was paid and why."""

from __future__ import annotations

import pytest

from sgincentive.decision import MonthRow, Outcome
from sgincentive.explain.schedule import schedule_lines, span_text
from sgincentive.nodes.values import ZERO, Bounds, exactly
from sgincentive.words import Lang, Text

COUNTS, NOT = Text("本月符合条件", "the month counts"), Text("未满足", "not met")


def row(period: str, due: Bounds, reason: Text = COUNTS, paid: Bounds = ZERO) -> MonthRow:
    outcome: Outcome = "eligible" if due.high != 0 else "ineligible"
    return MonthRow(period, outcome, due if paid is ZERO else exactly(30000), paid, due, reason)


ROWS = (
    row("2024-01", ZERO, NOT),
    row("2024-02", exactly(20000)),
    row("2024-03", exactly(20000)),
    row("2024-04", exactly(10000), paid=exactly(20000)),
)


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            [
                "2024-01: CNY 0.00; not met",
                "2024-02 to 2024-03: CNY 200.00 a month, 2 months; the month counts",
                "2024-04: CNY 100.00 (entitled CNY 300.00, paid CNY 200.00); the month counts",
            ],
        ),
        (
            "zh",
            [
                "2024-01：0.00 元; 未满足",
                "2024-02 至 2024-03：每月 200.00 元，共 2 个月; 本月符合条件",
                "2024-04：100.00 元（应发 300.00 元，已发 200.00 元）; 本月符合条件",
            ],
        ),
    ],
)
def test_runs_of_like_months(lang: Lang, lines: list[str]) -> None:
    assert schedule_lines(ROWS, lang) == lines


def test_years() -> None:
    rows = (row("2023", exactly(100)), row("2024", exactly(100)))
    assert schedule_lines(rows, "en") == [
        "2023 to 2024: CNY 1.00 a year, 2 years; the month counts"
    ]


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Bounds(0, None, False, ()), "amount not published"),
        (Bounds(100, None, True, ()), "at least CNY 1.00"),
        (Bounds(100, 200, True, ()), "CNY 1.00–CNY 2.00"),
    ],
)
def test_open_amounts(amount: Bounds, text: str) -> None:
    assert span_text(amount, "en") == text
