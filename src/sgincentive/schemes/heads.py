"""What the heads of rule files say, kept between runs so that unchanged files are not opened.

An entry holds for a file whose size, inode and both times are as they were when it was read; one
changed within the last two seconds is never kept, as its time could still hide a second change.
Nothing but rule files is remembered. Where the folder of the cache cannot be written, nothing is.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

VARIABLE = "SGINCENTIVE_CACHE"
"""The environment variable that names the folder; empty: keep nothing."""
FORMAT = 1
SETTLED_NS = 2_000_000_000
FEW = 32
"""So few files are read as quickly as a cache."""


def cache_folder() -> Path | None:
    """The folder of the cache, None where nothing is to be kept."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    if sys.platform == "win32":
        home = os.environ.get("LOCALAPPDATA")
    else:
        home = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    return Path(home) / "sgincentive" if home and Path(home).is_absolute() else None


class Heads:
    """The remembered heads of one rule folder: subject and places by path."""

    def __init__(self, root: Path, files: int) -> None:
        folder = cache_folder() if files > FEW else None
        name = sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:24]
        self.path = folder / f"heads-{name}.json" if folder is not None else None
        self.old: dict[str, Any] = self._read(root)
        self.new: dict[str, Any] = {}
        self.root = str(root)
        self.changed = False

    def _read(self, root: Path) -> dict[str, Any]:
        if self.path is None:
            return {}
        try:
            data = json.loads(self.path.read_bytes())
            same = data["format"] == FORMAT and data["root"] == str(root)
            return dict(data["files"]) if same else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def get(self, name: str, key: list[int]) -> tuple[str | None, tuple[str, ...] | None] | None:
        """Subject and places of an unchanged file; None where the file must be read."""
        found = self.old.get(name)
        if not isinstance(found, list) or len(found) != 3 or found[0] != key:
            return None
        self.new[name] = found
        _, subject, places = found
        return subject, tuple(places) if places is not None else None

    def keep(
        self, name: str, key: list[int], subject: str | None, places: tuple[str, ...] | None
    ) -> None:
        """Remember a file that was read."""
        if time.time_ns() - max(key[2:]) > SETTLED_NS:
            self.new[name] = [key, subject, places]
            self.changed = True

    def save(self) -> None:
        """Write what changed, whole or not at all."""
        if self.path is None or not (self.changed or len(self.new) != len(self.old)):
            return
        data = {"format": FORMAT, "root": self.root, "files": self.new}
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(data, separators=(",", ":")), "utf-8")
            beside.replace(self.path)
        except (OSError, UnicodeError):
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def key_of(status: os.stat_result) -> list[int]:
    """What tells one state of a file from another."""
    return [status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns]
