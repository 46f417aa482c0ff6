"""The eight schemes by hand in the expressions of Polars and in the SQL of DuckDB.

They read the columns of ``column_data`` and look at nothing that these rows have known and alike:
no fact is unknown there, and what was received before is of s5 alone.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from benchmarks.constants import PAY, S1, S2, S3, S4, S5, S6_CAP, S6_PERCENT, STEPS, WINDOW, YEAR

LEVEL, EXAM_YEAR, POST = "certificate.level", "certificate.exam_year", "post.division"
NEXT_DAY = pl.duration(days=1)


def polars_worker() -> list[pl.Expr]:
    """What s1 to s7 pay, in fen."""
    c, none = pl.col, whole(0)
    passed, new = c("exam.passed"), c(EXAM_YEAR) == 2024
    start = pl.max_horizontal(c("post.start"), pl.lit(YEAR[0]))
    stop = pl.min_horizontal(c("post.end") + NEXT_DAY, pl.lit(YEAR[1]))
    months = polars_months(start, stop)
    left = by_level(S5) - c("received.amount")
    pay, grade = pl.lit(pl.Series([0, *PAY], dtype=pl.Int64)), c("post.grade")
    raised = pl.min_horizontal(grade + by_level(STEPS), whole(18))
    in_time = (c("insurance.start") < WINDOW[0]) & c("applied").is_between(*WINDOW)
    places = starts("certificate.exam_division", "3302") & starts(
        "certificate.registered_division", "3302"
    )
    servant = c("post.establishment") == "civil_servant"
    return [
        pl.when(passed & starts(POST, "2309")).then(by_level(S1)).otherwise(none).alias("s1"),
        pl.when(new & places & in_time & ~servant).then(by_level(S2)).otherwise(none).alias("s2"),
        pl.when(new & starts(POST, "3310")).then(by_level(S3)).otherwise(none).alias("s3"),
        pl.when(c("post.role") == "union_social_worker")
        .then(by_level(S4) * months)
        .otherwise(none)
        .alias("s4"),
        pl.when(passed & (c("exam.year") == 2024) & starts(POST, "3401") & (left > 0))
        .then(left)
        .otherwise(none)
        .alias("s5"),
        pl.min_horizontal(c("fee.amount") * S6_PERCENT // 100, whole(S6_CAP)).alias("s6"),
        (pay.gather(raised) - pay.gather(grade)).alias("s7"),
    ]


def polars_project() -> list[pl.Expr]:
    """Whether s8 is met."""
    c = pl.col
    staff = c("staff.professionals") * 100 >= c("staff.total") * 30
    return [(staff & (c("budget.wages") * 100 >= c("funds") * 60)).alias("s8")]


def whole(value: int) -> pl.Expr:
    """A number of 64 bits."""
    return pl.lit(value, pl.Int64)


def starts(column: str, prefix: str) -> pl.Expr:
    """Whether a code starts with another."""
    return pl.col(column).str.starts_with(prefix)


def by_level(rows: dict[str, int]) -> pl.Expr:
    """A table by level."""
    found: Any = pl
    for level, amount in rows.items():
        found = found.when(pl.col(LEVEL) == level).then(whole(amount))
    made: pl.Expr = found.otherwise(whole(0))
    return made


def polars_months(start: pl.Expr, stop: pl.Expr) -> pl.Expr:
    """Whole months: complete on the same day number, or on the last day of a shorter month."""
    short = (stop.dt.day() < start.dt.day()) & ((stop + NEXT_DAY).dt.day() != 1)
    months = (
        (stop.dt.year() - start.dt.year()).cast(pl.Int64) * 12
        + stop.dt.month().cast(pl.Int64)
        - start.dt.month().cast(pl.Int64)
        - short.cast(pl.Int64)
    )
    return pl.when(months > 0).then(months).otherwise(whole(0))


def case(rows: dict[str, int]) -> str:
    """A table by level in SQL."""
    cells = " ".join(f"when '{level}' then {amount}::bigint" for level, amount in rows.items())
    return f'case "{LEVEL}" {cells} else 0 end'


def day(value: date) -> str:
    """A day in SQL."""
    return f"date '{value}'"


SQL_PAY = "[" + ",".join(f"{amount}::bigint" for amount in PAY) + "]"
SQL_WORKER = f"""
select
 case when "exam.passed" and starts_with("{POST}", '2309') then {case(S1)} else 0 end as s1,
 case when "{EXAM_YEAR}" = 2024 and starts_with("certificate.exam_division", '3302')
   and starts_with("certificate.registered_division", '3302')
   and "insurance.start" < {day(WINDOW[0])} and "post.establishment" <> 'civil_servant'
   and "applied" between {day(WINDOW[0])} and {day(WINDOW[1])} then {case(S2)} else 0 end as s2,
 case when "{EXAM_YEAR}" = 2024 and starts_with("{POST}", '3310') then {case(S3)} else 0 end as s3,
 case when "post.role" = 'union_social_worker' then {case(S4)} * greatest(
   (year(b) - year(a)) * 12 + month(b) - month(a)
   - case when day(b) < day(a) and b <> last_day(b) then 1 else 0 end, 0) else 0 end as s4,
 case when "exam.passed" and "exam.year" = 2024 and starts_with("{POST}", '3401')
   then greatest({case(S5)} - "received.amount", 0) else 0 end as s5,
 least("fee.amount" * {S6_PERCENT} // 100, {S6_CAP}) as s6,
 {SQL_PAY}[least("post.grade" + {case(STEPS)}, 18)] - {SQL_PAY}["post.grade"] as s7
from (select *, greatest("post.start", {day(YEAR[0])}) as a,
  least("post.end" + 1, {day(YEAR[1])}) as b from workers)
"""
SQL_PROJECT = """
select "staff.professionals" * 100 >= 30 * "staff.total"
  and "budget.wages" * 100 >= 60 * funds as s8 from projects
"""
