"""The deep run of sameness: what tables say against the scalar engine, for a million rows a scheme.

    python -m benchmarks.sameness [--rows 1000000] [--scheme ID]... [--library polars]...
                                  [--seed 0] [--minutes 60] [--fresh]

Rows are drawn as in the tests (``tests/columns/rosters.py``), in parts of which each has columns,
a day and lists of its own. What is done stands in ``build/sameness.jsonl``: a run that was stopped
goes on where it was; another program runs all again, a changed rule file counts as not run.
At the end the newest of everything is written to ``docs/sameness.md`` (``--fresh`` forgets all). The exit status is 1 where any row differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.page import installed, machine
from sgincentive import Rules, load_rules
from tests.columns.libraries import EVERY, Library
from tests.columns.rosters import roster
from tests.columns.sameness import Said, by_columns, by_engine, differences, question

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / "build" / "sameness.jsonl"
PAGE = ROOT / "docs" / "sameness.md"
ROWS = 1_000_000
PART = 50_000
"""So many rows are drawn, asked and compared at once."""
LIBRARIES = ("polars", "duckdb")
PACKAGES = {
    "polars": "polars", "lazy polars": "polars", "pandas": "pandas", "pandas of Arrow": "pandas",
    "pyarrow": "pyarrow", "duckdb": "duckdb", "dask": "dask",
}  # fmt: skip

TEXT = """# Sameness: tables against the scalar engine

Written by `python -m benchmarks.sameness` (`make deep`) on {day}; do not edit by hand.

{verdict}

Machine: {machine}. Versions: {versions}; the program is {program}.

Each row is drawn at random and at the boundaries of the scheme's own terms, with blank cells, cells that say nothing is there, and some rows
that are no profile at all, which must then have no answer. It is asked of the engine as the profile that `profile_of` makes of it, and of each
library by `check_table`; outcome, both ends of the amount, whether it is published, the missing facts and the requirement that decided must be
equal. Rows that are alike within a part of at most {part:,} rows are asked of the engine once ("different rows"). "By the engine": the share of
answers that a table itself leaves to the scalar engine, because columns cannot express them; these are compared too, and prove little.

{table}

To run it again, deeper or for other schemes:

