"""A decision as plain JSON data, with the keys of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sgincentive.decision import Amount, Claim, Decision, Finding, MonthRow
from sgincentive.explain import findings
from sgincentive.explain.figures import figures_json
from sgincentive.explain.format import fen_digits, json_end, json_number, json_text, json_value
from sgincentive.explain.status import status_text
from sgincentive.nodes.base import Case
from sgincentive.nodes.values import Bounds
from sgincentive.schemes.model import NUMBER_KINDS, Scheme, Source
from sgincentive.words import Lang

UNITS = {"grade_steps": "steps", "points": "points"}
NOT_STATED = "not_stated"
WITHOUT_AMOUNT = ("entitlement", "verdict")


def decision_json(decision: Decision, lang: Lang) -> dict[str, Any]:
    """The decision as JSON data; ``lang`` is that of the words that stand in one language."""
    scheme, version = decision.scheme, decision.version
    shown = version or decision.nearest
    status = status_text(decision)
    return {
        "scheme": scheme.id,
        "title": json_text(scheme.title),
        "version": None if version is None else version.id,
        "nearest_version": None if decision.nearest is None else decision.nearest.id,
        "outcome": decision.outcome,
        "status": decision.status,
        "status_text": None if status is None else json_text(status),
        "standing": None if version is None else decision.standing,
        "last_confirmed": None if version is None else version.last_confirmed_text,
        "benefit": benefit_json(decision),
        "entitled": ends(decision, decision.entitled_bounds),
        "overpaid": overpaid_json(decision),
        "payer": None if scheme.payer is None else scheme.payer.get(lang),
        "apply_by": apply_by(decision),
        "schedule": None
        if decision.schedule is None
        else [row_json(row, decision) for row in decision.schedule],
        "claims": [claim_json(claim, decision) for claim in decision.claims],
        "certificate": None
        if decision.claim is None
        else certificate_json(decision.claim.certificate),
        "requirements": [finding_json(each) for each in decision.findings],
        "missing": [
            {
                "fact": each.fact,
                "affects": each.affects,
                "question": json_text(each.question),
                "list": each.list,
                "index": each.index,
            }
            for each in decision.missing
        ],
        "open_text": [json_text(each) for each in decision.open_text],
        "to_confirm": [{"id": id, "text": json_text(each)} for id, each in decision.to_confirm],
        "unclear": [each.get(lang) for each in decision.unclear],
        "figures": figures_json(scheme, version),
        "confidence": decision.confidence,
        "sources": [source_json(each) for each in shown.sources] if shown is not None else [],
        "rule_digest": scheme.digest,
    }


def unit_of_benefit(scheme: Scheme) -> str | None:
    """``CNY``, ``steps``, ``points``, or None for what has no amount."""
    return "CNY" if scheme.money else UNITS.get(scheme.kind)


def benefit_json(decision: Decision) -> dict[str, Any]:
    """What is due."""
    amount = decision.amount
    published = True if amount is None else amount.published
    return {
        "kind": decision.scheme.kind,
        "unit": unit_of_benefit(decision.scheme),
        **amount_ends(amount),
        "published": published,
    }


def amount_ends(amount: Amount | None) -> dict[str, Any]:
    """The two ends of an amount."""
    if amount is None:
        return {"min": None, "max": None}
    return {"min": _end(amount, amount.min), "max": _end(amount, amount.max)}


def _end(amount: Amount, value: Any) -> Any:
    if value is None:
        return None
    if amount.unit == "CNY":
        return f"{value:.2f}"
    return value if isinstance(value, int) else float(value)


def ends(decision: Decision, bounds: Bounds, outcome: str | None = None) -> dict[str, Any]:
    """Two ends of some bounds, as the kind of the scheme counts them."""
    nothing = {"min": None, "max": None}
    kind = decision.scheme.kind
    if kind in WITHOUT_AMOUNT or (outcome or decision.outcome) == "not_in_force":
        return nothing
    if not bounds.published and not bounds.low and bounds.high is None:
        return nothing
    money = decision.scheme.money
    low, high = json_end(bounds.low, is_money=money), json_end(bounds.high, is_money=money)
    return {"min": low, "max": high}


def overpaid_json(decision: Decision) -> Any:
    """What was paid above the entitlement."""
    if decision.scheme.kind in WITHOUT_AMOUNT or decision.outcome == "not_in_force":
        return None
    if decision.scheme.kind in NUMBER_KINDS:
        return json_number(decision.overpaid_fen)
    return fen_digits(decision.overpaid_fen)


def certificate_json(certificate: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The known fields of a certificate."""
    if certificate is None:
        return None
    return {key: json_value(value) for key, value in certificate.items()}


def claim_json(claim: Claim, decision: Decision) -> dict[str, Any]:
    """The answer for one certificate."""
    return {
        "certificate": certificate_json(claim.certificate),
        "outcome": claim.outcome,
        **ends(decision, claim.due, claim.outcome),
        "published": claim.due.published,
    }


def row_json(row: MonthRow, decision: Decision) -> dict[str, Any]:
    """One month of the schedule."""
    paid = ends(decision, row.paid, row.outcome)
    return {
        "month": row.period,
        "outcome": row.outcome,
        "entitled": ends(decision, row.entitled, row.outcome),
        "paid": paid["min"] if row.paid.settled else paid,
        "due": ends(decision, row.due, row.outcome),
        "reason": json_text(row.reason),
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """One requirement."""
    causes = finding.truth.causes
    unknown = finding.truth.value is None
    return {
        "id": finding.id,
        "holds": finding.holds,
        "applies": finding.applies,
        "unknown_because": causes[0].kind if unknown and causes else None,
        "strength": finding.requirement.strength,
        "found": findings.found(finding),
        "demanded": findings.demanded(finding, "en"),
        "short_by": findings.short_by(finding),
        "clause": finding.requirement.clause,
        "text": json_text(findings.text(finding)),
    }


def source_json(source: Source) -> dict[str, Any]:
    """One source."""
    return {
        "title": source.title,
        "url": source.url,
        "kind": source.kind,
        "publisher": None if source.publisher == NOT_STATED else source.publisher,
        "number": None if source.number == NOT_STATED else source.number,
        "date": None if source.date == NOT_STATED else source.date,
        "only_for": None if source.only_for is None else json_text(source.only_for),
    }


def apply_by(decision: Decision) -> str | None:
    """The last day to apply where it is settled, ISO."""
    version = decision.version
    if version is None or version.window.end is None:
        return None
    cases = [each.case for each in decision.findings if each.case is not None]
    case = cases[0] if cases else Case({}, decision.on, decision.on, decision.scheme.id)
    span = version.window.end.span(case)
    return span.first.isoformat() if span.first == span.last else None
