"""``sgincentive check``: exit status, the JSON of the contract, and how the answer looks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import sgincentive
from tests.cli.command_line import PROJECT, RULE, SOURCE, STATION, WORKER, Run, process

NINGBO = "zhejiang/ningbo/exam-reward"
TAIZHOU = "zhejiang/taizhou/certificate-reward"
HOUSING = "zhejiang/settlement-and-housing"
PROCUREMENT = "heilongjiang/qitaihe/procurement"
STAFFING = "heilongjiang/qitaihe/station-staffing"
ELSEWHERE = WORKER.replace('exam_division: "330203"', 'exam_division: "330600"')
MONEY = re.compile(r"[0-9]+\.[0-9]{2}")
OUTCOMES = {
    "eligible", "ineligible", "undetermined", "compliant", "non_compliant", "not_in_force"
}  # fmt: skip


def by_the_month(rule: str) -> str:
    """The rule of a reward as one of 200 a month."""
    monthly = rule.replace("kind: one_off", "kind: monthly").replace("amount: 1000", "amount: 200")
    return monthly.replace("    paid_before: once\n", "")


def answer(run: Run, profile: str, *more: str) -> dict[str, Any]:
    ran = run("check", "-", "--json", *more, stdin=profile.encode())
    assert ran.err == ""
    data: dict[str, Any] = json.loads(ran.out)
    return data


# ------------------------------------------------------------------ exit status

STATUS: dict[str, tuple[str, list[str], int]] = {
    "eligible": (WORKER, [NINGBO], 0),
    "ineligible": (ELSEWHERE, [NINGBO], 1),
    "undetermined": (WORKER.replace("    establishment: contract\n", ""), [NINGBO], 3),
    "not in force": (WORKER.replace("exam_year: 2024", "exam_year: 2023"), [NINGBO], 1),
    "compliant": (PROJECT, [PROCUREMENT], 0),
    "non-compliant": (PROJECT.replace("professionals: 3", "professionals: 2"), [PROCUREMENT], 1),
    "one eligible, one ineligible": (WORKER, [NINGBO, TAIZHOU], 1),
    "one eligible, one undetermined": (WORKER, [NINGBO, HOUSING], 3),
    "one ineligible, one undetermined": (WORKER, [TAIZHOU, HOUSING], 1),
    "none named, one undetermined": (WORKER, [], 0),
    "none named, one non-compliant": (PROJECT.replace("wages: 240000", "wages: 1"), [], 0),
}  # fmt: skip


@pytest.mark.parametrize("case", STATUS)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_exit_status(case: str, form: list[str], run: Run) -> None:
    profile, schemes, status = STATUS[case]
    named = [word for id in schemes for word in ("--scheme", id)]
    ran = run("check", "-", *named, *form, stdin=profile.encode())
    assert ran.status == status, ran
    assert ran.out
    assert ran.err == ""


@pytest.mark.parametrize("case", STATUS)
def test_json_agrees_with_the_exit_status(case: str, run: Run) -> None:
    profile, schemes, status = STATUS[case]
    named = [word for id in schemes for word in ("--scheme", id)]
    data = answer(run, profile, *named)
    outcomes = {d["outcome"] for d in data["decisions"]}
    if schemes:
        assert [d["scheme"] for d in data["decisions"]] == schemes
        refused = outcomes & {"ineligible", "non_compliant", "not_in_force"}
        assert status == (1 if refused else 3 if "undetermined" in outcomes else 0)


def test_the_date_decides(run: Run) -> None:
    """A day after the window closes; the profile's own date would still lie in it."""
    late = WORKER.replace("applied: 2025-01-10\n", "")
    given = ["--scheme", NINGBO]
    assert run("check", "-", *given, "--on", "2025-02-28", stdin=late.encode()).status == 0
    assert run("check", "-", *given, "--on", "2025-03-01", stdin=late.encode()).status == 1


