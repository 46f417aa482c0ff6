"""Expressions over the columns of a table, before any data-frame library is chosen.

Equal expressions are one object, constants are folded, and nothing is ever null: a cell that is
blank is asked about with :func:`known` and read with :func:`filled`; the tests of a raw column
(:func:`is_in`, :func:`starts`, :func:`flag`, :func:`same`) are false where it is blank. Whole
numbers are 64 bit; each carries the least and the greatest value that it can have, so that an
overflow is found when the expression is built (:class:`TooWide`) and not in the data.

Kinds: ``bool``, ``int``, ``day`` (a date), ``code`` (a small number that stands for a word), and
``text`` for raw columns of text alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, Literal
from weakref import WeakValueDictionary

Kind = Literal["bool", "int", "code", "day", "text"]
LIMIT: Final = 2**63 - 1
FEW: Final = 8
"""Up to so many words are compared one by one."""


class TooWide(ArithmeticError):
    """A whole number that may not fit into 64 bits."""


class Expr:
    """One expression; compare with ``is``, as equal ones are one object.

    ``op`` names the operation, ``args`` its operands (expressions, or plain values), ``low`` and
    ``high`` bound a whole number.
    """

    __slots__ = ("__weakref__", "args", "high", "kind", "low", "negation", "op", "touches")

    op: str
    args: tuple[Any, ...]
    kind: Kind
    low: int
    high: int
    negation: Expr | None
    touches: frozenset[Expr] | None

    def __repr__(self) -> str:
        return f"{self.op}({', '.join(map(repr, self.args))})"

    def __reduce__(self) -> Any:
        return _remade, (self.op, self.kind, self.args, self.low, self.high)

    @property
    def constant(self) -> bool:
        """Whether the value is the same in every row."""
        return self.op == "const"

    @property
    def value(self) -> Any:
        """The value of a constant."""
        return self.args[0]

    def operands(self) -> Iterator[Expr]:
        """The expressions that this one is made of."""
        for arg in self.args:
            if isinstance(arg, Expr):
                yield arg
            elif isinstance(arg, tuple):
                for item in arg:
                    if isinstance(item, Expr):
                        yield item


_known_expressions: WeakValueDictionary[Any, Expr] = WeakValueDictionary()


def _make(op: str, kind: Kind, *args: Any, low: int = 0, high: int = 0) -> Expr:
    key = (op, kind, args)
    found = _known_expressions.get(key)
    if found is None:
        if low < -LIMIT or high > LIMIT:
            raise TooWide
        found = Expr()
        found.op, found.kind, found.args, found.low, found.high = op, kind, args, low, high
        found.negation = found.touches = None
        _known_expressions[key] = found
    return found


def _remade(op: str, kind: Kind, args: tuple[Any, ...], low: int, high: int) -> Expr:
    return _make(op, kind, *args, low=low, high=high)


# ------------------------------------------------------------------ constants and raw columns


def number(value: int) -> Expr:
    """A whole number."""
    return _make("const", "int", value, low=value, high=value)


def day(value: date) -> Expr:
    """A date."""
    number = value.toordinal()
    return _make("const", "day", value, low=number, high=number)


TRUE: Final = _make("const", "bool", True)
FALSE: Final = _make("const", "bool", False)
ZERO: Final = number(0)


def truth(value: bool) -> Expr:
    """A constant truth value."""
    return TRUE if value else FALSE


def column(
    name: str,
    kind: Kind,
    low: int = 0,
    high: int = 0,
    never_blank: bool = False,
    words: Collection[str] = (),
) -> Expr:
    """A raw column; whole numbers (of days: ordinals) lie between ``low`` and ``high``, and its
    text is one of ``words``, if they are named."""
    all_words = frozenset(words)
    return _make("column", kind, name, never_blank, low, high, all_words, low=low, high=high)


def known(raw: Expr) -> Expr:
    """Whether the cell is filled in."""
    return TRUE if raw.args[1] else _make("known", "bool", raw)


def filled(raw: Expr, blank: int | date) -> Expr:
    """The cell, or ``blank`` where it is not filled in."""
    if raw.args[1]:
        return raw
    number = blank.toordinal() if isinstance(blank, date) else blank
    low, high = min(raw.low, number), max(raw.high, number)
    return _make("filled", raw.kind, raw, blank, low=low, high=high)


def is_in(raw: Expr, words: Iterable[str]) -> Expr:
    """Whether the text of the cell is one of ``words``."""
    found = frozenset(words)
    every = raw.args[4]
    if every:
        found &= every
        if found == every:
            return known(raw)
        if raw.args[1] and len(every - found) < len(found):
            return not_(_make("is_in", "bool", raw, every - found))
    return _make("is_in", "bool", raw, found) if found else FALSE


def one_by_one(test: Expr) -> Expr:
    """A test against a few words as one test for each, which other tests may share."""
    raw, words = test.args
    if not 1 < len(words) <= FEW:
        return test
    return _make("any", "bool", tuple(is_in(raw, (word,)) for word in sorted(words)))


def starts(raw: Expr, prefix: str) -> Expr:
    """Whether the text of the cell begins with ``prefix``."""
    if not prefix:
        return known(raw)
    return _make("starts", "bool", raw, prefix)


def flag(raw: Expr, expected: bool) -> Expr:
    """Whether the truth value of the cell is ``expected``."""
    if raw.args[1] and not expected:
        return not_(flag(raw, True))
    return _make("flag", "bool", raw, expected)


def same(a: Expr, b: Expr) -> Expr:
    """Whether two cells hold the same text."""
    return _make("same", "bool", a, b)


# ------------------------------------------------------------------ truth

_CELL_TESTS: Final = frozenset(("is_in", "starts", "flag"))


def not_(a: Expr) -> Expr:
    """Not ``a``; a negation stands at single tests only."""
    found = a.negation
    if found is None:
        found = a.negation = _negated(a)
        found.negation = a
    return found


def _negated(a: Expr) -> Expr:
    if a.op == "const":
        return truth(not a.value)
    if a.op == "less":
        return _make("at_most", "bool", a.args[1], a.args[0])
    if a.op == "at_most":
        return _make("less", "bool", a.args[1], a.args[0])
    if a.op in ("all", "any"):
        return _make("any" if a.op == "all" else "all", "bool", tuple(map(not_, a.args[0])))
    return _make("not", "bool", a)


def any_(*parts: Expr) -> Expr:
    """At least one of ``parts``."""
    return not_(all_(*map(not_, parts)))


def all_(*parts: Expr) -> Expr:
    """All of ``parts``, without what follows from the others; FALSE where they contradict."""
    units: dict[Expr, None] = {}
    clauses: dict[Expr, None] = {}
    for part in parts:
        for each in part.args[0] if part.op == "all" else (part,):
            if each.op == "any":
                clauses[each] = None
            elif each is not TRUE:
                units[each] = None
    while True:
        found = _consistent(units)
        if found is None:
            return FALSE
        units = found
        if not clauses:
            break
        more = False
        cells = _Cells(units)
        touched: set[Expr] = set()
        for unit in units:
            touched |= _touched(unit)
        for clause in list(clauses):
            if touched.isdisjoint(_touched(clause)):
                continue
            left = _left_of(clause, units, cells)
            if left is clause:
                continue
            del clauses[clause]
            if left is FALSE:
                return FALSE
            if left.op == "any":
                clauses[left] = None
            elif left is not TRUE:
                more = True
                units.update(dict.fromkeys(left.args[0] if left.op == "all" else (left,)))
        if not more:
            break
    rest = (*units, *clauses)
    if not rest:
        return TRUE
    return rest[0] if len(rest) == 1 else _make("all", "bool", rest)


def _touched(a: Expr) -> frozenset[Expr]:
    """What the tests in an expression look at: where two look at nothing in common, neither says
    anything of the other."""
    found = a.touches
    if found is None:
        if a.op in ("any", "all"):
            found = frozenset().union(*map(_touched, a.args[0]))
        else:
            test = a.args[0] if a.op == "not" else a
            found = frozenset((test,) if test.op == "one" else test.operands())
        a.touches = found
    return found


def _consistent(units: dict[Expr, None]) -> dict[Expr, None] | None:
    """Single tests without those that follow from others; None where they contradict."""
    words: dict[Expr, frozenset[str]] = {}
    others: dict[Expr, frozenset[str]] = {}
    filled_in: set[Expr] = set()
    several = False
    for unit in units:
        if unit is FALSE or unit.negation in units:
            return None
        if unit.op == "is_in":
            raw, mine = unit.args
            several = several or raw in words
            words[raw] = words[raw] & mine if raw in words else mine
            filled_in.add(raw)
        elif unit.op == "not" and unit.args[0].op == "is_in":
            raw, mine = unit.args[0].args
            several = several or raw in others
            others[raw] = others.get(raw, frozenset()) | mine
        elif unit.op in _CELL_TESTS:
            filled_in.add(unit.args[0])
    if not filled_in and not several:
        return units
    kept: dict[Expr, None] = {}
    done: set[Expr] = set()
    for unit in units:
        inner = unit.args[0] if unit.op == "not" else unit
        if inner.op == "known" and inner.args[0] in filled_in:
            if unit is inner:
                continue
            return None
        if inner.op == "is_in":
            raw = inner.args[0]
            if raw not in done:
                done.add(raw)
                if raw in words:
                    left = words[raw] - others.get(raw, frozenset())
                    if not left:
                        return None
                    each = is_in(raw, left)
                else:
                    each = not_(is_in(raw, others[raw]))
                if each is FALSE:
                    return None
                kept[each] = None
            continue
        if inner.op == "starts" and inner.args[0] in words:
            raw, prefix = inner.args
            yes = {w for w in words[raw] if w.startswith(prefix)}
            left = words[raw] & yes if unit is inner else words[raw] - yes
            if not left:
                return None
            if left == words[raw]:
                continue
        if inner.op == "flag" and unit is inner:
            opposite = _known_expressions.get(("flag", "bool", (inner.args[0], not inner.args[1])))
            if opposite is not None and opposite in units:
                return None
        kept[unit] = None
    return kept


class _Cells:
    """What single tests say of the cells that they look at."""

    __slots__ = ("blank", "filled_in", "others", "words")

    def __init__(self, units: Iterable[Expr]) -> None:
        self.words: dict[Expr, frozenset[str]] = {}
        self.others: dict[Expr, frozenset[str]] = {}
        self.filled_in: set[Expr] = set()
        self.blank: set[Expr] = set()
        for unit in units:
            self.add(unit)

    def add(self, unit: Expr) -> None:
        """One more test that holds."""
        inner = unit.args[0] if unit.op == "not" else unit
        if inner.op == "is_in":
            raw, words = inner.args
            if inner is unit:
                self.words[raw] = self.words.get(raw, words) & words
                self.filled_in.add(raw)
            else:
                self.others[raw] = self.others.get(raw, frozenset()) | words
        elif inner.op == "known":
            (self.filled_in if inner is unit else self.blank).add(inner.args[0])
        elif inner is unit and inner.op in _CELL_TESTS:
            self.filled_in.add(inner.args[0])

    def decide(self, part: Expr) -> bool | None:
        """Whether another test holds, if that follows."""
        if part.op == "not":
            found = self.decide(part.args[0])
            return None if found is None else not found
        if part.op == "known":
            raw = part.args[0]
            return True if raw in self.filled_in else False if raw in self.blank else None
        if part.op not in _CELL_TESTS:
            return None
        raw = part.args[0]
        if raw in self.blank:
            return False
        if part.op == "is_in":
            words = part.args[1]
            mine = self.words.get(raw)
            if mine is not None:
                return True if mine <= words else None if mine & words else False
            others = self.others.get(raw)
            if others is not None and words <= others:
                return False
        return None


def _left_of(clause: Expr, units: dict[Expr, None], cells: _Cells) -> Expr:
    """What is left to hold of "at least one of" where ``units`` hold."""
    left = []
    for part in clause.args[0]:
        if part in units:
            return TRUE
        if part.op == "all":
            if any(not_(each) in units or cells.decide(each) is False for each in part.args[0]):
                continue
        elif not_(part) in units:
            continue
        else:
            found = cells.decide(part)
            if found:
                return TRUE
            if found is False:
                continue
        left.append(part)
    if len(left) == len(clause.args[0]):
        return clause
    if not left:
        return FALSE
    return left[0] if len(left) == 1 else _make("any", "bool", tuple(left))


def one(a: Expr) -> Expr:
    """The same truth as a unit that others are built on and that is worked out once."""
    return a if a.op in _PLAIN else _make("one", "bool", a)


_PLAIN: Final = frozenset(("const", "known", "is_in", "starts", "flag", "same", "one"))


def assuming(a: Expr, holds: Expr) -> Expr:
    """``a`` made simpler for the rows in which ``holds`` is true; elsewhere it may be anything."""
    if holds.op == "one":
        holds = holds.args[0]
    if a.constant or (holds.constant and a.op != "pick"):
        return a
    return _Assumed(holds).of(a)


class _Assumed:
    def __init__(self, holds: Expr) -> None:
        self.units: dict[Expr, None] = {}
        self.clauses: dict[Expr, None] = {}
        for part in holds.args[0] if holds.op == "all" else (holds,):
            (self.clauses if part.op == "any" else self.units)[part] = None
        self.cells = _Cells(self.units)
        self.made: dict[Expr, Expr] = {}

    def further(self, holds: Expr) -> _Assumed:
        """The same where something else holds too."""
        found = _Assumed(holds)
        found.units |= self.units
        found.clauses |= self.clauses
        found.cells = _Cells(found.units)
        return found

    def of(self, a: Expr) -> Expr:
        found = self.made.get(a)
        if found is None:
            found = self.made[a] = self._of(a)
        return found

    def _of(self, a: Expr) -> Expr:
        if a.kind == "bool":
            return self._truth(a)
        if a.op == "pick":
            return self._pick(a)
        if a.op == "case":
            test, yes, no = a.args
            return case(self.of(test), self.of(yes), self.of(no))
        rebuild = _REBUILD.get(a.op)
        if rebuild is None:
            return a
        return rebuild(*(self.of(x) if isinstance(x, Expr) else x for x in a.args))

    def _truth(self, a: Expr) -> Expr:
        if a in self.units or a in self.clauses:
            return TRUE
        if not_(a) in self.units or not_(a) in self.clauses:
            return FALSE
        found = self.cells.decide(a)
        if found is not None:
            return truth(found)
        if a.op == "all":
            if self.clauses and self._some_of(not_(a)):
                return FALSE
            return all_(*map(self.of, a.args[0]))
        if a.op == "any":
            if self.clauses and self._some_of(a):
                return TRUE
            return any_(*map(self.of, a.args[0]))
        return a

    def _some_of(self, a: Expr) -> bool:
        """Whether one of the parts of an "any" is known to hold, though not which."""
        parts = set(a.args[0])
        return any(all(part in parts or not_(part) in self.units for part in clause.args[0])
                   for clause in self.clauses)  # fmt: skip

    def _pick(self, a: Expr) -> Expr:
        rows: list[_Row] = []
        inner = self
        for test, value in zip(*a.args[:2], strict=True):
            kept = inner.of(test)
            if kept is FALSE or all_(kept, *inner.units, *inner.clauses) is FALSE:
                continue
            rows.append((kept, value))
            if kept is TRUE:
                break
            # The rows below are those in which this one does not hold.
            inner = inner.further(not_(kept))
        made = codes if a.kind == "code" else pick
        return made(rows, a.args[2])


# ------------------------------------------------------------------ choosing

_Row = tuple[Expr, int]


def _rows_of(a: Expr) -> tuple[tuple[_Row, ...], int] | None:
    """A number that is one of a few constants: the rows (first that holds) and the rest."""
    if a.constant and a.kind == "int":
        return (), a.value
    if a.op == "pick":
        tests, numbers, rest = a.args
        return tuple(zip(tests, numbers, strict=True)), rest
    return None


def pick(rows: Sequence[_Row], rest: int) -> Expr:
    """The constant of the first row whose test holds, else ``rest``."""
    kept: list[_Row] = []
    seen: set[Expr] = set()
    for test, value in rows:
        if test is FALSE or test in seen:
            continue
        seen.add(test)
        if test is TRUE:
            rest = value
            break
        if kept and kept[-1][1] == value:
            kept[-1] = (any_(kept[-1][0], test), value)
        else:
            kept.append((test, value))
    while kept and kept[-1][1] == rest:
        kept.pop()
    if not kept:
        return number(rest)
    numbers = [value for _, value in kept]
    return _make(
        "pick",
        "int",
        tuple(test for test, _ in kept),
        tuple(numbers),
        rest,
        low=min(*numbers, rest),
        high=max(*numbers, rest),
    )


def factored(a: Expr) -> Expr:
    """A choice of numbers whose rows share tests as these tests around a shorter choice."""
    tests, numbers, rest = a.args
    if len(tests) < 2 or a.kind != "int":
        return a
    shared = [part for part in _parts("all", tests[0])
              if all(part in _parts("all", test) for test in tests[1:])]  # fmt: skip
    if not shared:
        return a
    rows = [(_without("all", test, shared), n) for test, n in zip(tests, numbers, strict=True)]
    inner, other = pick(rows, rest), number(rest)
    # What one test was built of already needs no second look.
    implied = {each for part in shared if part.op == "one" for each in _parts("all", part.args[0])}
    test = all_(*(part for part in shared if part not in implied))
    return _make("case", "int", test, inner, other, low=a.low, high=a.high)


def codes(rows: Sequence[_Row], rest: int) -> Expr:
    """As :func:`pick`, of small numbers that stand for words."""
    found = pick(rows, rest)
    if found.constant:
        return _make("const", "code", found.value)
    return _make("pick", "code", *found.args)


def _parts(op: str, a: Expr) -> tuple[Expr, ...]:
    parts: tuple[Expr, ...] = a.args[0] if a.op == op else (a,)
    return () if a.constant else parts


def _without(op: str, a: Expr, parts: Collection[Expr]) -> Expr:
    """What is left of "all" or "any" without some parts."""
    rest = [part for part in _parts(op, a) if part not in parts]
    return all_(*rest) if op == "all" else any_(*rest)


def case(test: Expr, yes: Expr, no: Expr) -> Expr:
    """``yes`` where ``test`` holds, else ``no``."""
    if test.constant:
        return yes if test.value else no
    if yes is no:
        return yes
    if yes.kind == "bool":
        both = [part for part in _parts("all", yes) if part in _parts("all", no)]
        if both:
            return all_(*both, case(test, _without("all", yes, both), _without("all", no, both)))
        either = [part for part in _parts("any", yes) if part in _parts("any", no)]
        if either:
            return any_(
                *either, case(test, _without("any", yes, either), _without("any", no, either))
            )
        return any_(all_(test, yes), all_(not_(test), no))
    if yes.kind == "int":
        ours, theirs = _rows_of(yes), _rows_of(no)
        if ours is not None and theirs is not None:
            rows = [(all_(test, each), value) for each, value in ours[0]]
            return pick([*rows, (test, ours[1]), *theirs[0]], theirs[1])
        joined = _one_table(test, yes, no)
        if joined is not None:
            return joined
    plain_yes, plain_no = _settled(yes, test), _settled(no, not_(test))
    if plain_yes is not yes or plain_no is not no:
        return case(test, plain_yes, plain_no)
    guarded = _guarded(test, yes, no)
    if guarded is not None:
        return guarded
    low, high = min(yes.low, no.low), max(yes.high, no.high)
    return _make("case", yes.kind, test, yes, no, low=low, high=high)


def _settled(branch: Expr, holds: Expr) -> Expr:
    """A choice by a test, or by its opposite, where it is known that the test holds."""
    while branch.op == "case":
        if branch.args[0] is holds:
            branch = branch.args[1]
        elif branch.args[0] is not_(holds):
            branch = branch.args[2]
        else:
            break
    return branch


def _guarded(test: Expr, yes: Expr, no: Expr) -> Expr | None:
    """Choices in a choice that are the same constant elsewhere, as one choice by all tests, or by
    those that they share."""
    if no.constant and yes.op == "case" and yes.args[2] is no:
        return case(all_(test, yes.args[0]), yes.args[1], no)
    if yes.constant and no.op == "case" and no.args[2] is yes:
        return case(all_(not_(test), no.args[0]), no.args[1], yes)
    if yes.op != "case" or no.op != "case" or yes.args[2] is not no.args[2]:
        return None
    (ours, chosen, rest), (theirs, other, _) = yes.args, no.args
    shared = [part for part in _parts("all", ours) if part in _parts("all", theirs)]
    if not shared or not rest.constant:
        return None
    chosen = case(_without("all", ours, shared), chosen, rest)
    other = case(_without("all", theirs, shared), other, rest)
    return case(all_(*shared), case(test, chosen, other), rest)


def lookup(index: Expr, numbers: Sequence[int]) -> Expr:
    """The number at a place (from 0) of a table."""
    table = tuple(numbers)
    if index.constant:
        return number(table[index.value])
    if len(set(table)) == 1:
        return number(table[0])
    return _make("lookup", "int", index, table, low=min(table), high=max(table))


def bounded(a: Expr, low: int, high: int) -> Expr:
    """The same number, of which it is known that it lies between two others."""
    if a.constant or (a.low >= low and a.high <= high):
        return a
    return _make("bounded", a.kind, a, low, high, low=max(low, a.low), high=min(high, a.high))


def _one_table(test: Expr, yes: Expr, no: Expr) -> Expr | None:
    """Two tables by one index as one table, longer by the second."""
    if yes.op != "lookup" or no.op != "lookup":
        return None
    if yes.args[0] is no.args[0]:
        base, offset, size = yes.args[0], ZERO, len(no.args[1])
    else:
        # ``no`` was itself joined: its index is a base and an offset.
        joined = no.args[0]
        if joined.op != "add" or joined.args[0] is not yes.args[0]:
            return None
        base, offset, size = joined.args[0], joined.args[1], len(no.args[1])
    offset = case(test, number(size), offset)
    return lookup(_make("add", "int", base, offset, low=0, high=size + len(yes.args[1]) - 1),
                  (*no.args[1], *yes.args[1]))  # fmt: skip


# ------------------------------------------------------------------ whole numbers


def _mapped(a: Expr, change: Callable[[int], int]) -> Expr | None:
    rows = _rows_of(a)
    if rows is None:
        return None
    return pick([(test, change(value)) for test, value in rows[0]], change(rows[1]))


def _two(op: str, a: Expr, b: Expr, low: int, high: int, change: Callable[[int, int], int]) -> Expr:
    if b.constant:
        found = _mapped(a, lambda value: change(value, b.value))
    elif a.constant:
        found = _mapped(b, lambda value: change(a.value, value))
    else:
        found = None
    return _make(op, "int", a, b, low=low, high=high) if found is None else found


def add(a: Expr, b: Expr) -> Expr:
    """a + b."""
    if a is ZERO:
        return b
    if b is ZERO:
        return a
    return _two("add", a, b, a.low + b.low, a.high + b.high, lambda x, y: x + y)


def subtract(a: Expr, b: Expr) -> Expr:
    """a - b."""
    if b is ZERO:
        return a
    if a is b:
        return ZERO
    if a.op == "case" and b in a.args:
        test, yes, no = a.args
        return case(test, subtract(yes, b), subtract(no, b))
    if a.op == "case" and b.op == "case" and a.args[0] is b.args[0]:
        return case(a.args[0], subtract(a.args[1], b.args[1]), subtract(a.args[2], b.args[2]))
    return _two("subtract", a, b, a.low - b.high, a.high - b.low, lambda x, y: x - y)


def multiply(a: Expr, b: Expr) -> Expr:
    """a * b."""
    if a.constant and a.value == 1:
        return b
    if b.constant and b.value == 1:
        return a
    if ZERO in (a, b):
        return ZERO
    ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return _two("multiply", a, b, min(ends), max(ends), lambda x, y: x * y)


def divide(a: Expr, by: int) -> Expr:
    """a / by, rounded down, for ``by`` above 0."""
    if by == 1:
        return a
    found = _mapped(a, lambda value: value // by)
    if found is not None:
        return found
    return _make("divide", "int", a, by, low=a.low // by, high=a.high // by)


def least(a: Expr, b: Expr) -> Expr:
    """The lesser of two numbers, or the earlier of two days."""
    return _extreme("least", a, b)


def greatest(a: Expr, b: Expr) -> Expr:
    """The greater of two numbers, or the later of two days."""
    return _extreme("greatest", a, b)


def _extreme(op: Literal["least", "greatest"], a: Expr, b: Expr) -> Expr:
    if a is b:
        return a
    if a.high <= b.low:
        return a if op == "least" else b
    if b.high <= a.low:
        return b if op == "least" else a
    if b.constant and a.op == op and a.args[1].constant:
        return _extreme(op, a.args[0], _extreme(op, a.args[1], b))
    if b.constant and a.op == "day_after" and a.args[0].op == op and a.args[0].args[1].constant:
        # The cut before cannot reach the day at which the next day is cut off.
        return _extreme(op, day_after(a.args[0].args[0]), b)
    pick_one = min if op == "least" else max
    low, high = pick_one(a.low, b.low), pick_one(a.high, b.high)
    pushed = _pushed(lambda x, y: _extreme(op, x, y), a, b)
    if pushed is not None:
        return pushed
    if a.kind == "day":
        return _make(op, "day", a, b, low=low, high=high)
    return _two(op, a, b, low, high, pick_one)


def _pushed(change: Callable[[Expr, Expr], Expr], a: Expr, b: Expr) -> Expr | None:
    """An operation with a constant, taken into a choice of which one branch is constant."""
    for side, other, swapped in ((a, b, False), (b, a, True)):
        if other.constant and side.op == "case" and any(x.constant for x in side.args[1:]):
            test, yes, no = side.args
            return case(
                test,
                change(other, yes) if swapped else change(yes, other),
                change(other, no) if swapped else change(no, other),
            )
    return None


def as_number(a: Expr) -> Expr:
    """1 where ``a`` holds, else 0."""
    return pick([(a, 1)], 0)


# ------------------------------------------------------------------ comparing


def _compared(a: Expr, b: Expr, holds: Callable[[Any, Any], bool]) -> Expr | None:
    """A comparison with a constant taken into the branches of a choice."""
    for side, other, swapped in ((a, b, False), (b, a, True)):
        if not other.constant:
            continue
        rows = _rows_of(side)
        if rows is not None:
            found = truth(holds(other.value, rows[1]) if swapped else holds(rows[1], other.value))
            for test, value in reversed(rows[0]):
                if holds(other.value, value) if swapped else holds(value, other.value):
                    found = any_(test, found)
                else:
                    found = all_(not_(test), found)
            return found
    return None


def _into_case(a: Expr, b: Expr, compare: Callable[[Expr, Expr], Expr]) -> Expr | None:
    """A comparison taken into the branches of a choice where that decides one of them."""
    if a.op == "case" and b.op == "case" and a.args[0] is b.args[0]:
        return case(a.args[0], compare(a.args[1], b.args[1]), compare(a.args[2], b.args[2]))
    for side, other, swapped in ((a, b, False), (b, a, True)):
        if side.op != "case":
            continue
        test, yes, no = side.args
        if not (yes.constant or no.constant):
            continue
        ours = compare(other, yes) if swapped else compare(yes, other)
        theirs = compare(other, no) if swapped else compare(no, other)
        if ours.constant or theirs.constant:
            return case(test, ours, theirs)
    return None


def less(a: Expr, b: Expr) -> Expr:
    """a < b, of numbers or days."""
    if a is b or a.low >= b.high:
        return FALSE
    if a.high < b.low:
        return TRUE
    if a.high == b.low:
        return not_(equal(a, b))
    found = (
        _compared(a, b, lambda x, y: x < y)
        or _into_case(a, b, less)
        or _day_ends(a, b, less)
        or _less_solved(a, b)
    )
    return _make("less", "bool", a, b) if found is None else found


def at_most(a: Expr, b: Expr) -> Expr:
    """a <= b, of numbers or days."""
    return not_(less(b, a))


def _day_ends(a: Expr, b: Expr, compare: Callable[[Expr, Expr], Expr]) -> Expr | None:
    """A comparison of a constant with the earlier or later of two days, one of them constant."""
    for side, other in ((a, b), (b, a)):
        if (
            other.constant
            and side.op in ("least", "greatest")
            and any(each.constant for each in side.args)
        ):
            one, two = (compare(x, b) if side is a else compare(a, x) for x in side.args)
            # The lesser of two is below where one is; it is above where both are.
            either = (side.op == "least") == (side is a)
            return any_(one, two) if either else all_(one, two)
    return None


def equal(a: Expr, b: Expr) -> Expr:
    """a = b, of numbers or days."""
    if a is b:
        return TRUE
    if a.high < b.low or b.high < a.low:
        return FALSE
    found = (
        _compared(a, b, lambda x, y: bool(x == y))
        or _into_case(a, b, equal)
        or (_equal_solved(a, b.low) if b.constant else None)
        or (_equal_solved(b, a.low) if a.constant else None)
    )
    return _make("equal", "bool", a, b) if found is None else found


def _operands(a: Expr) -> tuple[Expr, Expr]:
    """The operands of a sum or a product, a constant last."""
    x, y = a.args
    return (y, x) if x.constant else (x, y)


def _less_solved(a: Expr, b: Expr) -> Expr | None:
    """A comparison of the result of a calculation with a constant, as one of what went in."""
    side, above = (a, True) if b.constant else (b, False)
    if not (a.constant or b.constant):
        return None
    limit = (b if above else a).low
    if side.op == "subtract" and limit == 0:
        x, y = side.args
        return less(x, y) if above else less(y, x)
    if side.op == "divide":
        x, by = side.args
        limit = limit * by if above else (limit + 1) * by - 1
    elif side.op in ("add", "multiply") and side.args[0].constant is not side.args[1].constant:
        x, by = _operands(side)
        if side.op == "add":
            limit -= by.value
        elif by.value > 0:
            limit = -(-limit // by.value) if above else limit // by.value
        else:
            return None
    else:
        return None
    return less(x, number(limit)) if above else less(number(limit), x)


def _equal_solved(a: Expr, value: int) -> Expr | None:
    """Whether the result of a calculation is a number, as a test of what went in."""
    if a.op == "subtract" and value == 0:
        return equal(*a.args)
    if a.op == "divide":
        x, by = a.args
        if value * by <= x.low:
            return less(x, number((value + 1) * by))
        return at_most(number(value * by), x) if (value + 1) * by > x.high else None
    if a.op not in ("add", "multiply", "least", "greatest") or a.kind != "int":
        return None
    x, other = _operands(a)
    if a.op == "multiply" and value == 0:
        return any_(equal(x, ZERO), equal(other, ZERO))
    if not other.constant:
        return None
    by = other.value
    if a.op == "add":
        return equal(x, number(value - by))
    if a.op == "multiply":
        return FALSE if value % by else equal(x, number(value // by))
    if value != by:
        return equal(x, number(value))
    return at_most(other, x) if a.op == "least" else at_most(x, other)


# ------------------------------------------------------------------ parts of a day


def part_of_day(part: Literal["year", "month", "day"], of: Expr) -> Expr:
    """The year, the month or the day of the month."""
    if of.constant:
        return number(getattr(of.value, part))
    if of.op == "case" and any(x.constant for x in of.args[1:]):
        test, yes, no = of.args
        return case(test, part_of_day(part, yes), part_of_day(part, no))
    first, last = date.fromordinal(of.low), date.fromordinal(of.high)
    low, high = {"year": (first.year, last.year), "month": (1, 12), "day": (1, 31)}[part]
    return _make(part, "int", of, low=low, high=high)


def day_after(of: Expr) -> Expr:
    """The next day."""
    if of.constant:
        return day(date.fromordinal(of.low + 1))
    if of.op == "case" and any(x.constant for x in of.args[1:]):
        test, yes, no = of.args
        return case(test, day_after(yes), day_after(no))
    return _make("day_after", "day", of, low=of.low + 1, high=of.high + 1)


def _again(op: str) -> Callable[..., Expr]:
    return lambda of: part_of_day(op, of)  # type: ignore[arg-type]


# Not of a look-up: its place has to lie within the table in every row.
_REBUILD: Final[dict[str, Callable[..., Expr]]] = {
    "add": add, "subtract": subtract, "multiply": multiply, "divide": divide, "least": least,
    "greatest": greatest, "bounded": bounded,
    "year": _again("year"), "month": _again("month"), "day": _again("day"), "day_after": day_after,
}  # fmt: skip
