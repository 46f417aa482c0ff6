"""Every node has a meaning in columns or says that only the scalar engine answers it."""

from __future__ import annotations

import inspect
from typing import Any

import polars as pl
import pytest

import sgincentive as sg
from sgincentive.columns import answers  # noqa: F401 - registers the meanings
from sgincentive.columns.days import FIRST
from sgincentive.columns.nodes import CONDITIONS, DAYS, QUANTITIES, bounds, span, truth
from sgincentive.columns.row import Place
from sgincentive.columns.rows import Columns, row_of
from sgincentive.columns.values import NotInColumns
from sgincentive.nodes import base, conditions, days, quantities

RULES = sg.load_rules()
NODES = [
    (each, known)
    for module, kind, known in (
        (conditions, base.Condition, CONDITIONS),
        (quantities, base.Quantity, QUANTITIES),
        (days, base.Day, DAYS),
    )
    for each in vars(module).values()
    if inspect.isclass(each) and issubclass(each, kind) and not inspect.isabstract(each)
]  # fmt: skip


def test_there_are_nodes() -> None:
    assert len(NODES) > 50


@pytest.mark.parametrize(("node", "known"), NODES)
def test_a_node_has_a_meaning_in_columns_or_is_scalar_only(node: type, known: object) -> None:
    assert isinstance(known, dict)
    assert (node in known) is not getattr(node, "scalar_only", False)


@pytest.mark.parametrize("meaning", [truth, bounds, span])
def test_a_node_without_a_meaning_in_columns_is_left_to_the_engine(meaning: Any) -> None:
    with pytest.raises(NotInColumns, match="object"):
        meaning(object(), Place(row_of("worker", Columns({}), FIRST, FIRST), "x"))


@pytest.mark.parametrize("known", [CONDITIONS, QUANTITIES, DAYS])
def test_a_meaning_belongs_to_a_node(known: dict[type, object]) -> None:
    assert set(known) <= {node for node, _ in NODES}


def test_the_result_says_which_rows_the_engine_answered() -> None:
    """One scheme in columns, one whose figure only the engine can choose."""
    frame = pl.DataFrame({"certificate.level": ["senior", "none"], "statistic.value": [9000, 9100]})
    made = RULES.check_table(
        frame, schemes=["zhejiang/ningbo/exam-reward", "gansu/community-wage-grade"]
    )
    assert made["zhejiang/ningbo/exam-reward:by_row"].to_list() == [False, False]
    assert made["gansu/community-wage-grade:by_row"].to_list() == [True, True]
