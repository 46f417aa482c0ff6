"""PySpark where some rows are asked one by one: by Arrow batches, persons kept together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from sgincentive.columns.backends import Backend
from sgincentive.columns.lower import Lowering

if TYPE_CHECKING:
    from sgincentive.columns.finish import Finisher


def spark_batches(frame: Any, finisher: Finisher) -> Any:
    """The answers of a PySpark frame of which some rows are asked one by one."""
    import pyarrow as pa
    from pyspark.sql.pandas.types import from_arrow_schema

    names = list(finisher.backend.names)
    backend = Backend(None, None, nw.Implementation.PYARROW, names, True)
    carried = replace(
        finisher, backend=backend, lowering=Lowering("pyarrow"),
        raw=[raw.bare() for raw in finisher.raw],
    )  # fmt: skip

    def finished(table: Any) -> Any:
        given = table.rename_columns([*names, *table.column_names[len(names) :]])
        made = carried.in_memory(nw.from_native(given, eager_only=True)).to_native()
        return pa.table(
            {
                name: column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
                for name, column in zip(made.column_names, made.columns, strict=True)
            }
        )

    def batches(several: Iterator[Any]) -> Iterator[Any]:
        for batch in several:
            yield from finished(pa.Table.from_batches([batch])).to_batches()

    schema = from_arrow_schema(finished(frame.limit(0).toArrow()).schema)
    if finisher.person is None:
        return frame.mapInArrow(batches, schema)
    return frame.groupBy(finisher.backend.safe(finisher.person)).applyInArrow(finished, schema)
