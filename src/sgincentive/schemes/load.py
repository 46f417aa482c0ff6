"""From the text of a rule file to a checked scheme."""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast, get_args

from sgincentive.calendar import FIRST_DAY, LAST_DAY, span_of
from sgincentive.facts import facts, lists, subject_kinds
from sgincentive.nodes import quantities as q
from sgincentive.nodes.base import Condition, Day, Quantity
from sgincentive.nodes.build import (
    FIELD,
    VALUE,
    Broken,
    Builder,
    division_at,
    items_of,
    text_at,
    whole_number_at,
    word_at,
)
from sgincentive.nodes.conditions import Confirmed, Every, Exists, IsTrue, OneOf, Within
from sgincentive.nodes.scope import Scope, Stated
from sgincentive.nodes.walk import claim_fields, below, grain, reads_claim
from sgincentive.schemes import model as m
from sgincentive.source import (
    Mapping,
    Problems,
    Scalar,
    Sequence,
    Tree,
    parse,
    split_lines,
    to_plain,
)
from sgincentive.words import Text

SCHEME_KEYS = (
    "title", "record", "subject", "applies_in", "issuer", "payer", "benefit", "aliases",
    "stacking", "relations", "define", "unclear", "versions", "examples", "untested",
)  # fmt: skip
VERSION_KEYS = (
    "id", "selected_by", "from", "until", "seen", "last_confirmed", "status", "sources", "let",
    "requires", "amount", "figures", "items", "paid_before", "rhythm", "application", "unclear",
)  # fmt: skip
REQUIREMENT_KEYS = ("id", "strength", "clause", "text", "due", "unclear")
EXPECT_KEYS = (
    "outcome", "amount", "entitled", "missing", "version", "status", "standing", "schedule",
    "fails", "unknown", "concerns",
)  # fmt: skip
ID = re.compile(r"[a-z0-9][a-z0-9]*(-[a-z0-9]+)*")
SOURCE_KINDS = get_args(m.SourceKind)
STRENGTHS = get_args(m.Strength)
SCOPE = Scope({}, {})


