"""Short sentences for the problems that the YAML reader reports."""

from __future__ import annotations

import re
from typing import NamedTuple

from sgincentive.source.tree import Mark
from sgincentive.words import Text


class Syntax(NamedTuple):
    """A syntax error: its place and sentence, and a hint where the cause can be guessed."""

    mark: Mark
    text: Text
    hint: Text | None


class _Sentence(NamedTuple):
    needles: tuple[str, ...]
    text: Text
    at_context: bool = False


_DIRECTIVE = Text("不支持以 % 开头的指令", "directives (lines that begin with %) are not allowed")
_ANCHOR = Text(
    '不支持锚点和别名；以 "&" 或 "*" 开头的值请加引号',
    'anchors and aliases are not allowed; quote a value that begins with "&" or "*"',
)
_TAG = Text(
    '不支持标签；以 "!" 开头的值请加引号',
    'tags are not allowed; quote a value that begins with "!"',
)
BAD_ESCAPE = Text("双引号中的转义无效", "invalid escape in double quotes")
_INDENTATION = Text(
    "缩进与上文不一致，或上文没有写完",
    "the indentation does not fit the lines above, or something above is unfinished",
)
_SURPLUS = Text("前面的值已经结束，这里多出内容", "unexpected text: the value before it has ended")
_CUT_OFF = Text("文档在此中断，缺少一个值", "the document ends where a value was expected")
_FULL_WIDTH_COLON = re.compile(r"\s*(?:- )?[\w.-]+：")
_FULL_WIDTH_COMMA = re.compile(r"[\[{][^,]*，")
_FULL_WIDTH_QUOTE = re.compile(r"[:,\[{-]\s*“")
_NO_BLANK = re.compile(r"\s*(?:- )?\w+:[^\s:]")
_UNCLOSED_QUOTE = Text("引号没有闭合", "the quotation mark is never closed")
_OTHER = Text("YAML 语法错误", "invalid YAML syntax")

_BY_CONTEXT = (
    _Sentence(("scanning an anchor", "scanning an alias"), _ANCHOR),
    _Sentence(("scanning a tag", "parsing a tag"), _TAG),
    _Sentence(("directive",), _DIRECTIVE, True),
)
_BY_PROBLEM = (
    _Sentence(("undefined tag handle",), _TAG),
    _Sentence(("directive", "YAML document", "version number"), _DIRECTIVE),
    _Sentence(
        ("sequence entries are not allowed",),
        Text('列表项 "-" 不能写在这里', 'a list item ("-") is not allowed here'),
    ),
    _Sentence(
        ("mapping keys are not allowed",), Text("字段不能写在这里", "a key is not allowed here")
    ),
    _Sentence(
        ("mapping values are not allowed",),
        Text(
            '这里不能有冒号；值中含 ": " 时请加引号',
            'a colon is not allowed here; quote a value that contains ": "',
        ),
    ),
    _Sentence(
        ("could not find expected ':'",),
        Text('此行缺少 ": "', 'this line lacks a ": "'),
        True,
    ),
    _Sentence(("found unexpected end of stream",), _UNCLOSED_QUOTE, True),
    _Sentence(
        ("found unexpected document",),
        Text("引号内不能有文档分隔行", "a document mark inside quotation marks"),
    ),
    _Sentence(("escape", "hexdecimal", "hexadecimal"), BAD_ESCAPE),
    _Sentence(
        ("found a tab character",),
        Text("不能用制表符 (Tab) 缩进", "a tab is not allowed as indentation"),
    ),
    _Sentence(
        ("comment or line break", "indentation indicator", "indentation indicators"),
        Text('"|" 或 ">" 之后应换行', 'a new line must follow "|" or ">"'),
    ),
    _Sentence(
        ("',' or ']'",),
        Text('列表中应为 "," 或 "]"', 'expected "," or "]" in a list'),
    ),
    _Sentence(
        ("',' or '}'",),
        Text('花括号中应为 "," 或 "}"', 'expected "," or "}" in braces'),
    ),
    _Sentence(
        ("expected key", "'-' indicator", "<block end>"),
        _INDENTATION,
    ),
    _Sentence(
        ("node content",), Text("这里应为一个值", "expected a value here, found another character")
    ),
    _Sentence(
        ("<document start>",),
        Text("文档到此已经结束，后面不应有内容", "the document ends here, yet something follows"),
    ),
)


