"""Diagnostics like a good compiler's: place, line, caret and the nearest valid word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sgincentive.source.tree import Mapping, Mark, Scalar, Tree
from sgincentive.words import Lang, Text, nearest

Severity = Literal["error", "warning"]

_SEVERITY = {"error": Text("错误", "error"), "warning": Text("警告", "warning")}
_HINT = Text("提示", "hint")
_COLOURS = {"error": "31", "warning": "33", "hint": "36", "gutter": "34", "path": "1"}
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_WIDTH = 72
_LEAD = 30
_QUOTED = 40
_LISTED = 12
_LONGEST_GUESSED = 80


def split_lines(text: str) -> list[str]:
    """The lines of a document, broken where the reader breaks them, without their ends."""
    lines = _LINE_BREAK.split(text)
    if not lines[-1]:
        lines.pop()
    return lines


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about a document.

    ``mark`` is None for the document as a whole, ``line_text`` is None where the line must not
    be shown, ``length`` counts the characters of the token from ``mark``.
    """

    path: str
    mark: Mark | None
    text: Text
    hint: Text | None = None
    line_text: str | None = None
    severity: Severity = "error"
    length: int = 1

    def render(self, lang: Lang, color: bool = False) -> str:
        """The finding in ``lang``, on one to four lines, safe to print on a terminal."""

        def paint(text: str, role: str) -> str:
            return f"\x1b[{_COLOURS[role]}m{text}\x1b[0m" if color else text

        place = visible(self.path)
        if self.mark is not None:
            place += f":{self.mark.line}:{self.mark.column}"
        label = paint(_SEVERITY[self.severity].get(lang) + ":", self.severity)
        out = [f"{paint(place + ':', 'path')} {label} {visible(self.text.get(lang))}"]
        if self.mark is not None and self.line_text is not None:
            shown, pad, carets = _excerpt(self.line_text, self.mark.column - 1, self.length)
            number = f"{self.mark.line:>5} |"
            empty = " " * (len(number) - 1) + "|"
            out.append(f"{paint(number, 'gutter')} {shown}".rstrip())
            out.append(f"{paint(empty, 'gutter')} {' ' * pad}{paint('^' * carets, self.severity)}")
        if self.hint is not None:
            label = paint(_HINT.get(lang) + ":", "hint")
            out.append(f"   {label} {visible(self.hint.get(lang))}")
        return "\n".join(out)


class SourceError(ValueError):
    """A document that cannot be used. ``diagnostics`` are sorted by place, each once."""

    diagnostics: list[Diagnostic]

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = sorted(dict.fromkeys(diagnostics), key=_place)
        super().__init__(self.diagnostics)

    def render(self, lang: Lang, color: bool = False) -> str:
        """All diagnostics in ``lang``."""
        return "\n".join(each.render(lang, color) for each in self.diagnostics)

    def __str__(self) -> str:
        return self.render("en")


