"""The shape of a model read off its fields: names, spellings, types and parts."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args

from sgincentive.facts.kinds import Kind
from sgincentive.facts.spec import FieldNote

if TYPE_CHECKING:
    from sgincentive.facts.model import Part

R = TypeVar("R")


def per_model(make: Callable[[type[Part]], R]) -> Callable[[type[Part]], R]:
    """Run ``make`` once for each model."""
    made: Any = functools.cache(make)
    return made  # type: ignore[no-any-return]


STAFF_LIST: Final = "staff.persons"


class Form(Enum):
    """How a field is built."""

    FACT = "fact"
    LIST = "list"
    GROUP = "group"
    STAFF = "staff"
    PARTIAL = "partial"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field: ``kind`` of a fact, ``one`` model of a group, ``many`` of a list; staff has
    ``one`` for totals and ``many`` for persons."""

    name: str
    note: FieldNote
    form: Form
    kind: Kind | None = None
    one: type[Part] | None = None
    many: type[Part] | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """All fields of a model, and the field that each accepted spelling names."""

    fields: Mapping[str, FieldShape]
    spellings: Mapping[str, str]


def read_form(name: str, note: FieldNote, annotation: Any) -> FieldShape:
    """The shape of a field from its annotation, one of those in ``types``."""
    mark = annotation.__metadata__[0]
    if isinstance(mark, Kind):
        return FieldShape(name, note, Form.FACT, kind=mark)
    types = get_args(annotation.__origin__)
    if mark is Form.LIST:
        return FieldShape(name, note, mark, many=get_args(types[0])[0])
    if mark is Form.GROUP:
        return FieldShape(name, note, mark, one=types[0])
    if mark is Form.STAFF:
        return FieldShape(name, note, mark, one=types[0], many=get_args(types[1])[0])
    assert isinstance(mark, Form)
    return FieldShape(name, note, mark)


@per_model
def list_names(model: type[Part]) -> Mapping[str, str]:
    """The spellings by which ``partial`` may name a list of ``model``, and the list's name."""
    found: dict[str, str] = {}
    shape = model.shape()
    for spelling, name in shape.spellings.items():
        field = shape.fields.get(name)
        if field is not None and field.form is Form.LIST:
            found[spelling] = name
        elif field is not None and field.form is Form.STAFF:
            found[spelling] = found[STAFF_LIST] = STAFF_LIST
    return found
