"""DuckDB: the steps of a statement over a relation, and rows that are asked one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from sgincentive.columns.backends import backend_of

if TYPE_CHECKING:
    from sgincentive.columns.finish import Finisher
    from sgincentive.columns.statements import Layers, Output


def projected(relation: Any, layers: Layers) -> Any:
    """The relation of the last columns. A statement as one text would be read and bound several
    times over before it runs."""
    import duckdb

    def terms(columns: Sequence[Output]) -> list[Any]:
        return [duckdb.sql_expr(term).alias(name) for term, name in columns]

    for step in layers.steps:
        relation = relation.project(duckdb.StarExpression(), *terms(step))
    return relation.project(*terms(layers.last))


def duck_batches(relation: Any, finisher: Finisher) -> Any:
    """The answers of a relation, held in memory as an Arrow table, as a relation again."""
    import duckdb

    table = relation.to_arrow_table()
    arrow = replace(finisher, backend=replace(backend_of(table), names=finisher.backend.names))
    made = arrow.in_memory(nw.from_native(table, eager_only=True)).to_native()
    return duckdb.from_arrow(made)
