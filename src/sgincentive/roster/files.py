"""Files read at one moment and written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sgincentive.roster.problems import RosterError
from sgincentive.source.system import reason_of
from sgincentive.words import Text

CHUNK = 1 << 20
MOST_BYTES = 1 << 30
"""A roster file larger than this is not read."""

CHANGED = Text("读取时文件发生了变化", "the file changed while it was read")
SAVE_FIRST = Text(
    "请等文件保存、同步完毕并关闭后再试", "let it be saved, synced and closed, then try again"
)


def read_chunk(file: IO[bytes]) -> bytes:
    """The next part of a file."""
    return file.read(CHUNK)


def read_bytes(path: Path) -> bytes:
    """The whole of a file.

    Raises RosterError when it cannot be read, is too large, or changes on the way.
    """
    name = str(path)
    try:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > MOST_BYTES:
                raise too_large(name)
            parts = []
            length = 0
            while part := read_chunk(file):
                parts.append(part)
                length += len(part)
                if length > MOST_BYTES:
                    raise too_large(name)
            after = path.stat()
    except IsADirectoryError:
        text = Text(f"{name} 是目录，不是文件", f"{name} is a folder, not a file")
        raise RosterError(text) from None
    except OSError as error:
        why = reason_of(error)
        text = Text(f"无法读取 {name}: {why.zh}", f"{name} cannot be read: {why.en}")
        raise RosterError(text) from None
    moments = {(s.st_ino, s.st_size, s.st_mtime_ns) for s in (before, after)}
    if len(moments) > 1 or length != after.st_size:
        raise RosterError(Text(f"{name}: {CHANGED.zh}", f"{name}: {CHANGED.en}"), SAVE_FIRST)
    return b"".join(parts)


def too_large(name: str) -> RosterError:
    """The complaint about a file above the limit."""
    most = MOST_BYTES >> 30
    return RosterError(
        Text(f"{name} 超过 {most} GiB，未读取", f"{name} is larger than {most} GiB: not read"),
        Text("请拆成几个文件", "split it into several files"),
    )


def refuse_existing(path: Path, force: bool) -> None:
    """Raise RosterError where ``path`` exists already and may not be replaced."""
    if path.is_dir():
        raise RosterError(
            Text(f"{path} 是目录，不能写入", f"{path} is a folder: it cannot be written")
        )
    if not force and os.path.lexists(path):
        raise RosterError(
            Text(f"{path} 已存在，未改动", f"{path} exists and was left as it is"),
            Text("用 --force 覆盖，或换一个文件名", "use --force to replace it, or another name"),
        )


def refuse_source(path: Path, source: Path) -> None:
    """Raise RosterError where a result would take the place of the roster that it is made from."""
    with suppress(OSError):
        if path.samefile(source):
            raise RosterError(
                Text(
                    f"{path} 就是名册本身，未改动",
                    f"{path} is the roster itself and was left as it is",
                ),
                Text("换一个文件名", "use another name"),
            )


@contextmanager
def writing(force: bool, *paths: Path) -> Iterator[list[Path]]:
    """Places to write to, that become ``paths`` together at the end, or leave nothing.

    A place that was not written leaves no file. Raises RosterError when a path exists (unless
    ``force``), or when writing fails, for example on a full disk.
    """
    for path in paths:
        refuse_existing(path, force)
    made: list[Path] = []
    try:
        try:
            for path in paths:
                handle, name = tempfile.mkstemp(
                    prefix=f".{path.stem}.", suffix=path.suffix, dir=path.parent
                )
                os.close(handle)
                made.append(Path(name))
                Path(name).unlink()
            yield list(made)
            ready = [(t, path) for t, path in zip(made, paths, strict=True) if t.exists()]
            for temporary, path in ready:
                _settle(temporary)
                refuse_existing(path, force)
            for temporary, path in ready:
                temporary.replace(path)
        except OSError as error:
            raise not_written(paths[0], error) from None
    finally:
        for temporary in made:
            with suppress(OSError):
                temporary.unlink()


def not_written(path: Path, error: OSError) -> RosterError:
    """The complaint about a failed writing."""
    why = reason_of(error)
    return RosterError(
        Text(
            f"无法写入 {path}: {why.zh}；没有留下文件",
            f"{path} cannot be written: {why.en}; no file is left",
        )
    )


def _settle(path: Path) -> None:
    """Bring a new file to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
