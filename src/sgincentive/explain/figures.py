"""Figures that sources quote beside the terms: told, and never a bound of an amount."""

from __future__ import annotations

from typing import Any

from sgincentive.explain.format import fen_digits, json_number, json_text, with_unit
from sgincentive.schemes.model import Scheme, Version
from sgincentive.words import Lang, Text

FIGURES = {
    "mean": Text("平均", "mean"),
    "example": Text("个例", "example"),
    "total": Text("总额", "total"),
}


def figure_words(scheme: Scheme, version: Version, lang: Lang) -> list[str]:
    """One line for each figure."""
    lines = []
    for figure in version.figures:
        kind = FIGURES[figure.kind]
        value = with_unit(figure.value, "money" if scheme.money else None, lang)
        if figure.note is not None:
            value += Text(f"（{figure.note.zh}）", f" ({figure.note.en})").get(lang)
        lines.append(
            Text(
                f"来源提到的数字（不是标准）：{kind.zh} {value}",
                f"Quoted by a source, no term: {kind.en} {value}",
            ).get(lang)
        )
    return lines


def figures_json(scheme: Scheme, version: Version | None) -> list[dict[str, Any]]:
    """The figures as JSON data; money as text with two decimals."""
    return [
        {
            "kind": figure.kind,
            "value": fen_digits(figure.value) if scheme.money else json_number(figure.value),
            "note": None if figure.note is None else json_text(figure.note),
        }
        for figure in (version.figures if version is not None else ())
    ]
