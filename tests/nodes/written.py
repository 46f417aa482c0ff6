"""Nodes from a few lines of YAML, asked about a made-up worker."""

from __future__ import annotations

from datetime import date
from typing import Any

from sgincentive.facts import facts, lists, subject_from, view
from sgincentive.nodes.base import Case
from sgincentive.nodes.build import Builder
from sgincentive.nodes.scope import Scope
from sgincentive.nodes.source import NoSourceError, Source
from sgincentive.nodes.values import Bounds, Truth
from sgincentive.source import Mapping, Problems, parse

ON = date(2025, 1, 10)


def case(profile: dict[str, Any], on: date = ON, claim: int | None = 0) -> Case:
    """The case of a profile; ``claim`` is the certificate looked at."""
    known = view(subject_from({"subject": "worker", **profile}))
    certificates = known.get("certificates") or []
    mine = certificates[claim] if claim is not None and certificates else {}
    return Case(known, on, known.get("applied", on), "x/y", mine, claim)


def _tree(text: str) -> tuple[Any, Builder, Problems]:
    root = parse("node: " + text.strip() + "\n", "test.yaml")
    assert isinstance(root, Mapping)
    problems = Problems("test.yaml", None)
    return root.entries["node"].value, Builder(problems), problems


def scope(subject: str = "worker") -> Scope:
    return Scope(facts(subject), lists(subject))


def quickly(write: str, node: Any, asked: Case) -> Any:
    """What the generated source of a node gives; None where it hands the question back."""
    names = {"len": len, "any": any, "all": all, "sum": sum, "min": min, "max": max}
    source = Source({"__builtins__": names})
    try:
        text = getattr(source, write)(node)
    except NoSourceError:
        return None
    bound = {**source.names, "f": asked.facts, "c": asked.claim or {}, "on": asked.on,
             "applied": asked.applied}  # fmt: skip
    try:
        return eval(text, bound)
    except (LookupError, TypeError):
        return None


def truth(text: str, profile: dict[str, Any], on: date = ON) -> Truth:
    """What a condition says."""
    tree, builder, _ = _tree(text)
    node, asked = builder.condition(tree, scope()), case(profile, on)
    found = node.truth(asked)
    if not asked.facts["partial"]:
        assert quickly("condition", node, asked) in (None, found.value)
    return found


def amount(text: str, profile: dict[str, Any], unit: str | None = "money", on: date = ON) -> Bounds:
    """What an amount gives (money in fen)."""
    tree, builder, _ = _tree(text)
    node, asked = builder.quantity(tree, unit, scope())[0], case(profile, on)
    found = node.bounds(asked)
    if not asked.facts["partial"]:
        quick = quickly("amount", node, asked)
        assert quick is None or (found.low == quick == found.high and found.published)
    return found
