"""Parts of the roster floor where the command line does not lead easily."""

from __future__ import annotations

import gc
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import sgincentive as sg
from sgincentive.columns.headings import fields
from sgincentive.facts.problems import BadValueError
from sgincentive.roster import answers as roster_answers
from sgincentive.roster import archive, by_columns, entries
from sgincentive.roster.answer import Answer, answer_of
from sgincentive.roster.answers import Question, evaluate
from sgincentive.roster.cells import office_word, reader, text_of
from sgincentive.roster.entries import entries_of
from sgincentive.roster.files import refuse_existing, writing
from sgincentive.roster.problems import RosterError
from sgincentive.roster.reasons import fact_label
from sgincentive.roster.results import OutColumn
from sgincentive.roster.table import CellError, Formula, Merged, Table, letters
from sgincentive.roster.write_tables import plain, write_parquet
from sgincentive.roster.write_workbook import workbook

RULES = sg.load_rules()
SCHEME = "zhejiang/ningbo/exam-reward"
STATION = "heilongjiang/qitaihe/station-staffing"


def roster(headings: Sequence[str], *rows: Sequence[object], subject: str = "worker") -> Any:
    """A roster read from cells."""
    numbers = range(2, 2 + len(rows))
    return entries_of(Table("x.csv", tuple(headings), list(rows), numbers, True), subject)


@pytest.mark.parametrize(
    ("fact", "cell", "value"),
    [
        ("post.wage", "12,000.50", 1_200_050),
        ("post.wage", "￥500元", 50_000),
        ("post.wage", 3000.5, 300_050),
        ("post.wage", "0", 0),
        ("post.employer", 1001.0, "1001"),
        ("post.employer", 1.5, "1.5"),
        ("post.employer", date(2024, 1, 2), "2024-01-02"),
        ("post.employer", Decimal("10"), "10"),
        ("post.grade_coefficient", 1.5, Decimal("1.5")),
        ("post.grade", "7", 7),
        ("post.social_work", True, True),
        ("post.engaged_level", "无", None),
    ],
)
def test_cells(fact: str, cell: object, value: object) -> None:
    assert reader(fields("worker")[fact], True)(cell) == value


@pytest.mark.parametrize(
    ("fact", "cell"),
    [
        ("post.wage", 0.005),
        ("post.wage", "1,00"),
        ("post.wage", "-5"),
        ("post.role", date(2024, 1, 2)),
        ("certificate.obtained", True),
        ("certificate.obtained", 99_999_999),
        ("post.employer", 12345678901234567.0),
        ("post.employer", Formula("=1")),
        ("post.employer", CellError("#REF!")),
        ("post.employer", Merged("A1:A2")),
    ],
)
def test_cells_that_are_refused(fact: str, cell: object) -> None:
    with pytest.raises(BadValueError):
        reader(fields("worker")[fact], True)(cell)


def test_words_of_an_office() -> None:
    assert [office_word(each) for each in (True, "是", "否", "YES", " no ")] == [
        True, True, False, True, False,
    ]  # fmt: skip
    for cell in ("也许", 1.0):
        with pytest.raises(BadValueError):
            office_word(cell)
    made = roster(
        [f"已确认.{SCHEME}:qualification-review", "证书级别"], ["是", "初级"], ["?", "初级"]
    )
    assert next(iter(made.facts.values())) == [True]
    assert len(made.rejected) == 1


def test_numbers_in_columns() -> None:
    made = roster(
        ["等级系数", "证书级别", "已确认.x:y"], ["1.5", "初级", "是"], [None, "初级", None]
    )
    assert next(iter(made.facts.values())) == [Decimal("1.5"), None]
    frame = by_columns.Frame(made, [0, 1]).frame
    assert frame["post.grade_coefficient"].to_list() == [1.5, None]
    assert frame["confirmed.x:y"].to_list() == [True, None]


def test_text_of_odd_numbers() -> None:
    assert text_of(5) == 5
    assert text_of(Decimal("1.50")) == "1.50"


def test_blank_heading_over_nothing() -> None:
    made = roster(["证书级别", ""], ["初级", None])
    assert [c.heading for c in made.columns] == ["证书级别"]


