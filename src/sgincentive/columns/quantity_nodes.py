"""The column meaning of the amounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.columns import days
from sgincentive.columns import expr as e
from sgincentive.columns import values as v
from sgincentive.columns.days import Day, Span
from sgincentive.columns.expr import FALSE, TRUE, Expr
from sgincentive.columns.list_nodes import entries, field_span, more_of
from sgincentive.columns.nodes import bounds, quantity, span, truth
from sgincentive.columns.row import NO_ENTRY, Cell, Place, amount
from sgincentive.columns.values import ZERO, Bounds, Facts, NotInColumns, hull, joined
from sgincentive.nodes import quantities as q
from sgincentive.nodes.reference import FactRef

DENSE = 6
"""From so many rows a table by numbers is looked up instead of compared row by row."""

MOST_MONTHS = 12 * (LAST_DAY.year - FIRST_DAY.year + 1)
"""More months than lie between any two days."""

NO_ROW = v.or_more(0, published=False)
"""The amount where a table says nothing."""


@quantity(q.Constant)
def constant(node: q.Constant, place: Place) -> Bounds:
    """A number of the text."""
    return v.exactly(node.value)


@quantity(q.NotPublished)
def not_published(node: q.NotPublished, place: Place) -> Bounds:
    """An amount that exists and was never published."""
    return NO_ROW


@quantity(q.Range)
def range_of(node: q.Range, place: Place) -> Bounds:
    """All that the sources say: between two ends."""
    low = bounds(node.low, place) if node.low else ZERO
    high = bounds(node.high, place) if node.high else None
    if high is None:
        return v.forgetting(
            Bounds(low.low, low.low, low.no_low, TRUE, low.published, low.facts, low.scale)
        )
    low, high = v.alike([low, high])
    # Where the facts put the upper end below the lower one, the lower one is the amount.
    return v.forgetting(
        Bounds(
            low.low,
            e.greatest(low.high, high.high),
            low.no_low,
            e.any_(low.no_high, high.no_high),
            e.all_(low.published, high.published),
            joined((low.facts, high.facts)),
            low.scale,
        )
    )


@quantity(q.FactAmount)
def fact_amount(node: q.FactAmount, place: Place) -> Bounds:
    """A number of the profile; a list of persons stands in for a total that is not given."""
    cell = place.cell(node.ref)
    found = amount(cell, node.ref.name)
    if node.total is None:
        return found
    listed = place.list(node.total.test.list).given
    if listed is FALSE:
        return found
    instead = e.all_(e.not_(cell.known), listed)
    return v.choose(instead, bounds(node.total, place), found)


@quantity(q.Year)
def year_of(node: q.Year, place: Place) -> Bounds:
    """The year of a day."""
    of = span(node.day, place)
    first, last = of.first.parts()[0], of.last.parts()[0]
    return v.forgetting(Bounds(first, last, facts=of.facts))


@quantity(q.FactYear)
def fact_year(node: q.FactYear, place: Place) -> Bounds:
    """A year of the profile, moved by years."""
    cell = place.cell(node.ref)
    if cell.raw is None:
        value = e.ZERO
    else:
        value = e.add(e.filled(cell.raw, FIRST_DAY.year), e.number(node.years))
    return Bounds(
        e.case(cell.known, value, e.number(FIRST_DAY.year)),
        e.case(cell.known, value, e.number(LAST_DAY.year)),
        facts=cell.missing(node.ref.name),
    )


def is_value(cell: Cell, value: Any) -> Expr:
    """The rows in which a cell holds a value of a table's key."""
    if cell.raw is None:
        return FALSE
    if cell.raw.kind == "text":
        return cell.is_word((value,))
    if isinstance(value, bool):
        return e.flag(cell.raw, value)
    return e.all_(cell.known, e.equal(cell.number(), e.number(value)))


@quantity(q.ByFact)
def by_fact(node: q.ByFact, place: Place) -> Bounds:
    """A table: the row of the value of a fact."""
    cell = place.cell(node.ref)
    rest = bounds(node.otherwise, place) if node.otherwise is not None else NO_ROW
    rows = [(key, bounds(each, place)) for key, each in node.rows]
    every = [b for _, b in rows]
    if node.otherwise is not None:
        every.append(rest)
    elif not set(node.domain) <= {key for key, _ in node.rows}:
        every.append(NO_ROW)
    found = looked_up(cell, rows, rest)
    if found is None:
        found = rest
        for key, each in reversed(rows):
            found = v.choose(is_value(cell, key), each, found)
    if cell.known is TRUE:
        return found
    unknown = hull([(TRUE, b) for b in every], {node.ref.name: e.not_(cell.known)})
    return v.choose(cell.known, found, unknown)


