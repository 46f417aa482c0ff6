"""``sgincentive roster``: a table in, what each row gets out, and the sums."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table as Grid

from sgincentive.cli.check import terminal
from sgincentive.cli.layout import print_lines
from sgincentive.cli.main import OK, print_json
from sgincentive.cli.progress import progress
from sgincentive.cli.rosters import (
    or_refuse,
    question_for,
    roster_of,
    rules_of,
    subject_of,
)
from sgincentive.columns.headings import list_labels
from sgincentive.explain.format import fen_digits, number
from sgincentive.roster.answers import Answers, evaluate
from sgincentive.roster.entries import Roster
from sgincentive.roster.files import refuse_existing, refuse_source
from sgincentive.roster.needs import needs_of
from sgincentive.roster.reasons import fact_label
from sgincentive.roster.totals import Sum, Totals, totals_of
from sgincentive.roster.totals_sheet import Line, counts, sections, with_lines
from sgincentive.roster.write import outputs_of, write_result
from sgincentive.words import Lang, Text

SHOWN = 10
"""So many rejected rows are listed; all of them stand in the result."""
GRID = (
    Text("名称", "name"),
    Text("待遇", "benefit"),
    Text("符合", "eligible"),
    Text("未定", "undecided"),
    Text("应发合计（元）", "due (CNY)"),
)

WORK = Text("判定", "checking")
WRITE = Text("写出", "writing")
CHECKED = Text(
    "核对：读入 {rows_in} 行 = 结果 {rows_out} 行 + 拒收 {rejected} 行",
    "checked: {rows_in} rows in = {rows_out} rows out + {rejected} rows rejected",
)
NOT_EQUAL = Text("行数不符，请报告此错误", "the rows do not add up: please report this")
OTHERS = Text("只读取了第一张工作表；未读：{}", "only the first sheet was read; not read: {}")
ASKED = Text("询问的日期：{}", "asked about: {}")
DAY_OF_ROW = Text(
    "每行的申请日期，没有写的为 {}", "each row's date of application, {} where it has none"
)
BY_ROWS = Text(
    "逐行计算的答案：{}（其余按列计算，结果相同）",
    "answers worked out row by row: {} (the others in columns, with the same result)",
)
KEPT = Text("原样带出、不参与判定的列：{}", "columns carried over and not used: {}")
NEAR = Text(
    "{}：“{}”不是已知的标题，原样带出（最接近的是“{}”）",
    "{}: {!r} is no known heading and was carried over (the nearest is {!r})",
)
ABSENT = Text(
    "名册没有以下列，有关事实按未知处理：{}",
    "the roster has no column for these facts, they count as unknown: {}",
)
REJECTED = Text("拒收的行：", "rejected rows:")
ROW = Text("第 {} 行  {}", "row {}  {}")
MORE = Text("另有 {} 行，见结果文件", "and {} more, see the result")
MORE_UNWRITTEN = Text("另有 {} 行；用 -o 写出全部", "and {} more; write them all with -o")
WRITTEN = Text("已写入 {}", "written to {}")


def run_roster(
    source: str,
    *,
    output: str | None,
    schemes: Sequence[str],
    place: str | None,
    on: date | None,
    period: str | None,
    keep: Collection[str],
    force: bool,
    folders: Sequence[Path],
    lang: Lang,
    as_json: bool,
) -> int:
    """Run the command; gives the exit status."""

    def work() -> int:
        target = None if output is None else Path(output)
        if target is not None:
            for path in outputs_of(target):
                refuse_source(path, Path(source))
                refuse_existing(path, force)
        rules, chosen, names = rules_of(folders, schemes, place, lang)
        subject = subject_of(chosen, lang, bool(schemes))
        question = question_for(chosen, subject, on, period, lang)
        roster = roster_of(source, subject, keep, names, lang)
        with progress(WORK, len(roster.rows), lang) as told:
            answers = evaluate(rules, roster, question, told)
        totals = totals_of(answers)
        paths: list[Path] = []
        if target is not None:
            rows = len(answers.roster.rows) + len(answers.roster.rejected)
            with progress(WRITE, rows, lang) as told:
                paths = write_result(target, answers, totals, lang, force, told)
        if as_json:
            print_json(summary_json(answers, totals, paths, lang))
        else:
            print_summary(answers, totals, paths, lang)
        return OK

    return or_refuse(lang, work)


def print_summary(answers: Answers, totals: Totals, paths: Sequence[Path], lang: Lang) -> None:
    """The sums for people."""
    console = terminal()
    for name, count in counts(totals, answers.roster.subject, lang)[3:]:
        print_lines(console, f"{name}  {count:,}")
    for head, lines in with_lines(sections(totals, answers, lang)):
        console.print()
        console.print(grid(head, lines, lang, console))
    console.print()
    for note in notes(answers, lang):
        print_lines(console, note)
    _print_rejected(console, answers.roster, bool(paths), lang)
    said = CHECKED.get(lang).format(
        rows_in=totals.rows_in, rows_out=totals.rows_out, rejected=totals.rejected
    )
    print_lines(console, said if totals.agree else f"{said}  {NOT_EQUAL.get(lang)}")
    for path in paths:
        print(WRITTEN.get(lang).format(path))


def grid(head: str, lines: Sequence[Line], lang: Lang, console: Console) -> Grid:
    """One section of the sums as a table."""
    found = Grid(
        title=head, title_justify="left", title_style="bold", box=None, pad_edge=False,
        width=console.width,
    )  # fmt: skip
    for i, text in enumerate(GRID):
        found.add_column(
            text.get(lang),
            justify="left" if i < 2 else "right",
            ratio=(5, 3, None, None, None)[i],
            no_wrap=i > 1,
            overflow="fold",
        )
    for line in lines:
        amount = amount_text(line.low, line.money)
        if line.high != line.low:
            amount += f"–{amount_text(line.high, line.money)}"
        found.add_row(
            line.name, line.kind, f"{line.sum.eligible:,}", f"{line.sum.undecided:,}", amount
        )
    return found


def amount_text(amount: Any, money: bool) -> str:
    """An amount of a line."""
    if amount is None or isinstance(amount, str):
        return amount or ""
    return fen_digits(amount, grouped=True) if money else number(amount)


def notes(answers: Answers, lang: Lang) -> list[str]:
    """What a reader of the sums should know about the table that was read."""
    roster = answers.roster
    found = [ASKED.get(lang).format(day_asked(answers, lang))]
    if answers.by_rows:
        found.append(BY_ROWS.get(lang).format(answers.by_rows))
    if roster.table.others:
        found.append(OTHERS.get(lang).format("、".join(roster.table.others)))
    near = roster.near_headings()
    kept = [name for name in roster.own_headings() if name not in near]
    if kept:
        found.append(KEPT.get(lang).format("、".join(kept)))
    for column in roster.columns:
        if column.heading in near:
            words = (roster.table.cell(1, column.index), column.heading, near[column.heading])
            found.append(NEAR.get(lang).format(*words))
    absent = missing_columns(answers)
    if absent:
        labels = "、" if lang == "zh" else ", "
        found.append(
            ABSENT.get(lang).format(
                labels.join(fact_label(roster.subject, name).get(lang) for name in absent)
            )
        )
    return found


def day_asked(answers: Answers, lang: Lang) -> str:
    """The day that the rows were asked about, in words."""
    day = str(answers.on or date.today())
    dated = any(meaning.name == "applied" for meaning in answers.roster.facts)
    return DAY_OF_ROW.get(lang).format(day) if dated and answers.on is None else day


def missing_columns(answers: Answers) -> list[str]:
    """Facts that are missing in some answer and for which the roster has no column."""
    roster = answers.roster
    given = {c.meaning.name for c in roster.columns if c.meaning is not None}
    asked = {
        fact
        for rows in answers.rows.values()
        for missing in {a.missing for a in rows if a is not None}
        for fact in missing
    }
    needs = needs_of(roster.subject, answers.schemes)
    every = [*needs.facts, *(name for name in list_labels(roster.subject) if name in needs.lists)]
    return [name for name in every if name in asked and name not in given]


def _print_rejected(console: Console, roster: Roster, written: bool, lang: Lang) -> None:
    if not roster.rejected:
        return
    print_lines(console, REJECTED.get(lang))
    for each in roster.rejected[:SHOWN]:
        said = "; ".join(p.render(lang) for p in each.problems)
        print_lines(console, "  " + ROW.get(lang).format(each.number, said))
    more = len(roster.rejected) - SHOWN
    if more > 0:
        print_lines(console, "  " + (MORE if written else MORE_UNWRITTEN).get(lang).format(more))


def summary_json(
    answers: Answers, totals: Totals, paths: Sequence[Path], lang: Lang
) -> dict[str, Any]:
    """The sums as JSON data: money as text with two decimals, no upper end null."""
    schemes = {scheme.id: scheme for scheme in answers.schemes}

    def sums(found: Sum, money: bool) -> dict[str, Any]:
        low, high, more = (
            None if end is None else fen_digits(end) if money else float(end)
            for end in (found.low, found.high, found.more)
        )
        return {
            "people": found.people, "eligible": found.eligible, "undecided": found.undecided,
            "min": low, "max": high, "undecided_max": more, "unpublished": found.unpublished,
        }  # fmt: skip

    def groups(by: Any) -> list[dict[str, Any]]:
        return [
            {"name": text.get(lang), "kind": kind, **sums(found, kind in MONEY)}
            for (text, kind), found in by.items()
        ]

    return {
        "rows_in": totals.rows_in,
        "rows_out": totals.rows_out,
        "rows_rejected": totals.rejected,
        "people": totals.people,
        "eligible": totals.eligible,
        "undecided": totals.undecided,
        "on": None if answers.on is None else answers.on.isoformat(),
        "period": answers.period,
        "by_rows": answers.by_rows,
        "by_scheme": [
            {"scheme": id, "kind": schemes[id].kind, **sums(found, schemes[id].money)}
            for id, found in totals.by_scheme.items()
        ],
        "by_level": groups(totals.by_level),
        "by_payer": groups(totals.by_payer),
        "rejected": [
            {"row": each.number, "why": [p.render(lang) for p in each.problems]}
            for each in answers.roster.rejected
        ],
        "files": [str(path) for path in paths],
    }


MONEY = ("one_off", "monthly", "yearly", "refund")
