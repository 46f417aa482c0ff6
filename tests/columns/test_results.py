"""What a table gets beside the answers of its rows: whatever is asked, of whatever kind of frame."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import sgincentive as sg
from sgincentive.columns import TableError, finish
from sgincentive.columns.by_rows import decided_by
from sgincentive.columns.profile import profile_of
from sgincentive.facts import subject_from
from tests.columns.libraries import EVERY, IN_MEMORY, Library, lazy_polars, on_duckdb, polars
from tests.columns.test_tables import NINGBO, ON, RULES, people, said
from tests.engine.written_rules import VETERAN, file, rules, version

GANSU = "gansu/community-wage-grade"


@pytest.mark.parametrize("run", EVERY.values(), ids=EVERY)
@pytest.mark.parametrize("id", [NINGBO, GANSU])
def test_without_reasons_the_rest_is_the_same(run: Library, id: str) -> None:
    table = people(户籍地=["330203", "999999", None])
    whole, short = (run(RULES, table, schemes=id, on=ON, reasons=r) for r in (True, False))
    left = [n for n in whole.column_names if not n.endswith((":missing", ":decided_by"))]
    assert short.column_names == left
    assert [short[n].to_pylist() for n in left] == [whole[n].to_pylist() for n in left]


@pytest.mark.parametrize("run", EVERY.values(), ids=EVERY)
def test_a_row_without_an_answer_has_a_problem_beside_rows_asked_one_by_one(run: Library) -> None:
    table = people(户籍地=["330203", "999999", None], **{"statistic.value": [9000] * 3})
    found = run(RULES, table, schemes=[NINGBO, GANSU], on=ON)
    for id in (NINGBO, GANSU):
        assert [x is None for x in said(found, "outcome", id)] == [False, True, False]
    assert [x is None for x in found["problem"].to_pylist()] == [True, False, True]
    assert found["problem"].to_pylist()[1].startswith("户籍地")


@pytest.mark.parametrize(
    "frame", [pl.DataFrame(), pa.table({}), pd.DataFrame()], ids=lambda f: type(f).__module__
)
def test_a_table_without_columns_gets_those_of_the_answers(frame: Any) -> None:
    found = nw.from_native(RULES.check_table(frame, schemes=NINGBO, on=ON))
    assert found.shape == (0, 8)
    assert found.columns[0] == f"{NINGBO}:outcome"


def test_rows_without_any_cell_are_rows() -> None:
    found = RULES.check_table(pd.DataFrame(index=[7, 8]), schemes=NINGBO, on=ON)
    assert list(found[f"{NINGBO}:outcome"]) == ["undetermined"] * 2
    plan = RULES.check_table(pl.LazyFrame(), schemes=NINGBO, on=ON)
    assert plan.collect().shape == (0, 8)


def test_a_plan_is_no_table_yet() -> None:
    """A lazy frame that has something left to do says the same as the frame that it will be."""
    table = pl.DataFrame(people())
    plan = table.lazy().filter(pl.col("考试年度") == 2024)
    found = RULES.check_table(plan, schemes=NINGBO, on=ON).collect()
    assert said(found.to_arrow(), "outcome") == said(
        polars(RULES, people(), schemes=NINGBO, on=ON), "outcome"
    )


@pytest.mark.parametrize("run", IN_MEMORY.values(), ids=IN_MEMORY)
@pytest.mark.parametrize("person", [None, "谁"])
def test_rows_asked_one_by_one_are_taken_some_at_a_time(
    run: Library, person: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = [["a", "b", "a"], [None, "c", "d"], [None, "b", "e"]]
    table = pa.concat_tables([people(谁=who, **{"statistic.value": [9000] * 3}) for who in pieces])
    whole = run(RULES, table, schemes=[NINGBO, GANSU], on=ON, person=person)
    assert any(whole[f"{GANSU}:by_row"].to_pylist())
    monkeypatch.setattr(finish, "TAKEN", 2)
    assert run(RULES, table, schemes=[NINGBO, GANSU], on=ON, person=person).equals(whole)


@pytest.mark.parametrize("count", [0, 1, 2, 6, 7, 15])
def test_names_are_joined_in_their_order(count: int) -> None:
    """Nothing where no mask holds, one name alone, several, all: also more than are looked up
    together."""
    names = [f"fact{i}" for i in range(count)]
    rows = [set(), set(range(count)), {0}, {count - 1}, {0, count - 1}, {count // 2, count - 1}]
    held = [{i for i in row if 0 <= i < count} for row in rows]
    frame = pl.LazyFrame(
        {"row": range(len(held))}
        | {name: [i in row for row in held] for i, name in enumerate(names)}
    )
    found = (
        frame.select(finish.polars_names(names, names, "joined"), "row")
        .collect()["joined"]
        .to_list()
    )
    assert found == [", ".join(names[i] for i in sorted(row)) or None for row in held]


def test_an_amount_that_every_row_has(tmp_path: Path) -> None:
    """Terms that were always in force, for everybody: no row is without an amount."""
    always = "{value: {days_between: [2024-03-01, 2024-03-02]}, at_least: 1}"
    made = rules(
        tmp_path, a=file(version("1900-01-01", "2100-12-31", always, paid=None), kind="yearly")
    )
    for run in (lazy_polars, polars, on_duckdb):
        found = run(made, pa.table({"own": [1, 2]}), schemes="x/y/a", on=ON)
        assert found["x/y/a:min"].to_pylist() == found["x/y/a:max"].to_pylist() == [100_000] * 2
        assert found["x/y/a:outcome"].to_pylist() == ["eligible"] * 2
        assert found["problem"].to_pylist() == [None] * 2


def test_clean_cells_are_taken_at_their_word() -> None:
    table = people()
    spelled = pl.DataFrame(table).with_columns(
        pl.col("证书级别").replace({"中级": "social_worker", "高级": "senior"}),
        pl.lit("all").alias("工作经历"), pl.lit("none").alias("已发记录"),
    )  # fmt: skip
    read, taken = (
        RULES.check_table(spelled, schemes=NINGBO, on=ON, clean=clean).to_arrow()
        for clean in (False, True)
    )
    for name in ("outcome", "min", "max", "missing", "decided_by"):
        assert said(read, name) == said(taken, name)


def test_every_scheme_about_the_subject_where_none_is_named(tmp_path: Path) -> None:
    made = rules(tmp_path, a=file(version("2020-01-01", "not_stated", VETERAN)), b=file(version()))
    table = pa.table({"veteran": [True, False], "received": ["无"] * 2})
    first = polars(made, table, schemes="x/y/a", on=ON)
    both = polars(made, table, on=ON)
    assert (
        both["x/y/a:outcome"].to_pylist()
        == first["x/y/a:outcome"].to_pylist()
        == ["eligible", "ineligible"]
    )
    assert both["x/y/b:outcome"].to_pylist() == ["undetermined"] * 2
    assert "x/y/b:outcome" not in first.column_names
    assert polars(made, table, subject="station", on=ON).column_names == [
        "veteran",
        "received",
        "problem",
    ]


@pytest.mark.parametrize("run", IN_MEMORY.values(), ids=IN_MEMORY)
def test_an_end_that_is_not_known_is_not_none(run: Library) -> None:
    """A blank end says that the post is still held; the word for unknown does not."""
    cells = {
        "certificate.level": ["social_worker"] * 3, "certificate.exam_year": [2024] * 3,
        "certificate.obtained": [date(2024, 12, 5)] * 3, "certificate.registered_division": ["330203"] * 3,
        "certificate.exam_division": ["330203"] * 3, "certificate.registered": [date(2024, 12, 20)] * 3,
        "post.start": [date(2021, 3, 1)] * 3, "post.end": ["不详", None, "2024-12-31"], "post.division": ["330203"] * 3,
        "post.social_work": [True] * 3, "posts": ["全部"] * 3, "received": ["无"] * 3,
    }  # fmt: skip
    table = pa.table(cells)
    found = run(RULES, table, schemes=NINGBO, on=ON)
    missing = [set((m or "").split(", ")) for m in said(found, "missing")]
    assert ["post.end" in m for m in missing] == [True, False, False]
    for i, row in enumerate(table.to_pylist()):
        engine = RULES[NINGBO].check(sg.Worker.model_validate(profile_of(row)), on=ON)
        assert said(found, "outcome")[i] == engine.outcome
        assert missing[i] - {""} == {m.fact for m in engine.missing}


def test_open_for_the_sake_of_another_certificate(tmp_path: Path) -> None:
    """The better certificate was paid or not, the other one would be due: nothing of its own is open."""
    amount = (
        "{by: certificate.level, assistant: {range: [500, 2000]}, social_worker: 1000, senior: 1}"
    )
    made = rules(tmp_path, a=file(version(amount=amount)))
    cells = {
        "who": ["a"] * 2, "certificate.level": ["assistant", "social_worker"],
        "certificate.exam_year": [2020, 2021], "certificate.obtained": [date(2020, 12, 1), date(2021, 12, 1)],
        "received.scheme": ["x/y/a"] * 2, "received.level": ["assistant"] * 2, "received": ["全部"] * 2,
        "received.amount": [2000] * 2, "received.paid": [date(2022, 1, 1)] * 2,
    }  # fmt: skip
    table = pa.table(cells)
    both = subject_from(profile_of(table.to_pylist(), keep=["who"]))
    decision = made.decide(made["x/y/a"].scheme, both, ON)
    assert (decision.outcome, decided_by(decision)) == ("undetermined", None)
    found = polars(made, table, schemes="x/y/a", on=ON, person="who")
    assert found["x/y/a:outcome"].to_pylist() == ["undetermined"] * 2
    assert found["x/y/a:decided_by"].to_pylist() == [None] * 2


def test_a_library_that_narwhals_knows_and_the_tables_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Foreign:
        implementation = nw.Implementation.IBIS

    monkeypatch.setattr(nw, "from_native", lambda frame: Foreign())
    with pytest.raises(TableError) as caught:
        RULES.check_table({}, schemes=NINGBO)
    assert caught.value.render("en").startswith("no data frame: dict; those of Polars, pandas")
    assert caught.value.render("zh").startswith("不认识的表：dict；可用 Polars、pandas")