def looked_up(cell: Cell, rows: Sequence[tuple[Any, Bounds]], rest: Bounds) -> Bounds | None:
    """A long table of settled constants by whole numbers as one look-up; None for any other."""
    if cell.raw is None or cell.raw.kind != "int" or len(rows) < DENSE:
        return None
    parts = v.alike([b for _, b in rows])
    keys = [key for key, _ in rows]
    first, last = min(keys), max(keys)
    if last - first >= 4 * len(rows) or any(not p.low.constant or p.low is not p.high or p.no_low
                                            is not FALSE or p.no_high is not FALSE
                                            for p in parts):  # fmt: skip
        return None
    table = {key: p.low.value for key, p in zip(keys, parts, strict=True)}
    listed = set(keys) == set(range(first, last + 1))
    value = cell.number()
    inside = e.all_(e.at_most(e.number(first), value), e.at_most(value, e.number(last)))
    if not listed:
        inside = e.all_(cell.known, e.any_(*(e.equal(value, e.number(key)) for key in keys)))
    # Outside the table the place of its first row is looked up and not used.
    index = e.case(inside, e.subtract(value, e.number(first)), e.ZERO)
    place = e.bounded(index, 0, last - first)
    number = e.lookup(place, [table.get(key, 0) for key in range(first, last + 1)])
    hit = Bounds(number, number, scale=parts[0].scale)
    return v.choose(inside, hit, rest)


@quantity(q.Brackets)
def brackets(node: q.Brackets, place: Place) -> Bounds:
    """The band in which a quantity lies; where bands overlap, any of them."""
    of = bounds(node.of, place)
    settled = of.settled
    may = [_may_hold(row, of) for row in node.rows]
    must = [_must_hold(row, of) for row in node.rows]
    choices = [(m, bounds(row.value, place)) for m, row in zip(may, node.rows, strict=True)]
    count = e.ZERO
    for m in may:
        count = e.add(count, e.as_number(m))
    single = e.equal(count, e.number(1))
    sure = e.any_(*(e.all_(single, m, u) for m, u in zip(may, must, strict=True)))
    gaps = e.any_(*(_meets(gap, of) for gap in _gaps(node.rows)))
    bare = e.any_(e.all_(settled, e.equal(count, e.ZERO)), e.all_(e.not_(settled), gaps))
    found = hull([*choices, (bare, NO_ROW)], v.only(e.not_(sure), of.facts))
    chosen = choices[-1][1]
    for (m, each), u in zip(choices[-2::-1], must[-2::-1], strict=True):
        chosen = v.choose(e.all_(m, u), each, chosen)
    return v.choose(sure, chosen, found)


End = tuple[Fraction | int | None, bool]
"""A number (None: without end) and whether it belongs to the band."""


def _may_hold(row: q.Bracket, of: Bounds) -> Expr:
    return _meets(((row.low, row.low_included), (row.high, row.high_included)), of)


def _meets(band: tuple[End, End], of: Bounds) -> Expr:
    """Whether some number between the bounds lies in a band."""
    (low, low_in), (high, high_in) = band
    below = above = FALSE
    if low is not None:
        below = e.all_(e.not_(of.no_high), _under(of.high, low, not low_in, of.scale))
    if high is not None:
        above = e.all_(e.not_(of.no_low), _over(of.low, high, not high_in, of.scale))
    return e.all_(e.not_(below), e.not_(above))


def _must_hold(row: q.Bracket, of: Bounds) -> Expr:
    tests = []
    if row.low is not None:
        outside = _under(of.low, row.low, not row.low_included, of.scale)
        tests += [e.not_(of.no_low), e.not_(outside)]
    if row.high is not None:
        outside = _over(of.high, row.high, not row.high_included, of.scale)
        tests += [e.not_(of.no_high), e.not_(outside)]
    return e.all_(*tests)


def _under(value: Expr, end: Fraction | int, or_equal: bool, scale: int) -> Expr:
    """value / scale < end (or <=)."""
    end = Fraction(end)
    left = e.multiply(value, e.number(end.denominator))
    right = e.number(end.numerator * scale)
    return e.at_most(left, right) if or_equal else e.less(left, right)


def _over(value: Expr, end: Fraction | int, or_equal: bool, scale: int) -> Expr:
    return e.not_(_under(value, end, not or_equal, scale))


