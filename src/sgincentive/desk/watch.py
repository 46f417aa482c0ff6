"""Which conditions held and failed, and which rows of tables were taken, while examples ran."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

from sgincentive.desk.drafts import Draft
from sgincentive.desk.located import Located
from sgincentive.nodes import conditions as c
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import ABSENT, Case, Condition, Quantity
from sgincentive.nodes.building import domain
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.values import Bounds, Truth
from sgincentive.nodes.walk import below
from sgincentive.schemes.model import Requirement, Scheme, Version, Window
from sgincentive.source import Mark

# What holds conditions and amounts; every other value is left as it is.
HOLDERS = (
    Condition, Quantity, ListTest, q.Bracket, q.Part, Requirement, Version, Window,
)  # fmt: skip
TABLES = (q.ByFact, q.Brackets, q.Cases)


@dataclass(frozen=True, slots=True)
class Watched(Condition):
    """A condition that keeps every truth it had; ``plain`` is the node of the rule file."""

    keyword = "watched"
    part: Condition
    plain: Condition
    line: int
    truths: set[bool | None] = field(default_factory=set, hash=False, compare=False)

    def truth(self, case: Case) -> Truth:
        found = self.part.truth(case)
        self.truths.add(found.value)
        return found


@dataclass(frozen=True, slots=True)
class WatchedTable(Quantity):
    """A table that keeps which of its rows were taken; ``plain`` is the node of the rule file."""

    keyword = "watched"
    part: Quantity
    plain: Quantity
    lines: tuple[int, ...]
    taken: set[int] = field(default_factory=set, hash=False, compare=False)

    def bounds(self, case: Case) -> Bounds:
        row = row_taken(self.part, case)
        if row is not None:
            self.taken.add(row)
        return self.part.bounds(case)


def rows(table: Quantity) -> list[Quantity]:
    """The values of the rows of a table, that for every other case last."""
    if isinstance(table, q.Brackets):
        return [row.value for row in table.rows]
    assert isinstance(table, q.ByFact | q.Cases)
    found = [value for _, value in table.rows]
    return found if table.otherwise is None else [*found, table.otherwise]


def row_taken(table: Quantity, case: Case) -> int | None:
    """The row that a case surely takes; None where it is open or there is none."""
    if isinstance(table, q.ByFact):
        value = table.ref.value(case)
        if value is ABSENT:
            return None
        keys = [key for key, _ in table.rows]
        if value in keys:
            return keys.index(value)
        return len(keys) if table.otherwise is not None else None
    if isinstance(table, q.Brackets):
        of = table.of.bounds(case)
        sure = [i for i, row in enumerate(table.rows) if row.must_hold(of)]
        return sure[0] if len(sure) == 1 else None
    assert isinstance(table, q.Cases)
    for i, (condition, _) in enumerate(table.rows):
        value = condition.truth(case).value
        if value is None:
            return None
        if value:
            return i
    return len(table.rows) if table.otherwise is not None else None


class Watch:
    """A scheme whose conditions and tables are watched."""

    def __init__(self, draft: Draft) -> None:
        self.located = Located(draft)
        # A named amount is built at each of its uses: what stands at one place is one.
        self.conditions: dict[tuple[Mark, type], Watched] = {}
        self.tables: dict[tuple[Mark, type], WatchedTable] = {}
        self.made: dict[int, tuple[Any, Any]] = {}
        versions = tuple(self.rebuilt(v) for v in self.located.scheme.versions)
        self.scheme: Scheme = replace(self.located.scheme, versions=versions)

    def rebuilt(self, node: Any) -> Any:
        """The node with everything below it watched."""
        if type(node) is tuple:
            return tuple(map(self.rebuilt, node))
        if not isinstance(node, HOLDERS):
            return node
        known = self.made.get(id(node))
        if known is None:
            known = self.made[id(node)] = (node, self.watched(node))
        return known[1]

    def watched(self, node: Any) -> Any:
        changes: dict[str, Any] = {}
        for each in fields(node):
            value = getattr(node, each.name)
            new = self.rebuilt(value)
            if new is not value and not (type(value) is tuple and same(value, new)):
                changes[each.name] = new
        made: Any = replace(node, **changes) if changes else node
        mark = self.located.mark(node)
        place = (mark or Mark(0, 0), type(node))
        if isinstance(node, Condition) and mark is not None and not isinstance(node, c.When):
            watched = Watched(made, node, mark.line)
            known = self.conditions.setdefault(place, watched)
            return replace(watched, truths=known.truths)
        if isinstance(node, TABLES) and mark is not None:
            lines = tuple(self.line(row, mark) for row in rows(node))
            table = WatchedTable(made, node, lines)
            return replace(table, taken=self.tables.setdefault(place, table).taken)
        return made

    def line(self, node: Quantity, beside: Mark) -> int:
        """The line of a row of a table."""
        return (self.located.mark(node) or beside).line

    def requirement(self, watched: Watched) -> str | None:
        """The id of the requirement that a condition is the whole of."""
        for version in self.scheme.versions:
            for each in version.requirements:
                if isinstance(each.condition, Watched) and each.condition.truths is watched.truths:
                    return each.id
        return None

    def one_sided(self) -> Iterator[tuple[Watched, bool]]:
        """The requirements and the conditions without parts that were never true, or never false
        though they can be, each with that value."""
        for watched in self.conditions.values():
            if not is_leaf(watched.plain) and self.requirement(watched) is None:
                continue
            for value in (True, False):
                if value not in watched.truths and can_be(watched.plain, value):
                    yield watched, value

    def untaken(self) -> Iterator[tuple[WatchedTable, int]]:
        """The rows of tables that no example took."""
        for table in self.tables.values():
            for i in range(len(table.lines)):
                if i not in table.taken:
                    yield table, i


def is_leaf(node: Condition) -> bool:
    """Whether no condition stands below."""
    return not any(
        isinstance(n, Condition) and n is not node and n != c.All(()) for n in below(node)
    )


def can_be(node: Condition, value: bool) -> bool:
    """Whether some profile could make a condition true, or false: what the text leaves open in
    every case is neither."""
    if isinstance(node, c.NotStated):
        return False
    if isinstance(node, c.Named):
        return can_be(node.part, value)
    if isinstance(node, c.When):
        return value or can_be(node.part, False)
    if isinstance(node, c.Not):
        return can_be(node.part, not value)
    if isinstance(node, c.All | c.AnyOf | c.Readings):
        every = isinstance(node, c.Readings) or value is isinstance(node, c.All)
        return (all if every else any)(can_be(part, value) for part in node.parts)
    if isinstance(node, c.Exists):
        return not value or can_be(node.test.where, True)
    if isinstance(node, c.Every):
        return value or node.if_empty == "fails" or can_be(node.that, False)
    if isinstance(node, c.OneOf) and value is node.negated:
        ref = node.ref
        every = ref.fact.vocabulary is not None and not ref.fact.nullable
        return not node.open and not (every and set(domain(ref)) <= set(node.values))
    if isinstance(node, c.Within) and value is node.negated:
        return not node.open
    return True


def same(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    """Whether two tuples hold the same things."""
    return all(a is b or (type(a) is tuple and same(a, b)) for a, b in zip(old, new, strict=True))
