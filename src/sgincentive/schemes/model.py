"""A checked scheme: versions, requirements, benefit, ledger rule, sources and examples."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from sgincentive.nodes.base import Condition, Day, Quantity
from sgincentive.nodes.values import Number
from sgincentive.words import Text

BenefitKind = Literal[
    "one_off", "monthly", "yearly", "grade_steps", "points", "refund", "entitlement", "verdict"
]
Per = Literal["best", "each"]
SelectedBy = Literal["applied", "exam_year", "obtained", "month"]
Strength = Literal["must", "in_principle", "target", "guidance", "preference"]
SourceKind = Literal["official_text", "official_news", "media", "repost", "training_site"]
LedgerRule = Literal["once", "once_per_level", "once_per_certificate", "difference_on_upgrade"]
RelationKind = Literal["implements", "overrides", "supplements"]
MonthCounts = Literal["any_day", "whole_month", "first_day", "not_stated"]
Starts = Literal["same_month", "next_month", "next_january"]
Bars = Literal["same_level", "same_certificate", "any"]
BarringStatus = Literal["applied", "granted", "paid"]
TimesPer = Literal["scheme", "level", "certificate", "not_stated"]
FigureKind = Literal["mean", "example", "total"]

MONEY_KINDS = ("one_off", "monthly", "yearly", "refund")
NUMBER_KINDS = ("grade_steps", "points")
CONFIDENCE: tuple[SourceKind, ...] = (
    "official_text",
    "official_news",
    "media",
    "repost",
    "training_site",
)


@dataclass(frozen=True, slots=True)
class Source:
    """One text that a version rests on.

    ``only_for``: the part of the terms that it carries where it does not carry what is decisive.
    """

    title: str
    kind: SourceKind
    publisher: str | None = None
    number: str | None = None
    date: str | None = None
    url: str | None = None
    only_for: Text | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition of a version, with its clause; ``of_claim``: it reads the certificate."""

    id: str
    condition: Condition
    strength: Strength = "must"
    clause: str | None = None
    text: Text | None = None
    due: date | None = None
    unclear: Text | None = None
    of_claim: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """What earlier payments do.

    ``rules`` holds one rule, or several readings where the text leaves it open;
    ``lifetime_cap`` is in fen; ``other_authority_bars`` says which payments of another authority
    bar the claim, ``barring_statuses`` how far they must have come, ``barring_kind`` what kind of
    benefit they must have been (None: any). ``upgrade_years``: the
    difference is paid only for a certificate of at most so many exam years later.
    ``max_times``: so many payments at most, counted by ``times_per``.
    """

    rules: tuple[LedgerRule, ...] = ()
    lifetime_cap: Number | None = None
    other_authority_bars: Bars | None = None
    barring_statuses: tuple[BarringStatus, ...] = ("granted", "paid")
    barring_kind: BenefitKind | None = None
    upgrade_years: int | None = None
    max_times: int | None = None
    times_per: TimesPer = "scheme"


@dataclass(frozen=True, slots=True)
class Window:
    """When and with what to apply; ``*_of_claim``: the day is one of the certificate."""

    start: Day | None = None
    end: Day | None = None
    documents: tuple[tuple[str, tuple[Text, ...]], ...] = ()
    process: Text | None = None
    clause: str | None = None
    start_of_claim: bool = False
    end_of_claim: bool = False


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Which days make a month count, when the first month is and how many there are at most.

    ``paid_every``: the months between two payments, where the sources say so; it changes no sum.
    """

    counts: MonthCounts = "any_day"
    starts: Starts = "same_month"
    term_months: int | None = None
    paid_every: int | None = None

    @property
    def starts_later(self) -> bool:
        """Whether the first month that counts is not the first that is paid."""
        return self.starts != "same_month"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a source quotes and that bounds nobody's amount (fen for money)."""

    kind: FigureKind
    value: Number
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A span in which a version is a draft, superseded, suspended or exhausted."""

    status: Literal["draft", "superseded", "suspended", "exhausted"]
    first: date
    last: date
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """The terms between two ends of what the version is chosen by (dates or exam years).

    ``first``: first and last possible start (equal when exact; None: not stated, then unknown
    before ``seen``). ``last``: the last day or year, None where no end is stated. ``gives_way``:
    the day on which a later version of unstated start is first seen; this one ended before it.
    ``follows``: where the start is not stated, the last day of the version before it.
    ``amount_reads``: the fields of the certificate that the amount reads.
    """

    id: str
    selected_by: SelectedBy
    first: tuple[date, date] | None
    last: date | None
    seen: date | None
    last_confirmed: date | None
    last_confirmed_text: str | None
    sources: tuple[Source, ...]
    requirements: tuple[Requirement, ...]
    amount: Quantity | None
    ledger: Ledger
    window: Window
    rhythm: Rhythm
    statuses: tuple[Status, ...]
    unclear: tuple[Text, ...]
    items: tuple[Text, ...] = ()
    claims: bool = False
    amount_reads: frozenset[str] = frozenset()
    figures: tuple[Figure, ...] = ()
    gives_way: date | None = None
    follows: date | None = None

    @property
    def confidence(self) -> SourceKind:
        """The surest kind of the sources that carry its terms."""
        kinds = (source.kind for source in self.sources if source.only_for is None)
        return min(kinds, key=CONFIDENCE.index)


@dataclass(frozen=True, slots=True)
class Relation:
    """How a lower scheme stands to an upper one, for subjects for whom ``where`` holds."""

    kind: RelationKind
    scheme: str
    where: Condition | None


@dataclass(frozen=True, slots=True)
class Example:
    """A made-up case and the answer expected of it; ``drafts``: a draft answers it."""

    name: Text
    given: Any
    on: date | None
    expect: dict[str, Any]
    start: str | None = None
    stop: str | None = None
    printed: bool = False
    mark: tuple[int, int] = (0, 0)
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class Untested:
    """A place of a rule file (``at``: a dotted path) where a change alters no answer, and why.

    ``change`` names one change alone (as ``rules mutate`` prints it); None stands for all there.
    """

    at: str
    change: str | None
    why: Text


@dataclass(frozen=True, slots=True)
class Scheme:
    """One incentive or rule set of one issuer."""

    id: str
    path: str
    title: Text
    records: tuple[str, ...]
    subject: str
    applies_in: tuple[str, ...]
    issuer: str | None
    payer: Text | None
    kind: BenefitKind
    per: Per
    versions: tuple[Version, ...]
    digest: str
    aliases: tuple[str, ...] = ()
    guide_only: bool = False
    excludes: tuple[str, ...] = ()
    stacking_not_stated: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    examples: tuple[Example, ...] = ()
    untested: tuple[Untested, ...] = ()
    unclear: tuple[Text, ...] = field(default=())

    @property
    def money(self) -> bool:
        """Whether the benefit is an amount of CNY."""
        return self.kind in MONEY_KINDS

    @property
    def confidence(self) -> SourceKind:
        """The best kind of source among the newest version's sources."""
        return self.versions[-1].confidence
