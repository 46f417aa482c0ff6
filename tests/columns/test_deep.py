"""The deep run: it goes on where it was, and says what differs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from benchmarks import sameness
from tests.columns.libraries import EVERY, arrow

SCHEME = "heilongjiang/qitaihe/station-staffing"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sameness, "STATE", tmp_path / "build" / "state.jsonl")
    monkeypatch.setattr(sameness, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(sameness, "PART", 20)
    asked = ["--scheme", SCHEME, "--library", "pyarrow"]

    def run(*more: str) -> tuple[int, list[Any], str]:
        status = sameness.main([*asked, *more])
        lines = sameness.STATE.read_text("utf-8").splitlines()
        return status, [json.loads(line) for line in lines], sameness.PAGE.read_text("utf-8")

    return run


def test_it_goes_on_where_it_was(run: Any) -> None:
    assert run("--rows", "30", "--minutes", "-1")[1] == []
    status, parts, page = run("--rows", "30")
    assert status == 0
    assert [part["rows"] for part in parts] == [20, 10]
    assert f"| {SCHEME} | 30 |" in page
    assert run("--rows", "30")[1] == parts
    assert len(run("--rows", "30", "--seed", "1")[1]) == 4
    assert len(run("--rows", "20", "--fresh")[1]) == 1


def test_what_differs_is_said(
    run: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def wrong(*asked: Any, **more: Any) -> pa.Table:
        found = arrow(*asked, **more)
        at = found.column_names.index(f"{SCHEME}:decided_by")
        return found.set_column(at, f"{SCHEME}:decided_by", pa.array(["x"] * found.num_rows))

    monkeypatch.setitem(EVERY, "pyarrow", wrong)
    status, [part], page = run("--rows", "20")
    assert status == 1
    assert part["different"] > 0
    assert f"{part['different']} of them different" in page
    assert "decided_by='x'" in capsys.readouterr().out
