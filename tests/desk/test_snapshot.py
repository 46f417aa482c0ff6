"""What made-up people get, as text for a review."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sgincentive.desk.people import people
from sgincentive.desk.snapshot import read_snapshots, snapshots, write_snapshots
from sgincentive.facts import subject_kinds, view
from sgincentive.ruleset import Rules
from tests.desk.made_up import FILE, HEAD, VERSION, draft, file

DAY = date(2024, 6, 30)


def page(text: str) -> list[str]:
    scheme = draft(text).scheme
    assert scheme is not None
    return snapshots(Rules([scheme]))["x"].splitlines()


@pytest.mark.parametrize("kind", subject_kinds)
def test_people_are_the_same_everywhere_and_differ_by_place(kind: str) -> None:
    here, there = people(kind, "330200", DAY), people(kind, "330300", DAY)
    assert [p.name for p in here] == [p.name for p in there]
    assert len({p.name for p in here}) == len(here) >= 4
    assert all(view(p.subject)["subject"] == kind for p in here)
    assert here != there
    assert people(kind, "330200", DAY)[0].subject == here[0].subject


def test_workers_of_each_level_role_and_age() -> None:
    facts = {
        p.name: view(p.subject) for p in people("worker", "330200", DAY, {"x/a": {"ok": True}})
    }
    assert len(facts) == 13
    assert facts["G-agency-5y"]["certificates"][0]["level"] == "senior"
    assert facts["G-agency-5y"]["certificates"][0]["exam_year"] == 2019
    assert facts["A-community-1y"]["posts"][0]["role"] == "community_worker"
    assert facts["A-community-1y"]["posts"][0]["start"] == date(2022, 6, 1)
    assert facts["none-community-5y"]["certificates"] == []
    assert facts["A-community-1y"]["confirmed"] == {"x/a": {"ok": True}}


def test_answers_by_day() -> None:
    lines = page(FILE)
    assert lines[4:] == [
        "x/a · 330200 宁波市",
        "  2020-06-30, 2022-06-30, 2024-06-30, 2025-06-30",
        "    eligible 1000.00: A-community-1y A-community-5y A-agency-1y A-agency-5y",
        "    eligible 2000.00: S-community-1y S-community-5y S-agency-1y S-agency-5y",
        "    ineligible (fails level): G-community-1y G-community-5y G-agency-1y G-agency-5y",
        "    ineligible (fails certificate): none-community-5y",
    ]


def test_days_that_differ_stand_apart() -> None:
    lines = page(FILE.replace("from: 2020-01-01", "from: 2023-01-01"))
    assert "  2020-06-30, 2022-06-30" in lines
    assert "  2024-06-30, 2025-06-30" in lines
    assert sum("not_in_force" in line for line in lines) == 1


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("not_published", "eligible not published: "),
        ("{range: [200, 600]}", "eligible 200.00..600.00: "),
        ("{at_least: 200}", "eligible 200.00..: "),
    ],
)
def test_amounts(amount: str, shown: str) -> None:
    lines = page(FILE.replace("assistant: 1000", f"assistant: {amount}"))
    assert sum(line.strip().startswith(shown) for line in lines) == 1


def test_what_is_missing() -> None:
    terms = """\
    requires: [{id: points, fact: points_total, at_least: 3}]
    amount: 1000
    paid_before: once
"""
    lines = page(file(terms, ""))
    assert lines[-1] == "    undetermined 0.00..1000.00 (missing points_total): all"


def test_an_office_said_yes() -> None:
    terms = """\
    requires: [{id: ok, confirmed: ok, text: {zh: 已审, en: reviewed}}]
    amount: 1000
    paid_before: once
"""
    assert page(file(terms, ""))[-1] == "    eligible 1000.00: all"


def test_verdicts() -> None:
    verdict = (
        (
            f"{HEAD}versions:\n{VERSION}    requires: [{{id: ten, fact: staff.total, at_least: 10}}]\n"
        )
        .replace("worker", "station")
        .replace("{kind: one_off, per: best}", "{kind: verdict}")
    )
    assert page(verdict)[-2:] == [
        "    non_compliant (fails ten): small-20% small-40%",
        "    compliant: large-20% large-40%",
    ]


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    pages = {"a": "1\n", "b": "2\n"}
    assert write_snapshots(tmp_path / "s", pages) == ["a", "b"]
    assert read_snapshots(tmp_path / "s") == pages
    assert write_snapshots(tmp_path / "s", pages) == []
    assert write_snapshots(tmp_path / "s", {"b": "3\n"}) == ["b", "a"]
    assert read_snapshots(tmp_path / "s") == {"b": "3\n"}
