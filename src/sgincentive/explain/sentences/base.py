"""What sentences of all nodes share: one function for each kind of node, words of order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

from sgincentive.explain.names import list_name
from sgincentive.explain.units import unit_of
from sgincentive.nodes import conditions as c
from sgincentive.nodes.base import Condition, Day, Quantity
from sgincentive.nodes.lists import ListTest
from sgincentive.words import Lang, Text

WORD_ORDERS = {
    "at_least": Text("不低于", "at least"),
    "at_most": Text("不高于", "at most"),
    "more_than": Text("高于", "above"),
    "less_than": Text("低于", "below"),
}
NUMBER_ORDERS = {
    "at_least": Text("不少于", "at least"),
    "at_most": Text("不超过", "at most"),
    "more_than": Text("超过", "more than"),
    "less_than": Text("少于", "less than"),
}
LEVEL_ORDERS = {**NUMBER_ORDERS, "at_least": WORD_ORDERS["at_least"]}
LEVEL_ORDERS["less_than"] = Text("低于", "less than")
YEAR_ORDERS = {
    "at_least": Text("不早于", "not before"),
    "at_most": Text("不晚于", "not after"),
    "more_than": Text("晚于", "after"),
    "less_than": Text("早于", "before"),
}
ALWAYS = Text("没有条件", "no condition")


def say(lang: Lang, zh: str, en: str) -> str:
    """The sentence in ``lang``."""
    return zh if lang == "zh" else en


@singledispatch
def condition(node: Condition, lang: Lang) -> str:
    """A sentence for a condition."""
    raise NotImplementedError(type(node).__name__, lang)


@singledispatch
def subject(node: Condition, lang: Lang) -> str:
    """What a comparison looks at."""
    raise NotImplementedError(type(node).__name__, lang)


@singledispatch
def demand(node: Condition, lang: Lang, coded: bool = False) -> str:
    """What a comparison asks for; other conditions are asked for as a whole."""
    del coded
    return condition(node, lang)


@singledispatch
def phrase(node: Quantity, lang: Lang, unit: str | None) -> str:
    """A phrase for a quantity of a unit."""
    raise NotImplementedError(type(node).__name__, lang, unit)


@singledispatch
def day(node: Day, lang: Lang) -> str:
    """A phrase for a day."""
    raise NotImplementedError(type(node).__name__, lang)


def order_words(order: str, unit: str | None, lang: Lang) -> str:
    """``at least`` and its kin as they are said of a unit."""
    table = YEAR_ORDERS if unit == "year" else NUMBER_ORDERS
    if unit in ("money", "share"):
        table = LEVEL_ORDERS
    return table[order].get(lang)


def bracketed(node: Condition, lang: Lang) -> str:
    """A condition as part of a longer sentence: in brackets where it has parts itself."""
    text = condition(node, lang)
    inner = node
    while isinstance(inner, c.Named):
        inner = inner.part
    if isinstance(inner, c.All | c.AnyOf) and len(inner.parts) < 2:
        return bracketed(inner.parts[0], lang) if inner.parts else text
    whole = c.All | c.AnyOf | c.AtLeastN | c.Unless | c.When | c.Readings | c.Every
    return say(lang, f"（{text}）", f"({text})") if isinstance(inner, whole) else text


def all_words(parts: Sequence[Condition], lang: Lang) -> str:
    """Conditions that hold together."""
    if not parts:
        return ALWAYS.get(lang)
    if len(parts) == 1:
        return condition(parts[0], lang)
    return say(lang, "，且", " and ").join(bracketed(p, lang) for p in parts)


def filtered(test: ListTest, lang: Lang) -> str:
    """The entries of a list that pass a test, as a noun."""
    parts = test.where.parts if isinstance(test.where, c.All) else (test.where,)
    name = list_name(test.list, lang)
    day_words = "" if test.at is None else day(test.at, lang)
    if lang == "zh":
        span = f"{day_words}当日的" if day_words else ""
        return f"{span}“{name}”" + (f"（{all_words(parts, lang)}）" if parts else "")
    span = f" covering {day_words}" if day_words else ""
    return f"“{name}”{span}" + (f" where {all_words(parts, lang)}" if parts else "")


def quantity(node: Quantity, lang: Lang, unit: str | None = None) -> str:
    """A phrase for a quantity; ``unit`` is that of what it is compared with or paid as."""
    return phrase(node, lang, unit or unit_of(node))


def moved_years(name: str, years: int, lang: Lang) -> str:
    """A year moved by a number of years."""
    if not years:
        return name
    n = abs(years)
    word = "year" if n == 1 else "years"
    if years > 0:
        return say(lang, f"{name}后第 {n} 年", f"{n} {word} after {name}")
    return say(lang, f"{name}前第 {n} 年", f"{n} {word} before {name}")
