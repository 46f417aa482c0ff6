"""A quick answer where every fact that is read is known: one generated function a scheme.

The function gives outcome and amounts only, or None where the engine itself must be asked:
a fact is missing, the text leaves something open, several certificates, another version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sgincentive.decision import Outcome
from sgincentive.engine.ledger import PAID
from sgincentive.nodes.base import Element
from sgincentive.nodes.conditions import Exists
from sgincentive.nodes.source import NoSourceError, Source
from sgincentive.nodes.values import Number
from sgincentive.schemes.model import Ledger, Scheme, Version

OutcomeRow = tuple[str, Outcome, Number | None, Number | None, bool]
"""Scheme id, outcome, least and greatest amount due (fen), whether it was published."""
Quick = Callable[[Element, date, date], OutcomeRow | None]


def paid_entries(
    received: Sequence[Mapping[str, Any]], names: frozenset[str], on: date
) -> list[Mapping[str, Any]]:
    """What was paid under a scheme by a day. Raises LookupError where an entry leaves facts out."""
    return [
        entry
        for entry in received
        if entry["scheme"] in names and entry["paid"] <= on and entry.get("status", "paid") in PAID
    ]


def paid_amount(received: Sequence[Mapping[str, Any]], names: frozenset[str], on: date) -> Number:
    """The money paid under a scheme by a day."""
    amounts: list[Number] = [entry["amount"] for entry in paid_entries(received, names, on)]
    return sum(amounts)


def paid_level(
    received: Sequence[Mapping[str, Any]], names: frozenset[str], on: date, level: str | None
) -> bool:
    """Whether anything was paid by a day, for ``level`` alone where it is given."""
    paid = paid_entries(received, names, on)
    return bool(paid) if level is None else level in [entry["level"] for entry in paid]


def quick(scheme: Scheme) -> Quick | None:
    """The quick function of a scheme, or None where it has none."""
    if len(scheme.versions) != 1:
        return None
    version = scheme.versions[0]
    if version.statuses or version.rhythm.term_months is not None or version.rhythm.starts_later:
        return None
    builtins = {"len": len, "any": any, "all": all, "sum": sum, "min": min, "max": max}
    errors = {"LookupError": LookupError, "TypeError": TypeError}
    source = Source({"__builtins__": {**builtins, **errors}})
    try:
        lines = [
            "def answer(f, on, applied):",
            "  try:",
            *(f"    {line}" for line in body(scheme, version, source)),
            "  except (LookupError, TypeError):",
            "    return None",
        ]
    except NoSourceError:
        return None
    exec(compile("\n".join(lines), "<quick>", "exec"), source.names)
    made: Quick = source.names["answer"]
    return made


def body(scheme: Scheme, version: Version, source: Source) -> list[str]:
    """The lines of the function. Raises NoSourceError."""
    yes, no = ("compliant", "non_compliant") if scheme.kind == "verdict" else (
        "eligible", "ineligible",
    )  # fmt: skip
    granted = f"{source.name(scheme.id)}, {source.name(yes)}"
    refused = source.name((scheme.id, no, 0, 0, True))
    worthless = version.amount is None or scheme.kind in ("verdict", "entitlement")
    passed = source.name((scheme.id, yes, 0, 0, True))
    if not version.claims:
        lines = [
            "if f['partial']: return None",
            *force_lines(version, source),
            *requirement_lines(version, source, f"return {refused}"),
        ]
        if worthless or version.amount is None:
            return [*lines, f"return {passed}"]
        return [
            *lines,
            f"entitled = {source.amount(version.amount)}",
            f"if entitled <= 0: return {refused}",
            *ledger_lines(scheme, version.ledger, source),
            f"return ({granted}, due, due, True) if due > 0 else {refused}",
        ]
    inner = [
        *force_lines(version, source),
        *requirement_lines(version, source, "continue"),
    ]
    if worthless or version.amount is None:
        inner.append("found = True")
        last = f"return {passed} if found else {refused}"
    else:
        inner += [
            f"entitled = {source.amount(version.amount)}",
            "if entitled <= 0: continue",
            *ledger_lines(scheme, version.ledger, source),
            "left += due"
            if scheme.per == "each"
            else "if (entitled, due) > (best, left): best = entitled; left = due",
        ]
        last = f"return ({granted}, left, left, True) if left > 0 else {refused}"
    return [
        "if f['partial']: return None",
        "certificates = f['certificates']",
        "if not certificates: return None",
        "found = False; best = left = 0",
        "for c in certificates:",
        *(f"  {line}" for line in inner),
        last,
    ]


def requirement_lines(version: Version, source: Source, stop: str) -> list[str]:
    """The requirements in order; ``stop`` where one does not hold."""
    lines: list[str] = []
    tests: list[str] = ["c['obtained'] <= on"] if version.claims else []

    def settle() -> None:
        if tests:
            lines.append(f"if not ({' and '.join(tests)}): {stop}")
            tests.clear()

    for requirement in version.requirements:
        if requirement.strength != "must":
            continue
        condition = requirement.condition
        if isinstance(condition, Exists) and requirement.due is None:
            settle()
            lines += [
                f"for e in {source.entries(condition.test)}:",
                f"  if {source.test(condition.test)}: break",
                f"else: {stop}",
            ]
            continue
        text = source.condition(condition)
        if requirement.due is not None:
            text = f"(on < {source.name(requirement.due)} or {text})"
        tests.append(text)
    if version.window.start is not None:
        tests.append(f"(applied >= {source.day(version.window.start)})")
    if version.window.end is not None:
        tests.append(f"(applied <= {source.day(version.window.end)})")
    settle()
    return lines


def force_lines(version: Version, source: Source) -> list[str]:
    """Leave the answer to the engine unless the version surely covers the case."""
    if version.selected_by == "exam_year":
        key = "c['exam_year']"
    elif version.selected_by == "obtained":
        key = "c['obtained']"
    else:
        key = "applied"
    exam = version.selected_by == "exam_year"
    first = version.first[1] if version.first is not None else version.seen
    if first is None:
        raise NoSourceError("from")
    start = source.name(first.year if exam else first)
    if version.last is None:
        return [f"if not {start} <= {key}: return None"]
    last = source.name(version.last.year if exam else version.last)
    return [f"if not {start} <= {key} <= {last}: return None"]


def ledger_lines(scheme: Scheme, ledger: Ledger, source: Source) -> list[str]:
    """What earlier payments leave, as ``due``."""
    if ledger.other_authority_bars is not None:
        raise NoSourceError("other_authority_bars")
    if ledger.max_times is not None or ledger.upgrade_years is not None:
        raise NoSourceError("max_times")
    if not ledger.rules and ledger.lifetime_cap is None:
        return ["due = entitled"]
    names = source.name(frozenset((scheme.id, *scheme.aliases)))
    paid = f"{source.name(paid_amount)}(received, {names}, on)"
    lines = ["received = f['received']", "due = entitled", "if received:"]
    if len(ledger.rules) > 1:
        lines.append("  return None")
    for rule in ledger.rules[:1]:
        if rule == "difference_on_upgrade":
            lines.append(f"  due = max(entitled - {paid}, 0)")
        elif rule in ("once", "once_per_level"):
            level = "c['level']" if rule == "once_per_level" else "None"
            lines.append(f"  if {source.name(paid_level)}(received, {names}, on, {level}): due = 0")
        else:
            lines.append("  return None")
    if ledger.lifetime_cap is not None:
        lines.append(f"  due = max(min(due, {source.name(ledger.lifetime_cap)} - {paid}), 0)")
        lines.append(f"else: due = min(due, {source.name(ledger.lifetime_cap)})")
    return lines
