"""References to facts: from a dotted name to the value in a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sgincentive.facts import Fact
from sgincentive.nodes.base import ABSENT, Case, Element
from sgincentive.nodes.values import Cause, fact_cause

Scope = Literal["subject", "claim", "element"]


@dataclass(frozen=True, slots=True)
class FactRef:
    """One fact as a rule file names it.

    ``keys`` leads from the dictionary of its scope to the value; ``list`` is the list whose
    entries carry the fact, None for a fact of the subject itself.
    """

    fact: Fact
    scope: Scope
    keys: tuple[str, ...]
    list: str | None = None

    @property
    def name(self) -> str:
        """The dotted name."""
        return self.fact.name

    def value(self, case: Case) -> Any:
        """The value, None where known to be none, ABSENT where unknown."""
        at: Any
        if self.scope == "subject":
            at = case.facts
        elif self.scope == "claim":
            at = case.claim
        else:
            at = case.element
        for key in self.keys:
            if not isinstance(at, Mapping):
                return ABSENT
            at = at.get(key, ABSENT)
        return at

    def cause(self, case: Case) -> Cause:
        """The doubt when the value is absent."""
        if self.scope == "subject":
            return fact_cause(self.name)
        index = case.claim_index if self.scope == "claim" else case.element_index
        return fact_cause(self.name, self.list, index)


@dataclass(frozen=True, slots=True)
class ListRef:
    """One list of a subject; ``entry_date``, ``start`` and ``end`` name fields of its entries."""

    name: str
    element: str
    keys: tuple[str, ...]
    entry_date: str | None
    start: str | None
    end: str | None

    def entries(self, case: Case) -> tuple[Element, ...] | None:
        """The entries given; None when the list is unknown."""
        at: Any = case.facts
        for key in self.keys:
            if not isinstance(at, Mapping):
                return None
            at = at.get(key, ABSENT)
        return None if at is ABSENT or at is None else tuple(at)

    def is_partial(self, case: Case) -> bool:
        """True when the profile says that the list is not complete."""
        return self.name in case.facts.get("partial", ())

    def cause(self) -> Cause:
        """The doubt about entries that may exist."""
        return fact_cause(self.name)
