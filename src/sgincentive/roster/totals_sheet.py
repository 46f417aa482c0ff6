"""The sums as lines: for the sheet of totals and for the summary on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sgincentive.explain.decision import BENEFIT_LABELS
from sgincentive.nodes.values import Number
from sgincentive.roster.answers import Answers
from sgincentive.roster.results import NO_END
from sgincentive.roster.subjects import SUBJECT_WORDS
from sgincentive.roster.totals import Sum, Totals
from sgincentive.schemes.model import MONEY_KINDS
from sgincentive.words import Lang, Text

COUNTS = {
    "rows_in": Text("读入行数", "rows in"),
    "rows_out": Text("结果行数", "rows out"),
    "rejected": Text("拒收行数", "rows rejected"),
    "people": Text("{}", "{}"),
    "eligible": Text("至少符合一项的{}", "{} eligible for at least one scheme"),
    "undecided": Text("尚不能判定的{}", "{} undecided"),
}
BY_ENGINE = Text("逐行计算的答案", "answers worked out row by row")
HEADS = {
    "by_scheme": Text("按政策项目", "by scheme"),
    "by_level": Text("按证书级别", "by level"),
    "by_payer": Text("按出资方", "by payer"),
}
COLUMNS = (
    Text("名称", "name"),
    Text("待遇", "benefit"),
    Text("判定人次", "asked"),
    Text("符合", "eligible"),
    Text("未定", "undecided"),
    Text("应发合计（元）", "due, in all (CNY)"),
    Text("应发至多（元）", "due, at most (CNY)"),
    Text("未定者至多（元）", "the undecided, at most (CNY)"),
    Text("标准未公开", "amount not published"),
)
PER_MONTH = Text("每月", "a month")
PER_YEAR = Text("每年", "a year")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section: its name, its kind of benefit in words, counts, and amounts in fen
    (None where there are none; words where there is no upper end)."""

    name: str
    kind: str
    sum: Sum
    low: Number | None
    high: Number | str | None
    more: Number | str | None
    money: bool


def counts(totals: Totals, subject: str, lang: Lang) -> list[tuple[str, int]]:
    """The counts, each with its name."""
    many = SUBJECT_WORDS[subject].many.get(lang)
    return [
        (text.get(lang).format(many), int(getattr(totals, name))) for name, text in COUNTS.items()
    ]


def by_engine(answers: Answers, lang: Lang) -> tuple[str, int]:
    """How many answers columns could not give, with its name."""
    return BY_ENGINE.get(lang), answers.by_rows


def sections(totals: Totals, answers: Answers, lang: Lang) -> list[tuple[str, list[Line]]]:
    """The sums by scheme, by level and by payer; those nobody was asked about are left out."""
    schemes = {scheme.id: scheme for scheme in answers.schemes}
    by_scheme = [
        _line(schemes[id].title.get(lang), schemes[id].kind, each, answers.period, lang)
        for id, each in totals.by_scheme.items()
    ]
    found = [(HEADS["by_scheme"].get(lang), by_scheme)]
    for name, groups in (("by_level", totals.by_level), ("by_payer", totals.by_payer)):
        lines = [
            _line(text.get(lang), kind, each, answers.period, lang)
            for (text, kind), each in groups.items()
        ]
        found.append((HEADS[name].get(lang), lines))
    return [(head, [line for line in lines if line.sum.people]) for head, lines in found]


def _line(name: str, kind: str, found: Sum, period: str | None, lang: Lang) -> Line:
    said = BENEFIT_LABELS[kind].get(lang)
    if kind == "monthly" and period is None:
        said += f"（{PER_MONTH.zh}）" if lang == "zh" else f" ({PER_MONTH.en})"
    elif kind == "yearly" and period is None:
        said += f"（{PER_YEAR.zh}）" if lang == "zh" else f" ({PER_YEAR.en})"
    elif kind in ("monthly", "yearly"):
        said += f"（{period}）" if lang == "zh" else f" ({period})"
    if kind in ("entitlement", "verdict"):
        return Line(name, said, found, None, None, None, False)
    high: Number | str = NO_END.get(lang) if found.high is None else found.high
    more: Number | str = NO_END.get(lang) if found.more is None else found.more
    return Line(name, said, found, found.low, high, more, kind in MONEY_KINDS)


def with_lines(found: Iterable[tuple[str, list[Line]]]) -> list[tuple[str, list[Line]]]:
    """The sections that have any line."""
    return [(head, lines) for head, lines in found if lines]
