"""``sgincentive rules``: the author's desk."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sgincentive.cli import messages
from sgincentive.cli import rules_messages as msg
from sgincentive.cli.main import NOT_MET, OK, UNUSABLE, complain, print_json
from sgincentive.desk.drafts import Desk, open_desk
from sgincentive.schemes.index import shipped_rules
from sgincentive.source import Diagnostic, SourceError
from sgincentive.words import Lang, Text


def desk_of(folder: str | None, root: str | None, prefixes: Sequence[str], lang: Lang) -> Desk:
    """The files chosen; what is wrong with them goes to stderr."""
    where = Path(folder) if folder else shipped_rules()
    desk = open_desk(where, root=Path(root) if root else None, prefixes=prefixes)
    if desk.problems:
        complain(SourceError(desk.problems).render(lang, on_terminal()))
    return desk


def on_terminal() -> bool:
    """Whether messages are read on a terminal."""
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def progress(total: int, label: Text, lang: Lang) -> Iterator[Any]:
    """A function to call after each of ``total`` steps; a bar where stderr is a terminal."""
    if not on_terminal():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label.get(lang), total=total)
        yield lambda _: bar.advance(task)


def validate_rules(
    folder: str | None, *, root: str | None, prefixes: Sequence[str], lang: Lang, as_json: bool
) -> int:
    """Run ``rules validate``; gives the exit status."""
    desk = open_desk(
        Path(folder) if folder else shipped_rules(),
        root=Path(root) if root else None,
        prefixes=prefixes,
    )
    found = SourceError(desk.problems).diagnostics
    counted = {
        "files": desk.files, "schemes": sum(d.scheme is not None for d in desk.drafts),
        "errors": len(desk.errors),
    }  # fmt: skip
    if as_json:
        print_json({**counted, "problems": [problem_json(d) for d in found]})
    else:
        if found:
            complain(SourceError(found).render(lang, on_terminal()))
        print(msg.VALIDATED.get(lang).format(**counted))
    return UNUSABLE if desk.errors else OK


def problem_json(found: Diagnostic) -> dict[str, Any]:
    """A finding on a rule file as JSON data."""
    mark = found.mark
    return {
        "file": found.path,
        "line": mark.line if mark else None,
        "column": mark.column if mark else None,
        "severity": found.severity,
        "text": found.text._asdict(),
        "hint": found.hint._asdict() if found.hint else None,
    }


def mutate_rules(
    folder: str | None, *, root: str | None, prefixes: Sequence[str], lang: Lang, as_json: bool
) -> int:
    """Run ``rules mutate``; gives the exit status."""
    from sgincentive.desk.mutate import Survivor, mutate_all

    desk = desk_of(folder, root, prefixes, lang)
    with progress(len(desk.drafts), msg.MUTATING, lang) as step:
        tally = mutate_all(desk, step)

    def row(found: Survivor) -> dict[str, Any]:
        mutant = found.mutant
        entry = {
            "file": found.draft.path, "line": mutant.line, "change": mutant.change,
            "at": mutant.at,
        }  # fmt: skip
        return entry if found.named is None else {**entry, "why": found.named.why._asdict()}

    stale = [{"file": d.path, "at": u.at, "change": u.change} for d, u in tally.stale]
    if as_json:
        print_json(
            {
                "killed": tally.killed,
                "all": tally.all,
                "survivors": [row(s) for s in tally.survivors],
                "named": [row(s) for s in tally.named],
                "stale": stale,
                "failing": [{"file": d.path, "examples": n} for d, n in tally.failing],
            }
        )
    else:
        for each in map(row, tally.survivors):
            print(f"{each['file']}:{each['line']}: {each['change']}   ({each['at']})")
        kinds = {word for s in tally.survivors for word in s.mutant.path}
        for hint in (text for word, text in msg.HINTS.items() if word in kinds):
            print(f"   {messages.HINT.get(lang)}: {hint.get(lang)}")
        for old in stale:
            said = msg.STALE.get(lang).format(at=old["at"], change=old["change"] or "")
            print(f"{old['file']}: {said}")
        for draft, count in tally.failing:
            print(f"{draft.path}: {msg.FAILING.get(lang).format(n=count)}")
        share = 100 * tally.killed / tally.all if tally.all else 100
        print(
            msg.TALLY.get(lang).format(
                files=len(desk.drafts), all=tally.all, killed=tally.killed, share=f"{share:.1f}",
                named=len(tally.named), left=len(tally.survivors),
            )
        )  # fmt: skip
    if desk.errors:
        return UNUSABLE
    return NOT_MET if tally.survivors or tally.failing else OK


def test_rules(
    folder: str | None, *, root: str | None, prefixes: Sequence[str], lang: Lang, as_json: bool
) -> int:
    """Run ``rules test``; gives the exit status."""
    from sgincentive.desk.examples import Failure, run

    desk = desk_of(folder, root, prefixes, lang)
    with progress(len(desk.drafts), msg.TESTING, lang) as step:
        report = run(desk, step)

    def row(failure: Failure) -> dict[str, Any]:
        return {
            "file": failure.draft.path,
            "line": failure.example.mark[0],
            "name": failure.example.name._asdict(),
            "problem": failure.problem._asdict() if failure.problem else None,
            "differences": [
                {"key": d.key, "expected": plain(d.expected), "got": plain(d.got)}
                for d in failure.differences
            ],
        }

    if as_json:
        print_json(
            {
                "files": len(desk.drafts),
                "examples": report.examples,
                "failures": [row(f) for f in report.failures],
                "untried": [
                    {"file": u.draft.path, "line": u.line, "text": u.text._asdict()}
                    for u in report.untried
                ],
            }
        )
    else:
        for failure in report.failures:
            line, column = failure.example.mark
            print(f"{failure.draft.path}:{line}:{column}: {failure.example.name.get(lang)}")
            if failure.problem:
                print(f"   {failure.problem.get(lang)}")
            for each in failure.differences:
                words = msg.DIFFERENCE.get(lang)
                print("   " + words.format(key=each.key, expected=text_of(each.expected),
                                           got=text_of(each.got)))  # fmt: skip
            if failure.answer is not None:
                print(f"   {failure.answer.get(lang)}")
        for untried in report.untried:
            print(f"{untried.draft.path}:{untried.line}: {untried.text.get(lang)}")
        print(
            msg.TESTED.get(lang).format(
                files=len(desk.drafts), examples=report.examples, failed=len(report.failures),
                untried=len(report.untried),
            )
        )  # fmt: skip
    if desk.errors:
        return UNUSABLE
    return NOT_MET if report.failures else OK


def plain(value: Any) -> Any:
    """Plain data that JSON can hold."""
    return json.loads(json.dumps(value, default=str))


def text_of(value: Any) -> str:
    """A value as a rule file may write it."""
    return json.dumps(value, ensure_ascii=False, default=str)