class SchemeReader:
    """Reads one rule file; every problem is collected, none hides another."""

    def __init__(self, problems: Problems, id: str) -> None:
        self.problems = problems
        self.build = Builder(problems)
        self.id = id

    # ------------------------------------------------------------------- scheme

    def scheme(self, root: Mapping, digest: str) -> m.Scheme | None:
        """The scheme, or None when a problem was recorded."""
        for key, entry in root.entries.items():
            if key not in SCHEME_KEYS:
                self.problems.unknown_key(entry.key, SCHEME_KEYS, FIELD)
        subject = self.optional(root, "subject", self.subject, required=True)
        if subject is None:
            return None
        benefit: tuple[m.BenefitKind, m.Per, bool] | None = self.optional(
            root, "benefit", self.benefit, required=True
        )
        kind, per, guide = benefit or (None, "best", False)
        scope = self.definitions(root, Scope(facts(subject), lists(subject)))
        title = self.optional(root, "title", self.text, required=True)
        places = self.optional(root, "applies_in", self.places, required=True)
        versions = self.optional(
            root, "versions", lambda t: self.versions(t, scope, kind, per), required=True
        )
        issuer = self.optional(root, "issuer", self.plain_or_not_stated, required=True)
        payer = self.optional(root, "payer", self.payer)
        if kind in m.MONEY_KINDS and "payer" not in root.entries:
            hint = Text("不知道出资方时写 not_stated", "write not_stated where it is not known")
            self.problems.missing_key(root, "payer", hint)
        excludes, open_with = self.optional(root, "stacking", self.stacking) or ((), ())
        scheme = m.Scheme(
            id=self.id,
            path=self.problems.path,
            title=title or Text("", ""),
            records=self.optional(root, "record", self.words, required=True) or (),
            subject=subject,
            applies_in=places or (),
            issuer=issuer,
            payer=payer,
            kind=kind or "verdict",
            per=per,
            versions=versions or (),
            digest=digest,
            aliases=self.optional(root, "aliases", self.words) or (),
            guide_only=guide,
            excludes=excludes,
            stacking_not_stated=open_with,
            relations=self.optional(root, "relations", lambda t: self.relations(t, scope)) or (),
            examples=self.optional(root, "examples", self.examples) or (),
            untested=self.optional(root, "untested", self.untested) or (),
            unclear=self.optional(root, "unclear", self.texts) or (),
        )
        return None if any(f.severity == "error" for f in self.problems.found) else scheme

    def optional(self, node: Mapping, key: str, read: Any, required: bool = False) -> Any:
        """What ``read`` makes of the value at ``key``; None when it is absent or broken."""
        tree = node.get(key)
        if tree is None:
            if required:
                self.problems.missing_key(node, key)
            return None
        try:
            return read(tree)
        except Broken:
            return None

    def subject(self, tree: Tree) -> str:
        return word_at(tree, subject_kinds, self.problems, Text("对象", "subject"))

    def benefit(self, tree: Tree) -> tuple[m.BenefitKind, m.Per, bool]:
        node = self.build.mapping(tree)
        self.build.only(node, "kind", "per", "strength")
        kind = word_at(
            self.build.need(node, "kind"), get_args(m.BenefitKind), self.problems,
            Text("待遇种类", "benefit kind"),
        )  # fmt: skip
        per = node.get("per")
        strength = node.get("strength")
        guide = strength is not None and (
            word_at(strength, ("must", "guidance"), self.problems, VALUE) == "guidance"
        )
        found = "best" if per is None else word_at(per, get_args(m.Per), self.problems, VALUE)
        return cast(m.BenefitKind, kind), cast(m.Per, found), guide

    def text(self, tree: Tree) -> Text:
        return text_at(tree, self.problems)

    def texts(self, tree: Tree) -> tuple[Text, ...]:
        return self.build.each(items_of(tree, self.problems), self.text)

    def plain(self, tree: Tree) -> str:
        if isinstance(tree, Scalar) and tree.text:
            return tree.text
        raise self.build.fail(tree, "此处应为文字", "text is expected here")

    def plain_or_not_stated(self, tree: Tree) -> str | None:
        text = self.plain(tree)
        return None if text == "not_stated" else text

    def payer(self, tree: Tree) -> Text | None:
        if isinstance(tree, Scalar) and tree.text == "not_stated":
            return None
        return self.text(tree)

    def words(self, tree: Tree) -> tuple[str, ...]:
        trees = tree.items if isinstance(tree, Sequence) else [tree]
        return self.build.each(trees, self.plain)

    def places(self, tree: Tree) -> tuple[str, ...]:
        trees = tree.items if isinstance(tree, Sequence) else [tree]
        return self.build.each(trees, lambda t: division_at(t, self.problems))

    def stacking(self, tree: Tree) -> tuple[tuple[str, ...], tuple[str, ...]]:
        node = self.build.mapping(tree)
        self.build.only(node, "excludes", "not_stated")
        excludes, open_with = node.get("excludes"), node.get("not_stated")
        return (
            self.words(excludes) if excludes is not None else (),
            self.words(open_with) if open_with is not None else (),
        )

    def definitions(self, root: Mapping, scope: Scope) -> Scope:
        tree = root.get("define")
        if tree is None:
            return scope
        named: dict[str, Condition] = {}
        with suppress(Broken):
            for name, entry in self.build.mapping(tree).entries.items():
                inner = Scope(scope.facts, scope.lists, None, dict(named))
                with suppress(Broken):
                    named[name] = self.build.condition(entry.value, inner)
        return Scope(scope.facts, scope.lists, None, named)

    def relations(self, tree: Tree, scope: Scope) -> tuple[m.Relation, ...]:
        def one(item: Tree) -> m.Relation:
            node = self.build.mapping(item)
            kinds = get_args(m.RelationKind)
            self.build.only(node, *kinds, "where")
            for kind in kinds:
                target = node.get(kind)
                if target is not None:
                    where = node.get("where")
                    if kind == "overrides" and where is None:
                        raise self.build.fail(
                            node,
                            '缺少 "where": 在谁身上取代上级规定',
                            '"where" is missing: for whom it overrides',
                        )
                    return m.Relation(
                        kind,
                        self.plain(target),
                        self.build.condition(where, scope) if where is not None else None,
                    )
            raise self.build.fail(
                node, f"须写明其一: {', '.join(kinds)}", f"one is expected: {', '.join(kinds)}"
            )

        return self.build.each(items_of(tree, self.problems), one)

    # ------------------------------------------------------------------ version

    def versions(
        self, tree: Tree, scope: Scope, kind: m.BenefitKind | None, per: m.Per
    ) -> tuple[m.Version, ...]:
        found: list[m.Version] = []
        trees: list[Tree] = []
        seen: set[str] = set()
        for item in items_of(tree, self.problems):
            with suppress(Broken):
                version = self.version(item, scope, kind, per)
                found.append(version)
                trees.append(item)
                if version.id in seen:
                    raise self.build.fail(
                        item,
                        f'版本编号 "{version.id}" 重复',
                        f'version id "{version.id}" is used twice',
                    )
                seen.add(version.id)
        found = [following(giving_way(version, found), found) for version in found]
        self.no_overlap(found, trees)
        return tuple(found)

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
                    end = a.gives_way - timedelta(days=1)
                if end is None or end >= b_first or first == other:
                    self.problems.error(
                        trees[i],
                        Text(
                            f'版本 "{later.id}" 与 "{earlier.id}" 重叠',
                            f'version "{later.id}" overlaps "{earlier.id}"',
                        ),
                        Text("为较早的版本写明 until", "give the earlier version an until"),
                    )

    def version(
        self, tree: Tree, scope: Scope, kind: m.BenefitKind | None, per: m.Per
    ) -> m.Version:
        node = self.build.mapping(tree)
        for key, entry in node.entries.items():
            if key not in VERSION_KEYS:
                self.problems.unknown_key(entry.key, VERSION_KEYS, FIELD)
        by = "applied"
        if "selected_by" in node.entries:
            by = self.optional(
                node, "selected_by",
                lambda t: word_at(t, get_args(m.SelectedBy), self.problems, VALUE),
            ) or by  # fmt: skip
        elif kind == "monthly":
            by = "month"
        dates = self.force(node, by)
        first, last, seen = dates or (None, None, None)
        scope = self.let(node, scope)
        requirements = (
            self.optional(node, "requires", lambda t: self.requirements(t, scope), required=True)
            or ()
        )
        window = self.optional(node, "application", lambda t: self.window(t, scope)) or m.Window()
        amount = self.amount(node, scope, kind)
        misspelt = self.problems.misspelt
        confirmed = node.get("last_confirmed")
        confirmed_day = None
        if confirmed is not None:
            with suppress(Broken):
                confirmed_day = self.span(confirmed)[1]
        elif dates is not None and last is None and not misspelt(node, "last_confirmed"):
            self.problems.error(
                node,
                Text(
                    "未写明终止日期的版本须有 last_confirmed",
                    "a version without a stated end needs last_confirmed",
                ),
            )
        claims = by in ("exam_year", "obtained") or (
            any(r.of_claim for r in requirements) or reads_claim(amount) or reads_claim(window)
        )
        version = m.Version(
            id=self.version_id(node, first, by),
            selected_by=cast(m.SelectedBy, by),
            first=first,
            last=last,
            seen=seen,
            last_confirmed=confirmed_day,
            last_confirmed_text=confirmed.text if isinstance(confirmed, Scalar) else None,
            sources=self.optional(node, "sources", self.sources, required=True) or (),
            requirements=requirements,
            amount=amount,
            ledger=self.ledger(node, kind, per, claims),
            window=window,
            rhythm=self.optional(node, "rhythm", self.rhythm) or m.Rhythm(),
            statuses=self.optional(node, "status", self.statuses) or (),
            unclear=self.optional(node, "unclear", self.texts) or (),
            items=self.optional(node, "items", self.texts) or (),
            figures=self.optional(node, "figures", lambda t: self.figures(t, kind)) or (),
            claims=claims,
            amount_reads=frozenset(claim_fields(amount)),
        )
        if dates is None:
            raise Broken
        return version

    def version_id(self, node: Mapping, first: tuple[date, date] | None, by: str) -> str:
        tree = node.get("id")
        if isinstance(tree, Scalar) and tree.text:
            return tree.text
        if tree is not None:
            self.problems.error(tree, Text("此处应为编号", "an id is expected here"))
        if first is None:
            return "unknown-start"
        start = node.get("from")
        if isinstance(start, Scalar):
            return start.text
        return str(first[0].year) if by == "exam_year" else first[0].isoformat()

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
        last = self.span(until)[1]
        if begin is not None and last < begin:
            raise self.build.fail(until, "终止日期早于起始日期", "the end lies before the start")
        return last

    def span(self, tree: Tree) -> tuple[date, date]:
        if isinstance(tree, Scalar):
            with suppress(ValueError):
                return span_of(tree.text)
        raise self.build.fail(
            tree, "此处应为日期，如 2024-12-30", "a date is expected here, like 2024-12-30"
        )

    def let(self, node: Mapping, scope: Scope) -> Scope:
        tree = node.get("let")
        if tree is None:
            return scope
        named = dict(scope.quantities)
        with suppress(Broken):
            for name, entry in self.build.mapping(tree).entries.items():
                inner = Scope(scope.facts, scope.lists, None, scope.definitions, dict(named))
                with suppress(Broken):
                    unit = self.build.find_unit([entry.value], inner)
                    value, unit = self.build.quantity(entry.value, unit, inner)
                    named[name] = Stated(value, unit, entry.value, inner)
        return Scope(scope.facts, scope.lists, None, scope.definitions, named)

    def requirements(self, tree: Tree, scope: Scope) -> tuple[m.Requirement, ...]:
        found = self.build.each(items_of(tree, self.problems), lambda t: self.requirement(t, scope))
        named: list[m.Requirement] = []
        used: set[str] = set()
        for item in found:
            name, n = item.id, 2
            while name in used:
                name = f"{item.id}-{n}"
                n += 1
            used.add(name)
            named.append(item if name == item.id else replace(item, id=name))
        return tuple(named)

    def requirement(self, tree: Tree, scope: Scope) -> m.Requirement:
        node = self.build.mapping(tree)
        own = {k: e for k, e in node.entries.items() if k in REQUIREMENT_KEYS}
        if "confirmed" in node.entries and "text" in own:
            del own["text"]
        rest = {k: e for k, e in node.entries.items() if k not in own}
        condition = self.build.condition(Mapping(rest, node.mark, node.end), scope)
        mine = Mapping(own, node.mark, node.end)
        strength = self.optional(
            mine, "strength", lambda t: word_at(t, STRENGTHS, self.problems, VALUE)
        )
        due = self.optional(mine, "due", self.span)
        return m.Requirement(
            id=self.optional(mine, "id", self.requirement_id) or requirement_id(condition),
            condition=condition,
            strength=cast(m.Strength, strength or "must"),
            clause=self.optional(mine, "clause", self.plain),
            text=self.optional(mine, "text", self.text),
            due=due[0] if due else None,
            unclear=self.optional(mine, "unclear", self.text),
            of_claim=reads_claim(condition),
        )

    def requirement_id(self, tree: Tree) -> str:
        if isinstance(tree, Scalar) and ID.fullmatch(tree.text):
            return tree.text
        raise self.build.fail(
            tree,
            "此处应为小写英文编号，如 exam-place",
            "an id in lower case is expected here, like exam-place",
        )

    def amount(self, node: Mapping, scope: Scope, kind: m.BenefitKind | None) -> Quantity | None:
        tree = node.get("amount")
        if kind is None:
            return None
        if kind in ("entitlement", "verdict"):
            if tree is not None:
                self.problems.error(
                    tree, Text(f"{kind} 没有金额", f"the benefit kind {kind} has no amount")
                )
            return None
        if tree is None:
            hint = Text("标准未公开时写 not_published", "write not_published where it never was")
            self.problems.missing_key(node, "amount", hint)
            return None
        money = kind in m.MONEY_KINDS
        with suppress(Broken):
            built, _ = self.build.quantity(tree, "money" if money else "number", scope)
            fine = grain(built)
            if money and (fine is None or fine.denominator != 1):
                raise self.build.fail(
                    tree,
                    "结果可能细于分，须写明 round",
                    "the result can be finer than a fen: round is needed",
                )
            return built
        return None

    def figures(self, tree: Tree, kind: m.BenefitKind | None) -> tuple[m.Figure, ...]:
        """Figures that a source quotes and that bound nothing."""

        def one(item: Tree) -> m.Figure:
            node = self.build.mapping(item)
            self.build.only(node, "kind", "value", "note")
            value, note = self.build.need(node, "value"), node.get("note")
            built, _ = self.build.quantity(value, "money" if kind in m.MONEY_KINDS else None, SCOPE)
            if not isinstance(built, q.Constant):
                raise self.build.fail(value, "此处应为数字", "a number is expected here")
            word = word_at(
                self.build.need(node, "kind"), get_args(m.FigureKind), self.problems, VALUE
            )
            return m.Figure(
                cast(m.FigureKind, word),
                built.value,
                self.text(note) if note is not None else None,
            )

        return self.build.each(items_of(tree, self.problems), one)

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
        if "rule" in node.entries:
            rules = self.ledger_rule(node.entries["rule"].value).rules
        elif "readings" in node.entries:
            rules = self.ledger_rule(node.entries["readings"].value).rules
        cap = None
        if "lifetime_cap" in node.entries:
            limit = node.entries["lifetime_cap"].value
            built = self.build.literal(limit, "money") if isinstance(limit, Scalar) else None
            if not isinstance(built, q.Constant):
                raise self.build.fail(limit, "此处应为金额", "money is expected here")
            cap = built.value
        found = m.Ledger(rules, cap)
        if "other_authority_bars" in node.entries:
            found = self.bars(node.entries["other_authority_bars"].value, found)
        if "upgrade_years" in node.entries:
            tree = node.entries["upgrade_years"].value
            if "difference_on_upgrade" not in rules:
                raise self.build.fail(
                    tree,
                    "upgrade_years 须与 difference_on_upgrade 同用",
                    "upgrade_years goes with difference_on_upgrade",
                )
            found = replace(found, upgrade_years=self.at_least_one(tree))
        if "max_times" in node.entries:
            found = self.max_times(node.entries["max_times"].value, found)
        return found

    def at_least_one(self, tree: Tree) -> int:
        number = whole_number_at(tree, self.problems)
        if number < 1:
            raise self.build.fail(tree, "须为 1 或更大", "1 or more is expected")
        return number

    def bars(self, tree: Tree, found: m.Ledger) -> m.Ledger:
        """Which rewards of another authority bar, and how far they must have come."""
        valid = get_args(m.Bars)
        if not isinstance(tree, Mapping):
            word = word_at(tree, valid, self.problems, VALUE)
            return replace(found, other_authority_bars=cast(m.Bars, word))
        self.build.only(tree, "match", "status", "kind")
        word = word_at(self.build.need(tree, "match"), valid, self.problems, VALUE)
        found = replace(found, other_authority_bars=cast(m.Bars, word))
        status, kind = tree.get("status"), tree.get("kind")
        if status is not None:
            statuses = self.build.each(
                items_of(status, self.problems),
                lambda t: word_at(t, get_args(m.BarringStatus), self.problems, VALUE),
            )
            found = replace(found, barring_statuses=statuses)
        if kind is not None:
            of_kind = word_at(kind, get_args(m.BenefitKind), self.problems, VALUE)
            found = replace(found, barring_kind=cast(m.BenefitKind, of_kind))
        return found

    def max_times(self, tree: Tree, found: m.Ledger) -> m.Ledger:
        """A number of payments, of the scheme or ``{times: 2, per: level}``."""
        if not isinstance(tree, Mapping):
            return replace(found, max_times=self.at_least_one(tree))
        self.build.only(tree, "times", "per")
        per = word_at(self.build.need(tree, "per"), get_args(m.TimesPer), self.problems, VALUE)
        times = self.at_least_one(self.build.need(tree, "times"))
        return replace(found, max_times=times, times_per=cast(m.TimesPer, per))

    def rule_word(self, tree: Tree, valid: Iterable[str]) -> str:
        return word_at(tree, valid, self.problems, Text("已发记录规则", "ledger rule"))

    def rhythm(self, tree: Tree) -> m.Rhythm:
        node = self.build.mapping(tree)
        self.build.only(node, "counts", "starts", "term_months", "paid_every")
        counts, starts, term = node.get("counts"), node.get("starts"), node.get("term_months")
        every = node.get("paid_every")
        return m.Rhythm(
            cast(
                m.MonthCounts,
                word_at(counts, get_args(m.MonthCounts), self.problems, VALUE)
                if counts is not None
                else "any_day",
            ),
            cast(
                m.Starts,
                word_at(starts, get_args(m.Starts), self.problems, VALUE)
                if starts is not None
                else "same_month",
            ),
            whole_number_at(term, self.problems) if term is not None else None,
            self.at_least_one(every) if every is not None else None,
        )

    def statuses(self, tree: Tree) -> tuple[m.Status, ...]:
        def one(item: Tree) -> m.Status:
            node = self.build.mapping(item)
            self.build.only(node, "status", "from", "until", "note")
            word = word_at(
                self.build.need(node, "status"),
                ("draft", "superseded", "suspended", "exhausted"),
                self.problems,
                VALUE,
            )
            start, until, note = node.get("from"), node.get("until"), node.get("note")
            return m.Status(
                cast(Any, word),
                self.span(start)[0] if start is not None else FIRST_DAY,
                self.span(until)[1] if until is not None else LAST_DAY,
                self.text(note) if note is not None else None,
            )

        return self.build.each(items_of(tree, self.problems), one)

    def window(self, tree: Tree, scope: Scope) -> m.Window:
        node = self.build.mapping(tree)
        self.build.only(node, "from", "until", "documents", "process", "clause")
        start, end, clause = node.get("from"), node.get("until"), node.get("clause")
        process, documents = node.get("process"), node.get("documents")
        start_day: Day | None = self.build.day(start, scope) if start is not None else None
        end_day: Day | None = self.build.day(end, scope) if end is not None else None
        sets: tuple[tuple[str, tuple[Text, ...]], ...] = ()
        if documents is not None:
            sets = tuple(
                (key, self.texts(entry.value))
                for key, entry in self.build.mapping(documents).entries.items()
            )
        return m.Window(
            start_day,
            end_day,
            sets,
            self.text(process) if process is not None else None,
            self.plain(clause) if clause is not None else None,
            reads_claim(start_day),
            reads_claim(end_day),
        )

    def sources(self, tree: Tree) -> tuple[m.Source, ...]:
        def one(item: Tree) -> m.Source:
            node = self.build.mapping(item)
            self.build.only(node, "title", "number", "publisher", "date", "kind", "url", "no_url")
            url, why = node.get("url"), node.get("no_url")
            if url is None and why is None:
                raise self.build.fail(
                    node,
                    "来源须有 url，没有时写明 no_url 的原因",
                    "a source needs url, or no_url with the reason",
                )
            day = node.get("date")
            if day is not None and not (isinstance(day, Scalar) and day.text == "not_stated"):
                self.span(day)
            return m.Source(
                self.plain(self.build.need(node, "title")),
                cast(
                    m.SourceKind,
                    word_at(
                        self.build.need(node, "kind"), SOURCE_KINDS, self.problems,
                        Text("来源种类", "kind of source"),
                    ),
                ),
                *(
                    self.plain(t) if (t := node.get(k)) is not None else None
                    for k in ("publisher", "number", "date", "url")
                ),
            )  # fmt: skip

        return self.build.each(items_of(tree, self.problems), one)

    # ----------------------------------------------------------------- examples

    def examples(self, tree: Tree) -> tuple[m.Example, ...]:
        """The examples, each followed by its variants."""
        found: list[m.Example] = []
        for item in items_of(tree, self.problems):
            with suppress(Broken):
                node = self.build.mapping(item)
                self.build.only(
                    node, "name", "given", "on", "from", "to", "expect", "printed", "variants"
                )
                given = to_plain(self.build.need(node, "given"))
                example = self.example(node, given, None)
                found.append(example)
                variants = node.get("variants")
                for inner in items_of(variants, self.problems) if variants is not None else ():
                    with suppress(Broken):
                        found.append(self.variant(inner, example))
        return tuple(found)

    def variant(self, tree: Tree, like: m.Example) -> m.Example:
        """An example that changes single facts of another."""
        node = self.build.mapping(tree)
        self.build.only(node, "name", "set", "remove", "on", "from", "to", "expect", "printed")
        given = copy.deepcopy(like.given)
        changes, removals = node.get("set"), node.get("remove")
        if changes is not None:
            for entry in self.build.mapping(changes).entries.values():
                at, key = self.target(given, entry.key)
                if isinstance(at, list) and key == len(at):
                    at.append(to_plain(entry.value))
                else:
                    at[key] = to_plain(entry.value)
        for item in items_of(removals, self.problems) if removals is not None else ():
            at, key = self.target(given, item)
            if key == len(at) if isinstance(at, list) else key not in at:
                raise self.build.fail(
                    item, "原例中没有这一项", "the example has nothing there to remove"
                )
            del at[key]
        return self.example(node, given, like)

    def target(self, given: Any, tree: Tree) -> tuple[Any, Any]:
        """The mapping or list that a dotted path leads into, with the last key or index.

        The index after the last entry stands for a new one.
        """
        path = self.plain(tree).split(".")
        at: Any = given
        for place, word in enumerate(path):
            last = place == len(path) - 1
            key: Any = int(word) if isinstance(at, list) and word.isdecimal() else word
            inside = (isinstance(at, dict) and (last or key in at)) or (
                isinstance(at, list) and isinstance(key, int) and key < len(at) + last
            )
            if not inside:
                raise self.build.fail(
                    tree,
                    f"原例中没有 {'.'.join(path[: place + 1])}",
                    f"the example has no {'.'.join(path[: place + 1])}",
                )
            if last:
                return at, key
            at = at[key]
        raise AssertionError

    def example(self, node: Mapping, given: Any, like: m.Example | None) -> m.Example:
        expect = self.build.mapping(self.build.need(node, "expect"))
        self.build.only(expect, *EXPECT_KEYS)
        on, start, stop = node.get("on"), node.get("from"), node.get("to")
        return m.Example(
            self.text(self.build.need(node, "name")),
            given,
            self.span(on)[0] if on is not None else like.on if like else None,
            to_plain(expect),
            self.plain(start) if start is not None else like.start if like else None,
            self.plain(stop) if stop is not None else like.stop if like else None,
            self.build.flag(node, "printed"),
            (node.mark.line, node.mark.column),
        )

    def untested(self, tree: Tree) -> tuple[m.Untested, ...]:
        """Places of the file where a change alters no answer, each with the reason."""

        def one(item: Tree) -> m.Untested:
            node = self.build.mapping(item)
            self.build.only(node, "at", "change", "why")
            change = node.get("change")
            return m.Untested(
                self.plain(self.build.need(node, "at")),
                self.plain(change) if change is not None else None,
                self.text(self.build.need(node, "why")),
            )

        return self.build.each(items_of(tree, self.problems), one)


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


