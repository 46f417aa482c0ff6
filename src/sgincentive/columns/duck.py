"""DuckDB where some rows are asked one by one: the answers pass through Arrow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from sgincentive.columns.backends import backend_of

if TYPE_CHECKING:
    from sgincentive.columns.finish import Finisher


def duck_batches(relation: Any, finisher: Finisher) -> Any:
    """The answers of a relation, held in memory as an Arrow table, as a relation again."""
    import duckdb

    table = relation.to_arrow_table()
    arrow = replace(finisher, backend=replace(backend_of(table), names=finisher.backend.names))
    made = arrow.in_memory(nw.from_native(table, eager_only=True)).to_native()
    return duckdb.from_arrow(made)
