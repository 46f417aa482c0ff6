"""Found, demanded and short by."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgincentive.decision import Finding
from sgincentive.explain import findings
from sgincentive.explain.format import percent
from sgincentive.nodes import conditions as c
from sgincentive.nodes import days as d
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition
from sgincentive.nodes.lists import ListTest
from sgincentive.nodes.values import NO, YES
from sgincentive.schemes.model import Requirement
from sgincentive.words import Text
from tests.explain import explain_nodes as n


def ask(node: Condition, facts: dict[str, Any] | None = None, **claim: Any) -> Finding:
    case = n.case(facts, claim)
    return Finding(Requirement("r", node), node.truth(case), True, case)


def share(limit: Fraction, order: Any = "at_least", *, heads: bool = False) -> c.CompareShare:
    part, whole = (n.CERTIFIED, n.TOTAL) if heads else (n.WAGES, n.FUNDS)
    return c.CompareShare(
        q.FactAmount(part), q.FactAmount(whole), order, q.Constant(limit), "fails"
    )


THIRTY = Fraction(3, 10)
LEVEL = c.OneOf(n.LEVEL, ("social_worker", "senior"))
SERVED = c.Compare(q.FactAmount(n.SERVED), "at_least", q.Constant(12))
BORN_BY = c.CompareDays(
    d.FactDay(n.BORN), "before", d.DayConstant(date(2024, 12, 30), date(2024, 12, 30))
)


@pytest.mark.parametrize(
    ("node", "facts", "found", "demanded", "short"),
    [
        (n.VET, {}, None, "yes", None),
        (n.VET, {"veteran": False}, False, "yes", None),
        (n.LOCAL, {"hukou": "330203"}, "330203", "within 330200 or 331000", None),
        (c.Within(n.HUKOU, ("330200",)), {}, None, "within 330200", None),
        (SERVED, {"served": 9}, 9, "at least 12 months", 3),
        (SERVED, {"served": 12}, 12, "at least 12 months", None),
        (SERVED, {}, None, "at least 12 months", None),
        (n.CONDITIONS[4], {"wages": 88000}, "880.00", "at least CNY 1,000.00", "120.00"),
        (
            c.Compare(n.WAGE, "less_than", n.YUAN),
            {"wages": 100000},
            "1000.00",
            "less than CNY 1,000.00",
            "0.01",
        ),
        (n.CONDITIONS[5], {"wages": 400000}, "4000.00", "from CNY 1,000.00 to CNY 3,000.00",
         "1000.00"),
        (n.CONDITIONS[5], {"wages": 90000}, "900.00", "from CNY 1,000.00 to CNY 3,000.00",
         "100.00"),
        (BORN_BY, {"birth_date": date(2024, 12, 30)}, "2024-12-30", "before 2024-12-30", 1),
        (BORN_BY, {"birth_date": None}, None, "before 2024-12-30", None),
        (BORN_BY, {}, None, "before 2024-12-30", None),
        (c.Not(n.VET), {"veteran": True}, None, "not so that veteran", None),
        (c.Named("x", c.When(n.VET, c.Unless(c.All((SERVED,)), n.LOCAL))),
         {"veteran": True, "hukou": "110100", "served": 1}, 1, "at least 12 months", 11),
        (c.Readings((SERVED, c.Compare(q.FactAmount(n.SERVED), "at_least", q.Constant(24)))),
         {"served": 6}, 6, "at least 12 months or at least 24 months", 6),
    ],
)  # fmt: skip
def test_comparisons(
    node: Condition, facts: dict[str, Any], found: Any, demanded: str, short: Any
) -> None:
    finding = ask(node, facts)
    assert findings.found(finding) == found
    assert findings.demanded(finding, "en") == demanded
    assert findings.short_by(finding) == short


def test_a_claim_is_looked_at_by_its_word() -> None:
    assert findings.found(ask(LEVEL, level="senior")) == "senior"
    words = findings.demanded(ask(LEVEL), "en")
    assert words == "social worker or senior social worker"


def test_worked_out_ends_are_shown() -> None:
    node = c.CompareDays(n.ON, "not_after", d.MonthsLater(d.FactDay(n.BORN), 12))
    finding = ask(node, {"birth_date": date(2023, 12, 31)})
    assert findings.found(finding) == "2025-01-10"
    assert findings.short_by(finding) == 10
    assert (
        findings.demanded(finding, "en") == "not after 12 months after date of birth (2024-12-31)"
    )
    funds = c.Compare(n.WAGE, "at_least", q.ShareOf(q.Constant(THIRTY), q.FactAmount(n.FUNDS)))
    asked = ask(funds, {"wages": 1, "funds": 100000})
    assert findings.demanded(asked, "zh").endswith("（300.00 元）")


OPEN_WAGES = q.Least((n.WAGE, q.Range(q.Constant(10000), q.Constant(20000))))
PAID = {"wages": 20000}


@pytest.mark.parametrize(
    ("node", "facts", "found", "short"),
    [
        (c.Compare(OPEN_WAGES, "at_least", n.YUAN), PAID, {"min": "100.00", "max": "200.00"}, None),
        (c.Between(OPEN_WAGES, n.YUAN, n.MORE), PAID, {"min": "100.00", "max": "200.00"}, None),
        (c.CompareDays(d.DayReadings((n.NEW_YEAR, n.JUNE)), "after", n.ON), {},
         {"min": "2024-01-01", "max": "2024-06-30"}, None),
        (c.CompareDays(d.day_not_stated(), "after", n.ON), {}, None, None),
        (c.CompareShare(OPEN_WAGES, q.FactAmount(n.FUNDS), "at_least", q.Constant(THIRTY), "fails"),
         {**PAID, "funds": 100000}, {"numerator": {"min": "100.00", "max": "200.00"},
                             "denominator": "1000.00", "percent": None}, None),
        (c.CompareShare(n.WAGE, q.FactAmount(n.FUNDS), "at_least",
                        q.Range(q.Constant(THIRTY), q.Constant(1)), "fails"),
         {"wages": 10000, "funds": 100000}, {"numerator": "100.00", "denominator": "1000.00",
                                             "percent": "10.00"}, None),
    ],
)  # fmt: skip
def test_what_is_open_is_shown_with_its_ends_and_no_distance(
    node: Condition, facts: dict[str, Any], found: Any, short: Any
) -> None:
    finding = ask(node, facts)
    assert findings.found(finding) == found
    assert findings.short_by(finding) is short


def test_a_demand_that_is_open_itself_is_shown_as_it_is_written() -> None:
    half = q.ShareOf(q.Constant(Fraction(1, 2)), q.FactAmount(n.FUNDS))
    finding = ask(c.Compare(n.WAGE, "at_least", half), {"wages": 1})
    assert findings.demanded(finding, "en") == "at least 50% of project funds"


def test_what_is_not_met_by_being_met_has_no_distance() -> None:
    finding = ask(c.Not(c.Named("x", SERVED)), {"served": 20})
    assert finding.holds is False
    assert findings.short_by(finding) is None
    two = c.Readings((SERVED, c.Compare(q.FactAmount(n.SERVED), "at_least", q.Constant(24))))
    assert findings.short_by(ask(two, {"served": 20})) is None
    assert findings.short_by(ask(two, {"served": 6})) == 6


def test_numbers_of_a_profile_as_data() -> None:
    hours = n.ref("hours", "number", "时长", "hours")
    node = c.Compare(q.FactAmount(hours), "at_least", q.Constant(2))
    assert findings.found(ask(node, {"hours": Fraction(3, 2)})) == 1.5


def test_entries_are_counted() -> None:
    node = c.Exists(ListTest(n.POSTS, c.All((n.ROLE_IS,))))
    post = {"role": "community_worker", "start": date(2020, 1, 1), "end": None}
    assert findings.found(ask(node, {"posts": [post]})) == 1
    assert findings.found(ask(node)) is None


@pytest.mark.parametrize(
    ("wages", "funds", "order", "found", "short"),
    [
        (29_000_00, 100_000_00, "at_least", "29.00", ("1.00", "1000.00")),
        (29_999_00, 100_000_00, "at_least", "29.99", ("0.01", "1.00")),
        (30_000_00, 100_000_00, "at_least", "30.00", None),
        (30_004_00, 100_000_00, "at_least", "30.01", None),
        (30_004_00, 100_000_00, "at_most", "30.01", ("0.01", "4.00")),
        (30_000_00, 100_000_00, "more_than", "30.00", ("0.00", "0.01")),
        (50_000_00, 100_000_00, "less_than", "50.00", ("20.00", "20000.01")),
    ],
)
def test_shares_of_money(
    wages: int, funds: int, order: str, found: str, short: tuple[str, str] | None
) -> None:
    finding = ask(share(THIRTY, order), {"wages": wages, "funds": funds})
    numbers = findings.found(finding)
    assert numbers["percent"] == found
    assert numbers["numerator"] == f"{wages // 100}.00"
    answer = findings.short_by(finding)
    if short is None:
        assert answer is None
    else:
        assert answer == {"share": short[0], "units": short[1], "unit": "CNY"}


def test_shares_of_persons() -> None:
    finding = ask(share(Fraction(1, 3), heads=True), {"certified": 3, "total": 10})
    assert findings.found(finding) == {"numerator": 3, "denominator": 10, "percent": "30.00"}
    assert findings.short_by(finding) == {"share": "3.33", "units": 1, "unit": "person"}
    assert findings.demanded(finding, "en") == "at least 1/3"


def test_shares_that_have_no_percent() -> None:
    assert findings.found(ask(share(THIRTY))) is None
    half = findings.found(ask(share(THIRTY), {"wages": 100}))
    assert half == {"numerator": "1.00", "denominator": None, "percent": None}
    empty = ask(share(THIRTY), {"wages": 0, "funds": 0})
    assert empty.holds is False
    assert findings.short_by(empty) is None
    impossible = ask(share(Fraction(0), "less_than"), {"wages": 5, "funds": 10})
    assert findings.short_by(impossible)["units"] is None


@pytest.mark.parametrize(
    ("part", "limit", "above", "shown"),
    [
        (1, Fraction(1, 3), True, "33.34"),
        (1, Fraction(1, 3), False, "33.33"),
        (2, Fraction(2, 3), True, "66.67"),
        (2, Fraction(2, 3), False, "66.66"),
        (1, Fraction(3333, 10000), True, "33.34"),
        (1, Fraction(3334, 10000), True, "33.33"),
        (3, Fraction(1), True, "100.00"),
        (2, None, True, "66.67"),
    ],
)
def test_a_percent_that_two_decimals_cannot_write(
    part: int, limit: Fraction | None, above: bool, shown: str
) -> None:
    assert percent(part, 3, limit, above) == shown


@given(
    st.integers(0, 10**6),
    st.integers(1, 10**6),
    st.fractions(0, 1, max_denominator=10**4),
)
def test_a_percent_lies_on_the_side_of_its_answer(part: int, whole: int, limit: Fraction) -> None:
    shown = Fraction(percent(part, whole, limit, True))
    exact = Fraction(part * 100, whole)
    if exact == limit * 100:
        assert shown >= limit * 100
    else:
        assert (shown > limit * 100) == (exact > limit * 100)
        assert shown != limit * 100
    assert abs(shown - exact) <= Fraction(1, 100)


@given(
    st.integers(0, 10**6),
    st.integers(1, 10**6),
    st.fractions(0, 1, max_denominator=100),
    st.sampled_from(["at_least", "more_than", "at_most", "less_than"]),
)
def test_the_smallest_change_complies_and_no_smaller_does(
    wages: int, funds: int, limit: Fraction, order: str
) -> None:
    node = share(limit, order)
    finding = ask(node, {"wages": wages, "funds": funds})
    short = findings.short_by(finding)
    if finding.holds:
        assert short is None
        return
    sign = 1 if order in ("at_least", "more_than") else -1
    if short["units"] is None:
        assert ask(node, {"wages": 0, "funds": funds}).holds is False
        return
    units = int(Fraction(short["units"]) * 100)
    assert ask(node, {"wages": wages + sign * units, "funds": funds}).holds is True
    assert ask(node, {"wages": wages + sign * (units - 1), "funds": funds}).holds is False


def test_texts() -> None:
    own = Text("甲", "a")
    assert findings.text(Finding(Requirement("r", n.VET, text=own), YES)) == own
    assert findings.text(Finding(Requirement("r", n.VET), YES)) == Text("退役军人", "veteran")
    implied = Finding(Requirement("r", c.All(()), text=own), NO)
    assert findings.demanded(implied, "zh") == "甲"
    assert findings.found(implied) is None
    assert findings.short_by(implied) is None
