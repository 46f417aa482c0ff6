from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sgincentive.source import (
    Diagnostic,
    Mapping,
    Mark,
    SourceError,
    parse,
    read,
    read_document,
    read_stream,
    read_text,
    reader,
    split_lines,
    to_plain,
)


def refused(text: str, **options: object) -> list[Diagnostic]:
    with pytest.raises(SourceError) as caught:
        parse(text, "x", **options)  # type: ignore[arg-type]
    return caught.value.diagnostics


SYNTAX = [
    ("a: b: c", 1, 5, "a colon is not allowed here", "这里不能有冒号"),
    ("a:\n\tb: 1", 2, 1, "a tab is not allowed", "不能用制表符"),
    ('a: "x\nb: 1\n', 1, 4, "the quotation mark is never closed", "引号没有闭合"),
    ("a: [1, 2\nb: 3\n", 2, 2, 'expected "," or "]"', '列表中应为 "," 或 "]"'),
    ("a: {x: 1\n", 1, 4, '"{" is never closed', '"{" 没有闭合'),
    ("a: [\n\n", 1, 5, "the document ends where a value was expected", "文档在此中断"),
    ("a: @x", 1, 4, 'a value cannot begin with "@"', '值不能以 "@" 开头'),
    ("a: *", 1, 5, "anchors and aliases are not allowed", "不支持锚点和别名"),
    ("a: !x!y c", 1, 4, "tags are not allowed", "不支持标签"),
    ("a: 1\nb\nc: 2\n", 2, 1, 'this line lacks a ": "', '此行缺少 ": "'),
    ("a:\n  - 1\n  b: 2\n", 3, 3, "the indentation does not fit", "缩进与上文不一致"),
    ('a: "x" y', 1, 8, "unexpected text", "这里多出内容"),
    ("a: - b", 1, 4, 'a list item ("-") is not allowed here', '列表项 "-" 不能写在这里'),
    ("a: |x\n b", 1, 5, "a new line must follow", "之后应换行"),
    ('a: "\\q"', 1, 5, "invalid escape", "转义无效"),
    ('a: "\\ud83d\\ude00"', 1, 7, "invalid escape", "转义无效"),
    ("[a,,b]", 1, 4, "expected a value here", "这里应为一个值"),
    ("a: b\n...\nc", 3, 1, "the document ends here", "文档到此已经结束"),
]
REFUSED = [
    ("", 1, 1, "the document is empty", "文档是空的"),
    ("# only\n", 1, 1, "the document is empty", "文档是空的"),
    ("---\n", 1, 1, "the document is empty", "文档是空的"),
    ("null", 1, 1, "the document is empty", "文档是空的"),
    ("a: b\n---\nc: d", 2, 1, "only one document", "只能有一个文档"),
    ("- a", 1, 1, 'expected "key: value" entries', '最外层应为 "字段: 值"'),
    ("just text", 1, 1, 'expected "key: value" entries', '最外层应为 "字段: 值"'),
    ("a: !!python/object:os.system x", 1, 4, "tags (!) are not allowed", "不支持标签"),
    ("a: !!str 1", 1, 4, "tags (!) are not allowed", "不支持标签"),
    ("a: ! 1", 1, 4, "tags (!) are not allowed", "不支持标签"),
    ("a: !x [1]", 1, 4, "tags (!) are not allowed", "不支持标签"),
    ("a: &b 1", 1, 4, "anchors (&) are not allowed", "不支持锚点"),
    ("a: &b {c: 1}", 1, 4, "anchors (&) are not allowed", "不支持锚点"),
    ("a: *b", 1, 4, "aliases (*) are not allowed", "不支持别名"),
    ("<<: {a: 1}", 1, 1, "merge keys", "不支持合并键"),
    ("a: 1\nb: 2\na: 3\n", 3, 1, "first written at line 1, column 1", "第 1 行第 1 列已写过"),
    ("{a: 1, 'a': 3}", 1, 8, "first written at line 1, column 2", "第 1 行第 2 列已写过"),
    ("? [a]\n: b", 1, 3, "a key must be a text", "字段名须为一行文字"),
    ("{{a: 1}: 1}", 1, 2, "a key must be a text", "字段名须为一行文字"),
    ("null: 1", 1, 1, "a key must be a text", "字段名须为一行文字"),
    ("? |\n  a\n  b\n: 1", 1, 3, "a key must be a text", "字段名须为一行文字"),
    ("%YAML 1.1\n---\na: 1", 1, 1, "directives", "不支持以 % 开头的指令"),
    ("#\r%TAG ! b\r---\ra: 1", 2, 1, "directives", "不支持以 % 开头的指令"),
    ("a: 1\n中\x07: 2", 2, 2, "control character U+0007", "控制字符 U+0007"),
    ("a: \u202etxt", 1, 4, "control character U+202E", "控制字符 U+202E"),
    ("a: \ud800", 1, 4, "control character U+D800", "控制字符 U+D800"),
    ("a: 1\u2028b: 2", 1, 5, "control character U+2028", "控制字符 U+2028"),
    ('a: "\\0"', 1, 4, "control character U+0000", "控制字符 U+0000"),
    ("a: " + "9" * 20_001, 1, 4, "at most 20000 characters", "最多 20000 个字符"),
    ("a: " + "[" * 40 + "]" * 40, 1, 43, "nested more than 40", "嵌套超过 40 层"),
    ("a: [" + "1," * 200_000 + "]", 1, 400_003, "more than 200000 values", "超过 200000 项"),
]


