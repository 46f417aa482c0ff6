"""Months of a benefit: which count, starts, terms, changes of rate, and what was paid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sgincentive.engine import schedule
from sgincentive.engine.check import check
from tests.engine.written_rules import IN_POST, RESIDENT, VETERAN, ask, file, payment, version


def monthly(
    *requires: str, paid: str | None = None, rhythm: str = "{}", kind: str = "monthly", **more: Any
) -> str:
    rest = f"rhythm: {rhythm}" if rhythm != "{}" else ""
    return file(
        version("2020-01-01", "not_stated", *(requires or (IN_POST,)), amount="500", paid=paid, more=rest),
        kind=kind, **more,
    )  # fmt: skip


def post(start: str, end: str | None = None) -> dict[str, Any]:
    return {"start": start, "end": end, "social_work": True}


def dues(folder: Path, text: str, start: str, stop: str, **profile: Any) -> dict[str, Any]:
    answer = ask(folder, text, profile.pop("on", "2025-12-31"), start=start, stop=stop, **profile)
    assert answer.schedule is not None
    return {
        row.period: int(row.due.low or 0) // 100
        if row.due.settled
        else (
            int(row.due.low or 0) // 100,
            None if row.due.high is None else int(row.due.high) // 100,
        )
        for row in answer.schedule
    }


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        ("{counts: any_day}", [0, 500, 500, 500, 0]),
        ("{counts: whole_month}", [0, 0, 500, 0, 0]),
        ("{counts: first_day}", [0, 0, 500, 500, 0]),
        ("{counts: any_day, starts: next_month}", [0, 0, 500, 500, 0]),
        ("{counts: any_day, term_months: 2}", [0, 500, 500, 0, 0]),
    ],
)
def test_posts_that_start_and_end_in_a_month(
    tmp_path: Path, rhythm: str, expected: list[int]
) -> None:
    found = dues(
        tmp_path, monthly(rhythm=rhythm), "2023-01", "2023-05", posts=[post("2023-02-10", "2023-04-20")]
    )  # fmt: skip
    assert list(found.values()) == expected


def test_a_stop_within_a_month_by_the_terms(tmp_path: Path) -> None:
    more = "status: [{status: suspended, from: 2023-02-10, until: 2023-02-20}]\nrhythm: {counts: whole_month}"
    text = file(version("2020-01-01", "not_stated", VETERAN, amount="500", paid=None, more=more), kind="monthly")  # fmt: skip
    assert list(dues(tmp_path, text, "2023-01", "2023-03", veteran=True).values()) == [500, 0, 500]


def test_the_rate_of_the_version_of_each_month(tmp_path: Path) -> None:
    text = file(
        version("2020-01-01", "2023-02-28", VETERAN, amount="500", paid=None),
        version("2023-03-01", "not_stated", VETERAN, amount="700", paid=None),
        kind="monthly",
    )
    for more in ({}, {"applied": "2023-01-05"}):
        found = dues(tmp_path, text, "2023-02", "2023-04", veteran=True, **more)
        assert list(found.values()) == [500, 700, 700]


RECEIVED = [
    payment(700, paid="2023-03-01"),
    payment(500, paid="2023-04-01", period="2023-02"),
    payment(200, paid="2023-05-01", period="2023-05"),
]


@pytest.mark.parametrize("profile", [{"received": []}, {"received": RECEIVED}, {"received": ...}])
@pytest.mark.parametrize("paid", [None, "{lifetime_cap: 2000}"])
@pytest.mark.parametrize("rhythm", ["{}", "{starts: next_month}", "{term_months: 5}"])
@pytest.mark.parametrize("requires", [IN_POST, RESIDENT])
def test_joined_periods_are_the_whole(
    tmp_path: Path, profile: Any, paid: str | None, rhythm: str, requires: str
) -> None:
    text = monthly(requires, paid=paid, rhythm=rhythm)
    facts = {"posts": [post("2022-11-10")], "residence": "330203", **profile}
    whole = dues(tmp_path, text, "2023-01", "2023-08", **facts)
    first = dues(tmp_path, text, "2023-01", "2023-03", **facts)
    assert whole == first | dues(tmp_path, text, "2023-04", "2023-08", **facts)


def test_what_was_paid_is_netted_by_month_oldest_first(tmp_path: Path) -> None:
    posts = [post("2023-01-01")]
    for received in (RECEIVED, RECEIVED[::-1]):
        found = dues(tmp_path, monthly(), "2023-01", "2023-06", posts=posts, received=received)
        assert list(found.values()) == [0, 0, 300, 500, 300, 500]


def test_received_unknown_and_partial(tmp_path: Path) -> None:
    for how in ({"received": ...}, {"received": [], "partial": ["received"]}):
        answer = ask(
            tmp_path, monthly(), posts=[post("2023-01-01")], start="2023-01", stop="2023-02", **how
        )
        assert [(r.outcome, r.due[:2]) for r in answer.schedule or ()] == [
            ("undetermined", (0, 50000))
        ] * 2


@pytest.mark.parametrize(
    "received", [[], RECEIVED, [payment(1900)], [payment(5000)], [payment(600, period="2023-05")]]
)
def test_never_above_a_lifetime_cap(tmp_path: Path, received: Any) -> None:
    text = monthly(paid="{lifetime_cap: 1800}")
    found = dues(
        tmp_path, text, "2023-01", "2023-12", posts=[post("2023-01-01")], received=received
    )
    paid = sum(entry["amount"] for entry in received)
    assert sum(found.values()) == max(1800 - paid, 0)


def test_a_cap_with_what_was_paid_unknown(tmp_path: Path) -> None:
    text = monthly(paid="{lifetime_cap: 800}")
    found = dues(tmp_path, text, "2023-01", "2023-03", posts=[post("2023-01-01")], received=...)
    assert list(found.values()) == [(0, 500), (0, 300), 0]


def test_a_fact_missing_leaves_months_open(tmp_path: Path) -> None:
    text = monthly(VETERAN, rhythm="{term_months: 2}")
    found = dues(tmp_path, text, "2020-01", "2020-03")
    assert list(found.values()) == [(0, 500), (0, 500), (0, 500)]
    open_post = {"social_work": True, "end": None}
    assert set(dues(tmp_path, monthly(), "2023-01", "2023-02", posts=[open_post]).values()) == {
        (0, 500)
    }


def test_a_month_that_the_text_leaves_open_names_the_text(tmp_path: Path) -> None:
    text = monthly(rhythm="{counts: not_stated, term_months: 12}")
    answer = ask(tmp_path, text, "2023-02-15", posts=[post("2023-02-10")])
    assert answer.outcome == "undetermined"
    assert not answer.missing
    assert [each.en for each in answer.open_text] == [
        "the sources do not say whether a part of a month counts"
    ]
    answer = ask(tmp_path, text, "2023-03-15", posts=[post("2023-02-10")])
    assert (answer.outcome, answer.open_text) == ("eligible", ())


def test_a_benefit_by_the_year_is_paid_once_a_year(tmp_path: Path) -> None:
    found = dues(tmp_path, monthly(kind="yearly"), "2022-01", "2023-12", posts=[post("2022-05-01")])
    assert sum(found.values()) == 1000


@pytest.mark.parametrize(("start", "stop"), [("2023-02", "2023-01"), ("1950-01", "2023-01")])
def test_periods_that_cannot_be(tmp_path: Path, start: str, stop: str) -> None:
    with pytest.raises(ValueError, match=start):
        ask(tmp_path, monthly(), posts=[], start=start, stop=stop)


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2023-02-14", [500, 500, 0]),
        ("{day_of_year: certificate.exam_year, years: 2, month: 2, day: 14}", [500, 500, 0]),
        ("{day_of_year: on, month: 2, day: 14}", [500, 500, 0]),
    ],
)
def test_a_day_of_the_terms_within_a_month(tmp_path: Path, until: str, expected: list[int]) -> None:
    """A month counts by any of its days, so the 14th of the terms is looked at too."""
    text = monthly(f"{{id: before, day: on, not_after: {until}}}")
    found = dues(tmp_path, text, "2023-01", "2023-03")
    assert list(found.values()) == expected
    whole = monthly(f"{{id: before, day: on, not_after: {until}}}", rhythm="{counts: whole_month}")
    assert list(dues(tmp_path, whole, "2023-01", "2023-03").values()) == [500, 0, 0]


def test_a_ledger_that_is_not_whole_leaves_each_month_open(tmp_path: Path) -> None:
    text = monthly(VETERAN)
    answer = ask(
        tmp_path, text, "2023-12-31", start="2023-01", stop="2023-02", veteran=True,
        received=[payment(500, period="2023-01")], partial=["received"],
    )  # fmt: skip
    assert answer.schedule is not None
    first, second = answer.schedule
    assert (first.outcome, first.due.low, first.due.high) == ("ineligible", 0, 0)
    assert (second.outcome, second.due.low, second.due.high) == ("undetermined", 0, 50000)
    assert {cause.name for cause in second.due.causes} == {"received"}


def test_a_month_of_an_unpublished_amount_is_open_where_the_ledger_is_not_whole(
    tmp_path: Path,
) -> None:
    text = monthly(VETERAN).replace("amount: 500", "amount: not_published")
    for partial, outcome in (([], "eligible"), (["received"], "undetermined")):
        answer = ask(
            tmp_path, text, "2023-12-31", start="2023-01", stop="2023-01", veteran=True,
            partial=partial,
        )  # fmt: skip
        assert answer.schedule is not None
        assert answer.schedule[0].outcome == outcome


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        # A payment for a year goes to its oldest month, one for no time to the oldest of all.
        ({"period": "2023"}, [500, 500]),
        ({"period": "2023-06"}, [0, 500]),
        ({"period": "2022"}, [500, 500]),
        ({}, [500, 500]),
    ],
)
def test_a_payment_for_earlier_months_leaves_those_asked_for(
    tmp_path: Path, period: dict[str, str], expected: list[int]
) -> None:
    found = dues(
        tmp_path, monthly(), "2023-06", "2023-07", posts=[post("2020-01-01")],
        received=[payment(600, paid="2024-01-10", **period)],
    )  # fmt: skip
    assert list(found.values()) == expected


def test_months_before_the_period_are_asked_only_where_they_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def noted(scheme: Any, facts: Any, question: Any, above: Any) -> Any:
        asked.append(f"{question.on:%Y-%m}")
        return check(scheme, facts, question, above)

    monkeypatch.setattr(schedule, "check", noted)
    for rhythm, first in (("{}", "2023-06"), ("{term_months: 60}", "2020-01")):
        asked.clear()
        dues(tmp_path, monthly(rhythm=rhythm), "2023-06", "2023-07", posts=[post("2021-01-01")])
        assert min(asked) == first
        # Once it has begun, time alone runs until the period.
        assert not [month for month in asked if "2021-02" <= month < "2023-06"]


def test_a_row_says_why_it_pays_what_it_pays(tmp_path: Path) -> None:
    def reasons(text: str, **facts: Any) -> list[str]:
        found = ask(tmp_path, text, posts=[post("2023-01-01")], **facts).schedule
        assert found is not None
        return [row.reason.en for row in found]

    months = {"start": "2023-01", "stop": "2023-02"}
    january = {"scheme": "x/y/a", "amount": 500, "paid": "2023-05-01", "period": "2023-01"}
    assert reasons(monthly(), received=[january], **months) == [
        "paid in full before", "the month counts",
    ]  # fmt: skip
    unknown = {key: value for key, value in january.items() if key != "amount"}
    assert reasons(monthly(), received=[unknown], **months) == [
        "whether it was paid in full before is not decided", "the month counts",
    ]  # fmt: skip
    assert set(reasons(monthly(), received=..., **months)) == {
        "whether it was paid in full before is not decided"
    }
    assert reasons(monthly(kind="yearly"), start="2023-01", stop="2023-12") == ["the year counts"]


def test_what_was_paid_beyond_a_month_is_overpaid(tmp_path: Path) -> None:
    def entry(amount: int, period: str | None, paid: str = "2023-05-01") -> dict[str, Any]:
        made = {"scheme": "x/y/a", "amount": amount, "paid": paid, "period": period}
        return {key: value for key, value in made.items() if value is not None}

    def over(*received: dict[str, Any], text: str = monthly(), stop: str = "2023-12") -> int:
        found = ask(
            tmp_path, text, posts=[post("2023-02-01")], start="2023-01", stop=stop,
            received=list(received),
        )  # fmt: skip
        return int(found.overpaid_fen) // 100

    assert over(entry(500, "2023-02")) == 0
    assert over(entry(700, "2023-02"), entry(100, "2023-02"), entry(400, "2023-03")) == 300
    # Paid for a month of which nothing was due; not yet paid on the day; outside the period.
    assert over(entry(500, "2023-01")) == 500
    assert over(entry(700, "2023-02", paid="2030-01-01")) == over(entry(700, "2024-02")) == 0
    # What has no month of its own may still pay for one to come.
    assert over(entry(9000, None)) == 0
    between = monthly().replace("amount: 500", "amount: {range: [200, 600]}")
    assert over(entry(700, "2023-02"), text=between) == 100
    yearly = monthly(kind="yearly")
    assert over(entry(300, "2023-02"), entry(300, "2023"), text=yearly) == 100


def test_a_year_belongs_to_the_period_of_its_december(tmp_path: Path) -> None:
    for received in ([], [payment(100, paid="2022-03-01")]):
        found = dues(
            tmp_path, monthly(kind="yearly"), "2022-10", "2023-11", posts=[post("2022-11-01")],
            received=received,
        )  # fmt: skip
        assert list(found) == ["2022"]
