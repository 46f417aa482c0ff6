"""What is allowed in a rule file and yet most likely a mistake."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Literal

from sgincentive.calendar import ONE_DAY
from sgincentive.desk.bounds import Limits, Span, always, disjoint, key_of, limits
from sgincentive.desk.drafts import Desk, Draft
from sgincentive.desk.located import Located
from sgincentive.desk.mutate import stale
from sgincentive.desk.skeleton import modeline
from sgincentive.desk.watch import is_leaf
from sgincentive.explain.sentences import condition as words
from sgincentive.nodes import conditions as c
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition
from sgincentive.nodes.walk import below
from sgincentive.schemes.model import Scheme, Version
from sgincentive.source import Diagnostic, Mapping, Mark, Scalar, Sequence, Tree, split_lines
from sgincentive.words import Text, did_you_mean, nearest

Code = Literal[
    "gap", "never-matches", "never-holds", "always-holds", "unknown-scheme", "unused",
    "translation", "first-line", "stale-untested", "not-read-again",
]  # fmt: skip
DAYS = 400
CHINESE = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]+")
CLAIM_LEVEL = "certificate.level"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a kind; ``not-read-again``, which time alone brings, is a warning."""

    code: Code
    diagnostic: Diagnostic


@dataclass(slots=True)
class Notes:
    """The findings on one file."""

    draft: Draft
    lines: list[str]
    found: list[Finding] = field(default_factory=list)

    def add(
        self, code: Code, mark: Mark | None, zh: str, en: str, hint: Text | None = None
    ) -> None:
        """Note a finding at a place."""
        line = self.lines[mark.line - 1] if mark is not None else None
        severity: Literal["error", "warning"] = "warning" if code == "not-read-again" else "error"
        self.found.append(
            Finding(code, Diagnostic(self.draft.path, mark, Text(zh, en), hint, line, severity))
        )


def lint(
    desk: Desk,
    ids: Iterable[str],
    today: date,
    days: int = DAYS,
    step: Callable[[Draft], None] | None = None,
) -> list[Finding]:
    """Every finding on the sound files of a desk, by file and line.

    ``ids`` are the ids and aliases of all schemes that a file may name; a source is to be read
    again after ``days``; ``step`` hears of each file when it is done.
    """
    known = frozenset(ids)
    found: list[Finding] = []
    for draft in desk.drafts:
        if draft.scheme is not None:
            notes = Notes(draft, split_lines(draft.text))
            first_line(notes)
            gaps(draft.scheme, notes)
            terms(Located(draft), notes)
            translations(draft.root, notes)
            unused(notes)
            references(known, notes)
            age(draft.scheme, today, days, notes)
            found += notes.found
        if step is not None:
            step(draft)
    for draft, entry in stale(desk):
        notes = Notes(draft, split_lines(draft.text))
        change = f" ({entry.change})" if entry.change else ""
        notes.add(
            "stale-untested",
            place(draft.root, "untested"),
            f"untested {entry.at}{change} 已无所指: 那里的改动都被示例察觉，或没有改动",
            f"untested {entry.at}{change} names no survivor: the examples notice every change "
            "there, or there is none",
        )
        found += notes.found
    return sorted(found, key=lambda f: (f.diagnostic.path, f.diagnostic.mark or Mark(0, 0)))


def place(root: Mapping, key: str) -> Mark | None:
    """Where a key of the file stands."""
    entry = root.entries.get(key)
    return entry.key.mark if entry is not None else None


def first_line(notes: Notes) -> None:
    """The first line names the schema for editors, the second says what the file is."""
    expected = modeline(notes.draft.id)
    if notes.lines[0] != expected:
        notes.add(
            "first-line", Mark(1, 1),
            "首行应写明 JSON Schema", "the first line names no JSON Schema",
            Text(f"写作 {expected}", f"write {expected}"),
        )  # fmt: skip
    elif not notes.lines[1].startswith("# "):
        notes.add(
            "first-line", Mark(2, 1), "第二行应以注释说明本文件",
            "the second line should be a comment that says what the file is",
        )  # fmt: skip


# ------------------------------------------------------------------------------ versions


