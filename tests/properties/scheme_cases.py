"""The questions of property tests: an example of a rule file with a few changes, told by a seed."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any, NamedTuple

from sgincentive.calendar import add_months
from sgincentive.facts import facts, lists, subject_from
from sgincentive.facts.problems import ProfileError
from sgincentive.schemes.model import Scheme
from tests.properties.scheme_values import (
    Place,
    Profile,
    Terms,
    any_value,
    copied,
    moved,
    near_number,
    near_place,
    places,
    terms_of,
)

MOST_CHANGES = 5


class Drawn(NamedTuple):
    """A profile, the same with facts left out, and the day asked about."""

    profile: Profile
    thinned: Profile
    on: date


def question(scheme: Scheme, seed: int) -> Drawn:
    """A question about one scheme: an example with changes."""
    return asked(scheme, Random(f"{scheme.id} {seed}"))


def asked(scheme: Scheme, chance: Random) -> Drawn:
    """A question about one scheme, drawn by ``chance``."""
    terms = terms_of(scheme)
    given, on, _, _ = chance.choice(terms.examples)
    profile = copied(given)
    for _ in range(chance.randrange(MOST_CHANGES)):
        profile = changed(profile, terms, on, chance)
    if chance.randrange(3) == 2:
        on = other_day(on, terms, chance)
    return Drawn(profile, thinned(profile, terms, chance), on)


def valid(profile: Profile) -> bool:
    """Whether a profile is one."""
    try:
        subject_from(profile)
    except ProfileError:
        return False
    return True


def changed(profile: Profile, terms: Terms, on: date, chance: Random) -> Profile:
    """The profile with one change; as it was where the change makes it none."""
    made = copied(profile)
    change = chance.choice(CHANGES)
    change(made, terms, on, chance)
    return made if valid(made) else profile


def other_day(on: date, terms: Terms, chance: Random) -> date:
    """The day moved by a day, a month or a year, or one that the terms name."""
    if terms.days and chance.randrange(2):
        on = chance.choice(terms.days)
    by = chance.choice([("d", -1), ("d", 0), ("d", 1), ("m", -1), ("m", 1), ("m", -12), ("m", 12)])
    if by[0] == "m":
        return add_months(on, by[1])
    return date.fromisoformat(moved(on, by[1]))


def some_fact(profile: Profile, terms: Terms, chance: Random) -> Place | None:
    """A fact that the profile gives."""
    known = facts(terms.kind)
    found = [p for p in places(profile, terms.kind) if p.name in known]
    return chance.choice(found) if found else None


def some_list(profile: Profile, terms: Terms, chance: Random) -> Place | None:
    """A list that the profile gives."""
    found = [p for p in places(profile, terms.kind) if isinstance(p.value, list)]
    return chance.choice(found) if found else None


def leave_out(profile: Profile, terms: Terms, on: date, chance: Random) -> None:
    """One fact or list less."""
    found = [p for p in places(profile, terms.kind) if isinstance(p.key, str)]
    if found:
        place = chance.choice(found)
        del place.holder[place.key]


def swap(profile: Profile, terms: Terms, on: date, chance: Random) -> None:
    """Another value for one fact, one at which the answer may change."""
    place = some_fact(profile, terms, chance)
    if place is None:
        return
    if place.name in terms.facts:
        place.holder[place.key] = terms.value(place.name, on, chance)
    else:
        place.holder[place.key] = any_value(facts(terms.kind)[place.name], chance)


def nudge(profile: Profile, terms: Terms, on: date, chance: Random) -> None:
    """A date moved by a day, month or year, a number by one, a place to the next."""
    place = some_fact(profile, terms, chance)
    if place is None:
        return
    fact = facts(terms.kind)[place.name]
    if fact.type == "date" and place.value is not None:
        day = date.fromisoformat(place.value)
        months = chance.choice([0, -1, 1, -12, 12])
        made = add_months(day, months).isoformat() if months else moved(day, chance.choice([-1, 1]))
        place.holder[place.key] = made
    elif fact.type == "year":
        place.holder[place.key] += chance.choice([-1, 1])
    elif fact.type in ("money", "number", "count", "months"):
        place.holder[place.key] = near_number(fact, place.value, chance)
    elif fact.type == "division":
        place.holder[place.key] = near_place(place.value, chance)
    elif fact.type == "bool":
        place.holder[place.key] = not place.value
    else:
        place.holder[place.key] = terms.value(place.name, on, chance)


def remove_entry(profile: Profile, terms: Terms, on: date, chance: Random) -> None:
    """One entry of a list less."""
    place = some_list(profile, terms, chance)
    if place is not None and place.value:
        place.value.pop(chance.randrange(len(place.value)))


def double_entry(profile: Profile, terms: Terms, on: date, chance: Random) -> None:
    """One entry of a list a second time."""
    place = some_list(profile, terms, chance)
    if place is not None and place.value:
        place.value.append(copied(chance.choice(place.value)))


def add_entry(profile: Profile, terms: Terms, on: date, chance: Random) -> None:
    """One more entry, of the examples or made up."""
    place = some_list(profile, terms, chance)
    if place is not None:
        entry = copied(terms.entry(place.name, on, chance))
        place.value.insert(chance.randrange(len(place.value) + 1), entry)


def make_partial(profile: Profile, terms: Terms, on: date, chance: Random) -> None:
    """A list that is not complete."""
    place = some_list(profile, terms, chance)
    if place is not None:
        profile["partial"] = sorted({*profile.get("partial", ()), place.name})


def pay_before(profile: Profile, terms: Terms, on: date, chance: Random) -> None:
    """A ledger, or one payment more."""
    if "received" in lists(terms.kind):
        paid = profile.setdefault("received", [])
        if chance.randrange(3):
            paid.append(copied(terms.entry("received", on, chance)))


def apply_on(profile: Profile, terms: Terms, on: date, chance: Random) -> None:
    """A day of application."""
    profile["applied"] = other_day(on, terms, chance).isoformat()


def take_over(profile: Profile, terms: Terms, on: date, chance: Random) -> None:
    """What another example says in one place."""
    other = chance.choice(terms.examples)[0]
    key = chance.choice(sorted(k for k in other if k != "subject") or ["received"])
    if key in other:
        profile[key] = copied(other[key])


def say_word(profile: Profile, terms: Terms, on: date, chance: Random) -> None:
    """The word of an office."""
    if terms.offices:
        words = profile.setdefault("confirmed", {}).setdefault(terms.scheme.id, {})
        words[chance.choice(terms.offices)] = chance.random() < 0.7


CHANGES = (
    leave_out, swap, swap, nudge, nudge, remove_entry, double_entry, add_entry, make_partial,
    pay_before, apply_on, take_over, say_word,
)  # fmt: skip


def thinned(profile: Profile, terms: Terms, chance: Random) -> Profile:
    """The same profile with facts left out: those that the scheme reads are left out more.

    The day of application belongs to the question and is never a fact that is missing; nor is the
    status of an entry of the ledger, which was paid where none is given.
    """
    made = copied(profile)
    given = ("applied", "received.status")
    found = [p for p in places(made, terms.kind) if isinstance(p.key, str) and p.name not in given]
    read = [p for p in found if p.name in terms.facts or p.name in terms.lists]
    for place in [p for p in read or found if chance.randrange(4) == 0] or read[:1]:
        place.holder.pop(place.key, None)
    if terms.offices and made.get("confirmed") and chance.randrange(3) == 0:
        del made["confirmed"]
    return made if valid(made) else profile


def reversed_order(value: Any) -> Any:
    """The same data with keys and list entries in another order."""
    if isinstance(value, dict):
        return {k: reversed_order(v) for k, v in reversed(list(value.items()))}
    if isinstance(value, list):
        return [reversed_order(v) for v in reversed(value)]
    return value
