"""A sentence for every condition."""

from __future__ import annotations

from sgincentive.explain.format import join_words
from sgincentive.explain.names import coded_place, fact_name, place_name, word_name
from sgincentive.explain.sentences.base import (
    WORD_ORDERS,
    all_words,
    bracketed,
    condition,
    day,
    demand,
    filtered,
    order_words,
    quantity,
    say,
    subject,
)
from sgincentive.explain.units import first_unit
from sgincentive.nodes import conditions as c
from sgincentive.nodes.reference import FactRef
from sgincentive.words import Lang, Text

DAY_ORDERS = {
    "before": Text("早于", "before"),
    "after": Text("晚于", "after"),
    "not_before": Text("不早于", "not before"),
    "not_after": Text("不晚于", "not after"),
}
EMPTY_WORDS = {
    "holds": Text("没有时视为符合", "met where there is none"),
    "fails": Text("没有时视为不符合", "not met where there is none"),
    "not_applicable": Text("没有时不适用", "not applicable where there is none"),
}
OPEN = Text("等（未列明的不能判定）", " or the like (what is not listed is not decided)")


@condition.register
def _(node: c.IsTrue, lang: Lang) -> str:
    name = fact_name(node.ref, lang)
    return name if node.expected else say(lang, f"非“{name}”", f"not: {name}")


@demand.register
def _(node: c.IsTrue, lang: Lang, coded: bool = False) -> str:
    del coded
    return word_name(node.ref, node.expected, lang)


@condition.register
def _(node: c.OneOf, lang: Lang) -> str:
    verb = say(lang, "", " is ") if node.negated else say(lang, "为", " is ")
    return f"{subject(node, lang)}{verb}{demand(node, lang)}"


@subject.register
def _(node: c.OneOf, lang: Lang) -> str:
    return fact_name(node.ref, lang)


@demand.register
def _(node: c.OneOf, lang: Lang, coded: bool = False) -> str:
    del coded
    words = [word_name(node.ref, v, lang) for v in node.values]
    if node.values == (None,) and node.negated:
        return say(lang, f"不是“{words[0]}”", f"not “{words[0]}”")
    listed = join_words(words, lang) + (OPEN.get(lang) if node.open else "")
    return say(lang, "不是", "not ") + listed if node.negated else listed


@condition.register
def _(node: c.WordOrder, lang: Lang) -> str:
    return f"{subject(node, lang)}{say(lang, '', ' is ')}{demand(node, lang)}"


@subject.register
def _(node: c.WordOrder, lang: Lang) -> str:
    return fact_name(node.ref, lang)


@demand.register
def _(node: c.WordOrder, lang: Lang, coded: bool = False) -> str:
    del coded
    other = (
        fact_name(node.other, lang)
        if isinstance(node.other, FactRef)
        else node.vocabulary.labels[node.other].get(lang)
    )
    return f"{WORD_ORDERS[node.order].get(lang)}{say(lang, '', ' ')}{other}"


@condition.register
def _(node: c.Within, lang: Lang) -> str:
    return f"{subject(node, lang)}{say(lang, '', ' is ')}{demand(node, lang)}"


@subject.register
def _(node: c.Within, lang: Lang) -> str:
    return fact_name(node.ref, lang)


@demand.register
def _(node: c.Within, lang: Lang, coded: bool = False) -> str:
    if isinstance(node.divisions, FactRef):
        place = fact_name(node.divisions, lang)
    else:
        name = coded_place if coded else place_name
        place = join_words([name(code, lang) for code in node.divisions], lang)
        place = place + (OPEN.get(lang) if node.open else "")
    if lang == "zh":
        return f"{'不' if node.negated else ''}在{place}范围内"
    return f"{'not ' if node.negated else ''}within {place}"


@condition.register
def _(node: c.Compare, lang: Lang) -> str:
    return f"{subject(node, lang)}{say(lang, '', ' is ')}{demand(node, lang)}"


@subject.register
def _(node: c.Compare, lang: Lang) -> str:
    return quantity(node.left, lang, first_unit((node.left, node.right)))


@demand.register
def _(node: c.Compare, lang: Lang, coded: bool = False) -> str:
    del coded
    unit = first_unit((node.left, node.right))
    return f"{order_words(node.order, unit, lang)} {quantity(node.right, lang, unit)}"


@condition.register
def _(node: c.Between, lang: Lang) -> str:
    return f"{subject(node, lang)}{say(lang, '在 ', ' is ')}{demand(node, lang)}"


@subject.register
def _(node: c.Between, lang: Lang) -> str:
    return quantity(node.left, lang, first_unit((node.left, node.low, node.high)))


@demand.register
def _(node: c.Between, lang: Lang, coded: bool = False) -> str:
    del coded
    unit = first_unit((node.left, node.low, node.high))
    low, high = quantity(node.low, lang, unit), quantity(node.high, lang, unit)
    return say(lang, f"{low}至 {high}之间（含两端）", f"from {low} to {high}")