def gaps(scheme: Scheme, notes: Notes) -> None:
    """Days (or exam years) between two versions that neither covers, where nothing says why."""
    order = sorted((v for v in scheme.versions if v.first is not None), key=lambda v: v.first or ())
    for earlier, later in pairwise(order):
        assert later.first is not None
        last, first = earlier.last, later.first[0]
        if last is None or last + ONE_DAY >= first:
            continue
        if not (scheme.unclear or earlier.unclear or later.unclear):
            notes.add(
                "gap", place(notes.draft.root, "versions"),
                f"版本 {earlier.id} 与 {later.id} 之间无版本，也没有用 unclear 说明",
                f"between the versions {earlier.id} and {later.id} there is none, and no unclear "
                "says why",
            )  # fmt: skip


def age(scheme: Scheme, today: date, days: int, notes: Notes) -> None:
    """Whether the newest version, presumed in force, was last seen so long ago."""
    version = scheme.versions[-1]
    seen = version.last_confirmed
    if (
        version.last is not None
        or seen is None
        or any(s.first <= today <= s.last for s in version.statuses)
    ):
        return
    old = (today - seen).days
    if old > days:
        notes.add(
            "not-read-again", place(notes.draft.root, "versions"),
            f"版本 {version.id} 推定有效，最近核实于 {old} 天前，应重读来源",
            f"version {version.id} is presumed in force and was last confirmed {old} days ago: "
            "read the sources again",
        )  # fmt: skip


# --------------------------------------------------------------------------------- terms


def terms(located: Located, notes: Notes) -> None:
    """Conditions that cannot hold or cannot fail, and rows that cannot match."""
    for version in located.scheme.versions:
        must = [
            r.condition
            for r in version.requirements
            if r.strength == "must" and r.due is None and not isinstance(r.condition, c.When)
        ]
        allowed = limits(must)
        for clash in allowed.clashes:
            never(clash, located, notes)
        elsewhere(must, located, notes)
        for node in nodes_of(version):
            if isinstance(node, c.All):
                inner(node.parts, located, notes)
            elif isinstance(node, Condition) and is_leaf(node) and idle(node):
                both = Text(words(node, "zh"), words(node, "en"))
                notes.add(
                    "always-holds", located.mark(node),
                    f"此条件必然成立: {both.zh}", f"this always holds: {both.en}",
                )  # fmt: skip
            rows(node, allowed, located, notes)


def nodes_of(version: Version) -> Iterator[object]:
    """Every node of a version, each once."""
    seen: set[int] = set()
    holders = (*(r.condition for r in version.requirements), version.amount)
    for node in (n for holder in holders if holder is not None for n in below(holder)):
        if id(node) not in seen:
            seen.add(id(node))
            yield node


def idle(node: Condition) -> bool:
    """Whether a condition without parts says nothing; naming every level is how a notice says
    that a certificate is needed."""
    if isinstance(node, c.OneOf | c.WordOrder) and node.ref.fact.type == "level":
        return False
    return always(node)


def inner(parts: tuple[Condition, ...], located: Located, notes: Notes) -> None:
    """Conditions that stand together and contradict each other."""
    for node in limits(parts).clashes:
        never(node, located, notes)


def never(node: Condition, located: Located, notes: Notes) -> None:
    """Note a condition that cannot hold beside the others."""
    both = Text(words(node, "zh"), words(node, "en"))
    mark = located.mark(node)
    if not any(f.diagnostic.mark == mark and f.code == "never-holds" for f in notes.found):
        notes.add(
            "never-holds", mark,
            f"与其他条件矛盾，不可能成立: {both.zh}", f"this contradicts the others: {both.en}",
        )  # fmt: skip


def elsewhere(must: Iterable[Condition], located: Located, notes: Notes) -> None:
    """Requirements on a place that lies wholly outside the places of the scheme."""
    for node in must:
        if (
            isinstance(node, c.Within)
            and isinstance(node.divisions, tuple)
            and not (node.negated or node.open)
            and disjoint(node.divisions, located.scheme.applies_in)
        ):
            both = Text(words(node, "zh"), words(node, "en"))
            notes.add(
                "never-holds", located.mark(node),
                f"所要求的地点在 applies_in 之外: {both.zh}",
                f"the place lies outside applies_in: {both.en}",
            )  # fmt: skip


