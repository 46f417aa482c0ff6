"""From the tree of a rule file to checked nodes: every name known, every type fitting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from fractions import Fraction
from typing import Any, cast, get_args

from sgincentive.calendar import span_of
from sgincentive.divisions import AmbiguousDivision, UnknownDivision, resolve
from sgincentive.facts.vocabularies import PLAIN_STATISTICS
from sgincentive.nodes import conditions as c
from sgincentive.nodes import days as d
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition, Day, Quantity
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.nodes.scope import Scope
from sgincentive.nodes.values import Number
from sgincentive.source import Mapping, Problems, Scalar, Sequence, Tree
from sgincentive.words import Text

NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?")
SHARE = re.compile(r"((?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,4})?)%")
FRACTION = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")

ORDERS = get_args(c.Order)
DAY_ORDERS = get_args(c.DayOrder)
ROUNDINGS = get_args(q.Rounding)
IF_EMPTY = get_args(c.IfEmpty)
# What may stand beside a condition, so that a misspelling of it finds its name.
BESIDE_CONDITION = ("unless", "when", "id", "clause", "strength", "text", "due", "unclear")
NUMERIC = {"money", "count", "number", "months", "year"}

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
# Stands for the values that no table can list, the same in every scheme.
ENDLESS = object()
FIELD = Text("字段", "field")
NODE = Text("节点", "node")
VALUE = Text("取值", "value")


class Broken(Exception):
    """A node that cannot be built; the problem is recorded already."""


def text_at(tree: Tree, problems: Problems) -> Text:
    """A text in both languages: ``{zh: …, en: …}``. Raises Broken."""
    if isinstance(tree, Mapping):
        for key, entry in tree.entries.items():
            if key not in ("zh", "en"):
                problems.unknown_key(entry.key, ("zh", "en"), FIELD)
        zh, en = tree.get("zh"), tree.get("en")
        if isinstance(zh, Scalar) and isinstance(en, Scalar) and zh.text and en.text:
            return Text(zh.text, en.text)
    problems.error(
        tree,
        Text("此处应为中英文两种文字", "a text in both languages is expected here"),
        Text("写作 {zh: …, en: …}", "write {zh: …, en: …}"),
    )
    raise Broken


def word_at(tree: Tree, valid: Iterable[str], problems: Problems, what: Text) -> str:
    """One of the words of ``valid``. Raises Broken."""
    valid = tuple(valid)
    if isinstance(tree, Scalar):
        if tree.text in valid:
            return tree.text
        problems.unknown_value(tree, valid, what)
    else:
        problems.error(tree, Text(f"此处应为{what.zh}", f"a {what.en} is expected here"))
    raise Broken


def whole_number_at(tree: Tree, problems: Problems) -> int:
    """A whole number, maybe below 0. Raises Broken."""
    if isinstance(tree, Scalar) and not tree.quoted:
        digits = tree.text.removeprefix("-")
        if NUMBER.fullmatch(digits) and "." not in digits:
            return int(tree.text)
    problems.error(tree, Text("此处应为整数", "a whole number is expected here"))
    raise Broken


def items_of(tree: Tree, problems: Problems, least: int = 1) -> list[Tree]:
    """The items of a list with at least ``least`` entries. Raises Broken."""
    if isinstance(tree, Sequence) and len(tree.items) >= least:
        return tree.items
    problems.error(
        tree,
        Text(f"此处应为至少 {least} 项的列表", f"a list of at least {least} is expected here"),
    )
    raise Broken


def division_at(tree: Tree, problems: Problems) -> str:
    """A division by code or name. Raises Broken."""
    if isinstance(tree, Scalar):
        if not tree.quoted and tree.text.isascii() and tree.text.isdecimal():
            problems.error(
                tree,
                Text("区划代码须加引号", "a division code must stand in quotation marks"),
                Text(f'写作 "{tree.text}"', f'write "{tree.text}"'),
            )
            raise Broken
        try:
            return resolve(tree.text)
        except (UnknownDivision, AmbiguousDivision) as error:
            problems.error(tree, error.text)
            raise Broken from None
    problems.error(tree, Text("此处应为行政区划", "a division is expected here"))
    raise Broken


class Builder:
    """Builds the nodes of one rule file; problems are collected, a broken node raises Broken."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems

    # ------------------------------------------------------------------ helpers

    def fail(self, where: Tree, zh: str, en: str, hint: Text | None = None) -> Broken:
        """Record an error and give the exception to raise."""
        self.problems.error(where, Text(zh, en), hint)
        return Broken()

    def mapping(self, tree: Tree) -> Mapping:
        if isinstance(tree, Mapping):
            return tree
        raise self.fail(tree, "此处应为若干“键: 值”", "keys and values are expected here")

    def only(self, tree: Mapping, *valid: str) -> None:
        """Refuse keys other than ``valid``."""
        bad = False
        for key, entry in tree.entries.items():
            if key not in valid:
                self.problems.unknown_key(entry.key, valid, FIELD)
                bad = True
        if bad:
            raise Broken

    def need(self, tree: Mapping, key: str) -> Tree:
        found = tree.get(key)
        if found is None:
            raise self.fail(tree, f'缺少 "{key}"', f'"{key}" is missing')
        return found

    def each(self, trees: Iterable[Tree], build: Callable[[Tree], Any]) -> tuple[Any, ...]:
        """Build every item; all problems are found before Broken is raised."""
        built, bad = [], False
        for tree in trees:
            try:
                built.append(build(tree))
            except Broken:
                bad = True
        if bad:
            raise Broken
        return tuple(built)

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

    def list_test(self, tree: Mapping, key: str, scope: Scope) -> tuple[ListTest, Scope]:
        """The test over a list written as ``{key: list, where: [...], at: day}``."""
        ref = self.list_named(self.need(tree, key), scope)
        inner = scope.inside(ref)
        where = tree.get("where")
        parts = (
            self.each(items_of(where, self.problems), lambda t: self.condition(t, inner))
            if (where is not None)
            else ()
        )
        at = tree.get("at")
        day = None
        if at is not None:
            if ref.start is None or ref.end is None:
                raise self.fail(
                    at,
                    f"{ref.name} 的各项没有起止日期，不能用 at",
                    f"the entries of {ref.name} have no start and end: at does not apply",
                )
            day = self.day(at, scope)
        return ListTest(ref, c.All(parts), day), inner

    # --------------------------------------------------------------- conditions

    def condition(self, tree: Tree, scope: Scope) -> Condition:
        """A condition; ``unless`` and ``when`` may stand beside any of them."""
        node = self.mapping(tree)
        unless, when = node.get("unless"), node.get("when")
        entries = {k: e for k, e in node.entries.items() if k not in ("unless", "when")}
        built = self.bare_condition(Mapping(entries, node.mark, node.end), scope)
        if unless is not None:
            built = c.Unless(built, self.condition(unless, scope))
        if when is not None:
            built = c.When(self.condition(when, scope), built)
        return built

    def bare_condition(self, node: Mapping, scope: Scope) -> Condition:
        builders: dict[str, Callable[[Mapping, Scope], Condition]] = {
            "fact": self.on_fact,
            "value": self.on_value,
            "day": self.on_day,
            "share": self.on_share,
            "all": self.on_all,
            "any": self.on_any,
            "not": self.on_not,
            "at_least_n": self.on_at_least_n,
            "exists": self.on_exists,
            "every": self.on_every,
            "readings": self.on_readings,
            "not_stated": self.on_not_stated,
            "confirmed": self.on_confirmed,
            "uses": self.on_uses,
        }
        for key, build in builders.items():
            if key in node.entries:
                return build(node, scope)
        for entry in node.entries.values():
            self.problems.unknown_key(entry.key, builders, Text("条件节点", "condition"))
            raise Broken
        raise self.fail(node, "条件为空", "the condition is empty")

    def one_operator(self, node: Mapping, valid: Iterable[str], *beside: str) -> str:
        """The single operator key of a comparison."""
        valid = tuple(valid)
        found = [k for k in node.entries if k not in beside]
        for key in found:
            if key not in valid:
                names = (*valid, *beside[1:], *BESIDE_CONDITION)
                self.problems.unknown_key(
                    node.entries[key].key, names, Text("比较方式", "comparison")
                )
                raise Broken
        if len(found) != 1:
            raise self.fail(
                node,
                f"须有且只有一种比较方式: {', '.join(valid)}",
                f"exactly one comparison is expected: {', '.join(valid)}",
            )
        return found[0]

    def on_fact(self, node: Mapping, scope: Scope) -> Condition:
        ref = self.fact(node.entries["fact"].value, scope)
        kind = ref.fact.type
        if kind == "bool":
            key = self.one_operator(node, ("is",), "fact")
            return c.IsTrue(ref, self.truth_value(node.entries[key].value))
        if kind == "date":
            key = self.one_operator(node, (*DAY_ORDERS, "is"), "fact")
            if key == "is":
                return self.date_is(node, ref)
            right = self.day(node.entries[key].value, scope)
            return c.CompareDays(d.FactDay(ref), cast(c.DayOrder, key), right)
        if kind == "division":
            return self.place_condition(node, ref, scope)
        if kind in NUMERIC:
            return self.compare(node, "fact", node, scope)
        return self.word_condition(node, ref, scope)

    def date_is(self, node: Mapping, ref: FactRef) -> Condition:
        tree = node.entries["is"].value
        if isinstance(tree, Scalar) and tree.text == "none" and ref.fact.nullable:
            return c.OneOf(ref, (None,))
        raise self.fail(
            tree,
            "日期用 before、after、not_before、not_after 比较",
            "compare dates by before, after, not_before or not_after",
        )

    def truth_value(self, tree: Tree) -> bool:
        if isinstance(tree, Scalar) and not tree.quoted and tree.text in ("true", "false"):
            return tree.text == "true"
        raise self.fail(tree, "此处应为 true 或 false", "true or false is expected here")

    def place_condition(self, node: Mapping, ref: FactRef, scope: Scope) -> Condition:
        key = self.one_operator(node, ("within", "not_within"), "fact", "open")
        is_open = self.flag(node, "open")
        tree = node.entries[key].value
        negated = key == "not_within"
        if isinstance(tree, Mapping):
            other = self.fact(self.need(tree, "fact"), scope)
            if other.fact.type != "division":
                raise self.type_error(tree, "division", other)
            return c.Within(ref, other, negated, is_open)
        trees = tree.items if isinstance(tree, Sequence) else [tree]
        codes = self.each(trees, lambda t: division_at(t, self.problems))
        return c.Within(ref, codes, negated, is_open)

    def flag(self, node: Mapping, key: str, default: bool = False) -> bool:
        tree = node.get(key)
        return default if tree is None else self.truth_value(tree)

    def type_error(self, tree: Tree, expected: str, ref: FactRef) -> Broken:
        want, have = TYPE_NAMES[expected], TYPE_NAMES[ref.fact.type]
        return self.fail(
            tree,
            f"此处应为{want.zh}，而 {ref.name} 是{have.zh}",
            f"{want.en} is expected here, but {ref.name} is {have.en}",
        )

    def word_condition(self, node: Mapping, ref: FactRef, scope: Scope) -> Condition:
        vocabulary = ref.fact.vocabulary
        ordered = vocabulary is not None and vocabulary.ordered
        valid = ("is", "is_not", "one_of", "not_one_of", *(ORDERS if ordered else ()))
        key = self.one_operator(node, valid, "fact", "open")
        tree = node.entries[key].value
        if key in ORDERS and vocabulary is not None:
            if isinstance(tree, Mapping):
                other = self.fact(self.need(tree, "fact"), scope)
                if other.fact.vocabulary is not vocabulary:
                    raise self.type_error(tree, ref.fact.type, other)
                return c.WordOrder(ref, cast(c.Order, key), other, vocabulary)
            word = self.word(tree, ref)
            if word is None:
                raise self.fail(tree, "none 没有高低", "none has no rank")
            return c.WordOrder(ref, cast(c.Order, key), word, vocabulary)
        trees = items_of(tree, self.problems) if key.endswith("one_of") else [tree]
        words = self.each(trees, lambda t: self.word(t, ref))
        return c.OneOf(ref, words, key in ("is_not", "not_one_of"), self.flag(node, "open"))

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

    def on_value(self, node: Mapping, scope: Scope) -> Condition:
        return self.compare(node, "value", node.entries["value"].value, scope)

    def compare(self, node: Mapping, subject: str, left_tree: Tree, scope: Scope) -> Condition:
        """A comparison of quantities."""
        key = self.one_operator(node, (*ORDERS, "is", "is_not", "one_of", "between"), subject)
        if subject == "fact":
            fact = node.entries["fact"]
            left_tree = Mapping({"fact": fact}, node.mark, node.end)
        right_tree = node.entries[key].value
        rights = (
            items_of(right_tree, self.problems) if key in ("one_of", "between") else [right_tree]
        )
        if (
            subject == "fact"
            and isinstance(right_tree, Scalar)
            and right_tree.text == "none"
            and key in ("is", "is_not")
        ):
            ref = self.fact(node.entries["fact"].value, scope)
            if ref.fact.nullable:
                return c.OneOf(ref, (None,), key == "is_not")
        built, _ = self.same_unit([left_tree, *rights], None, scope)
        left, right = built[0], built[1:]
        if key == "between":
            if len(right) != 2:
                raise self.fail(right_tree, "between 须有两端", "between takes two ends")
            return c.Between(left, right[0], right[1])
        if key == "one_of":
            return c.AnyOf(tuple(c.Equals(left, each) for each in right))
        if key in ("is", "is_not"):
            return c.Equals(left, right[0], key == "is_not")
        return c.Compare(left, cast(c.Order, key), right[0])

    def on_day(self, node: Mapping, scope: Scope) -> Condition:
        key = self.one_operator(node, DAY_ORDERS, "day")
        left = self.day(node.entries["day"].value, scope)
        right = self.day(node.entries[key].value, scope)
        return c.CompareDays(left, cast(c.DayOrder, key), right)

    def on_share(self, node: Mapping, scope: Scope) -> Condition:
        key = self.one_operator(node, ORDERS, "share")
        share = self.mapping(node.entries["share"].value)
        self.only(share, "part", "whole", "if_empty")
        (part, whole), _ = self.same_unit(
            [self.need(share, "part"), self.need(share, "whole")], None, scope
        )
        if share.get("if_empty") is None:
            raise self.fail(
                share,
                '缺少 "if_empty": 分母可能为 0',
                '"if_empty" is missing: the whole may be 0',
                Text(f"可用的有: {', '.join(IF_EMPTY)}", f"expected one of: {', '.join(IF_EMPTY)}"),
            )
        empty = word_at(self.need(share, "if_empty"), IF_EMPTY, self.problems, VALUE)
        limit, _ = self.quantity(node.entries[key].value, "number", scope)
        return c.CompareShare(part, whole, cast(c.Order, key), limit, cast(c.IfEmpty, empty))

    def conditions(self, tree: Tree, scope: Scope) -> tuple[Condition, ...]:
        """A list of conditions."""
        return self.each(items_of(tree, self.problems), lambda t: self.condition(t, scope))

    def on_all(self, node: Mapping, scope: Scope) -> Condition:
        self.only(node, "all")
        return c.All(self.conditions(node.entries["all"].value, scope))

    def on_any(self, node: Mapping, scope: Scope) -> Condition:
        self.only(node, "any")
        return c.AnyOf(self.conditions(node.entries["any"].value, scope))

    def on_not(self, node: Mapping, scope: Scope) -> Condition:
        self.only(node, "not")
        return c.Not(self.condition(node.entries["not"].value, scope))

    def on_at_least_n(self, node: Mapping, scope: Scope) -> Condition:
        self.only(node, "at_least_n", "of")
        tree = node.entries["at_least_n"].value
        parts = self.conditions(self.need(node, "of"), scope)
        if isinstance(tree, Scalar) and tree.text == "not_stated":
            return c.AtLeastN(None, parts)
        n = whole_number_at(tree, self.problems)
        if not 1 <= n <= len(parts):
            raise self.fail(
                tree, f"须在 1 与 {len(parts)} 之间", f"must lie between 1 and {len(parts)}"
            )
        return c.AtLeastN(n, parts)

    def on_exists(self, node: Mapping, scope: Scope) -> Condition:
        self.only(node, "exists", "where", "at")
        return c.Exists(self.list_test(node, "exists", scope)[0])

    def on_every(self, node: Mapping, scope: Scope) -> Condition:
        self.only(node, "every", "where", "at", "that", "if_empty")
        test, inner = self.list_test(node, "every", scope)
        that = c.All(self.conditions(self.need(node, "that"), inner))
        empty = word_at(self.need(node, "if_empty"), IF_EMPTY, self.problems, VALUE)
        return c.Every(test, that, cast(c.IfEmpty, empty))

    def on_readings(self, node: Mapping, scope: Scope) -> Condition:
        self.only(node, "readings", "note")
        parts = self.each(
            items_of(node.entries["readings"].value, self.problems, 2),
            lambda t: self.condition(t, scope),
        )
        note = node.get("note")
        return c.Readings(parts, text_at(note, self.problems) if note is not None else None)

    def on_not_stated(self, node: Mapping, scope: Scope) -> Condition:
        del scope
        self.only(node, "not_stated")
        return c.NotStated(text_at(node.entries["not_stated"].value, self.problems))

    def on_confirmed(self, node: Mapping, scope: Scope) -> Condition:
        del scope
        self.only(node, "confirmed", "text")
        tree = node.entries["confirmed"].value
        if not isinstance(tree, Scalar) or not re.fullmatch(
            r"[a-z][a-z0-9]*(-[a-z0-9]+)*", tree.text
        ):
            raise self.fail(
                tree,
                "此处应为小写英文编号，如 review-passed",
                "an id in lower case is expected here, like review-passed",
            )
        return c.Confirmed(tree.text, text_at(self.need(node, "text"), self.problems))

    def on_uses(self, node: Mapping, scope: Scope) -> Condition:
        self.only(node, "uses")
        name = word_at(
            node.entries["uses"].value, scope.definitions, self.problems, Text("定义", "definition")
        )
        return c.Named(name, scope.definitions[name])

    # --------------------------------------------------------------------- days

    def day(self, tree: Tree, scope: Scope) -> Day:
        """A date: a literal, ``on``, ``applied``, ``not_stated`` or a node."""
        if isinstance(tree, Scalar):
            if tree.text in ("on", "applied"):
                return d.QuestionDay(tree.text)
            if tree.text == "not_stated":
                return d.day_not_stated()
            return self.literal_day(tree)
        node = self.mapping(tree)
        if "fact" in node.entries:
            self.only(node, "fact")
            ref = self.fact(node.entries["fact"].value, scope)
            if ref.fact.type != "date":
                raise self.type_error(node, "date", ref)
            return d.FactDay(ref)
        if "add_months" in node.entries:
            self.only(node, "add_months")
            items = items_of(node.entries["add_months"].value, self.problems, 2)
            months = whole_number_at(items[1], self.problems)
            return d.MonthsLater(self.day(items[0], scope), months)
        if "first_of_month" in node.entries:
            self.only(node, "first_of_month")
            return d.MonthStart(self.day(node.entries["first_of_month"].value, scope))
        if "not_before" in node.entries or "not_after" in node.entries:
            self.only(node, "not_before", "not_after")
            first = self.literal_day(self.need(node, "not_before"))
            last = self.literal_day(self.need(node, "not_after"))
            return d.DayConstant(first.first, last.last)
        if "by" in node.entries:
            ref = self.fact(node.entries["by"].value, scope)
            if ref.fact.type != "year":
                raise self.type_error(node, "year", ref)
            rows = tuple(
                (int(key), self.day(entry.value, scope))
                for key, entry in node.entries.items()
                if key != "by" and self.year_key(entry.key)
            )
            return d.DayByFact(ref, rows)
        if "day_of_year" in node.entries:
            self.only(node, "day_of_year", "years", "month", "day")
            years = node.get("years")
            later = whole_number_at(years, self.problems) if years is not None else 0
            month = self.number_between(self.need(node, "month"), 1, 12)
            on_day = self.number_between(self.need(node, "day"), 1, 31)
            of = node.entries["day_of_year"].value
            if isinstance(of, Scalar) and of.text in ("on", "applied"):
                return d.DayInYear(d.QuestionDay(of.text), later, month, on_day)
            ref = self.fact(of, scope)
            if ref.fact.type not in ("year", "date"):
                raise self.type_error(node, "year", ref)
            return d.DayOfYear(ref, later, month, on_day)
        for key in ("earliest", "latest", "readings"):
            if key in node.entries:
                self.only(node, key)
                days = self.each(
                    items_of(node.entries[key].value, self.problems, 2),
                    lambda t: self.day(t, scope),
                )
                return (
                    d.DayReadings(days)
                    if key == "readings"
                    else d.ExtremeDay(key == "latest", days)
                )
        valid = (
            "fact", "add_months", "first_of_month", "by", "day_of_year", "earliest", "latest",
            "readings",
        )  # fmt: skip
        for entry in node.entries.values():
            self.problems.unknown_key(
                entry.key, (*valid, "not_before"), Text("日期节点", "date node")
            )
            raise Broken
        raise self.fail(node, "日期为空", "the date is empty")

    def number_between(self, tree: Tree, low: int, high: int) -> int:
        number = whole_number_at(tree, self.problems)
        if not low <= number <= high:
            raise self.fail(
                tree, f"须在 {low} 与 {high} 之间", f"must lie between {low} and {high}"
            )
        return number

    def year_key(self, key: Scalar) -> bool:
        if re.fullmatch(r"(19|20)[0-9]{2}", key.text):
            return True
        raise self.fail(key, "此处应为年份", "a year is expected here")

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

    # --------------------------------------------------------------- quantities

    def same_unit(
        self, trees: list[Tree], expect: str | None, scope: Scope
    ) -> tuple[tuple[Quantity, ...], str | None]:
        """Quantities that must share one unit; literals take that of the others."""
        unit = expect or self.find_unit(trees, scope)
        built = self.each(trees, lambda t: self.quantity(t, unit, scope)[0])
        return built, unit

    def find_unit(self, trees: list[Tree], scope: Scope) -> str | None:
        """The unit of the first quantity that has one."""
        silent = Builder(Problems(self.problems.path, None))
        for tree in trees:
            with suppress(Broken):
                unit = silent.quantity(tree, None, scope)[1]
                if unit is not None:
                    return unit
        return None

    def quantity(self, tree: Tree, expect: str | None, scope: Scope) -> tuple[Quantity, str | None]:
        """A quantity and its unit (None: a bare number). Raises Broken where units differ."""
        if isinstance(tree, Scalar):
            return self.literal(tree, expect), expect
        node = self.mapping(tree)
        builders: dict[str, Callable[[Mapping, str | None, Scope], tuple[Quantity, str | None]]] = {
            "by": self.by,
            "brackets": self.brackets,
            "cases": self.cases,
            "sum": self.several,
            "difference": self.difference,
            "product": self.product,
            "quotient": self.quotient,
            "share_of": self.share_of,
            "least": self.several,
            "greatest": self.several,
            "cap": self.limited,
            "floor": self.limited,
            "round": self.round,
            "per": self.per,
            "parts": self.parts,
            "part": self.part,
            "let": self.let,
            "readings": self.several,
            "range": self.range,
            "at_least": self.range,
            "at_most": self.range,
            "not_published": self.not_published,
            "count": self.count,
            "months": self.months,
            "over": self.over,
            "months_between": self.between_days,
            "days_between": self.between_days,
            "years_between": self.between_days,
            "year_of": self.year_of,
            "statistic": self.statistic,
            "fact": self.fact_amount,
        }
        for key, build in builders.items():
            if key in node.entries:
                built, unit = build(node, expect, scope)
                if unit is not None and expect is not None and unit != expect:
                    raise self.unit_error(tree, expect, unit)
                return built, unit or expect
        for entry in node.entries.values():
            self.problems.unknown_key(entry.key, builders, Text("数额节点", "amount node"))
            raise Broken
        raise self.fail(node, "数额为空", "the amount is empty")

    def unit_error(self, tree: Tree, expected: str, found: str) -> Broken:
        want, have = UNIT_NAMES[expected], UNIT_NAMES[found]
        return self.fail(
            tree,
            f"此处应为{want.zh}，得到的是{have.zh}",
            f"{want.en} is expected here, not {have.en}",
        )

    def literal(self, tree: Scalar, expect: str | None) -> Quantity:
        """A number of the text: of CNY where money is expected, a share as 30% or 1/3."""
        if not tree.quoted:
            if tree.text == "not_published":
                return q.NotPublished()
            if NUMBER.fullmatch(tree.text):
                value = Fraction(tree.text)
                if expect == "money":
                    value *= 100
                    if value.denominator != 1:
                        raise self.fail(tree, "金额最多两位小数", "money has at most two decimals")
                return q.Constant(plain(value))
            share = SHARE.fullmatch(tree.text)
            if share and expect in (None, "number"):
                return q.Constant(plain(Fraction(share[1]) / 100))
            fraction = FRACTION.fullmatch(tree.text)
            if fraction and expect in (None, "number"):
                return q.Constant(plain(Fraction(int(fraction[1]), int(fraction[2]))))
        want = UNIT_NAMES[expect] if expect else Text("数目", "a number")
        raise self.fail(
            tree,
            f"此处应为{want.zh}（最多 15 位数字和 4 位小数，不用科学记数法）",
            f"{want.en} is expected here (at most 15 digits and 4 decimals, no exponent)",
        )

    def fact_amount(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        ref = self.fact(node.entries["fact"].value, scope)
        kind = ref.fact.type
        if kind not in NUMERIC:
            raise self.fail(
                node,
                f"此处应为数额，而 {ref.name} 是{TYPE_NAMES[kind].zh}",
                f"an amount is expected here, but {ref.name} is {TYPE_NAMES[kind].en}",
            )
        if kind == "year":
            self.only(node, "fact", "years")
            years = node.get("years")
            shift = whole_number_at(years, self.problems) if years is not None else 0
            return q.FactYear(ref, shift), "year"
        self.only(node, "fact")
        unit = {"money": "money", "months": "months"}.get(kind, "number")
        return q.FactAmount(ref, self.total_of(ref, scope)), unit

    def total_of(self, ref: FactRef, scope: Scope) -> q.Count | None:
        """The count that gives a total of staff when the profile lists the persons."""
        prefix, _, field = ref.name.rpartition(".")
        persons = scope.list_ref(f"{prefix}.persons") if prefix.endswith("staff") else None
        if persons is None:
            return None
        inner = scope.inside(persons)

        def person(name: str) -> FactRef:
            found = inner.fact_ref(name)
            if found is None:
                raise LookupError(name)
            return found

        certified = c.OneOf(person("level"), (None,), negated=True)
        tests: dict[str, Condition] = {
            "total": c.All(()),
            "professionals": c.AnyOf((certified, c.IsTrue(person("professional"), True))),
            "social_workers": certified,
            "full_time": c.IsTrue(person("full_time"), True),
            "full_time_social_workers": c.All((certified, c.IsTrue(person("full_time"), True))),
            "frontline": c.IsTrue(person("frontline"), True),
            "assistants": c.OneOf(person("level"), ("assistant",)),
            "intermediates": c.OneOf(person("level"), ("social_worker",)),
            "seniors": c.OneOf(person("level"), ("senior",)),
            "supervisors": c.OneOf(person("role"), ("supervisor",)),
        }
        return q.Count(ListTest(persons, tests[field])) if field in tests else None

    def by(self, node: Mapping, expect: str | None, scope: Scope) -> tuple[Quantity, str | None]:
        ref = self.fact(node.entries["by"].value, scope)
        rows = {k: e for k, e in node.entries.items() if k not in ("by", "otherwise")}
        keys = [self.row_key(entry.key, ref) for entry in rows.values()]
        other = node.get("otherwise")
        trees = [e.value for e in rows.values()] + ([other] if other is not None else [])
        if not rows:
            raise self.fail(node, "表中没有行", "the table has no row")
        built, unit = self.same_unit(trees, expect, scope)
        otherwise = built[-1] if other is not None else None
        return q.ByFact(ref, tuple(zip(keys, built, strict=False)), otherwise, domain(ref)), unit

    def row_key(self, key: Scalar, ref: FactRef) -> Any:
        """The value of a fact that a row of a table stands for."""
        kind = ref.fact.type
        if kind == "bool":
            return self.truth_value(key)
        if kind in ("year", "count"):
            return whole_number_at(key, self.problems)
        if ref.fact.vocabulary is None:
            raise self.fail(
                key,
                f"不能按 {ref.name} 列表: 用 cases",
                f"{ref.name} cannot be the key of a table: use cases",
            )
        return self.word(key, ref)

    def brackets(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        self.only(node, "brackets", "of")
        of, of_unit = self.quantity(self.need(node, "of"), None, scope)
        rows = [self.mapping(t) for t in items_of(node.entries["brackets"].value, self.problems)]
        for row in rows:
            self.only(row, *ORDERS, "value")
        built, unit = self.same_unit([self.need(r, "value") for r in rows], expect, scope)
        bands = tuple(
            self.bracket(row, value, of_unit, scope) for row, value in zip(rows, built, strict=True)
        )
        return q.Brackets(of, bands), unit

    def bracket(
        self, row: Mapping, value: Quantity, of_unit: str | None, scope: Scope
    ) -> q.Bracket:
        def end(inclusive: str, exclusive: str) -> tuple[Number | None, bool]:
            if inclusive in row.entries and exclusive in row.entries:
                raise self.fail(
                    row,
                    f"{inclusive} 与 {exclusive} 只能写一个",
                    f"give {inclusive} or {exclusive}, not both",
                )
            for key in (inclusive, exclusive):
                if key in row.entries:
                    found, _ = self.quantity(row.entries[key].value, of_unit, scope)
                    if not isinstance(found, q.Constant):
                        raise self.fail(
                            row.entries[key].value, "此处应为数字", "a number is expected here"
                        )
                    return found.value, key == inclusive
            return None, False

        low, low_in = end("at_least", "more_than")
        high, high_in = end("at_most", "less_than")
        return q.Bracket(low, low_in, high, high_in, value)

    def cases(self, node: Mapping, expect: str | None, scope: Scope) -> tuple[Quantity, str | None]:
        self.only(node, "cases")
        rows = [self.mapping(t) for t in items_of(node.entries["cases"].value, self.problems)]
        values, whens = [], []
        for i, row in enumerate(rows):
            if "otherwise" in row.entries:
                self.only(row, "otherwise")
                if i != len(rows) - 1:
                    raise self.fail(row, "otherwise 须在最后", "otherwise must come last")
                values.append(row.entries["otherwise"].value)
            else:
                self.only(row, "when", "value")
                whens.append(self.condition(self.need(row, "when"), scope))
                values.append(self.need(row, "value"))
        built, unit = self.same_unit(values, expect, scope)
        otherwise = built[-1] if len(built) > len(whens) else None
        return q.Cases(tuple(zip(whens, built, strict=False)), otherwise), unit

    def several(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        key = next(k for k in ("sum", "least", "greatest", "readings") if k in node.entries)
        self.only(node, key)
        trees = items_of(node.entries[key].value, self.problems, 2)
        built, unit = self.same_unit(trees, expect, scope)
        kinds: dict[str, Callable[[tuple[Quantity, ...]], Quantity]] = {
            "sum": q.Sum,
            "least": q.Least,
            "greatest": q.Greatest,
            "readings": q.AmountReadings,
        }
        return kinds[key](built), unit

    def pair(self, tree: Tree) -> list[Tree]:
        items = items_of(tree, self.problems, 2)
        if len(items) != 2:
            raise self.fail(tree, "此处应为两项", "two items are expected here")
        return items

    def difference(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        self.only(node, "difference")
        built, unit = self.same_unit(self.pair(node.entries["difference"].value), expect, scope)
        return q.Difference(built[0], built[1]), unit

    def product(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        self.only(node, "product")
        trees = items_of(node.entries["product"].value, self.problems, 2)
        silent = Builder(Problems(self.problems.path, None))
        units: list[str | None] = []
        for tree in trees:
            unit = None
            with suppress(Broken):
                unit = silent.quantity(tree, None, scope)[1]
            units.append(unit)
        if units.count("money") > 1:
            raise self.fail(node, "金额不能乘金额", "money cannot be multiplied by money")
        money = units.index("money") if "money" in units else None
        if money is None and expect == "money":
            money = units.index(None) if None in units else 0
        built = tuple(
            self.quantity(tree, "money" if i == money else units[i] or "number", scope)[0]
            for i, tree in enumerate(trees)
        )
        if money is not None:
            return q.Product(built), "money"
        others = {u for u in units if u not in (None, "number")}
        return q.Product(built), others.pop() if len(others) == 1 else "number"

    def quotient(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        self.only(node, "quotient")
        top, bottom = self.pair(node.entries["quotient"].value)
        of, unit = self.quantity(top, expect if expect == "money" else None, scope)
        by, by_unit = self.quantity(bottom, None, scope)
        if by_unit == "money":
            if unit != "money":
                raise self.unit_error(top, "money", unit or "number")
            return q.Quotient(of, by), "number"
        return q.Quotient(of, by), unit

    def share_of(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        self.only(node, "share_of", "share")
        share, _ = self.quantity(self.need(node, "share"), "number", scope)
        of, unit = self.quantity(node.entries["share_of"].value, expect, scope)
        return q.ShareOf(share, of), unit

    def limited(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        key = "cap" if "cap" in node.entries else "floor"
        self.only(node, key, "of")
        built, unit = self.same_unit(
            [self.need(node, "of"), node.entries[key].value], expect, scope
        )
        return (q.Cap if key == "cap" else q.Floor)(built[0], built[1]), unit

    def round(self, node: Mapping, expect: str | None, scope: Scope) -> tuple[Quantity, str | None]:
        self.only(node, "round", "of")
        how = self.mapping(node.entries["round"].value)
        self.only(how, "to", "mode")
        mode = word_at(
            self.need(how, "mode"), ROUNDINGS, self.problems, Text("取整方法", "rounding")
        )
        of, unit = self.quantity(self.need(node, "of"), expect, scope)
        step, _ = self.quantity(self.need(how, "to"), unit, scope)
        if not isinstance(step, q.Constant) or not step.value:
            raise self.fail(how, "取整单位须为正数", "the step must be a number above 0")
        return q.Round(of, step.value, cast(q.Rounding, mode)), unit

    def per(self, node: Mapping, expect: str | None, scope: Scope) -> tuple[Quantity, str | None]:
        self.only(node, "per", "of", "rounding", "value")
        of, of_unit = self.quantity(self.need(node, "of"), None, scope)
        units, _ = self.quantity(node.entries["per"].value, of_unit, scope)
        if not isinstance(units, q.Constant) or not units.value:
            raise self.fail(node, "每若干单位须为正数", "per takes a number above 0")
        rounding = word_at(
            self.need(node, "rounding"), ROUNDINGS, self.problems, Text("取整方法", "rounding")
        )
        value, unit = self.quantity(self.need(node, "value"), expect, scope)
        return q.PerUnits(of, units.value, cast(q.Rounding, rounding), value), unit

    def parts(self, node: Mapping, expect: str | None, scope: Scope) -> tuple[Quantity, str | None]:
        self.only(node, "parts")
        rows = [self.mapping(t) for t in items_of(node.entries["parts"].value, self.problems)]
        built: dict[str, q.Part] = {}
        unit = expect or self.find_unit([self.need(r, "value") for r in rows], scope)
        for row in rows:
            self.only(row, "id", "label", "value", "when")
            tree = self.need(row, "id")
            if not isinstance(tree, Scalar) or tree.text in built:
                raise self.fail(tree, "各部分须有不同编号", "each part needs an id of its own")
            inner = Scope(
                scope.facts,
                scope.lists,
                scope.entry,
                scope.definitions,
                scope.quantities,
                {**scope.parts, **built},
            )
            value, _ = self.quantity(self.need(row, "value"), unit, inner)
            when, label = row.get("when"), row.get("label")
            built[tree.text] = q.Part(
                tree.text,
                text_at(label, self.problems) if label is not None else None,
                value,
                self.condition(when, inner) if when is not None else None,
            )
        return q.Parts(tuple(built.values())), unit

    def part(self, node: Mapping, expect: str | None, scope: Scope) -> tuple[Quantity, str | None]:
        self.only(node, "part")
        name = word_at(node.entries["part"].value, scope.parts, self.problems, Text("部分", "part"))
        return q.PartAmount(scope.parts[name]), expect

    def let(self, node: Mapping, expect: str | None, scope: Scope) -> tuple[Quantity, str | None]:
        self.only(node, "let")
        name = word_at(
            node.entries["let"].value, scope.quantities, self.problems, Text("数额名称", "quantity")
        )
        named = scope.quantities[name]
        if named.unit is None and expect is not None:
            value, unit = self.quantity(named.tree, expect, named.scope)
            return q.Let(name, value), unit
        return q.Let(name, named.value), named.unit

    def range(self, node: Mapping, expect: str | None, scope: Scope) -> tuple[Quantity, str | None]:
        key = next(k for k in ("range", "at_least", "at_most") if k in node.entries)
        self.only(node, key)
        tree = node.entries[key].value
        if key != "range":
            built, unit = self.quantity(tree, expect, scope)
            return (q.Range(built, None) if key == "at_least" else q.Range(None, built)), unit
        (low, high), unit = self.same_unit(self.pair(tree), expect, scope)
        if isinstance(low, q.Constant) and isinstance(high, q.Constant) and low.value > high.value:
            raise self.fail(tree, "区间的下限大于上限", "the lower end lies above the upper end")
        return q.Range(low, high), unit

    def not_published(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        del scope
        self.only(node, "not_published")
        return q.NotPublished(text_at(node.entries["not_published"].value, self.problems)), expect

    def count(self, node: Mapping, expect: str | None, scope: Scope) -> tuple[Quantity, str | None]:
        del expect
        self.only(node, "count", "where", "at", "distinct")
        test, inner = self.list_test(node, "count", scope)
        distinct = node.get("distinct")
        return q.Count(test, self.fact(distinct, inner) if distinct is not None else None), "number"

    def months(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        del expect
        self.only(node, "months", "where", "since", "until", "continuous")
        bare = Mapping(
            {k: e for k, e in node.entries.items() if k in ("months", "where")}, node.mark, node.end
        )
        test, _ = self.list_test(bare, "months", scope)
        if test.list.start is None or test.list.end is None:
            raise self.fail(
                node,
                f"{test.list.name} 的各项没有起止日期",
                f"the entries of {test.list.name} have no start and end",
            )
        until, since = node.get("until"), node.get("since")
        return q.Months(
            test.list,
            test.where,
            self.day(until, scope) if until is not None else d.QuestionDay("on"),
            self.day(since, scope) if since is not None else None,
            self.flag(node, "continuous"),
        ), "months"

    def over(self, node: Mapping, expect: str | None, scope: Scope) -> tuple[Quantity, str | None]:
        self.only(node, "over", "where", "at", "take", "value")
        test, inner = self.list_test(node, "over", scope)
        take = word_at(
            self.need(node, "take"), get_args(q.Take), self.problems, Text("取法", "way to take")
        )
        value, unit = self.quantity(self.need(node, "value"), expect, inner)
        return q.OverList(cast(q.Take, take), test, value), unit

    def between_days(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        del expect
        kinds = {
            "months_between": (q.MonthsBetween, "months"),
            "days_between": (q.DaysBetween, "days"),
            "years_between": (q.YearsBetween, "years"),
        }
        key = next(k for k in kinds if k in node.entries)
        self.only(node, key)
        start, end = (self.day(t, scope) for t in self.pair(node.entries[key].value))
        kind, unit = kinds[key]
        return kind(start, end), unit

    def year_of(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        del expect
        self.only(node, "year_of")
        return q.Year(self.day(node.entries["year_of"].value, scope)), "year"

    def statistic(
        self, node: Mapping, expect: str | None, scope: Scope
    ) -> tuple[Quantity, str | None]:
        self.only(node, "statistic", "division", "year")
        kind_fact = scope.facts.get("statistic.kind")
        if kind_fact is None:
            raise self.fail(node, "此对象没有统计数据", "this subject has no statistics")
        kind = self.word(node.entries["statistic"].value, FactRef(kind_fact, "subject", ("kind",)))
        place = self.need(node, "division")
        division: FactRef | str
        if isinstance(place, Mapping):
            division = self.fact(self.need(place, "fact"), scope)
            if division.fact.type != "division":
                raise self.type_error(place, "division", division)
        else:
            division = division_at(place, self.problems)
        year, _ = self.quantity(self.need(node, "year"), "year", scope)
        unit = "number" if kind in PLAIN_STATISTICS else expect or "money"
        return q.Statistic(str(kind), division, year, unit == "money"), unit


def plain(value: Fraction) -> Number:
    """An int where the fraction is whole."""
    return value.numerator if value.denominator == 1 else value


def domain(ref: FactRef) -> tuple[Any, ...]:
    """Every value that a fact can take beside none; a value of its own where there is no end."""
    if ref.fact.type == "bool":
        return (True, False)
    if ref.fact.vocabulary is not None:
        return ref.fact.vocabulary.values
    return (ENDLESS,)
