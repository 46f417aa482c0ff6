"""Whole processes: the command, and the import."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import yaml

from benchmarks.rows import Row
from benchmarks.timing import paired_processes

ROOT = Path(__file__).resolve().parent.parent
EXTRA_FILES = 1000
START = "from sgincentive.cli.main import run; run()"
BASE = "import pydantic, yaml, dateutil"

FIRST_SET = (
    "heilongjiang/qitaihe/exam-reward",
    "heilongjiang/qitaihe/procurement",
    "heilongjiang/qitaihe/station-staffing",
    "zhejiang/ningbo/exam-reward",
    "zhejiang/taizhou/certificate-reward",
    "hebei/tangshan/union-certificate-allowance",
    "anhui/hefei/exam-subsidy",
    "anhui/hefei/feixi/exam-subsidy",
    "tianjin/station-funding",
    "chongqing/skills-contest",
    "jiangsu/party-led-demonstration-site",
    "zhejiang/settlement-and-housing",
    "hebei/langfang/free-training",
)
PROFILE = ROOT / "examples" / "worker-ningbo.yaml"


def environment(source: Path) -> dict[str, str]:
    """Variables under which ``import sgincentive`` finds the package in ``source``."""
    return {**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": ""}


def copy_with(folder: Path, extra: int) -> Path:
    """A copy of package and rules with ``extra`` rule files of another place."""
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", folder / "src", ignore=skip)
    shutil.copytree(ROOT / "rules", folder / "rules")
    text = (ROOT / "rules/hebei/tangshan/union-certificate-allowance.yaml").read_text("utf-8")
    elsewhere = folder / "rules" / "elsewhere"
    elsewhere.mkdir()
    for i in range(extra):
        (elsewhere / f"scheme-{i}.yaml").write_text(text, "utf-8")
    return folder / "src"


def copy_of_first_set(folder: Path) -> Path:
    """A copy of package and rules with the first set of schemes alone."""
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", folder / "src", ignore=skip)
    for id in FIRST_SET:
        target = folder / "rules" / f"{id}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "rules" / f"{id}.yaml", target)
    return folder / "src"


def measure() -> list[Row]:
    """The rows about processes."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile = folder / "worker.json"
        data = yaml.safe_load(PROFILE.read_text("utf-8"))
        profile.write_text(json.dumps(data, default=str), "utf-8")
        check = [python, "-c", START, "check", str(profile)]
        base = [python, "-c", BASE]
        here = environment(ROOT / "src")
        alone = environment(copy_with(folder / "alone", 0))
        many = environment(copy_with(folder / "many", EXTRA_FILES))
        first = environment(copy_of_first_set(folder / "first"))
        count = len(list((ROOT / "rules").rglob("*.yaml")))
        return [
            Row(
                f"`sgincentive check`, {count} rule files",
                f'`python -c "{BASE}"`',
                paired_processes(check, base, here),
                4,
            ),
            Row(
                f"`sgincentive check`, {count} rule files",
                f"with {len(FIRST_SET)} rule files, the first set",
                paired_processes(check, check, here, 15, first),
                1.3,
            ),
            Row(
                "`sgincentive check --all --json`",
                f'`python -c "{BASE}"`',
                paired_processes([*check, "--all", "--json"], base, here),
            ),
            Row(
                f"`sgincentive check` with {EXTRA_FILES} rule files of another place more",
                "without them",
                paired_processes(check, check, many, 9, alone),
                1.1,
            ),
            Row(
                "`import sgincentive`",
                "`import pydantic`",
                paired_processes(
                    [python, "-c", "import sgincentive"], [python, "-c", "import pydantic"], here
                ),
                1.5,
            ),
            Row(
                "`from sgincentive import Worker, load_rules`",
                "`import pydantic`",
                paired_processes(
                    [python, "-c", "from sgincentive import Worker, load_rules"],
                    [python, "-c", "import pydantic"],
                    here,
                ),
            ),
        ]
