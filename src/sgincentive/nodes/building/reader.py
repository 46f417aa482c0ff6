"""What the builders of all nodes share: problems, keys, facts and lists by name."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Self, TypeAlias, TypeVar, get_args

from sgincentive.calendar import span_of
from sgincentive.nodes import conditions as c
from sgincentive.nodes import days as d
from sgincentive.nodes.base import Condition, Day, Quantity
from sgincentive.nodes.building.plain import FIELD, Broken, items_of, whole_number_at
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.nodes.scope import Scope
from sgincentive.source import Mapping, Problems, Scalar, Tree
from sgincentive.words import Text

UNIT_NAMES = {
    "money": Text("金额", "money"),
    "number": Text("数目", "a number"),
    "months": Text("月数", "a number of months"),
    "days": Text("天数", "a number of days"),
    "years": Text("年数", "a number of years"),
    "year": Text("年份", "a year"),
}
TYPE_NAMES = {
    "bool": Text("是或否", "yes or no"),
    "date": Text("日期", "a date"),
    "year": Text("年份", "a year"),
    "money": Text("金额", "money"),
    "count": Text("个数", "a count"),
    "number": Text("数目", "a number"),
    "months": Text("月数", "months"),
    "level": Text("级别", "a level"),
    "division": Text("行政区划", "a division"),
    "word": Text("词语", "a word"),
    "text": Text("文字", "text"),
}
ORDERS = get_args(c.Order)
NUMERIC = {"money", "count", "number", "months", "year"}
Item = TypeVar("Item")
# A quantity and its unit; None: a bare number.
Built: TypeAlias = tuple[Quantity, str | None]


class Reader(ABC):
    """Reads what nodes are made of; problems are collected, a broken node raises Broken."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    def silent(self) -> Self:
        """A builder of the same kind whose problems nobody reads."""
        return type(self)(Problems(self.problems.path, None))

    @abstractmethod
    def condition(self, tree: Tree, scope: Scope) -> Condition:
        """A condition. Raises Broken."""

    @abstractmethod
    def day(self, tree: Tree, scope: Scope) -> Day:
        """A day. Raises Broken."""

    @abstractmethod
    def quantity(self, tree: Tree, expect: str | None, scope: Scope) -> Built:
        """A quantity and its unit. Raises Broken where the unit is not the one expected."""

    @abstractmethod
    def find_unit(self, trees: list[Tree], scope: Scope) -> str | None:
        """The unit of the first quantity that has one."""

    @abstractmethod
    def same_unit(
        self, trees: list[Tree], expect: str | None, scope: Scope
    ) -> tuple[tuple[Quantity, ...], str | None]:
        """Quantities that must share one unit; literals take that of the others."""

    def fail(self, where: Tree, zh: str, en: str, hint: Text | None = None) -> Broken:
        """Record an error and give the exception to raise."""
        self.problems.error(where, Text(zh, en), hint)
        return Broken()

    def mapping(self, tree: Tree) -> Mapping:
        if isinstance(tree, Mapping):
            return tree
        raise self.fail(tree, "此处应为若干“键: 值”", "keys and values are expected here")

    def only(self, tree: Mapping, *valid: str) -> None:
        """Record keys other than ``valid``; what they stand beside is read all the same."""
        for key, entry in tree.entries.items():
            if key not in valid:
                self.problems.unknown_key(entry.key, valid, FIELD)

    def sound(self, found: Item | None) -> Item:
        """What a name stands for. Raises Broken where that is broken itself."""
        if found is None:
            raise Broken
        return found

    def need(self, tree: Mapping, key: str) -> Tree:
        found = tree.get(key)
        if found is None:
            self.problems.missing_key(tree, key)
            raise Broken
        return found

    def each(self, items: Iterable[Item], build: Callable[[Item], Any]) -> tuple[Any, ...]:
        """Build every item; all problems are found before Broken is raised."""
        built, bad = [], False
        for item in items:
            try:
                built.append(build(item))
            except Broken:
                bad = True
        if bad:
            raise Broken
        return tuple(built)

    def together(self, *reads: Callable[[], Any]) -> tuple[Any, ...]:
        """What each of ``reads`` gives; all problems are found before Broken is raised."""
        return self.each(reads, lambda read: read())

    def truth_value(self, tree: Tree) -> bool:
        if isinstance(tree, Scalar) and not tree.quoted and tree.text in ("true", "false"):
            return tree.text == "true"
        raise self.fail(tree, "此处应为 true 或 false", "true or false is expected here")

    def flag(self, node: Mapping, key: str, default: bool = False) -> bool:
        tree = node.get(key)
        return default if tree is None else self.truth_value(tree)

    def fact(self, tree: Tree, scope: Scope) -> FactRef:
        """The fact named by a scalar."""
        if not isinstance(tree, Scalar):
            raise self.fail(tree, "此处应为事实名称", "the name of a fact is expected here")
        ref = scope.fact_ref(tree.text)
        if ref is not None:
            return ref
        owner = scope.owner_of(tree.text)
        if owner is not None:
            raise self.fail(
                tree,
                f'"{tree.text}" 属于列表 {owner.name} 中的一项',
                f'"{tree.text}" belongs to an entry of {owner.name}',
                Text(f"用 exists: {owner.name}", f"use exists: {owner.name}"),
            )
        self.problems.unknown_value(tree, scope.names(), Text("事实", "fact"))
        raise Broken

    def list_named(self, tree: Tree, scope: Scope) -> ListRef:
        """The list named by a scalar."""
        if isinstance(tree, Scalar):
            found = scope.list_ref(tree.text)
            if found is not None:
                return found
            self.problems.unknown_value(tree, scope.lists, Text("列表", "list"))
            raise Broken
        raise self.fail(tree, "此处应为列表名称", "the name of a list is expected here")

    def list_test(
        self, tree: Mapping, key: str, scope: Scope, *inside: Callable[[Scope], Any]
    ) -> tuple[Any, ...]:
        """The test over a list written as ``{key: list, where: [...], at: day}``, and what each
        of ``inside`` reads of its entries."""
        where, at = tree.get("where"), tree.get("at")
        try:
            ref = self.list_named(self.need(tree, key), scope)
        except Broken:
            # What its entries are is not known; the day is asked about without them.
            if at is not None:
                self.day(at, scope)
            raise
        inner = scope.inside(ref)
        parts, day, *found = self.together(
            lambda: self.conditions(where, inner) if where is not None else (),
            lambda: self.day_among(at, ref, scope) if at is not None else None,
            *((lambda read=read: read(inner)) for read in inside),
        )
        return ListTest(ref, c.All(parts), day), *found

    def conditions(self, tree: Tree, scope: Scope) -> tuple[Condition, ...]:
        """A list of conditions."""
        return self.each(items_of(tree, self.problems), lambda t: self.condition(t, scope))

    def day_among(self, tree: Tree, ref: ListRef, scope: Scope) -> Day:
        """The day on which entries of a list count."""
        if ref.start is None or ref.end is None:
            raise self.fail(
                tree,
                f"{ref.name} 的各项没有起止日期，不能用 at",
                f"the entries of {ref.name} have no start and end: at does not apply",
            )
        return self.day(tree, scope)

    def type_error(self, tree: Tree, expected: str, ref: FactRef) -> Broken:
        want, have = TYPE_NAMES[expected], TYPE_NAMES[ref.fact.type]
        return self.fail(
            tree,
            f"此处应为{want.zh}，而 {ref.name} 是{have.zh}",
            f"{want.en} is expected here, but {ref.name} is {have.en}",
        )

    def word(self, tree: Tree, ref: FactRef) -> str | None:
        """A word of the vocabulary of a fact; ``none`` where the fact can be none."""
        if not isinstance(tree, Scalar):
            raise self.fail(tree, "此处应为一个词语", "a word is expected here")
        if tree.text == "none" and ref.fact.nullable:
            return None
        vocabulary = ref.fact.vocabulary
        if vocabulary is None:
            return tree.text
        if tree.text in vocabulary.values:
            return tree.text
        valid = (*vocabulary.values, "none") if ref.fact.nullable else vocabulary.values
        self.problems.unknown_value(tree, valid, Text(ref.fact.label.zh, ref.name))
        raise Broken

    def number_between(self, tree: Tree, low: int, high: int) -> int:
        number = whole_number_at(tree, self.problems)
        if not low <= number <= high:
            raise self.fail(
                tree, f"须在 {low} 与 {high} 之间", f"must lie between {low} and {high}"
            )
        return number

    def pair(self, tree: Tree) -> list[Tree]:
        items = items_of(tree, self.problems, 2)
        if len(items) != 2:
            raise self.fail(tree, "此处应为两项", "two items are expected here")
        return items

    def literal_day(self, tree: Tree) -> d.DayConstant:
        """A date of the text: YYYY-MM-DD, or YYYY-MM or YYYY where no more is known."""
        if isinstance(tree, Scalar):
            with suppress(ValueError):
                first, last = span_of(tree.text)
                return d.DayConstant(first, last)
        raise self.fail(
            tree,
            "此处应为日期，如 2024-12-30（只知年月或年份可写 2024-12 或 2024）",
            "a date is expected here, like 2024-12-30 (2024-12 or 2024 where no more is known)",
        )

    def unit_error(self, tree: Tree, expected: str, found: str) -> Broken:
        want, have = UNIT_NAMES[expected], UNIT_NAMES[found]
        return self.fail(
            tree,
            f"此处应为{want.zh}，得到的是{have.zh}",
            f"{want.en} is expected here, not {have.en}",
        )
