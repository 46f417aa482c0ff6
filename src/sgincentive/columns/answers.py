"""The answer of a scheme for every row: one claim under every version that may cover it.

Follows :mod:`sgincentive.engine.check` for a subject with at most one certificate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sgincentive.calendar import add_months
from sgincentive.columns import (  # noqa: F401 - the modules register the nodes
    condition_nodes,
    day_nodes,
    days,
    ledger,
    quantity_nodes,
)
from sgincentive.columns import expr as e
from sgincentive.columns import values as v
from sgincentive.columns.days import Day
from sgincentive.columns.expr import FALSE, TRUE, Expr
from sgincentive.columns.nodes import bounds, span, truth
from sgincentive.columns.row import NO_ENTRY, Entry, Place, Row
from sgincentive.columns.values import NO, YES, ZERO, Bounds, Facts, Truth, all_of, hull, joined
from sgincentive.engine.check import uses_claims
from sgincentive.schemes.model import Scheme, Version

Findings = list[tuple[str, Truth]]
"""What decides: requirements in order, each with its truth."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows with each outcome (the rest is undetermined), what is due, what is missing.

    ``decides``: for each id of a requirement the rows in which it is the one that decided.
    ``by_rows``: the rows whose answer only the scalar engine knows.
    """

    granted: Expr
    refused: Expr
    off: Expr
    due: Bounds
    facts: Facts
    decides: Sequence[tuple[Expr, str]]
    by_rows: Expr = FALSE


@dataclass(frozen=True, slots=True)
class UnderVersion:
    """A claim under one version.

    ``facts`` stand behind an open answer and mean nothing in other rows; in those of ``failed``
    the requirements fail whatever they are.
    """

    both: Truth
    off: Expr
    due: Bounds
    facts: Facts
    failed: Expr
    findings: Findings
    statuses: Sequence[tuple[Expr, str]]


@dataclass(frozen=True, slots=True)
class Key:
    """That by which a version is chosen: a day, or the exam year of the certificate."""

    known: Expr
    name: str | None
    day: Day | None = None
    year: Expr | None = None

    def before(self, limit: date) -> Expr:
        """Whether the key lies before a date (an exam year counts as its first day)."""
        if self.year is not None:
            year = limit.year if limit == date(limit.year, 1, 1) else limit.year + 1
            return e.less(self.year, e.number(year))
        assert self.day is not None
        return days.before(self.day, days.fixed(limit))

    def after(self, limit: date) -> Expr:
        """Whether the key lies after a date."""
        if self.year is not None:
            return e.less(e.number(limit.year), self.year)
        assert self.day is not None
        return days.before(days.fixed(limit), self.day)


def day_of(version: Version, row: Row) -> Day:
    """The day on which a version has to stand."""
    return row.applied if version.selected_by == "applied" else row.on


def key_of(version: Version, claim: Entry, row: Row) -> Key:
    """The key of every row."""
    if version.selected_by in ("applied", "month"):
        return Key(TRUE, None, day_of(version, row))
    name = version.selected_by
    cell = claim.cell(name)
    known = e.all_(cell.known, e.not_(cell.none))
    if cell.raw is None:
        return Key(FALSE, f"certificate.{name}", days.FIRST)
    if cell.raw.kind == "int":
        return Key(known, f"certificate.{name}", year=cell.number())
    return Key(known, f"certificate.{name}", cell.day())


def covers(version: Version, key: Key) -> Truth:
    """Whether the version covers the key."""
    no = FALSE
    open_end = FALSE
    if version.last is not None:
        no = key.after(version.last)
    if version.gives_way is not None and version.last_confirmed is not None:
        no = e.any_(no, e.not_(key.before(version.gives_way)))
        open_end = key.after(version.last_confirmed)
    if version.first is not None:
        first, last = version.first
        early = e.all_(key.before(first), e.not_(open_end))
        sure = e.not_(key.before(last))
    else:
        early = FALSE
        if version.follows is not None:
            early = e.all_(e.not_(open_end), e.not_(key.after(version.follows)))
        sure = FALSE if version.seen is None else e.not_(key.before(version.seen))
        early = e.all_(early, e.not_(sure))
    no = e.any_(no, early)
    yes = e.all_(e.not_(no), e.not_(open_end), sure)
    facts: Facts = {}
    if key.name is not None and key.known is not TRUE:
        facts = {key.name: e.not_(key.known)}
    return Truth(e.all_(key.known, yes), e.all_(key.known, no), facts)


def within_days(day: Day, first: date, last: date) -> Expr:
    """Whether a day lies between two others, both included."""
    return e.all_(days.not_after(days.fixed(first), day), days.not_after(day, days.fixed(last)))


def statuses_of(version: Version, row: Row) -> list[tuple[Expr, str]]:
    """The rows in which the version is a draft, suspended, …: the first status that holds."""
    day = day_of(version, row)
    return [(within_days(day, s.first, s.last), s.status) for s in version.statuses]


def is_stale(version: Version, row: Row, confirmed_within: int | None) -> Expr:
    """The rows in which a presumed version was last confirmed too long ago."""
    if confirmed_within is None or version.last is not None or version.last_confirmed is None:
        return FALSE
    limit = days.fixed(add_months(version.last_confirmed, confirmed_within))
    day = day_of(version, row)
    return e.all_(days.before(days.fixed(version.last_confirmed), day), days.before(limit, day))


def window_truth(version: Version, place: Place) -> Truth | None:
    """Whether the application lies in the window; None where the version has none."""
    window = version.window
    applied = days.exactly(place.row.applied)
    tests = []
    if window.start is not None:
        tests.append(days.on_or_before(span(window.start, place), applied))
    if window.end is not None:
        tests.append(days.on_or_before(applied, span(window.end, place)))
    return all_of(tests) if tests else None


def under_version(
    scheme: Scheme,
    version: Version,
    covered: Truth,
    place: Place,
    held: Truth,
    overriders: Sequence[Truth],
    confirmed_within: int | None,
) -> UnderVersion:
    """One claim under one version that covers it, or may. Raises NotInColumns."""
    row = place.row
    statuses = statuses_of(version, row)
    off = e.any_(*(rows for rows, _ in statuses))
    stale = is_stale(version, row, confirmed_within)
    in_force = v.where(stale, v.OPEN, Truth(covered.yes, FALSE, covered.facts))
    findings: Findings = [("in-force", in_force)]
    if uses_claims(scheme):
        findings.append(("certificate", held))
    for requirement in version.requirements:
        if requirement.strength != "must":
            continue
        found = truth(requirement.condition, place)
        if requirement.due is not None:
            found = v.where(days.before(row.on, days.fixed(requirement.due)), YES, found)
        findings.append((requirement.id, found))
    window = window_truth(version, place)
    if window is not None:
        findings.append(("application-window", window))
    findings += [("not-overridden", v.negate(t)) for t in overriders]
    whole = all_of(t for _, t in findings)
    facts = [t.facts for _, t in findings]
    if scheme.kind in ("verdict", "entitlement"):
        return UnderVersion(whole, off, ZERO, joined(facts), whole.no, findings, statuses)
    claim = place.claim or NO_ENTRY
    amount = bounds(version.amount, place) if version.amount is not None else ZERO
    amount = v.greatest([amount, ZERO])
    left = ledger.due_after(version.ledger, scheme, place, amount, claim)
    something = ledger.something_left(version.ledger, scheme, place, amount, claim)
    findings.append(("nothing-left", v.where(whole.no, YES, something)))
    both = all_of((whole, something))
    missing = joined((*facts, something.facts))
    return UnderVersion(both, off, _due(both, left), missing, whole.no, findings, statuses)


def _due(both: Truth, left: Bounds) -> Bounds:
    """What is due of ``left``: all of it where the terms hold, none where they do not, else at
    most so much."""
    yes, live = both.yes, e.not_(both.no)
    low = e.case(e.one(yes), e.assuming(left.low, yes), e.ZERO)
    high = e.case(e.one(both.no), e.ZERO, e.assuming(left.high, live))
    sure = e.assuming(e.equal(left.low, left.high), live)
    settled = e.any_(
        both.no,
        e.all_(e.not_(left.no_high),
               e.any_(e.all_(yes, sure), e.equal(e.assuming(left.high, live), e.ZERO))),
    )  # fmt: skip
    return Bounds(
        low,
        high,
        FALSE,
        e.all_(live, left.no_high),
        e.any_(settled, left.published),
        v.only(e.not_(settled), left.facts) if left.facts else {},
        left.scale,
    )


def answer(
    scheme: Scheme, row: Row, overriders: Sequence[Truth], confirmed_within: int | None = None
) -> Answer:
    """The answer of a scheme in every row. Raises NotInColumns, TooWide."""
    claims = uses_claims(scheme)
    given = row.list("certificates")
    claim = (given.entries or (NO_ENTRY,))[0] if claims else NO_ENTRY
    place = Place(row, scheme.id, claim if claims else None)
    held = _held(row, claim) if claims else YES
    covered = [covers(version, key_of(version, claim, row)) for version in scheme.versions]
    found = [
        under_version(scheme, version, cover, place, held, overriders, confirmed_within)
        for version, cover in zip(scheme.versions, covered, strict=True)
    ]
    result = _chosen(scheme, covered, found, held)
    if scheme.per == "each" and (scheme.money or scheme.kind in ("grade_steps", "points")):
        result = _each(scheme, result, place, covered, given.given if claims else TRUE)
    if claims:
        empty = e.all_(given.given, e.not_(claim.present))
        result = _without_claim(scheme, row, result, empty)
    rhythm = scheme.versions[-1].rhythm
    if scheme.kind in ("monthly", "yearly") and (
        rhythm.term_months is not None or rhythm.starts_later
    ):
        result = replace(result, by_rows=e.not_(e.any_(result.refused, result.off)))
    return result


def _held(row: Row, claim: Entry) -> Truth:
    """Whether the certificate had been obtained by the date."""
    obtained = claim.cell("obtained")
    given = row.list("certificates").given
    unknown = Truth(FALSE, FALSE, {"certificates": TRUE})
    if obtained.raw is None:
        dated = Truth(FALSE, FALSE, {"certificate.obtained": TRUE})
    else:
        late = days.before(row.on, obtained.day())
        dated = Truth(
            e.all_(obtained.known, e.not_(late)),
            e.all_(obtained.known, late),
            obtained.missing("certificate.obtained"),
        )
    return v.where(given, dated, unknown)


def _first(rows: Sequence[tuple[Expr, str]], among: Expr) -> list[tuple[Expr, str]]:
    return [(e.all_(among, test), name) for test, name in rows]


def _decides(under: UnderVersion, among: Expr) -> list[tuple[Expr, str]]:
    """The requirement that decided, in the rows of ``among``: the first that fails, else the
    first that is open."""
    failed = [(t.no, name) for name, t in under.findings]
    doubtful = [(t.open, name) for name, t in under.findings]
    return _first([*under.statuses, *failed, *doubtful], among)


def _chosen(
    scheme: Scheme, covered: Sequence[Truth], found: Sequence[UnderVersion], held: Truth
) -> Answer:
    """The answer of the version that covers a row, or of all that may."""
    granted = refused = FALSE
    off = e.all_(*(cover.no for cover in covered))
    decides: list[tuple[Expr, str]] = [(off, "in-force")]
    due = ZERO
    facts: list[Facts] = []
    left = e.not_(off)
    for cover, under in zip(covered, found, strict=True):
        mine = e.all_(left, cover.yes)
        left = e.all_(left, e.not_(cover.yes))
        live = e.all_(mine, e.not_(under.off))
        granted = e.any_(granted, e.all_(live, under.both.yes))
        refused = e.any_(refused, e.all_(live, under.both.no))
        off = e.any_(off, e.all_(mine, under.off))
        decides += _decides(under, mine)
        due = v.choose(live, under.due, due)
        facts.append(v.only(live, under.facts))
    if left is not FALSE:
        more = _open_force(scheme, covered, found, held)
        granted = e.any_(granted, e.all_(left, more.granted))
        refused = e.any_(refused, e.all_(left, more.refused))
        off = e.any_(off, e.all_(left, more.off))
        due = v.choose(left, more.due, due)
        facts.append(v.only(left, more.facts))
        decides += _first(more.decides, left)
    undecided = e.one(e.not_(e.any_(granted, refused, off)))
    missing = joined(
        (
            v.only(undecided, joined(facts)),
            v.only(e.one(e.not_(e.any_(refused, off))), due.facts),
        )
    )
    return Answer(granted, refused, off, due, missing, decides)


def _open_force(
    scheme: Scheme, covered: Sequence[Truth], found: Sequence[UnderVersion], held: Truth
) -> Answer:
    """The rows in which it is open which version covers them, or whether any does."""
    possible = [e.not_(cover.no) for cover in covered]
    pairs = list(zip(possible, found, strict=True))
    off = e.all_(*(e.any_(e.not_(rows), under.off) for rows, under in pairs))
    causes = joined(
        v.only(rows, cover.facts) for rows, cover in zip(possible, covered, strict=True)
    )
    by_text = e.not_(v.anything(causes))
    refused = FALSE
    if scheme.kind != "verdict":
        refused = e.all_(
            by_text,
            *(
                e.any_(e.not_(rows), e.all_(e.not_(under.off), under.both.no))
                for rows, under in pairs
            ),
        )
    due = hull(
        [*((e.all_(rows, e.not_(under.off)), under.due) for rows, under in pairs),
         (TRUE, ZERO)], causes
    )  # fmt: skip
    due = v.choose(refused, ZERO, due)
    # Whether the certificate was obtained by the day counts as far as an answer rests on it; a
    # certificate that may not exist at all has no version either.
    unseen = {name: rows for name, rows in held.facts.items() if name == "certificates"}
    facts = joined(
        [causes, unseen]
        + [
            v.only(e.all_(rows, e.not_(under.off), e.not_(under.failed)), under.facts)
            for rows, under in pairs
        ]
    )
    if scheme.kind == "verdict":
        facts = v.only(e.not_(by_text), facts)
    decides: list[tuple[Expr, str]] = []
    left = TRUE
    for rows, under in pairs:
        first = e.all_(left, rows)
        left = e.all_(left, e.not_(rows))
        decides += _first(under.statuses, e.all_(first, off))
        decides += _first([(t.no, name) for name, t in under.findings], e.all_(first, refused))
    decides.append((e.not_(e.any_(off, refused)), "in-force"))
    return Answer(FALSE, e.all_(refused, e.not_(off)), off, due, facts, decides)


def _each(
    scheme: Scheme, result: Answer, place: Place, covered: Sequence[Truth], given: Expr
) -> Answer:
    """A benefit paid for each certificate: others may exist where none is named; then caps."""
    live = e.not_(e.any_(result.refused, result.off))
    more = e.all_(live, e.not_(given))
    cause: Facts = {"certificates": TRUE}
    wider = replace(result.due, high=result.due.low, no_high=TRUE,
                    facts=joined((result.due.facts, cause)))  # fmt: skip
    due = v.choose(more, wider, result.due)
    for i, (version, cover) in enumerate(zip(scheme.versions, covered, strict=True)):
        others = [e.not_(c.no) for j, c in enumerate(covered) if j != i]
        alone = e.any_(cover.yes, e.all_(e.not_(cover.no), e.not_(e.any_(*others))))
        due = v.choose(alone, ledger.within_cap(version.ledger, scheme, place, due), due)
    facts = joined((result.facts, v.only(live, due.facts)))
    return replace(result, due=due, facts=facts)


def _without_claim(scheme: Scheme, row: Row, result: Answer, empty: Expr) -> Answer:
    """The answer where it is known that there is no certificate."""
    if empty is FALSE:
        return result
    off = FALSE
    some = FALSE
    left = empty
    decides: list[tuple[Expr, str]] = []
    for version in scheme.versions:
        dated = version.selected_by in ("applied", "month")
        mine = left
        if dated:
            mine = e.all_(left, e.not_(covers(version, key_of(version, NO_ENTRY, row)).no))
            for rows, status in statuses_of(version, row):
                hit = e.all_(mine, rows)
                off = e.any_(off, hit)
                left = e.all_(left, e.not_(hit))
                decides.append((hit, status))
        some = e.any_(some, mine)
    refused = e.all_(left, some)
    nowhere = e.all_(left, e.not_(some))
    decides += [(refused, "certificate"), (nowhere, "in-force")]
    rest = e.not_(empty)
    return replace(
        result,
        granted=e.all_(rest, result.granted),
        refused=e.any_(e.all_(rest, result.refused), refused),
        off=e.any_(e.all_(rest, result.off), off, nowhere),
        due=v.choose(empty, ZERO, result.due),
        facts=v.only(rest, result.facts),
        decides=[*decides, *_first(result.decides, rest)],
    )


def force_of(scheme: Scheme, row: Row, confirmed_within: int | None = None) -> Truth:
    """Whether some version of a scheme covers the row: what an overriding scheme needs."""
    claims = uses_claims(scheme)
    given = row.list("certificates")
    claim = (given.entries or (NO_ENTRY,))[0] if claims else NO_ENTRY
    yes = no = FALSE
    covered = [covers(version, key_of(version, claim, row)) for version in scheme.versions]
    left = TRUE
    facts: list[Facts] = []
    offs = []
    for version, cover in zip(scheme.versions, covered, strict=True):
        off = e.any_(*(rows for rows, _ in statuses_of(version, row)))
        offs.append(off)
        mine = e.all_(left, cover.yes)
        left = e.all_(left, e.not_(cover.yes))
        no = e.any_(no, e.all_(mine, off))
        fresh = e.not_(is_stale(version, row, confirmed_within))
        yes = e.any_(yes, e.all_(mine, e.not_(off), fresh))
        facts.append(cover.facts)
    nowhere = e.all_(*(e.any_(cover.no, off) for cover, off in zip(covered, offs, strict=True)))
    no = e.any_(no, e.all_(left, nowhere))
    found = Truth(yes, no, v.only(e.all_(e.not_(yes), e.not_(no)), joined(facts)))
    if claims:
        empty = e.all_(given.given, e.not_(claim.present))
        none = _without_claim(scheme, row, Answer(FALSE, FALSE, FALSE, ZERO, {}, []), empty)
        found = v.where(empty, v.where(none.off, NO, YES), found)
    return found