def explain(problem: str, context: str, at: Mark, began: Mark | None, lines: list[str]) -> Syntax:
    """The sentence for a reader's ``problem`` found ``at``, in something that ``began`` before.

    ``lines`` are the document's lines; the place returned always lies in them.
    """
    mark, text = at, _OTHER
    beyond = _after_the_end(at, lines)
    if "cannot start any token" in problem:
        text = _bad_start(_char_at(at, lines))
    else:
        sentence = _find(context, _BY_CONTEXT) or _find(problem, _BY_PROBLEM)
        if sentence is not None:
            text = sentence.text
            if sentence.at_context and began is not None:
                mark = began
            if text is _INDENTATION and _before(mark, lines).strip():
                text = _SURPLUS
            if beyond and began is not None and (opener := _char_at(began, lines)) in ("[", "{"):
                mark = began
                text = Text(f'"{opener}" 没有闭合', f'"{opener}" is never closed')
            elif beyond and "node content" in problem:
                text = _CUT_OFF
    mark = inside(mark, lines)
    return Syntax(mark, text, guess(lines, mark.line))


def guess(lines: list[str], number: int) -> Text | None:
    """A hint on a usual slip in line ``number`` (from 1) or the one before it."""
    for at in (number, number - 1):
        line = lines[at - 1] if 0 < at <= len(lines) else ""
        if _FULL_WIDTH_COLON.match(line):
            return Text(
                f'第 {at} 行用了全角冒号，应为半角冒号加空格 ": "',
                f'line {at} has a full-width colon; write ": "',
            )
        if _NO_BLANK.match(line):
            return Text(f"第 {at} 行的冒号后应有空格", f"line {at} needs a blank after the colon")
        if at == number and _FULL_WIDTH_COMMA.search(line):
            return Text(
                f'第 {at} 行用了全角逗号，各项之间应为半角逗号 ","',
                f'line {at} has a full-width comma; separate with ","',
            )
        if at == number and _FULL_WIDTH_QUOTE.search(line):
            return Text(
                f"第 {at} 行用了中文引号，语法上只认半角引号",
                f"line {at} has Chinese quotation marks; only ASCII ones quote a value",
            )
    return None


def inside(mark: Mark, lines: list[str]) -> Mark:
    """``mark``, or the end of the last line with text when it lies after it."""
    if not _after_the_end(mark, lines):
        return mark
    last = len(lines)
    while last > 1 and not lines[last - 1].strip():
        last -= 1
    return Mark(last, len(lines[last - 1].rstrip()) + 1) if lines else Mark(1, 1)


def _after_the_end(mark: Mark, lines: list[str]) -> bool:
    if mark.line > len(lines):
        return True
    return not lines[mark.line - 1][mark.column - 1 :].strip() and not any(
        line.strip() for line in lines[mark.line :]
    )


def _before(mark: Mark, lines: list[str]) -> str:
    return lines[mark.line - 1][: mark.column - 1] if mark.line <= len(lines) else ""


def _char_at(mark: Mark, lines: list[str]) -> str:
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    return line[mark.column - 1 : mark.column]


def _bad_start(char: str) -> Text:
    if char == "\t":
        return Text("不能用制表符 (Tab) 缩进", "a tab is not allowed as indentation")
    return Text(
        f'值不能以 "{char}" 开头，请加引号', f'a value cannot begin with "{char}"; quote it'
    )


def _find(said: str, sentences: tuple[_Sentence, ...]) -> _Sentence | None:
    return next((each for each in sentences if any(n in said for n in each.needles)), None)
