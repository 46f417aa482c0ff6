"""Building amounts: which node it is, its unit, numbers of the text, facts."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction

from sgincentive.nodes import conditions as c
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition, Quantity
from sgincentive.nodes.building.arithmetic import ArithmeticBuilder
from sgincentive.nodes.building.counts import CountBuilder
from sgincentive.nodes.building.plain import NUMBER, Broken, whole_number_at
from sgincentive.nodes.building.reader import NUMERIC, TYPE_NAMES, UNIT_NAMES, Built
from sgincentive.nodes.building.tables import TableBuilder
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.reference import FactRef
from sgincentive.nodes.scope import Scope
from sgincentive.nodes.values import Number
from sgincentive.source import Mapping, Scalar, Tree
from sgincentive.words import Text

SHARE = re.compile(r"((?:0|[1-9][0-9]{0,5})(?:\.[0-9]{1,4})?)%")
FRACTION = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")


class AmountBuilder(TableBuilder, ArithmeticBuilder, CountBuilder):
    """Builds amounts and holds their units together."""

    def same_unit(
        self, trees: list[Tree], expect: str | None, scope: Scope
    ) -> tuple[tuple[Quantity, ...], str | None]:
        """Quantities that must share one unit; literals take that of the others."""
        unit = expect or self.find_unit(trees, scope)
        built = self.each(trees, lambda t: self.quantity(t, unit, scope)[0])
        return built, unit

    def find_unit(self, trees: list[Tree], scope: Scope) -> str | None:
        """The unit of the first quantity that has one."""
        silent = self.silent()
        for tree in trees:
            with suppress(Broken):
                unit = silent.quantity(tree, None, scope)[1]
                if unit is not None:
                    return unit
        return None

    def quantity(self, tree: Tree, expect: str | None, scope: Scope) -> Built:
        """A quantity and its unit (None: a bare number). Raises Broken where units differ."""
        if isinstance(tree, Scalar):
            return self.literal(tree, expect), expect
        node = self.mapping(tree)
        builders: dict[str, Callable[[Mapping, str | None, Scope], Built]] = {
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

    def fact_amount(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
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
            assert found is not None, name
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


def plain(value: Fraction) -> Number:
    """An int where the fraction is whole."""
    return value.numerator if value.denominator == 1 else value
