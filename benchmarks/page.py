"""The page ``docs/benchmarks.md``: machine, versions, table, notes."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.rows import Row, markdown

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
PACKAGES = ("pydantic", "pydantic-core", "python-dateutil", "PyYAML", "click", "rich", "zen-engine")

TEXT = """# Benchmarks

Written by `make bench` (`python -m benchmarks`) on {day}; do not edit by hand.

{verdict}

Machine: {machine}; load average before the run {load}. Versions: {versions}.

{table}

## How it is measured

- Eight made-up schemes, close to real ones, are rule files in `benchmarks/rules/`. One call takes
  one worker through seven of them and one project through the eighth.
- Profiles are drawn by a seeded generator (`benchmarks/profiles.py`, `benchmarks/uncertain.py`).
  *Every fact known*: one certificate, post, exam, fee, payment and spell of insurance.
  *Several entries*: 1 to 3 certificates and posts, up to 2 exams, fees and earlier payments; each
  fact, and each list other than certificates and posts, is unknown with a chance of 10%.
- The hand-written functions read the same plain facts as the engine. For *every fact known* they
  look at the first entry of each list only, which favours them (`benchmarks/reference.py`); the
  others (`benchmarks/reference_unknown.py`) give outcome, both bounds and the missing facts.
- "Outcomes and amounts" run `Rules.outcomes`, "full decisions" `Rules.check`: decisions whose
  reasons are found when they are asked for. Where every fact is known and each list has one entry,
  both come from one generated function for all schemes; else from one a scheme.
- "Dict to decisions" with several entries cannot meet its target by a quicker engine alone: the
  hand-written functions take twice as long as the validation that it is compared with.
- A ratio is the median of rounds in which both are timed in turns, pinned to one core, each for at
  least 150 ms over 1,000 profiles; the spread is the lowest and the highest round. Processes: 15
  rounds (9 with 1,000 files more) after two that warm the file cache and the byte code. The columns
  "ours" and "theirs" are median times of one call or process.
- Garbage collection is on. Nothing is timed in `tests/`.

## Are the answers the same?

{notes}

## What is not compared

- The verdict of s8 carries no figures: the two shares that the earlier measurements summed beside
  it are in the explanation of its requirements only, so that they are not in the sums here.
- zen-engine reads the first entry of each list, knows no unknown facts, and counts months on the
  same day number; its sums are compared with the reference under that rule. {zen}
- The target for rule files of another place is "must not grow"; 1.1 is taken for it.
"""


def machine() -> str:
    """Processor, cores, memory and system."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    memory = ""
    if hasattr(os, "sysconf"):
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        memory = f", {size / 2**30:.0f} GiB"
    return f"{model}, {os.cpu_count()} cores{memory}, {platform.system()} {platform.release()}"


def installed(name: str) -> str | None:
    """The version of a package, None where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def load_average() -> str:
    """How busy the machine was in the last minute: above 0 others were at work."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def write(rows: list[Row], notes: list[str], load: str) -> None:
    """Write the page."""
    versions = [f"{platform.python_implementation()} {platform.python_version()}"]
    versions += [f"{n} {found}" for n in PACKAGES if (found := installed(n))]
    asked = [row for row in rows if row.met is not None]
    met = sum(row.met is True for row in asked)
    missed = [f"{row.name} (against {row.against})" for row in asked if row.met is False]
    verdict = f"**{met} of {len(asked)} targets are met.**"
    if missed:
        verdict += " Missed:\n\n" + "\n".join(f"- {name}" for name in missed)
    zen = "" if installed("zen-engine") else "It was not installed, so its rows are missing."
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(
        TEXT.format(
            day=datetime.now(UTC).date().isoformat(),
            verdict=verdict,
            machine=machine(),
            load=load,
            versions=", ".join(versions),
            table=markdown(rows),
            notes="\n".join(f"- {note}" for note in notes),
            zen=zen,
        ),
        encoding="utf-8",
    )
