"""Strict, safe reading of YAML and JSON into located trees, and diagnostics on them."""

from sgincentive.source.diagnostics import Diagnostic, Problems, SourceError, split_lines, visible
from sgincentive.source.reader import (
    Document,
    parse,
    read,
    read_document,
    read_stream,
    read_text,
)
from sgincentive.source.tree import Entry, Mapping, Mark, Scalar, Sequence, Tree, to_plain

__all__ = [
    "Diagnostic",
    "Document",
    "Entry",
    "Mapping",
    "Mark",
    "Problems",
    "Scalar",
    "Sequence",
    "SourceError",
    "Tree",
    "parse",
    "read",
    "read_document",
    "read_stream",
    "read_text",
    "split_lines",
    "to_plain",
    "visible",
]
