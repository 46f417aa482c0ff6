"""Months and dates at the ends of the calendar, and texts that are none."""

from __future__ import annotations

from datetime import date

import pytest

from sgincentive.calendar import (
    FIRST_DAY,
    LAST_DAY,
    add_months,
    month_end,
    month_start,
    next_day,
    span_of,
    whole_months,
)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2100, 12, 1), 0, date(2100, 12, 1)),
        (date(2100, 12, 1), 1, LAST_DAY),
        (date(2024, 1, 1), 10**9, LAST_DAY),
        (date(1900, 1, 31), -1, FIRST_DAY),
        (LAST_DAY, -(10**9), FIRST_DAY),
    ],
)
def test_months_are_added_within_the_calendar(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


def test_the_day_after_the_last_is_the_last() -> None:
    assert next_day(date(2024, 2, 29)) == date(2024, 3, 1)
    assert next_day(LAST_DAY) == LAST_DAY


def test_months_between_days_in_the_wrong_order_are_below_zero() -> None:
    assert whole_months(date(2024, 3, 15), date(2024, 2, 15)) == -1
    assert whole_months(date(2024, 3, 15), date(2024, 2, 16)) == -1
    assert whole_months(date(2024, 3, 15), date(2024, 2, 14)) == -2


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("1900", FIRST_DAY, date(1900, 12, 31)),
        ("2100-12", date(2100, 12, 1), LAST_DAY),
    ],
)
def test_spans(text: str, first: date, last: date) -> None:
    assert span_of(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "24", "1899", "2101", "2025-02-30", "2024-13", "1899-12", "2101-01", "2024/02/01",
     "２０２４", "2024-2", "20240229", "2024-02-29T00", "+024", "2024-W1"],
)  # fmt: skip
def test_no_span(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        span_of(text)


@pytest.mark.parametrize(
    "text", ["2024", "2024-00", "1899-12", "2101-01", "2024-1 ", "二〇二四-01"]
)
def test_no_month(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        month_start(text)


def test_ends_of_months() -> None:
    assert month_start("2024-02") == date(2024, 2, 1)
    assert month_end(date(2023, 2, 3)) == date(2023, 2, 28)
