"""A scheme as a page that a policy officer can read beside the notice."""

from __future__ import annotations

from sgincentive.decision import yuan
from sgincentive.divisions import get
from sgincentive.explain.decision import BENEFIT_LABELS, kind_text, part_text
from sgincentive.explain.figures import figure_words
from sgincentive.explain.sentences import condition, day, quantity
from sgincentive.schemes.model import Ledger, Rhythm, Scheme, Version
from sgincentive.words import Lang, Text

LEDGER = {
    "once": Text("一人只领一次", "once for each person"),
    "once_per_level": Text("每个级别只领一次", "once for each level"),
    "once_per_certificate": Text("同一证书只领一次", "once for each certificate"),
    "difference_on_upgrade": Text("已领部分扣除，升级补差额", "what was paid before is deducted"),
}
TIMES_PER = {
    "scheme": Text("同一政策", "of this scheme"),
    "level": Text("同一级别", "for the same level"),
    "certificate": Text("同一证书", "for the same certificate"),
    "not_stated": Text("按政策还是按级别未说明", "by scheme or by level is not said"),
}
BARS = {
    False: Text("已领其他地方奖励的不再发", "a reward of another authority bars it"),
    True: Text(
        "已申请或已领其他地方奖励的不再发",
        "a reward of another authority bars it, even if only applied for",
    ),
}
COUNTS = {
    "whole_month": Text("满整月才计", "whole months alone count"),
    "first_day": Text("以每月 1 日为准", "as on the first day of the month"),
    "not_stated": Text("不足整月是否计算未说明", "whether a part of a month counts is not said"),
}
STARTS = {
    "next_month": Text("自次月起", "from the next month"),
    "next_january": Text("自次年一月起", "from January of the next year"),
}
STRENGTHS = {
    "in_principle": Text("原则上", "in principle"),
    "target": Text("目标", "target"),
    "guidance": Text("指导", "guidance"),
    "preference": Text("优先", "preference"),
}


def _line(label: Text, value: str, lang: Lang) -> str:
    return f"{label.get(lang)}{'：' if lang == 'zh' else ': '}{value}"


def page(scheme: Scheme, lang: Lang) -> str:
    """The whole scheme in ``lang``, as plain text."""
    unknown = Text("未见来源", "not stated").get(lang)
    places = "、".join(get(code).full_name for code in scheme.applies_in)
    lines = [
        scheme.title.get(lang),
        scheme.id,
        "",
        _line(Text("适用地区", "Applies in"), places, lang),
        _line(Text("发文机关", "Issuer"), scheme.issuer or unknown, lang),
        _line(Text("待遇", "Benefit"), BENEFIT_LABELS[scheme.kind].get(lang), lang),
    ]
    if scheme.money:
        payer = scheme.payer.get(lang) if scheme.payer else unknown
        lines.append(_line(Text("出资方", "Paid by"), payer, lang))
    for version in scheme.versions:
        lines += ["", *version_lines(scheme, version, lang)]
    if scheme.unclear:
        lines += ["", Text("未明之处", "What is unclear").get(lang)]
        lines += [f"  - {text.get(lang)}" for text in scheme.unclear]
    if scheme.examples:
        lines += ["", Text("示例（虚构）", "Examples (made up)").get(lang)]
        for example in scheme.examples:
            amount = example.expect.get("amount")
            answer = str(example.expect.get("outcome", ""))
            if isinstance(amount, list):
                answer += f" {amount[0]}–{amount[1] if amount[1] is not None else ''}"
            elif amount is not None:
                answer += f" {amount}"
            if example.drafts:
                answer += Text("（按征求意见稿）", " (by the draft)").get(lang)
            lines.append(f"  - {example.name.get(lang)} → {answer}")
    return "\n".join(lines)


