"""The page for authors: every block builds, and every word that a rule file may use is shown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

from sgincentive.engine.check import Question, check
from sgincentive.facts import facts, lists, subject_from, view
from sgincentive.nodes import conditions as c
from sgincentive.nodes import quantities as q
from sgincentive.nodes.building import UNIT_NAMES, Broken, Builder
from sgincentive.nodes.scope import Scope
from sgincentive.schemes import model as m
from sgincentive.schemes import reading
from sgincentive.schemes.load import load_scheme
from sgincentive.source import Mapping, Problems, Scalar, Sequence, Tree, parse, split_lines

PAGE = Path(__file__).parents[2] / "docs" / "rule-files.md"
TEXT = PAGE.read_text("utf-8")
FENCE = re.compile(r"^```yaml (\w+)([ \w]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SUBJECTS = ("worker", "project", "station", "organisation")


class Block(NamedTuple):
    """A fenced block: what it shows, the words after that, and where it stands."""

    kind: str
    words: tuple[str, ...]
    text: str
    line: int

    @property
    def subject(self) -> str:
        return next((w for w in self.words if w in SUBJECTS), "worker")

    @property
    def unit(self) -> str:
        return next(w for w in self.words if w in UNIT_NAMES)

    def trees(self) -> tuple[list[Tree], Problems]:
        """The nodes of the block: one, or each item of a list."""
        text = "block:\n" + textwrap.indent(self.text, "  ")
        root = parse(text, f"{PAGE.name}, block at {self.line}")
        assert isinstance(root, Mapping)
        tree = root.entries["block"].value
        problems = Problems(PAGE.name, split_lines(text))
        return (tree.items if isinstance(tree, Sequence) else [tree]), problems


BLOCKS = [
    Block(found[1], tuple(found[2].split()), found[3], TEXT[: found.start()].count("\n") + 1)
    for found in FENCE.finditer(TEXT)
]


def blocks(*kinds: str) -> list[Any]:
    return [pytest.param(b, id=f"line {b.line}") for b in BLOCKS if b.kind in kinds]


def shown(problems: Problems) -> list[str]:
    return [each.render("en") for each in problems.found]


def scope(subject: str) -> Scope:
    """What a block may name: for a worker also the definitions and amounts of the page."""
    bare = Scope(facts(subject), lists(subject))
    if subject != "worker":
        return bare
    for block in BLOCKS:
        if block.kind == "keys":
            (tree,), problems = block.trees()
            assert isinstance(tree, Mapping)
            reader = reading.SchemeReader(problems, "x/y")
            if "define" in tree.entries:
                bare = reader.definitions(tree, bare)
            if "let" in tree.entries:
                bare = reader.let(tree, bare)
            assert shown(problems) == []
    return bare


WORKER = scope("worker")


def scope_of(block: Block) -> Scope:
    return WORKER if block.subject == "worker" else scope(block.subject)


# ------------------------------------------------------------------ the blocks build


def test_kinds_of_blocks() -> None:
    assert {b.kind for b in BLOCKS} == {"file", "keys", "condition", "day", "amount"}
    for block in BLOCKS:
        allowed = {*SUBJECTS, *(UNIT_NAMES if block.kind == "amount" else ())}
        assert set(block.words) <= allowed, f"line {block.line}"
    assert TEXT.count("```yaml") == len(BLOCKS)


@pytest.mark.parametrize("block", blocks("condition"))
def test_condition(block: Block) -> None:
    trees, problems = block.trees()
    for tree in trees:
        with suppress(Broken):
            Builder(problems).condition(tree, scope_of(block))
    assert shown(problems) == []


@pytest.mark.parametrize("block", blocks("day"))
def test_day(block: Block) -> None:
    trees, problems = block.trees()
    for tree in trees:
        with suppress(Broken):
            Builder(problems).day(tree, scope_of(block))
    assert shown(problems) == []


@pytest.mark.parametrize("block", blocks("amount"))
def test_amount(block: Block) -> None:
    trees, problems = block.trees()
    for tree in trees:
        with suppress(Broken):
            _, unit = Builder(problems).quantity(tree, block.unit, scope_of(block))
            assert unit == block.unit
    assert shown(problems) == []


def scope_was_built(_tree: Tree) -> None:
    assert WORKER.definitions
    assert WORKER.quantities


@pytest.mark.parametrize("block", blocks("keys"))
def test_keys(block: Block) -> None:
    (tree,), problems = block.trees()
    assert isinstance(tree, Mapping)
    reader = reading.SchemeReader(problems, "x/y")
    readers: dict[str, Callable[[Tree], Any]] = {
        "benefit": reader.benefit,
        "stacking": reader.stacking,
        "relations": lambda t: reader.relations(t, WORKER),
        "sources": reader.sources,
        "status": reader.statuses,
        "paid_before": reader.ledger_rule,
        "rhythm": reader.rhythm,
        "figures": lambda t: reader.figures(t, "one_off"),
        "application": lambda t: reader.window(t, WORKER),
        "requires": lambda t: reader.requirements(t, WORKER),
        "examples": reader.examples,
        "untested": reader.untested,
        # Built with the scope of the page, for the blocks that use them.
        "define": scope_was_built,
        "let": scope_was_built,
    }
    for key, entry in tree.entries.items():
        with suppress(Broken):
            readers[key](entry.value)
    assert shown(problems) == []


@pytest.mark.parametrize("block", blocks("file"))
def test_file_and_its_examples(block: Block) -> None:
    scheme, problems = load_scheme(block.text, PAGE.name, "example/certificate-reward")
    assert shown(problems) == []
    assert scheme is not None
    assert len(scheme.examples) == 2
    for example in scheme.examples:
        known = view(subject_from(example.given))
        assert example.on is not None
        decision = check(scheme, known, Question(example.on, example.on))
        assert decision.outcome == example.expect["outcome"]
        for name in ("amount", "entitled"):
            expected = example.expect.get(name)
            amount = getattr(decision, name)
            if expected == "not_published":
                assert (amount.min, amount.max, amount.published) == (None, None, False)
            elif expected is not None:
                assert (amount.min, amount.max) == (Decimal(expected), Decimal(expected))


# ------------------------------------------------------------------ the page is complete


class Listening(Problems):
    """Problems that remember what would have been valid in place of an unknown key."""

    def __init__(self) -> None:
        super().__init__("x", None)
        self.valid: set[str] = set()

    def unknown_key(self, key: Scalar, valid: Iterable[str], what: Any) -> None:
        self.valid |= set(valid)


def keywords(build: str) -> set[str]:
    """The words with which a condition, a day or an amount may begin, asked of the builder."""
    tree = parse("no_such_word: 1\n", "x")
    problems = Listening()
    builder = Builder(problems)
    with suppress(Broken):
        if build == "condition":
            builder.condition(tree, WORKER)
        elif build == "day":
            builder.day(tree, WORKER)
        else:
            builder.quantity(tree, None, WORKER)
    assert problems.valid
    return problems.valid


def trees_of(kind: str) -> Iterator[Tree]:
    for block in BLOCKS:
        if block.kind == kind:
            yield from block.trees()[0]


def heads(kind: str) -> set[str]:
    """The keys at the top of every node shown for a kind."""
    return {key for tree in trees_of(kind) if isinstance(tree, Mapping) for key in tree.entries}


def keys_in(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Mapping):
        for key, entry in tree.entries.items():
            yield key
            yield from keys_in(entry.value)
    elif isinstance(tree, Sequence):
        for item in tree.items:
            yield from keys_in(item)


def words_in(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Mapping):
        for entry in tree.entries.values():
            yield from words_in(entry.value)
    elif isinstance(tree, Sequence):
        for item in tree.items:
            yield from words_in(item)
    elif isinstance(tree, Scalar):
        yield tree.text


def test_every_condition_is_shown() -> None:
    assert keywords("condition") | {"unless", "when"} <= heads("condition")


def test_every_comparison_is_shown() -> None:
    orders = {*get_args(c.Order), *get_args(c.DayOrder)}
    words = {"is", "is_not", "one_of", "not_one_of", "within", "not_within", "between", "open"}
    assert orders | words <= heads("condition")
    every = {w for t in trees_of("condition") for w in words_in(t)}
    assert set(get_args(c.IfEmpty)) <= every


def test_every_day_is_shown() -> None:
    assert keywords("day") | {"not_after"} <= heads("day")
    plain = {tree.text for tree in trees_of("day") if isinstance(tree, Scalar)}
    assert {"on", "applied", "not_stated", "2024", "2024-12", "2024-12-30"} <= plain


def test_every_amount_is_shown() -> None:
    # A part can only be named by another part of the same amount.
    assert keywords("amount") - {"part"} <= heads("amount")
    assert "part" in {key for tree in trees_of("amount") for key in keys_in(tree)}


def test_every_rounding_and_way_to_take_is_named() -> None:
    for word in (*get_args(q.Rounding), *get_args(q.Take)):
        assert f"`{word}`" in TEXT


def test_every_unit_is_shown() -> None:
    assert {b.unit for b in BLOCKS if b.kind == "amount"} == set(UNIT_NAMES)


@pytest.mark.parametrize(
    "keys", [reading.SCHEME_KEYS, reading.VERSION_KEYS, reading.REQUIREMENT_KEYS]
)
def test_every_key_has_a_row(keys: tuple[str, ...]) -> None:
    rows = {w for line in re.findall(r"^\|([^|]*)\|", TEXT, re.M) for w in line.split("`")[1::2]}
    assert set(keys) <= rows


@pytest.mark.parametrize(
    "words",
    [m.BenefitKind, m.Per, m.SelectedBy, m.Strength, m.SourceKind, m.LedgerRule, m.RelationKind,
     m.MonthCounts, m.Starts, m.Bars, m.BarringStatus, m.TimesPer, m.FigureKind],
)  # fmt: skip
def test_every_word_of_a_key_is_named(words: Any) -> None:
    for word in get_args(words):
        assert f"`{word}`" in TEXT or f"`{word}:" in TEXT


def test_expected_answers_are_named() -> None:
    for word in reading.EXPECT_KEYS:
        assert f"`{word}`" in TEXT


def test_no_definition_reaches_other_subjects() -> None:
    assert replace(WORKER, definitions={}, quantities={}) == Scope(facts("worker"), lists("worker"))
    assert set(WORKER.definitions) == {"in-ningbo", "in-ningbo-for-a-year"}
    assert set(WORKER.quantities) == {"base", "years"}


def test_the_error_shown_is_the_error_given() -> None:
    shown_block = re.search(r"^```text\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert shown_block is not None
    file = next(b for b in BLOCKS if b.kind == "file").text
    broken = file.replace("fact: certificate.level", "fact: certificate.levl")
    _, problems = load_scheme(broken, "rules/zhejiang/example.yaml", "zhejiang/example")
    assert "\n".join(shown(problems)) == shown_block[1].rstrip()
