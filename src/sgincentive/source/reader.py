"""Strict and safe reading of YAML and JSON into located trees.

Plain data only: no tags, anchors, aliases, merge keys, directives or duplicate keys. Works on
the reader's events and stops at the first limit, so a hostile text costs neither stack nor time.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sgincentive.source._json import JsonError, json_events
from sgincentive.source._syntax import BAD_ESCAPE, Syntax, explain, guess, inside
from sgincentive.source.diagnostics import (
    Diagnostic,
    Problems,
    SourceError,
    quoted,
    split_lines,
)
from sgincentive.source.system import reason_of
from sgincentive.source.tree import Entry, Mapping, Mark, Scalar, Sequence, Tree
from sgincentive.words import Text

Top = Literal["mapping", "any"]

LIMIT_BYTES = 1_000_000
LIMIT_CHARACTERS = 1_000_000
MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_SCALAR = 20_000
_MAX_PROBLEMS = 50

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Controls, unpaired surrogates, and marks that hide or reorder what a reader of the file sees.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
# The C reader compares each %TAG line with all before it, so these are refused unread.
_DIRECTIVE = re.compile(r"(?<![^\r\n])%[A-Za-z]")
_JSON_LIKE = re.compile(r"\s*\{\s*\"")

_TAG = Text("不支持标签 (!)", "tags (!) are not allowed")
_ANCHOR = Text("不支持锚点 (&)", "anchors (&) are not allowed")
_ALIAS = Text("不支持别名 (*)", "aliases (*) are not allowed")
_MERGE = Text("不支持合并键 <<", "merge keys (<<) are not allowed")
_KEY = Text("字段名须为一行文字", "a key must be a text on one line")
_WRITE_OUT = Text("请把内容直接写出", "write the content out")
_QUOTE_IT = Text("若是文字，请加引号", "if it is text, quote it")


class Document(NamedTuple):
    """A tree with what later checks need to report on it."""

    tree: Tree
    path: str
    lines: list[str] | None

    def problems(self) -> Problems:
        """An empty collection of problems for this document."""
        return Problems(self.path, self.lines)


class _SyntaxError(Exception):
    def __init__(self, syntax: Syntax, reached: Mark) -> None:
        super().__init__(syntax.text.en)
        self.syntax = syntax
        self.reached = reached


def read(
    path: Path,
    *,
    name: str | None = None,
    top: Top = "mapping",
    show_lines: bool = True,
    limit_bytes: int = LIMIT_BYTES,
) -> Tree:
    """The tree of the file at ``path``, called ``name`` in messages; raises SourceError."""
    return read_document(
        path, name=name, top=top, show_lines=show_lines, limit_bytes=limit_bytes
    ).tree


def read_document(
    path: Path,
    *,
    name: str | None = None,
    top: Top = "mapping",
    show_lines: bool = True,
    limit_bytes: int = LIMIT_BYTES,
) -> Document:
    """Like ``read``, with the lines (None unless ``show_lines``) for later messages."""
    name = str(path) if name is None else name
    text = read_text(path, limit_bytes, name=name)
    tree = parse(text, name, top=top, show_lines=show_lines, limit=limit_bytes)
    return Document(tree, name, split_lines(text) if show_lines else None)


def read_stream(
    stream: IO[bytes] | IO[str],
    name: str = "<stdin>",
    *,
    top: Top = "mapping",
    show_lines: bool = False,
    limit_bytes: int = LIMIT_BYTES,
) -> Tree:
    """The tree of what ``stream`` gives, read at most up to the limit; raises SourceError."""
    source: Any = getattr(stream, "buffer", stream)
    try:
        data = _drain(source, limit_bytes)
    except (OSError, ValueError) as error:
        raise _unusable(name, *_os_reason(error)) from None
    text = _decode(data, name, limit_bytes)
    return parse(text, name, top=top, show_lines=show_lines, limit=limit_bytes)


def read_text(path: Path, limit_bytes: int = LIMIT_BYTES, *, name: str | None = None) -> str:
    """The text of a regular UTF-8 file of at most ``limit_bytes``; raises SourceError.

    Never waits: a pipe or a device is refused unopened.
    """
    name = str(path) if name is None else name
    try:
        _check_kind(path.stat(), name, limit_bytes)
        flags = os.O_RDONLY
        for flag in ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOCTTY"):
            flags |= getattr(os, flag, 0)
        # Not blocking, and asked again once open: the file may have been exchanged meanwhile.
        with os.fdopen(os.open(path, flags), "rb") as file:
            _check_kind(os.fstat(file.fileno()), name, limit_bytes)
            data = _drain(file, limit_bytes)
    except SourceError:
        raise
    except (OSError, ValueError) as error:
        raise _unusable(name, *_os_reason(error)) from None
    return _decode(data, name, limit_bytes)


def parse(
    text: str,
    path: str,
    *,
    top: Top = "mapping",
    show_lines: bool = True,
    limit: int = LIMIT_CHARACTERS,
) -> Tree:
    """The tree of a YAML or JSON text.

    ``path`` names the document in messages; ``top`` says whether it must be a mapping;
    without ``show_lines`` no message repeats a line or a value; ``limit`` is in characters.
    Raises SourceError with all that was found, up to a syntax error or a limit.
    """
    if len(text) > limit:
        raise _unusable(
            path, f"文件太大，上限为 {limit} 个字符", f"too large: at most {limit} characters"
        )
    text = text.removeprefix("\ufeff")
    lines = split_lines(text)
    shown = lines if show_lines else None
    problems = Problems(path, shown)
    _refuse_unseen(text, problems)
    problems.raise_if_any()
    try:
        tree = _built_of_yaml(text, problems, top, lines)
    except _SyntaxError as yaml_problem:
        found = yaml_problem
        if text.lstrip().startswith("{"):
            again = Problems(path, shown)
            try:
                tree = _build(_json_events(text, lines), again, top, lines)
            except _SyntaxError as json_problem:
                # Whichever reader came further knows better what the text was meant to be.
                reached = json_problem.reached
                if reached >= yaml_problem.reached or (
                    reached.line == yaml_problem.reached.line and _JSON_LIKE.match(text)
                ):
                    problems, found = again, json_problem
            else:
                again.raise_if_any()
                return tree
        problems.error(found.syntax.mark, found.syntax.text, found.syntax.hint)
        raise SourceError(problems.found) from None
    problems.raise_if_any()
    return tree


def _built_of_yaml(text: str, problems: Problems, top: Top, lines: list[str]) -> Tree:
    try:
        return _build(iter(_LOADER(text).get_event, None), problems, top, lines)
    except SourceError:
        raise
    except yaml.MarkedYAMLError as error:
        began = _mark(error.context_mark) if error.context_mark else None
        at = _mark(error.problem_mark) if error.problem_mark else began or Mark(1, 1)
        syntax = explain(error.problem or "", error.context or "", at, began, lines)
        raise _SyntaxError(syntax, at) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        # The reader in Python lets some bad escapes through to chr().
        at = inside(Mark(1, 1), lines)
        raise _SyntaxError(explain("", "", at, None, lines), at) from None


def _json_events(text: str, lines: list[str]) -> Iterator[Event]:
    try:
        yield from json_events(text)
    except JsonError as error:
        mark = inside(_mark(error.mark), lines)
        raise _SyntaxError(Syntax(mark, error.text, None), _mark(error.reached)) from None


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)


def _build(events: Iterable[Event], problems: Problems, top: Top, lines: list[str]) -> Tree:
    """The tree that ``events`` tell; records in ``problems`` what is refused.

    The innermost open collection is held in ``items`` (a list) or ``entries`` (a mapping, with
    ``key`` once its key was read); those around it wait on ``stack``.
    """
    stack: list[tuple[list[Tree] | None, dict[str, Entry] | None, Scalar | None, Mark]] = []
    root: list[Tree] = []
    items: list[Tree] | None = root
    entries: dict[str, Entry] | None = None
    key: Scalar | None = None
    began = Mark(1, 1)
    nodes = documents = 0
    node: Tree
    event: Any
    make: Any = tuple.__new__
    found = problems.found
    for event in events:
        kind = type(event)
        if kind is ScalarEvent:
            start, stop = event.start_mark, event.end_mark
            text, style = event.value, event.style
            node = make(
                Scalar,
                (
                    text,
                    bool(style),
                    make(Mark, (start.line + 1, start.column + 1)),
                    make(Mark, (stop.line + 1, stop.column + 1)),
                ),
            )
            if event.tag is not None or event.anchor is not None:
                _refuse_properties(event, node.mark, problems)
            if len(text) > MAX_SCALAR:
                problems.error(
                    node.mark,
                    Text(
                        f"一个值最多 {MAX_SCALAR} 个字符",
                        f"a value may have at most {MAX_SCALAR} characters",
                    ),
                )
            elif style == '"' and (match := _UNSEEN.search(text)) is not None:
                if "\ud800" <= match[0] <= "\udfff":
                    raise _SyntaxError(Syntax(node.mark, BAD_ESCAPE, None), node.mark)
                problems.error(node, _unseen(match[0]))
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            start = event.start_mark
            mark = make(Mark, (start.line + 1, start.column + 1))
            if event.tag is not None or event.anchor is not None:
                _refuse_properties(event, mark, problems)
            stack.append((items, entries, key, began))
            if len(stack) > MAX_DEPTH:
                problems.error(
                    mark,
                    Text(f"嵌套超过 {MAX_DEPTH} 层", f"nested more than {MAX_DEPTH} levels deep"),
                )
                raise SourceError(problems.found)
            items, entries = (None, {}) if kind is MappingStartEvent else ([], None)
            key, began = None, mark
            continue
        elif kind is MappingEndEvent:
            assert entries is not None
            node = Mapping(entries, began, _mark(event.end_mark))
            items, entries, key, began = stack.pop()
        elif kind is SequenceEndEvent:
            assert items is not None
            node = Sequence(items, began, _mark(event.end_mark))
            items, entries, key, began = stack.pop()
        elif kind is AliasEvent:
            node = Scalar("", True, _mark(event.start_mark), _mark(event.end_mark))
            problems.error(node, _ALIAS, _WRITE_OUT)
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                problems.error(
                    inside(_mark(event.start_mark), lines),
                    Text("一个文件只能有一个文档", "only one document is allowed in a file"),
                )
                raise SourceError(problems.found)
            continue
        else:
            continue

        # A node is complete: it is a key, the value of a key, or an item.
        if entries is None:
            assert items is not None
            items.append(node)
        elif key is None:
            key = _as_key(node, entries, problems)
        else:
            # Of two entries with one key the first stays: the message names its place.
            entries.setdefault(key.text, make(Entry, (key, node)))
            key = None
        nodes += 1
        if nodes > MAX_NODES:
            problems.error(
                node.mark, Text(f"内容超过 {MAX_NODES} 项", f"more than {MAX_NODES} values")
            )
            raise SourceError(problems.found)
        if found and len(found) >= _MAX_PROBLEMS:
            raise SourceError(found)
    return _checked_top(root, problems, top, lines)


def _checked_top(root: list[Tree], problems: Problems, top: Top, lines: list[str]) -> Tree:
    tree = root[0] if root else None
    if tree is None or (
        isinstance(tree, Scalar) and tree.is_null and (top == "mapping" or not tree.text)
    ):
        problems.error(Mark(1, 1), Text("文档是空的", "the document is empty"))
        raise SourceError(problems.found)
    if top == "mapping" and not isinstance(tree, Mapping):
        problems.error(
            tree if isinstance(tree, Scalar) else tree.mark,
            Text(
                '最外层应为 "字段: 值"', 'expected "key: value" entries at the top of the document'
            ),
            guess(lines, tree.mark.line) if isinstance(tree, Scalar) else None,
        )
    return tree


def _as_key(node: Tree, entries: dict[str, Entry], problems: Problems) -> Scalar:
    """``node`` as a key of ``entries``, after recording what is wrong with it."""
    if not isinstance(node, Scalar):
        problems.error(node.mark, _KEY)
        return Scalar("", True, node.mark, node.end)
    if node.text == "<<" and not node.quoted:
        problems.error(node, _MERGE, _WRITE_OUT)
    elif node.is_null or "\n" in node.text:
        problems.error(node, _KEY)
    elif node.text in entries:
        first = entries[node.text].key.mark
        problems.error(
            node,
            Text(
                f"重复的字段 {quoted(node.text)}，第 {first.line} 行第 {first.column} 列已写过",
                f"duplicate key {quoted(node.text)}, "
                f"first written at line {first.line}, column {first.column}",
            ),
        )
    return node


def _refuse_properties(event: Any, mark: Mark, problems: Problems) -> None:
    if event.anchor is not None:
        problems.error(mark, _ANCHOR, _WRITE_OUT)
    if event.tag is not None:
        problems.error(mark, _TAG, _QUOTE_IT)


def _refuse_unseen(text: str, problems: Problems) -> None:
    for match in _UNSEEN.finditer(text):
        problems.error(_mark_at(text, match.start()), _unseen(match[0]))
        if len(problems.found) >= _MAX_PROBLEMS:
            return
    match_directive = _DIRECTIVE.search(text)
    if match_directive is not None:
        problems.error(
            _mark_at(text, match_directive.start()),
            Text("不支持以 % 开头的指令", "directives (lines that begin with %) are not allowed"),
        )


def _unseen(char: str) -> Text:
    code = f"U+{ord(char):04X}"
    return Text(f"不允许的控制字符 {code}", f"control character {code} is not allowed")


def _mark_at(text: str, index: int) -> Mark:
    before = split_lines(text[:index] + ".")
    return Mark(len(before), len(before[-1]))


def _check_kind(status: os.stat_result, name: str, limit_bytes: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise _unusable(name, "这是目录，不是文件", "is a directory, not a file")
    if not stat.S_ISREG(status.st_mode):
        raise _unusable(name, "不是普通文件", "is not a regular file")
    if status.st_size > limit_bytes:
        raise _too_large(name, limit_bytes)


def _drain(file: Any, limit_bytes: int) -> bytes:
    """What ``file`` gives, up to one byte more than the limit."""
    data = bytearray()
    while len(data) <= limit_bytes:
        part = file.read(limit_bytes + 1 - len(data))
        if not part:
            break
        data += part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
    return bytes(data)


def _decode(data: bytes, name: str, limit_bytes: int) -> str:
    if len(data) > limit_bytes:
        raise _too_large(name, limit_bytes)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _not_utf8(data, name, 0, "UTF-16")
    if b"\0" in data:
        raise _unusable(name, "这是二进制文件，不是文本", "is a binary file, not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            raise _not_utf8(data, name, error.start, None) from None
        raise _not_utf8(data, name, error.start, "GBK") from None


def _not_utf8(data: bytes, name: str, index: int, likely: str | None) -> SourceError:
    mark = _mark_at(data[:index].decode("utf-8-sig", "replace"), index)
    hint = Text("请另存为 UTF-8", "save the file as UTF-8")
    if likely is not None:
        hint = Text(
            f"文件像是 {likely} 编码，请另存为 UTF-8",
            f"the file looks like {likely}; save it as UTF-8",
        )
    text = Text("不是有效的 UTF-8 文本", "is not valid UTF-8 text")
    return SourceError([Diagnostic(name, mark, text, hint)])


def _too_large(name: str, limit_bytes: int) -> SourceError:
    return _unusable(
        name, f"文件太大，上限为 {limit_bytes} 字节", f"too large: at most {limit_bytes} bytes"
    )


def _unusable(name: str, zh: str, en: str) -> SourceError:
    return SourceError([Diagnostic(name, None, Text(zh, en))])


def _os_reason(error: OSError | ValueError) -> tuple[str, str]:
    if isinstance(error, FileNotFoundError):
        return "找不到文件", "no such file"
    if isinstance(error, PermissionError):
        return "没有读取权限", "permission denied"
    if isinstance(error, NotADirectoryError):
        return "路径中有一段不是目录", "a part of the path is not a directory"
    why = reason_of(error) if isinstance(error, OSError) else Text("路径无效", "invalid path")
    return f"无法读取：{why.zh}", f"cannot be read: {why.en}"
