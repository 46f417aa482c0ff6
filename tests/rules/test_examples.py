"""Every rule file loads without a finding, and each of its examples gets the answer it expects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sgincentive.desk.drafts import open_desk
from sgincentive.desk.examples import untried
from sgincentive.desk.judge import ask, differences, prepare
from sgincentive.desk.skeleton import modeline
from sgincentive.ruleset import Rules
from sgincentive.schemes.model import Example, Scheme

RULES = Path(__file__).parents[2] / "rules"
DESK = open_desk(RULES)
DRAFTS = {draft.id: draft for draft in DESK.drafts}


def examples() -> Iterator[Any]:
    for draft in DESK.drafts:
        for number, example in enumerate(draft.scheme.examples if draft.scheme else (), 1):
            yield pytest.param(draft.scheme, example, id=f"{draft.id}-{number}")


def test_every_file_was_read() -> None:
    assert DESK.problems == ()
    assert len(DRAFTS) == len(list(RULES.rglob("*.yaml")))


@pytest.mark.parametrize("id", DRAFTS)
def test_file(id: str) -> None:
    draft = DRAFTS[id]
    assert draft.scheme is not None
    first, second = draft.text.split("\n")[:2]
    assert first == modeline(id)
    assert second.startswith("# ")
    assert len(draft.scheme.examples) >= 3


@pytest.mark.parametrize("id", DRAFTS)
def test_every_term_is_tried_both_ways(id: str) -> None:
    draft = DRAFTS[id]
    assert draft.scheme is not None
    cases = [prepare(example, draft.scheme.subject) for example in draft.scheme.examples]
    assert [(found.line, found.text.en) for found in untried(draft, cases)] == []


@pytest.mark.parametrize(("scheme", "example"), list(examples()))
def test_example(scheme: Scheme, example: Example) -> None:
    case = prepare(example, scheme.subject)
    rules = Rules([scheme, *DESK.around(scheme)])
    assert list(differences(case, scheme, ask(case, scheme, rules))) == []
