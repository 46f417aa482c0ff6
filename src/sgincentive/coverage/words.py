"""Coverage in words and as JSON data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sgincentive.coverage.report import Coverage, DivisionCoverage, RecordCoverage
from sgincentive.divisions import get
from sgincentive.words import Lang, Text

STATES = {
    "encoded": Text("已收录", "encoded"),
    "no_computable_terms": Text("有记录，但没有可计算的条款", "on record without computable terms"),
    "nothing_on_record": Text("没有记录", "nothing on record"),
}
NO_RECORD_IS_NO_ANSWER = Text(
    "没有记录不等于没有待遇。", "Nothing on record does not mean that nothing is due."
)
HEAD = Text("收录情况", "On record")


def division_json(found: DivisionCoverage, lang: Lang) -> dict[str, Any]:
    """One division as JSON data."""
    return {
        "division": found.code,
        "name": get(found.code).full_name,
        "state": found.state,
        "schemes": list(found.schemes),
        "records": [each.record for each in found.reasons],
        "why": Text("；", "; ").get(lang).join(each.why.get(lang) for each in found.reasons)
        if found.state == "no_computable_terms"
        else None,
    }


def record_json(found: RecordCoverage, lang: Lang) -> dict[str, Any]:
    """One record as JSON data; ``files`` lie below the folder of rule files."""
    record, reason = found.record, found.record.reason
    return {
        "record": record.id,
        "state": found.state,
        "files": [f"{id}.yaml" for id in found.schemes],
        "why": reason.why.get(lang)
        if reason is not None and found.state == "no_computable_terms"
        else None,
    }


def places_covered(coverage: Coverage, places: Iterable[str]) -> list[DivisionCoverage]:
    """Some divisions and all above them, each once, the most precise first."""
    found: dict[str, DivisionCoverage] = {}
    chains = [coverage.upwards(place) for place in sorted(places)]
    for i in range(max(map(len, chains), default=0), 0, -1):
        for chain in chains:
            if len(chain) >= i:
                each = chain[len(chain) - i]
                found.setdefault(each.code, each)
    return list(found.values())


def sentence(found: Sequence[DivisionCoverage], lang: Lang) -> str:
    """One short paragraph: what is on record for which place."""
    colon, stop = Text("：", ": ").get(lang), Text("；", "; ").get(lang)
    parts = [f"{get(each.code).name} {STATES[each.state].get(lang)}" for each in found]
    end = Text("。", ". ").get(lang)
    return f"{HEAD.get(lang)}{colon}{stop.join(parts)}{end}{NO_RECORD_IS_NO_ANSWER.get(lang)}"
