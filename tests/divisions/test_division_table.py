"""The table: what each code is, where it stands, what became of it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from sgincentive.divisions import all_codes, ancestors, children, get, self_code
from sgincentive.divisions.table import GROUPS, predecessors


def test_a_county() -> None:
    haishu = get("330203")
    assert (haishu.name, haishu.full_name) == ("海曙区", "浙江省宁波市海曙区")
    assert (haishu.parent, haishu.kind, haishu.current) == ("330200", "county", True)
    with pytest.raises(FrozenInstanceError):
        haishu.name = "x"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("code", "name", "kind", "parent"),
    [
        ("000000", "全国", "country", None),
        ("330000", "浙江省", "province", "000000"),
        ("710000", "台湾省", "province", "000000"),
        ("810000", "香港特别行政区", "province", "000000"),
        ("820000", "澳门特别行政区", "province", "000000"),
        ("330200", "宁波市", "city", "330000"),
        ("110101", "东城区", "county", "110000"),
        ("110100", "市辖区", "city", "110000"),
        ("500200", "县", "city", "500000"),
        ("419001", "济源市", "county", "410000"),
        ("429004", "仙桃市", "county", "420000"),
        ("469001", "五指山市", "county", "460000"),
        ("659001", "石河子市", "county", "650000"),
        ("460300", "三沙市", "city", "460000"),
        ("440309", "龙华区", "county", "440300"),
        ("653229", "和安县", "county", "653200"),
        ("620100-lanzhouxinqu", "兰州新区", "zone", "620100"),
        ("330200@self", "宁波市本级", "zone", "330200"),
        ("341402", "居巢区", "county", "341400"),
    ],
)
def test_places(code: str, name: str, kind: str, parent: str | None) -> None:
    division = get(code)
    assert (division.name, division.kind, division.parent) == (name, kind, parent)


@pytest.mark.parametrize("code", ["441900", "442000", "460400", "620200"])
def test_cities_without_counties(code: str) -> None:
    assert all(get(child).kind == "zone" for child in children(code))


@pytest.mark.parametrize(
    ("code", "year", "successors"),
    [
        ("110103", 2010, "110101"),
        ("110104", 2010, "110102"),
        ("120107", 2009, "120116"),
        ("120223", 2015, "120118"),
        ("120225", 2016, "120119"),
        ("310103", 2011, "310101"),
        ("310108", 2015, "310106"),
        ("310119", 2009, "310115"),
        ("310230", 2016, "310151"),
        ("320502", 2012, "320508"),
        ("320584", 2012, "320509"),
        ("320107", 2013, "320106"),
        ("330103", 2021, "330105"),
        ("330104", 2021, "330102 330114"),
        ("330204", 2016, "330212"),
        ("330283", 2016, "330213"),
        ("340823", 2015, "340722"),
        ("341421", 2011, "340124"),
        ("341521", 2015, "340422"),
        ("350625", 2021, "350605"),
        ("350681", 2021, "350604"),
        ("371200", 2018, "370116 370117"),
        ("371202", 2018, "370116"),
        ("440183", 2014, "440118"),
        ("440184", 2014, "440117"),
        ("469003", 2015, "460400"),
        ("500224", 2014, "500151"),
    ],
)
def test_ended_codes(code: str, year: int, successors: str) -> None:
    division = get(code)
    assert division.until == date(year, 12, 31)
    assert division.successors == tuple(successors.split())
    assert not division.current


def test_since_is_the_first_day_of_the_year() -> None:
    assert get("330113").since == date(2021, 1, 1)
    assert get("330213").since == date(2016, 1, 1)
    assert get("330203").since is None


@pytest.mark.parametrize(
    "code",
    [
        *("", "33", "3302", "330299", "330203 ", "海曙区", "@self", "000000@self", "110100@self"),
        *("330204@self", "620100-lanzhouxinqu@self", "330200@self@self", "130171", "620201"),
    ],
)
def test_unknown_codes_are_key_errors(code: str) -> None:
    with pytest.raises(KeyError):
        get(code)
    with pytest.raises(KeyError):
        ancestors(code)


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("330203", "330200 330000 000000"),
        ("330200@self", "330200 330000 000000"),
        ("110101", "110000 000000"),
        ("110100", "110000 000000"),
        ("419001", "410000 000000"),
        ("442000-xiqu", "442000 440000 000000"),
        ("440605-guicheng", "440605 440600 440000 000000"),
        ("000000", ""),
        ("330283", "330213 330200 330000 000000"),
        ("341521", "340422 340400 340000 000000"),
        ("371200", "370100 370000 000000"),
        ("341400", "340000 000000"),
        ("330104", "330100 330000 000000"),
    ],
)
def test_ancestors(code: str, above: str) -> None:
    assert ancestors(code) == tuple(above.split())


def test_children() -> None:
    assert [get(code).name for code in children("330200")] == [
        *("海曙区", "江北区", "北仑区", "镇海区", "鄞州区"),
        *("奉化区", "象山县", "宁海县", "余姚市", "慈溪市"),
    ]
    assert children("341400") == ("341402", "341421", "341422", "341423", "341424")
    assert "110101" in children("110000")
    assert not GROUPS.intersection(children("110000"))
    assert "110101" in children("110100")
    assert "229999" not in children("000000")
    assert len(children("000000")) == 34
    assert "620100-lanzhouxinqu" in children("620100")
    with pytest.raises(KeyError):
        children("999999")


def test_self_code() -> None:
    assert self_code("330200") == self_code("330200@self") == "330200@self"
    with pytest.raises(KeyError):
        self_code("330204")


def test_every_line_fits_the_others() -> None:
    codes = all_codes()
    assert list(codes) == sorted(set(codes))
    for code in codes:
        division = get(code)
        assert division.parent in codes or code == "000000"
        assert all(successor in codes for successor in division.successors)
        assert division.current or division.successors
        assert ancestors(code) == () if code == "000000" else ancestors(code)[-1] == "000000"
        if division.kind == "zone":
            assert code.startswith(f"{division.parent}-")
            assert get(division.parent or "").current
        elif division.current and division.parent:
            assert get(division.parent).current


def test_an_ended_city_does_not_count_as_predecessor_of_counties() -> None:
    assert predecessors()["340181"] == ("341402",)
    assert predecessors()["460300"] == ("469031", "469032", "469033")
