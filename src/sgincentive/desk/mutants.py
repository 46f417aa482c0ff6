"""Every small change of the terms of a rule file: one number, operator, date, code or word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import get_args

from sgincentive.divisions import AmbiguousDivision, UnknownDivision, children, get, resolve
from sgincentive.facts import facts, lists, subject_kinds
from sgincentive.nodes.scope import Scope
from sgincentive.schemes import model as m
from sgincentive.source import Entry, Mapping, Scalar, Tree
from sgincentive.source import Sequence as Items
from sgincentive.words import Vocabulary

Path = tuple[str | int, ...]

TERMS = ("applies_in", "benefit", "relations", "define", "versions")
# What only tells: no answer depends on it.
TOLD = frozenset(
    ("id", "title", "text", "note", "label", "clause", "unclear", "sources", "items", "documents",
     "process", "kind", "selected_by", "not_published", "confirmed", "figures", "paid_every")
)  # fmt: skip
SWAPPED = {
    "at_least": "more_than", "more_than": "at_least", "at_most": "less_than",
    "less_than": "at_most", "is": "is_not", "is_not": "is", "one_of": "not_one_of",
    "not_one_of": "one_of", "within": "not_within", "not_within": "within",
    "before": "not_after", "not_after": "before", "after": "not_before", "not_before": "after",
    "all": "any", "any": "all", "least": "greatest", "greatest": "least", "cap": "floor",
    "floor": "cap", "sum": "difference", "difference": "sum", "earliest": "latest",
    "latest": "earliest",
}  # fmt: skip
LISTS = ("exists", "every", "count", "months", "over")
WORDS = {
    "per": ("best", "each"),
    "mode": ("up", "down", "half_up"),
    "rounding": ("up", "down", "half_up"),
    "take": ("sum", "greatest", "least"),
    "counts": get_args(m.MonthCounts),
    "starts": get_args(m.Starts),
    "strength": ("must", "guidance"),
    "status": ("draft", "superseded", "suspended", "exhausted"),
    "other_authority_bars": get_args(m.Bars),
    "match": get_args(m.Bars),
}
TIMES_PER = get_args(m.TimesPer)
LEDGER = ("once", "once_per_level", "difference_on_upgrade")
COUNTRY = "000000"
INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.([0-9]{1,4})")
SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")
FRACTION = re.compile(r"([1-9][0-9]*)/([1-9][0-9]*)")
DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"([12][0-9]{3})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change at a place of a rule file.

    ``change`` says it in a word ("3000 -> 3001", "drop senior"). ``key`` renames the key at
    ``path``; else ``tree`` takes the place of what stands there, or, where it is None, what
    stands there goes.
    """

    path: Path
    line: int
    change: str
    tree: Tree | None = None
    key: str | None = None

    @property
    def at(self) -> str:
        """The place as a dotted path."""
        return ".".join(map(str, self.path))

    def apply(self, root: Mapping) -> Mapping:
        """The tree of the file with the change; shares with ``root`` whatever stayed."""
        made = changed(root, self.path, self.tree, self.key)
        assert isinstance(made, Mapping)
        return made


def changed(tree: Tree, path: Path, new: Tree | None, key: str | None) -> Tree:
    """A copy of ``tree`` with one change at ``path``."""
    step, rest = path[0], path[1:]
    if isinstance(tree, Items):
        assert isinstance(step, int)
        items = list(tree.items)
        if rest:
            items[step] = changed(items[step], rest, new, key)
        elif new is None:
            del items[step]
        else:
            items[step] = new
        return Items(items, tree.mark, tree.end)
    assert isinstance(tree, Mapping)
    entries: dict[str, Entry] = {}
    for name, entry in tree.entries.items():
        if name != step:
            entries[name] = entry
        elif rest:
            entries[name] = Entry(entry.key, changed(entry.value, rest, new, key))
        elif key is not None:
            entries[key] = Entry(written(key, entry.key), entry.value)
        elif new is not None:
            entries[name] = Entry(entry.key, new)
    return Mapping(entries, tree.mark, tree.end)


