"""The column meaning of the conditions."""

from __future__ import annotations

from sgincentive.columns import days
from sgincentive.columns import expr as e
from sgincentive.columns import values as v
from sgincentive.columns.expr import FALSE, Expr
from sgincentive.columns.list_nodes import entries
from sgincentive.columns.nodes import bounds, condition, span, truth
from sgincentive.columns.places import inside
from sgincentive.columns.row import Cell, Place
from sgincentive.columns.values import (
    Bounds,
    NotInColumns,
    Truth,
    agree,
    all_of,
    any_of,
    negate,
)
from sgincentive.nodes import conditions as c
from sgincentive.nodes.reference import FactRef
from sgincentive.words import Vocabulary


def of_cell(cell: Cell, name: str, yes: Expr, may: Expr = FALSE) -> Truth:
    """A truth about one cell that is known, but in the rows of ``may``."""
    return Truth(yes, e.all_(cell.known, e.not_(yes), e.not_(may)), cell.missing(name))


@condition(c.IsTrue)
def is_true(node: c.IsTrue, place: Place) -> Truth:
    """A yes-or-no fact is as expected."""
    cell = place.cell(node.ref)
    if cell.raw is None:
        return of_cell(cell, node.ref.name, FALSE)
    yes, no = e.flag(cell.raw, node.expected), e.flag(cell.raw, not node.expected)
    return Truth(yes, no, cell.missing(node.ref.name))


@condition(c.OneOf)
def one_of(node: c.OneOf, place: Place) -> Truth:
    """A word is among those listed."""
    cell = place.cell(node.ref)
    listed = cell.is_word(node.values)
    # What an open list does not name is unknown by the text, but for none.
    may = FALSE
    if node.open:
        may = e.all_(cell.known, e.not_(listed), e.not_(cell.none))
    found = of_cell(cell, node.ref.name, listed, may)
    return negate(found) if node.negated else found


@condition(c.WordOrder)
def word_order(node: c.WordOrder, place: Place) -> Truth:
    """An ordered word against another one."""
    cell, name = place.cell(node.ref), node.ref.name
    words = node.vocabulary.values
    if isinstance(node.other, FactRef):
        other, other_name = place.cell(node.other), node.other.name
        yes = e.any_(
            *(
                e.all_(
                    cell.is_word((word,)),
                    other.is_word(_standing(node.vocabulary, node.order, word)),
                )
                for word in words
            )
        )
        both = e.all_(cell.known, other.known)
        facts = v.joined((cell.missing(name), other.missing(other_name)))
        return Truth(yes, e.all_(both, e.not_(yes)), facts)
    limit = node.vocabulary.rank(node.other)
    return of_cell(
        cell, name, cell.is_word(tuple(w for i, w in enumerate(words) if _holds(i, node, limit)))
    )


def _holds(rank: int, node: c.WordOrder, limit: int) -> bool:
    if node.order == "at_least":
        return rank >= limit
    if node.order == "at_most":
        return rank <= limit
    return rank > limit if node.order == "more_than" else rank < limit


def _standing(words: Vocabulary, order: c.Order, word: str) -> tuple[str, ...]:
    """The words to which ``word`` stands in ``order``."""
    rank = words.rank(word)
    tests = {
        "at_least": lambda i: rank >= i,
        "at_most": lambda i: rank <= i,
        "more_than": lambda i: rank > i,
        "less_than": lambda i: rank < i,
    }
    return tuple(w for i, w in enumerate(words.values) if tests[order](i))


@condition(c.Within)
def within(node: c.Within, place: Place) -> Truth:
    """A place lies within one of the divisions listed."""
    cell, name = place.cell(node.ref), node.ref.name
    if isinstance(node.divisions, FactRef):
        raise NotInColumns("within")
    if cell.raw is None:
        return of_cell(cell, name, FALSE)
    yes, may = inside(cell.raw, node.divisions)
    facts = v.joined((cell.missing(name), {} if may is FALSE else {name: may}))
    no = e.all_(cell.known, e.not_(yes), e.not_(may))
    if node.open:
        no = FALSE
    found = Truth(yes, no, facts)
    return negate(found) if node.negated else found


