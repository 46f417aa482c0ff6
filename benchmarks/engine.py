"""The engine on built profiles and from dicts, next to hand-written Python and zen-engine."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import (
    profiles,
    reference,
    reference_unknown,
    uncertain,
    zen_engine,
)
from benchmarks.constants import MOVED, S4_SAME_DAY, SCHEMES, SUMS
from benchmarks.plain_models import PlainProject, PlainWorker
from benchmarks.rows import Row
from benchmarks.timing import paired
from sgincentive import Decision, Project, Rules, Worker, load_rules
from sgincentive.facts import view

RULES = Path(__file__).with_name("rules")
CHECKED = 20_000
TIMED = 1_000
POSITIVE = ("eligible", "compliant")
Pair = tuple[Worker, Project]
Facts = tuple[dict[str, Any], dict[str, Any]]


def decide(rules: Rules, worker: Worker, project: Project) -> list[Decision]:
    """The decisions of all eight, reasons available."""
    return rules.check(worker, everywhere=True) + rules.check(project, everywhere=True)


def outcomes(rules: Rules, worker: Worker, project: Project) -> list[tuple[Any, ...]]:
    """Scheme, outcome and amount of all eight."""
    return rules.outcomes(worker, everywhere=True) + rules.outcomes(project, everywhere=True)


def build(make_worker: Callable[[int], Any], make_project: Callable[[int], Any], n: int
          ) -> list[Pair]:  # fmt: skip
    """Validated profiles."""
    return [
        (Worker.model_validate(make_worker(i)), Project.model_validate(make_project(i)))
        for i in range(n)
    ]


def facts_of(pairs: Sequence[Pair]) -> list[Facts]:
    """What the references read of them."""
    return [(view(w), view(p)) for w, p in pairs]


def check_known(rules: Rules, pairs: Sequence[Pair]) -> list[str]:
    """Compare engine and reference row by row; what was found, as sentences.

    Raises AssertionError where they differ.
    """
    totals: Counter[str] = Counter()
    same_day = 0
    for worker, project in pairs:
        facts = view(worker), view(project)
        expected = reference.evaluate(*facts)
        for id, want, (_, outcome, low, high, *_) in zip(
            SCHEMES, expected, outcomes(rules, worker, project), strict=True
        ):
            ok = outcome in POSITIVE
            got = (ok, int(ok) if id == "s8" else low)
            if got != want or low != high:
                raise AssertionError(f"{id}: engine {got}, reference {want}")
            totals[id] += want[1]
        same_day += reference.s4_same_day(facts[0])
    if len(pairs) == CHECKED:
        assert {**totals, "s4": 0} == {**SUMS, "s4": 0}, totals
        assert same_day == S4_SAME_DAY, same_day
    sums = ", ".join(f"{id} {totals[id]:,}" for id in SCHEMES)
    return [
        f"{len(pairs):,} profiles with every fact known: outcomes and amounts of engine and "
        f"reference are equal in every row. Sums in fen (s8: projects that comply): {sums}.",
        "Every sum is that of the earlier measurements of other engines on the same draws.",
        f"Those counted a month complete only on the same day number. In these rows that makes no "
        f"difference (s4 {same_day:,}); of the first 1,000,000 it does in two, {moved(rules)}.",
    ]


def moved(rules: Rules) -> str:
    """The rows where the older way to count months pays another amount, checked as the others."""
    found = []
    for row in MOVED:
        worker = Worker.model_validate(profiles.worker(row))
        old, (_, new) = reference.s4_same_day(view(worker)), reference.s4(view(worker))
        due = rules["s4"].check(worker).bounds
        assert due.low == due.high == new != old, (row, due, new, old)
        found.append(f"{row:,} ({new:,} instead of {old:,} fen)")
    return " and ".join(found) + "; engine and reference agree there too"


def check_unknown(rules: Rules, pairs: Sequence[Pair]) -> list[str]:
    """The same for profiles with unknown facts; differences are counted, not hidden."""
    answers, missing, undecided = Counter[str](), Counter[str](), 0
    for worker, project in pairs:
        expected = reference_unknown.evaluate(view(worker), view(project))
        for id, want, d in zip(SCHEMES, expected, decide(rules, worker, project), strict=True):
            undecided += d.outcome == "undetermined"
            if (d.outcome, d.bounds.low, d.bounds.high) != want[:3]:
                answers[id] += 1
            listed = frozenset((m.fact, m.index) for m in d.missing)
            if listed != want[3]:
                missing[id] += 1
    cells = len(pairs) * len(SCHEMES)

    def said(found: Counter[str]) -> str:
        return ", ".join(f"{id} {n}" for id, n in sorted(found.items())) or "none"

    return [
        f"{len(pairs):,} profiles with unknown facts: {cells:,} answers, of which {undecided:,} "
        f"undetermined. Answers whose outcome or bounds differ from the reference: "
        f"{said(answers)}. Answers whose missing facts differ: {said(missing)}.",
        "The reference for unknown facts follows the engine's way to combine certificates and "
        "earlier payments; it checks the arithmetic and the reasons, and is no independent reading "
        "of the design.",
    ]


def measure() -> tuple[list[Row], list[str]]:
    """The rows about the engine, and the notes on equal sums."""
    rules = load_rules(RULES)
    known = build(profiles.worker, profiles.project, CHECKED)
    notes = check_known(rules, known)
    contract = build(uncertain.worker, uncertain.project, CHECKED)
    notes += check_unknown(rules, contract)
    known, contract = known[:TIMED], contract[:TIMED]
    gc.collect()
    gc.freeze()
    rows = on_built(rules, known, contract)
    rows += from_dicts(rules)
    return rows, notes


def over(run: Callable[[Any, Any], object], pairs: Sequence[tuple[Any, Any]]
         ) -> Callable[[], None]:  # fmt: skip
    """A loop over pairs."""

    def loop() -> None:
        for a, b in pairs:
            run(a, b)

    return loop


def on_built(rules: Rules, known: list[Pair], contract: list[Pair]) -> list[Row]:
    """The rows for profiles already built."""
    quick = over(lambda w, p: outcomes(rules, w, p), known)
    whole = over(lambda w, p: decide(rules, w, p), known)
    by_hand = over(reference.evaluate, facts_of(known))
    rows = [
        Row("outcomes and amounts, every fact known", "hand-written Python",
            paired(quick, by_hand, TIMED), 1.5),
        Row("full decisions, every fact known", "hand-written Python",
            paired(whole, by_hand, TIMED), 3),
    ]  # fmt: skip
    zen = zen_engine.engines()
    if zen is not None:
        contexts = [zen_engine.context(*facts) for facts in facts_of(known)]
        plain, traced = zen
        expected = Counter[str]()
        for facts in facts_of(known):
            answers = reference.evaluate(*facts)
            expected.update({id: a for id, (_, a) in zip(SCHEMES, answers, strict=True)})
            expected["s4"] += reference.s4_same_day(facts[0]) - answers[3][1]
        assert zen_engine.sums(plain, contexts) == dict(expected)
        rows += [
            Row("outcomes and amounts, every fact known", "zen-engine, single call",
                paired(quick, one_by_one(plain, contexts), TIMED), 6, "at least faster"),
            Row("full decisions, every fact known", "zen-engine with trace",
                paired(whole, one_by_one(traced, contexts), TIMED), 5, "at least faster"),
        ]  # fmt: skip
    quick = over(lambda w, p: outcomes(rules, w, p), contract)
    whole = over(lambda w, p: decide(rules, w, p), contract)
    by_hand = over(reference_unknown.evaluate, facts_of(contract))
    return [
        *rows,
        Row("outcomes and amounts, several entries, 10% unknown, ledger",
            "hand-written: outcome, bounds, missing", paired(quick, by_hand, TIMED), 2),
        Row("full decisions, several entries, 10% unknown, ledger",
            "hand-written: outcome, bounds, missing", paired(whole, by_hand, TIMED), 3),
    ]  # fmt: skip


def one_by_one(evaluate: zen_engine.Evaluate, contexts: list[dict[str, Any]]
               ) -> Callable[[], None]:  # fmt: skip
    """A loop over contexts."""

    def loop() -> None:
        for each in contexts:
            evaluate(each)

    return loop


def from_dicts(rules: Rules) -> list[Row]:
    """The rows from a dict (dates as ISO text) to decisions."""
    found = []
    for name, make_worker, make_project in (
        ("every fact known", profiles.worker, profiles.project),
        ("several entries, 10% unknown, ledger", uncertain.worker, uncertain.project),
    ):
        dicts = [
            (zen_engine.plain(make_worker(i)), zen_engine.plain(make_project(i)))
            for i in range(TIMED)
        ]

        def validate(w: Any, p: Any) -> Pair:
            return Worker.model_validate(w), Project.model_validate(p)

        plain = over(
            lambda w, p: (PlainWorker.model_validate(w), PlainProject.model_validate(p)), dicts
        )
        both = over(lambda w, p: decide(rules, *validate(w, p)), dicts)
        found += [
            Row(f"dict to decisions, {name}", "validation by plain pydantic models",
                paired(both, plain, TIMED), 2),
            Row(f"– of that the validation alone, {name}", "validation by plain pydantic models",
                paired(over(validate, dicts), plain, TIMED)),
        ]  # fmt: skip
    return found
