"""Containment in three values."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgincentive.divisions import all_codes, ancestors, get, within
from sgincentive.divisions.containment import _reach
from sgincentive.divisions.table import has_self, rows

CODES = (*all_codes(), *(code + "@self" for code in all_codes() if has_self(code)))
codes = st.sampled_from(CODES)
ended = st.sampled_from([code for code, row in rows().items() if row.until])


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[str, str, str]:
    """Three codes of one province, where containment is likely."""
    first = draw(st.one_of(codes, ended))
    near = st.sampled_from([code for code in CODES if code[:2] == first[:2]])
    return first, draw(near), draw(near)


@pytest.mark.parametrize(
    ("inner", "outer", "answer"),
    [
        ("330203", "330203", True),
        ("330203", "330200", True),
        ("330203", "330000", True),
        ("330203", "000000", True),
        ("330203", "330100", False),
        ("330203", "340000", False),
        ("330200", "330203", None),
        ("000000", "330200", None),
        # the level itself
        ("330200@self", "330200", True),
        ("330200@self", "330000", True),
        ("330200@self", "330200@self", True),
        ("330200@self", "330203", False),
        ("330203", "330200@self", False),
        ("330200", "330200@self", None),
        ("330000", "330200@self", None),
        ("330000@self", "330200", False),
        # headings and places without a city
        ("110101", "110100", True),
        ("110100", "110101", None),
        ("110100", "110000", True),
        ("500229", "500200", True),
        ("500101", "500200", False),
        ("419001", "419000", True),
        ("419001", "410000", True),
        # zones
        ("340500-cihu", "340500", True),
        ("340500-cihu", "340503", False),
        ("340500", "340500-cihu", None),
        ("371312-jiuqu", "371300", True),
        ("371312", "371312-jiuqu", None),
        # ended, inner: where the successor is
        ("330283", "330213", True),
        ("330283", "330200", True),
        ("330204", "330212", True),
        ("330204", "330203", False),
        ("341521", "340400", True),
        ("341521", "341500", False),
        ("310225", "310119", True),
        ("310225", "310115", True),
        # ended, inner, several successors: only where all agree
        ("330104", "330100", True),
        ("330104", "330102", None),
        ("330104", "330103", False),
        ("371200", "370100", True),
        ("371200", "370116", None),
        ("341400", "340000", True),
        ("341400", "340100", None),
        ("341400", "340300", False),
        # ended prefecture: a county filed under it has since left its successor
        ("513900", "512000", None),
        ("513900", "510000", True),
        # ended, outer
        ("330213", "330283", True),
        ("330213@self", "330283", True),
        ("330212", "330204", None),
        ("330212", "330227", None),
        ("110101", "110103", None),
        ("330114", "330104", None),
        ("330203", "330204", False),
        ("330200", "330283", None),
        ("370116", "371200", True),
        ("341424", "341400", True),
        ("340181", "341400", True),
        ("340207", "341400", None),
        ("340300", "341400", False),
    ],
)
def test_within(inner: str, outer: str, answer: bool | None) -> None:
    assert within(inner, outer) is answer


@pytest.mark.parametrize(
    ("inner", "outer"), [("999999", "330000"), ("330000", "x"), ("", "000000")]
)
def test_unknown_codes(inner: str, outer: str) -> None:
    with pytest.raises(KeyError):
        within(inner, outer)


@given(codes)
def test_reflexive_and_in_the_country(code: str) -> None:
    assert within(code, code) is True
    assert within(code, "000000") is True


def test_every_code_is_within_its_ancestors() -> None:
    for code in CODES:
        for above in ancestors(code):
            assert within(code, above) is True, (code, above)
        for lower, upper in pairwise(ancestors(code)):
            assert within(lower, upper) is True, (lower, upper)


@given(neighbours())
def test_transitive(three: tuple[str, str, str]) -> None:
    a, b, c = three
    if within(a, b) and within(b, c):
        assert within(a, c) is True
    if within(a, b) and within(b, c) is False:
        assert within(a, c) is False


@given(neighbours())
def test_disjoint_both_ways_and_never_half(three: tuple[str, str, str]) -> None:
    a, b, _ = three
    assert (within(a, b) is False) == (within(b, a) is False)


@given(neighbours())
def test_within_each_other_is_equality_or_succession(three: tuple[str, str, str]) -> None:
    a, b, _ = three
    if within(a, b) and within(b, a) and a != b:
        assert not (get(a).current and get(b).current)
        assert _reach(a) & _reach(b)
