"""The records of the survey: every one has a rule file, or a reason why it has none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sgincentive.words import Text

FILE = Path(__file__).parent / "records.tsv"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why nothing can be computed from a record, and where it belongs."""

    record: str
    divisions: tuple[str, ...]
    title: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Record:
    """One record: ``reason`` says why it has no rule file, None where it has one."""

    id: str
    reason: Reason | None = None


@cache
def records() -> tuple[Record, ...]:
    """Every record, by id."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return tuple(_record(line) for line in lines if line and line[0] != "#")[1:]


def _record(line: str) -> Record:
    id, *rest = line.split("\t")
    if not rest:
        return Record(id)
    divisions, title_zh, title_en, why_zh, why_en = rest
    title, why = Text(title_zh, title_en), Text(why_zh, why_en)
    return Record(id, Reason(id, tuple(divisions.split(",")), title, why))
