"""The page ``docs/coverage.md``, made from the rule files and the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sgincentive.coverage.report import (
    COUNTRY,
    Coverage,
    DivisionCoverage,
    RecordCoverage,
    below,
    own_place,
)
from sgincentive.divisions import ancestors, children, get
from sgincentive.schemes.model import Scheme

INTRO = """\
# What is on record

Made from the rule files and `src/sgincentive/coverage/records.tsv`; do not edit it by hand.

本页由规则文件生成。没有记录不等于没有待遇，只表示本库尚未收录。
Nothing on record does not mean that nothing is due: only that this library has none.
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many current divisions are in which state."""

    encoded: int
    no_computable_terms: int
    nothing_on_record: int


def counts(found: Iterable[DivisionCoverage]) -> Counts:
    """The divisions by state."""
    states = [each.state for each in found]
    return Counts(
        states.count("encoded"),
        states.count("no_computable_terms"),
        states.count("nothing_on_record"),
    )


def coverage_markdown(schemes: Mapping[str, Scheme]) -> str:
    """The whole page."""
    coverage = Coverage(schemes.values())
    by_record = coverage.records()
    lines = [INTRO, *summary(by_record)]
    on_record = coverage.on_record()
    for place in (COUNTRY, *children(COUNTRY)):
        mine = [each for each in on_record if province_of(each.code) == place]
        lines += ["", f"## {get(place).name}", ""]
        inside = [] if place == COUNTRY else list(below(place))
        if inside:
            n = counts(coverage.of(code) for code in inside)
            lines.append(
                f"{n.encoded} of {len(inside)} divisions have a scheme of their own, "
                f"{n.no_computable_terms} a record without computable terms, "
                f"{n.nothing_on_record} nothing."
            )
        if mine:
            lines += ["", "| place | code | on record |", "|---|---|---|"]
            lines += [row(each, schemes) for each in mine]
        elif not inside:
            lines.append("Nothing on record.")
    return "\n".join(lines) + "\n"


def summary(by_record: Iterable[RecordCoverage]) -> list[str]:
    """How many records are encoded, and those that are not with the reason."""
    found = list(by_record)
    without = [each for each in found if each.state == "no_computable_terms"]
    gaps = [each.record.id for each in found if each.state == "not_encoded"]
    encoded = len(found) - len(without) - len(gaps)
    lines = [
        f"Of {len(found)} records, {encoded} have rule files, {len(without)} state nothing that "
        f"can be computed (listed with the reason), {len(gaps)} are still to be encoded.",
    ]
    if gaps:
        lines += ["", "Still to be encoded: " + ", ".join(f"`{id}`" for id in gaps) + "."]
    return lines


def province_of(code: str) -> str:
    """The province of a division, or the country."""
    chain = (own_place(code), *ancestors(own_place(code)))
    return chain[-2] if len(chain) > 1 else COUNTRY


def row(found: DivisionCoverage, schemes: Mapping[str, Scheme]) -> str:
    """One division of the table."""
    division = get(found.code)
    cells = [
        f"[{schemes[id].title.zh}](../rules/{id}.yaml) {schemes[id].title.en}"
        for id in found.schemes
    ]
    cells += [
        f"{each.title.zh} {each.title.en}: no computable terms: {each.why.zh} {each.why.en}"
        for each in found.reasons
    ]
    name = division.full_name.replace("|", "/")
    return f"| {name} | {found.code} | {'<br>'.join(cells).replace('|', '/')} |"
