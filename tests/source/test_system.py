"""What the operating system says is said in both languages."""

from __future__ import annotations

import errno
import os
import re

import pytest

from sgincentive.source.system import reason_of

COMMON = (
    errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EROFS, errno.ENAMETOOLONG, errno.EISDIR,
    errno.ENOTDIR, errno.EIO,
)  # fmt: skip


@pytest.mark.parametrize("number", COMMON)
def test_a_common_reason_in_both_languages(number: int) -> None:
    said = reason_of(OSError(number, os.strerror(number)))
    assert re.fullmatch("[一-鿿，]+", said.zh)
    assert re.fullmatch("[a-z/ -]+(, not a file)?", said.en)


def test_a_rare_reason_in_the_words_of_the_system() -> None:
    said = reason_of(OSError(errno.EXDEV, "Invalid cross-device link"))
    assert said.zh == "系统报错 Invalid cross-device link"
    assert said.en == "the system says Invalid cross-device link"
    assert reason_of(TimeoutError()).en == "the system says TimeoutError"
