"""A workbook to fill in: Chinese headings, drop-down lists, days checked by the sheet, and a
second sheet that explains each column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sgincentive.columns.cells import blank_is_none
from sgincentive.columns.headings import Field, fields, list_labels, unique_heading
from sgincentive.divisions import ancestors, children, get
from sgincentive.facts import lists
from sgincentive.facts.spec import FIRST_YEAR, LAST_YEAR, MAX_MONTHS
from sgincentive.roster.needs import needs_of
from sgincentive.roster.subjects import SUBJECT_WORDS
from sgincentive.roster.table import letters
from sgincentive.roster.write_workbook import DAY, Styles, workbook
from sgincentive.schemes.model import Scheme
from sgincentive.words import Lang, Text

ROWS: Final = 2_000
"""Rows below the headings that are checked by the sheet."""
COUNTRY: Final = "000000"
MOST_PLACES: Final = 400
NAME_HOW: Final = Text("不参与判定，原样带到结果", "not used; carried to the result")
KEY_HOW: Final = Text(
    "{}有几行（逐项列出证书、岗位或工作人员）时，各行写同一编号；{}只有一行时可不填",
    "the same in all rows of a {} that has several (certificates, posts, staff); may stay blank "
    "where each {} has one row",
)
SHEETS: Final = {
    "roster": Text("名册", "Roster"),
    "notes": Text("填写说明", "How to fill in"),
    "lists": Text("选项", "Lists"),
}
COLUMNS: Final = (
    Text("列", "column"),
    Text("要回答的问题", "the question"),
    Text("怎样填写", "what to fill in"),
    Text("空白表示", "a blank means"),
    Text("“无”表示", "无 means"),
    Text("“不详”表示", "不详 means"),
    Text("事实", "fact"),
)
UNKNOWN: Final = Text("不知道（按未知处理，不等于没有）", "unknown (never taken for none)")
NOT_ALLOWED: Final = Text("不可用", "cannot be used")
HOW: Final = {
    "date": Text("日期 YYYY-MM-DD，如 2024-12-05", "a day, YYYY-MM-DD, for example 2024-12-05"),
    "year": Text("四位年份，如 2024", "a year of four digits, such as 2024"),
    "money": Text("金额（元），至多两位小数", "an amount in yuan, at most two decimals"),
    "count": Text("0 或正整数", "a whole number, 0 or more"),
    "months": Text(f"整月数，0 到 {MAX_MONTHS}", f"whole months, 0 to {MAX_MONTHS}"),
    "number": Text("数，至多四位小数", "a number of at most four decimals"),
    "bool": Text("是 或 否", "是 (yes) or 否 (no)"),
    "division": Text("行政区划名称或六位代码（文本），如 宁波市海曙区 或 330203",
                     "a place by name or by its code of six digits (as text), such as 330203"),
    "text": Text("文字", "text"),
}  # fmt: skip
LIST_WORDS: Final = ("无", "全部", "不详")
LIST_HOW: Final = Text(
    "全部：本表的行已列出每一项；无：一项也没有",
    "全部: the rows of this sheet name every one; 无: there is none",
)
OFFICE_HOW: Final = Text(
    "机关的认定：是 或 否；没有认定就留空", "what the office found: 是 (yes) or 否 (no); else blank"
)
NO_CERTIFICATE: Final = Text(
    "没有证书（其余证书列留空），或不是全国证书",
    "no certificate (the other columns of the certificate blank), or not a national one",
)
BAD_CELL: Final = Text("请按“填写说明”填写", "see the sheet on how to fill in")


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column of the template: what may be chosen, and what the second sheet says of it."""

    heading: str
    question: Text
    how: Text
    blank: Text
    none: Text
    unknown: Text
    fact: str
    type: str
    choices: tuple[str, ...] = ()
    strict: bool = True


