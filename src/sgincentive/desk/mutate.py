"""Mutation of rule files: which small change of the terms would no example notice?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from sgincentive.desk.drafts import Desk, Draft
from sgincentive.desk.judge import BadExample, Case, ask, differences, prepare
from sgincentive.desk.mutants import Mutant, mutants
from sgincentive.ruleset import Rules
from sgincentive.schemes.model import Scheme, Untested
from sgincentive.schemes.reading import SchemeReader
from sgincentive.source import Mapping, Problems

# A changed file that loads and then has no answer to give is noticed.
ERRORS = (ArithmeticError, AssertionError, LookupError, ValueError)
NOT_TERMS = ("examples", "untested")


@dataclass(frozen=True, slots=True)
class Survivor:
    """A change that no example notices; ``why`` is the entry of ``untested`` that names it."""

    draft: Draft
    mutant: Mutant
    named: Untested | None = None


@dataclass(slots=True)
class Tally:
    """What became of the mutants of some files.

    ``stale`` holds the entries of ``untested`` that name no survivor; ``failing`` how many
    examples of a file do not get the answer they expect even without a change (they kill
    nothing).
    """

    all: int = 0
    killed: int = 0
    survivors: list[Survivor] = field(default_factory=list)
    named: list[Survivor] = field(default_factory=list)
    stale: list[tuple[Draft, Untested]] = field(default_factory=list)
    failing: list[tuple[Draft, int]] = field(default_factory=list)


class Jury:
    """The examples that may notice a change of one scheme, quickest to kill first."""

    def __init__(self, desk: Desk, scheme: Scheme) -> None:
        self.around = desk.around(scheme)
        self.failing = 0
        self.panel: list[tuple[Case, Scheme | None, list[Scheme]]] = []
        for upper in (None, *desk.above(scheme)):
            asked = upper or scheme
            beside = [s for s in desk.around(asked) if s.id != scheme.id]
            rules = desk.rules_for(asked)
            for example in asked.examples:
                try:
                    case = prepare(example, asked.subject)
                except BadExample:
                    self.failing += upper is None
                    continue
                sound = not any(differences(case, asked, ask(case, asked, rules)))
                if sound:
                    self.panel.append((case, upper, beside))
                elif upper is None:
                    self.failing += 1

    def notices(self, mutant: Scheme) -> bool:
        """Whether some example gets another answer from ``mutant`` than it expects."""
        made: dict[str, Rules] = {}
        for place, (case, upper, beside) in enumerate(self.panel):
            asked = upper or mutant
            rules = made.get(asked.id)
            if rules is None:
                every = [mutant, *beside] if upper is None else [upper, mutant, *beside]
                rules = made[asked.id] = Rules(every)
            try:
                found = any(differences(case, asked, ask(case, asked, rules)))
            except ERRORS:
                found = True
            if found:
                # Neighbouring places are often told apart by the same example.
                self.panel.insert(0, self.panel.pop(place))
                return True
        return False


def terms_of(root: Mapping) -> Mapping:
    """The file without its examples, which a change leaves as they are."""
    kept = {k: e for k, e in root.entries.items() if k not in NOT_TERMS}
    return Mapping(kept, root.mark, root.end)


def load(root: Mapping, id: str, path: str) -> Scheme | None:
    """The scheme in a tree, or None where it is no sound rule file."""
    return SchemeReader(Problems(path, None), id).scheme(root, "")


def names(entry: Untested, mutant: Mutant) -> bool:
    """Whether an entry of ``untested`` speaks of a change: at its place or below it."""
    inside = mutant.at == entry.at or mutant.at.startswith(entry.at + ".")
    return inside and entry.change in (None, mutant.change)


def named_by(entries: Sequence[Untested], mutant: Mutant) -> bool:
    """Whether one of several entries of ``untested`` speaks of a change."""
    return any(names(entry, mutant) for entry in entries)


def mutate(
    draft: Draft, desk: Desk, tally: Tally, only: Callable[[Mutant], bool] | None = None
) -> None:
    """Try every mutant of one sound rule file (those alone that ``only`` takes) and count."""
    scheme = draft.scheme
    assert scheme is not None
    jury = Jury(desk, scheme)
    if jury.failing:
        tally.failing.append((draft, jury.failing))
    used: set[Untested] = set()
    for mutant, changed in sound_mutants(draft, only):
        tally.all += 1
        if jury.notices(changed):
            tally.killed += 1
            continue
        entry = next((u for u in scheme.untested if names(u, mutant)), None)
        if entry is None:
            tally.survivors.append(Survivor(draft, mutant))
        else:
            used.update(u for u in scheme.untested if names(u, mutant))
            tally.named.append(Survivor(draft, mutant, entry))
    tally.stale += [(draft, u) for u in scheme.untested if u not in used]


def sound_mutants(
    draft: Draft, only: Callable[[Mutant], bool] | None = None
) -> Iterator[tuple[Mutant, Scheme]]:
    """The mutants of a file that are rule files themselves, with their schemes."""
    terms = terms_of(draft.root)
    for mutant in mutants(terms):
        if only is None or only(mutant):
            scheme = load(mutant.apply(terms), draft.id, draft.path)
            if scheme is not None:
                yield mutant, scheme


def mutate_all(desk: Desk, step: Callable[[Draft], None] | None = None) -> Tally:
    """The tally over every sound file of a desk; ``step`` hears of each file when it is done."""
    tally = Tally()
    for draft in desk.drafts:
        if draft.scheme is not None:
            mutate(draft, desk, tally)
        if step is not None:
            step(draft)
    return tally


def stale(desk: Desk) -> Sequence[tuple[Draft, Untested]]:
    """The entries of ``untested`` that name no survivor; only what they name is tried."""
    tally = Tally()
    for draft in desk.drafts:
        if draft.scheme is not None and draft.scheme.untested:
            entries = draft.scheme.untested
            mutate(draft, desk, tally, partial(named_by, entries))
    return tally.stale
