"""Reading a scheme: what all its versions share."""

from __future__ import annotations

from typing import cast, get_args

from sgincentive.facts import facts, lists, subject_kinds
from sgincentive.nodes.building import FIELD, VALUE, Broken, items_of, word_at
from sgincentive.nodes.scope import Scope
from sgincentive.schemes import model as m
from sgincentive.schemes.reading.examples import ExampleReader
from sgincentive.schemes.reading.versions import VersionReader
from sgincentive.source import Mapping, Scalar, Tree
from sgincentive.words import Text, nearest

SCHEME_KEYS = (
    "title", "record", "subject", "applies_in", "issuer", "payer", "benefit", "aliases",
    "stacking", "relations", "define", "unclear", "versions", "examples", "untested",
)  # fmt: skip


STRENGTHS = ("must", "guidance")


class SchemeReader(VersionReader, ExampleReader):
    """Reads one rule file; every problem is collected, none hides another."""

    def scheme(self, root: Mapping, digest: str) -> m.Scheme | None:
        """The scheme, or None when a problem was recorded."""
        for key, entry in root.entries.items():
            if key not in SCHEME_KEYS:
                self.problems.unknown_key(entry.key, SCHEME_KEYS, FIELD)
        subject = self.optional(root, "subject", self.subject, required=True)
        if subject is None:
            # The rest is read as for the subject that was most likely meant.
            subject = self.subject_meant(root)
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

    def subject(self, tree: Tree) -> str:
        return word_at(tree, subject_kinds, self.problems, Text("对象", "subject"))

    def subject_meant(self, root: Mapping) -> str | None:
        """The subject nearest to a misspelt one."""
        tree = root.get("subject")
        return nearest(tree.text, subject_kinds) if isinstance(tree, Scalar) else None

    def benefit(self, tree: Tree) -> tuple[m.BenefitKind, m.Per, bool]:
        node = self.build.mapping(tree)
        self.build.only(node, "kind", "per", "strength")
        per, strength = node.get("per"), node.get("strength")
        kind, found, force = self.build.together(
            lambda: word_at(
                self.build.need(node, "kind"), get_args(m.BenefitKind), self.problems,
                Text("待遇种类", "benefit kind"),
            ),
            lambda: word_at(per, get_args(m.Per), self.problems, VALUE) if per else "best",
            lambda: word_at(strength, STRENGTHS, self.problems, VALUE) if strength else "must",
        )  # fmt: skip
        return cast(m.BenefitKind, kind), cast(m.Per, found), force == "guidance"

    def payer(self, tree: Tree) -> Text | None:
        if isinstance(tree, Scalar) and tree.text == "not_stated":
            return None
        return self.text(tree)

    def stacking(self, tree: Tree) -> tuple[tuple[str, ...], tuple[str, ...]]:
        node = self.build.mapping(tree)
        self.build.only(node, "excludes", "not_stated")
        excludes, open_with = node.get("excludes"), node.get("not_stated")
        found: tuple[tuple[str, ...], tuple[str, ...]] = self.build.together(
            lambda: self.words(excludes) if excludes is not None else (),
            lambda: self.words(open_with) if open_with is not None else (),
        )
        return found

    def relations(self, tree: Tree, scope: Scope) -> tuple[m.Relation, ...]:
        def one(item: Tree) -> m.Relation:
            node = self.build.mapping(item)
            kinds = get_args(m.RelationKind)
            self.build.only(node, *kinds, "where")
            named = [kind for kind in kinds if kind in node.entries]
            if not named and set(node.entries) - {"where"}:
                raise Broken
            if len(named) != 1:
                raise self.build.fail(
                    node, f"须写明其一: {', '.join(kinds)}", f"one is expected: {', '.join(kinds)}"
                )
            where = node.get("where")
            if named[0] == "overrides" and where is None:
                raise self.build.fail(
                    node,
                    '缺少 "where": 在谁身上取代上级规定',
                    '"where" is missing: for whom it overrides',
                )
            return m.Relation(
                named[0],
                *self.build.together(
                    lambda: self.plain(self.build.need(node, named[0])),
                    lambda: self.build.condition(where, scope) if where is not None else None,
                ),
            )

        return self.build.each(items_of(tree, self.problems), one)
