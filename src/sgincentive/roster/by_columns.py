"""Answers of whole columns: the usable rows of a roster as a data frame, asked in one go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from typing import Any, Final

from sgincentive.columns.headings import Heading
from sgincentive.columns.rows import KINDS
from sgincentive.roster.answer import Answer
from sgincentive.roster.entries import NONE, UNKNOWN, Column, Roster
from sgincentive.ruleset import Rules
from sgincentive.schemes.model import Scheme

OWN_NONE: Final = "none"
"""How a column of words says that there is none."""
LIBRARIES: Final = ("narwhals", "polars")


def installed() -> bool:
    """Whether the libraries are there that work out whole columns."""
    return all(find_spec(name) is not None for name in LIBRARIES)


def expressible(roster: Roster) -> list[bool]:
    """The rows that can stand in a frame: one row a person, no word in a column of days, and a
    certificate that has a level."""
    found = [True] * len(roster.rows)
    for lead, members in roster.groups().items():
        for at in (lead, *members):
            found[at] = False
    for column in _columns(roster):
        assert column.meaning is not None
        if _kind(column) == "day" or column.meaning.name == "certificate.level":
            for at, cell in enumerate(roster.facts[column.meaning]):
                if cell is NONE or cell is UNKNOWN:
                    found[at] = False
    return found


class Frame:
    """Some rows of a roster as a data frame; schemes are asked about all of it or a part."""

    def __init__(self, roster: Roster, positions: Sequence[int]) -> None:
        import polars as pl

        types = {"bool": pl.Boolean, "day": pl.Date, "int": pl.Int64, "text": pl.String}
        data: dict[str, Any] = {}
        for column in _columns(roster):
            assert column.meaning is not None
            cells = roster.facts[column.meaning]
            kind = _kind(column)
            number = column.field is not None and column.field.fact.type == "number"
            picked = [cells[at] for at in positions]
            if number:
                data[_name(column.meaning)] = pl.Series(
                    [None if c is None else float(Decimal(c)) for c in picked], dtype=pl.Float64
                )
                continue
            if kind == "text":
                picked = [OWN_NONE if c is NONE else c for c in picked]
            data[_name(column.meaning)] = pl.Series(picked, dtype=types[kind])
        self.frame = pl.DataFrame(data)

    def answers(
        self, rules: Rules, scheme: Scheme, on: date | None, rows: Sequence[int] | None
    ) -> tuple[list[Answer], int]:
        """The answers of a scheme for the rows at some places of the frame (None: for all), and
        how many of them the engine gave row by row."""
        frame = self.frame if rows is None else self.frame[list(rows)]
        from sgincentive.columns.table import check_table

        found = check_table(rules, frame, schemes=[scheme.id], on=on, money="fen", clean=True)
        size = len(frame)

        def said(what: str, missing: Any = None) -> list[Any]:
            name = f"{scheme.id}:{what}"
            return found[name].to_list() if name in found.columns else [missing] * size

        parts: dict[str | None, tuple[str, ...]] = {None: ()}
        facts = said("missing")
        for text in set(facts) - {None}:
            parts[text] = tuple(text.split(", "))
        cells = zip(
            said("outcome"), said("min"), said("max"), said("published", True),
            said("decided_by"), map(parts.__getitem__, facts), strict=True,
        )  # fmt: skip
        return [Answer(*each) for each in cells], sum(said("by_row", False))


def _columns(roster: Roster) -> list[Column]:
    return [c for c in roster.columns if c.meaning is not None]


def _kind(column: Column) -> str:
    """What a column holds in the frame."""
    assert column.meaning is not None
    if column.field is not None:
        return KINDS[column.field.fact.type]
    return "text" if column.meaning.what == "list" else "bool"


def _name(meaning: Heading) -> str:
    if meaning.what == "confirmed":
        return f"confirmed.{meaning.name}:{meaning.requirement}"
    return meaning.name
