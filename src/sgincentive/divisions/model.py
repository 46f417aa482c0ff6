"""A division, and the two ways in which a text can fail to name one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sgincentive.words import Text

Kind = Literal["country", "province", "city", "county", "zone"]


@dataclass(frozen=True, slots=True)
class Division:
    """One place with a GB/T 2260 code, a zone without one, or a level itself (``330200@self``).

    ``parent`` is the recorded parent (of an ended code: the one it had). The table knows years:
    ``since`` is the first day of the year in which the code began (None: before 2000), ``until``
    the last day of the year in which it ended; the true days lie inside. ``successors`` are the
    codes that the area of an ended code went to.
    """

    code: str
    name: str
    full_name: str
    parent: str | None
    kind: Kind
    since: date | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()
    ended: bool = False

    @property
    def current(self) -> bool:
        """True while the code is in use."""
        return not self.ended


class UnknownDivision(ValueError):
    """No division has this code or name.

    ``nearest`` holds full names, the nearest first (may be empty); ``text`` says so in both
    languages without repeating the input, which may be personal; ``given`` is the input.
    """

    def __init__(self, given: str, nearest: Sequence[tuple[str, str]] = ()) -> None:
        self.given = given
        self.nearest = [name for name, _ in nearest]
        listed = "、".join(f"{name}（{code}）" for name, code in nearest)
        listed_en = ", ".join(f"{name} ({code})" for name, code in nearest)
        self.text = Text(
            "没有这个行政区划" + (f"；最接近的是：{listed}" if listed else ""),
            "no such division" + (f"; nearest: {listed_en}" if listed else ""),
        )
        super().__init__(self.text.en)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the error usable across processes."""
        return (_rebuild, (type(self), self.args, self.__dict__.copy()))


class AmbiguousDivision(ValueError):
    """Several divisions have this name: ``candidates``, by code; ``text`` lists them."""

    def __init__(self, given: str, candidates: Sequence[Division]) -> None:
        self.given = given
        self.candidates = list(candidates)
        listed = "、".join(f"{d.full_name}（{d.code}）" for d in candidates)
        listed_en = ", ".join(f"{d.full_name} ({d.code})" for d in candidates)
        self.text = Text(
            f"有多个同名的行政区划，请写明上级或代码：{listed}",
            f"several divisions have this name, write the code or the place above it: {listed_en}",
        )
        super().__init__(self.text.en)

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the error usable across processes."""
        return (_rebuild, (type(self), self.args, self.__dict__.copy()))


def _rebuild(
    kind: type[ValueError], args: tuple[object, ...], state: dict[str, object]
) -> ValueError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error
