"""Rule files as an author works on them: text, located tree, scheme and problems together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sgincentive.ruleset import Rules, doubled
from sgincentive.schemes.index import SUFFIX, RuleFile, rule_files, shipped_rules, shown_path
from sgincentive.schemes.model import Scheme
from sgincentive.schemes.reading import SchemeReader
from sgincentive.source import Diagnostic, Mapping, Problems, SourceError, parse, split_lines
from sgincentive.words import Text, did_you_mean, nearest

NO_FILE = Text("没有这样的规则文件", "there is no such rule file")


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule file that could be read as YAML; ``scheme`` is None where it has errors."""

    id: str
    path: str
    text: str
    root: Mapping
    scheme: Scheme | None
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """The rule files of one folder.

    ``files`` is how many were chosen, ``drafts`` those of them that are YAML, in the order of ids;
    ``others`` the schemes beside them that override or are overridden by one of them;
    ``problems`` whatever is wrong with the files chosen.
    """

    root: Path
    files: int
    drafts: tuple[Draft, ...]
    others: tuple[Scheme, ...]
    problems: tuple[Diagnostic, ...]

    @property
    def errors(self) -> list[Diagnostic]:
        """The problems because of which a file cannot be used."""
        return [d for d in self.problems if d.severity == "error"]

    def schemes(self) -> list[Scheme]:
        """Every sound scheme on the desk, by id."""
        mine = [d.scheme for d in self.drafts if d.scheme is not None]
        return sorted([*mine, *self.others], key=lambda s: s.id)

    def around(self, scheme: Scheme) -> list[Scheme]:
        """The schemes that override ``scheme`` for some subjects."""
        names = {scheme.id, *scheme.aliases}
        return [s for s in self.schemes() if s.id != scheme.id and overrides(s) & names]

    def above(self, scheme: Scheme) -> list[Scheme]:
        """The schemes that ``scheme`` overrides for some subjects."""
        names = overrides(scheme)
        return [s for s in self.schemes() if names & {s.id, *s.aliases}] if names else []

    def rules_for(self, scheme: Scheme) -> Rules:
        """The rule set in which ``scheme`` alone is asked."""
        return Rules([scheme, *self.around(scheme)])


def overrides(scheme: Scheme) -> set[str]:
    """The ids that the relations of a scheme override."""
    return {r.scheme for r in scheme.relations if r.kind == "overrides"}


def read_draft(text: str, path: str, id: str) -> Draft:
    """The draft in the text of a rule file. Raises SourceError when it is no readable YAML."""
    root = parse(text, path)
    assert isinstance(root, Mapping)
    problems = Problems(path, split_lines(text))
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    scheme = SchemeReader(problems, id).scheme(root, digest)
    return Draft(id, path, text, root, scheme, tuple(problems.found))


def chosen(file: RuleFile, part: Path, prefixes: Sequence[str]) -> bool:
    """Whether a file lies in ``part`` and its id starts with one of ``prefixes``."""
    inside = file.path == part or part in file.path.parents
    return inside and (not prefixes or any(begins(file.id, p) for p in prefixes))


def begins(id: str, prefix: str) -> bool:
    """Whether an id is ``prefix`` or lies in the folder of that name."""
    prefix = prefix.removesuffix(SUFFIX).rstrip("/")
    return id == prefix or id.startswith(prefix + "/") or not prefix


def open_desk(folder: Path, *, root: Path | None = None, prefixes: Sequence[str] = ()) -> Desk:
    """The rule files of ``folder`` (a folder or one file), ids counted from ``root`` (else from
    ``folder``, or from the shipped rules where it is a part of them), those alone whose id is or
    lies below one of ``prefixes`` where any are given.

    Raises SourceError where nothing is chosen.
    """
    if root is None:
        root = folder if folder.is_dir() or not folder.exists() else folder.parent
        if shipped_rules() in root.resolve().parents:
            root, folder = shipped_rules(), folder.resolve()
    problems: list[Diagnostic] = []
    files: list[RuleFile] = []
    for found in rule_files(root):
        if isinstance(found, SourceError):
            problems += [d for d in found.diagnostics if concerns(d, root, folder, prefixes)]
        else:
            files.append(found)
    mine = [f for f in files if chosen(f, folder, prefixes)]
    if not mine:
        raise SourceError(problems or [nothing_chosen(folder, files, prefixes)])
    drafts: list[Draft] = []
    for file in mine:
        try:
            drafts.append(read_draft(file.read(), file.shown, file.id))
        except SourceError as error:
            problems += error.diagnostics
            continue
        problems += drafts[-1].problems
    sound = [d.scheme for d in drafts if d.scheme is not None]
    problems += [Diagnostic(s.path, None, text) for s, text in doubled(sound)]
    rest = [f for f in files if f not in mine]
    others = list(related(sound, rest))
    return Desk(root, len(mine), tuple(drafts), tuple(others), tuple(problems))


def concerns(found: Diagnostic, root: Path, folder: Path, prefixes: Sequence[str]) -> bool:
    """Whether a problem of the folder as a whole is one of the files chosen."""
    if found.path == str(root) or (not prefixes and folder == root):
        return True
    return any(
        begins(found.path, f"{shown_path(root)}/{p}".removesuffix("/")) for p in prefixes or ("",)
    )


def nothing_chosen(folder: Path, files: Iterable[RuleFile], prefixes: Sequence[str]) -> Diagnostic:
    """That no rule file was chosen, with the nearest id."""
    close = nearest(prefixes[0], [f.id for f in files]) if prefixes else None
    hint = did_you_mean(close)
    where = ", ".join(prefixes) or shown_path(folder)
    return Diagnostic(where, None, NO_FILE, hint)


def related(schemes: Sequence[Scheme], files: Sequence[RuleFile]) -> Iterator[Scheme]:
    """The sound schemes among ``files`` that override one of ``schemes`` or are overridden."""
    names = {n for s in schemes for n in (s.id, *s.aliases)}
    upper = {id for s in schemes for id in overrides(s)}
    for file in files:
        try:
            text = file.read()
            if file.id not in upper and "overrides:" not in text and "aliases:" not in text:
                continue
            scheme = read_draft(text, file.shown, file.id).scheme
        except SourceError:
            continue
        if scheme is None:
            continue
        if overrides(scheme) & names or upper & {scheme.id, *scheme.aliases}:
            yield scheme
