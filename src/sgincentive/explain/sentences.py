"""A sentence for every condition and a phrase for every quantity and day.

Everything is made from the labels of facts, words and places; no rule brings sentences of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

from sgincentive.explain.format import (
    day_text,
    join_words,
    list_words,
    with_unit,
)
from sgincentive.explain.names import (
    coded_place,
    fact_name,
    list_name,
    place_name,
    statistic_name,
    word_name,
)
from sgincentive.explain.units import first_unit, unit_of
from sgincentive.nodes import conditions as c
from sgincentive.nodes import days as d
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition, Day, Quantity
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.reference import FactRef
from sgincentive.nodes.values import DateSpan, Number
from sgincentive.words import Lang, Text

WORD_ORDERS = {
    "at_least": Text("不低于", "at least"),
    "at_most": Text("不高于", "at most"),
    "more_than": Text("高于", "above"),
    "less_than": Text("低于", "below"),
}
NUMBER_ORDERS = {
    "at_least": Text("不少于", "at least"),
    "at_most": Text("不超过", "at most"),
    "more_than": Text("超过", "more than"),
    "less_than": Text("少于", "less than"),
}
LEVEL_ORDERS = {**NUMBER_ORDERS, "at_least": WORD_ORDERS["at_least"]}
LEVEL_ORDERS["less_than"] = Text("低于", "less than")
YEAR_ORDERS = {
    "at_least": Text("不早于", "not before"),
    "at_most": Text("不晚于", "not after"),
    "more_than": Text("晚于", "after"),
    "less_than": Text("早于", "before"),
}
DAY_ORDERS = {
    "before": Text("早于", "before"),
    "after": Text("晚于", "after"),
    "not_before": Text("不早于", "not before"),
    "not_after": Text("不晚于", "not after"),
}
QUESTION_DAYS = {
    "on": Text("判定日期", "the date asked about"),
    "applied": Text("申请日期", "the date of application"),
}
ROUNDINGS = {
    "up": Text("向上取整", "rounded up"),
    "down": Text("向下取整", "rounded down"),
    "half_up": Text("四舍五入", "rounded half up"),
    "half_even": Text("四舍六入五成双", "rounded half to even"),
    "not_stated": Text("取整方法未写明", "rounding not stated"),
}
EMPTY_WORDS = {
    "holds": Text("没有时视为符合", "met where there is none"),
    "fails": Text("没有时视为不符合", "not met where there is none"),
    "not_applicable": Text("没有时不适用", "not applicable where there is none"),
}
TAKES = {
    "sum": Text("合计", "sum"),
    "greatest": Text("最大值", "greatest value"),
    "least": Text("最小值", "least value"),
}
OPEN = Text("等（未列明的不能判定）", " or the like (what is not listed is not decided)")
ALWAYS = Text("没有条件", "no condition")
NOTHING = Text("均不符合", "nothing")


def say(lang: Lang, zh: str, en: str) -> str:
    """The sentence in ``lang``."""
    return zh if lang == "zh" else en


def order_words(order: str, unit: str | None, lang: Lang) -> str:
    """``at least`` and its kin as they are said of a unit."""
    table = YEAR_ORDERS if unit == "year" else NUMBER_ORDERS
    if unit in ("money", "share"):
        table = LEVEL_ORDERS
    return table[order].get(lang)


def bracketed(node: Condition, lang: Lang) -> str:
    """A condition as part of a longer sentence: in brackets where it has parts itself."""
    text = condition(node, lang)
    inner = node
    while isinstance(inner, c.Named):
        inner = inner.part
    if isinstance(inner, c.All | c.AnyOf) and len(inner.parts) < 2:
        return bracketed(inner.parts[0], lang) if inner.parts else text
    whole = c.All | c.AnyOf | c.AtLeastN | c.Unless | c.When | c.Readings | c.Every
    return say(lang, f"（{text}）", f"({text})") if isinstance(inner, whole) else text


def all_words(parts: Sequence[Condition], lang: Lang) -> str:
    """Conditions that hold together."""
    if not parts:
        return ALWAYS.get(lang)
    if len(parts) == 1:
        return condition(parts[0], lang)
    return say(lang, "，且", " and ").join(bracketed(p, lang) for p in parts)


def filtered(test: ListTest, lang: Lang) -> str:
    """The entries of a list that pass a test, as a noun."""
    parts = test.where.parts if isinstance(test.where, c.All) else (test.where,)
    name = list_name(test.list, lang)
    day_words = "" if test.at is None else day(test.at, lang)
    if lang == "zh":
        span = f"{day_words}当日的" if day_words else ""
        return f"{span}“{name}”" + (f"（{all_words(parts, lang)}）" if parts else "")
    span = f" covering {day_words}" if day_words else ""
    return f"“{name}”{span}" + (f" where {all_words(parts, lang)}" if parts else "")


def quantity(node: Quantity, lang: Lang, unit: str | None = None) -> str:
    """A phrase for a quantity; ``unit`` is that of what it is compared with or paid as."""
    return _quantity(node, lang, unit or unit_of(node))


# -------------------------------------------------------------------- conditions


@singledispatch
def condition(node: Condition, lang: Lang) -> str:
    """A sentence for a condition."""
    raise NotImplementedError(type(node).__name__, lang)


@condition.register
def _(node: c.IsTrue, lang: Lang) -> str:
    name = fact_name(node.ref, lang)
    return name if node.expected else say(lang, f"非“{name}”", f"not: {name}")


@singledispatch
def subject(node: Condition, lang: Lang) -> str:
    """What a comparison looks at."""
    raise NotImplementedError(type(node).__name__, lang)


@singledispatch
def demand(node: Condition, lang: Lang, coded: bool = False) -> str:
    """What a comparison asks for; other conditions are asked for as a whole."""
    del coded
    return condition(node, lang)


@demand.register
def _(node: c.IsTrue, lang: Lang, coded: bool = False) -> str:
    del coded
    return word_name(node.ref, node.expected, lang)


@condition.register
def _(node: c.OneOf, lang: Lang) -> str:
    if not node.values:
        return say(lang, f"{subject(node, lang)}不受限", f"{subject(node, lang)} is anything")
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
        place = (place or NOTHING.get(lang)) + (OPEN.get(lang) if node.open else "")
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
    if not node.parts:
        return NOTHING.get(lang)
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


# ---------------------------------------------------------------------- quantities


@singledispatch
def _quantity(node: Quantity, lang: Lang, unit: str | None) -> str:
    raise NotImplementedError(type(node).__name__, lang, unit)


@_quantity.register
def _(node: q.Constant, lang: Lang, unit: str | None) -> str:
    if unit is None and isinstance(node.value, int) is False and 0 < node.value < 1:
        unit = "share"
    return with_unit(node.value, unit, lang)


@_quantity.register
def _(node: q.NotPublished, lang: Lang, unit: str | None) -> str:
    del unit
    return node.text.get(lang)


@_quantity.register
def _(node: q.Range, lang: Lang, unit: str | None) -> str:
    if node.low is not None and node.high is not None:
        low, high = quantity(node.low, lang, unit), quantity(node.high, lang, unit)
        return say(lang, f"{low}至 {high}（未分档）", f"{low} to {high} (no split given)")
    if node.low is not None:
        return say(lang, "至少 ", "at least ") + quantity(node.low, lang, unit)
    if node.high is not None:
        return say(lang, "至多 ", "at most ") + quantity(node.high, lang, unit)
    return say(lang, "未写明的数额", "an amount that is not stated")


@_quantity.register
def _(node: q.FactAmount, lang: Lang, unit: str | None) -> str:
    del unit
    return fact_name(node.ref, lang)


@_quantity.register
def _(node: q.Year, lang: Lang, unit: str | None) -> str:
    del unit
    inner = day(node.day, lang)
    return say(lang, f"{inner}所在年份", f"the year of {inner}")


@_quantity.register
def _(node: q.FactYear, lang: Lang, unit: str | None) -> str:
    del unit
    return moved_years(fact_name(node.ref, lang), node.years, lang)


def moved_years(name: str, years: int, lang: Lang) -> str:
    """A year moved by a number of years."""
    if not years:
        return name
    n = abs(years)
    word = "year" if n == 1 else "years"
    if years > 0:
        return say(lang, f"{name}后第 {n} 年", f"{n} {word} after {name}")
    return say(lang, f"{name}前第 {n} 年", f"{n} {word} before {name}")


@_quantity.register
def _(node: q.ByFact, lang: Lang, unit: str | None) -> str:
    rows = [
        f"{word_name(node.ref, key, lang)} {quantity(value, lang, unit)}"
        for key, value in node.rows
    ]
    return table_words(say(lang, "按", "by ") + fact_name(node.ref, lang), rows, node, lang, unit)


def table_words(
    head: str, rows: list[str], node: q.ByFact | q.Cases, lang: Lang, unit: str | None
) -> str:
    """A table in one phrase, its last row for everything else."""
    if node.otherwise is not None:
        other = quantity(node.otherwise, lang, unit)
        rows = [*rows, say(lang, f"其他 {other}", f"otherwise {other}")]
    return f"{head}{say(lang, '：', ': ')}{say(lang, '；', '; ').join(rows)}"


def band_words(row: q.Bracket, lang: Lang, unit: str | None) -> str:
    """The two ends of a band."""
    ends: list[str] = []
    if row.low is not None:
        order = "at_least" if row.low_included else "more_than"
        ends.append(f"{order_words(order, unit, lang)} {with_unit(row.low, unit, lang)}")
    if row.high is not None:
        order = "at_most" if row.high_included else "less_than"
        ends.append(f"{order_words(order, unit, lang)} {with_unit(row.high, unit, lang)}")
    return say(lang, "且", " and ").join(ends) or say(lang, "任何数目", "any number")


@_quantity.register
def _(node: q.Brackets, lang: Lang, unit: str | None) -> str:
    of_unit = unit_of(node.of)
    rows = [
        f"{band_words(row, lang, of_unit)}{say(lang, '的 ', ' ')}{quantity(row.value, lang, unit)}"
        for row in node.rows
    ]
    of = quantity(node.of, lang)
    return say(lang, f"按{of}：{'；'.join(rows)}", f"by {of}: {'; '.join(rows)}")


@_quantity.register
def _(node: q.Cases, lang: Lang, unit: str | None) -> str:
    rows = [
        say(
            lang,
            f"{condition(when, lang)}的 {quantity(value, lang, unit)}",
            f"{quantity(value, lang, unit)} where {condition(when, lang)}",
        )
        for when, value in node.rows
    ]
    return table_words(say(lang, "按情形", "by case"), rows, node, lang, unit)


def several(parts: Sequence[Quantity], lang: Lang, unit: str | None) -> list[str]:
    """Each of several quantities of one unit."""
    return [quantity(p, lang, unit) for p in parts]


@_quantity.register
def _(node: q.Sum, lang: Lang, unit: str | None) -> str:
    listed = list_words(several(node.parts, lang, unit), lang)
    return say(lang, f"{listed}之和", f"the sum of {listed}")


@_quantity.register
def _(node: q.Difference, lang: Lang, unit: str | None) -> str:
    of, less = quantity(node.of, lang, unit), quantity(node.less, lang, unit)
    return say(lang, f"{of}减去{less}", f"{of} less {less}")


@_quantity.register
def _(node: q.Product, lang: Lang, unit: str | None) -> str:
    units = [unit_of(p) for p in node.parts]
    if unit == "money" and "money" not in units and units:
        units[0] = "money"
    parts = [quantity(p, lang, u) for p, u in zip(node.parts, units, strict=True)]
    return " × ".join(parts)


@_quantity.register
def _(node: q.Quotient, lang: Lang, unit: str | None) -> str:
    by_unit = unit_of(node.by)
    of = quantity(node.of, lang, by_unit if by_unit == "money" else unit)
    by = quantity(node.by, lang)
    return say(lang, f"{of}除以{by}", f"{of} divided by {by}")


@_quantity.register
def _(node: q.ShareOf, lang: Lang, unit: str | None) -> str:
    part, of = quantity(node.share, lang, "share"), quantity(node.of, lang, unit)
    return say(lang, f"{of}的 {part}", f"{part} of {of}")


@_quantity.register
def _(node: q.Least, lang: Lang, unit: str | None) -> str:
    listed = list_words(several(node.parts, lang, unit), lang)
    return say(lang, f"{listed}中的最小值", f"the least of {listed}")


@_quantity.register
def _(node: q.Greatest, lang: Lang, unit: str | None) -> str:
    listed = list_words(several(node.parts, lang, unit), lang)
    return say(lang, f"{listed}中的最大值", f"the greatest of {listed}")


@_quantity.register
def _(node: q.Cap, lang: Lang, unit: str | None) -> str:
    of, limit = quantity(node.of, lang, unit), quantity(node.limit, lang, unit)
    return say(lang, f"{of}，最高不超过 {limit}", f"{of}, but no more than {limit}")


@_quantity.register
def _(node: q.Floor, lang: Lang, unit: str | None) -> str:
    of, limit = quantity(node.of, lang, unit), quantity(node.limit, lang, unit)
    return say(lang, f"{of}，最低不少于 {limit}", f"{of}, but no less than {limit}")


def rounding_words(step: Number, mode: str, lang: Lang, unit: str | None) -> str:
    """How a number is rounded."""
    size = with_unit(step, unit, lang)
    how = ROUNDINGS[mode].get(lang)
    return say(lang, f"按 {size}{how}", f"{how} to {size}")


@_quantity.register
def _(node: q.Round, lang: Lang, unit: str | None) -> str:
    of = quantity(node.of, lang, unit)
    how = rounding_words(node.step, node.mode, lang, unit)
    return say(lang, f"{of}（{how}）", f"{of} ({how})")


@_quantity.register
def _(node: q.PerUnits, lang: Lang, unit: str | None) -> str:
    of, value = quantity(node.of, lang), quantity(node.value, lang, unit)
    each = with_unit(node.units, unit_of(node.of), lang)
    how = ROUNDINGS[node.rounding].get(lang)
    return say(
        lang,
        f"{of}每 {each} {value}（不足部分{how}）",
        f"{value} for every {each} of {of} (broken units {how})",
    )


def part_name(part: q.Part, lang: Lang) -> str:
    """The label of a named part, or its id."""
    return part.id if part.label is None else part.label.get(lang)


@_quantity.register
def _(node: q.PartAmount, lang: Lang, unit: str | None) -> str:
    del unit
    return f"“{part_name(node.part, lang)}”"


@_quantity.register
def _(node: q.Parts, lang: Lang, unit: str | None) -> str:
    rows = []
    for part in node.parts:
        row = f"{part_name(part, lang)} {quantity(part.value, lang, unit)}"
        if part.when is not None:
            when = condition(part.when, lang)
            row += say(lang, f"（{when}时）", f" (where {when})")
        rows.append(row)
    return say(lang, "；", "; ").join(rows)


@_quantity.register
def _(node: q.Let, lang: Lang, unit: str | None) -> str:
    return quantity(node.value, lang, unit)


@_quantity.register
def _(node: q.AmountReadings, lang: Lang, unit: str | None) -> str:
    listed = join_words(several(node.parts, lang, unit), lang)
    return say(lang, f"按不同理解为 {listed}", f"read either way: {listed}")


@_quantity.register
def _(node: q.Count, lang: Lang, unit: str | None) -> str:
    del unit
    entries = filtered(node.test, lang)
    if node.distinct is not None:
        name = fact_name(node.distinct, lang)
        return say(
            lang,
            f"{entries}中不同的{name}的个数",
            f"the number of different values of {name} in {entries}",
        )
    return say(lang, f"{entries}的数目", f"the number of entries in {entries}")


@_quantity.register
def _(node: q.Months, lang: Lang, unit: str | None) -> str:
    del unit
    entries = filtered(ListTest(node.list, node.where), lang)
    until = day(node.until, lang)
    if lang == "zh":
        since = f"自{day(node.since, lang)}起，" if node.since is not None else ""
        return f"{since}截至{until}{entries}{'连续' if node.continuous else '累计'}满月数"
    since = f"from {day(node.since, lang)} " if node.since is not None else ""
    kind = "unbroken whole months" if node.continuous else "whole months"
    return f"{kind} {since}until {until} in {entries}"


def between_days(zh: str, en: str, start: Day, end: Day, lang: Lang) -> str:
    """A length of time from one day to another."""
    a, b = day(start, lang), day(end, lang)
    return say(lang, f"自{a}至{b}的{zh}", f"{en} from {a} to {b}")


@_quantity.register
def _(node: q.MonthsBetween, lang: Lang, unit: str | None) -> str:
    del unit
    return between_days("满月数", "whole months", node.start, node.end, lang)


@_quantity.register
def _(node: q.DaysBetween, lang: Lang, unit: str | None) -> str:
    del unit
    return between_days("天数", "days", node.start, node.end, lang)


@_quantity.register
def _(node: q.YearsBetween, lang: Lang, unit: str | None) -> str:
    del unit
    return between_days("满年数", "whole years", node.start, node.end, lang)


@_quantity.register
def _(node: q.Statistic, lang: Lang, unit: str | None) -> str:
    del unit
    place = (
        fact_name(node.division, lang)
        if isinstance(node.division, FactRef)
        else place_name(node.division, lang)
    )
    name, year = statistic_name(node.kind, lang), quantity(node.year, lang, "year")
    return say(lang, f"{place}{year}{name}", f"{name} of {place} in {year}")


@_quantity.register
def _(node: q.OverList, lang: Lang, unit: str | None) -> str:
    value, entries = quantity(node.value, lang, unit), filtered(node.test, lang)
    take = TAKES[node.take].get(lang)
    return say(lang, f"{entries}各项“{value}”的{take}", f"the {take} of {value} over {entries}")


# ---------------------------------------------------------------------------- days


@singledispatch
def day(node: Day, lang: Lang) -> str:
    """A phrase for a day."""
    raise NotImplementedError(type(node).__name__, lang)


@day.register
def _(node: d.DayConstant, lang: Lang) -> str:
    return day_text(DateSpan(node.first, node.last), lang)


@day.register
def _(node: d.QuestionDay, lang: Lang) -> str:
    return QUESTION_DAYS[node.name].get(lang)


@day.register
def _(node: d.FactDay, lang: Lang) -> str:
    return fact_name(node.ref, lang)


@day.register
def _(node: d.MonthsLater, lang: Lang) -> str:
    inner = day(node.day, lang)
    n = abs(node.months)
    word = "month" if n == 1 else "months"
    if node.months < 0:
        return say(lang, f"{inner}前 {n} 个月", f"{n} {word} before {inner}")
    return say(lang, f"{inner}后 {n} 个月", f"{n} {word} after {inner}")


@day.register
def _(node: d.MonthStart, lang: Lang) -> str:
    inner = day(node.day, lang)
    return say(lang, f"{inner}所在月份的 1 日", f"the first day of the month of {inner}")


@day.register
def _(node: d.DayOfYear, lang: Lang) -> str:
    name = fact_name(node.ref, lang)
    if node.ref.fact.type == "date":
        name = say(lang, f"{name}所在年份", f"the year of {name}")
    return day_in(moved_years(name, node.years, lang), node.month, node.day, lang)


@day.register
def _(node: d.DayInYear, lang: Lang) -> str:
    asked = day(node.of, lang)
    name = say(lang, f"{asked}所在年份", f"the year of {asked}")
    return day_in(moved_years(name, node.years, lang), node.month, node.day, lang)


def day_in(year: str, month: int, day_of_month: int, lang: Lang) -> str:
    """A day of a year."""
    return say(
        lang,
        f"{year}的 {month} 月 {day_of_month} 日",
        f"{month:02d}-{day_of_month:02d} (month-day) of {year}",
    )


@day.register
def _(node: d.DayByFact, lang: Lang) -> str:
    rows = [f"{year}{say(lang, ' 年为 ', ': ')}{day(value, lang)}" for year, value in node.rows]
    name = fact_name(node.ref, lang)
    return say(
        lang, f"按{name}确定的日期（{'；'.join(rows)}）", f"a day by {name} ({'; '.join(rows)})"
    )


@day.register
def _(node: d.ExtremeDay, lang: Lang) -> str:
    listed = list_words([day(x, lang) for x in node.days], lang)
    which = Text("最晚者", "the latest") if node.latest else Text("最早者", "the earliest")
    return say(lang, f"{listed}中的{which.zh}", f"{which.en} of {listed}")


@day.register
def _(node: d.DayReadings, lang: Lang) -> str:
    listed = join_words([day(x, lang) for x in node.days], lang)
    return say(lang, f"{listed}（可有不同理解）", f"{listed} (read either way)")
