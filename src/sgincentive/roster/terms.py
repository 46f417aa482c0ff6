"""Changed terms: a place in the tree of a rule file takes a new value, and the loader reads the
whole again with all its checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sgincentive.roster.problems import RosterError
from sgincentive.schemes.load import load_scheme
from sgincentive.schemes.model import Scheme
from sgincentive.source import (
    Mapping,
    Mark,
    Scalar,
    SourceError,
    Tree,
    parse,
    read_text,
    split_lines,
)
from sgincentive.source import Sequence as Listed
from sgincentive.words import Text, nearest

TERMS = ("requires", "amount", "paid_before", "rhythm", "application", "let")
"""Parts of a version that a path may begin with when no version is named."""
MOST_LISTED = 8


@dataclass(frozen=True, slots=True)
class Change:
    """One change as asked for, ``amount.senior=8000``."""

    path: str
    value: str

    @property
    def asked(self) -> str:
        """The change as it was written."""
        return f"{self.path}={self.value}"


@dataclass(frozen=True, slots=True)
class Changed:
    """A change made: the version that it is in, the old text and the new."""

    version: str
    path: str
    before: str
    after: str


def change_of(text: str) -> Change:
    """The change that ``--set`` names. Raises RosterError."""
    path, equals, value = text.partition("=")
    path, value = path.strip(), value.strip()
    if not equals or not path or not value or "\n" in value:
        raise RosterError(
            Text(
                f'--set "{text}": 应写成 位置=新值', f'--set "{text}": a place=value was expected'
            ),
            Text("例如 --set amount.senior=8000", "for example --set amount.senior=8000"),
        )
    return Change(path, value)


def changed_terms(scheme: Scheme, changes: Sequence[Change]) -> tuple[Scheme, list[Changed]]:
    """The scheme with changed terms, and what was changed.

    Raises RosterError for a place that is not there, SourceError for terms that cannot be.
    """
    text = read_text(Path(scheme.path))
    made: list[Changed] = []
    for change in changes:
        root = parse(text, scheme.path)
        assert isinstance(root, Mapping)
        found = _find(root, scheme, change)
        text, before = _replaced(text, found.tree, change)
        made.append(Changed(found.version, found.path, before, change.value))
    shown = f"{scheme.path} ({', '.join('--set ' + c.asked for c in changes)})"
    new, problems = load_scheme(text, shown, scheme.id)
    errors = [d for d in problems.found if d.severity == "error"]
    if errors or new is None:
        raise SourceError(errors)
    return new, made


@dataclass(frozen=True, slots=True)
class _Found:
    tree: Tree
    version: str
    path: str


def _find(root: Mapping, scheme: Scheme, change: Change) -> _Found:
    """The place of a change: in the version that the path names, else in the newest."""
    versions = root.get("versions")
    assert isinstance(versions, Listed)
    newest = len(versions.items) - 1
    here = versions.items[newest]
    known = {path: _Found(tree, _id(scheme, newest), path) for path, tree in _paths(here, "")}
    for i, tree in enumerate(versions.items):
        for name in (str(i), _id(scheme, i)):
            for path, place in _paths(tree, f"versions.{name}."):
                known.setdefault(path, _Found(place, _id(scheme, i), path))
    found = known.get(change.path)
    if found is not None:
        return found
    close = nearest(change.path, known)
    text = Text(
        f"--set {change.path}: {scheme.id} 没有这个位置",
        f"--set {change.path}: {scheme.id} has no such place",
    )
    if close is None:
        terms = [p for p in known if not p.startswith("versions.")][:MOST_LISTED]
        hint = Text(f"可改的有 {'、'.join(terms)}等", f"there are {', '.join(terms)}, …")
    else:
        hint = Text(f"是否想写 {close}？", f"did you mean {close}?")
    raise RosterError(text, hint)


def _id(scheme: Scheme, index: int) -> str:
    """The id of the version that stands at a place of the file."""
    return scheme.versions[index].id if index < len(scheme.versions) else str(index)


def _paths(tree: Tree, prefix: str, top: bool = True) -> Iterator[tuple[str, Tree]]:
    """Every place of the terms of a version by its dotted path; an entry of a list by its id
    where it has one, and by its number from 0."""
    if isinstance(tree, Mapping):
        for key, entry in tree.entries.items():
            if top and key not in TERMS:
                continue
            path = f"{prefix}{key}"
            yield path, entry.value
            yield from _paths(entry.value, path + ".", False)
    elif isinstance(tree, Listed):
        for i, item in enumerate(tree.items):
            names = [str(i)]
            if isinstance(item, Mapping):
                id = item.get("id")
                if isinstance(id, Scalar):
                    names.insert(0, id.text)
            for name in names:
                yield f"{prefix}{name}", item
                yield from _paths(item, f"{prefix}{name}.", False)


def _replaced(text: str, tree: Tree, change: Change) -> tuple[str, str]:
    """The text of the file with the new value in the place of the old, and the old."""
    lines = split_lines(text)
    start, end = tree.mark, tree.end
    before = _between(lines, start, end)
    if not isinstance(tree, Scalar) and before[:1] not in ("{", "["):
        keys = list(tree.keys()) if isinstance(tree, Mapping) else ["0"]
        raise RosterError(
            Text(f"--set {change.path}: 这里是一组内容，请写到其中一项",
                 f"--set {change.path}: this is a group; name one of its parts"),
            Text(f"例如 {change.path}.{keys[0]}", f"for example {change.path}.{keys[0]}"),
        )  # fmt: skip
    head = lines[start.line - 1][: start.column - 1]
    tail = lines[end.line - 1][end.column - 1 :]
    lines[start.line - 1 : end.line] = [head + change.value + tail]
    return "\n".join(lines) + "\n", before


def _between(lines: Sequence[str], start: Mark, end: Mark) -> str:
    if start.line == end.line:
        return lines[start.line - 1][start.column - 1 : end.column - 1]
    parts = [lines[start.line - 1][start.column - 1 :], *lines[start.line : end.line - 1],
             lines[end.line - 1][: end.column - 1]]  # fmt: skip
    return "\n".join(parts)
