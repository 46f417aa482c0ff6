"""The source of amounts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import singledispatchmethod
from typing import Any

from sgincentive.calendar import FIRST_DAY, LAST_DAY, whole_months
from sgincentive.nodes import light
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Quantity
from sgincentive.nodes.open_source.loops import Loops
from sgincentive.nodes.open_source.writer import tuple_of
from sgincentive.nodes.reference import FactRef
from sgincentive.nodes.values import Number
from sgincentive.nodes.walk import reads_claim


class Amounts(Loops):
    """Writes amounts: a number, or bounds with the facts that leave them open."""

    def amount(self, node: Any) -> str:
        """An amount; one that looks through a list and not at the claim is found once."""
        once = self.hoisted is not None and self.entry is None
        if not once or not isinstance(node, q.Months | q.Count | q.OverList) or reads_claim(node):
            return self.amount_here(node)
        lines, depth = self.lines, self.depth
        assert self.hoisted is not None
        self.lines, self.depth = self.hoisted, 1
        found = self.amount_here(node)
        self.lines, self.depth = lines, depth
        return found

    def asked_amount(self, node: Quantity) -> str:
        """The amount as the node itself gives it."""
        t = self.fresh("a")
        self.write(f"{t} = {self.call(light.amount_of, self.name(node), self.case())}")
        return t

    @singledispatchmethod
    def amount_here(self, node: Any) -> str:
        """An amount."""
        return self.asked_amount(node)

    @amount_here.register
    def _(self, node: q.Constant) -> str:
        return self.name(node.value)

    @amount_here.register
    def _(self, node: q.NotPublished) -> str:
        return self.name((0, None, False, ()))

    @amount_here.register
    def _(self, node: q.Range) -> str:
        held = constant(node)
        return self.asked_amount(node) if held is None else self.name(held)

    @amount_here.register
    def _(self, node: q.FactAmount) -> str:
        x, t = self.load(node.ref), self.fresh("a")
        unknown = f"(0, None, True, {self.doubt(node.ref)})"
        if node.total is None:
            self.write(f"{t} = {x} if {x} is not A else {unknown}")
            return t
        with self.below(f"if {x} is A:"):
            entries = self.listed(node.total.test.list)
            self.write(f"if {entries} is None: {t} = {unknown}")
            with self.below("else:"):
                self.write(f"{t} = {self.amount(node.total)}")
        self.write(f"else: {t} = {x}")
        return t

    @amount_here.register
    def _(self, node: q.Year) -> str:
        day, t = self.day(node.day), self.fresh("a")
        self.write(f"{t} = {day}.year if {self.closed(day)} else {self.call(light.year_of, day)}")
        return t

    @amount_here.register
    def _(self, node: q.FactYear) -> str:
        x = self.load(node.ref)
        years = f"{x} + {node.years}" if node.years else x
        t = self.fresh("a")
        unknown = f"({FIRST_DAY.year}, {LAST_DAY.year}, True, {self.doubt(node.ref)})"
        self.write(f"{t} = {years} if {x} is not A else {unknown}")
        return t

    @amount_here.register
    def _(self, node: q.ByFact) -> str:
        x, t = self.load(node.ref), self.fresh("a")
        missing = node.otherwise is None and not set(node.domain) <= {k for k, _ in node.rows}
        rows = [constant(row) for _, row in node.rows]
        other = constant(node.otherwise) if node.otherwise is not None else NO_ROW
        if other is not None and None not in rows:
            every = [row for row in rows if row is not None]
            if node.otherwise is not None or missing:
                every.append(other)
            table = dict(zip((key for key, _ in node.rows), rows, strict=True))
            held = f"{self.name(table.get)}({x}, {self.name(other)})"
            whole = light.hull(every, (("", None),))
            unknown = self.name(whole)
            if type(whole) is tuple:
                facts = self.doubt(node.ref) if whole[3] else "()"
                unknown = f"({whole[0]!r}, {whole[1]!r}, {whole[2]}, {facts})"
                if not all(type(end) is int or end is None for end in whole[:2]):
                    unknown = f"(*{self.name(whole[:3])}, {facts})"
            self.write(f"{t} = {held} if {x} is not A else {unknown}")
            return t
        inner = self.inner_tables(node)
        if inner is not None:
            y = self.load(inner[0])
            empty, tables = self.name({}), self.name(inner[1])
            held = f"{tables}.get({x}, {empty}).get({y}, {self.name(NO_ROW)})"
            self.write(f"if {x} is not A and {y} is not A: {t} = {held}")
        with self.below(f"{'elif' if inner is not None else 'if'} {x} is A:"):
            parts = [self.amount(row) for _, row in node.rows]
            if node.otherwise is not None:
                parts.append(self.amount(node.otherwise))
            elif missing:
                parts.append(self.name(NO_ROW))
            self.write(f"{t} = {self.call(light.hull, tuple_of(parts), self.doubt(node.ref))}")
        for key, row in node.rows:
            with self.below(f"elif {x} == {self.name(key)}:"):
                self.write(f"{t} = {self.amount(row)}")
        with self.below("else:"):
            last = self.amount(node.otherwise) if node.otherwise is not None else None
            self.write(f"{t} = {last or self.name(NO_ROW)}")
        return t

    @staticmethod
    def inner_tables(node: q.ByFact) -> tuple[FactRef, dict[Any, dict[Any, Any]]] | None:
        """The tables of a table whose rows are all constant tables by one other fact."""
        tables: dict[Any, dict[Any, Any]] = {}
        refs = set()
        for key, row in node.rows:
            if not isinstance(row, q.ByFact) or row.otherwise is not None:
                return None
            refs.add(row.ref)
            values = {k: constant(v) for k, v in row.rows}
            if None in values.values() or len(refs) > 1:
                return None
            tables[key] = values
        return None if node.otherwise is not None else (refs.pop(), tables)

    @amount_here.register
    def _(self, node: q.Cases) -> str:
        t, every, facts = self.fresh("a"), self.fresh("r"), self.fresh("u")
        self.write(f"{every} = []")
        self.write(f"{facts} = ()")
        with self.below("while True:"):
            for condition, value in node.rows:
                u = self.condition(condition)
                with self.below(f"if {u} is not False:"):
                    self.write(f"{every}.append({self.amount(value)})")
                    self.write(f"if {u} is True: break")
                    self.write(f"{facts} += {u}")
            last = self.amount(node.otherwise) if node.otherwise else self.name(NO_ROW)
            self.write(f"{every}.append({last})")
            self.write("break")
        hull = self.call(light.hull, every, facts)
        self.write(f"{t} = {every}[0] if len({every}) == 1 else {hull}")
        return t

    def arithmetic(self, quick: str, function: Any, parts: Sequence[str]) -> str:
        """``quick`` where every part is settled, else a function of the parts."""
        t = self.fresh("a")
        careful = self.call(function, *parts)
        self.write(f"{t} = {quick} if {self.closed(*parts)} else {careful}")
        return t

    @amount_here.register
    def _(self, node: q.Sum) -> str:
        parts = [self.amount(p) for p in node.parts]
        return self.arithmetic(" + ".join(parts), light.add, parts)

    @amount_here.register
    def _(self, node: q.Difference) -> str:
        parts = [self.amount(node.of), self.amount(node.less)]
        return self.arithmetic(" - ".join(parts), light.subtract, parts)

    @amount_here.register
    def _(self, node: q.Product) -> str:
        parts = [self.amount(p) for p in node.parts]
        return self.arithmetic(" * ".join(parts), light.multiply, parts)

    @amount_here.register
    def _(self, node: q.Quotient) -> str:
        parts = [self.amount(node.of), self.amount(node.by)]
        t = self.fresh("a")
        careful = self.call(light.divide, *parts)
        exact = self.call(ratio, *parts)
        self.write(f"{t} = {exact} if {self.closed(*parts)} and {parts[1]} > 0 else {careful}")
        return t

    @amount_here.register
    def _(self, node: q.ShareOf) -> str:
        parts = [self.amount(node.of), self.amount(node.share)]
        return self.arithmetic(" * ".join(parts), light.multiply, parts)

    def extreme(self, parts: Sequence[str], most: bool) -> str:
        """The least or the greatest."""
        quick = f"{'max' if most else 'min'}({', '.join(parts)})"
        if len(parts) == 2:
            a, b = parts
            quick = f"({a} if {a} {'>=' if most else '<='} {b} else {b})"
        return self.arithmetic(quick, light.greatest if most else light.least, parts)

    @amount_here.register
    def _(self, node: q.Least) -> str:
        return self.extreme([self.amount(p) for p in node.parts], False)

    @amount_here.register
    def _(self, node: q.Greatest) -> str:
        return self.extreme([self.amount(p) for p in node.parts], True)

    @amount_here.register
    def _(self, node: q.Cap) -> str:
        return self.extreme([self.amount(node.of), self.amount(node.limit)], False)

    @amount_here.register
    def _(self, node: q.Floor) -> str:
        return self.extreme([self.amount(node.of), self.amount(node.limit)], True)

    @amount_here.register
    def _(self, node: q.Round) -> str:
        share = node.of
        if (
            node.mode == "down"
            and isinstance(node.step, int)
            and isinstance(share, q.ShareOf)
            and isinstance(share.share, q.Constant)
            and share.share.value >= 0
        ):
            # Whole numbers all the way: of * top // (bottom * step) * step.
            exact = Fraction(share.share.value)
            of, t = self.amount(share.of), self.fresh("a")
            top, bottom = repr(exact.numerator), repr(exact.denominator * node.step)
            quick = f"{of} * {top} // {bottom} * {node.step}"
            careful = self.call(light.share_rounded_down, of, top, bottom, repr(node.step))
            self.write(f"{t} = {quick} if {self.closed(of)} else {careful}")
            return t
        step, mode, of = self.name(node.step), self.name(node.mode), self.amount(node.of)
        if node.mode == "not_stated":
            t = self.fresh("a")
            self.write(f"{t} = {self.call(light.rounded, of, step, mode)}")
            return t
        quick = self.call(q.round_number, of, step, mode)
        t = self.fresh("a")
        careful = self.call(light.rounded, of, step, mode)
        self.write(f"{t} = {quick} if {self.closed(of)} else {careful}")
        return t

    @amount_here.register
    def _(self, node: q.PerUnits) -> str:
        of, value, t = self.amount(node.of), self.amount(node.value), self.fresh("a")
        units, mode = self.name(node.units), self.name(node.rounding)
        self.write(f"{t} = {self.call(light.per_units, of, units, mode, value)}")
        return t

    @amount_here.register
    def _(self, node: q.Let) -> str:
        return self.amount(node.value)

    @amount_here.register
    def _(self, node: q.Parts) -> str:
        parts = [self.amount(q.PartAmount(p)) for p in node.parts]
        return self.arithmetic(" + ".join(parts), light.add, parts)

    @amount_here.register
    def _(self, node: q.PartAmount) -> str:
        if node.part.when is None:
            return self.amount(node.part.value)
        u, t = self.condition(node.part.when), self.fresh("a")
        self.write(f"{t} = 0")
        with self.below(f"if {u} is not False:"):
            value = self.amount(node.part.value)
            hull = self.call(light.hull, f"({value}, 0)", u)
            self.write(f"{t} = {value} if {u} is True else {hull}")
        return t

    @amount_here.register
    def _(self, node: q.AmountReadings) -> str:
        parts, t = [self.amount(p) for p in node.parts], self.fresh("a")
        self.write(f"{t} = {self.call(light.hull, tuple_of(parts), '()')}")
        return t

    @amount_here.register
    def _(self, node: q.Count) -> str:
        if node.distinct is not None:
            return self.asked_amount(node)
        t = self.fresh("a")
        entries, more, facts = self.listed(node.test.list), self.fresh("m"), self.fresh("u")
        listed = self.name(((node.test.list.name, None),))
        self.write(f"if {entries} is None: {t} = (0, None, True, {listed})")
        with self.below("else:"):
            self.write(f"{t} = {more} = 0")
            self.write(f"{facts} = ()")
            with self.each(entries):
                u = self.passes(node.test)
                self.write(f"if {u} is True: {t} += 1")
                with self.below(f"elif {u} is not False:"):
                    self.write(f"{more} += 1")
                    self.write(f"{facts} += {u}")
            with self.below(f"if {self.partial(node.test.list)}:"):
                self.write(f"{t} = ({t}, None, True, {facts} + {listed})")
            self.write(f"elif {more}: {t} = ({t}, {t} + {more}, True, {facts})")
        return t

    @amount_here.register
    def _(self, node: q.OverList) -> str:
        """A list that may go on is left to the node."""
        t, entries = self.fresh("a"), self.listed(node.test.list)
        sure, maybe, simple = self.fresh("r"), self.fresh("m"), self.fresh("o")
        take = {"sum": "sum", "greatest": "max", "least": "min"}[node.take]
        asked = self.call(light.amount_of, self.name(node), self.case())
        with self.below(f"if {entries} is None or {self.partial(node.test.list)}:"):
            self.write(f"{t} = {asked}")
        with self.below("else:"):
            self.write(f"{sure} = []; {maybe} = []; {simple} = True")
            with self.each(entries):
                u = self.passes(node.test)
                with self.below(f"if {u} is not False:"):
                    value = self.amount(node.value)
                    with self.below(f"if {u} is True:"):
                        self.write(f"{sure}.append({value})")
                        self.write(f"if not ({self.closed(value)}): {simple} = False")
                    self.write(f"else: {maybe}.append(({value}, {u})); {simple} = False")
            whole = self.call(light.over, self.name(node), sure, maybe)
            self.write(f"{t} = {take}({sure} or (0,)) if {simple} else {whole}")
        return t

    @amount_here.register
    def _(self, node: q.Months) -> str:
        t, entries, found = self.fresh("a"), self.listed(node.list), self.fresh("r")
        listed = self.name(((node.list.name, None),))
        self.write(f"if {entries} is None: {t} = (0, None, True, {listed})")
        with self.below("else:"):
            self.write(f"{found} = []")
            with self.each(entries):
                assert self.entry is not None
                u = self.condition(node.where)
                element, index = self.entry
                self.write(f"if {u} is not False: {found}.append(({u}, {element}, {index}))")
            until = self.day(node.until)
            since = self.day(node.since) if node.since is not None else self.name(FIRST_DAY)
            months = self.call(
                light.months, self.name(node), found, until, since, self.partial(node.list)
            )
            self.write(f"{t} = {months} if {found} or {self.partial(node.list)} else 0")
        return t

    @amount_here.register
    def _(self, node: q.MonthsBetween) -> str:
        a, b, t = self.day(node.start), self.day(node.end), self.fresh("a")
        quick = f"max({self.call(whole_months, a, b)}, 0)"
        careful = self.call(light.months_between, a, b)
        self.write(f"{t} = {quick} if {self.closed(a, b)} else {careful}")
        return t

    @amount_here.register
    def _(self, node: q.DaysBetween) -> str:
        a, b, t = self.day(node.start), self.day(node.end), self.fresh("a")
        self.write(f"{t} = {self.call(light.days_between, a, b)}")
        return t

    @amount_here.register
    def _(self, node: q.YearsBetween) -> str:
        a, b, t = self.day(node.start), self.day(node.end), self.fresh("a")
        self.write(f"{t} = {self.call(light.years_between, a, b)}")
        return t


NO_ROW: light.OpenAmount = (0, None, False, ())


def constant(node: Any) -> light.LightAmount | None:
    """The amount of a node that reads no fact; None for any other node."""
    if isinstance(node, q.Constant):
        return node.value
    if isinstance(node, q.NotPublished):
        return NO_ROW
    if isinstance(node, q.Range):
        low = None if node.low is None else constant(node.low)
        high = None if node.high is None else constant(node.high)
        if isinstance(low, tuple) or isinstance(high, tuple):
            return None
        if (low is None) == (node.low is None) and (high is None) == (node.high is None):
            return light.settled(0 if low is None else low, high, True, ())
    return None


def ratio(a: Number, b: Number) -> Fraction:
    """a / b exactly, for b above 0."""
    return Fraction(a) / b