@pytest.mark.parametrize(
    ("text", "line", "column", "en", "zh"), SYNTAX + REFUSED, ids=lambda value: str(value)[:30]
)
def test_refusals(text: str, line: int, column: int, en: str, zh: str) -> None:
    (found,) = refused(text)
    assert en in found.text.en
    assert zh in found.text.zh
    assert found.mark == Mark(line, column)
    assert found.severity == "error"
    (hidden,) = refused(text, show_lines=False)
    assert hidden.line_text is None
    assert (hidden.mark, hidden.text) == (found.mark, found.text)


@pytest.mark.parametrize(("text", "zh"), [(row[0], row[4]) for row in SYNTAX])
def test_the_reader_in_python_says_the_same(
    monkeypatch: pytest.MonkeyPatch, text: str, zh: str
) -> None:
    monkeypatch.setattr(reader, "_LOADER", yaml.SafeLoader)
    assert zh in refused(text)[0].text.zh


def test_independent_errors_come_together() -> None:
    text = "a: &x 1\nb: *x\na: !t 2\nc: [1, 2\nd: 3\n"
    assert [(each.mark, each.text.en.split(",")[0]) for each in refused(text)] == [
        (Mark(1, 4), "anchors (&) are not allowed"),
        (Mark(2, 4), "aliases (*) are not allowed"),
        (Mark(3, 1), 'duplicate key "a"'),
        (Mark(3, 4), "tags (!) are not allowed"),
        (Mark(5, 2), 'expected "'),
    ]


def test_the_first_of_several_places_is_named() -> None:
    found = refused("a: 1\na: 2\na: 3\n")
    assert [each.text.en for each in found] == [
        'duplicate key "a", first written at line 1, column 1'
    ] * 2


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("title：社工\nb: 1\n", "line 1 has a full-width colon"),
        ("title:社工\n", "line 1 needs a blank after the colon"),
        ("a: {b: 1，c: 2}\n", "line 1 has a full-width comma"),
        ("a: “x”: y\n", "line 1 has Chinese quotation marks"),
    ],
)
def test_usual_slips_are_guessed(text: str, hint: str) -> None:
    found = refused(text)[0]
    assert found.hint is not None
    assert hint in found.hint.en


def test_quoted_forms_of_special_words_are_text() -> None:
    assert to_plain(parse('"<<": "*a"\n"null": "&b"\n2024: "!c"\n', "x")) == {
        "<<": "*a",
        "null": "&b",
        "2024": "!c",
    }


def test_top() -> None:
    assert to_plain(parse("- 1", "x", top="any")) == [1]
    assert to_plain(parse("null", "x", top="any")) is None
    assert refused("", top="any")[0].text.en == "the document is empty"


def test_length_limit() -> None:
    assert refused("a: 1", limit=3)[0].render("zh") == "x: 错误: 文件太大，上限为 3 个字符"


def test_depth_limit_is_exact() -> None:
    parse("a: " + "[" * 39 + "]" * 39, "x")


