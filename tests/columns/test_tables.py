"""Tables as users have them: headings, several rows of a person, tables of their own, errors."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pyspark import cloudpickle

import sgincentive as sg
from sgincentive.columns import TableError, duck, profile_of
from sgincentive.columns.backends import Backend
from sgincentive.columns.spark import spark_batches
from sgincentive.ruleset import UnknownScheme
from tests.columns.libraries import EVERY, IN_MEMORY, Library, arrow, on_duckdb, polars

RULES = sg.load_rules()
NINGBO = "zhejiang/ningbo/exam-reward"
ON = date(2025, 1, 10)
DUE = {
    "证书级别": ["中级", "高级", None],
    "考试年度": [2024, 2024, 2024],
    "取证日期": [date(2024, 12, 5)] * 3,
    "证书.报考地": ["330203"] * 3,
    "登记地": ["330203"] * 3,
    "登记日期": [date(2024, 12, 20)] * 3,
    "工作地": ["330203"] * 3,
    "入职日期": [date(2021, 3, 1)] * 3,
    "离岗日期": pa.array([None] * 3, pa.date32()),
    "编制类型": ["contract"] * 3,
    "从事社会工作": [True] * 3,
    "工作经历": ["全部"] * 3,
    "已发记录": ["无"] * 3,
}
WORD = f"confirmed.{NINGBO}:qualification-review"


def people(**more: Any) -> pa.Table:
    """Three persons of Ningbo: one of the middle level, a senior one, one of an unknown level."""
    return pa.table({**DUE, WORD: [True] * 3, **more})


def said(found: pa.Table, name: str, id: str = NINGBO) -> list[Any]:
    values: list[Any] = found[f"{id}:{name}"].to_pylist()
    return values


def profile(row: int, table: pa.Table) -> Any:
    return sg.Worker.model_validate(profile_of(table.slice(row, 1).to_pylist()))


@pytest.mark.parametrize("run", EVERY.values(), ids=EVERY)
def test_chinese_headings_and_spellings_say_what_the_profile_says(run: Library) -> None:
    table = people()
    found = run(RULES, table, schemes=NINGBO, on=ON)
    decisions = [RULES[NINGBO].check(profile(i, table), on=ON) for i in range(3)]
    assert said(found, "outcome") == [d.outcome for d in decisions]
    assert "eligible" in said(found, "outcome")
    assert said(found, "min")[:2] == [
        int(100 * (d.amount.min or 0)) for d in decisions[:2] if d.amount
    ]
    assert "certificate.level" in said(found, "missing")[2]
    assert found.column_names[: len(DUE)] == list(DUE)


def test_a_row_is_a_profile() -> None:
    row = people().slice(0, 1).to_pylist()[0]
    made = profile_of(row)
    assert made["certificates"][0] | {"level": "x"} == {
        "level": "x", "exam_year": 2024, "obtained": date(2024, 12, 5),
        "exam_division": "330203", "registered_division": "330203", "registered": date(2024, 12, 20),
    }  # fmt: skip
    assert made["received"] == []
    assert "posts" not in made.get("partial", ())
    assert made["posts"][0]["end"] is None


@pytest.mark.parametrize("run", EVERY.values(), ids=EVERY)
def test_rows_of_a_person_are_one_profile(run: Library) -> None:
    """The answer for two certificates is that of the better one, in both rows."""
    found = run(RULES, people(谁=["a", "a", "b"]), schemes=NINGBO, on=ON, person="谁")
    both = RULES[NINGBO].check(
        sg.Worker.model_validate(profile_of(people().slice(0, 2).to_pylist())), on=ON
    )
    order = sorted(range(3), key=lambda i: found["谁"].to_pylist()[i])
    outcomes = [said(found, "outcome")[i] for i in order]
    assert outcomes[:2] == [both.outcome] * 2
    assert [said(found, "by_row")[i] for i in order] == [True, True, False]


def frames(connection: duckdb.DuckDBPyConnection) -> dict[str, Callable[[pa.Table], Any]]:
    """An Arrow table as a frame of each library."""

    def relation(table: pa.Table) -> Any:
        name = f"t{table.num_columns}"
        connection.register(name, table)
        return connection.table(name)

    return {
        "polars": pl.DataFrame, "lazy polars": lambda table: pl.DataFrame(table).lazy(),
        "pandas": lambda table: table.to_pandas(), "pyarrow": lambda table: table, "duckdb": relation,
    }  # fmt: skip


PAID = pa.table(
    {"谁": ["a", "a", "b"], "scheme": [NINGBO] * 3, "received.level": ["中级", "初级", "高级"],
     "amount": [1, 1, 1], "paid": [date(2025, 1, 2)] * 3}
)  # fmt: skip


def joined_payments(frame: Callable[[pa.Table], Any]) -> None:
    """Asserts that payments in a table of their own count as those of the profile do."""
    table = people(谁=["a", "b", "c"]).drop_columns(["已发记录"])
    found = nw.from_native(
        RULES.check_table(
            frame(table), schemes=NINGBO, on=ON, person="谁", tables={"received": frame(PAID)}
        )
    )
    if isinstance(found, nw.LazyFrame):
        found = found.collect()
    outcomes = dict(zip(found["谁"].to_list(), found[f"{NINGBO}:outcome"].to_list(), strict=True))
    expected = {}
    for i, who in enumerate("abc"):
        entries = [{k: v for k, v in entry.items() if k != "谁"}
                   for entry in PAID.to_pylist() if entry["谁"] == who]  # fmt: skip
        row = table.drop_columns(["谁"]).slice(i, 1).to_pylist()
        asked = sg.Worker.model_validate(profile_of(row, tables={"received": entries}))
        expected[who] = RULES[NINGBO].check(asked, on=ON).outcome
    assert outcomes == expected


@pytest.mark.parametrize("library", frames(duckdb.connect()))
def test_payments_of_their_own_are_joined_by_person(library: str) -> None:
    joined_payments(frames(duckdb.connect())[library])


def test_payments_of_their_own_on_spark(spark: Any) -> None:
    joined_payments(spark.createDataFrame)


class OnCluster:
    """An Arrow table as Spark hands it to the processes of its workers: in batches, or by group."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def limit(self, rows: int) -> OnCluster:
        return OnCluster(self.table.slice(0, rows))

    def toArrow(self) -> pa.Table:  # noqa: N802 - Spark's own name
        return self.table

    def mapInArrow(self, function: Any, schema: Any) -> pa.Table:  # noqa: N802
        batches = self.table.to_batches(max_chunksize=2)
        return pa.Table.from_batches(pickle.loads(cloudpickle.dumps(function))(iter(batches)))

    def groupBy(self, key: str) -> Any:  # noqa: N802
        groups = [
            self.table.filter(pc.equal(self.table[key], each)) for each in self.table[key].unique()
        ]
        return SimpleNamespace(
            applyInArrow=lambda function, schema: pa.concat_tables(map(function, groups))
        )


