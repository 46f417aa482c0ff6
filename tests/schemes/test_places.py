"""``schemes --in`` for every division: its own, those above and below, each once, and overrides."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sgincentive as sg
from sgincentive.cli.main import main
from sgincentive.coverage.report import below
from sgincentive.divisions import all_codes, ancestors, get, within
from sgincentive.ruleset import Rules
from sgincentive.schemes.model import Scheme

RULES = sg.load_rules()
SCHEMES = RULES.schemes()
CURRENT = list(below("000000"))

RULE = """\
title: {{zh: 项目, en: {name}}}
record: test.{name}
subject: worker
applies_in: "{place}"
issuer: not_stated
payer: not_stated
benefit: {{kind: one_off}}
{more}versions:
  - from: 2024-01-01
    until: not_stated
    last_confirmed: 2030-01
    sources: [{{title: 通知, kind: repost, url: "http://example.org/"}}]
    requires: [{{fact: certificate.level, is: senior}}]
    amount: 1000
    paid_before: once
"""
PLACES = {
    "national": "000000", "province": "330000", "city": "330200", "county": "330203", "other": "330204",
    "far": "620000",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A scheme at each level; that of the county overrides that of the city."""
    for name, place in PLACES.items():
        more = ""
        if name == "county":
            more = (
                'relations: [{overrides: t/old, where: {exists: posts, where: [{fact: division, within: "330203"}]}},'
                " {implements: t/province}]\n"
            )
        if name == "city":
            more = "aliases: [t/old]\n"
        (tmp_path / "t").mkdir(exist_ok=True)
        text = RULE.format(name=name, place=place, more=more)
        (tmp_path / "t" / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def names(rules: Rules, place: str) -> set[str]:
    found = [s.id.removeprefix("t/") for s in rules.schemes(division=place)]
    assert len(found) == len(set(found))
    return set(found)


def test_a_county_sees_its_own_and_all_above(folder: Path) -> None:
    rules = sg.load_rules(folder)
    assert names(rules, "330203") == {"national", "province", "city", "county"}
    assert names(rules, "330205") == {"national", "province", "city"}
    assert names(rules, "330200") == {"national", "province", "city", "county", "other"}
    assert names(rules, "330100") == {"national", "province"}
    assert names(rules, "620102") == {"national", "far"}
    assert names(rules, "000000") == set(PLACES)


def test_an_overridden_scheme_names_what_overrides_it(folder: Path) -> None:
    rules = sg.load_rules(folder)
    city = rules["t/city"].scheme
    assert [s.id for s in rules.overriding(city)] == ["t/county"]
    assert [s.id for s in rules.overriding(city, "330203")] == ["t/county"]
    assert rules.overriding(city, "330204") == []
    assert rules.overriding(rules["t/province"].scheme, "330203") == []


@pytest.mark.parametrize(
    ("place", "everywhere", "said"),
    [
        ("330203", True, "  overridden by t/county\n"),
        ("330200", False, "  overridden in 海曙区 by t/county\n"),
        (None, False, "  overridden in 海曙区 by t/county\n"),
        ("330204", None, ""),
    ],
)
def test_the_list_marks_it(
    folder: Path, capsys: pytest.CaptureFixture[str], place: str | None, everywhere: bool | None, said: str
) -> None:  # fmt: skip
    where = ["--in", place] if place is not None else []
    assert main(["schemes", *where, "--rules", str(folder), "--json"]) == 0
    rows = {r["scheme"]: r["overridden_by"] for r in json.loads(capsys.readouterr().out)["schemes"]}
    expected = [] if everywhere is None else [{"scheme": "t/county", "everywhere": everywhere}]
    assert rows.pop("t/city") == expected
    assert {str(v) for k, v in rows.items() if k.startswith("t/")} == {"[]"}
    main(["schemes", *where, "--rules", str(folder), "--lang", "en"])
    out = capsys.readouterr().out
    assert (said in out) if said else ("overridden" not in out)


def above(code: str) -> set[str]:
    return {code, *ancestors(code)}


def test_every_division_sees_each_of_its_schemes_once() -> None:
    own: dict[str, list[Scheme]] = {}
    for scheme in SCHEMES:
        for place in scheme.applies_in:
            own.setdefault(place, []).append(scheme)
    places = list(own)
    for code in CURRENT:
        found = [s.id for s in RULES.schemes(division=code)]
        assert found == sorted(set(found))
        inherited = {s.id for place in above(code) for s in own.get(place, ())}
        assert inherited <= set(found), code
        for id in set(found) - inherited:
            lower = [p for p in RULES[id].scheme.applies_in if p in places]
            assert any(within(p, code) is not False or within(code, p) is not False for p in lower)


def test_an_ended_division_sees_what_its_place_sees_now() -> None:
    for code in all_codes():
        division = get(code)
        if division.ended and len(division.successors) == 1:
            now = {s.id for s in RULES.schemes(division=division.successors[0])}
            then = {s.id for s in RULES.schemes(division=code)}
            upper = {
                s.id
                for s in SCHEMES
                if any(p in ancestors(division.successors[0]) for p in s.applies_in)
            }
            assert upper & now <= then, code


def test_what_overrides_stands_below_what_it_overrides() -> None:
    for lower in SCHEMES:
        for relation in lower.relations:
            upper = RULES[relation.scheme].scheme
            for place in lower.applies_in:
                assert any(within(place, p) is True for p in upper.applies_in), (lower.id, upper.id)
