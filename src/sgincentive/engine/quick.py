"""The rows of several schemes by one generated function, where every fact that is read is known.

The function reads a profile with one entry in each list that is read (of what was received at
most one), on a day or else on that of application, and gives up (None) at the first fact that is
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
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Element
from sgincentive.nodes.source import GIVES_UP, NoSourceError, Source, constants
from sgincentive.schemes.model import Scheme, Version

Group: TypeAlias = "Callable[[Element, date | None], list[OutcomeRow] | None]"
NAME = {prefix: re.compile(rf"\b{prefix}\d+_") for prefix in "Tv"}


def group_function(schemes: Sequence[Scheme]) -> Group:
    """One function for several schemes of one kind of subject.

    Raises NoSourceError where one of them has no source for the case of known facts.
    """
    source = Source()
    writer = Writer(source)
    for number, scheme in enumerate(schemes):
        writer.scheme(number, scheme)
    lines = ["def answer(f, on):", "  try:"]
    lines += [f"    {line}" for line in writer.body()]
    lines.append(f"    return [{', '.join(f'r{n}' for n in range(len(schemes)))}]")
    lines += [f"  except {GIVES_UP}:", "    return None"]
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

    def test(self, text: str) -> str:
        """A name for a test, found once where several schemes ask it."""
        return self.shared.setdefault(text, f"T{len(self.shared)}_")

    def body(self) -> list[str]:
        """All lines; what is asked or read once stands where that happens."""
        force = [f"if not ({' and '.join(self.in_force())}): return None"]
        lines = named_once(self.lines, {name: text for text, name in self.shared.items()}, "T")
        lines = [*force, *self.payment(), *lines]
        read = {name: text for text, name in self.source.hoisted.items()}
        return [*self.entries(), *named_once(lines, read, "v")]

    def entries(self) -> list[str]:
        """The entry of each list."""
        lines = [
            "if f['partial']: return None",
            "applied = f['applied'] if 'applied' in f else on",
            "if on is None:",
            "  if applied is None: return None",
            "  on = applied",
        ]
        if self.claims:
            lines.append("(c,) = f['certificates']")
        return lines + self.source.entry_lines()

    def in_force(self) -> list[str]:
        """The tests that the versions cover the case; the day asked about is mostly the day of
        application, which need not be tested twice."""
        tests = list(dict.fromkeys(self.force))
        return [
            f"(on is applied or {test})" if twin != test and twin in tests else test
            for test in tests
            for twin in [test.replace(" on ", " applied ")]
        ]

    def payment(self) -> list[str]:
        """The scheme that paid before."""
        if not self.received:
            return []
        paid = self.source.name(PAID)
        return [
            "paid, e = '', f['received']",
            "if e:",
            "  (e,) = e",
            f"  if e['paid'] <= on and ('status' not in e or e['status'] in {paid}):",
            "    paid = e['scheme']",
            "    if paid is None: return None",
        ]

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
        self.covered(version)
        tests: list[str] = []
        if version.claims:
            self.claims = True
            obtained = source.local("c['obtained']")
            tests.append(self.test(f"{obtained} <= on"))
        for condition, due in conditions_of(version):
            text = source.condition(condition)
            if due is not None:
                text = f"(on < {source.name(due)} or {text})"
            tests.append(self.test(text))
        if tests:
            self.block(f"if {' and '.join(tests)}:")
        self.worth(scheme, version, row)
        self.depth = 0

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
        self.received |= reads(ledger)
        table = constants(amount) if isinstance(amount, q.ByFact) else None
        names = frozenset((scheme.id, *scheme.aliases))
        mine = f"paid in {source.name(names)}"
        if len(names) == 1:
            mine = f"paid == {source.name(scheme.id)}"
        rule = ledger.rules[0] if ledger.rules else None
        if rule == "once":
            self.block(f"if not ({mine}):")
        elif rule in ("once_per_level", "once_per_certificate"):
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
        if rule == "difference_on_upgrade":
            self.write(f"if {mine}: due -= e['amount'] or 0")
        if ledger.lifetime_cap is not None:
            left = source.name(ledger.lifetime_cap)
            if rule != "once":
                left = f"({left} - (e['amount'] or 0) if {mine} else {left})"
            self.write(f"due = min(due, {left})")
        none = source.name(NONE_MISSING)
        fields = f"{source.name(scheme.id)}, {source.name(granted)}, due, due, True, {none}"
        self.write(f"if due > 0: {row} = {fields}")


def named_once(lines: list[str], texts: dict[str, str], prefix: str) -> list[str]:
    """The lines with each text that one place alone names in that place, and before them the lines
    that set the other names."""
    name = NAME[prefix]
    uses = Counter(name.findall("\n".join([*lines, *texts.values()])))
    single = {key: text for key, text in texts.items() if uses[key] == 1}
    set_before = [f"{key} = {text}" for key, text in texts.items() if uses[key] > 1]
    return [name.sub(lambda m: single.get(m[0], m[0]), line) for line in [*set_before, *lines]]
