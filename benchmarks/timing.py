"""Paired runs: two things measured in turns, compared round by round."""

from __future__ import annotations

import gc
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

LEAST_SECONDS = 0.15


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much longer ``ours`` takes than ``theirs``: the median of the rounds and both ends.

    ``ours`` and ``theirs`` are median seconds of one call.
    """

    middle: float
    low: float
    high: float
    ours: float
    theirs: float


def ratio_of(pairs: Sequence[tuple[float, float]]) -> Ratio:
    """The ratio of seconds measured pair by pair."""
    ratios = [a / b for a, b in pairs]
    return Ratio(
        median(ratios),
        min(ratios),
        max(ratios),
        median(a for a, _ in pairs),
        median(b for _, b in pairs),
    )


def seconds(run: Callable[[], object], calls: int, repeats: int) -> float:
    """Seconds of one call, where ``run`` makes ``calls`` of them."""
    start = time.perf_counter()
    for _ in range(repeats):
        run()
    return (time.perf_counter() - start) / (calls * repeats)


def paired(
    ours: Callable[[], object], theirs: Callable[[], object], calls: int, rounds: int = 15
) -> Ratio:
    """Both in turns; which goes first changes from round to round."""
    repeats = []
    for run in (ours, theirs):
        run()
        repeats.append(max(1, round(LEAST_SECONDS / (seconds(run, calls, 1) * calls))))
    pairs = []
    for i in range(rounds):
        gc.collect()
        if i % 2:
            b = seconds(theirs, calls, repeats[1])
            a = seconds(ours, calls, repeats[0])
        else:
            a = seconds(ours, calls, repeats[0])
            b = seconds(theirs, calls, repeats[1])
        pairs.append((a, b))
    return ratio_of(pairs)


def in_turns(
    ours: Callable[[], object],
    theirs: Callable[[], object],
    rounds: int,
    times: float = 1,
) -> Ratio:
    """Seconds of one call of each, in turns; theirs counts ``times`` its seconds."""
    ours(), theirs()
    pairs = []
    for i in range(rounds):
        found = {}
        for run in (ours, theirs) if i % 2 else (theirs, ours):
            gc.collect()
            start = time.perf_counter()
            run()
            found[run] = time.perf_counter() - start
        pairs.append((found[ours], found[theirs] * times))
    return ratio_of(pairs)


def process(command: Sequence[str], env: dict[str, str]) -> float:
    """Seconds of a whole process. Raises CalledProcessError when it fails."""
    start = time.perf_counter()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    return time.perf_counter() - start


def paired_processes(
    ours: Sequence[str],
    theirs: Sequence[str],
    env: dict[str, str],
    rounds: int = 15,
    other_env: dict[str, str] | None = None,
) -> Ratio:
    """Two commands in turns, after two runs of each that warm the caches."""
    their_env = env if other_env is None else other_env
    for _ in range(2):
        process(ours, env)
        process(theirs, their_env)
    return ratio_of([(process(ours, env), process(theirs, their_env)) for _ in range(rounds)])
