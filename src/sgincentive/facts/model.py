"""The base of every model: field declarations and the door.

A model is a read-only, typed face over its validated plain data (see ``view``). pydantic-core
validates that data in one pass, which is the quick way (``quick``); whatever it refuses goes the
slow way (``door``), which knows the other spellings and words every problem. So does the first
profile of a kind, which is often the only one: the quick way has to be made first.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn, Self

from sgincentive.facts.checks import Finding
from sgincentive.facts.problems import FieldProblem, ProfileError
from sgincentive.facts.shape import (
    STAFF_LIST,
    FieldShape,
    Form,
    Shape,
    per_model,
    read_form,
)
from sgincentive.facts.spec import UNKNOWN, FieldNote
from sgincentive.words import Text

if TYPE_CHECKING:
    from pydantic_core import CoreSchema, SchemaValidator

Check = Callable[[Mapping[str, Any]], list[Finding]]
COMPLETE: Final[frozenset[str]] = frozenset()


def fact(
    label: tuple[str, str],
    question: tuple[str, str],
    *aliases: str,
    unit: str | None = None,
    null: tuple[str, str] | None = None,
) -> Any:
    """Declare a field that is a fact: label and question (zh, en), Chinese field names, unit,
    and what null stands for where it is accepted."""
    return FieldNote(
        label=Text(*label),
        question=Text(*question),
        aliases=_names(label[0], aliases),
        unit=unit,
        null_means=None if null is None else Text(*null),
    )


def entries(
    element: str,
    label: tuple[str, str],
    question: tuple[str, str],
    *aliases: str,
    dated: str | None = None,
    start: str | None = None,
    end: str | None = None,
) -> Any:
    """Declare a list: the prefix of an entry's facts, and the fields that date an entry."""
    return FieldNote(
        label=Text(*label),
        question=Text(*question),
        aliases=_names(label[0], aliases),
        element=element,
        entry_date=dated,
        start=start,
        end=end,
    )


def group(label: tuple[str, str], question: tuple[str, str], *aliases: str) -> Any:
    """Declare a nested group of facts, such as ``budget``, or a list that is no list of facts."""
    return FieldNote(
        label=Text(*label), question=Text(*question), aliases=_names(label[0], aliases)
    )


def _names(label: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((label, *aliases)))


class BreachError(Exception):
    """The quick way met something that only the slow way can put into words."""


class _Face:
    """One field as an attribute: the stored plain value in its public type."""

    def __init__(self, shape: FieldShape) -> None:
        self.shape = shape
        self.name = shape.name
        self.public = _public(shape)

    def __get__(self, part: Part | None, owner: type[Part]) -> Any:
        if part is None:
            return self
        value = part._view.get(self.name, UNKNOWN)
        if value is UNKNOWN or value is None:
            return value if self.shape.form is not Form.CONFIRMED else {}
        return value if self.public is None else self.public(value)


def _public(shape: FieldShape) -> Callable[[Any], Any] | None:
    one, many = shape.one, shape.many
    if shape.form is Form.STAFF:
        assert one is not None
        assert many is not None
        return lambda value: (
            tuple(many._of(each) for each in value["persons"])
            if "persons" in value
            else one._of(value)
        )
    if many is not None:
        return lambda value: tuple(many._of(each) for each in value)
    if one is not None:
        return one._of
    if shape.kind is not None and shape.kind.type == "money":
        return yuan
    if shape.kind is not None and shape.kind.type == "number":
        return decimal_of
    if shape.form is Form.CONFIRMED:
        return lambda value: {scheme: dict(words) for scheme, words in value.items()}
    return None


def yuan(fen: int) -> Decimal:
    """Whole fen as yuan with two decimals."""
    return Decimal(f"{fen // 100}.{fen % 100:02d}")


def decimal_of(value: int | Fraction) -> Decimal:
    """A stored number as a Decimal, exactly."""
    return Decimal(value.numerator) / Decimal(value.denominator)


