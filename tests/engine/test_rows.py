"""Outcomes without reasons, from the first question to the one for which all schemes were made
into one function: ``ask`` holds them to the decision each time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sgincentive as sg
from tests.engine.written_rules import (
    BY_LEVEL,
    IN_POST,
    LEVEL,
    VETERAN,
    ask,
    certificate,
    ends,
    file,
    payment,
    row_of,
    rows,
    rules,
    version,
)

ON = date(2024, 5, 15)
POST = {"social_work": True, "start": "2020-01-01", "end": None}
NO_POST = "{id: post, not: {exists: posts, where: [{fact: social_work, is: true}], at: on}}"
HAS_WORKED = "{id: worked, exists: posts}"


@pytest.mark.parametrize(
    ("requirement", "posts", "outcome"),
    [
        (IN_POST, [POST], "eligible"),
        (IN_POST, [{**POST, "end": "2023-12-31"}], "ineligible"),
        (IN_POST, [], "ineligible"),
        (IN_POST, ..., "undetermined"),
        (NO_POST, [POST], "ineligible"),
        (NO_POST, [{**POST, "end": "2023-12-31"}], "eligible"),
        (NO_POST, [], "eligible"),
        (HAS_WORKED, [{**POST, "end": "2023-12-31"}], "eligible"),
        (HAS_WORKED, [], "ineligible"),
    ],
)
def test_a_post_that_must_or_must_not_be(
    tmp_path: Path, requirement: str, posts: Any, outcome: str
) -> None:
    text = file(version("2020-01-01", "not_stated", LEVEL, requirement, paid="once"))
    assert ask(tmp_path, text, posts=posts).outcome == outcome


def test_an_amount_by_two_facts(tmp_path: Path) -> None:
    by_level = "{by: certificate.level, assistant: 100, social_worker: 200, senior: 300}"
    amount = f"{{by: sex, female: {BY_LEVEL}, male: {by_level}}}"
    text = file(version(amount=amount))
    for sex, due in (("female", 1000), ("male", 100)):
        assert ends(ask(tmp_path, text, sex=sex)) == (due, due)


def test_several_schemes_in_one_function_answer_each_for_itself(tmp_path: Path) -> None:
    loaded = rules(
        tmp_path,
        a=file(version("2020-01-01", "not_stated", LEVEL, IN_POST, amount=BY_LEVEL, paid="once")),
        b=file(version("2020-01-01", "2022-12-31", LEVEL, VETERAN, paid="difference_on_upgrade")),
        c=file(version("2020-01-01", "not_stated", NO_POST, amount=None, paid=None), kind="entitlement"),
        d=file(version("2020", "2021", amount=BY_LEVEL, paid="{lifetime_cap: 500}", more="selected_by: exam_year")),
    )  # fmt: skip
    worker = sg.Worker.model_validate(
        {"subject": "worker", "certificates": [certificate()], "posts": [POST], "received": [],
         "veteran": True}
    )  # fmt: skip
    expected = {
        "x/y/a": ("eligible", 100000), "x/y/b": ("not_in_force", 0),
        "x/y/c": ("ineligible", 0), "x/y/d": ("eligible", 50000),
    }  # fmt: skip
    for id, (outcome, due) in expected.items():
        (row,) = rows(loaded, worker, ON, id)
        assert row == row_of(loaded[id].check(worker, ON))
        assert (row[1], row[3]) == (outcome, due)
    early = date(2022, 5, 15)
    (row,) = rows(loaded, worker, early, "x/y/b")
    assert row == row_of(loaded["x/y/b"].check(worker, early))
    assert (row[1], row[3]) == ("eligible", 100000)


def test_a_rule_set_without_a_scheme_for_the_subject_says_nothing(tmp_path: Path) -> None:
    loaded = rules(tmp_path, a=file(version()))
    project = sg.Project.model_validate({"subject": "project"})
    assert rows(loaded, project, ON, "x/y/a") == set()


@pytest.mark.parametrize(
    ("on", "held", "outcome"),
    [
        ("2021-05-15", [], "ineligible"),
        ("2021-05-15", [certificate(year=2021)], "ineligible"),
        ("2021-05-15", [certificate(year=2020)], "eligible"),
        ("2024-05-15", [], "ineligible"),
        ("2024-05-15", [certificate()], "eligible"),
        ("2024-05-15", [certificate(year=2024)], "ineligible"),
        ("2024-05-15", ..., "undetermined"),
    ],
)
@pytest.mark.parametrize("kind", ["one_off", "entitlement"])
def test_a_scheme_for_holders_of_a_certificate_is_one_in_each_version(
    tmp_path: Path, kind: str, on: str, held: Any, outcome: str
) -> None:
    given: dict[str, Any] = {"amount": None, "paid": None} if kind == "entitlement" else {}
    text = file(
        version("2020-01-01", "2021-12-31", VETERAN, **given),
        version("2022-01-01", "not_stated", LEVEL, **given),
        kind=kind,
    )
    assert ask(tmp_path, text, on, certificates=held, veteran=True).outcome == outcome


@pytest.mark.parametrize(
    ("entry", "outcome", "amount"),
    [
        (payment(0, paid=...), "eligible", (1000, 1000)),
        (payment(400, paid=...), "eligible", (600, 1000)),
        ({"issuer": "别处民政局", "kind": "one_off", "amount": 9, "paid": "2022-01-01"}, "eligible", (1000, 1000)),
    ],
)  # fmt: skip
def test_payments_that_may_not_count(
    tmp_path: Path, entry: dict[str, Any], outcome: str, amount: Any
) -> None:
    given = {key: value for key, value in entry.items() if value is not ...}
    answer = ask(tmp_path, file(version(paid="difference_on_upgrade")), received=[given])
    assert (answer.outcome, ends(answer)) == (outcome, amount)


def test_a_list_of_payments_that_is_not_complete_leaves_nothing_where_all_was_paid(
    tmp_path: Path,
) -> None:
    text = file(version(paid="difference_on_upgrade"))
    answer = ask(tmp_path, text, received=[payment()], partial=["received"])
    assert (answer.outcome, ends(answer)) == ("ineligible", (0, 0))


def test_a_payment_up_to_a_cap_once(tmp_path: Path) -> None:
    text = file(version(paid="{rule: once, lifetime_cap: 500}"))
    assert ends(ask(tmp_path, text)) == (500, 500)
    assert ends(ask(tmp_path, text, received=[payment(200)])) == (0, 0)


def test_a_level_that_gets_nothing_gets_nothing_after_a_payment_either(tmp_path: Path) -> None:
    amount = "{by: certificate.level, assistant: 0, social_worker: 2000, senior: 3000}"
    text = file(version(amount=amount, paid="difference_on_upgrade"))
    for received in ([], [payment(100)], ...):
        answer = ask(tmp_path, text, received=received)
        assert (answer.outcome, ends(answer)) == ("ineligible", (0, 0))


def test_what_is_only_advised_bars_nobody(tmp_path: Path) -> None:
    advised = "{id: veteran, fact: veteran, is: true, strength: guidance}"
    text = file(version("2020-01-01", "not_stated", advised, paid="once"))
    for veteran in (True, False):
        assert ends(ask(tmp_path, text, veteran=veteran)) == (1000, 1000)
