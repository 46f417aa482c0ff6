"""The source of days."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import Any

from sgincentive.calendar import FIRST_DAY, LAST_DAY, add_months
from sgincentive.nodes import days as d
from sgincentive.nodes import light
from sgincentive.nodes.open_source.writer import Writer


class Days(Writer):
    """Writes days: a date, or the first and last it can be with the facts that leave it open."""

    @singledispatchmethod
    def day(self, node: Any) -> str:
        """A day."""
        t = self.fresh("d")
        self.write(f"{t} = {self.call(light.day_of, self.name(node), self.case())}")
        return t

    @day.register
    def _(self, node: d.DayConstant) -> str:
        if node.first == node.last:
            return self.name(node.first)
        return self.name((node.first, node.last, ()))

    @day.register
    def _(self, node: d.QuestionDay) -> str:
        return "on" if node.name == "on" else "applied"

    @day.register
    def _(self, node: d.FactDay) -> str:
        x, t = self.load(node.ref), self.fresh("d")
        first, last = self.name(FIRST_DAY), self.name(LAST_DAY)
        value = f"({x} if {x} is not None else {last})" if node.ref.fact.nullable else x
        self.write(f"{t} = {value} if {x} is not A else ({first}, {last}, {self.doubt(node.ref)})")
        return t

    @day.register
    def _(self, node: d.MonthsLater) -> str:
        day, t = self.day(node.day), self.fresh("d")
        quick = self.call(add_months, day, repr(node.months))
        careful = self.call(later, day, repr(node.months))
        self.write(f"{t} = {quick} if {self.closed(day)} else {careful}")
        return t


def later(day: tuple[Any, Any, light.Facts], months: int) -> light.LightDay:
    """A day between two others, moved by months."""
    first, last = add_months(day[0], months), add_months(day[1], months)
    return first if first == last else (first, last, day[2])
