"""Lines for a terminal: Chinese and Latin text broken at the width, hanging under its bullet."""

from __future__ import annotations

import re
from itertools import accumulate

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

NOT_FIRST = frozenset("，。、；：！？）》」』”’】〉,.;:!?)]}%")
NOT_LAST = frozenset("（《「『“‘【〈([{")
LEAD = re.compile(r"\s*(?:[-?✓✗×·•] +)?")
# Runs of Latin letters, digits and signs stay together; every other character stands alone.
UNIT = re.compile(r"\s+|[!-~\u00a1-\u02af]+|.", re.DOTALL)


def wrap(line: str, width: int) -> list[str]:
    """``line`` in parts of at most ``width`` columns; later parts hang under the first word."""
    match = LEAD.match(line)
    lead = match[0] if match else ""
    room = max(2, width - cell_len(lead))
    parts: list[str] = []
    now = ""
    for blank, chunk in _chunks(line[len(lead) :]):
        gap = blank if now else ""
        if now and cell_len(now) + len(gap) + cell_len(chunk) > room:
            parts.append(now)
            now, gap = "", ""
        now += gap + chunk
        while cell_len(now) > room:
            fits = _fitting(now, room)
            parts.append(now[:fits])
            now = now[fits:]
    parts.append(now)
    hang = " " * cell_len(lead)
    return [(hang if i else lead) + part for i, part in enumerate(parts)]


def print_lines(console: Console, text: str) -> None:
    """The lines of ``text``, each broken at the width of the console."""
    for line in text.split("\n"):
        for part in wrap(line, console.width):
            console.print(Styled(part), soft_wrap=True)


def _chunks(text: str) -> list[tuple[str, str]]:
    """What must not be broken, each with the blank before it."""
    found: list[tuple[str, str]] = []
    blank = ""
    for match in UNIT.finditer(text):
        unit = match[0]
        if unit.isspace():
            blank = " "
        elif found and not blank and (unit[0] in NOT_FIRST or found[-1][1][-1] in NOT_LAST):
            found[-1] = (found[-1][0], found[-1][1] + unit)
        else:
            found.append((blank, unit))
            blank = ""
    return found


def _fitting(text: str, room: int) -> int:
    """How many characters of ``text`` fit, at least one."""
    return max(1, sum(used <= room for used in accumulate(map(cell_len, text))))
