"""One table checked by each library: the answers always as an Arrow table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import dask.dataframe as dd
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

from sgincentive.ruleset import Rules

Library = Callable[..., pa.Table]


def polars(rules: Rules, table: pa.Table, **asked: Any) -> pa.Table:
    return rules.check_table(pl.from_arrow(table), **asked).to_arrow()


def lazy_polars(rules: Rules, table: pa.Table, **asked: Any) -> pa.Table:
    return rules.check_table(pl.DataFrame(table).lazy(), **asked).collect().to_arrow()


def pandas(rules: Rules, table: pa.Table, **asked: Any) -> pa.Table:
    return pa.Table.from_pandas(rules.check_table(table.to_pandas(), **asked))


def arrow_pandas(rules: Rules, table: pa.Table, **asked: Any) -> pa.Table:
    """Pandas whose columns are Arrow's."""
    frame = table.to_pandas(types_mapper=pd.ArrowDtype)
    found = rules.check_table(frame, **asked)
    assert (found.dtypes[: len(frame.columns)] == frame.dtypes).all()
    return pa.Table.from_pandas(found)


def arrow(rules: Rules, table: pa.Table, **asked: Any) -> pa.Table:
    return rules.check_table(table, **asked)


def on_duckdb(rules: Rules, table: pa.Table, **asked: Any) -> pa.Table:
    connection = duckdb.connect()
    connection.register("people", table)
    found = rules.check_table(connection.sql("select * from people"), **asked)
    return found.to_arrow_table()


def on_dask(rules: Rules, table: pa.Table, **asked: Any) -> pa.Table:
    """Dask, in two parts."""
    frame = dd.from_pandas(table.to_pandas(types_mapper=pd.ArrowDtype), npartitions=2)
    found = rules.check_table(frame, **asked)
    made = found.compute(scheduler="sync").sort_index()
    assert list(made.columns) == list(found.columns)
    return pa.Table.from_pandas(made, preserve_index=False)


def quick_duckdb(rules: Rules, table: pa.Table, **asked: Any) -> pa.Table:
    """DuckDB without its longest planning, which a few rows are not worth."""
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute("SET disabled_optimizers = 'expression_rewriter'")
    connection.register("people", table)
    found = rules.check_table(connection.sql("select * from people"), **asked)
    return found.to_arrow_table()


IN_MEMORY: dict[str, Library] = {"polars": polars, "pandas": pandas, "pyarrow": arrow}
EVERY: dict[str, Library] = {**IN_MEMORY, "lazy polars": lazy_polars, "duckdb": on_duckdb}
EVERY_QUICKLY: dict[str, Library] = {**EVERY, "duckdb": quick_duckdb}
EVERY |= {"dask": on_dask, "pandas of Arrow": arrow_pandas}