@pytest.mark.parametrize("person", [None, "谁"])
def test_the_processes_of_a_cluster_ask_about_single_rows(
    person: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Spark's workers run, run here on what DuckDB makes of the same statement."""
    cells: dict[str, Any] = {"谁": ["a", "a", "b"], "statistic.value": [9000] * 3}
    table = people(**cells, 户籍地=["330203", "330203", "999999"])
    schemes = [NINGBO, "gansu/community-wage-grade"]
    # Spark answers all in one statement.
    monkeypatch.setattr(Backend, "splits", False)
    expected = on_duckdb(RULES, table, schemes=schemes, on=ON, person=person)
    monkeypatch.setattr(
        duck,
        "duck_batches",
        lambda made, finisher: spark_batches(OnCluster(made.to_arrow_table()), finisher),
    )
    relation = frames(duckdb.connect())["duckdb"](table)
    found = RULES.check_table(relation, schemes=schemes, on=ON, person=person)
    assert isinstance(found, pa.Table)
    order = [("谁", "ascending"), ("证书级别", "ascending")]
    found = found.sort_by(order)
    assert found.to_pydict() == expected.sort_by(order).to_pydict()
    assert [x is None for x in found["problem"].to_pylist()] == [True, True, False]


@pytest.mark.parametrize("run", [polars, arrow, on_duckdb])
def test_codes_that_became_numbers_are_refused(run: Library) -> None:
    with pytest.raises(TableError, match="holds division codes"):
        run(RULES, people(户籍地=[330203] * 3), schemes=NINGBO)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"certificate.obtaned": [ON]}, "certificate.obtained"),
        ({"certificate.level": [1]}, "holds words"),
        ({"certificate.obtained": [True]}, "certificate.obtained"),
        ({"received": [1]}, "none, all or unknown"),
    ],
)
def test_a_heading_or_type_that_cannot_be(columns: dict[str, Any], message: str) -> None:
    with pytest.raises(TableError, match=message):
        polars(RULES, pa.table(columns), schemes=NINGBO)


