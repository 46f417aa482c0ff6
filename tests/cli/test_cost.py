"""What changed terms would cost: sums, who gains, who loses, charts, and changes that cannot be."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest

from sgincentive.roster import chart
from tests.cli.command_line import RULE, Run
from tests.cli.sheets import HEADINGS, ON, SCHEME, flat, people, person, records_of, text, workbook


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Four persons to whom 1,500, 3,000, 5,000 and perhaps 1,500 are due, and a bad row."""
    path = tmp_path / "roster.xlsx"
    rows = [*people(3), person(level="初级", 编制类型=None), person(obtained="坏")]
    workbook(path, rows)
    return path


def cost(run: Run, *arguments: Any) -> dict[str, Any]:
    """The comparison as JSON."""
    ran = run("cost", *arguments, "--scheme", SCHEME, "--on", ON, "--json")
    assert ran.status == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_totals_and_who_gains_and_loses(run: Run, roster: Path) -> None:
    found = cost(run, roster, "--set", "amount.senior=8000", "--set", "amount.assistant=1000")
    assert (found["today"]["min"], found["changed"]["min"]) == ("9500.00", "12000.00")
    assert found["today"]["undecided_max"] == "1500.00"
    effects = found["effects"]
    assert (effects["gains"]["rows"], effects["gains"]["difference"]) == ([4], "3000.00")
    assert (effects["loses"]["rows"], effects["loses"]["difference"]) == ([2], "-500.00")
    assert effects["same"]["rows"] == [3]
    assert effects["open"]["rows"] == [5]
    assert (found["rows_in"], found["rows_out"], found["rows_rejected"]) == (5, 4, 1)
    assert found["changes"][0] == {
        "version": "2024", "path": "amount.senior", "before": "5000", "after": "8000",
    }  # fmt: skip


def test_summary_for_people(run: Run, roster: Path) -> None:
    ran = run("cost", roster, "--scheme", SCHEME, "--on", ON, "--set", "amount.senior=8000")
    assert ran.status == 0
    assert "改动（版本 2024）：amount.senior 由 5000 改为 8000" in flat(ran.out)
    assert "增加：1 人，合计 +3,000.00" in ran.out
    assert "第 4 行：5,000.00 → 8,000.00" in ran.out
    assert "核对：读入 5 行 = 结果 4 行 + 拒收 1 行" in ran.out
    assert "第 6 行 D6（obtained）" in flat(ran.out)
    english = run(
        "cost", roster, "--scheme", SCHEME, "--on", ON, "--set", "amount.senior=1", "--lang", "en"
    )
    assert "loses: 1 people, -4,999.00 in all" in english.out


def test_todays_terms_alone(run: Run, roster: Path) -> None:
    found = cost(run, roster)
    assert found["today"] == found["changed"]
    assert found["changes"] == []


def test_rows_written(run: Run, roster: Path, tmp_path: Path) -> None:
    outs = [tmp_path / f"rows{ending}" for ending in (".xlsx", ".csv", ".parquet")]
    options = [each for out in outs for each in ("-o", out)]
    found = cost(run, roster, "--set", "amount.senior=8000", *options)
    assert found["files"] == [str(out) for out in outs]
    rows = records_of(outs[0], "Sheet1")
    assert [row["增减"] for row in rows] == ["不变", "不变", "增加", "不变"]
    assert [row["差额（元）"] for row in rows] == [0, 0, 3000, 0]
    assert rows[2]["现行 金额（元）"] == 5000
    assert rows[2]["改动后 金额（元）"] == 8000
    assert all(out.stat().st_size for out in outs)


@pytest.mark.parametrize(("name", "start"), [("c.svg", b"<?xml"), ("c.png", b"\x89PNG")])
def test_chart(run: Run, roster: Path, tmp_path: Path, name: str, start: bytes) -> None:
    out = tmp_path / name
    cost(run, roster, "--set", "amount.senior=8000", "-o", out)
    assert out.read_bytes().startswith(start)
    ran = run("cost", roster, "--scheme", SCHEME, "--on", ON, "-o", out)
    assert "已存在，未改动" in flat(ran.err)
    assert run("cost", roster, "--scheme", SCHEME, "--on", ON, "-o", out, "--force").status == 0


