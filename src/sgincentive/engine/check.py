"""One scheme, one subject, one date: claims, requirements, amounts and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Protocol, TypeVar, cast

from sgincentive.decision import Affects, Claim, Decision, Finding, Missing, Outcome
from sgincentive.engine import force, ledger
from sgincentive.facts import facts as fact_registry
from sgincentive.facts import lists as list_registry
from sgincentive.nodes import conditions as c
from sgincentive.nodes import values
from sgincentive.nodes.base import ABSENT, Case, Condition, Element
from sgincentive.nodes.days import QuestionDay
from sgincentive.nodes.values import (
    YES,
    ZERO,
    Bounds,
    Cause,
    Truth,
    all_of,
    fact_cause,
    hull,
    known,
    share_weight,
    text_cause,
    unknown,
)
from sgincentive.schemes.model import Requirement, Scheme, Version
from sgincentive.words import Text

HOLDS_CERTIFICATE = Text("持有社会工作者职业水平证书", "holds a social worker certificate")
IN_FORCE = Text("规定在该日期有效", "the terms are in force on the date")
IN_WINDOW = Text("在申请期限内提出申请", "applies within the application window")
NOTHING_LEFT = Text("扣除已发部分后仍有应发", "something is left after what was paid before")
NOT_OVERRIDDEN = Text("未被下级规定取代", "not overridden by a scheme of a lower division")
DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the date, the date of application, how old a confirmation may be, and whether
    a draft answers as if it were in force where nothing that is in force does."""

    on: date
    applied: date
    confirmed_within: int | None = None
    drafts: bool = False


def implied(id: str, condition: Condition, text: Text, clause: str | None = None) -> Requirement:
    """A requirement that every scheme of a kind has, without a line in the rule file."""
    return Requirement(id, condition, text=text, clause=clause)


def check(
    scheme: Scheme,
    facts: Element,
    question: Question,
    overriders: Sequence[tuple[str, Truth]] = (),
) -> Decision:
    """The decision of one scheme. ``facts`` is the view of the subject (known facts only)."""
    if not question.drafts:
        return answer(scheme, facts, question, overriders)
    decision = answer(scheme, facts, replace(question, drafts=False), overriders)
    if decision.outcome != "not_in_force" or all(x.status != DRAFT for x in decision.claims):
        return decision
    return replace(answer(scheme, facts, question, overriders), status=DRAFT)


def answer(
    scheme: Scheme,
    facts: Element,
    question: Question,
    overriders: Sequence[tuple[str, Truth]],
) -> Decision:
    """The decision of one scheme, drafts taken for terms in force where the question says so."""
    claims = [
        evaluate_claim(scheme, facts, question, claim, index, held, overriders)
        for claim, index, held in claims_of(scheme, facts, question.on)
    ]
    if not claims:
        claims = [no_claim(scheme, question)]
    return combine(scheme, facts, question, claims)


def uses_claims(scheme: Scheme) -> bool:
    """Whether the scheme is asked certificate by certificate."""
    return any(v.claims for v in scheme.versions)


def claims_of(
    scheme: Scheme, facts: Element, on: date
) -> Iterable[tuple[Element | None, int | None, Truth]]:
    """The certificates to look at, each with whether it had been obtained by the date."""
    if not uses_claims(scheme):
        return [(None, None, YES)]
    given = facts.get("certificates", ABSENT)
    if given is ABSENT:
        return [({}, None, unknown((fact_cause("certificates"),)))]
    found: list[tuple[Element | None, int | None, Truth]] = []
    for i, certificate in enumerate(given):
        found.append((certificate, i, certificate_held(certificate, i, on)))
    if "certificates" in facts.get("partial", ()):
        found.append(({}, None, unknown((fact_cause("certificates"),))))
    return found


def certificate_held(certificate: Element, index: int, on: date) -> Truth:
    """Whether a certificate had been obtained by a day."""
    obtained = certificate.get("obtained", ABSENT)
    if isinstance(obtained, date):
        return known(obtained <= on)
    return unknown((fact_cause("certificate.obtained", "certificates", index),))


