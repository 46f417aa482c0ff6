"""Walking through nodes: everything below one, what it reads, and how fine its numbers are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Quantity
from sgincentive.nodes.reference import FactRef, ListRef


@cache
def parts_of(kind: type) -> tuple[str, ...] | None:
    """The names of the fields of a node of ``kind``; None where it is no node."""
    if not is_dataclass(kind):
        return None
    return () if issubclass(kind, FactRef | ListRef) else tuple(f.name for f in fields(kind))


def below(node: Any) -> Iterator[Any]:
    """The node and every node, fact and list that it holds, depth first."""
    yield node
    names = parts_of(node.__class__)
    inside = node if isinstance(node, tuple) else [getattr(node, name) for name in names or ()]
    for value in inside:
        if isinstance(value, tuple) or parts_of(value.__class__) is not None:
            yield from below(value)


def facts_read(node: Any) -> set[str]:
    """The names of the facts that a node reads."""
    return {n.name for n in below(node) if isinstance(n, FactRef)}


def claim_fields(node: Any) -> set[str]:
    """The fields of the certificate of the claim that a node reads."""
    return {n.keys[-1] for n in below(node) if isinstance(n, FactRef) and n.scope == "claim"}


def reads_claim(node: Any) -> bool:
    """Whether a node looks at the certificate of the claim."""
    return any(isinstance(n, FactRef) and n.scope == "claim" for n in below(node))


def _gcd(numbers: list[Fraction]) -> Fraction:
    result = Fraction(0)
    for n in numbers:
        numerator = math.gcd(result.numerator * n.denominator, n.numerator * result.denominator)
        result = Fraction(numerator, result.denominator * n.denominator)
    return result


def grain(node: Quantity) -> Fraction | None:
    """A number of which every value of the node is a multiple (0: only 0); None: no such number.

    Money is counted in fen, so a grain that is not whole is finer than a fen.
    """
    if isinstance(node, q.Constant):
        return Fraction(node.value)
    if isinstance(node, q.NotPublished | q.Range):
        return Fraction(1)
    if isinstance(node, q.FactAmount):
        return Fraction(1, 10000) if node.ref.fact.type == "number" else Fraction(1)
    if isinstance(node, q.Statistic):
        return Fraction(1, 100) if node.money else Fraction(1, 10000)
    if isinstance(node, q.Round):
        return Fraction(node.step)
    if isinstance(node, q.Quotient):
        return None
    if isinstance(node, q.Product | q.ShareOf | q.PerUnits):
        if isinstance(node, q.Product):
            parts: tuple[Quantity, ...] = node.parts
        elif isinstance(node, q.ShareOf):
            parts = (node.share, node.of)
        else:
            parts = (node.value,)
        product = Fraction(1)
        for part in parts:
            inner = grain(part)
            if inner is None:
                return None
            product *= inner
        return product
    children = list(_amounts(node))
    grains = [grain(child) for child in children]
    if not children:
        return Fraction(1)
    return None if None in grains else _gcd([g for g in grains if g is not None])


def _amounts(node: Quantity) -> Iterator[Quantity]:
    """The amounts of which the node gives one, or a sum, or a difference."""
    if isinstance(node, q.ByFact):
        yield from (value for _, value in node.rows)
        if node.otherwise is not None:
            yield node.otherwise
    elif isinstance(node, q.Brackets):
        yield from (row.value for row in node.rows)
    elif isinstance(node, q.Cases):
        yield from (value for _, value in node.rows)
        if node.otherwise is not None:
            yield node.otherwise
    elif isinstance(node, q.Sum | q.Least | q.Greatest | q.AmountReadings):
        yield from node.parts
    elif isinstance(node, q.Difference):
        yield from (node.of, node.less)
    elif isinstance(node, q.Cap | q.Floor):
        yield from (node.of, node.limit)
    elif isinstance(node, q.Parts):
        yield from (part.value for part in node.parts)
    elif isinstance(node, q.PartAmount):
        yield node.part.value
    elif isinstance(node, q.Let | q.OverList):
        yield node.value
