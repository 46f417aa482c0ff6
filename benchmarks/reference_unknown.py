"""The eight schemes by hand where facts may be unknown and lists hold several entries.

Each scheme gives outcome, lower and upper end of what is due, and the missing facts. A truth is
True, False or None; the reasons of None are added to a list of facts, each (name, entry).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from benchmarks.constants import PAY, S1, S2, S3, S4, S5, S6_CAP, S6_PERCENT, STEPS, WINDOW, YEAR
from benchmarks.reference import ONE_DAY, Facts
from sgincentive.calendar import whole_months

Fact = tuple[str, int | None]
Open = list[Fact]
High = int | None
Answer = tuple[str, int, High, frozenset[Fact]]
Claim = tuple[str, int, High, int, High, Open, Open]
Bounds = tuple[int, High, Sequence[Fact]]
FIRST, LAST = WINDOW
NEVER = date(2100, 12, 31)
ALWAYS = date(1900, 1, 1)


def held(certificate: Facts, index: int, on: date, found: Open) -> bool:
    """Whether a certificate may be held; a doubt goes to ``found``."""
    obtained = certificate.get("obtained")
    if obtained is not None:
        return bool(obtained <= on)
    year = certificate.get("exam_year")
    if year is not None and date(year, 1, 1) > on:
        return False
    found.append(("certificate.obtained", index))
    return True


def passed(facts: Facts, year: int | None, found: Open) -> bool:
    """Whether some exam was, or may have been, passed (in ``year``)."""
    exams = facts.get("exams")
    if exams is None:
        found.append(("exams", None))
        return True
    doubts: Open = []
    for i, exam in enumerate(exams):
        open_here: Open = []
        ok = exam.get("passed")
        if ok is False:
            continue
        if ok is None:
            open_here.append(("exam.passed", i))
        if year is not None:
            given = exam.get("year")
            if given is None:
                open_here.append(("exam.year", i))
            elif given != year:
                continue
        if not open_here:
            return True
        doubts += open_here
    found += doubts
    return bool(doubts)


def has_post(facts: Facts, on: date, found: Open, field: str | None, wanted: str) -> bool:
    """Whether some post begun by ``on`` has, or may have, a field that starts with ``wanted``."""
    doubts: Open = []
    for i, post in enumerate(facts["posts"]):
        open_here: Open = []
        start = post.get("start")
        if start is None:
            open_here.append(("post.start", i))
        elif start > on:
            continue
        if field is not None:
            value = post.get(field)
            if value is None:
                open_here.append((f"post.{field}", i))
            elif not value.startswith(wanted):
                continue
        if not open_here:
            return True
        doubts += open_here
    found += doubts
    return bool(doubts)


def servant(facts: Facts, on: date, doubts: Open) -> bool | None:
    """Whether a post is one of a civil servant."""
    for i, post in enumerate(facts["posts"]):
        open_here: Open = []
        start, kind = post.get("start"), post.get("establishment")
        if (start is not None and start > on) or (kind is not None and kind != "civil_servant"):
            continue
        if start is None:
            open_here.append(("post.start", i))
        if kind is None:
            open_here.append(("post.establishment", i))
        if not open_here:
            return True
        doubts += open_here
    return None if doubts else False


def insured(facts: Facts, on: date, found: Open) -> bool:
    """Whether the person was, or may have been, insured in Ningbo before the day."""
    spells = facts.get("insurance")
    if spells is None:
        found.append(("insurance", None))
        return True
    doubts: Open = []
    for i, spell in enumerate(spells):
        open_here: Open = []
        place, start = spell.get("division"), spell.get("start")
        if place is None:
            open_here.append(("insurance.division", i))
        elif not place.startswith("3302"):
            continue
        if start is None:
            open_here.append(("insurance.start", i))
        elif start >= FIRST or start > on:
            continue
        if not open_here:
            return True
        doubts += open_here
    found += doubts
    return bool(doubts)


def table(rows: dict[str, int], certificate: Facts, index: int, least: int) -> Bounds:
    """The amount of a table by level; ``least`` is its lowest row."""
    level = certificate.get("level")
    if level is None:
        return least, max(rows.values()), (("certificate.level", index),)
    amount = rows.get(level, 0)
    return amount, amount, ()


def level_known(certificate: Facts, index: int, found: Open) -> None:
    """The level must be known; every national certificate has one."""
    if "level" not in certificate:
        found.append(("certificate.level", index))


def after_once(worth: Bounds, facts: Facts, scheme: str) -> Bounds:
    """What is left where a scheme pays once."""
    low, high, causes = worth
    if high == 0:
        return worth
    received = facts.get("received")
    if received is None:
        return 0, high, (*causes, ("received", None))
    doubts: Open = []
    for i, entry in enumerate(received):
        name, paid = entry.get("scheme"), entry.get("paid")
        if (name is not None and name != scheme) or (paid is not None and paid > facts["applied"]):
            continue
        if name is not None and paid is not None:
            return 0, 0, ()
        if name is None:
            doubts.append(("received.scheme", i))
        if paid is None:
            doubts.append(("received.paid", i))
    return (0, high, (*causes, *doubts)) if doubts else worth


def after_difference(worth: Bounds, facts: Facts, scheme: str) -> Bounds:
    """What is left where earlier payments count towards it."""
    low, high, causes = worth
    if high == 0:
        return worth
    received = facts.get("received")
    if received is None:
        return 0, high, (*causes, ("received", None))
    least, most = 0, 0
    endless = False
    doubts = list(causes)
    for i, entry in enumerate(received):
        name, paid, amount = entry.get("scheme"), entry.get("paid"), entry.get("amount")
        if (name is not None and name != scheme) or (paid is not None and paid > facts["applied"]):
            continue
        sure = name is not None and paid is not None
        if amount is None:
            endless = True
            doubts.append(("received.amount", i))
        else:
            most += amount
            least += amount if sure else 0
        if not sure and amount != 0:
            if name is None:
                doubts.append(("received.scheme", i))
            if paid is None:
                doubts.append(("received.paid", i))
    top = None if high is None else max(high - least, 0)
    bottom = 0 if endless else max(low - most, 0)
    return (bottom, bottom, ()) if bottom == top else (bottom, top, doubts)


def settle(
    found: Open,
    amount: Bounds,
    facts: Facts,
    after: Callable[[Bounds, Facts, str], Bounds] | None,
    scheme: str,
) -> Claim:
    """One claim whose requirements hold, or may hold: outcome, worth, due and doubts."""
    low, high, causes = amount
    worth_low = 0 if found and high != 0 else low
    entitled = (worth_low, high)
    worth = amount if low or not found else (0, high, causes)
    due_low, due_high, doubts = after(worth, facts, scheme) if after else worth
    if found:
        due_low = 0
    open_due = due_low == 0 and due_high != 0 and not (worth is not None and _sure(worth, after))
    something: bool | None
    left_low, left_high, left = after(worth, facts, scheme) if after else worth
    something = True if left_low > 0 else False if left_high == 0 else None
    del open_due
    if after is None and low == high and high != 0:
        something, left = True, ()
    if something is False:
        kept = entitled if after else (0, 0)
        return "ineligible", kept[0], kept[1], 0, 0, [], []
    if found or something is None:
        all_open = [*found, *(left if something is None else ())]
        if due_high == 0:
            return "undetermined", *entitled, 0, 0, all_open, []
        return "undetermined", *entitled, 0, due_high, all_open, list(doubts)
    return "eligible", *entitled, due_low, due_high, [], list(doubts)


def _sure(worth: Bounds, after: object) -> bool:
    return after is None and worth[0] > 0


NOTHING: Claim = ("ineligible", 0, 0, 0, 0, [], [])
