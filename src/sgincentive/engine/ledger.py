"""What earlier payments leave of an entitlement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sgincentive.nodes import values
from sgincentive.nodes.base import ABSENT, Element
from sgincentive.nodes.lists import not_after
from sgincentive.nodes.values import (
    NO,
    YES,
    ZERO,
    Bounds,
    Cause,
    DateSpan,
    Truth,
    agree,
    all_of,
    any_of,
    bounds,
    fact_cause,
    hull,
    known,
    negate,
    share_weight,
    text_cause,
    unknown,
)
from sgincentive.schemes.model import Ledger, LedgerRule, Scheme
from sgincentive.words import Text

READINGS = Text(
    "升级后领全额还是差额，来源未说明",
    "the sources do not say what an earlier payment does to a later one",
)
TIMES = Text(
    "次数按政策还是按级别计，来源未说明",
    "the sources do not say whether times are counted by scheme or by level",
)
PAID = frozenset({"paid", "granted"})


@dataclass(frozen=True, slots=True)
class Payment:
    """An entry of the ledger that counts, or may, as a scheme sees it."""

    index: int
    entry: Element
    counts: Truth

    def cause(self, field: str) -> Cause:
        """The doubt about a field that the entry leaves out."""
        return fact_cause(f"received.{field}", "received", self.index)

    def amount(self) -> Bounds:
        """The money paid, or nothing where the entry may not count."""
        value = self.entry.get("amount", ABSENT)
        if value is ABSENT:
            paid = Bounds(0, None, True, (self.cause("amount"),))
        else:
            paid = Bounds(value or 0, value or 0)
        return paid if self.counts.value else hull([paid, ZERO], self.counts.causes)

    def of_kind(self, kind: str) -> Truth:
        """Whether the entry was a benefit of a kind."""
        mine = self.entry.get("kind", ABSENT)
        return unknown((self.cause("kind"),)) if mine is ABSENT else known(mine == kind)

    def same(self, field: str, claim: Element, claim_index: int | None) -> Truth:
        """Whether entry and certificate agree in a field."""
        mine, other = self.entry.get(field, ABSENT), claim.get(field, ABSENT)
        causes = []
        if mine is ABSENT:
            causes.append(self.cause(field))
        if other is ABSENT:
            causes.append(fact_cause(f"certificate.{field}", "certificates", claim_index))
        return unknown(causes) if causes else known(mine == other)


def _entry_counts(index: int, entry: Element, on: date, statuses: Collection[str] = PAID) -> Truth:
    status = entry.get("status", "paid")
    if status not in statuses:
        return NO
    paid = entry.get("paid", ABSENT)
    if paid is ABSENT and status == "applied":
        return YES
    if paid is ABSENT:
        return unknown((fact_cause("received.paid", "received", index),))
    return not_after(DateSpan(paid, paid), DateSpan(on, on))


def _of_scheme(scheme: Scheme, index: int, entry: Element) -> Truth:
    """Whether an entry was paid under the scheme (by id, or by issuer and kind)."""
    named = entry.get("scheme", ABSENT)
    if named is not ABSENT and named is not None:
        return known(named == scheme.id or named in scheme.aliases)
    issuer = entry.get("issuer", ABSENT)
    if issuer is ABSENT or issuer is None:
        return unknown((fact_cause("received.scheme", "received", index),))
    if scheme.issuer is None or issuer != scheme.issuer:
        return NO
    kind = entry.get("kind", ABSENT)
    if kind is ABSENT:
        return unknown((fact_cause("received.kind", "received", index),))
    return known(kind == scheme.kind)


def payments(scheme: Scheme, facts: Element, on: date) -> list[Payment]:
    """The entries that were, or may have been, paid under the scheme by ``on``."""
    found = []
    for i, entry in enumerate(facts.get("received", ())):
        counts = all_of((_of_scheme(scheme, i, entry), _entry_counts(i, entry, on)))
        if counts.value is not False:
            found.append(Payment(i, entry, counts))
    return found


def others(
    scheme: Scheme, facts: Element, on: date, statuses: Collection[str] = PAID
) -> list[Payment]:
    """The entries of another authority that came to one of ``statuses`` by ``on``, or may have."""
    found = []
    for i, entry in enumerate(facts.get("received", ())):
        issuer = entry.get("issuer", ABSENT)
        if scheme.issuer is not None and issuer == scheme.issuer:
            continue
        mine = _of_scheme(scheme, i, entry)
        counts = all_of((negate(mine), _entry_counts(i, entry, on, statuses)))
        if counts.value is not False:
            found.append(Payment(i, entry, counts))
    return found


def _barred(rule: LedgerRule, paid: Sequence[Payment], claim: Element, index: int | None) -> Truth:
    per = {"once_per_level": "level", "once_per_certificate": "certificate"}.get(rule, "scheme")
    return any_of(_matches(p, per, claim, index) for p in paid)


def _matches(p: Payment, per: str, claim: Element, index: int | None) -> Truth:
    """Whether an entry was paid for the same level, the same certificate, or at all."""
    match: tuple[Truth, ...] = (p.counts,)
    if per in ("level", "certificate"):
        match += (p.same("level", claim, index),)
    if per == "certificate":
        match += (p.same("exam_year", claim, index),)
    return all_of(match)


def _upgraded_late(years: int, paid: Sequence[Payment], claim: Element, index: int | None) -> Truth:
    """Whether the certificate came more than ``years`` exam years after one that was paid for."""
    tests = []
    for p in paid:
        before, now = p.entry.get("exam_year", ABSENT), claim.get("exam_year", ABSENT)
        causes = []
        if before is ABSENT:
            causes.append(p.cause("exam_year"))
        if now is ABSENT:
            causes.append(fact_cause("certificate.exam_year", "certificates", index))
        late = unknown(causes) if causes else known(now - before > years)
        tests.append(all_of((p.counts, late)))
    return any_of(tests)


def _times_over(
    ledger: Ledger, paid: Sequence[Payment], claim: Element, index: int | None
) -> Truth:
    """Whether it was paid as often as the terms allow."""
    if ledger.max_times is None:
        return NO
    per = ("scheme", "level") if ledger.times_per == "not_stated" else (ledger.times_per,)
    readings = []
    for each in per:
        found = [_matches(p, each, claim, index) for p in paid]
        sure = sum(t.value is True for t in found)
        maybe = [t for t in found if t.value is None]
        if sure >= ledger.max_times or sure + len(maybe) < ledger.max_times:
            readings.append(known(sure >= ledger.max_times))
        else:
            readings.append(unknown(share_weight([t.causes for t in maybe])))
    return agree(readings, text_cause(TIMES, "max_times"))


def something_due(due: Bounds) -> Truth:
    """Whether something is due: above 0, or an amount that was never published."""
    if due.low is not None and due.low > 0:
        return YES
    if due.high == 0:
        return NO
    facts = tuple(x for x in due.causes if x.kind == "fact")
    if not due.published and not facts:
        return YES
    return unknown(due.causes)


def reads(ledger: Ledger) -> bool:
    """Whether earlier payments can change what is due."""
    return bool(
        ledger.rules
        or ledger.lifetime_cap is not None
        or ledger.other_authority_bars is not None
        or ledger.max_times is not None
    )


CLAIM_FIELDS = ("level", "exam_year")
"""The fields of a certificate by which what was paid before counts for it or not."""


def by_claim(ledger: Ledger) -> bool:
    """Whether what was paid before counts by level or certificate."""
    return (
        any(rule in ("once_per_level", "once_per_certificate") for rule in ledger.rules)
        or ledger.upgrade_years is not None
        or (ledger.max_times is not None and ledger.times_per != "scheme")
        or ledger.other_authority_bars in ("same_level", "same_certificate")
    )


def alike(one: Element | None, other: Element | None, fields: Iterable[str]) -> bool:
    """Whether two certificates are known to agree in some fields."""
    a, b = one or {}, other or {}
    return all(field in a and field in b and a[field] == b[field] for field in fields)


def _barred_by_others(
    ledger: Ledger, scheme: Scheme, facts: Element, on: date, claim: Element, index: int | None
) -> Truth:
    per = {"same_level": "level", "same_certificate": "certificate"}.get(
        ledger.other_authority_bars or "any", "scheme"
    )
    entries = others(scheme, facts, on, ledger.barring_statuses)
    kind = ledger.barring_kind
    return any_of(
        all_of((_matches(p, per, claim, index), p.of_kind(kind) if kind is not None else YES))
        for p in entries
    )


def _reduce(due: Bounds, barred: Truth) -> Bounds:
    if barred.value is True:
        return ZERO
    return due if barred.value is False else hull([due, ZERO], barred.causes)


def _less_paid(entitled: Bounds, paid: Sequence[Payment]) -> Bounds:
    """What is left of an amount when all that was paid is deducted."""
    return values.greatest([values.subtract(entitled, total_paid(paid)), ZERO])


def _late(ledger: Ledger, paid: Sequence[Payment], claim: Element, index: int | None) -> Truth:
    """Whether the time in which an upgrade pays the difference is over."""
    if ledger.upgrade_years is None:
        return NO
    return _upgraded_late(ledger.upgrade_years, paid, claim, index)


def total_paid(paid: Sequence[Payment]) -> Bounds:
    """All that was paid under the scheme."""
    return values.add([p.amount() for p in paid])


def due_after(
    ledger: Ledger,
    scheme: Scheme,
    facts: Element,
    on: date,
    entitled: Bounds,
    claim: Element | None,
    index: int | None,
) -> Bounds:
    """What earlier payments leave of ``entitled`` for one claim (fen)."""
    if not reads(ledger):
        return entitled
    if entitled.high == 0:
        return entitled
    unseen = "received" not in facts
    if unseen:
        cause = (fact_cause("received"),)
        return bounds(0, entitled.high, entitled.published, share_weight([cause, entitled.causes]))
    certificate = claim or {}
    paid = payments(scheme, facts, on)
    readings = [
        _reduce(_less_paid(entitled, paid), _late(ledger, paid, certificate, index))
        if rule == "difference_on_upgrade"
        else _reduce(entitled, _barred(rule, paid, certificate, index))
        for rule in ledger.rules
    ] or [entitled]
    due = readings[0]
    if len(readings) > 1:
        due = hull(readings, (text_cause(READINGS, "paid_before"),))
    due = within_cap(ledger, scheme, facts, on, due)
    due = _reduce(due, _times_over(ledger, paid, certificate, index))
    if ledger.other_authority_bars is not None:
        due = _reduce(due, _barred_by_others(ledger, scheme, facts, on, certificate, index))
    if "received" in facts.get("partial", ()) and due.high != 0:
        cause = (fact_cause("received"),)
        due = bounds(
            0, due.high, due.published, share_weight([g for g in (cause, due.causes) if g])
        )
    return due


def something_left(
    ledger: Ledger,
    scheme: Scheme,
    facts: Element,
    on: date,
    entitled: Bounds,
    claim: Element | None,
    index: int | None,
) -> Truth:
    """Whether earlier payments leave anything of ``entitled``, an unpublished amount included."""
    worth = something_due(entitled)
    if worth.value is False or not reads(ledger):
        return worth
    if "received" not in facts:
        return all_of((worth, unknown((fact_cause("received"),))))
    certificate = claim or {}
    paid = payments(scheme, facts, on)
    readings = [
        all_of(
            (
                something_due(_less_paid(entitled, paid)),
                negate(_late(ledger, paid, certificate, index)),
            )
        )
        if rule == "difference_on_upgrade"
        else negate(_barred(rule, paid, certificate, index))
        for rule in ledger.rules
    ]
    tests = [worth]
    if readings:
        tests.append(agree(readings, text_cause(READINGS, "paid_before")))
    if ledger.lifetime_cap is not None:
        room = values.subtract(values.exactly(ledger.lifetime_cap), total_paid(paid))
        tests.append(something_due(values.greatest([room, ZERO])))
    tests.append(negate(_times_over(ledger, paid, certificate, index)))
    if ledger.other_authority_bars is not None:
        tests.append(negate(_barred_by_others(ledger, scheme, facts, on, certificate, index)))
    if "received" in facts.get("partial", ()):
        tests.append(unknown((fact_cause("received"),)))
    return all_of(tests)


def within_cap(ledger: Ledger, scheme: Scheme, facts: Element, on: date, due: Bounds) -> Bounds:
    """What a lifetime cap leaves of the sum of several claims."""
    if ledger.lifetime_cap is None or due.high == 0:
        return due
    left = values.exactly(ledger.lifetime_cap)
    if "received" in facts:
        left = values.subtract(left, total_paid(payments(scheme, facts, on)))
    return values.greatest([values.least([due, left]), ZERO])


def overpaid(
    ledger: Ledger,
    scheme: Scheme,
    facts: Element,
    on: date,
    entitled: Bounds,
    claim: Element | None,
    index: int | None,
) -> values.Number:
    """What was certainly paid beyond what the claim is certainly worth (fen)."""
    if entitled.high is None or not entitled.high or "received" not in facts:
        return 0
    paid = payments(scheme, facts, on)
    if not ledger.rules:
        return 0
    excess = []
    for rule in ledger.rules:
        mine = paid
        if rule in ("once_per_level", "once_per_certificate"):
            mine = [p for p in paid if p.same("level", claim or {}, index) == YES]
        low = total_paid(mine).low or 0
        excess.append(low - entitled.high)
    return max(min(excess), 0)
