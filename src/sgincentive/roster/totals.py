"""Sums over a roster: people, eligible, undecided; amounts by scheme, by level and by payer."""

from __future__ import annotations

from dataclasses import dataclass, field

from sgincentive.facts.vocabularies import LEVELS
from sgincentive.nodes.values import Number
from sgincentive.roster.answer import Answer
from sgincentive.roster.answers import Answers
from sgincentive.roster.entries import NONE
from sgincentive.schemes.model import BenefitKind
from sgincentive.words import Text

NOT_STATED = Text("未说明", "not stated")
NO_LEVEL = Text("级别不详", "level unknown")
SEVERAL_LEVELS = Text("多个级别", "several levels")
DUE = ("eligible", "compliant")


@dataclass(slots=True)
class Sum:
    """A sum of answers of one kind of benefit.

    ``low`` and ``high`` add up what is due to those who are eligible (fen or plain numbers;
    ``high`` None: no upper end). ``more`` is the most that the undecided could add.
    """

    people: int = 0
    eligible: int = 0
    undecided: int = 0
    low: Number = 0
    high: Number | None = 0
    more: Number | None = 0
    unpublished: int = 0

    def add(self, answer: Answer) -> None:
        """Count one more answer."""
        self.people += 1
        if answer.outcome in DUE:
            self.eligible += 1
            self.low += answer.low or 0
            self.high = _plus(self.high, answer.high)
            self.unpublished += not answer.published
        elif answer.outcome == "undetermined":
            self.undecided += 1
            self.more = _plus(self.more, answer.high)


def _plus(total: Number | None, high: Number | None) -> Number | None:
    return None if total is None or high is None else total + high


Group = tuple[Text, BenefitKind]


@dataclass(slots=True)
class Totals:
    """Everything counted. ``people`` are persons (rows that name no person are one each);
    ``eligible`` of them get something from at least one scheme, ``undecided`` from none yet."""

    rows_in: int
    rows_out: int
    rejected: int
    people: int = 0
    eligible: int = 0
    undecided: int = 0
    by_scheme: dict[str, Sum] = field(default_factory=dict)
    by_level: dict[Group, Sum] = field(default_factory=dict)
    by_payer: dict[Group, Sum] = field(default_factory=dict)

    @property
    def agree(self) -> bool:
        """Whether rows in are rows out and rows rejected."""
        return self.rows_in == self.rows_out + self.rejected


def totals_of(answers: Answers) -> Totals:
    """The sums over the answers. Amounts of different kinds are never added up."""
    roster = answers.roster
    found = Totals(len(roster.table.rows), len(roster.rows), len(roster.rejected))
    levels = _levels(answers)
    best = [0] * len(roster.rows)
    for scheme in answers.schemes:
        mine = found.by_scheme.setdefault(scheme.id, Sum())
        payer = scheme.payer or NOT_STATED
        for at, answer in enumerate(answers.rows[scheme.id]):
            if answer is None:
                continue
            mine.add(answer)
            found.by_payer.setdefault((payer, scheme.kind), Sum()).add(answer)
            if levels is not None:
                found.by_level.setdefault((levels[at], scheme.kind), Sum()).add(answer)
            if answer.outcome in DUE:
                best[at] = 2
            elif answer.outcome == "undetermined":
                best[at] = max(best[at], 1)
    leads = {at for at, lead in enumerate(roster.leads) if at == lead}
    found.people = len(leads)
    found.eligible = sum(best[at] == 2 for at in leads)
    found.undecided = sum(best[at] == 1 for at in leads)
    found.by_level = dict(sorted(found.by_level.items(), key=lambda item: _rank(item[0][0])))
    return found


def _levels(answers: Answers) -> list[Text] | None:
    """The level of the certificate of each row's person, None where no column gives it."""
    roster = answers.roster
    cells = next((c for h, c in roster.facts.items() if h.name == "certificate.level"), None)
    if cells is None:
        return None
    found = [LEVELS.labels.get(cell, NO_LEVEL) for cell in cells]
    for lead, members in roster.groups().items():
        named = {found[at] for at in members if cells[at] not in (None, NONE)}
        found[lead] = named.pop() if len(named) == 1 else SEVERAL_LEVELS if named else NO_LEVEL
    return found


def _rank(level: Text) -> int:
    order = [*LEVELS.labels.values(), SEVERAL_LEVELS, NO_LEVEL]
    return order.index(level)
