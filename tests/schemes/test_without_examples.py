"""A rule file read without its examples is the same scheme."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sgincentive.schemes.load import load_scheme, without_examples

RULES = Path(__file__).parents[2] / "rules"
FILES = sorted(RULES.rglob("*.yaml"))[::20]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_the_terms_are_the_same(path: Path) -> None:
    text = path.read_text("utf-8")
    whole, _ = load_scheme(text, "x.yaml", "x")
    terms, problems = load_scheme(text, "x.yaml", "x", examples=False)
    assert whole is not None
    assert whole.examples
    assert not problems.found
    assert terms == replace(whole, examples=())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nexamples:\n  - x\n\n  # y\n  - z\nb: 2\n", "a: 1\n\n\n\n\n\nb: 2\n"),
        ("a: 1\nexamples:\n- x\n- z\nb: 2\n", "a: 1\n\n\n\nb: 2\n"),
        ("examples: [1,\n  2]\n", "\n\n"),
        ("examples: []\n", "\n"),
        ("a: {examples: 1}\n  examples: 2\n", "a: {examples: 1}\n  examples: 2\n"),
        ("a: 1\n", "a: 1\n"),
    ],
)
def test_every_line_keeps_its_number(text: str, expected: str) -> None:
    assert without_examples(text) == expected
