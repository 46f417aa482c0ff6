"""The libraries whose frames can be checked, and what each of them does in its own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
from narwhals.exceptions import DuplicateError

from sgincentive.columns.expr import Expr
from sgincentive.columns.headings import TableError
from sgincentive.columns.lower import Lowering
from sgincentive.columns.statements import Dialect
from sgincentive.words import Text

NATIVE = Callable[[Any, Lowering, Expr, str], Any]
SAFE: Final = "c{}"


@dataclass(slots=True)
class Backend:
    """A user's frame: its library, its columns, and whether it is in memory.

    ``safe`` names a column inside (PySpark reads a point in a name as a field of a struct);
    ``shown`` is the way back.
    """

    frame: Any
    source: Any
    implementation: nw.Implementation
    names: list[str]
    eager: bool

    @property
    def name(self) -> str:
        """The library in one word."""
        return str(self.implementation.value).lower()

    @property
    def pandas(self) -> bool:
        """Whether the frame is one of pandas or alike."""
        return self.implementation.is_pandas_like()

    @property
    def timed(self) -> bool:
        """Whether its days carry a time."""
        return self.pandas

    @property
    def renamed(self) -> bool:
        """Whether columns bear other names inside."""
        return self.implementation.is_spark_like()

    @property
    def splits(self) -> bool:
        """Whether schemes without rows that are asked one by one are better kept apart: they
        need not be held in memory then."""
        return not self.eager and not self.renamed

    @property
    def dialect(self) -> Dialect | None:
        """The SQL in which the library answers; None where it does so in expressions."""
        if self.implementation is nw.Implementation.DUCKDB:
            return "duckdb"
        return "spark" if self.implementation.is_spark_like() else None

    def safe(self, name: str) -> str:
        """The name of a user's column inside."""
        if not self.renamed or name not in self.names:
            return name
        return SAFE.format(self.names.index(name))

    def shown(self, name: str) -> str:
        """The user's name of a column."""
        if not self.renamed or not name.startswith("c") or not name[1:].isdecimal():
            return name
        return self.names[int(name[1:])]

    def start(self) -> Any:
        """The narwhals frame, its columns under safe names."""
        if not self.renamed:
            return self.source
        return nw.from_native(self.frame.toDF(*map(self.safe, self.names)))

    def never_blank(self, frame: Any, columns: Sequence[str]) -> frozenset[str]:
        """The columns known to have no blank cell without reading the table."""
        if self.implementation is nw.Implementation.POLARS and not self.eager:
            return _full_columns(self.frame, [c for c in columns if c in self.names])
        del frame
        return frozenset()

    def same_kind(self, name: str, other: Backend) -> None:
        """Raises TableError unless the table of a list is a frame of the same kind."""
        if other.implementation is not self.implementation or other.eager is not self.eager:
            text = Text(
                f"{name} 表与主表须是同一种数据框",
                f"the table {name} must be the same kind of frame",
            )
            raise TableError([text])

    def lowering(self, masks: Mapping[str, str]) -> Lowering:
        """The words of the library; ``masks`` say where a column without blanks is filled in."""
        if self.implementation is nw.Implementation.POLARS:
            import polars as pl

            return Lowering(self.name, words=pl)
        return Lowering(self.name, self.timed, masks)

    def native(self) -> Mapping[str, NATIVE]:
        """The operations that a library asked through narwhals does more quickly itself."""
        return {} if self.implementation.is_polars() else {"lookup": _take}


def backend_of(frame: Any) -> Backend:
    """The library of a frame.

    Raises:
        TableError: no frame of a library that narwhals knows, or one with a doubled column.
    """
    try:
        source = nw.from_native(frame)
    except DuplicateError:
        # The columns of an Arrow table are its cells.
        names = getattr(frame, "column_names", None) or frame.columns
        raise TableError(_doubled([str(name) for name in names])) from None
    except TypeError:
        raise _unknown(frame) from None
    if not _can_be_used(source.implementation):
        raise _unknown(frame)
    names = _names_of(frame, source)
    doubled = _doubled(names)
    if doubled:
        raise TableError(doubled)
    return Backend(frame, source, source.implementation, names, isinstance(source, nw.DataFrame))


def _can_be_used(library: nw.Implementation) -> bool:
    """Whether the answers can be put to frames of a library; narwhals knows more of them."""
    return (
        library.is_polars() or library.is_pandas_like() or library.is_pyarrow()
        or library.is_duckdb() or library.is_dask() or library.is_spark_like()
    )  # fmt: skip


def _unknown(frame: Any) -> TableError:
    name = type(frame).__name__
    return TableError(
        [
            Text(
                f"不认识的表：{name}；可用 Polars、pandas、PyArrow、DuckDB、Dask、PySpark 的数据框",
                f"no data frame: {name}; those of Polars, pandas, PyArrow, DuckDB, Dask and "
                "PySpark can be used",
            )
        ]
    )


def _doubled(names: Sequence[str]) -> list[Text]:
    """What is said of each doubled column."""
    doubled = sorted({name for name in names if names.count(name) > 1})
    return [Text(f"“{name}”列重复", f"the column {name!r} stands there twice") for name in doubled]


def _names_of(frame: Any, source: Any) -> list[str]:
    if source.implementation.is_pandas_like():
        return [str(name) for name in frame.columns]
    if source.implementation is nw.Implementation.PYARROW:
        return list(frame.column_names)
    if source.implementation is nw.Implementation.POLARS and isinstance(source, nw.LazyFrame):
        # Polars warns of asking a plan for its columns.
        return list(source.collect_schema().names())
    columns = getattr(frame, "columns", None)
    return columns if isinstance(columns, list) else list(source.collect_schema().names())


def _full_columns(frame: Any, columns: Sequence[str]) -> frozenset[str]:
    """The columns without a blank cell of a lazy Polars frame that is a frame in memory, which
    costs nothing to ask; none of any other plan."""
    import polars as pl

    if not frame.explain(optimized=False).startswith("DF ["):
        return frozenset()
    counts = frame.select(pl.col(c).null_count() for c in columns).collect()
    return frozenset(c for c in columns if counts[c][0] == 0)


def _take(frame: Any, lowering: Lowering, expr: Expr, name: str) -> Any:
    """A look-up as an indexing of NumPy or Arrow."""
    index = name + "i"
    frame = frame.with_columns(**{index: lowering.of(expr.args[0])})
    if frame.implementation is nw.Implementation.PYARROW:
        import pyarrow as pa

        native = frame.to_native()
        found = pa.chunked_array([pa.array(expr.args[1], pa.int64()).take(chunk)
                                  for chunk in native[index].chunks], pa.int64())  # fmt: skip
        return nw.from_native(native.append_column(name, found))
    import numpy as np

    values = np.array(expr.args[1], np.int64)[frame[index].to_numpy()]
    return frame.with_columns(nw.new_series(name, values, nw.Int64, backend=frame.implementation))
