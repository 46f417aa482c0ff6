"""The merge behind divisions.tsv, on a small made-up country."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "build_divisions", ROOT / "scripts" / "build_divisions.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


NEWER = {
    "110000": "北京市",
    "110100": "市辖区",
    "110101": "东城区",
    "330000": "浙江省",
    "330200": "甲市",
    "330203": "乙区",
    "330271": "甲经济技术开发区",
    "620201": "统计市",
}
OLDER = {
    "330000": "浙江省",
    "330200": "旧甲市",
    "330203": "旧乙区",
    "330281": "丙市",
    "330282": "丁市",
    "710000": "台湾省",
}


def test_merge(build: ModuleType) -> None:
    changes = [
        build.Change("330281", "丙市", "renamed", "2016", ("330203",)),
        build.Change("330201", "戊区", "split", "2010", ("330203", "330204")),
        build.Change("330204", "己区", "new", "2024", ()),
        build.Change("330200", "庚市", "former_name", "2010", ("330200",)),
    ]
    rows = build.merge(NEWER, OLDER, changes)
    assert ["\t".join(row) for row in rows] == [
        "000000\t全国\t\tcountry\t\t\t\t",
        "110000\t北京市\t000000\tprovince\t\t\t\t",
        "110100\t市辖区\t110000\tcity\t\t\t\t",
        "110101\t东城区\t110000\tcounty\t\t\t\t",
        "330000\t浙江省\t000000\tprovince\t\t\t\t",
        "330200\t甲市\t330000\tcity\t\t\t\t庚市",
        "330201\t戊区\t330200\tcounty\t\t2010\t330203,330204\t",
        "330203\t乙区\t330200\tcounty\t2016\t\t\t",
        "330204\t己区\t330200\tcounty\t2024\t\t\t",
        "330281\t丙市\t330200\tcounty\t\t2016\t=330203\t",
        "330282\t丁市\t330200\tcounty\t\t?\t\t",
        "710000\t台湾省\t000000\tprovince\t\t\t\t",
    ]
    shuffled = build.merge(dict(reversed(NEWER.items())), dict(reversed(OLDER.items())), changes)
    assert build.render(shuffled) == build.render(rows)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("330281", "丙市", "renamed", "2016", ("339999",)), "330281.*339999"),
        (("330281", "丙市", "split", "2016", ("330203",)), "330281.*split"),
        (("330281", "丙市", "merged", "2016", ()), "330281.*0 successors"),
        (("330203", "乙区", "merged", "2016", ("330200",)), "330203.*newer"),
        (("330281", "丙市", "gone", "2016", ()), "330281.*gone"),
    ],
)
def test_contradictions_are_errors(
    build: ModuleType, change: tuple[str, ...], message: str
) -> None:
    with pytest.raises(build.BuildError, match=message):
        build.merge(NEWER, OLDER, [build.Change(*change)])


def test_ending_twice_is_an_error(build: ModuleType) -> None:
    change = build.Change("330281", "丙市", "merged", "2016", ("330203",))
    with pytest.raises(build.BuildError, match="twice"):
        build.merge(NEWER, OLDER, [change, change])


def test_the_shipped_table_holds_the_shipped_changes(build: ModuleType) -> None:
    rows = {
        fields[0]: fields
        for line in (build.DATA / "divisions.tsv").read_text(encoding="utf-8").splitlines()
        if (fields := line.split("\t"))
    }
    for change in build.read_changes(build.DATA / "changes.tsv"):
        row = rows[change.code]
        if change.change in ("renamed", "merged", "split"):
            assert (row[1], row[5]) == (change.name, change.year)
            assert row[6].lstrip("=").split(",") == list(change.successors)
