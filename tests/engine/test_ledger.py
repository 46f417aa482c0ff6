"""What was paid before: each rule, readings, caps, bars, and entries that leave something out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.engine.written_rules import BY_LEVEL, ask, certificate, ends, file, payment, version

MID = certificate("social_worker", 2022)
BOTH = [certificate(), MID]


def scheme(paid: str, amount: str = BY_LEVEL, **more: Any) -> str:
    return file(version(amount=amount, paid=paid), **more)


@pytest.mark.parametrize(
    ("paid", "received", "outcome", "amount"),
    [
        ("once", [payment()], "ineligible", (0, 0)),
        ("once_per_level", [payment()], "eligible", (2000, 2000)),
        ("once_per_level", [payment(2000, "social_worker")], "ineligible", (0, 0)),
        ("once_per_certificate", [payment()], "eligible", (2000, 2000)),
        ("once_per_certificate", [payment(2000, "social_worker", exam_year=2022)], "ineligible", (0, 0)),
        ("once_per_certificate", [payment(2000, "social_worker", exam_year=2019)], "eligible", (2000, 2000)),
        ("once_per_certificate", [payment(2000, "social_worker")], "undetermined", (0, 2000)),
        ("difference_on_upgrade", [payment()], "eligible", (1000, 1000)),
        ("difference_on_upgrade", [payment(), payment(1000, "social_worker")], "ineligible", (0, 0)),
        ("{rule: once_per_level, lifetime_cap: 1500}", [payment()], "eligible", (500, 500)),
        ("{rule: once_per_level, lifetime_cap: 1000}", [payment()], "ineligible", (0, 0)),
        ("{lifetime_cap: 1500}", [], "eligible", (1500, 1500)),
        ("[once_per_level, difference_on_upgrade]", [payment()], "eligible", (1000, 2000)),
        ("[once, once_per_level]", [payment()], "undetermined", (0, 2000)),
        ("not_stated", [], "eligible", (2000, 2000)),
        ("once", [payment(issuer="别处")], "ineligible", (0, 0)),
        ("once", [payment(status="applied")], "eligible", (2000, 2000)),
        ("once", [payment(paid="2024-05-15")], "ineligible", (0, 0)),
        ("once", [payment(paid="2024-05-16")], "eligible", (2000, 2000)),
        ("once", [{"issuer": "样例市民政局", "kind": "one_off", "amount": 9, "paid": "2022-01-01"}], "ineligible", (0, 0)),
        ("once", [{"issuer": "样例市民政局", "kind": "monthly", "amount": 9, "paid": "2022-01-01"}], "eligible", (2000, 2000)),
        ("once", [{"issuer": "样例市民政局", "amount": 9, "paid": "2022-01-01"}], "undetermined", (0, 2000)),
        ("once", [{"level": "assistant", "amount": 9, "paid": "2022-01-01"}], "undetermined", (0, 2000)),
        ("difference_on_upgrade", [payment(None)], "undetermined", (0, 2000)),
        ("difference_on_upgrade", [{**payment(), "paid": ...}], "eligible", (1000, 2000)),
        ("once_per_level", [{**payment(), "level": ...}], "undetermined", (0, 2000)),
        ("once", [{**payment(), "scheme": "x/y/old"}], "ineligible", (0, 0)),
        ("once", [{**payment(), "scheme": "x/y/other"}], "eligible", (2000, 2000)),
    ],
)  # fmt: skip
def test_each_rule(
    tmp_path: Path, paid: str, received: list[dict[str, Any]], outcome: str, amount: Any
) -> None:
    given = [{k: v for k, v in entry.items() if v is not ...} for entry in received]
    text = scheme(paid, more="aliases: [x/y/old]\n")
    answer = ask(tmp_path, text, certificates=BOTH, received=given)
    assert (answer.outcome, ends(answer)) == (outcome, amount)
    assert str(answer.entitled.max) == "2000.00"  # type: ignore[union-attr]
    if outcome == "ineligible":
        assert [f.id for f in answer.findings if f.holds is False] == ["nothing-left"]
    if outcome == "undetermined":
        assert answer.missing or answer.open_text


@pytest.mark.parametrize(
    ("bars", "entry", "outcome"),
    [
        ("any", {"level": "assistant"}, "ineligible"),
        ("same_level", {"level": "assistant"}, "eligible"),
        ("same_level", {"level": "social_worker"}, "ineligible"),
        ("same_level", {}, "undetermined"),
        ("any", {"paid": "2030-01-01"}, "eligible"),
        ("any", {"issuer": "样例市民政局"}, "eligible"),
    ],
)
def test_another_authority(tmp_path: Path, bars: str, entry: dict[str, Any], outcome: str) -> None:
    other = {
        "issuer": "温州市民政局",
        "kind": "grade_steps",
        "amount": 1,
        "paid": "2020-12-01",
        **entry,
    }
    text = scheme(f"{{other_authority_bars: {bars}}}")
    answer = ask(tmp_path, text, certificates=[MID], received=[other])
    assert answer.outcome == outcome
    assert ends(answer)[1] == (0 if outcome == "ineligible" else 2000)


@pytest.mark.parametrize("paid", ["once", "once_per_level", "difference_on_upgrade",
                                  "{lifetime_cap: 5000}", "{other_authority_bars: any}"])  # fmt: skip
@pytest.mark.parametrize("how", [{"received": ...}, {"received": [], "partial": ["received"]}])
def test_received_unknown(tmp_path: Path, paid: str, how: dict[str, Any]) -> None:
    answer = ask(tmp_path, scheme(paid), certificates=BOTH, **how)
    assert (answer.outcome, ends(answer)) == ("undetermined", (0, 2000))
    assert [(m.fact, m.affects) for m in answer.missing] == [("received", "outcome")]


def test_the_rule_that_bars_is_open_for_an_unpublished_amount_too(tmp_path: Path) -> None:
    text = scheme("[once, once_per_level]", "not_published")
    answer = ask(tmp_path, text, certificates=[MID], received=[payment()])
    assert answer.outcome == "undetermined"
    assert answer.open_text
    text = scheme("difference_on_upgrade", "not_published")
    assert ask(tmp_path, text, certificates=[MID], received=[payment()]).outcome == "eligible"


def test_overpaid(tmp_path: Path) -> None:
    text = scheme("difference_on_upgrade")
    answer = ask(tmp_path, text, received=[payment(1500)])
    assert (answer.outcome, answer.overpaid_fen) == ("ineligible", 50000)
    assert ask(tmp_path, text, received=[payment(1000)]).overpaid_fen == 0


@pytest.mark.parametrize(
    ("paid", "per"),
    [
        *((r, p) for r in ("once", "once_per_level", "once_per_certificate") for p in ("best", "each")),
        ("difference_on_upgrade", "best"),
        ("{rule: difference_on_upgrade, upgrade_years: 1}", "best"),
        ("{max_times: 1}", "best"),
        ("{max_times: {times: 1, per: level}}", "each"),
    ],
)  # fmt: skip
def test_paying_what_is_due_leaves_nothing_due(tmp_path: Path, paid: str, per: str) -> None:
    text = scheme(paid, per=per)
    first = ask(tmp_path, text, certificates=BOTH)
    received = [
        payment(int(c.due.low or 0) // 100, c.certificate["level"], exam_year=c.certificate["exam_year"])  # type: ignore[index]
        for c in (first.claims if per == "each" else [first.claim])
        if c is not None
    ]  # fmt: skip
    again = ask(tmp_path, text, certificates=BOTH, received=received)
    assert (again.outcome, ends(again)) == ("ineligible", (0, 0))


def test_a_certificate_of_unknown_level_may_be_the_one_that_was_paid(tmp_path: Path) -> None:
    unknown = {"exam_year": 2021, "obtained": "2021-12-01"}
    answer = ask(
        tmp_path, scheme("once_per_level", "1000"), certificates=[unknown], received=[payment()]
    )
    assert (answer.outcome, ends(answer)) == ("undetermined", (0, 1000))
    assert [missing.fact for missing in answer.missing] == ["certificate.level"]


def test_a_cap_holds_for_all_certificates_together_even_where_the_ledger_is_unknown(
    tmp_path: Path,
) -> None:
    text = scheme("{rule: once_per_level, lifetime_cap: 2500}", per="each")
    answer = ask(tmp_path, text, certificates=BOTH, received=...)
    assert (answer.outcome, ends(answer)) == ("undetermined", (0, 2500))
    assert ends(ask(tmp_path, text, certificates=BOTH)) == (2500, 2500)


def test_an_application_counts_without_a_day_of_payment(tmp_path: Path) -> None:
    bars = "{rule: once, other_authority_bars: {match: any, status: [applied, paid]}}"
    other = {"issuer": "温州市民政局", "kind": "one_off", "status": "applied"}
    assert ask(tmp_path, scheme(bars), received=[other]).outcome == "ineligible"
    granted = {**other, "status": "granted"}
    assert ask(tmp_path, scheme(bars), received=[granted]).outcome == "eligible"
