"""Building what is counted: lists, months, time between days, statistics."""

from __future__ import annotations

from typing import cast, get_args

from sgincentive.facts.vocabularies import PLAIN_STATISTICS
from sgincentive.nodes import days as d
from sgincentive.nodes import quantities as q
from sgincentive.nodes.building.plain import division_at, word_at
from sgincentive.nodes.building.reader import Built, Reader
from sgincentive.nodes.reference import FactRef
from sgincentive.nodes.scope import Scope
from sgincentive.source import Mapping, Tree
from sgincentive.words import Text

TAKE = Text("取法", "way to take")


class CountBuilder(Reader):
    """Builds amounts that are found in lists and between days."""

    def count(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        del expect
        self.only(node, "count", "where", "at", "distinct")
        tree = node.get("distinct")
        test, distinct = self.list_test(
            node, "count", scope, lambda inner: self.fact(tree, inner) if tree is not None else None
        )
        return q.Count(test, distinct), "number"

    def months(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        del expect
        self.only(node, "months", "where", "since", "until", "continuous")
        bare = Mapping(
            {k: e for k, e in node.entries.items() if k in ("months", "where")}, node.mark, node.end
        )
        until, since = node.get("until"), node.get("since")
        (test,), last, first, unbroken = self.together(
            lambda: self.list_test(bare, "months", scope),
            lambda: self.day(until, scope) if until is not None else d.QuestionDay("on"),
            lambda: self.day(since, scope) if since is not None else None,
            lambda: self.flag(node, "continuous"),
        )
        if test.list.start is None or test.list.end is None:
            raise self.fail(
                node,
                f"{test.list.name} 的各项没有起止日期",
                f"the entries of {test.list.name} have no start and end",
            )
        return q.Months(test.list, test.where, last, first, unbroken), "months"

    def over(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "over", "where", "at", "take", "value")
        (test, (value, unit)), take = self.together(
            lambda: self.list_test(
                node, "over", scope,
                lambda inner: self.quantity(self.need(node, "value"), expect, inner),
            ),
            lambda: word_at(self.need(node, "take"), get_args(q.Take), self.problems, TAKE),
        )  # fmt: skip
        return q.OverList(cast(q.Take, take), test, value), unit

    def between_days(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        del expect
        kinds = {
            "months_between": (q.MonthsBetween, "months"),
            "days_between": (q.DaysBetween, "days"),
            "years_between": (q.YearsBetween, "years"),
        }
        key = next(k for k in kinds if k in node.entries)
        self.only(node, key)
        start, end = self.each(self.pair(node.entries[key].value), lambda t: self.day(t, scope))
        kind, unit = kinds[key]
        return kind(start, end), unit

    def year_of(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        del expect
        self.only(node, "year_of")
        return q.Year(self.day(node.entries["year_of"].value, scope)), "year"

    def statistic(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "statistic", "division", "year")
        known = FactRef(scope.facts["statistic.kind"], "subject", ("kind",))
        kind, division, (year, _) = self.together(
            lambda: self.word(node.entries["statistic"].value, known),
            lambda: self.statistic_place(self.need(node, "division"), scope),
            lambda: self.quantity(self.need(node, "year"), "year", scope),
        )
        unit = "number" if kind in PLAIN_STATISTICS else expect or "money"
        return q.Statistic(str(kind), division, year, unit == "money"), unit

    def statistic_place(self, tree: Tree, scope: Scope) -> FactRef | str:
        """The place of a statistic, or the fact that says it."""
        if not isinstance(tree, Mapping):
            return division_at(tree, self.problems)
        division = self.fact(self.need(tree, "fact"), scope)
        if division.fact.type != "division":
            raise self.type_error(tree, "division", division)
        return division
