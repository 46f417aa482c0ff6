"""A schedule in words: runs of months that pay the same for the same reason."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sgincentive.decision import MonthRow
from sgincentive.explain.format import money
from sgincentive.nodes.values import Bounds
from sgincentive.words import Lang, Text


def span_text(amount: Bounds, lang: Lang) -> str:
    """An amount between two ends (fen) in words."""
    if not amount.published and not amount.low and amount.high is None:
        return Text("标准未公开", "amount not published").get(lang)
    low, high = amount.low or 0, amount.high
    if high is None:
        return Text(f"至少 {money(low, 'zh')}", f"at least {money(low, 'en')}").get(lang)
    return money(low, lang) if low == high else f"{money(low, lang)}–{money(high, lang)}"


def same(row: MonthRow) -> tuple[object, ...]:
    """What makes two months alike."""
    return row.outcome, row.entitled[:3], row.paid[:3], row.due[:3], row.reason


def schedule_lines(rows: Sequence[MonthRow], lang: Lang) -> list[str]:
    """One line for each run of like months."""
    lines = []
    for _, group in groupby(rows, same):
        run = list(group)
        first, last = run[0], run[-1]
        when = first.period
        if len(run) > 1:
            when += Text(f" 至 {last.period}", f" to {last.period}").get(lang)
            one = span_text(first.due, lang)
            rhythm = "年" if len(first.period) == 4 else "月"
            english = "year" if len(first.period) == 4 else "month"
            months = Text(
                f"每{rhythm} {one}，共 {len(run)} {'年' if rhythm == '年' else '个月'}",
                f"{one} a {english}, {len(run)} {english}s",
            ).get(lang)
        else:
            months = span_text(first.due, lang)
        paid = ""
        if first.paid.high != 0:
            paid = Text(
                f"（应发 {span_text(first.entitled, 'zh')}，已发 {span_text(first.paid, 'zh')}）",
                f" (entitled {span_text(first.entitled, 'en')}, "
                f"paid {span_text(first.paid, 'en')})",
            ).get(lang)
        colon = Text("：", ": ").get(lang)
        lines.append(f"{when}{colon}{months}{paid}; {first.reason.get(lang)}")
    return lines
