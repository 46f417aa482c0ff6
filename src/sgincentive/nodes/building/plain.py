"""Plain values in the tree of a rule file: texts, words, whole numbers, lists, divisions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sgincentive.divisions import AmbiguousDivision, UnknownDivision, resolve
from sgincentive.source import Mapping, Problems, Scalar, Sequence, Tree
from sgincentive.words import Text

NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?")
FIELD = Text("字段", "field")
VALUE = Text("取值", "value")


class Broken(Exception):
    """A node that cannot be built; the problem is recorded already."""


def text_at(tree: Tree, problems: Problems) -> Text:
    """A text in both languages: ``{zh: …, en: …}``. Raises Broken."""
    if isinstance(tree, Mapping):
        for key, entry in tree.entries.items():
            if key not in ("zh", "en"):
                problems.unknown_key(entry.key, ("zh", "en"), FIELD)
        zh, en = tree.get("zh"), tree.get("en")
        if isinstance(zh, Scalar) and isinstance(en, Scalar) and zh.text and en.text:
            return Text(zh.text, en.text)
    problems.error(
        tree,
        Text("此处应为中英文两种文字", "a text in both languages is expected here"),
        Text("写作 {zh: …, en: …}", "write {zh: …, en: …}"),
    )
    raise Broken


def word_at(tree: Tree, valid: Iterable[str], problems: Problems, what: Text) -> str:
    """One of the words of ``valid``. Raises Broken."""
    valid = tuple(valid)
    if isinstance(tree, Scalar):
        if tree.text in valid:
            return tree.text
        problems.unknown_value(tree, valid, what)
    else:
        problems.error(tree, Text(f"此处应为{what.zh}", f"a {what.en} is expected here"))
    raise Broken


def whole_number_at(tree: Tree, problems: Problems) -> int:
    """A whole number, maybe below 0. Raises Broken."""
    if isinstance(tree, Scalar) and not tree.quoted:
        digits = tree.text.removeprefix("-")
        if NUMBER.fullmatch(digits) and "." not in digits:
            return int(tree.text)
    problems.error(tree, Text("此处应为整数", "a whole number is expected here"))
    raise Broken


def items_of(tree: Tree, problems: Problems, least: int = 1) -> list[Tree]:
    """The items of a list with at least ``least`` entries. Raises Broken."""
    if isinstance(tree, Sequence) and len(tree.items) >= least:
        return tree.items
    problems.error(
        tree,
        Text(f"此处应为至少 {least} 项的列表", f"a list of at least {least} is expected here"),
    )
    raise Broken


def one_or_more_of(tree: Tree, problems: Problems) -> list[Tree]:
    """A value that stands alone, or the items of a list of them. Raises Broken for an empty one."""
    return items_of(tree, problems) if isinstance(tree, Sequence) else [tree]


def division_at(tree: Tree, problems: Problems) -> str:
    """A division by code or name. Raises Broken."""
    if isinstance(tree, Scalar):
        if not tree.quoted and tree.text.isascii() and tree.text.isdecimal():
            problems.error(
                tree,
                Text("区划代码须加引号", "a division code must stand in quotation marks"),
                Text(f'写作 "{tree.text}"', f'write "{tree.text}"'),
            )
            raise Broken
        try:
            return resolve(tree.text)
        except (UnknownDivision, AmbiguousDivision) as error:
            problems.error(tree, error.text)
            raise Broken from None
    problems.error(tree, Text("此处应为行政区划", "a division is expected here"))
    raise Broken
