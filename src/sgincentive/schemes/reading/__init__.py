"""From the tree of a rule file to a checked scheme."""

from __future__ import annotations

from sgincentive.schemes.reading.examples import EXPECT_KEYS
from sgincentive.schemes.reading.scheme import SCHEME_KEYS, SchemeReader
from sgincentive.schemes.reading.terms import REQUIREMENT_KEYS
from sgincentive.schemes.reading.versions import VERSION_KEYS

__all__ = ["EXPECT_KEYS", "REQUIREMENT_KEYS", "SCHEME_KEYS", "VERSION_KEYS", "SchemeReader"]
