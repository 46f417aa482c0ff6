"""``sgincentive check``: a profile in, what each scheme gives or demands out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text as Styled

from sgincentive import __version__
from sgincentive.cli.layout import print_lines
from sgincentive.cli.main import NOT_MET, OK, OPEN, Unusable, complaint, print_json, refuse
from sgincentive.cli.messages import BROKEN_SKIPPED, NO_STDIN
from sgincentive.cli.named_schemes import unknown_names
from sgincentive.coverage.words import division_json, places_covered, sentence
from sgincentive.decision import Decision, yuan
from sgincentive.engine.stacking import Combination, gives
from sgincentive.explain.decision import amount_text, explain, kind_text, outcome_text
from sgincentive.explain.findings import text as finding_text
from sgincentive.explain.json import decision_json
from sgincentive.explain.schedule import schedule_lines, span_text
from sgincentive.facts import read_profile, view
from sgincentive.nodes.values import Bounds
from sgincentive.ruleset import (
    Rules,
    Subject,
    UnknownScheme,
    office_words,
    places_of,
    question_of,
    read_rules,
    subject_kind,
)
from sgincentive.schemes.index import RuleFile, rule_files, shipped_rules
from sgincentive.schemes.model import SourceKind
from sgincentive.schemes.names import names_of
from sgincentive.source import Diagnostic, Mark, SourceError, Tree, read, read_stream
from sgincentive.words import Lang, Text, did_you_mean, nearest

NOT_MET_OUTCOMES = ("ineligible", "non_compliant", "not_in_force")


def read_tree(profile: str) -> tuple[Tree, str]:
    """The text of a file or of standard input by place, and what messages call it. Raises
    SourceError."""
    if profile != "-":
        return read(Path(profile), show_lines=False), profile
    if sys.stdin is None or sys.stdin.closed:
        raise SourceError([Diagnostic("<stdin>", None, NO_STDIN)])
    return read_stream(sys.stdin.buffer, show_lines=False), "<stdin>"


def read_subject(tree: Tree, path: str, folders: Sequence[Path]) -> Subject:
    """The subject that a text describes. Raises SourceError, which also lists the schemes that it
    names and that no rule file has."""
    try:
        return read_profile(tree, path)
    except SourceError as error:
        named = unknown_names(
            tree, path, lambda named: every_id(folders, Rules(()), named), lambda _: None
        )
        # A name that is no name at all is refused once.
        refused = {each.mark for each in error.diagnostics}
        found = [*error.diagnostics, *(each for each in named if each.mark not in refused)]
        raise SourceError(sorted(found, key=lambda d: d.mark or Mark(0, 0))) from None


def rules_for(
    subject: Subject, schemes: Sequence[str], folders: Sequence[Path], everywhere: bool, lang: Lang
) -> Rules:
    """The rules that could concern a subject; broken ones among them stop the command."""
    facts = view(subject)
    places = None if everywhere else places_of(facts)
    every = [shipped_rules(), *folders]
    loaded = read_rules(
        every,
        kind=subject_kind(subject),
        places=places,
        ids=schemes,
        whole=folders,
        examples=False,
    )
    errors = [d for d in loaded.problems if d.severity == "error"]
    if errors:
        concern = read_rules(
            every, kind=subject_kind(subject), places=places, ids=schemes, examples=False
        )
        fatal = [d for d in concern.problems if d.severity == "error"]
        if fatal:
            raise SourceError(fatal)
        print(BROKEN_SKIPPED.get(lang), file=sys.stderr)
        for each in errors:
            print(each.render(lang), file=sys.stderr)
    rules = Rules(loaded.schemes, loaded.problems)
    if any(id not in rules for id in schemes):  # an alias may stand in any file
        rules = Rules(read_rules(every, examples=False).schemes, loaded.problems)
    missing = []
    for id in schemes:
        try:
            _ = rules[id]
        except UnknownScheme:
            files = [f for folder in every for f in rule_files(folder)]
            close = nearest(id, [f.id for f in files if isinstance(f, RuleFile)])
            hint = did_you_mean(close)
            said = Text(f'没有政策项目 "{id}"', f'unknown scheme "{id}"')
            missing.append(complaint(lang, said, hint))
    if missing:
        raise Unusable("\n".join(missing))
    return rules


def every_id(folders: Sequence[Path], rules: Rules, named: set[str]) -> dict[str, str]:
    """Ids and former ids with the id of today, of as many files as it takes to know ``named``."""
    known = names_of(rules.schemes())
    if not named <= known.keys():
        files = [f for folder in folders for f in rule_files(folder)]
        known |= {f.id: f.id for f in files if isinstance(f, RuleFile)}
    if not named <= known.keys():
        known |= names_of(read_rules(folders, examples=False).schemes)
    return known


def check_profile(
    profile: str,
    *,
    schemes: Sequence[str],
    on: date | None,
    start: str | None,
    stop: str | None,
    confirmed_within: int | None,
    drafts: bool,
    min_confidence: SourceKind | None,
    everywhere: bool,
    folders: Sequence[Path],
    lang: Lang,
    as_json: bool,
) -> int:
    """Run the command; gives the exit status."""
    tree, path = read_tree(profile)
    every = [shipped_rules(), *folders]
    subject = read_subject(tree, path, every)
    rules = rules_for(subject, schemes, folders, everywhere, lang)
    unknown = unknown_names(
        tree,
        path,
        lambda named: every_id(every, rules, named),
        lambda id: office_words(rules[id].scheme) if id in rules else None,
    )
    if unknown:
        raise SourceError(unknown)
    options: dict[str, Any] = {
        "start": start, "stop": stop, "confirmed_within": confirmed_within, "drafts": drafts,
    }  # fmt: skip
    if schemes:
        for id in schemes:
            if rules[id].scheme.subject != subject_kind(subject):
                refuse(
                    lang,
                    Text(
                        f"{id} 的对象是 {rules[id].scheme.subject}，"
                        f"档案的对象是 {subject_kind(subject)}",
                        f"{id} is about a {rules[id].scheme.subject}, "
                        f"the profile about a {subject_kind(subject)}",
                    ),
                )
        decisions = [rules[id].check(subject, on, **options) for id in dict.fromkeys(schemes)]
    else:
        decisions = rules.check(subject, on, everywhere=everywhere, **options)
    weaker: list[Decision] = []
    if min_confidence is not None:
        weaker = [d for d in decisions if not d.at_least(min_confidence)]
        decisions = [d for d in decisions if d.at_least(min_confidence)]
    best = rules.combine(decisions)
    places = places_of(view(subject))
    covered = places_covered(rules.coverage(subject_kind(subject)), places)
    day = question_of(view(subject), on, None).on
    if as_json:
        answer = answer_json(subject, day, decisions, best, lang)
        answer["left_out"] = [{"scheme": d.scheme.id, "confidence": d.confidence} for d in weaker]
        answer["coverage"] = [division_json(each, lang) for each in covered]
        print_json(answer)
    else:
        write(subject, day, decisions, best, bool(schemes), lang)
        console = terminal()
        if weaker:
            said = "、".join(f"{d.scheme.id} ({kind_text(d.confidence, lang)})" for d in weaker)
            print_lines(console, f"\n{HEADS['left_out'].get(lang)}: {said}")
        if covered and not schemes:
            print_lines(console, f"\n{sentence(covered, lang)}")
    if not schemes:
        return OK
    outcomes = {d.outcome for d in decisions}
    if outcomes & set(NOT_MET_OUTCOMES):
        return NOT_MET
    return OPEN if weaker or "undetermined" in outcomes else OK


def answer_json(
    subject: Subject, on: date, decisions: Sequence[Decision], best: Combination, lang: Lang
) -> dict[str, Any]:
    """The answer as the contract has it."""
    high = yuan(best.high)
    return {
        "subject": subject_kind(subject),
        "on": on.isoformat(),
        "engine": __version__,
        "decisions": [decision_json(d, lang) for d in decisions],
        "best_combination": {
            "schemes": list(best.schemes),
            "min": str(yuan(best.low)),
            "max": None if high is None else str(high),
            "apart": [{"scheme": id, "why": text.get(lang)} for id, text in best.apart],
            "why": [text.get(lang) for text in best.why],
        },
    }


HEADS = {
    "due": Text("可以得到", "What you get"),
    "compliant": Text("符合规定", "Complies"),
    "undetermined": Text("尚不能确定", "Not decided yet"),
    "refused": Text("不符合或不适用", "Does not apply"),
    "non_compliant": Text("不符合规定", "Does not comply"),
    "drafts": Text("仅为征求意见稿，不构成应得", "In a draft only, which gives no claim"),
    "none": Text(
        "没有与此档案所在地相关的规则文件。这不等于没有待遇，只表示本库尚未收录。",
        "No rule file concerns the places of this profile. That does not mean that nothing is due: "
        "this library has none on record.",
    ),
    "sum": Text("合计", "Sum"),
    "apply_by": Text("申请截止", "apply by"),
    "supply": Text("请补充", "please supply"),
    "confirm": Text("须由机关确认", "an office must confirm"),
    "open": Text("来源未明确", "the sources leave open"),
    "presumed": Text("推定仍有效", "presumed still in force"),
    "why": Text("原因", "because"),
    "source": Text("来源", "rests on"),
    "left_out": Text("已略去（来源较弱）", "Left out, the sources are weaker"),
    "apart": Text("不计入合计", "not in the sum"),
}


def terminal() -> Console:
    """Where the answer for people is printed: 80 columns wide where nobody watches."""
    return Console(highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else 80)


def write(
    subject: Subject,
    on: date,
    decisions: Sequence[Decision],
    best: Combination,
    named: bool,
    lang: Lang,
) -> None:
    """The answer for people: what is due, what is open, what does not apply."""
    console = terminal()
    del subject
    if named:
        for i, decision in enumerate(decisions):
            if i:
                console.print()
            print_lines(console, explain(decision, lang))
            if decision.schedule:
                print_lines(console, "\n".join(schedule_lines(decision.schedule, lang)))
        return
    if not decisions:
        print_lines(console, HEADS["none"].get(lang))
        return
    drafts = [d for d in decisions if d.of_draft]
    settled = [d for d in decisions if not d.of_draft]
    groups = {
        "due": [d for d in settled if d.outcome == "eligible" or is_due(d)],
        "compliant": [d for d in settled if d.outcome == "compliant"],
        "non_compliant": [d for d in settled if d.outcome == "non_compliant"],
        "undetermined": [d for d in settled if is_open(d) and not is_due(d)],
        "drafts": drafts,
        "refused": [
            d
            for d in settled
            if not is_due(d)
            and (
                d.outcome in ("ineligible", "not_in_force")
                or (d.outcome == "undetermined" and not is_open(d))
            )
        ],
    }
    first = True
    for name, members in groups.items():
        if not members:
            continue
        if not first:
            console.print()
        first = False
        head = HEADS[name].get(lang)
        if name == "due" and best.schemes:
            head += f"  {HEADS['sum'].get(lang)} {sum_text(best, lang)}"
        console.print(Styled(f"{head}  ({on.isoformat()})", style="bold"))
        for decision in members:
            entry(console, decision, best, lang)


def is_due(decision: Decision) -> bool:
    """Whether something is due, be it in the period asked about and not on the day."""
    return decision.scheme.money and gives(decision)


def is_open(decision: Decision) -> bool:
    """Whether something may still be due: not so where only the reason for nothing is open."""
    nothing = decision.scheme.money and decision.bounds.high == 0
    return decision.outcome == "undetermined" and not nothing


def sum_text(best: Combination, lang: Lang) -> str:
    """The sum of the best combination."""
    return span_text(Bounds(best.low, best.high), lang)


def entry(console: Console, decision: Decision, best: Combination, lang: Lang) -> None:
    """One scheme in the answer."""
    print_lines(console, f"  {decision.scheme.title.get(lang)}")
    details = [decision.scheme.id]
    if decision.of_draft or decision.outcome in ("ineligible", "not_in_force", "non_compliant"):
        day = f"{decision.on.isoformat()} " if is_due(decision) and not decision.of_draft else ""
        details[0] += f"  {day}{outcome_text(decision.outcome, lang)}"
    if decision.outcome in ("eligible", "undetermined") and decision.amount is not None:
        details[0] += f"  {amount_text(decision, lang)}"
    data = decision_json(decision, lang)
    if decision.outcome in ("eligible", "undetermined") and data.get("apply_by"):
        details.append(f"{HEADS['apply_by'].get(lang)} {data['apply_by']}")
    if decision.outcome == "undetermined":
        details += [
            f"{HEADS['supply'].get(lang)}: {m.question.get(lang)} [{m.fact}]"
            for m in decision.missing
        ]
        details += [f"{HEADS['confirm'].get(lang)}: {t.get(lang)}" for _, t in decision.to_confirm]
        details += [f"{HEADS['open'].get(lang)}: {t.get(lang)}" for t in decision.open_text]
    elif decision.outcome in ("ineligible", "non_compliant"):
        failed = [f for f in decision.findings if f.holds is False]
        details += [f"{HEADS['why'].get(lang)}: {finding_text(f).get(lang)}" for f in failed]
    details += schedule_lines(decision.schedule or (), lang)
    details.append(f"{HEADS['source'].get(lang)}: {kind_text(decision.confidence, lang)}")
    if decision.standing == "presumed" and decision.version is not None and not decision.of_draft:
        details.append(f"{HEADS['presumed'].get(lang)} ({decision.version.last_confirmed_text})")
    for id, why in best.apart:
        if id == decision.scheme.id:
            details.append(f"{HEADS['apart'].get(lang)}: {why.get(lang)}")
    for detail in details:
        print_lines(console, f"    {detail}")
