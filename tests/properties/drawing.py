"""How many questions a property draws: few for each rule file, hundreds in all.

``HYPOTHESIS_PROFILE=deep`` draws hundreds for each rule file.
"""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

import sgincentive as sg

RULES = sg.load_rules()
IDS = list(RULES)
SUBJECTS = sorted({RULES[id].scheme.subject for id in IDS})

SEEDS = st.integers(0, 2**32 - 1)
IN_ALL = settings().max_examples


def each(share: int = 75) -> settings:
    """Settings of a property that is drawn for each rule file: one part in ``share``."""
    return settings(max_examples=max(1, IN_ALL // share))
