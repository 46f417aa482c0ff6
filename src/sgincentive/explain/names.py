"""The names of facts, words, lists and places, in both languages."""

from __future__ import annotations

from functools import cache
from typing import Any

from sgincentive import divisions
from sgincentive import facts as registry
from sgincentive.explain.format import NONE, fen_digits, json_value, money, number
from sgincentive.facts.vocabularies import STATISTICS
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.words import Lang, Text

SUBJECTS = ("worker", "project", "station", "organisation")
YES_NO = {True: Text("是", "yes"), False: Text("否", "no")}


def fact_name(ref: FactRef, lang: Lang) -> str:
    """The label of a fact."""
    return ref.fact.label.get(lang)


def word_name(ref: FactRef, value: Any, lang: Lang) -> str:
    """A value of a fact in words."""
    if value is None:
        return NONE.get(lang)
    if isinstance(value, bool):
        return YES_NO[value].get(lang)
    vocabulary = ref.fact.vocabulary
    if vocabulary is not None and value in vocabulary.labels:
        return vocabulary.labels[value].get(lang)
    if ref.fact.type == "division":
        return place_name(value, lang)
    if ref.fact.type == "money":
        return money(value, lang)
    if ref.fact.type in ("count", "number", "months"):
        return number(value)
    return str(value)


def place_name(code: str, lang: Lang) -> str:
    """A place by its full name, in English with its code; an unknown code as it is."""
    try:
        name = divisions.get(code).full_name
    except KeyError:
        return code
    return name if lang == "zh" else f"{name} ({code})"


def coded_place(code: str, lang: Lang) -> str:
    """A place by its code, in Chinese with its name."""
    name = place_name(code, "zh")
    return code if lang == "en" or name == code else f"{name}（{code}）"


@cache
def _list_label(name: str, element: str) -> Text | None:
    for subject in SUBJECTS:
        found = registry.lists(subject).get(name)
        if found is not None and found.element == element:
            return found.label
    return None


def list_name(ref: ListRef, lang: Lang) -> str:
    """The label of a list."""
    label = _list_label(ref.name, ref.element)
    return ref.name if label is None else label.get(lang)


def statistic_name(kind: str, lang: Lang) -> str:
    """The label of a kind of statistic."""
    label = STATISTICS.labels.get(kind)
    return kind if label is None else label.get(lang)


def as_given(ref: FactRef, value: Any) -> Any:
    """A value of a fact as the profile writes it: money as text, a date as ISO."""
    if ref.fact.type == "money" and value is not None:
        return fen_digits(value)
    return json_value(value)
