"""What earlier payments leave of an entitlement, in columns, after the ledger of the engine."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sgincentive.columns import days
from sgincentive.columns import expr as e
from sgincentive.columns import values as v
from sgincentive.columns.expr import FALSE, TRUE, Expr
from sgincentive.columns.row import Cell, Entry, Place
from sgincentive.columns.values import (
    NO,
    YES,
    ZERO,
    Bounds,
    Truth,
    agree,
    all_of,
    any_of,
    hull,
    joined,
    negate,
)
from sgincentive.engine.ledger import PAID, reads
from sgincentive.schemes.model import Ledger, LedgerRule, Scheme


@dataclass(frozen=True, slots=True)
class Payment:
    """An entry of the ledger as a scheme sees it."""

    entry: Entry
    counts: Truth

    def amount(self) -> Bounds:
        """The money paid, nothing where the entry does not count."""
        cell = self.entry.cell("amount")
        value = cell.number()
        missing = cell.missing("received.amount")
        paid = Bounds(value, value, FALSE, e.not_(cell.known), TRUE, missing)
        doubtful = hull([(TRUE, paid), (TRUE, ZERO)], self.counts.facts)
        return v.choose(self.counts.yes, paid, v.choose(self.counts.no, ZERO, doubtful))

    def of_kind(self, kind: str) -> Truth:
        """Whether the entry was a benefit of a kind."""
        return _word(self.entry.cell("kind"), (kind,), "received.kind")

    def same(self, field: str, claim: Entry) -> Truth:
        """Whether entry and certificate agree in a field."""
        mine, other = self.entry.cell(field), claim.cell(field)
        facts = joined((mine.missing(f"received.{field}"), other.missing(f"certificate.{field}")))
        both = e.all_(mine.known, other.known)
        if mine.raw is None or other.raw is None:
            same = FALSE
        elif mine.raw.kind == "text":
            same = e.same(mine.raw, other.raw)
        else:
            same = e.all_(both, e.equal(mine.number(), other.number()))
        return Truth(same, e.all_(both, e.not_(same)), facts)


def _word(cell: Cell, words: Collection[str], name: str) -> Truth:
    yes = cell.is_word(tuple(words))
    return Truth(yes, e.all_(cell.known, e.not_(yes)), cell.missing(name))


def _entry_counts(entry: Entry, place: Place, statuses: Collection[str] = PAID) -> Truth:
    status, paid = entry.cell("status"), entry.cell("paid")
    given = status.is_word(tuple(statuses))
    if "paid" in statuses:
        given = e.any_(given, e.not_(status.known))
    if paid.raw is None:
        dated = Truth(FALSE, FALSE, {"received.paid": TRUE})
    else:
        late = days.before(place.row.on, paid.day())
        dated = Truth(
            e.all_(paid.known, e.not_(late)),
            e.all_(paid.known, late),
            paid.missing("received.paid"),
        )
    undated = e.all_(status.is_word(("applied",)), e.not_(paid.known))
    return v.where(e.not_(given), NO, v.where(undated, YES, dated))


def _of_scheme(scheme: Scheme, entry: Entry) -> Truth:
    """Whether an entry was paid under the scheme (by id, or by issuer and kind)."""
    named, issuer, kind = entry.cell("scheme"), entry.cell("issuer"), entry.cell("kind")
    by_id = _word(named, (scheme.id, *scheme.aliases), "received.scheme")
    other = TRUE
    if scheme.issuer is not None:
        other = e.all_(issuer.known, e.not_(issuer.is_word((scheme.issuer,))))
    by_issuer = v.where(other, NO, _word(kind, (scheme.kind,), "received.kind"))
    unnamed = Truth(FALSE, FALSE, {"received.scheme": TRUE})
    return v.where(named.known, by_id, v.where(issuer.known, by_issuer, unnamed))


def _entries(place: Place) -> tuple[Entry, ...]:
    return place.row.list("received").entries


def payments(scheme: Scheme, place: Place) -> list[Payment]:
    """The entries that were, or may have been, paid under the scheme by the date."""
    return [
        Payment(entry, all_of((_there(entry), _of_scheme(scheme, entry),
                               _entry_counts(entry, place))))
        for entry in _entries(place)
    ]  # fmt: skip


def _there(entry: Entry) -> Truth:
    return v.decided(entry.present)


def others(scheme: Scheme, place: Place, statuses: Collection[str] = PAID) -> list[Payment]:
    """The entries of another authority that came to one of ``statuses``, or may have."""
    found = []
    for entry in _entries(place):
        ours = FALSE
        if scheme.issuer is not None:
            ours = entry.cell("issuer").is_word((scheme.issuer,))
        counts = all_of((negate(_of_scheme(scheme, entry)), _entry_counts(entry, place, statuses)))
        there = e.all_(entry.present, e.not_(ours))
        found.append(Payment(entry, v.where(there, counts, NO)))
    return found


def _barred(rule: LedgerRule, paid: Sequence[Payment], claim: Entry) -> Truth:
    per = {"once_per_level": "level", "once_per_certificate": "certificate"}.get(rule, "scheme")
    return any_of(_matches(p, per, claim) for p in paid)


def _matches(p: Payment, per: str, claim: Entry) -> Truth:
    """Whether an entry was paid for the same level, the same certificate, or at all."""
    match: tuple[Truth, ...] = (p.counts,)
    if per in ("level", "certificate"):
        match += (p.same("level", claim),)
    if per == "certificate":
        match += (p.same("exam_year", claim),)
    return all_of(match)


def _upgraded_late(years: int, paid: Sequence[Payment], claim: Entry) -> Truth:
    """Whether the certificate came more than ``years`` exam years after one that was paid for."""
    tests = []
    now = claim.cell("exam_year")
    for p in paid:
        before = p.entry.cell("exam_year")
        both = e.all_(before.known, now.known)
        later = e.less(e.number(years), e.subtract(now.number(), before.number()))
        facts = joined((before.missing("received.exam_year"), now.missing("certificate.exam_year")))
        late = Truth(e.all_(both, later), e.all_(both, e.not_(later)), facts)
        tests.append(all_of((p.counts, late)))
    return any_of(tests)


def _times_over(ledger: Ledger, paid: Sequence[Payment], claim: Entry) -> Truth:
    """Whether it was paid as often as the terms allow."""
    if ledger.max_times is None:
        return NO
    per = ("scheme", "level") if ledger.times_per == "not_stated" else (ledger.times_per,)
    readings = []
    most = e.number(ledger.max_times)
    for each in per:
        sure = possible = e.ZERO
        found = [_matches(p, each, claim) for p in paid]
        for t in found:
            sure = e.add(sure, e.as_number(t.yes))
            possible = e.add(possible, e.as_number(e.not_(t.no)))
        yes, no = e.at_most(most, sure), e.less(possible, most)
        facts = joined(t.facts for t in found)
        readings.append(Truth(yes, no, v.only(e.all_(e.not_(yes), e.not_(no)), facts)))
    return agree(readings)


def something_due(due: Bounds) -> Truth:
    """Whether something is due: above 0, or an amount that was never published."""
    above = e.all_(e.not_(due.no_low), e.less(e.ZERO, due.low))
    nothing = e.all_(e.not_(above), e.not_(due.no_high), e.equal(due.high, e.ZERO))
    unpublished = e.all_(e.not_(nothing), e.not_(due.published), e.not_(v.anything(due.facts)))
    yes = e.any_(above, unpublished)
    return Truth(yes, nothing, v.only(e.all_(e.not_(yes), e.not_(nothing)), due.facts))


def _barred_by_others(ledger: Ledger, scheme: Scheme, place: Place, claim: Entry) -> Truth:
    per = {"same_level": "level", "same_certificate": "certificate"}.get(
        ledger.other_authority_bars or "any", "scheme"
    )
    kind = ledger.barring_kind
    return any_of(
        all_of((_matches(p, per, claim), p.of_kind(kind) if kind is not None else YES))
        for p in others(scheme, place, ledger.barring_statuses)
    )


def _reduce(due: Bounds, barred: Truth) -> Bounds:
    doubtful = hull([(TRUE, due), (TRUE, ZERO)], barred.facts)
    return v.choose(barred.yes, ZERO, v.choose(barred.no, due, doubtful))


def _less_paid(entitled: Bounds, paid: Sequence[Payment]) -> Bounds:
    """What is left of an amount when all that was paid is deducted."""
    return v.greatest([v.subtract(entitled, total_paid(paid)), ZERO])


def _late(ledger: Ledger, paid: Sequence[Payment], claim: Entry) -> Truth:
    """Whether the time in which an upgrade pays the difference is over."""
    if ledger.upgrade_years is None:
        return NO
    return _upgraded_late(ledger.upgrade_years, paid, claim)


def total_paid(paid: Sequence[Payment]) -> Bounds:
    """All that was paid under the scheme."""
    return v.add([p.amount() for p in paid])


def due_after(
    ledger: Ledger, scheme: Scheme, place: Place, entitled: Bounds, claim: Entry
) -> Bounds:
    """What earlier payments leave of ``entitled`` for one claim (fen)."""
    if not reads(ledger):
        return entitled
    state = place.row.list("received")
    paid = payments(scheme, place)
    readings = [
        _reduce(_less_paid(entitled, paid), _late(ledger, paid, claim))
        if rule == "difference_on_upgrade"
        else _reduce(entitled, _barred(rule, paid, claim))
        for rule in ledger.rules
    ] or [entitled]
    due = readings[0]
    if len(readings) > 1:
        due = hull([(TRUE, each) for each in readings])
    due = within_cap(ledger, scheme, place, due)
    due = _reduce(due, _times_over(ledger, paid, claim))
    if ledger.other_authority_bars is not None:
        due = _reduce(due, _barred_by_others(ledger, scheme, place, claim))
    nothing = e.all_(e.not_(due.no_high), e.equal(due.high, e.ZERO))
    cause = {"received": TRUE}
    partial = v.forgetting(v.with_facts(replace(due, low=e.ZERO, no_low=FALSE), cause))
    due = v.choose(e.all_(state.partial, e.not_(nothing)), partial, due)
    unseen = v.forgetting(v.with_facts(replace(entitled, low=e.ZERO, no_low=FALSE), cause))
    due = v.choose(state.given, due, unseen)
    worthless = e.all_(e.not_(entitled.no_high), e.equal(entitled.high, e.ZERO))
    return v.choose(worthless, entitled, due)


def something_left(
    ledger: Ledger, scheme: Scheme, place: Place, entitled: Bounds, claim: Entry
) -> Truth:
    """Whether earlier payments leave anything of ``entitled``, an unpublished amount included."""
    worth = something_due(entitled)
    if not reads(ledger):
        return worth
    state = place.row.list("received")
    paid = payments(scheme, place)
    readings = [
        all_of((something_due(_less_paid(entitled, paid)), negate(_late(ledger, paid, claim))))
        if rule == "difference_on_upgrade"
        else negate(_barred(rule, paid, claim))
        for rule in ledger.rules
    ]
    tests = [worth]
    if readings:
        tests.append(agree(readings))
    if ledger.lifetime_cap is not None:
        room = v.subtract(v.exactly(ledger.lifetime_cap), total_paid(paid))
        tests.append(something_due(v.greatest([room, ZERO])))
    tests.append(negate(_times_over(ledger, paid, claim)))
    if ledger.other_authority_bars is not None:
        tests.append(negate(_barred_by_others(ledger, scheme, place, claim)))
    tests.append(Truth(e.not_(state.partial), FALSE, {"received": state.partial}))
    unseen = all_of((worth, Truth(FALSE, FALSE, {"received": TRUE})))
    return v.where(worth.no, worth, v.where(state.given, all_of(tests), unseen))


def within_cap(ledger: Ledger, scheme: Scheme, place: Place, due: Bounds) -> Bounds:
    """What a lifetime cap leaves of the sum of several claims."""
    if ledger.lifetime_cap is None:
        return due
    cap = v.exactly(ledger.lifetime_cap)
    left = v.subtract(cap, total_paid(payments(scheme, place)))
    left = v.choose(place.row.list("received").given, left, cap)
    nothing: Expr = e.all_(e.not_(due.no_high), e.equal(due.high, e.ZERO))
    return v.choose(nothing, due, v.greatest([v.least([due, left]), ZERO]))
