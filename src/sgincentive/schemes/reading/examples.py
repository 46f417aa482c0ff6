"""Reading examples and what no example tests."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from sgincentive.nodes.building import Broken, items_of
from sgincentive.schemes import model as m
from sgincentive.schemes.reading.values import Values
from sgincentive.source import Mapping, Tree, to_plain

EXAMPLE_KEYS = ("name", "on", "from", "to", "drafts", "expect", "printed")
EXPECT_KEYS = (
    "outcome", "amount", "entitled", "missing", "version", "status", "standing", "schedule",
    "fails", "unknown", "concerns",
)  # fmt: skip


def shallow(facts: Any) -> Any:
    """A mapping or list of its own, with the same entries."""
    return (
        dict(facts)
        if isinstance(facts, dict)
        else list(facts)
        if isinstance(facts, list)
        else facts
    )


class ExampleReader(Values):
    """Reads examples, their variants and the places left untested."""

    def examples(self, tree: Tree) -> tuple[m.Example, ...]:
        """The examples, each followed by its variants."""
        found: list[m.Example] = []
        for item in items_of(tree, self.problems):
            with suppress(Broken):
                node = self.build.mapping(item)
                self.build.only(node, "given", "variants", *EXAMPLE_KEYS)
                given = to_plain(self.build.need(node, "given"))
                example = self.example(node, given, None)
                found.append(example)
                variants = node.get("variants")
                for inner in items_of(variants, self.problems) if variants is not None else ():
                    with suppress(Broken):
                        found.append(self.variant(inner, example))
        return tuple(found)

    def variant(self, tree: Tree, like: m.Example) -> m.Example:
        """An example that changes single facts of another."""
        node = self.build.mapping(tree)
        self.build.only(node, "set", "remove", *EXAMPLE_KEYS)
        given = shallow(like.given)
        changes, removals = node.get("set"), node.get("remove")
        if changes is not None:
            for entry in self.build.mapping(changes).entries.values():
                at, key = self.target(given, entry.key)
                if isinstance(at, list) and key == len(at):
                    at.append(to_plain(entry.value))
                else:
                    at[key] = to_plain(entry.value)
        for item in items_of(removals, self.problems) if removals is not None else ():
            at, key = self.target(given, item)
            if key == len(at) if isinstance(at, list) else key not in at:
                raise self.build.fail(
                    item, "原例中没有这一项", "the example has nothing there to remove"
                )
            del at[key]
        return self.example(node, given, like)

    def target(self, given: Any, tree: Tree) -> tuple[Any, Any]:
        """The mapping or list that a dotted path leads into, with the last key or index.

        The index after the last entry stands for a new one.
        """
        path = self.plain(tree).split(".")
        at: Any = given
        for place, word in enumerate(path):
            last = place == len(path) - 1
            key: Any = int(word) if isinstance(at, list) and word.isdecimal() else word
            inside = (isinstance(at, dict) and (last or key in at)) or (
                isinstance(at, list) and isinstance(key, int) and key < len(at) + last
            )
            if not inside:
                raise self.build.fail(
                    tree,
                    f"原例中没有 {'.'.join(path[: place + 1])}",
                    f"the example has no {'.'.join(path[: place + 1])}",
                )
            if not last:
                # The other example keeps its own.
                at[key] = at = shallow(at[key])
        return at, key

    def example(self, node: Mapping, given: Any, like: m.Example | None) -> m.Example:
        expect = self.build.mapping(self.build.need(node, "expect"))
        self.build.only(expect, *EXPECT_KEYS)
        on, start, stop = node.get("on"), node.get("from"), node.get("to")
        name, day, first, last, printed, drafts = self.build.together(
            lambda: self.text(self.build.need(node, "name")),
            lambda: self.span(on)[0] if on is not None else like.on if like else None,
            lambda: self.plain(start) if start is not None else like.start if like else None,
            lambda: self.plain(stop) if stop is not None else like.stop if like else None,
            lambda: self.build.flag(node, "printed"),
            lambda: self.build.flag(node, "drafts", like.drafts if like else False),
        )
        mark = node.mark.line, node.mark.column
        return m.Example(name, given, day, to_plain(expect), first, last, printed, mark, drafts)

    def untested(self, tree: Tree) -> tuple[m.Untested, ...]:
        """Places of the file where a change alters no answer, each with the reason."""

        def one(item: Tree) -> m.Untested:
            node = self.build.mapping(item)
            self.build.only(node, "at", "change", "why")
            change = node.get("change")
            return m.Untested(
                *self.build.together(
                    lambda: self.plain(self.build.need(node, "at")),
                    lambda: self.plain(change) if change is not None else None,
                    lambda: self.text(self.build.need(node, "why")),
                )
            )

        return self.build.each(items_of(tree, self.problems), one)
