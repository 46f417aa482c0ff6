"""A phrase for every quantity."""

from __future__ import annotations

from collections.abc import Sequence

from sgincentive.explain.format import join_words, list_words, with_unit
from sgincentive.explain.names import fact_name, place_name, statistic_name, word_name
from sgincentive.explain.sentences.base import (
    condition,
    day,
    filtered,
    moved_years,
    order_words,
    phrase,
    quantity,
    say,
)
from sgincentive.explain.units import unit_of
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Day, Quantity
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.reference import FactRef
from sgincentive.nodes.values import Number
from sgincentive.words import Lang, Text

ROUNDINGS = {
    "up": Text("向上取整", "rounded up"),
    "down": Text("向下取整", "rounded down"),
    "half_up": Text("四舍五入", "rounded half up"),
    "half_even": Text("四舍六入五成双", "rounded half to even"),
    "not_stated": Text("取整方法未写明", "rounding not stated"),
}
TAKES = {
    "sum": Text("合计", "sum"),
    "greatest": Text("最大值", "greatest value"),
    "least": Text("最小值", "least value"),
}


@phrase.register
def _(node: q.Constant, lang: Lang, unit: str | None) -> str:
    if unit is None and isinstance(node.value, int) is False and 0 < node.value < 1:
        unit = "share"
    return with_unit(node.value, unit, lang)


@phrase.register
def _(node: q.NotPublished, lang: Lang, unit: str | None) -> str:
    del unit
    return node.text.get(lang)


@phrase.register
def _(node: q.Range, lang: Lang, unit: str | None) -> str:
    if node.low is not None and node.high is not None:
        low, high = quantity(node.low, lang, unit), quantity(node.high, lang, unit)
        return say(lang, f"{low}至 {high}（未分档）", f"{low} to {high} (no split given)")
    if node.low is not None:
        return say(lang, "至少 ", "at least ") + quantity(node.low, lang, unit)
    assert node.high is not None
    return say(lang, "至多 ", "at most ") + quantity(node.high, lang, unit)


@phrase.register
def _(node: q.FactAmount, lang: Lang, unit: str | None) -> str:
    del unit
    return fact_name(node.ref, lang)


@phrase.register
def _(node: q.Year, lang: Lang, unit: str | None) -> str:
    del unit
    inner = day(node.day, lang)
    return say(lang, f"{inner}所在年份", f"the year of {inner}")


@phrase.register
def _(node: q.FactYear, lang: Lang, unit: str | None) -> str:
    del unit
    return moved_years(fact_name(node.ref, lang), node.years, lang)


@phrase.register
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


@phrase.register
def _(node: q.Brackets, lang: Lang, unit: str | None) -> str:
    of_unit = unit_of(node.of)
    rows = [
        f"{band_words(row, lang, of_unit)}{say(lang, '的 ', ' ')}{quantity(row.value, lang, unit)}"
        for row in node.rows
    ]
    of = quantity(node.of, lang)
    return say(lang, f"按{of}：{'；'.join(rows)}", f"by {of}: {'; '.join(rows)}")


@phrase.register
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


@phrase.register
def _(node: q.Sum, lang: Lang, unit: str | None) -> str:
    listed = list_words(several(node.parts, lang, unit), lang)
    return say(lang, f"{listed}之和", f"the sum of {listed}")


@phrase.register
def _(node: q.Difference, lang: Lang, unit: str | None) -> str:
    of, less = quantity(node.of, lang, unit), quantity(node.less, lang, unit)
    return say(lang, f"{of}减去{less}", f"{of} less {less}")


@phrase.register
def _(node: q.Product, lang: Lang, unit: str | None) -> str:
    units = [unit_of(p) for p in node.parts]
    if unit == "money" and "money" not in units and units:
        units[0] = "money"
    parts = [quantity(p, lang, u) for p, u in zip(node.parts, units, strict=True)]
    return " × ".join(parts)


@phrase.register
def _(node: q.Quotient, lang: Lang, unit: str | None) -> str:
    by_unit = unit_of(node.by)
    of = quantity(node.of, lang, by_unit if by_unit == "money" else unit)
    by = quantity(node.by, lang)
    return say(lang, f"{of}除以{by}", f"{of} divided by {by}")


