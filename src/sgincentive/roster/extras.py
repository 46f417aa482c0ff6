"""Libraries that are extras: imported when used, with a clear message where they are absent."""

from __future__ import annotations

import importlib
from typing import Any

from sgincentive.roster.problems import MissingExtra

EXTRA = {
    "python_calamine": ("python-calamine", "roster", "读取 .xlsx ", "reading .xlsx"),
    "xlsxwriter": ("XlsxWriter", "roster", "写出 .xlsx ", "writing .xlsx"),
    "pyarrow": ("pyarrow", "roster", "读写 .parquet ", "reading and writing .parquet"),
    "narwhals": ("narwhals", "sql", "生成 SQL ", "writing SQL"),
    "duckdb": ("duckdb", "sql", "生成 SQL ", "writing SQL"),
    "matplotlib": ("matplotlib", "chart", "绘图", "drawing a chart"),
}
"""Package, extra, and what it is for, by module."""


def needed(module: str) -> Any:
    """A module of an extra. Raises MissingExtra where it is not installed."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        library, extra, zh, en = EXTRA[module.partition(".")[0]]
        raise MissingExtra(library, extra, zh, en) from error
