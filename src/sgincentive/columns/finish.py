"""From masks and codes to what a user reads: words, amounts, names of missing facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import add, or_
from typing import Any, Final

import narwhals as nw

from sgincentive.columns import expr as e
from sgincentive.columns.backends import Backend
from sgincentive.columns.by_rows import Asker, Result, code_of
from sgincentive.columns.cells import is_blank
from sgincentive.columns.compiled import TERM, Compiled, deciders, outcome_words
from sgincentive.columns.expr import FALSE, TRUE, Expr
from sgincentive.columns.lower import Lowering
from sgincentive.facts import ProfileError
from sgincentive.schemes.model import Scheme
from sgincentive.words import Text

PROBLEM: Final = "problem"
"""The column that says why a row has no answer."""
AMOUNTS: Final = ("min", "max", "published")
REASONS: Final = ("missing", "decided_by")
TOGETHER: Final = 6
"""So many names are looked up together by which of them hold: 64 texts."""
TAKEN: Final = 1000
"""So many profiles are taken from a table at a time to be asked one by one."""
NO_ANSWER: Final = 4
"""The code of the outcome of a row that is no profile."""


def column_name(scheme: str, said: str) -> str:
    """The name of a result column."""
    return f"{scheme}:{said}"


@dataclass(frozen=True, slots=True)
class Raw:
    """What is worked out of one scheme before words are put to it."""

    scheme: Scheme
    outcome: Expr
    low: Expr | None
    high: Expr | None
    no_low: Expr
    no_high: Expr
    published: Expr
    decided_by: Expr | None
    missing: Mapping[str, Expr]
    by_rows: Expr
    rejected: Expr
    problems: Sequence[tuple[str, Expr]]
    why: Text | None = None

    @classmethod
    def of(
        cls,
        found: Compiled,
        rejected: Expr,
        singly: Expr,
        problems: Sequence[tuple[str, Expr]],
        reasons: bool,
    ) -> Raw:
        """The answers of a scheme where rows may be rejected or asked one by one."""
        outcome, decided_by = found.outcome, found.decided_by
        if rejected is not FALSE:
            outcome = _but(rejected, NO_ANSWER, outcome)
            decided_by = _but(rejected, 0, decided_by)
        kept = e.not_(rejected)
        return cls(
            found.scheme,
            outcome,
            found.low,
            found.high,
            e.any_(rejected, found.no_low),
            e.any_(rejected, found.no_high),
            found.published,
            decided_by if reasons else None,
            {n: e.all_(kept, rows) for n, rows in found.missing.items()} if reasons else {},
            e.all_(kept, e.any_(singly, found.by_rows)),
            rejected,
            problems,
            found.why or (TERM if found.by_rows is not FALSE else None),
        )

    def bare(self) -> Raw:
        """The same with nothing to be worked out, to be carried to other processes."""
        none = FALSE
        return Raw(
            self.scheme, none, None if self.low is None else e.ZERO,
            None if self.high is None else e.ZERO, none, none, none,
            None if self.decided_by is None else none, dict.fromkeys(self.missing, none),
            FALSE if self.by_rows is FALSE else TRUE, none,
            [(name, none) for name, _ in self.problems],
        )  # fmt: skip

    def expressions(self) -> Iterator[Expr]:
        """Everything that has to be worked out."""
        yield self.outcome
        for each in (self.low, self.high, self.decided_by):
            if each is not None:
                yield each
        yield from (self.no_low, self.no_high, self.published, self.by_rows, self.rejected)
        yield from self.missing.values()
        yield from (rows for _, rows in self.problems)

    def codes(self) -> Iterator[tuple[str, Expr]]:
        """What the answers are made of, each under its name (with a gap for a number)."""
        yield "__o{}", self.outcome
        if self.low is not None and self.high is not None:
            yield from (("__l{}", self.low), ("__h{}", self.high))
            yield from (("__nl{}", self.no_low), ("__nh{}", self.no_high))
            yield "__p{}", self.published
        if self.decided_by is not None:
            yield "__d{}", self.decided_by
        yield from ((f"__m{{}}_{k}", rows) for k, rows in enumerate(self.missing.values()))
        yield "__b{}", self.by_rows


def problems_of(raw: Sequence[Raw]) -> list[tuple[str, Expr]]:
    """What rejects a row, the same of every scheme: the heading, the rows."""
    return list(raw[0].problems) if raw else []


def problem_columns(raw: Sequence[Raw]) -> list[tuple[str, str, Expr]]:
    """What rejects a row: a column's name, the heading, the rows."""
    return [(f"__x{k}", name, rows) for k, (name, rows) in enumerate(problems_of(raw))]


