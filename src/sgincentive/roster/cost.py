"""What a policy would cost: the same roster under today's terms and under changed ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sgincentive.nodes.values import Number
from sgincentive.roster.answer import Answer
from sgincentive.roster.answers import Answers, Progress, Question, evaluate, unwatched
from sgincentive.roster.entries import Roster
from sgincentive.roster.results import HEADS, HIGH, LOW, OutColumn, high_of, low_of, own_columns
from sgincentive.roster.totals import Totals, totals_of
from sgincentive.ruleset import Rules
from sgincentive.schemes.model import Scheme
from sgincentive.words import Lang, Text

Effect = Literal["gains", "loses", "same", "open"]
EFFECTS: dict[Effect, Text] = {
    "gains": Text("增加", "gains"),
    "loses": Text("减少", "loses"),
    "same": Text("不变", "unchanged"),
    "open": Text("增减未定", "not decided"),
}


@dataclass(slots=True)
class Comparison:
    """Answers and sums under both terms; ``effects`` holds what happens to each person, None for
    a row whose person stands at another row."""

    scheme: Scheme
    before: Answers
    after: Answers
    totals: tuple[Totals, Totals]
    effects: list[Effect | None] = field(default_factory=list)

    def count(self, effect: Effect) -> int:
        """How many persons meet an effect."""
        return self.effects.count(effect)

    def moved(self, effect: Effect) -> Number:
        """By how much what is surely due to those persons changes altogether."""
        found: Number = 0
        pairs = zip(self.effects, self.rows(self.before), self.rows(self.after), strict=True)
        for each, a, b in pairs:
            if each == effect:
                found += (_low(b) or 0) - (_low(a) or 0)
        return found

    def rows(self, answers: Answers) -> Sequence[Answer | None]:
        """The answers for the scheme."""
        return answers.rows[self.scheme.id]


def compare(
    rules: Rules,
    changed: Scheme,
    roster: Roster,
    question: Question,
    progress: Progress = unwatched,
) -> Comparison:
    """Both terms over one roster. The changed scheme takes the place of its namesake."""
    others = [rules[id].scheme for id in rules if id != changed.id]
    before = evaluate(rules, roster, question, progress)
    after = evaluate(Rules([*others, changed]), roster, question, progress)
    made = Comparison(changed, before, after, (totals_of(before), totals_of(after)))
    made.effects = [
        None if a is None or b is None else effect_of(a, b)
        for a, b in zip(made.rows(before), made.rows(after), strict=True)
    ]
    return made


def effect_of(before: Answer, after: Answer) -> Effect:
    """Whether a person is better or worse off, at both ends of the amount."""
    ends = [(_low(before), _low(after)), (_high(before), _high(after))]
    up = any(_less(a, b) for a, b in ends)
    down = any(_less(b, a) for a, b in ends)
    if up and down:
        return "open"
    decided = "undetermined" not in (before.outcome, after.outcome)
    if up or down:
        return ("gains" if up else "loses") if decided else "open"
    return "same"


def _low(answer: Answer | None) -> Number | None:
    return None if answer is None else answer.low or 0


def _high(answer: Answer) -> Number | None:
    """The greatest amount; None: no upper end."""
    return 0 if answer.outcome == "not_in_force" else answer.high


def _less(a: Number | None, b: Number | None) -> bool:
    return a is not None and (b is None or a < b)


BEFORE = Text("现行 ", "today ")
AFTER = Text("改动后 ", "changed ")
EFFECT = Text("增减", "effect")
DIFFERENCE = Text("差额（元）", "difference (CNY)")


def comparison_columns(found: Comparison, lang: Lang) -> list[OutColumn]:
    """The comparison row by row."""
    roster = found.before.roster
    kind = found.scheme.kind
    columns = [OutColumn(HEADS["row"].get(lang), "row", roster.numbers)]
    columns += own_columns(roster.table.headings, roster.rows)
    money = "money" if found.scheme.money else "number"
    for lead, answers in ((BEFORE, found.before), (AFTER, found.after)):
        rows = found.rows(answers)
        low, high = LOW[kind].get(lang), HIGH[kind].get(lang)
        columns += [
            OutColumn(lead.get(lang) + low, money, [low_of(a, lang) for a in rows]),  # type: ignore[arg-type]
            OutColumn(lead.get(lang) + high, money, [high_of(a, lang) for a in rows]),  # type: ignore[arg-type]
        ]
    effects = [None if e is None else EFFECTS[e].get(lang) for e in found.effects]
    gaps = [
        None if e is None else (_low(b) or 0) - (_low(a) or 0)
        for e, a, b in zip(
            found.effects, found.rows(found.before), found.rows(found.after), strict=True
        )
    ]
    columns.append(OutColumn(EFFECT.get(lang), "text", effects))
    columns.append(OutColumn(DIFFERENCE.get(lang), money, gaps))  # type: ignore[arg-type]
    return columns