def _gaps(rows: Sequence[q.Bracket]) -> list[tuple[End, End]]:
    """The stretches of the numbers that no band holds."""
    found: list[tuple[End, End]] = []
    at: Fraction | int | None = None
    included = False
    first = True
    for row in sorted(rows, key=lambda r: (r.low is not None, r.low or 0)):
        if row.low is not None and (
            first or at is None or row.low > at
            or (row.low == at and included and not row.low_included)
        ):  # fmt: skip
            found.append(((at, included), (row.low, not row.low_included)))
        if row.high is None:
            return found
        if first or at is None or row.high >= at:
            at, included = row.high, not row.high_included
        first = False
    found.append(((at, included), (None, False)))
    return found


@quantity(q.Cases)
def cases(node: q.Cases, place: Place) -> Bounds:
    """Ordered rows: the first whose condition holds; an unknown row leaves several possible."""
    choices: list[tuple[Expr, Bounds]] = []
    left = TRUE
    doubts: list[Facts] = []
    for test, each in node.rows:
        found = truth(test, place)
        choices.append((e.all_(left, e.not_(found.no)), bounds(each, place)))
        doubts.append(v.only(left, found.facts))
        left = e.all_(left, e.not_(found.yes))
    choices.append((left, bounds(node.otherwise, place) if node.otherwise else NO_ROW))
    return hull(choices, joined(doubts))


@quantity(q.Sum)
def total(node: q.Sum, place: Place) -> Bounds:
    """All parts together."""
    return v.add([bounds(p, place) for p in node.parts])


@quantity(q.Difference)
def difference(node: q.Difference, place: Place) -> Bounds:
    """The first less the second."""
    return v.subtract(bounds(node.of, place), bounds(node.less, place))


@quantity(q.Product)
def product(node: q.Product, place: Place) -> Bounds:
    """All parts multiplied."""
    return v.multiply([bounds(p, place) for p in node.parts])


@quantity(q.Quotient)
def quotient(node: q.Quotient, place: Place) -> Bounds:
    """The first divided by the second."""
    return v.divide(bounds(node.of, place), bounds(node.by, place))


@quantity(q.ShareOf)
def share_of(node: q.ShareOf, place: Place) -> Bounds:
    """A share of another amount."""
    return v.multiply([bounds(node.of, place), bounds(node.share, place)])


@quantity(q.Least)
def least(node: q.Least, place: Place) -> Bounds:
    """The least of several."""
    return v.least([bounds(p, place) for p in node.parts])


@quantity(q.Greatest)
def greatest(node: q.Greatest, place: Place) -> Bounds:
    """The greatest of several."""
    return v.greatest([bounds(p, place) for p in node.parts])


@quantity(q.Cap)
def cap(node: q.Cap, place: Place) -> Bounds:
    """At most so much."""
    return v.least([bounds(node.of, place), bounds(node.limit, place)])


@quantity(q.Floor)
def floor(node: q.Floor, place: Place) -> Bounds:
    """At least so much."""
    return v.greatest([bounds(node.of, place), bounds(node.limit, place)])


@quantity(q.Round)
def rounded(node: q.Round, place: Place) -> Bounds:
    """Rounded to a step."""
    return v.round_bounds(bounds(node.of, place), node.step, node.mode)


@quantity(q.PerUnits)
def per_units(node: q.PerUnits, place: Place) -> Bounds:
    """So much for each ``units`` of a quantity."""
    of = bounds(node.of, place)
    units = Fraction(node.units)
    by = e.number(units.denominator)
    times = replace(
        of, low=e.multiply(of.low, by), high=e.multiply(of.high, by),
        scale=of.scale * units.numerator,
    )  # fmt: skip
    return v.multiply([bounds(node.value, place), v.round_bounds(times, 1, node.rounding)])


def part_amount(part: q.Part, place: Place) -> Bounds:
    """The amount of one named part, owed only where its condition holds."""
    if part.when is None:
        return bounds(part.value, place)
    owed = truth(part.when, place)
    value = bounds(part.value, place)
    doubtful = hull([(TRUE, value), (TRUE, ZERO)], owed.facts)
    return v.choose(owed.yes, value, v.choose(owed.no, ZERO, doubtful))


@quantity(q.PartAmount)
def one_part(node: q.PartAmount, place: Place) -> Bounds:
    """The amount of one named part."""
    return part_amount(node.part, place)


