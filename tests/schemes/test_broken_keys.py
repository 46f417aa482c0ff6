"""Keys of a rule file that are wrong: a whole file, one change, and what is said of it."""

from __future__ import annotations

import re

import pytest

from sgincentive.schemes.load import load_scheme
from tests.samples.samples import HEADER

WHOLE = (
    HEADER
    + """\
stacking: {excludes: [a/b]}
relations: [{implements: a/b}]
define: {veteran: {fact: veteran, is: true}}
versions:
  - id: first
    from: 2024-01-01
    until: not_stated
    last_confirmed: 2025-01
    status: [{status: suspended, from: 2024-02-01, until: 2024-03-01}]
    sources: [{title: 测试通知, kind: repost, date: 2024-01-01, url: "http://example.org/"}]
    let: {base: 1000}
    requires:
      - {id: level, fact: certificate.level, one_of: [assistant, social_worker, senior]}
    amount: 1000
    figures: [{kind: mean, value: 900}]
    paid_before: once
    rhythm: {counts: any_day}
    application: {until: 2025-12-31, documents: {all: [{zh: 申请表, en: the form}]}}
examples:
  - name: {zh: 例, en: example}
    given: {subject: worker, certificates: [{level: senior}], received: []}
    expect: {outcome: eligible}
    variants:
      - {name: {zh: 例, en: example}, set: {hukou: "330200"}, expect: {outcome: eligible}}
untested: [{at: versions.0.amount, why: {zh: 甲, en: a}}]
"""
)


