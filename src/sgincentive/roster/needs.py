"""Which facts and lists some schemes read: the columns that a roster for them needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sgincentive.columns.headings import fields, list_labels
from sgincentive.columns.used import facts_used, lists_used, nodes_of
from sgincentive.nodes.conditions import Confirmed
from sgincentive.schemes.model import Scheme
from sgincentive.words import Text


@dataclass(frozen=True, slots=True)
class Needs:
    """Names in the order of the facts themselves: facts, lists, and words of an office by scheme
    and id, each with what the office is asked."""

    facts: tuple[str, ...]
    lists: tuple[str, ...]
    confirmed: Mapping[tuple[str, str], Text]


def needs_of(subject: str, schemes: Iterable[Scheme]) -> Needs:
    """Everything that the schemes of one kind of subject read."""
    facts: set[str] = set()
    lists: set[str] = set()
    confirmed: dict[tuple[str, str], Text] = {}
    for scheme in schemes:
        facts.update(facts_used(scheme))
        lists.update(lists_used(scheme))
        for node in nodes_of(scheme):
            if isinstance(node, Confirmed):
                confirmed.setdefault((scheme.id, node.id), node.text)
    return Needs(
        tuple(name for name in fields(subject) if name in facts),
        tuple(name for name in list_labels(subject) if name in lists),
        confirmed,
    )
