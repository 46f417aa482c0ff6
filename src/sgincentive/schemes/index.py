"""Finding rule files and, without parsing them, whom and where each may concern."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sgincentive.schemes.heads import Heads, key_of
from sgincentive.source import Diagnostic, SourceError, read_text
from sgincentive.words import Text

SUBJECT = re.compile(r"^subject:[ \t]*([a-z]+)[ \t]*(?:#.*)?$", re.MULTILINE)
PLACES = re.compile(
    r"^applies_in:[ \t]*(\[[^\]\n]*\]|\"[^\"\n]*\"|'[^'\n]*'|[^\s#]+)", re.MULTILINE
)
CODE = re.compile(r"[^\[\]\"',\s]+")
ID = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)*")
SUFFIX = ".yaml"
NEAR_SUFFIXES = (".yml", ".YAML", ".YML")
MAX_FILES = 20_000
HEAD_BYTES = 2_000


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file: its id (path under the rule folder without ending) and what its head says.

    ``subject`` and ``places`` are None where the head does not say them plainly; then the file
    may concern anybody. ``location`` is the path as text: of most files nobody asks for more.
    """

    id: str
    location: str
    subject: str | None
    places: tuple[str, ...] | None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.location)

    @property
    def shown(self) -> str:
        """The path as messages show it."""
        return shown_path(self.path)

    def read(self) -> str:
        """The whole text. Raises SourceError."""
        return read_text(self.path)


def shipped_rules() -> Path:
    """The folder of the rule files that came with the package or lie in its checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_rules"
    if installed.is_dir():
        return installed
    checkout = package.parent.parent / "rules"
    if checkout.is_dir():
        return checkout
    raise SourceError(
        [Diagnostic("rules", None, Text("未找到随附的规则文件", "the shipped rules are missing"))]
    )


def shown_path(path: Path) -> str:
    """The path as messages show it: relative to the working folder where that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def rule_files(folder: Path) -> Iterator[RuleFile | SourceError]:
    """Every rule file below ``folder`` in the order of its id; an error for each unreadable one.

    Symbolic links that lead out of the folder are errors; other links are followed. A file that
    looks like a rule file but for its ending (``.yml``) is an error too, so that none is ignored.
    """
    if not folder.is_dir():
        text = Text("没有这个规则目录", "there is no such rule folder")
        yield SourceError([Diagnostic(str(folder), None, text)])
        return
    root = folder.resolve()
    unread: list[SourceError] = []
    entries: list[tuple[str, os.DirEntry[str]]] = []
    for name, entry in _entries(str(folder), "", root, unread):
        if len(entries) == MAX_FILES:
            text = Text(f"文件超过 {MAX_FILES} 个", f"more than {MAX_FILES} files")
            unread.append(_error(folder, text))
            break
        entries.append((name, entry))
    heads = Heads(root, len(entries))
    for name, entry in entries:
        try:
            yield _head(root, name, entry, heads)
        except SourceError as error:
            yield error
    heads.save()
    yield from unread


def _entries(
    folder: str, prefix: str, root: Path, unread: list[SourceError]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Rule files and links that lead outside, by their names below the root; folders that cannot
    be read go to ``unread``."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        text = Text("无法读取此目录", "this folder cannot be read")
        unread.append(_error(Path(folder), text))
        return
    for entry in entries:
        name = prefix + entry.name
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            if not entry.is_symlink():
                yield from _entries(entry.path, f"{name}/", root, unread)
            elif _leads_outside(entry, root):
                yield name, entry
        elif name.endswith((SUFFIX, *NEAR_SUFFIXES)) or _leads_outside(entry, root):
            yield name, entry


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def _leads_outside(entry: os.DirEntry[str], root: Path) -> bool:
    if not entry.is_symlink():
        return False
    try:
        return not Path(entry.path).resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link to itself
        return True


def _error(path: Path, text: Text) -> SourceError:
    return SourceError([Diagnostic(shown_path(path), None, text)])


def _head(root: Path, name: str, entry: os.DirEntry[str], heads: Heads) -> RuleFile:
    if _leads_outside(entry, root):
        outside = Text("符号链接指向规则目录之外", "a symbolic link leads out of the rule folder")
        raise _error(Path(entry.path), outside)
    if name.endswith(NEAR_SUFFIXES):
        ending = Text(
            "规则文件以 .yaml 结尾；此文件未读取，请改名或移走",
            "rule files end in .yaml; this file was not read: rename it or move it away",
        )
        raise _error(Path(entry.path), ending)
    id = name.removesuffix(SUFFIX)
    if not ID.fullmatch(id):
        raise _error(
            Path(entry.path),
            Text(
                "规则文件及其目录的名称只能用小写字母、数字、- 和 _",
                "rule files and their folders are named by lower-case letters, digits, - and _",
            ),
        )
    try:
        key = key_of(entry.stat())
    except OSError:
        # It may concern anybody; whoever reads it is told what is wrong.
        return RuleFile(id, entry.path, None, None)
    known = heads.get(name, key)
    if known is not None:
        return RuleFile(id, entry.path, *known)
    head = _beginning(Path(entry.path))
    subject, places = SUBJECT.search(head), PLACES.search(head)
    said = subject[1] if subject else None
    codes = tuple(CODE.findall(places[1])) if places else None
    heads.keep(name, key, said, codes)
    return RuleFile(id, entry.path, said, codes)


def _beginning(path: Path) -> str:
    """The first lines of a file, read without judging it; the whole text where that fails."""
    try:
        if stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as file:
                return file.read(HEAD_BYTES).decode("utf-8", "ignore").rpartition("\n")[0] + "\n"
    except OSError:
        pass
    return read_text(path)
