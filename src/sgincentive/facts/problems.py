"""What is wrong with a profile, field by field, in both languages. Values are never repeated:
they are personal data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sgincentive.words import Lang, Text

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One problem: where (the keys as they were given), what was expected, and a hint.

    ``at`` tells whether the field's name or its value is wrong.
    """

    path: Path
    text: Text
    hint: Text | None = None
    at: Literal["key", "value"] = "value"

    def message(self, lang: Lang) -> str:
        """The sentence and the hint, without the path."""
        said = self.text.get(lang)
        if self.hint is None:
            return said
        between = "；" if lang == "zh" else "; "
        return said + between + self.hint.get(lang)

    def render(self, lang: Lang) -> str:
        """The path and the message on one line."""
        where = dotted(self.path)
        if not where:
            return self.message(lang)
        return f"{where}{'：' if lang == 'zh' else ': '}{self.message(lang)}"


class ProfileError(ValueError):
    """A profile that cannot be used; ``problems`` lists all of them."""

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = list(problems)
        super().__init__(self.render("en"))

    def __reduce__(self) -> tuple[type[ProfileError], tuple[list[FieldProblem]]]:
        return ProfileError, (self.problems,)

    def render(self, lang: Lang) -> str:
        """All problems, one a line."""
        return "\n".join(problem.render(lang) for problem in self.problems)


class BadValueError(ValueError):
    """One value that its type refuses; the caller knows where it stands."""

    def __init__(self, zh: str, en: str, hint: Text | None = None) -> None:
        self.text = Text(zh, en)
        self.hint = hint
        super().__init__(en)


def dotted(path: Path) -> str:
    """``("posts", 0, "end")`` as ``posts[0].end``."""
    said = ""
    for step in path:
        if isinstance(step, int):
            said += f"[{step}]"
        else:
            said += "." * bool(said) + shortened(step)
    return said


def shortened(key: str) -> str:
    """A field name fit to be repeated: one line of at most 40 characters."""
    shown = "".join(ch if ch.isprintable() else "?" for ch in key[:41])
    return shown if len(shown) <= 40 else shown[:39] + "…"


def did_you_mean(word: str | None, zh: str | None = None) -> Text | None:
    """The hint that names the nearest valid name (``zh``: its name in Chinese), or None."""
    if word is None:
        return None
    return Text(f"是否想写“{zh or word}”？", f"did you mean {word!r}?")