def written(text: str, like: Scalar) -> Scalar:
    """A scalar of another text in the place and the form of ``like``."""
    return Scalar(text, like.quoted, like.mark, like.end)


def mutants(root: Mapping) -> Iterator[Mutant]:
    """Every change of the terms of a rule file, in the order of the file.

    Some of them may be no rule file any more: those that fail to load are for the caller to
    leave out.
    """
    subject = root.get("subject")
    if not isinstance(subject, Scalar) or subject.text not in subject_kinds:
        return
    scope = Scope(facts(subject.text), lists(subject.text))
    for key, entry in root.entries.items():
        if key == "applies_in":
            yield from of_codes(entry.value, (key,))
        elif key in TERMS:
            yield from below(entry.value, (key,), scope)


def below(tree: Tree, path: Path, scope: Scope) -> Iterator[Mutant]:
    """The changes at and below one place."""
    if isinstance(tree, Scalar):
        yield from of_scalar(tree, path)
    elif isinstance(tree, Items):
        yield from of_items(tree, path, scope)
    else:
        yield from of_mapping(tree, path, scope)


def of_items(tree: Items, path: Path, scope: Scope) -> Iterator[Mutant]:
    """The changes in a list; requirements, relations and spans may also go."""
    for i, item in enumerate(tree.items):
        here = (*path, i)
        name = dropped_name(item, path)
        if name is not None:
            # A list cannot be empty: its only item goes with the key, where the key may go.
            alone = len(tree.items) == 1 and path[-1] != "requires"
            yield Mutant(path if alone else here, item.mark.line, f"drop {name}")
        yield from below(item, here, scope)


def dropped_name(item: Tree, path: Path) -> str | None:
    """What to call an item that may be left out as a whole; None for any other."""
    if not isinstance(item, Mapping):
        return None
    if path[-1] == "requires":
        id = item.get("id")
        return f"requirement {id.text}" if isinstance(id, Scalar) else "requirement"
    if path[-1] == "status":
        return "status"
    return "overrides" if path == ("relations",) and "overrides" in item.entries else None


def of_mapping(tree: Mapping, path: Path, scope: Scope) -> Iterator[Mutant]:
    """The changes of the keys and values of one mapping."""
    named = path[-1] in ("define", "let") and len(path) in (1, 3)
    inner = scope if named else inside(tree, scope)
    if not named:
        yield from of_negation(tree, path)
    for key, entry in tree.entries.items():
        here = (*path, key)
        if named:
            yield from below(entry.value, here, scope)
            continue
        barring = key == "kind" and ledger_at(path)
        if (key in TOLD and not barring) or (key == "last_confirmed" and ends(tree)):
            continue
        if key in SWAPPED and SWAPPED[key] not in tree.entries and worth_swapping(key, entry.value):
            other = SWAPPED[key]
            yield Mutant(here, entry.key.mark.line, f"{key} -> {other}", key=other)
        yield from of_value(tree, key, entry.value, here, inner)


def ends(version: Mapping) -> bool:
    """Whether a version has a stated end; then the last confirmation changes nothing."""
    until = version.get("until")
    return isinstance(until, Scalar) and until.text != "not_stated"


def worth_swapping(key: str, value: Tree) -> bool:
    """Whether the other operator could mean anything else: not for all or any of one part."""
    return key not in ("all", "any") or (isinstance(value, Items) and len(value.items) > 1)


def inside(tree: Mapping, scope: Scope) -> Scope:
    """The scope of the conditions on the entries of a list."""
    for key in LISTS:
        name = tree.get(key)
        if isinstance(name, Scalar):
            ref = scope.list_ref(name.text)
            if ref is not None:
                return scope.inside(ref)
    return scope


