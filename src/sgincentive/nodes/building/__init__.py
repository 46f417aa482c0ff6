"""From the tree of a rule file to checked nodes: every name known, every type fitting."""

from __future__ import annotations

from sgincentive.nodes.building.amounts import AmountBuilder
from sgincentive.nodes.building.conditions import ConditionBuilder
from sgincentive.nodes.building.days import DayBuilder
from sgincentive.nodes.building.plain import (
    FIELD,
    VALUE,
    Broken,
    division_at,
    items_of,
    one_or_more_of,
    text_at,
    whole_number_at,
    word_at,
)
from sgincentive.nodes.building.reader import UNIT_NAMES
from sgincentive.nodes.building.tables import domain


class Builder(ConditionBuilder, DayBuilder, AmountBuilder):
    """Builds the nodes of one rule file; problems are collected, a broken node raises Broken."""


__all__ = [
    "FIELD",
    "UNIT_NAMES",
    "VALUE",
    "Broken",
    "Builder",
    "division_at",
    "domain",
    "items_of",
    "one_or_more_of",
    "text_at",
    "whole_number_at",
    "word_at",
]
