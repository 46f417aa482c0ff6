"""Words shared by every floor: bilingual texts, closed vocabularies and the nearest valid name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Text(NamedTuple):
    """One label or sentence in both languages."""

    zh: str
    en: str

    def get(self, lang: Lang) -> str:
        """The text in ``lang``."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of words for one fact.

    ``values`` are the words used inside, in rising order where ``ordered``;
    ``spellings`` maps every other accepted spelling (Chinese ones too) to a value.
    """

    name: str
    values: tuple[str, ...]
    labels: Mapping[str, Text] = field(hash=False)
    ordered: bool = False
    spellings: Mapping[str, str] = field(default_factory=dict, hash=False)

    def find(self, word: str) -> str | None:
        """The value that ``word`` spells, or None."""
        if word in self.labels:
            return word
        found = self.spellings.get(word)
        if found is not None:
            return found
        for value, label in self.labels.items():
            if word == label.zh or word.lower() == label.en.lower():
                return value
        return None

    def nearest(self, word: str) -> str | None:
        """The value whose spelling comes nearest to ``word``, or None."""
        every = {**{v: v for v in self.values}, **self.spellings}
        every.update({label.zh: value for value, label in self.labels.items()})
        close = nearest(word, every)
        return every[close] if close is not None else None

    def rank(self, value: str) -> int:
        """The place of ``value`` in the order, from 0."""
        return self.values.index(value)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate nearest in spelling to ``word``, or None when none is near."""
    close = difflib.get_close_matches(word, list(candidates), n=1, cutoff=0.5)
    return close[0] if close else None


def did_you_mean(close: str | None) -> Text | None:
    """The nearest valid name as a hint, where there is one."""
    return Text(f"是否想用 {close}", f"did you mean {close}?") if close else None
