"""Reading the terms: names, requirements, amounts, figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import cast, get_args

from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition, Quantity
from sgincentive.nodes.building import VALUE, Broken, items_of, word_at
from sgincentive.nodes.conditions import Confirmed, Every, Exists, IsTrue, OneOf, Within
from sgincentive.nodes.scope import Scope, Stated
from sgincentive.nodes.walk import below, grain, reads_claim
from sgincentive.schemes import model as m
from sgincentive.schemes.reading.values import Values
from sgincentive.source import Mapping, Scalar, Tree
from sgincentive.words import Text

REQUIREMENT_KEYS = ("id", "strength", "clause", "text", "due", "unclear")
ID = re.compile(r"[a-z0-9][a-z0-9]*(-[a-z0-9]+)*")
STRENGTHS = get_args(m.Strength)
SCOPE = Scope({}, {})


class TermsReader(Values):
    """Reads what is demanded and what is given."""

    def definitions(self, root: Mapping, scope: Scope) -> Scope:
        tree = root.get("define")
        if tree is None:
            return scope
        named: dict[str, Condition | None] = {}
        with suppress(Broken):
            for name, entry in self.build.mapping(tree).entries.items():
                inner = Scope(scope.facts, scope.lists, None, dict(named))
                named[name] = None
                with suppress(Broken):
                    named[name] = self.build.condition(entry.value, inner)
        return Scope(scope.facts, scope.lists, None, named)

    def let(self, node: Mapping, scope: Scope) -> Scope:
        tree = node.get("let")
        if tree is None:
            return scope
        named = dict(scope.quantities)
        with suppress(Broken):
            for name, entry in self.build.mapping(tree).entries.items():
                inner = Scope(scope.facts, scope.lists, None, scope.definitions, dict(named))
                named[name] = None
                with suppress(Broken):
                    unit = self.build.find_unit([entry.value], inner)
                    value, unit = self.build.quantity(entry.value, unit, inner)
                    named[name] = Stated(value, unit, entry.value, inner)
        return Scope(scope.facts, scope.lists, None, scope.definitions, named)

    def requirements(self, tree: Tree, scope: Scope) -> tuple[m.Requirement, ...]:
        trees = items_of(tree, self.problems)
        self.ids_apart(trees)
        found = self.build.each(trees, lambda t: self.requirement(t, scope))
        named: list[m.Requirement] = []
        used: set[str] = set()
        for item in found:
            name, n = item.id, 2
            while name in used:
                name = f"{item.id}-{n}"
                n += 1
            used.add(name)
            named.append(item if name == item.id else replace(item, id=name))
        return tuple(named)

    def ids_apart(self, trees: Iterable[Tree]) -> None:
        """An id that is written stands for one requirement of the version."""
        seen: set[str] = set()
        for tree in trees:
            id = tree.get("id") if isinstance(tree, Mapping) else None
            if not isinstance(id, Scalar):
                continue
            if id.text in seen:
                self.problems.error(
                    id,
                    Text(
                        f'条件编号 "{id.text}" 重复',
                        f'requirement id "{id.text}" is used twice',
                    ),
                )
            seen.add(id.text)

    def requirement(self, tree: Tree, scope: Scope) -> m.Requirement:
        node = self.build.mapping(tree)
        own = {k: e for k, e in node.entries.items() if k in REQUIREMENT_KEYS}
        if "confirmed" in node.entries and "text" in own:
            del own["text"]
        rest = {k: e for k, e in node.entries.items() if k not in own}
        mine = Mapping(own, node.mark, node.end)
        id = self.optional(mine, "id", self.requirement_id)
        strength = self.optional(
            mine, "strength", lambda t: word_at(t, STRENGTHS, self.problems, VALUE)
        )
        due = self.optional(mine, "due", self.span)
        clause = self.optional(mine, "clause", self.plain)
        text = self.optional(mine, "text", self.text)
        unclear = self.optional(mine, "unclear", self.text)
        condition = self.build.condition(Mapping(rest, node.mark, node.end), scope)
        return m.Requirement(
            id=id or requirement_id(condition),
            condition=condition,
            strength=cast(m.Strength, strength or "must"),
            clause=clause,
            text=text,
            due=due[0] if due else None,
            unclear=unclear,
            of_claim=reads_claim(condition),
        )

    def requirement_id(self, tree: Tree) -> str:
        if isinstance(tree, Scalar) and ID.fullmatch(tree.text):
            return tree.text
        raise self.build.fail(
            tree,
            "此处应为小写英文编号，如 exam-place",
            "an id in lower case is expected here, like exam-place",
        )

    def amount(self, node: Mapping, scope: Scope, kind: m.BenefitKind | None) -> Quantity | None:
        tree = node.get("amount")
        if kind is None:
            # What it would be an amount of is not known; what is wrong in itself is.
            with suppress(Broken):
                if tree is not None:
                    self.build.same_unit([tree], None, scope)
            return None
        if kind in ("entitlement", "verdict"):
            if tree is not None:
                self.problems.error(
                    tree, Text(f"{kind} 没有金额", f"the benefit kind {kind} has no amount")
                )
            return None
        if tree is None:
            hint = Text("标准未公开时写 not_published", "write not_published where it never was")
            self.problems.missing_key(node, "amount", hint)
            return None
        money = kind in m.MONEY_KINDS
        with suppress(Broken):
            built, _ = self.build.quantity(tree, "money" if money else "number", scope)
            fine = grain(built)
            if money and (fine is None or fine.denominator != 1):
                raise self.build.fail(
                    tree,
                    "结果可能细于分，须写明 round",
                    "the result can be finer than a fen: round is needed",
                )
            return built
        return None

    def figures(self, tree: Tree, kind: m.BenefitKind | None) -> tuple[m.Figure, ...]:
        """Figures that a source quotes and that bound nothing."""

        def one(item: Tree) -> m.Figure:
            node = self.build.mapping(item)
            self.build.only(node, "kind", "value", "note")
            value, note = self.build.need(node, "value"), node.get("note")
            (built, _), word, said = self.build.together(
                lambda: self.build.quantity(
                    value, "money" if kind in m.MONEY_KINDS else None, SCOPE
                ),
                lambda: word_at(
                    self.build.need(node, "kind"), get_args(m.FigureKind), self.problems, VALUE
                ),
                lambda: self.text(note) if note is not None else None,
            )
            if not isinstance(built, q.Constant):
                raise self.build.fail(value, "此处应为数字", "a number is expected here")
            return m.Figure(word, built.value, said)

        return self.build.each(items_of(tree, self.problems), one)


def requirement_id(condition: Condition) -> str:
    """An id from the node: the fact, the list or the office's word that it asks about."""
    if isinstance(condition, Confirmed):
        return condition.id
    for node in below(condition):
        if isinstance(node, Exists | Every):
            return node.test.list.element
        if isinstance(node, OneOf | IsTrue | Within):
            return node.ref.name.replace(".", "-").replace("_", "-")
    for node in below(condition):
        name = getattr(node, "name", None)
        if isinstance(name, str) and name:
            return name.replace(".", "-").replace("_", "-")
    return condition.keyword.replace("_", "-")
