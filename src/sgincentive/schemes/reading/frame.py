"""Reading what stands around the terms: months, status, application, sources."""

from __future__ import annotations

from typing import Any, cast, get_args

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.nodes.base import Day
from sgincentive.nodes.building import VALUE, items_of, word_at
from sgincentive.nodes.scope import Scope
from sgincentive.nodes.walk import reads_claim
from sgincentive.schemes import model as m
from sgincentive.schemes.reading.values import Values
from sgincentive.source import Mapping, Scalar, Tree
from sgincentive.words import Text

SOURCE_KINDS = get_args(m.SourceKind)


class FrameReader(Values):
    """Reads when and how terms are applied and what they rest on."""

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
            self.at_least_one(term) if term is not None else None,
            self.at_least_one(every) if every is not None else None,
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
            word = word_at(
                self.build.need(node, "status"),
                ("draft", "superseded", "suspended", "exhausted"),
                self.problems,
                VALUE,
            )
            start, until, note = node.get("from"), node.get("until"), node.get("note")
            first = self.span(start)[0] if start is not None else FIRST_DAY
            last = self.last_day(until, first) if until is not None else LAST_DAY
            return m.Status(
                cast(Any, word),
                first,
                last,
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
            self.build.only(
                node, "title", "number", "publisher", "date", "kind", "url", "no_url", "only_for"
            )
            if node.get("url") is None and node.get("no_url") is None:
                raise self.build.fail(
                    node,
                    "来源须有 url，没有时写明 no_url 的原因",
                    "a source needs url, or no_url with the reason",
                )
            day = node.get("date")
            if day is not None and not (isinstance(day, Scalar) and day.text == "not_stated"):
                self.span(day)
            part = node.get("only_for")
            publisher, number, date, url = (
                self.plain(t) if (t := node.get(k)) is not None else None
                for k in ("publisher", "number", "date", "url")
            )
            return m.Source(
                self.plain(self.build.need(node, "title")),
                cast(
                    m.SourceKind,
                    word_at(
                        self.build.need(node, "kind"), SOURCE_KINDS, self.problems,
                        Text("来源种类", "kind of source"),
                    ),
                ),
                publisher, number, date, url,
                self.text(part) if part is not None else None,
            )  # fmt: skip

        found = self.build.each(items_of(tree, self.problems), one)
        if found and all(source.only_for is not None for source in found):
            raise self.build.fail(
                tree,
                "至少一个来源须载有条款本身（不写 only_for）",
                "one source at least must carry the terms, without only_for",
            )
        return found
