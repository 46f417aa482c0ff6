"""Measure everything, print the table and write ``docs/benchmarks.md``."""

from __future__ import annotations

from benchmarks import engine, page, processes
from benchmarks.rows import HEAD, Row


def print_table(rows: list[Row]) -> None:
    """The table for a terminal."""
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(HEAD))]
    for line in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)))


def main() -> None:
    """Run it."""
    rows, notes = engine.measure()
    rows += processes.measure()
    print_table(rows)
    for note in notes:
        print(note)
    page.write(rows, notes)


if __name__ == "__main__":
    main()
