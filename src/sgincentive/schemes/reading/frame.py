"""Reading what stands around the terms: months, status, application, sources."""

from __future__ import annotations

from datetime import date
from typing import get_args

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.nodes.building import VALUE, items_of, word_at
from sgincentive.nodes.scope import Scope
from sgincentive.nodes.walk import reads_claim
from sgincentive.schemes import model as m
from sgincentive.schemes.reading.values import Values
from sgincentive.source import Mapping, Scalar, Tree
from sgincentive.words import Text

SOURCE_KEYS = ("title", "number", "publisher", "date", "kind", "url", "no_url", "only_for")
SOURCE_KINDS = get_args(m.SourceKind)


class FrameReader(Values):
    """Reads when and how terms are applied and what they rest on."""

    def rhythm(self, tree: Tree) -> m.Rhythm:
        node = self.build.mapping(tree)
        self.build.only(node, "counts", "starts", "term_months", "paid_every")
        counts, starts, term = node.get("counts"), node.get("starts"), node.get("term_months")
        every = node.get("paid_every")
        return m.Rhythm(
            *self.build.together(
                lambda: (
                    word_at(counts, get_args(m.MonthCounts), self.problems, VALUE)
                    if counts is not None
                    else "any_day"
                ),
                lambda: (
                    word_at(starts, get_args(m.Starts), self.problems, VALUE)
                    if starts is not None
                    else "same_month"
                ),
                lambda: self.at_least_one(term) if term is not None else None,
                lambda: self.at_least_one(every) if every is not None else None,
            )
        )

    def one_rhythm(self, found: list[m.Version], trees: list[Tree]) -> None:
        """Months are counted from the first one through all versions, so by one rhythm."""
        for version, tree in zip(found, trees, strict=True):
            if version.rhythm != found[0].rhythm:
                written = tree.get("rhythm") if isinstance(tree, Mapping) else None
                self.problems.error(
                    written or tree,
                    Text("各版本的 rhythm 须相同", "all versions must have the same rhythm"),
                )

    def statuses(self, tree: Tree) -> tuple[m.Status, ...]:
        def one(item: Tree) -> m.Status:
            node = self.build.mapping(item)
            self.build.only(node, "status", "from", "until", "note")
            start, until, note = node.get("from"), node.get("until"), node.get("note")

            def days() -> tuple[date, date]:
                first = self.span(start)[0] if start is not None else FIRST_DAY
                return first, self.last_day(until, first) if until is not None else LAST_DAY

            word, (first, last), said = self.build.together(
                lambda: word_at(
                    self.build.need(node, "status"),
                    ("draft", "superseded", "suspended", "exhausted"),
                    self.problems,
                    VALUE,
                ),
                days,
                lambda: self.text(note) if note is not None else None,
            )
            return m.Status(word, first, last, said)

        return self.build.each(items_of(tree, self.problems), one)

    def window(self, tree: Tree, scope: Scope) -> m.Window:
        node = self.build.mapping(tree)
        self.build.only(node, "from", "until", "documents", "process", "clause")
        start, end, clause = node.get("from"), node.get("until"), node.get("clause")
        process, documents = node.get("process"), node.get("documents")
        start_day, end_day, sets, text, at = self.build.together(
            lambda: self.build.day(start, scope) if start is not None else None,
            lambda: self.build.day(end, scope) if end is not None else None,
            lambda: self.document_sets(documents) if documents is not None else (),
            lambda: self.text(process) if process is not None else None,
            lambda: self.plain(clause) if clause is not None else None,
        )
        claims = reads_claim(start_day), reads_claim(end_day)
        return m.Window(start_day, end_day, sets, text, at, *claims)

    def document_sets(self, tree: Tree) -> tuple[tuple[str, tuple[Text, ...]], ...]:
        """The documents to hand in, by the name of each set."""
        entries = self.build.mapping(tree).entries
        return self.build.each(entries.items(), lambda e: (e[0], self.texts(e[1].value)))

    def sources(self, tree: Tree) -> tuple[m.Source, ...]:
        def one(item: Tree) -> m.Source:
            node = self.build.mapping(item)
            self.build.only(node, *SOURCE_KEYS)
            # An unknown key may stand for the one that is missing.
            if (
                not set(node.entries) - set(SOURCE_KEYS)
                and node.get("url") is None
                and node.get("no_url") is None
            ):
                self.build.fail(
                    node,
                    "来源须有 url，没有时写明 no_url 的原因",
                    "a source needs url, or no_url with the reason",
                )

            def dated() -> str | None:
                tree = node.get("date")
                if tree is not None and not (
                    isinstance(tree, Scalar) and tree.text == "not_stated"
                ):
                    self.span(tree)
                return plain("date")

            def plain(key: str) -> str | None:
                tree = node.get(key)
                return self.plain(tree) if tree is not None else None

            part = node.get("only_for")
            return m.Source(
                *self.build.together(
                    lambda: self.plain(self.build.need(node, "title")),
                    lambda: word_at(
                        self.build.need(node, "kind"), SOURCE_KINDS, self.problems,
                        Text("来源种类", "kind of source"),
                    ),
                    lambda: plain("publisher"),
                    lambda: plain("number"),
                    dated,
                    lambda: plain("url"),
                    lambda: self.text(part) if part is not None else None,
                )
            )  # fmt: skip

        found = self.build.each(items_of(tree, self.problems), one)
        if found and all(source.only_for is not None for source in found):
            raise self.build.fail(
                tree,
                "至少一个来源须载有条款本身（不写 only_for）",
                "one source at least must carry the terms, without only_for",
            )
        return found