```sh
make deep                                                        # a million rows for every scheme: days
.venv/bin/python -m benchmarks.sameness --rows 1000              # a thousand rows for every scheme
.venv/bin/python -m benchmarks.sameness --scheme zhejiang/ningbo/exam-reward --library pandas --minutes 30
```
"""
HEAD = "| scheme | rows | different rows | libraries | by the engine | seeds | differences |"


@dataclass(frozen=True, slots=True)
class Part:
    """One table that was asked, and how many of its rows differ in any library."""

    scheme: str
    digest: str
    program: str
    seed: int
    number: int
    rows: int
    distinct: int
    libraries: tuple[str, ...]
    by_engine: int
    different: int
    seconds: float


def program() -> str:
    """A digest of the program and of what draws and compares."""
    found = hashlib.sha256()
    folders = (ROOT / "src" / "sgincentive", ROOT / "tests" / "columns")
    for file in sorted(f for folder in folders for f in folder.rglob("*.py")):
        if not file.name.startswith("test_"):
            found.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:12]


def asked_once(
    rows: Sequence[dict[str, Any]], ask: Callable[[list[dict[str, Any]]], list[Said]]
) -> tuple[list[Said], int]:
    """What the engine says of each row, where rows that are alike are asked once; and how many
    different ones there are."""
    places: dict[tuple[Any, ...], int] = {}
    numbers = [places.setdefault(tuple(row.values()), len(places)) for row in rows]
    first: dict[int, dict[str, Any]] = {}
    for number, row in zip(numbers, rows, strict=True):
        first.setdefault(number, row)
    said = ask([first[n] for n in range(len(places))])
    return [said[n] for n in numbers], len(places)


def run_part(
    rules: Rules, id: str, seed: int, number: int, rows: int, libraries: dict[str, Library],
    version: str,
) -> Part:  # fmt: skip
    """Draw a table, ask it of the engine and of libraries, and print what differs."""
    start = time.perf_counter()
    scheme = rules[id].scheme
    drawn = seed * 1_000_000 + number
    table = roster(scheme, drawn, rows, rules.overriding(scheme))
    on, complete = question(scheme, drawn)
    cells = table.to_pylist()
    expected, distinct = asked_once(
        cells, lambda some: by_engine(rules, scheme, some, on, complete, date.today())
    )
    different: set[int] = set()
    singly = 0
    for name, library in libraries.items():
        found = library(rules, table, schemes=id, on=on, complete=complete)
        said = by_columns(found, scheme)
        wrong = {i for i, (a, b) in enumerate(zip(expected, said, strict=True)) if a != b}
        if wrong:
            print(f"{name}, seed {drawn}, {rows} rows:")
            print("\n".join(differences(scheme, cells, expected, said)), flush=True)
        different |= wrong
        singly = sum(map(bool, found[f"{id}:by_row"].to_pylist()))
    seconds = round(time.perf_counter() - start, 1)
    return Part(
        id, scheme.digest, version, seed, number, rows, distinct, tuple(libraries), singly,
        len(different), seconds,
    )  # fmt: skip


def done(state: Path, rules: Rules) -> list[Part]:
    """What was run with these rule files, by this program or an earlier one."""
    if not state.is_file():
        return []
    found = []
    for line in state.read_text(encoding="utf-8").splitlines():
        part = Part(**{**(data := json.loads(line)), "libraries": tuple(data["libraries"])})
        if part.scheme in rules and part.digest == rules[part.scheme].scheme.digest:
            found.append(part)
    return found


def newest(parts: Iterable[Part]) -> list[Part]:
    """The parts without those that were run again."""
    found = {(p.scheme, p.seed, p.number, p.rows, p.libraries): p for p in parts}
    return list(found.values())


def page(parts: Iterable[Part], schemes: int) -> str:
    """The page of everything that was run."""
    by_scheme: dict[str, list[Part]] = {}
    programs: dict[str, int] = {}
    for part in parts:
        by_scheme.setdefault(part.scheme, []).append(part)
        programs[part.program] = programs.get(part.program, 0) + part.rows
    lines = [HEAD, "|---|---:|---:|---|---:|---|---:|"]
    for id, mine in sorted(by_scheme.items(), key=lambda x: (-sum(p.rows for p in x[1]), x[0])):
        rows = sum(p.rows for p in mine)
        names = ", ".join(dict.fromkeys(n for p in mine for n in p.libraries))
        seeds = ", ".join(str(s) for s in sorted({p.seed for p in mine}))
        share = sum(p.by_engine for p in mine) / rows
        lines.append(
            f"| {id} | {rows:,} | {sum(p.distinct for p in mine):,} | {names} | {share:.1%} "
            f"| {seeds} | {sum(p.different for p in mine):,} |"
        )
    every = [p for mine in by_scheme.values() for p in mine]
    rows, wrong = sum(p.rows for p in every), sum(p.different for p in every)
    deep = sum(sum(p.rows for p in mine) >= ROWS for mine in by_scheme.values())
    verdict = (
        f"**{rows:,} rows of {len(by_scheme)} of {schemes} schemes, {wrong:,} of them different.** "
        f"{deep} schemes had {ROWS:,} rows or more, the others as many as the table says. "
        f"It took {sum(p.seconds for p in every) / 60:.0f} minutes."
    )
    used = {PACKAGES[n] for p in every for n in p.libraries}
    versions = [f"{platform.python_implementation()} {platform.python_version()}"]
    versions += [f"{n} {installed(n)}" for n in sorted({*used, "narwhals"})]
    return TEXT.format(
        day=datetime.now(UTC).date().isoformat(), verdict=verdict, machine=machine(),
        versions=", ".join(versions), program=f"sgincentive {installed('sgincentive')}, sources " + ", ".join(
            f"{name} for {rows:,} rows" for name, rows in programs.items()
        ),
        part=PART, table="\n".join(lines),
    )  # fmt: skip


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sameness", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of each scheme")
    parser.add_argument("--scheme", action="append", metavar="ID", help="default: every scheme")
    parser.add_argument("--library", action="append", choices=sorted(EVERY),
                        help=f"default: {', '.join(LIBRARIES)}")  # fmt: skip
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, help="begin no further part after so many")
    parser.add_argument("--fresh", action="store_true", help="forget what was done")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is not done yet and write the page; gives the exit status."""
    asked = options(arguments)
    rules = load_rules()
    version = program()
    if asked.fresh:
        STATE.unlink(missing_ok=True)
    STATE.parent.mkdir(exist_ok=True)
    found = done(STATE, rules)
    libraries = {name: EVERY[name] for name in asked.library or LIBRARIES}
    last = None if asked.minutes is None else time.monotonic() + 60 * asked.minutes
    try:
        with STATE.open("a", encoding="utf-8") as file:
            for part in wanted(rules, asked, found, version, libraries, last):
                found.append(part)
                file.write(json.dumps(asdict(part)) + "\n")
                file.flush()
                print(f"{part.scheme} part {part.number}: {part.rows:,} rows, {part.different} "
                      f"different, {part.seconds} s", flush=True)  # fmt: skip
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
    found = newest(found)
    PAGE.write_text(page(found, len(rules)), encoding="utf-8")
    return 1 if any(part.different for part in found) else 0


def wanted(
    rules: Rules, asked: argparse.Namespace, found: Sequence[Part], version: str,
    libraries: dict[str, Library], last: float | None,
) -> Iterable[Part]:  # fmt: skip
    """The parts that are not done yet, one after another, until the time is over."""
    mine = [p for p in found if p.program == version]
    have = {(p.scheme, p.seed, p.number, p.rows): set(p.libraries) for p in mine}
    for id in asked.scheme or rules:
        for number, start in enumerate(range(0, asked.rows, PART)):
            if last is not None and time.monotonic() > last:
                return
            rows = min(PART, asked.rows - start)
            if not set(libraries) <= have.get((id, asked.seed, number, rows), set()):
                yield run_part(rules, id, asked.seed, number, rows, libraries, version)


if __name__ == "__main__":
    sys.exit(main())
