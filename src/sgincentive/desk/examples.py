"""Running the examples of rule files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sgincentive.decision import Decision
from sgincentive.desk.drafts import Desk, Draft
from sgincentive.desk.judge import BadExample, Difference, ask, differences, prepare
from sgincentive.explain.decision import MARKS, headline
from sgincentive.schemes.model import Example
from sgincentive.words import Text


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not get the answer it expects, or (``problem``) cannot be asked."""

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


def summary(decision: Decision) -> Text:
    """An answer on one line: outcome, amount and each requirement with its mark."""
    marks = "  ".join(f"{MARKS[f.holds]} {f.id}" for f in decision.findings if f.applies)
    return Text(*(f"{headline(decision, lang)}   {marks}" for lang in ("zh", "en")))
