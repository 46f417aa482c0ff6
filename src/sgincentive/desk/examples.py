"""Running the examples of rule files, and what none of them tries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sgincentive.decision import Decision
from sgincentive.desk.drafts import Desk, Draft
from sgincentive.desk.judge import BadExample, Difference, ask, differences, prepare
from sgincentive.desk.judge import Case as Asked
from sgincentive.desk.watch import Watch, Watched, WatchedTable, is_leaf
from sgincentive.explain.decision import MARKS, headline
from sgincentive.explain.sentences import condition, quantity
from sgincentive.explain.units import unit_of
from sgincentive.nodes import quantities as q
from sgincentive.ruleset import Rules
from sgincentive.schemes.model import Example
from sgincentive.words import Lang, Text


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not get the answer it expects, or (``problem``) cannot be asked.

    ``answer`` is the answer it got, on one line.
    """

    draft: Draft
    example: Example
    differences: tuple[Difference, ...] = ()
    problem: Text | None = None
    answer: Text | None = None


@dataclass(frozen=True, slots=True)
class Untried:
    """A condition or a table row that no example tries both ways."""

    draft: Draft
    line: int
    text: Text


@dataclass(slots=True)
class Report:
    """What the examples of some files say."""

    examples: int = 0
    failures: list[Failure] = field(default_factory=list)
    untried: list[Untried] = field(default_factory=list)


def run(desk: Desk, step: Callable[[Draft], None] | None = None) -> Report:
    """Ask every example of a desk; ``step`` hears of each file when it is done."""
    report = Report()
    for draft in desk.drafts:
        if draft.scheme is not None:
            run_one(draft, desk, report)
        if step is not None:
            step(draft)
    return report


def run_one(draft: Draft, desk: Desk, report: Report) -> None:
    """Ask the examples of one sound file."""
    scheme = draft.scheme
    assert scheme is not None
    rules = desk.rules_for(scheme)
    sound: list[Asked] = []
    for example in scheme.examples:
        report.examples += 1
        try:
            case = prepare(example, scheme.subject)
        except BadExample as error:
            report.failures.append(Failure(draft, example, problem=error.text))
            continue
        decision = ask(case, scheme, rules)
        found = tuple(differences(case, scheme, decision))
        if found:
            report.failures.append(Failure(draft, example, found, answer=summary(decision)))
        else:
            sound.append(case)
    report.untried += sorted(untried(draft, sound), key=lambda u: u.line)


def summary(decision: Decision) -> Text:
    """An answer on one line: outcome, amount and each requirement with its mark."""
    marks = "  ".join(f"{MARKS[f.holds]} {f.id}" for f in decision.findings if f.applies)
    return Text(*(f"{headline(decision, lang)}   {marks}" for lang in ("zh", "en")))


def untried(draft: Draft, cases: list[Asked]) -> Iterator[Untried]:
    """What the cases leave untried of one file."""
    watch = Watch(draft)
    rules = Rules([watch.scheme])
    for case in cases:
        ask(case, watch.scheme, rules)
    for watched, value in watch.one_sided():
        requirement = watch.requirement(watched)
        words = Text(*(words_of(watched, requirement, lang) for lang in ("zh", "en")))
        yield Untried(
            draft,
            watched.line,
            Text(f"没有示例满足: {words.zh}", f"no example meets: {words.en}")
            if value
            else Text(f"没有示例不满足: {words.zh}", f"no example fails: {words.en}"),
        )
    for table, row in watch.untaken():
        words = Text(row_words(table, row, "zh"), row_words(table, row, "en"))
        yield Untried(
            draft,
            table.lines[row],
            Text(f"没有示例用到表行: {words.zh}", f"no example takes the row: {words.en}"),
        )


def words_of(watched: Watched, requirement: str | None, lang: Lang) -> str:
    """A requirement by its id, a condition without parts in words."""
    leaf = condition(watched.plain, lang) if is_leaf(watched.plain) else ""
    return " ".join(w for w in (requirement and f"[{requirement}]", leaf) if w)


def row_words(table: WatchedTable, row: int, lang: Lang) -> str:
    """One row of a table in words."""
    part = table.plain
    if isinstance(part, q.ByFact | q.Cases) and row == len(part.rows):
        return Text("其他情况", "otherwise").get(lang)
    if isinstance(part, q.ByFact):
        key = part.rows[row][0]
        label = part.ref.fact.label.get(lang)
        return f"{label} {key if key is not None else 'none'}"
    if isinstance(part, q.Cases):
        return condition(part.rows[row][0], lang)
    assert isinstance(part, q.Brackets)
    bracket = part.rows[row]
    ends = "–".join("" if end is None else str(end) for end in (bracket.low, bracket.high))
    return f"{quantity(part.of, lang, unit_of(part.of))} {ends}"
