"""Located trees: what a YAML or JSON document says, and where.

A plain scalar keeps the characters of the document (``no``, ``2025-02-30`` and ``0123``
stay text); what they mean is for the caller, who knows which type belongs there.
"""

from __future__ import annotations

import re
from collections.abc import KeysView
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,4}")
_NULLS = frozenset({"", "~", "null"})


class Mark(NamedTuple):
    """A place in a document: line and column from 1, the column counted in characters."""

    line: int
    column: int


class Scalar(NamedTuple):
    """One value; ``quoted`` is true for every written form but the plain one.

    ``end`` is the place just after the last character.
    """

    text: str
    quoted: bool
    mark: Mark
    end: Mark

    @property
    def is_null(self) -> bool:
        """Whether this is a plain ``null``, ``~`` or nothing at all."""
        return not self.quoted and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of trees."""

    items: list[Tree]
    mark: Mark
    end: Mark


class Entry(NamedTuple):
    """A key of a mapping, with its place, and its value."""

    key: Scalar
    value: Tree


@dataclass(frozen=True, slots=True)
class Mapping:
    """Entries by the text of their keys, in the order of the document."""

    entries: dict[str, Entry]
    mark: Mark
    end: Mark

    def get(self, key: str) -> Tree | None:
        """The value at ``key``, or None when there is no such key."""
        entry = self.entries.get(key)
        return None if entry is None else entry.value

    def keys(self) -> KeysView[str]:
        """The keys, in the order of the document."""
        return self.entries.keys()


Tree: TypeAlias = Scalar | Sequence | Mapping


def to_plain(tree: Tree) -> Any:
    """The tree as dict, list, str, bool, int, Decimal and None.

    Only plain scalars change: ``true``/``false``, nulls, integers of at most 15 digits and
    decimals of at most 4 places, exactly. Every other number (exponent, leading zero or plus,
    ``.inf``, hexadecimal) and every date stays str, for the caller's type check to judge.
    """
    if isinstance(tree, Scalar):
        return _plain_scalar(tree)
    if isinstance(tree, Sequence):
        return [to_plain(item) for item in tree.items]
    return {key: to_plain(entry.value) for key, entry in tree.entries.items()}


def _plain_scalar(scalar: Scalar) -> str | bool | int | Decimal | None:
    text = scalar.text
    if scalar.quoted:
        return text
    if text in _NULLS:
        return None
    if text == "true":
        return True
    if text == "false":
        return False
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