def template_columns(
    subject: str, schemes: Sequence[Scheme], offices: bool
) -> list[TemplateColumn]:
    """The columns that some schemes of a subject need; with ``offices`` also those for what an
    office finds."""
    needs = needs_of(subject, schemes)
    about = fields(subject)
    names = [name for name in needs.facts if name in about]
    places = _places(schemes)
    found = [
        TemplateColumn(
            heading.zh, heading, how, Text("不填", "nothing"), NOT_ALLOWED, NOT_ALLOWED, "", "own"
        )
        for heading, how in own_columns(subject)
    ]
    found += [_of_fact(subject, about[name], places) for name in names if about[name].owner is None]
    owners = (owner for name in names if (owner := about[name].owner) is not None)
    for owner in dict.fromkeys([*owners, *needs.lists]):
        mine = (about[name] for name in names if about[name].owner == owner)
        found += [_of_fact(subject, field, places) for field in mine]
        if owner != "certificates":
            found.append(_of_list(subject, owner))
    if offices:
        titles = {scheme.id: scheme.title for scheme in schemes}
        found += [
            _of_office(titles[id], id, asked_for, said)
            for (id, asked_for), said in needs.confirmed.items()
        ]
    return found


def own_columns(subject: str) -> tuple[tuple[Text, Text], ...]:
    """The columns that say which subject a row is about, each with how to fill it in."""
    words = SUBJECT_WORDS[subject]
    how = Text(
        KEY_HOW.zh.format(words.same.zh, words.one.zh),
        KEY_HOW.en.format(words.one.en, words.one.en),
    )
    return (words.name, NAME_HOW), (words.key, how)


def _of_fact(subject: str, field: Field, places: tuple[str, ...]) -> TemplateColumn:
    fact = field.fact
    choices: tuple[str, ...] = ()
    strict = True
    how = HOW.get(fact.type)
    if fact.vocabulary is not None:
        choices = tuple(label.zh for label in fact.vocabulary.labels.values())
        how = Text("从下拉选项中选", "choose from the list")
    elif fact.type == "bool":
        choices = ("是", "否")
    elif fact.type == "division":
        choices, strict = places, False
    if choices and strict:
        choices += ("不详", *(("无",) if fact.nullable else ()))
    assert how is not None
    ends = blank_is_none(fact)
    none = NOT_ALLOWED if fact.null_means is None else fact.null_means
    if fact.name == "certificate.level":
        none = NO_CERTIFICATE
    return TemplateColumn(
        unique_heading(subject, fact.name),
        asked(fact.question),
        how,
        none if ends else UNKNOWN,
        none,
        UNKNOWN,
        fact.name,
        fact.type,
        choices,
        strict,
    )


def asked(question: Text) -> Text:
    """A question with the words of a sheet in place of those of a profile."""
    zh, en = question
    for written in ("null", "[]"):
        zh = zh.replace(f"写 {written}", "写“无”")
        en = en.replace(written, "无")
    return Text(zh, en)


def _of_list(subject: str, name: str) -> TemplateColumn:
    fact = lists(subject)[name]
    return TemplateColumn(
        list_labels(subject)[name][0], asked(fact.question), LIST_HOW,
        Text("本行写出的之外可能还有", "there may be more than the row names"),
        Text("一项也没有", "there is none"), UNKNOWN, name, "list", LIST_WORDS,
    )  # fmt: skip


def _of_office(title: Text, id: str, asked_for: str, said: Text) -> TemplateColumn:
    """The column for what an office finds of one requirement."""
    return TemplateColumn(
        f"已确认.{id}:{asked_for}",
        Text(f"{title.zh}：{said.zh}", f"{title.en}: {said.en}"),
        OFFICE_HOW,
        UNKNOWN,
        NOT_ALLOWED,
        UNKNOWN,
        f"confirmed.{id}:{asked_for}",
        "bool",
        ("是", "否", "不详"),
    )


def _places(schemes: Sequence[Scheme]) -> tuple[str, ...]:
    """The places that a cell is likely to name: those of the schemes and those below them, else
    the provinces and cities."""
    found: dict[str, None] = {}
    for scheme in schemes:
        for code in scheme.applies_in:
            if ancestors(code):
                found.update(dict.fromkeys((code, *children(code))))
    if not 0 < len(found) <= MOST_PLACES:
        provinces = children(COUNTRY)
        found = dict.fromkeys((*provinces, *(c for p in provinces for c in children(p))))
        found = {code: None for code in found if get(code).kind in ("province", "city")}
    return tuple(dict.fromkeys(get(code).full_name for code in found))


# --------------------------------------------------------------------------- writing


