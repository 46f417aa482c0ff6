"""What the engine reads of a subject: nested plain dicts that hold known facts only."""

from __future__ import annotations

from typing import Any

from sgincentive.facts.model import Part

View = dict[str, Any]


def view(subject: Part) -> View:
    """The known facts of ``subject`` under their field names; do not change it.

    Money is int fen, a number is int or Fraction, a day is a date, words and divisions are str;
    None where known to be none; a list is a list of such dicts; staff is either counts or
    ``{"persons": [...]}``; ``partial`` is a frozenset of list names. A field that is not there
    is unknown.
    """
    return subject._view
