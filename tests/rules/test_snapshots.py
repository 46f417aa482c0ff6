"""What made-up people of each place get is what the snapshots say.

After a change of terms: ``sgincentive rules snapshot rules -o tests/rules/snapshots``; read the
difference before it is kept.
"""

from __future__ import annotations

from pathlib import Path

from sgincentive.desk.snapshot import read_snapshots, snapshots
from sgincentive.ruleset import load_rules

HERE = Path(__file__).parent


def test_snapshots_are_up_to_date() -> None:
    assert snapshots(load_rules(HERE.parents[1] / "rules")) == read_snapshots(HERE / "snapshots")
