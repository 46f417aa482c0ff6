"""Building conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import cast, get_args

from sgincentive.nodes import conditions as c
from sgincentive.nodes import days as d
from sgincentive.nodes.base import Condition
from sgincentive.nodes.building.plain import (
    VALUE,
    Broken,
    division_at,
    items_of,
    one_or_more_of,
    text_at,
    whole_number_at,
    word_at,
)
from sgincentive.nodes.building.reader import NUMERIC, ORDERS, Reader
from sgincentive.nodes.reference import FactRef
from sgincentive.nodes.scope import Scope
from sgincentive.source import Mapping, Scalar, Tree
from sgincentive.words import Text

DAY_ORDERS = get_args(c.DayOrder)
IF_EMPTY = get_args(c.IfEmpty)
COMPARISONS = tuple(
    dict.fromkeys(
        (
            *ORDERS,
            *DAY_ORDERS,
            "is",
            "is_not",
            "one_of",
            "not_one_of",
            "between",
            "within",
            "not_within",
        )
    )
)
# What may stand beside a condition, so that a misspelling of it finds its name.
BESIDE_CONDITION = ("unless", "when", "id", "clause", "strength", "text", "due", "unclear")


class ConditionBuilder(Reader):
    """Builds conditions."""

    def condition(self, tree: Tree, scope: Scope) -> Condition:
        """A condition; ``unless`` and ``when`` may stand beside any of them."""
        node = self.mapping(tree)
        unless, when = node.get("unless"), node.get("when")
        entries = {k: e for k, e in node.entries.items() if k not in ("unless", "when")}
        bare = Mapping(entries, node.mark, node.end)
        built, exception, guard = self.together(
            lambda: self.bare_condition(bare, scope),
            lambda: self.condition(unless, scope) if unless is not None else None,
            lambda: self.condition(when, scope) if when is not None else None,
        )
        if exception is not None:
            built = c.Unless(built, exception)
        if guard is not None:
            built = c.When(guard, built)
        return cast(Condition, built)

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
        found = self.operators(node, valid, *beside)
        if not found and any(key not in beside for key in node.entries):
            raise Broken
        if len(found) != 1:
            raise self.fail(
                node,
                f"须有且只有一种比较方式: {', '.join(valid)}",
                f"exactly one comparison is expected: {', '.join(valid)}",
            )
        return found[0]

    def operators(self, node: Mapping, valid: tuple[str, ...], *beside: str) -> list[str]:
        """The operator keys of a comparison; others are recorded."""
        given = [k for k in node.entries if k not in beside]
        for key in given:
            if key in COMPARISONS and key not in valid:
                words = ", ".join(valid)
                self.fail(
                    node.entries[key].key,
                    f'此处不能用 "{key}" 比较',
                    f'"{key}" cannot compare this',
                    Text(f"可用的有: {words}", f"expected one of: {words}"),
                )
            elif key not in valid:
                names = (*valid, *beside[1:], *BESIDE_CONDITION)
                self.problems.unknown_key(
                    node.entries[key].key, names, Text("比较方式", "comparison")
                )
        return [key for key in given if key in valid]

    def on_fact(self, node: Mapping, scope: Scope) -> Condition:
        try:
            ref = self.fact(node.entries["fact"].value, scope)
        except Broken:
            # Of what type it should be is not known: any comparison may be meant.
            self.operators(node, COMPARISONS, "fact", "open")
            raise
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

    def place_condition(self, node: Mapping, ref: FactRef, scope: Scope) -> Condition:
        key = self.one_operator(node, ("within", "not_within"), "fact", "open")
        tree = node.entries[key].value
        negated = key == "not_within"
        if isinstance(tree, Mapping):
            other = self.fact(self.need(tree, "fact"), scope)
            if other.fact.type != "division":
                raise self.type_error(tree, "division", other)
            return c.Within(ref, other, negated, self.flag(node, "open"))
        trees = one_or_more_of(tree, self.problems)
        codes, is_open = self.together(
            lambda: self.each(trees, lambda t: division_at(t, self.problems)),
            lambda: self.flag(node, "open"),
        )
        return c.Within(ref, codes, negated, is_open)

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
        words, is_open = self.together(
            lambda: self.each(trees, lambda t: self.word(t, ref)),
            lambda: self.flag(node, "open"),
        )
        return c.OneOf(ref, words, key in ("is_not", "not_one_of"), is_open)

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
        left, right = self.each(
            (node.entries["day"], node.entries[key]), lambda e: self.day(e.value, scope)
        )
        return c.CompareDays(left, cast(c.DayOrder, key), right)

    def on_share(self, node: Mapping, scope: Scope) -> Condition:
        key = self.one_operator(node, ORDERS, "share")
        share = self.mapping(node.entries["share"].value)
        self.only(share, "part", "whole", "if_empty")
        ((part, whole), _), empty, (limit, _) = self.together(
            lambda: self.same_unit(
                list(self.each(("part", "whole"), lambda k: self.need(share, k))), None, scope
            ),
            lambda: self.if_empty(share),
            lambda: self.quantity(node.entries[key].value, "number", scope),
        )
        return c.CompareShare(part, whole, cast(c.Order, key), limit, empty)

    def if_empty(self, share: Mapping) -> c.IfEmpty:
        """What holds of a share whose whole is 0."""
        tree = share.get("if_empty")
        if tree is None:
            words = ", ".join(IF_EMPTY)
            raise self.fail(
                share,
                '缺少 "if_empty": 分母可能为 0',
                '"if_empty" is missing: the whole may be 0',
                Text(f"可用的有: {words}", f"expected one of: {words}"),
            )
        return cast(c.IfEmpty, word_at(tree, IF_EMPTY, self.problems, VALUE))

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
        open_number = isinstance(tree, Scalar) and tree.text == "not_stated"
        parts, n = self.together(
            lambda: self.conditions(self.need(node, "of"), scope),
            lambda: None if open_number else whole_number_at(tree, self.problems),
        )
        if n is not None and not 1 <= n <= len(parts):
            raise self.fail(
                tree, f"须在 1 与 {len(parts)} 之间", f"must lie between 1 and {len(parts)}"
            )
        return c.AtLeastN(n, parts)

    def on_exists(self, node: Mapping, scope: Scope) -> Condition:
        self.only(node, "exists", "where", "at")
        return c.Exists(self.list_test(node, "exists", scope)[0])

    def on_every(self, node: Mapping, scope: Scope) -> Condition:
        self.only(node, "every", "where", "at", "that", "if_empty")
        (test, that), empty = self.together(
            lambda: self.list_test(
                node, "every", scope,
                lambda inner: c.All(self.conditions(self.need(node, "that"), inner)),
            ),
            lambda: word_at(self.need(node, "if_empty"), IF_EMPTY, self.problems, VALUE),
        )  # fmt: skip
        return c.Every(test, that, cast(c.IfEmpty, empty))

    def on_readings(self, node: Mapping, scope: Scope) -> Condition:
        self.only(node, "readings", "note")
        trees = items_of(node.entries["readings"].value, self.problems, 2)
        note = node.get("note")
        parts, said = self.together(
            lambda: self.each(trees, lambda t: self.condition(t, scope)),
            lambda: text_at(note, self.problems) if note is not None else None,
        )
        return c.Readings(parts, said)

    def on_not_stated(self, node: Mapping, scope: Scope) -> Condition:
        del scope
        self.only(node, "not_stated")
        return c.NotStated(text_at(node.entries["not_stated"].value, self.problems))

    def on_confirmed(self, node: Mapping, scope: Scope) -> Condition:
        del scope
        self.only(node, "confirmed", "text")
        tree = node.entries["confirmed"].value
        id, text = self.together(
            lambda: self.id_at(tree), lambda: text_at(self.need(node, "text"), self.problems)
        )
        return c.Confirmed(id, text)

    def id_at(self, tree: Tree) -> str:
        """The id of what an office confirms."""
        if isinstance(tree, Scalar) and re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", tree.text):
            return tree.text
        raise self.fail(
            tree,
            "此处应为小写英文编号，如 review-passed",
            "an id in lower case is expected here, like review-passed",
        )

    def on_uses(self, node: Mapping, scope: Scope) -> Condition:
        self.only(node, "uses")
        name = word_at(
            node.entries["uses"].value, scope.definitions, self.problems, Text("定义", "definition")
        )
        return c.Named(name, self.sound(scope.definitions[name]))
