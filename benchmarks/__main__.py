"""Measure everything, print the table and write ``docs/benchmarks.md``."""

from __future__ import annotations

import os

from benchmarks import engine, every_scheme, page, processes
from benchmarks.rows import HEAD, Row


def print_table(rows: list[Row]) -> None:
    """The table for a terminal."""
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(HEAD))]
    for line in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))


def main() -> None:
    """Run it, on one core where the system lets us choose."""
    load = page.load_average()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    rows, notes = engine.measure()
    rows += every_scheme.measure()
    rows += processes.measure()
    print_table(rows)
    for note in notes:
        print(note)
    page.write(rows, notes, load)


if __name__ == "__main__":
    main()
