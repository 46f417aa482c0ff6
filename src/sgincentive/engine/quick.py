"""The rows of several schemes by one generated function, where every fact that is read is known.

The function reads a profile with one certificate and gives up (None) at the first fact that is
missing or that the text leaves open; each scheme then answers for itself (``rows``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeAlias

from sgincentive.engine.ledger import PAID, reads
from sgincentive.engine.rows import (
    NONE_MISSING,
    OutcomeRow,
    conditions_of,
    exact,
    plain,
    refused_row,
    worth_of,
)
from sgincentive.engine.schedule import bounded
from sgincentive.nodes import conditions as c
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition, Element
from sgincentive.nodes.source import NoSourceError, Source, constants
from sgincentive.schemes.model import Scheme, Version

Group: TypeAlias = "Callable[[Element, date, date], list[OutcomeRow] | None]"
MAX_BLOCKS = 12
TEST = re.compile(r"T\d+_")


def group_function(schemes: Sequence[Scheme]) -> Group:
    """One function for several schemes of one kind of subject.

    Raises NoSourceError where one of them has no source for the case of known facts.
    """
    source = Source()
    writer = Writer(source)
    for number, scheme in enumerate(schemes):
        writer.scheme(number, scheme)
    lines = ["def answer(f, on, applied):", "  try:"]
    lines += [f"    {line}" for line in writer.prologue()]
    lines += [f"    {line}" for line in writer.body()]
    lines.append(f"    return [{', '.join(f'r{n}' for n in range(len(schemes)))}]")
    lines += ["  except (LookupError, TypeError):", "    return None"]
    made: Group = source.made("answer", lines)
    return made


class Writer:
    """The lines of a group, each scheme as nested blocks that set its row ``r<number>``."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.lines: list[str] = []
        self.depth = 0
        self.force: list[str] = []
        self.claims = False
        self.received = False
        self.shared: dict[str, str] = {}
        self.uses: Counter[str] = Counter()

    def test(self, text: str) -> str:
        """A name for a test, found once where several schemes ask it."""
        name = self.shared.setdefault(text, f"T{len(self.shared)}_")
        self.uses[name] += 1
        return name

    def body(self) -> list[str]:
        """The schemes; a test that is asked once stands where it is asked."""
        single = {name: text for text, name in self.shared.items() if self.uses[name] == 1}
        return [TEST.sub(lambda m: single.get(m[0], m[0]), line) for line in self.lines]

    def prologue(self) -> list[str]:
        """What all schemes need: the certificate, the dates in force, facts read more than once."""
        lines = ["if f['partial']: return None"]
        if self.claims:
            lines.append("certificates = f['certificates']")
            lines.append("if len(certificates) != 1: return None")
            lines.append("c = certificates[0]")
        lines += [f"{name} = {text}" for text, name in self.source.hoisted.items()]
        for test, name in self.shared.items():
            if self.uses[name] > 1:
                lines.append(f"{name} = {test}")
        if self.force:
            lines.append(f"if not ({' and '.join(dict.fromkeys(self.force))}): return None")
        if self.received:
            test = f"e.get('status', 'paid') in {self.source.name(PAID)}"
            lines.append("paid = ()")
            lines.append("for e in f['received']:")
            lines.append(f"  if e['paid'] <= on and {test}: paid += (e['scheme'],)")
            lines.append("if None in paid: return None")
        return lines

    def write(self, line: str) -> None:
        """One line at the present depth."""
        self.lines.append("  " * self.depth + line)

    def block(self, line: str) -> None:
        """A line that opens a block, which stays open to the end of the scheme."""
        self.write(line)
        self.depth += 1

    def scheme(self, number: int, scheme: Scheme) -> None:
        """The row of one scheme. Raises NoSourceError."""
        if len(scheme.versions) != 1:
            raise NoSourceError(scheme.id)
        (version,) = scheme.versions
        if not exact(version) or (scheme.kind in ("monthly", "yearly") and bounded(version.rhythm)):
            raise NoSourceError(scheme.id)
        source, row = self.source, f"r{number}"
        self.write(f"{row} = {source.name(refused_row(scheme))}")
        self.depth = 0
        loops: list[int] = []
        self.covered(version)
        tests: list[str] = []
        if version.claims:
            self.claims = True
            obtained = source.local("c['obtained']")
            tests.append(self.test(f"{obtained} <= on"))
        for condition, due in conditions_of(version):
            exists, negated = inner_exists(condition)
            if exists is None or due is not None or len(loops) >= MAX_BLOCKS:
                text = source.condition(condition)
                if due is not None:
                    text = f"(on < {source.name(due)} or {text})"
                tests.append(text if "e[" in text else self.test(text))
                continue
            self.settle(tests)
            self.write(f"for e in {source.entries(exists.test)}:")
            test = source.test(exists.test)
            if negated:
                self.write(f"  if {test}: break")
                self.block("else:")
            else:
                self.depth += 1
                if test != "True":
                    self.block(f"if {test}:")
                loops.append(self.depth)
        self.settle(tests)
        self.worth(scheme, version, row)
        for depth in reversed(loops):
            self.depth = depth
            self.write("break")
        self.depth = 0

    def settle(self, tests: list[str]) -> None:
        """The tests so far, as one block."""
        if tests:
            self.block(f"if {' and '.join(tests)}:")
            tests.clear()

    def covered(self, version: Version) -> None:
        """The version surely covers the case, or the function gives up."""
        source, exam = self.source, version.selected_by == "exam_year"
        key = {"applied": "applied", "month": "on"}.get(version.selected_by)
        if key is None:
            self.claims = True
            key = source.local(f"c[{version.selected_by!r}]")
        first = version.first[1] if version.first is not None else version.seen
        assert first is not None
        test = f"{source.name(first.year if exam else first)} <= {key}"
        if version.last is not None:
            test += f" <= {source.name(version.last.year if exam else version.last)}"
        self.force.append(test)

    def worth(self, scheme: Scheme, version: Version, row: str) -> None:
        """The row of a subject that meets every requirement."""
        source, amount, ledger = self.source, worth_of(scheme, version), version.ledger
        granted = "compliant" if scheme.kind == "verdict" else "eligible"
        if amount is None:
            self.write(f"{row} = {source.name((scheme.id, granted, 0, 0, True, NONE_MISSING))}")
            return
        if not plain(ledger) or len(ledger.rules) > 1:
            raise NoSourceError("paid_before")
        reads_ledger = reads(ledger)
        self.received |= reads_ledger
        table = constants(amount) if isinstance(amount, q.ByFact) else None
        names = frozenset((scheme.id, *scheme.aliases))
        mine = " or ".join(f"{source.name(id)} in paid" for id in sorted(names))
        rule = ledger.rules[0] if ledger.rules else None
        if rule == "once":
            self.block(f"if not ({mine}):")
        elif reads_ledger:
            self.write(f"if {mine}: return None")
        if table is not None and rule != "difference_on_upgrade" and ledger.lifetime_cap is None:
            assert isinstance(amount, q.ByFact)
            if all(isinstance(value, int) for value in table.values()):
                rows = {
                    key: (scheme.id, granted, value, value, True, NONE_MISSING)
                    if value > 0
                    else refused_row(scheme)
                    for key, value in table.items()
                }
                self.write(f"{row} = {source.name(rows)}[{source.fact(amount.ref)}]")
                return
        self.write(f"due = {source.amount(amount)}")
        if ledger.lifetime_cap is not None:
            self.write(f"due = min(due, {source.name(ledger.lifetime_cap)})")
        none = source.name(NONE_MISSING)
        fields = f"{source.name(scheme.id)}, {source.name(granted)}, due, due, True, {none}"
        self.write(f"if due > 0: {row} = {fields}")


def inner_exists(condition: Condition) -> tuple[c.Exists | None, bool]:
    """The list test of a condition that is one, and whether none must pass."""
    if isinstance(condition, c.Exists):
        return condition, False
    if isinstance(condition, c.Not) and isinstance(condition.part, c.Exists):
        return condition.part, True
    return None, False