def test_the_whole_file_is_good() -> None:
    scheme, problems = load_scheme(WHOLE, "whole.yaml", "whole")
    assert problems.found == []
    assert scheme is not None
    assert [version.id for version in scheme.versions] == ["first"]
    assert len(scheme.examples) == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("subject: worker\napplies", "applies",
         '1:1: "subject" is missing'),
        ("kind: one_off, per: best", "kind: one_off, per: all",
         '7:31: unknown value "all" (expected one of: best, each)'),
        ("kind: one_off, per: best", "kind: one_off, strength: target",
         '7:36: unknown value "target" (expected one of: must, guidance)'),
        ("kind: one_off, per: best", "per: best",
         '7:10: "kind" is missing'),
        ("record: test.reward", "record: [[a]]",
         "2:10: text is expected here"),
        ("record: test.reward", 'record: ""',
         "2:9: text is expected here"),
        ('applies_in: "330200"', "applies_in: []",
         "4:13: a list of at least 1 is expected here"),
        ("record: test.reward", "record: []",
         "2:9: a list of at least 1 is expected here"),
        ('applies_in: "330200"', "applies_in: {a: b}",
         "4:13: a division is expected here"),
        ("issuer: not_stated", "issuer: [a]",
         "5:9: text is expected here"),
        ("payer: not_stated", "payer: 市民政局",
         "6:8: a text in both languages is expected here (write {zh: …, en: …})"),
        ("stacking: {excludes: [a/b]}", "stacking: [a/b]",
         "8:11: keys and values are expected here"),
        ("{implements: a/b}", "{implements: a/b, supplements: c/d}",
         "9:13: one is expected: implements, overrides, supplements"),
        ("{implements: a/b}", "{where: {uses: veteran}}",
         "9:13: one is expected: implements, overrides, supplements"),
        ("{implements: a/b}", "{overrides: a/b}",
         '9:13: "where" is missing: for whom it overrides'),
        ("{veteran: {fact: veteran, is: true}}", "[veteran]",
         "10:9: keys and values are expected here"),
        ("{veteran: {fact: veteran, is: true}}", "{veteran: {fact: veteran, is: 1}}",
         "10:39: true or false is expected here"),
        ("id: first", "id: [first]",
         "12:9: an id is expected here"),
        ("    from: 2024-01-01\n", "",
         '12:5: "from" is missing (write not_stated where no source gives it)'),
        ("until: not_stated", "until: soon",
         "14:12: a date is expected here, like 2024-12-30"),
        ("until: not_stated", "until: 2023-12-31",
         "14:12: the end lies before the start"),
        ("from: 2024-01-01\n", "from: 2024-13-01\n",
         "13:11: a date is expected here, like 2024-12-30"),
        ("from: 2024-01-01\n", "from: not_stated\n",
         '12:5: "from: not_stated" needs seen (the day of the earliest sight)'),
        ("last_confirmed: 2025-01", "last_confirmed: [2025]",
         "15:21: a date is expected here, like 2024-12-30"),
        ("status: suspended, ", "status: stopped, ",
         '16:23: unknown value "stopped" (did you mean "suspended"? expected one of: draft, superseded, suspended, exhausted)'),
        ("status: suspended, ", "",
         '16:14: "status" is missing'),
        ("from: 2024-02-01, until: 2024-03-01", "from: 2024-02-01, until: 2024-01-01",
         "16:59: the end lies before the start"),
        ("kind: repost, ", "kind: report, ",
         '17:35: unknown kind of source "report" (did you mean "repost"? expected one of: official_text, official_news, media, repost, training_site)'),
        ("title: 测试通知, ", "",
         '17:15: "title" is missing'),
        ("date: 2024-01-01", "date: 2024-02-30",
         "17:49: a date is expected here, like 2024-12-30"),
        ('url: "http://example.org/"', 'url: "http://example.org/", only_for: {zh: 文号, en: the number}',
         "17:14: one source at least must carry the terms, without only_for"),
        ('url: "http://example.org/"', "href: x",
         '17:61: unknown field "href" (expected one of: title, number, publisher, date, kind, url, no_url, only_for)'),
        ('    sources: [{title: 测试通知, kind: repost, date: 2024-01-01, url: "http://example.org/"}]\n', "    sources: []\n",
         "17:14: a list of at least 1 is expected here"),
        ("{base: 1000}", "1000",
         "18:10: keys and values are expected here"),
        ("{base: 1000}", "{base: x}",
         "18:17: a number is expected here (at most 15 digits and 4 decimals, no exponent)"),
        ("{base: 1000}", "{base: {cap: [1]}}",
         '18:17: "of" is missing'),
        ("id: level", "id: Level 1",
         "20:14: an id in lower case is expected here, like exam-place"),
        ("id: level", "strength: may",
         '20:20: unknown value "may" (expected one of: must, in_principle, target, guidance, preference)'),
        ("id: level", "due: never",
         "20:15: a date is expected here, like 2024-12-30"),
        ("id: level", "unclear: 甲",
         "20:19: a text in both languages is expected here (write {zh: …, en: …})"),
        ("id: level", "clause: [1]",
         "20:18: text is expected here"),
        ("kind: mean", "kind: median",
         '22:22: unknown value "median" (did you mean "mean"? expected one of: mean, example, total)'),
        ("kind: mean, value: 900", "kind: mean",
         '22:15: "value" is missing'),
        ("value: 900", "value: not_published",
         "22:35: a number is expected here"),
        ("paid_before: once", "paid_before: twice",
         '23:18: unknown ledger rule "twice" (expected one of: once, once_per_level, once_per_certificate, difference_on_upgrade, not_stated)'),
        ("paid_before: once", "paid_before: [once]",
         "23:18: a list of at least 2 is expected here"),
        ("paid_before: once", "paid_before: [once, twice]",
         '23:25: unknown ledger rule "twice" (expected one of: once, once_per_level, once_per_certificate, difference_on_upgrade)'),
        ("paid_before: once", "paid_before: {rule: once, readings: [once, once_per_level]}",
         "23:41: rule or readings, not both"),
        ("      - {id: level,", "      - {id: level, fact: veteran, is: true}\n      - {id: level,",
         '21:14: requirement id "level" is used twice'),
        ("paid_before: once", "paid_before: {rule: once, cap: 3}",
         '23:31: unknown field "cap" (expected one of: rule, readings, lifetime_cap, other_authority_bars, upgrade_years, max_times)'),
        ("paid_before: once", "paid_before: {lifetime_cap: {a: 1}}",
         "23:33: money is expected here"),
        ("paid_before: once", "paid_before: {lifetime_cap: not_published}",
         "23:33: money is expected here"),
        ("paid_before: once", "paid_before: {rule: once, upgrade_years: 1}",
         "23:46: upgrade_years goes with difference_on_upgrade"),
        ("paid_before: once", "paid_before: {rule: difference_on_upgrade, upgrade_years: 0}",
         "23:63: 1 or more is expected"),
        ("paid_before: once", "paid_before: {rule: once, other_authority_bars: all}",
         '23:53: unknown value "all" (expected one of: same_level, same_certificate, any)'),
        ("paid_before: once", "paid_before: {rule: once, other_authority_bars: {status: [paid]}}",
         '23:53: "match" is missing'),
        ("paid_before: once", "paid_before: {rule: once, other_authority_bars: {match: any, status: paid}}",
         "23:74: a list of at least 1 is expected here"),
        ("paid_before: once", "paid_before: {rule: once, other_authority_bars: {match: any, status: [payed]}}",
         '23:75: unknown value "payed" (did you mean "paid"? expected one of: applied, granted, paid)'),
        ("paid_before: once", "paid_before: {rule: once, other_authority_bars: {match: any, kind: gift}}",
         '23:72: unknown value "gift" (expected one of: one_off, monthly, yearly, grade_steps, points, refund, entitlement, verdict)'),
        ("paid_before: once", "paid_before: {rule: once, max_times: 0}",
         "23:42: 1 or more is expected"),
        ("paid_before: once", "paid_before: {rule: once, max_times: {per: level}}",
         '23:42: "times" is missing'),
        ("paid_before: once", "paid_before: {rule: once, max_times: {times: 2, per: year}}",
         '23:58: unknown value "year" (expected one of: scheme, level, certificate, not_stated)'),
        ("counts: any_day", "counts: some_day",
         '24:22: unknown value "some_day" (did you mean "first_day"? expected one of: any_day, whole_month, first_day, not_stated)'),
        ("counts: any_day", "starts: at_once",
         '24:22: unknown value "at_once" (expected one of: same_month, next_month, next_january)'),
        ("counts: any_day", "term_months: 0",
         "24:27: 1 or more is expected"),
        ("counts: any_day", "paid_every: -1",
         "24:26: 1 or more is expected"),
        ("counts: any_day", "paid: monthly",
         '24:14: unknown field "paid" (did you mean "paid_every"? expected one of: counts, starts, term_months, paid_every)'),
        ("until: 2025-12-31, ", "until: soon, ",
         "25:26: a date is expected here, like 2024-12-30 (2024-12 or 2024 where no more is known)"),
        ("documents: {all: [{zh: 申请表, en: the form}]}", "documents: [a]",
         "25:49: keys and values are expected here"),
        ("documents: {all: [{zh: 申请表, en: the form}]}", "documents: {all: []}",
         "25:55: a list of at least 1 is expected here"),
        ("    given: {subject: worker, certificates: [{level: senior}], received: []}\n", "",
         '27:5: "given" is missing'),
        ("expect: {outcome: eligible}\n", "expect: eligible\n",
         "29:13: keys and values are expected here"),
        ("expect: {outcome: eligible}\n", "expect: {outcme: eligible}\n",
         '29:14: unknown field "outcme" (did you mean "outcome"? expected one of: outcome, amount, entitled, missing, version, status, standing, schedule, fails, unknown, concerns)'),
        ('set: {hukou: "330200"}', "set: [hukou]",
         "31:43: keys and values are expected here"),
        ('set: {hukou: "330200"}', "set: {certificates.2.level: senior}",
         "31:44: the example has no certificates.2"),
        ('set: {hukou: "330200"}', "set: {posts.0.role: a}",
         "31:44: the example has no posts"),
        ('set: {hukou: "330200"}', "set: {certificates.level: a}",
         "31:44: the example has no certificates.level"),
        ('set: {hukou: "330200"}', "remove: [hukou]",
         "31:47: the example has nothing there to remove"),
        ('set: {hukou: "330200"}', "remove: [certificates.1]",
         "31:47: the example has nothing there to remove"),
        ('set: {hukou: "330200"}', "remove: [certificates.x]",
         "31:47: the example has no certificates.x"),
        ('set: {hukou: "330200"}', "on: today",
         "31:42: a date is expected here, like 2024-12-30"),
        ("at: versions.0.amount, ", "",
         '32:12: "at" is missing'),
        (", why: {zh: 甲, en: a}", ", why: 甲",
         "32:41: a text in both languages is expected here (write {zh: …, en: …})"),
        ("kind: one_off, per: best", "kind: verdict",
         "21:13: the benefit kind verdict has no amount"),
        ("amount: 1000", "amount: {share_of: 1000, share: 1/3}",
         "21:13: the result can be finer than a fen: round is needed"),
        ("    amount: 1000\n", "",
         '12:5: "amount" is missing (write not_published where it never was)'),
    ],
)  # fmt: skip
def test_message(old: str, new: str, message: str) -> None:
    assert WHOLE.count(old) == 1
    scheme, problems = load_scheme(WHOLE.replace(old, new), "broken.yaml", "broken")
    assert scheme is None
    (found,) = problems.found
    assert found.mark is not None
    hint = f" ({found.hint.en})" if found.hint is not None else ""
    assert f"{found.mark.line}:{found.mark.column}: {found.text.en}{hint}" == message
    assert re.search("[一-鿿]", found.text.zh)


