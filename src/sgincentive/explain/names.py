"""The names of facts, words, lists and places, in both languages."""

from __future__ import annotations

from functools import cache
from typing import Any

from sgincentive import divisions
from sgincentive import facts as registry
from sgincentive.explain.format import NONE, fen_digits, json_value, number
from sgincentive.facts.vocabularies import STATISTICS
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.words import Lang, Text

SUBJECTS = ("worker", "project", "station", "organisation")
YES_NO = {True: Text("是", "yes"), False: Text("否", "no")}


def fact_name(ref: FactRef, lang: Lang) -> str:
    """The label of a fact."""
    return ref.fact.label.get(lang)


def word_name(ref: FactRef, value: Any, lang: Lang) -> str:
    """A value by which a table or a list of words tells cases apart, in words."""
    if value is None:
        return NONE.get(lang)
    if isinstance(value, bool):
        return YES_NO[value].get(lang)
    vocabulary = ref.fact.vocabulary
    if vocabulary is not None and value in vocabulary.labels:
        return vocabulary.labels[value].get(lang)
    return number(value) if ref.fact.type == "count" else str(value)


def place_name(code: str, lang: Lang) -> str:
    """A place by its full name, in English with its code."""
    name = divisions.get(code).full_name
    return name if lang == "zh" else f"{name} ({code})"


def coded_place(code: str, lang: Lang) -> str:
    """A place by its code, in Chinese with its name."""
    return code if lang == "en" else f"{place_name(code, lang)}（{code}）"


@cache
def _list_label(name: str, element: str) -> Text:
    lists = (registry.lists(subject).get(name) for subject in SUBJECTS)
    return next(found.label for found in lists if found is not None and found.element == element)


def list_name(ref: ListRef, lang: Lang) -> str:
    """The label of a list."""
    return _list_label(ref.name, ref.element).get(lang)


def statistic_name(kind: str, lang: Lang) -> str:
    """The label of a kind of statistic."""
    return STATISTICS.labels[kind].get(lang)


def as_given(ref: FactRef, value: Any) -> Any:
    """A value of a fact as the profile writes it: money as text, a date as ISO."""
    if ref.fact.type == "money" and value is not None:
        return fen_digits(value)
    return json_value(value)
