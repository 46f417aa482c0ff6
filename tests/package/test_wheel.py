"""The wheel as somebody else gets it: built, installed in a fresh environment, run elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.samples.samples import sample_worker

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("pydantic", "pydantic_core", "yaml", "rich", "click", "dateutil")

PROFILE = sample_worker()
PROFILE["certificates"][0] |= {
    "level": "社会工作师",
    "exam_division": "宁波市",
    "registered_division": "浙江省宁波市海曙区",
}


def run(arguments: list[str | Path], folder: Path) -> str:
    """What a command prints; it sees neither this checkout nor this environment's packages."""
    hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "SGINCENTIVE_LANG")
    done = subprocess.run(
        [str(a) for a in arguments],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if k not in hidden},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{arguments}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    out = tmp_path_factory.mktemp("dist")
    command: list[str | Path] = [sys.executable, "-m", "build", "--wheel", "--outdir", out, ROOT]
    if find_spec("hatchling"):
        command.insert(4, "--no-isolation")
    run(command, out)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a fresh environment that holds the wheel and what it needs."""
    home = tmp_path_factory.mktemp("fresh")
    run([sys.executable, "-m", "venv", home / "env"], home)
    found = home / "env" / ("Scripts" if os.name == "nt" else "bin")
    run([found / "python", "-m", "pip", "install", "--disable-pip-version-check", wheel], home)
    return found


def test_every_rule_file_is_inside_the_wheel(wheel: Path) -> None:
    rules = {p.relative_to(ROOT / "rules").as_posix(): p for p in (ROOT / "rules").rglob("*.yaml")}
    assert rules
    with zipfile.ZipFile(wheel) as archive:
        prefix = "sgincentive/_rules/"
        inside = {n.removeprefix(prefix) for n in archive.namelist() if n.startswith(prefix)}
        assert {n for n in inside if n.endswith(".yaml")} == set(rules)
        for name, path in rules.items():
            assert archive.read(prefix + name) == path.read_bytes()


def test_the_wheel_says_that_it_is_typed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert "sgincentive/py.typed" in archive.namelist()


def test_check_answers_from_another_folder(scripts: Path, tmp_path: Path) -> None:
    profile = tmp_path / "worker.json"
    profile.write_text(json.dumps(PROFILE), encoding="utf-8")

    answer = json.loads(run([scripts / "sgincentive", "check", profile, "--json"], tmp_path))

    decisions = {d["scheme"]: d for d in answer["decisions"]}
    reward = decisions["zhejiang/ningbo/exam-reward"]
    assert answer["subject"] == "worker"
    assert answer["on"] == "2025-01-10"
    assert reward["outcome"] == "eligible"
    assert (reward["benefit"]["min"], reward["benefit"]["max"]) == ("3000.00", "3000.00")
    assert "zhejiang/ningbo/exam-reward" in answer["best_combination"]["schemes"]


def test_the_rules_of_the_wheel_are_sound(scripts: Path, tmp_path: Path) -> None:
    code = "import sgincentive; print(len(sgincentive.load_rules()))"
    count = len(list((ROOT / "rules").rglob("*.yaml")))
    assert int(run([scripts / "python", "-c", code], tmp_path)) == count


def test_importing_it_loads_nothing_heavy(scripts: Path, tmp_path: Path) -> None:
    code = (
        "import sys, json, sgincentive; "
        f"print(json.dumps([sgincentive.__file__, [m for m in {HEAVY!r} if m in sys.modules]]))"
    )
    home, loaded = json.loads(run([scripts / "python", "-c", code], tmp_path))
    assert Path(home).is_relative_to(scripts.parent)
    assert loaded == []
