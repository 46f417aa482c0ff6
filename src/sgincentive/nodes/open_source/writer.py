"""Writing statements: names, blocks, facts read, lists read, calls."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sgincentive.nodes import light
from sgincentive.nodes.base import ABSENT, Case
from sgincentive.nodes.reference import FactRef, ListRef

BUILTINS = {
    "len": len, "sum": sum, "min": min, "max": max, "bool": bool, "dict": dict, "tuple": tuple,
    "enumerate": enumerate,
}  # fmt: skip
ORDERS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}
DAY_ORDERS = {"before": "<", "after": ">", "not_before": ">=", "not_after": "<="}


@dataclass
class Writer(ABC):
    """Writes statements over ``f`` (facts), ``c`` and ``i`` (the certificate and its index).

    Each method writes what it needs and returns a name or literal for the value.
    """

    scheme: str
    names: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    depth: int = 1
    entry: tuple[str, str] | None = None
    loops: int = 0
    known: dict[int, str] = field(default_factory=dict)
    hoisted: list[str] | None = None
    read: dict[tuple[str, ...], tuple[str, int]] = field(default_factory=dict)
    """What was read already: the local name that holds it, and the depth of its block."""

    def made(self, name: str) -> Any:
        """The function of a name that the lines define."""
        self.names["A"] = ABSENT
        self.names["__builtins__"] = BUILTINS
        exec(compile("\n".join(self.lines), "<rules>", "exec"), self.names)
        return self.names[name]

    def write(self, line: str) -> None:
        """One line at the present depth; what was read in a block that ends here is forgotten."""
        self.lines.append("  " * self.depth + line)
        if any(depth > self.depth for _, depth in self.read.values()):
            self.read = {key: (x, d) for key, (x, d) in self.read.items() if d <= self.depth}

    @contextmanager
    def below(self, line: str) -> Iterator[None]:
        """A line that opens a block."""
        self.write(line)
        self.depth += 1
        yield
        self.depth -= 1

    def fresh(self, prefix: str = "t") -> str:
        """A local name not used before."""
        self.loops += 1
        return f"{prefix}{self.loops}"

    def name(self, value: Any) -> str:
        """A name for a constant; small whole numbers and truths stand for themselves."""
        if type(value) is int or type(value) is bool or value is None or value == ():
            return repr(value)
        held = self.known.get(id(value))
        if held is None:
            held = f"K{len(self.names)}"
            self.names[held] = value
            self.known[id(value)] = held
        return held

    def key(self, key: str) -> str:
        """The name of a field (ours, none of a rule file's)."""
        assert key.isidentifier(), key
        return repr(key)

    def load(self, ref: FactRef) -> str:
        """The value of a fact, A where it is unknown."""
        at = {"subject": "f", "claim": "c", "element": self.entry[0] if self.entry else ""}[
            ref.scope
        ]
        *outer, last = ref.keys
        if not outer:
            return self.once((at, last), "x", [f"{at}.get({self.key(last)}, A)"])
        steps = [f"{{x}}.get({self.key(k)}, A) if {{x}}.__class__ is dict else A" for k in ref.keys]
        return self.once((at, *ref.keys), "x", [at, *steps])

    def once(self, key: tuple[str, ...], prefix: str, steps: Sequence[str]) -> str:
        """A local name for what the last of some steps gives, read anew only where it was not
        read before; it must not be set again."""
        if key not in self.read:
            x = self.fresh(prefix)
            for step in steps:
                self.write(f"{x} = {step.format(x=x)}")
            self.read[key] = x, self.depth
        return self.read[key][0]

    def doubt(self, ref: FactRef) -> str:
        """The facts to name where a fact is unknown."""
        if ref.scope == "subject":
            return self.name(((ref.name, None),))
        index = "i" if ref.scope == "claim" else self.entry[1] if self.entry else "None"
        return f"{self.name(light.FactAt(ref.name))}[{index}]"

    def case(self) -> str:
        """The case as the nodes take it."""
        element, index = self.entry or ("None", "None")
        scheme = self.name(self.scheme)
        return f"{self.name(Case)}(f, on, applied, {scheme}, c, i, {element}, {index})"

    def listed(self, of: ListRef) -> str:
        """The entries of a list, None where it is unknown."""
        steps = [f"{{x}}.get({self.key(k)}) if {{x}}.__class__ is dict else None" for k in of.keys]
        return self.once(("f", *of.keys, ""), "l", [f"f.get({self.key(of.keys[0])})", *steps[1:]])

    def partial(self, of: ListRef) -> str:
        """Whether the profile says that a list is not complete."""
        return f"{self.name(of.name)} in f.get('partial', ())"

    def closed(self, *parts: str) -> str:
        """A test that every part is settled; constants are not asked."""
        asked = []
        for part in dict.fromkeys(parts):
            if part in self.names:
                if isinstance(self.names[part], tuple):
                    return "False"
            elif part not in ("on", "applied") and not part.lstrip("-").isdigit():
                asked.append(f"{part}.__class__ is not tuple")
        return " and ".join(asked) or "True"

    def call(self, function: Any, *arguments: str) -> str:
        """A call of a function."""
        return f"{self.name(function)}({', '.join(arguments)})"

    def both(self, t: str, u: str) -> None:
        """``t`` (not False) and ``u``, into ``t``."""
        self.write(f"if {u} is False: {t} = False")
        self.write(f"elif {u} is not True: {t} = {u} if {t} is True else {t} + {u}")

    @abstractmethod
    def condition(self, node: Any) -> str:
        """The truth of a condition."""

    @abstractmethod
    def day(self, node: Any) -> str:
        """A day."""

    @abstractmethod
    def amount(self, node: Any) -> str:
        """An amount."""


def tuple_of(parts: Sequence[str]) -> str:
    """A tuple of names."""
    return f"({', '.join(parts)},)"
