"""``sgincentive cost``: today's terms of a scheme against changed ones over a roster."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.table import Table as Grid

from sgincentive.cli.check import terminal
from sgincentive.cli.layout import print_lines
from sgincentive.cli.main import OK, print_json
from sgincentive.cli.progress import progress
from sgincentive.cli.roster import (
    CHECKED,
    MORE_UNWRITTEN,
    REJECTED,
    ROW,
    SHOWN,
    WRITTEN,
    amount_text,
)
from sgincentive.cli.rosters import or_refuse, question_for, roster_of, rules_of
from sgincentive.explain.format import fen_digits
from sgincentive.roster.chart import ENDINGS, Bars, check_ending, draw
from sgincentive.roster.cost import EFFECTS, Comparison, Effect, compare, comparison_columns
from sgincentive.roster.files import refuse_existing, refuse_source, writing
from sgincentive.roster.problems import RosterError
from sgincentive.roster.read import READERS
from sgincentive.roster.subjects import SUBJECT_WORDS
from sgincentive.roster.terms import Changed, change_of, changed_terms
from sgincentive.roster.totals import Sum
from sgincentive.roster.write_tables import write_csv, write_parquet
from sgincentive.roster.write_workbook import Styles, workbook, write_columns
from sgincentive.schemes.model import MONEY_KINDS, NUMBER_KINDS
from sgincentive.words import Lang, Text

WORK = Text("比较", "comparing")
TODAY = Text("现行", "today")
CHANGED = Text("改动后", "changed")
DIFFERENCE = Text("差额", "difference")
MADE = Text("改动（版本 {}）：{} 由 {} 改为 {}", "change (version {}): {} from {} to {}")
SUMS = (
    Text("", ""),
    Text("符合", "eligible"),
    Text("未定", "undecided"),
    Text("应发合计", "due"),
    Text("应发至多", "at most"),
    Text("未定者至多", "undecided, at most"),
)
NO_END = Text("无上限", "no end")
NO_AMOUNT = Text("{} 没有金额，无从比较", "{} has no amount to compare")
IN_ENGLISH = Text(
    "没有安装中文字体，图中文字用英文；.svg 不受此限",
    "no Chinese font is installed: the words of the picture are English; .svg needs none",
)
LEFT_AS_TEXT = Text(
    "没有安装中文字体：.svg 中的文字由打开它的程序选用字体",
    "no Chinese font is installed: the words of the .svg take the fonts of whatever opens it",
)
WHO = Text("{}：{}，合计 {}", "{}: {}, {} in all")
FIRST = Text("  第 {} 行：{} → {}", "  row {}: {} → {}")


def run_cost(
    source: str,
    *,
    scheme: str,
    changes: Sequence[str],
    outputs: Sequence[str],
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
        targets = [Path(o) for o in outputs]
        for path in targets:
            if path.suffix.lower() not in READERS:
                check_ending(path)
            refuse_source(path, Path(source))
            refuse_existing(path, force)
        rules, (today,), names = rules_of(folders, [scheme], None, lang)
        if today.kind not in (*MONEY_KINDS, *NUMBER_KINDS):
            raise RosterError(Text(NO_AMOUNT.zh.format(today.id), NO_AMOUNT.en.format(today.id)))
        changed, made = today, list[Changed]()
        if changes:
            changed, made = changed_terms(today, [change_of(each) for each in changes])
        question = question_for([today], today.subject, on, period, lang)
        roster = roster_of(source, today.subject, keep, names, lang)
        with progress(WORK, 2 * len(roster.rows), lang) as told:
            found = compare(rules, changed, roster, question, told)
        with writing(force, *targets) as places:
            notes = [_write(place, found, lang) for place in places]
        if as_json:
            print_json(cost_json(found, made, targets))
        else:
            _print(found, made, lang)
            for note in notes:
                if note is not None:
                    print_lines(terminal(), note.get(lang))
            for path in targets:
                print(WRITTEN.get(lang).format(path))
        return OK

    return or_refuse(lang, work)


def _write(path: Path, found: Comparison, lang: Lang) -> Text | None:
    """Write a chart or a table; gives what the reader should know of it."""
    ending = path.suffix.lower()
    if ending in ENDINGS:
        if draw(path, bars_of(found), lang):
            return LEFT_AS_TEXT if ending == ".svg" else IN_ENGLISH
    elif ending == ".xlsx":
        with workbook(path) as book:
            write_columns(book.add_worksheet(), Styles(book), comparison_columns(found, lang))
    else:
        write = write_csv if ending == ".csv" else write_parquet
        write(path, comparison_columns(found, lang))
    return None


def bars_of(found: Comparison) -> Bars:
    """What the chart shows."""
    scale = 100 if found.scheme.money else 1
    before, after = (totals.by_level or _alone(found, i) for i, totals in enumerate(found.totals))
    names = list(dict.fromkeys([*before, *after]))

    def height(sums: Any, name: Any) -> float:
        return float(sums[name].low) / scale if name in sums else 0.0

    return Bars(
        found.scheme.title,
        SUBJECT_WORDS[found.scheme.subject].many,
        [text for text, _ in names],
        [height(before, name) for name in names],
        [height(after, name) for name in names],
        [(text, found.count(effect)) for effect, text in EFFECTS.items()],
    )


def _alone(found: Comparison, which: int) -> dict[Any, Sum]:
    """All in one bar, where no column gives a level."""
    totals = found.totals[which]
    return {(found.scheme.title, found.scheme.kind): totals.by_scheme[found.scheme.id]}


def _print(found: Comparison, made: Sequence[Changed], lang: Lang) -> None:
    console = terminal()
    print_lines(console, found.scheme.title.get(lang))
    for each in made:
        words = (each.version, each.path, each.before, each.after)
        print_lines(console, MADE.get(lang).format(*words))
    console.print()
    money = found.scheme.money
    grid = Grid(box=None, pad_edge=False)
    for i, text in enumerate(SUMS):
        grid.add_column(text.get(lang), justify="right" if i else "left", no_wrap=True)
    sums = [totals.by_scheme[found.scheme.id] for totals in found.totals]
    for label, found_sum in zip((TODAY, CHANGED), sums, strict=True):
        eligible, undecided = f"{found_sum.eligible:,}", f"{found_sum.undecided:,}"
        ends = (found_sum.low, found_sum.high, found_sum.more)
        said = (_end(end, money, lang) for end in ends)
        grid.add_row(label.get(lang), eligible, undecided, *said)
    grid.add_row(
        DIFFERENCE.get(lang),
        f"{sums[1].eligible - sums[0].eligible:+,}",
        f"{sums[1].undecided - sums[0].undecided:+,}",
        *(_gap(getattr(sums[0], n), getattr(sums[1], n), money) for n in ("low", "high", "more")),
    )
    console.print(grid)
    console.print()
    for effect, text in EFFECTS.items():
        moved = _signed(found.moved(effect), money)
        counted = SUBJECT_WORDS[found.scheme.subject].counted.get(lang)
        count = counted.format(f"{found.count(effect):,}")
        print_lines(console, WHO.get(lang).format(text.get(lang), count, moved))
        if effect != "same":
            _print_first(found, effect, lang)
    roster = found.before.roster
    if roster.rejected:
        print_lines(console, REJECTED.get(lang))
        for each_row in roster.rejected[:SHOWN]:
            why = "; ".join(p.render(lang) for p in each_row.problems)
            print_lines(console, "  " + ROW.get(lang).format(each_row.number, why))
        if len(roster.rejected) > SHOWN:
            more = MORE_UNWRITTEN.get(lang).format(len(roster.rejected) - SHOWN)
            print_lines(console, "  " + more)
    totals = found.totals[0]
    print_lines(
        console,
        CHECKED.get(lang).format(
            rows_in=totals.rows_in, rows_out=totals.rows_out, rejected=totals.rejected
        ),
    )


def _print_first(found: Comparison, effect: Effect, lang: Lang) -> None:
    """The first of those that meet an effect, by row number."""
    money = found.scheme.money
    shown = 0
    for at, each in enumerate(found.effects):
        if each != effect or shown == SHOWN:
            continue
        shown += 1
        spans = []
        for answers in (found.before, found.after):
            answer = found.rows(answers)[at]
            assert answer is not None
            low = _end(answer.low or 0, money, lang)
            high = low if answer.low is None else _end(answer.high, money, lang)
            spans.append(low if low == high else f"{low}–{high}")
        number = found.before.roster.numbers[at]
        print_lines(terminal(), FIRST.get(lang).format(number, *spans))


def _end(end: Any, money: bool, lang: Lang) -> str:
    return NO_END.get(lang) if end is None else amount_text(end, money)


def _gap(a: Any, b: Any, money: bool) -> str:
    return "" if a is None or b is None else _signed(b - a, money)


def _signed(value: Any, money: bool) -> str:
    sign = "+" if value > 0 else ""
    return sign + amount_text(value, money)


def cost_json(
    found: Comparison, made: Sequence[Changed], targets: Sequence[Path]
) -> dict[str, Any]:
    """The comparison as JSON data: money as text with two decimals, no upper end null."""
    money = found.scheme.money

    def end(value: Any) -> Any:
        return None if value is None else fen_digits(value) if money else float(value)

    def sums(each: Sum) -> dict[str, Any]:
        return {
            "eligible": each.eligible, "undecided": each.undecided,
            "min": end(each.low), "max": end(each.high), "undecided_max": end(each.more),
        }  # fmt: skip

    before, after = (totals.by_scheme[found.scheme.id] for totals in found.totals)
    totals = found.totals[0]
    roster = found.before.roster
    return {
        "scheme": found.scheme.id,
        "kind": found.scheme.kind,
        "changes": [
            {"version": c.version, "path": c.path, "before": c.before, "after": c.after}
            for c in made
        ],
        "rows_in": totals.rows_in,
        "rows_out": totals.rows_out,
        "rows_rejected": totals.rejected,
        "today": sums(before),
        "changed": sums(after),
        "effects": {
            effect: {
                "people": found.count(effect),
                "difference": end(found.moved(effect)),
                "rows": [
                    roster.numbers[at] for at, each in enumerate(found.effects) if each == effect
                ],
            }
            for effect in EFFECTS
        },
        "files": [str(path) for path in targets],
    }
