"""Months of a monthly or yearly benefit: which count, what each pays, what is left to pay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sgincentive.calendar import FIRST_DAY, MAX_MONTHS, add_months, month_end, month_start
from sgincentive.decision import Decision, Finding, MonthRow, Outcome
from sgincentive.engine import ledger
from sgincentive.engine.check import Question, check, open_parts, uses_claims
from sgincentive.engine.ledger import something_due
from sgincentive.engine.turning import Spans, dates_in, text_days, turning_points
from sgincentive.nodes import values
from sgincentive.nodes.base import Element
from sgincentive.nodes.conditions import All
from sgincentive.nodes.values import (
    ZERO,
    Bounds,
    Cause,
    Truth,
    agree,
    all_of,
    any_of,
    fact_cause,
    known,
    text_cause,
    unknown,
)
from sgincentive.schemes.model import Ledger, Requirement, Rhythm, Scheme
from sgincentive.words import Text

COUNTS = {
    1: Text("本月符合条件", "the month counts"),
    12: Text("本年符合条件", "the year counts"),
}
DOES_NOT_COUNT = {
    1: Text("本月不符合条件", "the month does not count"),
    12: Text("本年不符合条件", "the year does not count"),
}
NOT_DECIDED = {
    1: Text("本月是否符合条件未定", "whether the month counts is not decided"),
    12: Text("本年是否符合条件未定", "whether the year counts is not decided"),
}
NOT_IN_FORCE = Text("规定当时未生效", "the terms are not in force then")
PAID = Text("此前已发足", "paid in full before")
PAID_UNKNOWN = Text("此前是否已发足未定", "whether it was paid in full before is not decided")
TERM_OVER = Text("已满最长期限", "the longest term is over")
CAP_REACHED = Text("已达累计上限", "the lifetime cap is reached")
STARTS_LATER = {
    "next_month": Text("自次月起算", "counted from the next month"),
    "next_january": Text("自次年一月起算", "counted from January of the next year"),
}
COUNTS_NOT_STATED = Text(
    "不足整月是否计算，来源未说明", "the sources do not say whether a part of a month counts"
)


class Above(NamedTuple):
    """What lower divisions have to say: their schemes, and which of them override on a day."""

    overriders: Callable[[Question], Sequence[tuple[str, Truth]]]
    schemes: Callable[[], Sequence[Scheme]]


ALONE = Above(lambda _: (), list)


def by_month(scheme: Scheme) -> Scheme:
    """The scheme as a single month asks it: what was paid before is netted over all the rows."""
    return replace(
        scheme,
        versions=tuple(
            replace(
                v,
                ledger=Ledger(
                    other_authority_bars=v.ledger.other_authority_bars,
                    barring_statuses=v.ledger.barring_statuses,
                    barring_kind=v.ledger.barring_kind,
                ),
            )
            for v in scheme.versions
        ),
    )


def first_held(scheme: Scheme, facts: Element) -> date | None:
    """The day on which the first certificate was obtained, before which no month counts; None
    where the scheme looks at no certificate or a day is not known."""
    if not uses_claims(scheme) or "certificates" in facts.get("partial", ()):
        return None
    days = [c.get("obtained") for c in facts.get("certificates", ())]
    return min(days) if days and all(isinstance(day, date) for day in days) else None


def first_month(scheme: Scheme, facts: Element) -> date:
    """The first day of the first month that can count, by the starts of the terms and what is
    held; a start that no source gives lies before every day."""
    starts = [v.first[0] if v.first else FIRST_DAY for v in scheme.versions]
    return max(min(starts), first_held(scheme, facts) or FIRST_DAY).replace(day=1)


def lifetime_cap(scheme: Scheme) -> Bounds | None:
    """The most that all rows together bring; the least of the versions' caps."""
    caps = [v.ledger.lifetime_cap for v in scheme.versions]
    stated = [cap for cap in caps if cap is not None]
    return values.exactly(min(stated)) if stated else None


def period_months(scheme: Scheme) -> int:
    """The months of one row: 12 for a benefit paid by the year."""
    return 12 if scheme.kind == "yearly" else 1


def days_to_ask(first: date, days: frozenset[int]) -> list[date]:
    """The days of a month on which an answer can change: its ends and the days of known dates."""
    last = month_end(first)
    asked = {1, last.day}
    for day in days:
        asked.add(min(day, last.day))
        asked.add(min(day + 1, last.day))
    return [first.replace(day=d) for d in sorted(asked)]


