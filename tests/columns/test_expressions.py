"""However an expression is made simpler, it says the same in every row.

Every operation is built over small expressions in every combination. What a row says is worked out
beside it from the parts, and again from the expression that came of them.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from sgincentive.columns import expr as e
from sgincentive.columns.expr import Expr

WORDS = ("assistant", "senior", "social_worker")
ROWS: list[dict[str, Any]] = [
    {"n": n, "m": m, "t": t, "u": u, "v": v, "b": b, "d": d, "w": len(v) - 4, "sure": v == "senior"}
    for n, m, t, u, v, b, d in (
        (0, 5, "330203", "330203", "assistant", True, date(2024, 2, 29)),
        (3, 0, "330200", None, "senior", False, date(2023, 12, 31)),
        (None, 7, None, "senior", "social_worker", None, None),
        (21, 21, "senior", "senior", "assistant", True, date(2100, 12, 31)),
        (20, None, "x", "assistant", "senior", None, date(1900, 1, 1)),
        (7, 3, "senior", "330203", "social_worker", False, date(2024, 1, 1)),
        (1, 1, "assistant", "x", "senior", True, date(2023, 1, 1)),
    )
]  # fmt: skip
N, M = e.column("n", "int", 0, 21), e.column("m", "int", 0, 21)
T, U = e.column("t", "text"), e.column("u", "text")
V = e.column("v", "text", never_blank=True, words=WORDS)
W = e.column("w", "int", 0, 9, never_blank=True)
B = e.column("b", "bool")
SURE = e.column("sure", "bool", never_blank=True)
D = e.column("d", "day", date(1900, 1, 1).toordinal(), date(2100, 12, 31).toordinal())

Values = tuple[Any, ...]
Said = tuple[Expr, Values]
"""An expression and what it should say of each row."""

OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b, "subtract": lambda a, b: a - b, "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a // b, "least": min, "greatest": max, "less": lambda a, b: a < b,
    "at_most": lambda a, b: a <= b, "equal": lambda a, b: a == b, "not": lambda a: not a,
    "one": lambda a: a, "bounded": lambda a, *_: a, "lookup": lambda a, table: table[a],
    "year": lambda a: a.year, "month": lambda a: a.month, "day": lambda a: a.day,
    "day_after": lambda a: date.fromordinal(a.toordinal() + 1), "known": lambda a: a is not None,
    "filled": lambda a, blank: blank if a is None else a, "is_in": lambda a, words: a in words,
    "starts": lambda a, prefix: a is not None and a.startswith(prefix),
    "flag": lambda a, expected: a is expected, "same": lambda a, b: a is not None and a == b,
    "case": lambda test, yes, no: yes if test else no, "all": all, "any": any,
}  # fmt: skip


def value(x: Expr, row: dict[str, Any]) -> Any:
    """What an expression says of a row, step by step."""
    if x.op == "const":
        return x.value
    if x.op == "column":
        return row[x.args[0]]
    args = [
        value(a, row) if isinstance(a, Expr)
        else [value(p, row) if isinstance(p, Expr) else p for p in a] if isinstance(a, tuple) else a
        for a in x.args
    ]  # fmt: skip
    if x.op == "pick":
        tests, numbers, rest = args
        return next((n for test, n in zip(tests, numbers, strict=True) if test), rest)
    return OPERATIONS[x.op](*args)


def of(x: Expr, say: Callable[[dict[str, Any]], Any]) -> Said:
    return x, tuple(map(say, ROWS))


def right(made: Expr, expected: Iterable[Any], among: Iterable[bool] | None = None) -> None:
    """Asserts what an expression says, of the rows ``among`` them; and within which ends."""
    where = [True] * len(ROWS) if among is None else among
    for row, said, counts in zip(ROWS, expected, where, strict=True):
        if counts:
            found = value(made, row)
            assert found == said, (made, row, said)
            if made.kind in ("int", "day"):
                number = found.toordinal() if isinstance(found, date) else found
                assert made.low <= number <= made.high, (made, row)


def applied(name: str, build: Callable[..., Expr], *parts: Said) -> Said:
    """An operation over parts, and over what they say."""
    means = OPERATIONS[name]
    return build(*(x for x, _ in parts)), tuple(means(*v) for v in zip(*(v for _, v in parts), strict=True))  # fmt: skip


KNOWN = of(e.known(N), lambda r: r["n"] is not None)
TESTS: list[Said] = [
    (e.TRUE, (True,) * len(ROWS)),
    KNOWN,
    of(e.known(V), lambda r: True),
    of(e.flag(B, True), lambda r: r["b"] is True),
    of(e.flag(B, False), lambda r: r["b"] is False),
    of(e.is_in(T, ["senior"]), lambda r: r["t"] == "senior"),
    of(e.flag(SURE, True), lambda r: r["sure"]),
    of(e.flag(SURE, False), lambda r: not r["sure"]),
    of(e.is_in(T, ["senior", "330203", "330200"]), lambda r: r["t"] in ("senior", "330203", "330200")),
    of(e.is_in(T, ["assistant"]), lambda r: r["t"] == "assistant"),
    of(e.is_in(T, []), lambda r: False),
    of(e.is_in(U, ["senior"]), lambda r: r["u"] == "senior"),
    of(e.known(T), lambda r: r["t"] is not None),
    of(e.starts(T, "3302"), lambda r: (r["t"] or "").startswith("3302")),
    of(e.starts(T, "s"), lambda r: (r["t"] or "").startswith("s")),
    of(e.starts(T, ""), lambda r: r["t"] is not None),
    of(e.same(T, U), lambda r: r["t"] is not None and r["t"] == r["u"]),
    *(of(e.is_in(V, [word]), lambda r, word=word: r["v"] == word) for word in WORDS),  # type: ignore[misc]
    of(e.is_in(V, WORDS[:2]), lambda r: r["v"] in WORDS[:2]),
    of(e.is_in(V, WORDS), lambda r: True),
    of(e.less(e.filled(N, 0), e.number(7)), lambda r: (r["n"] or 0) < 7),
    of(e.equal(e.filled(N, 0), e.number(3)), lambda r: (r["n"] or 0) == 3),
]  # fmt: skip


def negated(said: Said) -> Said:
    return applied("not", e.not_, said)


def joined(*parts: Said) -> Iterator[Said]:
    """All and any of some truths."""
    for build, means in ((e.all_, all), (e.any_, any)):
        yield build(*(x for x, _ in parts)), tuple(map(means, zip(*(v for _, v in parts), strict=True)))  # fmt: skip


BOTH = [*TESTS, *map(negated, TESTS)]
PAIRS = [found for a, b in product(BOTH, TESTS) for found in joined(a, b)]
n, m = (of(e.filled(c, 0), lambda r, k=k: r[k] or 0) for c, k in ((N, "n"), (M, "m")))  # type: ignore[misc]
flag, senior, prefix = TESTS[3], TESTS[5], TESTS[13]


def chosen(test: Said, yes: Said, no: Said) -> Said:
    return applied("case", e.case, test, yes, no)


def number(n: int) -> Said:
    return e.number(n), (n,) * len(ROWS)


def first(rows: list[tuple[Said, int]], rest: int) -> Said:
    """The number of the first truth that holds."""
    made = e.pick([(test, k) for (test, _), k in rows], rest)
    held = zip(*(v for (_, v), _ in rows), strict=True)
    return made, tuple(next((k for yes, (_, k) in zip(each, rows, strict=True) if yes), rest) for each in held)  # fmt: skip


def looked_up(index: Said, table: tuple[int, ...]) -> Said:
    return e.lookup(index[0], table), tuple(table[i] for i in index[1])


def divided(said: Said, by: int) -> Said:
    return e.divide(said[0], by), tuple(each // by for each in said[1])


def counted(said: Said) -> Said:
    return e.as_number(said[0]), tuple(map(int, said[1]))


PLACE = first([(flag, 0), (senior, 1)], 2)
NEAR = applied("case", lambda t, a, b: e.bounded(e.case(t, a, b), 0, 2), *(
    of(e.less(n[0], e.number(3)), lambda r: (r["n"] or 0) < 3), n, number(1)
))  # fmt: skip
NUMBERS: list[Said] = [
    n, m, *map(number, (-5, 0, 1, 3)), PLACE, first([(senior, 4), (negated(flag), 4), (prefix, 0)], 0),
    first([(senior, 4), (senior, 9), ((e.TRUE, TESTS[0][1]), 5), (prefix, 7)], 1), first([((e.FALSE, negated(TESTS[0])[1]), 1)], 6),
    chosen(flag, n, number(7)), chosen(flag, number(0), m), chosen(senior, n, m),
    chosen(flag, chosen(flag, n, number(3)), m), chosen(flag, n, chosen(flag, number(2), m)),
    chosen(senior, chosen(flag, n, number(0)), chosen(flag, m, number(0))),
    chosen(senior, chosen(flag, n, m), chosen(flag, number(3), m)),
    chosen(negated(flag), chosen(flag, n, number(7)), number(7)), chosen(flag, number(1), chosen(senior, n, number(1))),
    chosen(flag, chosen(KNOWN, n, number(-1)), number(-1)),
    looked_up(NEAR, (5, 7, 9)), looked_up(number(1), (5, 7)), looked_up(NEAR, (4, 4, 4)), looked_up(PLACE, (1, 2, 3)),
    chosen(flag, looked_up(NEAR, (1, 2, 3)), looked_up(NEAR, (5, 7, 9))),
    chosen(senior, looked_up(NEAR, (6, 4, 8)), chosen(flag, looked_up(NEAR, (1, 2, 3)), looked_up(NEAR, (5, 7, 9)))),
    chosen(senior, looked_up(PLACE, (6, 4, 8)), chosen(flag, looked_up(NEAR, (1, 2, 3)), looked_up(NEAR, (5, 7, 9)))),
    divided(n, 7), divided(n, 1), divided(PLACE, 2), divided(applied("subtract", e.subtract, n, m), 4),
    applied("subtract", e.subtract, n, m), applied("add", e.add, n, number(2)), applied("multiply", e.multiply, number(3), m),
    applied("least", e.least, n, number(9)), applied("greatest", e.greatest, m, number(4)),
    applied("add", e.add, counted(flag), counted(negated(flag))), of(e.filled(W, 0), lambda r: r["w"]),
    (e.bounded(e.number(2), 0, 9), (2,) * len(ROWS)), (e.bounded(n[0], -1, 99), n[1]),
]  # fmt: skip


def day(d: date) -> Said:
    return e.day(d), (d,) * len(ROWS)


held = of(e.filled(D, date(1900, 1, 1)), lambda r: r["d"] or date(1900, 1, 1))
MARCH, LAST = day(date(2024, 3, 1)), day(date(2100, 12, 31))
early = applied("least", e.least, held, MARCH)
DAYS: list[Said] = [
    held, MARCH, day(date(1900, 1, 1)), LAST, early, applied("greatest", e.greatest, held, MARCH),
    chosen(flag, held, MARCH), chosen(flag, MARCH, held), chosen(flag, MARCH, LAST), chosen(senior, early, held),
    applied("day_after", e.day_after, early), applied("day_after", e.day_after, MARCH),
    applied("day_after", e.day_after, chosen(flag, early, MARCH)),
    applied("least", e.least, applied("day_after", e.day_after, early), day(date(2024, 2, 1))),
    applied("least", e.least, applied("day_after", e.day_after, early), LAST),
    applied("greatest", e.greatest, applied("day_after", e.day_after, early), day(date(2024, 2, 1))),
]  # fmt: skip


def test_truths() -> None:
    """Two, and two with a third: nothing that follows is said twice, contradictions are found."""
    for said in (*BOTH, *PAIRS):
        right(*said)
    for i, a in enumerate(PAIRS):
        for b in BOTH[i % 7 :: 7]:
            for found in joined(a, b):
                right(*found)
                right(*negated(found))


def test_a_word_that_is_none_of_all_words_is_none() -> None:
    none = [e.not_(e.is_in(V, [word])) for word in WORDS]
    assert e.all_(*none) is e.FALSE
    assert e.any_(*map(e.not_, none)) is e.TRUE


def test_a_choice_of_truths() -> None:
    for i, (yes, no) in enumerate(product(PAIRS[::17], PAIRS[::13])):
        right(*chosen(TESTS[3 + i % 3], yes, no))


@pytest.mark.parametrize("name", ["add", "subtract", "multiply", "least", "greatest", "less", "at_most", "equal"])  # fmt: skip
def test_numbers(name: str) -> None:
    limits = [number(limit) for limit in (-3, 0, 3, 8, 21, 42)]
    for i, (a, b) in enumerate(product(NUMBERS, NUMBERS)):
        found = applied(name, getattr(e, name), a, b)
        right(*found)
        if found[0].kind == "bool":
            right(*negated(found))
            continue
        for compare in ("less", "at_most", "equal"):
            limit = limits[i % len(limits)]
            right(*applied(compare, getattr(e, compare), found, limit))
            right(*applied(compare, getattr(e, compare), limit, found))


@pytest.mark.parametrize("name", ["least", "greatest", "less", "at_most", "equal"])
def test_days(name: str) -> None:
    for a, b in product(DAYS, DAYS):
        found = applied(name, getattr(e, name), a, b)
        right(*found)
        if found[0].kind == "day":
            for part in ("year", "month", "day"):
                right(*applied(part, lambda x, part=part: e.part_of_day(part, x), found))
            for each in DAYS[:6]:
                right(*applied("less", e.less, found, each))
                right(*applied("less", e.less, each, found))


def test_what_is_asked_only_where_something_holds() -> None:
    """Elsewhere it may say anything."""
    doubts = [*PAIRS[::17], *(applied("one", e.one, p) for p in PAIRS[::41])]
    whole = [*NUMBERS, *DAYS, *PAIRS[::23]]
    whole += [(e.codes([(flag[0], 1), (senior[0], 2), (prefix[0], 3)], 0), first([(flag, 1), (senior, 2), (prefix, 3)], 0)[1])]  # fmt: skip
    whole += [applied("less", e.less, a, b) for a, b in product(NUMBERS[:12], NUMBERS[6:14:3])]
    whole += [applied("add", e.add, a, b) for a, b in product(NUMBERS[6:14:3], NUMBERS[16:26])]
    both, either = joined(flag, senior)
    whole.append(first([(both, 1), (prefix, 2), (either, 3)], 4))
    for (x, values), (holds, where) in product(whole, doubts):
        right(e.assuming(x, holds), values, where)


def test_what_follows_where_one_of_several_holds() -> None:
    a, b, c = flag[0], senior[0], prefix[0]
    some = e.any_(a, b)
    assert e.assuming(e.any_(a, b, c), some) is e.TRUE
    assert e.assuming(e.all_(e.not_(a), e.not_(b)), some) is e.FALSE
    assert e.assuming(e.any_(a, c), some) is not e.TRUE
    assert e.assuming(some, e.all_(e.any_(a, b, c), e.not_(c))) is e.TRUE


def test_other_forms_of_the_same() -> None:
    rows = [(e.all_(flag[0], senior[0]), 1), (e.all_(flag[0], prefix[0]), 2), (flag[0], 3)]
    for made in (e.pick(rows, 9), e.pick(rows[:2], 9), e.pick(rows[:1], 9), e.codes(rows, 9), *(x for x, _ in NUMBERS)):  # fmt: skip
        if made.op == "pick":
            right(e.factored(made), [value(made, row) for row in ROWS])
    for test, values in TESTS:
        if test.op == "is_in":
            right(e.one_by_one(test), values)


def test_an_expression_is_one_object_in_every_process() -> None:
    made = e.all_(e.flag(B, True), e.less(e.filled(N, 0), e.number(7)))
    assert pickle.loads(pickle.dumps(made)) is made
    assert repr(e.add(e.filled(N, 0), e.number(7))) == (
        "add(filled(column('n', False, 0, 21, frozenset()), 0), const(7))"
    )
    late = e.column("somewhere else", "int", 0, 9, never_blank=True)
    sent = pickle.dumps(e.at_most(late, e.number(5)))
    gc.collect()
    received = pickle.loads(sent)
    assert e.not_(received) is e.less(e.number(5), late)
    assert e.not_(e.not_(received)) is received


def test_one_day_after_another() -> None:
    for d in (date(2023, 12, 31), date(2024, 2, 28), date(2024, 2, 29)):
        assert e.day_after(e.day(d)).value == d + timedelta(days=1)
