"""The best combination: what excludes what, ties, guides, months, and the limit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sgincentive as sg
from tests.engine.written_rules import VETERAN, file, rules, version


def one(amount: str, more: str = "", kind: str = "one_off", paid: str | None = "once") -> str:
    return file(
        version("2020-01-01", "not_stated", VETERAN, amount=amount, paid=paid), kind=kind, more=more
    )


def excludes(*names: str) -> str:
    return f"stacking: {{excludes: [{', '.join('x/y/' + n for n in names)}]}}\n"


def combine(folder: Path, period: bool = False, **files: str) -> Any:
    set_of_rules = rules(folder, **files)
    worker = sg.Worker.model_validate({"subject": "worker", "veteran": True, "received": []})
    months: dict[str, Any] = {"start": "2024-01", "stop": "2024-03"} if period else {}
    found = set_of_rules.combine(
        set_of_rules.check(worker, on=date(2024, 5, 15), everywhere=True, **months)
    )
    return [id.removeprefix("x/y/") for id in found.schemes], found


@pytest.mark.parametrize(
    ("files", "schemes", "low", "high"),
    [
        ({"a": one("1000"), "b": one("700")}, ["a", "b"], 170000, 170000),
        ({"a": one("1000", excludes("b")), "b": one("700")}, ["a"], 100000, 100000),
        ({"a": one("700", excludes("b")), "b": one("1000")}, ["b"], 100000, 100000),
        ({"a": one("700", excludes("b")), "b": one("700")}, ["a"], 70000, 70000),
        # One scheme rather than two that bring the same.
        ({"a": one("300"), "b": one("400"), "c": one("700", excludes("a", "b"))}, ["c"], 70000, 70000),
        ({"a": one("{range: [100, 900]}", excludes("b")), "b": one("{range: [100, 500]}")}, ["a"], 10000, 90000),
        ({"a": one("{at_least: 100}", excludes("b")), "b": one("{range: [100, 500]}")}, ["a"], 10000, None),
        # The middle of a chain against both of its ends.
        ({"a": one("400", excludes("b")), "b": one("700", excludes("c")), "c": one("400")}, ["a", "c"], 80000, 80000),
        ({"a": one("700", "relations: [{implements: x/y/b}]\n"), "b": one("700")}, ["a"], 70000, 70000),
        ({"a": one("700", "relations: [{supplements: x/y/b}]\n"), "b": one("700")}, ["a", "b"], 140000, 140000),
        ({"a": one("700", excludes("old")), "b": one("800", "aliases: [x/y/old]\n")}, ["b"], 80000, 80000),
        ({"a": one("700", "stacking: {not_stated: [x/y/b]}\n"), "b": one("800", "stacking: {not_stated: [x/y/a]}\n")}, ["a", "b"], 80000, 150000),
    ],
)  # fmt: skip
def test_combinations(
    tmp_path: Path, files: dict[str, Any], schemes: list[str], low: int, high: int | None
) -> None:
    taken, found = combine(tmp_path, **files)
    assert (taken, found.low, found.high) == (schemes, low, high)
    assert {id for id, _ in found.apart} == {"x/y/" + n for n in files} - set(found.schemes)


def test_months_and_guides_stand_apart(tmp_path: Path) -> None:
    guide = one("700").replace("per: best", "per: best, strength: guidance")
    files: dict[str, Any] = {
        "a": one("1000"),
        "b": one("500", kind="monthly", paid=None),
        "c": guide,
    }
    taken, found = combine(tmp_path, **files)
    assert (taken, found.low) == (["a"], 100000)
    assert [id for id, _ in found.apart] == ["x/y/b", "x/y/c"]
    taken, found = combine(tmp_path, period=True, **files)
    assert (taken, found.low) == (["a", "b"], 250000)


def monthly(requirement: str, **more: Any) -> str:
    made = version("2020-01-01", "not_stated", requirement, amount="500", paid=None)
    return file(made, kind=more.pop("kind", "monthly"))


def test_a_period_counts_by_its_months_and_not_by_the_day_asked_about(tmp_path: Path) -> None:
    """Asked in May, about January to March."""
    files: dict[str, Any] = {
        "a": monthly("{id: till-february, day: on, before: 2024-03-01}"),
        "b": monthly("{id: from-april, day: on, not_before: 2024-04-01}"),
        "c": monthly(VETERAN, kind="yearly"),
        "d": one("700"),
    }
    taken, found = combine(tmp_path, period=True, **files)
    assert (taken, found.low, found.high) == (["a", "d"], 170000, 170000)
    reasons = {id: text.en for id, text in found.apart}
    assert reasons == dict.fromkeys(["x/y/b", "x/y/c"], "nothing is due in the period")


@pytest.mark.parametrize("size", [20, 21])
@pytest.mark.parametrize("star", [True, False])
def test_many_that_exclude_each_other(tmp_path: Path, size: int, star: bool) -> None:
    names = [f"s{i:02}" for i in range(size)]
    files: dict[str, Any] = {
        name: one(str(100 + i), excludes(*(n for n in names if n != name)) if i == 0 or not star else "")
        for i, name in enumerate(names)
    }  # fmt: skip
    taken, found = combine(tmp_path, **files)
    if size > 20:
        assert taken == []
        assert len(found.apart) == size
        assert "20" in found.why[0].en
    else:
        assert taken == (names[1:] if star else names[-1:])
