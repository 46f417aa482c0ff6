"""Rosters that cannot be used, wholly or in part: each has a message with the cell or the row."""

from __future__ import annotations

import importlib
import os
import resource
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH

from sgincentive.roster import files
from tests.cli.command_line import PROGRAM, SOURCE, Ran, Run
from tests.cli.sheets import (
    HEADINGS,
    OBTAINED,
    ON,
    SCHEME,
    flat,
    people,
    person,
    records_of,
    text,
    workbook,
)

LOCKED = Path(__file__).parent / "rosters" / "locked.xlsx"


@pytest.fixture
def ask(run: Run, tmp_path: Path) -> Any:
    """Ask about a file; the result would go to out.xlsx."""

    def call(path: Path, *more: Any, lang: str = "zh") -> Ran:
        options = ("--scheme", SCHEME, "--on", ON, "--lang", lang)
        return run("roster", path, "-o", tmp_path / "out.xlsx", *options, *more)

    return call


def refused(ran: Ran, tmp_path: Path) -> str:
    """What is said of a file that cannot be used; nothing else is said or written."""
    assert ran.status == 2
    assert ran.out == ""
    assert not (tmp_path / "out.xlsx").exists()
    assert "Traceback" not in ran.err
    assert not list(tmp_path.glob(".*"))
    return flat(ran.err)


def both(ask: Any, tmp_path: Path, path: Path, zh: str, en: str) -> None:
    """A file is refused with a sentence in each language."""
    assert zh in refused(ask(path), tmp_path)
    assert en in refused(ask(path, lang="en"), tmp_path)


# ------------------------------------------------------------------------- headings


def test_doubled_heading(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [[*person(), "中级"]], [*HEADINGS, "证书级别"])
    both(ask, tmp_path, path, "O1：标题“证书级别”与 B1 重复",
         "O1: the heading '证书级别' stands in B1 too")  # fmt: skip


def test_two_headings_of_one_fact(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [[*person(), "中级"]], [*HEADINGS, "certificate.level"])
    both(ask, tmp_path, path, "O1：“证书级别”和“certificate.level”两列是同一项",
         "O1: the columns '证书级别' and 'certificate.level' hold the same fact")  # fmt: skip


def test_heading_that_nobody_knows(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person()], ["certificate.levl" if h == "证书级别" else h for h in HEADINGS])
    both(ask, tmp_path, path, "B1：没有名为“certificate.levl”的事实；是否想写“certificate.level”",
         "B1: no fact is called 'certificate.levl'; did you mean 'certificate.level'?")  # fmt: skip


def test_confirmed_of_a_scheme_or_a_condition_that_there_is_not(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [[*person(), "true"]], [*HEADINGS, "confirmed.zhejiang/ningbo/exam-rewrd:x"])
    both(ask, tmp_path, path, f"O1：没有这个政策项目；是否想用 {SCHEME}",
         f"O1: no rule file has this id; did you mean {SCHEME}?")  # fmt: skip
    workbook(path, [[*person(), "true"]], [*HEADINGS, f"confirmed.{SCHEME}:stamped"])
    both(ask, tmp_path, path, f'O1：{SCHEME} 没有由机关确认的条件 "stamped"',
         f'O1: no office decides "stamped" of {SCHEME}')  # fmt: skip
    office = "anhui/hefei/exam-subsidy"
    workbook(path, [[*person(), "true"]], [*HEADINGS, f"confirmed.{office}:review-passed"])
    assert ask(path).status == 0


def test_missing_column_is_told(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    rows = [row[:4] + row[5:] for row in people(2)]
    workbook(path, rows, HEADINGS[:4] + HEADINGS[5:])
    ran = ask(path)
    assert ran.status == 0
    assert "名册没有以下列，有关事实按未知处理：核查地点" in ran.out
    out = ask(path, "--force", lang="en").out
    assert (
        "no column for these facts, they count as unknown: place of the exam registration"
        in " ".join(out.split())
    )


def test_column_without_heading(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person(), [*person(), "?"]], [*HEADINGS, None])
    both(ask, tmp_path, path, "O1 没有标题，但 O3 有内容", "O1 has no heading, but O3 is filled in")


