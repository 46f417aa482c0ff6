"""A schedule need not look at months before the first certificate: none of them counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sgincentive.engine import schedule
from tests.engine.written_rules import (
    BY_LEVEL,
    IN_POST,
    LEVEL,
    RESIDENT,
    VETERAN,
    ask,
    certificate,
    file,
    payment,
    version,
)  # fmt: skip

TEXT = file(
    version("2019-01-01", "not_stated", LEVEL, IN_POST, amount=BY_LEVEL, paid=None,
            more="rhythm: {starts: next_month, term_months: 36}"),
    kind="monthly",
)  # fmt: skip
POST = [{"start": "2012-03-01", "end": None, "social_work": True}]
PROFILES: list[dict[str, Any]] = [
    {"certificates": [certificate(year=2021)]},
    {"certificates": [certificate(year=2021), certificate("senior", 2023)]},
    {"certificates": [certificate(year=2012)], "birth_date": "1970-01-01"},
    {"certificates": [{"level": "assistant"}]},
    {"certificates": [{"level": "assistant"}, certificate(year=2021)]},
    {"certificates": [certificate(year=2021)], "partial": ["certificates"]},
    {"certificates": []},
    {"certificates": ...},
]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("start", ["2020-01", "2022-06"])
def test_the_rows_are_those_of_a_schedule_from_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, profile: dict[str, Any], start: str
) -> None:
    period = {"start": start, "stop": "2022-12", "posts": POST}
    quick = ask(tmp_path, TEXT, **{**period, **profile})
    monkeypatch.setattr(schedule, "first_held", lambda *_: None)
    whole = ask(tmp_path, TEXT, **{**period, **profile})
    assert quick.schedule == whole.schedule
    assert quick.outcome == whole.outcome
    assert quick.bounds == whole.bounds


@pytest.mark.parametrize("begins", ["2019-01-01", "not_stated"])
def test_a_benefit_that_begins_later_may_have_begun_before_every_known_date(
    tmp_path: Path, begins: str
) -> None:
    """Nothing is known of when it began: that is no proof that it did not."""
    more = "rhythm: {starts: next_month}\nlast_confirmed: 2026-01-01"
    if begins == "not_stated":
        more += "\nseen: 2021-01-04"
    text = file(
        version(begins, "not_stated", LEVEL, IN_POST, amount=BY_LEVEL, paid=None, more=more),
        kind="monthly",
    )
    unknown: dict[str, Any] = {
        "certificates": [{"level": "assistant"}],
        "posts": [{"social_work": True}],
    }
    answer = ask(tmp_path, text, on="2025-01-10", **unknown)
    assert (answer.outcome, answer.bounds.low, answer.bounds.high) == ("undetermined", 0, 100_000)
    assert {m.fact for m in answer.missing} == {"certificate.obtained", "post.start", "post.end"}
    known: dict[str, Any] = {
        "certificates": [{"level": "assistant", "obtained": "2020-12-01"}],
        "posts": [{"social_work": True, "start": "2020-01-01", "end": None}],
    }
    assert ask(tmp_path, text, on="2025-01-10", **known).outcome == "eligible"


def test_a_scheme_without_certificates_begins_where_it_did(tmp_path: Path) -> None:
    text = TEXT.replace(LEVEL, "{id: veteran, fact: veteran, is: true}").replace(BY_LEVEL, "100")
    rows = ask(tmp_path, text, start="2019-01", stop="2019-03", posts=POST, veteran=True).schedule
    assert rows is not None
    assert [row.outcome for row in rows] == ["ineligible", "eligible", "eligible"]


def test_what_comes_to_be_open_later_is_named_beside_what_was_open(tmp_path: Path) -> None:
    more = "rhythm: {starts: next_month}"
    text = file(
        version("2020-01-01", "2020-02-29", VETERAN, amount="100", paid=None, more=more),
        version("2020-03-01", "not_stated", VETERAN, RESIDENT, amount="100", paid=None, more=more),
        kind="monthly",
    )
    answer = ask(tmp_path, text, start="2020-01", stop="2020-04", certificates=...)
    named = [{cause.name for cause in row.due.causes} for row in answer.schedule or ()]
    assert named[1:] == [{"veteran"}, {"veteran", "residence"}, {"veteran", "residence"}]


@pytest.mark.parametrize("begins", ["2019-01-01", "not_stated"])
@pytest.mark.parametrize("held", [{"certificates": [certificate(year=2021)]}, {}])
def test_a_payment_without_a_period_goes_to_the_same_months_in_every_schedule(
    tmp_path: Path, begins: str, held: dict[str, Any]
) -> None:
    more = "last_confirmed: 2026-01-01\nseen: 2021-01-04"
    text = file(version(begins, "not_stated", amount="100", paid=None, more=more), kind="monthly")
    profile: dict[str, Any] = {"certificates": ..., "received": [payment(250)], **held}
    whole, first, second = (
        ask(tmp_path, text, start=start, stop=stop, **profile).schedule
        for start, stop in (("2021-12", "2022-06"), ("2021-12", "2022-01"), ("2022-02", "2022-06"))
    )
    assert whole is not None
    assert whole == (first or ()) + (second or ())
    if begins != "not_stated" and held:
        assert [row.due.low for row in whole] == [0, 0, 5000, 10000, 10000, 10000, 10000]
