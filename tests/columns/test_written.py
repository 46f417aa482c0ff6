"""Terms that few rule files use, on a roster with blanks: every library says what the engine says."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pyarrow as pa
import pytest

import sgincentive as sg
from tests.columns.libraries import EVERY_QUICKLY, polars, quick_duckdb
from tests.columns.rosters import roster
from tests.columns.sameness import by_columns, by_engine, differences
from tests.samples.samples import HEADER, VERSION

ON = date(2025, 1, 10)
DAYS = [
    "{day_of_year: certificate.exam_year, month: 12, day: 31}",
    "{day_of_year: certificate.obtained, years: 1, month: 2, day: 30}",
    "{day_of_year: applied, years: -1, month: 12, day: 31}",
    "{first_of_month: {fact: certificate.obtained}}",
    "{first_of_month: 2024-03-05}",
    "{first_of_month: applied}",
    "{by: certificate.exam_year, 2023: 2023-08-31, 2024: {fact: certificate.obtained}}",
    "{latest: [{fact: certificate.obtained}, {fact: certificate.registered}, 2024-01-01]}",
    "{earliest: [{fact: certificate.obtained}, on]}",
    "{readings: [{fact: certificate.obtained}, 2024-06-01, {fact: birth_date}]}",
    "{not_before: 2024-01-01, not_after: 2024-06-01}",
    "{add_months: [{first_of_month: {fact: certificate.obtained}}, 13]}",
]  # fmt: skip
TRUTHS = {
    **{f"a day {i}": f"{{day: {day}, not_before: 2024-02-28}}" for i, day in enumerate(DAYS)},
    "words of two facts": "{exists: posts, where: [{fact: engaged_level, at_least: {fact: certificate.level}}]}",
    "fewer than a word": "{fact: certificate.level, less_than: senior}",
    "more than a word": "{fact: certificate.level, more_than: assistant}",
    "at most a word": "{fact: certificate.level, at_most: social_worker}",
    "within an open list": "{fact: hukou, within: ['330200'], open: true}",
    "readings of a number": "{at_least_n: not_stated, of: [{fact: veteran, is: true}, {fact: hukou, within: '330200'}]}",
    "days between": "{value: {days_between: [{fact: birth_date}, {fact: certificate.obtained}]}, at_least: 9000}",
    "years between": "{value: {years_between: [{fact: birth_date}, {fact: certificate.obtained}]}, at_least: 30}",
    "months between": "{value: {months_between: [{fact: birth_date}, {fact: certificate.obtained}]}, at_least: 360}",
    "a year of a day": "{value: {year_of: {fact: certificate.obtained}}, at_least: 2024}",
    "a year moved": "{value: {fact: certificate.exam_year, years: 1}, is: 2024}",
    "two of three": "{at_least_n: 2, of: [{fact: veteran, is: true}, {fact: hukou, within: '330200'}, {fact: student, is: false}]}",
    "an exception": "{fact: hukou, within: '330200', unless: {fact: veteran, is: true}}",
    "every one, and one at least": "{every: posts, where: [{fact: social_work, is: true}], that: [{fact: full_time, is: true}], if_empty: fails}",
    "the whole country": "{fact: hukou, not_within: '000000'}",
    "within another place": "{fact: residence, within: {fact: hukou}}",
    "days of the question alone": "{value: {days_between: [2024-03-01, applied]}, at_least: 315}",
    "a post still held": "{exists: posts, where: [{fact: end, is: none}, {fact: start, not_after: 2024-02-28}]}",
    "an end that the day after is asked of": "{value: {months: posts, where: [{fact: social_work, is: true}], until: {first_of_month: on}}, at_least: 6}",
}  # fmt: skip
AMOUNTS = {
    "a table with a rest": "{by: certificate.exam_year, 2023: 5, 2024: {by: veteran, true: 5, false: 7}, otherwise: 7}",
    "a long table": "{by: certificate.exam_year, 2019: 1, 2020: 2, 2021: 3, 2022: 4, 2023: 5, 2024: 6, otherwise: 9}",
    "a long table with gaps": "{by: certificate.exam_year, 2017: 1, 2018: 2, 2020: 3, 2022: 4, 2023: 5, 2024: 6}",
    "a table of flags": "{by: veteran, true: 5, false: 7}",
    "bands with a gap": "{brackets: [{more_than: 0, at_most: 1000, value: 5}, {more_than: 3000, value: 6}], of: {fact: points_total}}",
    "bands that meet": "{brackets: [{less_than: 2000, value: 5}, {at_least: 2000, less_than: 9000, value: 6}], of: {over: posts, take: sum, value: {fact: wage}}}",
    "the least of a list": "{over: posts, take: least, value: {fact: wage}}",
    "the greatest of a list": "{over: posts, take: greatest, where: [{fact: full_time, is: true}], value: {fact: wage}}",
    "the sum of a list": "{over: posts, take: sum, value: {fact: wage}}",
    "a quotient by 0": "{round: {to: 1, mode: down}, of: {quotient: [100, 0]}}",
    "a quotient": "{round: {to: 1, mode: down}, of: {quotient: [{over: posts, take: sum, value: {fact: wage}}, 3]}}",
    "rounded up": "{round: {to: 10, mode: up}, of: {quotient: [{over: posts, take: sum, value: {fact: wage}}, 3]}}",
    "rounded half up": "{round: {to: 1000, mode: half_up}, of: {difference: [{over: posts, take: sum, value: {fact: wage}}, 4000]}}",
    "rounded half even": "{round: {to: 1000, mode: half_even}, of: {over: posts, take: sum, value: {fact: wage}}}",
    "a figure by place": "{round: {to: 1, mode: down}, of: {statistic: average_wage, division: '330200', year: 2023}}",
    "distinct": "{product: [100, {count: appraisals, distinct: year}]}",
    "at least a range": "{at_least: {range: [5, 6]}}",
    "a range whose upper end may lie below": "{range: [{over: posts, take: sum, value: {fact: wage}}, 3000]}",
    "a range whose lower end may lie above": "{range: [3000, {over: posts, take: sum, value: {fact: wage}}]}",
    "bands within bands": "{brackets: [{at_least: 0, at_most: 3000, value: 5}, {at_least: 500, at_most: 1000, value: 6}, {at_least: 4000, value: 7}], of: {fact: points_total}}",
    "the lesser of two": "{least: [{over: posts, take: sum, value: {fact: wage}}, 3000]}",
    "the greater of two": "{greatest: [{over: posts, take: sum, value: {fact: wage}}, 3000]}",
    "a cap and a floor": "{cap: 4000, of: {floor: 1000, of: {over: posts, take: sum, value: {fact: wage}}}}",
    "parts, one of them on a condition": "{parts: [{id: basic, value: 1000}, {id: more, value: {share_of: {part: basic}, share: 50%}, when: {fact: veteran, is: true}}]}",
    "half a step goes up": "{round: {to: 1000, mode: half_up}, of: {over: posts, take: sum, value: {fact: wage}}}",
    "a long table that is not settled": "{by: certificate.exam_year, 2019: 1, 2020: 2, 2021: {range: [3, 5]}, 2022: 4, 2023: 5, 2024: 6, otherwise: 9}",
    "a division by what the row says": "{round: {to: 1, mode: down}, of: {quotient: [100000, {count: posts}]}}",
    "a figure of a named place": "{round: {to: 1, mode: down}, of: {statistic: average_wage, division: {fact: residence}, year: 2023}}",
}  # fmt: skip


def rules(folder: Path, *files: tuple[str, str]) -> sg.Rules:
    """A set of rule files, each of one term and an amount."""
    home = folder / "x"
    home.mkdir()
    for i, (term, amount) in enumerate(files):
        text = f"{HEADER}{VERSION}    requires:\n      - {term}\n    amount: {amount}\n    paid_before: once\n"
        (home / f"n{i}.yaml").write_text(text, "utf-8")
    return sg.load_rules(folder)


def same(folder: Path, term: str, amount: str) -> None:
    made = rules(folder, (term, amount))
    scheme = made["x/n0"].scheme
    table = roster(scheme, 3, 16)
    expected = by_engine(made, scheme, table.to_pylist(), ON, (), ON)
    for run in EVERY_QUICKLY.values():
        found = by_columns(run(made, table, schemes=scheme.id, on=ON), scheme)
        assert not differences(scheme, table.to_pylist(), expected, found)


@pytest.mark.parametrize("said", TRUTHS)
def test_a_term(said: str, tmp_path: Path) -> None:
    same(tmp_path, TRUTHS[said], "1000")


@pytest.mark.parametrize("said", AMOUNTS)
def test_an_amount(said: str, tmp_path: Path) -> None:
    same(
        tmp_path,
        "{fact: certificate.level, one_of: [assistant, social_worker, senior]}",
        AMOUNTS[said],
    )


def test_a_figure_that_the_row_supplies(tmp_path: Path) -> None:
    """Of another kind, place or year, of a place around it, of a place or year that is not told."""
    amount = AMOUNTS["a figure by place"]
    made = rules(tmp_path, ("{fact: veteran, is: true}", amount))
    scheme = made["x/n0"].scheme
    figures = product(
        ("average_wage", "minimum_wage", None), ("330200", "330000", "330203", "110000", None),
        (2023, 2022, None), (9000, None),
    )  # fmt: skip
    kinds, places, years, values = zip(*figures, strict=True)
    table = pa.table(
        {
            "veteran": [True] * len(kinds), "received": ["无"] * len(kinds), "statistic.kind": kinds,
            "statistic.division": places, "statistic.year": years, "statistic.value": values,
        }
    )  # fmt: skip
    for complete in ((), ("statistics",)):
        expected = by_engine(made, scheme, table.to_pylist(), ON, complete, ON)
        for run in (polars, quick_duckdb):
            found = by_columns(run(made, table, on=ON, complete=complete), scheme)
            assert not differences(scheme, table.to_pylist(), expected, found)
        assert {said.low for said in expected} == {0, 900_000}


def test_a_column_that_a_table_lacks_is_a_blank_one(tmp_path: Path) -> None:
    """Every term above on a row that says nothing but the day of application."""
    amounts = ((TRUTHS["a year moved"], amount) for amount in AMOUNTS.values())
    made = rules(tmp_path, *((term, "1000") for term in TRUTHS.values()), *amounts)
    table = pa.table({"applied": [ON]})
    found = polars(made, table)
    for id in made:
        scheme = made[id].scheme
        expected = by_engine(made, scheme, table.to_pylist(), None, (), ON)
        assert not differences(scheme, table.to_pylist(), expected, by_columns(found, scheme))
