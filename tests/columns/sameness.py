"""What the scalar engine says of each row, and what a frame says; and where they differ."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from sgincentive.columns.by_rows import result_of
from sgincentive.columns.finish import whole
from sgincentive.columns.profile import profile_of
from sgincentive.facts import ProfileError, lists, subject_from
from sgincentive.ruleset import Rules
from sgincentive.schemes.model import Scheme


class Said(NamedTuple):
    """One row of answers."""

    outcome: str | None
    low: int | None
    high: int | None
    published: bool | None
    missing: tuple[str, ...]
    decided_by: str | None


DAYS = [None, date(2025, 1, 10), date(2024, 6, 30), date(2023, 3, 1), date(2026, 5, 1)]
NOTHING = Said(None, None, None, None, (), None)


def question(scheme: Scheme, seed: int) -> tuple[date | None, list[str]]:
    """The day that a table is asked about, and the lists that its rows give in full."""
    draw = random.Random(f"{scheme.id} {seed}")
    on = draw.choice(DAYS)
    known = lists(scheme.subject)
    return on, [n for n in ("received", "posts") if n in known and draw.random() < 0.5]


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
        found.append(Said(said.outcome, low, high, said.published, said.missing,
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
                tuple(missing.split(", ")) if missing else (),
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
