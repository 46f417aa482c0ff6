"""What a rule file may name at a place: facts, lists, definitions and named quantities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sgincentive.facts import Fact, ListFact
from sgincentive.nodes.base import Condition, Quantity
from sgincentive.nodes.quantities import Part
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.source import Tree

CLAIM_LIST = "certificates"
CLAIM_ELEMENT = "certificate"


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount with a name, as built where it stands.

    Without a unit of its own (bare numbers) it takes the unit of the place that uses it, so
    ``tree`` is built again there, with the names of ``scope``.
    """

    value: Quantity
    unit: str | None
    tree: Tree
    scope: Scope


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that are valid at one place of a rule file; None stands for what is broken where
    it is defined."""

    facts: Mapping[str, Fact]
    lists: Mapping[str, ListFact]
    entry: ListRef | None = None
    definitions: Mapping[str, Condition | None] = field(default_factory=dict)
    quantities: Mapping[str, Stated | None] = field(default_factory=dict)
    parts: Mapping[str, Part | None] = field(default_factory=dict)

    def inside(self, entry: ListRef) -> Scope:
        """The scope of a condition on the entries of a list."""
        return replace(self, entry=entry)

    def list_ref(self, name: str) -> ListRef | None:
        """The list called ``name``."""
        found = self.lists.get(name)
        if found is None:
            return None
        return ListRef(
            found.name,
            found.element,
            tuple(found.name.split(".")),
            found.entry_date,
            found.start,
            found.end,
        )

    def fact_ref(self, name: str) -> FactRef | None:
        """The fact called ``name``; under ``where`` a bare name is a field of the entry."""
        if self.entry is not None:
            bare = self.facts.get(f"{self.entry.element}.{name}")
            if bare is not None and self._list_of(bare.name) is not None:
                return FactRef(bare, "element", self._keys(bare.name), self.entry.name)
        fact = self.facts.get(name)
        if fact is None:
            return None
        owner = self._list_of(name)
        if owner is None:
            return FactRef(fact, "subject", tuple(name.split(".")))
        if owner.element == CLAIM_ELEMENT:
            return FactRef(fact, "claim", self._keys(name), owner.name)
        if self.entry is not None and owner.name == self.entry.name:
            return FactRef(fact, "element", self._keys(name), owner.name)
        return None

    def owner_of(self, name: str) -> ListFact | None:
        """The list whose entries carry the fact ``name``, if any."""
        return self._list_of(name) if name in self.facts else None

    def names(self) -> list[str]:
        """Every fact that can be named here."""
        names = [n for n in self.facts if self.fact_ref(n) is not None]
        if self.entry is not None:
            prefix = self.entry.element + "."
            names += [n.removeprefix(prefix) for n in self.facts if n.startswith(prefix)]
        return names

    def _list_of(self, name: str) -> ListFact | None:
        best: ListFact | None = None
        for found in self.lists.values():
            if name.startswith(found.element + ".") and (
                best is None or len(found.element) > len(best.element)
            ):
                best = found
        return best

    def _keys(self, name: str) -> tuple[str, ...]:
        owner = self._list_of(name)
        prefix = "" if owner is None else owner.element + "."
        return tuple(name.removeprefix(prefix).split("."))
