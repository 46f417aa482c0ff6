"""What a cell says when it says nothing, none or all."""

from __future__ import annotations

from math import isnan
from typing import Any, Final

from sgincentive.facts import Fact
from sgincentive.facts.registry import MODELS
from sgincentive.facts.shape import list_names

UNKNOWN_CELLS: Final = frozenset(("", "不详", "未知", "unknown"))
"""Cells that say nothing: the fact is unknown."""
NONE_CELLS: Final = frozenset(("无", "none"))
"""Cells that say that there is none: no such fact, no such entry."""
ALL_CELLS: Final = frozenset(("全部", "all"))
"""Cells of a list's own column: the row names every entry."""


def is_blank(cell: Any) -> bool:
    """Whether a cell says nothing, in the words of any library."""
    if cell is None:
        return True
    if isinstance(cell, float):
        return isnan(cell)
    if isinstance(cell, str):
        return cell.strip() in UNKNOWN_CELLS
    return type(cell).__name__ in ("NaTType", "NAType")


def blank_is_none(fact: Fact) -> bool:
    """Whether an empty cell of a fact means none (no end yet) and not unknown."""
    return fact.nullable and fact.type == "date" and fact.name.rpartition(".")[2] == "end"


def may_be_partial(subject: str, owner: str) -> bool:
    """Whether a row that gives an entry of a list may leave others out.

    A row is one claim and names its only certificate; a profile gives the lists of a contractor in
    full.
    """
    return owner != "certificates" and owner in list_names(MODELS[subject]).values()