class Problems:
    """Collects the diagnostics of one document.

    ``lines`` are the document's lines, or None for a personal profile: then neither lines nor
    values are repeated in a diagnostic, only keys and places.
    """

    def __init__(self, path: str, lines: list[str] | None) -> None:
        self.path = path
        self.lines = lines
        self.found: list[Diagnostic] = []
        self._said: set[tuple[Mark | None, Text, Text | None]] = set()
        self._meant: set[tuple[Mark, str]] = set()

    def error(self, where: Tree | Mark | None, text: Text, hint: Text | None = None) -> None:
        """Record an error at ``where`` (None: the document as a whole)."""
        self._add(where, text, hint, "error")

    def warning(self, where: Tree | Mark | None, text: Text, hint: Text | None = None) -> None:
        """Record a warning at ``where`` (None: the document as a whole)."""
        self._add(where, text, hint, "warning")

    def unknown_key(self, key: Scalar, valid: Iterable[str], what: Text) -> None:
        """Record that ``key`` is none of ``valid``; ``what`` names its sort ("field")."""
        close = self._unknown(key, quoted(key.text), valid, what)
        if close is not None:
            self._meant.add((key.mark, close))

    def missing_key(self, node: Mapping, key: str, hint: Text | None = None) -> None:
        """Record that ``node`` has no ``key``, unless a misspelt key that was reported stands
        for it."""
        if not self.misspelt(node, key):
            self.error(node, Text(f'缺少 "{key}"', f'"{key}" is missing'), hint)

    def misspelt(self, node: Mapping, key: str) -> bool:
        """Whether ``node`` has an unknown key, already reported, that most likely means ``key``."""
        return any((entry.key.mark, key) in self._meant for entry in node.entries.values())

    def unknown_value(self, value: Scalar, valid: Iterable[str], what: Text) -> None:
        """Record that ``value`` is none of ``valid``; ``what`` names its sort ("level")."""
        word = "" if self.lines is None else quoted(value.text)
        self._unknown(value, word, valid, what)

    def raise_if_any(self) -> None:
        """Raise SourceError with everything found, if an error is among it."""
        if any(each.severity == "error" for each in self.found):
            raise SourceError(self.found)

    def _unknown(self, where: Scalar, word: str, valid: Iterable[str], what: Text) -> str | None:
        """Record the error; returns the nearest of ``valid``, if one is near."""
        names = list(dict.fromkeys(valid))
        close = nearest(where.text, names) if len(where.text) <= _LONGEST_GUESSED else None
        zh, en = [], []
        if close is not None:
            zh.append(f'您是否想写 "{close}"?')
            en.append(f'did you mean "{close}"?')
        if 0 < len(names) <= _LISTED and names != [close]:
            zh.append(f"可用的有: {'、'.join(names)}")
            en.append(f"expected one of: {', '.join(names)}")
        text = Text(f"未知的{what.zh} {word}".rstrip(), f"unknown {what.en} {word}".rstrip())
        self.error(where, text, Text(" ".join(zh), " ".join(en)) if zh else None)
        return close

    def _add(
        self, where: Tree | Mark | None, text: Text, hint: Text | None, severity: Severity
    ) -> None:
        mark = where if where is None or isinstance(where, Mark) else where.mark
        line = None
        if mark is not None and self.lines is not None and mark.line <= len(self.lines):
            line = self.lines[mark.line - 1]
        length = 1
        if where is not None and not isinstance(where, Mark):
            if where.end.line == where.mark.line:
                length = max(1, where.end.column - where.mark.column)
            elif isinstance(where, Scalar) and line is not None:
                length = max(1, len(line.rstrip()) - where.mark.column + 1)
        # What is used in several places is read at each of them.
        if mark is None or (mark, text, hint) not in self._said:
            self._said.add((mark, text, hint))
            self.found.append(Diagnostic(self.path, mark, text, hint, line, severity, length))


def quoted(word: str) -> str:
    """``word`` in quotation marks for a message, shortened, control characters visible."""
    return f'"{visible(word if len(word) <= _QUOTED else word[: _QUOTED - 1] + "…")}"'


def visible(text: str) -> str:
    """``text`` with control, format and unpaired characters as escapes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_cell(char)[0] for char in text)


def _place(diagnostic: Diagnostic) -> tuple[str, Mark]:
    return (diagnostic.path, diagnostic.mark or Mark(0, 0))


def _cell(char: str) -> tuple[str, int]:
    """How a character is shown and how many columns that takes."""
    category = unicodedata.category(char)
    if category in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        code = ord(char)
        form = f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
        return form, len(form)
    if category in ("Mn", "Me"):
        return char, 0
    return char, 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _excerpt(line: str, column: int, length: int) -> tuple[str, int, int]:
    """The part of ``line`` around ``column`` (from 0), the columns before it, the caret's width."""
    # Only the neighbourhood can be shown: a line may have a million characters.
    skipped = max(0, column - _WIDTH)
    near = line[skipped : column + _WIDTH + 1]
    more_left, more_right = skipped > 0, len(line) > column + _WIDTH + 1
    cells = [("    ", 4) if char == "\t" else _cell(char) for char in near]
    at = min(column - skipped, len(cells))
    length = min(length, max(1, len(cells) - at))

    def width(start: int, stop: int) -> int:
        return sum(each[1] for each in cells[start:stop])

    left, right = 0, len(cells)
    if more_left or more_right or width(0, right) > _WIDTH:
        room = _WIDTH - 2
        if more_left or width(0, at + min(length, _LEAD)) > room:
            left = at
            while left > 0 and width(left - 1, at) <= _LEAD:
                left -= 1
        right = left
        used = 0
        while right < len(cells) and used + cells[right][1] <= room:
            used += cells[right][1]
            right += 1
        while left > 0 and used + cells[left - 1][1] <= room:
            left -= 1
            used += cells[left][1]
        more_left, more_right = more_left or left > 0, more_right or right < len(cells)
    shown = "".join(each[0] for each in cells[left:right])
    pad = width(left, at) + more_left
    carets = max(1, width(at, min(at + length, right)))
    return f"{'…' * more_left}{shown}{'…' * more_right}", pad, carets
