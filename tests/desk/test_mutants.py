"""Which changes of the terms are tried."""

from __future__ import annotations

import pytest

from sgincentive.desk.mutants import mutants, steps
from sgincentive.desk.mutate import load, terms_of
from sgincentive.source import Mapping, parse
from tests.desk.made_up import EXAMPLES, FORCE, HEAD, SOURCES, TERMS, VERSION, file
from tests.samples.dumped import dump


def tree(text: str) -> Mapping:
    root = parse(text, "a.yaml")
    assert isinstance(root, Mapping)
    return root


def changes(text: str, under: str = "") -> list[str]:
    """The changes below a place, as ``place: change``."""
    return [f"{m.at}: {m.change}" for m in mutants(tree(text)) if m.at.startswith(under)]


def requirement(condition: str) -> list[str]:
    """The changes of a condition that is the only requirement."""
    text = file(f"    requires: [{condition}]\n    amount: 1000\n    paid_before: once\n")
    prefix = "versions.0.requires.0"
    return [
        c.removeprefix(f"{prefix}.").removeprefix(prefix)
        for c in changes(text, prefix)
        if ": drop requirement" not in c
    ]


def amount(node: str) -> list[str]:
    return [
        c.removeprefix("versions.0.amount.")
        for c in changes(file(TERMS.replace("{by: certificate.level, assistant: 1000, social_worker: 2000}", node)), "versions.0.amount")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("3000", ["3001", "2999"]),
        ("0", ["1", "-1"]),
        ("-24", ["-23", "-25"]),
        ("1200.50", ["1200.51", "1200.49"]),
        ("0.5", ["0.6", "0.4"]),
        ("30%", ["31%", "29%"]),
        ("7.5%", ["7.6%", "7.4%"]),
        ("1/3", ["1/2", "1/4"]),
        ("2/3", ["3/3", "1/3"]),
        ("1/1", ["1/2"]),
        ("2024-02-28", ["2024-02-29", "2024-02-27"]),
        ("2024-12", ["2025-01", "2024-11"]),
        ("2024-01", ["2024-02", "2023-12"]),
        ("2024-02-30", []),
        ("applied", []),
        ("not_stated", []),
    ],
)
def test_steps(text: str, around: list[str]) -> None:
    assert steps(text) == around


def test_a_whole_file() -> None:
    assert changes(file()) == [
        "applies_in: 330200 -> 330300",
        "applies_in: 330200 -> 330000",
        "benefit.per: best -> each",
        "versions.0.from: 2020-01-01 -> 2020-01-02",
        "versions.0.from: 2020-01-01 -> 2019-12-31",
        "versions.0.last_confirmed: 2024-06 -> 2024-07",
        "versions.0.last_confirmed: 2024-06 -> 2024-05",
        "versions.0.requires.0: drop requirement level",
        "versions.0.requires.0.one_of: one_of -> not_one_of",
        "versions.0.requires.0.one_of.0: drop assistant",
        "versions.0.requires.0.one_of.1: drop social_worker",
        "versions.0.requires.1: drop requirement resident",
        "versions.0.requires.1.within: within -> not_within",
        "versions.0.requires.1.within: 330200 -> 330300",
        "versions.0.requires.1.within: 330200 -> 330000",
        "versions.0.amount.assistant: 1000 -> 1001",
        "versions.0.amount.assistant: 1000 -> 999",
        "versions.0.amount.social_worker: 2000 -> 2001",
        "versions.0.amount.social_worker: 2000 -> 1999",
        "versions.0.paid_before: once -> once_per_level",
    ]


def test_each_change_is_where_it_says_and_nowhere_else() -> None:
    root = tree(file(version=FORCE + SOURCES, more="unclear: [{zh: 样, en: '1000'}]\n"))
    whole = dump(root).splitlines()
    for mutant in mutants(root):
        other = dump(mutant.apply(root)).splitlines()
        assert other != whole
        assert dump(root).splitlines() == whole, "the tree itself stays"
        if len(other) == len(whole):
            differ = [(a, b) for a, b in zip(whole, other, strict=True) if a != b]
            assert len(differ) == 1
            before, after = mutant.change.split(" -> ")
            assert before in differ[0][0]
            assert after in differ[0][1]


