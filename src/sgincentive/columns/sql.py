"""A scheme as a statement that a warehouse can run, printed and not run."""

from __future__ import annotations

import sys
import threading
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import narwhals as nw

from sgincentive.columns.backends import Backend
from sgincentive.columns.headings import TableError
from sgincentive.columns.reading import Options
from sgincentive.columns.table import Check, Question
from sgincentive.columns.used import facts_used, words_used
from sgincentive.facts import facts
from sgincentive.words import Text

if TYPE_CHECKING:
    from sgincentive.ruleset import Rules

Dialect = Literal["duckdb", "postgres", "spark"]
DIALECTS: Final = ("duckdb", "postgres", "spark")
TABLE: Final = "roster"
STACK: Final = 512 * 2**20
DEPTH: Final = 100_000
TYPES: Final[Mapping[str, str]] = {
    "bool": "boolean", "date": "date", "year": "bigint", "count": "bigint", "months": "bigint",
    "number": "bigint", "money": "bigint",
}  # fmt: skip


def columns_of(rules: Rules, id: str) -> dict[str, tuple[str, str]]:
    """The columns that the statement of a scheme reads: SQL type and what the cells are."""
    scheme = rules[id].scheme
    about = facts(scheme.subject)
    found = {}
    for name in facts_used(scheme):
        type_ = about[name].type
        said = {"money": "fen", "number": "whole numbers", "division": "codes"}.get(type_, type_)
        found[name] = (TYPES.get(type_, "text"), said)
    found |= dict.fromkeys(words_used(scheme), ("boolean", "word of an office"))
    return found


def statement(
    rules: Rules,
    id: str,
    dialect: Dialect = "duckdb",
    *,
    on: date | None = None,
    table: str = TABLE,
    complete: Collection[str] = (),
    reasons: bool = True,
) -> str:
    """The SELECT that adds the answers of a scheme to the rows of ``table``.

    The table has the columns of :func:`columns_of`: words, codes and dates of the library's own,
    amounts in whole fen. Raises UnknownScheme; TableError where the scheme cannot be expressed in
    columns.
    """
    import duckdb

    scheme = rules[id].scheme
    columns = columns_of(rules, id)
    if not table.isidentifier():
        raise ValueError(f"no name of a table: {table!r}")
    connection = duckdb.connect()
    connection.execute(
        f"CREATE TABLE {table} ("
        + ", ".join(f'"{name}" {type_}' for name, (type_, _) in columns.items())
        + ")"
    )
    relation = connection.table(table)
    source = nw.from_native(relation)
    backend = SqlBackend(relation, source, source.implementation, list(columns), False)
    question = Question(
        scheme.subject, on, date.today(), tuple(complete), None, Options("fen", True, ()),
        None, (), reasons,
    )  # fmt: skip
    check = Check(rules, [scheme], question, backend)
    made = check.run()
    if check.by_rows:
        raise TableError(
            [
                Text(
                    f"{scheme.id} 不能写成一条语句：{check.by_rows}",
                    f"{scheme.id} cannot be written as one statement: {check.by_rows}",
                )
            ]
        )
    return in_dialect(made.sql_query(), dialect)


class SqlBackend(Backend):
    """A table that is only named: its statements are printed, not run."""

    @property
    def name(self) -> str:
        """The words of DuckDB, of which other dialects are translated."""
        return "sql"

    def native(self) -> Mapping[str, Any]:
        """Nothing that narwhals cannot print."""
        return {}

    def never_blank(self, frame: Any, columns: Sequence[str]) -> frozenset[str]:
        """Nothing is known of a table that is only named."""
        return frozenset()


def in_dialect(text: str, dialect: Dialect) -> str:
    """A statement of DuckDB in another dialect, made simpler and laid out."""
    made: list[str] = []
    old_size, old_limit = threading.stack_size(STACK), sys.getrecursionlimit()
    # A choice of many rows is nested as deeply: the parser needs room for it.
    sys.setrecursionlimit(DEPTH)
    try:
        worker = threading.Thread(target=lambda: made.append(_written(text, dialect)))
        worker.start()
        worker.join()
    finally:
        threading.stack_size(old_size)
        sys.setrecursionlimit(old_limit)
    return made[0]


def _written(text: str, dialect: Dialect) -> str:
    import sqlglot
    from sqlglot.optimizer.simplify import simplify

    tree = simplify(sqlglot.parse_one(text, read="duckdb"), dialect="duckdb")
    for each in tree.find_all(sqlglot.exp.CTE):
        # How often a step is worked out is the warehouse's own affair.
        each.set("materialized", None)
    made: str = tree.sql(dialect, pretty=True)
    return made
