"""Dask frames: nothing is computed by asking, and rows of a person are found in all partitions."""

from __future__ import annotations

from datetime import date
from typing import Any

import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
import pytest

from sgincentive.columns import TableError
from tests.columns.test_tables import NINGBO, ON, RULES, people, said


def frame(table: pa.Table, parts: int) -> Any:
    return dd.from_pandas(table.to_pandas(types_mapper=pd.ArrowDtype), npartitions=parts)


def computed(found: Any) -> pa.Table:
    return pa.Table.from_pandas(found.compute(scheduler="sync"))


def test_nothing_is_computed_by_asking() -> None:
    whole = people().to_pandas(types_mapper=pd.ArrowDtype)
    read: list[int] = []

    def part(number: int) -> pd.DataFrame:
        read.append(number)
        return whole

    lazy = dd.from_map(part, [0, 1], meta=whole.iloc[:0])
    found = RULES.check_table(lazy, schemes=NINGBO, on=ON)
    assert isinstance(found, dd.DataFrame)
    assert not read
    made = found.compute(scheduler="sync")
    assert sorted(read) == [0, 1]
    assert len(made) == 6


def test_types_are_those_that_were_promised() -> None:
    """An amount that is empty in one partition alone has the same type in all of them."""
    found = RULES.check_table(frame(people(), 3), schemes=NINGBO, on=ON)
    for part in found.partitions:
        made = part.compute(scheduler="sync")
        assert dict(made.dtypes) == dict(found.dtypes)


def test_rows_of_a_person_in_different_partitions_are_one_profile() -> None:
    who = ["a", "b", "c", "a", None, None]
    twice = pa.concat_tables([people(), people()]).append_column("谁", pa.array(who))
    found = RULES.check_table(frame(twice, 3), schemes=NINGBO, on=ON, person="谁")
    made = found.compute(scheduler="sync").sort_index()
    wanted = RULES.check_table(twice, schemes=NINGBO, on=ON, person="谁")
    assert list(made[f"{NINGBO}:by_row"]) == [True, False, False, True, False, False]
    for name in ("outcome", "by_row"):
        assert list(made[f"{NINGBO}:{name}"]) == said(wanted, name)


def test_tables_of_their_own_are_joined_across_partitions() -> None:
    paid = pa.table(
        {"谁": ["a", "a", "b"], "scheme": [NINGBO] * 3, "received.level": ["中级", "初级", "高级"],
         "amount": [1, 1, 1], "paid": [date(2025, 1, 2)] * 3}
    )  # fmt: skip
    table = people(谁=["a", "b", "c"]).drop_columns(["已发记录"])
    asked: dict[str, Any] = {"schemes": NINGBO, "on": ON, "person": "谁"}
    found = RULES.check_table(frame(table, 3), tables={"received": frame(paid, 2)}, **asked)
    wanted = RULES.check_table(table, tables={"received": paid}, **asked)
    made = found.compute(scheduler="sync").sort_values("谁")
    for name in ("outcome", "by_row"):
        assert list(made[f"{NINGBO}:{name}"]) == said(wanted, name)


def test_what_cannot_be_asked_is_said_at_once() -> None:
    with pytest.raises(TableError, match="obtained"):
        RULES.check_table(frame(pa.table({"certificate.obtaned": [ON]}), 1), schemes=NINGBO)
    paid = pa.table({"谁": [1], "amount": [1]})
    table = people(谁=["a", "b", "c"]).drop_columns(["已发记录"])
    with pytest.raises(TableError, match="must have the type that it has in the frame"):
        RULES.check_table(frame(table, 1), schemes=NINGBO, person="谁",
                          tables={"received": frame(paid, 1)})  # fmt: skip
    with pytest.raises(TableError, match="same kind of frame"):
        RULES.check_table(frame(table, 1), schemes=NINGBO, person="谁", tables={"received": paid})
