"""Variants of terms that recorded schemes have: each as a rule file writes it, and its answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sgincentive as sg
from sgincentive.explain.page import page
from sgincentive.source import SourceError
from tests.engine.written_rules import (
    BY_LEVEL,
    IN_POST,
    LEVEL,
    ask,
    certificate,
    ends,
    file,
    payment,
    version,
)

MID = certificate("social_worker", 2022)
BOTH = [certificate(), MID]
OTHER = {"issuer": "温州市民政局", "kind": "one_off", "amount": 9, "paid": "2022-01-01"}


def one_off(paid: str, amount: str = BY_LEVEL, **more: Any) -> str:
    return file(version(amount=amount, paid=paid), **more)


def problems(folder: Path, text: str) -> str:
    with pytest.raises(SourceError) as caught:
        ask(folder, text)
    return caught.value.render("en")


# --------------------------------------------------------------------- what was paid before


@pytest.mark.parametrize(
    ("years", "entry", "outcome", "amount"),
    [
        (1, payment(exam_year=2021), "eligible", (1000, 1000)),
        (1, payment(exam_year=2020), "ineligible", (0, 0)),
        (2, payment(exam_year=2020), "eligible", (1000, 1000)),
        (1, payment(), "undetermined", (0, 1000)),
        (1, payment(exam_year=2020, status="refused"), "eligible", (2000, 2000)),
    ],
)
def test_the_difference_only_for_so_many_years(
    tmp_path: Path, years: int, entry: dict[str, Any], outcome: str, amount: Any
) -> None:
    text = one_off(f"{{rule: difference_on_upgrade, upgrade_years: {years}}}")
    answer = ask(tmp_path, text, certificates=BOTH, received=[entry])
    assert (answer.outcome, ends(answer)) == (outcome, amount)
    if outcome == "undetermined":
        assert [m.fact for m in answer.missing] == ["received.exam_year"]


def test_the_year_of_an_upgrade_may_be_missing(tmp_path: Path) -> None:
    text = one_off("{rule: difference_on_upgrade, upgrade_years: 1}")
    unknown = {k: v for k, v in MID.items() if k != "exam_year"}
    answer = ask(tmp_path, text, certificates=[unknown], received=[payment(exam_year=2021)])
    assert answer.outcome == "undetermined"
    assert [m.fact for m in answer.missing] == ["certificate.exam_year"]


@pytest.mark.parametrize(
    ("times", "received", "outcome"),
    [
        ("2", [payment()], "eligible"),
        ("2", [payment(), payment(level="social_worker")], "ineligible"),
        ("{times: 2, per: level}", [payment(), payment(level="social_worker")], "eligible"),
        ("{times: 2, per: level}", [payment(level="social_worker")] * 2, "ineligible"),
        ("{times: 1, per: certificate}", [payment(level="social_worker", exam_year=2019)], "eligible"),
        ("{times: 1, per: certificate}", [payment(level="social_worker", exam_year=2022)], "ineligible"),
        ("{times: 2, per: not_stated}", [payment(), payment(level="social_worker")], "undetermined"),
        ("{times: 2, per: not_stated}", [payment(level="social_worker")] * 2, "ineligible"),
        ("2", [payment(), {k: v for k, v in payment().items() if k != "paid"}], "undetermined"),
        ("2", [payment(), payment(status="applied")], "eligible"),
    ],
)  # fmt: skip
def test_so_many_times_at_most(
    tmp_path: Path, times: str, received: list[dict[str, Any]], outcome: str
) -> None:
    answer = ask(tmp_path, one_off(f"{{max_times: {times}}}"), certificates=BOTH, received=received)
    assert answer.outcome == outcome
    if outcome == "undetermined":
        assert answer.missing or answer.open_text


def test_times_need_the_ledger(tmp_path: Path) -> None:
    answer = ask(tmp_path, one_off("{max_times: 3}"), received=...)
    assert (answer.outcome, [m.fact for m in answer.missing]) == ("undetermined", ["received"])


@pytest.mark.parametrize(
    ("bars", "entry", "outcome"),
    [
        ("same_certificate", {"level": "social_worker", "exam_year": 2022}, "ineligible"),
        ("same_certificate", {"level": "social_worker", "exam_year": 2019}, "eligible"),
        ("same_certificate", {"level": "assistant"}, "eligible"),
        ("same_certificate", {"level": "social_worker"}, "undetermined"),
        ("{match: any, status: [applied, granted, paid]}", {"status": "applied", "paid": ...}, "ineligible"),
        ("{match: any, status: [applied, granted, paid]}", {"status": "refused"}, "eligible"),
        ("{match: any, status: [paid]}", {"status": "granted"}, "eligible"),
        ("{match: same_level, status: [applied]}", {"status": "applied", "level": "social_worker"}, "ineligible"),
        ("any", {"status": "applied", "paid": ...}, "eligible"),
        ("{match: any, kind: one_off}", {}, "ineligible"),
        ("{match: any, kind: one_off}", {"kind": "monthly"}, "eligible"),
        ("{match: any, kind: one_off}", {"kind": ...}, "undetermined"),
    ],
)  # fmt: skip
def test_a_certificate_used_elsewhere(
    tmp_path: Path, bars: str, entry: dict[str, Any], outcome: str
) -> None:
    given = {k: v for k, v in {**OTHER, **entry}.items() if v is not ...}
    text = one_off(f"{{other_authority_bars: {bars}}}")
    assert ask(tmp_path, text, certificates=[MID], received=[given]).outcome == outcome


@pytest.mark.parametrize(
    ("paid", "said"),
    [
        ("{rule: once, upgrade_years: 1}", "goes with difference_on_upgrade"),
        ("{rule: difference_on_upgrade, upgrade_years: 0}", "1 or more"),
        ("{max_times: {times: 2}}", '"per" is missing'),
        ("{max_times: {times: 2, per: month}}", "month"),
        ("{other_authority_bars: {status: [paid]}}", '"match" is missing'),
        ("{other_authority_bars: {match: any, kind: monthyl}}", "monthly"),
        ("{other_authority_bars: {match: any, status: [refused]}}", "refused"),
    ],
)
def test_what_cannot_be_said_of_the_ledger(tmp_path: Path, paid: str, said: str) -> None:
    assert said in problems(tmp_path, one_off(paid))


@pytest.mark.parametrize("paid", ["difference_on_upgrade", "[once, difference_on_upgrade]"])
def test_no_upgrade_where_each_certificate_is_paid(tmp_path: Path, paid: str) -> None:
    assert "needs per: best" in problems(tmp_path, one_off(paid, per="each"))


def test_not_stated_has_no_upgrade_where_each_certificate_is_paid(tmp_path: Path) -> None:
    answer = ask(
        tmp_path, one_off("not_stated", per="each"), certificates=BOTH, received=[payment()]
    )
    assert (answer.outcome, ends(answer)) == ("undetermined", (0, 2000))


def test_without_certificates_there_are_no_levels_to_ask_for(tmp_path: Path) -> None:
    text = file(version("2020-01-01", "not_stated", IN_POST, amount="1000", paid="not_stated"))
    posts = [{"start": "2020-01-01", "end": None, "social_work": True}]
    half = [{**payment(400), "level": ...}]
    given = [{k: v for k, v in entry.items() if v is not ...} for entry in half]
    answer = ask(tmp_path, text, posts=posts, received=given)
    assert (answer.outcome, ends(answer), answer.missing) == ("undetermined", (0, 600), ())


def test_times_are_no_term_of_months(tmp_path: Path) -> None:
    text = file(version(amount="100", paid="{max_times: 2}"), kind="monthly")
    assert "rhythm.term_months" in problems(tmp_path, text)


@pytest.mark.parametrize("kind", ["monthly", "yearly"])
@pytest.mark.parametrize("paid", ["once", "not_stated", "{rule: difference_on_upgrade}"])
def test_months_are_netted_one_by_one(tmp_path: Path, kind: str, paid: str) -> None:
    text = file(version(amount="100", paid=paid), kind=kind)
    assert "month by month" in problems(tmp_path, text)


# ----------------------------------------------------------------------------------- months


def test_all_versions_have_one_rhythm(tmp_path: Path) -> None:
    def two(old: str, new: str) -> str:
        return file(
            version("2020-01-01", "2023-12-31", amount="100", paid=None, more=old),
            version("2024-01-01", "2029-12-31", amount="200", paid=None, more=new),
            kind="monthly",
        )

    term, whole = "rhythm: {term_months: 12}", "rhythm: {counts: whole_month}"
    for old, new in ((term, ""), ("", whole), (term, whole)):
        assert "same rhythm" in problems(tmp_path, two(old, new))
    assert ask(tmp_path, two(term, term), "2022-05-15").outcome == "eligible"


def months(rhythm: str, kind: str = "monthly") -> str:
    return file(
        version("2020-01-01", "not_stated", IN_POST, amount="500", paid=None, more=f"rhythm: {rhythm}"),
        kind=kind,
    )  # fmt: skip


def row_ends(folder: Path, text: str, start: str, stop: str, **profile: Any) -> list[Any]:
    answer = ask(folder, text, "2026-12-31", start=start, stop=stop, **profile)
    assert answer.schedule is not None
    return [
        int(row.due.low or 0) // 100
        if row.due.settled
        else (int(row.due.low or 0) // 100, int(row.due.high or 0) // 100)
        for row in answer.schedule
    ]


POST = [{"start": "2023-11-10", "end": "2024-02-20", "social_work": True}]


def test_from_january_of_the_next_year(tmp_path: Path) -> None:
    text = months("{starts: next_january}")
    assert row_ends(tmp_path, text, "2023-10", "2024-03", posts=POST) == [0, 0, 0, 500, 500, 0]
    on = ask(tmp_path, text, "2023-12-15", posts=POST)
    assert on.outcome == "ineligible"
    assert [f.requirement.text.en for f in on.findings if f.id == "in-term" and f.requirement.text] == [
        "counted from January of the next year"
    ]  # fmt: skip
    assert ask(tmp_path, text, "2024-01-01", posts=POST).outcome == "eligible"


def test_a_year_from_the_next_january(tmp_path: Path) -> None:
    text = months("{starts: next_january}", "yearly")
    assert row_ends(tmp_path, text, "2022-01", "2025-12", posts=POST) == [0, 0, 500, 0]


def test_whether_a_part_of_a_month_counts_is_not_stated(tmp_path: Path) -> None:
    text = months("{counts: not_stated}")
    found = row_ends(tmp_path, text, "2023-10", "2024-03", posts=POST)
    assert found == [0, (0, 500), 500, 500, (0, 500), 0]
    answer = ask(tmp_path, text, "2026-12-31", start="2023-11", stop="2023-11", posts=POST)
    assert answer.schedule is not None
    assert answer.schedule[0].outcome == "undetermined"


def test_the_page_says_when_and_how_it_is_paid(tmp_path: Path) -> None:
    rhythm = "{counts: not_stated, starts: next_january, term_months: 36, paid_every: 6}"
    rules_of = ask(tmp_path, months(rhythm)).scheme
    shown = page(rules_of, "en")
    assert "for 36 months at most; paid every 6 months" in shown
    assert "whether a part of a month counts is not said; from January of the next year" in shown
    assert "每 6 个月发放一次" in page(rules_of, "zh")
    assert "按月发放" in page(ask(tmp_path, months("{paid_every: 1}")).scheme, "zh")
    assert "1 or more" in problems(tmp_path, months("{paid_every: 0}"))


def test_the_page_says_what_earlier_payments_do(tmp_path: Path) -> None:
    paid = (
        "{rule: difference_on_upgrade, upgrade_years: 1, max_times: {times: 2, per: level}, "
        "other_authority_bars: {match: any, status: [applied]}}"
    )
    shown = page(ask(tmp_path, one_off(paid)).scheme, "en")
    assert (
        "what was paid before is deducted (for an upgrade within 1 exam year); "
        "at most 2 times (for the same level); "
        "a reward of another authority bars it, even if only applied for"
    ) in shown
    several = "{rule: difference_on_upgrade, upgrade_years: 2, max_times: 1}"
    assert "within 2 exam years); at most 1 time (of this scheme)" in page(
        ask(tmp_path, one_off(several)).scheme, "en"
    )


# ---------------------------------------------------------------------- figures and subjects


def test_a_figure_is_quoted_and_bounds_nothing(tmp_path: Path) -> None:
    figures = "figures: [{kind: mean, value: 620, note: {zh: 全市, en: the whole city}}, {kind: example, value: 400}]"
    text = file(version(amount="not_published", more=figures))
    answer = ask(tmp_path, text)
    assert answer.amount is not None
    assert (answer.amount.min, answer.amount.max, answer.amount.published) == (None, None, False)
    assert "no term: mean CNY 620.00 (the whole city)" in answer.explain("en")
    assert "个例 400.00 元" in page(answer.scheme, "zh")
    assert answer.to_json()["figures"] == [
        {"kind": "mean", "value": "620.00", "note": {"zh": "全市", "en": "the whole city"}},
        {"kind": "example", "value": "400.00", "note": None},
    ]
    steps = file(version(amount="{range: [1, 3]}", paid=None, more="figures: [{kind: mean, value: 2}]"), kind="grade_steps")  # fmt: skip
    assert ask(tmp_path, steps).to_json()["figures"] == [{"kind": "mean", "value": 2, "note": None}]
    vague = file(version(amount="not_published", more="figures: [{kind: mean, value: {range: [1, 2]}}]"))  # fmt: skip
    assert "a number is expected" in problems(tmp_path, vague)


@pytest.mark.parametrize(
    ("subject", "model", "facts", "fact"),
    [
        ("project", sg.Project, {"funds": 500000}, "{fact: funds, at_least: 300000}"),
        ("station", sg.Station, {"villages": 12}, "{fact: villages, at_least: 10}"),
        ("organisation", sg.Organisation, {"capital": 30000}, "{fact: capital, at_least: 30000}"),
    ],
)
def test_money_for_a_project_a_station_an_organisation(
    tmp_path: Path, subject: str, model: Any, facts: dict[str, Any], fact: str
) -> None:
    text = file(
        version("2020-01-01", "not_stated", f"{{id: size, {fact[1:]}", amount="50000", paid="once")
    )
    home = tmp_path / "x" / "y"
    home.mkdir(parents=True)
    (home / "a.yaml").write_text(text.replace("subject: worker", f"subject: {subject}"), "utf-8")
    scheme = sg.load_rules(tmp_path)["x/y/a"]
    given = {"subject": subject, "division": "330203", "applied": "2024-05-01", **facts}
    answer = scheme.check(model.model_validate({**given, "received": []}))
    assert (answer.outcome, ends(answer)) == ("eligible", (50000, 50000))
    paid = [{"scheme": "x/y/a", "amount": 50000, "paid": "2023-01-01"}]
    again = scheme.check(model.model_validate({**given, "received": paid}))
    assert (again.outcome, ends(again)) == ("ineligible", (0, 0))


def test_a_rule_set_about_a_worker(tmp_path: Path) -> None:
    months_gone = "{value: {months_between: [{fact: post.start}, on]}, less_than: 24}"
    duty = (
        "{id: certified-in-time, any: [{exists: certificates, where: [{fact: level, at_least: assistant}]}, "
        f"{{exists: posts, at: on, where: [{months_gone.replace('post.start', 'start')}]}}]}}"
    )
    text = file(version("2020-01-01", "not_stated", duty, amount=None, paid=None), kind="verdict")
    new = [{"start": "2023-01-01", "end": None}]
    old = [{"start": "2020-01-01", "end": None}]
    assert ask(tmp_path, text, certificates=[], posts=new).outcome == "compliant"
    assert ask(tmp_path, text, certificates=[], posts=old).outcome == "non_compliant"
    assert ask(tmp_path, text, posts=old).outcome == "compliant"


# --------------------------------------------------- terms that the existing nodes express


def test_a_term_from_the_day_of_an_honour(tmp_path: Path) -> None:
    honour = (
        "{id: envoy, exists: honours, where: [{fact: start, not_after: on}, "
        "{day: {add_months: [{fact: start}, 48]}, after: on}]}"
    )
    text = file(
        version("2015-01-01", "not_stated", honour, amount="500", paid=None), kind="monthly"
    )
    honours = [{"start": "2020-03-15", "end": None}]
    days = {"2020-03-14": "ineligible", "2020-03-15": "eligible", "2024-03-14": "eligible", "2024-03-15": "ineligible"}  # fmt: skip
    assert {d: ask(tmp_path, text, d, honours=honours).outcome for d in days} == days


def test_paid_from_the_month_of_registration(tmp_path: Path) -> None:
    registered = "{id: registered, fact: certificate.registered, not_after: on}"
    text = file(
        version("2020-01-01", "not_stated", registered, amount="100", paid=None), kind="monthly"
    )
    mine = [certificate(registered="2022-03-31")]
    assert row_ends(tmp_path, text, "2022-02", "2022-04", certificates=mine) == [0, 100, 100]


@pytest.mark.parametrize(("empty", "without"), [("holds", "eligible"), ("fails", "ineligible")])
def test_a_failed_appraisal_loses_the_year(tmp_path: Path, empty: str, without: str) -> None:
    passed = (
        "{id: appraised, every: appraisals, where: [{fact: year, is: {year_of: on}}], "
        f"that: [{{fact: result, at_least: qualified}}], if_empty: {empty}}}"
    )
    text = file(
        version("2020-01-01", "not_stated", LEVEL, passed, amount="100", paid=None), kind="monthly"
    )
    failed = [{"year": 2024, "result": "failed"}]
    assert ask(tmp_path, text, "2024-05-01", appraisals=failed).outcome == "ineligible"
    assert ask(tmp_path, text, "2025-05-01", appraisals=failed).outcome == without


def test_a_certificate_part_for_all_and_more_for_holders(tmp_path: Path) -> None:
    wage = "{greatest: [3000, {over: certificates, take: greatest, value: {by: level, assistant: 3200, social_worker: 3500, senior: 4000}}]}"
    text = file(
        version("2020-01-01", "not_stated", IN_POST, amount=wage, paid=None), kind="monthly"
    )
    posts = [{"start": "2020-01-01", "end": None, "social_work": True}]
    assert ends(ask(tmp_path, text, certificates=[], posts=posts)) == (3000, 3000)
    assert ends(ask(tmp_path, text, certificates=BOTH, posts=posts)) == (3500, 3500)
    assert ends(ask(tmp_path, text, certificates=..., posts=posts)) == (3000, None)


def test_a_known_end_and_an_unknown_start(tmp_path: Path) -> None:
    ended = version("not_stated", "2015-09-30", amount="100", paid=None, more="seen: 2015-09-30")
    now = version("2015-10-01", "not_stated", amount="200", paid=None)
    text = file(ended, now, kind="monthly")
    mine = [certificate("assistant", 2010)]
    found = {
        d: ask(tmp_path, text, d, certificates=mine)
        for d in ("2012-01-01", "2015-09-30", "2015-10-01")
    }
    assert [a.outcome for a in found.values()] == ["undetermined", "eligible", "eligible"]
    assert [ends(a) for a in found.values()] == [(0, 100), (100, 100), (200, 200)]


def test_no_source_says_when_one_version_gave_way_to_the_next(tmp_path: Path) -> None:
    old = version(
        "2011-01-01", "not_stated", amount="100", paid=None, more="last_confirmed: 2012-06-30"
    )
    new = version("not_stated", "not_stated", amount="200", paid=None, more="seen: 2015-03-01")
    mine = [certificate("assistant", 2010)]
    for versions in ((old, new), (new, old)):
        text = file(*versions, kind="monthly")
        found = {
            d: ask(tmp_path, text, d, certificates=mine)
            for d in (
                "2010-12-31",
                "2011-01-01",
                "2012-06-30",
                "2012-07-01",
                "2015-02-28",
                "2015-03-01",
            )
        }
        assert [a.outcome for a in found.values()] == [
            "not_in_force", "eligible", "eligible", "undetermined", "undetermined", "eligible"
        ]  # fmt: skip
        assert [ends(a) for a in list(found.values())[1:]] == [
            (100, 100), (100, 100), (0, 200), (0, 200), (200, 200)
        ]  # fmt: skip
        open_words = [t.en for t in found["2015-02-28"].open_text]
        assert "no source says when the later terms took its place" in open_words
        assert found["2011-01-01"].standing == "confirmed"


def test_an_open_version_still_may_not_overlap(tmp_path: Path) -> None:
    old = version(
        "2011-01-01", "not_stated", amount="100", paid=None, more="last_confirmed: 2012-06-30"
    )
    for new in (
        version("2015-03-01", "not_stated", amount="200", paid=None),
        version("not_stated", "not_stated", amount="200", paid=None, more="seen: 2012-06-30"),
    ):
        assert "overlaps" in problems(tmp_path, file(old, new, kind="monthly"))


def test_a_wage_between_two_outside_figures(tmp_path: Path) -> None:
    year = "{year_of: {add_months: [on, -12]}}"
    wage = (
        f"{{range: [{{statistic: minimum_wage, division: '330200', year: {year}}}, "
        f"{{statistic: average_wage, division: '330200', year: {year}}}]}}"
    )
    text = file(
        version("2020-01-01", "not_stated", IN_POST, amount=wage, paid=None), kind="monthly"
    )
    posts = [{"start": "2020-01-01", "end": None, "social_work": True}]
    figures = [
        {"kind": "minimum_wage", "division": "330200", "year": 2023, "value": 2280},
        {"kind": "average_wage", "division": "330200", "year": 2023, "value": 9000},
    ]
    assert ends(ask(tmp_path, text, posts=posts, statistics=figures)) == (2280, 9000)
    blank = ask(tmp_path, text, posts=posts, statistics=figures[1:])
    assert ends(blank) == (0, None)  # never below the minimum wage, whatever the average is
    assert ends(ask(tmp_path, text, posts=posts, statistics=figures[:1])) == (2280, None)
    assert [m.fact for m in blank.missing] == ["statistics"] or blank.missing


def test_a_national_scheme_concerns_everybody(tmp_path: Path) -> None:
    text = one_off("once").replace("applies_in: '330200'", "applies_in: '000000'")
    answer = ask(tmp_path, text, residence="620102")
    assert answer.outcome == "eligible"
    worker = sg.Worker.model_validate({"subject": "worker", "residence": "620102"})
    assert [d.scheme.id for d in sg.load_rules(tmp_path).check(worker)] == ["x/y/a"]


@pytest.mark.parametrize(
    ("named", "amount", "due"),
    [
        (BY_LEVEL, "{let: base}", (1000, 1000)),
        ("1000", "{sum: [{let: base}, 500]}", (1500, 1500)),
        ("{range: [200, 600]}", "{least: [{let: base}, 500]}", (200, 500)),
        ("not_published", "{cap: 600, of: {let: base}}", (0, 600)),
        ("{over: certificates, take: sum, value: {by: level, assistant: 720}}", "{let: base}", (720, 720)),
        ("3", "{product: [{let: base}, 100]}", (300, 300)),
        ("{count: certificates}", "{product: [{let: base}, 100]}", (100, 100)),
    ],
)  # fmt: skip
def test_a_named_amount_takes_the_unit_of_its_use(
    tmp_path: Path, named: str, amount: str, due: Any
) -> None:
    text = file(version(amount=amount, paid="once", more=f"let: {{base: {named}}}"))
    assert ends(ask(tmp_path, text)) == due


def test_one_name_for_money_and_for_a_number(tmp_path: Path) -> None:
    demand = "{id: age, value: {let: base}, at_most: {years_between: [{fact: birth_date}, on]}}"
    text = file(
        version("2020-01-01", "not_stated", demand, amount="{let: base}", paid="once", more="let: {base: 30}")
    )  # fmt: skip
    assert ends(ask(tmp_path, text, birth_date="1990-01-01")) == (30, 30)
    assert ask(tmp_path, text, birth_date="2000-01-01").outcome == "ineligible"


def test_a_figure_that_is_no_money_may_divide(tmp_path: Path) -> None:
    hours = "{statistic: highest_valid_hours, division: '330200', year: 2024}"
    share = f"{{product: [10, {{quotient: [{{count: certificates}}, {hours}]}}]}}"
    text = file(version(amount=share, paid=None), kind="points")
    figures = [{"kind": "highest_valid_hours", "division": "330200", "year": 2024, "value": 4}]
    assert ends(ask(tmp_path, text, statistics=figures)) == (2.5, 2.5)
    money = file(version(amount=hours, paid="once"))
    assert "money is expected here, not a number" in problems(tmp_path, money)


def test_full_years_up_to_the_first_of_january(tmp_path: Path) -> None:
    years = "{years_between: [2020-03-01, {day_of_year: on, month: 1, day: 1}]}"
    text = file(version(amount=f"{{product: [15, {years}]}}", paid=None), kind="monthly")
    assert ends(ask(tmp_path, text, "2023-12-31")) == (30, 30)
    assert ends(ask(tmp_path, text, "2024-01-01")) == (45, 45)


@pytest.mark.parametrize("wrong", ["month: 13, day: 1", "month: 0, day: 1", "month: 1, day: 32"])
def test_a_day_that_no_year_has(tmp_path: Path, wrong: str) -> None:
    demand = f"{{day: {{day_of_year: on, {wrong}}}, not_after: on}}"
    text = file(version("2020-01-01", "not_stated", demand))
    assert "must lie between 1 and" in problems(tmp_path, text)


def test_the_year_of_a_date_that_is_none(tmp_path: Path) -> None:
    left = "{id: left, exists: posts, where: [{day: {day_of_year: post.end, years: 1, month: 1, day: 1}, not_after: on}]}"
    text = file(version("2020-01-01", "not_stated", left, amount="500", paid="once"))
    still = [{"start": "2019-01-01", "end": None}]
    assert ask(tmp_path, text, posts=still).outcome == "ineligible"
    assert (
        ask(tmp_path, text, posts=[{"start": "2019-01-01", "end": "2022-05-01"}]).outcome
        == "eligible"
    )


def spell(start: str, end: str | None = None, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "social_work": True, **more}


@pytest.mark.parametrize(
    ("posts", "outcome"),
    [
        ([spell("2010-01-01")], "eligible"),
        ([spell("2010-01-01", "2022-01-31"), spell("2022-02-01")], "eligible"),
        ([spell("2010-01-01", "2022-01-31"), spell("2022-12-02")], "ineligible"),
        ([spell("2010-01-01", "2023-12-31")], "ineligible"),
    ],
)
def test_continuous_months_while_certified(
    tmp_path: Path, posts: list[dict[str, Any]], outcome: str
) -> None:
    year = (
        "{id: a-year, value: {months: posts, where: [{fact: social_work, is: true}], "
        "since: {fact: certificate.obtained}, until: on, continuous: true}, at_least: 24}"
    )
    text = file(version("2020-01-01", "not_stated", year, amount="500", paid="once"))
    assert ask(tmp_path, text, "2024-05-15", posts=posts).outcome == outcome


def test_months_by_a_fixed_cut_off_date(tmp_path: Path) -> None:
    year = "{id: a-year, value: {months: posts, until: 2023-12-31}, at_least: 12}"
    text = file(version("2020-01-01", "not_stated", year, amount="500", paid="once"))
    assert ask(tmp_path, text, posts=[spell("2022-12-31")]).outcome == "eligible"
    assert ask(tmp_path, text, posts=[spell("2023-01-01")]).outcome == "ineligible"


def test_a_window_from_the_day_the_certificate_was_received(tmp_path: Path) -> None:
    window = "application: {from: {fact: certificate.collected}, until: {add_months: [{fact: certificate.collected}, 3]}}"
    text = file(version(amount="500", paid="once", more=window))
    mine = [certificate(collected="2022-01-31")]
    days = {"2022-01-30": "ineligible", "2022-01-31": "eligible", "2022-04-30": "eligible", "2022-05-01": "ineligible"}  # fmt: skip
    assert {d: ask(tmp_path, text, d, certificates=mine).outcome for d in days} == days
    unknown = ask(tmp_path, text)
    assert [m.fact for m in unknown.missing] == ["certificate.collected"]


def test_steps_only_while_engaged_at_the_level_and_not_added(tmp_path: Path) -> None:
    engaged = "{id: engaged, exists: posts, at: on, where: [{fact: engaged_level, at_least: {fact: certificate.level}}]}"
    steps = "{by: certificate.level, assistant: 1, social_worker: 2, senior: 3}"
    text = file(
        version("2020-01-01", "not_stated", engaged, amount=steps, paid=None), kind="grade_steps"
    )
    for level, due in (("social_worker", 2), ("assistant", 1)):
        found = ask(
            tmp_path, text, certificates=BOTH, posts=[spell("2020-01-01", engaged_level=level)]
        )
        assert ends(found) == (due, due)
    none = ask(tmp_path, text, certificates=BOTH, posts=[spell("2020-01-01", engaged_level=None)])
    assert none.outcome == "ineligible"


def test_tiers_of_areas(tmp_path: Path) -> None:
    tiers = (
        "{cases: [{when: {exists: posts, at: on, where: [{fact: division, within: ['330203', '330205']}]}, value: 900}, "
        "{when: {exists: posts, at: on, where: [{fact: division, within: '330200'}]}, value: 700}, {otherwise: 0}]}"
    )
    text = file(version("2020-01-01", "not_stated", LEVEL, amount=tiers, paid=None), kind="monthly")
    for place, due in (("330203", (900, 900)), ("330206", (700, 700)), ("330200", (700, 900))):
        found = ask(tmp_path, text, posts=[spell("2020-01-01", division=place)])
        assert ends(found) == due, place
    assert (
        ask(tmp_path, text, posts=[spell("2020-01-01", division="310101")]).outcome == "ineligible"
    )


def test_a_floor_that_a_lower_level_raises(tmp_path: Path) -> None:
    upper = file(version(amount="{at_least: 100}", paid=None), kind="monthly")
    relation = (
        "relations: [{overrides: x/y/a, where: {exists: posts, at: on, where: [{fact: division, within: '330203'}]}}]\n"
    )  # fmt: skip
    lower = file(version(amount="150", paid=None), kind="monthly", more=relation)
    lower = lower.replace("applies_in: '330200'", "applies_in: '330203'")
    home = tmp_path / "x" / "y"
    home.mkdir(parents=True)
    (home / "a.yaml").write_text(upper, "utf-8")
    (home / "b.yaml").write_text(lower, "utf-8")
    rules = sg.load_rules(tmp_path)
    for place, outcome, amount in (
        ("330203", "ineligible", (0, 0)),
        ("330205", "eligible", (100, None)),
    ):
        worker = sg.Worker.model_validate(
            {"subject": "worker", "certificates": [certificate()], "posts": [spell("2020-01-01", division=place)],
             "applied": "2024-05-15", "received": []}
        )  # fmt: skip
        found = rules["x/y/a"].check(worker)
        assert (found.outcome, ends(found)) == (outcome, amount)
