"""Reading what earlier payments do."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, cast, get_args

from sgincentive.nodes import quantities as q
from sgincentive.nodes.building import VALUE, Broken, items_of, word_at
from sgincentive.nodes.values import Number
from sgincentive.schemes import model as m
from sgincentive.schemes.reading.values import Values
from sgincentive.source import Mapping, Scalar, Sequence, Tree
from sgincentive.words import Text


class LedgerReader(Values):
    """Reads ``paid_before``."""

    def ledger(
        self, node: Mapping, kind: m.BenefitKind | None, per: m.Per, claims: bool
    ) -> m.Ledger:
        tree = node.get("paid_before")
        if tree is None:
            if kind in ("one_off", "refund"):
                words = ", ".join((*get_args(m.LedgerRule), "not_stated"))
                hint = Text(f"可用的有: {words}", f"expected one of: {words}")
                self.problems.missing_key(node, "paid_before", hint)
            return m.Ledger()
        with suppress(Broken):
            found = self.ledger_rule(tree)
            if isinstance(tree, Scalar) and tree.text == "not_stated":
                found = replace(found, rules=readings_of(per, claims))
            elif per == "each" and "difference_on_upgrade" in found.rules:
                raise self.build.fail(
                    tree,
                    "difference_on_upgrade 只能用于 per: best: 逐证计发时没有升级差额",
                    "difference_on_upgrade needs per: best: where each certificate is paid "
                    "there is no upgrade",
                )
            if kind in ("monthly", "yearly") and found.max_times is not None:
                raise self.build.fail(
                    tree,
                    "按月或按年的待遇用 rhythm.term_months 写最长期限",
                    "for a benefit by the month or year the longest term is rhythm.term_months",
                )
            if kind in ("monthly", "yearly") and found.rules:
                raise self.build.fail(
                    tree,
                    "按月或按年的待遇逐月扣除已发部分，此处只能写 lifetime_cap 与 "
                    "other_authority_bars",
                    "for a benefit by the month or year what was paid is deducted month by month: "
                    "only lifetime_cap and other_authority_bars can stand here",
                )
            return found
        return m.Ledger()

    def ledger_rule(self, tree: Tree) -> m.Ledger:
        valid = get_args(m.LedgerRule)
        if isinstance(tree, Scalar):
            if tree.text == "not_stated":
                return m.Ledger(("once", "once_per_level", "difference_on_upgrade"))
            return m.Ledger((cast(m.LedgerRule, self.rule_word(tree, (*valid, "not_stated"))),))
        if isinstance(tree, Sequence):
            readings = self.build.each(
                items_of(tree, self.problems, 2), lambda t: self.rule_word(t, valid)
            )
            return m.Ledger(readings)
        node = self.build.mapping(tree)
        self.build.only(
            node, "rule", "readings", "lifetime_cap", "other_authority_bars", "upgrade_years",
            "max_times",
        )  # fmt: skip
        rules: tuple[Any, ...] = ()
        if "rule" in node.entries and "readings" in node.entries:
            raise self.build.fail(
                node.entries["readings"].value,
                "rule 与 readings 只能写其一",
                "rule or readings, not both",
            )
        broken = False
        for key in ("rule", "readings"):
            if key in node.entries:
                stated = self.optional(node, key, self.ledger_rule)
                rules, broken = (stated.rules, False) if stated is not None else ((), True)
        found = m.Ledger(rules, self.optional(node, "lifetime_cap", self.money))
        for key, read in (
            ("other_authority_bars", self.bars),
            ("upgrade_years", self.upgrade_years),
            ("max_times", self.max_times),
        ):
            if not (broken and key == "upgrade_years"):
                found = self.optional(node, key, partial(read, found=found)) or found
        return found

    def money(self, tree: Tree) -> Number:
        """An amount of money (fen)."""
        built = self.build.literal(tree, "money") if isinstance(tree, Scalar) else None
        if not isinstance(built, q.Constant):
            raise self.build.fail(tree, "此处应为金额", "money is expected here")
        return built.value

    def upgrade_years(self, tree: Tree, found: m.Ledger) -> m.Ledger:
        """For how many years after a payment an upgrade brings the difference."""
        if "difference_on_upgrade" not in found.rules:
            raise self.build.fail(
                tree,
                "upgrade_years 须与 difference_on_upgrade 同用",
                "upgrade_years goes with difference_on_upgrade",
            )
        return replace(found, upgrade_years=self.at_least_one(tree))

    def bars(self, tree: Tree, found: m.Ledger) -> m.Ledger:
        """Which rewards of another authority bar, and how far they must have come."""
        valid = get_args(m.Bars)
        if not isinstance(tree, Mapping):
            word = word_at(tree, valid, self.problems, VALUE)
            return replace(found, other_authority_bars=cast(m.Bars, word))
        self.build.only(tree, "match", "status", "kind")
        status, kind = tree.get("status"), tree.get("kind")
        word, statuses, of_kind = self.build.together(
            lambda: word_at(self.build.need(tree, "match"), valid, self.problems, VALUE),
            lambda: (
                self.build.each(
                    items_of(status, self.problems),
                    lambda t: word_at(t, get_args(m.BarringStatus), self.problems, VALUE),
                )
                if status is not None
                else found.barring_statuses
            ),
            lambda: (
                word_at(kind, get_args(m.BenefitKind), self.problems, VALUE)
                if kind is not None
                else None
            ),
        )
        return replace(
            found, other_authority_bars=word, barring_statuses=statuses, barring_kind=of_kind
        )

    def max_times(self, tree: Tree, found: m.Ledger) -> m.Ledger:
        """A number of payments, of the scheme or ``{times: 2, per: level}``."""
        if not isinstance(tree, Mapping):
            return replace(found, max_times=self.at_least_one(tree))
        self.build.only(tree, "times", "per")
        per, times = self.build.together(
            lambda: word_at(
                self.build.need(tree, "per"), get_args(m.TimesPer), self.problems, VALUE
            ),
            lambda: self.at_least_one(self.build.need(tree, "times")),
        )
        return replace(found, max_times=times, times_per=per)

    def rule_word(self, tree: Tree, valid: Iterable[str]) -> str:
        return word_at(tree, valid, self.problems, Text("已发记录规则", "ledger rule"))


def readings_of(per: m.Per, claims: bool) -> tuple[m.LedgerRule, ...]:
    """What an earlier payment may do where no source says it: without certificates there are no
    levels, and where each of them is paid there is no upgrade."""
    rules: list[m.LedgerRule] = ["once"]
    if claims:
        rules.append("once_per_level")
    if per == "best":
        rules.append("difference_on_upgrade")
    return tuple(rules)
