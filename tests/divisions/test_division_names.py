"""Names, codes and what people write for them."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgincentive.divisions import (
    AmbiguousDivision,
    UnknownDivision,
    all_codes,
    get,
    resolve,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("330203", "330203"),
        (" 330203\n", "330203"),
        ("３３０２０３", "330203"),
        ("330200@self", "330200@self"),
        ("330200@SELF", "330200@self"),
        ("110100", "110100"),
        ("620100-lanzhouxinqu", "620100-lanzhouxinqu"),
        ("海曙区", "330203"),
        ("海曙", "330203"),
        ("浙江省宁波市海曙区", "330203"),
        ("浙江宁波海曙区", "330203"),
        ("宁波市海曙区", "330203"),
        ("浙江省海曙区", "330203"),
        ("中国浙江省宁波市", "330200"),
        (" 浙江省 宁波市 海曙区 ", "330203"),
        ("宁波", "330200"),
        ("浙江", "330000"),
        ("内蒙古", "150000"),
        ("广西", "450000"),
        ("北京", "110000"),
        ("北京市", "110000"),
        ("香港", "810000"),
        ("全国", "000000"),
        ("北京市东城区", "110101"),
        ("北京市北京市东城区", "110101"),
        ("北京市市辖区东城区", "110101"),
        ("重庆市县丰都县", "500230"),
        ("河南省济源市", "419001"),
        ("济源", "419001"),
        ("恩施州", "422800"),
        ("延边", "222400"),
        ("景宁县", "331127"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("西安", "610100"),
        ("南京市鼓楼区", "320106"),
        ("北京朝阳区", "110105"),
        ("沈阳市铁西区", "210106"),
        # the level itself
        ("宁波市本级", "330200@self"),
        ("浙江省舟山市（市本级）", "330900@self"),
        ("宿迁市市本级", "321300@self"),
        ("浙江省本级", "330000@self"),
        # zones
        ("慈湖高新区", "340500-cihu"),
        ("安徽省马鞍山市慈湖高新区", "340500-cihu"),
        ("甘肃省兰州市兰州新区", "620100-lanzhouxinqu"),
        ("620171", "620100-lanzhouxinqu"),
        ("湖南省岳阳市南湖新区", "430600-nanhu"),
        ("横琴", "440400-hengqin"),
        ("广东省中山市西区（街道）", "442000-xiqu"),
        ("广东省佛山市南海区桂城街道", "440605-guicheng"),
        ("山东省临沂市河东区九曲街道", "371312-jiuqu"),
        ("重庆市大渡口区跃进村街道", "500104-yuejincun"),
        # the past
        ("龙海市", "350681"),
        ("龙海", "350604"),
        ("宁波市江东区", "330204"),
        ("襄樊市", "420600"),
        ("香坊区", "230110"),
        ("莱芜", "370116"),
        ("莱芜市", "371200"),
    ],
)
def test_resolve(text: str, code: str) -> None:
    assert resolve(text) == code


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("鼓楼区", ["320106", "320302", "350102", "410204"]),
        ("朝阳区", ["110105", "220104"]),
        ("铁西区", ["210106", "210303", "220302"]),
        ("新华区", ["130105", "130902", "410402"]),
        ("朝阳", ["110105", "211300", "220104"]),
        ("鼓楼区本级", ["320106@self", "320302@self", "350102@self", "410204@self"]),
    ],
)
def test_ambiguous(text: str, candidates: list[str]) -> None:
    with pytest.raises(AmbiguousDivision) as caught:
        resolve(text)
    assert [d.code for d in caught.value.candidates] == candidates
    for division in caught.value.candidates:
        listed = (
            f"{division.full_name}（{division.code}）",
            f"{division.full_name} ({division.code})",
        )
        assert listed[0] in caught.value.text.zh
        assert listed[1] in caught.value.text.en


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("浙江省宁波市海署区", "浙江省宁波市海曙区"),
        ("温洲市", "浙江省温州市"),
        ("33", "浙江省"),
        ("3302", "浙江省宁波市"),
        ("330299", "浙江省宁波市"),
        ("330203000000", "浙江省宁波市海曙区"),
        ("330203.0", "浙江省宁波市海曙区"),
        ("330204@self", "浙江省宁波市江东区"),
        ("高新区", "安徽省合肥市合肥高新技术产业开发区"),
        ("浙江省不存在区", None),
    ],
)
def test_unknown(text: str, nearest: str | None) -> None:
    with pytest.raises(UnknownDivision) as caught:
        resolve(text)
    if nearest is not None:
        assert caught.value.nearest[0] == nearest
        assert nearest in caught.value.text.zh
        assert nearest in caught.value.text.en
    assert caught.value.given == text


@pytest.mark.parametrize(
    "text", ["", "  ", "。", "foo", "本级", "火星市本级", "@self", "000000@self", "海" * 500]
)
def test_unknown_with_nothing_near(text: str) -> None:
    with pytest.raises(UnknownDivision):
        resolve(text)


def test_messages_do_not_repeat_the_input() -> None:
    with pytest.raises(UnknownDivision) as caught:
        resolve("330203199005011234")
    assert "19900501" not in str(caught.value) + caught.value.text.zh


@pytest.mark.parametrize("text", ["鼓楼区", "海署区"])
def test_errors_are_value_errors_and_survive_pickling(text: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        resolve(text)
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is type(caught.value)
    assert again.__dict__ == caught.value.__dict__


def test_full_names_of_current_divisions_come_back() -> None:
    for code in all_codes():
        division = get(code)
        if division.current:
            assert resolve(division.full_name) == code
        assert resolve(code) == code


@given(
    st.text(max_size=30) | st.text(alphabet="浙江宁波市海曙区县省北京本级()@self0123 ", max_size=20)
)
def test_any_text_gives_a_known_code_or_one_of_the_two_errors(text: str) -> None:
    try:
        code = resolve(text)
    except (UnknownDivision, AmbiguousDivision):
        return
    assert get(code).code == code
