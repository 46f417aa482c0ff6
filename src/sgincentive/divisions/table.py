"""The table of divisions: read when first asked for, each ``Division`` made when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from sgincentive.divisions.model import Division, Kind

COUNTRY = "000000"
SELF = "@self"
_HERE = Path(__file__).parent
# Headings of the code table that stand between a province and its counties (市辖区,
# 省直辖县级行政区划): known, but no level of their own: their counties belong to the province.
GROUPS = frozenset(
    ("110100", "120100", "310100", "500100", "500200", "419000", "429000", "469000", "659000")
)


class Row(NamedTuple):
    """One line of the table; texts as they stand in the file."""

    code: str
    name: str
    parent: str
    kind: str
    since: str
    until: str
    successors: str
    other_names: str


def _lines(name: str) -> list[list[str]]:
    text = (_HERE / name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line and line[0] != "#"]
    return rows[1:]


@cache
def rows() -> Mapping[str, Row]:
    """Every code and zone id with its line, sorted by code. Do not change it."""
    found = {fields[0]: Row._make(fields) for fields in _lines("divisions.tsv")}
    for code, name, others, parent in _lines("zones.tsv"):
        found[code] = Row(code, name, parent, "zone", "", "", "", others)
    return dict(sorted(found.items()))


def all_codes() -> tuple[str, ...]:
    """Every code and zone id, ended ones too, sorted (the ``@self`` codes are not listed)."""
    return tuple(rows())


def self_code(code: str) -> str:
    """The code of the level of ``code`` itself (市本级). Raises KeyError as ``get`` does."""
    made = code if code.endswith(SELF) else code + SELF
    get(made)
    return made


def base(code: str) -> str:
    """``330200`` of ``330200@self``; any other code unchanged."""
    return code[: -len(SELF)] if code.endswith(SELF) else code


def has_self(code: str) -> bool:
    """True for a code that has a level of its own: a current province, city or county."""
    row = rows().get(code)
    return (
        row is not None
        and not row.until
        and row.kind in ("province", "city", "county")
        and code not in GROUPS
    )


def known(code: str) -> bool:
    """True for every code that ``get`` accepts."""
    return code in rows() or (code.endswith(SELF) and has_self(base(code)))


@cache
def get(code: str) -> Division:
    """The division with this code, zone id or ``@self`` code; KeyError for any other text."""
    if code.endswith(SELF) and has_self(base(code)):
        above = get(base(code))
        return Division(code, above.name + "本级", above.full_name + "本级", above.code, "zone")
    row = rows()[code]
    full = row.name
    if row.parent and row.parent != COUNTRY:
        full = get(row.parent).full_name + full
    return Division(
        code=row.code,
        name=row.name,
        full_name=full,
        parent=row.parent or None,
        kind=cast(Kind, row.kind),
        since=date(int(row.since), 1, 1) if row.since else None,
        until=date(int(row.until), 12, 31) if row.until not in ("", "?") else None,
        successors=successors(code),
        ended=bool(row.until),
    )


def ended(code: str) -> bool:
    """True for a code that is no longer in use."""
    row = rows().get(code)
    return row is not None and bool(row.until)


def successors(code: str) -> tuple[str, ...]:
    """The codes that took over the area of an ended code; empty for any other."""
    row = rows().get(code)
    text = row.successors.lstrip("=") if row is not None else ""
    return tuple(text.split(",")) if text else ()


def parts(code: str) -> tuple[str, ...]:
    """What an ended code consists of now: its successors and what was filed under it."""
    return (*successors(code), *children(code)) if ended(code) else ()


def same_area(code: str) -> bool:
    """True when the only successor began with exactly the area of this ended code."""
    return rows()[code].successors.startswith("=")


@cache
def predecessors() -> Mapping[str, tuple[str, ...]]:
    """Successor -> the ended codes of its own level that went into it."""
    found: dict[str, tuple[str, ...]] = {}
    for code, row in rows().items():
        for target in successors(code):
            # An ended city repeats the successors of its counties.
            if row.kind != "city" or target.endswith("00"):
                found[target] = (*found.get(target, ()), code)
    return found


@cache
def _members() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, row in rows().items():
        if code not in GROUPS:
            found[row.parent] = (*found.get(row.parent, ()), code)
    return found


def children(code: str) -> tuple[str, ...]:
    """The divisions and zones directly below ``code``, by code.

    Of a current division: the current ones; of an ended one: those filed under it when it ended.
    Raises KeyError for an unknown code.
    """
    get(code)
    if code in GROUPS:
        prefix = code[:4]
        return tuple(c for c in rows() if c[:4] == prefix and c != code and not ended(c))
    found = _members().get(code, ())
    return found if ended(code) else tuple(c for c in found if not ended(c))


@cache
def recorded(code: str) -> tuple[str, ...]:
    """``code`` and every division it is filed under, up to the country, headings included."""
    if code == COUNTRY:
        return (COUNTRY,)
    division = get(code)
    parent = division.parent
    assert parent is not None
    heading = code[:4] + "00"
    if division.kind == "county" and heading in GROUPS and not division.ended:
        return (code, heading, *recorded(parent))
    return (code, *recorded(parent))


@cache
def ancestors(code: str) -> tuple[str, ...]:
    """What contains ``code``, nearest first, up to ``000000``.

    An ended code lies where its area lies now: in its only successor and what is above that, or,
    with several successors, in what they have in common. Raises KeyError for an unknown code.
    """
    get(code)
    chains = [(s, *ancestors(s)) for s in parts(code)]
    if not chains:
        return tuple(c for c in recorded(code)[1:] if c not in GROUPS)
    return tuple(c for c in chains[0] if all(c in chain for chain in chains[1:]))
