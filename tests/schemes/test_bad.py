"""Broken rule files give the messages that stand beside them.

``SGINCENTIVE_REWRITE_EXPECTED=1 pytest tests/schemes/test_bad.py`` writes the messages anew; read
the difference before it is kept.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import sgincentive as sg
from sgincentive.schemes.load import load_scheme
from sgincentive.source import Diagnostic, SourceError
from tests.samples.samples import REWARD

BAD = Path(__file__).parent / "bad"
NAMES = sorted(path.stem for path in BAD.glob("*.yaml"))
REWRITE = "SGINCENTIVE_REWRITE_EXPECTED"


def problems(name: str) -> list[Diagnostic]:
    """What is wrong in a fixture, in order of place."""
    text = (BAD / f"{name}.yaml").read_text(encoding="utf-8")
    try:
        scheme, found = load_scheme(text, f"bad/{name}.yaml", f"bad/{name}")
    except SourceError as error:
        return error.diagnostics
    assert scheme is None, f"{name}.yaml loads"
    return SourceError(found.found).diagnostics


@pytest.mark.parametrize("name", NAMES)
def test_message(name: str) -> None:
    rendered = SourceError(problems(name)).render("en") + "\n"
    expected = BAD / f"{name}.expected.txt"
    if os.environ.get(REWRITE):
        expected.write_text(rendered, encoding="utf-8")
    assert rendered == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_and_a_place(name: str) -> None:
    """Every message names file, line and column and says the same in Chinese."""
    found = problems(name)
    assert found
    for each in found:
        assert each.mark is not None
        place = f"bad/{name}.yaml:{each.mark.line}:{each.mark.column}: "
        assert each.render("en").startswith(f"{place}error: ")
        chinese = each.render("zh")
        assert chinese.startswith(f"{place}错误: ")
        assert re.search("[一-鿿]", each.text.zh)
        assert not re.search("[一-鿿]", each.text.en) or name.endswith("-division")


def test_no_fixture_without_a_message_and_no_message_without_a_fixture() -> None:
    assert {path.name.removesuffix(".expected.txt") for path in BAD.glob("*.txt")} == set(NAMES)


def test_the_good_file_is_good() -> None:
    """What the fixtures are made from loads: each is broken by its own error alone."""
    scheme, found = load_scheme(REWARD, "good.yaml", "good")
    assert scheme is not None
    assert not found.found


def test_one_broken_file_does_not_hide_another(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(REWARD, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(
        REWARD.replace("amount: 1000", "amount: 1e3"), encoding="utf-8"
    )
    (tmp_path / "b.yaml").write_text("title: [\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_bytes(b"\x00\xff")
    with pytest.raises(SourceError) as caught:
        sg.load_rules(tmp_path)
    named = {Path(each.path).name: each.text.en for each in caught.value.diagnostics}
    assert set(named) == {"a.yaml", "b.yaml", "c.yaml"}
    assert "no exponent" in named["a.yaml"]
    assert "binary" in named["c.yaml"]


def test_the_good_files_load_once_the_broken_ones_are_gone(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(REWARD, encoding="utf-8")
    assert list(sg.load_rules(tmp_path)) == ["good"]


def test_an_id_or_alias_used_twice_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(REWARD, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(REWARD + "aliases: [a]\n", encoding="utf-8")
    with pytest.raises(SourceError, match='the id "a" is used twice'):
        sg.load_rules(tmp_path)


def test_all_errors_of_a_file_are_reported_in_order() -> None:
    found = problems("many")
    assert len(found) >= 6
    marks = [each.mark for each in found if each.mark is not None]
    assert len(marks) == len(found)
    assert marks == sorted(marks)


def test_a_misspelt_key_is_one_error_that_names_the_nearest() -> None:
    for key in ("title", "subject", "issuer", "payer", "benefit", "versions", "record"):
        found = load_problems(REWARD.replace(f"{key}:", f"{key}x:", 1))
        assert [each.text.en for each in found] == [f'unknown field "{key}x"']
        assert found[0].hint is not None
        assert f'"{key}"' in found[0].hint.en
    for key in ("until", "last_confirmed", "sources", "requires", "amount", "paid_before"):
        found = load_problems(REWARD.replace(f"    {key}:", f"    {key}x:", 1))
        assert [each.text.en for each in found] == [f'unknown field "{key}x"']


def test_a_misspelt_day_of_first_sight_is_one_error() -> None:
    text = REWARD.replace("from: 2024-01-01", "from: not_stated\n    sen: 2024-01-01")
    assert [each.text.en for each in load_problems(text)] == ['unknown field "sen"']


def test_a_key_that_is_missing_beside_one_misspelt_otherwise_is_still_missing() -> None:
    found = load_problems(REWARD.replace("issuer: not_stated\n", "").replace("payer:", "payr:"))
    assert {each.text.en for each in found} == {'"issuer" is missing', 'unknown field "payr"'}


def load_problems(text: str) -> list[Diagnostic]:
    scheme, found = load_scheme(text, "x.yaml", "x")
    assert scheme is None
    return found.found


@pytest.mark.parametrize("name", ["a.yml", "a.YAML", "sub/a.yml"])
def test_another_ending_is_an_error_that_names_the_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "good.yaml").write_text(REWARD, encoding="utf-8")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(REWARD, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        sg.load_rules(tmp_path)
    (only,) = caught.value.diagnostics
    assert only.path.endswith(name)
    assert "end in .yaml" in only.text.en
