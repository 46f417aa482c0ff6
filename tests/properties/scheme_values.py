"""What a scheme reads of a profile, and the values at which its answers change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any, NamedTuple

from sgincentive.calendar import add_months
from sgincentive.divisions import ancestors, children, get
from sgincentive.facts import Fact, ListFact, facts, lists, subject_from
from sgincentive.facts.problems import ProfileError
from sgincentive.nodes import conditions as c
from sgincentive.nodes import days as d
from sgincentive.nodes import quantities as q
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.nodes.walk import below
from sgincentive.ruleset import office_words
from sgincentive.schemes.model import Scheme

Profile = dict[str, Any]
OTHERS = ("zhejiang/ningbo/exam-reward", "heilongjiang/qitaihe/exam-reward")
LEDGER_FIELDS = ("scheme", "kind", "level", "exam_year", "period", "amount", "paid", "status")
FAR = "659001"


class Place(NamedTuple):
    """Where a value stands in a profile: its holder, its key there, and the name of the fact or
    of the list (``entry``: the index of the entry that it belongs to)."""

    holder: Any
    key: str | int
    name: str
    entry: int | None = None

    @property
    def value(self) -> Any:
        """The value as the profile has it."""
        return self.holder[self.key]


def copied(value: Any) -> Any:
    """A copy of plain data, with nothing shared that can change."""
    if isinstance(value, dict):
        return {k: copied(v) for k, v in value.items()}
    if isinstance(value, list):
        return [copied(v) for v in value]
    return value


def list_at(kind: str, path: str) -> ListFact | None:
    """The list that a profile has under a dotted path."""
    known = lists(kind)
    return known.get(path) or known.get(f"{path}.persons")


def places(profile: Profile, kind: str) -> list[Place]:
    """Every fact, list and entry that a profile gives; entries under the name of their element."""
    return list(_places(profile, "", kind, None))


def _places(holder: Profile, prefix: str, kind: str, entry: int | None) -> Iterator[Place]:
    for key, value in holder.items():
        name = prefix + key
        if name in ("subject", "partial", "confirmed"):
            continue
        if isinstance(value, list):
            found = list_at(kind, name)
            assert found is not None, name
            yield Place(holder, key, found.name)
            for index, each in enumerate(value):
                yield Place(value, index, found.element, index)
                yield from _places(each, f"{found.element}.", kind, index)
        elif isinstance(value, dict):
            yield from _places(value, f"{name}.", kind, entry)
        else:
            yield Place(holder, key, name, entry)


@dataclass(slots=True)
class Terms:
    """One scheme as its nodes read it."""

    scheme: Scheme
    facts: dict[str, list[Any]] = field(default_factory=dict)
    lists: dict[str, set[str]] = field(default_factory=dict)
    days: list[date] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=lambda: [0, 1, 2])
    examples: list[tuple[Profile, date, str | None, str | None]] = field(default_factory=list)
    entries: dict[str, list[Profile]] = field(default_factory=dict)
    statistics: list[tuple[str, str | None]] = field(default_factory=list)
    offices: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of subject."""
        return self.scheme.subject

    def value(self, name: str, on: date, chance: Random) -> Any:
        """A value of a fact at which the answer may change, as a profile writes it."""
        fact = facts(self.kind)[name]
        if fact.type == "date":
            return self.day(name, on, chance)
        if name == "received.period":
            return chance.choice([f"{on:%Y-%m}", f"{on:%Y}"])
        known = self.facts.get(name) or [None]
        value = chance.choice(known)
        if fact.type == "year":
            if value is None or chance.random() < 0.5:
                value = on.year - chance.randrange(4)
            return value
        if fact.type in ("money", "count", "number", "months") and chance.random() < 0.2:
            return near_number(fact, value, chance)
        if fact.type == "division" and chance.random() < 0.2:
            return near_place(value or FAR, chance)
        if value is None and not fact.nullable:
            return any_value(fact, chance)
        return value

    def day(self, name: str, on: date, chance: Random) -> Any:
        """A day near one that the terms or the question name."""
        nullable = facts(self.kind)[name].nullable
        if nullable and chance.random() < 0.5:
            return None
        pick = chance.randrange(4)
        given = [v for v in self.facts.get(name, ()) if v is not None]
        if pick == 0 and given:
            return chance.choice(given)
        if pick == 1 and self.days:
            day = chance.choice(self.days)
        else:
            day = add_months(on, -chance.choice([*self.months, 0, 1, 6, 12, 36]))
        return moved(day, chance.choice([-400, -1, 0, 0, 0, 1]))

    def entry(self, name: str, on: date, chance: Random) -> Profile:
        """A complete entry of a list: one of the examples, or made up of relevant values."""
        element = lists(self.kind)[name].element
        seen = self.entries.get(name, ())
        made = copied(chance.choice(seen)) if seen and chance.random() < 0.6 else {}
        self.fill_entry(made, name, on, chance)
        if element == "received" and chance.random() < 0.7:
            made["scheme"] = self.scheme.id
            made.pop("issuer", None)
        return made

    def fill_entry(self, made: Profile, name: str, on: date, chance: Random) -> list[str]:
        """Give an entry the facts that the scheme reads; returns what was added."""
        element = lists(self.kind)[name].element
        added = []
        for key in sorted(self.lists.get(name, ())):
            if key in made or f"{element}.{key}" not in facts(self.kind):
                continue
            if element == "received" and key in ("scheme", "issuer") and "issuer" in made:
                continue
            if name == "statistics":
                made[key] = self.statistic(key, made, on, chance)
            else:
                made[key] = self.value(f"{element}.{key}", on, chance)
            added.append(key)
        return added

    def statistic(self, key: str, made: Profile, on: date, chance: Random) -> Any:
        """A field of a figure that the scheme asks for."""
        kinds = [s for s in self.statistics if "kind" not in made or s[0] == made["kind"]]
        kind, place = chance.choice(kinds or self.statistics or [("average_wage", None)])
        if key == "kind":
            return kind
        if key == "division":
            return chance.choice([place, place, "000000"]) or "000000"
        if key == "year":
            return on.year - chance.randrange(3)
        return chance.choice([0, 1000, 60000, 100000])


