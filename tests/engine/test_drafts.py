"""A draft gives nothing; asked with ``drafts`` it says what it would give, and gives no claim."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sgincentive as sg
from tests.engine.written_rules import (
    BY_LEVEL,
    VETERAN,
    ask,
    certificate,
    ends,
    file,
    payment,
    rules,
    version,
)

DRAFT = "status: [{status: draft}]"
UNTIL_JUNE = "status: [{status: draft, until: 2024-06-30}]"


@pytest.mark.parametrize(
    ("profile", "outcome", "amount"),
    [
        ({"certificates": [certificate("senior")]}, "eligible", (3000, 3000)),
        ({"certificates": []}, "ineligible", (0, 0)),
        ({"certificates": [certificate()], "received": ...}, "undetermined", (0, 1000)),
        ({"certificates": [certificate()], "received": [payment()]}, "ineligible", (0, 0)),
    ],
)
def test_a_draft_is_answered_as_if_it_were_in_force(
    tmp_path: Path, profile: dict[str, Any], outcome: str, amount: Any
) -> None:
    text = file(version(amount=BY_LEVEL, more=DRAFT))
    silent = ask(tmp_path, text, **profile)
    assert (silent.outcome, silent.status, silent.of_draft) == ("not_in_force", "draft", False)
    assert silent.nearest is not None
    told = ask(tmp_path, text, **profile, drafts=True)
    assert (told.outcome, told.status, told.of_draft) == (outcome, "draft", True)
    assert ends(told) == amount
    assert told.version is not None
    assert told.nearest is None


@pytest.mark.parametrize("status", ["superseded", "suspended", "exhausted"])
def test_other_statuses_stay(tmp_path: Path, status: str) -> None:
    answer = ask(tmp_path, file(version(more=f"status: [{{status: {status}}}]")), drafts=True)
    assert (answer.outcome, answer.status) == ("not_in_force", status)


def test_terms_in_force_answer_as_ever(tmp_path: Path) -> None:
    assert ask(tmp_path, file(version()), drafts=True) == ask(tmp_path, file(version()))
    before = ask(tmp_path, file(version(more=DRAFT)), "2019-12-31", drafts=True)
    assert (before.outcome, before.status) == ("not_in_force", None)


@pytest.mark.parametrize(("on", "draft"), [("2024-06-30", True), ("2024-07-01", False)])
def test_a_draft_until_it_comes_into_force(tmp_path: Path, on: str, draft: bool) -> None:
    answer = ask(tmp_path, file(version(more=UNTIL_JUNE)), on, drafts=True)
    assert (answer.outcome, answer.of_draft) == ("eligible", draft)


def test_a_draft_never_raises_what_terms_in_force_give(tmp_path: Path) -> None:
    by = "selected_by: exam_year"
    text = file(
        version("2020", "2021", amount="500", more=by),
        version("2022", "2023", amount="9000", more=f"{by}\n{DRAFT}"),
    )
    both = [certificate(year=2021), certificate("senior", 2022)]
    answer = ask(tmp_path, text, certificates=both, drafts=True)
    assert (ends(answer), answer.status) == ((500, 500), None)
    answer = ask(tmp_path, text, certificates=both[1:], drafts=True)
    assert (ends(answer), answer.status) == ((9000, 9000), "draft")


def test_before_it_was_seen_even_the_draft_is_open(tmp_path: Path) -> None:
    text = file(version("not_stated", more=f"seen: 2024-05-10\n{DRAFT}"))
    answer = ask(tmp_path, text, "2024-05-09", drafts=True)
    assert (answer.outcome, answer.status) == ("undetermined", "draft")
    assert answer.open_text


def worker() -> sg.Worker:
    return sg.Worker.model_validate({"subject": "worker", "veteran": True, "received": []})


def test_a_draft_is_never_in_the_sum(tmp_path: Path) -> None:
    stacking = "stacking: {excludes: [x/y/a]}\n"
    set_of_rules = rules(
        tmp_path,
        a=file(version("2020-01-01", "not_stated", VETERAN, paid="once")),
        b=file(
            version("2020-01-01", "not_stated", VETERAN, amount="9000", paid="once", more=DRAFT),
            more=stacking,
        ),
    )
    on = date(2024, 5, 15)
    found = {d.scheme.id: d for d in set_of_rules.check(worker(), on=on, drafts=True)}
    assert {id: (d.outcome, d.status) for id, d in found.items()} == {
        "x/y/a": ("eligible", None), "x/y/b": ("eligible", "draft"),
    }  # fmt: skip
    best = set_of_rules.combine(list(found.values()))
    assert (best.schemes, best.low, best.high) == (("x/y/a",), 100000, 100000)
    ((id, why),) = best.apart
    assert id == "x/y/b"
    assert "征求意见稿" in why.zh
    assert "draft" in why.en
    outcomes = {id: outcome for id, outcome, *_ in set_of_rules.outcomes(worker(), on=on)}
    assert outcomes == {"x/y/a": "eligible", "x/y/b": "not_in_force"}


def test_a_draft_overrides_nothing(tmp_path: Path) -> None:
    lower = "relations: [{overrides: x/y/a, where: {fact: veteran, is: true}}]\n"
    terms = version("2020-01-01", "not_stated", VETERAN, paid="once")
    drafted = version("2020-01-01", "not_stated", VETERAN, paid="once", more=DRAFT)
    for text, outcome in ((terms, "ineligible"), (drafted, "eligible")):
        set_of_rules = rules(tmp_path, a=file(terms), b=file(text, more=lower))
        answer = set_of_rules["x/y/a"].check(worker(), on=date(2024, 5, 15), drafts=True)
        assert answer.outcome == outcome


@pytest.mark.parametrize(
    ("on", "rows"),
    [
        ("2024-05-15", ["eligible", "eligible", "eligible"]),
        ("2024-07-15", ["ineligible", "ineligible", "eligible"]),
    ],
)
def test_months_of_a_draft_stand_beside_a_draft_alone(
    tmp_path: Path, on: str, rows: list[str]
) -> None:
    """Asked on a day in force, the months of the draft before it pay nothing."""
    text = file(version(paid=None, more=UNTIL_JUNE), kind="monthly")
    answer = ask(tmp_path, text, on, start="2024-05", stop="2024-07", drafts=True)
    assert answer.schedule is not None
    assert [row.outcome for row in answer.schedule] == rows


def test_the_longest_term_of_a_draft(tmp_path: Path) -> None:
    more = f"rhythm: {{term_months: 6}}\n{DRAFT}"
    text = file(version("2023-01-01", paid=None, more=more), kind="monthly")
    outcomes = [ask(tmp_path, text, on, drafts=True).outcome for on in ("2023-06-30", "2023-07-01")]
    assert outcomes == ["eligible", "ineligible"]
