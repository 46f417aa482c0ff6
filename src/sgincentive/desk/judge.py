"""Whether an example of a rule file gets the answer that it expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from sgincentive.calendar import month_start
from sgincentive.decision import Amount, Decision, MonthRow, yuan
from sgincentive.facts import ProfileError, subject_from, view
from sgincentive.nodes.values import Bounds
from sgincentive.ruleset import Rules, Subject, concerns, places_of, subject_kind
from sgincentive.schemes.model import Example, Scheme
from sgincentive.words import Text

NO_DAY = Text("示例须写明 on", "the example does not say on which day it is asked")
BAD_PERIOD = Text(
    "from 与 to 须同时写明，为月份 YYYY-MM，先后有序",
    "from and to go together, are months YYYY-MM and stand in order",
)
OTHER_SUBJECT = Text("档案的对象与项目不同", "the profile is of another subject than the scheme")
UNREADABLE = Text("期望的写法有误", "the expectation cannot be read")
UNPUBLISHED = "not_published"
DUE = ("eligible", "compliant")


class BadExample(ValueError):
    """An example that cannot be asked; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Difference:
    """One key of ``expect`` that the answer does not meet; plain data as a rule file writes it."""

    key: str
    expected: Any
    got: Any


@dataclass(frozen=True, slots=True)
class Case:
    """An example ready to be asked."""

    example: Example
    subject: Subject
    on: date
    places: frozenset[str]


def prepare(example: Example, kind: str) -> Case:
    """The question that an example of a scheme about a ``kind`` puts. Raises BadExample."""
    try:
        subject = subject_from(example.given)
    except ProfileError as error:
        raise BadExample(problem_text(error)) from None
    if subject_kind(subject) != kind:
        raise BadExample(OTHER_SUBJECT)
    facts = view(subject)
    on = example.on or facts.get("applied")
    if on is None:
        raise BadExample(NO_DAY)
    if (example.start is None) is not (example.stop is None) or not in_order(example):
        raise BadExample(BAD_PERIOD)
    return Case(example, subject, on, places_of(facts))


def problem_text(error: ProfileError) -> Text:
    """The first problem of a profile with the path of its field."""
    problem = error.problems[0]
    where = ".".join(map(str, problem.path))
    return Text(f"given.{where}: {problem.text.zh}", f"given.{where}: {problem.text.en}")


def in_order(example: Example) -> bool:
    """Whether the period of an example, if it has one, is one."""
    try:
        return example.start is None or (
            month_start(example.start) <= month_start(str(example.stop))
        )
    except ValueError:
        return False


def ask(case: Case, scheme: Scheme, rules: Rules) -> Decision:
    """The answer of a scheme, as a member of ``rules``, to an example."""
    example = case.example
    return rules.decide(
        scheme, case.subject, case.on, example.start, example.stop, drafts=example.drafts
    )


def differences(case: Case, scheme: Scheme, decision: Decision) -> Iterator[Difference]:
    """Every key of ``expect`` that the decision does not meet, the weightiest first.

    Whoever is expected to get something must also be somebody whom the scheme concerns: otherwise
    ``check`` would never ask it.
    """
    expect = case.example.expect
    outcome = expect.get("outcome")
    if outcome is not None and decision.outcome != outcome:
        yield Difference("outcome", outcome, decision.outcome)
    asked = concerns(scheme.applies_in, case.places)
    listed = expect.get("concerns", True if outcome in DUE else None)
    if listed is not None and asked is not listed:
        yield Difference("concerns", listed, asked)
    for key, amount in (("amount", decision.amount), ("entitled", decision.entitled)):
        if key in expect and not same_amount(expect[key], amount):
            yield Difference(key, expect[key], plain_amount(amount))
    found: dict[str, Any] = {
        "version": decision.version.id if decision.version is not None else None,
        "status": decision.status,
        "standing": decision.standing,
    }
    for key, value in found.items():
        if key in expect and expect[key] != value:
            yield Difference(key, expect[key], value)
    sets = {
        "missing": {m.fact for m in decision.missing},
        "fails": {f.id for f in decision.findings if f.applies and f.holds is False},
        "unknown": {f.id for f in decision.findings if f.applies and f.holds is None},
    }
    for key, names in sets.items():
        if key in expect and names_of(expect[key]) != names:
            yield Difference(key, expect[key], sorted(names))
    if "schedule" in expect:
        yield from rows_differ(expect["schedule"], decision)


def names_of(value: Any) -> set[str] | None:
    """The names of a list; None for anything else."""
    return set(map(str, value)) if isinstance(value, list) else None


def rows_differ(expected: Any, decision: Decision) -> Iterator[Difference]:
    """The periods of ``schedule`` whose row is another.

    A period takes what is due for it or its outcome; ``total`` takes the sum of all rows.
    """
    rows = {row.period: row for row in decision.schedule or ()}
    if not isinstance(expected, Mapping):
        yield Difference("schedule", expected, [plain_row(row) for row in rows.values()])
        return
    for period, value in expected.items():
        key = f"schedule.{period}"
        if period == "total":
            total = total_due(rows.values())
            if not same_amount(value, total):
                yield Difference(key, value, plain_amount(total))
            continue
        row = rows.get(str(period))
        if row is None:
            yield Difference(key, value, None)
        elif value in ("eligible", "ineligible", "undetermined"):
            if row.outcome != value:
                yield Difference(key, value, row.outcome)
        elif not same_amount(value, due(row.due)):
            yield Difference(key, value, plain_row(row))


def due(bounds: Bounds) -> Amount:
    """What is due for a month as an amount."""
    if not bounds.published and not bounds.low and bounds.high is None:
        return Amount("monthly", "CNY", None, None, False)
    return Amount("monthly", "CNY", yuan(bounds.low), yuan(bounds.high), bounds.published)


def total_due(rows: Any) -> Amount:
    """The sum of what is due over all rows."""
    low = high = Fraction(0)
    ended = True
    for row in rows:
        low += row.due.low or 0
        ended = ended and row.due.high is not None
        high += row.due.high or 0
    return Amount("monthly", "CNY", yuan(low), yuan(high) if ended else None)


def same_amount(expected: Any, amount: Amount | None) -> bool:
    """Whether an amount is the number, the range (null: no upper end), or not_published."""
    if amount is None:
        return expected is None
    if expected == UNPUBLISHED:
        return (amount.min, amount.max, amount.published) == (None, None, False)
    ends = expected if isinstance(expected, list) else [expected, expected]
    try:
        low, high = map(number, ends)
    except ValueError:
        return False
    return (amount.min, amount.max) == (low, high) and (low is not None or high is not None)


def number(value: Any) -> Decimal | None:
    """A number as written. Raises ValueError for anything else."""
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        raise ValueError(value) from None


def plain_amount(amount: Amount | None) -> Any:
    """An amount as an example writes it."""
    if amount is None:
        return None
    if amount.min is None and amount.max is None:
        return UNPUBLISHED
    ends = [plain_end(amount.min), plain_end(amount.max)]
    return ends[0] if ends[0] == ends[1] else ends


def plain_end(value: Decimal | int | None) -> int | str | None:
    """A number without needless decimals."""
    if value is None:
        return None
    return int(value) if value == int(value) else str(value)


def plain_row(row: MonthRow) -> Any:
    """A row of a schedule as an example writes it."""
    return plain_amount(due(row.due)) if row.outcome != "undetermined" else row.outcome
