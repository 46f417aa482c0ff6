"""Lines broken for a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sgincentive.cli.layout import wrap

CASES = [
    ("", 10, [""]),
    ("short", 10, ["short"]),
    ("two words here", 9, ["two words", "here"]),
    ("  - two words here", 13, ["  - two words", "    here"]),
    ("✓ 证书登记地为宁波", 12, ["✓ 证书登记地", "  为宁波"]),
    ("一二三四，五", 8, ["一二三", "四，五"]),  # no comma begins a line
    ("一二三（四五）", 8, ["一二三", "（四五）"]),  # no bracket ends one
    ("考试 2024 年度", 9, ["考试 2024", "年度"]),
    ("abcdefghij", 4, ["abcd", "efgh", "ij"]),  # longer than a line: cut
    ("中", 1, ["中"]),
]


@pytest.mark.parametrize(("line", "width", "parts"), CASES)
def test_wrap(line: str, width: int, parts: list[str]) -> None:
    assert wrap(line, width) == parts


@given(st.text("ab 中，（）-✓.", max_size=60), st.integers(12, 40))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int) -> None:
    parts = wrap(text, width)
    assert "".join("".join(parts).split()) == "".join(text.split())
    if cell_len(text) - cell_len(text.lstrip(" ")) < width - 6:
        assert all(cell_len(part) <= width for part in parts)
