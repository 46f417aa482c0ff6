"""Which facts and lists some schemes read: the columns that a roster for them needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sgincentive.columns.headings import fields, list_labels
from sgincentive.engine.check import uses_claims
from sgincentive.engine.ledger import reads
from sgincentive.nodes.conditions import Confirmed
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.nodes.walk import below
from sgincentive.schemes.model import Scheme, Version
from sgincentive.words import Text

LEDGER = ("scheme", "kind", "level", "exam_year", "amount", "paid")
"""What every rule about earlier payments may look at in an entry."""
OTHERS = ("issuer", "status")
"""What rules about other authorities' payments look at besides."""


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
        if uses_claims(scheme):
            facts.add("certificate.obtained")
        for version in scheme.versions:
            facts |= _of_version(version)
        for node in below((scheme.versions, scheme.relations)):
            if isinstance(node, FactRef):
                facts.add(node.name)
            elif isinstance(node, ListRef):
                lists.add(node.name)
                facts |= {f"{node.element}.{each}" for each in (node.start, node.end) if each}
            elif isinstance(node, Confirmed):
                confirmed.setdefault((scheme.id, node.id), node.text)
    about = fields(subject)
    owners = {about[name].owner for name in facts if name in about}
    named = lists | {owner for owner in owners if owner is not None and owner != "certificates"}
    return Needs(
        tuple(name for name in about if name in facts),
        tuple(name for name in list_labels(subject) if name in named),
        confirmed,
    )


def _of_version(version: Version) -> set[str]:
    """The facts that a version reads besides those that its nodes name."""
    found: set[str] = set()
    if version.selected_by in ("exam_year", "obtained"):
        found.add(f"certificate.{version.selected_by}")
    if reads(version.ledger):
        found |= {f"received.{name}" for name in LEDGER}
    if version.ledger.other_authority_bars is not None:
        found |= {f"received.{name}" for name in OTHERS}
    return found
