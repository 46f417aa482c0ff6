"""Small rule files written into a folder, and the answers they give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sgincentive as sg
from sgincentive.decision import Decision
from sgincentive.ruleset import WORTH_FUSING

if TYPE_CHECKING:
    from sgincentive.engine.rows import OutcomeRow

SOURCE = "{title: 样例, kind: official_text, date: not_stated, no_url: 样例}"
LEVEL = "{id: level, fact: certificate.level, one_of: [assistant, social_worker, senior]}"
BY_LEVEL = "{by: certificate.level, assistant: 1000, social_worker: 2000, senior: 3000}"
VETERAN = "{id: veteran, fact: veteran, is: true}"
RESIDENT = "{id: resident, fact: residence, within: '330200'}"
IN_POST = "{id: post, exists: posts, where: [{fact: social_work, is: true}], at: on}"


def version(
    start: str = "2020-01-01",
    until: str = "not_stated",
    *requires: str,
    amount: str | None = "1000",
    paid: str | None = "once_per_level",
    more: str = "",
) -> str:
    """One version of a rule file."""
    lines = [f"from: {start}", f"until: {until}", f"sources: [{SOURCE}]"]
    if until == "not_stated" and "last_confirmed" not in more:
        lines.append("last_confirmed: 2030-12")
    lines.append(f"requires: [{', '.join(requires or (LEVEL,))}]")
    if amount is not None:
        lines.append(f"amount: {amount}")
    if paid is not None:
        lines.append(f"paid_before: {paid}")
    lines += [line for line in more.split("\n") if line]
    return "  - " + "\n    ".join(lines) + "\n"


def file(*versions: str, kind: str = "one_off", per: str = "best", more: str = "") -> str:
    """A whole rule file."""
    return (
        "title: {zh: 样例, en: sample}\nrecord: sample\nsubject: worker\napplies_in: '330200'\n"
        f"issuer: 样例市民政局\npayer: not_stated\nbenefit: {{kind: {kind}, per: {per}}}\n"
        f"{more}versions:\n{''.join(versions)}"
    )


def rules(folder: Path, **files: str) -> sg.Rules:
    """The rule set of the files, each under x/y/<name>."""
    home = folder / "x" / "y"
    home.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (home / f"{name}.yaml").write_text(text, encoding="utf-8")
    return sg.load_rules(folder)


def certificate(level: str = "assistant", year: int = 2021, **more: Any) -> dict[str, Any]:
    return {"level": level, "exam_year": year, "obtained": f"{year}-12-01", **more}


def ask(
    folder: Path, text: str, on: str = "2024-05-15", name: str = "a", **profile: Any
) -> Decision:
    """The answer of one rule file; a worker with one certificate and nothing received if not said."""
    facts: dict[str, Any] = {
        "subject": "worker", "certificates": [certificate()], "received": [], **profile,
    }  # fmt: skip
    facts = {key: value for key, value in facts.items() if value is not ...}
    asked = ("start", "stop", "confirmed_within", "drafts")
    period = {key: facts.pop(key) for key in asked if key in facts}
    worker = sg.Worker.model_validate(facts)
    loaded, day = rules(folder, **{name: text}), date.fromisoformat(on)
    decision = loaded[f"x/y/{name}"].check(worker, on=day, **period)
    if not period:
        assert rows(loaded, worker, day, decision.scheme.id) == {row_of(decision)}
    return decision


def rows(loaded: sg.Rules, subject: sg.Subject, on: date, id: str) -> set[OutcomeRow]:
    """What a rule set says of one scheme, from the first question to the one for which all
    schemes were made into one function."""
    asked = [loaded.outcomes(subject, on, everywhere=True) for _ in range(WORTH_FUSING + 1)]
    return {row for answers in asked for row in answers if row[0] == id}


def row_of(decision: Decision) -> OutcomeRow:
    """What outcomes say of a decision."""
    missing = frozenset((m.fact, m.index) for m in decision.missing)
    return (decision.scheme.id, decision.outcome, *decision.bounds[:3], missing)


def ends(decision: Decision) -> tuple[Any, Any]:
    """The two ends of what is due, as plain numbers."""
    assert decision.amount is not None
    return plain(decision.amount.min), plain(decision.amount.max)


def plain(value: Decimal | int | None) -> int | float | None:
    return None if value is None else int(value) if value == int(value) else float(value)


def payment(amount: int | None = 1000, level: str = "assistant", **more: Any) -> dict[str, Any]:
    entry: dict[str, Any] = {"scheme": "x/y/a", "level": level, "paid": "2022-05-01", **more}
    if amount is not None:
        entry["amount"] = amount
    return entry
