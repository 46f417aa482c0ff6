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
from sgincentive.source import Mapping
from sgincentive.words import Text


class CountBuilder(Reader):
    """Builds amounts that are found in lists and between days."""

    def count(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        del expect
        self.only(node, "count", "where", "at", "distinct")
        test, inner = self.list_test(node, "count", scope)
        distinct = node.get("distinct")
        return q.Count(test, self.fact(distinct, inner) if distinct is not None else None), "number"

    def months(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
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

    def over(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "over", "where", "at", "take", "value")
        test, inner = self.list_test(node, "over", scope)
        take = word_at(
            self.need(node, "take"), get_args(q.Take), self.problems, Text("取法", "way to take")
        )
        value, unit = self.quantity(self.need(node, "value"), expect, inner)
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
        start, end = (self.day(t, scope) for t in self.pair(node.entries[key].value))
        kind, unit = kinds[key]
        return kind(start, end), unit

    def year_of(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        del expect
        self.only(node, "year_of")
        return q.Year(self.day(node.entries["year_of"].value, scope)), "year"

    def statistic(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "statistic", "division", "year")
        known = FactRef(scope.facts["statistic.kind"], "subject", ("kind",))
        kind = self.word(node.entries["statistic"].value, known)
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
