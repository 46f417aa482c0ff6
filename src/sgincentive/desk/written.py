"""Files that the desk writes: whole or not at all, and never over another unless told to."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sgincentive.source import Diagnostic, SourceError
from sgincentive.source.system import reason_of
from sgincentive.words import Text

EXISTS = Text("文件已存在，没有覆盖", "the file exists and was not overwritten")
NOT_WRITTEN = Text("无法写入", "cannot be written")


def write_whole(path: Path, text: str, *, over: bool = False) -> None:
    """Write ``text`` to ``path`` in one step, making its folder; ``over`` another file only where
    asked. Raises SourceError and leaves nothing behind when it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        made = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            made.chmod(0o644)
            if over:
                made.replace(path)
            else:
                link(made, path)
        finally:
            made.unlink(missing_ok=True)
    except OSError as error:
        why = reason_of(error)
        said = Text(f"{NOT_WRITTEN.zh}: {why.zh}", f"{NOT_WRITTEN.en}: {why.en}")
        raise SourceError([Diagnostic(str(path), None, said)]) from None


def link(made: Path, path: Path) -> None:
    """Give a written file its name. Raises SourceError where another file has it."""
    try:
        path.hardlink_to(made)
    except FileExistsError:
        raise SourceError([Diagnostic(str(path), None, EXISTS)]) from None
