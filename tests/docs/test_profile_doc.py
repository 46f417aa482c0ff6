"""The profile reference in the repository is the one that the models give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest

from sgincentive.facts import read_profile, view
from sgincentive.facts.reference import reference_markdown
from sgincentive.source import parse

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reference_is_up_to_date(lang: Literal["zh", "en"]) -> None:
    assert (DOCS / f"profile.{lang}.md").read_text("utf-8") == reference_markdown(lang)


def test_the_profile_shown_can_be_read() -> None:
    found = re.findall(
        r"^```yaml\n(.*?)^```$", (DOCS / "profile.md").read_text("utf-8"), re.M | re.S
    )
    assert len(found) == 1
    known = view(read_profile(parse(found[0], "profile.md"), "profile.md"))
    assert known["certificates"][0]["level"] == "social_worker"
    assert known["residence"] == "330203"
    assert known["partial"] == ("posts",) or list(known["partial"]) == ["posts"]