@phrase.register
def _(node: q.ShareOf, lang: Lang, unit: str | None) -> str:
    part, of = quantity(node.share, lang, "share"), quantity(node.of, lang, unit)
    return say(lang, f"{of}的 {part}", f"{part} of {of}")


@phrase.register
def _(node: q.Least, lang: Lang, unit: str | None) -> str:
    listed = list_words(several(node.parts, lang, unit), lang)
    return say(lang, f"{listed}中的最小值", f"the least of {listed}")


@phrase.register
def _(node: q.Greatest, lang: Lang, unit: str | None) -> str:
    listed = list_words(several(node.parts, lang, unit), lang)
    return say(lang, f"{listed}中的最大值", f"the greatest of {listed}")


@phrase.register
def _(node: q.Cap, lang: Lang, unit: str | None) -> str:
    of, limit = quantity(node.of, lang, unit), quantity(node.limit, lang, unit)
    return say(lang, f"{of}，最高不超过 {limit}", f"{of}, but no more than {limit}")


@phrase.register
def _(node: q.Floor, lang: Lang, unit: str | None) -> str:
    of, limit = quantity(node.of, lang, unit), quantity(node.limit, lang, unit)
    return say(lang, f"{of}，最低不少于 {limit}", f"{of}, but no less than {limit}")


def rounding_words(step: Number, mode: str, lang: Lang, unit: str | None) -> str:
    """How a number is rounded."""
    size = with_unit(step, unit, lang)
    how = ROUNDINGS[mode].get(lang)
    return say(lang, f"按 {size}{how}", f"{how} to {size}")


@phrase.register
def _(node: q.Round, lang: Lang, unit: str | None) -> str:
    of = quantity(node.of, lang, unit)
    how = rounding_words(node.step, node.mode, lang, unit)
    return say(lang, f"{of}（{how}）", f"{of} ({how})")


@phrase.register
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


@phrase.register
def _(node: q.PartAmount, lang: Lang, unit: str | None) -> str:
    del unit
    return f"“{part_name(node.part, lang)}”"


@phrase.register
def _(node: q.Parts, lang: Lang, unit: str | None) -> str:
    rows = []
    for part in node.parts:
        row = f"{part_name(part, lang)} {quantity(part.value, lang, unit)}"
        if part.when is not None:
            when = condition(part.when, lang)
            row += say(lang, f"（{when}时）", f" (where {when})")
        rows.append(row)
    return say(lang, "；", "; ").join(rows)


@phrase.register
def _(node: q.Let, lang: Lang, unit: str | None) -> str:
    return quantity(node.value, lang, unit)


@phrase.register
def _(node: q.AmountReadings, lang: Lang, unit: str | None) -> str:
    listed = join_words(several(node.parts, lang, unit), lang)
    return say(lang, f"按不同理解为 {listed}", f"read either way: {listed}")


@phrase.register
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


@phrase.register
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


@phrase.register
def _(node: q.MonthsBetween, lang: Lang, unit: str | None) -> str:
    del unit
    return between_days("满月数", "whole months", node.start, node.end, lang)


@phrase.register
def _(node: q.DaysBetween, lang: Lang, unit: str | None) -> str:
    del unit
    return between_days("天数", "days", node.start, node.end, lang)


@phrase.register
def _(node: q.YearsBetween, lang: Lang, unit: str | None) -> str:
    del unit
    return between_days("满年数", "whole years", node.start, node.end, lang)


@phrase.register
def _(node: q.Statistic, lang: Lang, unit: str | None) -> str:
    del unit
    place = (
        fact_name(node.division, lang)
        if isinstance(node.division, FactRef)
        else place_name(node.division, lang)
    )
    name, year = statistic_name(node.kind, lang), quantity(node.year, lang, "year")
    return say(lang, f"{place}{year}{name}", f"{name} of {place} in {year}")


@phrase.register
def _(node: q.OverList, lang: Lang, unit: str | None) -> str:
    value, entries = quantity(node.value, lang, unit), filtered(node.test, lang)
    take = TAKES[node.take].get(lang)
    return say(lang, f"{entries}各项“{value}”的{take}", f"the {take} of {value} over {entries}")
