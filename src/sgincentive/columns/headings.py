"""What the headings of a table mean: facts, lists, words of an office, in English or Chinese.

A heading is a dotted name (``certificate.level``, ``budget.wages``, ``applied``), the bare name of
a fact of the certificate or else of the post (``obtained``, ``role``), a Chinese label
or one of its other spellings (``证书级别``, ``取证日期``), or both the label of a list or group and
that of a field, joined by a point (``考试记录.考试年度``). Of two facts with the same label the one
of the certificate is meant, then the one nearer to the subject.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from sgincentive.facts import Fact, facts
from sgincentive.facts.kinds import Kind
from sgincentive.facts.model import Part
from sgincentive.facts.registry import MODELS
from sgincentive.facts.shape import STAFF_LIST, Form
from sgincentive.facts.subjects import Subject
from sgincentive.words import Lang, Text, nearest

CONFIRMED: Final = ("confirmed.", "已确认.")


class TableError(ValueError):
    """A table that cannot be read: ``texts`` says everything that is wrong with its headings or
    with the types of its columns."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self.texts = list(texts)
        super().__init__(self.render("en"))

    def __reduce__(self) -> tuple[type[TableError], tuple[list[Text]]]:
        return TableError, (self.texts,)

    def render(self, lang: Lang) -> str:
        """All problems, one a line."""
        return "\n".join(text.get(lang) for text in self.texts)


@dataclass(frozen=True, slots=True)
class Field:
    """A fact as a column: its dotted name, how its cells are read, and where a profile has it.

    ``path`` leads to the value in a profile; in a list it leads to the list, and ``field`` is the
    name inside an entry (None outside lists). ``element`` is the list's element.
    """

    fact: Fact
    kind: Kind
    path: tuple[str, ...]
    owner: str | None
    field: str | None
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """What one column holds."""

    what: Literal["fact", "list", "confirmed"]
    name: str
    requirement: str | None = None


def fields(subject: str) -> Mapping[str, Field]:
    """Every fact of a subject that a column may hold, by dotted name."""
    return _fields(subject)[0]