def test_terms_not_confirmed_lately_are_undetermined(run: Run) -> None:
    given = ["--scheme", PROCUREMENT, "--on", "2026-01-01"]
    assert run("check", "-", *given, stdin=PROJECT.encode()).status == 0
    given += ["--confirmed-within", "12m"]
    assert run("check", "-", *given, stdin=PROJECT.encode()).status == 3


# ------------------------------------------------------------------ JSON

TOP = {"subject": str, "on": str, "engine": str, "decisions": list, "best_combination": dict}
DECISION: dict[str, Any] = {
    "scheme": str,
    "version": str | None,
    "outcome": str,
    "status": str | None,
    "standing": str | None,
    "last_confirmed": str | None,
    "benefit": dict,
    "entitled": dict | None,
    "overpaid": str | int | float | None,
    "schedule": list | None,
    "claims": list,
    "certificate": dict | None,
    "requirements": list,
    "missing": list,
    "open_text": list,
    "unclear": list,
    "sources": list,
    "rule_digest": str,
}
REQUIREMENT: dict[str, Any] = {
    "id": str,
    "holds": bool | None,
    "unknown_because": str | None,
    "strength": str,
    "found": object,
    "demanded": object,
    "short_by": object,
    "clause": str | None,
    "text": dict,
}


def assert_shape(data: dict[str, Any], shape: dict[str, Any]) -> None:
    assert set(shape) <= set(data)
    for key, kind in shape.items():
        assert isinstance(data[key], kind), (key, data[key])


def assert_money(value: object) -> None:
    assert value is None or (isinstance(value, str) and MONEY.fullmatch(value)), value


PROFILES = {"worker": WORKER, "project": PROJECT, "station": STATION}


