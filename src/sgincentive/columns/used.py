"""What a scheme reads: the columns that a table needs, or a template offers, for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sgincentive.columns.headings import fields
from sgincentive.engine.check import uses_claims
from sgincentive.engine.ledger import reads
from sgincentive.nodes.conditions import Confirmed
from sgincentive.nodes.quantities import Statistic
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.nodes.walk import below
from sgincentive.schemes.model import Scheme

LEDGER = ("scheme", "issuer", "kind", "status", "level", "exam_year", "amount", "paid")
FIGURE = ("kind", "division", "year", "value")


def nodes_of(scheme: Scheme) -> Iterator[Any]:
    """Every node of a scheme: conditions, amounts, windows and relations."""
    for version in scheme.versions:
        for requirement in version.requirements:
            if requirement.strength == "must":
                yield from below(requirement.condition)
        if version.amount is not None:
            yield from below(version.amount)
        yield from below(version.window)
    for relation in scheme.relations:
        if relation.where is not None:
            yield from below(relation.where)


def facts_used(scheme: Scheme) -> list[str]:
    """The facts that can change the answer of a scheme, in the order of the profile."""
    found: set[str] = {"applied"}
    for version in scheme.versions:
        if version.selected_by in ("exam_year", "obtained"):
            found.add(f"certificate.{version.selected_by}")
        if reads(version.ledger):
            found |= {f"received.{name}" for name in LEDGER}
    if uses_claims(scheme):
        found |= {"certificate.level", "certificate.kind", "certificate.obtained"}
    for node in nodes_of(scheme):
        if isinstance(node, FactRef):
            found.add(node.name)
        elif isinstance(node, ListRef):
            dated = (node.entry_date, node.start, node.end)
            found |= {f"{node.element}.{name}" for name in dated if name}
        elif isinstance(node, Statistic):
            found |= {f"statistic.{name}" for name in FIGURE}
    return [name for name in fields(scheme.subject) if name in found]


def lists_used(scheme: Scheme) -> list[str]:
    """The lists that can change the answer of a scheme."""
    owners: Mapping[str, Any] = fields(scheme.subject)
    found = dict.fromkeys(owners[name].owner for name in facts_used(scheme))
    found |= dict.fromkeys(n.name for n in nodes_of(scheme) if isinstance(n, ListRef))
    return [name for name in found if name is not None]


def words_used(scheme: Scheme) -> list[str]:
    """The words of an office that can change the answer of a scheme, as headings."""
    ids = dict.fromkeys(n.id for n in nodes_of(scheme) if isinstance(n, Confirmed))
    return [f"confirmed.{scheme.id}:{id}" for id in ids]
