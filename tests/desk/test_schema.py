"""The JSON Schema of a rule file: up to date, true of every rule file, strict where it can be."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft7Validator

from sgincentive.desk import schema_words as words
from sgincentive.desk.schema import every_fact, rule_file_schema, schema_text
from sgincentive.facts import facts, subject_kinds
from sgincentive.schemes import model as m
from sgincentive.schemes import reading
from sgincentive.source import SourceError, parse, to_plain
from sgincentive.words import Text
from tests.desk.made_up import FILE

ROOT = Path(__file__).parents[2]
BAD = ROOT / "tests" / "schemes" / "bad"
SCHEMA = rule_file_schema()
VALIDATOR = Draft7Validator(SCHEMA)
BLOCK = re.compile(r"^```yaml (condition|day|amount)[ \w]*\n(.*?)^```$", re.M | re.S)
# What the schema cannot tell: types of facts, units, dates of the calendar, names of the file.
BEYOND = {
    "ambiguous-division", "amount-of-a-date", "at-without-span", "boolean-as-no",
    "date-compared-with-number", "date-with-money", "fact-of-an-entry", "finer-than-a-fen",
    "money-3-decimals", "money-in-months", "money-times-money", "months-with-money",
    "no-such-day", "otherwise-first", "range-upside-down", "table-row-unknown-level",
    "third-of-money", "unknown-definition", "unknown-division", "unknown-quantity-name",
    "until-before-from", "version-id-twice", "versions-overlap-same-day", "versions-overlap",
    "versions-same-exam-year", "versions-selected-differently", "year-out-of-range",
}  # fmt: skip


def data(text: str) -> Any:
    """What an editor's YAML reader makes of a rule file."""

    def plain(value: Any) -> Any:
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, list) else value

    return plain(to_plain(parse(text, "a.yaml")))


def errors(text: str) -> list[str]:
    return [f"{list(e.absolute_path)}: {e.message}" for e in VALIDATOR.iter_errors(data(text))]


def test_it_is_a_schema_and_up_to_date() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert json.loads(schema_text()) == SCHEMA
    shipped = (ROOT / "docs" / "rule-file.schema.json").read_text("utf-8")
    assert shipped == schema_text(), "sgincentive rules schema -o docs/rule-file.schema.json"


@pytest.mark.parametrize("path", sorted((ROOT / "rules").rglob("*.yaml")), ids=lambda p: p.stem)
def test_every_rule_file_is_valid(path: Path) -> None:
    assert errors(path.read_text("utf-8")) == []


def test_the_page_for_authors_is_valid() -> None:
    page = (ROOT / "docs" / "rule-files.md").read_text("utf-8")
    assert errors(page.split("```yaml file\n")[1].split("```")[0]) == []


def blocks() -> Iterator[Any]:
    """The conditions, days and amounts on the page for authors; every node stands there."""
    page = (ROOT / "docs" / "rule-files.md").read_text("utf-8")
    for number, (kind, text) in enumerate(BLOCK.findall(page)):
        found = data("block:\n" + textwrap.indent(text, "  "))["block"]
        for node in found if isinstance(found, list) else [found]:
            yield pytest.param(kind, node, id=f"{kind}-{number}")


@pytest.mark.parametrize(("kind", "node"), list(blocks()))
def test_every_node_of_the_page_is_valid(kind: str, node: Any) -> None:
    part = {"$ref": f"#/definitions/{kind}", "definitions": SCHEMA["definitions"]}
    assert [e.message for e in Draft7Validator(part).iter_errors(node)] == []


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda p: p.stem)
def test_broken_files_are_refused_as_far_as_a_schema_can_tell(path: Path) -> None:
    try:
        found = errors(path.read_text("utf-8"))
    except SourceError:
        return
    assert bool(found) is (path.stem not in BEYOND)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("one_of: [assistant, social_worker]", "one_of: [asistant]"),
        ("fact: residence", "fact: residense"),
        ("within: \"330200\"", "wthin: \"330200\""),
        ("from: 2020-01-01", "from: spring"),
        ("kind: one_off, per: best", "kind: one_off, per: most"),
        ("last_confirmed: 2024-06", "last_confirmd: 2024-06"),
        ("paid_before: once", "paid_before: twice"),
        ("outcome: eligible", "outcome: eligibel"),
        ("assistant: 1000", "assistant: -1000"),
        ("title: {zh: 样例奖励, en: Sample reward}", "title: 样例奖励"),
    ],
)  # fmt: skip
def test_misspellings_are_refused(good: str, bad: str) -> None:
    assert good in FILE
    assert errors(FILE) == []
    assert errors(FILE.replace(good, bad))


# ----------------------------------------------------------- the vocabularies of the loader


@pytest.mark.parametrize(
    ("table", "vocabulary"),
    [
        (words.SCHEME, reading.SCHEME_KEYS), (words.VERSION, reading.VERSION_KEYS),
        (words.REQUIREMENT, reading.REQUIREMENT_KEYS), (words.EXPECT, reading.EXPECT_KEYS),
        (words.SUBJECTS, subject_kinds), (words.BENEFIT_KINDS, get_args(m.BenefitKind)),
        (words.SELECTED_BY, get_args(m.SelectedBy)), (words.STRENGTHS, get_args(m.Strength)),
        (words.SOURCE_KINDS, get_args(m.SourceKind)),
        (words.LEDGER, (*get_args(m.LedgerRule), "not_stated")),
        (words.COUNTS, get_args(m.MonthCounts)), (words.STARTS, get_args(m.Starts)),
        (words.BARS, get_args(m.Bars)), (words.BARRING_STATUS, get_args(m.BarringStatus)),
        (words.TIMES_PER, get_args(m.TimesPer)), (words.FIGURE_KINDS, get_args(m.FigureKind)),
        (words.RELATIONS, (*get_args(m.RelationKind), "where")),
    ],
)  # fmt: skip
def test_every_word_is_there(table: dict[str, Text], vocabulary: tuple[str, ...]) -> None:
    assert set(table) == set(vocabulary)


def test_every_fact_can_be_named() -> None:
    named = every_fact()
    for kind in subject_kinds:
        assert set(facts(kind)) <= set(named)
    assert {f.name for f in named["division"]} >= {"post.division", "division"}
    definition = SCHEMA["definitions"]["fact"]
    assert definition["enum"] == list(named)
    assert len(definition["enumDescriptions"]) == len(named)


def test_every_key_is_explained_in_both_languages() -> None:
    tables = [t for name, t in vars(words).items() if name.isupper()]
    assert len(tables) > 30
    for table in tables:
        for text in table.values():
            assert any("一" <= c <= "鿿" for c in text.zh), text
            assert text.en.isascii() or "…" in text.en, text
