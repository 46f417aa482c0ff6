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
    may concern anybody.
    """

    id: str
    path: Path
    shown: str
    subject: str | None
    places: tuple[str, ...] | None

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
    paths = sorted(_paths(folder, root, unread))
    heads = Heads(root, len(paths))
    for path in paths:
        try:
            yield _head(folder, root, path, heads)
        except SourceError as error:
            yield error
    heads.save()
    yield from unread


def _paths(folder: Path, root: Path, unread: list[SourceError]) -> Iterator[Path]:
    """Rule files and links that lead outside; folders that cannot be read go to ``unread``."""

    def keep(error: OSError) -> None:
        text = Text("无法读取此目录", "this folder cannot be read")
        unread.append(_error(Path(error.filename), text))

    count = 0
    for here, folders, names in os.walk(folder, onerror=keep, followlinks=False):
        folders[:] = sorted(d for d in folders if not d.startswith("."))
        for name in [*names, *folders]:
            path = Path(here) / name
            if name.startswith("."):
                continue
            looks_like_one = name in names and name.endswith((SUFFIX, *NEAR_SUFFIXES))
            if looks_like_one or _leads_outside(path, root):
                count += 1
                if count > MAX_FILES:
                    text = Text(f"文件超过 {MAX_FILES} 个", f"more than {MAX_FILES} files")
                    unread.append(_error(folder, text))
                    return
                yield path


def _leads_outside(path: Path, root: Path) -> bool:
    if not path.is_symlink():
        return False
    try:
        return not path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link to itself
        return True


def _error(path: Path, text: Text) -> SourceError:
    return SourceError([Diagnostic(shown_path(path), None, text)])


def _head(folder: Path, root: Path, path: Path, heads: Heads) -> RuleFile:
    if _leads_outside(path, root):
        outside = Text("符号链接指向规则目录之外", "a symbolic link leads out of the rule folder")
        raise _error(path, outside)
    if path.name.endswith(NEAR_SUFFIXES):
        ending = Text(
            "规则文件以 .yaml 结尾；此文件未读取，请改名或移走",
            "rule files end in .yaml; this file was not read: rename it or move it away",
        )
        raise _error(path, ending)
    name = path.relative_to(folder).as_posix()
    id = name.removesuffix(SUFFIX)
    if not ID.fullmatch(id):
        raise _error(
            path,
            Text(
                "规则文件及其目录的名称只能用小写字母、数字、- 和 _",
                "rule files and their folders are named by lower-case letters, digits, - and _",
            ),
        )
    try:
        key = key_of(path.stat())
    except OSError:
        # It may concern anybody; whoever reads it is told what is wrong.
        return RuleFile(id, path, shown_path(path), None, None)
    known = heads.get(name, key)
    if known is not None:
        return RuleFile(id, path, shown_path(path), *known)
    head = _beginning(path)
    subject, places = SUBJECT.search(head), PLACES.search(head)
    said = subject[1] if subject else None
    codes = tuple(CODE.findall(places[1])) if places else None
    heads.keep(name, key, said, codes)
    return RuleFile(id, path, shown_path(path), said, codes)


def _beginning(path: Path) -> str:
    """The first lines of a file, read without judging it; the whole text where that fails."""
    try:
        if stat.S_ISREG(path.stat().st_mode):
            with path.open("rb") as file:
                return file.read(HEAD_BYTES).decode("utf-8", "ignore").rpartition("\n")[0] + "\n"
    except OSError:
        pass
    return read_text(path)
