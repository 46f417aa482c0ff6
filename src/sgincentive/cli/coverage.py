"""``sgincentive coverage``: for which places anything is on record, and for which nothing is."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from sgincentive.cli.layout import print_lines
from sgincentive.cli.main import OK, print_json
from sgincentive.cli.schemes import division_asked
from sgincentive.coverage.page import counts, province_of
from sgincentive.coverage.report import COUNTRY, Coverage, DivisionCoverage
from sgincentive.coverage.words import (
    NO_RECORD_IS_NO_ANSWER,
    STATES,
    division_json,
    record_json,
)
from sgincentive.divisions import children, get
from sgincentive.ruleset import load_rules
from sgincentive.schemes.index import shipped_rules
from sgincentive.words import Lang, Text


def show_coverage(*, place: str | None, folders: Sequence[Path], lang: Lang, as_json: bool) -> int:
    """Run ``coverage``; gives the exit status."""
    code = division_asked(place, lang)
    chosen = [shipped_rules(), *folders] if folders else []
    rules = load_rules(*chosen, examples=False)
    coverage = Coverage(rules.schemes())
    inside = coverage.inside(code or COUNTRY)
    if as_json:
        listed = coverage.on_record()
        if code is not None:
            listed = [*reversed(coverage.upwards(code)[1:]), *inside]
        here = {id for each in listed for id in (*each.schemes, *(r.record for r in each.reasons))}
        print_json(
            {
                "records": [
                    record_json(each, lang)
                    for each in coverage.records()
                    if code is None or here & {each.record.id, *each.schemes}
                ],
                "divisions": [division_json(each, lang) for each in listed],
                "counts": asdict(counts(inside)),
            }
        )
        return OK
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 80)
    if code is None:
        lines = country_lines(coverage, inside, lang)
    else:
        lines = place_lines([*reversed(coverage.upwards(code)[1:]), *inside], lang)
    for line in [*lines, NO_RECORD_IS_NO_ANSWER.get(lang)]:
        print_lines(console, line)
    return OK


def country_lines(coverage: Coverage, inside: Sequence[DivisionCoverage], lang: Lang) -> list[str]:
    """The records in one line, and one line for each province."""
    by_record = coverage.records()
    states = [each.state for each in by_record]
    encoded, without = states.count("encoded"), states.count("no_computable_terms")
    gaps = states.count("not_encoded")
    lines = [
        Text(
            f"共 {len(states)} 条记录：已编写规则 {encoded} 条，没有可计算条款 {without} 条，"
            f"尚待编写 {gaps} 条",
            f"{len(states)} records: {encoded} with rule files, {without} without computable "
            f"terms, {gaps} still to be encoded",
        ).get(lang)
    ]
    by_province: dict[str, list[DivisionCoverage]] = {}
    for each in inside:
        by_province.setdefault(province_of(each.code), []).append(each)
    empty = []
    for place in (COUNTRY, *children(COUNTRY)):
        found = counts(by_province[place])
        schemes = len({id for each in by_province[place] for id in each.schemes})
        name = get(place).name
        if not found.encoded and not found.no_computable_terms:
            empty.append(name)
            continue
        line = Text(
            f"{name}：已收录 {schemes} 项，涉及 {found.encoded} 个地区",
            f"{name}: schemes: {schemes}, of divisions: {found.encoded}",
        ).get(lang)
        if found.no_computable_terms:
            n = found.no_computable_terms
            line += Text(
                f"；{n} 个地区有记录但没有可计算的条款", f"; without computable terms: {n}"
            ).get(lang)
        n = found.nothing_on_record
        lines.append(line + Text(f"；{n} 个地区没有记录", f"; nothing on record: {n}").get(lang))
    return [*lines, *nothing_line(empty, lang)]


def place_lines(found: Sequence[DivisionCoverage], lang: Lang) -> list[str]:
    """Each division with what is on record for it; those with nothing in one line."""
    lines, nothing = [], []
    colon = Text("：", ": ").get(lang)
    for each in found:
        name = get(each.code).full_name
        if each.state == "nothing_on_record":
            nothing.append(get(each.code).name)
            continue
        lines.append(f"{name} ({each.code}){colon}{STATES[each.state].get(lang)}")
        lines += [f"  {id}" for id in each.schemes]
        lines += [f"  {x.title.get(lang)}{colon}{x.why.get(lang)}" for x in each.reasons]
    return [*lines, *nothing_line(nothing, lang)]


def nothing_line(names: Sequence[str], lang: Lang) -> list[str]:
    """The places with nothing on record, in one line; no line where there is none."""
    if not names:
        return []
    colon = Text("：", ": ").get(lang)
    return [f"{STATES['nothing_on_record'].get(lang)}{colon}{'、'.join(names)}"]
