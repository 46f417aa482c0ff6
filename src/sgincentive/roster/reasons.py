"""Why: the sentence beside an answer, made from the outcome and the requirement that decided."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sgincentive.columns.headings import fields, in_order, list_labels, unique_heading
from sgincentive.engine.check import (
    HOLDS_CERTIFICATE,
    IN_FORCE,
    IN_WINDOW,
    NOT_OVERRIDDEN,
    NOTHING_LEFT,
)
from sgincentive.explain.decision import OUTCOMES
from sgincentive.explain.sentences import condition
from sgincentive.explain.status import STATUSES
from sgincentive.facts import lists
from sgincentive.roster.answer import IN_PERIOD, Answer
from sgincentive.schemes.model import Scheme
from sgincentive.words import Text

IMPLIED: Mapping[str, Text] = {
    "certificate": HOLDS_CERTIFICATE,
    "in-force": IN_FORCE,
    "application-window": IN_WINDOW,
    "nothing-left": NOTHING_LEFT,
    "not-overridden": NOT_OVERRIDDEN,
    "in-term": Text("仍在享受年限内", "within the time for which it is paid"),
    IN_PERIOD: Text("所问期间内有应发的月份", "something is due in the period asked about"),
}
UNPUBLISHED = Text("标准未公开", "the amount was never published")
OPEN = Text("尚不能判定", "not decided")
FAILS = Text("不符合", "not met")


def requirement_texts(scheme: Scheme) -> Mapping[str, Text]:
    """The sentence of each requirement by id, those that every scheme has among them."""
    found = dict(IMPLIED)
    for version in scheme.versions:
        for each in version.requirements:
            found[each.id] = each.text or Text(
                condition(each.condition, "zh"), condition(each.condition, "en")
            )
    return found


class Reasons:
    """The sentences of one scheme; each different one is made once."""

    def __init__(self, scheme: Scheme) -> None:
        self.texts = requirement_texts(scheme)
        self.made: dict[tuple[str, str | None, bool], Text] = {}

    def of(self, answer: Answer) -> Text:
        """Why the answer is what it is."""
        bare = not answer.published and answer.outcome in ("eligible", "undetermined")
        key = answer.outcome, answer.decided_by, bare
        found = self.made.get(key)
        if found is None:
            found = self.made[key] = self._made(*key)
        return found

    def _made(self, outcome: str, decided_by: str | None, bare: bool) -> Text:
        said = OUTCOMES[outcome]
        if outcome in ("eligible", "compliant"):
            return (
                Text(f"{said.zh}；{UNPUBLISHED.zh}", f"{said.en}; {UNPUBLISHED.en}")
                if bare
                else said
            )
        status = STATUSES.get(decided_by or "")
        if status is not None:
            return Text(f"{said.zh}：{status.zh}", f"{said.en}: {status.en}")
        text = self.texts.get(decided_by or "")
        if text is None or outcome == "not_in_force":
            return said
        lead = OPEN if outcome == "undetermined" else FAILS
        return Text(f"{lead.zh}：{text.zh}", f"{lead.en}: {text.en}")


@cache
def fact_label(subject: str, name: str) -> Text:
    """A missing fact or list by the heading under which a roster gives it."""
    if name in fields(subject):
        return Text(unique_heading(subject, name), fields(subject)[name].fact.label.en)
    labels = list_labels(subject).get(name)
    if labels is not None:
        return Text(labels[0], lists(subject)[name].label.en)
    return Text(name, name)


@cache
def missing_text(subject: str, missing: tuple[str, ...]) -> Text:
    """The facts that are missing, in words, in the order of the columns of a template."""
    labels = [fact_label(subject, name) for name in in_order(subject, missing)]
    return Text("、".join(t.zh for t in labels), ", ".join(t.en for t in labels))
