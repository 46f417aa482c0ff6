"""What the commands over rosters share: reading one, choosing schemes, and their complaints."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path

from sgincentive.calendar import MAX_MONTHS, add_months, month_start
from sgincentive.cli.main import Unusable, complaint, refuse
from sgincentive.cli.progress import progress
from sgincentive.cli.roster_messages import BAD_ROSTER_PERIOD, BROKEN_LEFT_OUT
from sgincentive.divisions import AmbiguousDivision, UnknownDivision, resolve
from sgincentive.roster.answers import Question
from sgincentive.roster.entries import Roster, entries_of
from sgincentive.roster.problems import RosterError
from sgincentive.roster.read import read_roster
from sgincentive.ruleset import Rules, UnknownScheme, office_words, read_rules, touches
from sgincentive.schemes.index import shipped_rules
from sgincentive.schemes.model import Scheme
from sgincentive.schemes.names import Names, names_of
from sgincentive.source import SourceError, visible
from sgincentive.words import Lang, Text

READ = Text("读入", "reading")


def or_refuse(lang: Lang, work: Callable[[], int]) -> int:
    """The status of some work, with its complaints about rosters on stderr."""
    try:
        return work()
    except RosterError as error:
        raise Unusable(complaint_lines(lang, error)) from None


def complaint_lines(lang: Lang, error: RosterError) -> str:
    """A complaint of several lines, each safe to print on a terminal."""
    first, *rest = error.text.get(lang).split("\n")
    lines = complaint(lang, Text(first, first), error.hint)
    if not rest:
        return lines
    head, *hint = lines.split("\n", 1)
    return "\n".join([head, *map(visible, rest), *hint])


def rules_of(
    folders: Sequence[Path], ids: Sequence[str], place: str | None, lang: Lang
) -> tuple[Rules, tuple[Scheme, ...], Names]:
    """All rules, the schemes asked for by id or place (none: not asked for), and what schemes may
    be called.

    Broken files stop the command where they are named or in a folder of one's own.
    """
    loaded = read_rules([shipped_rules(), *folders], whole=folders)
    errors = [d for d in loaded.problems if d.severity == "error"]
    if errors:
        if folders or set(ids) & set(loaded.broken_ids):
            raise SourceError(errors)
        print(BROKEN_LEFT_OUT.get(lang), file=sys.stderr)
        for each in errors:
            print(each.render(lang), file=sys.stderr)
    rules = Rules(loaded.schemes, loaded.problems)
    names = Names(
        {**names_of(loaded.schemes), **{id: id for id in loaded.broken_ids}},
        lambda id: office_words(rules[id].scheme) if id in rules else None,
    )
    chosen: list[Scheme] = []
    for id in dict.fromkeys(ids):
        try:
            chosen.append(rules[id].scheme)
        except UnknownScheme as error:
            hint = error.nearest
            refuse(
                lang,
                Text(f'没有政策项目 "{id}"', f'there is no scheme "{id}"'),
                Text(f"是否想用 {hint}？", f"did you mean {hint}?") if hint else None,
            )
    if place is not None:
        code = division_of(place, lang)
        inside = [s for s in rules.schemes() if any(touches(p, code) for p in s.applies_in)]
        outside = [s for s in chosen if s not in inside]
        if outside:
            refuse(
                lang,
                Text(
                    f"{outside[0].id} 不适用于 {place}",
                    f"{outside[0].id} does not apply in {place}",
                ),
            )
        if not inside:
            refuse(
                lang,
                Text(f"{place} 没有收录政策项目", f"no scheme of {place} is on record"),
            )
        chosen = chosen or inside
    return rules, tuple(chosen), names


def division_of(place: str, lang: Lang) -> str:
    """The code of ``--in``."""
    try:
        return resolve(place)
    except AmbiguousDivision as several:
        names = "、".join(f"{d.full_name} {d.code}" for d in several.candidates[:8])
        refuse(
            lang,
            Text(
                f'--in "{place}": 地名不唯一', f'--in "{place}": more than one place has this name'
            ),
            Text(f"可能是：{names}", f"it may be {names}"),
        )
    except UnknownDivision as unknown:
        near = "、".join(list(unknown.nearest)[:3])
        refuse(
            lang,
            Text(f'--in "{place}": 没有这个行政区划', f'--in "{place}": there is no such division'),
            Text(f"是否想写：{near}？", f"did you mean {near}?") if near else None,
        )


def subject_of(schemes: Sequence[Scheme], lang: Lang, named: bool) -> str:
    """What a roster is about: what the named schemes are about, else workers."""
    kinds = list(dict.fromkeys(s.subject for s in schemes)) if named else []
    if len(kinds) > 1:
        first = {s.subject: s.id for s in reversed(schemes)}
        shown = "、".join(f"{first[k]} ({k})" for k in kinds)
        refuse(
            lang,
            Text(f"一份名册只能有一种对象；所选项目的对象不同：{shown}",
                 f"a roster is about one kind of subject; the schemes differ: {shown}"),
        )  # fmt: skip
    return kinds[0] if kinds else "worker"


def question_for(
    schemes: Sequence[Scheme], subject: str, on: date | None, period: str | None, lang: Lang
) -> Question:
    """What is asked of every row."""
    start, stop = months_of(period, lang)
    ids = tuple(scheme.id for scheme in schemes if scheme.subject == subject)
    return Question(ids, on, start, stop)


def months_of(period: str | None, lang: Lang) -> tuple[str | None, str | None]:
    """The first and the last month of ``--period``."""
    if period is None:
        return None, None
    if re.fullmatch(r"\d{4}", period):
        first, last = f"{period}-01", f"{period}-12"
    else:
        first, _, last = period.partition("/")
        last = last or first
    if not _in_order(first, last):
        said = BAD_ROSTER_PERIOD
        refuse(lang, Text(f'--period "{period}": {said.zh}', f'--period "{period}": {said.en}'))
    return first, last


def _in_order(first: str, last: str) -> bool:
    """Whether two texts are months, the second not before the first, and not too far off."""
    try:
        start, stop = month_start(first), month_start(last)
    except ValueError:
        return False
    return start <= stop <= add_months(start, MAX_MONTHS - 1)


def roster_of(path: str, subject: str, keep: Collection[str], names: Names, lang: Lang) -> Roster:
    """The roster in a file. Raises RosterError."""
    with progress(READ, None, lang):
        return entries_of(read_roster(Path(path)), subject, keep, names)
