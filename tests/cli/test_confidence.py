"""How good the sources of an answer are, and leaving out those that rest on weaker ones."""

from __future__ import annotations

import json
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import sgincentive as sg
from sgincentive.schemes.model import CONFIDENCE
from tests.cli.command_line import RULE, WORKER, Run

NINGBO = "zhejiang/ningbo/exam-reward"
PROFILE: dict[str, Any] = {
    "subject": "worker",
    "certificates": [{"level": "assistant", "obtained": "2024-12-05"}],
    "posts": [],
    "residence": "330200",
    "received": [],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A rule file for each kind of source, and one whose older version rests on a better one."""
    home = tmp_path / "rules" / "x" / "y"
    home.mkdir(parents=True)
    for kind in CONFIDENCE:
        name = kind.replace("_", "-")
        (home / f"{name}.yaml").write_text(RULE.replace("kind: repost", f"kind: {kind}"), "utf-8")
    older = (
        "  - from: 2020-01-01\n    until: 2023-12-31\n"
        "    sources: [{title: 旧通知, kind: official_text, url: 'http://example.org/'}]\n"
        "    requires:\n      - {fact: certificate.level, one_of: [assistant]}\n"
        "    amount: 500\n    paid_before: once\n"
    )
    text = RULE.replace("versions:\n", f"versions:\n{older}")
    (home / "two-versions.yaml").write_text(text, "utf-8")
    by_year = text.replace(
        "from: 2020-01-01\n    until: 2023-12-31",
        "from: 2020\n    until: 2023\n    selected_by: exam_year",
    )
    by_year = by_year.replace("from: 2024-01-01\n", "from: 2024\n    selected_by: exam_year\n")
    (home / "by-year.yaml").write_text(by_year, "utf-8")
    return tmp_path / "rules"


def sure(folder: Path, on: str, minimum: Any) -> list[str]:
    worker = sg.Worker.model_validate(PROFILE)
    found = sg.load_rules(folder).check(worker, date.fromisoformat(on), min_confidence=minimum)
    return [d.scheme.id.removeprefix("x/y/") for d in found]


@pytest.mark.parametrize(
    ("minimum", "kept"),
    [
        ("official_text", ["official-text"]),
        ("official_news", ["official-news", "official-text"]),
        ("media", ["media", "official-news", "official-text"]),
        ("repost", ["by-year", "media", "official-news", "official-text", "repost", "two-versions"]),
        ("training_site", ["by-year", "media", "official-news", "official-text", "repost", "training-site", "two-versions"]),
    ],
)  # fmt: skip
def test_weaker_sources_are_left_out(folder: Path, minimum: str, kept: list[str]) -> None:
    assert sure(folder, "2025-01-10", minimum) == kept


def test_the_version_that_answers_counts(folder: Path) -> None:
    worker = sg.Worker.model_validate(PROFILE)
    rules = sg.load_rules(folder)
    two = rules["x/y/two-versions"]
    assert two.check(worker, date(2025, 1, 10)).confidence == "repost"
    assert two.check(worker, date(2023, 1, 10)).confidence == "official_text"
    assert two.check(worker, date(2019, 1, 10)).confidence == "official_text", "the nearest one"
    both = rules["x/y/by-year"].check(worker, date(2025, 1, 10))
    assert (both.version, both.confidence) == (None, "repost"), (
        "the weakest of those that may answer"
    )


def test_a_source_for_a_part_of_the_terms_makes_nothing_surer(run: Run, folder: Path) -> None:
    rule = folder / "x" / "y" / "repost.yaml"
    text = rule.read_text("utf-8")
    surer = (
        "{title: 目录, kind: official_text, url: 'http://example.org/', "
        "only_for: {zh: 文号, en: the number}}, {title"
    )
    rule.write_text(text.replace("sources: [{title", f"sources: [{surer}"), "utf-8")
    assert "repost" in sure(folder, "2025-01-10", "repost")
    assert "repost" not in sure(folder, "2025-01-10", "media")
    shown = run("show", "x/y/repost", "--rules", folder)
    assert "目录 · http://example.org/（仅：文号）" in shown.out


def test_the_quick_answer_is_left_out_like_the_whole_one(folder: Path) -> None:
    worker = sg.Worker.model_validate(PROFILE)
    (quick,) = [d for d in sg.load_rules(folder).check(worker) if d.scheme.id == "x/y/media"]
    assert quick.confidence == "media"
    assert pickle.loads(pickle.dumps(quick)).confidence == "media"


def test_the_command_says_what_is_left_out(run: Run, tmp_path: Path) -> None:
    profile = tmp_path / "worker.yaml"
    profile.write_text(WORKER, "utf-8")
    data = json.loads(run("check", profile, "--min-confidence", "official_news", "--json").out)
    assert {"scheme": NINGBO, "confidence": "repost"} in data["left_out"]
    assert NINGBO not in [d["scheme"] for d in data["decisions"]]
    assert NINGBO not in data["best_combination"]["schemes"]
    out = run("check", profile, "--min-confidence", "official_news", "--lang", "en").out
    assert "Left out, the sources are weaker: " in out
    assert f"{NINGBO} (repost)" in " ".join(out.split())


def test_every_decision_says_how_good_its_sources_are(run: Run, tmp_path: Path) -> None:
    profile = tmp_path / "worker.yaml"
    profile.write_text(WORKER, "utf-8")
    data = json.loads(run("check", profile, "--json").out)
    assert data["left_out"] == []
    assert {d["scheme"]: d["confidence"] for d in data["decisions"]}[NINGBO] == "repost"
    assert "    rests on: repost" in run("check", profile, "--lang", "en").out
    assert "来源：转载" in run("check", profile, "--scheme", NINGBO).out


def test_a_named_scheme_that_is_left_out_is_not_decided(run: Run, tmp_path: Path) -> None:
    profile = tmp_path / "worker.yaml"
    profile.write_text(WORKER, "utf-8")
    ran = run("check", profile, "--scheme", NINGBO, "--min-confidence", "official_text", "--json")
    assert (ran.status, json.loads(ran.out)["decisions"]) == (3, [])


def test_a_kind_of_source_that_nobody_knows(run: Run, tmp_path: Path) -> None:
    profile = tmp_path / "worker.yaml"
    profile.write_text(WORKER, "utf-8")
    ran = run("check", profile, "--min-confidence", "official", "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert "official_text, official_news, media, repost, training_site" in ran.err
    far = run("check", profile, "--min-confidence", "zzzzzzzz", "--lang", "en")
    assert "did you mean" not in far.err