@pytest.mark.parametrize(
    ("requirement", "id"),
    [
        ("{id: mine, fact: veteran, is: true}", "mine"),
        ("{fact: certificate.level, is: senior}", "certificate-level"),
        ("{exists: posts}", "post"),
        ("{every: posts, that: [{fact: social_work, is: true}], if_empty: fails}", "post"),
        ("{confirmed: review-passed, text: {zh: 通过, en: passed}}", "review-passed"),
        ("{uses: veteran}", "veteran"),
        ("{value: {let: base}, at_least: 1}", "base"),
        ("{day: on, after: 2024-01-01}", "on"),
        ("{not_stated: {zh: 未见, en: unseen}}", "not-stated"),
    ],
)
def test_a_requirement_without_an_id_gets_one_from_what_it_asks(requirement: str, id: str) -> None:
    own = "{id: level, fact: certificate.level, one_of: [assistant, social_worker, senior]}"
    text = WHOLE.replace(own, requirement)
    assert text != WHOLE
    scheme, problems = load_scheme(text, "ids.yaml", "ids")
    assert problems.found == []
    assert scheme is not None
    assert scheme.versions[0].requirements[0].id == id


def test_requirements_that_ask_the_same_are_numbered() -> None:
    own = "{id: level, fact: certificate.level, one_of: [assistant, social_worker, senior]}"
    text = WHOLE.replace(f"      - {own}\n", "      - {exists: posts}\n" * 3)
    scheme, _ = load_scheme(text, "ids.yaml", "ids")
    assert scheme is not None
    assert [r.id for r in scheme.versions[0].requirements] == ["post", "post-2", "post-3"]
