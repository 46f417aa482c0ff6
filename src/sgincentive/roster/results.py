"""The result of a roster as columns: what was read, what each scheme gives, why, what is missing.

With one scheme, or a few, each has its own columns; with many, what they say stands together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from sgincentive.decision import Decision
from sgincentive.engine.stacking import best_combination
from sgincentive.explain.decision import OUTCOMES
from sgincentive.nodes.values import Bounds, Number
from sgincentive.roster.answer import Answer
from sgincentive.roster.answers import Answers
from sgincentive.roster.entries import Roster
from sgincentive.roster.reasons import UNPUBLISHED, Reasons, missing_text
from sgincentive.roster.subjects import SUBJECT_WORDS
from sgincentive.roster.totals import DUE
from sgincentive.schemes.model import Scheme
from sgincentive.words import Lang, Text

MOST_APART = 10
"""Up to so many schemes have columns of their own."""

Kind = Literal["row", "own", "text", "long", "money", "number"]
NO_END = Text("无上限", "no upper end")
SHEETS = {
    "results": Text("结果", "Results"),
    "totals": Text("汇总", "Totals"),
    "rejected": Text("拒收", "Rejected"),
}
HEADS = {
    "row": Text("原行号", "source row"),
    "outcome": Text("结论", "outcome"),
    "min": Text("金额（元）", "amount (CNY)"),
    "max": Text("金额至多（元）", "at most (CNY)"),
    "why": Text("原因", "reason"),
    "missing": Text("缺少的事实", "missing facts"),
    "due": Text("符合的项目", "eligible for"),
    "open": Text("尚不能判定的项目", "not decided"),
    "problem": Text("拒收原因", "why rejected"),
}
LOW = {
    "one_off": HEADS["min"],
    "refund": HEADS["min"],
    "monthly": Text("每月金额（元）", "amount a month (CNY)"),
    "yearly": Text("每年金额（元）", "amount a year (CNY)"),
    "grade_steps": Text("提升级数", "grade steps"),
    "points": Text("加分", "points"),
}
HIGH = {
    "one_off": HEADS["max"],
    "refund": HEADS["max"],
    "monthly": Text("每月至多（元）", "a month at most (CNY)"),
    "yearly": Text("每年至多（元）", "a year at most (CNY)"),
    "grade_steps": Text("至多提升级数", "grade steps at most"),
    "points": Text("至多加分", "points at most"),
}
ONE_OFF = Text("一次性", "one-off")
SUM = Text("{}合计（元）", "{}, in all (CNY)")
SUM_MOST = Text("{}合计至多（元）", "{}, at most (CNY)")
SEE = Text("{}，见第 {} 行", "{}, see row {}")
NOT_CONCERNED = Text("与本地无关", "does not concern the place")


@dataclass(slots=True)
class OutColumn:
    """One column to be written: amounts of ``money`` are fen, or words where there is none."""

    heading: str
    kind: Kind
    cells: Sequence[Any]


def result_columns(answers: Answers, lang: Lang) -> list[OutColumn]:
    """The sheet of results, a row for each usable row of the roster."""
    roster = answers.roster
    columns = [OutColumn(HEADS["row"].get(lang), "row", roster.numbers)]
    columns += own_columns(roster.table.headings, roster.rows)
    if len(answers.schemes) > MOST_APART:
        columns += _together(answers, lang)
    else:
        if len(answers.schemes) > 1:
            columns += _sums(answers, lang)
        for scheme in answers.schemes:
            columns += _apart(answers, scheme, lang)
    return _named_apart(columns)


def rejected_columns(roster: Roster, lang: Lang) -> list[OutColumn]:
    """The sheet of rejected rows: row number, reasons, and the cells as they were."""
    rows = roster.rejected
    said = ["\n".join(p.render(lang) for p in each.problems) for each in rows]
    columns = [
        OutColumn(HEADS["row"].get(lang), "row", [each.number for each in rows]),
        OutColumn(HEADS["problem"].get(lang), "long", said),
    ]
    columns += own_columns(roster.table.headings, [each.cells for each in rows])
    return _named_apart(columns)


def own_columns(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> list[OutColumn]:
    """The cells as they were read."""
    return [
        OutColumn(heading, "own", [row[i] if i < len(row) else None for row in rows])
        for i, heading in enumerate(headings)
        if heading
    ]


def _named_apart(columns: list[OutColumn]) -> list[OutColumn]:
    """No two columns of one name: a result goes by another name where the roster has its own."""
    seen: set[str] = set()
    for column in columns:
        name, n = column.heading, 2
        while column.heading in seen:
            column.heading, n = f"{name} ({n})", n + 1
        seen.add(column.heading)
    return columns


# ---------------------------------------------------------------------- one scheme


def _apart(answers: Answers, scheme: Scheme, lang: Lang) -> list[OutColumn]:
    """The columns of one scheme; they bear its title where there are several."""
    roster = answers.roster
    lead = "" if len(answers.schemes) == 1 else f"{scheme.title.get(lang)} "
    reasons = Reasons(scheme)
    outcomes: list[str] = []
    why: list[str] = []
    missing: list[str | None] = []
    other = NOT_CONCERNED.get(lang)
    words = {outcome: text.get(lang) for outcome, text in OUTCOMES.items()}
    for at, answer in enumerate(answers.rows[scheme.id]):
        if answer is None:
            outcomes.append("" if roster.leads[at] != at else other)
            why.append(same_person(roster, at, lang))
            missing.append(None)
        else:
            outcomes.append(words[answer.outcome])
            why.append(reasons.of(answer).get(lang))
            missing.append(
                missing_text(roster.subject, answer.missing).get(lang) if answer.missing else None
            )
    columns = [OutColumn(lead + HEADS["outcome"].get(lang), "text", outcomes)]
    if scheme.kind not in ("entitlement", "verdict"):
        columns += _amounts(answers, scheme, lead, lang)
    columns += [
        OutColumn(lead + HEADS["why"].get(lang), "long", why),
        OutColumn(lead + HEADS["missing"].get(lang), "text", missing),
    ]
    return columns


def same_person(roster: Roster, at: int, lang: Lang) -> str:
    """Where the answer of a row stands that is not the first of its person."""
    lead = roster.leads[at]
    same = SUBJECT_WORDS[roster.subject].same
    return "" if lead == at else SEE.get(lang).format(same.get(lang), roster.numbers[lead])


def _amounts(answers: Answers, scheme: Scheme, lead: str, lang: Lang) -> list[OutColumn]:
    kind: Kind = "money" if scheme.money else "number"
    low, high = LOW[scheme.kind].get(lang), HIGH[scheme.kind].get(lang)
    if answers.period is not None and scheme.kind in ("monthly", "yearly"):
        low, high = (f"{answers.period} {HEADS[name].get(lang)}" for name in ("min", "max"))
    return [
        OutColumn(lead + low, kind, [low_of(a, lang) for a in answers.rows[scheme.id]]),
        OutColumn(lead + high, kind, [high_of(a, lang) for a in answers.rows[scheme.id]]),
    ]


def low_of(answer: Answer | None, lang: Lang) -> Number | str | None:
    """The least amount; in words where none was published."""
    if answer is None or (answer.low is None and answer.published):
        return None
    if answer.published or answer.low:
        return answer.low
    return UNPUBLISHED.get(lang) if answer.high is None else 0


def high_of(answer: Answer | None, lang: Lang) -> Number | str | None:
    """The greatest amount; in words where none was published or there is no upper end."""
    if answer is None or (answer.low is None and answer.published):
        return None
    if answer.high is not None:
        return answer.high
    return (NO_END if answer.published else UNPUBLISHED).get(lang)


# -------------------------------------------------------------------- several schemes


@dataclass(frozen=True, slots=True)
class _Light:
    """As much of a decision as combining needs."""

    scheme: Scheme
    outcome: str
    bounds: Bounds
    schedule: None = None
    of_draft: bool = False


def _sums(answers: Answers, lang: Lang) -> list[OutColumn]:
    """What the eligible benefits give together, those that exclude each other aside."""
    lows: list[Number | None] = []
    highs: list[Number | str | None] = []
    known: dict[tuple[object, ...], tuple[Number, Number | None]] = {}
    schemes = [scheme for scheme in answers.schemes if scheme.money]
    if not schemes:
        return []
    leads = answers.roster.leads
    for at, found in enumerate(zip(*(answers.rows[s.id] for s in schemes), strict=True)):
        if leads[at] != at:
            lows.append(None)
            highs.append(None)
            continue
        live = tuple(
            (i, a.low, a.high, a.published)
            for i, a in enumerate(found)
            if a is not None and a.outcome == "eligible"
        )
        if live not in known:
            known[live] = _together_of(schemes, live, answers.period is not None)
        low, high = known[live]
        lows.append(low)
        highs.append(NO_END.get(lang) if high is None else high)
    period = answers.period or ONE_OFF.get(lang)
    return [
        OutColumn(SUM.get(lang).format(period), "money", lows),
        OutColumn(SUM_MOST.get(lang).format(period), "money", highs),
    ]


def _together_of(
    schemes: Sequence[Scheme], live: tuple[tuple[Any, ...], ...], period: bool
) -> tuple[Number, Number | None]:
    decisions = [
        _Light(schemes[i], "eligible", Bounds(low or 0, high, published))
        for i, low, high, published in live
    ]
    best = best_combination(cast(Sequence[Decision], decisions), period)
    return best.low, best.high


def _together(answers: Answers, lang: Lang) -> list[OutColumn]:
    """What many schemes say, in one column for each question."""
    roster = answers.roster
    reasons = {scheme.id: Reasons(scheme) for scheme in answers.schemes}
    titles = {scheme.id: scheme.title.get(lang) for scheme in answers.schemes}
    due: list[str] = []
    open_: list[str] = []
    why: list[str] = []
    missing: list[str] = []
    ids = [scheme.id for scheme in answers.schemes]
    for at, found in enumerate(zip(*(answers.rows[id] for id in ids), strict=True)):
        mine = [(id, a) for id, a in zip(ids, found, strict=True) if a is not None]
        due.append("\n".join(titles[id] for id, a in mine if a.outcome in DUE))
        undecided = [(id, a) for id, a in mine if a.outcome == "undetermined"]
        open_.append("\n".join(titles[id] for id, _ in undecided))
        said = [f"{titles[id]}：{reasons[id].of(a).get(lang)}" for id, a in mine]
        why.append("\n".join(said) or same_person(roster, at, lang))
        facts = tuple(dict.fromkeys(f for _, a in undecided for f in a.missing))
        missing.append(missing_text(roster.subject, facts).get(lang))
    return [
        OutColumn(HEADS["due"].get(lang), "long", due),
        *_sums(answers, lang),
        OutColumn(HEADS["open"].get(lang), "long", open_),
        OutColumn(HEADS["why"].get(lang), "long", why),
        OutColumn(HEADS["missing"].get(lang), "text", missing),
    ]
