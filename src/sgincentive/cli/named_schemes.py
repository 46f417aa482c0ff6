"""The schemes that a profile names: an id that no rule file has would pass over a payment, or over
the word of an office, in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sgincentive.facts.registry import MODELS
from sgincentive.facts.shape import Shape
from sgincentive.facts.vocabularies import SUBJECTS
from sgincentive.source import Diagnostic, Entry, Problems, Scalar, Sequence, Tree
from sgincentive.source import Mapping as Located
from sgincentive.words import Text, did_you_mean, nearest

NO_SUCH = Text("没有这个政策项目", "no rule file has this id")
BY_ISSUER = Text(
    "；没有规则文件的地方，写 issuer 和 kind",
    "; for a place without a rule file give issuer and kind",
)


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
    known = ids(named) if named else {}
    for field, scheme in paid:
        if scheme.text not in known:
            text = Text(
                f"{field}：{NO_SUCH.zh}{BY_ISSUER.zh}", f"{field}: {NO_SUCH.en}{BY_ISSUER.en}"
            )
            problems.error(scheme, text, did_you_mean(name_of_today(scheme.text, known)))
    for field, entry in said:
        id = entry.key.text
        if known.get(id) != id:
            text = Text(f"{field}：{NO_SUCH.zh}", f"{field}: {NO_SUCH.en}")
            problems.error(entry.key, text, did_you_mean(name_of_today(id, known)))
            continue
        valid = offices(id)
        words: dict[str, Any] = entry.value.entries if isinstance(entry.value, Located) else {}
        for word, answer in words.items():
            if valid is not None and word not in valid:
                text = Text(
                    f'confirmed：{id} 没有由机关确认的条件 "{word}"',
                    f'confirmed: no office decides "{word}" of {id}',
                )
                problems.error(answer.key, text, did_you_mean(nearest(word, valid)))
    return problems.found


def name_of_today(word: str, known: Mapping[str, str]) -> str | None:
    """What the name nearest to ``word`` is called today."""
    close = nearest(word, known)
    return None if close is None else known[close]
