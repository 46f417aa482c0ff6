"""What the scalar engine says of each row, and what a frame says; and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from sgincentive.columns.by_rows import result_of
from sgincentive.columns.finish import whole
from sgincentive.columns.profile import profile_of
from sgincentive.facts import ProfileError, subject_from
from sgincentive.ruleset import Rules
from sgincentive.schemes.model import Scheme


class Said(NamedTuple):
    """One row of answers."""

    outcome: str | None
    low: int | None
    high: int | None
    published: bool | None
    missing: frozenset[str]
    decided_by: str | None


NOTHING = Said(None, None, None, None, frozenset(), None)


def by_engine(rules: Rules, scheme: Scheme, rows: Sequence[dict[str, Any]], on: date | None,
              complete: Sequence[str], today: date, confirmed_within: int | None = None) -> list[Said]:  # fmt: skip
    """The answers of the scalar engine."""
    found = []
    for row in rows:
        try:
            profile = profile_of(row, subject=scheme.subject, complete=complete)
            asked = subject_from(profile)
        except ProfileError:
            found.append(NOTHING)
            continue
        day = today if on is None and "applied" not in profile else on
        said = result_of(rules.decide(scheme, asked, day, confirmed_within=confirmed_within))
        if scheme.kind in ("verdict", "entitlement"):
            said = type(said)(said.outcome, None, None, True, said.missing, said.decided_by)
        low, high = whole(said.low), whole(said.high)
        found.append(Said(said.outcome, low, high, said.published, frozenset(said.missing),
                          said.decided_by))  # fmt: skip
    return found


def by_columns(result: pa.Table, scheme: Scheme) -> list[Said]:
    """The answers that a result table holds."""
    names = ("outcome", "min", "max", "published", "missing", "decided_by")
    size = result.num_rows
    columns = []
    for name in names:
        key = f"{scheme.id}:{name}"
        columns.append(result[key].to_pylist() if key in result.column_names else [None] * size)
    found = []
    for outcome, low, high, published, missing, decided in zip(*columns, strict=True):
        if outcome is None:
            found.append(NOTHING)
            continue
        found.append(
            Said(
                outcome,
                low,
                high,
                True if published is None else published,
                frozenset(missing.split(", ")) if missing else frozenset(),
                decided,
            )
        )
    return found


def differences(
    scheme: Scheme, rows: Sequence[dict[str, Any]], ours: Sequence[Said], theirs: Sequence[Said]
) -> list[str]:
    """The rows on which two say something else, at most three."""
    found = []
    for i, (row, a, b) in enumerate(zip(rows, ours, theirs, strict=True)):
        # Where no amount is published, "published" says the rest; it means nothing else.
        if a != b:
            given = {k: v for k, v in row.items() if v is not None}
            found.append(f"{scheme.id} row {i}\n engine  {a}\n columns {b}\n {given}")
    return found[:3]
