"""What can be had together: the best combination of benefits that may exclude each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sgincentive.decision import Decision
from sgincentive.nodes.values import Number
from sgincentive.words import Text

LIMIT = 20


@dataclass(frozen=True, slots=True)
class Combination:
    """The schemes taken together (amounts in fen, ``high`` None: no upper end) and the rest."""

    schemes: tuple[str, ...]
    low: Number
    high: Number | None
    apart: tuple[tuple[str, Text], ...]
    why: tuple[Text, ...]


def total_of(decision: Decision) -> tuple[Number, Number | None]:
    """What a decision gives over the period asked about (the schedule), else once (fen)."""
    if decision.schedule is not None:
        low: Number = 0
        high: Number | None = 0
        for row in decision.schedule:
            low += row.due.low or 0
            high = None if high is None or row.due.high is None else high + row.due.high
        return low, high
    return decision.bounds.low or 0, decision.bounds.high


def gives(decision: Decision) -> bool:
    """Whether something is due: on the day asked about, or in a month of the period."""
    if decision.schedule is None:
        return decision.outcome == "eligible"
    return any(row.outcome == "eligible" for row in decision.schedule) or (
        decision.outcome == "eligible" and total_of(decision) != (0, 0)
    )


def conflicts(decisions: Sequence[Decision]) -> Mapping[str, set[str]]:
    """Which of the schemes exclude each other; a scheme that implements another is its payment."""
    names = {d.scheme.id: d.scheme.id for d in decisions}
    names |= {alias: d.scheme.id for d in decisions for alias in d.scheme.aliases}
    pairs: dict[str, set[str]] = {d.scheme.id: set() for d in decisions}
    for decision in decisions:
        scheme = decision.scheme
        others = set(scheme.excludes)
        others |= {r.scheme for r in scheme.relations if r.kind == "implements"}
        for other in {names[name] for name in others if name in names} - {scheme.id}:
            pairs[scheme.id].add(other)
            pairs[other].add(scheme.id)
    return pairs


def best_combination(decisions: Sequence[Decision], period: bool) -> Combination:
    """The eligible CNY benefits that give the most together.

    Maximises the sum of least amounts, then of greatest amounts, then takes fewer schemes, then
    the first ids. Without a period only one-off benefits are added up; with one, a benefit by the
    month counts by its schedule, whatever the day asked about.
    """
    kinds = ("one_off", "refund", "monthly", "yearly") if period else ("one_off", "refund")
    apart: list[tuple[str, Text]] = []
    live: list[Decision] = []
    for decision in decisions:
        if not decision.scheme.money:
            continue
        if not gives(decision):
            if decision.outcome == "eligible":
                text = Text("所问期间内无应发", "nothing is due in the period")
                apart.append((decision.scheme.id, text))
        elif decision.of_draft:
            text = Text("征求意见稿，不构成应发待遇", "a draft, which gives no claim")
            apart.append((decision.scheme.id, text))
        elif decision.scheme.guide_only:
            text = Text("指导标准，不是应发待遇", "a guide figure, not a claim")
            apart.append((decision.scheme.id, text))
        elif decision.scheme.kind not in kinds:
            text = Text(
                "按月或按年发放，未指定期间不相加", "paid by the month or year: no period given"
            )
            apart.append((decision.scheme.id, text))
        else:
            live.append(decision)
    by_id = {d.scheme.id: d for d in live}
    pairs = conflicts(live)
    taken: list[str] = []
    why: list[Text] = []
    for group in components(pairs):
        if len(group) > LIMIT:
            text = Text(
                f"互斥的项目超过 {LIMIT} 个，未求最优组合",
                f"more than {LIMIT} schemes exclude each other: no best combination was sought",
            )
            why.append(text)
            apart += [(id, text) for id in group]
            continue
        chosen = best_of(group, pairs, by_id)
        taken += chosen
        for id in group:
            if id not in chosen:
                with_ = sorted(pairs[id] & set(chosen))
                names = "、".join(with_), ", ".join(with_)
                text = Text(
                    f"与 {names[0]} 不能同时享受", f"cannot be had together with {names[1]}"
                )
                apart.append((id, text))
    low: Number = 0
    high: Number | None = 0
    open_pairs: set[frozenset[str]] = set()
    for id in taken:
        least, most = total_of(by_id[id])
        low += least
        high = None if high is None or most is None else high + most
        for other in by_id[id].scheme.stacking_not_stated:
            if other in taken and frozenset((id, other)) not in open_pairs:
                open_pairs.add(frozenset((id, other)))
                why.append(
                    Text(
                        f"{id} 与 {other} 能否同时享受，来源未说明",
                        f"no source says whether {id} and {other} can be had together",
                    )
                )
                low -= min(least, total_of(by_id[other])[0])
    return Combination(tuple(sorted(taken)), max(low, 0), high, tuple(sorted(apart)), tuple(why))


def components(pairs: Mapping[str, set[str]]) -> Iterable[list[str]]:
    """Groups of schemes linked by exclusion, each sorted."""
    left = set(pairs)
    while left:
        group, edge = set(), [min(left)]
        while edge:
            id = edge.pop()
            if id not in group:
                group.add(id)
                edge += pairs[id]
        left -= group
        yield sorted(group)


def best_of(
    group: Sequence[str], pairs: Mapping[str, set[str]], by_id: Mapping[str, Decision]
) -> list[str]:
    """The best set of schemes of a group that do not exclude each other."""
    totals = {id: total_of(by_id[id]) for id in group}
    best: tuple[tuple[object, ...], list[str]] | None = None
    open_sets: list[tuple[list[str], list[str]]] = [([], list(group))]
    while open_sets:
        chosen, left = open_sets.pop()
        linked = [id for id in left if pairs[id] & set(left)]
        if linked:
            # The one that excludes most is taken or left out; the rest decides itself the sooner.
            hub = max(linked, key=lambda id: len(pairs[id] & set(left)))
            rest = [id for id in left if id != hub]
            open_sets.append((chosen, rest))
            open_sets.append(([*chosen, hub], [id for id in rest if id not in pairs[hub]]))
            continue
        chosen = sorted([*chosen, *left])
        highs = [totals[id][1] for id in chosen]
        score = (
            -sum(totals[id][0] for id in chosen),
            None not in highs,
            -sum(h for h in highs if h is not None),
            len(chosen),
            tuple(chosen),
        )
        if best is None or score < best[0]:
            best = (score, chosen)
    assert best is not None
    return best[1]