def no_claim(scheme: Scheme, question: Question) -> Claim:
    """The answer for somebody who holds no certificate on the date."""
    finding = Finding(implied("certificate", c.All(()), HOLDS_CERTIFICATE), values.NO)
    version = None
    for candidate in scheme.versions:
        status = barring_status(candidate, question)
        key = force.key_of(candidate, {}, None, question.on, question.applied)
        if candidate.selected_by in ("exam_year", "obtained") or force.covers(
            candidate, key
        ).value in (True, None):
            if status is not None and candidate.selected_by in ("applied", "month"):
                return Claim(None, None, "not_in_force", ZERO, ZERO, candidate, (), status=status)
            version = candidate
    if version is None:
        key = force.key_of(scheme.versions[-1], {}, None, question.on, question.applied)
        near = force.nearest_version(scheme, key)
        return Claim(None, None, "not_in_force", ZERO, ZERO, near, ())
    return Claim(None, None, "ineligible", ZERO, ZERO, version, (finding,))


def evaluate_claim(
    scheme: Scheme,
    facts: Element,
    question: Question,
    claim: Element | None,
    index: int | None,
    held: Truth,
    overriders: Sequence[tuple[str, Truth]],
) -> Claim:
    """One claim under every version that may cover it."""
    possible: list[tuple[Version, Truth]] = []
    for version in scheme.versions:
        key = force.key_of(version, claim, index, question.on, question.applied)
        covered = force.covers(version, key)
        if covered.value is True:
            possible = [(version, covered)]
            break
        if covered.value is None:
            possible.append((version, covered))
    if not possible:
        key = force.key_of(scheme.versions[-1], claim, index, question.on, question.applied)
        return Claim(
            claim, index, "not_in_force", ZERO, ZERO, force.nearest_version(scheme, key), ()
        )
    answers = [
        under_version(scheme, v, covered, facts, question, claim, index, held, overriders)
        for v, covered in possible
    ]
    if possible[0][1].value is True:
        return answers[0]
    # Which version covers the claim, or whether any does, is open; facts may yet decide it.
    outcomes: set[Outcome] = {a.outcome for a in answers}
    chosen_by = possible[0][1].causes
    if outcomes == {"not_in_force"}:
        return answers[0]
    by_text = all(x.kind == "text" for x in chosen_by)
    if scheme.kind == "verdict" and by_text:
        return replace(answers[0], outcome="undetermined", causes=chosen_by)
    if by_text and outcomes == {"ineligible"}:
        return answers[0]
    undecided = [a for a in answers if a.outcome == "undetermined"]
    first = undecided[0] if undecided else answers[0]
    # Whether the certificate was obtained by the day counts as far as an answer rests on it; a
    # certificate that may not exist at all has no version either.
    unseen = [x for x in held.causes if x.name == "certificates"]
    return replace(
        first,
        outcome="undetermined",
        entitled=hull([*(a.entitled for a in answers), ZERO], chosen_by),
        due=hull([*(a.due for a in answers), ZERO], chosen_by),
        causes=tuple(
            dict.fromkeys([*chosen_by, *unseen, *(x for a in undecided for x in a.causes)])
        ),
        doubts=tuple(x for a in answers if a not in undecided for x in a.causes),
        amount_causes=tuple(x for a in answers for x in a.amount_causes),
        version=first.version if len(answers) == 1 else None,
        pays=all(a.pays for a in answers),
        own=first.own and len(answers) == 1,
    )


def by_day(version: Version) -> bool:
    """Whether a day of the question chooses the version, and not the certificate."""
    return version.selected_by in ("applied", "month")


