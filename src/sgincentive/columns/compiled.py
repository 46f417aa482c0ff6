"""Schemes as expressions over the columns of one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sgincentive.columns import expr as e
from sgincentive.columns.answers import Answer, answer, force_of
from sgincentive.columns.expr import FALSE, TRUE, Expr, TooWide
from sgincentive.columns.headings import in_order
from sgincentive.columns.nodes import truth
from sgincentive.columns.row import Place, Row
from sgincentive.columns.values import NotInColumns, Truth, all_of
from sgincentive.schemes.model import Scheme
from sgincentive.words import Text

NUMBERS: Final = ("one_off", "monthly", "yearly", "refund", "grade_steps", "points")
OUTCOMES: Final = ("granted", "refused", "undetermined", "not_in_force")
GRANTED, REFUSED, UNDETERMINED, OFF = range(4)


def outcome_words(scheme: Scheme) -> tuple[str, ...]:
    """The words for the codes of an outcome."""
    if scheme.kind == "verdict":
        return "compliant", "non_compliant", "undetermined", "not_in_force"
    return "eligible", "ineligible", "undetermined", "not_in_force"


def deciders(scheme: Scheme) -> tuple[str, ...]:
    """Everything that can decide an answer, in the order of its codes (from 1)."""
    found: dict[str, None] = {"in-force": None, "certificate": None}
    for version in scheme.versions:
        found.update(dict.fromkeys(s.status for s in version.statuses))
        found.update(dict.fromkeys(r.id for r in version.requirements if r.strength == "must"))
    found.update(dict.fromkeys(
        ("application-window", "not-overridden", "nothing-left", "in-term")
    ))  # fmt: skip
    return tuple(found)


TERM: Final = Text("期限内的月份要逐月数", "the months of a term are counted one by one")
WHY: Final[Mapping[str, Text]] = {
    "64 bits": Text("数字可能超出 64 位", "a number may be wider than 64 bits"),
    "fraction": Text("数量不是整数", "a quantity that is no whole number"),
    "quotient": Text("除以一个会变的数", "a division by a number that is not fixed"),
    "within": Text("一个地点是否在另一个所填地点之内", "a place within another of the profile"),
    "statistic": Text("按档案中的地点选取统计数字", "a figure chosen by a place of the profile"),
}  # fmt: skip
"""What columns cannot express, by the code of :class:`NotInColumns`."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """The answer of a scheme as expressions, one for each thing that is said of it.

    ``outcome`` and ``decided_by`` are codes (``outcome_words``, ``deciders``; 0: nothing decided).
    ``low`` and ``high`` are the bounds of what is due (None for a scheme without an amount), with
    the rows in which they stand empty. ``missing``: the rows in which each fact is missing.
    ``by_rows``: the rows that only the scalar engine can answer. ``why``: None, or the form that
    keeps the whole scheme from being expressed in columns.
    """

    scheme: Scheme
    outcome: Expr
    decided_by: Expr
    low: Expr | None
    high: Expr | None
    no_low: Expr
    no_high: Expr
    published: Expr
    missing: Mapping[str, Expr]
    by_rows: Expr = FALSE
    why: Text | None = None


def compiled(
    scheme: Scheme,
    row: Row,
    schemes: Sequence[Scheme] = (),
    aliases: Mapping[str, str] | None = None,
    confirmed_within: int | None = None,
) -> Compiled:
    """A scheme over a row; ``schemes`` are those among which one may override it."""
    try:
        overriders = _overriders(scheme, row, schemes, aliases or {}, confirmed_within)
        return _finished(scheme, answer(scheme, row, overriders, confirmed_within))
    except NotInColumns as form:
        why = WHY.get(form.reason) or Text(form.reason, form.reason)
    except TooWide:
        why = WHY["64 bits"]
    code = e.codes([], UNDETERMINED)
    amount = e.ZERO if scheme.kind in NUMBERS else None
    return Compiled(scheme, code, e.codes([], 0), amount, amount, TRUE, TRUE, TRUE, {}, TRUE, why)


def _overriders(
    scheme: Scheme,
    row: Row,
    schemes: Sequence[Scheme],
    aliases: Mapping[str, str],
    confirmed_within: int | None,
) -> list[Truth]:
    """Whether each lower scheme that overrides ``scheme`` does so."""
    found = []
    for lower in sorted(schemes, key=lambda s: s.id):
        for relation in lower.relations:
            upper = aliases.get(relation.scheme, relation.scheme)
            if relation.kind == "overrides" and upper == scheme.id:
                assert relation.where is not None
                there = truth(relation.where, Place(row, lower.id))
                found.append(all_of((there, force_of(lower, row, confirmed_within))))
    return found


def _finished(scheme: Scheme, found: Answer) -> Compiled:
    refused = e.assuming(found.refused, e.not_(found.off))
    if e.assuming(refused, e.all_(e.not_(found.granted), e.not_(found.off))) is TRUE:
        # Nothing is left undetermined. Elsewhere the test stays as it is, which the amount shares.
        refused = TRUE
    outcome = e.codes(
        [(found.granted, GRANTED), (found.off, OFF), (refused, REFUSED)], UNDETERMINED
    )
    codes = {name: i + 1 for i, name in enumerate(deciders(scheme))}
    decided_by = e.codes([(rows, codes[name]) for rows, name in found.decides], 0)
    # Each row is read where none above it holds.
    decided_by = e.assuming(decided_by, TRUE)
    low = high = None
    no_low = no_high = TRUE
    due = found.due
    if scheme.kind in NUMBERS:
        low, high = (_whole(scheme, end, due.scale) for end in (due.low, due.high))
        bare = e.all_(e.not_(due.published), e.equal(low, e.ZERO), due.no_high)
        no_low = e.any_(found.off, due.no_low, bare)
        no_high = e.any_(found.off, due.no_high)
        # Where an end stands empty its number means nothing.
        low, high = e.assuming(low, e.not_(no_low)), e.assuming(high, e.not_(no_high))
    return Compiled(
        scheme, outcome, decided_by, low, high, no_low, no_high,
        due.published, {name: found.facts[name] for name in in_order(scheme.subject, found.facts)},
        found.by_rows,
    )  # fmt: skip


def _whole(scheme: Scheme, value: Expr, scale: int) -> Expr:
    """A number without parts: money is never finer than a fen, which loading the file proves."""
    if scale == 1:
        return value
    if scheme.money:
        return e.divide(value, scale)
    raise NotInColumns("fraction")
