"""Reading the versions of a scheme."""

from __future__ import annotations

from contextlib import suppress
from typing import cast, get_args

from sgincentive.nodes.building import FIELD, VALUE, Broken, items_of, word_at
from sgincentive.nodes.scope import Scope
from sgincentive.nodes.walk import claim_fields, reads_claim
from sgincentive.schemes import model as m
from sgincentive.schemes.reading.force import ForceReader, following, giving_way
from sgincentive.schemes.reading.frame import FrameReader
from sgincentive.schemes.reading.ledger import LedgerReader
from sgincentive.schemes.reading.terms import TermsReader
from sgincentive.source import Scalar, Tree
from sgincentive.words import Text

VERSION_KEYS = (
    "id", "selected_by", "from", "until", "seen", "last_confirmed", "status", "sources", "let",
    "requires", "amount", "figures", "items", "paid_before", "rhythm", "application", "unclear",
)  # fmt: skip


class VersionReader(ForceReader, LedgerReader, TermsReader, FrameReader):
    """Reads versions."""

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
        self.one_rhythm(found, trees)
        return tuple(found)

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
            id=self.version_id(node, first),
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
