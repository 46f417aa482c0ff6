"""Which version of a scheme covers a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sgincentive.calendar import FIRST_DAY, add_months
from sgincentive.nodes.base import ABSENT, Element
from sgincentive.nodes.values import NO, YES, Truth, fact_cause, text_cause, unknown
from sgincentive.schemes.model import Scheme, Version
from sgincentive.words import Text

START_ROUGH = Text("原文只给出大致起始日期", "the sources give the start only roughly")
START_UNKNOWN = Text("起始日期未见来源", "no source gives the start")
END_UNKNOWN = Text(
    "何时被后来的规定取代，来源未说明", "no source says when the later terms took its place"
)
NOT_CONFIRMED = Text("近期未再核实是否仍有效", "not confirmed lately to be still in force")


@dataclass(frozen=True, slots=True)
class Key:
    """The day by which a version is chosen; ``last`` None where a fact is missing."""

    first: date
    last: date
    truth_cause: tuple[str, int | None] | None = None


def day_of(version: Version, on: date, applied: date) -> date:
    """The day on which the version has to stand: that of the application, else that asked about."""
    return applied if version.selected_by == "applied" else on


def key_of(
    version: Version, claim: Element | None, index: int | None, on: date, applied: date
) -> Key:
    """The key of a case: a day of the question, or a date of the certificate of the claim."""
    if version.selected_by in ("applied", "month"):
        day = day_of(version, on, applied)
        return Key(day, day)
    name = version.selected_by
    value = ABSENT if claim is None else claim.get(name, ABSENT)
    if isinstance(value, int):
        value = date(value, 1, 1)
    if not isinstance(value, date):
        return Key(FIRST_DAY, FIRST_DAY, (f"certificate.{name}", index))
    return Key(value, value)


def covers(version: Version, key: Key) -> Truth:
    """Whether the version covers the key."""
    if key.truth_cause is not None:
        name, index = key.truth_cause
        return unknown((fact_cause(name, "certificates", index),))
    day = key.first
    if version.last is not None and day > version.last:
        return NO
    if version.gives_way is not None and version.last_confirmed is not None:
        if day >= version.gives_way:
            return NO
        if day > version.last_confirmed:
            return unknown((text_cause(END_UNKNOWN, "until"),))
    if version.first is not None:
        first, last = version.first
        if day < first:
            return NO
        return YES if day >= last else unknown((text_cause(START_ROUGH, "from"),))
    if version.seen is not None and day >= version.seen:
        return YES
    if version.follows is not None and day <= version.follows:
        return NO
    return unknown((text_cause(START_UNKNOWN, "from"),))


def standing(version: Version, day: date) -> Literal["confirmed", "presumed"]:
    """``confirmed``, or ``presumed`` after the last confirmation of an open-ended version."""
    if version.last is not None or version.last_confirmed is None:
        return "confirmed"
    return "confirmed" if day <= version.last_confirmed else "presumed"


def is_stale(version: Version, day: date, confirmed_within: int | None) -> bool:
    """Whether a presumed version was last confirmed longer ago than ``confirmed_within`` months."""
    if confirmed_within is None or standing(version, day) == "confirmed":
        return False
    assert version.last_confirmed is not None
    return day > add_months(version.last_confirmed, confirmed_within)


def status_on(version: Version, day: date) -> str | None:
    """The status of a version (draft, suspended, …) on a day."""
    for status in version.statuses:
        if status.first <= day <= status.last:
            return status.status
    return None


def nearest_version(scheme: Scheme, key: Key) -> Version:
    """The version whose span lies nearest to the key."""

    def distance(version: Version) -> int:
        first = version.first[0] if version.first else version.seen or FIRST_DAY
        if key.first < first:
            return (first - key.first).days
        return (key.first - version.last).days if version.last and key.first > version.last else 0

    return min(scheme.versions, key=distance)
