"""A located tree back as text that reads as the same tree."""

from __future__ import annotations

import json

from sgincentive.source.tree import Scalar, Sequence, Tree


def dump(tree: Tree, indent: int = 0) -> str:
    """The tree as YAML in block style: plain scalars as they stood, others in quotation marks."""
    pad = " " * indent
    if isinstance(tree, Scalar):
        return f"{_scalar(tree)}\n"
    if isinstance(tree, Sequence):
        if not tree.items:
            return "[]\n"
        return "".join(f"{pad}-{_after(item, indent)}" for item in tree.items)
    if not tree.entries:
        return "{}\n"
    return "".join(
        f"{pad}{_scalar(entry.key)}:{_after(entry.value, indent)}"
        for entry in tree.entries.values()
    )


def _after(tree: Tree, indent: int) -> str:
    if isinstance(tree, Scalar) or not (tree.items if isinstance(tree, Sequence) else tree.entries):
        return " " + dump(tree)
    return "\n" + dump(tree, indent + 2)


def _scalar(scalar: Scalar) -> str:
    """Plain text only where nothing in it has a meaning of its own."""
    text = scalar.text
    plain = not scalar.quoted and bool(text) and text.isascii()
    if plain and all(c.isalnum() or c in "-_./%" for c in text) and text != "-":
        return text
    if not scalar.quoted and not text:
        return "~"
    return json.dumps(text, ensure_ascii=False)
