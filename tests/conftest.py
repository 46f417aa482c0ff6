"""Settings of the test run: how many examples the property tests draw."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache

import pytest
from hypothesis import settings

from sgincentive.schemes.load import load_scheme

# Tests keep nothing between runs.
os.environ["SGINCENTIVE_CACHE"] = ""

settings.register_profile("default", max_examples=300, derandomize=True, deadline=None)
settings.register_profile("deep", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session", autouse=True)
def each_text_is_loaded_once() -> Iterator[None]:
    """A rule file is the same scheme each time: what loads all of them need not build it again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sgincentive.ruleset.load_scheme", lru_cache(maxsize=2000)(load_scheme))
        yield
