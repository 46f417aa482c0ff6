"""The eight schemes as expressions of zen-engine, when it is installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from benchmarks.constants import PAY, S1, S2, S3, S4, S5, SCHEMES, STEPS
from benchmarks.reference import ONE_DAY, Facts

Evaluate = Callable[[dict[str, Any]], dict[str, Any]]


def by_level(rows: dict[str, int]) -> str:
    """A table by level."""
    names = ("assistant", "social_worker", "senior")
    cells = ", ".join(f"{k}: {rows.get(k, 0)}" for k in names)
    return f"({{none: 0, {cells}}})[certificates[0].level]"


def once(scheme: str) -> str:
    """Nothing was paid under the scheme yet."""
    return f"(received[0].scheme != '{scheme}' or date(received[0].paid) > date(applied))"


START = "max([date(posts[0].start), date('2023-01-01')])"
STOP = "min([date(posts[0].stop), date('2024-01-01')])"
MONTHS = (
    f"max([0, (year({STOP})-year({START}))*12 + monthOfYear({STOP})-monthOfYear({START})"
    f" - (dayOfMonth({STOP}) < dayOfMonth({START}) ? 1 : 0)])"
)
TABLE = "[" + ",".join(map(str, [0, *PAY])) + "]"

EXPRESSIONS = {
    "s1": "exams[0].passed and startsWith(posts[0].division,'2309') and "
    f"{once('s1')} ? {by_level(S1)} : 0",
    "s2": "certificates[0].exam_year == 2024 and startsWith(certificates[0].exam_division,'3302')"
    " and startsWith(certificates[0].registered_division,'3302')"
    " and date(insurance[0].start) < date('2024-12-30')"
    " and posts[0].establishment != 'civil_servant'"
    " and date(applied) >= date('2024-12-30') and date(applied) <= date('2025-02-28')"
    f" and {once('s2')} ? {by_level(S2)} : 0",
    "s3": "certificates[0].exam_year == 2024 and startsWith(posts[0].division,'3310')"
    f" and {once('s3')} ? {by_level(S3)} : 0",
    "s4": f"posts[0].role == 'union_social_worker' ? {by_level(S4)} * {MONTHS} : 0",
    "s5": "exams[0].passed and exams[0].year == 2024 and startsWith(posts[0].division,'3401') ? "
    f"max([{by_level(S5)} - ({once('s5')} ? 0 : received[0].amount), 0]) : 0",
    "s6": f"{once('s6')} ? min([floor(fees[0].amount*80/100), 60000]) : 0",
    "s7": f"{TABLE}[min([posts[0].grade + {by_level(STEPS)}, 18])] - {TABLE}[posts[0].grade]",
    "s8": "project.staff.professionals*100 >= 30*project.staff.total"
    " and project.budget.wages*100 >= 60*project.funds ? 1 : 0",
}


def plain(value: Any) -> Any:
    """Facts as JSON data."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


def context(worker: Facts, project: Facts) -> dict[str, Any]:
    """What zen-engine reads: level none as a word, the end of a post as the day after it."""
    found: dict[str, Any] = plain({k: v for k, v in worker.items() if k != "partial"})
    found["certificates"][0]["level"] = found["certificates"][0]["level"] or "none"
    found["posts"][0]["stop"] = (worker["posts"][0]["end"] + ONE_DAY).isoformat()
    found["project"] = plain({k: v for k, v in project.items() if k != "partial"})
    return found


def engines() -> tuple[Evaluate, Evaluate] | None:
    """Without and with a trace; None when zen-engine is not installed."""
    engine = _engine()
    if engine is None:
        return None
    return (
        lambda facts: engine.evaluate("g", facts)["result"],
        lambda facts: engine.evaluate("g", facts, {"trace": True})["result"],
    )


def batch() -> Callable[[list[dict[str, Any]]], object] | None:
    """Many at once; None when zen-engine is not installed."""
    engine = _engine()
    if engine is None:
        return None

    def run(contexts: list[dict[str, Any]]) -> object:
        return engine.evaluate_batch([{"key": "g", "context": each} for each in contexts])

    return run


def _engine() -> Any:
    try:
        import zen
    except ImportError:
        return None
    rows = [{"id": id, "key": id, "value": text} for id, text in EXPRESSIONS.items()]
    middle = {
        "id": "ex", "type": "expressionNode", "name": "ex", "position": {"x": 4, "y": 0},
        "content": {"expressions": rows, "passThrough": False},
    }  # fmt: skip
    ends = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 9, "y": 0}},
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "ex", "type": "edge"},
        {"id": "b", "sourceId": "ex", "targetId": "out", "type": "edge"},
    ]
    graph = {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [ends[0], middle, ends[1]],
        "edges": edges,
    }
    content = {"g": json.loads(json.dumps(graph))}
    return zen.ZenEngine({"loader": {"type": "static", "content": content}})


def sums(evaluate: Evaluate, contexts: list[dict[str, Any]]) -> dict[str, int]:
    """The sum of each scheme."""
    totals = dict.fromkeys(SCHEMES, 0)
    for each in contexts:
        for id, amount in evaluate(each).items():
            totals[id] += int(amount)
    return totals
