"""What every node shares: the case it is asked about and the two kinds of node."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from sgincentive.nodes.values import Bounds, DateSpan, Truth

Element = Mapping[str, Any]


class _Absent:
    """A fact that the profile does not give."""


ABSENT: Final = _Absent()


@dataclass(slots=True)
class Case:
    """One question: the facts known of a subject, the claim looked at, and the dates asked about.

    ``facts`` holds known facts only (money in fen); ``claim`` the certificate of this claim;
    ``element`` the list entry that a condition under ``where`` looks at.
    """

    facts: Element
    on: date
    applied: date
    scheme: str
    claim: Element | None = None
    claim_index: int | None = None
    element: Element | None = None
    element_index: int | None = None

    def within_element(self, element: Element, index: int) -> Case:
        """The same case, looking at one entry of a list."""
        return Case(
            self.facts,
            self.on,
            self.applied,
            self.scheme,
            self.claim,
            self.claim_index,
            element,
            index,
        )


class Condition(ABC):
    """A node that is true, false or unknown."""

    keyword: ClassVar[str]
    scalar_only: ClassVar[bool] = False

    @abstractmethod
    def truth(self, case: Case) -> Truth:
        """Whether it holds in ``case``."""


class Quantity(ABC):
    """A node that gives an amount between two bounds (money in fen)."""

    keyword: ClassVar[str]
    scalar_only: ClassVar[bool] = False

    @abstractmethod
    def bounds(self, case: Case) -> Bounds:
        """The amount in ``case``."""


class Day(ABC):
    """A node that gives a date between two days."""

    keyword: ClassVar[str]

    @abstractmethod
    def span(self, case: Case) -> DateSpan:
        """The day in ``case``."""


class Word(ABC):
    """A node that gives a word, a division or a truth value."""

    keyword: ClassVar[str]
