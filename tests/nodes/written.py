"""Nodes from a few lines of YAML, asked about a made-up worker."""

from __future__ import annotations

from datetime import date
from typing import Any

from sgincentive.facts import facts, lists, subject_from, view
from sgincentive.nodes import light
from sgincentive.nodes.base import Case
from sgincentive.nodes.building import Builder
from sgincentive.nodes.open_source import OpenSource
from sgincentive.nodes.scope import Scope
from sgincentive.nodes.source import GIVES_UP, NoSourceError, Source
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
    """What the source for known facts gives; None where it hands the question back."""
    source = Source()
    try:
        text = getattr(source, write)(node)
    except NoSourceError:
        return None
    lines = ["def answer(f, c, on, applied):", "  try:"]
    lines += [f"    {line}" for line in source.entry_lines()]
    lines += [f"    {name} = {read}" for read, name in source.hoisted.items()]
    lines += [f"    return {text}", f"  except {GIVES_UP}:", "    return None"]
    answer = source.made("answer", lines)
    return answer(asked.facts, asked.claim or {}, asked.on, asked.applied)


def openly(write: str, node: Any, asked: Case) -> Any:
    """What the source that keeps track of unknown facts gives."""
    source = OpenSource(asked.scheme)
    source.lines = ["def answer(f, c, i, on, applied):"]
    source.write(f"return {getattr(source, write)(node)}")
    answer = source.made("answer")
    return answer(asked.facts, asked.claim or {}, asked.claim_index, asked.on, asked.applied)


def without_order(value: Any) -> Any:
    """A light value whose facts are a set."""
    if isinstance(value, tuple) and len(value) == 4 and isinstance(value[3], tuple):
        return (*value[:3], frozenset(value[3]))
    return frozenset(value) if isinstance(value, tuple) else value


def names_of(profile: dict[str, Any]) -> Scope:
    """What may be named of the subject of a profile (a worker where it does not say)."""
    return scope(profile.get("subject", "worker"))


def truth(text: str, profile: dict[str, Any], on: date = ON, names: Scope | None = None) -> Truth:
    """What a condition says."""
    tree, builder, _ = _tree(text)
    node, asked = builder.condition(tree, names or names_of(profile)), case(profile, on)
    found = node.truth(asked)
    if not asked.facts["partial"]:
        assert quickly("condition", node, asked) in (None, found.value)
    expected = light.truth_of(node, asked)
    assert without_order(openly("condition", node, asked)) == without_order(expected)
    return found


def amount(
    text: str,
    profile: dict[str, Any],
    unit: str | None = "money",
    on: date = ON,
    names: Scope | None = None,
) -> Bounds:
    """What an amount gives (money in fen)."""
    tree, builder, _ = _tree(text)
    node = builder.quantity(tree, unit, names or names_of(profile))[0]
    asked = case(profile, on)
    found = node.bounds(asked)
    if not asked.facts["partial"]:
        quick = quickly("amount", node, asked)
        assert quick is None or (found.low == quick == found.high and found.published)
    expected = light.amount_of(node, asked)
    assert without_order(openly("amount", node, asked)) == without_order(expected)
    return found