@dataclass(slots=True)
class Months:
    """What single months of a scheme pay; those between which nothing changes are asked once."""

    scheme: Scheme
    facts: Element
    question: Question
    lower: Above
    days: frozenset[int]
    spans: Spans
    found: dict[int, tuple[Truth, Bounds, Decision]]
    answers: dict[int, Decision]

    @classmethod
    def of(cls, scheme: Scheme, facts: Element, question: Question, lower: Above) -> Months:
        """The months of a scheme, each asked without what was paid before."""
        schemes = [scheme, *lower.schemes()]
        known = {day.day for day in dates_in(facts)}
        points = turning_points(schemes, facts, question.confirmed_within)
        return cls(
            by_month(scheme), facts, question, lower,
            frozenset(known).union(*map(text_days, schemes)), Spans(points), {}, {},
        )  # fmt: skip

    def decision(self, first: date) -> tuple[Truth, Bounds, Decision]:
        """Whether a month (or, for a yearly benefit, the year from ``first``) counts, what it
        pays and the decision that says so."""
        last = month_end(add_months(first, period_months(self.scheme) - 1))
        span = self.spans.of(first, last)
        if span is None:
            return self.by_days(self.probe(first))
        if span not in self.found:
            self.found[span] = self.by_days([first])
        return self.found[span]

    def probe(self, first: date) -> list[date]:
        """The days of a month or year to ask about."""
        if self.scheme.versions[-1].rhythm.counts == "first_day":
            return [first]
        months = [add_months(first, i) for i in range(period_months(self.scheme))]
        return [day for month in months for day in days_to_ask(month, self.days)]

    def by_days(self, days: Sequence[date]) -> tuple[Truth, Bounds, Decision]:
        """The same, by what holds on some days."""
        rhythm = self.scheme.versions[-1].rhythm
        answers = []
        for day in days:
            answers.append(self.on(day))
            if rhythm.counts == "any_day" and answers[-1].outcome == "eligible":
                break
        return verdict(rhythm, answers)

    def on(self, day: date) -> Decision:
        """The decision on a day, or on one from which it differs in nothing."""
        span = self.spans.of(day, day)
        if span is not None and span in self.answers:
            return self.answers[span]
        asked = replace(self.question, on=day, applied=self.facts.get("applied") or day)
        answer = check(self.scheme, self.facts, asked, self.lower.overriders(asked))
        if span is not None:
            self.answers[span] = answer
        return answer


def verdict(rhythm: Rhythm, answers: Sequence[Decision]) -> tuple[Truth, Bounds, Decision]:
    """Whether a month counts, what it pays and the decision that says so, by its days."""
    truths = [
        known(a.outcome == "eligible")
        if a.outcome != "undetermined"
        else unknown(tuple(x for c in a.claims for x in (*c.causes, *c.amount_causes)))
        for a in answers
    ]
    counts = all_of(truths) if rhythm.counts == "whole_month" else any_of(truths)
    if rhythm.counts == "not_stated":
        counts = agree((all_of(truths), counts), text_cause(COUNTS_NOT_STATED, "counts"))
    shown = next((a for a in reversed(answers) if a.outcome == "eligible"), answers[-1])
    if counts.value is None:
        shown = next((a for a in answers if a.outcome == "undetermined"), shown)
    amount = shown.entitled_bounds
    if counts.value is None:
        live = [a.entitled_bounds for a in answers if a.outcome in ("eligible", "undetermined")]
        widest = values.hull(live or [amount], counts.causes)
        amount = values.bounds(0, widest.high, widest.published, counts.causes)
    return counts, amount if counts.value is not False else ZERO, shown


