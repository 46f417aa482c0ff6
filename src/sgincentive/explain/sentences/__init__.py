"""A sentence for every condition and a phrase for every quantity and day.

Everything is made from the labels of facts, words and places; no rule brings sentences of its own.
"""

from __future__ import annotations

# Imported for the sentences that they hold.
from sgincentive.explain.sentences import amounts, conditions, days
from sgincentive.explain.sentences.base import condition, day, demand, phrase, quantity, say

__all__ = [
    "amounts",
    "condition",
    "conditions",
    "day",
    "days",
    "demand",
    "phrase",
    "quantity",
    "say",
]
