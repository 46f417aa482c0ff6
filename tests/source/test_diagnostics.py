from __future__ import annotations

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgincentive.source import (
    Diagnostic,
    Mapping,
    Mark,
    Problems,
    Scalar,
    SourceError,
    parse,
    split_lines,
)
from sgincentive.words import Text

WRONG = Text("错", "wrong")
FIELD = Text("字段", "field")


def columns(text: str) -> int:
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me")
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def scalar(text: str, line: int, column: int) -> Scalar:
    return Scalar(text, False, Mark(line, column), Mark(line, column + len(text)))


def many(count: int) -> list[str]:
    return [f"word{number}" for number in range(count)]


def test_renders_like_a_compiler() -> None:
    lines = [""] * 13 + ["requries:"]
    problems = Problems("rules/zhejiang/ningbo/exam-reward.yaml", lines)
    problems.unknown_key(scalar("requries", 14, 1), ["requires", *many(12)], FIELD)
    assert problems.found[0].render("zh") == (
        'rules/zhejiang/ningbo/exam-reward.yaml:14:1: 错误: 未知的字段 "requries"\n'
        "   14 | requries:\n"
        "      | ^^^^^^^^\n"
        '   提示: 您是否想写 "requires"?'
    )
    assert problems.found[0].render("en") == (
        'rules/zhejiang/ningbo/exam-reward.yaml:14:1: error: unknown field "requries"\n'
        "   14 | requries:\n"
        "      | ^^^^^^^^\n"
        '   hint: did you mean "requires"?'
    )


def test_short_lists_of_valid_words_are_shown() -> None:
    problems = Problems("x", ["level: xyz"])
    problems.unknown_value(scalar("xyz", 1, 8), ["assistant", "senior"], Text("级别", "level"))
    hint = problems.found[0].hint
    assert hint == Text("可用的有: assistant、senior", "expected one of: assistant, senior")
    problems.unknown_value(scalar("xyz", 1, 8), many(13), Text("级别", "level"))
    assert problems.found[1].hint is None


def test_values_of_a_profile_are_not_repeated() -> None:
    problems = Problems("me.yaml", None)
    problems.unknown_value(scalar("seniorr", 2, 8), ["assistant", "senior"], Text("级别", "level"))
    assert problems.found[0].render("en") == (
        "me.yaml:2:8: error: unknown level\n"
        '   hint: did you mean "senior"? expected one of: assistant, senior'
    )
    assert "未知的级别\n" in problems.found[0].render("zh")


def test_a_warning_alone_does_not_raise() -> None:
    problems = Problems("x", ["a: 1"])
    problems.warning(Mark(1, 1), WRONG)
    problems.raise_if_any()
    assert problems.found[0].render("zh").startswith("x:1:1: 警告: 错")
    assert problems.found[0].render("en").startswith("x:1:1: warning: wrong")
    problems.error(None, WRONG)
    with pytest.raises(SourceError) as caught:
        problems.raise_if_any()
    assert [each.mark for each in caught.value.diagnostics] == [None, Mark(1, 1)]


def test_errors_are_sorted_and_each_once() -> None:
    def at(path: str, line: int, column: int) -> Diagnostic:
        return Diagnostic(path, Mark(line, column), WRONG)

    error = SourceError([at("b", 1, 1), at("a", 10, 1), at("a", 9, 2), at("a", 9, 2)])
    assert str(error) == "a:9:2: error: wrong\na:10:1: error: wrong\nb:1:1: error: wrong"
    assert error.render("zh").splitlines()[0] == "a:9:2: 错误: 错"
    assert pickle.loads(pickle.dumps(error)).diagnostics == error.diagnostics


def test_carets_stand_under_wide_characters() -> None:
    line = "  title: {zh: 台州市（试行）, en: x}"
    start = line.index("台")
    found = Diagnostic("x", Mark(7, start + 1), WRONG, None, line, length=3)
    _, source, carets = found.render("zh").splitlines()
    assert columns(source[: source.index("台")]) == carets.index("^")
    assert carets.count("^") == 6
    after = Diagnostic("x", Mark(7, line.index("en:") + 1), WRONG, None, line, length=2)
    _, source, carets = after.render("zh").splitlines()
    assert columns(source[: source.index("en:")]) == carets.index("^")
    assert carets.count("^") == 2


@given(
    st.text(st.sampled_from("ab 中，（é\u0301😀"), max_size=300),
    st.text(st.sampled_from("ab 中，（é😀"), max_size=300),
    st.integers(1, 200),
)
def test_the_caret_stands_under_its_token_in_any_line(left: str, right: str, length: int) -> None:
    line = f"{left}§{right}"
    found = Diagnostic("x", Mark(1, len(left) + 1), WRONG, None, line, length=length)
    _, source, carets = found.render("en").splitlines()
    assert columns(source[: source.index("§")]) == carets.index("^")
    assert columns(source) <= 80
    assert columns(carets) <= 80


def test_a_mark_over_a_letter_takes_no_column_of_its_own() -> None:
    with pytest.raises(SourceError) as caught:
        parse("name: {cafe\u0301: 1, cafe\u0301: 2}", "x.yaml")
    *_, line, caret = caught.value.render("en").splitlines()[:4]
    assert columns(line[: line.rindex("cafe")]) == caret.index("^")


def test_long_lines_are_cut_around_the_place() -> None:
    line = "a" * 500 + "XYZ" + "b" * 1_000_000
    _, source, carets = (
        Diagnostic("x", Mark(3, 501), WRONG, None, line, length=3).render("en").splitlines()
    )
    assert source.startswith("    3 | …aaa")
    assert source.endswith("bbb…")
    assert source.index("XYZ") == carets.index("^^^")


def test_a_place_after_the_end_of_the_line() -> None:
    rendered = Diagnostic("x", Mark(1, 3), WRONG, None, "a:").render("en")
    assert rendered == "x:1:3: error: wrong\n    1 | a:\n      |   ^"
    assert "^" in Diagnostic("x", Mark(1, 99), WRONG, None, "").render("en")


def test_control_characters_are_visible() -> None:
    found = Diagnostic(
        "a\nb", Mark(1, 4), Text("\x1b[2J", "\x1b[2J\ud800"), None, "a\x07\u202ec\td"
    )
    assert found.render("en") == (
        "a\\x0ab:1:4: error: \\x1b[2J\\ud800\n    1 | a\\x07\\u202ec    d\n      |            ^"
    )


def test_colours_are_only_added() -> None:
    found = Diagnostic("x", Mark(1, 1), WRONG, WRONG, "a")
    assert "\x1b" not in found.render("en")
    coloured = found.render("en", color=True)
    assert "\x1b[31m" in coloured
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[31m", "\x1b[34m", "\x1b[36m"):
        coloured = coloured.replace(code, "")
    assert coloured == found.render("en")


def test_the_length_comes_from_the_tree() -> None:
    text = "a: [1, 2]\nb:\n  c: 1\nd: x\n  y z\n"
    tree = parse(text, "x")
    assert isinstance(tree, Mapping)
    problems = Problems("x", split_lines(text))
    for key in ("a", "b", "d"):
        entry = tree.entries[key]
        problems.error(entry.value, WRONG)
    assert [(each.mark, each.length) for each in problems.found] == [
        (Mark(1, 4), 6),
        (Mark(3, 3), 1),
        (Mark(4, 4), 1),
    ]


def test_split_lines_breaks_where_the_reader_does() -> None:
    assert split_lines("a\r\nb\rc\nd\x0be\n") == ["a", "b", "c", "d\x0be"]
    assert split_lines("") == []