def schedule(
    scheme: Scheme,
    facts: Element,
    question: Question,
    first: str,
    last: str,
    lower: Above = ALONE,
) -> tuple[MonthRow, ...]:
    """The rows of a period, ``first`` and ``last`` as YYYY-MM, both included.

    A benefit paid by the year has one row a year, in the period that holds its December.
    Terms and starts run from the first month that counts, however early the period begins.
    Raises ValueError for a period of more than 600 months or one that ends before it starts.
    """
    start, stop = month_start(first), month_start(last)
    if stop < start or add_months(start, MAX_MONTHS - 1) < stop:
        raise ValueError(f"{first} {last}")
    months = Months.of(scheme, facts, question, lower)
    rhythm = scheme.versions[-1].rhythm
    step = period_months(scheme)
    earliest = min(start, first_month(scheme, facts))
    # The first month whose row decides anything: a cap and a payment for no time go to the oldest.
    needed = start if step == 1 else start.replace(month=1)
    for period in {p.entry.get("period") for p in ledger.payments(scheme, facts, question.on)}:
        if period is None:
            needed = earliest
        elif len(str(period)) == len("2024"):
            needed = min(needed, start.replace(month=1))
    if lifetime_cap(scheme):
        needed = earliest
    begin = min(needed, earliest) if bounded(rhythm) else needed
    if step > 1:
        begin = begin.replace(month=1)
    rows: list[MonthRow] = []
    started: Truth = values.NO
    before: Truth = values.NO
    counted_low = counted_high = 0
    open_causes: tuple[Cause, ...] = ()
    month = begin
    while month <= stop:
        underway = before.value is True or not rhythm.starts_later
        if month < needed and underway and (rhythm.term_months is None or counted_low):
            # Nothing but the time that runs is to be known of such a month.
            counted_low, counted_high = counted_low + step, counted_high + step
            month = add_months(month, step)
            continue
        counts, amount, shown = months.decision(month)
        if rhythm.starts_later:
            if rhythm.starts == "next_month" or month.month == 1:
                before = started
            started = begun(started, counts)
        if month < needed and rhythm.term_months is None:
            # Of such a month only what has begun by it counts.
            month = add_months(month, step)
            continue
        reason = reason_of(counts, shown, step)
        if rhythm.starts_later and counts.value is not False and before.value is not True:
            counts = all_of((counts, before))
            amount = limit(amount, counts)
            reason = STARTS_LATER[rhythm.starts] if counts.value is False else NOT_DECIDED[step]
        if rhythm.term_months is not None:
            # A term runs on from the first month that counts, through months that do not.
            asked_truth = counts.value
            if asked_truth is not False and counted_low >= rhythm.term_months:
                counts, amount, reason = values.NO, ZERO, TERM_OVER
            elif asked_truth is not False and counted_high >= rhythm.term_months:
                counts = unknown(counts.causes or amount.causes or open_causes)
                amount = limit(amount, counts)
                reason = NOT_DECIDED[step]
            open_causes = open_causes or counts.causes
            if counted_low or asked_truth is True:
                counted_low += step
            if counted_high or asked_truth is not False:
                counted_high += step
        outcome: Outcome = (
            "eligible"
            if counts.value
            else "ineligible"
            if counts.value is False
            else "undetermined"
        )
        period = month.isoformat()[: 4 if step > 1 else 7]
        rows.append(MonthRow(period, outcome, amount, ZERO, amount, reason))
        month = add_months(month, step)
    return net(scheme, facts, question.on, rows, first, last)


def begun(started: Truth, counts: Truth) -> Truth:
    """Whether a month has counted by now; what is open of it for the same causes as before is
    said once."""
    if started.value is counts.value is None:
        named = {cause.doubt for cause in started.causes}
        if all(cause.doubt in named for cause in counts.causes):
            return started
    return any_of((started, counts))


def last_month(period: str) -> str:
    """The last month of a row."""
    return period if len(period) > 4 else f"{period}-12"


def in_period(row: str, period: str) -> bool:
    """Whether a payment for ``period`` (a month or a year) pays the row."""
    return row.startswith(period) or period.startswith(row)


def bounded(rhythm: Rhythm) -> bool:
    """Whether the months counted before can end or delay a benefit."""
    return rhythm.term_months is not None or rhythm.starts_later


def in_its_month(
    decision: Decision,
    scheme: Scheme,
    facts: Element,
    question: Question,
    lower: Above = ALONE,
) -> Decision:
    """A decision on one day, held to the longest term and the start of its schedule."""
    if not bounded(scheme.versions[-1].rhythm) or decision.outcome not in (
        "eligible",
        "undetermined",
    ):
        return decision
    month = f"{question.on:%Y-%m}" if scheme.kind == "monthly" else f"{question.on:%Y}-12"
    (row,) = schedule(scheme, facts, question, month, month, lower)
    truth = something_due(row.entitled)
    if truth.value is True:
        return decision
    requirement = Requirement("in-term", All(()), text=row.reason)
    findings = (*decision.findings, Finding(requirement, truth))
    if truth.value is False:
        return replace(
            decision, outcome="ineligible", bounds=ZERO, entitled_bounds=ZERO, findings=findings,
            missing=(), open_text=(), to_confirm=(),
        )  # fmt: skip
    limited = limit(decision.entitled_bounds, truth)
    missing, open_text, to_confirm = open_parts(
        scheme.subject, [("outcome", x) for x in truth.causes]
    )
    return replace(
        decision, outcome="undetermined", bounds=limited, entitled_bounds=limited,
        findings=findings, missing=missing, open_text=open_text, to_confirm=to_confirm,
    )  # fmt: skip


def limit(amount: Bounds, counts: Truth) -> Bounds:
    """The amount of a month that does not count, or may not."""
    if counts.value is False:
        return ZERO
    return values.bounds(0, amount.high, amount.published, counts.causes)