def test_no_known_heading(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [["甲", 1]], ["姓名", "序号"])
    both(ask, tmp_path, path, "没有一个标题是已知的事实", "no heading names a known fact")


def test_merged_heading_cells(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = workbook(path, [list(HEADINGS), person()], ["社工名册"])
    assert book.active is not None
    book.active.merge_cells("A1:N1")
    book.save(path)
    both(ask, tmp_path, path, "工作表“Sheet”的标题单元格 A1:N1 是合并单元格",
         "the heading cells A1:N1 of the sheet 'Sheet' are merged")  # fmt: skip


# ----------------------------------------------------------------------------- cells


def test_wrong_type_in_row_7(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    rows = people(7)
    rows[5][OBTAINED] = "通过"
    workbook(path, rows)
    ran = ask(path)
    assert ran.status == 0
    assert "第 7 行 D7（obtained）：应为 YYYY-MM-DD 形式的日期，如 2024-12-05" in flat(ran.out)
    assert "读入 7 行 = 结果 6 行 + 拒收 1 行" in ran.out
    said = " ".join(ask(path, "--force", lang="en").out.split())
    assert (
        "row 7 D7 (obtained): a day written YYYY-MM-DD was expected, for example 2024-12-05" in said
    )


def test_payment_of_a_scheme_that_there_is_not(ask: Any, tmp_path: Path) -> None:
    """Passed over, it would be paid again; other rows of the person are no whole profile."""
    path = tmp_path / "in.xlsx"
    heads = [*HEADINGS, "person", "received.scheme"]
    named = ["zhejiang/ningbo/exam-rewrd", SCHEME, "无", None, "不详", None]
    workbook(
        path,
        [
            [*person(已发记录="全部"), who, name]
            for who, name in zip("甲乙丙丁戊甲", named, strict=True)
        ],
        heads,
    )
    ran = ask(path)
    assert ran.status == 0
    assert "第 2 行 P2（received.scheme）：没有这个政策项目；" in flat(ran.out)
    assert f"是否想用 {SCHEME}" in flat(ran.out)
    assert "第 7 行 同一人的第 2 行不可用" in flat(ran.out)
    assert "读入 6 行 = 结果 4 行 + 拒收 2 行" in ran.out
    said = " ".join(ask(path, "--force", lang="en").out.split())
    assert "row 2 P2 (received.scheme): no rule file has this id; for a place" in said
    assert f"did you mean {SCHEME}?" in said


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("证书级别=特级", "应为下列之一"),
        ("考试年度=24", "1900 到 2100"),
        ("考试年度=2024.5", "1900 到 2100"),
        ("核查地点=330203.0", "行政区划代码是文本"),
        ("登记地=宁波市天空区", "没有这个行政区划代码或地名"),
        ("从事社会工作=也许", "应为 true（是）或 false（否）"),
        ("工作经历=很多", "应为“无”（没有）、“全部”（本行已列全）或“不详”"),
        ("登记日期=5/12/2024", "分不清年、月、日的次序"),
        ("登记日期=2024-12", "缺少日"),
        ("登记日期=2024-02-30", "日历上没有这一天"),
        ("登记日期=2024.0", "只有年份，缺少月和日"),
        ("登记日期=7.0", "应为 YYYY-MM-DD 形式的日期"),
        ("登记日期=1.5", "应为 YYYY-MM-DD 形式的日期"),
        ("登记日期=无", "应为 YYYY-MM-DD 形式的日期"),
    ],
)
def test_cells_that_cannot_be_read(ask: Any, tmp_path: Path, cell: str, why: str) -> None:
    path = tmp_path / "in.xlsx"
    heading, _, value = cell.partition("=")
    number = value.replace(".", "", 1).isdigit() and "." in value
    row = person()
    row[HEADINGS.index(heading)] = float(value) if number else value
    workbook(path, [row, person()])
    out = flat(ask(path).out)
    where = f"{get_column_letter(HEADINGS.index(heading) + 1)}2（{heading}）："
    assert where in out
    assert why in out
    assert "读入 2 行 = 结果 1 行 + 拒收 1 行" in out