@condition.register
def _(node: c.Equals, lang: Lang) -> str:
    verb = say(lang, "" if node.negated else "为 ", " is ")
    return f"{subject(node, lang)}{verb}{demand(node, lang)}"


@subject.register
def _(node: c.Equals, lang: Lang) -> str:
    return quantity(node.left, lang, first_unit((node.left, node.right)))


@demand.register
def _(node: c.Equals, lang: Lang, coded: bool = False) -> str:
    del coded
    right = quantity(node.right, lang, first_unit((node.left, node.right)))
    return say(lang, f"不等于 {right}", f"not {right}") if node.negated else right


@condition.register
def _(node: c.CompareDays, lang: Lang) -> str:
    return f"{subject(node, lang)}{say(lang, '', ' is ')}{demand(node, lang)}"


@subject.register
def _(node: c.CompareDays, lang: Lang) -> str:
    return day(node.left, lang)


@demand.register
def _(node: c.CompareDays, lang: Lang, coded: bool = False) -> str:
    del coded
    return f"{DAY_ORDERS[node.order].get(lang)} {day(node.right, lang)}"


@condition.register
def _(node: c.CompareShare, lang: Lang) -> str:
    return f"{subject(node, lang)}{say(lang, '', ' is ')}{demand(node, lang)}"


@subject.register
def _(node: c.CompareShare, lang: Lang) -> str:
    unit = first_unit((node.part, node.whole))
    part, whole = quantity(node.part, lang, unit), quantity(node.whole, lang, unit)
    return say(lang, f"{part}占{whole}的比例", f"{part} as a share of {whole}")


@demand.register
def _(node: c.CompareShare, lang: Lang, coded: bool = False) -> str:
    del coded
    return f"{order_words(node.order, 'share', lang)} {quantity(node.share, lang, 'share')}"


@condition.register
def _(node: c.All, lang: Lang) -> str:
    return all_words(node.parts, lang)


@condition.register
def _(node: c.AnyOf, lang: Lang) -> str:
    if len(node.parts) == 1:
        return condition(node.parts[0], lang)
    return say(lang, "，或", " or ").join(bracketed(p, lang) for p in node.parts)


@condition.register
def _(node: c.Not, lang: Lang) -> str:
    inner = condition(node.part, lang)
    return say(lang, f"不属于以下情形：{inner}", f"not so that {inner}")


@condition.register
def _(node: c.AtLeastN, lang: Lang) -> str:
    listed = say(lang, "；", "; ").join(condition(p, lang) for p in node.parts)
    if node.n is None:
        return say(
            lang,
            f"符合下列情形中的若干项（项数未写明）：{listed}",
            f"some of these hold (how many is not stated): {listed}",
        )
    return say(
        lang,
        f"符合下列情形中的至少 {node.n} 项：{listed}",
        f"at least {node.n} of these hold: {listed}",
    )


@condition.register
def _(node: c.Unless, lang: Lang) -> str:
    part, exception = bracketed(node.part, lang), condition(node.exception, lang)
    return say(lang, f"{part}，但{exception}的除外", f"{part}, unless {exception}")


@condition.register
def _(node: c.When, lang: Lang) -> str:
    guard, part = condition(node.guard, lang), bracketed(node.part, lang)
    return say(lang, f"{guard}时，{part}", f"where {guard}: {part}")


@condition.register
def _(node: c.Readings, lang: Lang) -> str:
    parts = list(dict.fromkeys(condition(p, lang) for p in node.parts))
    listed = say(lang, "；或：", "; or: ").join(parts)
    if node.note is not None:
        note = node.note.get(lang)
        return say(lang, f"按不同理解：{listed}（{note}）", f"read either way: {listed} ({note})")
    return say(lang, f"按不同理解：{listed}", f"read either way: {listed}")


@condition.register
def _(node: c.NotStated, lang: Lang) -> str:
    return node.text.get(lang)


@condition.register
def _(node: c.Confirmed, lang: Lang) -> str:
    text = node.text.get(lang)
    return say(lang, f"经主管部门认定：{text}", f"confirmed by the office: {text}")


@condition.register
def _(node: c.Named, lang: Lang) -> str:
    return condition(node.part, lang)


@condition.register
def _(node: c.Exists, lang: Lang) -> str:
    entries = filtered(node.test, lang)
    return say(lang, f"有{entries}", f"there is an entry in {entries}")


@condition.register
def _(node: c.Every, lang: Lang) -> str:
    entries, that = filtered(node.test, lang), condition(node.that, lang)
    empty = EMPTY_WORDS[node.if_empty].get(lang)
    return say(
        lang,
        f"{entries}中的每一项均符合：{that}（{empty}）",
        f"for every entry in {entries}: {that} ({empty})",
    )
