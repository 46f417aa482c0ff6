"""Outcome, amount and missing facts of one scheme without the reasons: generated source a version.

The answers are those of ``check``, which also finds the reasons; a property holds them together.
Truths and amounts are those of ``nodes.light``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any, NamedTuple, TypeAlias

from sgincentive.decision import Outcome
from sgincentive.engine import force
from sgincentive.engine.check import RANK, by_day, no_claim, unsurpassed, uses_claims
from sgincentive.engine.check import Question as Asked
from sgincentive.engine.ledger import (
    CLAIM_FIELDS,
    PAID,
    alike,
    by_claim,
    due_after,
    reads,
    something_left,
)
from sgincentive.engine.schedule import bounded
from sgincentive.nodes import light
from sgincentive.nodes.base import ABSENT, Condition, Element, Quantity
from sgincentive.nodes.conditions import CompareDays
from sgincentive.nodes.days import QuestionDay
from sgincentive.nodes.light import Facts, LightAmount, LightTruth, MissingFact, above_zero
from sgincentive.nodes.open_source import OpenSource
from sgincentive.nodes.values import Number
from sgincentive.nodes.walk import reads_claim
from sgincentive.schemes.model import Ledger, LedgerRule, Scheme, Version

OutcomeRow: TypeAlias = (
    "tuple[str, Outcome, Number | None, Number | None, bool, frozenset[MissingFact]]"
)
"""The answer of one scheme: its id, the outcome, least and greatest amount due in fen (steps or
points as they are; None: no upper end), whether it was published, and the missing facts, each
with the index of its entry (None for a fact of the subject)."""
NONE_MISSING: frozenset[MissingFact] = frozenset()


Answer: TypeAlias = "Callable[[Element, date, date], OutcomeRow | None]"
Holds: TypeAlias = (
    "Callable[[Element, Element | None, int | None, date, date], tuple[LightTruth, bool]]"
)
Worth: TypeAlias = "Callable[[Element, Element | None, int | None, date, date], LightAmount]"
Payment: TypeAlias = "tuple[int, Element, LightTruth]"
Seen: TypeAlias = "list[list[Payment]]"
"""The payments found for one row, once they were looked for."""

RECEIVED: Facts = (("received", None),)
CERTIFICATES: Facts = (("certificates", None),)
HELD = light.FactAt("certificate.obtained")
PAID_AT = light.FactAt("received.paid")
SCHEME_AT = light.FactAt("received.scheme")
KIND_AT = light.FactAt("received.kind")
AMOUNT_AT = light.FactAt("received.amount")
REFUSED: dict[str, Outcome] = {"verdict": "non_compliant"}
GRANTED: dict[str, Outcome] = {"verdict": "compliant"}


class Terms:
    """One version; the functions of its requirements and its amount are made when asked for."""

    def __init__(self, scheme: Scheme, version: Version) -> None:
        self.scheme = scheme
        self.version = version
        self.has_worth = worth_of(scheme, version) is not None
        self.reads_ledger = reads(version.ledger)
        self.plain = plain(version.ledger)

    @cached_property
    def holds(self) -> Holds:
        """Whether the requirements hold for one claim, and whether those do that read the
        certificate."""
        source = OpenSource(self.scheme.id)
        source.lines = ["def holds(f, c, i, on, applied):"]
        source.write("t = own = True")
        for condition, due in conditions_of(self.version):
            write_condition(source, condition, due, "return False, False", reads_claim(condition))
        source.write("return t, own")
        made: Holds = source.made("holds")
        return made

    @cached_property
    def worth(self) -> Worth:
        """The amount of one claim."""
        source = OpenSource(self.scheme.id)
        source.lines = ["def worth(f, c, i, on, applied):"]
        amount = worth_of(self.scheme, self.version)
        source.write(f"return {source.amount(amount) if amount is not None else 0}")
        made: Worth = source.made("worth")
        return made


class ClaimRow(NamedTuple):
    """One claim: outcome, before and after the ledger, the facts behind an open outcome, what
    earlier payments leave (None: all), whether something is surely left of it, whether all holds
    that is asked of the certificate itself, the least that it is worth where all is met, and the
    facts that leave open only which of several certificates is the best."""

    outcome: Outcome
    entitled: LightAmount
    due: LightAmount
    facts: Facts
    left: LightAmount | None
    terms: Terms | None
    entry: int | None
    claim: Element | None
    pays: bool = True
    own: bool = False
    least: Number = 0
    doubts: Facts = ()


claim_row: Callable[[tuple[Any, ...]], ClaimRow] = partial(tuple.__new__, ClaimRow)


def row_function(scheme: Scheme, overridden: bool = False) -> Answer:
    """The function of a scheme; it gives None where only the engine itself can answer.

    ``overridden``: whether a scheme of a lower division may override it.
    """
    rows = SchemeRows(scheme, tuple(Terms(scheme, version) for version in scheme.versions))
    if len(scheme.versions) > 1 or not exact(scheme.versions[0]):
        answer: Answer = rows.row
    else:
        answer = straight(rows, rows.terms[0])
    months = scheme.kind in ("monthly", "yearly") and bounded(scheme.versions[-1].rhythm)
    return only_refusals(answer) if overridden or months else answer


def only_refusals(answer: Answer) -> Answer:
    """The answers that an override, or the months counted before, cannot change: refusals."""

    def refusal(f: Element, on: date, applied: date) -> OutcomeRow | None:
        row = answer(f, on, applied)
        return None if row is None or row[1] in ("eligible", "undetermined") else row

    return refusal


def exact(version: Version) -> bool:
    """Whether the ends of a version leave nothing open from some day on."""
    starts = version.first is not None or version.seen is not None
    return starts and not version.statuses and version.gives_way is None


def plain(ledger: Ledger) -> bool:
    """Whether what was paid before counts by scheme, level or certificate alone."""
    return (
        ledger.other_authority_bars is None
        and ledger.max_times is None
        and ledger.upgrade_years is None
    )


def refused_row(scheme: Scheme) -> OutcomeRow:
    """The row of a subject that does not meet a requirement."""
    return scheme.id, REFUSED.get(scheme.kind, "ineligible"), 0, 0, True, NONE_MISSING


def worth_of(scheme: Scheme, version: Version) -> Quantity | None:
    """The amount that a version pays, None for verdicts and entitlements."""
    return None if scheme.kind in ("verdict", "entitlement") else version.amount


def conditions_of(version: Version) -> list[tuple[Condition, date | None]]:
    """What decides, each with the day before which it is not asked: the requirements that must be
    met, and the application window."""
    found: list[tuple[Condition, date | None]] = [
        (r.condition, r.due) for r in version.requirements if r.strength == "must"
    ]
    applied, window = QuestionDay("applied"), version.window
    if window.start is not None:
        found.append((CompareDays(applied, "not_before", window.start), None))
    if window.end is not None:
        found.append((CompareDays(applied, "not_after", window.end), None))
    return found


def write_condition(
    source: OpenSource, condition: Condition, due: date | None, stop: str, own: bool = False
) -> None:
    """A requirement, joined to those before it in ``t`` (and, if ``own``, in ``own``); ``stop``
    where it does not hold."""
    depth = source.depth
    if due is not None:
        source.write(f"if on >= {source.name(due)}:")
        source.depth += 1
    u = source.condition(condition)
    source.write(f"if {u} is False: {stop}")
    also = "own = False; " if own else ""
    source.write(f"if {u} is not True: {also}t = {u} if t is True else t + {u}")
    source.depth = depth


def straight(rows: SchemeRows, terms: Terms) -> Answer:
    """One function for a scheme of one version, which leaves rare cases to ``rows``."""
    scheme, version = rows.scheme, terms.version
    source = OpenSource(scheme.id)
    slow = f"return {source.name(rows.row)}(f, on, applied)"
    refused = f"return {source.name(refused_row(scheme))}"
    by_claim = version.selected_by in ("exam_year", "obtained")
    source.lines = ["def answer(f, on, applied):"]
    if not by_claim:
        write_force(source, version, "applied" if version.selected_by == "applied" else "on", slow)
    if version.claims:
        source.write("cs = f.get('certificates')")
        source.write(f"if not cs or 'certificates' in f.get('partial', ()): {slow}")
    source.write("t = True; c = i = None")
    conditions = conditions_of(version)
    shared = [pair for pair in conditions if not (version.claims and reads_claim(pair[0]))]
    for condition, due in shared:
        write_condition(source, condition, due, slow if by_claim else refused)
    amount = worth_of(scheme, version)
    if terms.reads_ledger:
        source.write("r = f.get('received')")
    source.write("seen = []; live = []")
    if not version.claims:
        write_claim(source, rows, terms, amount)
    else:
        source.write("shared = t")
        at, source.hoisted = len(source.lines), []
        with source.below("for i, c in enumerate(cs):"):
            source.write("t = shared; own = True")
            if by_claim:
                key = f"c.get({version.selected_by!r})"
                source.write(f"k = {key}")
                source.write(f"if k is None: {slow}")
                write_force(source, version, "k", slow)
            source.write("x = c.get('obtained')")
            source.write(
                f"if x is None: own = False; t = {source.name(HELD)}[i] if t is True else t + "
                f"{source.name(HELD)}[i]"
            )
            source.write("elif x > on: continue")
            for condition, due in conditions:
                if (condition, due) not in shared:
                    write_condition(source, condition, due, "continue", own=True)
            write_claim(source, rows, terms, amount)
        source.lines[at:at] = source.hoisted
        source.write(f"if not live: {refused}")
    source.write(f"return {source.name(rows.combined)}(f, on, live, False)")
    made: Answer = source.made("answer")
    return made


def write_force(source: OpenSource, version: Version, key: str, slow: str) -> None:
    """Leave the case unless the version surely covers it."""
    exam = version.selected_by == "exam_year"
    first = version.first[1] if version.first is not None else version.seen
    assert first is not None
    test = f"{source.name(first.year if exam else first)} <= {key}"
    if version.last is not None:
        test += f" <= {source.name(version.last.year if exam else version.last)}"
    source.write(f"if not {test}: {slow}")


def write_claim(
    source: OpenSource, rows: SchemeRows, terms: Terms, amount: Quantity | None
) -> None:
    """The amount of the claim at hand, which goes to ``live``."""
    claim, made = source.name(tuple.__new__), source.name(ClaimRow)
    own, kind = source.name(terms), rows.scheme.kind
    mine = "own" if terms.version.claims else "False"
    if amount is None and kind in ("verdict", "entitlement"):
        granted = source.name(GRANTED.get(kind, "eligible"))
        open_word = source.name("undetermined")
        source.write(f"o = {granted} if t is True else {open_word}")
        source.write("u = () if t is True else t")
        source.write(
            f"live.append({claim}({made}, (o, 0, 0, u, None, {own}, i, c, True, {mine}, 0, ())))"
        )
        return
    a = source.amount(amount) if amount is not None else "0"
    settle = f"live.append({source.name(rows.settle)}({own}, t, {a}, f, c, i, on, seen, {mine}))"
    ledger = terms.version.ledger
    quick = f"t is True and {source.closed(a)} and {a} > 0"
    if terms.reads_ledger:
        quick += " and r == [] and 'received' not in f.get('partial', ())"
        if ledger.lifetime_cap is not None:
            quick += f" and {a} <= {source.name(ledger.lifetime_cap)}"
    granted = source.name("eligible")
    source.write(
        f"if {quick}: live.append({claim}({made}, "
        f"({granted}, {a}, {a}, (), None, {own}, i, c, True, True, {a}, ())))"
    )
    source.write(f"else: {settle}")


def both(a: LightTruth, b: LightTruth) -> LightTruth:
    """Kleene conjunction."""
    if a is False or b is False:
        return False
    if a is True:
        return b
    return a if b is True else a + b


Cover = list[tuple[Terms, LightTruth, bool]]


@dataclass(slots=True)
class SchemeRows:
    """The rows of one scheme."""

    scheme: Scheme
    terms: tuple[Terms, ...]
    by_claim: bool = field(init=False)
    by_day: bool = field(init=False)
    on_day: tuple[date, date, Cover] | None = field(init=False, default=None)
    """The versions that may cover the day last asked about, where the day alone chooses them."""

    def __post_init__(self) -> None:
        self.by_claim = uses_claims(self.scheme)
        self.by_day = all(by_day(terms.version) for terms in self.terms)

    # ------------------------------------------------------------------ claims

    def row(self, f: Element, on: date, applied: date) -> OutcomeRow:
        """The answer for one subject."""
        scheme = self.scheme
        claims: list[ClaimRow] = []
        open_list = False
        if not self.by_claim:
            claims.append(self.claim(f, None, None, True, on, applied))
        else:
            given = f.get("certificates", ABSENT)
            if given is ABSENT:
                claims.append(self.claim(f, {}, None, CERTIFICATES, on, applied))
                open_list = True
            else:
                for i, c in enumerate(given):
                    obtained = c.get("obtained")
                    held = HELD[i] if obtained is None else obtained <= on
                    claims.append(self.claim(f, c, i, held, on, applied))
                if "certificates" in f.get("partial", ()):
                    claims.append(self.claim(f, {}, None, CERTIFICATES, on, applied))
                    open_list = True
                if not claims:
                    outcome = no_claim(scheme, Asked(on, applied)).outcome
                    return scheme.id, outcome, 0, 0, True, NONE_MISSING
        return self.combined(f, on, claims, open_list)

    def claim(
        self, f: Element, c: Element | None, i: int | None, held: LightTruth, on: date,
        applied: date,
    ) -> ClaimRow:  # fmt: skip
        """One claim under every version that may cover it."""
        possible = self.covering(c, i, on, applied)
        if not possible:
            return ClaimRow("not_in_force", 0, 0, (), None, None, i, c)
        if possible[0][1] is True:
            return self.under(possible[0][0], True, held, f, c, i, on, applied)
        answers = [
            self.under(terms, covered, held, f, c, i, on, applied) for terms, covered, _ in possible
        ]
        outcomes = {a.outcome for a in answers}
        if outcomes == {"not_in_force"}:
            return answers[0]
        _, chosen_by, by_text = possible[0]
        assert isinstance(chosen_by, tuple)
        if by_text and (self.scheme.kind == "verdict" or outcomes == {"ineligible"}):
            if self.scheme.kind == "verdict":
                return answers[0]._replace(outcome="undetermined", facts=chosen_by)
            return answers[0]
        first = next((a for a in answers if a.outcome == "undetermined"), answers[0])
        facts = chosen_by + (CERTIFICATES if held == CERTIFICATES else ())
        doubts: Facts = ()
        for a in answers:
            if a.outcome == "undetermined":
                facts += a.facts
            else:
                doubts += a.facts
        return ClaimRow(
            "undetermined",
            light.hull([*(a.entitled for a in answers), 0], chosen_by),
            light.hull([*(a.due for a in answers), 0], chosen_by),
            facts,
            first.left,
            first.terms if len(answers) == 1 else None,
            i,
            c,
            all(a.pays for a in answers),
            first.own and len(answers) == 1,
            first.least,
            doubts,
        )

    def covering(self, c: Element | None, i: int | None, on: date, applied: date) -> Cover:
        """The version that covers a claim, or those that may, each with the facts that keep it
        open and whether only the text does."""
        last = self.on_day
        if last is not None and last[0] == on and last[1] == applied:
            return last[2]
        possible: list[tuple[Terms, LightTruth, bool]] = []
        for terms in self.terms:
            key = force.key_of(terms.version, c, i, on, applied)
            covered, causes = force.covers(terms.version, key)
            if covered is True:
                possible = [(terms, True, False)]
                break
            if covered is None:
                by_text = all(x.kind == "text" for x in causes)
                possible.append((terms, light.facts_of(causes), by_text))
        if self.by_day:
            self.on_day = on, applied, possible
        return possible

    def under(
        self, terms: Terms, covered: LightTruth, held: LightTruth, f: Element,
        c: Element | None, i: int | None, on: date, applied: date,
    ) -> ClaimRow:  # fmt: skip
        """One claim under one version that covers it, or may."""
        version, scheme = terms.version, self.scheme
        if version.statuses:
            day = force.day_of(version, on, applied)
            if force.status_on(version, day) is not None:
                return ClaimRow("not_in_force", 0, 0, (), None, terms, i, c)
        verdict = scheme.kind == "verdict"
        whole = both(covered, held) if c is not None else covered
        own = (covered is True or by_day(version)) and (c is None or held is True)
        if whole is not False:
            holds, mine = terms.holds(f, c, i, on, applied)
            whole, own = both(whole, holds), own and mine
        if whole is False:
            outcome: Outcome = "non_compliant" if verdict else "ineligible"
            return ClaimRow(outcome, 0, 0, (), None, terms, i, c)
        if verdict or scheme.kind == "entitlement":
            granted: Outcome = "compliant" if verdict else "eligible"
            if whole is True:
                return ClaimRow(granted, 0, 0, (), None, terms, i, c, True, own)
            return ClaimRow("undetermined", 0, 0, whole, None, terms, i, c, True, own)
        amount = terms.worth(f, c, i, on, applied)
        return self.settle(terms, whole, amount, f, c, i, on, [], own)

    def settle(
        self, terms: Terms, whole: LightTruth, amount: LightAmount, f: Element,
        c: Element | None, i: int | None, on: date, seen: Seen, own: bool,
    ) -> ClaimRow:  # fmt: skip
        """A claim whose requirements hold or may hold, after what was paid before."""
        version = terms.version
        amount = above_zero(amount)
        certain = whole is True
        untouched = self.untouched(terms, f, on, seen)
        if untouched and not isinstance(amount, tuple) and amount:
            if certain:
                return claim_row(
                    ("eligible", amount, amount, (), None, terms, i, c, True, own, amount, ())
                )
            most = (0, amount, True, ())
            return claim_row(
                ("undetermined", most, most, whole, None, terms, i, c, True, own, amount, ())
            )
        entitled = worth = amount
        if not certain:
            low, high, published, facts = opened(amount)
            entitled = light.settled(0, high, published, facts)
            worth = amount if low else entitled
        due = left = worth
        if not untouched:
            due = left = self.due_after(version.ledger, f, on, worth, c, i, seen)
        if not certain:
            _, high, published, facts = opened(left)
            due = light.settled(0, high, published, facts)
        truth, reasons = whole, whole if isinstance(whole, tuple) else ()
        something = (
            something_due(worth)
            if untouched
            else self.something_left(version.ledger, f, on, worth, c, i, seen)
        )
        truth = both(whole, something)
        if isinstance(truth, tuple):
            reasons = truth
            _, high, published, facts = opened(due)
            due = light.settled(0, high, published, facts)
        elif truth is False:
            due = 0
            if not terms.reads_ledger:
                entitled = 0
        outcome: Outcome = (
            "undetermined" if isinstance(truth, tuple) else "eligible" if truth else "ineligible"
        )
        least = (amount[0] or 0) if isinstance(amount, tuple) else amount
        kept = None if left is worth or left == worth else left
        return claim_row(
            (outcome, entitled, due, reasons, kept, terms, i, c, something is True, own, least, ())
        )

    # ------------------------------------------------------------------ ledger

    def untouched(self, terms: Terms, f: Element, on: date, seen: Seen) -> bool:
        """Whether nothing was paid before that could take anything from a claim."""
        if not terms.reads_ledger:
            return True
        received, ledger = f.get("received"), terms.version.ledger
        if received is None or ledger.lifetime_cap is not None:
            return False
        if received and (not terms.plain or self.payments(f, on, seen)):
            return False
        return "received" not in f.get("partial", ())

    def of_scheme(self, j: int, entry: Element) -> LightTruth:
        """Whether an entry was paid under the scheme."""
        named = entry.get("scheme")
        if named is not None:
            return bool(named == self.scheme.id or named in self.scheme.aliases)
        issuer = entry.get("issuer")
        if issuer is None:
            return SCHEME_AT[j]
        if self.scheme.issuer is None or issuer != self.scheme.issuer:
            return False
        kind = entry.get("kind", ABSENT)
        return KIND_AT[j] if kind is ABSENT else bool(kind == self.scheme.kind)

    def payments(self, f: Element, on: date, seen: Seen) -> list[Payment]:
        """The entries paid, or perhaps paid, under the scheme by a day."""
        if seen:
            return seen[0]
        found: list[Payment] = []
        seen.append(found)
        for j, entry in enumerate(f.get("received", ())):
            mine = self.of_scheme(j, entry)
            if mine is False or entry.get("status", "paid") not in PAID:
                continue
            paid = entry.get("paid")
            counts = both(mine, PAID_AT[j] if paid is None else paid <= on)
            if counts is not False:
                found.append((j, entry, counts))
        return found

    @staticmethod
    def paid_amount(payments: Sequence[Payment]) -> LightAmount:
        """All that was paid."""
        low: Number = 0
        high: Number | None = 0
        facts: Facts = ()
        for j, entry, counts in payments:
            value = entry.get("amount", ABSENT)
            doubt: Facts = ()
            top: Number | None
            bottom: Number
            if value is ABSENT:
                bottom, top, doubt = 0, None, AMOUNT_AT[j]
            else:
                bottom = top = value or 0
            if isinstance(counts, tuple):
                if top == 0:
                    continue
                # Equal bounds may still hide an unknown amount.
                facts += counts
                bottom = 0
            low += bottom
            high = None if high is None or top is None else high + top
            facts += doubt
        return light.settled(low, high, True, facts)

    def barred(
        self, rule: LedgerRule, payments: Sequence[Payment],
        c: Element, i: int | None,
    ) -> LightTruth:  # fmt: skip
        """Whether what was paid bars the claim."""
        found: Facts = ()
        undecided = False
        for j, entry, counts in payments:
            truth: LightTruth = counts
            if rule in ("once_per_level", "once_per_certificate"):
                truth = both(truth, same("level", j, entry, c, i))
            if rule == "once_per_certificate":
                truth = both(truth, same("exam_year", j, entry, c, i))
            if truth is True:
                return True
            if isinstance(truth, tuple):
                undecided = True
                found += truth
        return found if undecided else False

    def due_after(
        self, ledger: Ledger, f: Element, on: date, entitled: LightAmount,
        c: Element | None, i: int | None, seen: Seen,
    ) -> LightAmount:  # fmt: skip
        """What earlier payments leave of an amount."""
        if opened(entitled)[1] == 0:
            return entitled
        if not plain(ledger):
            worth = light.carried(entitled)
            return light.lightened(due_after(ledger, self.scheme, f, on, worth, c, i))
        _, high, published, facts = opened(entitled)
        received = f.get("received")
        if received is None:
            return light.settled(0, high, published, RECEIVED + facts)
        partial = "received" in f.get("partial", ())
        if not received and not partial:
            return self.within_cap(ledger, f, on, entitled, seen)
        claim = c or {}
        paid = self.payments(f, on, seen)
        left = []
        for rule in ledger.rules:
            if rule == "difference_on_upgrade":
                left.append(above_zero(light.subtract(entitled, self.paid_amount(paid))))
            else:
                left.append(reduced(entitled, self.barred(rule, paid, claim, i)))
        due = light.hull(left, ()) if len(left) > 1 else left[0] if left else entitled
        due = self.within_cap(ledger, f, on, due, seen)
        if partial:
            _, high, published, facts = opened(due)
            if high != 0:
                due = light.settled(0, high, published, RECEIVED + facts)
        return due

    def something_left(
        self, ledger: Ledger, f: Element, on: date, entitled: LightAmount,
        c: Element | None, i: int | None, seen: Seen,
    ) -> LightTruth:  # fmt: skip
        """Whether earlier payments leave anything."""
        worth = something_due(entitled)
        if worth is False:
            return False
        if not plain(ledger):
            asked = light.carried(entitled)
            return light.lightened_truth(something_left(ledger, self.scheme, f, on, asked, c, i))
        received = f.get("received")
        if received is None:
            return both(worth, RECEIVED)
        claim = c or {}
        paid = self.payments(f, on, seen)
        readings: list[LightTruth] = []
        for rule in ledger.rules:
            if rule == "difference_on_upgrade":
                readings.append(
                    something_due(above_zero(light.subtract(entitled, self.paid_amount(paid))))
                )
            else:
                barred = self.barred(rule, paid, claim, i)
                readings.append(barred if isinstance(barred, tuple) else not barred)
        truth: LightTruth = worth
        if readings:
            truth = both(truth, light.agree(readings))
        if ledger.lifetime_cap is not None:
            room = above_zero(light.subtract(ledger.lifetime_cap, self.paid_amount(paid)))
            truth = both(truth, something_due(room))
        if "received" in f.get("partial", ()):
            truth = both(truth, RECEIVED)
        return truth

    def within_cap(
        self, ledger: Ledger, f: Element, on: date, due: LightAmount, seen: Seen
    ) -> LightAmount:
        """What a lifetime cap leaves."""
        if ledger.lifetime_cap is None or opened(due)[1] == 0:
            return due
        left: LightAmount = ledger.lifetime_cap
        if "received" in f:
            left = light.subtract(left, self.paid_amount(self.payments(f, on, seen)))
        return above_zero(light.least(due, left))

    # ------------------------------------------------------------------ over the claims

    def combined(
        self, f: Element, on: date, claims: Sequence[ClaimRow], open_list: bool
    ) -> OutcomeRow:
        """One row from the claims."""
        scheme = self.scheme
        paid = scheme.money or scheme.kind in ("grade_steps", "points")
        if len(claims) > 1 and (scheme.per == "best" or not paid):
            claims = unsurpassed(claims, surpasses)
        if len(claims) == 1 and not open_list:
            (only,) = claims
            outcome, due = only.outcome, only.due
            if outcome not in ("eligible", "undetermined"):
                return scheme.id, outcome, 0, 0, True, NONE_MISSING
            if only.left is None and not isinstance(due, tuple) and outcome == "eligible":
                return scheme.id, outcome, due, due, True, NONE_MISSING
            if outcome == "undetermined" and isinstance(due, tuple) and scheme.per == "best":
                return scheme.id, outcome, *due[:3], frozenset(only.facts + due[3])
        else:
            outcome = min((x.outcome for x in claims), key=RANK.__getitem__)
            due = 0
        if paid:
            worth = [x for x in claims if opened(x.entitled)[1] != 0]
            if scheme.per == "each":
                due = self.each_due(f, on, claims, worth, open_list)
            elif worth:
                outcome, due, claims = self.best(f, on, worth)
            else:
                due = 0
            if not worth and any(x.outcome == "ineligible" for x in claims):
                outcome = "ineligible"
        low, high, published, facts = opened(due)
        if outcome in ("eligible", "undetermined"):
            found: Facts = ()
            for x in claims:
                if x.outcome == "undetermined" and (outcome == x.outcome or low != high):
                    found += x.facts
                    if len(claims) > 1 and outcome == x.outcome:
                        found += x.doubts
            return scheme.id, outcome, low, high, published, frozenset(found + facts)
        return scheme.id, outcome, low, high, published, NONE_MISSING

    def each_due(
        self, f: Element, on: date, claims: Sequence[ClaimRow], worth: Sequence[ClaimRow],
        open_list: bool,
    ) -> LightAmount:  # fmt: skip
        """What is due where each certificate is paid."""
        due = light.add(*(x.due for x in claims))
        if open_list and any(x.outcome in ("eligible", "undetermined") for x in claims):
            low, _, published, facts = opened(due)
            due = (low, None, published, facts + CERTIFICATES)
        top = candidates_of(worth)
        chosen = (
            top[0]
            if len(top) == 1
            else min(
                claims,
                key=lambda x: (
                    RANK[x.outcome], -(opened(x.due)[0] or 0), -(opened(x.due)[1] or 0),
                ),
            )
        )  # fmt: skip
        if chosen.terms is not None:
            due = self.within_cap(chosen.terms.version.ledger, f, on, due, [])
        return due

    def best(
        self, f: Element, on: date, worth: Sequence[ClaimRow]
    ) -> tuple[Outcome, LightAmount, Sequence[ClaimRow]]:
        """Outcome and amount where the claim that is worth most is paid, and the claims that may
        be it."""
        candidates = candidates_of(worth)
        if len(candidates) == 1:
            return candidates[0].outcome, candidates[0].due, candidates
        floor = max((opened(x.entitled)[0] or 0) for x in candidates)
        lows = [self.least_due(f, on, x, floor) for x in candidates]
        low = min(lows) if floor else 0
        high: Number | None = 0
        published = True
        facts: Facts = ()
        for x in candidates:
            _, top, known, doubts = opened(x.due)
            high = None if top is None or high is None else max(high, top)
            published = published and known
            if x.outcome != "ineligible" or stands_before(x, candidates):
                facts += doubts + x.facts + x.doubts
        if all(x.outcome == "ineligible" for x in candidates):
            return "ineligible", 0, candidates
        sure = any(x.outcome == "eligible" for x in candidates) and all(
            x.outcome == "eligible" or (x.outcome == "undetermined" and (at_least > 0 or x.pays))
            for x, at_least in zip(candidates, lows, strict=True)
        )
        due = light.settled(low, high, published, facts)
        return "eligible" if sure else "undetermined", due, candidates

    def least_due(self, f: Element, on: date, claim: ClaimRow, floor: Number) -> Number:
        """The least that is due for a claim if it is the best one."""
        if claim.left is None:
            return floor
        if claim.terms is None:
            return 0
        low, high, published, facts = opened(claim.entitled)
        left = opened(claim.left)[0] or 0
        if (low or 0) < floor:
            worth: LightAmount = (floor, high, published, facts)
            again = self.due_after(
                claim.terms.version.ledger, f, on, worth, claim.claim, claim.entry, []
            )
            return max(opened(again)[0] or 0, left)
        return left


def opened(of: LightAmount) -> light.OpenAmount:
    """An amount with both ends."""
    return of if isinstance(of, tuple) else (of, of, True, ())


def stands_before(claim: ClaimRow, candidates: Sequence[ClaimRow]) -> bool:
    """Whether a claim of which nothing is due may be worth more than one of which something is."""
    most = opened(claim.entitled)[1]
    return any(
        most is None or other.terms is None or other.least < most
        for other in candidates
        if other.outcome != "ineligible"
    )


def surpasses(one: ClaimRow, other: ClaimRow) -> bool:
    """Whether a claim brings as much as another in every completion."""
    terms = one.terms
    if not one.own or terms is None or other.terms is not terms:
        return False
    most = opened(other.entitled)[1]
    if most is not None and one.least > most:
        return True
    version, held, there = terms.version, one.claim, other.claim
    return (
        alike(held, there, version.amount_reads) or (most is not None and one.least >= most)
    ) and (
        (one.left is None and one.pays)
        or not by_claim(version.ledger)
        or alike(held, there, CLAIM_FIELDS)
    )


def candidates_of(worth: Sequence[ClaimRow]) -> list[ClaimRow]:
    """The claims that may be worth most before the ledger; one where that is decided."""
    if len(worth) < 2:
        return list(worth)
    whole = [(opened(x.entitled), opened(x.due), x) for x in worth]
    floor = max(e[0] or 0 for e, _, _ in whole)
    left = [(e, d, x) for e, d, x in whole if e[1] is None or e[1] >= floor]
    sure = [d[0] or 0 for e, d, _ in left if e[0] is not None and e[0] == e[1]]
    if sure:
        most = max(sure)
        left = [
            (e, d, x)
            for e, d, x in left
            if e[0] == e[1] or e[1] != floor or d[1] is None or d[1] > most
        ]
    if all(e[0] is not None and e[0] == e[1] for e, _, _ in left):
        return [max(left, key=lambda x: x[1][0] or 0)[2]]
    return [x for _, _, x in left]


def same(field: str, j: int, entry: Element, c: Element, i: int | None) -> LightTruth:
    """Whether entry and certificate agree in a field."""
    mine, other = entry.get(field, ABSENT), c.get(field, ABSENT)
    found: Facts = ()
    if mine is ABSENT:
        found += ((f"received.{field}", j),)
    if other is ABSENT:
        found += ((f"certificate.{field}", i),)
    return found or bool(mine == other)


def reduced(due: LightAmount, barred: LightTruth) -> LightAmount:
    """An amount that may be barred."""
    if barred is True:
        return 0
    return due if barred is False else light.hull((due, 0), barred)


def something_due(due: LightAmount) -> LightTruth:
    """Whether something is due: above 0, or an amount that was never published."""
    low, high, published, facts = opened(due)
    if low is not None and low > 0:
        return True
    if high == 0:
        return False
    return True if not published and not facts else facts