def readings_of(per: m.Per, claims: bool) -> tuple[m.LedgerRule, ...]:
    """What an earlier payment may do where no source says it: without certificates there are no
    levels, and where each of them is paid there is no upgrade."""
    rules: list[m.LedgerRule] = ["once"]
    if claims:
        rules.append("once_per_level")
    if per == "best":
        rules.append("difference_on_upgrade")
    return tuple(rules)


def requirement_id(condition: Condition) -> str:
    """An id from the node: the fact, the list or the office's word that it asks about."""
    if isinstance(condition, Confirmed):
        return condition.id
    for node in below(condition):
        if isinstance(node, Exists | Every):
            return node.test.list.element
        if isinstance(node, OneOf | IsTrue | Within):
            return node.ref.name.replace(".", "-").replace("_", "-")
    for node in below(condition):
        name = getattr(node, "name", None)
        if isinstance(name, str) and name:
            return name.replace(".", "-").replace("_", "-")
    return condition.keyword.replace("_", "-")


EXAMPLES = re.compile(r"^examples:[^\n]*\n(?:(?:[ \t#-][^\n]*)?\n)*", re.MULTILINE)


def without_examples(text: str) -> str:
    """The text with empty lines in the place of its examples, so that every place stays."""
    return EXAMPLES.sub(lambda found: "\n" * found[0].count("\n"), text)


def load_scheme(
    text: str, path: str, id: str, *, examples: bool = True
) -> tuple[m.Scheme | None, Problems]:
    """The scheme in the text of a rule file and the problems found (some may be warnings).

    Without ``examples`` they are left out, which most of a file consists of. Raises SourceError
    when the text is no YAML that can be read.
    """
    root = parse(text if examples else without_examples(text), path)
    problems = Problems(path, split_lines(text))
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    assert isinstance(root, Mapping)
    return SchemeReader(problems, id).scheme(root, digest), problems
