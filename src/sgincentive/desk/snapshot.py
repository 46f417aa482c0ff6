"""What the made-up people of a place get from the schemes there, as text for a review.

One file a province. It lists, for each division named by a scheme and each scheme of that very
division, the answers on a few days and who gets each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from sgincentive.decision import Decision
from sgincentive.desk.people import Person, people
from sgincentive.desk.written import write_whole
from sgincentive.divisions import get
from sgincentive.explain.json import amount_ends
from sgincentive.ruleset import Rules, office_words
from sgincentive.schemes.model import Scheme

DAYS = (date(2020, 6, 30), date(2022, 6, 30), date(2024, 6, 30), date(2025, 6, 30))
HEAD = """\
# What made-up people of a division get from its schemes, on a few days; written by
# `sgincentive rules snapshot`. A-, S-, G-: assistant, social worker, senior; years since the
# certificate. Stations, projects and organisations: size and share of certified staff.
"""
SUFFIX = ".txt"


def snapshots(rules: Rules) -> dict[str, str]:
    """The text of each province's file, by the first part of the schemes' ids."""
    pages: dict[str, list[str]] = {}
    for scheme in rules.schemes():
        page = pages.setdefault(scheme.id.partition("/")[0], [])
        for division in scheme.applies_in:
            lines = list(answers(scheme, division, rules))
            page += ["", f"{scheme.id} · {division} {get(division).name}", *lines]
    return {name: HEAD + "\n".join(lines) + "\n" for name, lines in pages.items()}


def answers(scheme: Scheme, division: str, rules: Rules) -> Iterable[str]:
    """A line for each day and answer with those who get it; days with the same answers go
    together."""
    words = {scheme.id: dict.fromkeys(office_words(scheme), True)}
    by_day: dict[tuple[str, ...], list[str]] = {}
    for day in DAYS:
        said: dict[str, list[str]] = {}
        group = people(scheme.subject, division, day, words)
        for person in group:
            decision = rules.decide(scheme, person.subject, day)
            said.setdefault(answer(decision), []).append(person.name)
        lines = tuple(f"    {text}: {who(names, group)}" for text, names in said.items())
        by_day.setdefault(lines, []).append(day.isoformat())
    for lines, days in by_day.items():
        yield f"  {', '.join(days)}"
        yield from lines


def who(names: Sequence[str], group: Sequence[Person]) -> str:
    """The names, or that it is everybody."""
    return "all" if len(names) == len(group) else " ".join(names)


def answer(decision: Decision) -> str:
    """Outcome, amount, and what fails or is missing, on one line."""
    text: str = decision.outcome
    if decision.outcome in ("eligible", "undetermined"):
        amount = decision.amount
        low, high = amount_ends(amount).values()
        if amount is not None and not amount.published:
            text += " not published"
        if low is not None or high is not None:
            text += f" {low}" if low == high else f" {low}..{'' if high is None else high}"
    failed = [f.id for f in decision.findings if f.applies and f.holds is False]
    if failed and decision.outcome != "not_in_force":
        text += f" (fails {', '.join(failed)})"
    missing = [m.fact for m in decision.missing if m.affects == "outcome"]
    return text + (f" (missing {', '.join(missing)})" if missing else "")


def read_snapshots(folder: Path) -> dict[str, str]:
    """The files as they are."""
    return {p.stem: p.read_text("utf-8") for p in sorted(folder.glob(f"*{SUFFIX}"))}


def write_snapshots(folder: Path, pages: Mapping[str, str]) -> list[str]:
    """Write the files that changed, remove those without schemes; gives the names of both.
    Raises SourceError where a file cannot be written."""
    old = read_snapshots(folder)
    changed = [name for name, text in pages.items() if old.get(name) != text]
    for name in changed:
        write_whole(folder / f"{name}{SUFFIX}", pages[name], over=True)
    gone = [name for name in old if name not in pages]
    for name in gone:
        (folder / f"{name}{SUFFIX}").unlink()
    return [*changed, *gone]