def test_a_mutant_knows_its_line() -> None:
    found = {m.at: m.line for m in mutants(tree(f"{HEAD}versions:\n{VERSION}{TERMS}{EXAMPLES}"))}
    lines = file().splitlines()
    assert "330200" in lines[found["applies_in"] - 1]
    assert "resident" in lines[found["versions.0.requires.1.within"] - 1]
    assert "assistant: 1000" in lines[found["versions.0.amount.assistant"] - 1]


# ------------------------------------------------------------------------------ conditions


def test_operators() -> None:
    assert requirement("{value: {count: posts}, at_least: 2}") == [
        "at_least: at_least -> more_than", "at_least: 2 -> 3", "at_least: 2 -> 1",
    ]  # fmt: skip
    assert requirement("{fact: veteran, is: true}") == ["is: is -> is_not", "is: true -> false"]
    assert requirement("{fact: certificate.obtained, before: 2024-01}")[0] == (
        "before: before -> not_after"
    )


def test_words() -> None:
    assert requirement("{fact: certificate.level, is: social_worker}")[1:] == [
        "is: social_worker -> assistant", "is: social_worker -> senior",
    ]  # fmt: skip
    assert requirement("{fact: certificate.level, at_least: senior}")[1:] == [
        "at_least: senior -> social_worker"
    ]
    assert requirement("{exists: posts, where: [{fact: role, one_of: [community_worker]}]}")[1:] == [
        "where.0.one_of: one_of -> not_one_of",
        "where.0.one_of.0: community_worker -> union_social_worker",
    ]  # fmt: skip
    assert requirement("{fact: certificate.kind, is: none}") == ["is: is -> is_not"]
    assert requirement("{fact: certificate.level, at_least: {fact: certificate.level}}") == [
        "at_least: at_least -> more_than"
    ]


def test_together() -> None:
    two = "[{fact: veteran, is: true}, {fact: student, is: true}]"
    assert requirement(f"{{all: {two}}}")[0] == "all: all -> any"
    assert requirement("{any: [{fact: veteran, is: true}]}") == [
        "any.0.is: is -> is_not", "any.0.is: true -> false",
    ]  # fmt: skip


def test_exists_and_not() -> None:
    found = requirement("{id: post, exists: posts, where: [{fact: social_work, is: true}], at: on}")
    assert found[0] == ": exists -> not exists"
    assert requirement("{not: {fact: veteran, is: true}, id: civil}")[0] == ": drop not"
    root = tree(file("    requires: [{id: p, not: {exists: posts, at: on}}]\n    amount: 1\n"))
    made = [
        m.apply(root) for m in mutants(root) if m.change in ("drop not", "exists -> not exists")
    ]
    texts = [dump(each.entries["versions"].value) for each in made]
    assert "not:" not in texts[0]
    assert texts[1].count("not:") == 2
    # One that says `not` beside a key of what it denies cannot be taken apart.
    clash = "{not: {fact: veteran, is: true, when: {fact: student, is: true}}, when: {fact: student, is: false}}"
    assert ": drop not" not in requirement(clash)


def test_divisions() -> None:
    assert requirement('{fact: residence, within: ["330200", "330300"]}')[1:] == [
        "within.0: 330200 -> 330400", "within.0: 330200 -> 330000", "within.0: drop 330200",
        "within.1: 330300 -> 330400", "within.1: 330300 -> 330000", "within.1: drop 330300",
    ]  # fmt: skip
    assert requirement("{fact: residence, within: 宁波市}")[1:] == [
        "within: 宁波市 -> 330300", "within: 宁波市 -> 330000",
    ]  # fmt: skip
    assert requirement('{fact: residence, within: "000000"}')[1:] == []
    assert requirement('{fact: residence, within: ["330000", "000000"]}')[1:] == [
        "within.0: 330000 -> 340000", "within.0: drop 330000", "within.1: drop 000000",
    ]  # fmt: skip
    assert requirement("{fact: residence, within: {fact: hukou}}") == [
        "within: within -> not_within"
    ]
    assert requirement("{fact: residence, within: [无此地]}")[1:] == []
    # The last of its rank gives way to the first, one that is no more to one that is.
    assert requirement('{fact: residence, within: "331100"}')[1] == "within: 331100 -> 330100"
    assert requirement('{fact: residence, within: "330204"}')[1] == "within: 330204 -> 330205"