class Part:
    """Any model of a profile. A field left out is UNKNOWN; an instance never changes."""

    __slots__ = ("_view",)
    _view: dict[str, Any]

    check: ClassVar[Check | None] = None
    """Looks for breaches between fields of one part, on its known values by field name."""

    subject_kind: ClassVar[str | None] = None
    """The word after ``subject:`` in a profile, for the models that are subjects."""

    def __init_subclass__(cls) -> None:
        annotations = inspect.get_annotations(cls)
        for name, note in list(vars(cls).items()):
            if isinstance(note, FieldNote):
                setattr(cls, name, _Face(read_form(name, note, annotations[name])))

    def __init__(self, **data: Any) -> None:
        """The model of the given fields; the same checks as ``model_validate``."""
        _set(self, _validated(type(self), data))

    @classmethod
    def model_validate(cls, obj: Any) -> Self:
        """The model of a mapping of fields (``obj`` itself if it is one already).

        Raises:
            ProfileError: with every problem found.
        """
        return obj if isinstance(obj, cls) else cls._of(_validated(cls, obj))

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray) -> Self:
        """The model of a JSON text; numbers are read exactly.

        Raises:
            ProfileError: with every problem found, or that the text is no JSON.
        """
        try:
            data = json.loads(
                json_data, parse_float=Decimal, parse_int=_whole, object_pairs_hook=_once
            )
        except ProfileError:
            raise
        except (ValueError, RecursionError):
            text = Text("不是有效的 JSON", "this is not valid JSON")
            raise ProfileError([FieldProblem((), text)]) from None
        return cls.model_validate(data)

    @classmethod
    def _of(cls, known: dict[str, Any]) -> Self:
        made = cls.__new__(cls)
        _set(made, known)
        return made

    @classmethod
    def shape(cls) -> Shape:
        """All fields of the model, its own before those of its bases."""
        return _shape(cls)

    def given(self) -> Iterator[str]:
        """The names of the known fields, in the order of the model."""
        return (name for name in self.shape().fields if name in self._view)

    def to_profile(self) -> dict[str, Any]:
        """The given fields as plain data for YAML or JSON: money as text with two decimals,
        days as YYYY-MM-DD. ``model_validate`` of it gives an equal model."""
        profile = {} if self.subject_kind is None else {"subject": self.subject_kind}
        for name in self.given():
            if name != "subject" and (name != "partial" or self._view[name]):
                profile[name] = _plain(getattr(self, name))
        return profile

    def replace(self, **changes: Any) -> Self:
        """A model with some fields changed; UNKNOWN takes a field away."""
        return self.model_validate(
            {name: getattr(self, name) for name in self.given() if name not in changes} | changes
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Part):
            return NotImplemented
        return type(self) is type(other) and self._view == other._view

    def __hash__(self) -> int:
        return hash((type(self), json.dumps(self.to_profile(), sort_keys=True)))

    def __repr__(self) -> str:
        # Names only: a profile is personal data, and a repr ends up in logs.
        return f"<{type(self).__name__}: {', '.join(self.given())}>"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is read-only; use replace()")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is read-only; use replace()")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[Callable[..., Part], tuple[type[Part], dict[str, Any]]]:
        return _restored, (type(self), self._view)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> CoreSchema:
        """Lets a pydantic model have a field of this type."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls.model_validate,
            serialization=core_schema.plain_serializer_function_ser_schema(cls.to_profile),
        )


_set: Final = Part.__dict__["_view"].__set__


def _restored(model: type[Part], known: dict[str, Any]) -> Part:
    return model._of(known)


_validators: dict[type[Part], SchemaValidator | None] = {}


def _validated(model: type[Part], data: object) -> dict[str, Any]:
    validator = _validators.get(model)
    if validator is None:
        if model in _validators:
            from sgincentive.facts.quick import validator_of

            validator = _validators[model] = validator_of(model)
        else:
            _validators[model] = None
            return _by_door(model, data)
    try:
        known: dict[str, Any] = validator.validate_python(data)
    except (ValueError, TypeError, BreachError):
        return _by_door(model, data)
    return known


def _by_door(model: type[Part], data: object) -> dict[str, Any]:
    from sgincentive.facts.door import values

    return values(model, data)


@per_model
def _shape(model: type[Part]) -> Shape:
    fields: dict[str, FieldShape] = {}
    for base in model.__mro__:
        for name, face in vars(base).items():
            if isinstance(face, _Face):
                fields.setdefault(name, face.shape)
    spellings = {name: name for name in fields}
    if model.subject_kind is not None:
        spellings |= {"subject": "subject", "对象": "subject"}
    for name, field in fields.items():
        for alias in field.note.aliases:
            if spellings.setdefault(alias, name) != name:
                raise TypeError(f"{model.__name__}: {alias} names two fields")
    return Shape(fields, spellings)


def settled(kind: str, known: dict[str, Any]) -> dict[str, Any]:
    """Add what every subject's view has."""
    known["subject"] = kind
    known.setdefault("partial", COMPLETE)
    return known


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= 20 else Decimal(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        text = Text("同一个对象里有重复的字段名", "a field name stands twice in one object")
        raise ProfileError([FieldProblem((), text)])
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return value.to_profile()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value


__all__ = [
    "STAFF_LIST",
    "BreachError",
    "Check",
    "Part",
    "entries",
    "fact",
    "group",
    "settled",
    "yuan",
]