def list_labels(subject: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of a subject by name, each with its Chinese names."""
    return _fields(subject)[1]


@cache
def _fields(subject: str) -> tuple[Mapping[str, Field], Mapping[str, tuple[str, ...]]]:
    found: dict[str, Field] = {}
    listed: dict[str, tuple[str, ...]] = {}
    _collect(MODELS[subject], subject, "", (), None, ("",), found, listed)
    return found, listed


def _collect(
    model: type[Part],
    subject: str,
    prefix: str,
    path: tuple[str, ...],
    owner: str | None,
    labels: tuple[str, ...],
    found: dict[str, Field],
    listed: dict[str, tuple[str, ...]],
) -> None:
    nested = prefix != "" and model.subject_kind is not None
    about = facts(subject)
    for field in model.shape().fields.values():
        if nested and field.name in Subject.shape().fields:
            continue
        name = prefix + field.name
        mine = (field.note.label.zh, *field.note.aliases)
        said = tuple(dict.fromkeys(a + b for a in labels for b in mine))
        if field.kind is not None:
            place = path if owner is not None else (*path, field.name)
            inner = name.removeprefix(prefix) if owner is not None else None
            found[name] = Field(about[name], field.kind, place, owner, inner, said)
        inside = tuple(f"{label}." for label in said)
        if field.one is not None:
            _collect(field.one, subject, f"{name}.", (*path, field.name), owner, inside, found,
                     listed)  # fmt: skip
        if field.many is not None:
            assert field.note.element is not None
            staff = field.form is Form.STAFF
            list_name = prefix + STAFF_LIST if staff else name
            # Persons stand under staff in a profile, as its totals do.
            listed[list_name] = tuple(f"{label}名单" for label in said) if staff else said
            element = f"{prefix}{field.note.element}."
            _collect(field.many, subject, element, (*path, field.name), list_name, inside, found,
                     listed)  # fmt: skip


@cache
def spellings(subject: str) -> Mapping[str, tuple[str, ...]]:
    """Every heading that names a fact or a list, with the names it may mean, the first meant."""
    ranked: dict[str, list[tuple[int, int, int, str]]] = {}

    def say(heading: str, rank: int, name: str) -> None:
        far = 0 if name.startswith("certificate.") else 1
        ranked.setdefault(heading, []).append((rank, far, name.count("."), name))

    for name, field in fields(subject).items():
        say(name, 0, name)
        label = field.fact.label.zh
        for heading in field.labels:
            bare = heading.rpartition(".")[2]
            say(heading, 1, name)
            say(bare, 1 if bare == label else 2, name)
    bare_names: dict[str, str] = {}
    for element in ("certificate.", "post."):
        for name in fields(subject):
            if name.startswith(element):
                bare_names.setdefault(name.removeprefix(element), name)
    for bare, name in bare_names.items():
        say(bare, 2, name)
    for name, labels in list_labels(subject).items():
        say(name, 0, name)
        for label in labels:
            say(label, 1, name)
    found: dict[str, tuple[str, ...]] = {}
    for heading, several in ranked.items():
        several.sort()
        best = several[0]
        # Two other spellings of the same rank name nothing for sure; two labels do.
        same = dict.fromkeys(s[3] for s in several if s[0] == best[0])
        if best[0] == 2 and len(same) > 1:
            found[heading] = tuple(same)
        else:
            found[heading] = (best[3],)
    return found


def unique_heading(subject: str, name: str) -> str:
    """The shortest Chinese heading that means the fact ``name``."""
    field = fields(subject)[name]
    known = spellings(subject)
    return next(x for x in (field.fact.label.zh, *field.labels) if known.get(x) == (name,))


NOT_FACTS: Final = frozenset(
    ("序号", "姓名", "身份证号", "身份证号码", "证件号码", "电话", "联系电话", "手机号", "备注",
     "name", "id", "no", "note", "phone")
)  # fmt: skip
"""Headings of a roster that are kept and never taken for a misspelt fact."""


def headings(subject: str, names: Iterable[str], keep: Collection[str] = ()) -> dict[str, Heading]:
    """What each column holds, for those that hold anything; the others are the user's own.

    Raises:
        TableError: a heading that names several facts, two headings for one fact, or one that
            looks like a misspelt heading and is not in ``keep``.
    """
    found: dict[str, Heading] = {}
    taken: dict[Heading, str] = {}
    wrong: list[Text] = []
    known = spellings(subject)
    lists = list_labels(subject)
    for name in names:
        if name in keep:
            continue
        meant = _meaning(name.strip(), known, lists)
        if isinstance(meant, Text):
            wrong.append(meant)
            continue
        if meant is None:
            close = None if name in NOT_FACTS else _close(name.strip(), known)
            if close is not None:
                wrong.append(
                    Text(
                        f"没有名为“{name}”的事实；是否想写“{close}”？（若是自有的列，请列入 keep）",
                        f"no fact is called {name!r}; did you mean {close!r}? "
                        "(a column of your own: name it in keep)",
                    )
                )
            continue
        if meant in taken:
            wrong.append(
                Text(
                    f"“{taken[meant]}”和“{name}”两列是同一项",
                    f"the columns {taken[meant]!r} and {name!r} hold the same fact",
                )
            )
            continue
        taken[meant] = name
        found[name] = meant
    if wrong:
        raise TableError(wrong)
    return found


def _meaning(
    name: str, known: Mapping[str, tuple[str, ...]], lists: Mapping[str, object]
) -> Heading | Text | None:
    for prefix in CONFIRMED:
        if name.startswith(prefix):
            scheme, _, requirement = name.removeprefix(prefix).rpartition(":")
            if scheme:
                return Heading("confirmed", scheme, requirement)
    meant = known.get(name)
    if meant is None:
        return None
    if len(meant) > 1:
        return Text(
            f"列名“{name}”可能指：{'、'.join(meant)}；请写其中之一",
            f"the heading {name!r} may mean {', '.join(meant)}; write one of these",
        )
    return Heading("list" if meant[0] in lists else "fact", meant[0])


def _close(name: str, known: Mapping[str, tuple[str, ...]]) -> str | None:
    """A heading of which ``name`` looks like a slip."""
    if len(name) < 3:
        return None
    close = nearest(name, known)
    if close is None:
        return None
    return close if _alike(name, close) else None


def _alike(a: str, b: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, a, b).ratio() >= 0.8