TERMS: dict[str, Terms] = {}


def terms_of(scheme: Scheme) -> Terms:
    """The terms of a scheme, read once."""
    if scheme.digest not in TERMS:
        TERMS[scheme.digest] = _terms(scheme)
    return TERMS[scheme.digest]


def _terms(scheme: Scheme) -> Terms:
    made = Terms(scheme)
    words: dict[str, list[Any]] = {}
    numbers: list[int | Fraction] = []
    for version in scheme.versions:
        made.days += [
            day
            for day in (*(version.first or ()), version.last, version.seen, version.last_confirmed)
            if day is not None
        ]
        for status in version.statuses:
            made.days += [status.first, status.last]
        holders = (*(r.condition for r in version.requirements), version.amount, version.window)
        for node in (n for holder in holders for n in below(holder)):
            _read(node, made, words, numbers)
        if version.claims:
            # A certificate without a level is one of a kind that is not national.
            made.lists.setdefault("certificates", set()).update(("obtained", "level", "kind"))
        if version.selected_by in ("exam_year", "obtained"):
            made.lists.setdefault("certificates", set()).add(version.selected_by)
        ledger = version.ledger
        if ledger.rules or ledger.lifetime_cap or ledger.other_authority_bars or ledger.max_times:
            made.lists.setdefault("received", set()).update(LEDGER_FIELDS)
            if version.claims:
                made.lists["certificates"].add("exam_year")
    if scheme.kind in ("monthly", "yearly"):
        made.lists.setdefault("received", set()).update(LEDGER_FIELDS)
    for relation in scheme.relations:
        for node in below(relation.where):
            _read(node, made, words, numbers)
    made.days = [day for day in made.days if 1980 <= day.year <= 2040]
    made.offices = tuple(sorted(office_words(scheme)))
    _from_examples(scheme, made, words)
    made.months = sorted({int(n) for n in numbers if 0 < n <= 600 and n == int(n)})
    made.sizes = sorted({0, 1, 2, *(int(n) + x for n in numbers for x in (-1, 0) if 0 < n <= 6)})
    known = facts(scheme.subject)
    for name, values in words.items():
        values += _values(known[name], numbers)
        made.facts[name] = list(dict.fromkeys(values))
    for name, keys in made.lists.items():
        element = lists(scheme.subject)[name].element
        for key in keys:
            fact = known.get(f"{element}.{key}")
            if fact is not None and fact.name not in made.facts:
                made.facts[fact.name] = _values(fact, numbers)
    if "received.amount" in made.facts:
        made.facts["received.scheme"] = [scheme.id, scheme.id, OTHERS[scheme.id == OTHERS[0]]]
        made.facts["received.issuer"] = [scheme.issuer or "x", "x"]
        money = [str(Decimal(int(n)) / 100) for n in numbers if n >= 100]
        made.facts["received.amount"] = ["0", "300", *money]
    return made


