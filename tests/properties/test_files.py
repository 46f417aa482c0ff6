"""What holds for every rule file as a text: dumped and read again, damaged, or random."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sgincentive.schemes.index import shipped_rules
from sgincentive.schemes.load import load_scheme
from sgincentive.source import Mapping, Sequence, SourceError, Tree, parse, read_text
from tests.samples.dumped import dump

FILES = sorted(shipped_rules().rglob("*.yaml"))
NAMES = [f.relative_to(shipped_rules()).with_suffix("").as_posix() for f in FILES]


def terms(text: str) -> Any:
    """A scheme without what depends on the look of its text (digest, places of examples)."""
    scheme, problems = load_scheme(text, "x.yaml", "a/b")
    assert not problems.found
    assert scheme is not None
    examples = tuple(dataclasses.replace(e, mark=(0, 0)) for e in scheme.examples)
    return dataclasses.replace(scheme, digest="", examples=examples)


def shuffled(tree: Tree, chance: random.Random) -> Tree:
    """The same mapping with its keys in another order, all the way down but for tables."""
    if isinstance(tree, Sequence):
        return Sequence([shuffled(item, chance) for item in tree.items], tree.mark, tree.end)
    if isinstance(tree, Mapping):
        keys = list(tree.entries)
        # The rows of a table, amounts that use earlier ones and the changes of an example have
        # an order of their own.
        if not ORDERED & tree.entries.keys():
            chance.shuffle(keys)
        entries = {
            k: tree.entries[k]._replace(
                value=tree.entries[k].value
                if k in KEPT
                else shuffled(tree.entries[k].value, chance)
            )
            for k in keys
        }
        return Mapping(entries, tree.mark, tree.end)
    return tree


ORDERED = {"by"}
KEPT = {"let", "define", "examples"}


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_file_dumped_and_loaded_again_is_the_same_scheme(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert terms(dump(parse(text, "x.yaml"))) == terms(text)


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_the_order_of_keys_does_not_matter(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    tree = shuffled(parse(text, "x.yaml"), random.Random(7))
    found = terms(dump(tree))
    want = terms(text)
    names = [f.name for f in dataclasses.fields(found) if f.name not in ("examples", "versions")]
    assert [getattr(found, n) for n in names] == [getattr(want, n) for n in names]
    assert [v.requirements for v in found.versions] == [v.requirements for v in want.versions]


@given(st.sampled_from(FILES), st.data())
def test_damage_never_gives_anything_but_a_located_error(file: Path, data: st.DataObject) -> None:
    text = file.read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start, min(len(text), start + 40)))
    broken = text[:start] + data.draw(st.text(max_size=8)) + text[stop:]
    try:
        scheme, problems = load_scheme(broken, "x.yaml", "a/b")
    except SourceError as error:
        assert error.diagnostics
        return
    lines = broken.count("\n") + 2
    assert (scheme is None) is any(d.severity == "error" for d in problems.found)
    for found in problems.found:
        assert found.mark is not None
        assert 1 <= found.mark.line <= lines


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), st.binary(max_size=12), st.integers(0, 2**32 - 1))
def test_damaged_bytes_are_a_text_or_a_located_error(
    tmp_path: Path, file: Path, more: bytes, at: int
) -> None:
    data = file.read_bytes()
    place = at % len(data)
    damaged = tmp_path / "x.yaml"
    damaged.write_bytes(data[:place] + more + data[place + len(more) :])
    try:
        _, problems = load_scheme(read_text(damaged), "x.yaml", "a/b")
    except SourceError as error:
        assert error.diagnostics
        return
    assert all(found.mark is not None for found in problems.found)


@given(st.text(max_size=200))
def test_random_text_is_no_scheme(text: str) -> None:
    try:
        scheme, problems = load_scheme(text, "x.yaml", "a/b")
    except SourceError as error:
        assert error.diagnostics
        return
    assert scheme is None
    assert problems.found