def under_version(
    scheme: Scheme,
    version: Version,
    covered: Truth,
    facts: Element,
    question: Question,
    claim: Element | None,
    index: int | None,
    held: Truth,
    overriders: Sequence[tuple[str, Truth]],
) -> Claim:
    """One claim under one version that covers it, or may."""
    day = force.day_of(version, question.on, question.applied)
    status = barring_status(version, question)
    if status is not None:
        return Claim(claim, index, "not_in_force", ZERO, ZERO, version, (), status=status)
    case = Case(facts, question.on, question.applied, scheme.id, claim, index)
    if force.is_stale(version, day, question.confirmed_within):
        covered = unknown((text_cause(force.NOT_CONFIRMED, "last_confirmed"),))
    findings: list[Finding] = []
    if covered.value is not True:
        findings.append(Finding(implied("in-force", c.All(()), IN_FORCE), covered))
    if claim is not None:
        requirement = implied("certificate", c.All(()), HOLDS_CERTIFICATE)
        findings.append(Finding(requirement, held))
    # Whether the version is in force is open for every certificate alike, unless they choose it.
    own = (covered.value is True or by_day(version)) and (claim is None or held.value is True)
    for requirement in version.requirements:
        found = finding(requirement, case)
        findings.append(found)
        if requirement.of_claim and requirement.strength == "must" and found.applies:
            own = own and found.truth.value is True
    window = window_tests(version, case)
    if window:
        own = own and all(test.value is True for test, of_claim in window if of_claim)
        requirement = implied("application-window", c.All(()), IN_WINDOW, version.window.clause)
        findings.append(Finding(requirement, all_of(test for test, _ in window), case=case))
    for lower, truth in overriders:
        text = Text(f"未被 {lower} 取代", f"not overridden by {lower}")
        findings.append(
            Finding(
                implied("not-overridden", c.All(()), text), values.negate(truth)
            )
        )  # fmt: skip
    deciding = [f for f in findings if f.requirement.strength == "must" and f.applies]
    whole = all_of(f.truth for f in deciding)
    if scheme.kind in ("verdict", "entitlement"):
        outcome = outcome_of(scheme, whole.value)
        return Claim(
            claim, index, outcome, ZERO, ZERO, version, tuple(findings), whole.causes, own=own
        )
    amount = version.amount.bounds(case) if version.amount is not None else ZERO
    amount = values.greatest([amount, ZERO])
    if whole.value is False:
        entitled = ZERO
    elif whole.value is None:
        entitled = values.bounds(0, amount.high, amount.published, amount.causes)
    else:
        entitled = amount
    worth = amount if whole.value is None and amount.low else entitled
    left = ledger.due_after(version.ledger, scheme, facts, question.on, worth, claim, index)
    due = (
        left
        if whole.value is not None
        else values.bounds(0, left.high, left.published, left.causes)
    )
    causes = whole.causes
    outcome = outcome_of(scheme, whole.value)
    reads_ledger = ledger.reads(version.ledger)
    pays = True
    if whole.value is not False and (reads_ledger or not amount.settled or amount.high == 0):
        something = ledger.something_left(
            version.ledger, scheme, facts, question.on, worth, claim, index
        )
        pays = something.value is True
        requirement = implied("nothing-left", c.All(()), NOTHING_LEFT)
        if reads_ledger or something.value is not True:
            findings.append(Finding(requirement, something))
        both = all_of((whole, something))
        outcome, causes = outcome_of(scheme, both.value), both.causes or whole.causes
        if both.value is False:
            due = ZERO
            if not reads_ledger:
                entitled = ZERO
        elif both.value is None:
            due = values.bounds(0, due.high, due.published, due.causes)
    return Claim(
        claim, index, outcome, entitled, due, version, tuple(findings), causes, due.causes,
        left=None if as_much(left, worth) else left, pays=pays, own=own, least=amount.low or 0,
    )  # fmt: skip


def as_much(left: Bounds, worth: Bounds) -> bool:
    """Whether an amount is the other one, with the same facts open; text open in both counts no
    more for having been weighed again."""
    return left[:3] == worth[:3] and facts_open(left) == facts_open(worth)


def facts_open(of: Bounds) -> set[tuple[str, int | None]]:
    """The facts behind an open amount."""
    return {(x.name, x.entry) for x in of.causes if x.kind == "fact"}


def barring_status(version: Version, question: Question) -> str | None:
    """The status because of which a version does not answer; None where it does."""
    status = force.status_on(version, force.day_of(version, question.on, question.applied))
    return None if question.drafts and status == DRAFT else status


