"""A whole decision in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from sgincentive.decision import Amount, Decision, Finding
from sgincentive.explain import findings
from sgincentive.explain.figures import figure_words
from sgincentive.explain.format import fen_digits, with_unit, yuan_text
from sgincentive.explain.json import NOT_STATED, apply_by
from sgincentive.explain.names import place_name
from sgincentive.explain.sentences import quantity, say
from sgincentive.explain.status import status_text
from sgincentive.nodes import conditions as c
from sgincentive.schemes.model import Source
from sgincentive.words import Lang, Text

BENEFIT_LABELS: dict[str, Text] = {
    "one_off": Text("一次性奖励", "one-off reward"),
    "monthly": Text("按月津贴", "monthly allowance"),
    "yearly": Text("按年津贴", "yearly allowance"),
    "grade_steps": Text("岗位或薪级提升", "grade steps"),
    "points": Text("加分", "points"),
    "refund": Text("费用报销", "refund"),
    "entitlement": Text("非现金待遇", "entitlement in kind"),
    "verdict": Text("合规结论", "verdict"),
}
OUTCOMES: dict[str, Text] = {
    "eligible": Text("符合条件", "eligible"),
    "ineligible": Text("不符合条件", "not eligible"),
    "compliant": Text("合规", "compliant"),
    "non_compliant": Text("不合规", "not compliant"),
    "undetermined": Text("尚不能判定", "not decided"),
    "not_in_force": Text("该日期没有有效的规定", "not in force on the date"),
}
KINDS: dict[str, Text] = {
    "official_text": Text("官方原文", "official text"),
    "official_news": Text("官方报道", "official news"),
    "media": Text("媒体报道", "media"),
    "repost": Text("转载", "repost"),
    "training_site": Text("培训网站", "training site"),
}
STRENGTHS: dict[str, Text] = {
    "in_principle": Text("原则上", "in principle"),
    "target": Text("目标", "a target"),
    "guidance": Text("指导性", "guidance"),
    "preference": Text("优先条件", "a preference"),
}
BECAUSE: dict[str, Text] = {
    "fact": Text("资料不全", "facts are missing"),
    "text": Text("来源未写明", "the sources do not settle it"),
    "authority": Text("须经部门认定", "an office decides it"),
}
RHYTHM = {"monthly": Text("/月", " per month"), "yearly": Text("/年", " per year")}
NOT_PUBLISHED = Text("未公开标准", "amount not published")
MARKS = {True: "✓", False: "✗", None: "?"}
DAYS_ORDER = {"before": "late", "not_after": "late", "after": "early", "not_before": "early"}


def outcome_text(outcome: str, lang: Lang) -> str:
    """An outcome in words."""
    return OUTCOMES[outcome].get(lang)


def kind_text(kind: str, lang: Lang) -> str:
    """The kind of a source in words."""
    return KINDS[kind].get(lang)


# -------------------------------------------------------------------------- amount


def amount_text(decision: Decision, lang: Lang) -> str:
    """The amount due in a few words; empty where the answer is no amount."""
    amount = decision.amount
    if amount is None:
        return ""
    return _amount_words(amount, lang)


def entitled_text(decision: Decision, lang: Lang) -> str:
    """The amount before what was paid, in a few words."""
    amount = decision.entitled
    return "" if amount is None else _amount_words(amount, lang)


def _amount_words(amount: Amount, lang: Lang) -> str:
    if amount.min is None and amount.max is None:
        return NOT_PUBLISHED.get(lang) if not amount.published else _open_amount(lang)
    low, high = amount.min, amount.max
    if low is not None and low == high:
        words = _with_unit(low, amount, lang)
    elif high is None:
        if not low:
            return _open_amount(lang)
        words = say(lang, "至少 ", "at least ") + _with_unit(low, amount, lang)
    elif not low:
        words = say(lang, "至多 ", "at most ") + _with_unit(high, amount, lang)
    else:
        words = _range(low, high, amount, lang)
    rhythm = RHYTHM.get(amount.kind)
    if rhythm is not None:
        words += rhythm.get(lang)
    if not amount.published:
        words += say(lang, "（部分标准未公开）", " (part of it not published)")
    return words


def _open_amount(lang: Lang) -> str:
    return say(lang, "金额未定", "amount not settled")


def _with_unit(value: Any, amount: Amount, lang: Lang) -> str:
    if amount.unit == "CNY":
        return with_unit(Fraction(value) * 100, "money", lang)
    return with_unit(Fraction(value), amount.unit, lang)


def _range(low: Any, high: Any, amount: Amount, lang: Lang) -> str:
    if amount.unit == "CNY":
        ends = "–".join(fen_digits(Fraction(x) * 100, grouped=True) for x in (low, high))
        return say(lang, f"{ends} 元", f"CNY {ends}")
    return f"{low}–{_with_unit(high, amount, lang)}"


# ------------------------------------------------------------------------ the whole


def explain(decision: Decision, lang: Lang) -> str:
    """The whole decision: outcome and amount, reasons, what is missing, what it rests on."""
    lines = [headline(decision, lang), *facts_of_answer(decision, lang)]
    lines += [finding_line(each, lang) for each in decision.findings]
    lines += _listed(
        Text("还缺少的信息：", "Missing:"),
        (_question(x.question.get(lang), x.index, x.affects, lang) for x in decision.missing),
        lang,
    )
    lines += _listed(
        Text("须由主管部门认定：", "To be confirmed by the office:"),
        (f"{each.get(lang)} [{id}]" for id, each in decision.to_confirm),
        lang,
    )
    lines += _listed(
        Text("来源未写明：", "Left open by the sources:"),
        (each.get(lang) for each in decision.open_text),
        lang,
    )
    lines += _listed(Text("说明：", "Notes:"), (each.get(lang) for each in decision.unclear), lang)
    version = decision.version or decision.nearest
    if version is not None:
        lines += _listed(
            Text("依据：", "Sources:"), (source_words(x, lang) for x in version.sources), lang
        )
    return "\n".join(lines)


def _listed(head: Text, rows: Iterable[str], lang: Lang) -> list[str]:
    items = [f"  - {row}" for row in dict.fromkeys(rows)]
    return [head.get(lang), *items] if items else []


def _question(question: str, index: int | None, affects: str, lang: Lang) -> str:
    words = question
    if index is not None:
        words += say(lang, f"（第 {index + 1} 项）", f" (entry {index + 1})")
    if affects == "amount":
        words += say(lang, "（只影响金额）", " (changes only the amount)")
    return words


def headline(decision: Decision, lang: Lang) -> str:
    """Title, outcome and amount in one line."""
    words = outcome_text(decision.outcome, lang)
    if decision.of_draft:
        words += say(lang, "（仅为征求意见稿）", " (in a draft only)")
    amount = amount_text(decision, lang) if decision.outcome != "ineligible" else ""
    if amount:
        words += say(lang, "，", ", ") + amount
    return f"{decision.scheme.title.get(lang)}{say(lang, '：', ': ')}{words}"


def facts_of_answer(decision: Decision, lang: Lang) -> list[str]:
    """The lines below the headline: version, payer, what was paid, standing, last day."""
    lines: list[str] = []
    scheme, version = decision.scheme, decision.version
    text = status_text(decision)
    if text is not None:
        lines.append(say(lang, f"状态：{text.zh}", f"Status: {text.en}"))
    if decision.nearest is not None:
        near = decision.nearest.id
        lines.append(say(lang, f"最接近的版本：{near}", f"Nearest version: {near}"))
    if scheme.payer is not None and decision.outcome in ("eligible", "undetermined"):
        payer = scheme.payer.get(lang)
        lines.append(say(lang, f"出资方：{payer}", f"Paid by: {payer}"))
    if version is not None and version.items and scheme.kind == "entitlement":
        lines += _listed(
            Text("待遇：", "Entitled to:"), (each.get(lang) for each in version.items), lang
        )
    if decision.claim is not None and decision.claim.certificate and len(decision.claims) > 1:
        lines.append(certificate_words(decision, lang))
    if decision.entitled is not None and decision.entitled_bounds[:2] != decision.bounds[:2]:
        words = entitled_text(decision, lang)
        lines.append(
            say(lang, f"扣除已发部分前：{words}", f"Before what was paid earlier: {words}")
        )
    if decision.overpaid_fen and scheme.money:
        over = yuan_text(decision.overpaid_fen, lang)
        lines.append(say(lang, f"已多发 {over}", f"Overpaid by {over}"))
    if version is not None:
        lines += figure_words(scheme, version, lang)
    sure = kind_text(decision.confidence, lang)
    lines.append(say(lang, f"来源：{sure}", f"Rests on: {sure}"))
    last = apply_by(decision)
    if last is not None:
        lines.append(say(lang, f"申请截止：{last}", f"Apply by: {last}"))
    if version is not None and decision.standing == "presumed" and not decision.of_draft:
        when = version.last_confirmed_text or ""
        lines.append(
            say(
                lang,
                f"推定仍然有效：最近一次核实为 {when}",
                f"Presumed to be still in force: last confirmed {when}",
            )
        )
    return lines


def certificate_words(decision: Decision, lang: Lang) -> str:
    """The certificate that carries the answer."""
    claim = decision.claim
    assert claim is not None
    number = "" if claim.index is None else str(claim.index + 1)
    return say(lang, f"依据的证书：第 {number} 本", f"By certificate: entry {number}")


def source_words(source: Source, lang: Lang) -> str:
    """One source with its kind."""
    parts = [source.title, source.number, source.publisher, source.date]
    words = say(lang, "，", ", ").join(x for x in parts if x and x != NOT_STATED)
    kind = kind_text(source.kind, lang)
    words += say(lang, f"（{kind}）", f" ({kind})") + part_text(source, lang)
    return f"{words} {source.url}" if source.url else words


def part_text(source: Source, lang: Lang) -> str:
    """The part of the terms that a source carries where that is not all that is decisive."""
    if source.only_for is None:
        return ""
    return say(lang, f"（仅：{source.only_for.zh}）", f" (only: {source.only_for.en})")


# -------------------------------------------------------------------- one requirement


def finding_line(finding: Finding, lang: Lang) -> str:
    """One requirement with its mark, what was found, the distance and the clause."""
    mark = MARKS[finding.holds] if finding.applies else "–"
    notes: list[str] = []
    strength = STRENGTHS.get(finding.requirement.strength)
    if strength is not None:
        notes.append(strength.get(lang))
    if not finding.applies:
        notes.append(say(lang, "不适用", "not applicable"))
    elif finding.holds is None:
        kinds = dict.fromkeys(x.kind for x in finding.truth.causes)
        notes += [BECAUSE[kind].get(lang) for kind in kinds]
    if finding.applies and finding.holds is not None:
        seen = found_words(finding, lang)
        if seen:
            notes.append(seen)
    distance = distance_words(finding, lang)
    if distance:
        notes.append(distance)
    if finding.requirement.clause:
        notes.append(finding.requirement.clause)
    words = f"{mark} {findings.text(finding).get(lang)}"
    if notes:
        joined = say(lang, "；", "; ").join(notes)
        words += say(lang, f"（{joined}）", f" ({joined})")
    return words


def found_words(finding: Finding, lang: Lang) -> str:
    """What was found, empty where there is nothing plain to show."""
    value = findings.found(finding)
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, dict):
        shown = value.get("percent")
        if shown is None:
            return ""
        return say(lang, f"实际 {shown}%", f"found {shown}%")
    node = findings.main_node(finding.requirement.condition)
    words = value if isinstance(value, str) else str(value)
    if isinstance(node, c.OneOf | c.WordOrder):
        vocabulary = node.ref.fact.vocabulary
        if vocabulary is not None and words in vocabulary.labels:
            words = vocabulary.labels[words].get(lang)
    elif isinstance(node, c.Within):
        words = place_name(words, lang)
    elif isinstance(node, c.Compare | c.Between | c.Equals) and finding.case is not None:
        low = node.left.bounds(finding.case).low
        assert low is not None  # what is open was shown as a range above
        words = with_unit(low, findings.unit_of_comparison(node), lang)
    elif isinstance(node, c.Exists):
        return ""
    return say(lang, f"实际 {words}", f"found {words}")


def distance_words(finding: Finding, lang: Lang) -> str:
    """How much is short or too much; for a share the smallest change that would comply."""
    if findings.short_by(finding) is None or finding.case is None:
        return ""
    node = findings.main_node(finding.requirement.condition)
    tellers: dict[type[Any], Callable[[], str]] = {
        c.Compare: lambda: _comparison_words(node, finding, lang),
        c.Between: lambda: _comparison_words(node, finding, lang),
        c.CompareDays: lambda: _days_words(node, finding, lang),
        c.CompareShare: lambda: _share_words(node, finding, lang),
    }
    return tellers[type(node)]()


def _comparison_words(node: Any, finding: Finding, lang: Lang) -> str:
    assert finding.case is not None
    unit = findings.unit_of_comparison(node)
    distance = findings.comparison_gap(node, finding.case)
    assert distance is not None
    if isinstance(node, c.Compare):
        short = node.order in ("at_least", "more_than")
    else:
        low, left = node.low.bounds(finding.case), node.left.bounds(finding.case)
        short = findings.gap(left, "at_least", low, None) is not None
    if unit == "money":
        words = yuan_text(distance, lang)
    else:
        words = with_unit(distance, "years" if unit == "year" else unit, lang)
    if short:
        return say(lang, f"差 {words}", f"{words} short")
    return say(lang, f"超出 {words}", f"{words} too many" if unit != "money" else f"{words} over")


def _days_words(node: Any, finding: Finding, lang: Lang) -> str:
    assert finding.case is not None
    days = findings.days_gap(node, finding.case) or 0
    words = with_unit(days, "days", lang)
    if DAYS_ORDER[node.order] == "late":
        return say(lang, f"晚了 {words}", f"{words} too late")
    return say(lang, f"早了 {words}", f"{words} too early")


def _share_words(node: Any, finding: Finding, lang: Lang) -> str:
    assert finding.case is not None
    share = findings.settled_share(node, finding.case)
    units = None if share is None else findings.units_to_comply(node, share)
    if units is None:
        return say(lang, "仅调整分子无法达到", "no change of the part alone would comply")
    unit = findings.unit_of_comparison(node)
    words = yuan_text(units, lang) if unit == "money" else with_unit(units, "persons", lang)
    part = quantity(node.part, lang, unit)
    if node.order in ("at_least", "more_than"):
        return say(
            lang,
            f"{part}差 {words}，单独补足这一项即可达标",
            f"{words} short: raising {part} by that much alone would comply",
        )
    return say(
        lang,
        f"{part}超出 {words}，单独减去这一项的超出部分即可达标",
        f"{words} too much: lowering {part} by that much alone would comply",
    )