def _but(test: Expr, code: int, others: Expr) -> Expr:
    rows = [] if others.constant else list(zip(*others.args[:2], strict=True))
    return e.codes([(test, code), *rows], others.value if others.constant else others.args[2])


@dataclass(slots=True)
class Finisher:
    """Puts words to the codes in the way of a library, and single rows back into place."""

    backend: Backend
    lowering: Lowering
    raw: list[Raw]
    asker: Asker
    person: str | None

    def finished(self, frame: Any) -> Any:
        """The user's own columns and the answers, as the user's kind of frame."""
        singly = any(r.by_rows is not FALSE for r in self.raw)
        if self.backend.eager:
            made = frame.select(*self.own(), *self.codes())
            if not self.backend.names:
                # Nothing but constants makes one row, however many the table has.
                made = made.head(0) if len(frame) == 0 else made[[0] * len(frame), :]
            return self.in_memory(nw.from_native(made, pass_through=True)).to_native()
        if not singly:
            return self.lazily(frame)
        return self.in_batches(frame)

    def own(self) -> list[str]:
        """The user's own columns."""
        return [self.backend.safe(name) for name in self.backend.names]

    def codes(self) -> list[Any]:
        """Codes, numbers and masks, under names of their own."""
        of = self.lowering.of
        return [
            of(expr).alias(name.format(i))
            for i, raw in enumerate(self.raw)
            for name, expr in raw.codes()
        ]

    # -------------------------------------------------------------- in memory

    def in_memory(self, frame: Any) -> Any:
        """The answers of a frame in memory, its odd rows asked one by one."""
        size = len(frame)
        singly = self.single_rows(frame)
        problems: dict[int, str] = {}
        missing: list[dict[int, str | None]] = [{} for _ in self.raw]
        patches: list[dict[int, tuple[Any, ...]]] = [{} for _ in self.raw]
        for rows, found in singly:
            for i, raw in enumerate(self.raw):
                if isinstance(found, ProfileError):
                    problems |= dict.fromkeys(rows, found.render("zh"))
                    patch: tuple[Any, ...] = (NO_ANSWER, 0, 0, 0, True, True, True)
                    patches[i] |= dict.fromkeys(rows, patch)
                    missing[i] |= dict.fromkeys(rows)
                elif raw.scheme.id in found:
                    result = found[raw.scheme.id]
                    outcome, which = code_of(raw.scheme, result)
                    low, high = whole(result.low), whole(result.high)
                    patch = (
                        outcome, which, low or 0, high or 0, low is None, high is None,
                        result.published,
                    )  # fmt: skip
                    patches[i] |= dict.fromkeys(rows, patch)
                    missing[i] |= dict.fromkeys(rows, ", ".join(result.missing) or None)
        made: dict[str, Any] = {}
        for i, raw in enumerate(self.raw):
            made |= self.said(frame, i, raw, patches[i], missing[i])
        seen = [(frame[mask], name) for mask, name, _ in problem_columns(self.raw)
                if mask in frame.columns]  # fmt: skip
        made[PROBLEM] = self.names(
            PROBLEM, [x for x, _ in seen], [n for _, n in seen], size, problems
        )
        own = frame.select(*self.own())
        if not own.columns:
            return nw.from_dict(made)
        return own.with_columns(*(s.alias(name) for name, s in made.items()))

    def single_rows(self, frame: Any) -> list[tuple[list[int], dict[str, Result] | ProfileError]]:
        """The results of the rows that are asked one by one, person by person."""
        masks = [f"__b{i}" for i, raw in enumerate(self.raw) if raw.by_rows is not FALSE]
        if not masks or not len(frame):
            return []
        picked = frame.select(**{"__row": reduce(or_, (nw.col(m) for m in masks))})["__row"]
        if not picked.any():
            return []
        asked = [i for i, yes in enumerate(picked.to_list()) if yes]
        flags = {m: frame[m].to_list() for m in masks}
        cells = frame.select([self.backend.safe(name) for name in self.backend.names])
        groups = self.profiles(frame, asked)
        found = []
        for first in range(0, len(groups), TAKEN):
            several = groups[first : first + TAKEN]
            # Row by row, a table of many pieces would be searched for each cell.
            taken = cells[[row for rows, _ in several for row in rows], :].iter_rows()
            for rows, person in several:
                schemes = [
                    raw.scheme for k, raw in enumerate(self.raw)
                    if raw.by_rows is not FALSE and any(flags[f"__b{k}"][r] for r in rows)
                ]  # fmt: skip
                # A table without columns has no cells to be taken.
                given = [dict(zip(self.backend.names, next(taken, ()), strict=True)) for _ in rows]
                found.append((rows, self.asker.ask(given, person, schemes)))
        return found

    def profiles(self, frame: Any, asked: Sequence[int]) -> list[tuple[list[int], Any]]:
        """All rows of each profile that has a row among ``asked``, with the person's name."""
        if self.person is None:
            return [([i], None) for i in asked]
        who = frame[self.backend.safe(self.person)].to_list()
        people: dict[Any, list[int]] = {}
        for i, person in enumerate(who):
            people.setdefault(person, []).append(i)
        named = dict.fromkeys(who[i] for i in asked if not is_blank(who[i]))
        alone = [([i], who[i]) for i in asked if is_blank(who[i])]
        return [*((people[person], person) for person in named), *alone]

    def said(
        self,
        frame: Any,
        i: int,
        raw: Raw,
        patch: Mapping[int, tuple[Any, ...]],
        missing: Mapping[int, str | None],
    ) -> dict[str, Any]:
        """The result columns of one scheme."""
        where = sorted(patch)

        def column(code: str, at: int) -> Any:
            series = frame[f"__{code}{i}"]
            if not where:
                return series
            backend: Any = self.backend.implementation
            values = nw.new_series(
                "x", [patch[row][at] for row in where], series.dtype, backend=backend
            )
            return series.scatter(where, values)

        id = raw.scheme.id
        found = {column_name(id, "outcome"): self.words(column("o", 0), outcome_words(raw.scheme))}
        if raw.low is not None:
            for name, code, at, blank in (("min", "l", 2, "nl"), ("max", "h", 3, "nh")):
                empty = column(blank, at + 2)
                found[column_name(id, name)] = self.emptied(column(code, at), empty)
            found[column_name(id, "published")] = column("p", 6)
        if raw.decided_by is not None:
            masks = [frame[f"__m{i}_{k}"] for k in range(len(raw.missing))]
            found[column_name(id, "missing")] = self.names(
                column_name(id, "missing"), masks, list(raw.missing), len(frame), missing
            )
            decided = column("d", 1)
            found[column_name(id, "decided_by")] = self.words(decided - 1, deciders(raw.scheme))
        found[column_name(id, "by_row")] = frame[f"__b{i}"]
        return found

    def words(self, codes: Any, words: Sequence[str]) -> Any:
        """Codes (any other number: nothing) as words, in the way of the library."""
        native = codes.to_native()
        if self.backend.implementation is nw.Implementation.POLARS:
            return nw.from_native(polars_words(native, words), series_only=True)
        if self.backend.implementation is nw.Implementation.PYARROW:
            import pyarrow as pa
            import pyarrow.compute as pc

            valid = pc.and_(pc.greater_equal(native, 0), pc.less(native, len(words)))
            index = pc.if_else(valid, native.cast(pa.int16()), pa.scalar(None, pa.int16()))
            chunks = [
                pa.DictionaryArray.from_arrays(chunk, pa.array(words, pa.string()))
                for chunk in index.chunks
            ]
            type_ = pa.dictionary(pa.int16(), pa.string())
            return nw.from_native(pa.chunked_array(chunks, type_), series_only=True)
        import pandas as pd

        index = native.to_numpy().copy()
        index[index >= len(words)] = -1
        categories: Any = pd.Categorical
        made = pd.Series(categories.from_codes(index, list(words)), index=native.index)
        return nw.from_native(made, series_only=True)

    def emptied(self, numbers: Any, empty: Any) -> Any:
        """Numbers, nothing where ``empty`` holds."""
        if not empty.any():
            return numbers
        if self.backend.pandas:
            return nw.from_native(
                numbers.to_native().astype("Int64").mask(empty.to_native()), series_only=True
            )
        frame = numbers.alias("n").to_frame().with_columns(empty.alias("e"))
        return frame.select(
            x=nw.when(~nw.col("e")).then(nw.col("n")).otherwise(nw.lit(None, nw.Int64))
        )["x"]

    def texts(self, name: str, values: list[str | None] | int) -> Any:
        """A column of text; of a number of rows, an empty one."""
        if isinstance(values, int):
            values = [None] * values
        backend: Any = self.backend.implementation
        return nw.new_series(name, values, nw.String, backend=backend)

    def names(
        self,
        column: str,
        masks: Sequence[Any],
        names: Sequence[str],
        size: int,
        patch: Mapping[int, str | None],
    ) -> Any:
        """The names of the facts that are missing in each row, one after another."""
        live = [(mask, name) for mask, name in zip(masks, names, strict=True) if mask.any()]
        if not live and not any(patch.values()):
            return self.texts(column, size)
        found: list[str | None] = [None] * size
        for mask, name in live:
            for row in mask.arg_true().to_list():
                said = found[row]
                found[row] = name if said is None else f"{said}, {name}"
        for row, text in patch.items():
            found[row] = text
        return self.texts(column, found)

    # -------------------------------------------------------------- lazily

    def lazily(self, frame: Any) -> Any:
        """The answers of a lazy frame of Polars as expressions."""
        listed = [(f"{i}m", column_name(raw.scheme.id, "missing"), list(raw.missing.items()))
                  for i, raw in enumerate(self.raw) if raw.decided_by is not None]  # fmt: skip
        listed.append(("x", PROBLEM, problems_of(self.raw)))
        of = self.lowering.of
        masks = [of(rows).alias(f"__{key}{k}") for key, _, facts in listed
                 for k, (_, rows) in enumerate(facts)]  # fmt: skip
        made = frame.select(*self.own(), *self.answers(), *masks)
        if not self.backend.names:
            made = made.head(0)
        named = [polars_names([f"__{key}{k}" for k in range(len(facts))],
                              [name for name, _ in facts], column)
                 for key, column, facts in listed]  # fmt: skip
        return made.with_columns(named).select(self.columns())

    def answers(self) -> list[Any]:
        """All that is said of each scheme but lists of names, each in its column."""
        found: list[Any] = []
        for raw in self.raw:
            said = {"outcome": self.lowering.word(raw.outcome, outcome_words(raw.scheme))}
            if raw.low is not None and raw.high is not None:
                said["min"] = self.number(raw.low, raw.no_low)
                said["max"] = self.number(raw.high, raw.no_high)
                said["published"] = self.lowering.of(raw.published)
            if raw.decided_by is not None:
                words = ("", *deciders(raw.scheme))
                said["decided_by"] = self.lowering.word(raw.decided_by, words)
            said["by_row"] = self.lowering.of(raw.by_rows)
            found += [x.alias(column_name(raw.scheme.id, name)) for name, x in said.items()]
        return found

    def number(self, number: Expr, empty: Expr) -> Any:
        """A number, nothing where ``empty`` holds."""
        found = self.lowering.of(number)
        if empty is FALSE:
            return found
        return self.lowering.words.when(~self.lowering.of(empty)).then(found)

    def columns(self) -> list[str]:
        """The columns of the frame that a user gets."""
        found = list(self.backend.names)
        for raw in self.raw:
            said = ["outcome", *(AMOUNTS if raw.low is not None else ())]
            said += REASONS if raw.decided_by is not None else ()
            found += [column_name(raw.scheme.id, name) for name in (*said, "by_row")]
        return [*found, PROBLEM]

    def problem_masks(self) -> list[Any]:
        """The rows of each problem."""
        return [self.lowering.of(rows).alias(mask) for mask, _, rows in problem_columns(self.raw)]

    def in_batches(self, frame: Any) -> Any:
        """The answers of a lazy frame of Polars of which some rows are asked one by one."""
        made = frame.select(*self.own(), *self.codes(), *self.problem_masks())
        return polars_batches(made, self)


