"""Several certificates of which some are open: what they can change, and what not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sgincentive as sg
from sgincentive.engine.rows import row_function
from sgincentive.facts import view
from tests.engine.written_rules import (
    BY_LEVEL,
    LEVEL,
    ask,
    certificate,
    ends,
    file,
    payment,
    rules,
    version,
)

REGISTERED = "{id: registered, fact: certificate.registered_division, within: '330200'}"
HERE = {"registered_division": "330203"}
LOW, MID = certificate("assistant", 2020), certificate("social_worker", 2021)


def missing(answer: Any) -> set[tuple[str, int | None]]:
    return {(m.fact, m.index) for m in answer.missing}


@pytest.mark.parametrize("how", [{"certificates": [LOW | HERE, LOW]},
                                 {"certificates": [LOW | HERE], "partial": ["certificates"]}])  # fmt: skip
@pytest.mark.parametrize(
    ("paid", "received"), [("once", []), ("once_per_level", []), ("{lifetime_cap: 5000}", [])]
)
def test_an_open_certificate_takes_nothing_from_an_unpublished_amount(
    tmp_path: Path, how: dict[str, Any], paid: str, received: list[Any]
) -> None:
    """Whatever the other certificate is, something is due: nothing was paid before."""
    text = file(version("2020-01-01", "not_stated", LEVEL, REGISTERED, amount="not_published", paid=paid))  # fmt: skip
    answer = ask(tmp_path, text, received=received, **how)
    assert answer.outcome == "eligible"
    assert ends(answer)[1] == (5000 if "cap" in paid else None)
    assert quick(tmp_path, received=received, **how)[1] == answer.outcome


def test_a_certificate_that_was_paid_and_may_be_worth_more_leaves_the_outcome_open(
    tmp_path: Path,
) -> None:
    amount = (
        "{by: certificate.level, assistant: not_published, social_worker: not_published, senior: 1}"
    )
    text = file(version("2020-01-01", "not_stated", LEVEL, REGISTERED, amount=amount))
    held, paid = [LOW | HERE, MID], [payment(500, "social_worker")]
    answer = ask(tmp_path, text, certificates=held, received=paid)
    assert answer.outcome == "undetermined"
    assert quick(tmp_path, certificates=held, received=paid)[1] == "undetermined"


def test_a_paid_certificate_of_one_version_or_another_may_be_the_best(tmp_path: Path) -> None:
    """Of unknown exam year, it is worth more and was paid, or no version covers it."""
    by_year = "selected_by: exam_year"
    text = file(
        version("2020", "2020", amount=BY_LEVEL, more=by_year),
        version("2021", "2021", amount=BY_LEVEL, more=by_year),
    )
    senior = {"level": "senior", "obtained": "2021-12-01"}
    held, paid = [LOW, senior], [payment(3000, "senior")]
    answer = ask(tmp_path, text, certificates=held, received=paid)
    assert (answer.outcome, ends(answer)) == ("undetermined", (0, 1000))
    assert ("certificate.exam_year", 1) in missing(answer)
    row = quick(tmp_path, certificates=held, received=paid)
    assert row[1:4] == ("undetermined", 0, 100000)


def test_a_certificate_worth_less_is_not_asked_about(tmp_path: Path) -> None:
    """Its doubt moves neither the outcome nor the amount of the better one."""
    amount = (
        "{by: certificate.level, assistant: 1000, social_worker: {range: [1500, 2000]}, senior: 9}"
    )
    text = file(version("2020-01-01", "not_stated", LEVEL, REGISTERED, amount=amount, paid="once"))
    held = [LOW, MID | HERE]
    answer = ask(tmp_path, text, certificates=held)
    assert (answer.outcome, ends(answer), missing(answer)) == ("eligible", (1500, 2000), set())
    assert quick(tmp_path, certificates=held)[5] == frozenset()
    open_ledger = ask(tmp_path, text, certificates=held, received=...)
    assert missing(open_ledger) == {("received", None)}
    row = quick(tmp_path, certificates=held, received=...)
    assert row[5] == frozenset({("received", None)})


def test_the_day_of_a_certificate_that_gets_nothing_anyway_is_not_asked_for(
    tmp_path: Path,
) -> None:
    """Whether a version covers it is open; under each it fails, obtained or not."""
    text = file(
        version("2020", "2021", LEVEL, REGISTERED, more="selected_by: exam_year"),
    )
    held = [{"level": "assistant", "registered_division": "110101"}]
    answer = ask(tmp_path, text, certificates=held)
    assert answer.outcome == "undetermined"
    assert missing(answer) == {("certificate.exam_year", 0)}
    assert quick(tmp_path, certificates=held)[5] == frozenset({("certificate.exam_year", 0)})


@pytest.mark.parametrize("per", ["best", "each"])
def test_a_certificate_without_a_version_or_a_chance_leaves_ineligible(
    tmp_path: Path, per: str
) -> None:
    text = file(version("2020", "2021", LEVEL, REGISTERED, more="selected_by: exam_year"), per=per)
    elsewhere = {"registered_division": "110101"}
    held = [LOW | elsewhere, {"level": "senior", "obtained": "2021-12-01", **elsewhere}]
    answer = ask(tmp_path, text, certificates=held)
    assert (answer.outcome, missing(answer)) == ("ineligible", set())
    assert [f.id for f in answer.findings if f.holds is False] == ["registered"]
    assert quick(tmp_path, certificates=held)[1] == "ineligible"


def test_what_is_asked_of_a_certificate_that_was_paid_is_not_asked_of_it_alone(
    tmp_path: Path,
) -> None:
    """Of unknown exam year it gets nothing, in force or not; beside another it may be the best."""
    text = file(version("2020", "2021", LEVEL, REGISTERED, more="selected_by: exam_year", paid="once_per_level"))  # fmt: skip
    paid = [payment(1000, "assistant")]
    held = [{"level": "assistant", "obtained": "2021-12-01"}]
    answer = ask(tmp_path, text, certificates=held, received=paid)
    assert missing(answer) == {("certificate.exam_year", 0)}
    assert quick(tmp_path, certificates=held, received=paid)[5] == missing(answer)


POST = "{id: post, exists: posts, where: [{fact: social_work, is: true}], at: on}"


@pytest.mark.parametrize("kind", ["one_off", "monthly", "entitlement"])
@pytest.mark.parametrize(
    "how",
    [
        {"certificates": [MID, {"level": "assistant"}]},
        {"certificates": [{"level": "assistant"}, MID]},
        {"certificates": [MID], "partial": ["certificates"]},
    ],
)
def test_what_all_certificates_wait_for_is_asked_and_no_other_certificate(
    tmp_path: Path, kind: str, how: dict[str, Any]
) -> None:
    """One certificate fails nothing of its own and is worth as much as any other could be."""
    pays = kind != "entitlement"
    text = file(
        version(
            "2020-01-01", "not_stated", LEVEL, POST,
            amount="{range: [150, 500]}" if pays else None, paid="once" if kind == "one_off" else None,
        ),
        kind=kind,
    )  # fmt: skip
    answer = ask(tmp_path, text, **how)
    assert answer.outcome == "undetermined"
    assert missing(answer) == {("posts", None)}
    assert quick(tmp_path, **how)[5] == frozenset({("posts", None)})


@pytest.mark.parametrize(
    ("amount", "paid", "received", "asked"),
    [
        (BY_LEVEL, "once_per_level", ..., False),
        ("1000", "once_per_level", ..., True),
        ("1000", "once_per_level", [], False),
        ("1000", "once", ..., False),
        ("{by: certificate.level, assistant: 3000, social_worker: 2000, senior: 3000}", "once", [], True),
        ("{by: certificate.level, assistant: {range: [0, 9]}, social_worker: {at_least: 5}, senior: 9}", "once", [], True),
        ("{by: certificate.level, social_worker: {at_least: 5}, assistant: {at_least: 5}, senior: 9}", "once", [], True),
        ("1000", "{max_times: {times: 2, per: level}}", ..., True),
        ("1000", "{rule: difference_on_upgrade, upgrade_years: 1}", ..., True),
        ("1000", "{rule: once, other_authority_bars: same_level}", ..., True),
        ("1000", "{rule: once, other_authority_bars: any}", ..., False),
    ],
)  # fmt: skip
def test_another_certificate_is_asked_about_where_it_may_bring_more(
    tmp_path: Path, amount: str, paid: str, received: Any, asked: bool
) -> None:
    text = file(version("2020-01-01", "not_stated", LEVEL, POST, amount=amount, paid=paid))
    other = {"level": "assistant", "exam_year": 2020}
    answer = ask(tmp_path, text, certificates=[MID, other], received=received)
    assert (("certificate.obtained", 1) in missing(answer)) is asked
    assert ("posts", None) in missing(answer)
    row = quick(tmp_path, certificates=[MID, other], received=received)
    assert row[5] == frozenset(missing(answer))
    assert row[1:4] == (answer.outcome, *answer.bounds[:2])


@pytest.mark.parametrize("start", ["2020-01-01", "not_stated"])
@pytest.mark.parametrize(
    "paid", ["once_per_level", "{rule: once, other_authority_bars: same_certificate}"]
)
def test_a_second_certificate_of_the_same_exam_is_not_asked_about(
    tmp_path: Path, start: str, paid: str
) -> None:
    more = "seen: 2024-06-01" if start == "not_stated" else ""
    amount = (
        "{by: certificate.level, assistant: {at_least: 5}, social_worker: {at_least: 9}, senior: 9}"
    )
    text = file(version(start, "not_stated", LEVEL, POST, amount=amount, paid=paid, more=more))
    held = [MID, {"level": "social_worker", "exam_year": 2021}]
    answer = ask(tmp_path, text, certificates=held, received=...)
    assert missing(answer) == {("posts", None), ("received", None)}
    assert quick(tmp_path, certificates=held, received=...)[5] == frozenset(missing(answer))


def quick(folder: Path, **profile: Any) -> Any:
    """The row that the function of the scheme gives, which was written by ``ask`` before."""
    facts = {"subject": "worker", "received": [], **profile}
    worker = sg.Worker.model_validate({k: v for k, v in facts.items() if v is not ...})
    answer = row_function(rules(folder)["x/y/a"].scheme)
    assert answer is not None
    on = date(2024, 5, 15)
    return answer(view(worker), on, on)


def test_a_certificate_worth_as_much_as_any_leaves_no_question_about_others(
    tmp_path: Path,
) -> None:
    tie = "{id: tie, not_stated: {zh: 未见, en: not seen}}"
    amount = "{range: [1000, 3000]}"
    text = file(version("2020-01-01", "not_stated", LEVEL, tie, amount=amount, paid="not_stated"))
    how: dict[str, Any] = {"certificates": [MID], "received": [], "partial": ["certificates"]}
    answer = ask(tmp_path, text, **how)
    assert (answer.outcome, ends(answer)) == ("undetermined", (0, 3000))
    assert missing(answer) == set()
    assert quick(tmp_path, **how)[5] == set()


@pytest.mark.parametrize(
    ("paid", "lower_counts"),
    # Where nothing is left of the lower one, only the higher one decides.
    [(2000, False), (800, True)],
)
def test_a_lower_certificate_that_was_paid_is_not_asked_about(
    tmp_path: Path, paid: int, lower_counts: bool
) -> None:
    text = file(
        version("2020-01-01", "not_stated", LEVEL, REGISTERED, amount=BY_LEVEL,
                paid="difference_on_upgrade")
    )  # fmt: skip
    mid = {"level": "social_worker", "exam_year": 2021, **HERE}
    answer = ask(
        tmp_path, text, certificates=[mid, certificate("senior", 2022)],
        received=[payment(paid, "social_worker")],
    )  # fmt: skip
    assert answer.outcome == "undetermined"
    assert ("certificate.registered_division", 1) in missing(answer)
    assert (("certificate.obtained", 0) in missing(answer)) is lower_counts


def test_many_payments_of_which_nothing_is_known_are_each_asked_about(tmp_path: Path) -> None:
    text = file(version("2020-01-01", "not_stated", amount=BY_LEVEL,
                        paid="{rule: once, other_authority_bars: any}"))  # fmt: skip
    unknown = {"exam_year": 2021, "obtained": "2021-12-01"}
    how: dict[str, Any] = {"certificates": [unknown], "received": [{}] * 20}
    answer = ask(tmp_path, text, **how)
    assert {("received.scheme", 19), ("received.paid", 0)} <= missing(answer)
    assert quick(tmp_path, **how)[5] == frozenset(missing(answer))