def version_lines(scheme: Scheme, version: Version, lang: Lang) -> list[str]:
    """One version in words."""
    unknown = Text("未见来源", "not stated").get(lang)
    exam = version.selected_by == "exam_year"

    def when(value: object) -> str:
        text = str(value)
        return text[:4] if exam else text

    start = when(version.first[0]) if version.first else unknown
    if version.first and version.first[0] != version.first[1] and not exam:
        start += f"…{version.first[1]}"
    end = when(version.last) if version.last else unknown
    by = {
        "applied": Text("按申请日期", "by date of application"),
        "exam_year": Text("按考试年度", "by exam year"),
        "obtained": Text("按取得日期", "by date of obtaining"),
        "month": Text("按所发月份", "by month paid"),
    }[version.selected_by].get(lang)
    lines = [
        f"{Text('版本', 'Version').get(lang)} {version.id} ({by}; {start} – {end})",
    ]
    if version.last_confirmed_text:
        lines.append(
            "  " + _line(Text("最近核实", "Last confirmed"), version.last_confirmed_text, lang)
        )
    lines.append("  " + Text("条件", "Requirements").get(lang))
    for r in version.requirements:
        text = (r.text or Text(condition(r.condition, "zh"), condition(r.condition, "en"))).get(
            lang
        )
        strength = f" [{STRENGTHS[r.strength].get(lang)}]" if r.strength in STRENGTHS else ""
        clause = f" ({r.clause})" if r.clause else ""
        lines.append(f"    - {text}{clause}{strength}  [{r.id}]")
        if r.unclear is not None:
            lines.append(f"      ? {r.unclear.get(lang)}")
    if version.amount is not None:
        unit = "money" if scheme.money else None
        lines.append(
            "  " + _line(Text("标准", "Amount"), quantity(version.amount, lang, unit), lang)
        )
    lines += [f"  {each}" for each in figure_words(scheme, version, lang)]
    lines += [f"  - {item.get(lang)}" for item in version.items]
    lines += ledger_lines(version.ledger, lang)
    lines += rhythm_lines(version.rhythm, lang)
    lines += window_lines(version, lang)
    if version.unclear:
        lines.append("  " + Text("未明之处", "What is unclear").get(lang))
        lines += [f"    ? {text.get(lang)}" for text in version.unclear]
    lines.append("  " + Text("来源", "Sources").get(lang))
    for source in version.sources:
        parts = [source.title, source.number, source.publisher, source.date, source.url]
        shown = " · ".join(p for p in parts if p and p != "not_stated")
        lines.append(f"    - [{kind_text(source.kind, lang)}] {shown}{part_text(source, lang)}")
    return lines


def ledger_lines(ledger: Ledger, lang: Lang) -> list[str]:
    """What earlier payments do, in words."""
    words = [LEDGER[rule].get(lang) for rule in ledger.rules]
    text = Text(" 或 ", " or ").get(lang).join(words)
    if len(words) > 1:
        text += Text("（来源未明确）", " (not settled by the sources)").get(lang)
    if ledger.upgrade_years is not None:
        years = ledger.upgrade_years
        text += Text(
            f"（限 {years} 个考试年度内升级）",
            f" (for an upgrade within {years} exam year{'s' if years > 1 else ''})",
        ).get(lang)
    more = [text] if text else []
    if ledger.max_times is not None:
        times, per = ledger.max_times, TIMES_PER[ledger.times_per]
        more.append(
            Text(
                f"最多 {times} 次（{per.zh}）",
                f"at most {times} time{'s' if times > 1 else ''} ({per.en})",
            ).get(lang)
        )
    if ledger.lifetime_cap is not None:
        cap = f"{yuan(ledger.lifetime_cap):,}"
        more.append(Text(f"累计不超过 {cap} 元", f"at most CNY {cap} in all").get(lang))
    if ledger.other_authority_bars is not None:
        more.append(BARS["applied" in ledger.barring_statuses].get(lang))
    return ["  " + _line(Text("已发记录", "Paid before"), "; ".join(more), lang)] if more else []


def rhythm_lines(rhythm: Rhythm, lang: Lang) -> list[str]:
    """Which months count and how they are paid, in words."""
    more = [COUNTS[rhythm.counts].get(lang)] if rhythm.counts in COUNTS else []
    if rhythm.starts in STARTS:
        more.append(STARTS[rhythm.starts].get(lang))
    if rhythm.term_months is not None:
        n = rhythm.term_months
        more.append(Text(f"最长 {n} 个月", f"for {n} months at most").get(lang))
    if rhythm.paid_every is not None:
        n = rhythm.paid_every
        every = Text(f"每 {n} 个月发放一次", f"paid every {n} months")
        more.append((every if n > 1 else Text("按月发放", "paid every month")).get(lang))
    return ["  " + _line(Text("发放", "Months"), "; ".join(more), lang)] if more else []


def window_lines(version: Version, lang: Lang) -> list[str]:
    """When, how and with what to apply, in words."""
    window = version.window
    lines = []
    if window.start is not None or window.end is not None:
        start = day(window.start, lang) if window.start is not None else ""
        end = day(window.end, lang) if window.end is not None else ""
        lines.append("  " + _line(Text("申请期限", "Apply"), f"{start} – {end}", lang))
    if window.process is not None:
        lines.append("  " + _line(Text("程序", "Process"), window.process.get(lang), lang))
    for level, documents in window.documents:
        label = Text("材料", "Documents").get(lang) + ("" if level == "all" else f" ({level})")
        lines.append(f"  {label}")
        lines += [f"    - {d.get(lang)}" for d in documents]
    return lines