def whole(value: Any) -> int | None:
    """An end of an amount as a column of whole numbers holds it: a fraction is left empty."""
    return None if value is None or int(value) != value else int(value)


# ------------------------------------------------------------------ Polars


def polars_words(codes: Any, words: Sequence[str]) -> Any:
    """A series of codes as an Enum."""
    import polars as pl

    index = codes.cast(pl.UInt16, strict=False)
    index = index.to_frame("x").select(pl.when(pl.col("x") < len(words)).then("x"))["x"]
    kind = pl.Enum(list(words))
    to = getattr(index.cat, "to", None)
    return index.cast(kind) if to is None else to(kind)


def polars_names(masks: Sequence[str], names: Sequence[str], alias: str) -> Any:
    """The names of the masks that hold, joined; nothing where none holds."""
    import polars as pl

    groups = [
        _looked_up_names(masks[first : first + TOGETHER], names[first : first + TOGETHER])
        for first in range(0, len(masks), TOGETHER)
    ]
    if not groups:
        return pl.lit(None, pl.String).alias(alias)
    if len(groups) == 1:
        return groups[0].alias(alias)
    text = pl.concat_str(groups, separator=", ", ignore_nulls=True)
    return pl.when(pl.any_horizontal(masks)).then(text).alias(alias)