@quantity(q.Parts)
def parts(node: q.Parts, place: Place) -> Bounds:
    """Named parts, added up."""
    return v.add([part_amount(p, place) for p in node.parts])


@quantity(q.Let)
def let(node: q.Let, place: Place) -> Bounds:
    """A quantity with a name."""
    return bounds(node.value, place)


@quantity(q.AmountReadings)
def amount_readings(node: q.AmountReadings, place: Place) -> Bounds:
    """The text allows several amounts."""
    return hull([(TRUE, bounds(p, place)) for p in node.parts])


@quantity(q.Count)
def count(node: q.Count, place: Place) -> Bounds:
    """How many entries of a list pass the test; with ``distinct``, how many different values."""
    found = entries(node.test, place)
    low = high = e.ZERO
    doubts: list[Facts] = [t.facts for t in found.truths]
    for t in found.truths:
        low = e.add(low, e.as_number(t.yes))
        high = e.add(high, e.as_number(e.not_(t.no)))
    if node.distinct is not None:
        for t, entry in zip(found.truths, found.entries, strict=True):
            blank = place.at_entry(entry).cell(node.distinct).missing(node.distinct.name)
            doubts.append(v.only(e.not_(t.no), blank))
    doubts.append(found.more.facts)
    return v.forgetting(Bounds(low, high, FALSE, e.not_(found.more.no), facts=joined(doubts)))


@quantity(q.Months)
def months(node: q.Months, place: Place) -> Bounds:
    """Whole months of the one spell of a row that passes the test."""
    state = place.list(node.list)
    until = span(node.until, place)
    since = span(node.since, place) if node.since else Span(days.FIRST, days.FIRST)
    low = high = e.ZERO
    doubts: list[Facts] = []
    for entry in state.entries:
        counts = truth(node.where, place.at_entry(entry))
        start = field_span(node.list, entry, node.list.start or "start")
        end = field_span(node.list, entry, node.list.end or "end")
        wide = (days.later(start.first, since.first), _cut(end.last, until.last))
        stop = until.last if node.continuous else until.first
        narrow = (days.later(start.last, since.last), _cut(end.first, stop))
        possible = e.all_(entry.present, e.not_(counts.no), days.before(*wide))
        sure = e.all_(entry.present, counts.yes, days.before(*narrow), possible)
        low = e.case(sure, _length(node, narrow, until.first, until.last), e.ZERO)
        high = e.case(possible, _length(node, wide, until.last, until.first), e.ZERO)
        doubts += [v.only(possible, s) for s in (counts.facts, start.facts, end.facts)]
    # Nothing else hangs on the days between which months are counted; their doubts stay.
    doubts += [until.facts, since.facts]
    more = more_of(node.list, state)
    facts = joined([*(v.only(state.given, each) for each in doubts), more.facts])
    return v.forgetting(Bounds(low, high, FALSE, e.not_(more.no), facts=facts))


def _cut(last: Day, until: Day) -> Day:
    """The first day no longer in a spell, at most ``until``."""
    return days.earlier(days.next_day(last), until)


def _length(node: q.Months, spell: tuple[Day, Day], until: Day, running: Day) -> Expr:
    """Whole months of a spell; where only one still running counts, of one that reaches a day."""
    start, end = spell
    if not node.continuous:
        # Asked only where the spell ends after its start.
        return e.bounded(days.whole_months(start, end), 0, MOST_MONTHS)
    still = days.not_after(running, end)
    length = e.greatest(days.whole_months(start, days.earlier(end, until)), e.ZERO)
    return e.case(still, length, e.ZERO)


def between(start: Span, end: Span, length: Any) -> Bounds:
    """From one day to another, 0 when the second is earlier."""
    high = e.greatest(length(start.first, end.last), e.ZERO)
    low = high
    if not (start.first is start.last and end.first is end.last):
        low = e.greatest(length(start.last, end.first), e.ZERO)
    return v.forgetting(Bounds(low, high, facts=joined((start.facts, end.facts))))


@quantity(q.MonthsBetween)
def months_between(node: q.MonthsBetween, place: Place) -> Bounds:
    """Whole months from one day to another."""
    return between(span(node.start, place), span(node.end, place), days.whole_months)


@quantity(q.DaysBetween)
def days_between(node: q.DaysBetween, place: Place) -> Bounds:
    """Days from one day to another."""

    def length(start: Day, end: Day) -> Expr:
        return e.subtract(days.ordinal(end), days.ordinal(start))

    return between(span(node.start, place), span(node.end, place), length)


