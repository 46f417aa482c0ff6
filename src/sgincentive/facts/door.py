"""The slow way through the door: reads any mapping, accepts the other spellings of field names,
and collects every problem instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sgincentive.facts.kinds import Kind
from sgincentive.facts.model import Part, settled
from sgincentive.facts.problems import (
    BadValueError,
    FieldProblem,
    Path,
    ProfileError,
    did_you_mean,
    shortened,
)
from sgincentive.facts.shape import FieldShape, Form, list_names
from sgincentive.facts.spec import MAX_ENTRIES, UNKNOWN
from sgincentive.facts.vocabularies import SUBJECTS
from sgincentive.words import Text, nearest

_ABSENT: Final = object()
MAX_PROBLEMS: Final = 100


def values(model: type[Part], data: object) -> dict[str, Any]:
    """The view (known facts as plain data) of a ``model`` made of ``data``.

    Raises:
        ProfileError: with every problem of ``data``.
    """
    door = _Door()
    try:
        found = door.part(model, data, ())
    except _TooManyError:
        more = Text("问题太多，其余未列出", "too many problems; the rest is not listed")
        raise ProfileError([*door.problems, FieldProblem((), more)]) from None
    if door.problems:
        raise ProfileError(door.problems)
    return found


class _TooManyError(Exception):
    pass


class _Door:
    def __init__(self) -> None:
        self.problems: list[FieldProblem] = []

    def add(self, problem: FieldProblem) -> None:
        # Each problem may cost a search for the nearest word: a hostile profile has many.
        if len(self.problems) == MAX_PROBLEMS:
            raise _TooManyError
        self.problems.append(problem)

    def part(self, model: type[Part], data: object, path: Path) -> dict[str, Any]:
        if isinstance(data, model):
            return data._view
        if not isinstance(data, Mapping):
            self.say(
                path, "应为字段名和值的对应表", "a mapping of field names to values was expected"
            )
            return {}
        form = model.shape()
        found: dict[str, Any] = {}
        keys: dict[str, str] = {}
        for key, value in data.items():
            name = form.spellings.get(key) if isinstance(key, str) else None
            if name is None:
                self.unknown(model, key, path)
                continue
            if name in keys:
                self.add(
                    FieldProblem(
                        (*path, key),
                        Text(
                            f"与“{keys[name]}”是同一个字段，只能写一次",
                            f"this is the same field as {keys[name]!r}; give it once",
                        ),
                        at="key",
                    )
                )
                continue
            keys[name] = key
            if name == "subject":
                self.subject(model, value, (*path, key))
            elif value is not UNKNOWN:
                read = self.field(model, form.fields[name], value, (*path, key))
                if read is not _ABSENT:
                    found[name] = read
        self.breaches(model, found, keys, path)
        return found if model.subject_kind is None else settled(model.subject_kind, found)

    def breaches(
        self, model: type[Part], found: dict[str, Any], keys: dict[str, str], path: Path
    ) -> None:
        if model.check is None:
            return
        for name, text in model.check(found):
            self.add(FieldProblem((*path, keys.get(name, name)), text))

    def field(self, model: type[Part], field: FieldShape, value: object, path: Path) -> Any:
        if field.kind is not None:
            return self.scalar(field.kind, value, path)
        if field.form is Form.PARTIAL:
            return self.partial(model, value, path)
        if field.form is Form.CONFIRMED:
            return self.confirmed(value, path)
        if field.many is not None and (field.one is None or _is_list(value)):
            found = self.entries(field.many, value, path)
            return found if field.one is None or found is _ABSENT else {"persons": found}
        assert field.one is not None
        if value is None:
            self.say(path, "不能为 null；不知道就不写", "null is not allowed; leave it out")
            return _ABSENT
        return self.part(field.one, value, path)

    def scalar(self, kind: Kind, value: object, path: Path) -> Any:
        if value is None:
            if kind.nullable:
                return None
            self.say(
                path,
                "不能为 null；不知道就不写这个字段",
                "null is not allowed here; leave the field out if it is unknown",
            )
            return _ABSENT
        try:
            return kind.read(value)
        except BadValueError as bad:
            self.add(FieldProblem(path, bad.text, bad.hint))
            return _ABSENT

    def entries(self, part: type[Part], value: object, path: Path) -> Any:
        if not _is_list(value):
            self.say(path, "应为列表（没有就写 []）", "a list was expected ([] for none)")
            return _ABSENT
        assert isinstance(value, Sequence)
        if len(value) > MAX_ENTRIES:
            self.say(path, f"至多 {MAX_ENTRIES} 项", f"at most {MAX_ENTRIES} entries are allowed")
            return _ABSENT
        return [self.part(part, item, (*path, at)) for at, item in enumerate(value)]

    def partial(self, model: type[Part], value: object, path: Path) -> Any:
        if isinstance(value, (set, frozenset)):
            value = sorted(value, key=str)
        if not _is_list(value):
            self.say(path, "应为列表名的列表", "a list of names of lists was expected")
            return _ABSENT
        assert isinstance(value, Sequence)
        names = list_names(model)
        found: list[str] = []
        for at, item in enumerate(value):
            name = names.get(item) if isinstance(item, str) else None
            if name is not None:
                found.append(name)
                continue
            close = nearest(item, names) if isinstance(item, str) else None
            self.add(
                FieldProblem(
                    (*path, at),
                    Text(
                        "没有这个列表；可用的有：" + "、".join(dict.fromkeys(names.values())),
                        "there is no such list; there are "
                        + ", ".join(dict.fromkeys(names.values())),
                    ),
                    did_you_mean(close),
                )
            )
        return frozenset(found)

    def confirmed(self, value: object, path: Path) -> Any:
        if not isinstance(value, Mapping):
            self.say(
                path,
                "应为 {政策项目: {条件: true 或 false}}",
                "{scheme id: {requirement id: true or false}} was expected",
            )
            return _ABSENT
        found: dict[str, dict[str, bool]] = {}
        for scheme, words in value.items():
            if not isinstance(scheme, str) or not isinstance(words, Mapping):
                self.say(
                    (*path, _step(scheme)),
                    "应为 {条件: true 或 false}",
                    "{requirement id: true or false} was expected",
                )
                continue
            inner = found.setdefault(scheme, {})
            for requirement, word in words.items():
                if isinstance(requirement, str) and isinstance(word, bool):
                    inner[requirement] = word
                else:
                    self.say(
                        (*path, scheme, _step(requirement)),
                        "应为 true 或 false",
                        "true or false was expected",
                    )
        return found

    def subject(self, model: type[Part], value: object, path: Path) -> None:
        word = SUBJECTS.find(value) if isinstance(value, str) else None
        if word is None:
            hint = did_you_mean(SUBJECTS.nearest(value)) if isinstance(value, str) else None
            self.add(FieldProblem(path, subject_words(), hint))
        elif word != model.subject_kind:
            self.say(
                path,
                f"应为 {model.subject_kind}，这里写的是 {word}",
                f"{model.subject_kind} was expected, not {word}",
            )

    def unknown(self, model: type[Part], key: object, path: Path) -> None:
        if not isinstance(key, str):
            self.add(
                FieldProblem(
                    (*path, _step(key)),
                    Text("字段名应为文本", "a field name must be text"),
                    at="key",
                )
            )
            return
        other = elsewhere(model, key)
        hint = (
            did_you_mean(nearest_field(model, key))
            if other is None
            else Text(f"它属于 {other}", f"it belongs to {other}")
        )
        shown = shortened(key)
        self.add(
            FieldProblem(
                (*path, key),
                Text(f"没有字段“{shown}”", f"there is no field {shown!r}"),
                hint,
                at="key",
            )
        )

    def say(self, path: Path, zh: str, en: str) -> None:
        self.add(FieldProblem(path, Text(zh, en)))


def subject_words() -> Text:
    """What may stand after ``subject``."""
    zh = "、".join(f"{value}（{label.zh}）" for value, label in SUBJECTS.labels.items())
    return Text(f"对象应为：{zh}", "the subject is one of: " + ", ".join(SUBJECTS.values))


def nearest_field(model: type[Part], key: str) -> str | None:
    """The spelling of a field of ``model`` nearest to ``key``, or None."""
    return nearest(key[:80].strip().lower(), model.shape().spellings)


def elsewhere(model: type[Part], key: str) -> str | None:
    """The dotted name of a field of a part of ``model`` that has the name ``key``, or None."""
    for name, field in model.shape().fields.items():
        for part in (field.one, field.many):
            if part is not None and key in part.shape().spellings:
                return f"{name}[]" if part is field.many else name
    return None


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray))


def _step(key: object) -> str:
    return key if isinstance(key, str) else type(key).__name__
