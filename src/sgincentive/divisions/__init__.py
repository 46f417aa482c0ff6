"""China's administrative divisions: GB/T 2260 codes since 2000, their successors, and zones.

A division is written as its six digits (``330203``), a zone without a code as ``<parent>-<pinyin>``
(``620100-lanzhouxinqu``), and the level of a place itself, 市本级, as ``330200@self``: inside the
place, apart from every county of it.
"""

from sgincentive.divisions.containment import within
from sgincentive.divisions.model import AmbiguousDivision, Division, Kind, UnknownDivision
from sgincentive.divisions.names import resolve
from sgincentive.divisions.table import all_codes, ancestors, children, get, self_code

__all__ = [
    "AmbiguousDivision",
    "Division",
    "Kind",
    "UnknownDivision",
    "all_codes",
    "ancestors",
    "children",
    "get",
    "resolve",
    "self_code",
    "within",
]
