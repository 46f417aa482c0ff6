"""A scheme with the place in its file of every condition and amount."""

from __future__ import annotations

from typing import Any, cast

from sgincentive.desk.drafts import Draft
from sgincentive.nodes.base import Condition, Quantity
from sgincentive.nodes.building import Builder
from sgincentive.nodes.scope import Scope
from sgincentive.schemes.reading import SchemeReader
from sgincentive.source import Mapping, Mark, Problems, Tree


class _Builder(Builder):
    """Keeps the place of every node."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(problems)
        self.marks: dict[int, tuple[Mark, Any]] = {}

    def bare_condition(self, node: Mapping, scope: Scope) -> Condition:
        return cast(Condition, self.keep(super().bare_condition(node, scope), node))

    def condition(self, tree: Tree, scope: Scope) -> Condition:
        return cast(Condition, self.keep(super().condition(tree, scope), tree))

    def quantity(self, tree: Tree, expect: str | None, scope: Scope) -> tuple[Quantity, str | None]:
        built, unit = super().quantity(tree, expect, scope)
        return cast(Quantity, self.keep(built, tree)), unit

    def keep(self, built: object, tree: Tree) -> object:
        self.marks[id(built)] = (tree.mark, built)  # the node itself keeps its id taken
        return built


class Located:
    """The scheme of a sound draft, built anew so that its nodes are known by their places."""

    def __init__(self, draft: Draft) -> None:
        problems = Problems(draft.path, None)
        reader = SchemeReader(problems, draft.id)
        builder = _Builder(problems)
        reader.build = builder
        scheme = reader.scheme(draft.root, "")
        assert scheme is not None
        self.scheme = scheme
        self._marks = builder.marks

    def mark(self, node: object) -> Mark | None:
        """Where a condition or an amount stands; None for one that stands nowhere itself."""
        return self._marks[id(node)][0] if id(node) in self._marks else None