def ordered(a: Bounds, order: c.Order, b: Bounds) -> Truth:
    """Whether ``a order b`` for every, for no, or for some values between the bounds."""
    a, b = v.alike([a, b])
    if order in ("at_most", "less_than"):
        a, b = b, a
        order = "at_least" if order == "at_most" else "more_than"
    compare = e.at_most if order == "at_least" else e.less
    contrary = e.less if order == "at_least" else e.at_most
    yes = e.all_(e.not_(a.no_low), e.not_(b.no_high), compare(b.high, a.low))
    no = e.all_(e.not_(a.no_high), e.not_(b.no_low), contrary(a.high, b.low))
    return doubted(yes, e.all_(no, e.not_(yes)), a, b)


def doubted(yes: Expr, no: Expr, *parts: Bounds) -> Truth:
    """A truth whose doubts are those of quantities."""
    facts = v.joined(p.facts for p in parts)
    if not facts:
        return Truth(yes, no)
    return Truth(yes, no, v.only(e.all_(e.not_(yes), e.not_(no)), facts))


@condition(c.Compare)
def compare(node: c.Compare, place: Place) -> Truth:
    """A quantity against another."""
    return ordered(bounds(node.left, place), node.order, bounds(node.right, place))


@condition(c.Between)
def between(node: c.Between, place: Place) -> Truth:
    """A quantity between two others."""
    left = bounds(node.left, place)
    return all_of(
        (
            ordered(left, "at_least", bounds(node.low, place)),
            ordered(left, "at_most", bounds(node.high, place)),
        )
    )


@condition(c.Equals)
def equals(node: c.Equals, place: Place) -> Truth:
    """A quantity is, or is not, another."""
    a, b = v.alike([bounds(node.left, place), bounds(node.right, place)])
    settled = e.all_(a.settled, b.settled)
    same = e.equal(a.low, b.low)
    apart = e.any_(ordered(a, "more_than", b).yes, ordered(a, "less_than", b).yes)
    yes = e.all_(settled, same)
    no = e.any_(e.all_(settled, e.not_(same)), e.all_(e.not_(settled), apart))
    found = doubted(yes, no, a, b)
    return negate(found) if node.negated else found


@condition(c.CompareDays)
def compare_days(node: c.CompareDays, place: Place) -> Truth:
    """One day against another."""
    a, b = span(node.left, place), span(node.right, place)
    early, late = (a, b) if node.order in ("before", "not_after") else (b, a)
    if node.order in ("before", "after"):
        return days.strictly_before(early, late)
    return days.on_or_before(early, late)


@condition(c.CompareShare)
def compare_share(node: c.CompareShare, place: Place) -> Truth:
    """A part of a whole against a share; a whole of 0 has its own say."""
    part, whole = bounds(node.part, place), bounds(node.whole, place)
    share = bounds(node.share, place)
    if_empty = node.if_empty != "fails"
    empty = e.all_(e.not_(whole.no_high), e.at_most(whole.high, e.ZERO))
    answer = ordered(part, node.order, v.multiply([share, whole]))
    filled = e.all_(e.not_(whole.no_low), e.less(e.ZERO, whole.low))
    # Nothing is less than any share of something, however much that is.
    nothing = e.all_(
        e.not_(part.no_low), e.not_(part.no_high), e.equal(part.low, e.ZERO),
        e.equal(part.high, e.ZERO), e.not_(share.no_low), e.less(e.ZERO, share.low),
    )  # fmt: skip
    less = e.truth(node.order in ("at_most", "less_than"))
    yes = e.all_(e.any_(answer.yes, e.all_(nothing, less)), e.any_(filled, e.truth(if_empty)))
    no = e.all_(
        e.any_(answer.no, e.all_(nothing, e.not_(less))), e.any_(filled, e.truth(not if_empty))
    )
    return doubted(
        e.case(empty, e.truth(if_empty), yes),
        e.case(empty, e.truth(not if_empty), no),
        part,
        whole,
        share,
    )