@quantity(q.YearsBetween)
def years_between(node: q.YearsBetween, place: Place) -> Bounds:
    """Whole years from one day to another."""
    found = between(span(node.start, place), span(node.end, place), days.whole_months)
    return v.forgetting(replace(found, low=e.divide(found.low, 12), high=e.divide(found.high, 12)))


@quantity(q.Statistic)
def statistic(node: q.Statistic, place: Place) -> Bounds:
    """A figure of the statistics office that the row supplies, for a place and a year."""
    year = bounds(node.year, place)
    state = place.row.list("statistics")
    no_figure: Facts = joined(({"statistic.value": TRUE}, year.facts))
    if isinstance(node.division, FactRef):
        cell = place.cell(node.division)
        known = e.all_(cell.known, e.not_(cell.none))
        if state.entries:
            raise NotInColumns("statistic")
        nowhere = v.or_more(0, {node.division.name: TRUE})
        return v.choose(known, v.or_more(0, no_figure), nowhere)
    found = v.or_more(0, no_figure)
    for entry in state.entries:
        kind, area = entry.cell("kind"), entry.cell("division")
        of_year, value = entry.cell("year"), entry.cell("value")
        covering = (code for code in _covering(node.division))
        match = e.all_(
            entry.present,
            e.any_(e.not_(kind.known), kind.is_word((node.kind,))),
            e.any_(e.not_(of_year.known), e.equal(of_year.number(), year.low)),
            e.any_(e.not_(area.known), area.is_word(tuple(covering))),
            year.settled,
        )
        gaps: Facts = joined(
            v.only(match, cell.missing(f"statistic.{name}"))
            for name, cell in (
                ("kind", kind), ("division", area), ("year", of_year), ("value", value)
            )
        )  # fmt: skip
        there = e.all_(match, kind.known, of_year.known, area.is_word((node.division,)))
        partial = e.all_(state.partial, year.settled, e.not_(there))
        gaps = joined((gaps, {} if partial is FALSE else {"statistics": partial}))
        number = value.number()
        by = e.number(100 if node.money else 1)
        exact = Bounds(e.multiply(number, by), e.multiply(number, by), scale=value.scale)
        open_gaps = v.anything(gaps)
        found = v.choose(open_gaps, v.or_more(0, gaps), v.choose(match, exact, found))
    return found


def _covering(place: str) -> Iterable[str]:
    """The divisions in which a place lies."""
    from sgincentive.columns.places import all_codes
    from sgincentive.divisions import within

    near = {code for code in all_codes() if code[:2] in (place[:2], "00")}
    return sorted(code for code in near if within(place, code) is True)


@quantity(q.OverList)
def over_list(node: q.OverList, place: Place) -> Bounds:
    """The sum, the greatest or the least of an amount over the entries that pass the test."""
    found = entries(node.test, place)
    taken = []
    sure_of_one = FALSE
    for t, entry in zip(found.truths, found.entries, strict=True):
        value = bounds(node.value, place.at_entry(entry))
        doubtful = hull(
            [(TRUE, value), (TRUE, ZERO)], joined((t.facts, v.only(t.open, value.facts)))
        )
        taken.append(v.choose(t.yes, value, v.choose(t.no, ZERO, doubtful)))
        sure_of_one = e.any_(sure_of_one, t.yes)
    total = v.add(taken) if taken else ZERO
    more = e.not_(found.more.no)
    if more is FALSE:
        return total
    return v.choose(more, _with_more(node, total, sure_of_one, place, found.more.facts), total)


def _with_more(node: q.OverList, total: Bounds, some: Expr, place: Place, causes: Facts) -> Bounds:
    """``total`` where further entries may exist; ``some``: the rows in which one passes."""
    least = bounds(node.value, place.at_entry(NO_ENTRY))
    total, least = v.alike([total, least])
    low, no_low, high, no_high = total.low, total.no_low, total.high, total.no_high
    if node.take == "least":
        no_high = e.any_(no_high, e.not_(some))
        low = e.case(no_low, least.low, e.least(low, least.low))
        no_low = least.no_low
    else:
        below = e.any_(least.no_low, e.less(least.low, e.ZERO))
        unsure = TRUE if node.take == "sum" else e.not_(some)
        no_low = e.any_(no_low, e.all_(unsure, below))
        no_high = TRUE
    return v.forgetting(
        Bounds(low, high, no_low, no_high, total.published, joined((total.facts, causes)),
               total.scale)
    )  # fmt: skip
