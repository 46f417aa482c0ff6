"""Two states of rule files: what changed in their terms, and who gains or loses by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from sgincentive.calendar import add_months
from sgincentive.decision import Decision
from sgincentive.desk.judge import BadExample, prepare
from sgincentive.desk.people import people
from sgincentive.divisions import get
from sgincentive.explain.decision import BENEFIT_LABELS, amount_text, outcome_text
from sgincentive.explain.page import STRENGTHS, ledger_lines, rhythm_lines, window_lines
from sgincentive.explain.sentences import condition, quantity
from sgincentive.ruleset import Rules, Subject, office_words, subject_kind
from sgincentive.schemes.model import Scheme, Status, Version
from sgincentive.words import Lang, Text

Sign = Literal["-", "+"]
State = Literal["added", "removed", "changed"]
NO_SCHEME = Text("没有此项目", "no such scheme")


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed in one scheme: lines of its terms that went or came, in order."""

    scheme: str
    title: Text
    state: State
    lines: tuple[tuple[Sign, Text], ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change means to one subject: the answers before and after.

    ``gain`` is the least and the greatest change of the amount in CNY, steps or points; None
    where an amount is not published or has no end.
    """

    who: Text
    scheme: str
    before: Text
    after: Text
    gain: tuple[Decimal, Decimal] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A subject to ask about, with what to call it, the day, and whether a draft may answer."""

    who: Text
    subject: Subject
    on: date
    drafts: bool = False


# ------------------------------------------------------------------------------------ terms


def changes(old: Rules, new: Rules) -> Iterator[Changed]:
    """The schemes whose terms differ, by id."""
    for id in sorted({*old, *new}):
        before = terms(old[id].scheme) if id in old else []
        after = terms(new[id].scheme) if id in new else []
        lines = tuple(line_changes(before, after))
        if lines:
            scheme = (new if id in new else old)[id].scheme
            state: State = "added" if not before else "changed" if after else "removed"
            yield Changed(id, scheme.title, state, lines)


def line_changes(old: Sequence[Text], new: Sequence[Text]) -> Iterator[tuple[Sign, Text]]:
    """The lines that went and came."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (("-", line) for line in old[a:b])
            yield from (("+", line) for line in new[c:d])


def both(zh: Sequence[str], en: Sequence[str]) -> list[Text]:
    """Lines in both languages."""
    return [Text(a.strip(), b.strip()) for a, b in zip(zh, en, strict=True)]


def terms(scheme: Scheme) -> list[Text]:
    """The terms of a scheme in sentences, all that an answer depends on."""
    return both(list(scheme_lines(scheme, "zh")), list(scheme_lines(scheme, "en")))


def scheme_lines(scheme: Scheme, lang: Lang) -> Iterator[str]:
    def line(label: Text, value: str) -> str:
        return f"{label.get(lang)}{'：' if lang == 'zh' else ': '}{value}"

    names = "、".join(get(code).full_name for code in scheme.applies_in)
    yield line(Text("适用地区", "applies in"), names)
    kind = BENEFIT_LABELS[scheme.kind].get(lang)
    if scheme.per == "each":
        kind += Text("，每份证书", ", for each certificate").get(lang)
    if scheme.guide_only:
        kind += Text("（指导标准）", " (a guide only)").get(lang)
    yield line(Text("待遇", "benefit"), kind)
    if scheme.excludes:
        yield line(Text("不能同时享受", "not beside"), ", ".join(scheme.excludes))
    if scheme.stacking_not_stated:
        label = Text("能否同时享受未写明", "not stated whether beside")
        yield line(label, ", ".join(scheme.stacking_not_stated))
    for relation in scheme.relations:
        where = f" ({condition(relation.where, lang)})" if relation.where is not None else ""
        yield f"{relation.kind} {relation.scheme}{where}"
    for version in scheme.versions:
        for each in version_lines(scheme, version, lang):
            yield f"[{version.id}] {each}"


def version_lines(scheme: Scheme, version: Version, lang: Lang) -> Iterator[str]:
    """One version: its force, requirements, amount and the rest."""
    yield force_words(version, lang)
    yield from (status_words(each) for each in version.statuses)
    for requirement in version.requirements:
        words = f"{requirement.id}: {condition(requirement.condition, lang)}"
        if requirement.strength != "must":
            words += f" [{STRENGTHS[requirement.strength].get(lang)}]"
        if requirement.due is not None:
            words += Text(f"（自 {requirement.due} 起）", f" (from {requirement.due})").get(lang)
        yield words
    if version.amount is not None:
        label = Text("标准：", "amount: ").get(lang)
        yield label + quantity(version.amount, lang, "money" if scheme.money else None)
    yield from (item.get(lang) for item in version.items)
    yield from (each.strip() for each in ledger_lines(version.ledger, lang))
    bars = version.ledger.other_authority_bars
    if bars is not None:
        kind = version.ledger.barring_kind or ""
        yield f"{bars} ({', '.join(version.ledger.barring_statuses)}) {kind}".strip()
    yield from (each.strip() for each in rhythm_lines(version.rhythm, lang))
    yield from (each.strip() for each in window_lines(version, lang))


def force_words(version: Version, lang: Lang) -> str:
    """When a version holds and what chooses it."""
    unknown = Text("不详", "not stated").get(lang)
    start = "…".join(dict.fromkeys(map(str, version.first))) if version.first else unknown
    if version.seen is not None:
        start += Text(f"（{version.seen} 已见）", f" (seen {version.seen})").get(lang)
    end = str(version.last) if version.last is not None else unknown
    if version.last is None and version.last_confirmed is not None:
        day = version.last_confirmed
        end += Text(f"（{day} 仍有效）", f" (in force on {day})").get(lang)
    return f"{version.selected_by}: {start} – {end}"


def status_words(status: Status) -> str:
    """A span in which a version does not apply."""
    return f"{status.status}: {status.first} – {status.last}"


# ---------------------------------------------------------------------------------- effects


def effects(old: Rules, new: Rules, asked: Sequence[Asked], ids: Sequence[str]) -> Iterator[Effect]:
    """The subjects to whom the schemes called ``ids`` answer otherwise than before."""
    for id in ids:
        for each in asked:
            before = answer(old, id, each)
            after = answer(new, id, each)
            said = said_of(before), said_of(after)
            if said[0] != said[1]:
                yield Effect(each.who, id, *said, gain(before, after))


def answer(rules: Rules, id: str, asked: Asked) -> Decision | None:
    """The decision of a scheme about a subject; None where there is none."""
    if id not in rules or rules[id].scheme.subject != subject_kind(asked.subject):
        return None
    return rules[id].check(asked.subject, asked.on, drafts=asked.drafts)


def said_of(decision: Decision | None) -> Text:
    """An answer in a few words."""
    if decision is None:
        return NO_SCHEME
    words = []
    for lang in ("zh", "en"):
        amount = amount_text(decision, lang) if decision.outcome != "ineligible" else ""
        draft = Text("征求意见稿", "in a draft only").get(lang) if decision.of_draft else ""
        parts = [outcome_text(decision.outcome, lang), draft, amount]
        words.append(Text("，", ", ").get(lang).join(p for p in parts if p))
    return Text(*words)


def gain(before: Decision | None, after: Decision | None) -> tuple[Decimal, Decimal] | None:
    """By how much the least and the greatest amount changed; None where that is not known."""
    a, b = ends(before), ends(after)
    return None if a is None or b is None else (b[0] - a[0], b[1] - a[1])


def ends(decision: Decision | None) -> tuple[Decimal, Decimal] | None:
    """Both ends of what is due, 0 where there is no scheme or it is not in force, or a draft."""
    if decision is None or decision.outcome == "not_in_force" or decision.of_draft:
        return Decimal(0), Decimal(0)
    amount = decision.amount
    if amount is None or amount.min is None or amount.max is None:
        return None
    return Decimal(amount.min), Decimal(amount.max)


def samples(old: Rules, new: Rules, ids: Sequence[str]) -> dict[str, list[Asked]]:
    """Whom to ask about each scheme: the examples of both states, and made-up people of its places
    on a day on which the newest version surely holds."""
    found: dict[str, list[Asked]] = {}
    for id in ids:
        both_ = [rules[id].scheme for rules in (old, new) if id in rules]
        asked: dict[Text, Asked] = {}
        for scheme in both_:
            for example in scheme.examples:
                try:
                    case = prepare(example, scheme.subject)
                except BadExample:
                    continue
                made = Asked(example.name, case.subject, case.on, example.drafts)
                asked.setdefault(example.name, made)
        scheme = both_[-1]
        words = {scheme.id: dict.fromkeys(office_words(scheme), True)}
        for place in scheme.applies_in:
            day = sure_day(scheme)
            for person in people(scheme.subject, place, day, words):
                name = get(place).name
                who = Text(*(f"{person.name} · {name} · {day}" for _ in range(2)))
                asked.setdefault(who, Asked(who, person.subject, day))
        found[id] = list(asked.values())
    return found


def sure_day(scheme: Scheme) -> date:
    """A day on which the newest version of a scheme holds and is confirmed."""
    version = scheme.versions[-1]
    if version.selected_by == "exam_year" and version.last is not None:
        return add_months(version.last.replace(month=1, day=15), 12)
    day = version.last or version.last_confirmed
    assert day is not None
    return day
