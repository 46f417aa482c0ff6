"""Frames of pandas with columns of Arrow's types: asked in pandas' own, given back as they were."""

from __future__ import annotations

from typing import Any

from narwhals.dependencies import is_pandas_dataframe


def in_own_types(frame: Any) -> Any:
    """A frame of pandas without a column of Arrow's types; any other frame as it is.

    Days become ``datetime64``, whole numbers and truth values nullable, other columns objects.
    """
    columns = _of_arrow(frame)
    if not columns:
        return frame
    return frame.assign(**{name: frame[name].astype(_own_type(frame[name])) for name in columns})


def as_given(answered: Any, frame: Any) -> Any:
    """The answers, row by row those of ``frame``, beside its own columns and index."""
    columns = _of_arrow(frame)
    if not columns:
        return answered
    answered.index = frame.index
    return answered.assign(**{name: frame[name] for name in columns})


def _of_arrow(frame: Any) -> list[str]:
    """The columns of a frame of pandas that are Arrow's."""
    if not is_pandas_dataframe(frame):
        return []
    import pandas as pd

    return [name for name, type_ in frame.dtypes.items() if isinstance(type_, pd.ArrowDtype)]


def _own_type(series: Any) -> str:
    import pyarrow as pa

    type_ = series.dtype.pyarrow_dtype
    if pa.types.is_date(type_) or (pa.types.is_timestamp(type_) and type_.tz is None):
        return "datetime64[us]"
    if pa.types.is_integer(type_):
        return "Int64"
    if pa.types.is_boolean(type_):
        return "boolean"
    return "string" if pa.types.is_string(type_) or pa.types.is_large_string(type_) else "object"