def outcome_of(scheme: Scheme, value: bool | None) -> Outcome:
    """The outcome that a truth means for the kind of scheme."""
    if value is None:
        return "undetermined"
    if scheme.kind == "verdict":
        return "compliant" if value else "non_compliant"
    return "eligible" if value else "ineligible"


def finding(requirement: Requirement, case: Case) -> Finding:
    """One requirement asked; not applicable before it is due or where its guard fails."""
    if requirement.due is not None and case.on < requirement.due:
        return Finding(requirement, YES, False, case)
    condition = requirement.condition
    if isinstance(condition, c.When) and condition.guard.truth(case).value is False:
        return Finding(requirement, YES, False, case)
    return Finding(requirement, condition.truth(case), True, case)


def window_tests(version: Version, case: Case) -> list[tuple[Truth, bool]]:
    """Whether the application lies in the window, by each end it has; each with whether that day
    is one of the certificate."""
    window = version.window
    applied, tests = QuestionDay("applied"), []
    if window.start is not None:
        after = c.CompareDays(applied, "not_before", window.start).truth(case)
        tests.append((after, window.start_of_claim))
    if window.end is not None:
        before = c.CompareDays(applied, "not_after", window.end).truth(case)
        tests.append((before, window.end_of_claim))
    return tests


# ------------------------------------------------------------------ over the claims

RANK = {"eligible": 0, "compliant": 0, "undetermined": 1, "ineligible": 2, "non_compliant": 2,
        "not_in_force": 3}  # fmt: skip


def combine(
    scheme: Scheme, facts: Element, question: Question, claims: Sequence[Claim]
) -> Decision:
    """One decision from the claims: any may carry it, the best or each is paid."""
    every = claims
    if scheme.per == "best" or not (scheme.money or scheme.kind in ("grade_steps", "points")):
        claims = unsurpassed(claims, surpasses)
    best_rank = min(RANK[claim.outcome] for claim in claims)
    live = [claim for claim in claims if claim.outcome in ("eligible", "undetermined")]
    outcome = next(claim.outcome for claim in claims if RANK[claim.outcome] == best_rank)
    entitled, due = ZERO, ZERO
    chosen = min(claims, key=lambda x: (RANK[x.outcome], -(x.due.low or 0), -(x.due.high or 0)))
    named = len(claims) == 1 or len(live) == 1
    decisive = claims
    if scheme.money or scheme.kind in ("grade_steps", "points"):
        worth = [claim for claim in claims if claim.entitled.high != 0]
        top = candidates_of(worth)
        named = len(claims) == 1 or len(top) == 1
        if len(top) == 1:
            chosen = top[0]
        if scheme.per == "each":
            entitled = values.add([claim.entitled for claim in claims])
            due = values.add([claim.due for claim in claims])
            if (
                live
                and ("certificates" in facts.get("partial", ()) or "certificates" not in facts)
                and uses_claims(scheme)
            ):
                causes = share_weight([g for g in (due.causes, (fact_cause("certificates"),)) if g])
                due = Bounds(due.low, None, due.published, causes)
                entitled = Bounds(entitled.low, None, entitled.published, causes)
            if chosen.version is not None:
                due = ledger.within_cap(chosen.version.ledger, scheme, facts, question.on, due)
        elif worth:
            entitled = values.greatest([claim.entitled for claim in worth])
            decisive = top
            outcome, due = best_due(scheme, facts, question.on, top)
            if len(top) > 1:
                chosen = min(top, key=lambda x: RANK[x.outcome])
        if not worth and any(claim.outcome == "ineligible" for claim in claims):
            # Another certificate, of which no version may hold, changes nothing any more.
            outcome = "ineligible"
            chosen = next(claim for claim in claims if claim.outcome == outcome)
    return assemble(scheme, facts, question, every, decisive, chosen, named, outcome, entitled, due)


class Owned(Protocol):
    """A claim that knows whether all holds that is asked of the certificate itself."""

    @property
    def own(self) -> bool: ...


AnyClaim = TypeVar("AnyClaim", bound=Owned)


