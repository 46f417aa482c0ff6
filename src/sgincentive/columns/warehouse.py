"""Frames that speak SQL: the answers as one statement over a DuckDB relation or a PySpark frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sgincentive.columns import statements
from sgincentive.columns.expr import FALSE
from sgincentive.columns.finish import PROBLEM, Finisher, Raw, problem_columns, problems_of
from sgincentive.columns.statements import Dialect, Layers, Output, Terms, quoted

SOURCE = "__sg_source"


def answered(frame: Any, finisher: Finisher) -> Any:
    """A native frame of the user's own columns and the answers."""
    backend = finisher.backend
    dialect = backend.dialect
    assert dialect is not None
    singly = any(raw.by_rows is not FALSE for raw in finisher.raw)
    own = [
        (quoted(backend.safe(name), dialect), backend.safe(name) if singly else name)
        for name in backend.names
    ]
    said = codes if singly else with_problems
    made = _run(frame, dialect, statements.layers(dialect, own, finisher.raw, said))
    if not singly:
        return made
    if dialect == "spark":
        from sgincentive.columns.spark import spark_batches

        return spark_batches(made, finisher)
    from sgincentive.columns.duck import duck_batches

    return duck_batches(made, finisher)


def codes(terms: Terms, raw: Sequence[Raw]) -> list[Output]:
    """Of what the answers are made where some rows are asked one by one, and the problems."""
    problems = ((terms.of(rows), mask) for mask, _, rows in problem_columns(raw))
    return [*statements.codes(terms, raw), *problems]


def _run(frame: Any, dialect: Dialect, layers: Layers) -> Any:
    """The frame of the last columns."""
    if dialect == "spark":
        text = statements.select(dialect, SOURCE, layers)
        text = text.replace("{", "{{").replace("}", "}}").replace(SOURCE, "{" + SOURCE + "}")
        return frame.sparkSession.sql(text, **{SOURCE: frame})
    from sgincentive.columns.duck import projected

    return projected(frame, layers)


def with_problems(terms: Terms, raw: Sequence[Raw]) -> list[Output]:
    """The answers, and why a row has none."""
    return [*statements.answers(terms, raw), (terms.listed(problems_of(raw)), PROBLEM)]
