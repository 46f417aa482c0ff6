"""The eight schemes by hand where facts may be unknown and lists hold several entries.

Each scheme gives outcome, lower and upper end of what is due, and the missing facts. A truth is
True, False or None; the reasons of None are added to a list of facts, each (name, entry).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from benchmarks.constants import PAY, S1, S2, S3, S4, S5, S6_CAP, S6_PERCENT, STEPS, WINDOW, YEAR
from benchmarks.reference import ONE_DAY, Facts
from sgincentive.calendar import whole_months

Fact = tuple[str, int | None]
Held = tuple[str | None, bool]
Open = list[Fact]
High = int | None
Answer = tuple[str, int, High, frozenset[Fact]]
Bounds = tuple[int, High, Sequence[Fact]]
Claim = tuple[str, int, High, int, High, Sequence[Fact], Sequence[Fact], Held, int]
After = Callable[[Bounds, Facts, str], Bounds]
FIRST, LAST = WINDOW


def held(certificate: Facts, index: int, on: date, found: Open) -> bool:
    """Whether a certificate may be held; a doubt goes to ``found``."""
    obtained = certificate.get("obtained")
    if obtained is not None:
        return bool(obtained <= on)
    year = certificate.get("exam_year")
    if year is not None and date(year, 1, 1) > on:
        return False
    found.append(("certificate.obtained", index))
    return True


def candidates(facts: Facts, on: date, shared: Open) -> list[tuple[int, Facts, Open]]:
    """The certificates that may be held: index, facts and the doubts about them."""
    kept = []
    for i, certificate in enumerate(facts["certificates"]):
        found = shared.copy()
        if held(certificate, i, on, found):
            kept.append((i, certificate, found))
    return kept


def passed(facts: Facts, year: int | None, found: Open) -> bool:
    """Whether some exam was, or may have been, passed (in ``year``)."""
    exams = facts.get("exams")
    if exams is None:
        found.append(("exams", None))
        return True
    doubts: Open = []
    for i, exam in enumerate(exams):
        open_here: Open = []
        ok = exam.get("passed")
        if ok is False:
            continue
        if ok is None:
            open_here.append(("exam.passed", i))
        if year is not None:
            given = exam.get("year")
            if given is None:
                open_here.append(("exam.year", i))
            elif given != year:
                continue
        if not open_here:
            return True
        doubts += open_here
    found += doubts
    return bool(doubts)


def has_post(facts: Facts, on: date, found: Open, field: str | None, wanted: str) -> bool:
    """Whether some post begun by ``on`` has, or may have, a field that starts with ``wanted``."""
    doubts: Open = []
    for i, post in enumerate(facts["posts"]):
        open_here: Open = []
        start = post.get("start")
        if start is None:
            open_here.append(("post.start", i))
        elif start > on:
            continue
        if field is not None:
            value = post.get(field)
            if value is None:
                open_here.append((f"post.{field}", i))
            elif not value.startswith(wanted):
                continue
        if not open_here:
            return True
        doubts += open_here
    found += doubts
    return bool(doubts)


def servant(facts: Facts, on: date, doubts: Open) -> bool | None:
    """Whether a post is one of a civil servant."""
    for i, post in enumerate(facts["posts"]):
        open_here: Open = []
        start, kind = post.get("start"), post.get("establishment")
        if (start is not None and start > on) or (kind is not None and kind != "civil_servant"):
            continue
        if start is None:
            open_here.append(("post.start", i))
        if kind is None:
            open_here.append(("post.establishment", i))
        if not open_here:
            return True
        doubts += open_here
    return None if doubts else False


def insured(facts: Facts, on: date, found: Open) -> bool:
    """Whether the person was, or may have been, insured in Ningbo before the day."""
    spells = facts.get("insurance")
    if spells is None:
        found.append(("insurance", None))
        return True
    doubts: Open = []
    for i, spell in enumerate(spells):
        open_here: Open = []
        place, start = spell.get("division"), spell.get("start")
        if place is None:
            open_here.append(("insurance.division", i))
        elif not place.startswith("3302"):
            continue
        if start is None:
            open_here.append(("insurance.start", i))
        elif start >= FIRST or start > on:
            continue
        if not open_here:
            return True
        doubts += open_here
    found += doubts
    return bool(doubts)


def standing(certificate: Facts, found: Open, shared: Open) -> Held:
    """The level of a certificate, and whether nothing but ``shared`` is open about it."""
    level = certificate.get("level")
    return level, level is not None and len(found) == len(shared)


def table(rows: dict[str, int], certificate: Facts, index: int, least: int) -> Bounds:
    """The amount of a table by level; ``least`` is its lowest row."""
    level = certificate.get("level")
    if level is None:
        return least, max(rows.values()), (("certificate.level", index),)
    amount = rows.get(level, 0)
    return amount, amount, ()


def after_once(worth: Bounds, facts: Facts, scheme: str) -> Bounds:
    """What is left where a scheme pays once."""
    _, high, causes = worth
    if high == 0:
        return worth
    received = facts.get("received")
    if received is None:
        return 0, high, (*causes, ("received", None))
    doubts: Open = []
    for i, entry in enumerate(received):
        name, paid = entry.get("scheme"), entry.get("paid")
        if (name is not None and name != scheme) or (paid is not None and paid > facts["applied"]):
            continue
        if name is not None and paid is not None:
            return 0, 0, ()
        if name is None:
            doubts.append(("received.scheme", i))
        if paid is None:
            doubts.append(("received.paid", i))
    return (0, high, (*causes, *doubts)) if doubts else worth


def after_difference(worth: Bounds, facts: Facts, scheme: str) -> Bounds:
    """What is left where earlier payments count towards it."""
    low, high, causes = worth
    if high == 0:
        return worth
    received = facts.get("received")
    if received is None:
        return 0, high, (*causes, ("received", None))
    least, most = 0, 0
    endless = False
    doubts = list(causes)
    for i, entry in enumerate(received):
        name, paid, amount = entry.get("scheme"), entry.get("paid"), entry.get("amount")
        if (name is not None and name != scheme) or (paid is not None and paid > facts["applied"]):
            continue
        sure = name is not None and paid is not None
        if amount is None:
            endless = True
            doubts.append(("received.amount", i))
        else:
            most += amount
            least += amount if sure else 0
        if not sure and amount != 0:
            if name is None:
                doubts.append(("received.scheme", i))
            if paid is None:
                doubts.append(("received.paid", i))
    top = None if high is None else max(high - least, 0)
    bottom = 0 if endless else max(low - most, 0)
    return (bottom, bottom, ()) if bottom == top else (bottom, top, doubts)


def settle(
    found: Open,
    amount: Bounds,
    facts: Facts,
    after: After | None,
    scheme: str,
    held: Held = (None, False),
) -> Claim:
    """One claim none of whose requirements fails; ``found`` are the doubts about them.

    ``held``: the level of its certificate, and whether all that is asked of that is certain.
    """
    low, high, _ = amount
    left_low, left_high, left = after(amount, facts, scheme) if after else amount
    worth_low = 0 if found else low
    if after or low != high or high == 0:
        if left_high == 0:
            if not after:
                return NOTHING
            return "ineligible", worth_low, high, 0, 0, (), (), held, low
        if left_low == 0:
            found = [*found, *left]
    if found:
        return "undetermined", worth_low, high, 0, left_high, found, left, held, low
    return "eligible", worth_low, high, left_low, left_high, (), left, held, low


def unsurpassed(claims: list[Claim]) -> list[Claim]:
    """The claims without those that a certificate beyond doubt matches in level or in worth."""
    if len(claims) < 2 or not any(c[7][1] for c in claims):
        return claims
    left = claims
    for claim in claims:
        (level, _), most = claim[7], claim[2]
        if any(
            other is not claim
            and other[7][1]
            and (other[7][0] == level or (most is not None and other[8] >= most))
            for other in left
        ):
            left = [other for other in left if other is not claim]
    return left


NOTHING: Claim = ("ineligible", 0, 0, 0, 0, (), (), (None, False), 0)
NONE: frozenset[Fact] = frozenset()
NOTHING_DUE: Answer = ("ineligible", 0, 0, NONE)
RANK = {"eligible": 0, "undetermined": 1, "ineligible": 2}


def best(claims: list[Claim], ledger: bool = True) -> Answer:
    """The answer of a scheme that pays the certificate that is worth most."""
    claims = unsurpassed(claims)
    outcome = min((c[0] for c in claims), key=RANK.__getitem__, default="ineligible")
    low: int = 0
    high: High = 0
    doubts: Open = []
    worth = [c for c in claims if c[2] != 0]
    if worth:
        top = max(c[1] for c in worth)
        chosen = [c for c in worth if c[2] is None or c[2] >= top]
        if len(chosen) > 1 and all(c[1] == c[2] for c in chosen):
            chosen = [max((c for c in chosen if c[1] == top), key=lambda c: c[3])]
        if len(chosen) == 1:
            low, high, doubts = chosen[0][3], chosen[0][4], list(chosen[0][6])
            others = any(c is not chosen[0] and c[0] != "ineligible" for c in claims)
            outcome = outcome if others else chosen[0][0]
        else:
            firm = all(c[0] == "eligible" for c in chosen if c[1] == top)
            if ledger:
                low = min(c[3] for c in chosen if not firm or c[0] == "eligible")
            else:
                low = max(c[3] for c in chosen)
            high = None if None in [c[4] for c in chosen] else max(c[4] or 0 for c in chosen)
            if low != high:
                doubts = [x for c in chosen for x in (*c[5], *c[6])]
        spent = all(c[4] == 0 and c[0] == "ineligible" for c in chosen)
        if spent and not any(c[0] == "undetermined" for c in claims if c not in chosen):
            outcome, low, high, doubts = "ineligible", 0, 0, []
        elif outcome == "eligible" and low == 0:
            outcome = "undetermined" if high != 0 else outcome
    if outcome == "ineligible":
        return outcome, low, high, NONE
    missing = list(doubts)
    if outcome == "undetermined" or low != high:
        missing += [x for c in claims if c[0] == "undetermined" for x in c[5]]
    return outcome, low, high, frozenset(missing)


def s1(facts: Facts) -> Answer:
    """Passed and employed in Qitaihe."""
    claims, on = [], facts["applied"]
    shared: Open = []
    if not has_post(facts, on, shared, "division", "2309") or not passed(facts, None, shared):
        return NOTHING_DUE
    for i, c, found in candidates(facts, on, shared):
        amount = table(S1, c, i, 50_000)
        surety = standing(c, found, shared)
        claims.append(settle([*found, *amount[2]], amount, facts, after_once, "s1", surety))
    return best(claims)


def s2(facts: Facts) -> Answer:
    """Ningbo."""
    claims, on = [], facts["applied"]
    shared: Open = []
    if not FIRST <= on <= LAST or servant(facts, on, shared) or not insured(facts, on, shared):
        return NOTHING_DUE
    for i, c, found in candidates(facts, on, shared):
        year = c.get("exam_year")
        exam, registered = c.get("exam_division"), c.get("registered_division")
        if (
            (year is not None and year != 2024)
            or (exam is not None and not exam.startswith("3302"))
            or (registered is not None and not registered.startswith("3302"))
        ):
            claims.append(NOTHING)
            continue
        if year is None:
            found.append(("certificate.exam_year", i))
        if exam is None:
            found.append(("certificate.exam_division", i))
        if registered is None:
            found.append(("certificate.registered_division", i))
        amount = table(S2, c, i, 150_000)
        surety = standing(c, found, shared)
        claims.append(settle([*found, *amount[2]], amount, facts, after_once, "s2", surety))
    return best(claims)


def s3(facts: Facts) -> Answer:
    """A certificate of 2024 and a post in Taizhou; nothing for senior."""
    claims, on = [], facts["applied"]
    shared: Open = []
    if not has_post(facts, on, shared, "division", "3310"):
        return NOTHING_DUE
    for i, c, found in candidates(facts, on, shared):
        year = c.get("exam_year")
        if year is not None and year != 2024:
            claims.append(NOTHING)
            continue
        if year is None:
            found.append(("certificate.exam_year", i))
        amount = table(S3, c, i, 0)
        surety = standing(c, found, shared)
        claims.append(settle([*found, *amount[2]], amount, facts, after_once, "s3", surety))
    return best(claims)


def total(spells: list[tuple[date, date]]) -> int:
    """Whole months of spells, those that touch or overlap counted as one."""
    months, first, last = 0, None, None
    for start, stop in sorted(s for s in spells if s[0] < s[1]):
        if first is not None and last is not None and start <= last:
            last = max(last, stop)
            continue
        if first is not None and last is not None:
            months += whole_months(first, last)
        first, last = start, stop
    return months + whole_months(first, last) if first is not None and last is not None else months


def union_months(facts: Facts) -> Bounds:
    """Whole months of 2023 in union posts."""
    start_of, stop_of = YEAR
    sure, maybe = [], []
    doubts: Open = []
    for i, post in enumerate(facts["posts"]):
        role, start = post.get("role"), post.get("start")
        if role is not None and role != "union_social_worker":
            continue
        open_end = "end" not in post
        end = post.get("end")
        stop = stop_of if end is None else min(end + ONE_DAY, stop_of)
        begin = start_of if start is None else max(start, start_of)
        if begin >= stop:
            continue
        maybe.append((begin, stop))
        if role is not None and start is not None and not open_end:
            sure.append((begin, stop))
            continue
        if role is None:
            doubts.append(("post.role", i))
        if start is None:
            doubts.append(("post.start", i))
        if open_end:
            doubts.append(("post.end", i))
    low, high = total(sure), total(maybe)
    return low, high, () if low == high else doubts


def s4(facts: Facts) -> Answer:
    """An allowance for each whole month of 2023 in a union post."""
    claims, on = [], facts["applied"]
    shared: Open = []
    if not has_post(facts, on, shared, "role", "union_social_worker"):
        return NOTHING_DUE
    months = union_months(facts)
    for i, c, found in candidates(facts, on, shared):
        rate = table(S4, c, i, 20_000)
        low, high = rate[0] * months[0], (rate[1] or 0) * (months[1] or 0)
        causes = () if low == high else (*rate[2], *months[2])
        surety = standing(c, found, shared)
        claims.append(settle([*found, *rate[2]], (low, high, causes), facts, None, "s4", surety))
    return best(claims, ledger=False)


def s5(facts: Facts) -> Answer:
    """Hefei: the exam of 2024, the difference to what was paid before."""
    claims, on = [], facts["applied"]
    shared: Open = []
    if not has_post(facts, on, shared, "division", "3401") or not passed(facts, 2024, shared):
        return NOTHING_DUE
    for i, c, found in candidates(facts, on, shared):
        amount = table(S5, c, i, 100_000)
        surety = standing(c, found, shared)
        claims.append(settle([*found, *amount[2]], amount, facts, after_difference, "s5", surety))
    return best(claims)


def s6(facts: Facts) -> Answer:
    """80% of the fees, at most 600 yuan."""
    fees, on = facts.get("fees"), facts["applied"]
    if fees is None:
        amount: Bounds = 0, S6_CAP, (("fees", None),)
        return best([settle([("fees", None)], amount, facts, after_once, "s6")])
    found: Open = []
    doubts: Open = []
    low, high, sure, some = 0, 0, False, False
    endless = False
    for i, fee in enumerate(fees):
        paid, value = fee.get("paid"), fee.get("amount")
        if paid is not None and paid > on:
            continue
        some = True
        if value is None:
            endless = True
            doubts.append(("fee.amount", i))
        else:
            high += value
            low += value if paid is not None else 0
        if paid is not None:
            sure = True
        else:
            found.append(("fee.paid", i))
            if value != 0:
                doubts.append(("fee.paid", i))
    if not some:
        return best([NOTHING])
    low = min(low * S6_PERCENT // 100, S6_CAP)
    high = S6_CAP if endless else min(high * S6_PERCENT // 100, S6_CAP)
    amount = low, high, () if low == high else doubts
    return best([settle([] if sure else found, amount, facts, after_once, "s6")])


def rise(facts: Facts, certificate: Facts, index: int) -> Bounds:
    """The rise in pay: the greatest over the posts begun."""
    on = facts["applied"]
    parts: list[tuple[int | None, High, Sequence[Fact]]] = []
    for i, post in enumerate(facts["posts"]):
        start, grade = post.get("start"), post.get("grade")
        if start is not None and start > on:
            continue
        low: int | None
        high: High
        level = certificate.get("level")
        causes: list[Fact] = [] if level else [("certificate.level", index)]
        if grade is None:
            low, high = None, None
            causes.append(("post.grade", i))
        else:
            now, last = PAY[grade - 1], len(PAY)
            steps = STEPS[level] if level else 3
            high = PAY[min(grade + steps, last) - 1] - now
            low = high if level else 0
        if start is None:
            low = None
            causes.append(("post.start", i))
        parts.append((low, high, () if low is not None and low == high else causes))
    floor = max((p[0] for p in parts if p[0] is not None), default=None)
    live = [p for p in parts if p[1] is None or floor is None or p[1] > floor]
    bottom = floor or 0
    top = None if None in [p[1] for p in parts] else max((p[1] or 0 for p in parts), default=0)
    return bottom, top, () if bottom == top else [x for p in live for x in p[2]]


def s7(facts: Facts) -> Answer:
    """The rise in pay by one to three grades."""
    claims, on = [], facts["applied"]
    shared: Open = []
    if not has_post(facts, on, shared, None, ""):
        return NOTHING_DUE
    for i, c, found in candidates(facts, on, shared):
        surety = standing(c, found, shared)
        claims.append(settle(found, rise(facts, c, i), facts, None, "s7", surety))
    return best(claims, ledger=False)


def s8(facts: Facts) -> Answer:
    """At least 30% professionals and at least 60% labour cost."""
    staff, found = facts.get("staff", {}), []
    total_staff, certified = staff.get("total"), staff.get("professionals")
    wages, funds = facts.get("budget", {}).get("wages"), facts.get("funds")
    if total_staff is None:
        found.append(("staff.total", None))
    if certified is None:
        found.append(("staff.professionals", None))
    if certified == 0 or (certified and total_staff and certified * 100 < 30 * total_staff):
        return "non_compliant", 0, 0, NONE
    labour = []
    if wages is None:
        labour.append(("budget.wages", None))
    if funds is None:
        labour.append(("funds", None))
    if wages == 0 or (wages and funds and wages * 100 < 60 * funds):
        return "non_compliant", 0, 0, NONE
    found += labour
    return ("undetermined", 0, 0, frozenset(found)) if found else ("compliant", 0, 0, NONE)


def evaluate(worker: Facts, project: Facts) -> tuple[Answer, ...]:
    """All eight."""
    return (
        s1(worker), s2(worker), s3(worker), s4(worker), s5(worker), s6(worker), s7(worker),
        s8(project),
    )  # fmt: skip
