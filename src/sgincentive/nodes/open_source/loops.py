"""Going through the entries of a list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.nodes import conditions as c
from sgincentive.nodes import light
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.open_source.writer import DAY_ORDERS, Writer
from sgincentive.nodes.reference import ListRef


class Loops(Writer):
    """Writes loops over lists, and what an entry must meet to count."""

    @contextmanager
    def each(self, entries: str) -> Iterator[None]:
        """A loop over the entries of a list."""
        outer, element, index = self.entry, self.fresh("e"), self.fresh("j")
        with self.below(f"for {index}, {element} in enumerate({entries}):"):
            self.entry = element, index
            yield
        self.entry = outer

    def passes(self, test: ListTest) -> str:
        """Whether the entry at hand counts."""
        assert self.entry is not None
        element, index = self.entry
        of = test.list
        t = self.fresh()
        if test.at is not None and of.start and of.end:
            day = self.day(test.at)
            parts = [
                self.entry_day(of, of.start, "not_after", day),
                self.entry_day(of, of.end, "not_before", day),
            ]
            self.write(f"{t} = {parts[0]}")
            with self.below(f"if {t} is not False:"):
                self.both(t, parts[1])
        elif of.entry_date:
            key = of.entry_date
            x = self.once((element, key), "x", [f"{element}.get({self.key(key)}, A)"])
            doubt = self.name(light.FactAt(f"{of.element}.{of.entry_date}"))
            self.write(f"{t} = {doubt}[{index}] if {x} is A else {x} is not None and {x} <= on")
        else:
            return self.condition(test.where)
        if isinstance(test.where, c.All) and not test.where.parts:
            return t
        with self.below(f"if {t} is not False:"):
            self.both(t, self.condition(test.where))
        return t

    def entry_day(self, of: ListRef, key: str, order: str, day: str) -> str:
        """A date of the entry at hand against a day."""
        assert self.entry is not None
        element, index = self.entry
        x, t = self.fresh("x"), self.fresh()
        doubt = f"{self.name(light.FactAt(f'{of.element}.{key}'))}[{index}]"
        first, last = self.name(FIRST_DAY), self.name(LAST_DAY)
        self.write(f"{x} = {element}.get({self.key(key)}, A)")
        self.write(f"if {x} is A: {x} = ({first}, {last}, {doubt})")
        self.write(f"elif {x} is None: {x} = {last}")
        careful = self.call(light.compared_days, x, self.name(order), day)
        self.write(f"{t} = {x} {DAY_ORDERS[order]} {day} if {self.closed(x, day)} else {careful}")
        return t
