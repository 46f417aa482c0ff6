"""Filling in what a profile leaves out, and finding two ways to do so that differ in one fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from random import Random
from typing import Any, NamedTuple

from scheme_values import FAR, Profile, Terms, any_value, copied, list_at, places

from sgincentive.decision import Decision, Missing
from sgincentive.facts import facts, lists, subject_from
from sgincentive.facts.problems import ProfileError
from sgincentive.facts.registry import MODELS

Path = tuple[str | int, ...]
Ask = Callable[[Profile, date], Decision]
Answer = tuple[Any, ...]
ATTEMPTS = 24
STEPS = 16
VALUES = 14


class Witness(NamedTuple):
    """Two profiles that differ in one fact alone, with their different answers."""

    one: Profile
    other: Profile
    answers: tuple[Answer, Answer]


def answer_of(decision: Decision) -> Answer:
    """What counts as the answer: the outcome and the bounds of the amount."""
    return (decision.outcome, *decision.bounds[:3])


def path_of(name: str) -> Path:
    """Where a profile has a fact outside lists, or a list."""
    return tuple(name.removesuffix(".persons").split("."))


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


class Completer:
    """Completions of one profile for one scheme."""

    def __init__(
        self, terms: Terms, profile: Profile, on: date, ask: Ask, chance: Random
    ) -> None:
        self.terms, self.profile, self.on = terms, profile, on
        self.ask, self.chance = ask, chance
        self.partial = set(profile.get("partial", ()))
        self.known = facts(terms.kind)
        self.slots = [
            path_of(name)
            for name in terms.facts
            if self.owner(name) is None and at(profile, path_of(name)) is None
        ]
        self.open_lists = [
            name
            for name in terms.lists
            if name in self.partial or at(profile, path_of(name)) is None
        ]
        self.gaps = [
            (name, index, key)
            for name in terms.lists
            for index, entry in enumerate(self.given(name))
            for key in sorted(terms.lists[name])
            if key not in entry and f"{lists(terms.kind)[name].element}.{key}" in self.known
        ]

    def given(self, name: str) -> list[Profile]:
        """The entries of a list that the profile gives."""
        found = at(self.profile, path_of(name))
        return found if isinstance(found, list) else []

    def owner(self, name: str) -> str | None:
        """The list whose entries carry a fact."""
        for each in lists(self.terms.kind).values():
            if name.startswith(f"{each.element}."):
                return each.name
        return None

    # ------------------------------------------------------------------ one completion

    def complete(self) -> Profile | None:
        """One completion, mostly of values of an example; None where none was found that is a
        profile."""
        for _ in range(8):
            donor = self.chance.choice(self.terms.examples)[0] if self.terms.examples else {}
            made = copied(self.profile)
            made.pop("partial", None)
            self.fill_lists(made, donor)
            for path in self.slots:
                put(made, path, self.some(".".join(map(str, path)), at(donor, path)))
            for name, index, key in self.gaps:
                self.fill_gap(made, name, index, key, donor)
            self.say_words(made)
            if self.is_profile(made):
                return made
        return None

    def some(self, name: str, of_donor: Any) -> Any:
        """A value for a fact: that of the donor, or one at which the answer may change."""
        if of_donor is not None and self.chance.random() < 0.75:
            return of_donor
        return self.terms.value(name, self.on, self.chance)

    def fill_lists(self, made: Profile, donor: Profile) -> None:
        """Lists that are left out, and the rest of those that are not complete."""
        for name in self.open_lists:
            path = path_of(name)
            first = list(at(made, path) or ()) if name in self.partial else []
            if isinstance(at(made, path), dict):
                continue
            if name.endswith("persons") and self.counts_too(name) and self.chance.random() < 0.5:
                continue
            put(made, path, first + self.more_entries(name, donor))

    def counts_too(self, name: str) -> bool:
        """Whether the scheme also reads counts of the staff of whom ``name`` lists the persons."""
        prefix = name.removesuffix("persons")
        return any(fact.startswith(prefix) for fact in self.terms.facts)

    def more_entries(self, name: str, donor: Profile) -> list[Profile]:
        """Some complete entries."""
        of_donor = at(donor, path_of(name))
        if isinstance(of_donor, list) and self.chance.random() < 0.6:
            return [self.completed_entry(copied(e), name) for e in of_donor]
        sizes = self.terms.sizes if self.chance.random() < 0.3 else [0, 1, 1]
        return [self.entry(name) for _ in range(self.chance.choice(sizes))]

    def entry(self, name: str) -> Profile:
        """One complete entry that is one."""
        model = self.model(name)
        made: Profile = {}
        for _ in range(8):
            made = self.terms.entry(name, self.on, self.chance)
            if not refused(model, made):
                break
        return copied(made)

    def completed_entry(self, entry: Profile, name: str) -> Profile:
        """An entry of an example with the facts that it leaves out."""
        model = self.model(name)
        for _ in range(8):
            made = copied(entry)
            self.terms.fill_entry(made, name, self.on, self.chance)
            if not refused(model, made):
                return made
        return entry

    def model(self, name: str) -> Any:
        """The model of an entry."""
        model: Any = MODELS[self.terms.kind]
        for key in path_of(name):
            shape = model.shape().fields[key]
            model = shape.many or shape.one
        return model

    def fill_gap(self, made: Profile, name: str, index: int, key: str, donor: Profile) -> None:
        """One fact that an entry leaves out."""
        entry = at(made, (*path_of(name), index))
        of_donor = at(donor, (*path_of(name), min(index, 0), key))
        model = self.model(name)
        for _ in range(6):
            if name == "statistics":
                entry[key] = self.terms.statistic(key, entry, self.on, self.chance)
            else:
                element = lists(self.terms.kind)[name].element
                entry[key] = self.some(f"{element}.{key}", of_donor)
            if not refused(model, entry):
                return

    def say_words(self, made: Profile) -> None:
        """The words of offices that are not known."""
        if self.terms.offices:
            words = made.setdefault("confirmed", {}).setdefault(self.terms.scheme.id, {})
            for office in self.terms.offices:
                words.setdefault(office, self.chance.random() < 0.7)

    @staticmethod
    def is_profile(made: Profile) -> bool:
        """Whether it is one."""
        try:
            subject_from(made)
        except ProfileError:
            return False
        return True

    # ------------------------------------------------------------------ two completions

    def witness(self, missing: Missing, asks: Sequence[Ask]) -> Witness | None:
        """Two completions that differ in the missing fact alone and get different answers from
        one of ``asks`` (the scheme, or the scheme in one of its readings)."""
        for turn in range(ATTEMPTS):
            self.ask = asks[turn % len(asks)]
            full = self.complete()
            if full is None:
                continue
            full = self.nearer(full)
            seen: dict[Answer, Profile] = {}
            for other in self.variants(full, missing):
                seen.setdefault(answer_of(self.ask(other, self.on)), other)
                if len(seen) > 1:
                    (a, one), (b, two) = seen.items()
                    return Witness(one, two, (a, b))
        return None

    def nearer(self, full: Profile) -> Profile:
        """A completion under which more requirements hold."""
        best = score(self.ask(full, self.on))
        for _ in range(self.chance.randrange(STEPS)):
            other = self.one_change(full)
            if other is None or not self.is_profile(other):
                continue
            now = score(self.ask(other, self.on))
            if now >= best:
                full, best = other, now
        return full

    def one_change(self, full: Profile) -> Profile | None:
        """The completion with one of its filled facts changed."""
        made = copied(full)
        kinds = [k for k in (self.slots, self.gaps, self.open_lists) if k]
        if self.terms.offices:
            kinds.append(["office"])
        if not kinds:
            return None
        chosen = self.chance.choice(self.chance.choice(kinds))
        if chosen == "office":
            word = self.chance.choice(self.terms.offices)
            if word in self.profile.get("confirmed", {}).get(self.terms.scheme.id, {}):
                return None
            made["confirmed"][self.terms.scheme.id][word] = self.chance.random() < 0.5
        elif isinstance(chosen, str):
            self.change_list(made, chosen)
        elif chosen in self.gaps:
            name, index, key = chosen
            self.fill_gap(made, name, index, key, {})
        else:
            put(made, chosen, self.some(".".join(map(str, chosen)), None))
        return made

    def change_list(self, made: Profile, name: str) -> None:
        """One entry that was filled in more, less, or another."""
        held = at(made, path_of(name))
        if not isinstance(held, list):
            return
        first = len(self.given(name))
        pick = self.chance.randrange(3)
        if pick == 0 or len(held) <= first:
            held.append(self.entry(name))
        elif pick == 1:
            held.pop(self.chance.randrange(first, len(held)))
        else:
            keys = sorted(k for k in self.terms.lists[name])
            index = self.chance.randrange(first, len(held))
            key = self.chance.choice(keys)
            if f"{lists(self.terms.kind)[name].element}.{key}" in self.known:
                self.fill_gap(made, name, index, key, {})

    def variants(self, full: Profile, missing: Missing) -> Iterator[Profile]:
        """The completion with other values in the place of the missing fact."""
        name = missing.fact
        yield full
        if name in lists(self.terms.kind):
            yield from self.other_lists(full, name)
            return
        owner = self.owner(name)
        if owner is None:
            path = path_of(name)
        else:
            key = name.removeprefix(f"{lists(self.terms.kind)[owner].element}.")
            index = missing.index
            if index is None or index < 0:
                index = len(self.given(owner))
            path = (*path_of(owner), index, key)
            held = at(full, path[:-2])
            if not isinstance(held, list) or len(held) <= index:
                return
        for value in self.values_of(name, full, owner, path):
            made = copied(full)
            if put(made, path, value) and self.is_profile(made):
                yield made

    def values_of(
        self, name: str, full: Profile, owner: str | None, path: Path
    ) -> Iterator[Any]:
        """Values to try for a fact."""
        fact = self.known[name]
        if fact.type == "bool":
            yield from (True, False)
            return
        if fact.nullable:
            yield None
        if owner == "statistics":
            for _ in range(VALUES):
                entry = at(full, path[:-1])
                key = str(path[-1])
                shown = {k: v for k, v in entry.items() if k != key}
                yield self.terms.statistic(key, shown, self.on, self.chance)
            return
        if fact.vocabulary is not None and len(fact.vocabulary.values) <= 12:
            yield from fact.vocabulary.values
        if fact.type == "division":
            yield FAR
        if fact.type in ("money", "number", "count", "months"):
            yield from ("0", "100000", "10000000")
        for place in places(full, self.terms.kind):
            if self.known.get(place.name) and self.known[place.name].type == fact.type:
                yield place.value
        for _ in range(VALUES):
            yield self.terms.value(name, self.on, self.chance)
            yield any_value(fact, self.chance)

    def other_lists(self, full: Profile, name: str) -> Iterator[Profile]:
        """The completion with other entries in a list that is open."""
        first = self.given(name)
        filled = (at(full, path_of(name)) or [])[: len(first)] if first else []
        for turn in range(VALUES):
            donor = self.chance.choice(self.terms.examples)[0] if self.terms.examples else {}
            made = copied(full)
            more = [] if turn == 0 else self.more_entries(name, donor)
            if turn > VALUES // 2:
                held = at(full, path_of(name))
                more = [*(held[len(first) :] if isinstance(held, list) else ()), self.entry(name)]
            if put(made, path_of(name), copied([*filled, *more])) and self.is_profile(made):
                yield made


def refused(model: Any, entry: Profile) -> bool:
    """Whether an entry is none."""
    try:
        model.model_validate(entry)
    except ProfileError:
        return True
    return False


def score(decision: Decision) -> float:
    """How near an answer is to something due."""
    good = {"eligible": 3, "compliant": 3, "undetermined": 1, "not_in_force": -5}
    held = sum(
        1.0 if f.holds else 0.5
        for f in decision.findings
        if f.holds is not False and f.requirement.strength == "must"
    )
    failed = sum(1 for f in decision.findings if f.holds is False)
    return held - failed + good.get(decision.outcome, 0)


__all__ = ["Completer", "Witness", "answer_of", "list_at"]
