"""From plain data or a located tree to a subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from sgincentive.facts.door import subject_words
from sgincentive.facts.problems import FieldProblem, ProfileError, did_you_mean, dotted
from sgincentive.facts.registry import MODELS
from sgincentive.facts.subjects import Organisation, Project, Station, Worker
from sgincentive.facts.vocabularies import SUBJECTS
from sgincentive.words import Text

if TYPE_CHECKING:
    from sgincentive.source import Tree

AnySubject = Worker | Project | Station | Organisation


def subject_from(data: Mapping[str, Any], *, kind: str | None = None) -> AnySubject:
    """The subject that a profile describes.

    ``kind`` stands in where the profile does not say ``subject``; where both are given they
    must agree.

    Raises:
        ProfileError: with every problem found.
    """
    if not isinstance(data, Mapping):
        raise ProfileError(
            [FieldProblem((), Text("应为字段名和值的对应表", "a mapping of fields was expected"))]
        )
    for key in ("subject", "对象"):
        if key in data:
            word = _word(data[key], key)
            if kind is not None and word != kind:
                text = Text(f"应为 {kind}，这里写的是 {word}", f"{kind} was expected, not {word}")
                raise ProfileError([FieldProblem((key,), text)])
            return cast(AnySubject, MODELS[word].model_validate(data))
    if kind is None:
        text = subject_words()
        missing = Text("缺少 subject（对象）；" + text.zh, "subject is missing; " + text.en)
        raise ProfileError([FieldProblem((), missing)])
    return cast(AnySubject, MODELS[kind].model_validate(data))


def _word(value: object, key: str) -> str:
    word = SUBJECTS.find(value) if isinstance(value, str) else None
    if word is None:
        hint = did_you_mean(SUBJECTS.nearest(value)) if isinstance(value, str) else None
        raise ProfileError([FieldProblem((key,), subject_words(), hint)])
    return word


def read_profile(tree: Tree, path: str, *, kind: str | None = None) -> AnySubject:
    """The subject that the document ``tree``, read from ``path``, describes.

    Raises:
        SourceError: with all problems by line and column; a line is never shown, for a profile
            is personal data.
    """
    from sgincentive.source import Problems, SourceError, to_plain

    try:
        return subject_from(to_plain(tree), kind=kind)
    except ProfileError as error:
        found = Problems(path, None)
        for problem in error.problems:
            where = dotted(problem.path)
            text = problem.text
            if where:
                text = Text(f"{where}：{text.zh}", f"{where}: {text.en}")
            found.error(_place(tree, problem), text, problem.hint)
        raise SourceError(found.found) from None


def _place(tree: Tree, problem: FieldProblem) -> Tree:
    """The part of ``tree`` that a problem is about, as near as its path leads."""
    from sgincentive.source import Mapping as Located
    from sgincentive.source import Sequence

    here = tree
    for depth, step in enumerate(problem.path):
        if isinstance(here, Located):
            entry = here.entries[str(step)]
            last = depth == len(problem.path) - 1
            here = entry.key if last and problem.at == "key" else entry.value
        else:
            assert isinstance(here, Sequence)
            here = here.items[int(step)]
    return here
