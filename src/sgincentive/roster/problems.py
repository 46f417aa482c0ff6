"""What is wrong with a roster: with the file as a whole, or with one of its rows."""

from __future__ import annotations

from dataclasses import dataclass

from sgincentive.words import Lang, Text


class RosterError(ValueError):
    """A roster that cannot be used, or a result that cannot be written; ``hint`` may help."""

    def __init__(self, text: Text, hint: Text | None = None) -> None:
        self.text = text
        self.hint = hint
        super().__init__(text.en)


class MissingExtra(RosterError):
    """A library that is not installed, and the extra that brings it."""

    def __init__(self, library: str, extra: str, zh: str, en: str) -> None:
        super().__init__(
            Text(f"{zh}需要 {library}，尚未安装", f"{en} needs {library}, which is not installed"),
            Text(
                f"请运行 pip install 'sgincentive[{extra}]'",
                f"run: pip install 'sgincentive[{extra}]'",
            ),
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell (``heading`` and ``cell``, such as C7) or with a whole row."""

    text: Text
    heading: str | None = None
    cell: str | None = None

    def render(self, lang: Lang) -> str:
        """The sentence after the cell and its heading."""
        if self.heading is None:
            return self.text.get(lang)
        if lang == "zh":
            return f"{self.cell}（{self.heading}）：{self.text.zh}"
        return f"{self.cell} ({self.heading}): {self.text.en}"
