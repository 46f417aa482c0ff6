"""A phrase for every day."""

from __future__ import annotations

from sgincentive.explain.format import day_text, join_words, list_words
from sgincentive.explain.names import fact_name
from sgincentive.explain.sentences.base import day, moved_years, say
from sgincentive.nodes import days as d
from sgincentive.nodes.values import DateSpan
from sgincentive.words import Lang, Text

QUESTION_DAYS = {
    "on": Text("判定日期", "the date asked about"),
    "applied": Text("申请日期", "the date of application"),
}


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
