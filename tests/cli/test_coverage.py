"""``sgincentive coverage``, and what ``check`` says of the places of a profile."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command_line import RULE, WORKER, Run


def test_all_records_as_json(run: Run) -> None:
    ran = run("coverage", "--json")
    assert (ran.status, ran.err) == (0, "")
    data = json.loads(ran.out)
    assert len(data["records"]) == 269
    record = next(r for r in data["records"] if r["record"] == "ningbo.certificate_reward.2024")
    assert record == {
        "record": "ningbo.certificate_reward.2024",
        "state": "encoded",
        "files": ["zhejiang/ningbo/exam-reward.yaml"],
        "why": None,
    }
    assert {d["state"] for d in data["divisions"]} <= {"encoded", "no_computable_terms"}
    assert sum(data["counts"].values()) > 3000


def test_one_place_as_json(run: Run) -> None:
    data = json.loads(run("coverage", "--in", "宁波", "--json").out)
    codes = [d["division"] for d in data["divisions"]]
    assert codes[:3] == ["000000", "330000", "330200"]
    assert "330203" in codes
    states = {d["division"]: d["state"] for d in data["divisions"]}
    assert states["330200"] == "encoded"
    assert "ningbo.certificate_reward.2024" in {r["record"] for r in data["records"]}
    assert "taizhou.certificate_reward" not in {r["record"] for r in data["records"]}


def test_one_place_for_people(run: Run) -> None:
    out = run("coverage", "--in", "330200", "--lang", "en").out
    assert "浙江省宁波市 (330200): encoded\n  zhejiang/ningbo/" in out
    assert "\n  zhejiang/ningbo/exam-reward\n" in out
    assert "海曙区" in out[out.index("nothing on record") :]
    assert out.endswith("Nothing on record does not mean that nothing is due.\n")


def test_the_whole_country_for_people(run: Run) -> None:
    out = run("coverage").out
    assert out.startswith("共 269 条记录：")
    assert "浙江省：已收录 " in out
    assert out.endswith("没有记录不等于没有待遇。\n")


def test_own_rules_count_too(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "rules" / "x" / "y"
    home.mkdir(parents=True)
    (home / "a.yaml").write_text(RULE.replace('"330200"', '"330203"'), "utf-8")
    data = json.loads(
        run("coverage", "--in", "330203", "--rules", tmp_path / "rules", "--json").out
    )
    assert data["divisions"][-1] == {
        "division": "330203",
        "name": "浙江省宁波市海曙区",
        "state": "encoded",
        "schemes": ["x/y/a"],
        "records": [],
        "why": None,
    }
    out = run("coverage", "--in", "330203", "--rules", tmp_path / "rules").out
    assert "浙江省宁波市海曙区 (330203)：已收录\n  x/y/a\n" in out
    assert "没有记录：" not in out, "every place above has something"


def test_what_has_no_computable_terms_says_why(run: Run) -> None:
    out = run("coverage", "--in", "甘肃").out
    assert "\n  “金城社工”选拔命名、社会工作实务技能大赛：" in out


def test_a_place_that_nobody_knows(run: Run) -> None:
    ran = run("coverage", "--in", "宁波州")
    assert (ran.status, ran.out) == (2, "")
    assert "--in" in ran.err


def test_check_says_what_is_on_record_for_the_places(run: Run) -> None:
    data = json.loads(run("check", "-", "--json", stdin=WORKER.encode()).out)
    assert [(d["division"], d["state"]) for d in data["coverage"][:2]] == [
        ("330203", "nothing_on_record"),
        ("330200", "encoded"),
    ]
    out = run("check", "-", "--lang", "en", stdin=WORKER.encode()).out
    assert "海曙区 nothing on record; 宁波市 encoded" in " ".join(out.split())


def test_an_empty_answer_is_never_silence(run: Run) -> None:
    somewhere = WORKER.replace("330203", "542421")  # 那曲县, now 色尼区
    ran = run("check", "-", stdin=somewhere.encode())
    assert ran.status == 0
    assert "色尼区 没有记录" in ran.out
    assert "没有记录不等于没有待遇" in "".join(ran.out.split())


def test_a_profile_without_places_says_nothing_of_places(run: Run) -> None:
    data = json.loads(run("check", "-", "--json", stdin=b"subject: worker\n").out)
    assert data["coverage"] == []