# --------------------------------------------------------------------------------- amounts


def test_amounts() -> None:
    assert amount("{cap: 1500, of: {fact: x}}")[0] == "cap: cap -> floor"
    assert amount("{sum: [1, 2]}")[0] == "sum: sum -> difference"
    assert amount("{per: 10, of: {count: posts}, rounding: up, value: 1}") == [
        "per: 10 -> 11", "per: 10 -> 9", "rounding: up -> down", "value: 1 -> 2", "value: 1 -> 0",
    ]  # fmt: skip
    assert amount("{round: {to: 1, mode: half_even}, of: 1}")[:2] == [
        "round.to: 1 -> 2", "round.to: 1 -> 0",
    ]  # fmt: skip
    assert (
        amount("{over: fees, where: [{fact: kind, is: exam}], take: sum, value: {fact: amount}}")[
            -1
        ]
        == "take: sum -> greatest"
    )
    statistic = '{statistic: average_wage, division: "330200", year: 2023}'
    assert amount(statistic) == [
        "division: 330200 -> 330300", "division: 330200 -> 330000", "year: 2023 -> 2024",
        "year: 2023 -> 2022",
    ]  # fmt: skip
    place = "{statistic: average_wage, division: {fact: residence}, year: 2023}"
    assert amount(place) == ["year: 2023 -> 2024", "year: 2023 -> 2022"]
    assert amount("{not_published: {zh: '1', en: '1'}}") == []


def test_names_are_no_keys_of_their_own() -> None:
    found = changes(
        file(more="define: {not: {fact: veteran, is: true}, all: {any: [{fact: student, is: true}]}}\n"),
        "define",
    )  # fmt: skip
    assert found == [
        "define.not.is: is -> is_not", "define.not.is: true -> false",
        "define.all.any.0.is: is -> is_not", "define.all.any.0.is: true -> false",
    ]  # fmt: skip
    found = changes(file(version=f"{VERSION}    let: {{at_least: 5, cap: {{let: at_least}}}}\n"))
    assert [c for c in found if ".let." in c] == [
        "versions.0.let.at_least: 5 -> 6", "versions.0.let.at_least: 5 -> 4",
    ]  # fmt: skip


# -------------------------------------------------------------------------- the rest of it


def paid(rule: str) -> list[str]:
    return [
        c.removeprefix("versions.0.paid_before")
        for c in changes(file(TERMS.replace("paid_before: once", f"paid_before: {rule}")), "versions.0.paid_before")
    ]  # fmt: skip


def test_paid_before() -> None:
    assert paid("difference_on_upgrade") == [": difference_on_upgrade -> once"]
    assert paid("not_stated") == [": not_stated -> once"]
    assert paid("[once, once_per_level]") == [".0: drop once", ".1: drop once_per_level"]
    assert paid("{rule: once, lifetime_cap: 6000, other_authority_bars: any}") == [
        ".rule: once -> once_per_level", ".lifetime_cap: 6000 -> 6001",
        ".lifetime_cap: 6000 -> 5999", ".other_authority_bars: any -> same_level",
    ]  # fmt: skip
    assert paid("{readings: [once, once_per_level]}") == [
        ".readings.0: drop once", ".readings.1: drop once_per_level",
    ]  # fmt: skip
    bars = "{other_authority_bars: {match: any, status: [granted, paid], kind: one_off}}"
    assert paid(bars) == [
        ".other_authority_bars.match: any -> same_level",
        ".other_authority_bars.status.0: drop granted", ".other_authority_bars.status.1: drop paid",
        ".other_authority_bars.kind: one_off -> monthly",
    ]  # fmt: skip
    assert paid("{max_times: {times: 2, per: level}}") == [
        ".max_times.times: 2 -> 3", ".max_times.times: 2 -> 1",
        ".max_times.per: level -> certificate",
    ]  # fmt: skip
    assert paid("{rule: {odd: 1}}") == [".rule.odd: 1 -> 2", ".rule.odd: 1 -> 0"]
    assert paid("[{odd: 1}]") == []


