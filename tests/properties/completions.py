"""Filling in what a profile leaves out, and finding two ways to do so that differ in one fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from random import Random
from typing import Any, NamedTuple, cast

from sgincentive.decision import Decision, Missing
from sgincentive.facts import facts, lists, subject_from
from sgincentive.facts.door import _Door
from sgincentive.facts.problems import ProfileError
from sgincentive.facts.read import AnySubject
from sgincentive.facts.registry import MODELS
from tests.properties.scheme_values import FAR, Profile, Terms, any_value, copied, places

Path = tuple[str | int, ...]
Ask = Callable[[AnySubject], Decision]
Answer = tuple[Any, ...]
Leaf = tuple[str, int | None]
VALUES = 14


class Witness(NamedTuple):
    """Two profiles that differ in one fact alone, with their different answers."""

    one: Profile
    other: Profile
    answers: tuple[Answer, Answer]


def answer_of(decision: Decision) -> Answer:
    """What counts as the answer: the outcome and the bounds of the amount."""
    return (decision.outcome, *decision.bounds[:3])


def leaf(missing: Missing) -> Leaf:
    """What is missing, and in which entry."""
    return missing.fact, missing.index


def path_of(name: str) -> Path:
    """Where a profile has a fact outside lists, or a list."""
    return tuple(name.removesuffix(".persons").split("."))


@cache
def owner_of(kind: str, name: str) -> str | None:
    """The list whose entries carry a fact."""
    for each in lists(kind).values():
        if name.startswith(f"{each.element}."):
            return each.name
    return None


def at(profile: Profile, path: Path) -> Any:
    """The value at a path, None where there is none."""
    found: Any = profile
    for key in path:
        if isinstance(found, dict):
            found = found.get(key)
        elif isinstance(found, list) and isinstance(key, int) and key < len(found):
            found = found[key]
        else:
            return None
    return found


def put(profile: Profile, path: Path, value: Any) -> bool:
    """Set the value at a path; False where the profile has something else on the way."""
    holder: Any = profile
    for key in path[:-1]:
        if isinstance(holder, dict):
            holder = holder.setdefault(key, {})
        elif isinstance(holder, list) and isinstance(key, int) and key < len(holder):
            holder = holder[key]
        else:
            return False
    if not isinstance(holder, dict):
        return False
    holder[path[-1]] = value
    return True


def is_profile(made: Profile) -> bool:
    """Whether it is one."""
    try:
        subject_from(made)
    except ProfileError:
        return False
    return True


class Unchecked(_Door):
    """Reads a profile whose fields may contradict each other."""

    def breaches(self, *_: Any) -> None:
        """None is looked for."""


def unchecked(profile: Profile) -> AnySubject:
    """The subject of a profile whose fields are right one by one. Raises ProfileError."""
    door, model = Unchecked(), MODELS[profile["subject"]]
    known = door.part(model, profile, ())
    if door.problems:
        raise ProfileError(door.problems)
    return cast(AnySubject, model._of(known))


def refused(model: Any, entry: Profile) -> bool:
    """Whether an entry is none."""
    try:
        model.model_validate(entry)
    except ProfileError:
        return True
    return False


@cache
def model_of(kind: str, name: str) -> Any:
    """The model of the entries of a list."""
    model: Any = MODELS[kind]
    for key in path_of(name):
        field = model.shape().fields[key]
        model = field.many or field.one
    return model


class Filler:
    """Values for what profiles leave out, as one scheme reads them."""

    def __init__(self, terms: Terms, on: date, chance: Random) -> None:
        self.terms, self.on, self.chance = terms, on, chance
        self.read: Callable[[Profile], AnySubject] = subject_from
        self.kind = terms.kind
        self.known = facts(terms.kind)

    def subject(self, made: Profile) -> AnySubject | None:
        """The subject of a profile, None where it is none."""
        try:
            return self.read(made)
        except ProfileError:
            return None

    def donor(self) -> Profile:
        """An example of the scheme."""
        return self.chance.choice(self.terms.examples)[0] if self.terms.examples else {}

    def some(self, name: str, of_donor: Any = None) -> Any:
        """A value for a fact: that of the donor, or one at which the answer may change."""
        if of_donor is not None and self.chance.random() < 0.75:
            return of_donor
        return self.terms.value(name, self.on, self.chance)

    def element(self, name: str) -> str:
        """The prefix of the facts of an entry."""
        return lists(self.kind)[name].element

    def keys(self, name: str) -> list[str]:
        """The facts of an entry that the scheme reads."""
        element = self.element(name)
        return [k for k in sorted(self.terms.lists.get(name, ())) if f"{element}.{k}" in self.known]

    def fill_entry(self, entry: Profile, name: str, donor: Profile, without: str = "") -> None:
        """Fill in the facts that an entry leaves out, as far as they fit together."""
        model = model_of(self.kind, name)
        for key in self.keys(name):
            if key in entry or key == without or (key == "scheme" and "issuer" in entry):
                continue
            if name == "received" and key == "status":  # left out: paid
                continue
            for _ in range(6):
                if name == "statistics":
                    entry[key] = self.terms.statistic(key, entry, self.on, self.chance)
                else:
                    entry[key] = self.some(f"{self.element(name)}.{key}", donor.get(key))
                if self.read is unchecked or not refused(model, entry):
                    break
            else:
                del entry[key]

    def entry(self, name: str, without: str = "") -> Profile:
        """A complete entry: one of the examples, or made up; ``without`` one of its facts."""
        seen = self.terms.entries.get(name, ())
        made: Profile = {}
        if seen and self.chance.random() < 0.7:
            made = copied(self.chance.choice(seen))
        made.pop(without, None)
        if name == "received" and self.chance.random() < 0.7:
            made["scheme"] = self.terms.scheme.id
            made.pop("issuer", None)
        self.fill_entry(made, name, {}, without)
        return made

    def more_entries(self, name: str, donor: Profile | None = None) -> list[Profile]:
        """Some complete entries."""
        of_donor = at(self.donor() if donor is None else donor, path_of(name))
        if isinstance(of_donor, list) and self.chance.random() < 0.6:
            made = copied(of_donor)
            for entry in made:
                self.fill_entry(entry, name, {})
            return list(made)
        sizes = self.terms.sizes if self.chance.random() < 0.3 else [0, 1, 1]
        return [self.entry(name) for _ in range(self.chance.choice(sizes))]

    def complete(self, profile: Profile) -> Profile | None:
        """One completion of a profile, mostly by values of one example; None where none was found
        that is a profile."""
        for _ in range(6):
            donor = self.donor()
            made: Profile = copied(profile)
            open_lists = set(made.pop("partial", ()))
            for name in self.terms.lists:
                self.fill_list(made, name, name in open_lists, donor)
            for name in self.terms.facts:
                path = path_of(name)
                # The day of application is one of the question, and never missing.
                if name == "applied" or owner_of(self.kind, name) is not None:
                    continue
                if at(made, path) is None:
                    put(made, path, self.some(name, at(donor, path)))
            if self.terms.offices:
                words = made.setdefault("confirmed", {}).setdefault(self.terms.scheme.id, {})
                for office in self.terms.offices:
                    words.setdefault(office, self.chance.random() < 0.7)
            if is_profile(made):
                return made
        return None

    def fill_list(self, made: Profile, name: str, goes_on: bool, donor: Profile) -> None:
        """A list with its entries completed, and further ones where it is left out or goes on."""
        path = path_of(name)
        held = at(made, path)
        if isinstance(held, dict):
            return
        counted = name.endswith("persons") and self.counts_too(name)
        if held is None and counted and self.chance.random() < 0.5:
            return
        entries = held or []
        of_donor = at(donor, path)
        for i, entry in enumerate(entries):
            same = (
                of_donor[min(i, len(of_donor) - 1)]
                if isinstance(of_donor, list) and of_donor
                else {}
            )
            self.fill_entry(entry, name, same)
        if held is None or goes_on:
            put(made, path, [*entries, *self.more_entries(name, donor)])

    def counts_too(self, name: str) -> bool:
        """Whether the scheme also reads counts of the staff of whom ``name`` lists the persons."""
        return any(fact.startswith(name.removesuffix("persons")) for fact in self.terms.facts)

    # ------------------------------------------------------------------ one leaf

    def settings(self, profile: Profile, what: Leaf, keep: Leaf) -> Iterator[Profile]:
        """The profile with one leaf filled in, in several ways; ``keep`` stays unknown."""
        name, index = what
        if name in lists(self.kind):
            yield from self.lists_for(profile, name, keep)
            return
        owner = owner_of(self.kind, name)
        if owner is None:
            path = path_of(name)
        elif index is None or index < 0:
            if owner == "statistics":
                yield from self.with_statistics(profile)
            return
        else:
            path = (*path_of(owner), index, name.removeprefix(f"{self.element(owner)}."))
        for value in self.values_of(name, profile, path):
            made = copied(profile)
            if put(made, path, value) and self.subject(made):
                yield made

    def with_statistics(self, profile: Profile) -> Iterator[Profile]:
        """A figure more, or one for each of some years."""
        for turn in range(VALUES):
            made = copied(profile)
            more = [self.entry("statistics")]
            if turn % 2:
                years = range(self.on.year - 3, self.on.year + 2)
                more = [{**more[0], "year": y, "value": 1000 * (y - 1980)} for y in years]
            made.setdefault("statistics", []).extend(more)
            if self.subject(made):
                yield made

    def lists_for(self, profile: Profile, name: str, keep: Leaf) -> Iterator[Profile]:
        """The profile with the rest of an open list."""
        path = path_of(name)
        held = at(profile, path)
        if isinstance(held, dict):
            yield from self.persons_for(profile, name)
            return
        element = f"{self.element(name)}."
        without = keep[0].removeprefix(element) if keep[0].startswith(element) else ""
        for turn in range(VALUES):
            more = [] if turn == 0 else self.more_entries(name)
            if turn > VALUES // 2:
                more.append(self.entry(name))
            if without and keep[1] is None:
                more = [*more[: turn % 2], self.entry(name, without)]
            made = copied(profile)
            made["partial"] = [x for x in made.get("partial", ()) if x != name]
            if put(made, path, [*copied(held or []), *more]) and self.subject(made):
                yield made

    def persons_for(self, profile: Profile, name: str) -> Iterator[Profile]:
        """A list of persons in the place of counts of staff, as many as the total says."""
        counts = at(profile, path_of(name))
        total = counts.get("total", counts.get("professionals", 2))
        for _ in range(VALUES):
            made = copied(profile)
            persons = [self.entry(name) for _ in range(min(total, 12))]
            if put(made, path_of(name), persons) and self.subject(made):
                yield made

    def values_of(self, name: str, full: Profile, path: Path) -> Iterator[Any]:
        """Values to try for a fact."""
        fact = self.known[name]
        if fact.type == "bool":
            yield from self.chance.sample([True, False], 2)
            return
        found: list[Any] = [None] if fact.nullable else []
        if fact.vocabulary is not None and len(fact.vocabulary.values) <= 40:
            found += fact.vocabulary.values
        if fact.type == "division":
            found.append(FAR)
        if fact.type in ("money", "number", "count"):
            found += [0, 5, 20, 100, 500, 3000, 100_000, 10_000_000]
        if fact.type == "months":
            found += [0, 600]
        if fact.type == "year":
            found += [1990, 2005, 2015, *range(self.on.year - 3, self.on.year + 2)]
        if fact.type == "date":
            found += ["1990-01-01", self.on.isoformat(), "2060-01-01"]
        if fact.type in ("date", "year", "division", "text", "count", "number", "money"):
            for place in places(full, self.kind):
                if place.name in self.known and self.known[place.name].type == fact.type:
                    found.append(place.value)
        for _ in range(VALUES):
            found.append(self.terms.value(name, self.on, self.chance))
            found.append(any_value(fact, self.chance))
            if name.startswith("statistic."):
                shown = {k: v for k, v in at(full, path[:-1]).items() if k != path[-1]}
                found.append(self.terms.statistic(str(path[-1]), shown, self.on, self.chance))
        some = {repr(v): v for v in found if v is not None or fact.nullable}
        yield from self.chance.sample(list(some.values()), len(some))


class Search:
    """Fills in all that is missing but for one leaf, which must stay missing to the end."""

    def __init__(self, filler: Filler, ask: Ask, kept: Leaf) -> None:
        self.filler, self.ask, self.kept = filler, ask, kept
        self.chance, self.scheme = filler.chance, filler.terms.scheme.id

    def decide(self, profile: Profile) -> Decision:
        """The answer for a profile."""
        return self.ask(self.filler.read(profile))

    def both(self, profile: Profile) -> Witness | None:
        """Two completions with different answers."""
        last = self.all_but(profile)
        if last is None:
            return None
        seen: dict[Answer, Profile] = {}
        for other in self.filler.settings(last, self.kept, ("", None)):
            seen.setdefault(answer_of(self.decide(other)), other)
            if len(seen) > 1:
                (a, one), (b, two) = seen.items()
                return Witness(one, two, (a, b))
        return None

    def all_but(self, profile: Profile) -> Profile | None:
        """The profile with all filled in but for what is kept; None where that is missing no
        more."""
        at_hand = profile
        tried: Counter[Leaf] = Counter()
        for _ in range(200):
            decision = self.decide(at_hand)
            still = [leaf(m) for m in decision.missing]
            if not self.follow(still, at_hand):
                return None
            others = [x for x in still if self.fillable(x) and tried[x] < 3]
            offices = [name for name, _ in decision.to_confirm]
            if not others and not offices:
                return with_other_kinds(at_hand, self.kept)
            if offices and (not others or self.chance.random() < 0.5):
                word = self.chance.choice(offices)
                options = iter(with_word(at_hand, self.scheme, word, self.chance))
            else:
                chosen = self.chance.choice(others)
                tried[chosen] += 1
                options = self.filler.settings(at_hand, chosen, self.kept)
            for made in options:
                if self.follow([leaf(m) for m in self.decide(made).missing], made):
                    at_hand = made
                    break
            else:
                return None
        return None

    def fillable(self, what: Leaf) -> bool:
        """Whether a leaf can be filled in beside the one that is kept.

        Not so that one itself, a fact of an entry that is not there, and the persons of a staff
        whose counts are kept open: a profile gives one or the other.
        """
        name = what[0]
        if what == self.kept or name == f"{self.kept[0].rpartition('.')[0]}.persons":
            return False
        owner = owner_of(self.filler.kind, name)
        return owner is None or what[1] is not None or owner == "statistics"

    def follow(self, still: list[Leaf], profile: Profile) -> bool:
        """Whether the leaf is still missing: it moves to the entry that was added for it where
        it stood in none."""
        if self.kept in still:
            return True
        name, index = self.kept
        owner = owner_of(self.filler.kind, name)
        if owner is None or index is not None:
            return False
        held = at(profile, path_of(owner))
        key = name.removeprefix(f"{self.filler.element(owner)}.")
        for i in reversed(range(len(held) if isinstance(held, list) else 0)):
            if key not in held[i] and (name, i) in still:
                self.kept = (name, i)
                return True
        return False


def with_other_kinds(profile: Profile, kept: Leaf) -> Profile:
    """The profile where a certificate whose level is open may be one of a kind without levels.

    The kind is not missing, so it does not change the answer; but a national certificate has a
    level, and an unknown kind is read as national.
    """
    if kept[0] != "certificate.level" or kept[1] is None:
        return profile
    made: Profile = copied(profile)
    made["certificates"][kept[1]].setdefault("kind", "local")
    return made


def with_word(profile: Profile, scheme: str, office: str, chance: Random) -> list[Profile]:
    """The profile with the word of an office, either way."""
    found = []
    for word in chance.sample([True, False], 2):
        made = copied(profile)
        made.setdefault("confirmed", {}).setdefault(scheme, {})[office] = word
        found.append(made)
    return found
