"""The rows of ``benchmarks/profiles.py`` as columns, drawn with NumPy; the same row for row."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.constants import COUNTIES, LEVELS, PREFIXES
from benchmarks.draw import COLUMN, GAMMA, INDEX, MASK, SEED
from benchmarks.profiles import ROLES

Array = Any


class Draws:
    """The draws of rows 0 to n - 1."""

    def __init__(self, n: int) -> None:
        self.row = np.arange(n, dtype=np.uint64)

    def below(self, column: str, n: int) -> Array:
        """Numbers from 0 to n - 1."""
        base = np.uint64((SEED * GAMMA + INDEX[column] * COLUMN) & MASK)
        with np.errstate(over="ignore"):
            z = base + (self.row + np.uint64(1)) * np.uint64(GAMMA)
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
        return ((z >> np.uint64(11)) % np.uint64(n)).astype(np.int64)

    def place(self, column: str, ningbo_percent: int) -> pa.Array:
        """Counties."""
        r = self.below(column, 1400)
        percent = (r * 7919 + 13) % 100
        which = np.where(percent < ningbo_percent, len(PREFIXES), (r // 100) % len(PREFIXES))
        counties = [COUNTIES[p] for p in (*PREFIXES, "3302")]
        codes = np.array([[c[i % len(c)] for i in range(9)] for c in counties])
        return pa.array(codes[which, r % 9])

    def days(self, first: date, column: str, n: int) -> Array:
        """Days from ``first`` on."""
        return np.datetime64(first) + self.below(column, n).astype("m8[D]")


def words(values: list[str | None], index: Array) -> pa.Array:
    """Words by their number."""
    return pa.array(np.array(values, dtype=object)[index].tolist(), pa.string())


def cut(percent: Array, cuts: tuple[int, ...]) -> Array:
    """The number of cuts at or below each number."""
    return np.searchsorted(np.array(cuts), percent, side="right")


def workers(n: int) -> pa.Table:
    """Workers, with one column for each fact; money in fen."""
    d = Draws(n)
    level = cut(d.below("level", 100), (10, 50, 85))
    r = d.below("exam_year", 100)
    exam_year = np.where(r < 40, 2024, 2020 + r % 6)
    r = d.below("cert_year", 100)
    year = np.where(r < 40, 2024, 2018 + r % 7)
    obtained = (year - 1970).astype("M8[Y]").astype("M8[D]") + np.timedelta64(304, "D")
    leap = (year % 4 == 0).astype("m8[D]")
    start = d.days(date(2019, 1, 1), "emp_start", 2000)
    exam_place = d.place("exam_place", 45)
    servant = (d.below("civil_servant", 100) < 5).astype(np.int64)
    paid = np.array([0, 100_000, 200_000])[cut(d.below("received_s5", 100), (60, 85))]
    fixed = {
        "fee.kind": "exam", "fee.paid": date(2024, 6, 1), "insurance.kind": "pension",
        "insurance.division": "330200", "received.scheme": "s5",
        "received.paid": date(2024, 1, 15),
    }  # fmt: skip
    columns = {
        "certificate.level": words([x or "none" for x in LEVELS], level),
        "certificate.kind": words(["other", *["national"] * 3], level),
        "certificate.exam_year": pa.array(year),
        "certificate.obtained": pa.array(obtained + leap),
        "certificate.exam_division": exam_place,
        "certificate.registered_division": d.place("reg_place", 45),
        "exam.year": pa.array(exam_year),
        "exam.division": exam_place,
        "exam.passed": pa.array(d.below("exam_passed", 100) < 80),
        "post.role": words([*ROLES], cut(d.below("emp_role", 100), (50, 80))),
        "post.division": d.place("unit_division", 5),
        "post.start": pa.array(start),
        "post.end": pa.array(start + d.below("emp_len", 1500).astype("m8[D]")),
        "post.establishment": words(["contract", "civil_servant"], servant),
        "post.grade": pa.array(1 + d.below("grade", 18)),
        "fee.amount": pa.array(d.below("fees", 150_001)),
        "insurance.start": pa.array(d.days(date(2015, 1, 1), "ningbo_since", 4000)),
        "received.amount": pa.array(paid),
        "applied": pa.array(d.days(date(2024, 12, 1), "applied_on", 120)),
    }
    columns |= {name: pa.repeat(value, n) for name, value in fixed.items()}
    return pa.table(columns)


def projects(n: int) -> pa.Table:
    """Projects, with one column for each fact; money in fen."""
    d = Draws(n)
    staff = 1 + d.below("staff", 60)
    funds = 1_000_000 + d.below("funds", 99_000_000)
    r = d.below("labour", 1 << 40)
    exact = r % 20 == 0
    funds = np.where(exact, funds - funds % 10, funds)
    labour = np.where(exact, funds // 10 * 6, funds * (200 + r % 751) // 1000)
    return pa.table(
        {
            "division": pa.repeat("230900", n),
            "funds": pa.array(funds),
            "budget.wages": pa.array(labour),
            "staff.total": pa.array(staff),
            "staff.professionals": pa.array(d.below("certified", 1 << 20) % (staff + 1)),
            "applied": pa.repeat(date(2024, 6, 1), n),
        }
    )