@condition(c.All)
def every_part(node: c.All, place: Place) -> Truth:
    """Every one holds."""
    return all_of(truth(p, place) for p in node.parts)


@condition(c.AnyOf)
def any_part(node: c.AnyOf, place: Place) -> Truth:
    """At least one holds."""
    return any_of(truth(p, place) for p in node.parts)


@condition(c.Not)
def opposite(node: c.Not, place: Place) -> Truth:
    """The opposite."""
    return negate(truth(node.part, place))


@condition(c.AtLeastN)
def at_least_n(node: c.AtLeastN, place: Place) -> Truth:
    """At least ``n`` of the parts hold."""
    truths = [truth(p, place) for p in node.parts]
    facts = v.joined(t.facts for t in truths)
    if node.n is None:
        mixed = e.all_(e.any_(*(t.yes for t in truths)), e.any_(*(t.no for t in truths)))
        return Truth(
            e.all_(*(t.yes for t in truths)),
            e.all_(*(t.no for t in truths)),
            v.only(e.not_(mixed), facts),
        )
    held = possible = e.ZERO
    for t in truths:
        held = e.add(held, e.as_number(t.yes))
        possible = e.add(possible, e.as_number(e.not_(t.no)))
    yes = e.at_most(e.number(node.n), held)
    no = e.less(possible, e.number(node.n))
    return Truth(yes, no, v.only(e.all_(e.not_(yes), e.not_(no)), facts))


@condition(c.Unless)
def unless(node: c.Unless, place: Place) -> Truth:
    """Holds, unless the exception does."""
    return any_of((truth(node.part, place), truth(node.exception, place)))


@condition(c.When)
def when(node: c.When, place: Place) -> Truth:
    """Applies only where the guard holds."""
    return any_of((negate(truth(node.guard, place)), truth(node.part, place)))


@condition(c.Readings)
def readings(node: c.Readings, place: Place) -> Truth:
    """Decided only where all readings agree."""
    return agree([truth(p, place) for p in node.parts])


@condition(c.NotStated)
def not_stated(node: c.NotStated, place: Place) -> Truth:
    """A clause that no source shows."""
    return v.OPEN


@condition(c.Confirmed)
def confirmed(node: c.Confirmed, place: Place) -> Truth:
    """The word of an office."""
    cell = place.row.confirmed.get((place.scheme, node.id))
    if cell is None or cell.raw is None:
        return v.OPEN
    return Truth(e.flag(cell.raw, True), e.flag(cell.raw, False))


@condition(c.Named)
def named(node: c.Named, place: Place) -> Truth:
    """A condition with a name."""
    return truth(node.part, place)


@condition(c.Exists)
def exists(node: c.Exists, place: Place) -> Truth:
    """Some entry of a list passes the test."""
    found = entries(node.test, place)
    return any_of((*found.truths, found.more))


@condition(c.Every)
def every(node: c.Every, place: Place) -> Truth:
    """Every entry that passes the test also meets ``that``."""
    found = entries(node.test, place)
    # Entries that were not given may break the rule: unknown, never a breach for sure.
    rest = negate(found.more)
    met = [
        any_of((negate(t), truth(node.that, place.at_entry(entry))))
        for t, entry in zip(found.truths, found.entries, strict=True)
    ]
    whole = all_of((*met, rest))
    if node.if_empty == "fails":
        whole = all_of((whole, any_of((*found.truths, found.more))))
    # Of a list that is not known at all nothing is asked but the list.
    unknown = Truth(FALSE, FALSE, found.more.facts)
    return v.where(found.state.given, whole, unknown)
