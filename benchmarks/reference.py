"""The eight schemes by hand, over the plain facts of a worker with one entry in each list.

The facts are those that the engine reads (dates as dates, money as fen). Each scheme gives the
outcome (True: eligible or compliant) and the amount due.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.constants import PAY, S1, S2, S3, S4, S5, S6_CAP, S6_PERCENT, STEPS, WINDOW, YEAR
from sgincentive.calendar import whole_months

Facts = dict[str, Any]
Answer = tuple[bool, int]
FIRST, LAST = WINDOW
START, STOP = YEAR
ONE_DAY = date(2000, 1, 2) - date(2000, 1, 1)


def once(facts: Facts, scheme: str) -> bool:
    """Whether nothing was paid under a scheme yet."""
    entry = facts["received"][0]
    free: bool = entry["scheme"] != scheme or entry["paid"] > facts["applied"]
    return free


def s1(facts: Facts) -> Answer:
    """Passed and employed in Qitaihe."""
    if facts["exams"][0]["passed"] and facts["posts"][0]["division"].startswith("2309"):
        amount = S1.get(facts["certificates"][0]["level"], 0)
        if amount and once(facts, "s1"):
            return True, amount
    return False, 0


def s2(facts: Facts) -> Answer:
    """Ningbo: a certificate of 2024, exam and registration there, insured there, in time."""
    c = facts["certificates"][0]
    if (
        c["exam_year"] == 2024
        and c["exam_division"].startswith("3302")
        and c["registered_division"].startswith("3302")
        and facts["insurance"][0]["start"] < FIRST
        and facts["posts"][0]["establishment"] != "civil_servant"
        and FIRST <= facts["applied"] <= LAST
    ):
        amount = S2.get(c["level"], 0)
        if amount and once(facts, "s2"):
            return True, amount
    return False, 0


def s3(facts: Facts) -> Answer:
    """A certificate of 2024 and a post in Taizhou; nothing for senior."""
    c = facts["certificates"][0]
    if c["exam_year"] == 2024 and facts["posts"][0]["division"].startswith("3310"):
        amount = S3.get(c["level"], 0)
        if amount and once(facts, "s3"):
            return True, amount
    return False, 0


def s4(facts: Facts) -> Answer:
    """An allowance for each whole month of 2023 in a union post."""
    post = facts["posts"][0]
    if post["role"] != "union_social_worker":
        return False, 0
    start, stop = post["start"], post["end"] + ONE_DAY
    if start < START:  # noqa: PLR1730 - max() costs a call
        start = START
    if stop > STOP:  # noqa: PLR1730
        stop = STOP
    if start >= stop:
        return False, 0
    amount = S4.get(facts["certificates"][0]["level"], 0) * whole_months(start, stop)
    return amount > 0, amount


def s5(facts: Facts) -> Answer:
    """Hefei: the exam of 2024, the difference to what was paid before."""
    exam = facts["exams"][0]
    if exam["passed"] and exam["year"] == 2024 and facts["posts"][0]["division"].startswith("3401"):
        amount = S5.get(facts["certificates"][0]["level"], 0)
        if not once(facts, "s5"):
            amount -= facts["received"][0]["amount"]
        if amount > 0:
            return True, amount
    return False, 0


def s6(facts: Facts) -> Answer:
    """80% of the fees, at most 600 yuan."""
    amount = facts["fees"][0]["amount"] * S6_PERCENT // 100
    if amount and once(facts, "s6"):
        return True, amount if amount < S6_CAP else S6_CAP
    return False, 0


def s7(facts: Facts) -> Answer:
    """The rise in pay by one to three grades."""
    grade = facts["posts"][0]["grade"]
    to = grade + STEPS.get(facts["certificates"][0]["level"], 0)
    amount = PAY[(to if to < 18 else 18) - 1] - PAY[grade - 1]
    return amount > 0, amount


def s8(facts: Facts) -> Answer:
    """At least 30% professionals and at least 60% labour cost."""
    staff = facts["staff"]
    if (
        staff["professionals"] * 100 >= 30 * staff["total"]
        and facts["budget"]["wages"] * 100 >= 60 * facts["funds"]
    ):
        return True, 1
    return False, 0


def evaluate(worker: Facts, project: Facts) -> tuple[Answer, ...]:
    """All eight."""
    return (
        s1(worker), s2(worker), s3(worker), s4(worker), s5(worker), s6(worker), s7(worker),
        s8(project),
    )  # fmt: skip


def s4_same_day(facts: Facts) -> int:
    """S4 as measured earlier: a month is complete only on the same day number."""
    post = facts["posts"][0]
    a, b = max(post["start"], START), min(post["end"] + ONE_DAY, STOP)
    if post["role"] != "union_social_worker" or b <= a:
        return 0
    months: int = (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)
    return S4.get(facts["certificates"][0]["level"], 0) * months
