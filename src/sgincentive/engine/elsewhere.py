"""Refusing at once, without asking, what is meant for people who work elsewhere.

Most schemes demand a post in their place. Where every post of a worker is known to lie outside it,
the scheme refuses, whatever else is known or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sgincentive.divisions import within
from sgincentive.engine.rows import OutcomeRow, exact, refused_row
from sgincentive.nodes.base import Condition, Element
from sgincentive.nodes.conditions import All, Exists, Within
from sgincentive.schemes.model import Scheme

LIST, PLACE = "posts", "division"


class Refusal(NamedTuple):
    """The row of a scheme for people who work outside ``divisions``, between two days of
    application (or of the question)."""

    divisions: tuple[str, ...]
    by_applied: bool
    first: date
    last: date
    row: OutcomeRow


def refusal(scheme: Scheme) -> Refusal | None:
    """How a scheme refuses people who work elsewhere; None where it may not, or not so simply."""
    if len(scheme.versions) != 1:
        return None
    (version,) = scheme.versions
    first = version.first[1] if version.first is not None else version.seen
    if not exact(version) or first is None or version.selected_by not in ("applied", "month"):
        return None
    for requirement in version.requirements:
        if requirement.strength == "must" and requirement.due is None:
            places = places_of_post(requirement.condition)
            if places:
                by_applied = version.selected_by == "applied"
                last = version.last or date.max
                return Refusal(places, by_applied, first, last, refused_row(scheme))
    return None


def places_of_post(condition: Condition) -> tuple[str, ...]:
    """The divisions in one of which a condition demands a post; empty where it demands none."""
    if not isinstance(condition, Exists) or condition.test.list.name != LIST:
        return ()
    for part in parts_of(condition.test.where):
        if (
            isinstance(part, Within)
            and part.ref.scope == "element"
            and part.ref.keys == (PLACE,)
            and isinstance(part.divisions, tuple)
            and not part.negated
            and not part.open
        ):
            return part.divisions
    return ()


def parts_of(condition: Condition) -> Iterator[Condition]:
    """What must all hold for a condition to hold."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from parts_of(part)
    else:
        yield condition


class Elsewhere:
    """The refusals of several schemes, by the places in which somebody works."""

    def __init__(self, schemes: Sequence[Scheme]) -> None:
        self.refusals = [refusal(scheme) for scheme in schemes]
        self.outside: dict[frozenset[str], list[Refusal | None]] = {}

    def of(self, facts: Element) -> list[Refusal | None] | None:
        """For each scheme how it refuses the subject, None where it has to be asked."""
        posts = facts.get(LIST)
        if posts is None or LIST in facts.get("partial", ()):
            return None
        places = frozenset([post.get(PLACE, "") for post in posts])
        if "" in places or None in places:
            return None
        found = self.outside.get(places)
        if found is None:
            if len(self.outside) >= MOST_REMEMBERED:
                self.outside.clear()
            found = self.outside[places] = [
                each if each is not None and outside(places, each.divisions) else None
                for each in self.refusals
            ]
        return found


MOST_REMEMBERED = 10_000
"""For how many sets of places the refusals are remembered."""


def outside(places: frozenset[str], divisions: tuple[str, ...]) -> bool:
    """Whether every place lies outside every division."""
    return all(within(place, division) is False for place in places for division in divisions)
