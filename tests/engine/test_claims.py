"""Several certificates: the best or each, mixed answers, what is named, and the JSON of each."""

from __future__ import annotations

from itertools import permutations
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
    payment,
    version,
)

REGISTERED = "{id: registered, fact: certificate.registered_division, within: '330200'}"
HERE, THERE = {"registered_division": "330203"}, {"registered_division": "110101"}


def scheme(per: str, amount: str = BY_LEVEL, paid: str = "once_per_level", **more: Any) -> str:
    return file(
        version("2020-01-01", "not_stated", LEVEL, REGISTERED, amount=amount, paid=paid),
        per=per, **more,
    )  # fmt: skip


LOW = certificate("assistant", 2020)
MID = certificate("social_worker", 2021)
TOP = certificate("senior", 2022)
UNPUBLISHED = "{by: certificate.level, assistant: 1000, social_worker: 2000, senior: not_published}"


@pytest.mark.parametrize(
    ("held", "best", "each", "named"),
    [
        ([LOW | HERE, MID | HERE], ("eligible", 2000, 2000), ("eligible", 3000, 3000), "social_worker"),
        ([LOW | HERE, MID | THERE], ("eligible", 1000, 1000), ("eligible", 1000, 1000), "assistant"),
        ([LOW | HERE, MID], ("eligible", 1000, 2000), ("eligible", 1000, 3000), None),
        ([LOW, MID | HERE], ("eligible", 2000, 2000), ("eligible", 2000, 3000), "social_worker"),
        ([LOW, MID], ("undetermined", 0, 2000), ("undetermined", 0, 3000), None),
        ([LOW | THERE, MID], ("undetermined", 0, 2000), ("undetermined", 0, 2000), "social_worker"),
        ([LOW | THERE, MID | THERE], ("ineligible", 0, 0), ("ineligible", 0, 0), None),
        ([LOW | THERE, MID, TOP | HERE], ("eligible", 3000, 3000), ("eligible", 3000, 5000), "senior"),
    ],
)  # fmt: skip
def test_best_and_each(
    tmp_path: Path, held: list[Any], best: Any, each: Any, named: str | None
) -> None:
    for order in permutations(held):
        for per, expected in (("best", best), ("each", each)):
            answer = ask(tmp_path, scheme(per), certificates=list(order))
            assert (answer.outcome, *ends(answer)) == expected
            claim = answer.to_json()["certificate"]
            assert (None if claim is None else claim["level"]) == named
            assert len(answer.claims) == len(held)


@pytest.mark.parametrize(
    ("held", "best", "each"),
    [
        ([LOW | HERE, TOP | HERE], (1000, None), (1000, None)),
        ([LOW | HERE, TOP], (1000, None), (1000, None)),
        ([TOP | HERE], (None, None), (None, None)),
    ],
)
def test_one_unpublished(tmp_path: Path, held: list[Any], best: Any, each: Any) -> None:
    for per, expected in (("best", best), ("each", each)):
        answer = ask(tmp_path, scheme(per, UNPUBLISHED), certificates=held)
        assert (answer.outcome, ends(answer)) == ("eligible", expected)
        assert answer.to_json()["benefit"]["published"] is False


def test_a_paid_certificate_that_may_be_the_best_leaves_the_outcome_open(tmp_path: Path) -> None:
    received = [payment(3000, "senior")]
    answer = ask(tmp_path, scheme("best"), certificates=[LOW | HERE, TOP], received=received)
    assert (answer.outcome, ends(answer)) == ("undetermined", (0, 1000))
    assert [m.fact for m in answer.missing] == ["certificate.registered_division"]
    answer = ask(tmp_path, scheme("best"), certificates=[LOW | HERE, TOP | HERE], received=received)
    assert (answer.outcome, ends(answer)) == ("ineligible", (0, 0))
    answer = ask(
        tmp_path, scheme("best"), certificates=[LOW | HERE, TOP | THERE], received=received
    )
    assert (answer.outcome, ends(answer)) == ("eligible", (1000, 1000))


def test_each_is_capped_together(tmp_path: Path) -> None:
    text = scheme("each", paid="{rule: once_per_level, lifetime_cap: 2500}")
    answer = ask(tmp_path, text, certificates=[LOW | HERE, MID | HERE])
    assert (answer.outcome, ends(answer)) == ("eligible", (2500, 2500))
    paid = [payment(2000, "social_worker")]
    answer = ask(tmp_path, text, certificates=[LOW | HERE, MID | HERE], received=paid)
    assert ends(answer) == (500, 500)


