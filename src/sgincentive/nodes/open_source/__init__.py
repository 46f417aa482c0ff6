"""Nodes as Python source that keeps track of what is unknown.

The source computes with the values of ``light``: it reads facts straight from the profile and
never stops for one that is missing. A node without source of its own is asked itself. No text of
a rule file enters the source: names and constants are passed by reference.
"""

from __future__ import annotations

from sgincentive.nodes.open_source.amounts import Amounts
from sgincentive.nodes.open_source.conditions import Conditions
from sgincentive.nodes.open_source.days import Days


class OpenSource(Conditions, Amounts, Days):
    """Writes the source of any node."""


__all__ = ["OpenSource"]
