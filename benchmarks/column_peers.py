"""Other engines over the same rows as ``benchmarks.columns``: openfisca-core and zen-engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks import openfisca_peer, profiles, zen_engine
from benchmarks.constants import S4_SAME_DAY, SCHEMES, SUMS
from benchmarks.page import installed
from benchmarks.rows import Row
from benchmarks.timing import in_turns
from sgincentive import Project, Worker
from sgincentive.facts import view

ROUNDS = 7
SLOW_ROUNDS = 3
ZEN_ROWS = 20_000
"""A million rows are about 2 GB of dicts: the time of these is multiplied."""
FORMS: tuple[tuple[openfisca_peer.Form, str, float], ...] = (
    ("arrays", "openfisca-core, amounts from NumPy arrays", 2),
    ("documented", "openfisca-core, as documented (parameters[enum])", 20),
)


def peers(
    workers: pa.Table, projects: pa.Table, ours: Callable[[], object], want: tuple[int, ...]
) -> tuple[list[Row], list[str]]:
    """Rows of the table and notes. ``ours`` works out the amounts of all ``workers`` and the
    verdict of all ``projects`` by Polars; ``want`` are its sums, which every peer must give."""
    rows: list[Row] = []
    notes: list[str] = []
    made = openfisca_peer.simulations(workers, projects)
    if made is None:
        notes.append("openfisca-core was not installed, so its rows are missing.")
    else:
        for form, name, target in FORMS:
            found = tuple(int(x.astype(np.int64).sum()) for x in made[form]())
            assert found == want, (form, found)
            rounds = ROUNDS if form == "arrays" else SLOW_ROUNDS
            rows.append(against(name, ours, made[form], rounds, 1, target))
        notes.append(
            f"openfisca-core {installed('openfisca-core')}: one simulation of all rows, inputs as "
            "NumPy arrays made beforehand, the same sums in both forms. It uses one core."
        )
    zen = zen_engine.batch()
    if zen is None:
        notes.append("zen-engine was not installed, so its row is missing.")
        return rows, notes
    contexts = [context(i) for i in range(ZEN_ROWS)]
    sums = zen_sums(zen(contexts))
    assert sums == zen_sums_wanted(), sums
    name = f"zen-engine's batch of {ZEN_ROWS:,}, time for a row times {workers.num_rows:,}"
    rows.append(
        against(name, ours, lambda: zen(contexts), SLOW_ROUNDS, workers.num_rows / ZEN_ROWS, 200)
    )
    notes.append(
        f"zen-engine {installed('zen-engine')} gives the sums of the first {ZEN_ROWS:,} rows, "
        "which are in `benchmarks/constants.py`; more rows would be gigabytes of dicts."
    )
    return rows, notes


def against(
    name: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    rounds: int,
    times: float,
    target: float,
) -> Row:
    """Ours and theirs in turns; theirs counts ``times`` its seconds."""
    found = in_turns(ours, theirs, rounds, times)
    return Row("Polars lazy, two threads", name, found, target, "at least faster")


def context(row: int) -> dict[str, Any]:
    """A worker and a project as zen-engine reads them."""
    worker = Worker.model_validate(profiles.worker(row))
    project = Project.model_validate(profiles.project(row))
    return zen_engine.context(view(worker), view(project))


def zen_sums(results: Any) -> dict[str, int]:
    """The sum of each scheme."""
    found = dict.fromkeys(SCHEMES, 0)
    for each in results:
        assert each.get("success", True), each
        for id, amount in (each.get("data") or each)["result"].items():
            found[id] += int(amount)
    return found


def zen_sums_wanted() -> dict[str, int]:
    """The sums over the first 20,000 rows: month by month the same under both rules of s4."""
    return {id: S4_SAME_DAY if id == "s4" else SUMS[id] for id in SCHEMES}