def _looked_up_names(masks: Sequence[str], names: Sequence[str]) -> Any:
    """A few names as a look-up by the masks that hold."""
    import polars as pl

    if len(masks) == 1:
        return pl.when(masks[0]).then(pl.lit(names[0]))
    held = [pl.col(mask).cast(pl.UInt8) * pl.lit(1 << i, pl.UInt8) for i, mask in enumerate(masks)]
    texts = pl.Series(_joined_names(tuple(names)), dtype=pl.String)
    return pl.when(pl.any_horizontal(masks)).then(pl.lit(texts).gather(reduce(add, held)))


@lru_cache(maxsize=1024)
def _joined_names(names: tuple[str, ...]) -> tuple[str | None, ...]:
    """The names that a number stands for: each is a bit of it, the first the lowest."""
    return tuple(
        ", ".join(name for i, name in enumerate(names) if number >> i & 1) or None
        for number in range(1 << len(names))
    )


def polars_batches(frame: Any, finisher: Finisher) -> Any:
    """The answers of a lazy frame of Polars with its odd rows asked one by one."""

    def finished(batch: Any) -> Any:
        return finisher.in_memory(nw.from_native(batch, eager_only=True)).to_native()

    # Rows of one person have to come together.
    alone = finisher.person is None
    return frame.map_batches(finished, schema=_schema(frame, finisher), streamable=alone)


def _schema(frame: Any, finisher: Finisher) -> dict[str, Any]:
    """The columns of the answers with their types, found on no row at all."""
    import polars as pl

    empty = frame.collect_schema()
    none = pl.DataFrame(schema=empty)
    made = finisher.in_memory(nw.from_native(none, eager_only=True)).to_native()
    return dict(made.schema)
