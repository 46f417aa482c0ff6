"""The quick way through the door: pydantic-core validates a whole profile in one pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic_core import CoreSchema, SchemaValidator, core_schema

from sgincentive.facts.model import COMPLETE, BreachError, Part, settled
from sgincentive.facts.shape import FieldShape, Form, list_names, per_model
from sgincentive.facts.spec import MAX_ENTRIES


def validator_of(model: type[Part]) -> SchemaValidator:
    """What validates the data of a model in one pass."""
    return SchemaValidator(_schema(model))


@per_model
def _schema(model: type[Part]) -> CoreSchema:
    fields = {
        name: core_schema.typed_dict_field(_field_schema(model, field), required=False)
        for name, field in model.shape().fields.items()
    }
    if model.subject_kind is not None:
        fields["subject"] = core_schema.typed_dict_field(
            core_schema.literal_schema([model.subject_kind]), required=False
        )
    schema: CoreSchema = core_schema.typed_dict_schema(fields, extra_behavior="forbid")
    after = _after(model)
    if after is None:
        return schema
    return core_schema.no_info_after_validator_function(after, schema)


def _field_schema(model: type[Part], field: FieldShape) -> CoreSchema:
    if field.kind is not None:
        return field.kind.schema(core_schema)
    if field.form is Form.PARTIAL:
        return core_schema.no_info_plain_validator_function(
            _partial_reader(frozenset(list_names(model).values()))
        )
    if field.form is Form.CONFIRMED:
        text = core_schema.str_schema(strict=True)
        words = core_schema.dict_schema(text, core_schema.bool_schema(strict=True), strict=True)
        return core_schema.dict_schema(text, words, strict=True)
    if field.many is None:
        assert field.one is not None
        return _schema(field.one)
    several = core_schema.list_schema(_schema(field.many), strict=True, max_length=MAX_ENTRIES)
    if field.one is None:
        return several
    return core_schema.union_schema(
        [_schema(field.one), core_schema.no_info_after_validator_function(_persons, several)],
        mode="left_to_right",
    )


def _persons(persons: list[dict[str, Any]]) -> dict[str, Any]:
    return {"persons": persons}


def _partial_reader(valid: frozenset[str]) -> Callable[[Any], frozenset[str]]:
    def read(names: Any) -> frozenset[str]:
        if type(names) is not list:
            raise BreachError
        if not names:
            return COMPLETE
        found = frozenset(names)
        if not found <= valid:
            raise BreachError
        return found

    return read


def _after(model: type[Part]) -> Callable[[dict[str, Any]], dict[str, Any]] | None:
    check, kind = model.check, model.subject_kind
    if check is None and kind is None:
        return None

    def after(known: dict[str, Any]) -> dict[str, Any]:
        if check is not None and check(known):
            raise BreachError
        return known if kind is None else settled(kind, known)

    return after
