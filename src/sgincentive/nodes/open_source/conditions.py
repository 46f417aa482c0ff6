"""The source of conditions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import singledispatchmethod
from typing import Any

from sgincentive.divisions import within
from sgincentive.nodes import conditions as c
from sgincentive.nodes import light
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition
from sgincentive.nodes.open_source.loops import Loops
from sgincentive.nodes.open_source.writer import DAY_ORDERS, ORDERS, tuple_of
from sgincentive.nodes.reference import FactRef


class Inside(dict[Any, Any]):
    """Whether a place lies within some divisions: yes, no, None (the place is too coarse) or ()
    (not listed in an open list)."""

    def __init__(self, outers: tuple[str, ...], negated: bool, open: bool) -> None:
        super().__init__()
        self.outers, self.negated, self.open = outers, negated, open

    def __missing__(self, place: Any) -> Any:
        self[place] = answer = self.answer(place)
        return answer

    def answer(self, place: str) -> bool | tuple[()] | None:
        """The answer for one place."""
        found = [within(place, outer) for outer in self.outers]
        if True in found:
            return not self.negated
        if None in found:
            return None
        return () if self.open else self.negated


class Conditions(Loops):
    """Writes conditions: True, False or the facts that leave them open."""

    def asked_truth(self, node: Condition) -> str:
        """The truth as the node itself gives it."""
        t = self.fresh()
        self.write(f"{t} = {self.call(light.truth_of, self.name(node), self.case())}")
        return t

    @singledispatchmethod
    def condition(self, node: Any) -> str:
        """The truth of a condition."""
        return self.asked_truth(node)

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
            return self.asked_truth(node)
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
        self.write(f"{t} = {self.condition(parts[0])}")
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
        """Kleene disjunction of one part or more that stops at the first that holds."""
        t = self.fresh()
        self.write(f"{t} = {self.condition(parts[0])}")
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
