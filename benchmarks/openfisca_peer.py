"""The eight schemes as a small country of openfisca-core, when it is installed.

Its fastest form looks amounts up in NumPy arrays by the number of a level; its documented form
writes ``parameters(period).s1[level]``. All else is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from benchmarks.constants import (
    LEVELS,
    PAY,
    S1,
    S2,
    S3,
    S4,
    S5,
    S6_CAP,
    S6_PERCENT,
    SCHEMES,
    STEPS,
    WINDOW,
    YEAR,
)
from benchmarks.profiles import ROLES

Form = Literal["arrays", "documented"]
Array = Any
PERIOD = "2024"
WORDS = [level or "none" for level in LEVELS]
TABLES = {"s1": S1, "s2": S2, "s3": S3, "s4": S4, "s5": S5, "steps": STEPS}
TYPES: dict[str, type] = {
    "exam.passed": bool, "exam.year": int, "certificate.exam_year": int, "received.amount": int,
    "fee.amount": int, "post.grade": int, "staff.total": int, "staff.professionals": int,
    "budget.wages": int, "funds": int, "certificate.exam_division": str,
    "certificate.registered_division": str, "post.division": str, "post.establishment": str,
    "insurance.start": date, "applied": date, "post.start": date, "post.end": date,
}  # fmt: skip
LENGTHS = {"post.establishment": 14}
ONE_DAY = np.timedelta64(1, "D")


def simulations(
    workers: pa.Table, projects: pa.Table
) -> dict[Form, Callable[[], list[Array]]] | None:
    """For each form what runs one simulation of all rows: the results of s1 to s8.

    None when openfisca-core is not installed.
    """
    try:
        from openfisca_core.simulations import SimulationBuilder
    except ImportError:
        return None
    found: dict[Form, Callable[[], list[Array]]] = {}
    forms: tuple[Form, ...] = ("arrays", "documented")
    for form in forms:
        country, inputs = _country(form, workers, projects)

        def run(country: Any = country, inputs: Mapping[str, Array] = inputs) -> list[Array]:
            made = SimulationBuilder().build_default_simulation(country, count=workers.num_rows)
            for name, values in inputs.items():
                made.set_input(name, PERIOD, values)
            return [made.calculate(name, PERIOD) for name in SCHEMES]

        found[form] = run
    return found


def _country(form: Form, workers: pa.Table, projects: pa.Table) -> tuple[Any, dict[str, Array]]:
    """Variables, parameters and formulas, and the rows as inputs."""
    from openfisca_core.entities import Entity
    from openfisca_core.indexed_enums import Enum, EnumArray
    from openfisca_core.model_api import YEAR as YEARLY
    from openfisca_core.model_api import Variable
    from openfisca_core.parameters import ParameterNode
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    person = Entity("person", "persons", "a worker and a project", "")
    level = Enum("Level", [(word, word) for word in WORDS])
    role = Enum("Role", [(word, word) for word in ROLES])
    union = list(ROLES).index("union_social_worker")
    country = TaxBenefitSystem([person])
    kept: dict[str, Any] = {"entity": person, "definition_period": YEARLY}

    def add(name: str, **more: Any) -> None:
        country.add_variable(type(_plain(name), (Variable,), {**kept, "label": name, **more}))

    for name, words in (("certificate.level", level), ("post.role", role)):
        first = next(iter(words))
        add(name, value_type=Enum, possible_values=words, default_value=first)
    for name, type_ in TYPES.items():
        length = {"max_length": LENGTHS.get(name, 6)} if type_ is str else {}
        add(name, value_type=type_, **length)
    for id, formula in _formulas(form, union).items():
        add(id, value_type=bool if id == "s8" else int, formula=formula)
    country.parameters = ParameterNode("", data=_parameters())

    inputs: dict[str, Array] = {}
    for name in (*TYPES, "certificate.level", "post.role"):
        table = projects if name in projects.column_names and name != "applied" else workers
        column = table[name].to_numpy()
        if name in ("certificate.level", "post.role"):
            words = level if name == "certificate.level" else role
            column = _numbers(column, [each.value for each in words])
            column = EnumArray(column, words)
        elif TYPES[name] is str:
            column = column.astype(f"S{LENGTHS.get(name, 6)}")
        elif TYPES[name] is int:
            # Its whole numbers have 32 bits.
            assert column.max() < 2**31
            column = column.astype(np.int32)
        elif TYPES[name] is date:
            column = column.astype("M8[D]")
        inputs[_plain(name)] = column
    return country, inputs


def _plain(name: str) -> str:
    return name.replace(".", "_")


def _numbers(column: Array, words: list[str]) -> Array:
    """Words by their number."""
    number = {word: i for i, word in enumerate(words)}
    return np.array([number[word] for word in column], np.uint8)


def _parameters() -> dict[str, Any]:
    """Amounts and rates in fen since 2015."""

    def since(value: int) -> dict[str, Any]:
        return {"values": {"2015-01-01": {"value": value}}}

    found: dict[str, Any] = {
        name: {word: since(rows.get(word, 0)) for word in WORDS} for name, rows in TABLES.items()
    }
    found["s6"] = {"percent": since(S6_PERCENT), "cap": since(S6_CAP)}
    found["pay"] = {f"g{i}": since(amount) for i, amount in enumerate(PAY, 1)}
    return found


def _formulas(form: Form, union: int) -> dict[str, Callable[..., Array]]:
    """What each scheme pays, and whether s8 is met."""

    def by_level(who: Any, when: Any, given: Any, name: str) -> Array:
        level = who("certificate_level", when)
        rows = getattr(given(when), name)
        if form == "documented":
            return rows[level].astype(np.int64)
        return np.array([rows[word] for word in WORDS], np.int64)[np.asarray(level)]

    def starts(who: Any, when: Any, name: str, prefix: bytes) -> Array:
        return np.strings.startswith(who(name, when), prefix)

    def new(who: Any, when: Any) -> Array:
        return who("certificate_exam_year", when) == 2024

    def s1(who: Any, when: Any, given: Any) -> Array:
        due = who("exam_passed", when) & starts(who, when, "post_division", b"2309")
        return np.where(due, by_level(who, when, given, "s1"), 0)

    def s2(who: Any, when: Any, given: Any) -> Array:
        applied = who("applied", when)
        due = (
            new(who, when)
            & starts(who, when, "certificate_exam_division", b"3302")
            & starts(who, when, "certificate_registered_division", b"3302")
            & (who("insurance_start", when) < np.datetime64(WINDOW[0]))
            & (who("post_establishment", when) != b"civil_servant")
            & (applied >= np.datetime64(WINDOW[0]))
            & (applied <= np.datetime64(WINDOW[1]))
        )
        return np.where(due, by_level(who, when, given, "s2"), 0)

    def s3(who: Any, when: Any, given: Any) -> Array:
        due = new(who, when) & starts(who, when, "post_division", b"3310")
        return np.where(due, by_level(who, when, given, "s3"), 0)

    def s4(who: Any, when: Any, given: Any) -> Array:
        start = np.maximum(who("post_start", when), np.datetime64(YEAR[0]))
        stop = np.minimum(who("post_end", when) + ONE_DAY, np.datetime64(YEAR[1]))
        first, last = start.astype("M8[M]"), stop.astype("M8[M]")
        day, last_day = start - first.astype("M8[D]"), stop - last.astype("M8[D]")
        short = (last_day < day) & ((stop + ONE_DAY).astype("M8[M]") == last)
        months = np.maximum((last - first).astype(np.int64) - short, 0)
        mine = np.asarray(who("post_role", when)) == union
        return np.where(mine, by_level(who, when, given, "s4") * months, 0)

    def s5(who: Any, when: Any, given: Any) -> Array:
        due = (
            who("exam_passed", when)
            & (who("exam_year", when) == 2024)
            & starts(who, when, "post_division", b"3401")
        )
        left = by_level(who, when, given, "s5") - who("received_amount", when)
        return np.where(due, np.maximum(left, 0), 0)

    def s6(who: Any, when: Any, given: Any) -> Array:
        rate = given(when).s6
        return np.minimum(who("fee_amount", when) * rate.percent // 100, rate.cap)

    def s7(who: Any, when: Any, given: Any) -> Array:
        pay = given(when).pay
        amounts = np.array([pay[f"g{i}"] for i in range(1, len(PAY) + 1)], np.int64)
        grade = who("post_grade", when)
        raised = np.minimum(grade + by_level(who, when, given, "steps"), len(PAY))
        return amounts[raised - 1] - amounts[grade - 1]

    def s8(who: Any, when: Any) -> Array:
        wages, funds = who("budget_wages", when), who("funds", when)
        staff = who("staff_professionals", when) * 100 >= who("staff_total", when) * 30
        return staff & (wages.astype(np.int64) * 100 >= funds.astype(np.int64) * 60)

    made = (s1, s2, s3, s4, s5, s6, s7, s8)
    return dict(zip(SCHEMES, made, strict=True))
