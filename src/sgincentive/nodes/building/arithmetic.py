"""Building arithmetic: sums, shares, limits, rounding, parts, names, ranges."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import cast, get_args

from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Quantity
from sgincentive.nodes.building.plain import Broken, items_of, text_at, word_at
from sgincentive.nodes.building.reader import Built, Reader
from sgincentive.nodes.scope import Scope
from sgincentive.source import Mapping, Scalar
from sgincentive.words import Text

ROUNDINGS = get_args(q.Rounding)


class ArithmeticBuilder(Reader):
    """Builds amounts that are made of other amounts."""

    def several(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
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

    def difference(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "difference")
        built, unit = self.same_unit(self.pair(node.entries["difference"].value), expect, scope)
        return q.Difference(built[0], built[1]), unit

    def product(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "product")
        trees = items_of(node.entries["product"].value, self.problems, 2)
        silent = self.silent()
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
        wanted = ["money" if i == money else unit or "number" for i, unit in enumerate(units)]
        built = self.each(
            zip(trees, wanted, strict=True), lambda each: self.quantity(*each, scope)[0]
        )
        if money is not None:
            return q.Product(built), "money"
        others = {u for u in units if u not in (None, "number")}
        return q.Product(built), others.pop() if len(others) == 1 else "number"

    def quotient(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "quotient")
        top, bottom = self.pair(node.entries["quotient"].value)
        (of, unit), (by, by_unit) = self.together(
            lambda: self.quantity(top, expect if expect == "money" else None, scope),
            lambda: self.quantity(bottom, None, scope),
        )
        if by_unit == "money":
            if unit != "money":
                raise self.unit_error(top, "money", unit or "number")
            return q.Quotient(of, by), "number"
        return q.Quotient(of, by), unit

    def share_of(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "share_of", "share")
        (share, _), (of, unit) = self.together(
            lambda: self.quantity(self.need(node, "share"), "number", scope),
            lambda: self.quantity(node.entries["share_of"].value, expect, scope),
        )
        return q.ShareOf(share, of), unit

    def limited(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        key = "cap" if "cap" in node.entries else "floor"
        self.only(node, key, "of")
        built, unit = self.same_unit(
            [self.need(node, "of"), node.entries[key].value], expect, scope
        )
        return (q.Cap if key == "cap" else q.Floor)(built[0], built[1]), unit

    def round(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "round", "of")
        how = self.mapping(node.entries["round"].value)
        self.only(how, "to", "mode")
        mode, (of, unit) = self.together(
            lambda: self.rounding(how, "mode"),
            lambda: self.quantity(self.need(node, "of"), expect, scope),
        )
        step, _ = self.quantity(self.need(how, "to"), unit, scope)
        if not isinstance(step, q.Constant) or not step.value:
            raise self.fail(how, "取整单位须为正数", "the step must be a number above 0")
        return q.Round(of, step.value, mode), unit

    def rounding(self, node: Mapping, key: str) -> q.Rounding:
        """A way to round."""
        word = word_at(self.need(node, key), ROUNDINGS, self.problems, Text("取整方法", "rounding"))
        return cast(q.Rounding, word)

    def per(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "per", "of", "rounding", "value")
        (of, of_unit), rounding, (value, unit) = self.together(
            lambda: self.quantity(self.need(node, "of"), None, scope),
            lambda: self.rounding(node, "rounding"),
            lambda: self.quantity(self.need(node, "value"), expect, scope),
        )
        units, _ = self.quantity(node.entries["per"].value, of_unit, scope)
        if not isinstance(units, q.Constant) or not units.value:
            raise self.fail(node, "每若干单位须为正数", "per takes a number above 0")
        return q.PerUnits(of, units.value, rounding, value), unit

    def parts(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "parts")
        rows = self.each(items_of(node.entries["parts"].value, self.problems), self.mapping)
        trees = self.each(rows, lambda r: self.need(r, "value"))
        unit = expect or self.find_unit(list(trees), scope)
        built: dict[str, q.Part | None] = {}
        found = self.each(rows, lambda row: self.one_part(row, unit, scope, built))
        return q.Parts(found), unit

    def one_part(
        self, row: Mapping, unit: str | None, scope: Scope, built: dict[str, q.Part | None]
    ) -> q.Part:
        """A further part, which may name those built before it."""
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
        when, label = row.get("when"), row.get("label")
        built[tree.text] = None
        said, (value, _), condition = self.together(
            lambda: text_at(label, self.problems) if label is not None else None,
            lambda: self.quantity(self.need(row, "value"), unit, inner),
            lambda: self.condition(when, inner) if when is not None else None,
        )
        built[tree.text] = part = q.Part(tree.text, said, value, condition)
        return part

    def part(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "part")
        name = word_at(node.entries["part"].value, scope.parts, self.problems, Text("部分", "part"))
        return q.PartAmount(self.sound(scope.parts[name])), expect

    def let(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "let")
        name = word_at(
            node.entries["let"].value, scope.quantities, self.problems, Text("数额名称", "quantity")
        )
        named = self.sound(scope.quantities[name])
        if named.unit is None and expect is not None:
            value, unit = self.quantity(named.tree, expect, named.scope)
            return q.Let(name, value), unit
        return q.Let(name, named.value), named.unit

    def range(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
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

    def not_published(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        del scope
        self.only(node, "not_published")
        return q.NotPublished(text_at(node.entries["not_published"].value, self.problems)), expect