def unsurpassed(
    claims: Sequence[AnyClaim], surpasses: Callable[[AnyClaim, AnyClaim], bool]
) -> Sequence[AnyClaim]:
    """The claims without those that can bring no more than another one, whatever is open."""
    if len(claims) < 2 or not any(claim.own for claim in claims):
        return claims
    left = list(claims)
    for claim in claims:
        if any(other is not claim and surpasses(other, claim) for other in left):
            left = [other for other in left if other is not claim]
    return left


def surpasses(one: Claim, other: Claim) -> bool:
    """Whether a claim brings as much as another in every completion.

    It meets all that is asked of its certificate and is worth more, or as much where what was
    paid before does not tell the two apart.
    """
    version = one.version
    if not one.own or version is None or other.version is not version:
        return False
    if one.outcome == "not_in_force" or other.outcome == "not_in_force":
        return False
    most = other.entitled.high
    if most is not None and one.least > most:
        return True
    held, there = one.certificate, other.certificate
    return (
        ledger.alike(held, there, version.amount_reads) or (most is not None and one.least >= most)
    ) and (
        (one.left is None and one.pays)
        or not ledger.by_claim(version.ledger)
        or ledger.alike(held, there, ledger.CLAIM_FIELDS)
    )


def candidates_of(worth: Sequence[Claim]) -> list[Claim]:
    """The claims that may be worth most before the ledger; one where that is decided."""
    if not worth:
        return []
    floor = max((x.entitled.low or 0) for x in worth)
    candidates = [x for x in worth if x.entitled.high is None or x.entitled.high >= floor]
    sure = [x.due.low or 0 for x in candidates if x.entitled.settled]
    if sure:
        # One that can at most draw level, and then gives no more, decides nothing.
        candidates = [
            x
            for x in candidates
            if x.entitled.settled
            or x.entitled.high != floor
            or x.due.high is None
            or x.due.high > max(sure)
        ]
    if all(x.entitled.settled for x in candidates):
        return [max(candidates, key=lambda x: x.due.low or 0)]
    return candidates


def best_due(
    scheme: Scheme, facts: Element, on: date, candidates: Sequence[Claim]
) -> tuple[Outcome, Bounds]:
    """Outcome and amount where one of ``candidates`` is the claim that is worth most.

    What was paid for that claim counts even where another one, worth less, was not paid.
    """
    if len(candidates) == 1:
        return candidates[0].outcome, candidates[0].due
    floor = max((x.entitled.low or 0) for x in candidates)
    lows = [least_due(scheme, facts, on, x, floor) for x in candidates]
    low = min(lows) if floor else 0
    highs = [x.due.high for x in candidates]
    high = None if None in highs else max(h for h in highs if h is not None)
    weighed = [x for x in candidates if x.outcome != "ineligible" or stands_before(x, candidates)]
    groups = [g for x in weighed for g in (x.due.causes, x.causes, x.doubts) if g]
    published = all(x.due.published for x in candidates)
    due = values.bounds(low, high, published, share_weight(groups))
    if all(x.outcome == "ineligible" for x in candidates):
        return "ineligible", ZERO
    sure = any(x.outcome == "eligible" for x in candidates) and all(
        x.outcome == "eligible" or (x.outcome == "undetermined" and (at_least > 0 or x.pays))
        for x, at_least in zip(candidates, lows, strict=True)
    )
    return "eligible" if sure else "undetermined", due


def stands_before(claim: Claim, candidates: Sequence[Claim]) -> bool:
    """Whether a claim of which nothing is due may be worth more than one of which something is."""
    most = claim.entitled.high
    return any(
        most is None or other.version is None or other.least < most
        for other in candidates
        if other.outcome != "ineligible"
    )


def least_due(
    scheme: Scheme, facts: Element, on: date, claim: Claim, floor: values.Number
) -> values.Number:
    """The least that is due for a claim if it is the best one, so worth ``floor`` or more."""
    if claim.left is None:
        return floor
    if claim.version is None:
        return 0
    entitled = claim.entitled
    if (entitled.low or 0) < floor:
        worth = Bounds(floor, entitled.high, entitled.published, entitled.causes)
        left = ledger.due_after(
            claim.version.ledger, scheme, facts, on, worth, claim.certificate, claim.index
        )
        return max(left.low or 0, claim.left.low or 0)
    return claim.left.low or 0


