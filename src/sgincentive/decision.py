"""The answer of one scheme for one subject at one date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from sgincentive.nodes.base import Case
from sgincentive.nodes.values import Bounds, Cause, Number, Truth
from sgincentive.schemes.model import CONFIDENCE, Requirement, Scheme, SourceKind, Version
from sgincentive.words import Text

Outcome = Literal[
    "eligible", "ineligible", "compliant", "non_compliant", "undetermined", "not_in_force"
]
Affects = Literal["outcome", "amount"]


def yuan(fen: Number | None) -> Decimal | None:
    """Fen as CNY with two decimals; None stays None."""
    if fen is None:
        return None
    return (Decimal(int(fen)) / 100).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount between two ends, in CNY (Decimal) or as plain numbers for steps and points.

    ``max`` None: no upper end; both None with ``published`` False: never published.
    """

    kind: str
    unit: str
    min: Decimal | int | None
    max: Decimal | int | None
    published: bool = True


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that the profile can supply and that can change the answer."""

    fact: str
    affects: Affects
    weight: Fraction
    question: Text
    list: str | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement with its truth; ``case`` is the question asked, for found and demanded.

    ``applies`` is False where a guard or a due date makes the requirement not applicable.
    """

    requirement: Requirement
    truth: Truth
    applies: bool = True
    case: Case | None = None

    @property
    def id(self) -> str:
        """The id of the requirement."""
        return self.requirement.id

    @property
    def holds(self) -> bool | None:
        """True, False or None (unknown)."""
        return self.truth.value


@dataclass(frozen=True, slots=True)
class Claim:
    """The answer for one certificate (``certificate`` None: for the subject as a whole).

    ``left`` is what earlier payments leave of the amount where the requirements hold; None where
    they leave all of it. ``pays``: something is surely left then, an unpublished amount included.
    ``own``: it meets all that is asked of the certificate itself; what else is asked is asked of
    every other certificate too. ``least``: the least that it is worth where all is met.
    ``doubts``: the causes that leave open only which of several certificates is the best.
    """

    certificate: Mapping[str, Any] | None
    index: int | None
    outcome: Outcome
    entitled: Bounds
    due: Bounds
    version: Version | None
    findings: tuple[Finding, ...]
    causes: tuple[Cause, ...] = ()
    amount_causes: tuple[Cause, ...] = ()
    status: str | None = None
    left: Bounds | None = None
    pays: bool = True
    own: bool = False
    least: Number = 0
    doubts: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month (or year) of a schedule, amounts in CNY."""

    period: str
    outcome: Outcome
    entitled: Bounds
    paid: Bounds
    due: Bounds
    reason: Text


@dataclass(frozen=True, slots=True)
class Decision:
    """What one scheme gives or demands, why, and how sure that is.

    ``status`` says why the terms are not in force; ``draft`` beside any other outcome means that
    a draft answers as if it were in force, which gives no claim.
    """

    scheme: Scheme
    on: date
    outcome: Outcome
    version: Version | None
    status: str | None
    standing: Literal["confirmed", "presumed"] | None
    bounds: Bounds
    entitled_bounds: Bounds
    overpaid_fen: Number
    claims: tuple[Claim, ...]
    claim: Claim | None
    findings: tuple[Finding, ...]
    missing: tuple[Missing, ...]
    open_text: tuple[Text, ...]
    to_confirm: tuple[tuple[str, Text], ...]
    unclear: tuple[Text, ...]
    schedule: tuple[MonthRow, ...] | None = None
    nearest: Version | None = None
    engine: str = field(default="")

    @property
    def amount(self) -> Amount | None:
        """What is due; None for entitlements, verdicts and schemes that are not in force."""
        return self._amount(self.bounds)

    @property
    def entitled(self) -> Amount | None:
        """What would be due if nothing had been paid before."""
        return self._amount(self.entitled_bounds)

    @property
    def requirements(self) -> tuple[Finding, ...]:
        """Each requirement with what was found."""
        return self.findings

    @property
    def of_draft(self) -> bool:
        """Whether a draft answers as if it were in force: nobody can claim what it gives."""
        return self.status == "draft" and self.outcome != "not_in_force"

    @property
    def confidence(self) -> SourceKind:
        """The surest kind of source of the version that answers.

        Where several versions may answer, that of the one with the weakest sources.
        """
        scheme = self.scheme
        if len(scheme.versions) == 1:
            return scheme.versions[0].confidence
        version = self.version or self.nearest
        versions = scheme.versions if version is None else (version,)
        return max((each.confidence for each in versions), key=CONFIDENCE.index)

    def at_least(self, minimum: SourceKind) -> bool:
        """Whether the sources are as sure as a kind of source, or surer."""
        return CONFIDENCE.index(self.confidence) <= CONFIDENCE.index(minimum)

    def _amount(self, bounds: Bounds) -> Amount | None:
        kind = self.scheme.kind
        if kind in ("entitlement", "verdict") or self.outcome == "not_in_force":
            return None
        money = self.scheme.money
        unit = "CNY" if money else "steps" if kind == "grade_steps" else "points"
        if not bounds.published and not bounds.low and bounds.high is None:
            return Amount(kind, unit, None, None, False)
        if money:
            return Amount(kind, unit, yuan(bounds.low), yuan(bounds.high), bounds.published)
        return Amount(kind, unit, _plain(bounds.low), _plain(bounds.high), bounds.published)

    def explain(self, lang: Literal["zh", "en"] = "zh") -> str:
        """The whole decision in sentences."""
        from sgincentive.explain.decision import explain

        return explain(self, lang)

    def to_json(self, lang: Literal["zh", "en"] = "zh") -> dict[str, Any]:
        """The decision as plain JSON data, as the command line prints it."""
        from sgincentive.explain.json import decision_json

        return decision_json(self, lang)


def _plain(value: Number | None) -> Decimal | int | None:
    if value is None or isinstance(value, int):
        return value
    if value.denominator == 1:
        return value.numerator
    return Decimal(value.numerator) / Decimal(value.denominator)
