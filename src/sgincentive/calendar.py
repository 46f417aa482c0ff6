"""Months and dates: one meaning everywhere, every end the last day included."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)
MAX_MONTHS = 600
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """``day`` moved by ``months`` (may be negative), clipped to the end of the month.

    A result outside 1900 to 2100 is clipped to that span.
    """
    index = day.year * 12 + day.month - 1 + months
    if index < FIRST_DAY.year * 12:
        return FIRST_DAY
    if index >= (LAST_DAY.year + 1) * 12:
        return LAST_DAY
    return day + relativedelta(months=months)


def whole_months(start: date, end: date) -> int:
    """The largest n with ``add_months(start, n) <= end``; below 0 when ``end`` is earlier."""
    n = (end.year - start.year) * 12 + end.month - start.month
    # A shorter month clips: then its last day completes the month.
    return n if end.day >= start.day or next_day(end).day == 1 else n - 1


def next_day(day: date) -> date:
    """The day after; the last day of the calendar stays."""
    return day + ONE_DAY if day < LAST_DAY else LAST_DAY


def month_start(month: str) -> date:
    """The first day of ``YYYY-MM``. Raises ValueError for any other text."""
    if (
        not month.isascii()
        or len(month) != 7
        or month[4] != "-"
        or not (month[:4] + month[5:]).isdecimal()
    ):
        raise ValueError(month)
    day = date(int(month[:4]), int(month[5:]), 1)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(month)
    return day


@lru_cache(maxsize=4096)
def month_end(day: date) -> date:
    """The last day of the month of ``day``."""
    return day + relativedelta(day=31)


def span_of(text: str) -> tuple[date, date]:
    """First and last day meant by ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Raises ValueError for anything else and for years outside 1900 to 2100.
    """
    if not text.isascii():
        raise ValueError(text)
    if len(text) == 4 and text.isdecimal():
        first, last = date(int(text), 1, 1), date(int(text), 12, 31)
    elif len(text) == 7:
        first = month_start(text)
        last = month_end(first)
    elif len(text) == 10 and text[4] == text[7] == "-":
        first = last = date.fromisoformat(text)
    else:
        raise ValueError(text)
    if not (first >= FIRST_DAY and last <= LAST_DAY):
        raise ValueError(text)
    return first, last
