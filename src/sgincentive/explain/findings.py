"""What one requirement found, what it demands, and how far the one is from the other."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import singledispatch
from typing import Any

from sgincentive.calendar import LAST_DAY
from sgincentive.decision import Finding
from sgincentive.explain.format import (
    fen_digits,
    json_bounds,
    json_number,
    json_span,
    percent,
    points,
    with_unit,
)
from sgincentive.explain.names import as_given
from sgincentive.explain.sentences import condition, demand, say
from sgincentive.explain.units import first_unit
from sgincentive.nodes import conditions as c
from sgincentive.nodes import days as d
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import ABSENT, Case, Condition, Day, Quantity
from sgincentive.nodes.reference import FactRef
from sgincentive.nodes.values import Bounds, Number
from sgincentive.words import Lang, Text

Share = tuple[Number, Number, Number]


def main_node(node: Condition) -> Condition:
    """The condition that is looked at, behind guards, exceptions, names and readings."""
    while True:
        if isinstance(node, c.When | c.Unless | c.Named):
            node = node.part
        elif (isinstance(node, c.All | c.AnyOf) and len(node.parts) == 1) or isinstance(
            node, c.Readings
        ):
            node = node.parts[0]
        else:
            return node


def text(finding: Finding) -> Text:
    """The requirement as a sentence: its own, else made from its condition."""
    own = finding.requirement.text
    if own is not None:
        return own
    node = finding.requirement.condition
    return Text(condition(node, "zh"), condition(node, "en"))


# --------------------------------------------------------------------------- found


def found(finding: Finding) -> Any:
    """The value met in the profile as JSON data, None where it is not known."""
    if finding.case is None:
        return None
    return _found(main_node(finding.requirement.condition), finding.case)


@singledispatch
def _found(node: Condition, case: Case) -> Any:
    del node, case


@_found.register(c.IsTrue)
@_found.register(c.OneOf)
@_found.register(c.WordOrder)
@_found.register(c.Within)
def _(node: c.IsTrue | c.OneOf | c.WordOrder | c.Within, case: Case) -> Any:
    return _fact_found(node.ref, case)


def _fact_found(ref: FactRef, case: Case) -> Any:
    value = ref.value(case)
    return None if value is ABSENT else as_given(ref, value)


@_found.register(c.Compare)
@_found.register(c.Equals)
@_found.register(c.Between)
def _(node: c.Compare | c.Equals | c.Between, case: Case) -> Any:
    if isinstance(node.left, q.FactAmount) and node.left.ref.value(case) is not ABSENT:
        return _fact_found(node.left.ref, case)
    return json_bounds(node.left.bounds(case), is_money=unit_of_comparison(node) == "money")


def unit_of_comparison(node: c.Compare | c.Equals | c.Between | c.CompareShare) -> str | None:
    """The unit in which a comparison is made; of a share, that of its two parts."""
    sides: tuple[Quantity, ...]
    if isinstance(node, c.Between):
        sides = (node.left, node.low, node.high)
    elif isinstance(node, c.CompareShare):
        sides = (node.part, node.whole)
    else:
        sides = (node.left, node.right)
    return first_unit(sides)


@_found.register
def _(node: c.CompareDays, case: Case) -> Any:
    if isinstance(node.left, d.FactDay):
        value = node.left.ref.value(case)
        if value is ABSENT or value is None:
            return None
    return json_span(node.left.span(case))


@_found.register
def _(node: c.CompareShare, case: Case) -> Any:
    part, whole = node.part.bounds(case), node.whole.bounds(case)
    is_money = unit_of_comparison(node) == "money"
    numerator = json_bounds(part, is_money=is_money)
    denominator = json_bounds(whole, is_money=is_money)
    if numerator is None and denominator is None:
        return None
    shown = None
    if part.low is not None and whole.low and part.settled and whole.settled:
        limit = node.share.bounds(case)
        shown = percent(
            part.low,
            whole.low,
            limit.low if limit.settled else None,
            node.order in ("at_least", "less_than"),
        )
    return {"numerator": numerator, "denominator": denominator, "percent": shown}


@_found.register
def _(node: c.Exists, case: Case) -> Any:
    count = q.Count(node.test).bounds(case)
    return json_bounds(count, is_money=False) if count.settled else None


# ------------------------------------------------------------------------ demanded


def demanded(finding: Finding, lang: Lang) -> str:
    """What the requirement asks for, in a few words: ``at least 30%``, ``within 330200``."""
    own = finding.requirement.text
    node = finding.requirement.condition
    if own is not None and isinstance(node, c.All) and not node.parts:
        return own.get(lang)
    return _demanded(node, finding.case, lang)


def _demanded(node: Condition, case: Case | None, lang: Lang) -> str:
    if isinstance(node, c.Readings):
        every = dict.fromkeys(_demanded(part, case, lang) for part in node.parts)
        return say(lang, "，或", " or ").join(every)
    inner = main_node(node) if not isinstance(node, c.When | c.Unless | c.Named) else node.part
    if inner is not node:
        return _demanded(inner, case, lang)
    words = demand(node, lang, True)
    worth = "" if case is None else _worked_out(node, case, lang)
    return words + (say(lang, f"（{worth}）", f" ({worth})") if worth else "")


def _worked_out(node: Condition, case: Case, lang: Lang) -> str:
    """The value that a demand made of facts comes to, empty where it is open or plain."""
    if isinstance(node, c.CompareDays) and not isinstance(
        node.right, d.DayConstant | d.DayReadings
    ):
        span = node.right.span(case)
        return span.first.isoformat() if span.first == span.last < LAST_DAY else ""
    if isinstance(node, c.Compare | c.Equals) and not isinstance(node.right, q.Constant):
        right = node.right.bounds(case)
        if right.low is not None and right.settled:
            return with_unit(right.low, unit_of_comparison(node), lang)
    return ""


# ------------------------------------------------------------------------ distance


def short_by(finding: Finding) -> Any:
    """How far a requirement is from being met; None where it holds, is open or has no measure."""
    if finding.case is None or not finding.applies or finding.truth.value is not False:
        return None
    # Where the whole fails, so does the node behind its guards, exceptions and readings.
    return _short_by(main_node(finding.requirement.condition), finding.case)


@singledispatch
def _short_by(node: Condition, case: Case) -> Any:
    del node, case


def gap(left: Bounds, order: str, right: Bounds, least: Number | None) -> Number | None:
    """The distance between two settled numbers; ``least`` is what a strict order adds to it."""
    if left.low is None or right.low is None or not left.settled or not right.settled:
        return None
    below = order in ("at_least", "more_than")
    distance = Fraction(right.low) - left.low if below else Fraction(left.low) - right.low
    if order in ("more_than", "less_than") and least is not None and distance >= 0:
        distance = Fraction(math.floor(distance / least) + 1) * least
    return distance if distance > 0 else None


def _in_units(distance: Number | None, unit: str | None) -> Any:
    if distance is None:
        return None
    return fen_digits(distance) if unit == "money" else json_number(distance)


def comparison_gap(node: c.Compare | c.Between, case: Case) -> Number | None:
    """The distance of a comparison that is not met, in its own unit (fen for money)."""
    left = node.left.bounds(case)
    if isinstance(node, c.Compare):
        return gap(left, node.order, node.right.bounds(case), 1)
    below = gap(left, "at_least", node.low.bounds(case), None)
    return below or gap(left, "at_most", node.high.bounds(case), None)


@_short_by.register(c.Compare)
@_short_by.register(c.Between)
def _(node: c.Compare | c.Between, case: Case) -> Any:
    return _in_units(comparison_gap(node, case), unit_of_comparison(node))


@_short_by.register
def _(node: c.CompareDays, case: Case) -> Any:
    return days_gap(node, case)


def days_gap(node: c.CompareDays, case: Case) -> int | None:
    """The days by which a day lies too early or too late."""
    a, b = settled_day(node.left, case), settled_day(node.right, case)
    if a is None or b is None:
        return None
    late = node.order in ("before", "not_after")
    distance = a - b if late else b - a
    return distance + (1 if node.order in ("before", "after") else 0)


def settled_day(node: Day, case: Case) -> int | None:
    """A known day as a number, None where it is open or known to be none."""
    span = node.span(case)
    settled = span.first == span.last and span.last < LAST_DAY
    return span.first.toordinal() if settled else None


def settled_share(node: c.CompareShare, case: Case) -> Share | None:
    """Part, whole and limit where all three are known and there is a whole."""
    part, whole = node.part.bounds(case), node.whole.bounds(case)
    limit = node.share.bounds(case)
    if part.low is None or not whole.low or limit.low is None:
        return None
    if not (part.settled and whole.settled and limit.settled):
        return None
    return part.low, whole.low, limit.low


def units_to_comply(node: c.CompareShare, share: Share) -> int | None:
    """The smallest change of the part alone (fen or persons) that meets the share."""
    part, whole, limit = share
    bar = Fraction(limit) * whole
    rules: dict[str, Callable[[], int]] = {
        "at_least": lambda: math.ceil(bar - part),
        "more_than": lambda: math.floor(bar - part) + 1,
        "at_most": lambda: math.ceil(part - bar),
        "less_than": lambda: math.floor(part - bar) + 1,
    }
    units = rules[node.order]()
    if node.order in ("at_most", "less_than") and units > part:
        return None
    return units


@_short_by.register
def _(node: c.CompareShare, case: Case) -> Any:
    share = settled_share(node, case)
    if share is None:
        return None
    part, whole, limit = share
    units = units_to_comply(node, share)
    is_money = unit_of_comparison(node) == "money"
    return {
        "share": points(abs(Fraction(limit) - Fraction(part) / Fraction(whole))),
        "units": None if units is None else fen_digits(units) if is_money else units,
        "unit": "CNY" if is_money else "person",
    }
