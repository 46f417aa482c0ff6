"""JSON as a stream of events with places, for JSON that the YAML reader cannot take.

(Tabs before a key, surrogate pairs, keys over 1024 characters, a colon on the next line.)
Iterative, so that nesting costs the caller's limit and not the stack.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]

from yaml.error import Mark as YamlMark
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sgincentive.words import Text

_BLANK = re.compile(r"[ \t\r\n]*")
_LITERAL = re.compile(
    r"(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null|NaN|-?Infinity)"
    r"(?![\w.+-])"
)
_LINE_START = re.compile(r"\r\n|\r|\n")


class JsonError(Exception):
    """Text that is not JSON: what was expected and where, and how far reading came."""

    def __init__(self, text: Text, mark: YamlMark, reached: YamlMark) -> None:
        super().__init__(text.en)
        self.text = text
        self.mark = mark
        self.reached = reached


def json_events(text: str) -> Iterator[Event]:
    """The events of one JSON text, as the YAML reader would give them; raises JsonError."""
    closers: list[str] = []
    opened_at: list[int] = []
    starts = [0, *(match.end() for match in _LINE_START.finditer(text))]

    def mark(index: int) -> YamlMark:
        line = bisect_right(starts, index) - 1
        return YamlMark("", index, line, index - starts[line], None, 0)

    def problem(index: int, zh: str, en: str) -> JsonError:
        reached = mark(index)
        if index >= len(text) and opened_at:
            index = opened_at[-1]
            zh, en = f'"{text[index]}" 没有闭合', f'"{text[index]}" is never closed'
        return JsonError(
            Text(f"JSON 语法错误：{zh}", f"JSON syntax error: {en}"), mark(index), reached
        )

    def string(index: int) -> tuple[ScalarEvent, int]:
        try:
            value, end = scanstring(text, index + 1, True)
        except JSONDecodeError as error:
            if error.msg.startswith("Unterminated"):
                raise problem(index, "引号没有闭合", "the quotation mark is never closed") from None
            raise problem(
                min(error.pos, len(text)), "字符串中的字符或转义无效", "invalid character or escape"
            ) from None
        return ScalarEvent(None, None, (False, True), value, mark(index), mark(end), '"'), end

    def key(index: int) -> tuple[ScalarEvent, int]:
        if text[index : index + 1] != '"':
            raise problem(index, "应为带双引号的字段名", "expected a key in double quotes")
        event, end = string(index)
        end = blank(text, end)
        if text[end : end + 1] != ":":
            raise problem(end, '应为 ":"', 'expected ":"')
        return event, blank(text, end + 1)

    at = blank(text, 0)
    yield DocumentStartEvent(mark(at), mark(at))
    while True:
        # One value begins at ``at``.
        char = text[at : at + 1]
        opened = False
        if char == "{":
            yield MappingStartEvent(None, None, True, mark(at), mark(at + 1), True)
            closers.append("}")
            opened_at.append(at)
            opened = True
        elif char == "[":
            yield SequenceStartEvent(None, None, True, mark(at), mark(at + 1), True)
            closers.append("]")
            opened_at.append(at)
            opened = True
        elif char == '"':
            event, at = string(at)
            yield event
        elif (match := _LITERAL.match(text, at)) is not None:
            yield ScalarEvent(
                None, None, (True, False), match[0], mark(at), mark(match.end()), None
            )
            at = match.end()
        else:
            raise problem(at, "应为一个值", "expected a value")
        at = blank(text, at + 1 if opened else at)
        # Then what was opened closes, or the next value follows.
        while closers:
            char = text[at : at + 1]
            if char == closers[-1]:
                end = MappingEndEvent if char == "}" else SequenceEndEvent
                yield end(mark(at), mark(at + 1))
                closers.pop()
                opened_at.pop()
                at = blank(text, at + 1)
                opened = False
                continue
            if not opened:
                if char != ",":
                    closer = closers[-1]
                    raise problem(at, f'应为 "," 或 "{closer}"', f'expected "," or "{closer}"')
                at = blank(text, at + 1)
            if closers[-1] == "}":
                event, at = key(at)
                yield event
            break
        if not closers:
            break
    if at < len(text):
        raise problem(at, "文档结束后还有内容", "something follows the end of the document")
    yield DocumentEndEvent(mark(at), mark(at))


def blank(text: str, index: int) -> int:
    """The place of the next character that is not blank."""
    match = _BLANK.match(text, index)
    return match.end() if match else index
