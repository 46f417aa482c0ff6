"""The command line and its JSON agree, for every rule file and any subject."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from profiles import ON, SUBJECTS, with_gaps

import sgincentive as sg
from sgincentive.cli.main import main

RULES = sg.load_rules()
STATUS = {
    "eligible": 0, "compliant": 0, "ineligible": 1, "non_compliant": 1, "not_in_force": 1,
    "undetermined": 3,
}  # fmt: skip


@pytest.mark.parametrize("id", list(RULES)[::4])
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_exit_status_and_json_agree(
    id: str, data: st.DataObject, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    complete = data.draw(SUBJECTS[RULES[id].scheme.subject]())
    profile = data.draw(with_gaps(complete))
    on: date = data.draw(ON)
    file = tmp_path / "profile.json"
    file.write_text(json.dumps(profile, ensure_ascii=False), encoding="utf-8")
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
