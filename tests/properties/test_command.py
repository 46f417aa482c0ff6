"""The command line and its JSON agree, for every rule file and any subject."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from sgincentive.cli.main import main
from tests.properties.drawing import IDS, RULES, SEEDS, each
from tests.properties.scheme_cases import question

STATUS = {
    "eligible": 0, "compliant": 0, "ineligible": 1, "non_compliant": 1, "not_in_force": 1,
    "undetermined": 3,
}  # fmt: skip


@pytest.mark.parametrize("id", IDS)
@settings(each(), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=SEEDS)
def test_exit_status_and_json_agree(
    id: str, seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more, fewer, on = question(RULES[id].scheme, seed)
    file = tmp_path / "profile.json"
    file.write_text(json.dumps((more, fewer)[seed % 2], ensure_ascii=False), encoding="utf-8")
    status = main(["check", str(file), "--scheme", id, "--on", on.isoformat(), "--json"])
    answer = json.loads(capsys.readouterr().out)
    (decision,) = answer["decisions"]
    assert answer["on"] == on.isoformat()
    assert status == STATUS[decision["outcome"]]
    if decision["outcome"] == "undetermined":
        assert decision["missing"] or decision["open_text"] or decision["to_confirm"]
    benefit = decision["benefit"]
    if benefit["min"] is not None and benefit["max"] is not None and benefit["unit"] == "CNY":
        assert 0 <= float(benefit["min"]) <= float(benefit["max"])
