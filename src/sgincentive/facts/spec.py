"""What a fact is: its name, type, unit, label and the question that asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from sgincentive.words import Text, Vocabulary

FactType = Literal[
    "bool",
    "date",
    "year",
    "money",
    "count",
    "number",
    "months",
    "level",
    "division",
    "word",
    "text",
]

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
MAX_DIGITS: Final = 15
MAX_MONTHS: Final = 600
MAX_ENTRIES: Final = 10_000


class Unknown(Enum):
    """The type of :data:`UNKNOWN`, the value of every field that was left out."""

    UNKNOWN = "UNKNOWN"

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "UNKNOWN"

    __str__ = __repr__


UNKNOWN: Final = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True)
class Fact:
    """One typed value about a subject.

    ``name`` is dotted (``certificate.exam_year``); ``null_means`` says what null stands for and
    is None where null is refused; ``aliases`` are the other field names accepted on input.
    """

    name: str
    type: FactType
    label: Text
    question: Text
    unit: str | None = None
    vocabulary: Vocabulary | None = None
    nullable: bool = False
    null_means: Text | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListFact:
    """A list of a subject, such as ``certificates``.

    ``element`` prefixes the facts of one entry. ``entry_date`` is the field of an entry that
    dates it (entries dated after the day of a test do not count); ``start`` and ``end`` are set
    where the entries are spells of time.
    """

    name: str
    element: str
    label: Text
    question: Text
    aliases: tuple[str, ...] = ()
    entry_date: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class FieldNote:
    """What a model says of one of its fields, beside the field itself."""

    label: Text
    question: Text
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    null_means: Text | None = None
    element: str | None = None
    entry_date: str | None = None
    start: str | None = None
    end: str | None = None
