"""Row i as the profile of a worker and of a project, in the words of the facts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from benchmarks.constants import COUNTIES, LEVELS, PREFIXES
from benchmarks.draw import draw, pick

ROLES = ("union_social_worker", "community_worker", "agency_social_worker")
Profile = dict[str, Any]


def place(column: str, row: int, ningbo_percent: int) -> str:
    """A county."""
    r = draw(column, row, 1400)
    percent = (r * 7919 + 13) % 100
    prefix = "3302" if percent < ningbo_percent else PREFIXES[(r // 100) % 7]
    counties = COUNTIES[prefix]
    return counties[r % 9 % len(counties)]


def worker(row: int) -> Profile:
    """A worker with one certificate, exam, post, fee, payment and spell of insurance."""
    level = LEVELS[pick(draw("level", row, 100), (10, 50, 85))]
    r = draw("exam_year", row, 100)
    exam_year = 2024 if r < 40 else 2020 + r % 6
    r = draw("cert_year", row, 100)
    year = 2024 if r < 40 else 2018 + r % 7
    exam_place = place("exam_place", row, 45)
    start = date(2019, 1, 1) + timedelta(days=draw("emp_start", row, 2000))
    servant = draw("civil_servant", row, 100) < 5
    certificate = {
        "level": level,
        "kind": "national" if level else "other",
        "exam_year": year,
        "obtained": date(year, 11, 1),
        "exam_division": exam_place,
        "registered_division": place("reg_place", row, 45),
    }
    exam = {
        "year": exam_year,
        "division": exam_place,
        "passed": draw("exam_passed", row, 100) < 80,
    }
    post = {
        "role": ROLES[pick(draw("emp_role", row, 100), (50, 80))],
        "division": place("unit_division", row, 5),
        "start": start,
        "end": start + timedelta(days=draw("emp_len", row, 1500)),
        "establishment": "civil_servant" if servant else "contract",
        "grade": 1 + draw("grade", row, 18),
    }
    fee = {"kind": "exam", "amount": yuan(draw("fees", row, 150_001)), "paid": date(2024, 6, 1)}
    paid = (0, 100_000, 200_000)[pick(draw("received_s5", row, 100), (60, 85))]
    insured = {
        "kind": "pension",
        "division": "330200",
        "start": date(2015, 1, 1) + timedelta(days=draw("ningbo_since", row, 4000)),
        "end": None,
    }
    return {
        "subject": "worker",
        "certificates": [certificate],
        "exams": [exam],
        "posts": [post],
        "fees": [fee],
        "insurance": [insured],
        "received": [{"scheme": "s5", "amount": yuan(paid), "paid": date(2024, 1, 15)}],
        "applied": date(2024, 12, 1) + timedelta(days=draw("applied_on", row, 120)),
    }


def project(row: int) -> Profile:
    """A project with staff, funds and the cost of labour."""
    staff = 1 + draw("staff", row, 60)
    funds = 1_000_000 + draw("funds", row, 99_000_000)
    r = draw("labour", row, 1 << 40)
    if r % 20 == 0:  # exactly 60%: the boundary must be exact
        funds -= funds % 10
        labour = funds // 10 * 6
    else:
        labour = funds * (200 + r % 751) // 1000
    return {
        "subject": "project",
        "division": "230900",
        "funds": yuan(funds),
        "budget": {"wages": yuan(labour)},
        "staff": {"total": staff, "professionals": draw("certified", row, 1 << 20) % (staff + 1)},
        "applied": date(2024, 6, 1),
    }


def yuan(fen: int) -> str:
    """Fen as the text of an amount in CNY."""
    return f"{fen // 100}.{fen % 100:02d}"
