"""Days on which an answer may change, and the stretches between them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.engine.turning import Spans, Turns, turning_points, turns_of
from sgincentive.schemes.model import Scheme
from tests.engine.written_rules import IN_POST, file, rules, version

BEGINS, ENDS = date(2020, 1, 1), date(2024, 12, 31)


def scheme(folder: Path, requires: str, until: str = "2024-12-31") -> Scheme:
    text = file(version("2020-01-01", until, requires, amount="500"))
    return rules(folder, a=text)["x/y/a"].scheme


@pytest.mark.parametrize(
    ("requires", "days", "months"),
    [
        (IN_POST, (), (0,)),
        ("{id: x, fact: certificate.obtained, not_after: on}", (), (0,)),
        ("{id: x, fact: certificate.obtained, not_after: 2021-05-06}", (date(2021, 5, 6),), (0,)),
        (
            "{id: x, value: {months_between: [{fact: certificate.obtained}, on]}, less_than: 36}",
            (), (0, 36, 37),
        ),
        (
            "{id: x, day: on, not_after: {add_months: [{fact: certificate.obtained}, 6]}}",
            (), (0, 6),
        ),
        (
            "{id: x, value: {years_between: [{fact: birth_date}, on]}, less_than: 50}",
            (), (0, 600, 612),
        ),
    ],
)  # fmt: skip
def test_what_the_day_is_held_against(
    tmp_path: Path, requires: str, days: tuple[date, ...], months: tuple[int, ...]
) -> None:
    expected = Turns(frozenset({BEGINS, ENDS, *days}), frozenset(months))
    assert turns_of(scheme(tmp_path, requires)) == expected


@pytest.mark.parametrize(
    "requires",
    [
        "{id: x, exists: appraisals, where: [{fact: year, is: {year_of: {add_months: [on, 1]}}}]}",
        "{id: x, value: {months_between: [{fact: certificate.obtained}, on]}, is: 36}",
        "{id: x, value: {months_between: [on, {fact: certificate.obtained}]}, less_than: 36}",
        "{id: x, value: {days_between: [{fact: certificate.obtained}, on]}, less_than: 36}",
        "{id: x, fact: certificate.obtained, not_after: {add_months: [on, 6]}}",
    ],
)
def test_terms_that_may_change_on_any_day(tmp_path: Path, requires: str) -> None:
    made = scheme(tmp_path, requires)
    assert turns_of(made) is None
    assert turning_points([made], {}, None) is None


@pytest.mark.parametrize("year", ["{year_of: on}", "{year_of: {add_months: [on, -24]}}"])
def test_the_year_of_the_day_changes_with_the_year(tmp_path: Path, year: str) -> None:
    made = scheme(tmp_path, f"{{id: x, exists: appraisals, where: [{{fact: year, is: {year}}}]}}")
    assert turns_of(made) == Turns(frozenset({BEGINS, ENDS}), frozenset({0}), True)
    spans = Spans(turning_points([made], {}, None))
    assert spans.of(date(2021, 1, 2), date(2021, 12, 31)) is not None
    assert spans.of(date(2021, 12, 31), date(2022, 1, 1)) is None


@pytest.mark.parametrize(
    ("end", "months"),
    [
        ("{add_months: [{fact: certificate.obtained}, 12]}", {0, 12}),
        ("{first_of_month: {fact: certificate.obtained}}", None),
    ],
)
def test_the_ends_of_a_window(tmp_path: Path, end: str, months: set[int] | None) -> None:
    more = f"application: {{until: {end}}}"
    text = file(version("2020-01-01", "2024-12-31", IN_POST, amount="500", more=more))
    found = turns_of(rules(tmp_path, a=text)["x/y/a"].scheme)
    assert (found.months if found else None) == months


def test_points_are_dates_of_the_terms_and_of_the_profile(tmp_path: Path) -> None:
    made = scheme(
        tmp_path,
        "{id: x, value: {months_between: [{fact: certificate.obtained}, on]}, less_than: 36}",
    )
    found = turning_points([made], {"certificates": [{"obtained": date(2021, 2, 28)}]}, None)
    assert found is not None
    wanted = {date(2021, 2, 28), date(2024, 2, 28), date(2024, 3, 28), BEGINS, ENDS}
    assert wanted <= set(found)
    assert found == sorted(found)


def test_a_confirmation_grows_old_on_a_day(tmp_path: Path) -> None:
    made = scheme(tmp_path, IN_POST, "not_stated")
    assert made.versions[0].last_confirmed == date(2030, 12, 31)
    aged, young = turning_points([made], {}, 12), turning_points([made], {}, None)
    assert set(aged or ()) - set(young or ()) == {date(2031, 12, 31)}


def test_stretches() -> None:
    spans = Spans([FIRST_DAY, date(2021, 5, 6), LAST_DAY])
    assert spans.of(date(2021, 5, 6), date(2021, 5, 7)) is None
    assert spans.of(date(2021, 5, 5), date(2021, 5, 6)) is None
    before = spans.of(date(2001, 1, 1), date(2021, 5, 5))
    on = spans.of(date(2021, 5, 6), date(2021, 5, 6))
    after = spans.of(date(2021, 5, 7), date(2031, 1, 1))
    assert None not in {before, on, after}
    assert len({before, on, after}) == 3
    assert Spans(None).of(date(2021, 5, 6), date(2021, 5, 6)) is None
