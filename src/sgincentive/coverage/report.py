"""For each record and each division: encoded, without computable terms, or nothing on record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sgincentive.coverage.records import Reason, Record, records
from sgincentive.divisions import ancestors, children, get
from sgincentive.schemes.model import Scheme

COUNTRY = "000000"
State = Literal["encoded", "no_computable_terms", "nothing_on_record"]
RecordState = Literal["encoded", "no_computable_terms", "not_encoded"]


@dataclass(frozen=True, slots=True)
class RecordCoverage:
    """One record with the ids of the schemes that encode it.

    ``not_encoded``: a known gap, with neither a rule file nor a reason.
    """

    record: Record
    state: RecordState
    schemes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DivisionCoverage:
    """One division, for itself and not for what lies above or below it.

    ``schemes``: the ids of the schemes that apply in exactly this division; ``reasons``: why
    nothing can be computed from other records of it.
    """

    code: str
    state: State
    schemes: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


def own_place(code: str) -> str:
    """The division whose own coverage a code belongs to: 市本级 to its city, an ended code to its
    only successor."""
    code = code.partition("@")[0]
    division = get(code)
    while division.ended and len(division.successors) == 1:
        division = get(division.successors[0])
    return division.code


def below(code: str) -> Iterator[str]:
    """A division and every current one below it, from above."""
    yield code
    for child in children(code):
        yield from below(child)


class Coverage:
    """What some schemes and the records without computable terms cover."""

    def __init__(self, schemes: Iterable[Scheme]) -> None:
        self._schemes: dict[str, list[str]] = {}
        self._by_record: dict[str, list[str]] = {}
        for scheme in schemes:
            for place in dict.fromkeys(map(own_place, scheme.applies_in)):
                self._schemes.setdefault(place, []).append(scheme.id)
            for record in scheme.records:
                self._by_record.setdefault(record, []).append(scheme.id)
        self._reasons: dict[str, list[Reason]] = {}
        for reason in (each.reason for each in records()):
            if reason is not None:
                for place in dict.fromkeys(map(own_place, reason.divisions)):
                    self._reasons.setdefault(place, []).append(reason)

    def records(self) -> list[RecordCoverage]:
        """Every record of the survey, by id."""
        found = []
        for record in records():
            schemes = tuple(self._by_record.get(record.id, ()))
            state: RecordState = "no_computable_terms" if record.reason else "not_encoded"
            found.append(RecordCoverage(record, "encoded" if schemes else state, schemes))
        return found

    def of(self, code: str) -> DivisionCoverage:
        """One division. Raises KeyError for an unknown code."""
        place = own_place(code)
        schemes = tuple(self._schemes.get(place, ()))
        reasons = tuple(self._reasons.get(place, ()))
        state: State = "nothing_on_record"
        if schemes or reasons:
            state = "encoded" if schemes else "no_computable_terms"
        return DivisionCoverage(place, state, schemes, reasons)

    def upwards(self, code: str) -> list[DivisionCoverage]:
        """A division and every one above it, up to the whole country."""
        place = own_place(code)
        return [self.of(each) for each in (place, *ancestors(place))]

    def inside(self, code: str) -> list[DivisionCoverage]:
        """A division and every current one below it."""
        return [self.of(each) for each in below(own_place(code))]

    def on_record(self) -> list[DivisionCoverage]:
        """Every division for which anything is on record, by code."""
        return [self.of(each) for each in sorted({*self._schemes, *self._reasons})]
