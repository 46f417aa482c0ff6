"""What the operating system says of a file that cannot be read or written, in both languages."""

from __future__ import annotations

import errno
from typing import Final

from sgincentive.words import Text

_REASONS: Final = {
    errno.ENOENT: Text("没有这个文件或目录", "no such file or folder"),
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("不允许此操作", "operation not permitted"),
    errno.ENOTDIR: Text("路径中有一段不是目录", "a part of the path is not a folder"),
    errno.EISDIR: Text("这是目录，不是文件", "is a folder, not a file"),
    errno.ENOSPC: Text("磁盘已满", "no space left on the disk"),
    errno.EDQUOT: Text("磁盘配额已用完", "the disk quota is used up"),
    errno.EFBIG: Text("文件太大", "the file is too large"),
    errno.EROFS: Text("磁盘只读", "the disk is read-only"),
    errno.ENAMETOOLONG: Text("文件名太长", "the file name is too long"),
    errno.EMFILE: Text("打开的文件太多", "too many open files"),
    errno.EBUSY: Text("文件正被占用", "the file is in use"),
    errno.ELOOP: Text("符号链接循环", "symbolic links that lead in a circle"),
    errno.EIO: Text("磁盘读写出错", "the disk cannot be read or written"),
}


def reason_of(error: OSError) -> Text:
    """Why a file could not be read or written."""
    known = _REASONS.get(error.errno or 0)
    if known is not None:
        return known
    said = error.strerror or type(error).__name__
    return Text(f"系统报错 {said}", f"the system says {said}")
