"""Building tables: by a fact, by bands of a quantity, by ordered cases."""

from __future__ import annotations

from typing import Any

from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Quantity
from sgincentive.nodes.building.plain import items_of, whole_number_at
from sgincentive.nodes.building.reader import ORDERS, Built, Reader
from sgincentive.nodes.reference import FactRef
from sgincentive.nodes.scope import Scope
from sgincentive.nodes.values import Number
from sgincentive.source import Mapping, Scalar

# Stands for the values that no table can list, the same in every scheme.
ENDLESS = object()


class TableBuilder(Reader):
    """Builds amounts that are chosen from rows."""

    def by(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        ref = self.fact(node.entries["by"].value, scope)
        rows = {k: e for k, e in node.entries.items() if k not in ("by", "otherwise")}
        keys = [self.row_key(entry.key, ref) for entry in rows.values()]
        other = node.get("otherwise")
        trees = [e.value for e in rows.values()] + ([other] if other is not None else [])
        if not rows:
            raise self.fail(node, "表中没有行", "the table has no row")
        built, unit = self.same_unit(trees, expect, scope)
        otherwise = built[-1] if other is not None else None
        return q.ByFact(ref, tuple(zip(keys, built, strict=False)), otherwise, domain(ref)), unit

    def row_key(self, key: Scalar, ref: FactRef) -> Any:
        """The value of a fact that a row of a table stands for."""
        kind = ref.fact.type
        if kind == "bool":
            return self.truth_value(key)
        if kind in ("year", "count"):
            return whole_number_at(key, self.problems)
        if ref.fact.vocabulary is None:
            raise self.fail(
                key,
                f"不能按 {ref.name} 列表: 用 cases",
                f"{ref.name} cannot be the key of a table: use cases",
            )
        return self.word(key, ref)

    def brackets(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "brackets", "of")
        of, of_unit = self.quantity(self.need(node, "of"), None, scope)
        rows = [self.mapping(t) for t in items_of(node.entries["brackets"].value, self.problems)]
        for row in rows:
            self.only(row, *ORDERS, "value")
        built, unit = self.same_unit([self.need(r, "value") for r in rows], expect, scope)
        bands = tuple(
            self.bracket(row, value, of_unit, scope) for row, value in zip(rows, built, strict=True)
        )
        return q.Brackets(of, bands), unit

    def bracket(
        self, row: Mapping, value: Quantity, of_unit: str | None, scope: Scope
    ) -> q.Bracket:
        def end(inclusive: str, exclusive: str) -> tuple[Number | None, bool]:
            if inclusive in row.entries and exclusive in row.entries:
                raise self.fail(
                    row,
                    f"{inclusive} 与 {exclusive} 只能写一个",
                    f"give {inclusive} or {exclusive}, not both",
                )
            for key in (inclusive, exclusive):
                if key in row.entries:
                    found, _ = self.quantity(row.entries[key].value, of_unit, scope)
                    if not isinstance(found, q.Constant):
                        raise self.fail(
                            row.entries[key].value, "此处应为数字", "a number is expected here"
                        )
                    return found.value, key == inclusive
            return None, False

        low, low_in = end("at_least", "more_than")
        high, high_in = end("at_most", "less_than")
        return q.Bracket(low, low_in, high, high_in, value)

    def cases(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "cases")
        rows = [self.mapping(t) for t in items_of(node.entries["cases"].value, self.problems)]
        values, whens = [], []
        for i, row in enumerate(rows):
            if "otherwise" in row.entries:
                self.only(row, "otherwise")
                if i != len(rows) - 1:
                    raise self.fail(row, "otherwise 须在最后", "otherwise must come last")
                values.append(row.entries["otherwise"].value)
            else:
                self.only(row, "when", "value")
                whens.append(self.condition(self.need(row, "when"), scope))
                values.append(self.need(row, "value"))
        built, unit = self.same_unit(values, expect, scope)
        otherwise = built[-1] if len(built) > len(whens) else None
        return q.Cases(tuple(zip(whens, built, strict=False)), otherwise), unit


def domain(ref: FactRef) -> tuple[Any, ...]:
    """Every value that a fact can take beside none; a value of its own where there is no end."""
    if ref.fact.type == "bool":
        return (True, False)
    if ref.fact.vocabulary is not None:
        return ref.fact.vocabulary.values
    return (ENDLESS,)