def of_negation(tree: Mapping, path: Path) -> Iterator[Mutant]:
    """``exists`` becomes ``not exists`` and ``not`` goes."""
    if "exists" in tree.entries:
        own = {k: e for k, e in tree.entries.items() if k in ("exists", "where", "at")}
        rest = {k: e for k, e in tree.entries.items() if k not in own}
        key = tree.entries["exists"].key
        rest["not"] = Entry(written("not", key), Mapping(own, tree.mark, tree.end))
        made = Mapping(rest, tree.mark, tree.end)
        yield Mutant(path, key.mark.line, "exists -> not exists", made)
    part = tree.get("not")
    if isinstance(part, Mapping) and not part.entries.keys() & tree.entries.keys():
        rest = {k: e for k, e in tree.entries.items() if k != "not"}
        made = Mapping({**rest, **part.entries}, tree.mark, tree.end)
        yield Mutant(path, tree.entries["not"].key.mark.line, "drop not", made)


def of_value(tree: Mapping, key: str, value: Tree, path: Path, scope: Scope) -> Iterator[Mutant]:
    """The changes of the value of one key of a mapping."""
    words = vocabulary(tree, scope) if key in WORD_OPERATORS else None
    if key in ("within", "not_within") or (key == "division" and "statistic" in tree.entries):
        if isinstance(value, Mapping):
            return
        yield from of_codes(value, path)
    elif words is not None and not isinstance(value, Mapping):
        yield from of_words(value, path, words)
    elif key in ("paid_before", "rule", "readings") and ledger_at(path):
        yield from of_ledger(value, path, scope)
    elif ledger_at(path) and isinstance(value, Scalar) and value.text in TIMES_PER:
        yield swap(value, path, neighbour(value.text, TIMES_PER))
    elif ledger_at(path) and key == "kind" and isinstance(value, Scalar):
        yield swap(value, path, neighbour(value.text, get_args(m.BenefitKind)))
    elif ledger_at(path) and key == "status":
        yield from of_ledger(value, path, scope)
    elif key == "strength":
        if isinstance(value, Scalar) and path[0] != "benefit":
            other = "guidance" if value.text == "must" else "must"
            yield swap(value, path, other)
    elif key in WORDS and isinstance(value, Scalar) and value.text in WORDS[key]:
        yield swap(value, path, neighbour(value.text, WORDS[key]))
    elif key == "where" and isinstance(value, Mapping):
        yield from below(value, path, Scope(scope.facts, scope.lists))
    else:
        yield from below(value, path, scope)


WORD_OPERATORS = (
    "is", "is_not", "one_of", "not_one_of", "at_least", "at_most", "more_than", "less_than",
)  # fmt: skip


def vocabulary(tree: Mapping, scope: Scope) -> Vocabulary | None:
    """The words of the fact that a condition looks at; None where it has none."""
    name = tree.get("fact")
    ref = scope.fact_ref(name.text) if isinstance(name, Scalar) else None
    return None if ref is None else ref.fact.vocabulary


def ledger_at(path: Path) -> bool:
    """Whether a place holds the rule on earlier payments."""
    return "paid_before" in path


def swap(value: Scalar, path: Path, other: str) -> Mutant:
    """One word or number in the place of another."""
    return Mutant(path, value.mark.line, f"{value.text} -> {other}", written(other, value))


def neighbour(word: str, words: Sequence[str]) -> str:
    """The word after ``word``, the first after the last."""
    return words[(words.index(word) + 1) % len(words)]


def of_ledger(value: Tree, path: Path, scope: Scope) -> Iterator[Mutant]:
    """Another rule on earlier payments, and the numbers beside it."""
    if isinstance(value, Items):
        for i, item in enumerate(value.items):
            if isinstance(item, Scalar):
                yield Mutant((*path, i), item.mark.line, f"drop {item.text}")
    elif isinstance(value, Scalar):
        known = value.text in LEDGER
        yield swap(value, path, neighbour(value.text, LEDGER) if known else LEDGER[0])
    else:
        yield from below(value, path, scope)