HOSTILE = {
    "flow lists": "[" * 1_000_000,
    "flow mappings": "{a: " * 250_000,
    "block lists": "- " * 500_000,
    "explicit keys": "? " * 500_000,
    "json": '{"a":[\t' * 140_000,
    "indentation": "\n".join(" " * depth + "a:" for depth in range(1_400)),
    "aliases": "[" + "*a," * 300_000,
    "anchors": "a:\n" + "- &a b\n" * 140_000,
    "duplicates": "k: v\n" * 190_000,
    "directives": "".join(f"%TAG !a{n}! b\n" for n in range(50_000)),
    "documents": "---\n" * 250_000,
    "number": "a: " + "9" * 999_990,
    "digits": "9" * 3_000_000,
    "nul": "\0" * 1_000_000,
    "quote": 'a: "' + "中\n" * 490_000,
    "items": "a: [" + "1," * 490_000,
    "tabbed json": '{\n\t"a": [' + "1," * 490_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_given_up_early(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the text is, no more of it is taken in than the limits allow, and no more is
    said of it than somebody can read."""
    taken = 0

    def counted(events: Iterable[Any]) -> Iterator[Any]:
        nonlocal taken
        for event in events:
            taken += 1
            yield event

    build = reader._build
    monkeypatch.setattr(reader, "_build", lambda events, *rest: build(counted(events), *rest))
    found = refused(HOSTILE[name])
    assert found[0].render("zh")
    assert len(found) <= 51
    # Each value may open and close, and JSON may be read again as YAML was.
    assert taken <= 2 * reader.MAX_NODES + 100


@pytest.mark.parametrize(("text", "column"), [('a: "\\UFFFFFFFF"', 1), ('a: "\\ud83d\\ude00"', 4)])
def test_the_parser_without_extension_refuses_bad_escapes_too(
    text: str, column: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_LOADER", yaml.SafeLoader)
    (found,) = refused(text)
    assert found.mark == Mark(1, column)
    assert parse('a: "\\u4e2d"', "x")


def test_json_with_tabs_and_escapes() -> None:
    text = (
        '{\n\t"a": "\\u4e2d\\u6587\\/\\ud83d\\ude00",\n\t"b"\n: [1.50, -0, true, null, {}, []]\n}\n'
    )
    tree = parse(text, "x")
    assert isinstance(tree, Mapping)
    plain = to_plain(tree)
    assert plain == {"a": "中文/😀", "b": [plain["b"][0], 0, True, None, {}, []]}
    assert str(plain["b"][0]) == "1.50"
    assert tree.mark == Mark(1, 1)
    assert tree.end == Mark(5, 2)
    assert tree.entries["a"].key.mark == Mark(2, 2)
    assert tree.entries["a"].value.end == Mark(2, 35)
    assert tree.entries["b"].value.mark == Mark(4, 3)


def test_plain_json_is_read_by_the_same_reader() -> None:
    assert to_plain(parse('\ufeff \n{"a": {"b": ["1", 1]}}', "x")) == {"a": {"b": ["1", 1]}}


def test_json_numbers_keep_their_characters() -> None:
    text = '{"s": "\\ud83d\\ude00", "a": 1e5, "b": NaN, "c": -Infinity, "d": 0.10}'
    assert {k: str(v) for k, v in to_plain(parse(text, "x")).items() if k != "s"} == {
        "a": "1e5",
        "b": "NaN",
        "c": "-Infinity",
        "d": "0.10",
    }


@pytest.mark.parametrize(
    ("text", "line", "column", "en"),
    [
        ('{"a": 1,\n\t"b": 2\n\t"c": 3}', 3, 2, 'expected "," or "}"'),
        ('{\n\t"a": 1,\n\t"a": 2, "b": "\\ud83d\\ude00"}', 3, 2, "duplicate key"),
        ('{"a": 1} x', 1, 10, "something follows the end"),
        ('{"a" 1}', 1, 6, 'expected ":"'),
        ('{"s": "\\ud83d\\ude00", "a": [1, 2', 1, 28, '"[" is never closed'),
        ('{"s": "\\ud83d\\ude00", "a": -}', 1, 28, "expected a value"),
        ('{"s": "\\ud83d\\ude00", "a": "x', 1, 28, "the quotation mark is never closed"),
        ('{"s": "\\ud83d\\ude00", "a": "\\q"}', 1, 29, "invalid character or escape"),
        ('{"s": "\\ud83d\\ude00", a: 1}', 1, 23, "expected a key in double quotes"),
        ('{"s": "\\ud83d\\ude00", "a": "\\ud800"}', 1, 28, "invalid escape"),
        ('{"s": "\\ud83d\\ude00", "a": ' + "[" * 50, 1, 67, "nested more than 40"),
    ],
)
def test_json_errors(text: str, line: int, column: int, en: str) -> None:
    (found,) = refused(text)
    assert en in found.text.en
    assert found.mark == Mark(line, column)


def test_braces_that_are_no_json_are_judged_as_yaml() -> None:
    (found,) = refused("{level: assistant, years: [2020, 2021")
    assert found.mark == Mark(1, 27)
    assert found.text.en == '"[" is never closed'


def file_error(path: Path, limit_bytes: int = 1_000_000) -> str:
    with pytest.raises(SourceError) as caught:
        read_text(path, limit_bytes)
    return caught.value.render("zh").removeprefix(f"{path}")


def test_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeff名: 1\r\nb: x\r\n".encode())
    assert read_text(path) == "名: 1\r\nb: x\r\n"
    assert to_plain(read(path)) == {"名": 1, "b": "x"}
    document = read_document(path, name="short.yaml")
    assert document.lines == ["名: 1", "b: x"]
    assert document.problems().path == "short.yaml"
    assert read_document(path, show_lines=False).lines is None


def test_unreadable_files(tmp_path: Path) -> None:
    assert file_error(tmp_path / "none") == ": 错误: 找不到文件"
    assert file_error(tmp_path) == ": 错误: 这是目录，不是文件"
    path = tmp_path / "a"
    path.write_bytes(b"a: 12345\n")
    assert file_error(path, limit_bytes=8) == ": 错误: 文件太大，上限为 8 字节"
    assert read_text(path, limit_bytes=9) == "a: 12345\n"
    assert file_error(path / "b") == ": 错误: 路径中有一段不是目录"
    assert file_error(Path("a\0b")).endswith("无法读取：路径无效")
    path.write_bytes(b"a: \0\1")
    assert file_error(path) == ": 错误: 这是二进制文件，不是文本"


def test_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_text("a: 1")

    def deny(*_: object) -> int:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "open", deny)
    assert file_error(path) == ": 错误: 没有读取权限"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_special_files_are_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert file_error(pipe) == ": 错误: 不是普通文件"
    assert file_error(Path("/dev/zero")) == ": 错误: 不是普通文件"


@pytest.mark.parametrize(
    ("data", "place", "hint"),
    [
        ("a: 1\n名: ".encode() + b"\xff\xff", "2:4", "请另存为 UTF-8"),
        ("a: 1\n名: 社工".encode("gbk"), "2:1", "文件像是 GBK 编码，请另存为 UTF-8"),
        ("a: 1".encode("utf-16"), "1:1", "文件像是 UTF-16 编码，请另存为 UTF-8"),
    ],
)
def test_other_encodings(tmp_path: Path, data: bytes, place: str, hint: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    assert file_error(path) == f":{place}: 错误: 不是有效的 UTF-8 文本\n   提示: {hint}"


def test_read_stream() -> None:
    assert to_plain(read_stream(io.BytesIO("名: 1".encode()))) == {"名": 1}
    assert to_plain(read_stream(io.StringIO("名: 1"))) == {"名": 1}
    assert to_plain(read_stream(io.TextIOWrapper(io.BytesIO(b"a: 1")))) == {"a": 1}
    with pytest.raises(SourceError, match="<stdin>: error: too large: at most 4 bytes"):
        read_stream(io.BytesIO("名: 1".encode()), limit_bytes=4)
    with pytest.raises(SourceError, match="<stdin>:1:4: error"):
        read_stream(io.BytesIO(b"a: *b"))
    closed = io.BytesIO()
    closed.close()
    with pytest.raises(SourceError, match="in: error: cannot be read"):
        read_stream(closed, "in")


def test_streams_are_not_read_beyond_the_limit() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(SourceError):
        read_stream(stream, limit_bytes=100)  # type: ignore[arg-type]
    assert stream.given == 101


def check_any(text: str) -> None:
    try:
        tree = parse(text, "x", top="any")
    except SourceError as error:
        lines = split_lines(text.removeprefix("\ufeff"))
        for found in error.diagnostics:
            assert found.mark is not None
            assert 1 <= found.mark.line <= max(1, len(lines))
            if lines:
                assert 1 <= found.mark.column <= len(lines[found.mark.line - 1]) + 1
            found.render("zh").encode()
            found.render("en").encode()
    else:
        to_plain(tree)


PIECES = (
    "a|b|1|: |:|- |\n|  |[|]|{|}|,|\"|'|&x |*x|!t |>|?|? |#|%|\t|\r\n|\r|<<|~|---|...|中|\\|"
    '\\ud83d|\\u|\\UFFFFFFFF|\ufeff|：|😀|\x85|true|@|{"a":|%TAG |%YAML 1.1|!<|!|\n  |\n- |\na: '
)
LIKELY = st.lists(st.sampled_from(["|", *PIECES.split("|")])).map("".join)


@given(st.one_of(st.text(), LIKELY, LIKELY.map("{".__add__)))
def test_any_text_gives_a_tree_or_a_located_error(text: str) -> None:
    check_any(text)


@given(st.one_of(st.text(), LIKELY))
def test_any_text_in_the_reader_in_python(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_LOADER", yaml.SafeLoader)
        check_any(text)


@given(st.binary())
def test_any_bytes_give_a_tree_or_an_error(data: bytes) -> None:
    try:
        read_stream(io.BytesIO(data), top="any")
    except SourceError as error:
        error.render("zh")


JSON = st.recursive(
    st.none() | st.booleans() | st.text(st.characters(exclude_categories=["C", "Zl", "Zp"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("ab中 😀", min_size=1), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.text("ab中 😀", min_size=1), JSON), st.booleans(), st.booleans())
def test_json_comes_back(value: dict[str, object], escaped: bool, tabs: bool) -> None:
    import json

    text = json.dumps(value, ensure_ascii=escaped, indent="\t" if tabs else None)
    assert to_plain(parse(text, "x")) == value
