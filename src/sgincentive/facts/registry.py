"""Every fact and every list of each subject by dotted name, generated from the models.

A name outside a list is the path of the value in the subject's view (``budget.wages``); a name
inside a list is the list's element and the field (``post.start`` for the entries of ``posts``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from sgincentive.facts.model import Part
from sgincentive.facts.shape import STAFF_LIST, FieldShape, Form
from sgincentive.facts.spec import Fact, ListFact
from sgincentive.facts.subjects import Organisation, Project, Station, Subject, Worker
from sgincentive.words import Vocabulary

subject_kinds: Final[tuple[str, ...]] = ("worker", "project", "station", "organisation")
MODELS: Final[Mapping[str, type[Subject]]] = MappingProxyType(
    {
        "worker": Worker,
        "project": Project,
        "station": Station,
        "organisation": Organisation,
    }
)


def facts(subject_kind: str) -> Mapping[str, Fact]:
    """The facts of a subject by name. KeyError for another word than those in subject_kinds."""
    return _registry(subject_kind)[0]


def lists(subject_kind: str) -> Mapping[str, ListFact]:
    """The lists of a subject by name. KeyError for another word than those in subject_kinds."""
    return _registry(subject_kind)[1]


def list_of(subject_kind: str, element: str) -> ListFact | None:
    """The list whose entries have the prefix ``element``, or None."""
    return _registry(subject_kind)[2].get(element)


def vocabulary(subject_kind: str, fact: str) -> Vocabulary | None:
    """The words that ``fact`` may take, or None where it is no word. KeyError if unknown."""
    return facts(subject_kind)[fact].vocabulary


_Registry = tuple[Mapping[str, Fact], Mapping[str, ListFact], Mapping[str, ListFact]]


@cache
def _registry(subject_kind: str) -> _Registry:
    found: dict[str, Fact] = {}
    many: dict[str, ListFact] = {}
    _collect(MODELS[subject_kind], "", found, many)
    elements = {each.element: each for each in many.values()}
    return MappingProxyType(found), MappingProxyType(many), MappingProxyType(elements)


def _collect(
    model: type[Part], prefix: str, found: dict[str, Fact], many: dict[str, ListFact]
) -> None:
    # Within a project, the contractor's own application and ledger are nobody's question.
    nested = prefix != "" and model.subject_kind is not None
    for field in model.shape().fields.values():
        if nested and field.name in Subject.shape().fields:
            continue
        name = prefix + field.name
        if field.kind is not None:
            found[name] = _fact(name, field)
        if field.one is not None:
            _collect(field.one, f"{name}.", found, many)
        if field.many is not None:
            assert field.note.element is not None
            element = prefix + field.note.element
            path = prefix + STAFF_LIST if field.form is Form.STAFF else name
            many[path] = _list(path, element, field)
            _collect(field.many, f"{element}.", found, many)


def _fact(name: str, field: FieldShape) -> Fact:
    kind, note = field.kind, field.note
    assert kind is not None
    return Fact(
        name=name,
        type=kind.type,
        label=note.label,
        question=note.question,
        unit=note.unit,
        vocabulary=kind.vocabulary,
        nullable=kind.nullable,
        null_means=note.null_means,
        aliases=note.aliases,
    )


def _list(name: str, element: str, field: FieldShape) -> ListFact:
    note = field.note
    return ListFact(
        name=name,
        element=element,
        label=note.label,
        question=note.question,
        aliases=note.aliases,
        entry_date=note.entry_date,
        start=note.start,
        end=note.end,
    )