def _read(
    node: Any, made: Terms, words: dict[str, list[Any]], numbers: list[int | Fraction]
) -> None:
    known = lists(made.kind)
    if isinstance(node, FactRef):
        words.setdefault(node.name, [])
        if node.list is not None:
            element = known[node.list].element
            made.lists.setdefault(node.list, set()).add(node.name.removeprefix(f"{element}."))
    elif isinstance(node, ListRef):
        keys = made.lists.setdefault(node.name, set())
        keys.update(k for k in (node.entry_date, node.start, node.end) if k)
    elif isinstance(node, c.OneOf):
        words.setdefault(node.ref.name, []).extend(node.values)
    elif isinstance(node, c.WordOrder):
        words.setdefault(node.ref.name, []).extend(node.vocabulary.values)
    elif isinstance(node, c.Within):
        if not isinstance(node.divisions, FactRef):
            near = [x for code in node.divisions for x in around(code)]
            words.setdefault(node.ref.name, []).extend(near)
    elif isinstance(node, (q.ByFact, d.DayByFact)):
        words.setdefault(node.ref.name, []).extend(key for key, _ in node.rows)
    elif isinstance(node, q.Constant):
        numbers.append(node.value)
    elif isinstance(node, q.Bracket):
        numbers.extend(n for n in (node.low, node.high) if n is not None)
    elif isinstance(node, q.PerUnits):
        numbers.append(node.units)
    elif isinstance(node, d.DayConstant):
        made.days += [node.first, node.last]
    elif isinstance(node, d.MonthsLater):
        numbers.append(abs(node.months))
    elif isinstance(node, q.Statistic):
        place = node.division if isinstance(node.division, str) else None
        made.statistics.append((node.kind, place))
        keys = made.lists.setdefault("statistics", set())
        keys.update(("kind", "division", "year", "value"))


def _from_examples(scheme: Scheme, made: Terms, words: dict[str, list[Any]]) -> None:
    known = facts(scheme.subject)
    for example in scheme.examples:
        try:
            subject = subject_from(example.given)
        except ProfileError:
            continue
        profile = subject.to_profile()
        on = example.on or date.fromisoformat(profile["applied"])
        made.examples.append((profile, on, example.start, example.stop))
        made.days.append(on)
        for place in places(profile, scheme.subject):
            if place.name in known:
                words.setdefault(place.name, []).append(place.value)
            elif isinstance(place.value, dict):
                found = next(x for x in lists(scheme.subject).values() if x.element == place.name)
                made.entries.setdefault(found.name, []).append(place.value)


def _values(fact: Fact, numbers: Iterable[int | Fraction]) -> list[Any]:
    """What may stand in a fact apart from what the nodes and the examples name."""
    if fact.type == "bool":
        return [True, False]
    if fact.vocabulary is not None:
        some = list(fact.vocabulary.values[:3])
        return [*some, None] if fact.nullable else some
    if fact.type == "division":
        return [FAR]
    if fact.name == "received.scheme":
        return list(OTHERS)
    if fact.type == "text":
        return ["x"]
    if fact.type == "money":
        return ["0", "300000", *(str(Decimal(int(n)) / 100) for n in numbers if n >= 1)]
    if fact.type in ("count", "months"):
        return [0, 1, 10, *(int(n) for n in numbers if 1 <= n <= 600)]
    if fact.type == "number":
        return [0, 1, 10, *(int(n) for n in numbers if 1 <= n <= 100_000)]
    return []


def any_value(fact: Fact, chance: Random) -> Any:
    """Some value of a fact."""
    if fact.type == "year":
        return 2020 + chance.randrange(6)
    if fact.type == "date":
        return f"{2018 + chance.randrange(8)}-0{1 + chance.randrange(9)}-15"
    return chance.choice(_values(fact, [12]))


def moved(day: date, days: int) -> str:
    """A day some days later, in the years that there are."""
    return min(max(day + timedelta(days), date(1950, 1, 1)), date(2090, 1, 1)).isoformat()


def near_number(fact: Fact, value: Any, chance: Random) -> Any:
    """A number one unit away, never below 0."""
    step = chance.choice([-1, 1])
    if fact.type == "money":
        away = step * chance.choice([Decimal(1), Decimal("0.01")])
        return str(max(Decimal(value or 0) + away, Decimal(0)))
    if fact.type == "number":
        return str(max(Decimal(value or 0) + step, Decimal(0)))
    return max(int(value or 0) + step, 0)


@cache
def around(code: str) -> tuple[str, ...]:
    """A division, some below it, one beside it and one above it."""
    base = code.removesuffix("@self")
    below_it = children(base)
    above = ancestors(base)[:1]
    beside = [x for x in (children(above[0]) if above else ()) if x != base]
    return (code, *below_it[:1], *below_it[-1:], *beside[:1], *above)


def near_place(code: str, chance: Random) -> str:
    """A division beside, above or below another, or the level of the other itself."""
    near = [x for x in around(code) if x != "000000"]
    base = code.removesuffix("@self")
    if get(base).kind in ("province", "city") and not get(base).ended:
        near.append(f"{base}@self")
    return chance.choice(near or [FAR])