def test_heading_of_no_column() -> None:
    assert fact_label("worker", "no.such.fact").zh == "no.such.fact"


def test_column_letters() -> None:
    assert [letters(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [archive.column_of(each) for each in ("A", "Z", "AA", "ZZ", "AAA")] == [
        1,
        26,
        27,
        702,
        703,
    ]


def test_tags_that_never_end() -> None:
    long = b"<a>" + b"x" * (archive.PIECE + 100)
    text, rest = archive.whole_tags(long)
    assert text == long
    assert rest == long[-archive.OVERLAP :]
    assert archive.whole_tags(b"<a><b") == (b"<a>", b"<b")


def test_rows_that_columns_do_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "_totals_and_entries", lambda *_: None)
    heads = ["所在地", "staff.total", "staff.professionals", "person.level"]
    rows: list[list[object]] = [
        ["230902", 5, 3, "初级"],
        ["230902", 5, 3, None],
        ["230902", 5, 3, None],
    ]
    real = by_columns.Frame.answers

    def silent(self: Any, *asked: Any) -> tuple[list[Answer], int]:
        found, count = real(self, *asked)
        no: Any = None
        return [Answer(no, None, None, True, None, ()), *found[1:]], count

    monkeypatch.setattr(by_columns.Frame, "answers", silent)
    asked = Question((STATION,), date(2024, 6, 1))
    answers = evaluate(RULES, roster(heads, *rows, subject="station"), asked)
    # The first row is no profile; of the others the engine itself was asked where columns failed.
    assert [each.number for each in answers.roster.rejected] == [2]
    assert [a.outcome for a in answers.rows[STATION] if a] == ["compliant", "compliant"]


def test_schemes_that_concern_single_rows_alone() -> None:
    heads = ["人员编号", "证书级别", "工作地", "户籍地"]
    rows: list[list[object]] = [
        ["a", "初级", "330203", None],
        ["a", "中级", "330203", None],
        ["b", "初级", "130202", "130202"],
    ]
    answers = evaluate(RULES, roster(heads, *rows), Question(on=date(2025, 1, 10)))
    here = answers.rows[SCHEME]
    assert [a is not None for a in here] == [True, False, False]
    there = answers.rows["hebei/tangshan/union-certificate-allowance"]
    assert [a is not None for a in there] == [False, False, True]


def test_rows_are_asked_in_parts_that_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    heads = ["证书级别", "工作地", "考试年度", "离岗日期"]
    rows = [[level, "330203", year, end] for level in ("初级", "中级") for year in (2023, 2024)
            for end in (None, "不详")]  # fmt: skip
    question = Question((SCHEME,), date(2025, 1, 10))
    whole = evaluate(RULES, roster(heads, *rows), question)
    monkeypatch.setattr(roster_answers, "AT_ONCE", 3)
    told: list[int] = []
    parts = evaluate(RULES, roster(heads, *rows), question, told.append)
    assert parts.rows == whole.rows
    assert parts.by_rows == whole.by_rows == 4
    assert told[0] == 3
    assert sum(told) == len(rows)


@pytest.mark.parametrize(
    ("period", "words"),
    [(("2024-01", "2024-12"), "2024"), (("2024-03", "2024-03"), "2024-03"),
     (("2024-01", "2025-12"), "2024-01/2025-12"), ((None, None), None)],
)  # fmt: skip
def test_periods_in_words(period: tuple[Any, Any], words: str | None) -> None:
    assert Question(start=period[0], stop=period[1]).period == words


def test_two_files_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"

    def write() -> None:
        with writing(False, one, two) as [a, b]:
            a.write_text("1")
            b.write_text("2")
            two.write_text("mine")

    with pytest.raises(RosterError):
        write()
    assert not one.exists()
    assert two.read_text() == "mine"
    with writing(True, one, two) as [a, _]:
        a.write_text("1")
    assert one.read_text() == "1"
    assert two.read_text() == "mine"
    with pytest.raises(RosterError, match="is a folder"):
        refuse_existing(tmp_path, True)


def test_workbook_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"), workbook(tmp_path / "no" / "x.xlsx"):
        pass


@pytest.mark.filterwarnings("error")
def test_workbook_on_a_full_disk_says_so_once() -> None:
    def written() -> None:
        with workbook(Path("/dev/full")) as book:
            sheet = book.add_worksheet()
            for row in range(5000):
                sheet.write_number(row, 0, row * 7919 % 65537)

    with pytest.raises(OSError, match="No space left"):
        written()
    gc.collect()


def test_cells_as_text() -> None:
    assert plain(Merged("A1:A2"), "own") is None
    assert plain(2.0, "own") == 2
    assert plain(Formula("=1"), "own") == "=1"
    assert plain(datetime(2024, 1, 2), "own") == "2024-01-02"
    assert str(Merged("A1:A2")) == ""
    assert reader(fields("worker")["certificate.obtained"], True)(datetime(2024, 1, 2)) == date(
        2024, 1, 2
    )


def test_numbers_too_large_for_parquet(tmp_path: Path) -> None:
    column = OutColumn("大", "own", [10**30, 1])
    write_parquet(tmp_path / "x.parquet", [column])
    assert pq.read_table(tmp_path / "x.parquet")["大"].to_pylist() == [str(10**30), "1"]


def packed(**parts: str) -> archive.Archive:
    """A workbook of some parts alone."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return archive.Archive(data.getvalue())


RELATION = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def test_parts_of_a_workbook() -> None:
    sheets = f'<workbook {RELATION}><sheets><sheet name="A" r:id="1"/><sheet name="B" r:id="2"/></sheets></workbook>'
    rels = '<Relationships><Relationship Id="1" Target="/xl/worksheets/s.xml"/><Relationship Id="2" Target="no.xml"/></Relationships>'
    made = packed(**{"xl/workbook.xml": sheets, "xl/_rels/workbook.xml.rels": rels,
                     "xl/worksheets/s.xml": '<row><c><f>1+1</f></c><c t="e"><v>#REF!</v></c></row>'})  # fmt: skip
    assert made.part_of("A") == "xl/worksheets/s.xml"
    assert made.part_of("B") is None
    assert made.part_of("C") is None
    assert not made.counts_from_1904
    assert made.special_cells("xl/worksheets/s.xml") == {
        (0, 0): Formula("=1+1"), (0, 1): CellError("#REF!"),
    }  # fmt: skip
    for broken in (packed(), packed(**{"xl/_rels/workbook.xml.rels": "<"})):
        with pytest.raises(RosterError):
            broken.part_of("A")
    damaged = packed(**{"xl/worksheets/s.xml": '<row><c t="e"></row>'})
    with pytest.raises(RosterError):
        damaged.special_cells("xl/worksheets/s.xml")


def test_a_period_without_a_month_keeps_what_failed_on_the_day() -> None:
    """And one that only an ended right could fill says that nothing falls into it."""
    scheme = "hebei/tangshan/union-certificate-allowance"
    post = {"role": "union_social_worker", "division": "130200", "start": "2019-05-01", "end": None}
    certificate = {"level": "assistant", "obtained": "2020-12-10"}
    for given, decided_by in (
        ({"certificates": [certificate], "posts": []}, "union-post"),
        ({"certificates": [certificate], "posts": [post]}, "in-period"),
    ):
        worker = sg.Worker.model_validate({"subject": "worker", "received": [], **given})
        decision = RULES[scheme].check(worker, date(2023, 6, 1), start="2018-01", stop="2018-12")
        found = answer_of(decision)
        assert (found.outcome, found.low, found.high) == ("ineligible", 0, 0)
        assert (found.decided_by, found.missing) == (decided_by, ())


def test_a_period_in_which_no_year_is_paid_gives_nothing() -> None:
    """A benefit by the year belongs to the period that holds its December."""
    scheme = RULES["fujian/ningde/shouning/annual-reward"]
    example = scheme.scheme.examples[0]
    worker = sg.Worker.model_validate(example.given)
    assert answer_of(scheme.check(worker, example.on)).low
    for stop, outcome in (("2028-11", "ineligible"), ("2028-12", "undetermined")):
        found = answer_of(scheme.check(worker, example.on, start="2028-01", stop=stop))
        assert (found.outcome, found.low) == (outcome, 0)
        assert (found.decided_by == "in-period") is (stop == "2028-11")
