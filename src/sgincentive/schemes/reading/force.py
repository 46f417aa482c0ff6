"""Reading from when to when a version is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sgincentive.calendar import FIRST_DAY, ONE_DAY
from sgincentive.nodes.building import Broken
from sgincentive.schemes import model as m
from sgincentive.schemes.reading.values import Values
from sgincentive.source import Mapping, Scalar, Tree
from sgincentive.words import Text


class ForceReader(Values):
    """Reads the days of versions and holds them apart."""

    def no_overlap(self, found: list[m.Version], trees: list[Tree]) -> None:
        """For one value of what versions are chosen by there is at most one version."""
        if len({v.selected_by for v in found}) > 1:
            self.problems.error(
                trees[-1],
                Text("各版本须按同一依据选用", "all versions must be selected by the same thing"),
            )
        for i, later in enumerate(found):
            for earlier in found[:i]:
                first = later.first[0] if later.first else later.seen or FIRST_DAY
                other = earlier.first[0] if earlier.first else earlier.seen or FIRST_DAY
                a = later if first < other else earlier
                b_first = max(first, other)
                end = a.last
                if end is None and a.gives_way is not None:
                    end = a.gives_way - ONE_DAY
                if end is None or end >= b_first or first == other:
                    self.problems.error(
                        trees[i],
                        Text(
                            f'版本 "{later.id}" 与 "{earlier.id}" 重叠',
                            f'version "{later.id}" overlaps "{earlier.id}"',
                        ),
                        Text("为较早的版本写明 until", "give the earlier version an until"),
                    )

    def version_id(self, node: Mapping, first: tuple[date, date] | None) -> str:
        tree = node.get("id")
        if isinstance(tree, Scalar) and tree.text:
            return tree.text
        if tree is not None:
            self.problems.error(tree, Text("此处应为编号", "an id is expected here"))
        start = node.get("from")
        return start.text if first and isinstance(start, Scalar) else "unknown-start"

    def force(
        self, node: Mapping, by: str
    ) -> tuple[tuple[date, date] | None, date | None, date | None] | None:
        """First start, last day and the day before which the start is unknown; None when one of
        them is broken."""
        start, until = node.get("from"), node.get("until")
        for key, tree in (("from", start), ("until", until)):
            if tree is None:
                hint = Text(
                    "来源没有写明时写 not_stated", "write not_stated where no source gives it"
                )
                self.problems.missing_key(node, key, hint)
        first: tuple[date, date] | None = None
        last = seen = None
        sound = start is not None and until is not None
        if start is not None:
            try:
                first, seen = self.beginning(node, start, by)
            except Broken:
                sound = False
        if until is not None:
            try:
                last = self.ending(until, first[0] if first else seen)
            except Broken:
                sound = False
        return (first, last, seen) if sound else None

    def beginning(
        self, node: Mapping, start: Tree, by: str
    ) -> tuple[tuple[date, date] | None, date | None]:
        """The first start, or the day before which it is not stated."""
        if isinstance(start, Scalar) and start.text == "not_stated":
            tree = node.get("seen")
            if tree is None:
                if self.problems.misspelt(node, "seen"):
                    raise Broken
                raise self.build.fail(
                    node,
                    '"from: not_stated" 须写明 seen (最早见到的日期)',
                    '"from: not_stated" needs seen (the day of the earliest sight)',
                )
            return None, self.span(tree)[0]
        first = self.span(start)
        return ((first[0], first[0]) if by == "exam_year" else first), None

    def ending(self, until: Tree, begin: date | None) -> date | None:
        """The last day in force, or None where it is not stated."""
        if isinstance(until, Scalar) and until.text == "not_stated":
            return None
        return self.last_day(until, begin)


def giving_way(version: m.Version, among: Iterable[m.Version]) -> m.Version:
    """A version without an end, held to the day on which the next one is first seen."""
    confirmed = version.last_confirmed
    if version.last is not None or confirmed is None:
        return version
    seen = [v.seen for v in among if v.first is None and v.seen and v.seen > confirmed]
    return replace(version, gives_way=min(seen)) if seen else version


def following(version: m.Version, among: Iterable[m.Version]) -> m.Version:
    """A version without a start, held to begin after those that came before it."""
    if version.first is not None or version.seen is None:
        return version
    ends = []
    for other in among:
        start = other.first[1] if other.first else other.seen
        end = other.last or other.last_confirmed or start
        if start is not None and end is not None and start <= end < version.seen:
            ends.append(end)
    return replace(version, follows=max(ends)) if ends else version
