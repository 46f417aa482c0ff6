"""``sgincentive template``: a workbook to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sgincentive.cli.main import OK, print_json, refuse
from sgincentive.cli.rosters import or_refuse, rules_of, subject_of
from sgincentive.facts import subject_kinds
from sgincentive.facts.vocabularies import SUBJECTS
from sgincentive.roster.files import writing
from sgincentive.roster.problems import RosterError
from sgincentive.roster.template import TemplateColumn, write_template
from sgincentive.words import Lang, Text

DONE = Text(
    "已写入 {}：{} 列；第 2 张表说明每一列怎样填写",
    "written to {}: {} columns; the second sheet explains how to fill in each",
)


def make_template(
    target: str,
    *,
    schemes: Sequence[str],
    place: str | None,
    subject: str | None,
    force: bool,
    folders: Sequence[Path],
    lang: Lang,
    as_json: bool,
) -> int:
    """Run the command; gives the exit status."""

    def work() -> int:
        path = Path(target)
        if path.suffix.lower() != ".xlsx":
            text = f"{path}: 模板的文件名应以 .xlsx 结尾", f"{path}: a template is named *.xlsx"
            raise RosterError(Text(*text))
        rules, chosen, _ = rules_of(folders, schemes, place, lang)
        kind = subject_of(chosen, lang, bool(schemes))
        if subject is not None:
            kind = _subject(subject, kind if schemes else None, lang)
        about = [s for s in chosen or rules.schemes() if s.subject == kind]
        columns: list[TemplateColumn] = []
        with writing(force, path) as [temporary]:
            columns = write_template(temporary, kind, about, bool(schemes), lang)
        if as_json:
            print_json(
                {
                    "file": target,
                    "columns": [{"heading": c.heading, "fact": c.fact} for c in columns],
                }
            )
        else:
            print(DONE.get(lang).format(target, len(columns)))
        return OK

    return or_refuse(lang, work)


def _subject(word: str, named: str | None, lang: Lang) -> str:
    """The subject of ``--subject``, which agrees with that of the named schemes."""
    kind = SUBJECTS.find(word)
    if kind is None:
        words = ", ".join(subject_kinds)
        refuse(
            lang,
            Text(f'--subject "{word}": 可用的有 {words}',
                 f'--subject "{word}": expected one of {words}'),
        )  # fmt: skip
    if named is not None and kind != named:
        refuse(
            lang,
            Text(f"所选项目的对象是 {named}，不是 {kind}",
                 f"the schemes are about a {named}, not a {kind}"),
        )  # fmt: skip
    return kind
