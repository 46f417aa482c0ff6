"""Every rule file on tables: row by row what the scalar engine says, whatever the library.

``SGINCENTIVE_ROWS`` and ``SGINCENTIVE_SEEDS`` make it a deeper run, ``SGINCENTIVE_EVERY`` takes
all rule files to Spark too.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sgincentive as sg
from sgincentive.facts import lists
from sgincentive.schemes.model import Scheme
from tests.columns.libraries import EVERY, EVERY_QUICKLY, Library
from tests.columns.rosters import parts_of, roster
from tests.columns.sameness import Said, by_columns, by_engine, differences

RULES = sg.load_rules()
IDS = list(RULES)
ROWS = int(os.environ.get("SGINCENTIVE_ROWS", "12"))
SEEDS = int(os.environ.get("SGINCENTIVE_SEEDS", "1"))
DAYS = [None, date(2025, 1, 10), date(2024, 6, 30), date(2023, 3, 1), date(2026, 5, 1)]


@dataclass(frozen=True)
class Asked:
    """A table, the question, and what the engine says of each row."""

    scheme: Scheme
    table: pa.Table
    on: date | None
    complete: Sequence[str]
    expected: Sequence[Said]

    def same(self, run: Library) -> None:
        """A library says the same."""
        found = run(RULES, self.table, schemes=self.scheme.id, on=self.on, complete=self.complete)
        said = by_columns(found, self.scheme)
        assert not differences(self.scheme, self.table.to_pylist(), self.expected, said)


def asked(id: str, seed: int) -> Asked:
    """A table about a rule file."""
    scheme = RULES[id].scheme
    draw = random.Random(f"{id} {seed}")
    on = draw.choice(DAYS)
    complete = [
        name
        for name in ("received", "posts")
        if name in lists(scheme.subject) and draw.random() < 0.5
    ]
    table = roster(scheme, seed, ROWS, RULES.overriding(scheme))
    expected = by_engine(RULES, scheme, table.to_pylist(), on, complete, date.today())
    return Asked(scheme, table, on, complete, expected)


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("id", IDS)
def test_every_library_says_what_the_engine_says(id: str, seed: int) -> None:
    question = asked(id, seed)
    for run in EVERY_QUICKLY.values():
        question.same(run)


@settings(max_examples=max(6, settings().max_examples))
@given(st.sampled_from(IDS), st.integers(SEEDS, 10**6), st.sampled_from(sorted(EVERY)))
def test_any_table_gets_the_engines_answers(id: str, seed: int, library: str) -> None:
    asked(id, seed).same(EVERY[library])


def covering() -> list[str]:
    """A few rule files in which every node of all of them occurs."""
    nodes = {id: {type(node) for node in parts_of(RULES[id].scheme)} for id in IDS}
    left = set().union(*nodes.values())
    found = []
    while left:
        best = max(IDS, key=lambda id: (len(nodes[id] & left), -len(nodes[id]), id))
        found.append(best)
        left -= nodes[best]
    return found


@pytest.mark.parametrize("id", IDS if os.environ.get("SGINCENTIVE_EVERY") else covering())
def test_spark_says_what_the_engine_says(id: str, spark: Any) -> None:
    def on_spark(rules: sg.Rules, table: pa.Table, **question: Any) -> pa.Table:
        return rules.check_table(spark.createDataFrame(table), **question).toArrow()

    asked(id, 0).same(on_spark)
