"""A lower scheme that overrides an upper one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sgincentive as sg
from tests.engine.written_rules import LEVEL, VETERAN, certificate, file, rules, version

UPPER = file(version("2020-01-01", "not_stated", VETERAN))
OVERRIDES = "relations: [{overrides: x/y/a, where: {fact: residence, within: '330203'}}]\n"


@pytest.mark.parametrize(
    ("residence", "on", "outcome", "holds"),
    [
        ({"residence": "330203"}, "2024-05-15", "ineligible", False),
        ({"residence": "330205"}, "2024-05-15", "eligible", None),
        ({}, "2024-05-15", "undetermined", None),
        ({"residence": "330200"}, "2024-05-15", "undetermined", None),
        ({"residence": "330203"}, "2021-05-15", "eligible", None),
    ],
)
def test_overrides(
    tmp_path: Path, residence: dict[str, Any], on: str, outcome: str, holds: bool | None
) -> None:
    lower = file(version("2022-01-01", "not_stated", VETERAN, amount="700"), more=OVERRIDES)
    found = rules(tmp_path, a=UPPER, b=lower)
    worker = sg.Worker.model_validate(
        {"subject": "worker", "veteran": True, "received": [], **residence}
    )
    answer = found["x/y/a"].check(worker, on=date.fromisoformat(on))
    assert answer.outcome == outcome
    about = [f for f in answer.findings if f.id == "not-overridden"]
    assert bool(about) is (outcome != "eligible")
    for each in about:
        assert each.holds is holds
        assert each.requirement.text is not None
        assert "x/y/b" in each.requirement.text.en
    if outcome == "undetermined":
        assert [m.fact for m in answer.missing if m.affects == "outcome"] == ["residence"]
    assert found["x/y/b"].check(worker, on=date.fromisoformat(on)).outcome in (
        "eligible", "not_in_force",
    )  # fmt: skip


def test_a_lower_scheme_that_may_be_in_force(tmp_path: Path) -> None:
    lower = file(version("2024", "not_stated", VETERAN, amount="700"), more=OVERRIDES)
    worker = sg.Worker.model_validate(
        {"subject": "worker", "veteran": True, "received": [], "residence": "330203"}
    )
    answer = rules(tmp_path, a=UPPER, b=lower)["x/y/a"].check(worker, on=date(2024, 5, 15))
    assert answer.outcome == "undetermined"
    assert answer.open_text


def test_the_alias_of_the_upper_scheme(tmp_path: Path) -> None:
    lower = file(version(amount="700"), more=OVERRIDES.replace("x/y/a", "x/y/old"))
    upper = file(version("2020-01-01", "not_stated", VETERAN), more="aliases: [x/y/old]\n")
    worker = sg.Worker.model_validate(
        {"subject": "worker", "veteran": True, "received": [], "residence": "330203",
         "certificates": [{"level": "assistant", "exam_year": 2021, "obtained": "2021-12-01"}]}
    )  # fmt: skip
    answer = rules(tmp_path, a=upper, b=lower)["x/y/a"].check(worker, on=date(2024, 5, 15))
    assert answer.outcome == "ineligible"


def test_a_lower_scheme_of_which_it_is_open_which_version_covers_the_certificate(
    tmp_path: Path,
) -> None:
    """Whether the lower scheme covers the certificate at all hangs on the year of the exam."""
    by_year = "selected_by: exam_year"
    lower = file(
        version("2020", "2021", VETERAN, amount="700", more=by_year),
        version("2022", "2024", VETERAN, amount="800", more=by_year),
        more=OVERRIDES,
    )
    facts = {"subject": "worker", "veteran": True, "received": [], "residence": "330203"}
    found = rules(tmp_path, a=UPPER, b=lower)["x/y/a"]
    on = date(2024, 5, 15)
    for mine, outcome in (
        ({"exam_year": 2021}, "ineligible"),
        ({"exam_year": 2018}, "eligible"),
        ({}, "undetermined"),
    ):
        held = [{"level": "senior", "obtained": "2021-12-01", **mine}]
        worker = sg.Worker.model_validate({**facts, "certificates": held})
        answer = found.check(worker, on=on)
        assert answer.outcome == outcome, mine
    assert "certificate.exam_year" in {missing.fact for missing in answer.missing}


def test_the_version_of_the_lower_scheme_may_be_open_although_it_gives_nothing(
    tmp_path: Path,
) -> None:
    """Of the exam year nobody knows: then it was suspended, or it is in force and refuses."""
    by_year = "selected_by: exam_year"
    suspended = "status: [{status: suspended, from: 2020-01-01, until: 2030-12-31}]"
    lower = file(
        version("2020", "2020", LEVEL, more=f"{by_year}\n{suspended}"),
        version("2021", "2021", "{id: resident, fact: residence, within: '330205'}", more=by_year),
        more=OVERRIDES,
    )
    found = rules(tmp_path, a=UPPER, b=lower)
    for held, outcome in (
        ({"level": "assistant"}, "undetermined"),
        (certificate(year=2020), "eligible"),
        (certificate(year=2021), "ineligible"),
    ):
        worker = sg.Worker.model_validate(
            {"subject": "worker", "veteran": True, "received": [], "residence": "330203",
             "certificates": [held]}
        )  # fmt: skip
        answer = found["x/y/a"].check(worker, on=date(2024, 5, 15))
        assert answer.outcome == outcome
        assert [m.fact for m in answer.missing] == (
            ["certificate.exam_year"] if outcome == "undetermined" else []
        )


def test_a_month_is_overridden_from_the_day_on_which_the_lower_terms_begin(tmp_path: Path) -> None:
    """Any day counts, so the upper scheme pays the month in which it gives way."""

    def monthly(start: str, amount: str, more: str = "", rhythm: str = "") -> str:
        terms = version(start, "not_stated", VETERAN, amount=amount, paid=None, more=rhythm)
        return file(terms, kind="monthly", more=more)

    def dues(residence: str | None, rhythm: str = "") -> list[tuple[str, int | None]]:
        loaded = rules(
            tmp_path,
            a=monthly("2020-01-01", "500", rhythm=rhythm),
            b=monthly("2024-02-16", "300", OVERRIDES),
        )
        facts = {"subject": "worker", "veteran": True, "received": [], "residence": residence}
        worker = sg.Worker.model_validate({k: v for k, v in facts.items() if v is not None})
        answer = loaded["x/y/a"].check(worker, date(2024, 1, 10), start="2024-01", stop="2024-03")
        assert answer.schedule is not None
        return [(row.outcome, int(row.due.high or 0) // 100) for row in answer.schedule]

    paid, gone, maybe = ("eligible", 500), ("ineligible", 0), ("undetermined", 500)
    assert dues("330203") == [paid, paid, gone]
    assert dues("330203", "rhythm: {counts: whole_month}") == [paid, gone, gone]
    assert dues("330204") == [paid, paid, paid]
    assert dues(None) == [paid, paid, maybe]


def test_months_on_both_sides_of_an_override_add_up(tmp_path: Path) -> None:
    def monthly(start: str, amount: str, more: str = "") -> str:
        terms = version(start, "not_stated", VETERAN, amount=amount, paid=None)
        return file(terms, kind="monthly", more=more)

    loaded = rules(
        tmp_path,
        a=monthly("2020-01-01", "500"),
        b=monthly("2024-02-01", "300", OVERRIDES),
    )
    worker = sg.Worker.model_validate(
        {"subject": "worker", "veteran": True, "received": [], "residence": "330203"}
    )
    for on in (date(2024, 1, 10), date(2024, 3, 10)):
        best = loaded.combine(loaded.check(worker, on, start="2024-01", stop="2024-03"))
        assert (best.schemes, best.low, best.high) == (("x/y/a", "x/y/b"), 110000, 110000)
