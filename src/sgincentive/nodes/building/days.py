"""Building days."""

from __future__ import annotations

import re

from sgincentive.nodes import days as d
from sgincentive.nodes.base import Day
from sgincentive.nodes.building.plain import Broken, items_of, whole_number_at
from sgincentive.nodes.building.reader import Reader
from sgincentive.nodes.scope import Scope
from sgincentive.source import Scalar, Tree
from sgincentive.words import Text


class DayBuilder(Reader):
    """Builds days."""

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
            items = self.pair(node.entries["add_months"].value)
            start, months = self.together(
                lambda: self.day(items[0], scope),
                lambda: whole_number_at(items[1], self.problems),
            )
            return d.MonthsLater(start, months)
        if "first_of_month" in node.entries:
            self.only(node, "first_of_month")
            return d.MonthStart(self.day(node.entries["first_of_month"].value, scope))
        if "not_before" in node.entries or "not_after" in node.entries:
            self.only(node, "not_before", "not_after")
            first, last = self.each(
                ("not_before", "not_after"), lambda key: self.literal_day(self.need(node, key))
            )
            if first.first > last.last:
                raise self.fail(
                    node, "not_before 晚于 not_after", "not_before lies after not_after"
                )
            return d.DayConstant(first.first, last.last)
        if "by" in node.entries:
            ref = self.fact(node.entries["by"].value, scope)
            if ref.fact.type != "year":
                raise self.type_error(node, "year", ref)
            rows = self.each(
                [entry for key, entry in node.entries.items() if key != "by"],
                lambda entry: (self.year_key(entry.key), self.day(entry.value, scope)),
            )
            if not rows:
                raise self.fail(node, "表中没有行", "the table has no row")
            return d.DayByFact(ref, rows)
        if "day_of_year" in node.entries:
            self.only(node, "day_of_year", "years", "month", "day")
            years = node.get("years")
            later, month, on_day = self.together(
                lambda: whole_number_at(years, self.problems) if years is not None else 0,
                lambda: self.number_between(self.need(node, "month"), 1, 12),
                lambda: self.number_between(self.need(node, "day"), 1, 31),
            )
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

    def year_key(self, key: Scalar) -> int:
        """The year that a row of a table stands for."""
        if re.fullmatch(r"(19|20)[0-9]{2}", key.text):
            return int(key.text)
        raise self.fail(key, "此处应为年份", "a year is expected here")