@pytest.mark.parametrize("kind", PROFILES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_has_the_shape_of_the_contract(kind: str, lang: str, run: Run) -> None:
    data = answer(run, PROFILES[kind], "--all", "--lang", lang, "--on", "2025-01-10")
    assert_shape(data, TOP)
    assert data["subject"] == kind
    assert data["on"] == "2025-01-10"
    assert data["engine"] == sgincentive.__version__
    assert data["decisions"]
    for decision in data["decisions"]:
        assert_shape(decision, DECISION)
        assert decision["outcome"] in OUTCOMES
        assert decision["standing"] in ("confirmed", "presumed", None)
        assert re.fullmatch(r"sha256:[0-9a-f]{64}", decision["rule_digest"])
        benefit = decision["benefit"]
        assert {"kind", "unit", "min", "max", "published"} <= set(benefit)
        if benefit["unit"] == "CNY":
            assert_money(benefit["min"])
            assert_money(benefit["max"])
        if benefit["kind"] in ("entitlement", "verdict") or decision["outcome"] == "not_in_force":
            assert (benefit["min"], benefit["max"]) == (None, None)
        elif decision["outcome"] == "ineligible" and benefit["unit"] == "CNY":
            assert (benefit["min"], benefit["max"]) == ("0.00", "0.00")
        if benefit["unit"] == "CNY":
            assert_money(decision["overpaid"])
        else:
            assert not isinstance(decision["overpaid"], str)
        for claim in decision["claims"]:
            assert {"certificate", "outcome", "min", "max"} <= set(claim)
        for requirement in decision["requirements"]:
            assert_shape(requirement, REQUIREMENT)
            assert set(requirement["text"]) == {"zh", "en"}
            assert (requirement["holds"] is None) == (requirement["unknown_because"] is not None)
        for entry in decision["missing"]:
            assert {"fact", "affects", "question"} <= set(entry)
            assert entry["affects"] in ("outcome", "amount")
            assert set(entry["question"]) == {"zh", "en"}
        for source in decision["sources"]:
            assert {"title", "url", "kind"} <= set(source)
        if decision["outcome"] == "undetermined":
            named = decision["missing"] or decision["open_text"] or decision.get("to_confirm")
            assert named, f"{decision['scheme']} names no cause"
    best = data["best_combination"]
    assert_shape(best, {"schemes": list, "min": str, "max": str | None, "apart": list, "why": list})
    assert_money(best["min"])
    assert_money(best["max"])


def test_the_example_of_the_contract(run: Run) -> None:
    data = answer(run, WORKER, "--scheme", NINGBO)
    (decision,) = data["decisions"]
    expected: dict[str, Any] = {
        "scheme": NINGBO,
        "version": "2024",
        "outcome": "eligible",
        "status": None,
        "standing": "confirmed",
        "last_confirmed": "2025-01",
        "benefit": {
            "kind": "one_off", "unit": "CNY", "min": "3000.00", "max": "3000.00",
            "published": True,
        },
        "entitled": {"min": "3000.00", "max": "3000.00"},
        "overpaid": "0.00",
        "schedule": None,
        "missing": [],
        "open_text": [],
    }  # fmt: skip
    assert {key: decision[key] for key in expected} == expected
    assert decision["certificate"].items() >= {"level": "social_worker", "exam_year": 2024}.items()
    (claim,) = decision["claims"]
    assert (claim["outcome"], claim["min"], claim["max"]) == ("eligible", "3000.00", "3000.00")
    place = next(r for r in decision["requirements"] if r["id"] == "exam-division")
    assert (place["holds"], place["strength"], place["found"]) == (True, "must", "330203")
    best = data["best_combination"]
    assert (best["schemes"], best["min"], best["max"]) == ([NINGBO], "3000.00", "3000.00")


def test_a_missing_fact_is_asked_for(run: Run) -> None:
    profile = WORKER.replace("    establishment: contract\n", "")
    (decision,) = answer(run, profile, "--scheme", NINGBO)["decisions"]
    assert decision["outcome"] == "undetermined"
    assert [m["fact"] for m in decision["missing"]] == ["post.establishment"]
    assert decision["missing"][0]["affects"] == "outcome"
    assert (decision["benefit"]["min"], decision["benefit"]["max"]) == ("0.00", "3000.00")


def test_a_share_says_what_it_found_and_what_is_short(run: Run) -> None:
    profile = PROJECT.replace("wages: 240000", "wages: 228000")
    (decision,) = answer(run, profile, "--scheme", PROCUREMENT)["decisions"]
    share = next(r for r in decision["requirements"] if r["id"] == "labour-cost-share")
    assert share["holds"] is False
    assert set(share["found"]) == {"numerator", "denominator", "percent"}
    assert set(share["short_by"]) == {"share", "units", "unit"}
    assert share["short_by"]["unit"] == "CNY"
    assert share["short_by"]["units"] == "12000.00"


def test_a_share_is_never_rounded_onto_the_limit(run: Run) -> None:
    profile = PROJECT.replace("wages: 240000", "wages: 239999.99")
    (decision,) = answer(run, profile, "--scheme", PROCUREMENT)["decisions"]
    share = next(r for r in decision["requirements"] if r["id"] == "labour-cost-share")
    assert share["holds"] is False
    assert float(str(share["found"]["percent"]).rstrip("%")) < 60


def test_a_period_gives_a_schedule_of_months(run: Run, tmp_path: Path) -> None:
    rule = by_the_month(RULE)
    (tmp_path / "monthly.yaml").write_text(rule)
    given = ["--rules", str(tmp_path), "--scheme", "monthly"]
    (decision,) = answer(run, WORKER, *given, "--from", "2024-11", "--to", "2025-02")["decisions"]
    assert [row["month"] for row in decision["schedule"]] == [
        "2024-11", "2024-12", "2025-01", "2025-02",
    ]  # fmt: skip
    (decision,) = answer(run, WORKER, *given)["decisions"]
    assert decision["schedule"] is None


def test_a_named_scheme_shows_its_schedule(run: Run, tmp_path: Path) -> None:
    rule = by_the_month(RULE)
    (tmp_path / "monthly.yaml").write_text(rule)
    given = ["check", "-", "--rules", tmp_path, "--scheme", "monthly", "--lang", "en"]
    period = ["--from", "2024-11", "--to", "2025-01"]
    out = run(*given, *period, stdin=WORKER.encode()).out
    shown = [
        "2024-11: CNY 0.00; not met: holds a social worker certificate",
        "2024-12 to 2025-01: CNY 200.00 a month, 2 months; the month counts",
    ]
    assert out.splitlines()[-2:] == shown
    assert not set(shown) & set(run(*given, stdin=WORKER.encode()).out.splitlines())


def test_months_that_are_over_are_still_due(run: Run, tmp_path: Path) -> None:
    """Asked after the last month that counts, about a period before it."""
    rule = by_the_month(RULE)
    over = "requires:\n      - {id: over, day: on, before: 2025-02-01}\n"
    (tmp_path / "monthly.yaml").write_text(rule.replace("requires:\n", over))
    given = ["--rules", str(tmp_path), "--from", "2025-01", "--to", "2025-03", "--on", "2025-04-01"]
    found = answer(run, WORKER, *given)
    (decision,) = (d for d in found["decisions"] if d["scheme"] == "monthly")
    assert decision["outcome"] == "ineligible"
    assert "monthly" in found["best_combination"]["schemes"]
    out = run("check", "-", *given, "--lang", "en", stdin=WORKER.encode()).out
    due = out.split("\n\n")[0]
    assert due.startswith("What you get")
    assert "monthly 2025-04-01 not eligible" in due
    assert "2025-01: CNY 200.00" in due


def test_the_word_of_an_office_is_taken(run: Run) -> None:
    unregistered = WORKER.replace("    registered: 2024-12-20\n", "")
    for word, status in (("", 3), ("true", 0)):
        said = f"confirmed: {{{NINGBO}: {{qualification-review: {word}}}}}\n" if word else ""
        ran = run("check", "-", "--scheme", NINGBO, stdin=(unregistered + said).encode())
        assert (ran.status, ran.err) == (status, "")


def test_the_word_of_an_office_on_an_amount_is_taken(run: Run) -> None:
    scheme = "guangdong/shuangbai-station-funding"
    words = "{project-approved: true, old-revolutionary-county: true}"
    station = (
        'subject: station\ndivision: "441427"\nkind: township_station\nreceived: []\n'
        f"confirmed: {{{scheme}: {words}}}\n"
    )
    ran = run("check", "-", "--scheme", scheme, "--on", "2017-08-01", stdin=station.encode())
    assert (ran.status, ran.err) == (0, "")
    assert "150,000.00" in ran.out


def test_the_package_runs_as_a_module() -> None:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [sys.executable, "-m", "sgincentive", "check", "-", "--scheme", NINGBO],
        input=WORKER.encode(), env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert "3,000.00" in done.stdout.decode()


def test_a_scheme_named_twice_is_answered_once(run: Run) -> None:
    data = answer(run, WORKER, "--scheme", NINGBO, "--scheme", NINGBO)
    assert [d["scheme"] for d in data["decisions"]] == [NINGBO]


# ------------------------------------------------------------------ what is checked


def test_only_the_schemes_of_the_places_named(run: Run) -> None:
    ids = {d["scheme"] for d in answer(run, WORKER)["decisions"]}
    assert {NINGBO, HOUSING} <= ids
    assert all(re.match("national/|zhejiang/[^/]+$|zhejiang/ningbo/", id) for id in ids)
    every = {d["scheme"] for d in answer(run, WORKER, "--all")["decisions"]}
    assert ids | {TAIZHOU, "anhui/hefei/exam-subsidy"} <= every
    assert PROCUREMENT not in every


def test_a_place_without_rules_is_said_so(run: Run) -> None:
    profile = "subject: station\ndivision: 拉萨市\n"
    ran = run("check", "-", "--lang", "en", stdin=profile.encode())
    assert ran.status == 0
    assert "does not mean that nothing is due" in ran.out.replace("\n", " ")
    ids = [d["scheme"] for d in answer(run, profile)["decisions"]]
    assert all(id.startswith("national/") for id in ids)


def test_file_and_standard_input_give_the_same(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "worker.yaml"
    path.write_text(WORKER)
    assert run("check", path) == run("check", "-", stdin=WORKER.encode())


def test_json_and_chinese_names_are_read(run: Run) -> None:
    same = json.dumps(
        {"对象": "worker", "证书": [{"证书级别": "中级", "考试年度": 2024}], "hukou": "宁波市"}
    )
    (decision,) = answer(run, same, "--scheme", NINGBO)["decisions"]
    assert decision["claims"][0]["certificate"] == {"level": "social_worker", "exam_year": 2024}


def test_a_byte_order_mark_is_no_problem(run: Run) -> None:
    assert run("check", "-", stdin=b"\xef\xbb\xbf" + WORKER.encode()).status == 0


# ------------------------------------------------------------------ other rule folders


def test_a_folder_adds_and_replaces_by_id(run: Run, tmp_path: Path) -> None:
    (tmp_path / "zhejiang" / "ningbo").mkdir(parents=True)
    (tmp_path / f"{NINGBO}.yaml").write_text(RULE.replace("amount: 1000", "amount: 7"))
    (tmp_path / "extra.yaml").write_text(RULE.replace("amount: 1000", "amount: 8"))
    data = answer(run, WORKER, "--rules", str(tmp_path))
    amounts = {d["scheme"]: d["benefit"]["max"] for d in data["decisions"]}
    assert amounts.items() >= {NINGBO: "7.00", "extra": "8.00", HOUSING: None}.items()


def test_the_last_folder_wins(run: Run, tmp_path: Path) -> None:
    for name, amount in (("one", 1), ("two", 2)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.yaml").write_text(RULE.replace("amount: 1000", f"amount: {amount}"))
    folders = ["--rules", str(tmp_path / "one"), "--rules", str(tmp_path / "two")]
    (decision,) = answer(run, WORKER, *folders, "--scheme", "x")["decisions"]
    assert decision["benefit"]["max"] == "2.00"
    folders = ["--rules", str(tmp_path / "two"), "--rules", str(tmp_path / "one")]
    (decision,) = answer(run, WORKER, *folders, "--scheme", "x")["decisions"]
    assert decision["benefit"]["max"] == "1.00"


BROKEN = RULE.replace("amount: 1000", "amount: 1e3")


@pytest.mark.parametrize(
    "text",
    [
        BROKEN.replace('applies_in: "330200"', 'applies_in: "620100"'),
        BROKEN.replace('applies_in: "330200"', 'applies_in: ["620100", "620200"]'),
        BROKEN.replace("subject: worker", "subject: station"),
    ],
)
def test_a_broken_file_that_cannot_concern_the_profile_only_warns(
    text: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "broken.yaml").write_text(text)
    ran = run("check", "-", "--rules", tmp_path, "--json", "--lang", "en", stdin=WORKER.encode())
    assert ran.status == 0
    assert "were left out" in ran.err
    assert "broken.yaml:15:13" in ran.err
    assert NINGBO in {d["scheme"] for d in json.loads(ran.out)["decisions"]}


@pytest.mark.parametrize(
    "text",
    [
        BROKEN,
        BROKEN.replace('applies_in: "330200"', 'applies_in: "330000"'),
        BROKEN.replace('applies_in: "330200"', 'applies_in: "330203"'),
        BROKEN.replace('applies_in: "330200"', 'applies_in: "999999"'),
        BROKEN.replace('applies_in: "330200"\n', ""),
        BROKEN.replace("subject: worker", "subject: werker"),
        "title: [\n",
    ],
)
def test_a_broken_file_that_could_concern_the_profile_stops_it(
    text: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "broken.yaml").write_text(text)
    ran = run("check", "-", "--rules", tmp_path, stdin=WORKER.encode())
    assert (ran.status, ran.out) == (2, "")
    assert "broken.yaml:" in ran.err


def test_a_broken_file_that_is_named_stops_it(run: Run, tmp_path: Path) -> None:
    text = BROKEN.replace('applies_in: "330200"', 'applies_in: "620100"')
    (tmp_path / "broken.yaml").write_text(text)
    ran = run("check", "-", "--rules", tmp_path, "--scheme", "broken", stdin=WORKER.encode())
    assert (ran.status, ran.out) == (2, "")
    assert "broken.yaml:15:13" in ran.err


def test_all_asks_every_place_so_every_broken_file_stops_it(run: Run, tmp_path: Path) -> None:
    text = BROKEN.replace('applies_in: "330200"', 'applies_in: "620100"')
    (tmp_path / "broken.yaml").write_text(text)
    assert run("check", "-", "--rules", tmp_path, "--all", stdin=WORKER.encode()).status == 2


def test_an_alias_names_the_scheme(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text(RULE + "aliases: [old/place]\n")
    (decision,) = answer(run, WORKER, "--rules", str(tmp_path), "--scheme", "old/place")[
        "decisions"
    ]
    assert decision["scheme"] == "new"


def test_an_alias_of_another_place_names_the_scheme(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also among the shipped rules, of which only those of the profile's places are read."""
    monkeypatch.setattr("sgincentive.cli.check.shipped_rules", lambda: tmp_path)
    rule = RULE.replace('applies_in: "330200"', 'applies_in: "620100"')
    (tmp_path / "new.yaml").write_text(rule + "aliases: [old/place]\n")
    (decision,) = answer(run, WORKER, "--scheme", "old/place")["decisions"]
    assert decision["scheme"] == "new"


# ------------------------------------------------------------------ for people


def test_what_is_due_stands_first_then_what_is_open(run: Run) -> None:
    out = run("check", "-", "--lang", "en", stdin=WORKER.encode()).out
    assert out.startswith("What you get  Sum CNY 3,000.00  (2025-01-10)")
    assert "apply by 2025-02-28" in out
    assert out.index("What you get") < out.index("Not decided yet")
    assert "[honours]" in out, "the fact to supply is named"


def test_the_same_in_chinese(run: Run) -> None:
    out = run("check", "-", stdin=WORKER.encode()).out
    assert out.startswith("可以得到  合计 3,000.00 元  (2025-01-10)")
    assert "申请截止 2025-02-28" in out
    assert out.index("可以得到") < out.index("尚不能确定")


def test_what_does_not_apply_says_why(run: Run) -> None:
    out = run("check", "-", "--lang", "en", stdin=ELSEWHERE.encode()).out
    head, _, rest = out.partition("Does not apply")
    assert NINGBO not in head
    assert "because" in rest
    assert "exam registration was checked is in Ningbo" in " ".join(rest.split())


def test_the_language_can_stand_anywhere(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    english = run("check", "-", "--lang", "en", stdin=WORKER.encode())
    assert run("--lang", "en", "check", "-", stdin=WORKER.encode()) == english
    assert run("check", "--lang=en", "-", stdin=WORKER.encode()) == english
    monkeypatch.setenv("SGINCENTIVE_LANG", "en")
    assert run("check", "-", stdin=WORKER.encode()) == english


COMMANDS: dict[str, list[str]] = {
    "check": ["check", "-"],
    "check all": ["check", "-", "--all"],
    "check one": ["check", "-", "--scheme", NINGBO],
    "check two": ["check", "-", "--scheme", HOUSING, "--scheme", TAIZHOU],
    "schemes": ["schemes"],
    "show": ["show", NINGBO],
    "help": ["--help"],
    "help of check": ["check", "--help"],
    "help of schemes": ["schemes", "--help"],
    "help of show": ["show", "--help"],
}


# The schemes that COMMANDS names are about workers.
ASKED = [(case, "worker") for case in COMMANDS] + [
    (case, "project") for case, words in COMMANDS.items() if "--scheme" not in words
]


@pytest.mark.parametrize(("case", "subject"), ASKED)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_80_columns_and_no_colours_in_a_pipe(case: str, lang: str, subject: str, run: Run) -> None:
    profile = WORKER if subject == "worker" else PROJECT
    ran = run("--lang", lang, *COMMANDS[case], "--lang", lang, stdin=profile.encode()) \
        if "--help" not in COMMANDS[case] else run("--lang", lang, *COMMANDS[case])  # fmt: skip
    assert ran.status in (0, 1, 3)
    assert "\x1b" not in ran.out
    for line in ran.out.splitlines():
        assert cell_len(line) <= 80, line
        assert line == line.rstrip(), f"blanks at the end of {line!r}"


def test_a_process_writes_no_colours_to_a_pipe() -> None:
    child = process("check", "-", "--scheme", NINGBO, stdin=-1)
    out, err = child.communicate(WORKER.encode(), timeout=60)
    assert (child.returncode, err) == (0, b"")
    assert b"\x1b" not in out
    assert out.decode().startswith("宁波市")


def test_nothing_of_the_profile_is_kept(run: Run, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "worker.yaml").write_text(WORKER)
    run("check", "worker.yaml")
    assert [path.name for path in tmp_path.iterdir()] == ["worker.yaml"]


# ----------------------------------------------------------------------- drafts

NANHAI = "guangdong/foshan/nanhai/wage-guide"
IN_NANHAI = """\
subject: worker
certificates: [{level: social_worker, exam_year: 2010, obtained: 2010-10-01}]
posts: [{role: agency_social_worker, division: "440605", start: 2010-01-01, end: null, social_work: true}]
received: []
"""


def test_a_draft_is_asked_for_by_name(run: Run) -> None:
    given = ["--on", "2011-09-01", "--scheme", NANHAI]
    (silent,) = answer(run, IN_NANHAI, *given)["decisions"]
    assert (silent["outcome"], silent["status"]) == ("not_in_force", "draft")
    assert silent["status_text"] == {"zh": "征求意见稿", "en": "a draft"}
    data = answer(run, IN_NANHAI, *given, "--drafts")
    (told,) = data["decisions"]
    assert (told["outcome"], told["status"]) == ("eligible", "draft")
    assert (told["benefit"]["min"], told["benefit"]["max"]) == ("6000.00", "7000.00")
    assert "不构成任何应得权利" in told["status_text"]["zh"]
    assert "gives no claim" in told["status_text"]["en"]
    best = data["best_combination"]
    assert best["schemes"] == []
    assert [each["scheme"] for each in best["apart"]] == [NANHAI]
    assert run("check", "-", *given, stdin=IN_NANHAI.encode()).status == 1
    assert run("check", "-", *given, "--drafts", stdin=IN_NANHAI.encode()).status == 0


@pytest.mark.parametrize(
    ("lang", "head", "said", "claim", "presumed"),
    [
        ("zh", "仅为征求意见稿，不构成应得", "不计入合计: 征求意见稿，不构成应发待遇",
         "不构成任何应得权利", "推定"),
        ("en", "In a draft only, which gives no claim", "not in the sum: a draft, which gives no claim",
         "it gives no claim", "resumed"),
    ],
)  # fmt: skip
def test_a_draft_in_words(
    lang: str, head: str, said: str, claim: str, presumed: str, run: Run
) -> None:
    given = ["check", "-", "--on", "2011-09-01", "--lang", lang, "--drafts"]
    listed = run(*given, stdin=IN_NANHAI.encode()).out
    assert head in listed
    (part,) = [p for p in listed.split("\n\n") if head in p]
    assert NANHAI in part
    assert said in part
    assert "6,000.00–7,000.00" in part
    assert presumed not in part
    whole = run(*given, "--scheme", NANHAI, stdin=IN_NANHAI.encode()).out
    assert claim in whole
    assert presumed not in whole