def test_rhythm_window_status_strength() -> None:
    more = """\
    rhythm: {counts: whole_month, starts: next_month, term_months: 36, paid_every: 6}
    application: {until: 2024-03-31, documents: {all: [{zh: 表, en: '1'}]}, clause: "1"}
    status: [{status: draft, until: 2023-12-31, note: {zh: 稿, en: '1'}}]
    figures: [{kind: mean, value: 5}]
"""
    found = changes(file(version=VERSION + more))
    assert [c for c in found if any(w in c for w in ("rhythm", "application", "status", "figures"))] == [
        "versions.0.rhythm.counts: whole_month -> first_day",
        "versions.0.rhythm.starts: next_month -> next_january",
        "versions.0.rhythm.term_months: 36 -> 37", "versions.0.rhythm.term_months: 36 -> 35",
        "versions.0.application.until: 2024-03-31 -> 2024-04-01",
        "versions.0.application.until: 2024-03-31 -> 2024-03-30",
        "versions.0.status: drop status",
        "versions.0.status.0.status: draft -> superseded",
        "versions.0.status.0.until: 2023-12-31 -> 2024-01-01",
        "versions.0.status.0.until: 2023-12-31 -> 2023-12-30",
    ]  # fmt: skip
    assert requirement("{fact: veteran, is: true, strength: target}")[-1] == (
        "strength: target -> must"
    )
    assert requirement("{fact: veteran, is: true, strength: must}")[-1] == (
        "strength: must -> guidance"
    )
    assert requirement("{fact: veteran, is: true, strength: [must]}")[-1] == "is: true -> false"
    guide = file(head=HEAD.replace("per: best", "per: best, strength: guidance"))
    assert changes(guide, "benefit") == ["benefit.per: best -> each"]


def test_relations() -> None:
    more = (
        "relations:\n  - {overrides: x/b, where: {fact: veteran, is: true}}\n"
        "  - {implements: x/c}\n"
    )
    assert changes(file(more=more), "relations") == [
        "relations.0: drop overrides", "relations.0.where.is: is -> is_not",
        "relations.0.where.is: true -> false",
    ]  # fmt: skip


def test_a_confirmation_matters_only_without_an_end() -> None:
    ended = FORCE.replace("until: not_stated", "until: 2024-12-31") + SOURCES
    assert not [c for c in changes(file(version=ended)) if "last_confirmed" in c]


def test_a_file_about_nobody_has_none() -> None:
    assert changes("subject: nobody\napplies_in: '330200'\n") == []
    assert changes("applies_in: '330200'\n") == []


def test_broken_places_are_passed_over() -> None:
    odd = file(
        "    requires: [5, [6], {exists: odd}, {fact: certificate.level, one_of: [[a]]}]\n"
    ).replace("versions:\n", "versions:\n  - 7\n", 1)
    assert "versions.0: 7 -> 8" in changes(odd)


def test_what_does_not_load_is_told_apart() -> None:
    root = terms_of(tree(file()))
    loaded = [load(m.apply(root), "x/a", "a.yaml") is not None for m in mutants(root)]
    assert all(loaded)
    one = terms_of(tree(file(TERMS.replace("[assistant, social_worker]", "[assistant]"))))
    again = {m.change: load(m.apply(one), "x/a", "a") is not None for m in mutants(one)}
    assert again["assistant -> social_worker"] is True
    down = terms_of(tree(file(TERMS.replace("2000", "0"))))
    assert [m.change for m in mutants(down) if load(m.apply(down), "x/a", "a") is None] == [
        "0 -> -1"
    ]
