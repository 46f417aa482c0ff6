"""Workers as the contract allows them: several entries, a ledger, a tenth of the facts unknown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from benchmarks.constants import COUNTIES, LEVELS, PAY, PREFIXES
from benchmarks.draw import Stream
from benchmarks.profiles import ROLES, Profile, yuan

LISTS = ("exams", "fees", "insurance", "received")


def county(s: Stream) -> str:
    """A county; every third lies in Ningbo."""
    return str(s.one(COUNTIES["3302" if s.below(3) == 0 else s.one(PREFIXES)]))


def certificate(s: Stream) -> Profile:
    """A national certificate."""
    year = 2024 if s.below(2) else 2018 + s.below(7)
    return {
        "level": s.one(LEVELS[1:]),
        "exam_year": year,
        "obtained": date(year, 11, 1),
        "exam_division": county(s),
        "registered_division": county(s),
    }


def post(s: Stream) -> Profile:
    """A spell of employment that ends or does not."""
    start = date(2019, 1, 1) + timedelta(days=s.below(2000))
    end = None if s.below(3) == 0 else start + timedelta(days=s.below(1500))
    return {
        "role": s.one(ROLES),
        "division": county(s),
        "start": start,
        "end": end,
        "establishment": "civil_servant" if s.below(20) == 0 else "contract",
        "grade": 1 + s.below(len(PAY)),
    }


def payment(s: Stream) -> Profile:
    """An earlier payment under one of the schemes."""
    return {
        "scheme": f"s{1 + s.below(7)}",
        "level": s.one(LEVELS[1:]),
        "amount": yuan(50_000 * s.below(5)),
        "paid": date(2024, 1, 15) + timedelta(days=s.below(400)),
    }


def worker(row: int) -> Profile:
    """Row ``row``."""
    s = Stream(row)
    start = date(2015, 1, 1) + timedelta(days=s.below(4000))
    given: dict[str, Any] = {
        "certificates": [certificate(s) for _ in range(1 + s.below(3))],
        "posts": [post(s) for _ in range(1 + s.below(3))],
        "exams": [
            {"year": 2022 + s.below(3), "division": county(s), "passed": s.below(10) < 8}
            for _ in range(1 + s.below(2))
        ],
        "fees": [
            {"kind": "exam", "amount": yuan(s.below(150_001)), "paid": date(2024, 6, 1)}
            for _ in range(1 + s.below(2))
        ],
        "insurance": [{"kind": "pension", "division": county(s), "start": start, "end": None}],
        "received": [payment(s) for _ in range(s.below(3))],
    }
    profile: Profile = {"subject": "worker", "applied": date(2024, 12, 1)}
    profile["applied"] += timedelta(days=s.below(120))
    for name, entries in given.items():
        if name in LISTS and s.below(10) == 0:
            continue
        profile[name] = [{k: v for k, v in e.items() if s.below(10)} for e in entries]
    return profile


def project(row: int) -> Profile:
    """A project of the same kind."""
    s = Stream(row + 1_000_000)
    staff = 1 + s.below(60)
    funds = 1_000_000 + s.below(99_000_000)
    facts: dict[str, Any] = {
        "total": staff,
        "professionals": s.below(staff + 1),
        "funds": yuan(funds),
        "wages": yuan(funds * (200 + s.below(751)) // 1000),
    }
    known = {k: v for k, v in facts.items() if s.below(10)}
    profile: Profile = {"subject": "project", "division": "230900", "applied": date(2024, 6, 1)}
    profile["staff"] = {k: known[k] for k in ("total", "professionals") if k in known}
    profile["budget"] = {k: known[k] for k in ("wages",) if k in known}
    if "funds" in known:
        profile["funds"] = known["funds"]
    return profile