def of_words(value: Tree, path: Path, words: Vocabulary) -> Iterator[Mutant]:
    """A word of a list goes; a single word gives way to those next to it."""
    if isinstance(value, Items):
        for i, item in enumerate(value.items):
            if isinstance(item, Scalar) and len(value.items) > 1:
                yield Mutant((*path, i), item.mark.line, f"drop {item.text}")
            elif isinstance(item, Scalar):
                yield from of_words(item, (*path, i), words)
    elif isinstance(value, Scalar) and value.text in words.values:
        at = words.rank(value.text)
        near = [at - 1, at + 1] if words.ordered else [(at + 1) % len(words.values)]
        for i in near:
            if 0 <= i < len(words.values) and i != at:
                yield swap(value, path, words.values[i])


def of_codes(value: Tree, path: Path) -> Iterator[Mutant]:
    """Another division of the same rank, and the one above."""
    trees = list(enumerate(value.items)) if isinstance(value, Items) else [(None, value)]
    taken = {c for _, item in trees if isinstance(item, Scalar) and (c := code_of(item))}
    for i, item in trees:
        code = code_of(item) if isinstance(item, Scalar) else None
        if code is None or not isinstance(item, Scalar):
            continue
        here = path if i is None else (*path, i)
        for other in other_divisions(code, taken):
            quoted = Scalar(other, True, item.mark, item.end)
            yield Mutant(here, item.mark.line, f"{item.text} -> {other}", quoted)
        if i is not None and len(trees) > 1:
            yield Mutant(here, item.mark.line, f"drop {item.text}")


def code_of(item: Scalar) -> str | None:
    """The division that a scalar means, or None."""
    try:
        return resolve(item.text)
    except (UnknownDivision, AmbiguousDivision):
        return None


def other_divisions(code: str, taken: set[str]) -> Iterator[str]:
    """The next division of the same kind under the same parent, and the parent."""
    here = get(code)
    if here.parent is None:
        return
    peers = [c for c in children(here.parent) if get(c).kind == here.kind or c == code]
    later = [c for c in peers if c > code and c not in taken]
    free = later or [c for c in peers if c not in taken]
    yield from free[:1]
    if here.parent not in taken:
        yield here.parent


def of_scalar(value: Scalar, path: Path) -> Iterator[Mutant]:
    """The next numbers or dates, or the other of yes and no."""
    if value.text in ("true", "false") and not value.quoted:
        yield swap(value, path, "false" if value.text == "true" else "true")
        return
    for other in steps(value.text):
        yield swap(value, path, other)


def steps(text: str) -> list[str]:
    """A number, share or date one step up and one step down, as far as there is one."""
    for shape, around in STEPS:
        match = shape.fullmatch(text)
        if match is not None:
            return around(match)
    return []


def around_integer(match: re.Match[str]) -> list[str]:
    n = int(match[0])
    return [str(n + 1), str(n - 1)]


def around_decimal(match: re.Match[str]) -> list[str]:
    n, unit = Decimal(match[0]), Decimal(1).scaleb(-len(match[1]))
    return [str(n + unit), str(n - unit)]


def around_share(match: re.Match[str]) -> list[str]:
    return [f"{step}%" for step in steps(match[1])]


def around_fraction(match: re.Match[str]) -> list[str]:
    top, bottom = int(match[1]), int(match[2])
    if top > 1:
        return [f"{top + 1}/{bottom}", f"{top - 1}/{bottom}"]
    return [f"1/{bottom - 1}", f"1/{bottom + 1}"] if bottom > 1 else [f"1/{bottom + 1}"]


def around_day(match: re.Match[str]) -> list[str]:
    try:
        day = date.fromisoformat(match[0])
    except ValueError:
        return []
    return [(day + timedelta(days=n)).isoformat() for n in (1, -1)]


def around_month(match: re.Match[str]) -> list[str]:
    index = int(match[1]) * 12 + int(match[2]) - 1
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in (index + 1, index - 1)]


STEPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[str]]], ...] = (
    (INTEGER, around_integer),
    (DECIMAL, around_decimal),
    (SHARE, around_share),
    (FRACTION, around_fraction),
    (DAY, around_day),
    (MONTH, around_month),
)
