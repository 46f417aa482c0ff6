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
from sgincentive.source import Mapping, Scalar, Tree

# Stands for the values that no table can list, the same in every scheme.
ENDLESS = object()


class TableBuilder(Reader):
    """Builds amounts that are chosen from rows."""

    def by(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        rows = {k: e for k, e in node.entries.items() if k not in ("by", "otherwise")}
        other = node.get("otherwise")
        trees = [e.value for e in rows.values()] + ([other] if other is not None else [])
        if not rows:
            raise self.fail(node, "表中没有行", "the table has no row")
        (ref, keys), (built, unit) = self.together(
            lambda: self.keyed(node.entries["by"].value, [e.key for e in rows.values()], scope),
            lambda: self.same_unit(trees, expect, scope),
        )
        otherwise = built[-1] if other is not None else None
        return q.ByFact(ref, tuple(zip(keys, built, strict=False)), otherwise, domain(ref)), unit

    def keyed(
        self, tree: Tree, keys: list[Scalar], scope: Scope
    ) -> tuple[FactRef, tuple[Any, ...]]:
        """The fact that chooses a row, and its value for each of them."""
        ref = self.fact(tree, scope)
        return ref, self.each(keys, lambda key: self.row_key(key, ref))

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
        rows = self.each(items_of(node.entries["brackets"].value, self.problems), self.mapping)
        for row in rows:
            self.only(row, *ORDERS, "value")
        (of, of_unit), (built, unit) = self.together(
            lambda: self.quantity(self.need(node, "of"), None, scope),
            lambda: self.same_unit(
                list(self.each(rows, lambda r: self.need(r, "value"))), expect, scope
            ),
        )
        bands = self.each(
            zip(rows, built, strict=True), lambda each: self.bracket(*each, of_unit, scope)
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

        (low, low_in), (high, high_in) = self.together(
            lambda: end("at_least", "more_than"), lambda: end("at_most", "less_than")
        )
        return q.Bracket(low, low_in, high, high_in, value)

    def cases(self, node: Mapping, expect: str | None, scope: Scope) -> Built:
        self.only(node, "cases")
        rows = self.each(items_of(node.entries["cases"].value, self.problems), self.mapping)
        conditional = [row for row in rows if "otherwise" not in row.entries]
        for row in rows:
            last = "otherwise" in row.entries
            self.only(row, *(("otherwise",) if last else ("when", "value")))
            if last and row is not rows[-1]:
                raise self.fail(row, "otherwise 须在最后", "otherwise must come last")
        whens, (built, unit) = self.together(
            lambda: self.each(
                conditional, lambda row: self.condition(self.need(row, "when"), scope)
            ),
            lambda: self.same_unit(
                list(self.each(rows, lambda r: r.get("otherwise") or self.need(r, "value"))),
                expect,
                scope,
            ),
        )
        otherwise = built[-1] if len(built) > len(whens) else None
        return q.Cases(tuple(zip(whens, built, strict=False)), otherwise), unit


def domain(ref: FactRef) -> tuple[Any, ...]:
    """Every value that a fact can take beside none; a value of its own where there is no end."""
    if ref.fact.type == "bool":
        return (True, False)
    if ref.fact.vocabulary is not None:
        return ref.fact.vocabulary.values
    return (ENDLESS,)