def test_what_is_asked_must_be() -> None:
    with pytest.raises(UnknownScheme):
        polars(RULES, people(), schemes="nowhere")
    with pytest.raises(ValueError, match="one kind of subject"):
        polars(RULES, people(), schemes=[NINGBO, "heilongjiang/qitaihe/procurement"])
    with pytest.raises(ValueError, match="has no list"):
        polars(RULES, people(), schemes=NINGBO, complete=["paid"])
    with pytest.raises(ValueError, match="'yuan' or 'fen'"):
        polars(RULES, people(), schemes=NINGBO, money="euro")
    with pytest.raises(TableError, match="there is no column 'who'"):
        polars(RULES, people(), schemes=NINGBO, person="who")
    with pytest.raises(ValueError, match="joined by a person"):
        RULES.check_table(people(), schemes=NINGBO, tables={"received": people()})
    with pytest.raises(TableError, match="no data frame"):
        RULES.check_table([1], schemes=NINGBO)
    with pytest.raises(TableError, match="no data frame"):
        RULES.check_table(pl.Series([1]), schemes=NINGBO)
    with pytest.raises(TableError, match="same kind of frame"):
        RULES.check_table(people(谁=["a"] * 3), schemes=NINGBO, person="谁",
                          tables={"received": pl.DataFrame({"谁": ["a"]})})  # fmt: skip
    with pytest.raises(TableError, match="has no column"):
        RULES.check_table(people(谁=["a"] * 3), schemes=NINGBO, person="谁",
                          tables={"received": pa.table({"x": ["a"]})})  # fmt: skip


TWICE: dict[str, Callable[[], Any]] = {
    "pandas": lambda: pd.DataFrame([[1, 2]], columns=["a", "a"]),
    "pyarrow": lambda: pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"]),
    "duckdb": lambda: duckdb.sql("select 1 as a, 2 as a"),
}


@pytest.mark.parametrize("library", TWICE)
def test_a_column_that_stands_there_twice(library: str) -> None:
    """It is named; the cells of an Arrow table once were."""
    with pytest.raises(TableError) as caught:
        RULES.check_table(TWICE[library](), schemes=NINGBO)
    assert caught.value.render("zh") == "“a”列重复"
    assert caught.value.render("en") == "the column 'a' stands there twice"


@pytest.mark.parametrize("run", IN_MEMORY.values(), ids=IN_MEMORY)
def test_a_bad_row_has_a_problem_and_no_answer(run: Library) -> None:
    found = run(RULES, people(户籍地=["330203", "999999", None]), schemes=NINGBO, on=ON)
    assert [x is None for x in found["problem"].to_pylist()] == [True, False, True]
    assert said(found, "outcome")[1] is None
    assert said(found, "outcome")[0] is not None


def test_the_sum_of_answers_without_reasons() -> None:
    found = polars(RULES, people(), schemes=NINGBO, on=ON, reasons=False)
    assert [n for n in found.column_names if n.startswith(NINGBO)] == [
        f"{NINGBO}:{n}" for n in ("outcome", "min", "max", "published", "by_row")
    ]


def test_a_spell_of_unknown_end_has_no_month_more() -> None:
    """Started ten years and a day short of ten: without an end it is never ten years."""
    id = "gansu/community-long-service-10-years"
    table = pa.table({"post.start": [date(2013, 9, 9)], "post.role": ["community_worker"],
                      "post.division": ["620102"], "posts": ["全部"]})  # fmt: skip
    found = polars(RULES, table, schemes=id, on=date(2023, 9, 8))
    assert (said(found, "outcome", id), said(found, "decided_by", id)) == (
        ["ineligible"],
        ["years"],
    )


def test_what_cannot_pay_any_more_asks_nothing_of_an_open_version() -> None:
    """All of a lifetime's amount was paid: whatever the exam year, no post would bring more."""
    id = "shandong/weihai/certificate-reward"
    table = pa.table({"certificate.level": ["assistant"], "certificate.obtained": [date(2019, 3, 22)],
                      "certificate.exam_division": ["110101"], "post.division": ["000000"],
                      "post.start": [date(2016, 10, 22)], "post.social_work": [True],
                      "received.scheme": [id], "received.amount": [65503],
                      "received.paid": [date(2020, 2, 17)]})  # fmt: skip
    found = polars(RULES, table, schemes=id, on=date(2023, 3, 1))
    engine = RULES[id].check(profile(0, table), on=date(2023, 3, 1))
    assert [m.fact for m in engine.missing] == ["certificate.exam_year"]
    assert said(found, "missing", id) == ["certificate.exam_year"]


def test_the_date_of_a_certificate_is_missing_only_where_an_answer_rests_on_it() -> None:
    id = "jiangsu/suqian/certificate-reward"
    table = pa.table({"certificate.level": ["assistant"], "post.division": ["321302"],
                      "post.start": [date(2019, 5, 1)], "posts": ["全部"],
                      "post.establishment": ["managed_as_civil_servant"]})  # fmt: skip
    found = polars(RULES, table, schemes=id, on=date(2023, 3, 1))
    engine = RULES[id].check(profile(0, table), on=date(2023, 3, 1))
    assert set(said(found, "missing", id)[0].split(", ")) == {m.fact for m in engine.missing}
    assert "certificate.obtained" not in said(found, "missing", id)[0]
