"""The status of a version in words: a draft, superseded, suspended or exhausted."""

from __future__ import annotations

from sgincentive.decision import Decision
from sgincentive.words import Text

STATUSES: dict[str, Text] = {
    "draft": Text("征求意见稿", "a draft"),
    "superseded": Text("已被取代", "superseded"),
    "suspended": Text("暂停执行", "suspended"),
    "exhausted": Text("名额或资金已用完", "funds or places used up"),
}
DRAFT_ONLY = Text(
    "征求意见稿；以下按其已生效判定，不构成任何应得权利",
    "a draft, taken here as if it were in force; it gives no claim",
)


def status_text(decision: Decision) -> Text | None:
    """Why the terms are not in force, or that only a draft answers; None for terms in force."""
    if decision.status is None:
        return None
    return DRAFT_ONLY if decision.of_draft else STATUSES[decision.status]
