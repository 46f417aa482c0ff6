"""Settings of the test run: how many examples the property tests draw."""

from __future__ import annotations

import os

from hypothesis import settings

# Tests keep nothing between runs.
os.environ["SGINCENTIVE_CACHE"] = ""

settings.register_profile("default", max_examples=60, derandomize=True, deadline=None)
settings.register_profile("deep", max_examples=5000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
