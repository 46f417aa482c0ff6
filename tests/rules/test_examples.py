"""Every rule file loads without a finding, and each of its examples gets the answer it expects."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sgincentive.decision import Amount
from sgincentive.engine.check import Question, check
from sgincentive.facts import subject_from, view
from sgincentive.schemes.load import load_scheme
from sgincentive.schemes.model import Example, Scheme

RULES = Path(__file__).parents[2] / "rules"
FILES = sorted(RULES.rglob("*.yaml"))


def load(path: Path) -> tuple[Scheme | None, Any]:
    id = path.relative_to(RULES).with_suffix("").as_posix()
    return load_scheme(path.read_text("utf-8"), path.relative_to(RULES.parent).as_posix(), id)


def name_of(path: Path) -> str:
    return path.relative_to(RULES).with_suffix("").as_posix()


def examples() -> Iterator[Any]:
    for path in FILES:
        scheme, _ = load(path)
        for number, example in enumerate(scheme.examples if scheme else (), 1):
            yield pytest.param(scheme, example, id=f"{name_of(path)}-{number}")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_loads_without_a_finding(path: Path) -> None:
    scheme, problems = load(path)
    assert problems.found == []
    assert scheme is not None
    assert path.read_text("utf-8").startswith("# ")
    assert len(scheme.examples) >= 3


@pytest.mark.parametrize(("scheme", "example"), list(examples()))
def test_example(scheme: Scheme, example: Example) -> None:
    subject = subject_from(example.given)
    facts = view(subject)
    on = example.on
    assert on is not None, "an example says on which day it is asked"
    decision = check(scheme, facts, Question(on, facts.get("applied", on)))
    expect = example.expect
    assert decision.outcome == expect["outcome"]
    if "amount" in expect:
        assert_amount(decision.amount, expect["amount"])
    if "entitled" in expect:
        assert_amount(decision.entitled, expect["entitled"])
    if "missing" in expect:
        assert {m.fact for m in decision.missing} == set(expect["missing"])
    if "version" in expect:
        assert decision.version is not None
        assert decision.version.id == expect["version"]
    if "status" in expect:
        assert decision.status == expect["status"]
    if "standing" in expect:
        assert decision.standing == expect["standing"]
    for key, holds in (("fails", False), ("unknown", None)):
        if key in expect:
            found = {f.id for f in decision.findings if f.applies and f.holds is holds}
            assert found == set(expect[key])


def assert_amount(amount: Amount | None, expected: Any) -> None:
    """The amount is the number, the range (null: no upper end), or not_published."""
    assert amount is not None
    if expected == "not_published":
        assert (amount.min, amount.max, amount.published) == (None, None, False)
        return
    low, high = expected if isinstance(expected, list) else (expected, expected)
    assert (amount.min, amount.max) == (number(low), number(high))


def number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
