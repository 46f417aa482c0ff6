"""What all readers of a rule file share: optional keys, texts, places, days."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from sgincentive.calendar import span_of
from sgincentive.nodes.building import (
    Broken,
    Builder,
    division_at,
    items_of,
    one_or_more_of,
    text_at,
    whole_number_at,
)
from sgincentive.source import Mapping, Problems, Scalar, Tree
from sgincentive.words import Text


class Values:
    """Reads plain values; every problem is collected, none hides another."""

    def __init__(self, problems: Problems, id: str) -> None:
        self.problems = problems
        self.build = Builder(problems)
        self.id = id

    def optional(self, node: Mapping, key: str, read: Any, required: bool = False) -> Any:
        """What ``read`` makes of the value at ``key``; None when it is absent or broken."""
        tree = node.get(key)
        if tree is None:
            if required:
                self.problems.missing_key(node, key)
            return None
        try:
            return read(tree)
        except Broken:
            return None

    def text(self, tree: Tree) -> Text:
        return text_at(tree, self.problems)

    def texts(self, tree: Tree) -> tuple[Text, ...]:
        return self.build.each(items_of(tree, self.problems), self.text)

    def plain(self, tree: Tree) -> str:
        if isinstance(tree, Scalar) and tree.text:
            return tree.text
        raise self.build.fail(tree, "此处应为文字", "text is expected here")

    def plain_or_not_stated(self, tree: Tree) -> str | None:
        text = self.plain(tree)
        return None if text == "not_stated" else text

    def words(self, tree: Tree) -> tuple[str, ...]:
        trees = one_or_more_of(tree, self.problems)
        return self.build.each(trees, self.plain)

    def places(self, tree: Tree) -> tuple[str, ...]:
        trees = one_or_more_of(tree, self.problems)
        return self.build.each(trees, lambda t: division_at(t, self.problems))

    def span(self, tree: Tree) -> tuple[date, date]:
        if isinstance(tree, Scalar):
            with suppress(ValueError):
                return span_of(tree.text)
        raise self.build.fail(
            tree, "此处应为日期，如 2024-12-30", "a date is expected here, like 2024-12-30"
        )

    def last_day(self, tree: Tree, begin: date | None) -> date:
        """A last day, not before ``begin``."""
        last = self.span(tree)[1]
        if begin is not None and last < begin:
            raise self.build.fail(tree, "终止日期早于起始日期", "the end lies before the start")
        return last

    def at_least_one(self, tree: Tree) -> int:
        number = whole_number_at(tree, self.problems)
        if number < 1:
            raise self.build.fail(tree, "须为 1 或更大", "1 or more is expected")
        return number
