"""The roster command: tables in and out, sums, rejected rows."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import sgincentive as sg
from sgincentive.roster import by_columns
from tests.cli.command_line import RULE, Run
from tests.cli.sheets import (
    HEADINGS,
    OBTAINED,
    ON,
    SCHEME,
    flat,
    people,
    person,
    records_of,
    sheets_of,
    text,
    workbook,
)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Three persons to whom 1,500, 3,000 and 5,000 are due."""
    path = tmp_path / "roster.xlsx"
    workbook(path, people(3))
    return path


def summary(run: Run, *arguments: Any) -> dict[str, Any]:
    """The summary as JSON."""
    ran = run("roster", *arguments, "--json")
    assert ran.err == ""
    assert ran.status == 0
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_result_workbook(run: Run, roster: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    ran = run("roster", roster, "-o", out, "--scheme", SCHEME, "--on", ON)
    assert ran.status == 0, ran.err
    rows = records_of(out)
    assert [row["金额（元）"] for row in rows] == [1500, 3000, 5000]
    assert [row["结论"] for row in rows] == ["符合条件"] * 3
    assert [row["原行号"] for row in rows] == [2, 3, 4]
    assert rows[0]["姓名"] == "甲0"
    assert rows[0]["obtained"] == datetime(2024, 12, 5)
    assert "核对：读入 3 行 = 结果 3 行 + 拒收 0 行" in ran.out
    assert "9,500.00" in ran.out


def test_sheets_are_frozen_filtered_and_formatted(run: Run, roster: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    run("roster", roster, "-o", out, "--scheme", SCHEME, "--on", ON)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["结果", "汇总", "拒收"]
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
    assert book["结果"].auto_filter.ref == "A1:T4"
    assert book["拒收"].auto_filter.ref is not None
    head = [cell.value for cell in book["结果"][1]]
    amount = book["结果"].cell(2, head.index("金额（元）") + 1)
    assert amount.number_format == "#,##0.00"
    assert book["结果"].cell(2, head.index("obtained") + 1).number_format == "yyyy-mm-dd"


def test_totals_by_scheme_level_and_payer(run: Run, roster: Path, tmp_path: Path) -> None:
    found = summary(run, roster, "--scheme", SCHEME, "--on", ON)
    assert (found["rows_in"], found["rows_out"], found["rows_rejected"]) == (3, 3, 0)
    assert (found["people"], found["eligible"], found["undecided"]) == (3, 3, 0)
    [scheme] = found["by_scheme"]
    assert (scheme["min"], scheme["max"], scheme["eligible"]) == ("9500.00", "9500.00", 3)
    assert [(g["name"], g["min"]) for g in found["by_level"]] == [
        ("助理社会工作师", "1500.00"), ("社会工作师", "3000.00"), ("高级社会工作师", "5000.00"),
    ]  # fmt: skip
    assert [(g["name"], g["min"]) for g in found["by_payer"]] == [("未说明", "9500.00")]


def test_undecided_rows_say_what_is_missing(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    workbook(path, [person(编制类型=None), person(登记地="不详")])
    ran = run("roster", path, "-o", out, "--scheme", SCHEME, "--on", ON)
    assert "尚不能判定的人数 2" in ran.out
    first, second = records_of(out)
    assert (first["金额（元）"], first["金额至多（元）"]) == (0, 3000)
    assert first["缺少的事实"] == "编制类型"
    assert "公务员" in first["原因"]
    assert second["缺少的事实"] == "登记地"


def test_bad_row_is_rejected_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    rows = people(8)
    rows[5][OBTAINED] = "去年"
    rows[7][HEADINGS.index("离岗日期")] = date(2020, 1, 1)
    workbook(path, rows)
    ran = run("roster", path, "-o", out, "--scheme", SCHEME, "--on", ON)
    assert ran.status == 0
    assert "核对：读入 8 行 = 结果 6 行 + 拒收 2 行" in ran.out
    assert "第 7 行 D7（obtained）：应为 YYYY-MM-DD 形式的日期" in flat(ran.out)
    rejected = records_of(out, "拒收")
    assert [row["原行号"] for row in rejected] == [7, 9]
    assert rejected[0]["obtained"] == "去年"
    assert "J9（离岗日期）：结束日期早于开始日期" in rejected[1]["拒收原因"]
    assert len(records_of(out)) == 6


def test_english(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.xlsx"
    path.write_text(text([person(), person(obtained="soon")]), "utf-8")
    ran = run("roster", path, "-o", out, "--scheme", SCHEME, "--on", ON, "--lang", "en")
    assert "checked: 2 rows in = 1 rows out + 1 rows rejected" in ran.out
    assert "row 3 D3 (obtained): a day written YYYY-MM-DD was expected" in ran.out
    assert list(sheets_of(out)) == ["Results", "Totals", "Rejected"]
    assert records_of(out, "Results")[0]["outcome"] == "eligible"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_of_text(run: Run, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(text(people(3)).encode(encoding))
    assert summary(run, path, "--scheme", SCHEME, "--on", ON)["by_scheme"][0]["min"] == "9500.00"


def test_text_out(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text(text([person(), person(考试年度="廿四")]), "utf-8")
    ran = run("roster", path, "-o", out, "--scheme", SCHEME, "--on", ON)
    assert ran.status == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    assert row["金额（元）"] == "3000.00"
    assert row["obtained"] == "2024-12-05"
    [rejected] = csv.DictReader((tmp_path / "out.rejected.csv").read_text("utf-8-sig").splitlines())
    assert rejected["原行号"] == "3"
    assert "C3（考试年度）" in rejected["拒收原因"]


def test_parquet_in_and_out(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    columns = list(zip(*people(3), [None] * len(HEADINGS), strict=True))
    pq.write_table(pa.table([pa.array(c) for c in columns], names=HEADINGS), path)
    ran = run("roster", path, "-o", out, "--scheme", SCHEME, "--on", ON)
    assert ran.status == 0, ran.err
    found = pq.read_table(out)
    assert [str(a) for a in found["金额（元）"].to_pylist()] == ["1500.00", "3000.00", "5000.00"]
    assert found["obtained"].to_pylist() == [date(2024, 12, 5)] * 3
    assert found["考试年度"].to_pylist() == [2024] * 3
    assert not (tmp_path / "out.rejected.parquet").exists()


def test_rejected_rows_of_parquet(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    table = pa.table({"证书级别": ["中级", "特级"], "amount": [1.5, None], "备注": [None, None]})
    pq.write_table(table, path)
    assert run("roster", path, "-o", out, "--scheme", SCHEME, "--on", ON).status == 0
    rejected = pq.read_table(tmp_path / "out.rejected.parquet").to_pylist()
    assert rejected[0]["原行号"] == 2
    assert "A2（证书级别）：应为下列之一" in rejected[0]["拒收原因"]


def test_every_scheme_that_concerns_the_place(run: Run, roster: Path) -> None:
    found = {each["scheme"] for each in summary(run, roster, "--on", ON)["by_scheme"]}
    assert SCHEME in found
    assert all(id.startswith(("zhejiang/", "national/")) for id in found)


def test_schemes_of_a_place(run: Run, roster: Path) -> None:
    found = summary(run, roster, "--in", "杭州", "--on", ON)
    assert SCHEME not in {each["scheme"] for each in found["by_scheme"]}


def test_several_schemes_have_their_own_columns(run: Run, roster: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    run("roster", roster, "-o", out, "--in", "宁波", "--on", ON)
    row = records_of(out)[1]
    assert row["宁波市全国社会工作者职业水平考试奖励 金额（元）"] == 3000
    assert row["一次性合计（元）"] == 3000


def test_period_adds_up_the_months(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    head = "证书级别,取得日期,岗位类型,工作地,到岗日期,离岗日期,已发记录"
    path.write_text(f"{head}\n初级,2020-12-10,工会社会工作者,唐山市,2019-05-01,,无\n", "utf-8")
    asked = (path, "--scheme", "hebei/tangshan/union-certificate-allowance", "--on", "2023-01-01")
    month = summary(run, *asked)["by_scheme"][0]
    assert (month["min"], month["max"]) == ("200.00", "600.00")
    found = summary(run, *asked, "--period", "2022-07/2022-12")
    assert found["period"] == "2022-07/2022-12"
    half = found["by_scheme"][0]
    assert (half["min"], half["max"]) == ("1200.00", "3600.00")
    out = tmp_path / "out.xlsx"
    run("roster", *asked, "--period", "2023", "-o", out)
    assert records_of(out)[0]["2023 金额（元）"] == 2400
    assert ("逐行计算的答案", 1) in [row[:2] for row in sheets_of(out)["汇总"]]


def test_a_period_counts_for_those_who_have_left(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.xlsx"
    head = "证书级别,取得日期,岗位类型,工作地,到岗日期,离岗日期,已发记录"
    line = "初级,2020-12-10,工会社会工作者,唐山市,2019-05-01,2023-02-10,无"
    path.write_text(f"{head}\n{line}\n", "utf-8")
    schemes = ["--scheme", "hebei/tangshan/union-certificate-allowance", "--scheme", SCHEME]
    run("roster", path, *schemes, "--on", "2024-01-01", "--period", "2023", "-o", out)
    (row,) = records_of(out)
    assert row["2023合计（元）"] == 400
    title = "唐山市工会社会工作者职业水平证书补贴"
    assert (row[f"{title} 结论"], row[f"{title} 2023 金额（元）"]) == ("符合条件", 400)


@pytest.mark.parametrize(
    ("end", "period", "outcome", "why", "missing"),
    [
        ("2023-02-10", "2023", "eligible", "", ()),
        ("", "2018", "ineligible", "所问期间内有应发的月份", ()),
        ("2023-02-10", "2023-06/2023-08", "undetermined", "", ("工作经历",)),
        ("不详", "2023", "undetermined", "", ("离岗日期",)),
    ],
)
def test_a_period_decides_by_its_months(
    run: Run, tmp_path: Path, end: str, period: str, outcome: str, why: str, missing: tuple[str, ...]
) -> None:  # fmt: skip
    """Whatever holds on the day asked about."""
    path, out = tmp_path / "in.csv", tmp_path / "out.xlsx"
    head = "证书级别,取得日期,岗位类型,工作地,到岗日期,离岗日期,已发记录"
    path.write_text(f"{head}\n初级,2020-12-10,工会社会工作者,唐山市,2019-05-01,{end},无\n", "utf-8")
    asked = (path, "--scheme", "hebei/tangshan/union-certificate-allowance", "--on", "2024-01-01")
    more = ("--period", period)
    total = summary(run, *asked, *more)["by_scheme"][0]
    assert (total["eligible"], total["undecided"]) == (
        outcome == "eligible", outcome == "undetermined",
    )  # fmt: skip
    run("roster", *asked, *more, "-o", out)
    (row,) = records_of(out)
    assert row["结论"] == {"eligible": "符合条件", "ineligible": "不符合条件"}.get(
        outcome, "尚不能判定"
    )
    assert why in (row["原因"] or "")
    assert all(each in (row["缺少的事实"] or "") for each in missing)


def test_rows_of_one_person_are_one_profile(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    first, second = person("甲", "初级"), person("甲", "中级")
    workbook(
        path, [["P1", *first], ["P1", *second], ["P2", *person("乙")]], ("人员编号", *HEADINGS)
    )
    ran = run("roster", path, "-o", out, "--scheme", SCHEME, "--on", ON, "--lang", "en")
    assert ran.status == 0
    assert "people 2" in ran.out
    rows = records_of(out, "Results")
    assert [row["amount (CNY)"] for row in rows] == [3000, None, 3000]
    assert rows[1]["reason"] == "the same person, see row 2"
    assert summary(run, path, "--scheme", SCHEME, "--on", ON)["by_level"][0]["name"] == "社会工作师"


def test_rows_of_one_person_that_contradict_each_other(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    heads = ("person", "户籍地", *HEADINGS)
    rows = [["P1", "330203", *person()], ["P1", "330200", *person(level="初级")],
            ["P2", None, *person()], ["P2", None, *person(obtained="?")]]  # fmt: skip
    workbook(path, rows, heads)
    ran = run("roster", path, "--scheme", SCHEME, "--on", ON)
    assert "核对：读入 4 行 = 结果 0 行 + 拒收 4 行" in ran.out
    assert "同一人的各行不一致（同一人的第 2、3 行）" in flat(ran.out)
    assert "同一人的第 5 行不可用" in flat(ran.out)


def test_roster_of_projects(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    heads = "division,funds,start,end,budget.wages,budget.social_insurance,budget.housing_fund,staff.total,staff.professionals"
    good = '230900,500000,2024-01-01,2024-12-31,"240,000",48000,12000,10,3'
    over = good.replace("500000", "100000")
    path.write_text(f"{heads}\n{good}\n{over}\n", "utf-8")
    found = summary(run, path, "--scheme", "heilongjiang/qitaihe/procurement", "--on", "2024-06-01")
    assert found["by_scheme"][0]["eligible"] == 1
    assert found["rejected"] == [{"row": 3, "why": ["预算各项之和超过项目资金"]}]
    ran = run("roster", path, "--scheme", "heilongjiang/qitaihe/procurement", "--on", "2024-06-01")
    assert "项目数 1" in ran.out


def test_same_answers_row_by_row_and_in_columns(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "in.xlsx"
    rows = [person(), person(编制类型=None), person(离岗日期="不详"), person(考试年度=2023),
            person(核查地点="绍兴市"), person(工作经历="不详"), person(已发记录=None)]  # fmt: skip
    workbook(path, rows)
    asked = (path, "--in", "宁波", "--on", ON)
    outs = [tmp_path / "a.csv", tmp_path / "b.csv"]
    run("roster", *asked, "-o", outs[0])
    monkeypatch.setattr(by_columns, "LIBRARIES", ("no_such_library",))
    run("roster", *asked, "-o", outs[1])
    assert outs[0].read_text("utf-8") == outs[1].read_text("utf-8")


def test_answers_are_those_of_check(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    workbook(path, people(3))
    run("roster", path, "-o", out, "--scheme", SCHEME, "--on", ON)
    rule = sg.load_rules()[SCHEME]
    for row, level in zip(records_of(out), ("assistant", "social_worker", "senior"), strict=True):
        worker = sg.Worker.model_validate(
            {
                "certificates": [
                    {
                        "level": level,
                        "exam_year": 2024,
                        "obtained": "2024-12-05",
                        "exam_division": "330203",
                        "registered_division": "330203",
                        "registered": "2024-12-20",
                    }
                ],
                "posts": [
                    {
                        "division": "330203",
                        "start": "2021-03-01",
                        "end": None,
                        "establishment": "contract",
                        "social_work": True,
                    }
                ],
                "received": [],
            }
        )
        decision = rule.check(worker, date.fromisoformat(ON))
        assert decision.amount is not None
        assert row["金额（元）"] == decision.amount.min


def test_what_is_told_of_the_table(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = workbook(path, [[*person(), "x"]], [*HEADINGS, "联系方式"])
    book.create_sheet("旧表")
    book.save(path)
    out = run("roster", path, "--in", "宁波", "--on", ON).out
    assert "只读取了第一张工作表；未读：旧表" in out
    assert "原样带出、不参与判定的列：姓名、联系方式" in out
    assert re.search("名册没有以下列，有关事实按未知处理：.*荣誉称号", flat(out))


def test_many_rejected_rows_are_counted(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person(obtained=f"坏{i}") for i in range(12)])
    out = run("roster", path, "--scheme", SCHEME, "--on", ON).out
    assert "另有 2 行；用 -o 写出全部" in out
    assert "核对：读入 12 行 = 结果 0 行 + 拒收 12 行" in out


def test_a_column_of_ones_own(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [[*person(), "随意"]], [*HEADINGS, "证书级另"])
    out = flat(run("roster", path, "--scheme", SCHEME, "--on", ON).out)
    assert "O1：“证书级另”不是已知的标题，原样带出（最接近的是“证书级别”）" in out
    workbook(path, [[*person(), "x"]], [*HEADINGS, "certificate.grad"])
    ran = run("roster", path, "--scheme", SCHEME, "--on", ON)
    assert ran.status == 2
    assert "O1：没有名为“certificate.grad”的事实；是否想写“certificate.grade”" in flat(ran.err)
    ran = run("roster", path, "--scheme", SCHEME, "--on", ON, "--keep", "certificate.grad")
    assert ran.status == 0


def test_somebody_without_a_certificate(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    row = person()
    for heading in ("考试年度", "obtained", "核查地点", "登记地", "登记日期"):
        row[HEADINGS.index(heading)] = None
    row[HEADINGS.index("证书级别")] = "无"
    workbook(path, [row, person()])
    found = summary(run, path, "--scheme", SCHEME, "--on", ON, "-o", out)
    assert found["by_rows"] == 1
    assert [r["结论"] for r in records_of(out)] == ["不符合条件", "符合条件"]
    assert records_of(out)[0]["原因"] == "不符合：持有社会工作者职业水平证书"


def test_none_and_some(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person(工作经历="无")])
    out = flat(run("roster", path, "--scheme", SCHEME, "--on", ON).out)
    assert "M2（工作经历）：写了“无”，同一行却有内容" in out


def test_staff_in_two_forms(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        "所在地,staff.total,staff.professionals,person.level\n230902,5,3,初级\n230902,5,3,\n",
        "utf-8",
    )
    asked = (path, "--scheme", "heilongjiang/qitaihe/station-staffing", "--on", "2024-06-01")
    for more in ((), ("--period", "2024")):
        found = summary(run, *asked, *more)
        assert found["rows_rejected"] == 1
        assert "人员既有总数又有名单" in found["rejected"][0]["why"][0]


def test_day_asked_about(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [[*person(), date(2025, 1, 10)], [*person(), None]], [*HEADINGS, "申请日期"])
    found = summary(run, path, "--scheme", SCHEME)
    assert found["on"] is None
    assert found["by_scheme"][0]["eligible"] == 1
    out = flat(run("roster", path, "--scheme", SCHEME).out)
    assert f"询问的日期：每行的申请日期，没有写的为 {date.today()}" in out
    assert "询问的日期：2025-01-10" in run("roster", path, "--scheme", SCHEME, "--on", ON).out


def test_many_schemes_share_columns(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    workbook(
        path,
        [["P", *person()], ["P", *person()], ["Q", *person(编制类型=None)]],
        ["工号", *HEADINGS],
    )
    assert run("roster", path, "--in", "浙江", "--on", ON, "-o", out).status == 0
    first, second, third = records_of(out)
    title = "宁波市全国社会工作者职业水平考试奖励"
    assert title in first["符合的项目"]
    assert f"{title}：符合条件" in first["原因"]
    assert first["一次性合计（元）"] >= 3000
    assert second["原因"] == "同一人，见第 2 行"
    assert second["一次性合计（元）"] is None
    assert title in third["尚不能判定的项目"]
    assert "编制类型" in third["缺少的事实"]


def test_unpublished_amounts_are_no_0(run: Run, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "reward.yaml").write_text(
        RULE.replace("amount: 1000", "amount: not_published"), "utf-8"
    )
    (rules / "open.yaml").write_text(
        RULE.replace("amount: 1000", "amount: {at_least: 100}").replace("测试奖励", "保底奖励"),
        "utf-8",
    )
    path = tmp_path / "in.csv"
    path.write_text("证书级别,取得日期,已发记录\n初级,2024-01-05,无\n", "utf-8")
    asked = ("roster", path, "--rules", rules, "--on", "2024-08-01", "--scheme", "reward")
    for ending in ("xlsx", "csv", "parquet"):
        assert run(*asked, "--scheme", "open", "-o", tmp_path / f"out.{ending}").status == 0
    [row] = records_of(tmp_path / "out.xlsx")
    assert (row["测试奖励 金额（元）"], row["测试奖励 金额至多（元）"]) == (
        "标准未公开",
        "标准未公开",
    )
    assert row["测试奖励 原因"] == "符合条件；标准未公开"
    assert (row["保底奖励 金额（元）"], row["保底奖励 金额至多（元）"]) == (100, "无上限")
    assert row["一次性合计至多（元）"] == "无上限"
    assert "标准未公开" in (tmp_path / "out.csv").read_text("utf-8-sig")
    assert pq.read_table(tmp_path / "out.parquet")["测试奖励 金额（元）"].to_pylist() == [None]
    ran = run(*asked)
    assert "无上限" in ran.out


def test_drafts_are_not_in_force(run: Run, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    draft = RULE.replace(
        "    sources:",
        "    status: [{status: draft, from: 2024-01-01, until: 2024-12-31}]\n    sources:",
    )
    (rules / "reward.yaml").write_text(draft, "utf-8")
    path, out = tmp_path / "in.csv", tmp_path / "out.xlsx"
    path.write_text("证书级别,取得日期,已发记录\n初级,2024-01-05,无\n", "utf-8")
    for on, why in (
        ("2024-08-01", "该日期没有有效的规定：征求意见稿"),
        ("2023-01-01", "该日期没有有效的规定"),
    ):
        run(
            "roster", path, "--rules", rules, "--scheme", "reward", "--on", on, "-o", out, "--force"
        )
        [row] = records_of(out)
        assert (row["金额（元）"], row["原因"]) == (None, why)


def test_cells_keep_their_kinds(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    own: list[Any] = [
        True,
        1.5,
        datetime(2024, 1, 2, 8, 30),
        date(1900, 1, 15),
        "x" * 40_000,
        time(8, 30),
    ]
    workbook(path, [[*person(), *own[:4], own[4][:30_000], own[5]]], [*HEADINGS, *"甲乙丙丁戊己"])
    for name in (out, tmp_path / "out.csv", tmp_path / "out.parquet"):
        assert run("roster", path, "--scheme", SCHEME, "--on", ON, "-o", name).status == 0
    [row] = records_of(out)
    assert [row[k] for k in "甲乙丙"] == own[:3]
    assert str(row["丁"]).startswith("1900-01-1")
    assert len(row["戊"]) == 30_000
    table = pq.read_table(tmp_path / "out.parquet")
    assert table["甲"].to_pylist() == [True]
    [flat_row] = csv.DictReader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines())
    assert flat_row["丙"] == "2024-01-02T08:30:00"
    pq.write_table(
        pa.table(
            {
                "证书级别": ["初级", "初级"],
                "乱": pa.array([10**18, None]),
                "长": ["x" * 40_000, None],
                "浮": [float("inf"), float("nan")],
            }
        ),
        tmp_path / "in.parquet",
    )
    assert (
        run(
            "roster", tmp_path / "in.parquet", "--scheme", SCHEME, "--on", ON, "-o", out, "--force"
        ).status
        == 0
    )
    first, second = records_of(out)
    assert first["乱"] == str(10**18)
    assert len(first["长"]) == 32_767
    assert first["浮"] == "inf"
    assert second["浮"] is None


def test_result_with_the_heading_of_a_column(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    workbook(path, [[*person(), "我的"]], [*HEADINGS, "结论"])
    run("roster", path, "--scheme", SCHEME, "--on", ON, "-o", out)
    [row] = records_of(out)
    assert (row["结论"], row["结论 (2)"]) == ("我的", "符合条件")


def test_more_rows_than_a_sheet_holds(
    run: Run, roster: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sgincentive.roster.write_workbook.MOST_ROWS", 2)
    ran = run("roster", roster, "--scheme", SCHEME, "--on", ON, "-o", tmp_path / "out.xlsx")
    assert ran.status == 2
    assert "一张工作表放不下" in ran.err
    assert not (tmp_path / "out.xlsx").exists()


def test_yearly_benefits_and_schemes_without_money(run: Run, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "yearly.yaml").write_text(
        RULE.replace("kind: one_off", "kind: yearly").replace("    paid_before: once\n", ""),
        "utf-8",
    )
    points = RULE.replace("kind: one_off", "kind: points").replace("payer: not_stated\n", "")
    (rules / "points.yaml").write_text(points.replace("amount: 1000", "amount: 3"), "utf-8")
    (rules / "steps.yaml").write_text(
        points.replace("kind: points", "kind: grade_steps")
        .replace("amount: 1000", "amount: 1")
        .replace("测试奖励", "升级"),
        "utf-8",
    )
    path = tmp_path / "in.csv"
    path.write_text("证书级别,取得日期,已发记录\n初级,2024-01-05,无\n", "utf-8")
    asked = ("roster", path, "--rules", rules, "--on", "2024-08-01")
    assert "按年津贴（每年）" in flat(run(*asked, "--scheme", "yearly").out)
    out = tmp_path / "out.parquet"
    ran = run(*asked, "--scheme", "points", "--scheme", "steps", "-o", out)
    assert ran.status == 0
    [row] = pq.read_table(out).to_pylist()
    assert (row["测试奖励 加分"], row["升级 提升级数"]) == (3.0, 1.0)
    assert "一次性合计（元）" not in row
    assert run(*asked, "--scheme", "points", "-o", tmp_path / "out.xlsx").status == 0
    assert records_of(tmp_path / "out.xlsx")[0]["加分"] == 3


def test_broken_shipped_file_is_left_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "good.yaml").write_text(RULE, "utf-8")
    (rules / "broken.yaml").write_text("title: 1\n", "utf-8")
    monkeypatch.setattr("sgincentive.cli.rosters.shipped_rules", lambda: rules)
    path = tmp_path / "in.csv"
    path.write_text("证书级别,取得日期,已发记录\n初级,2024-01-05,无\n", "utf-8")
    ran = run("roster", path, "--scheme", "good", "--on", "2024-08-01")
    assert ran.status == 0
    assert "以下规则文件有误，已跳过" in ran.err
    assert "broken.yaml" in ran.err
    assert run("roster", path, "--scheme", "broken").status == 2
    ran = run("roster", path, "--in", "拉萨")
    assert ran.status == 2
    assert "拉萨 没有收录政策项目" in ran.err


def test_more_than_a_thousand_rows(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.xlsx"
    path.write_text(text(people(1001)), "utf-8")
    found = summary(run, path, "--scheme", SCHEME, "--on", ON, "-o", out)
    assert found["rows_out"] == 1001
    assert len(records_of(out)) == 1001


def test_formulas_beyond_the_other_cells(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person(), [None] * 20 + ["=1"], ["=2"]])
    ran = run("roster", path, "--scheme", SCHEME, "--on", ON)
    assert "第 3 行 本行有 21 格，标题只有 14 个" in flat(ran.out)
    assert "读入 3 行 = 结果 2 行 + 拒收 1 行" in ran.out


def test_blank_rows_are_no_rows(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    lines = text([person(), [None] * len(HEADINGS), person("乙")])
    path.write_text(lines, "utf-8")
    assert summary(run, path, "--scheme", SCHEME, "--on", ON)["rows_in"] == 2
    book = tmp_path / "in.xlsx"
    workbook(book, [person(), [], person("乙", obtained="坏")])
    found = summary(run, book, "--scheme", SCHEME, "--on", ON)
    assert found["rejected"][0]["row"] == 4
