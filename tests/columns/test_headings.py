"""What headings mean, what is wrong with those that mean nothing, and a row as a profile."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sgincentive.columns import TableError, profile_of, unique_heading
from sgincentive.columns.headings import fields, headings
from sgincentive.columns.used import facts_used, lists_used
from sgincentive.facts import ProfileError
from sgincentive.facts.registry import MODELS
from sgincentive.ruleset import load_rules
from tests.engine.written_rules import VETERAN, file, rules, version

RULES = load_rules()
FLOOR = "hainan/first-job-pay-floor"


@pytest.mark.parametrize(
    ("names", "zh", "en"),
    [
        (["级别"], "列名“级别”可能指：certificate.level、exam.level、fee.level、honour.level、received.level；请写其中之一",
         "the heading '级别' may mean certificate.level, exam.level, fee.level, honour.level, received.level; write one of these"),
        (["证书级别", "certificate.level"], "“证书级别”和“certificate.level”两列是同一项", "the columns '证书级别' and 'certificate.level' hold the same fact"),
        (["certificate.obtaned"], "没有名为“certificate.obtaned”的事实；是否想写“certificate.obtained”？（若是自有的列，请列入 keep）",
         "no fact is called 'certificate.obtaned'; did you mean 'certificate.obtained'? (a column of your own: name it in keep)"),
    ],
)  # fmt: skip
def test_a_heading_that_cannot_be_used(names: list[str], zh: str, en: str) -> None:
    with pytest.raises(TableError) as caught:
        headings("worker", names)
    assert (caught.value.render("zh"), caught.value.render("en")) == (zh, en)
    # A cluster hands errors on from one process to another.
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), again.render("zh")) == (TableError, zh)
    assert headings("worker", names, keep=names) == {}


@pytest.mark.parametrize(
    "name", ["电话", "ab", "confirmed.qualification", "something else entirely"]
)
def test_a_column_of_the_users_own(name: str) -> None:
    """No fact, nothing like one, and no word of an office without a scheme."""
    assert headings("worker", [name]) == {}


@pytest.mark.parametrize("subject", MODELS)
def test_every_fact_has_a_heading_that_means_it_alone(subject: str) -> None:
    for name in fields(subject):
        heading = unique_heading(subject, name)
        assert headings(subject, [heading])[heading].name == name


def test_what_a_scheme_reads(tmp_path: Path) -> None:
    """What it requires, and what says for whom it overrides another."""
    where = "{all: [{exists: posts, where: [{fact: division, within: '330203'}], at: on}, {fact: hukou, within: '330203'}]}"
    relations = f"relations: [{{overrides: x/y/a, where: {where}}}, {{implements: x/y/c}}]\n"
    terms = version("2020-01-01", "not_stated", VETERAN, paid=None)
    made = rules(tmp_path, a=file(terms, kind="yearly"), b=file(terms, kind="yearly", more=relations),
                 c=file(terms, kind="yearly"))  # fmt: skip
    lower = made["x/y/b"].scheme
    assert lists_used(lower) == ["posts"]
    read = ["hukou", "veteran", "post.division", "post.start", "post.end", "applied"]
    assert facts_used(lower) == read


def refused(*rows: dict[str, Any], **asked: Any) -> list[tuple[str, str, str]]:
    """What is said of rows that are no profile: the place and both sentences."""
    with pytest.raises(ProfileError) as caught:
        profile_of(rows, **asked)
    return [(".".join(map(str, p.path)), p.text.zh, p.text.en) for p in caught.value.problems]


def test_rows_that_are_no_profile() -> None:
    assert refused({"posts": "maybe"}) == [
        ("posts", "应为“无”、“全部”或“不详”", "none, all or unknown was expected")
    ]
    assert refused({"veteran": True}, {"veteran": False}) == [
        ("veteran", "同一人的各行不一致", "the rows of one person contradict each other")
    ]
    assert refused({"posts": "无", "post.division": "330203"}) == [
        ("posts", "posts 既写了“无”又有内容", "posts is said to be none and is not")
    ]
    assert refused({"staff.total": 3, "person.professional": True}, subject="station") == [
        ("staff.persons", "人员既有总数又有名单", "staff is given as totals and as persons")
    ]


NO_FEN = (
    "应为金额（分）：至多 15 位整数，不用小数、指数、千位分隔符和单位",
    "an amount in whole fen was expected: at most 15 digits, no decimals, exponent, separators or unit",
)


@pytest.mark.parametrize("cell", [0.5, "0.5", "ten", "1_000", "１２", "1e3", "Infinity", float("inf"), "1e400"])  # fmt: skip
def test_an_amount_in_fen_is_a_whole_number(cell: Any) -> None:
    """Half a fen was once read as half a yuan."""
    assert refused({"post.wage": cell}, money="fen") == [("post.wage", *NO_FEN)]
    found = RULES.check_table(pl.DataFrame({"post.wage": [cell]}), schemes=FLOOR, money="fen")
    assert found[f"{FLOOR}:outcome"].to_list() == [None]
    assert found["problem"].to_list() == [f"post.wage：{NO_FEN[0]}"]


@pytest.mark.parametrize("cell", [True, date(2024, 1, 1)])
def test_what_is_no_number_is_no_amount_in_fen(cell: Any) -> None:
    assert refused({"post.wage": cell}, money="fen") == [("post.wage", *NO_FEN)]


@pytest.mark.parametrize("cell", [150, 150.0, Decimal("150.00"), "150", "150.0"])
def test_fen_however_they_are_written(cell: Any) -> None:
    assert profile_of({"post.wage": cell}, money="fen")["posts"] == [{"wage": Decimal("1.5")}]


def test_a_table_of_entries_has_columns_of_its_own_and_open_ends() -> None:
    """A blank end is none (the post is still held); any other blank cell is unknown."""
    entries = [
        {"who": "a", "start": date(2024, 1, 1), "end": None, "role": None},
        {"who": "a", "start": datetime(2020, 1, 1), "end": date(2021, 1, 1), "role": "不详"},
    ]
    made = profile_of({"post.wage": ""}, tables={"posts": entries})
    assert made == {
        "subject": "worker",
        "posts": [
            {"start": date(2024, 1, 1), "end": None},
            {"start": date(2020, 1, 1), "end": date(2021, 1, 1)},
        ],
    }