def write_template(
    path: Path, subject: str, schemes: Sequence[Scheme], offices: bool, lang: Lang
) -> list[TemplateColumn]:
    """Write the template; gives its columns. Raises RosterError, MissingExtra, OSError."""
    columns = template_columns(subject, schemes, offices)
    with workbook(path) as book:
        styles = Styles(book)
        sheet = book.add_worksheet(SHEETS["roster"].get(lang))
        notes = book.add_worksheet(SHEETS["notes"].get(lang))
        chosen = book.add_worksheet(SHEETS["lists"].get(lang))
        chosen.hide()
        ranges = _write_lists(chosen, columns, SHEETS["lists"].get(lang))
        _write_form(sheet, book, styles, columns, ranges, lang)
        _write_notes(notes, styles, columns, lang)
    return columns


def _write_lists(sheet: Any, columns: Sequence[TemplateColumn], name: str) -> dict[int, str]:
    """Write the choices side by side; gives the range of each column's choices."""
    ranges: dict[int, str] = {}
    lists_: dict[tuple[str, ...], int] = {}
    for column in columns:
        if column.choices:
            lists_.setdefault(column.choices, len(lists_))
    for row in range(max(map(len, lists_), default=0)):
        for choices, at in lists_.items():
            if row < len(choices):
                sheet.write_string(row, at, choices[row])
    for i, column in enumerate(columns):
        if column.choices:
            letter = letters(lists_[column.choices])
            ranges[i] = f"='{name}'!${letter}$1:${letter}${len(column.choices)}"
    return ranges


def _write_form(
    sheet: Any,
    book: Any,
    styles: Styles,
    columns: Sequence[TemplateColumn],
    ranges: dict[int, str],
    lang: Lang,
) -> None:
    plain = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": DAY})
    for i, column in enumerate(columns):
        numeric = column.type in ("year", "money", "count", "months", "number")
        style = day if column.type == "date" else None if numeric else plain
        sheet.set_column(i, i, max(12, 2 * len(column.heading) + 2), style)
        sheet.write_string(0, i, column.heading, styles.head)
        rule = _rule(column, ranges.get(i))
        if rule is not None:
            rule |= {
                "ignore_blank": True,
                "error_title": column.heading[:32],
                "error_message": f"{column.how.get(lang)}；{BAD_CELL.get(lang)}"[:255],
            }
            sheet.data_validation(1, i, ROWS, i, rule)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, ROWS, len(columns) - 1)


def _rule(column: TemplateColumn, choices: str | None) -> dict[str, Any] | None:
    """What the sheet itself checks."""
    if choices is not None:
        return {"validate": "list", "source": choices, "show_error": column.strict}
    low, high = {
        "date": (date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)),
        "year": (FIRST_YEAR, LAST_YEAR),
        "months": (0, MAX_MONTHS),
        "count": (0, 10**9),
        "money": (0, 10**11),
        "number": (0, 10**9),
    }.get(column.type, (None, None))
    if low is None:
        return None
    kind = {"date": "date", "money": "decimal", "number": "decimal"}.get(column.type, "integer")
    # A day may also be 无 or 不详, so the sheet only warns of what is no day.
    warn = "warning" if column.type == "date" else "stop"
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": low,
        "maximum": high,
        "error_type": warn,
    }


def _write_notes(sheet: Any, styles: Styles, columns: Sequence[TemplateColumn], lang: Lang) -> None:
    for i, text in enumerate(COLUMNS):
        sheet.set_column(i, i, (22, 44, 40, 28, 24, 28, 28)[i])
        sheet.write_string(0, i, text.get(lang), styles.head)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(columns), 1), len(COLUMNS) - 1)
    for row, column in enumerate(columns, start=1):
        cells = (
            column.heading,
            column.question.get(lang),
            column.how.get(lang) + _choices_shown(column, lang),
            column.blank.get(lang),
            column.none.get(lang),
            column.unknown.get(lang),
            column.fact,
        )
        for i, cell in enumerate(cells):
            sheet.write_string(row, i, cell, styles.wrapped)


def _choices_shown(column: TemplateColumn, lang: Lang) -> str:
    if not column.choices or not column.strict or column.type in ("bool", "list"):
        return ""
    colon, comma = ("：", "、") if lang == "zh" else (": ", ", ")
    return colon + comma.join(column.choices)
