"""Nodes as Python source for the case in which every fact that is read is known and each list that
is read has one entry.

The source stops with an error of ``GIVES_UP`` where a fact is missing, a list has no or several
entries or the text leaves something open; the caller then asks the nodes themselves. No text of a
rule file enters the source: names and constants are passed by reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import singledispatchmethod
from typing import Any

from sgincentive.calendar import FIRST_DAY, LAST_DAY, ONE_DAY, add_months, whole_months
from sgincentive.divisions import within
from sgincentive.nodes import conditions as c
from sgincentive.nodes import days as d
from sgincentive.nodes import quantities as q
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.nodes.values import Number

BUILTINS = {
    "len": len, "min": min, "max": max,
    "LookupError": LookupError, "TypeError": TypeError, "ValueError": ValueError,
}  # fmt: skip
GIVES_UP = "(LookupError, TypeError, ValueError)"
ORDERS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}
DAY_ORDERS = {"before": "<", "after": ">", "not_before": ">=", "not_after": "<="}


class NoSourceError(Exception):
    """The node has no source: it must be asked itself."""


class _Inside(dict[str, bool]):
    """Whether a place lies within any of some divisions; undecided places are not there."""

    def __init__(self, outers: tuple[str, ...]) -> None:
        super().__init__()
        self.outers = outers

    def __missing__(self, place: Any) -> bool:
        found = [within(place, outer) for outer in self.outers]
        if True not in found and None in found:
            raise LookupError(place)
        self[place] = answer = True in found
        return answer


def _undecided() -> Any:
    raise LookupError


def _divide(a: Number, b: Number) -> Fraction:
    if b <= 0:
        raise LookupError
    return Fraction(a) / b


def _months(entry: Mapping[str, Any], since: date, until: date, continuous: bool) -> int:
    start, end = entry["start"], entry["end"]
    if start < since:  # noqa: PLR1730 - max() costs a call
        start = since
    if end is None or end >= until:
        end = until
    else:
        end += ONE_DAY
    return whole_months(start, end) if start < end and (not continuous or end >= until) else 0


@dataclass
class Source:
    """Builds expressions over ``f`` (facts), ``c`` (the certificate) and the entries of lists.

    ``hoisted`` names what is read once for all, ``entries`` the entry of each list, ``entry`` the
    one whose facts are read.
    """

    names: dict[str, Any] = field(default_factory=dict)
    hoisted: dict[str, str] = field(default_factory=dict)
    known: dict[Any, str] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    entry: str = ""

    def made(self, name: str, lines: list[str]) -> Any:
        """The function of a name that the lines define."""
        self.names["__builtins__"] = BUILTINS
        exec(compile("\n".join(lines), "<rules>", "exec"), self.names)
        return self.names[name]

    def local(self, text: str) -> str:
        """A local name for what may be read once for all, before anything else."""
        return self.hoisted.setdefault(text, f"v{len(self.hoisted)}_")

    def name(self, value: Any, prefix: str = "K") -> str:
        """A name for a constant, passed by reference; whole numbers stand for themselves."""
        if type(value) is int or type(value) is bool:
            return repr(value)
        same = (type(value), value) if isinstance(value, date | str | frozenset) else id(value)
        name = self.known.get(same)
        if name is None:
            name = self.known[same] = f"{prefix}{len(self.names)}"
            self.names[name] = value
        return name

    def key(self, key: str) -> str:
        """A subscript by the name of a field (a name of ours, none of a rule file's)."""
        assert key.isidentifier(), key
        return f"[{key!r}]"

    def fact(self, ref: FactRef) -> str:
        """The value of a fact; a fact left out is a LookupError."""
        keys = "".join(map(self.key, ref.keys))
        holder = {"subject": "f", "claim": "c"}.get(ref.scope, self.entry)
        return self.local(f"{holder}{keys}")

    def entry_of(self, list: ListRef) -> str:
        """The one entry of a list."""
        path = "f" + "".join(map(self.key, list.keys))
        return self.entries.setdefault(path, f"e{len(self.entries)}")

    def entry_lines(self) -> list[str]:
        """The lines that set the names of the entries."""
        return [f"({name},) = {path}" for path, name in self.entries.items()]

    @contextmanager
    def within_entry(self, list: ListRef) -> Iterator[str]:
        """The one entry of a list, of which the facts are meanwhile read."""
        outer, self.entry = self.entry, self.entry_of(list)
        yield self.entry
        self.entry = outer

    def test(self, test: ListTest) -> str:
        """Whether the entry counts; without ``at`` not where it is dated after the day asked
        about."""
        parts = []
        with self.within_entry(test.list) as entry:
            if test.at is not None and test.list.start and test.list.end:
                day = self.day(test.at)
                end = self.local(f"{entry}{self.key(test.list.end)}")
                parts.append(f"{entry}{self.key(test.list.start)} <= {day}")
                parts.append(f"({end} is None or {day} <= {end})")
            elif test.list.entry_date:
                parts.append(self.local(f"({entry}{self.key(test.list.entry_date)} <= on)"))
            where = self.condition(test.where)
        if where != "True" or not parts:
            parts.append(where)
        return " and ".join(parts)

    @staticmethod
    def extreme(function: str, parts: list[str]) -> str:
        """The least or the greatest; a comparison where one of two is a constant."""
        if len(parts) == 2 and (parts[1].isdigit() or parts[1].startswith("K")):
            sign = "<=" if function == "min" else ">="
            return f"(x if (x := {parts[0]}) {sign} {parts[1]} else {parts[1]})"
        return f"{function}({', '.join(parts)})"

    def undecided(self) -> str:
        """An expression that hands the question to the node itself."""
        return f"{self.name(_undecided)}()"

    # --------------------------------------------------------------- conditions

    @singledispatchmethod
    def condition(self, node: Any) -> str:
        """An expression that is true or false."""
        raise NoSourceError(type(node).__name__)

    @condition.register
    def _(self, node: c.IsTrue) -> str:
        return f"({self.fact(node.ref)} is {node.expected})"

    @condition.register
    def _(self, node: c.OneOf) -> str:
        values = self.name(frozenset(node.values))
        if node.open:
            if node.negated:
                raise NoSourceError("OneOf")
            return f"({self.fact(node.ref)} in {values} or {self.undecided()})"
        return f"({self.fact(node.ref)} {'not in' if node.negated else 'in'} {values})"

    @condition.register
    def _(self, node: c.WordOrder) -> str:
        if isinstance(node.other, FactRef):
            raise NoSourceError("WordOrder")
        ranks: dict[Any, bool] = {None: False}
        limit = node.vocabulary.rank(node.other)
        for value in node.vocabulary.values:
            rank = node.vocabulary.rank(value)
            ranks[value] = {
                "at_least": rank >= limit,
                "at_most": rank <= limit,
                "more_than": rank > limit,
                "less_than": rank < limit,
            }[node.order]
        return f"{self.name(ranks)}[{self.fact(node.ref)}]"

    @condition.register
    def _(self, node: c.Within) -> str:
        if isinstance(node.divisions, FactRef) or node.open:
            raise NoSourceError("Within")
        inside = f"{self.name(_Inside(node.divisions))}[{self.fact(node.ref)}]"
        return f"(not {inside})" if node.negated else inside

    @condition.register
    def _(self, node: c.Compare) -> str:
        return f"({self.amount(node.left)} {ORDERS[node.order]} {self.amount(node.right)})"

    @condition.register
    def _(self, node: c.Between) -> str:
        ends = self.amount(node.low), self.amount(node.high)
        return f"({ends[0]} <= {self.amount(node.left)} <= {ends[1]})"

    @condition.register
    def _(self, node: c.Equals) -> str:
        sign = "!=" if node.negated else "=="
        return f"({self.amount(node.left)} {sign} {self.amount(node.right)})"

    @condition.register
    def _(self, node: c.CompareDays) -> str:
        return f"({self.day(node.left)} {DAY_ORDERS[node.order]} {self.day(node.right)})"

    @condition.register
    def _(self, node: c.CompareShare) -> str:
        if not isinstance(node.share, q.Constant):
            raise NoSourceError("CompareShare")
        share = Fraction(node.share.value)
        part, whole = self.amount(node.part), self.amount(node.whole)
        holds = node.if_empty != "fails"
        top, bottom = self.name(share.numerator), self.name(share.denominator)
        return f"({part} * {bottom} {ORDERS[node.order]} {whole} * {top} if {whole} else {holds})"

    @condition.register
    def _(self, node: c.All) -> str:
        if not node.parts:
            return "True"
        return "(" + " and ".join(self.condition(p) for p in node.parts) + ")"

    @condition.register
    def _(self, node: c.AnyOf) -> str:
        return "(" + " or ".join(self.condition(p) for p in node.parts) + ")"

    @condition.register
    def _(self, node: c.Not) -> str:
        return f"(not {self.condition(node.part)})"

    @condition.register
    def _(self, node: c.AtLeastN) -> str:
        if node.n is None:
            return self.undecided()
        return "(" + " + ".join(self.condition(p) for p in node.parts) + f" >= {node.n})"

    @condition.register
    def _(self, node: c.Unless) -> str:
        return f"({self.condition(node.part)} or {self.condition(node.exception)})"

    @condition.register
    def _(self, node: c.When) -> str:
        return f"(not {self.condition(node.guard)} or {self.condition(node.part)})"

    @condition.register
    def _(self, node: c.Named) -> str:
        return self.condition(node.part)

    @condition.register
    def _(self, node: c.NotStated | c.Confirmed | c.Readings) -> str:
        return self.undecided()

    @condition.register
    def _(self, node: c.Exists) -> str:
        return f"({self.test(node.test)})"

    @condition.register
    def _(self, node: c.Every) -> str:
        test = self.test(node.test)
        with self.within_entry(node.test.list):
            that = self.condition(node.that)
        if node.if_empty == "fails":
            return f"({test} and {that})"
        return f"(not ({test}) or {that})"

    # --------------------------------------------------------------------- days

    @singledispatchmethod
    def day(self, node: Any) -> str:
        """An expression that is a date."""
        raise NoSourceError(type(node).__name__)

    @day.register
    def _(self, node: d.DayConstant) -> str:
        if node.first != node.last:
            return self.undecided()
        return self.name(node.first)

    @day.register
    def _(self, node: d.QuestionDay) -> str:
        return "on" if node.name == "on" else "applied"

    @day.register
    def _(self, node: d.FactDay) -> str:
        value = self.fact(node.ref)
        if not node.ref.fact.nullable:
            return value
        return f"({value} if {value} is not None else {self.name(LAST_DAY)})"

    @day.register
    def _(self, node: d.MonthsLater) -> str:
        return f"{self.name(add_months)}({self.day(node.day)}, {node.months})"

    @day.register
    def _(self, node: d.MonthStart) -> str:
        return f"{self.day(node.day)}.replace(day=1)"

    # ------------------------------------------------------------------ amounts

    @singledispatchmethod
    def amount(self, node: Any) -> str:
        """An expression that is a number."""
        raise NoSourceError(type(node).__name__)

    @amount.register
    def _(self, node: q.Constant) -> str:
        return self.name(node.value)

    @amount.register
    def _(self, node: q.FactAmount) -> str:
        return self.fact(node.ref)

    @amount.register
    def _(self, node: q.NotPublished | q.Range | q.AmountReadings) -> str:
        return self.undecided()

    @amount.register
    def _(self, node: q.FactYear) -> str:
        return f"({self.fact(node.ref)} + {node.years})" if node.years else self.fact(node.ref)

    @amount.register
    def _(self, node: q.ByFact) -> str:
        key = self.fact(node.ref)
        table = constants(node)
        if table is not None and node.otherwise is None:
            inner = node.rows[0][1]
            text = f"{self.name(table)}[{key}]"
            while isinstance(inner, q.ByFact):
                text += f"[{self.fact(inner.ref)}]"
                inner = inner.rows[0][1]
            return text
        text = self.amount(node.otherwise) if node.otherwise else self.undecided()
        for value, row in reversed(node.rows):
            text = f"({self.amount(row)} if {key} == {self.name(value)} else {text})"
        return text

    @amount.register
    def _(self, node: q.Cases) -> str:
        text = self.amount(node.otherwise) if node.otherwise else self.undecided()
        for condition, value in reversed(node.rows):
            text = f"({self.amount(value)} if {self.condition(condition)} else {text})"
        return text

    @amount.register
    def _(self, node: q.Sum) -> str:
        return "(" + " + ".join(self.amount(p) for p in node.parts) + ")"

    @amount.register
    def _(self, node: q.Difference) -> str:
        return f"({self.amount(node.of)} - {self.amount(node.less)})"

    @amount.register
    def _(self, node: q.Product) -> str:
        return "(" + " * ".join(self.amount(p) for p in node.parts) + ")"

    @amount.register
    def _(self, node: q.Quotient) -> str:
        return f"{self.name(_divide)}({self.amount(node.of)}, {self.amount(node.by)})"

    @amount.register
    def _(self, node: q.ShareOf) -> str:
        return f"({self.amount(node.of)} * {self.amount(node.share)})"

    @amount.register
    def _(self, node: q.Least) -> str:
        return self.extreme("min", [self.amount(p) for p in node.parts])

    @amount.register
    def _(self, node: q.Greatest) -> str:
        return self.extreme("max", [self.amount(p) for p in node.parts])

    @amount.register
    def _(self, node: q.Cap) -> str:
        return self.extreme("min", [self.amount(node.of), self.amount(node.limit)])

    @amount.register
    def _(self, node: q.Floor) -> str:
        return self.extreme("max", [self.amount(node.of), self.amount(node.limit)])

    @amount.register
    def _(self, node: q.Round) -> str:
        if node.mode == "not_stated":
            raise NoSourceError("Round")
        step = self.name(node.step)
        shared = node.of
        if node.mode == "down" and isinstance(shared, q.ShareOf):
            share = shared.share
            if isinstance(share, q.Constant) and isinstance(node.step, int):
                # Whole numbers all the way: of * top // (bottom * step) * step.
                top = Fraction(share.value)
                whole = self.name(top.denominator * node.step)
                times = "" if node.step == 1 else f" * {step}"
                return f"({self.amount(shared.of)} * {self.name(top.numerator)} // {whole}{times})"
        return (
            f"{self.name(q.round_number)}({self.amount(node.of)}, {step}, {self.name(node.mode)})"
        )

    @amount.register
    def _(self, node: q.Let) -> str:
        return self.amount(node.value)

    @amount.register
    def _(self, node: q.Parts) -> str:
        return "(" + " + ".join(self.amount(q.PartAmount(p)) for p in node.parts) + ")"

    @amount.register
    def _(self, node: q.PartAmount) -> str:
        value = self.amount(node.part.value)
        if node.part.when is None:
            return value
        return f"({value} if {self.condition(node.part.when)} else 0)"

    @amount.register
    def _(self, node: q.Count) -> str:
        if node.distinct is not None:
            raise NoSourceError("Count")
        return f"(1 if {self.test(node.test)} else 0)"

    @amount.register
    def _(self, node: q.OverList) -> str:
        test = self.test(node.test)
        with self.within_entry(node.test.list):
            value = self.amount(node.value)
        return value if test == "True" else f"({value} if {test} else 0)"

    @amount.register
    def _(self, node: q.Months) -> str:
        with self.within_entry(node.list) as entry:
            where = self.condition(node.where)
        since = self.day(node.since) if node.since is not None else self.name(FIRST_DAY)
        until = self.day(node.until)
        months = f"{self.name(_months)}({entry}, {since}, {until}, {node.continuous})"
        return months if where == "True" else f"({months} if {where} else 0)"

    @amount.register
    def _(self, node: q.MonthsBetween) -> str:
        return f"max({self.name(whole_months)}({self.day(node.start)}, {self.day(node.end)}), 0)"


def constants(node: q.ByFact) -> dict[Any, Any] | None:
    """A table of numbers, or of such tables by one other fact; None for any other table.

    Rows that the text leaves open are left out.
    """
    inner = {row.ref for _, row in node.rows if isinstance(row, q.ByFact)}
    if not inner:
        if not isinstance(node.rows[0][1], q.Constant):
            return None
        if any(not isinstance(row, q.Constant | q.NotPublished | q.Range) for _, row in node.rows):
            return None
        return {key: row.value for key, row in node.rows if isinstance(row, q.Constant)}
    found: dict[Any, Any] = {}
    for key, row in node.rows:
        if not isinstance(row, q.ByFact) or row.otherwise is not None or len(inner) > 1:
            return None
        table = constants(row)
        if table is None:
            return None
        found[key] = table
    return found
