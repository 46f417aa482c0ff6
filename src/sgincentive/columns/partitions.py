"""Dask: each partition is a frame of pandas, answered when it is computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sgincentive.columns.backends import Backend, backend_of
from sgincentive.columns.headings import TableError
from sgincentive.schemes.model import Scheme
from sgincentive.words import Text

if TYPE_CHECKING:
    from sgincentive.columns.table import Question
    from sgincentive.ruleset import Rules

MONEY = (":min", ":max")


def by_partitions(
    rules: Rules, schemes: Sequence[Scheme], question: Question, backend: Backend
) -> Any:
    """A Dask frame with the answers; nothing is computed yet.

    Where rows may be one person, or tables are joined, Dask first brings the rows of a person into
    one partition; their order is then its own.

    Raises:
        TableError: headings or types that cannot be used, all at once.
    """
    frame = backend.frame
    tables, person = dict(question.tables), question.person
    for name, table in tables.items():
        backend.same_kind(name, backend_of(table))
        both = person in table.columns and person in backend.names
        if both and table.dtypes[person] != frame.dtypes[person]:
            # The same name of another type would be sought in another partition.
            raise TableError([_other_type(name, person)])
    answer = Answering(rules, tuple(schemes), question, tuple(tables))
    # The headings are wrong now, not when the first partition is computed.
    made = answer.answered(frame._meta, *(table._meta for table in tables.values()))
    types = {name: made.dtypes[name] for name in made.columns[len(backend.names) :]}
    # Whether an amount is empty anywhere differs from partition to partition.
    types |= {name: "Int64" for name in types if name.endswith(MONEY)}
    answer = replace(answer, types=types)
    if person is not None:
        frame = frame.shuffle(on=person)
        for name, table in tables.items():
            tables[name] = table.shuffle(on=person, npartitions=frame.npartitions)
    return frame.map_partitions(
        answer, *tables.values(), meta=made.astype(types), align_dataframes=False
    )


def _other_type(name: str, person: str | None) -> Text:
    return Text(
        f"{name} 表与主表的“{person}”列须是同一种类型",
        f"the column {person!r} of the table {name} must have the type that it has in the frame",
    )


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers one partition, in whatever process Dask computes it."""

    rules: Rules
    schemes: tuple[Scheme, ...]
    question: Question
    names: tuple[str, ...]
    types: dict[str, Any] = field(default_factory=dict)
    token: str = field(default_factory=lambda: uuid4().hex)

    def __dask_tokenize__(self) -> str:
        """What makes two such tasks the same: nothing (rule files are costly to compare)."""
        return self.token

    def __call__(self, frame: Any, *tables: Any) -> Any:
        """A partition with its answers, and the partitions of the tables that belong to it."""
        return self.answered(frame, *tables).astype(self.types)

    def answered(self, frame: Any, *tables: Any) -> Any:
        """A frame of pandas with the answers."""
        from sgincentive.columns.table import answered

        question = replace(self.question, tables=dict(zip(self.names, tables, strict=True)))
        return answered(self.rules, list(self.schemes), question, frame)
