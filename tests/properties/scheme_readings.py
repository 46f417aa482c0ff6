"""A scheme as one reader understands it: each doubt of its text settled in one of the ways left."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from random import Random
from typing import Any, cast

from sgincentive.calendar import FIRST_DAY
from sgincentive.nodes import conditions as c
from sgincentive.nodes import days as d
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition, Day, Quantity
from sgincentive.nodes.lists import ListTest
from sgincentive.schemes.model import Ledger, Relation, Scheme, Version

TRUE, FALSE = c.All(()), c.AnyOf(())
UNSEEN = (100, 50_000, 300_000, 10_000_000)
COUNTRY = "000000"


def one_reading(scheme: Scheme, chance: Random) -> Scheme:
    """The scheme with one reading for all that its text leaves open."""
    reader = Reader(chance)
    versions = [reader.version(v) for v in reader.dated(scheme.versions)]
    relations = tuple(
        Relation(r.kind, r.scheme, None if r.where is None else reader.node(r.where))
        for r in scheme.relations
    )
    return replace(scheme, versions=tuple(versions), relations=relations)


class Reader:
    """Chooses one reading for each node; a node that stands in several places gets one reading."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.chosen: dict[int, tuple[Any, Any]] = {}

    def version(self, version: Version) -> Version:
        """A version with its conditions, amount, ledger and months settled."""
        window = version.window
        return replace(
            version,
            requirements=tuple(
                replace(r, condition=self.node(r.condition)) for r in version.requirements
            ),
            amount=None if version.amount is None else self.node(version.amount),
            window=replace(
                window,
                start=None if window.start is None else self.node(window.start),
                end=None if window.end is None else self.node(window.end),
            ),
            ledger=self.ledger(version.ledger),
            rhythm=replace(version.rhythm, counts=self.chance.choice(["any_day", "whole_month"]))
            if version.rhythm.counts == "not_stated"
            else version.rhythm,
        )

    def ledger(self, ledger: Ledger) -> Ledger:
        """One rule for earlier payments."""
        return replace(
            ledger,
            rules=(self.chance.choice(ledger.rules),) if ledger.rules else (),
            times_per=self.chance.choice(["scheme", "level"])
            if ledger.times_per == "not_stated"
            else ledger.times_per,
        )

    def dated(self, versions: tuple[Version, ...]) -> list[Version]:
        """The versions with a day for each rough or unknown start and end."""
        made = list(versions)
        for i, version in enumerate(made):
            if version.first is not None and version.first[0] != version.first[1]:
                day = self.between(*version.first)
                made[i] = replace(version, first=(day, day))
            elif version.first is None and version.seen is not None:
                earliest = FIRST_DAY
                if version.follows is not None:
                    earliest = version.follows + timedelta(1)
                day = self.between(earliest, version.seen)
                made[i] = replace(version, first=(day, day))
        for i, version in enumerate(made):
            if version.gives_way is None or version.last_confirmed is None:
                continue
            heirs = [k for k, v in enumerate(made) if v.seen == version.gives_way and k != i]
            if heirs:
                day = self.between(version.last_confirmed + timedelta(1), version.gives_way)
                made[heirs[0]] = replace(made[heirs[0]], first=(day, day))
                made[i] = replace(version, last=day - timedelta(1), gives_way=None)
        return made

    def between(self, first: date, last: date) -> date:
        """A day between two, ends included."""
        return self.chance.choice(
            [first, last, first + timedelta(self.chance.randint(0, (last - first).days))]
        )

    def node(self, node: Any) -> Any:
        """A node as one reading has it."""
        held = self.chosen.get(id(node))
        if held is None:
            held = self.chosen[id(node)] = (node, self.settled(node))
        return held[1]

    def settled(self, node: Any) -> Any:
        """One reading of a node."""
        chance = self.chance
        if isinstance(node, c.NotStated):
            return chance.choice([TRUE, FALSE])
        if isinstance(node, c.Readings | q.AmountReadings):
            return self.node(chance.choice(node.parts))
        if isinstance(node, d.DayReadings):
            return self.node(chance.choice(node.days))
        if isinstance(node, d.DayConstant):
            day = self.between(node.first, node.last)
            return replace(node, first=day, last=day)
        if isinstance(node, q.NotPublished):
            return q.Constant(chance.choice(UNSEEN))
        if isinstance(node, q.Range):
            return self.amount_in(node)
        if isinstance(node, c.OneOf) and node.open:
            return self.closed_words(node)
        if isinstance(node, c.Within) and node.open and isinstance(node.divisions, tuple):
            more = chance.choice([(), (COUNTRY,)])
            return replace(node, divisions=(*node.divisions, *more), open=False)
        node = self.inside(node)
        if isinstance(node, q.Round) and node.mode == "not_stated":
            return replace(node, mode=chance.choice(["up", "down", "half_up"]))
        if isinstance(node, q.PerUnits) and node.rounding == "not_stated":
            return replace(node, rounding=chance.choice(["up", "down", "half_up"]))
        if isinstance(node, c.AtLeastN) and node.n is None:
            return replace(node, n=chance.randint(1, len(node.parts)))
        if isinstance(node, q.ByFact | q.Cases) and node.otherwise is None:
            return replace(node, otherwise=q.Constant(chance.choice(UNSEEN)))
        if isinstance(node, q.Brackets):
            return self.one_band(node)
        return node

    def inside(self, node: Any) -> Any:
        """The node with everything that it holds settled."""
        if isinstance(node, tuple):
            return tuple(self.node(item) for item in node)
        held = (Condition, Quantity, Day, ListTest, q.Part, q.Bracket)
        if not isinstance(node, held):
            return node
        found = {f.name: getattr(node, f.name) for f in fields(cast(Any, node))}
        made = {
            name: self.node(value)
            for name, value in found.items()
            if isinstance(value, held) or (isinstance(value, tuple) and name != "divisions")
        }
        return replace(cast(Any, node), **made) if made else node

    def amount_in(self, node: q.Range) -> Quantity:
        """An amount between two ends."""
        low = self.node(node.low) if node.low is not None else q.Constant(0)
        if node.high is None:
            more = q.Constant(self.chance.choice([0, 100, 1_000_000]))
            return q.Sum((low, more))
        high = self.node(node.high)
        if node.low is None:
            choice: Quantity = self.chance.choice([high, q.Least((high, q.Constant(100)))])
            return choice
        if isinstance(low, q.Constant) and isinstance(high, q.Constant):
            return q.Constant(self.chance.choice([low.value, high.value]))
        return self.chance.choice([low, q.Greatest((low, high))])

    def closed_words(self, node: c.OneOf) -> c.OneOf:
        """An open list with some of the words that it does not name."""
        words = node.ref.fact.vocabulary
        more = [w for w in (words.values if words else ()) if w not in node.values]
        some = tuple(w for w in more if self.chance.random() < 0.5)
        return replace(node, values=(*node.values, *some), open=False)

    def one_band(self, node: q.Brackets) -> q.Cases:
        """Bands without overlaps: where two hold a number, one of them takes it."""
        rows = list(node.rows)
        self.chance.shuffle(rows)
        return q.Cases(
            tuple((in_band(node.of, row), row.value) for row in rows),
            q.Constant(self.chance.choice(UNSEEN)),
        )


def in_band(of: Quantity, row: q.Bracket) -> Condition:
    """Whether a quantity lies in a band."""
    tests: list[Condition] = []
    if row.low is not None:
        order = "at_least" if row.low_included else "more_than"
        tests.append(c.Compare(of, order, q.Constant(row.low)))  # type: ignore[arg-type]
    if row.high is not None:
        order = "at_most" if row.high_included else "less_than"
        tests.append(c.Compare(of, order, q.Constant(row.high)))  # type: ignore[arg-type]
    return c.All(tuple(tests))
