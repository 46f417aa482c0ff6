"""Lets the tests of the author's desk share their made-up rule files."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
