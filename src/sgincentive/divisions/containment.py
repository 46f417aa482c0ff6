"""Whether one division lies within another, in three values."""

from __future__ import annotations

from functools import cache, lru_cache

from sgincentive.divisions import table

_Area = frozenset[str]


@cache
def _reach(code: str) -> _Area:
    """Current codes that together hold the whole area of ``code`` (they may hold more)."""
    parts = table.parts(code)
    if not parts:
        return frozenset((code,))
    return frozenset().union(*map(_reach, parts))


@cache
def _core(code: str) -> _Area:
    """Current codes that the area of ``code`` holds wholly (it may hold more)."""
    if not table.ended(code):
        return frozenset((code,))
    heirs = table.successors(code)
    found: _Area = frozenset()
    if table.same_area(code) and table.predecessors()[heirs[0]] == (code,):
        found = _core(heirs[0])
    return found.union(*map(_core, table.children(code)))


@lru_cache(maxsize=1 << 17)
def within(inner: str, outer: str) -> bool | None:
    """True if ``inner`` is ``outer`` or lies in it, False if they are disjoint, else None.

    None where ``inner`` lies above ``outer`` (a bare city code means "somewhere in it"), and where
    the changes of an ended code leave it open:

    - an ended ``inner`` is where its successors are now: its only successor's parents decide, not
      the ones it had; with several successors the answer stands only where all agree, and an
      ended prefecture is also where each county filed under it is now (简阳 left 资阳 for 成都);
    - an ended ``outer`` holds what was filed under it, and a successor that is its exact
      continuation and took in nothing else; any other successor only overlaps it (None).

    Raises KeyError for an unknown code.
    """
    for code in (inner, outer):
        if not table.known(code):
            raise KeyError(code)
    if outer in (inner, table.COUNTRY):
        return True
    if table.ended(outer) and outer in table.recorded(inner):
        return True
    parts = table.parts(inner)
    if parts and all(within(part, outer) is True for part in parts):
        return True
    chains = {code: table.recorded(code) for code in _reach(inner)}
    core = _core(outer)
    if all(any(part in chain for part in core) for chain in chains.values()):
        return True
    for part in _reach(outer):
        above = table.recorded(part)
        if any(part in chain or code in above for code, chain in chains.items()):
            return None
    return False