def assemble(
    scheme: Scheme,
    facts: Element,
    question: Question,
    claims: Sequence[Claim],
    decisive: Sequence[Claim],
    chosen: Claim,
    named: bool,
    outcome: Outcome,
    entitled: Bounds,
    due: Bounds,
) -> Decision:
    """The decision with what is missing, open and presumed; the doubts of ``decisive`` count."""
    version = None if outcome == "not_in_force" else chosen.version
    over: values.Number = 0
    if chosen.version is not None and scheme.money:
        over = ledger.overpaid(
            chosen.version.ledger,
            scheme,
            facts,
            question.on,
            entitled,
            chosen.certificate,
            chosen.index,
        )
    causes: list[tuple[Affects, Cause]] = []
    if outcome == "undetermined":
        for claim in decisive:
            if claim.outcome == "undetermined":
                causes += [("outcome", x) for x in claim.causes]
                if len(decisive) > 1:
                    causes += [("outcome", x) for x in claim.doubts]
        if not causes:
            causes += [("outcome", x) for x in due.causes]
    if outcome in ("eligible", "undetermined"):
        causes += [("amount", x) for x in due.causes]
        for claim in decisive:
            if claim.outcome == "undetermined" and outcome == "eligible" and not due.settled:
                causes += [("amount", x) for x in claim.causes]
    stand = None
    if version is not None:
        stand = force.standing(version, force.day_of(version, question.on, question.applied))
    missing, open_text, to_confirm = open_parts(scheme.subject, causes)
    unclear: list[Text] = [*scheme.unclear]
    if version is not None:
        unclear += version.unclear
        unclear += [r.unclear for r in version.requirements if r.unclear is not None]
    return Decision(
        scheme=scheme,
        on=question.on,
        outcome=outcome,
        version=version,
        status=chosen.status if outcome == "not_in_force" else None,
        standing=stand,
        bounds=due,
        entitled_bounds=entitled,
        overpaid_fen=over,
        claims=tuple(claims),
        claim=chosen if named and chosen.certificate else None,
        findings=chosen.findings,
        missing=missing,
        open_text=open_text,
        to_confirm=to_confirm,
        unclear=tuple(unclear),
        nearest=chosen.version if outcome == "not_in_force" else None,
    )


def open_parts(
    subject: str, causes: Sequence[tuple[Affects, Cause]]
) -> tuple[tuple[Missing, ...], tuple[Text, ...], tuple[tuple[str, Text], ...]]:
    """What keeps an answer open: missing facts, words of the text, what an office has to confirm.

    ``causes`` come with what each may change.
    """
    texts = dict.fromkeys(x.text for _, x in causes if x.kind == "text" and x.text is not None)
    offices = dict.fromkeys(
        (x.name, x.text) for _, x in causes if x.kind == "authority" and x.text is not None
    )
    return missing_facts(subject, causes), tuple(texts), tuple(offices)


def missing_facts(subject: str, causes: Sequence[tuple[Affects, Cause]]) -> tuple[Missing, ...]:
    """The facts behind open answers, those on which most rests first."""
    facts, lists = fact_registry(subject), list_registry(subject)
    weights: dict[tuple[str, str | None, int | None], list[object]] = {}
    for affects, cause in causes:
        if cause.kind != "fact":
            continue
        key = (cause.name, cause.list, cause.entry)
        entry = weights.setdefault(key, ["amount", Fraction(0)])
        if affects == "outcome":
            entry[0] = "outcome"
        entry[1] = cast(Fraction, entry[1]) + cause.weight
    found = []
    for (name, list_name, index), (worst, weight) in weights.items():
        affects = cast(Affects, worst)
        about = facts.get(name) or lists.get(name)
        question = about.question if about is not None else Text(name, name)
        found.append(Missing(name, affects, cast(Fraction, weight), question, list_name, index))
    return tuple(
        sorted(found, key=lambda x: (x.affects != "outcome", -x.weight, x.fact, x.index or 0))
    )
