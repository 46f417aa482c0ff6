"""Which version answers: by date, exam year, obtaining and month; force, status and windows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.engine.written_rules import (
    BY_LEVEL,
    LEVEL,
    VETERAN,
    ask,
    certificate,
    ends,
    file,
    version,
)  # fmt: skip

TWO = (
    version("2020-01-01", "2022-06-30", amount="500"),
    version("2022-07-01", "2024-12-31", amount="800"),
)


@pytest.mark.parametrize(
    ("on", "outcome", "amount"),
    [
        ("2019-12-31", "not_in_force", None),
        ("2022-06-30", "eligible", (500, 500)),
        ("2022-07-01", "eligible", (800, 800)),
        ("2024-12-31", "eligible", (800, 800)),
        ("2025-01-01", "not_in_force", None),
    ],
)
def test_by_the_date_of_application(tmp_path: Path, on: str, outcome: str, amount: Any) -> None:
    answer = ask(tmp_path, file(*TWO), on, certificates=[certificate(year=2018)])
    assert answer.outcome == outcome
    assert amount is None or ends(answer) == amount
    if amount is None:
        assert answer.version is None
        assert answer.nearest is not None
        assert answer.nearest.id == ("2020-01-01" if on < "2020" else "2022-07-01")


def test_applied_chooses_the_version_and_not_on(tmp_path: Path) -> None:
    answer = ask(tmp_path, file(*TWO), "2024-05-15", applied="2022-06-30")
    assert ends(answer) == (500, 500)


def test_a_monthly_version_is_chosen_by_the_month_asked_about(tmp_path: Path) -> None:
    text = file(
        version("2020-01-01", "2022-06-30", amount="500", paid=None),
        version("2022-07-01", "2024-12-31", amount="800", paid=None),
        kind="monthly",
    )
    answer = ask(tmp_path, text, "2024-05-15", applied="2022-06-30")
    assert ends(answer) == (800, 800)


@pytest.mark.parametrize(
    ("by", "mine", "outcome", "amount"),
    [
        ("exam_year", {"exam_year": 2021, "obtained": "2021-12-01"}, "eligible", (500, 500)),
        ("exam_year", {"exam_year": 2022, "obtained": "2022-12-01"}, "eligible", (800, 800)),
        ("exam_year", {"exam_year": 2019, "obtained": "2019-12-01"}, "not_in_force", None),
        ("exam_year", {"obtained": "2022-12-01"}, "undetermined", (0, 800)),
        ("obtained", {"obtained": "2021-12-31"}, "eligible", (500, 500)),
        ("obtained", {"obtained": "2022-01-01"}, "eligible", (800, 800)),
        ("obtained", {"exam_year": 2022}, "undetermined", (0, 800)),
    ],
)
def test_by_a_fact_of_the_certificate(
    tmp_path: Path, by: str, mine: dict[str, Any], outcome: str, amount: Any
) -> None:
    last = "2023" if by == "exam_year" else "2023-12-31"
    end, start = ("2021", "2022") if by == "exam_year" else ("2021-12-31", "2022-01-01")
    text = file(
        version("2020" if by == "exam_year" else "2020-01-01", end, amount="500", more=f"selected_by: {by}"),
        version(start, last, amount="800", more=f"selected_by: {by}"),
    )  # fmt: skip
    answer = ask(tmp_path, text, certificates=[{"level": "assistant", **mine}])
    assert answer.outcome == outcome
    assert amount is None or ends(answer) == amount
    if outcome == "undetermined":
        assert f"certificate.{by}" in {m.fact for m in answer.missing}


@pytest.mark.parametrize(
    ("start", "more", "on", "outcome"),
    [
        ("2022-05", "", "2022-04-30", "not_in_force"),
        ("2022-05", "", "2022-05-01", "undetermined"),
        ("2022-05", "", "2022-05-30", "undetermined"),
        ("2022-05", "", "2022-05-31", "eligible"),
        ("2022", "", "2022-06-30", "undetermined"),
        ("not_stated", "seen: 2022-05-10", "2022-05-09", "undetermined"),
        ("not_stated", "seen: 2022-05-10", "2022-05-10", "eligible"),
    ],
)
def test_rough_starts(tmp_path: Path, start: str, more: str, on: str, outcome: str) -> None:
    answer = ask(
        tmp_path, file(version(start, more=more)), on, certificates=[certificate(year=2018)]
    )
    assert answer.outcome == outcome
    if outcome == "undetermined":
        assert answer.open_text
        assert ends(answer) == (0, 1000)


def test_what_fails_anyway_is_ineligible_before_a_rough_start(tmp_path: Path) -> None:
    text = file(version("2022-05", "not_stated", LEVEL, VETERAN))
    answer = ask(tmp_path, text, "2022-05-10", certificates=[certificate(year=2018)], veteran=False)
    assert (answer.outcome, ends(answer)) == ("ineligible", (0, 0))


@pytest.mark.parametrize(
    ("on", "within", "standing", "outcome"),
    [
        ("2023-06-30", None, "confirmed", "eligible"),
        ("2023-07-01", None, "presumed", "eligible"),
        ("2025-06-30", 24, "presumed", "eligible"),
        ("2025-07-01", 24, "presumed", "undetermined"),
        ("2023-06-30", 0, "confirmed", "eligible"),
    ],
)
def test_standing(tmp_path: Path, on: str, within: int | None, standing: str, outcome: str) -> None:
    text = file(version(more="last_confirmed: 2023-06"))
    answer = ask(tmp_path, text, on, confirmed_within=within)
    assert (answer.standing, answer.outcome) == (standing, outcome)


@pytest.mark.parametrize("status", ["draft", "superseded", "suspended", "exhausted"])
@pytest.mark.parametrize("start", ["2020-01-01", "2024"])
@pytest.mark.parametrize("certificates", [[], [certificate()]])
def test_status(tmp_path: Path, status: str, start: str, certificates: Any) -> None:
    more = f"status: [{{status: {status}, from: 2024-05-10, until: 2024-05-20}}]"
    text = file(version(start, more=more))
    for on, stopped in (("2024-05-09", False), ("2024-05-10", True), ("2024-05-20", True),
                        ("2024-05-21", False)):  # fmt: skip
        answer = ask(tmp_path, text, on, certificates=certificates)
        assert (answer.outcome == "not_in_force") is stopped
        assert answer.status == (status if stopped else None)


@pytest.mark.parametrize(
    ("window", "on", "holds"),
    [
        ("{from: 2024-03-01, until: 2024-03-31}", "2024-02-29", False),
        ("{from: 2024-03-01, until: 2024-03-31}", "2024-03-01", True),
        ("{from: 2024-03-01, until: 2024-03-31}", "2024-03-31", True),
        ("{from: 2024-03-01, until: 2024-03-31}", "2024-04-01", False),
        ("{until: {add_months: [{fact: certificate.obtained}, 12]}}", "2025-02-28", True),
        ("{until: {add_months: [{fact: certificate.obtained}, 12]}}", "2025-03-01", False),
        ("{until: {add_months: [{fact: certificate.obtained}, 48]}}", "2028-02-29", True),
        ("{until: {add_months: [{fact: certificate.obtained}, 48]}}", "2028-03-01", False),
    ],
)
def test_windows(tmp_path: Path, window: str, on: str, holds: bool) -> None:
    mine = {"level": "assistant", "exam_year": 2023, "obtained": "2024-02-29"}
    answer = ask(tmp_path, file(version(more=f"application: {window}")), on, certificates=[mine])
    assert answer.outcome == ("eligible" if holds else "ineligible")
    (found,) = [f for f in answer.findings if f.id == "application-window"]
    assert found.holds is holds


def test_a_window_from_a_day_that_is_missing(tmp_path: Path) -> None:
    window = "application: {until: {add_months: [{fact: certificate.registered}, 12]}}"
    answer = ask(tmp_path, file(version(more=window)))
    assert answer.outcome == "undetermined"
    assert [m.fact for m in answer.missing if m.affects == "outcome"] == ["certificate.registered"]


def test_a_rule_set_whose_start_is_not_stated_is_open_before_it_was_seen(tmp_path: Path) -> None:
    rule = version(
        "not_stated", "2030-12-31", VETERAN, amount=None, paid=None, more="seen: 2022-01-01"
    )
    text = file(rule, kind="verdict")
    answer = ask(tmp_path, text, "2021-05-15", veteran=True, certificates=...)
    assert answer.outcome == "undetermined"
    assert answer.open_text
    assert not answer.missing
    assert ask(tmp_path, text, "2022-05-15", veteran=True).outcome == "compliant"


def test_what_is_not_due_yet_is_not_asked(tmp_path: Path) -> None:
    rule = "{id: soldier, fact: veteran, is: true, due: 2024-06-01}"
    text = file(version("2020-01-01", "not_stated", LEVEL, rule))
    early = ask(tmp_path, text, "2024-05-31", veteran=False)
    assert early.outcome == "eligible"
    assert {f.id: f.applies for f in early.findings}["soldier"] is False
    assert ask(tmp_path, text, "2024-06-01", veteran=False).outcome == "ineligible"


def test_each_certificate_is_paid_by_the_version_of_its_year_where_one_is_open(
    tmp_path: Path,
) -> None:
    text = file(
        version("2020", "2021", amount="500", more="selected_by: exam_year"),
        version("2022", "2024", amount="800", more="selected_by: exam_year"),
        per="each",
    )
    known, unknown = certificate("senior", 2022), {"level": "assistant", "obtained": "2022-12-01"}
    answer = ask(tmp_path, text, certificates=[unknown])
    assert (answer.outcome, ends(answer)) == ("undetermined", (0, 800))
    answer = ask(tmp_path, text, certificates=[unknown, known])
    assert (answer.outcome, ends(answer)) == ("eligible", (800, 1600))


def test_versions_that_may_both_cover_a_certificate_are_not_compared(tmp_path: Path) -> None:
    """A certificate of another version is no better or worse: both stay in the answer."""
    text = file(
        version("2020", "2021", amount="500", more="selected_by: exam_year"),
        version("2022", "2024", amount="800", more="selected_by: exam_year"),
    )
    held = [certificate("senior", 2021), certificate("assistant", 2022)]
    answer = ask(tmp_path, text, certificates=held)
    assert (answer.outcome, ends(answer)) == ("eligible", (800, 800))
    assert len(answer.claims) == 2


def test_a_certificate_outside_every_version_takes_nothing_from_another(tmp_path: Path) -> None:
    text = file(version("2020", "2024", amount=BY_LEVEL, more="selected_by: exam_year"))
    before, within = certificate("senior", 2018), certificate("assistant", 2021)
    answer = ask(tmp_path, text, certificates=[before])
    assert answer.outcome == "not_in_force"
    for held in ([before, within], [within, before]):
        answer = ask(tmp_path, text, certificates=held)
        assert (answer.outcome, ends(answer)) == ("eligible", (1000, 1000))
