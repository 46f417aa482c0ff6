"""Properties over generated profiles of every subject."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgincentive.facts import AnySubject, ProfileError, subject_from, subject_kinds, view
from sgincentive.facts.model import Part
from sgincentive.facts.registry import MODELS
from sgincentive.facts.shape import FieldShape, Form, list_names

T = TypeVar("T")
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
CODES = st.sampled_from(["330203", "330200", "110105", "620100-lanzhouxinqu", "330200@self"])
CENTS = st.integers(0, 10**8)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "bool": st.booleans(),
    "date": DAYS | DAYS.map(date.isoformat),
    "year": st.integers(1900, 2100),
    "money": st.integers(0, 10**6) | CENTS.map(lambda c: Decimal(c) / 100) | CENTS.map(str),
    "count": st.integers(0, 10**6),
    "number": CENTS.map(lambda c: Decimal(c) / 10000),
    "months": st.integers(0, 600),
    "division": CODES,
}


def values(field: FieldShape, model: type[Part]) -> st.SearchStrategy[Any]:
    if field.kind is not None:
        kind = field.kind
        if kind.vocabulary is not None:
            words = [*kind.vocabulary.values, *kind.vocabulary.spellings]
            some: st.SearchStrategy[Any] = st.sampled_from(words)
        elif field.name == "period":
            some = st.sampled_from(["2024", "2024-03", 2024])
        else:
            some = PLAIN.get(kind.type, TEXT)
        return some | st.none() if kind.nullable else some
    if field.form is Form.PARTIAL:
        return st.lists(st.sampled_from(sorted(list_names(model))), max_size=3)
    if field.form is Form.CONFIRMED:
        return st.dictionaries(TEXT, st.dictionaries(TEXT, st.booleans(), max_size=2), max_size=2)
    choices: list[st.SearchStrategy[Any]] = []
    if field.one is not None:
        choices.append(profiles(field.one))
    if field.many is not None:
        choices.append(st.lists(profiles(field.many), max_size=3))
    return st.one_of(choices)


@st.composite
def profiles(draw: st.DrawFn, model: type[Part]) -> dict[str, Any]:
    """A mapping of some fields of ``model`` under any of their names."""
    fields = model.shape().fields
    names = draw(st.lists(st.sampled_from(sorted(fields)), unique=True, max_size=8))
    found = {}
    for name in names:
        key = draw(st.sampled_from([name, *fields[name].note.aliases]))
        found[key] = draw(values(fields[name], model))
    return found


def made(kind: str, profile: dict[str, Any]) -> AnySubject | None:
    """The subject, or None where two fields contradict each other: the types are all right."""
    found = refused(lambda: subject_from(profile, kind=kind))
    if not isinstance(found, ProfileError):
        return found
    assert all(problem.at == "value" for problem in found.problems)
    return None


def refused(make: Callable[[], T]) -> T | ProfileError:
    try:
        return make()
    except ProfileError as error:
        return error


@pytest.mark.parametrize("kind", subject_kinds)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_goes_in_comes_back(kind: str, data: st.DataObject) -> None:
    profile = data.draw(profiles(MODELS[kind]))
    subject = made(kind, profile)
    if subject is None:
        return
    plain = json.loads(json.dumps(subject.to_profile()))
    again = subject_from(plain)
    assert again == subject
    assert hash(again) == hash(subject)
    assert view(again) == view(subject)
    assert subject_from(dict(reversed(list(plain.items())))) == subject


@pytest.mark.parametrize("kind", subject_kinds)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_both_ways_agree(kind: str, data: st.DataObject) -> None:
    from sgincentive.facts.door import values as slowly

    profile = data.draw(profiles(MODELS[kind]))
    subject = made(kind, profile)
    if subject is None:
        return
    plain = subject.to_profile()
    assert slowly(MODELS[kind], plain) == view(subject)
    assert only_known(view(subject))


def only_known(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(map(only_known, value.values()))
    if isinstance(value, list):
        return all(map(only_known, value))
    return not isinstance(value, (float, Decimal, Part, tuple))


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.binary(max_size=4)
    | st.decimals()
    | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


@pytest.mark.parametrize("kind", subject_kinds)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_junk_is_never_worse_than_a_profile_error(kind: str, data: st.DataObject) -> None:
    names = sorted(MODELS[kind].shape().spellings)
    profile = data.draw(st.dictionaries(st.sampled_from(names) | st.text(max_size=8), JUNK))
    found = refused(lambda: MODELS[kind].model_validate(profile))
    if isinstance(found, ProfileError):
        assert found.problems
        assert found.render("zh")
        assert found.render("en")
