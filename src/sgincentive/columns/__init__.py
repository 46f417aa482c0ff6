"""Rule files on tables: the same nodes as expressions over the columns of a data frame.

``check_table`` adds the answers to a user's own frame (Polars, pandas, PyArrow, DuckDB, PySpark);
``profile_of`` says which profile a row stands for. The floor stands on nodes, schemes, engine and
decision, and needs narwhals (``pip install 'sgincentive[columns]'``).

- ``headings``, ``profile``, ``reading``: from headings and cells to facts
- ``expr``, ``values``, ``days``: expressions over columns; truths, bounds and days made of them
- ``row``, ``rows``, ``breaches``: a row as the engine sees a subject
- ``nodes`` and the ``*_nodes``: what each node means in columns
- ``answers``, ``ledger``, ``compiled``: a scheme in columns
- ``lower``, ``backends``, ``finish``: the words of each library; ``by_rows``: single rows
- ``statements``, ``warehouse``, ``sql``: the same as SQL, run on DuckDB and Spark, or printed
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {"check_table": "table", "profile_of": "profile", "TableError": "headings",
          "unique_heading": "headings", "decided_by": "by_rows"}  # fmt: skip


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
