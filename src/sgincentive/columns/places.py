"""Divisions in columns: which codes lie within some divisions, as tests of the text of a cell."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sgincentive.columns import expr as e
from sgincentive.columns.expr import Expr
from sgincentive.divisions import table, within


@cache
def all_codes() -> frozenset[str]:
    """Every code that a cell may hold, the levels themselves (``330200@self``) included."""
    codes = table.all_codes()
    return frozenset((*codes, *(code + table.SELF for code in codes if table.has_self(code))))


@cache
def _kin() -> dict[str, frozenset[str]]:
    """Province (two digits) -> the codes that may have to do with it."""
    found: dict[str, set[str]] = {}
    for code in all_codes():
        for province in _provinces(table.base(code)):
            found.setdefault(province, set()).add(code)
    return {province: frozenset(codes) for province, codes in found.items()}


@cache
def _provinces(code: str) -> frozenset[str]:
    own = {each[:2] for each in table.recorded(code) if each[0].isdigit()}
    return frozenset(own).union(*(_provinces(part) for part in table.parts(code)))


@cache
def codes_within(outer: str) -> tuple[frozenset[str], frozenset[str]]:
    """The codes that lie in a division, and those of which it is not known."""
    if outer == table.COUNTRY:
        return all_codes(), frozenset()
    near: set[str] = {table.COUNTRY}
    for province in _provinces(table.base(outer)) - {"00"}:
        near |= _kin().get(province, frozenset())
    sure: set[str] = set()
    may: set[str] = set()
    for code in near:
        answer = within(code, outer)
        if answer is not False:
            (sure if answer else may).add(code)
    return frozenset(sure), frozenset(may)


def inside(raw: Expr, outers: Iterable[str]) -> tuple[Expr, Expr]:
    """The rows whose place lies in one of the divisions, and those of which it is not known."""
    sure: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    for outer in outers:
        more_sure, more_may = codes_within(outer)
        sure, may = sure | more_sure, may | more_may
    return e.any_(*_tests(raw, sure)), e.is_in(raw, may - sure)


def _tests(raw: Expr, codes: frozenset[str]) -> list[Expr]:
    """Tests for a set of codes: by what they begin with where whole divisions are in it."""
    return [
        *(e.starts(raw, prefix) for prefix in sorted(_prefixes(codes))),
        e.is_in(raw, (code for code in codes if not code.startswith(_prefixes(codes)))),
    ]


@cache
def _prefixes(codes: frozenset[str]) -> tuple[str, ...]:
    """What the codes of whole provinces and cities begin with, where no other code does."""
    found: list[str] = []
    for size in (0, 2, 4):
        for prefix in sorted({code[:size] for code in codes if code[0].isdigit()}):
            if prefix.startswith(tuple(found)) if found else False:
                continue
            if _by_prefix()[prefix] <= codes and len(_by_prefix()[prefix]) > 2:
                found.append(prefix)
    return tuple(found)


@cache
def _by_prefix() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code in all_codes():
        for size in (0, 2, 4):
            found.setdefault(code[:size], set()).add(code)
    return {prefix: frozenset(codes) for prefix, codes in found.items()}
