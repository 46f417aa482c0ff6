"""A scheme as a statement that a warehouse can run, printed and not run."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from sgincentive.columns import statements
from sgincentive.columns.backends import backend_of
from sgincentive.columns.headings import TableError
from sgincentive.columns.reading import Options
from sgincentive.columns.statements import Dialect, quoted
from sgincentive.columns.table import Check, Question
from sgincentive.columns.used import facts_used, words_used
from sgincentive.facts import facts
from sgincentive.words import Text

if TYPE_CHECKING:
    from sgincentive.ruleset import Rules

TABLE: Final = "roster"
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
    words = (_short(id, heading) for heading in words_used(scheme))
    return found | dict.fromkeys(words, ("boolean", "word of an office"))


def _short(id: str, heading: str) -> str:
    """The word of an office as a column: PostgreSQL cuts a name off after 63 bytes."""
    return heading.replace(f"confirmed.{id}:", "confirmed.")


def _headings(rules: Rules, id: str) -> dict[str, str]:
    """The columns of the statement by the headings of a roster."""
    scheme = rules[id].scheme
    names = (*facts_used(scheme), *words_used(scheme))
    return {name: _short(id, name) for name in names}


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
    """The SELECT that adds the answers of a scheme to the rows of ``table``, in the columns
    outcome, min, max, published, missing and decided_by.

    The table has the columns of :func:`columns_of`: words, codes and dates of the library's own,
    amounts in whole fen. Raises UnknownScheme; TableError where the scheme cannot be expressed in
    columns, naming what keeps it from it; ValueError for a table or list that cannot be.
    """
    import duckdb

    scheme = rules[id].scheme
    columns = columns_of(rules, id)
    if not table.isidentifier():
        raise ValueError(f"no name of a table: {table!r}")
    names = _headings(rules, id)
    described = ", ".join(
        f"{quoted(name, 'duckdb')} {columns[shown][0]}" for name, shown in names.items()
    )
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE {TABLE} ({described})")
    question = Question(
        scheme.subject, on, date.today(), tuple(complete), None, Options("fen", True, ()),
        None, (), reasons,
    )  # fmt: skip
    _, raw = Check(rules, [scheme], question, backend_of(connection.table(TABLE))).worked_out()
    why = [each.why for each in raw if each.why is not None]
    if why:
        raise TableError(
            [
                Text(
                    f"{scheme.id} 不能写成一条语句：{why[0].zh}",
                    f"{scheme.id} cannot be written as one statement: {why[0].en}",
                )
            ]
        )
    own = [(quoted(name, dialect), name) for name in columns]
    made = statements.layers(
        dialect, own, raw, lambda terms, each: statements.said_of(terms, each[0]), names
    )
    return statements.select(dialect, quoted(table, dialect), made)
