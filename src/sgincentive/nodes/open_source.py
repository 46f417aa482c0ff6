"""Nodes as Python source that keeps track of what is unknown.

The source computes with the values of ``light``: it reads facts straight from the profile and
never stops for one that is missing. A node without source of its own is asked itself. No text of
a rule file enters the source: names and constants are passed by reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatchmethod
from typing import Any

from sgincentive.calendar import FIRST_DAY, LAST_DAY, add_months, whole_months
from sgincentive.divisions import within
from sgincentive.nodes import conditions as c
from sgincentive.nodes import days as d
from sgincentive.nodes import light
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import ABSENT, Case
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.nodes.values import Number
from sgincentive.nodes.walk import reads_claim

BUILTINS = {
    "len": len, "sum": sum, "min": min, "max": max, "bool": bool, "dict": dict, "tuple": tuple,
    "enumerate": enumerate,
}  # fmt: skip
ORDERS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}
DAY_ORDERS = {"before": "<", "after": ">", "not_before": ">=", "not_after": "<="}


class Inside(dict[Any, Any]):
    """Whether a place lies within some divisions: yes, no, None (the place is too coarse) or ()
    (not listed in an open list)."""

    def __init__(self, outers: tuple[str, ...], negated: bool, open: bool) -> None:
        super().__init__()
        self.outers, self.negated, self.open = outers, negated, open

    def __missing__(self, place: Any) -> Any:
        self[place] = answer = self.answer(place)
        return answer

    def answer(self, place: str | None) -> bool | tuple[()] | None:
        """The answer for one place; none lies nowhere."""
        if place is None:
            return self.negated
        found = [within(place, outer) for outer in self.outers]
        if True in found:
            return not self.negated
        if None in found:
            return None
        return () if self.open else self.negated


@dataclass
class OpenSource:
    """Writes statements over ``f`` (facts), ``c`` and ``i`` (the certificate and its index).

    Each method writes what it needs and returns a name or literal for the value.
    """

    scheme: str
    names: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    depth: int = 1
    entry: tuple[str, str] | None = None
    loops: int = 0
    known: dict[int, str] = field(default_factory=dict)

    hoisted: list[str] | None = None

    # ------------------------------------------------------------------ writing

    def made(self, name: str) -> Any:
        """The function of a name that the lines define."""
        self.names["A"] = ABSENT
        self.names["__builtins__"] = BUILTINS
        exec(compile("\n".join(self.lines), "<rules>", "exec"), self.names)
        return self.names[name]

    def write(self, line: str) -> None:
        """One line at the present depth."""
        self.lines.append("  " * self.depth + line)

    @contextmanager
    def below(self, line: str) -> Iterator[None]:
        """A line that opens a block."""
        self.write(line)
        self.depth += 1
        yield
        self.depth -= 1

    def fresh(self, prefix: str = "t") -> str:
        """A local name not used before."""
        self.loops += 1
        return f"{prefix}{self.loops}"

    def name(self, value: Any) -> str:
        """A name for a constant; small whole numbers and truths stand for themselves."""
        if type(value) is int or type(value) is bool or value is None or value == ():
            return repr(value)
        held = self.known.get(id(value))
        if held is None:
            held = f"K{len(self.names)}"
            self.names[held] = value
            self.known[id(value)] = held
        return held

    def key(self, key: str) -> str:
        """The name of a field (ours, none of a rule file's)."""
        assert key.isidentifier(), key
        return repr(key)

    def load(self, ref: FactRef) -> str:
        """The value of a fact, A where it is unknown."""
        at = {"subject": "f", "claim": "c", "element": self.entry[0] if self.entry else ""}[
            ref.scope
        ]
        *outer, last = ref.keys
        if not outer:
            x = self.fresh("x")
            self.write(f"{x} = {at}.get({self.key(last)}, A)")
            return x
        x = self.fresh("x")
        self.write(f"{x} = {at}")
        for key in ref.keys:
            self.write(f"{x} = {x}.get({self.key(key)}, A) if {x}.__class__ is dict else A")
        return x

    def doubt(self, ref: FactRef) -> str:
        """The facts to name where a fact is unknown."""
        if ref.scope == "subject":
            return self.name(((ref.name, None),))
        index = "i" if ref.scope == "claim" else self.entry[1] if self.entry else "None"
        return f"{self.name(light.FactAt(ref.name))}[{index}]"

    def case(self) -> str:
        """The case as the nodes take it."""
        element, index = self.entry or ("None", "None")
        scheme = self.name(self.scheme)
        return f"{self.name(Case)}(f, on, applied, {scheme}, c, i, {element}, {index})"

    def listed(self, of: ListRef) -> str:
        """The entries of a list, None where it is unknown."""
        x = self.fresh("l")
        self.write(f"{x} = f.get({self.key(of.keys[0])})")
        for key in of.keys[1:]:
            self.write(f"{x} = {x}.get({self.key(key)}) if {x}.__class__ is dict else None")
        return x

    def partial(self, of: ListRef) -> str:
        """Whether the profile says that a list is not complete."""
        return f"{self.name(of.name)} in f.get('partial', ())"

    def closed(self, *parts: str) -> str:
        """A test that every part is settled; constants are not asked."""
        asked = []
        for part in dict.fromkeys(parts):
            if part in self.names:
                if isinstance(self.names[part], tuple):
                    return "False"
            elif part not in ("on", "applied") and not part.lstrip("-").isdigit():
                asked.append(f"{part}.__class__ is not tuple")
        return " and ".join(asked) or "True"

    def call(self, function: Any, *arguments: str) -> str:
        """A call of a function."""
        return f"{self.name(function)}({', '.join(arguments)})"

    # --------------------------------------------------------------- conditions

    def set_condition(self, node: Any, t: str) -> None:
        """Write the truth of a condition into a name."""
        value = self.condition(node)
        if value != t:
            self.write(f"{t} = {value}")

    @singledispatchmethod
    def condition(self, node: Any) -> str:
        """The truth of a condition."""
        t = self.fresh()
        self.write(f"{t} = {self.call(light.truth_of, self.name(node), self.case())}")
        return t

    @condition.register
    def _(self, node: c.IsTrue) -> str:
        x, t = self.load(node.ref), self.fresh()
        self.write(f"{t} = {x} is {node.expected} if {x} is not A else {self.doubt(node.ref)}")
        return t

    @condition.register
    def _(self, node: c.OneOf) -> str:
        x, t = self.load(node.ref), self.fresh()
        values = self.name(frozenset(node.values))
        inside = f"{x} {'not in' if node.negated else 'in'} {values}"
        if node.open:
            inside = (
                f"({not node.negated} if {x} in {values} "
                f"else () if {x} is not None else {node.negated})"
            )
        self.write(f"{t} = {inside} if {x} is not A else {self.doubt(node.ref)}")
        return t

    @condition.register
    def _(self, node: c.WordOrder) -> str:
        x = self.load(node.ref)
        ranks = {v: node.vocabulary.rank(v) for v in node.vocabulary.values}
        sign = ORDERS[node.order]
        t = self.fresh()
        if isinstance(node.other, FactRef):
            y, table = self.load(node.other), self.name(ranks)
            doubt = f"({self.doubt(node.ref)} if {x} is A else ()) + "
            doubt += f"({self.doubt(node.other)} if {y} is A else ())"
            both = f"{x} is not None and {y} is not None and {table}[{x}] {sign} {table}[{y}]"
            self.write(f"{t} = {doubt} if {x} is A or {y} is A else {both}")
            return t
        limit = ranks[node.other]
        answers: dict[Any, bool] = {None: False}
        for value, rank in ranks.items():
            answers[value] = {
                ">=": rank >= limit, "<=": rank <= limit, ">": rank > limit, "<": rank < limit,
            }[sign]  # fmt: skip
        held = f"{self.name(answers)}[{x}]"
        self.write(f"{t} = {held} if {x} is not A else {self.doubt(node.ref)}")
        return t

    @condition.register
    def _(self, node: c.Within) -> str:
        if isinstance(node.divisions, FactRef):
            t = self.fresh()
            self.write(f"{t} = {self.call(light.truth_of, self.name(node), self.case())}")
            return t
        x, t = self.load(node.ref), self.fresh()
        inside = self.name(Inside(node.divisions, node.negated, node.open))
        with self.below(f"if {x} is A or ({t} := {inside}[{x}]) is None:"):
            self.write(f"{t} = {self.doubt(node.ref)}")
        return t

    @condition.register
    def _(self, node: c.Compare) -> str:
        return self.comparison(self.amount(node.left), node.order, self.amount(node.right))

    def comparison(self, a: str, order: str, b: str) -> str:
        """One amount against another."""
        t = self.fresh()
        quick = f"{a} {ORDERS[order]} {b}"
        careful = self.call(light.compared, a, self.name(order), b)
        self.write(f"{t} = {quick} if {self.closed(a, b)} else {careful}")
        return t

    @condition.register
    def _(self, node: c.Between) -> str:
        left = self.amount(node.left)
        t = self.comparison(left, "at_least", self.amount(node.low))
        with self.below(f"if {t} is not False:"):
            u = self.comparison(left, "at_most", self.amount(node.high))
            self.both(t, u)
        return t

    def both(self, t: str, u: str) -> None:
        """``t`` (not False) and ``u``, into ``t``."""
        self.write(f"if {u} is False: {t} = False")
        self.write(f"elif {u} is not True: {t} = {u} if {t} is True else {t} + {u}")

    @condition.register
    def _(self, node: c.Equals) -> str:
        a, b, t = self.amount(node.left), self.amount(node.right), self.fresh()
        sign = "!=" if node.negated else "=="
        careful = self.call(light.equal, a, b, str(node.negated))
        self.write(f"{t} = {a} {sign} {b} if {self.closed(a, b)} else {careful}")
        return t

    @condition.register
    def _(self, node: c.CompareDays) -> str:
        a, b, t = self.day(node.left), self.day(node.right), self.fresh()
        careful = self.call(light.compared_days, a, self.name(node.order), b)
        self.write(f"{t} = {a} {DAY_ORDERS[node.order]} {b} if {self.closed(a, b)} else {careful}")
        return t

    @condition.register
    def _(self, node: c.CompareShare) -> str:
        part, whole = self.amount(node.part), self.amount(node.whole)
        t, empty = self.fresh(), node.if_empty != "fails"
        of = self.amount(node.share)
        careful = self.call(
            light.share, part, whole, self.name(node.order), of, self.name(node.if_empty)
        )
        quick = f"{part} {ORDERS[node.order]} {of} * {whole}"
        if isinstance(node.share, q.Constant):
            ratio = Fraction(node.share.value)
            left = part if ratio.denominator == 1 else f"{part} * {ratio.denominator}"
            quick = f"{left} {ORDERS[node.order]} {whole} * {ratio.numerator}"
        quick = f"({quick} if {whole} > 0 else {empty})"
        self.write(f"{t} = {quick} if {self.closed(part, whole, of)} else {careful}")
        return t

    @condition.register
    def _(self, node: c.All) -> str:
        return self.chain(node.parts)

    def chain(self, parts: Sequence[Any]) -> str:
        """Kleene conjunction that stops at the first part that does not hold."""
        if not parts:
            return "True"
        if len(parts) == 1:
            return self.condition(parts[0])
        t = self.fresh()
        self.set_condition(parts[0], t)
        depth = self.depth
        for part in parts[1:]:
            self.write(f"if {t} is not False:")
            self.depth += 1
            self.both(t, self.condition(part))
        self.depth = depth
        return t

    @condition.register
    def _(self, node: c.AnyOf) -> str:
        return self.either(node.parts)

    def either(self, parts: Sequence[Any]) -> str:
        """Kleene disjunction that stops at the first part that holds."""
        if not parts:
            return "False"
        t = self.fresh()
        self.set_condition(parts[0], t)
        depth = self.depth
        for part in parts[1:]:
            self.write(f"if {t} is not True:")
            self.depth += 1
            u = self.condition(part)
            self.write(f"if {u} is True: {t} = True")
            self.write(f"elif {u} is not False: {t} = {u} if {t} is False else {t} + {u}")
        self.depth = depth
        return t

    @condition.register
    def _(self, node: c.Not) -> str:
        u, t = self.condition(node.part), self.fresh()
        self.write(f"{t} = not {u} if {u} is True or {u} is False else {u}")
        return t

    @condition.register
    def _(self, node: c.AtLeastN) -> str:
        parts = [self.condition(p) for p in node.parts]
        t = self.fresh()
        self.write(f"{t} = {self.call(light.at_least_n, repr(node.n), tuple_of(parts))}")
        return t

    @condition.register
    def _(self, node: c.Unless) -> str:
        return self.either((node.part, node.exception))

    @condition.register
    def _(self, node: c.When) -> str:
        return self.either((c.Not(node.guard), node.part))

    @condition.register
    def _(self, node: c.Named) -> str:
        return self.condition(node.part)

    @condition.register
    def _(self, node: c.Readings) -> str:
        parts = [self.condition(p) for p in node.parts]
        t = self.fresh()
        self.write(f"{t} = {self.call(light.agree, tuple_of(parts))}")
        return t

    @condition.register
    def _(self, node: c.NotStated) -> str:
        t = self.fresh()
        self.write(f"{t} = ()")
        return t

    @condition.register
    def _(self, node: c.Confirmed) -> str:
        t, none = self.fresh(), self.name({"": None})
        scheme, word = self.name(self.scheme), self.name(node.id)
        self.write(f"{t} = f.get('confirmed', {none}).get({scheme}, {none}).get({word})")
        self.write(f"{t} = () if {t} is None else bool({t})")
        return t

    # -------------------------------------------------------------------- lists

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
            x, key = self.fresh("x"), self.key(of.entry_date)
            doubt = self.name(light.FactAt(f"{of.element}.{of.entry_date}"))
            self.write(f"{x} = {element}.get({key}, A)")
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

    @condition.register
    def _(self, node: c.Exists) -> str:
        t, entries = self.fresh(), self.listed(node.test.list)
        listed = self.name(((node.test.list.name, None),))
        self.write(f"{t} = False")
        self.write(f"if {entries} is None: {t} = {listed}")
        with self.below("else:"):
            with self.each(entries):
                u = self.passes(node.test)
                with self.below(f"if {u} is not False:"):
                    with self.below(f"if {u} is True:"):
                        self.write(f"{t} = True")
                        self.write("break")
                    self.write(f"{t} = {u} if {t} is False else {t} + {u}")
            with self.below("else:"), self.below(f"if {self.partial(node.test.list)}:"):
                self.write(f"{t} = {listed} if {t} is False else {t} + {listed}")
        return t

    @condition.register
    def _(self, node: c.Every) -> str:
        t, entries = self.fresh(), self.listed(node.test.list)
        some = self.fresh("s")
        listed = self.name(((node.test.list.name, None),))
        self.write(f"{t} = True")
        self.write(f"if {entries} is None: {t} = {listed}")
        with self.below("else:"):
            self.write(f"{some} = False")
            with self.each(entries):
                u = self.passes(node.test)
                with self.below(f"if {u} is not False:"):
                    self.write(f"if {u} is True: {some} = True")
                    self.write(f"elif {some} is False: {some} = {u}")
                    self.write(f"elif {some} is not True: {some} += {u}")
                    w = self.condition(node.that)
                    with self.below(f"if {w} is not True:"):
                        # Not counting, or meeting it.
                        with self.below(f"if {u} is True and {w} is False:"):
                            self.write(f"{t} = False")
                            self.write("break")
                        v = self.fresh()
                        self.write(f"{v} = () if {u} is True else {u}")
                        self.write(f"if {w} is not False: {v} = {v} + {w}")
                        self.write(f"{t} = {v} if {t} is True else {t} + {v}")
            with self.below("else:"):
                with self.below(f"if {self.partial(node.test.list)}:"):
                    self.write(f"{t} = {listed} if {t} is True else {t} + {listed}")
                    self.write(
                        f"if {some} is not True: "
                        f"{some} = {listed} if {some} is False else {some} + {listed}"
                    )
                if node.if_empty == "fails":
                    self.both(t, some)
        return t

    # --------------------------------------------------------------------- days

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
        x = self.load(node.ref)
        first, last = self.name(FIRST_DAY), self.name(LAST_DAY)
        self.write(f"if {x} is A: {x} = ({first}, {last}, {self.doubt(node.ref)})")
        if node.ref.fact.nullable:
            self.write(f"elif {x} is None: {x} = {last}")
        return x

    @day.register
    def _(self, node: d.MonthsLater) -> str:
        day, t = self.day(node.day), self.fresh("d")
        quick = self.call(add_months, day, repr(node.months))
        careful = self.call(later, day, repr(node.months))
        self.write(f"{t} = {quick} if {self.closed(day)} else {careful}")
        return t

    # ------------------------------------------------------------------ amounts

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

    @singledispatchmethod
    def amount_here(self, node: Any) -> str:
        """An amount."""
        t = self.fresh("a")
        self.write(f"{t} = {self.call(light.amount_of, self.name(node), self.case())}")
        return t

    @amount_here.register
    def _(self, node: q.Constant) -> str:
        return self.name(node.value)

    @amount_here.register
    def _(self, node: q.NotPublished) -> str:
        return self.name((0, None, False, ()))

    @amount_here.register
    def _(self, node: q.Range) -> str:
        low = node.low.value if isinstance(node.low, q.Constant) else None
        high = node.high.value if isinstance(node.high, q.Constant) else None
        if (low is None) != (node.low is None) or (high is None) != (node.high is None):
            t = self.fresh("a")
            self.write(f"{t} = {self.call(light.amount_of, self.name(node), self.case())}")
            return t
        return self.name(light.settled(low if low is not None else 0, high, True, ()))

    @amount_here.register
    def _(self, node: q.FactAmount) -> str:
        x = self.load(node.ref)
        with self.below(f"if {x} is A:"):
            unknown = f"{x} = (0, None, True, {self.doubt(node.ref)})"
            if node.total is None:
                self.write(unknown)
            else:
                entries = self.listed(node.total.test.list)
                self.write(f"if {entries} is None: {unknown}")
                with self.below("else:"):
                    self.write(f"{x} = {self.amount(node.total)}")
        if node.ref.fact.nullable:
            self.write(f"elif {x} is None: {x} = 0")
        return x

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
        self.write(f"{t} = {years} if {x} is not A and {x} is not None else {unknown}")
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
        t = self.fresh("a")
        if node.distinct is not None:
            self.write(f"{t} = {self.call(light.amount_of, self.name(node), self.case())}")
            return t
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


def tuple_of(parts: Sequence[str]) -> str:
    """A tuple of names."""
    return f"({', '.join(parts)},)"


def ratio(a: Number, b: Number) -> Fraction:
    """a / b exactly, for b above 0."""
    return Fraction(a) / b


def later(day: tuple[Any, Any, light.Facts], months: int) -> light.LightDay:
    """A day between two others, moved by months."""
    first, last = add_months(day[0], months), add_months(day[1], months)
    return first if first == last else (first, last, day[2])
