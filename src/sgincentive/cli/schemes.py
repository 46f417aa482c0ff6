"""``sgincentive schemes`` and ``sgincentive show``: what is on record."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from rich.cells import set_cell_size
from rich.console import Console
from rich.text import Text as Styled

from sgincentive.cli.layout import print_lines, wrap
from sgincentive.cli.main import OK, print_json, refuse
from sgincentive.divisions import AmbiguousDivision, UnknownDivision, get, resolve
from sgincentive.explain.decision import BENEFIT_LABELS, kind_text
from sgincentive.explain.page import page
from sgincentive.explain.sentences import quantity
from sgincentive.facts import subject_kinds
from sgincentive.ruleset import (
    Rules,
    UnknownScheme,
    applies_throughout,
    read_rules,
)
from sgincentive.schemes.index import RuleFile, rule_files, shipped_rules
from sgincentive.schemes.model import Scheme, Version
from sgincentive.source import SourceError
from sgincentive.words import Lang, Text, did_you_mean, nearest

COLUMNS = (
    Text("编号", "id"),
    Text("名称", "title"),
    Text("地区", "place"),
    Text("待遇与标准", "benefit and amounts"),
    Text("有效期", "in force"),
    Text("来源", "confidence"),
)
# Of the columns after the id; two columns before them, two between them.
SHARES = (20, 8, 20, 12, 10)
INDENT = GAP = 2


def in_force(version: Version, lang: Lang) -> str:
    """The span of a version in words."""
    unknown = Text("不详", "unknown").get(lang)
    year = version.selected_by == "exam_year"
    first = version.first[0] if version.first else None
    start = unknown if first is None else str(first.year) if year else rough(version, first)
    last = version.last
    end = unknown if last is None else str(last.year) if year else last.isoformat()
    word = Text("考试年度 ", "exam year ").get(lang) if year else ""
    return f"{word}{start}" if start == end else f"{word}{start} – {end}"


def rough(version: Version, first: date) -> str:
    """A start as precisely as it is known: a day, a month or a year."""
    last = version.first[1] if version.first else first
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    return first.isoformat() if first == last else first.isoformat()[:7]


def places(scheme: Scheme) -> str:
    """The places of a scheme by name."""
    return "、".join(get(code).name for code in scheme.applies_in)


def benefit(scheme: Scheme, lang: Lang) -> str:
    """The benefit and its amounts in words."""
    label = BENEFIT_LABELS[scheme.kind].get(lang)
    amount = scheme.versions[-1].amount
    if amount is None:
        return label
    unit = "money" if scheme.money else None
    return f"{label}: {quantity(amount, lang, unit)}"


def row_json(scheme: Scheme, lang: Lang) -> dict[str, Any]:
    """One scheme of the list as JSON data."""
    newest = scheme.versions[-1]
    return {
        "scheme": scheme.id,
        "title": {"zh": scheme.title.zh, "en": scheme.title.en},
        "subject": scheme.subject,
        "applies_in": [{"code": code, "name": get(code).full_name} for code in scheme.applies_in],
        "benefit": {"kind": scheme.kind, "text": benefit(scheme, lang)},
        "versions": [
            {"id": v.id, "selected_by": v.selected_by, "in_force": in_force(v, lang)}
            for v in scheme.versions
        ],
        "last_confirmed": newest.last_confirmed_text,
        "confidence": scheme.confidence,
        "records": list(scheme.records),
    }


def division_asked(place: str | None, lang: Lang) -> str | None:
    """The division of ``--in``."""
    if place is None:
        return None
    try:
        return resolve(place)
    except (UnknownDivision, AmbiguousDivision) as error:
        refuse(lang, Text(f'--in "{place}": {error.text.zh}', f'--in "{place}": {error.text.en}'))


def overridden_json(rules: Rules, scheme: Scheme, code: str | None) -> list[dict[str, Any]]:
    """What overrides a scheme there; ``everywhere``: in all of the place asked about."""
    return [
        {"scheme": lower.id, "everywhere": code is not None and applies_throughout(lower, code)}
        for lower in rules.overriding(scheme, code)
    ]


def overridden_text(rules: Rules, scheme: Scheme, code: str | None, lang: Lang) -> list[str]:
    """One line for each scheme that overrides another there."""
    lines = []
    for lower in rules.overriding(scheme, code):
        where = ""
        if code is None or not applies_throughout(lower, code):
            where = Text(f"在{places(lower)}", f" in {places(lower)}").get(lang)
        lines.append(
            Text(f"{where}由 {lower.id} 取代", f"overridden{where} by {lower.id}").get(lang)
        )
    return lines


def list_schemes(
    *, place: str | None, subject: str | None, folders: Sequence[Path], lang: Lang, as_json: bool
) -> int:
    """Run ``schemes``; gives the exit status."""
    code = division_asked(place, lang)
    if subject is not None and subject not in subject_kinds:
        close = nearest(subject, subject_kinds)
        words = ", ".join(subject_kinds)
        refuse(
            lang,
            Text(f'没有对象 "{subject}"，可用的有: {words}',
                 f'unknown subject "{subject}", expected one of: {words}'),
            did_you_mean(close),
        )  # fmt: skip
    loaded = read_rules(
        [shipped_rules(), *folders],
        kind=subject,
        places=None if code is None else frozenset((code,)),
        whole=folders,
        examples=False,
    )
    if loaded.broken_ids:
        raise SourceError([d for d in loaded.problems if d.severity == "error"])
    rules = Rules(loaded.schemes)
    found = rules.schemes(subject=subject, division=code)
    if as_json:
        rows = [
            {**row_json(s, lang), "overridden_by": overridden_json(rules, s, code)} for s in found
        ]
        print_json({"schemes": rows})
        return OK
    if not found:
        print(Text("没有收录的项目", "no scheme on record").get(lang))
        return OK
    width = None if sys.stdout.isatty() else 80
    console = Console(highlight=False, width=width)
    row(console, [column.get(lang) for column in COLUMNS])
    for scheme in found:
        row(
            console,
            [
                scheme.id,
                scheme.title.get(lang),
                places(scheme),
                benefit(scheme, lang),
                in_force(scheme.versions[-1], lang),
                kind_text(scheme.confidence, lang),
            ],
        )
        for line in overridden_text(rules, scheme, code, lang):
            print_lines(console, " " * INDENT + line)
    return OK


def row(console: Console, cells: Sequence[str]) -> None:
    """One row: the id on a line of its own, so that it stays whole, the rest in columns below."""
    room = console.width - INDENT - GAP * (len(SHARES) - 1)
    widths = [max(4, room * share // sum(SHARES)) for share in SHARES]
    columns = [wrap(cell, width) for cell, width in zip(cells[1:], widths, strict=True)]
    lines = [cells[0]]
    for parts in zip_longest(*columns, fillvalue=""):
        padded = (set_cell_size(p, w) for p, w in zip(parts, widths, strict=True))
        lines.append(" " * INDENT + (" " * GAP).join(padded).rstrip())
    console.print(Styled("\n".join(lines)), soft_wrap=True)


def show_scheme(id: str, *, folders: Sequence[Path], lang: Lang, as_json: bool) -> int:
    """Run ``show``; gives the exit status."""
    every = [shipped_rules(), *folders]
    files = [f for folder in every for f in rule_files(folder) if isinstance(f, RuleFile)]
    loaded = read_rules(every, kind="", places=None, ids=[id])
    mine = [s for s in loaded.schemes if s.id == id or id in s.aliases]
    if not mine:
        errors = [d for d in loaded.problems if d.severity == "error"]
        if any(f.id == id for f in files) and errors:
            raise SourceError(errors)
        aliased = Rules(read_rules(every).schemes)
        try:
            mine = [aliased[id].scheme]
        except UnknownScheme as error:
            close = error.nearest
            refuse(
                lang,
                Text(f'没有政策项目 "{id}"', f'unknown scheme "{id}"'),
                did_you_mean(close),
            )
    scheme = mine[0]
    if as_json:
        print_json({**row_json(scheme, lang), "page": page(scheme, lang)})
        return OK
    width = None if sys.stdout.isatty() else 80
    print_lines(Console(highlight=False, width=width), page(scheme, lang))
    return OK