def reason_of(counts: Truth, shown: Decision, step: int) -> Text:
    """Why a row of so many months counts or not."""
    if counts.value is True:
        return COUNTS[step]
    failed = [f for f in shown.findings if f.holds is False]
    if counts.value is None:
        return NOT_DECIDED[step]
    if shown.outcome == "not_in_force":
        return NOT_IN_FORCE
    if failed and failed[0].requirement.text is not None:
        text = failed[0].requirement.text
        return Text(f"未满足: {text.zh}", f"not met: {text.en}")
    if failed:
        return Text(f"未满足条件 {failed[0].id}", f"not met: {failed[0].id}")
    return DOES_NOT_COUNT[step]


def net(
    scheme: Scheme, facts: Element, on: date, rows: Sequence[MonthRow], first: str, last: str
) -> tuple[MonthRow, ...]:
    """What earlier payments leave of each month, oldest first, and only the months asked for.

    An entry with a period pays that month (or the months of that year); one without pays the
    oldest months still open.
    """
    asked = [row for row in rows if first <= last_month(row.period) <= last]
    cap = lifetime_cap(scheme)
    if "received" not in facts:
        cause = (fact_cause("received"),)
        if cap is not None:
            most = capped(rows, {}, cap)
            asked = [replace(row, due=most[row.period]) for row in asked]
        return tuple(
            replace(row, outcome="ineligible", reason=CAP_REACHED)
            if row.due.high == 0 and row.entitled.high != 0
            else row
            if row.entitled.high == 0
            else replace(
                row,
                outcome="undetermined" if row.outcome == "eligible" else row.outcome,
                reason=PAID_UNKNOWN if row.outcome == "eligible" else row.reason,
                paid=Bounds(0, None, True, cause),
                due=values.bounds(0, row.due.high, row.due.published, cause),
            )
            for row in asked
        )
    paid: dict[str, Bounds] = {row.period: ZERO for row in rows}
    payments = ledger.payments(scheme, facts, on)
    for payment in sorted(payments, key=narrowest_first):
        left = payment.amount()
        period = payment.entry.get("period")
        for row in rows:
            if period is not None and not in_period(row.period, str(period)):
                continue
            room = values.greatest([values.subtract(row.entitled, paid[row.period]), ZERO])
            part = values.least([left, room])
            paid[row.period] = values.add([paid[row.period], part])
            left = values.greatest([values.subtract(left, part), ZERO])
    if cap is not None:
        cap = values.greatest([values.subtract(cap, ledger.total_paid(payments)), ZERO])
    unseen = (fact_cause("received"),) if "received" in facts.get("partial", ()) else ()
    dues = capped(rows, paid, cap)
    done = []
    for row in asked:
        due = dues[row.period]
        if unseen and due.high != 0:
            due = values.bounds(0, due.high, due.published, (*unseen, *due.causes))
        outcome = row.outcome
        reason = row.reason
        if outcome == "eligible":
            answer = something_due(due).value
            outcome = "eligible" if answer else "ineligible" if answer is False else "undetermined"
            if answer is not True:
                reason = PAID if answer is False else PAID_UNKNOWN
        left = values.subtract(row.entitled, paid[row.period])
        if due.high == 0 and cap is not None and left.low is not None and left.low > 0:
            reason = CAP_REACHED
        done.append(replace(row, outcome=outcome, paid=paid[row.period], due=due, reason=reason))
    return tuple(done)


def overpaid(scheme: Scheme, facts: Element, on: date, rows: Sequence[MonthRow]) -> values.Number:
    """What was certainly paid for single rows beyond what they can be worth (fen)."""
    payments = ledger.payments(scheme, facts, on)
    excess: values.Number = 0
    for row in rows:
        mine = [p for p in payments if str(p.entry.get("period") or "").startswith(row.period)]
        if row.entitled.high is not None:
            excess += max((ledger.total_paid(mine).low or 0) - row.entitled.high, 0)
    return excess


def narrowest_first(payment: ledger.Payment) -> tuple[int, str, str, int]:
    """Payments for a month before those for a year and those without a period, oldest first."""
    period = payment.entry.get("period")
    text = "" if period is None else str(period)
    return (-len(text), text, str(payment.entry.get("paid", "")), payment.entry.get("amount") or 0)


def capped(
    rows: Sequence[MonthRow], paid: Mapping[str, Bounds], cap: Bounds | None
) -> dict[str, Bounds]:
    """What is due for each row, oldest first, up to ``cap`` in all."""
    dues = {}
    for row in rows:
        due = values.greatest([values.subtract(row.entitled, paid.get(row.period, ZERO)), ZERO])
        if cap is not None:
            due = values.least([due, cap])
            cap = values.greatest([values.subtract(cap, due), ZERO])
        dues[row.period] = due
    return dues
