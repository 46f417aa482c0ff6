"""Tests over the entries of a list, in columns."""

from __future__ import annotations

from dataclasses import dataclass

from sgincentive.columns import days
from sgincentive.columns import expr as e
from sgincentive.columns.days import Span
from sgincentive.columns.nodes import span, truth
from sgincentive.columns.row import Entry, ListState, Place
from sgincentive.columns.values import Truth, all_of
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.reference import ListRef


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a list and whether each counts; an entry that a row lacks does not.

    ``more``: what entries that were not given may change (unknown in the rows where there may be
    such, false elsewhere).
    """

    entries: tuple[Entry, ...]
    truths: tuple[Truth, ...]
    more: Truth
    state: ListState


def entries(test: ListTest, place: Place) -> Entries:
    """The entries with their truths. Raises NotInColumns."""
    state = place.list(test.list)
    truths = tuple(entry_counts(test, place, entry) for entry in state.entries)
    return Entries(state.entries, truths, more_of(test.list, state), state)


def more_of(ref: ListRef, state: ListState) -> Truth:
    """Whether entries that were not given hold: unknown where there may be such."""
    complete = e.all_(state.given, e.not_(state.partial))
    return Truth(e.FALSE, complete, {ref.name: e.not_(complete)})


def entry_counts(test: ListTest, place: Place, entry: Entry) -> Truth:
    """Whether one entry counts."""
    parts = [Truth(entry.present, e.not_(entry.present))]
    ref = test.list
    if test.at is not None and ref.start and ref.end:
        day = span(test.at, place)
        parts.append(days.on_or_before(field_span(ref, entry, ref.start), day))
        parts.append(days.on_or_before(day, field_span(ref, entry, ref.end)))
    elif ref.entry_date:
        on = days.exactly(place.row.on)
        parts.append(days.on_or_before(field_span(ref, entry, ref.entry_date), on))
    parts.append(truth(test.where, place.at_entry(entry)))
    return all_of(parts)


def field_span(ref: ListRef, entry: Entry, field: str) -> Span:
    """The day in a field of an entry; the last of all where it is known to be none."""
    return entry.cell(field).span(f"{ref.element}.{field}")
