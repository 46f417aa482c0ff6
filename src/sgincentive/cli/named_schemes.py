"""The schemes that a profile names: an id that no rule file has would pass over a payment, or over
the word of an office, in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sgincentive.facts.registry import MODELS
from sgincentive.facts.shape import Shape
from sgincentive.facts.vocabularies import SUBJECTS
from sgincentive.schemes.names import Names, Unknown
from sgincentive.source import Diagnostic, Entry, Problems, Scalar, Sequence, Tree
from sgincentive.source import Mapping as Located
from sgincentive.words import Text


def subject_in(tree: Tree) -> str | None:
    """The kind of subject that a profile says it is about."""
    entries = tree.entries if isinstance(tree, Located) else {}
    for key in ("subject", "对象"):
        value = entries[key].value if key in entries else None
        if isinstance(value, Scalar):
            return SUBJECTS.find(value.text)
    return None


def field_at(tree: Tree, shape: Shape, name: str) -> Entry | None:
    """The field of a part of a profile, by whichever of its spellings."""
    entries = tree.entries if isinstance(tree, Located) else {}
    return next((e for key, e in entries.items() if shape.spellings.get(key) == name), None)


def paid_schemes(tree: Tree, kind: str) -> Iterator[tuple[str, Scalar]]:
    """The ids under ``received``, each with its field."""
    shape = MODELS[kind].shape()
    received = field_at(tree, shape, "received")
    entry_model = shape.fields["received"].many if "received" in shape.fields else None
    if received is None or entry_model is None or not isinstance(received.value, Sequence):
        return
    for i, item in enumerate(received.value.items):
        found = field_at(item, entry_model.shape(), "scheme")
        if found is not None and isinstance(found.value, Scalar):
            yield f"{received.key.text}[{i}].{found.key.text}", found.value


def confirmed_schemes(tree: Tree, kind: str) -> Iterator[tuple[str, Entry]]:
    """The entries under ``confirmed``, each with its field."""
    confirmed = field_at(tree, MODELS[kind].shape(), "confirmed")
    if confirmed is not None and isinstance(confirmed.value, Located):
        for entry in confirmed.value.entries.values():
            yield f"{confirmed.key.text}.{entry.key.text}", entry


def unknown_names(
    tree: Tree,
    path: str,
    ids: Callable[[set[str]], Mapping[str, str]],
    offices: Callable[[str], set[str] | None],
) -> list[Diagnostic]:
    """What is wrong where a profile names a scheme or an office's word that is none.

    ``ids``: ids and former ids with the id of today, of as many files as it takes to know some;
    asked for only where one is named. ``offices``: the words that offices may say on a scheme,
    None for one that is not asked.
    """
    kind = subject_in(tree)
    if kind is None:
        return []
    problems = Problems(path, None)
    paid, said = list(paid_schemes(tree, kind)), list(confirmed_schemes(tree, kind))
    named = {scheme.text for _, scheme in paid} | {entry.key.text for _, entry in said}
    names = Names(ids(named) if named else {}, offices)

    def refuse(where: Scalar, field: str, wrong: Unknown | None) -> None:
        if wrong is not None:
            text = Text(f"{field}：{wrong.text.zh}", f"{field}: {wrong.text.en}")
            problems.error(where, text, wrong.hint)

    for field, scheme in paid:
        refuse(scheme, field, names.payment(scheme.text))
    for field, entry in said:
        id = entry.key.text
        wrong = names.confirmed(id)
        refuse(entry.key, field, wrong)
        if wrong is None and isinstance(entry.value, Located):
            for word, answer in entry.value.entries.items():
                refuse(answer.key, "confirmed", names.office_word(id, word))
    return problems.found