def test_certificates_unknown_or_partial(tmp_path: Path) -> None:
    assert ends(ask(tmp_path, scheme("best"), certificates=...)) == (0, 3000)
    assert ends(ask(tmp_path, scheme("each"), certificates=...)) == (0, None)
    partial: dict[str, Any] = {"certificates": [LOW | HERE], "partial": ["certificates"]}
    assert ends(ask(tmp_path, scheme("each"), **partial)) == (1000, None)
    assert ends(ask(tmp_path, scheme("best"), **partial)) == (1000, 3000)


def test_a_certificate_of_a_later_day_does_not_count(tmp_path: Path) -> None:
    late = {"level": "senior", "exam_year": 2024, "obtained": "2024-05-16"} | HERE
    answer = ask(tmp_path, scheme("best"), "2024-05-15", certificates=[LOW | HERE, late])
    assert ends(answer) == (1000, 1000)
    assert ends(ask(tmp_path, scheme("best"), "2024-05-16", certificates=[LOW | HERE, late])) == (
        3000,
        3000,
    )


def test_missing_in_order_of_weight(tmp_path: Path) -> None:
    either = "{id: either, any: [{fact: veteran, is: true}, {fact: student, is: true}]}"
    text = file(
        version("2020-01-01", "not_stated", either, "{id: h, fact: hukou, within: '330200'}",
                amount=BY_LEVEL)
    )  # fmt: skip
    mine = {"exam_year": 2021, "obtained": "2021-12-01"}
    answer = ask(tmp_path, text, certificates=[mine])
    assert [(m.fact, m.affects) for m in answer.missing] == [
        ("hukou", "outcome"), ("student", "outcome"), ("veteran", "outcome"),
        ("certificate.level", "amount"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "profile", "on", "outcome", "benefit"),
    [
        ("1000", {"veteran": True}, "2024-05-15", "eligible", ("1000.00", "1000.00", True)),
        ("1000", {"veteran": False}, "2024-05-15", "ineligible", ("0.00", "0.00", True)),
        ("1000", {"veteran": True}, "2019-05-15", "not_in_force", (None, None, True)),
        ("1000", {}, "2024-05-15", "undetermined", ("0.00", "1000.00", True)),
        ("not_published", {"veteran": True}, "2024-05-15", "eligible", (None, None, False)),
        ("not_published", {"veteran": False}, "2024-05-15", "ineligible", ("0.00", "0.00", True)),
        ("{cap: 600, of: not_published}", {"veteran": True}, "2024-05-15", "eligible", ("0.00", "600.00", False)),
        ("{at_least: 600}", {"veteran": True}, "2024-05-15", "eligible", ("600.00", None, True)),
        ("{range: [200, 600]}", {"veteran": True}, "2024-05-15", "eligible", ("200.00", "600.00", True)),
    ],
)  # fmt: skip
def test_json_of_each_outcome(
    tmp_path: Path, amount: str, profile: Any, on: str, outcome: str, benefit: Any
) -> None:
    text = file(version("2020-01-01", "not_stated", VETERAN, amount=amount))
    answer = ask(tmp_path, text, on, **profile).to_json()
    assert answer["outcome"] == outcome
    found = answer["benefit"]
    assert (found["min"], found["max"], found["published"]) == benefit
    assert answer["overpaid"] == (None if outcome == "not_in_force" else "0.00")
    if outcome == "not_in_force":
        assert (answer["version"], answer["entitled"]) == (None, {"min": None, "max": None})
        assert answer["nearest_version"] == "2020-01-01"


def test_points_and_steps_are_plain_numbers(tmp_path: Path) -> None:
    """A share of points that comes out whole is said whole."""
    for amount, expected in (("{share_of: 4, share: 50%}", 2), ("{share_of: 3, share: 50%}", 1.5)):
        text = file(version("2020-01-01", "not_stated", amount=amount, paid=None), kind="points")
        answer = ask(tmp_path, text)
        assert answer.amount is not None
        assert (answer.outcome, ends(answer)) == ("eligible", (expected, expected))
        assert (answer.amount.kind, answer.amount.unit) == ("points", "points")
        assert answer.requirements == answer.findings


def test_certificates_that_were_all_paid_leave_nothing_whichever_is_worth_most(
    tmp_path: Path,
) -> None:
    amount = (
        "{by: certificate.level, assistant: {range: [500, 1500]}, social_worker: 1000, senior: 1}"
    )
    answer = ask(
        tmp_path, scheme("best", amount), certificates=[LOW | HERE, MID | HERE],
        received=[payment(1000, "assistant"), payment(1000, "social_worker")],
    )  # fmt: skip
    assert (answer.outcome, ends(answer)) == ("ineligible", (0, 0))