def rows(node: object, allowed: Limits, located: Located, notes: Notes) -> None:
    """The rows of a table that no eligible subject can reach."""

    def note(row: object, zh: str, en: str) -> None:
        notes.add("never-matches", located.mark(row) or located.mark(node), zh, en)

    if isinstance(node, q.ByFact):
        left = allowed.words.get(key_of(node.ref))
        for key, row in node.rows:
            if left is not None and key not in left:
                name = "none" if key is None else key
                note(
                    row,
                    f"表行 {name} 不符合条件，用不到",
                    f"the requirements exclude the row {name}",
                )
    elif isinstance(node, q.Brackets):
        left_span = allowed.spans.get(key_of(node.of))
        for band in node.rows:
            span = band_span(band)
            if span.empty or (left_span is not None and span.both(left_span).empty):
                note(band.value, "此档用不到", "no number falls into this band")
    elif isinstance(node, q.Cases):
        for i, (when, row) in enumerate(node.rows):
            if any(when == earlier for earlier, _ in node.rows[:i]):
                note(row, "此行与前面的条件相同，用不到", "an earlier row has the same condition")


def band_span(band: q.Bracket) -> Span:
    """The numbers of a band."""
    return Span(band.low, band.low_included, band.high, band.high_included)


# --------------------------------------------------------------------------------- texts


def translations(tree: Tree, notes: Notes) -> None:
    """Texts whose Chinese holds no Chinese, or whose English is mostly Chinese."""
    if isinstance(tree, Sequence):
        for item in tree.items:
            translations(item, notes)
    elif isinstance(tree, Mapping):
        zh, en = tree.get("zh"), tree.get("en")
        if isinstance(zh, Scalar) and LATIN.search(zh.text) and not CHINESE.search(zh.text):
            notes.add("translation", zh.mark, "zh 中没有中文", "the zh text holds no Chinese")
        if isinstance(en, Scalar) and mostly_chinese(en.text):
            notes.add("translation", en.mark, "en 未译成英文", "the en text is not English")
        for entry in tree.entries.values():
            translations(entry.value, notes)


def mostly_chinese(text: str) -> bool:
    """Whether a text has more Chinese characters than Latin words; it may name a document."""
    return len(CHINESE.findall(text)) > 2 * len(LATIN.findall(text))


# --------------------------------------------------------------------------------- names


def unused(notes: Notes) -> None:
    """Names under ``define`` and ``let`` that nothing uses."""
    root = notes.draft.root
    used = set(named(root, "uses"))
    for name, mark in defined(root.get("define")):
        if name not in used:
            notes.add("unused", mark, f"define 中的 {name} 没有用到", f"nothing uses {name}")
    versions = root.get("versions")
    assert isinstance(versions, Sequence)
    for version in versions.items:
        assert isinstance(version, Mapping)
        used = set(named(version, "let"))
        for name, mark in defined(version.get("let")):
            if name not in used:
                notes.add("unused", mark, f"let 中的 {name} 没有用到", f"nothing uses {name}")


def defined(tree: Tree | None) -> Iterator[tuple[str, Mark]]:
    """The names that a mapping defines."""
    if isinstance(tree, Mapping):
        for name, entry in tree.entries.items():
            yield name, entry.key.mark


def named(tree: Tree, key: str) -> Iterator[str]:
    """Every word that stands at ``key`` anywhere below."""
    if isinstance(tree, Sequence):
        for item in tree.items:
            yield from named(item, key)
    elif isinstance(tree, Mapping):
        for name, entry in tree.entries.items():
            if name == key and isinstance(entry.value, Scalar):
                yield entry.value.text
            yield from named(entry.value, key)


def references(known: frozenset[str], notes: Notes) -> None:
    """Schemes that relations and stacking name and that do not exist."""
    for tree in (notes.draft.root.get("relations"), notes.draft.root.get("stacking")):
        for id in scheme_ids(tree) if tree is not None else ():
            if id.text not in known:
                close = nearest(id.text, known)
                notes.add(
                    "unknown-scheme", id.mark,
                    f'没有政策项目 "{id.text}"', f'unknown scheme "{id.text}"',
                    did_you_mean(close),
                )  # fmt: skip


def scheme_ids(tree: Tree) -> Iterator[Scalar]:
    """The ids in a ``relations`` or a ``stacking``."""
    if isinstance(tree, Scalar):
        yield tree
    elif isinstance(tree, Sequence):
        for item in tree.items:
            yield from scheme_ids(item)
    else:
        for name, entry in tree.entries.items():
            if name != "where":
                yield from scheme_ids(entry.value)