def test_chart_without_levels_or_chinese_fonts(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    recwarn: pytest.WarningsRecorder, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    path = tmp_path / "in.csv"
    at = HEADINGS.index("证书级别")
    path.write_text(
        text([r[:at] + r[at + 1 :] for r in people(2)], HEADINGS[:at] + HEADINGS[at + 1 :]), "utf-8"
    )
    monkeypatch.setattr(chart, "CHINESE_FONTS", ("No Such Font",))
    asked = (path, "--scheme", SCHEME, "--on", ON)
    picture = run("cost", *asked, "-o", tmp_path / "c.png")
    assert flat(picture.out).count("没有安装中文字体") == 1
    assert "没有安装中文字体，图中文字用英文" in flat(picture.out)
    drawn = run("cost", *asked, "-o", tmp_path / "c.svg")
    assert flat(drawn.out).count("没有安装中文字体") == 1
    assert "的文字由打开它的程序选用字体" in flat(drawn.out)
    assert "现行标准" in (tmp_path / "c.svg").read_text("utf-8")
    english = run("cost", *asked, "-o", tmp_path / "c.svg", "--force", "--lang", "en")
    assert "font" not in english.out
    for ran in (picture, drawn, english):
        assert (ran.status, ran.err) == (0, "")
    # Nor has the plotting library anything to say, each glyph a line of its own.
    assert not [w for w in recwarn if "matplotlib" in w.filename or "font" in str(w.message)]
    assert not caplog.records


def test_no_plotting_library(
    run: Run, roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.import_module

    def none(name: str) -> Any:
        if name.startswith("matplotlib"):
            raise ModuleNotFoundError(name)
        return real(name)

    monkeypatch.setattr(importlib, "import_module", none)
    ran = run("cost", roster, "--scheme", SCHEME, "--on", ON, "-o", tmp_path / "c.svg")
    assert ran.status == 2
    assert "pip install 'sgincentive[chart]'" in ran.err
    assert not (tmp_path / "c.svg").exists()


# ------------------------------------------------------------------- changes that cannot be


@pytest.mark.parametrize(
    ("change", "zh"),
    [
        ("amount.senor=8000", "没有这个位置提示: 是否想写 amount.senior？"),
        ("zzzzzz=1", "没有这个位置提示: 可改的有 requires"),
        ("amount.senior", "应写成 位置=新值"),
        ("requires=1", "这里是一组内容，请写到其中一项提示: 例如 requires.0"),
        ("requires.level=1", "这里是一组内容，请写到其中一项提示: 例如 requires.level.id"),
        ("amount.senior=8e3", "exam-reward.yaml (--set amount.senior=8e3)"),
        ("amount.senior=-1", "exam-reward.yaml (--set amount.senior=-1)"),
        ("amount.senior=}", "exam-reward.yaml (--set amount.senior=})"),
        ("requires.level.one_of=[cat]", "--set requires.level.one_of=[cat]"),
    ],
)
def test_change_that_cannot_be(run: Run, roster: Path, change: str, zh: str) -> None:
    ran = run("cost", roster, "--scheme", SCHEME, "--set", change)
    assert ran.status == 2
    assert ran.out == ""
    assert zh in flat(ran.err)


def test_the_loader_shows_the_changed_line(run: Run, roster: Path) -> None:
    ran = run("cost", roster, "--scheme", SCHEME, "--set", "amount.senior=8e3", "--lang", "en")
    assert "senior: 8e3}" in ran.err
    assert "^^^" in ran.err


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ("amount={by: certificate.level, assistant: 1, social_worker: 2, senior: 3}", "6.00"),
        ("versions.2024.amount.senior=6000", "10500.00"),
        ("versions.0.amount.senior=6000", "10500.00"),
        ("requires.level.one_of=[senior]", "5000.00"),
        ("requires.0.one_of=[senior]", "5000.00"),
    ],
)
def test_changes_of_other_places(run: Run, roster: Path, change: str, after: str) -> None:
    assert cost(run, roster, "--set", change)["changed"]["min"] == after


