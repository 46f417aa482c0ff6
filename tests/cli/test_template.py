"""The template: what is asked for, what may be chosen, and that it can be read when filled in."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.cli.command_line import RULE, Run
from tests.cli.sheets import ON, SCHEME, flat, records_of

RICH = RULE.replace(
    "    requires:\n",
    """    requires:
      - {id: office, confirmed: office, text: {zh: 机关认定, en: found by the office}}
      - {fact: sex, is: female}
      - {id: points, fact: points_total, at_least: 100}
""",
)


def rules_of(chosen: Any) -> Iterator[tuple[str, Any]]:
    """What the sheet checks, by the column that it checks."""
    for each in chosen.data_validations.dataValidation:
        yield str(each.sqref).rstrip("0123456789").rpartition(":")[2], each


def test_only_the_columns_that_the_scheme_needs(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    ran = run("template", path, "--scheme", SCHEME)
    assert ran.status == 0, ran.err
    assert "26 列；第 2 张表说明每一列怎样填写" in ran.out
    book = openpyxl.load_workbook(path)
    form = book["名册"]
    headings = [cell.value for cell in form[1]]
    assert headings[:4] == ["姓名", "人员编号", "申请日期", "证书级别"]
    assert {"工作经历", "已发记录", "编制类型"} < set(headings)
    assert "性别" not in headings
    assert form.freeze_panes == "A2"
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "hidden"]


def test_lists_and_checked_days(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    run("template", path, "--scheme", SCHEME)
    book = openpyxl.load_workbook(path)
    form = book["名册"]
    by_column = dict(rules_of(form))
    checks: dict[str, Any] = {
        str(form.cell(1, column).value): by_column.get(get_column_letter(column))
        for column in range(1, form.max_column + 1)
    }
    level = checks["证书级别"]
    assert level.type == "list"
    assert level.showErrorMessage
    sheet, _, cells = level.formula1.replace("'", "").replace("$", "").partition("!")
    chosen = [row[0].value for row in book[sheet][cells]]
    assert chosen == ["助理社会工作师", "社会工作师", "高级社会工作师", "不详", "无"]
    assert (checks["考试年度"].type, checks["考试年度"].formula1, checks["考试年度"].formula2) == (
        "whole",
        "1900",
        "2100",
    )
    assert checks["取得日期"].type == "date"
    place = checks["核查地点"]
    assert not place.showErrorMessage
    sheet, _, cells = place.formula1.replace("'", "").replace("$", "").partition("!")
    assert "浙江省宁波市海曙区" in [row[0].value for row in book[sheet][cells]]


def test_second_sheet_explains_each_column(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    run("template", path, "--scheme", SCHEME)
    notes = {row["列"]: row for row in records_of(path, "填写说明")}
    assert [c.value for c in openpyxl.load_workbook(path)["名册"][1]] == list(notes)
    assert notes["编制类型"]["空白表示"] == "不知道（按未知处理，不等于没有）"
    assert notes["离岗日期"]["空白表示"] == "仍在岗"
    assert "不知道" in notes["离岗日期"]["“不详”表示"]
    assert notes["已发记录"]["“无”表示"] == "一项也没有"
    assert notes["证书级别"]["事实"] == "certificate.level"
    assert "null" not in str(notes)
    assert "[]" not in str(notes)


def test_words_of_an_office_and_numbers(run: Run, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "reward.yaml").write_text(RICH, "utf-8")
    path = tmp_path / "form.xlsx"
    ran = run("template", path, "--scheme", "reward", "--rules", rules, "--json", "--lang", "en")
    assert ran.status == 0, ran.err
    columns = {c["fact"]: c["heading"] for c in json.loads(ran.out)["columns"]}
    assert columns["confirmed.reward:office"] == "已确认.reward:office"
    assert columns["sex"] == "性别"
    checks = dict(rules_of(openpyxl.load_workbook(path)["Roster"]))
    assert "decimal" in {each.type for each in checks.values()}
    notes = {row["column"]: row for row in records_of(path, "How to fill in")}
    assert notes["已确认.reward:office"]["the question"] == "Test reward: found by the office"


@pytest.mark.parametrize("subject", ["worker", "project", "station", "organisation"])
def test_template_for_all_schemes_of_a_subject(run: Run, tmp_path: Path, subject: str) -> None:
    path = tmp_path / "form.xlsx"
    assert run("template", path, "--subject", subject).status == 0
    head = [cell.value for cell in openpyxl.load_workbook(path)["名册"][1]]
    assert len(head) == len(set(head))


def test_template_of_a_place(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    assert run("template", path, "--in", "唐山").status == 0
    assert "岗位类型" in [cell.value for cell in openpyxl.load_workbook(path)["名册"][1]]


def test_filled_in_template_can_be_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    run("template", path, "--scheme", SCHEME)
    book = openpyxl.load_workbook(path)
    form = book["名册"]
    cells: dict[str, Any] = {
        "姓名": "甲", "证书级别": "社会工作师", "考试年度": 2024, "取得日期": date(2024, 12, 5),
        "核查地点": "浙江省宁波市海曙区", "登记地": "330203", "登记日期": date(2024, 12, 20),
        "工作地": "宁波市海曙区", "到岗日期": date(2021, 3, 1), "编制类型": "合同制",
        "从事社会工作": "是", "工作经历": "全部", "已发记录": "无",
    }  # fmt: skip
    headings = [str(cell.value) for cell in form[1]]
    for at, heading in enumerate(headings, start=1):
        form.cell(2, at, cells.get(heading))
        form.cell(3, at, "不详" if heading in ("证书级别", "取得日期") else None)
    book.save(path)
    ran = run("roster", path, "--scheme", SCHEME, "--on", ON)
    assert ran.status == 0, ran.err
    assert "核对：读入 2 行 = 结果 2 行 + 拒收 0 行" in ran.out
    assert "3,000.00" in ran.out
    assert "未读：填写说明" in ran.out


def test_template_that_cannot_be(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "form.xlsx"
    assert "应以 .xlsx 结尾" in run("template", tmp_path / "form.csv").err
    assert "可用的有 worker" in run("template", path, "--subject", "cat").err
    ran = run("template", path, "--subject", "project", "--scheme", SCHEME)
    assert "所选项目的对象是 worker，不是 project" in ran.err
    assert run("template", path, "--subject", "worker", "--scheme", SCHEME).status == 0
    assert "已存在，未改动" in flat(run("template", path).err)
    assert run("template", path, "--force", "--subject", "工作者").status in (0, 2)

    def none(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", none)
    ran = run("template", path, "--force", "--lang", "en")
    assert "writing .xlsx needs XlsxWriter, which is not installed" in ran.err
    assert ran.status == 2
    assert path.exists()


@pytest.mark.parametrize(
    ("scheme", "name", "key", "many", "same"),
    [
        ("heilongjiang/qitaihe/procurement", "项目名称", "项目代码", "项目数", "同一项目"),
        ("heilongjiang/qitaihe/station-staffing", "站点名称", "站点编号", "站点数", "同一站点"),
        ("beijing/agency-startup-grant", "机构名称", "机构编号", "机构数", "同一机构"),
    ],
)
def test_rows_about_other_subjects_are_not_called_people(
    run: Run, tmp_path: Path, scheme: str, name: str, key: str, many: str, same: str
) -> None:
    form, roster = tmp_path / "form.xlsx", tmp_path / "in.csv"
    assert run("template", form, "--scheme", scheme).status == 0
    headings = [cell.value for cell in openpyxl.load_workbook(form).worksheets[0][1]]
    assert headings[:2] == [name, key]
    rows = [f"甲,1,{'?' if n else ''}," for n in range(2)]
    place = headings[2]
    roster.write_text("\n".join([f"{name},{key},申请日期,{place}", *rows, "乙,2,,"]), "utf-8")
    ran = run("roster", roster, "--scheme", scheme)
    assert ran.status == 0, ran.err
    assert f"{many} 1\n至少符合一项的{many} 0\n尚不能判定的{many}" in ran.out
    assert f"{same}的第 3 行不可用" in ran.out
    assert "人" not in ran.out.split("按政策项目")[0]