@pytest.mark.parametrize(
    "cell",
    ["2024-12-20", "2024/12/20", "2024.12.20", "2024年12月20日", "20241220", 20241220, 45646,
     "45646", date(2024, 12, 20), datetime(2024, 12, 20), "2024-12-20 00:00:00", " 2024-12-20 "],
)  # fmt: skip
def test_ways_to_write_a_day(ask: Any, tmp_path: Path, cell: Any) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person(登记日期=cell)])
    assert ask(path).status == 0
    [row] = records_of(tmp_path / "out.xlsx")
    assert row["金额（元）"] == 3000


def test_time_of_day_is_no_day(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person(登记日期=datetime(2024, 12, 20, 8, 30))])
    assert "G2（登记日期）：应为日期，不含时刻" in flat(ask(path).out)


def test_serial_in_text_is_not_sure(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(text([person(登记日期="45646")]), "utf-8")
    assert "G2（登记日期）：只有数字，无法确定从哪一天起算；请写成 YYYY-MM-DD" in flat(
        ask(path).out
    )


def test_serial_in_a_workbook_that_counts_from_1904(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = workbook(path, [person(登记日期=45646)])
    book.epoch = MAC_EPOCH
    book.save(path)
    assert "G2（登记日期）：只有数字，无法确定从哪一天起算" in flat(ask(path).out)


def test_errors_and_merged_cells_are_not_blank(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = workbook(path, [person(编制类型="#N/A"), person(), person(编制类型=None)])
    assert book.active is not None
    book.active.merge_cells("K3:K4")
    book.save(path)
    out = flat(ask(path).out)
    assert "K2（编制类型）：单元格是错误值 #N/A" in out
    assert "K4（编制类型）：属于合并单元格 K3:K4" in out
    assert "读入 3 行 = 结果 1 行 + 拒收 2 行" in out


def test_formula_without_a_result(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person(编制类型='=IF(1,"合同制","")')])
    assert "K2（编制类型）：公式没有计算结果" in flat(ask(path).out)


def test_text_that_looks_like_a_formula_stays_text(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    evil = '=HYPERLINK("http://example.org/","x")'
    path.write_text(text([person(evil), person("@x", obtained="坏"), person("-5")]), "utf-8")
    assert ask(path).status == 0
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cell = book["结果"]["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (evil, "s", None)
    assert all(c.data_type != "f" for sheet in book for row in sheet for c in row)
    out = tmp_path / "out.csv"
    assert ask(path, "-o", out).status == 0
    assert "'=HYPERLINK" in out.read_text("utf-8-sig")
    assert "\n4,-5," in out.read_text("utf-8-sig").replace("\r", "")
    assert "'@x" in (tmp_path / "out.rejected.csv").read_text("utf-8-sig")


def test_formula_cells_are_copied_as_text(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person("=1+1")])
    assert ask(path).status == 0
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["结果"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_long_number_of_a_person(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [[330203199001011234, *person()]], ("身份证号", *HEADINGS))
    assert "A2（身份证号）：数字过长，表格软件已丢失末尾几位" in flat(ask(path).out)


def test_row_longer_than_the_headings(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(text([[*person(), "多"], person()]), "utf-8")
    out = flat(ask(path).out)
    assert "第 2 行 本行有 15 格，标题只有 14 个" in out
    assert "读入 2 行 = 结果 1 行 + 拒收 1 行" in out


# ----------------------------------------------------------------------------- files


def test_mixed_encodings(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    one, two = text([person()]).encode(), text([person("乙")]).encode("gb18030").split(b"\n", 1)[1]
    path.write_bytes(one + two)
    both(ask, tmp_path, path, "混用了两种编码：第 1 行是 UTF-8，第 3 行不是",
         "mixes two encodings: line 1 is UTF-8, line 3 is not")  # fmt: skip


def test_mark_of_utf_8_before_another_encoding(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b"\xef\xbb\xbf" + text([person()]).encode("gb18030"))
    assert "混用了两种编码" in refused(ask(path), tmp_path)


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        (b"\xff\xfe\x00x", "的编码是 UTF-16", "is encoded in UTF-16"),
        (b"name\nabc\xff\xff\n", "第 2 行既不是 UTF-8 也不是 GB18030", "line 2 of"),
        (b"name\n\0\n", "含空字符，不是文本文件", "holds NUL characters"),
        (b'name\n"abc\n', "第 2 行不是有效的 CSV", "line 2 of"),
        (b"", "是空文件", "is an empty file"),
        (b"\n", "是空的", "is empty"),
        ("证书级别\n".encode(), "只有标题，没有数据行", "has headings but no row of data"),
    ],
)
def test_text_that_cannot_be_used(ask: Any, tmp_path: Path, data: bytes, zh: str, en: str) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(data)
    both(ask, tmp_path, path, zh, en)


def test_empty_sheet(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [], [])
    both(ask, tmp_path, path, "工作表“Sheet”是空的", "the sheet 'Sheet' is empty")


def test_no_visible_sheet(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    book = workbook(path, [person()])
    assert book.active is not None
    book.active.sheet_state = "hidden"
    book.create_chartsheet()
    book.save(path)
    both(ask, tmp_path, path, "工作簿里没有可见的工作表", "the workbook has no visible sheet")


def test_workbook_with_a_password(ask: Any, tmp_path: Path) -> None:
    both(ask, tmp_path, LOCKED, "工作簿设有密码，无法读取", "has a password and cannot be read")


@pytest.mark.parametrize(
    ("data", "zh"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "这是旧格式的 .xls 工作簿"),
        (b"no workbook", "不是可用的 .xlsx 工作簿"),
        (b"PK\x03\x04 cut off", "不是可用的 .xlsx 工作簿"),
    ],
)
def test_what_is_no_workbook(ask: Any, tmp_path: Path, data: bytes, zh: str) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(data)
    assert zh in refused(ask(path), tmp_path)


def rewritten(path: Path, part: str, change: Any) -> None:
    """Change one part of a workbook."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_damaged_part(ask: Any, tmp_path: Path, part: str) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person("=1+1")])
    rewritten(path, part, lambda data: data[: len(data) // 2] + b"<<")
    assert "不是可用的 .xlsx 工作簿" in refused(ask(path), tmp_path)


def test_damaged_compression(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, people(50))
    data = bytearray(path.read_bytes())
    at = data.index(SHEET.encode()) + len(SHEET) + 40
    data[at : at + 30] = bytes(30)
    path.write_bytes(data)
    assert "不是可用的 .xlsx 工作簿" in refused(ask(path), tmp_path)


def test_workbook_that_unpacks_to_gigabytes(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person()])
    blank = bytes(1 << 20)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book,
        book.open("xl/media/image1.png", "w") as part,
    ):
        for _ in range(1100):
            part.write(blank)
    assert path.stat().st_size < 3 << 20
    both(ask, tmp_path, path, "工作簿解压后超过 1 GiB，未读取",
         "the workbook unpacks to more than 1 GiB and was not read")  # fmt: skip


def test_workbook_that_lies_about_its_size(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, people(2000))
    with zipfile.ZipFile(path) as book:
        length = book.getinfo(SHEET).file_size
    data = path.read_bytes()
    # The size stands in the header before the part and in the directory at the end.
    path.write_bytes(data.replace(length.to_bytes(4, "little"), (64).to_bytes(4, "little")))
    assert "不是可用的 .xlsx 工作簿" in refused(ask(path), tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        lambda data: data.replace(b"</sheetData>", b"<row r='9'><c r = 'XFD1048576'><v>1</v></c></row></sheetData>"),
        lambda data: data.replace(b"</sheetData>", b'<row r="4"><c r="XFD4"><v>1</v></c></row><row r="5"><c r="A99999"><v>1</v></c></row></sheetData>'),
    ],
)  # fmt: skip
def test_sheet_with_a_far_cell(ask: Any, tmp_path: Path, change: Any) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, [person()])
    rewritten(path, SHEET, change)
    said = refused(ask(path), tmp_path)
    assert "工作表一直延伸到 XFD" in said
    assert "空白单元格过多，未读取" in said


def test_wide_sheet_that_is_not_far(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    more = [f"列{i}" for i in range(600)]
    workbook(path, [[*person(), *more]], [*HEADINGS, *more])
    assert ask(path).status == 0


def test_file_that_grows_while_it_is_read(
    ask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "in.csv"
    path.write_text(text(people(3)), "utf-8")
    read = files.read_chunk

    def growing(file: IO[bytes]) -> bytes:
        with path.open("a", encoding="utf-8") as more:
            more.write("乙" * 10)
        return read(file) if path.stat().st_size < 5000 else b""

    monkeypatch.setattr(files, "read_chunk", growing)
    both(ask, tmp_path, path, "读取时文件发生了变化", "the file changed while it was read")


def test_file_that_is_too_large(ask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "in.csv"
    path.write_text(text(people(3)), "utf-8")
    monkeypatch.setattr(files, "MOST_BYTES", 100)
    assert "超过 0 GiB，未读取" in refused(ask(path), tmp_path)
    path.write_text("x", "utf-8")
    monkeypatch.setattr(files, "read_chunk", lambda _: b"x" * 60)
    assert "超过 0 GiB，未读取" in refused(ask(path), tmp_path)


@pytest.mark.parametrize(
    ("name", "zh"),
    [
        ("no.xlsx", "无法读取"),
        ("roster.xls", "文件名应以 .xlsx、.csv 或 .parquet 结尾"),
        ("roster", "文件名应以 .xlsx、.csv 或 .parquet 结尾"),
        ("folder.csv", "是目录，不是文件"),
    ],
)
def test_file_that_is_not_there(ask: Any, tmp_path: Path, name: str, zh: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert zh in refused(ask(tmp_path / name), tmp_path)


def test_parquet_that_cannot_be_used(
    ask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "in.parquet"
    path.write_bytes(b"PAR1 no")
    both(ask, tmp_path, path, "不是可用的 Parquet 文件", "is no usable Parquet file")
    pq.write_table(pa.table({"posts": [[1, 2]]}), path)
    both(ask, tmp_path, path, "的列“posts”是嵌套类型", "the column 'posts' of")
    pq.write_table(pa.table({"证书级别": pa.array([], pa.string())}), path)
    assert "是空的" in refused(ask(path), tmp_path)
    pq.write_table(pa.table({"证书级别": ["中级"]}), path)
    monkeypatch.setattr("sgincentive.roster.read_parquet.MOST_UNPACKED", 1)
    assert "解压后超过" in refused(ask(path), tmp_path)


# ---------------------------------------------------------------------------- output


def test_output_that_exists(ask: Any, tmp_path: Path) -> None:
    path, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    workbook(path, people(1))
    out.write_text("mine")
    ran = ask(path)
    assert ran.status == 2
    assert "已存在，未改动" in ran.err
    assert "--force" in ran.err
    assert out.read_text() == "mine"
    assert ask(path, "--force").status == 0
    assert len(records_of(out)) == 1
    assert "exists and was left as it is" in ask(path, lang="en").err


@pytest.mark.parametrize("command", ["roster", "cost"])
def test_output_that_is_the_roster(run: Run, tmp_path: Path, command: str) -> None:
    """Not even by force: nothing would be left of what was read."""
    path = tmp_path / "in.xlsx"
    workbook(path, people(2))
    before = path.read_bytes()
    (tmp_path / "again.xlsx").symlink_to(path)
    for lang, said in (("zh", "就是名册本身，未改动"), ("en", "is the roster itself and was left")):
        for name in ("in.xlsx", "again.xlsx"):
            out = tmp_path / name
            ran = run(command, path, "-o", out, "--force", "--scheme", SCHEME, "--lang", lang)
            assert ran.status == 2
            assert said in flat(ran.err)
    assert path.read_bytes() == before


def test_list_of_rejected_rows_that_exists(ask: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, people(1))
    (tmp_path / "new.rejected.csv").write_text("mine")
    assert "new.rejected.csv 已存在" in flat(ask(path, "-o", tmp_path / "new.csv").err)
    assert not (tmp_path / "new.csv").exists()


@pytest.mark.parametrize("name", ["no/such/out.xlsx", "folder.xlsx", "out.ods"])
def test_output_that_cannot_be(ask: Any, tmp_path: Path, name: str) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, people(1))
    (tmp_path / "folder.xlsx").mkdir()
    ran = ask(path, "-o", tmp_path / name)
    assert ran.status == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    if name.startswith("no"):
        assert "没有这个文件或目录；没有留下文件" in flat(ran.err)
        said = ask(path, "-o", tmp_path / name, lang="en").err
        assert "no such file or folder; no file is left" in flat(said)


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv", "out.parquet"])
def test_full_disk_leaves_nothing(tmp_path: Path, name: str) -> None:
    path, out = tmp_path / "in.csv", tmp_path / name
    path.write_text(text(people(400)), "utf-8")

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))

    temporary = tmp_path / "tmp"
    temporary.mkdir()
    # Measuring the tests would write more than fits on this disk.
    unmeasured = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
    ran = subprocess.run(
        [sys.executable, "-c", f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); {PROGRAM}", "roster", path, "-o", out, "--scheme", SCHEME, "--on", ON],
        env={**unmeasured, "PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(temporary)},
        preexec_fn=small_disk, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert ran.returncode == 2, ran.stderr
    assert ran.stdout == ""
    assert "无法写入" in ran.stderr
    assert "没有留下文件" in flat(ran.stderr)
    assert "Traceback" not in ran.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv", "tmp"]


def test_library_that_is_not_installed(
    ask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "in.xlsx"
    workbook(path, people(1))

    def none(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", none)
    both(ask, tmp_path, path, "读取 .xlsx 需要 python-calamine，尚未安装",
         "reading .xlsx needs python-calamine, which is not installed")  # fmt: skip
    assert "pip install 'sgincentive[roster]'" in ask(path).err


# --------------------------------------------------------------------------- options


@pytest.mark.parametrize(
    ("options", "zh"),
    [
        (("--scheme", "zhejiang/ningbo/exam-rewrd"), "是否想用 zhejiang/ningbo/exam-reward"),
        (("--in", "宁波市天空区"), "没有这个行政区划"),
        (("--in", "鼓楼区"), "地名不唯一"),
        (("--in", "拉萨"), ""),
        (("--in", "拉萨", "--scheme", SCHEME), "不适用于 拉萨"),
        (("--period", "2024-13"), "应为年 2024、月 2024-03"),
        (("--period", "2024-05/2024-03"), "应为年 2024、月 2024-03"),
        (("--scheme", SCHEME, "--scheme", "heilongjiang/qitaihe/procurement"), "一份名册只能有一种对象"),
        (("--on", "tomorrow"), "应为日期"),
    ],
)  # fmt: skip
def test_options_that_cannot_be(
    run: Run, tmp_path: Path, options: tuple[str, ...], zh: str
) -> None:
    path = tmp_path / "in.csv"
    path.write_text(text(people(1)), "utf-8")
    ran = run("roster", path, *options)
    if ran.status == 0:
        assert zh == ""
        return
    assert ran.status == 2
    assert zh in ran.err


def test_broken_rule_files(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(text(people(1)), "utf-8")
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "broken.yaml").write_text("title: 1\n", "utf-8")
    ran = run("roster", path, "--rules", rules, "--on", ON)
    assert ran.status == 2
    assert "broken.yaml" in ran.err