VERSIONS = (
    RULE.replace("    until: not_stated\n    last_confirmed: 2025-01", "    until: 2024-06-30")
    + """\
  - from: 2024-07-01
    until: not_stated
    last_confirmed: 2025-01
    sources: [{title: 测试通知, kind: repost, url: "http://example.org/"}]
    requires:
      - {fact: certificate.level, one_of: [assistant, social_worker, senior]}
    amount:
      by: certificate.level
      assistant: {range: [100, 200]}
      social_worker: [1,
        2]
      senior: 400
    paid_before: once
"""
)


def test_versions_and_bounds(run: Run, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    source = VERSIONS.replace(
        "social_worker: [1,\n        2]", "social_worker: {range: [\n        1, 300]}"
    )
    (rules / "reward.yaml").write_text(source, "utf-8")
    path = tmp_path / "in.csv"
    path.write_text("证书级别,取得日期,已发记录\n初级,2024-01-05,无\n中级,2024-01-05,无\n", "utf-8")
    asked = ("cost", path, "--scheme", "reward", "--rules", rules, "--json")

    def effects(*options: str) -> list[str]:
        ran = run(*asked, *options)
        assert ran.status == 0, ran.err
        found = json.loads(ran.out)["effects"]
        return [name for row in (2, 3) for name, each in found.items() if row in each["rows"]]

    new = ("--on", "2024-08-01", "--set")
    assert effects(*new, "amount.assistant.range=[150, 180]") == ["open", "same"]
    assert effects(*new, "amount.assistant.range=[100, 300]") == ["gains", "same"]
    assert effects(*new, "amount.assistant=not_published") == ["open", "same"]
    assert effects(*new, "amount.social_worker={range: [1, 2]}") == ["same", "loses"]
    assert effects(*new, "amount.assistant={at_least: 300}") == ["gains", "same"]
    old = ("--on", "2024-02-01", "--set")
    assert effects(*old, "amount.assistant=900") == ["same", "same"]
    assert effects(*old, "versions.0.amount=900") == ["loses", "loses"]


def test_steps_are_compared_too(run: Run, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    source = (
        RULE.replace("kind: one_off", "kind: points")
        .replace("payer: not_stated\n", "")
        .replace("amount: 1000", "amount: 3")
    )
    (rules / "points.yaml").write_text(source, "utf-8")
    path = tmp_path / "in.csv"
    path.write_text("证书级别,取得日期,已发记录\n初级,2024-01-05,无\n", "utf-8")
    out = tmp_path / "c.png"
    ran = run(
        "cost",
        path,
        "--scheme",
        "points",
        "--rules",
        rules,
        "--on",
        "2024-08-01",
        "--set",
        "amount=5",
        "-o",
        out,
    )
    assert ran.status == 0, ran.err
    assert "增加：1 人，合计 +2" in ran.out
    assert out.exists()


def test_scheme_without_an_amount(run: Run, roster: Path, tmp_path: Path) -> None:
    asked = ("cost", roster, "--scheme", "zhejiang/settlement-and-housing")
    assert "没有金额，无从比较" in run(*asked).err
    ran = run("cost", roster, "--scheme", SCHEME, "-o", tmp_path / "c.pdf")
    assert "图的文件名应以 .svg 或 .png 结尾" in flat(ran.err)


def test_many_rejected_rows(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person(), *(person(obtained="坏") for _ in range(12))])
    out = run("cost", path, "--scheme", SCHEME, "--on", ON).out
    assert "另有 2 行" in out
