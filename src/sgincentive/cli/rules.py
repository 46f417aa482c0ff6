"""``sgincentive rules``: the author's desk."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sgincentive.cli import messages
from sgincentive.cli import rules_messages as msg
from sgincentive.cli.main import NOT_MET, OK, UNUSABLE, complain, print_json
from sgincentive.desk.drafts import Desk, open_desk, read_draft
from sgincentive.desk.written import write_whole
from sgincentive.facts import read_profile, view
from sgincentive.ruleset import Rules, Subject, load_rules, question_of, read_rules
from sgincentive.schemes.index import SUFFIX, RuleFile, rule_files, shipped_rules
from sgincentive.source import Diagnostic, SourceError, read, read_text
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


def lint_rules(
    folder: str | None,
    *,
    root: str | None,
    prefixes: Sequence[str],
    days: int | None,
    lang: Lang,
    as_json: bool,
) -> int:
    """Run ``rules lint``; gives the exit status."""
    from sgincentive.desk.lint import DAYS, lint

    desk = desk_of(folder, root, prefixes, lang)
    limit = DAYS if days is None else days
    with progress(len(desk.drafts), msg.LINTING, lang) as step:
        found = lint(desk, ids_of(desk), date.today(), limit, step)
    old = [f for f in found if f.diagnostic.severity == "warning"]
    wrong = [f for f in found if f.diagnostic.severity == "error"]
    if as_json:
        print_json(
            {
                "files": desk.files,
                "findings": [{"code": f.code, **problem_json(f.diagnostic)} for f in found],
            }
        )
    else:
        for each in found if days is not None else wrong:
            print(each.diagnostic.render(lang, sys.stdout.isatty()))
        print(
            msg.LINTED.get(lang).format(
                files=desk.files, found=len(wrong), old=len(old), days=limit
            )
        )
    if desk.errors:
        return UNUSABLE
    return NOT_MET if wrong else OK


def ids_of(desk: Desk) -> list[str]:
    """The ids and aliases of every scheme of the folder, chosen or not, and of those shipped."""
    found: list[str] = []
    for root in dict.fromkeys((desk.root, shipped_rules())):
        for scheme in read_rules([root]).schemes:
            found += [scheme.id, *scheme.aliases]
        found += [f.id for f in rule_files(root) if isinstance(f, RuleFile)]
    return found


def diff_rules(
    old: str, new: str, *, profiles: str | None, on: date | None, lang: Lang, as_json: bool
) -> int:
    """Run ``rules diff``; gives the exit status."""
    from sgincentive.desk.compare import Asked, changes, effects, samples

    before, after = two_states(Path(old), Path(new))
    changed = list(changes(before, after))
    ids = [each.scheme for each in changed]
    if profiles is None:
        asked = samples(before, after, ids)
    else:
        mine = [
            Asked(Text(name, name), subject, question_of(view(subject), on, None).on)
            for name, subject in profiles_in(Path(profiles))
        ]
        asked = dict.fromkeys(ids, mine)
    felt = [each for id in ids for each in effects(before, after, asked[id], [id])]
    if as_json:
        print_json(
            {
                "schemes": [
                    {
                        "scheme": each.scheme,
                        "title": each.title._asdict(),
                        "state": each.state,
                        "removed": [t._asdict() for sign, t in each.lines if sign == "-"],
                        "added": [t._asdict() for sign, t in each.lines if sign == "+"],
                    }
                    for each in changed
                ],
                "effects": [
                    {
                        "who": each.who._asdict(),
                        "scheme": each.scheme,
                        "before": each.before._asdict(),
                        "after": each.after._asdict(),
                        "gain": None if each.gain is None else [str(end) for end in each.gain],
                    }
                    for each in felt
                ],
            }
        )
        return NOT_MET if changed else OK
    for each in changed:
        print(f"{each.scheme}  {each.title.get(lang)}  [{msg.STATES[each.state].get(lang)}]")
        for sign, text in each.lines:
            print(f"  {sign} {text.get(lang)}")
        for effect in felt:
            if effect.scheme == each.scheme:
                arrow = f"{effect.before.get(lang)} → {effect.after.get(lang)}"
                print(f"    {effect.who.get(lang)}: {arrow}{gain_text(effect.gain)}")
    print(msg.DIFFERED.get(lang).format(schemes=len(changed), people=len(felt)))
    return NOT_MET if changed else OK


def gain_text(gain: tuple[Decimal, Decimal] | None) -> str:
    """By how much an amount changed, in brackets; nothing where it did not or is not known."""
    if gain is None or not any(gain):
        return ""
    ends = [f"{end:+,.2f}" for end in gain]
    return f" ({' … '.join(dict.fromkeys(ends))})"


def two_states(old: Path, new: Path) -> tuple[Rules, Rules]:
    """The rules of two folders, or of two files taken for the same scheme. Raises SourceError."""
    if old.is_dir() and new.is_dir():
        return load_rules(old), load_rules(new)
    found = []
    # What is no folder is read first: where one of the two is missing, it is the one to name.
    texts = {path: read_text(path) for path in sorted((old, new), key=Path.is_dir)}
    for path in (old, new):
        draft = read_draft(texts[path], str(path), scheme_id(new))
        if draft.scheme is None:
            raise SourceError(draft.problems)
        found.append(Rules([draft.scheme]))
    return found[0], found[1]


def scheme_id(path: Path) -> str:
    """The id of a rule file: its path below the last folder called ``rules``, else its name."""
    parts = path.resolve().with_suffix("").parts
    if "rules" in parts:
        last = len(parts) - 1 - parts[::-1].index("rules")
        return "/".join(parts[last + 1 :])
    return parts[-1]


def profiles_in(folder: Path) -> list[tuple[str, Subject]]:
    """The profiles of a folder by the names of their files. Raises SourceError."""
    paths = sorted(p for p in folder.glob("*") if p.suffix in (".yaml", ".yml", ".json"))
    if not paths:
        raise SourceError([Diagnostic(str(folder), None, msg.NO_PROFILES)])
    return [(p.stem, read_profile(read(p, show_lines=False), str(p))) for p in paths]


def new_rule(scheme: str, *, output: str | None, folder: str | None, lang: Lang) -> int:
    """Run ``rules new``; gives the exit status."""
    from sgincentive.desk.skeleton import skeleton

    text = skeleton(scheme, lang)
    if output is None and folder is None:
        print(text, end="")
        return OK
    path = Path(output) if output is not None else Path(str(folder)) / f"{scheme}{SUFFIX}"
    write_whole(path, text)
    print(msg.WRITTEN.get(lang).format(path=path))
    return OK


def print_schema(output: str | None) -> int:
    """Run ``rules schema``; gives the exit status. The schema itself is written anew."""
    from sgincentive.desk.schema import schema_text

    if output is None:
        print(schema_text(), end="")
    else:
        write_whole(Path(output), schema_text(), over=True)
    return OK


def write_snapshot(
    folder: str | None,
    *,
    output: str,
    root: str | None,
    prefixes: Sequence[str],
    lang: Lang,
    as_json: bool,
) -> int:
    """Run ``rules snapshot``; gives the exit status."""
    from sgincentive.desk.snapshot import snapshots, write_snapshots

    desk = desk_of(folder, root, prefixes, lang)
    if desk.errors:
        return UNUSABLE
    changed = write_snapshots(Path(output), snapshots(Rules(desk.schemes())))
    if as_json:
        print_json({"changed": changed})
    else:
        print(msg.SNAPPED.get(lang).format(n=len(changed)))
    return OK
