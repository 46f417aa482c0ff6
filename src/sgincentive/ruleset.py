"""A set of rule files: loading, choosing those that concern a subject, and checking them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from sgincentive.decision import Decision
from sgincentive.divisions import within
from sgincentive.engine import schedule
from sgincentive.engine.check import Question, check
from sgincentive.engine.stacking import Combination, best_combination
from sgincentive.facts import Organisation, Project, Station, Worker, subject_kinds, view
from sgincentive.nodes.base import Case, Element
from sgincentive.nodes.conditions import Confirmed
from sgincentive.nodes.values import NO, YES, Bounds, Truth, all_of, unknown
from sgincentive.nodes.walk import below
from sgincentive.schemes.index import RuleFile, rule_files, shipped_rules
from sgincentive.schemes.load import load_scheme
from sgincentive.schemes.model import Scheme, SourceKind
from sgincentive.source import Diagnostic, SourceError
from sgincentive.words import Text, nearest

if TYPE_CHECKING:
    from sgincentive.coverage import Coverage

if TYPE_CHECKING:
    from sgincentive.engine.elsewhere import Elsewhere
    from sgincentive.engine.quick import Group
    from sgincentive.engine.rows import Answer, OutcomeRow

Subject = Worker | Project | Station | Organisation


class UnknownScheme(KeyError):
    """A scheme id that no rule file has; ``nearest`` is the nearest one, or None."""

    def __init__(self, id: str, close: str | None) -> None:
        super().__init__(id)
        self.id = id
        self.nearest = close

    def __str__(self) -> str:
        hint = f"; did you mean {self.nearest}?" if self.nearest else ""
        return f"unknown scheme {self.id!r}{hint}"


@dataclass(frozen=True, slots=True)
class BoundScheme:
    """A scheme as a member of its rule set, which knows what overrides it."""

    scheme: Scheme
    rules: Rules

    @property
    def id(self) -> str:
        """The id of the scheme."""
        return self.scheme.id

    def check(
        self,
        subject: Subject,
        on: date | None = None,
        *,
        start: str | None = None,
        stop: str | None = None,
        confirmed_within: int | None = None,
        drafts: bool = False,
    ) -> Decision:
        """The decision of this scheme; see :meth:`Rules.check` for the parameters."""
        return self.rules.decide(self.scheme, subject, on, start, stop, confirmed_within, drafts)


DECISION_FIELDS = tuple(f.name for f in fields(Decision))
_Question: TypeAlias = "tuple[Rules, Subject, date | None]"


class LazyDecision(Decision):
    """A decision whose outcome and amount are known and whose reasons are found when asked for."""

    __slots__ = ("_asked",)
    _asked: tuple[OutcomeRow, _Question]

    __init__ = object.__init__

    def __getattr__(self, name: str) -> Any:
        """A field that is not set yet: from the quick answer, else from the whole decision."""
        if name not in DECISION_FIELDS:
            raise AttributeError(name)
        row, (rules, subject, day) = self._asked
        if name == "outcome":
            return row[1]
        if name == "bounds" and row[2] == row[3] is not None:
            return Bounds(*row[2:5])
        scheme = rules[row[0]].scheme
        if name == "scheme":
            return scheme
        whole = rules.decide(scheme, subject, day)
        for field in DECISION_FIELDS:
            object.__setattr__(self, field, getattr(whole, field))
        return getattr(whole, name)

    def __reduce__(self) -> Any:
        return Decision, tuple(getattr(self, name) for name in DECISION_FIELDS)


set_asked = LazyDecision.__dict__["_asked"].__set__


def lazy_decisions(rows: Iterable[OutcomeRow], question: _Question) -> list[Decision]:
    """The decisions of rows to one question."""
    found: list[Decision] = []
    for row in rows:
        made = LazyDecision()
        set_asked(made, (row, question))
        found.append(made)
    return found


MOST_CHOSEN = 10_000
"""How many choices of schemes a rule set remembers."""


WORTH_COMPILING = 3
"""After so many questions each scheme gets a function of its own."""
MANY = 16
"""From so many schemes on, those meant for people elsewhere are sorted out first."""
WORTH_FUSING = 16
"""After so many questions one function for all schemes is made."""


class Chosen:
    """The schemes of one kind of subject that could concern some places, and what answers for
    them: at first the engine, then a function a scheme, then one function for all."""

    __slots__ = ("answer_of", "answers", "asked", "elsewhere", "fusible", "quick", "schemes")

    def __init__(
        self, schemes: list[Scheme], answer_of: Callable[[Scheme], Answer], fusible: bool
    ) -> None:
        self.schemes = schemes
        self.answer_of = answer_of
        self.fusible = fusible
        self.answers: list[Answer] = []
        self.elsewhere: Elsewhere | None = None
        self.quick: Group | None = None
        self.asked = 0

    def rows(self, facts: Element, on: date, applied: date) -> list[OutcomeRow | None]:
        """A row for each scheme where ``quick`` has none, None where the engine itself must be
        asked."""
        if self.asked < WORTH_FUSING:
            self.compile()
        if not self.answers:
            return [None] * len(self.schemes)
        refusals = self.elsewhere.of(facts) if self.elsewhere is not None else None
        if refusals is None:
            return [answer(facts, on, applied) for answer in self.answers]
        return [
            refusal.row
            if refusal is not None
            and refusal.first <= (applied if refusal.by_applied else on) <= refusal.last
            else answer(facts, on, applied)
            for refusal, answer in zip(refusals, self.answers, strict=True)
        ]

    def compile(self) -> None:
        """Make the functions that are worth their making by now."""
        self.asked += 1
        if self.asked not in (WORTH_COMPILING, WORTH_FUSING):
            return
        # A single question never needs them.
        from sgincentive.engine.elsewhere import Elsewhere
        from sgincentive.engine.quick import group_function
        from sgincentive.nodes.source import NoSourceError

        if self.asked == WORTH_COMPILING:
            self.answers = [self.answer_of(s) for s in self.schemes]
            if len(self.schemes) >= MANY:
                self.elsewhere = Elsewhere(self.schemes)
        elif self.asked == WORTH_FUSING and self.fusible:
            with suppress(NoSourceError):
                self.quick = group_function(self.schemes)


class Rules(Mapping[str, BoundScheme]):
    """Checked schemes by id (and by alias).

    ``problems`` holds what was found in files that could not be used, where the caller asked to
    go on without them.
    """

    def __init__(self, schemes: Iterable[Scheme], problems: Sequence[Diagnostic] = ()) -> None:
        self._schemes: dict[str, Scheme] = {}
        self._aliases: dict[str, str] = {}
        for scheme in schemes:
            self._schemes[scheme.id] = scheme
            for alias in scheme.aliases:
                self._aliases[alias] = scheme.id
        self.problems = tuple(problems)
        self._everywhere: dict[str, Chosen] = {}
        self._chosen: dict[tuple[str, frozenset[str]], Chosen] = {}
        self._answers: dict[str, Answer] = {}
        self.in_columns: dict[object, dict[str, Any]] = {}
        self._overridden = {
            self._aliases.get(relation.scheme, relation.scheme)
            for scheme in self._schemes.values()
            for relation in scheme.relations
            if relation.kind == "overrides"
        }

    def __getstate__(self) -> dict[str, Any]:
        # Another process is asked about single rows and needs no columns.
        return {**self.__dict__, "in_columns": {}}

    def __getitem__(self, id: str) -> BoundScheme:
        scheme = self._schemes.get(self._aliases.get(id, id))
        if scheme is None:
            raise UnknownScheme(id, nearest(id, self._schemes))
        return BoundScheme(scheme, self)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._schemes))

    def __len__(self) -> int:
        return len(self._schemes)

    def schemes(self, *, subject: str | None = None, division: str | None = None) -> list[Scheme]:
        """The schemes by id, of one kind of subject and valid in or below one division."""
        return [
            s
            for _, s in sorted(self._schemes.items())
            if (subject is None or s.subject == subject)
            and (division is None or any(touches(place, division) for place in s.applies_in))
        ]

    def check(
        self,
        subject: Subject,
        on: date | None = None,
        *,
        start: str | None = None,
        stop: str | None = None,
        confirmed_within: int | None = None,
        everywhere: bool = False,
        min_confidence: SourceKind | None = None,
        drafts: bool = False,
    ) -> list[Decision]:
        """The decisions of every scheme that could concern the subject, by id.

        ``on``: the date asked about (else the profile's ``applied``, else today).
        ``start``, ``stop``: months YYYY-MM; monthly and yearly benefits then carry a schedule.
        ``confirmed_within``: months after which an unconfirmed version is no longer presumed.
        ``everywhere``: also schemes of places that the profile does not name.
        ``min_confidence``: leave out decisions that rest on weaker kinds of sources.
        ``drafts``: where nothing is in force, a draft answers as if it were; its decision keeps
        ``status`` ``draft`` and is never part of the best combination.
        """
        facts = view(subject)
        chosen = (everywhere and self._everywhere.get(facts["subject"])) or self._concerning(
            facts, everywhere
        )
        if start is not None or stop is not None or confirmed_within is not None or drafts:
            found = [
                self.decide(scheme, subject, on, start, stop, confirmed_within, drafts)
                for scheme in chosen.schemes
            ]
        else:
            # The generated function gives up where neither day is known, so that a reason found
            # later is of the same day.
            quick = chosen.quick
            rows = None if quick is None else quick(facts, on)
            if rows is not None:
                found = lazy_decisions(rows, (self, subject, on))
            else:
                found = self._decisions(chosen, facts, subject, on)
        if min_confidence is None:
            return found
        return [decision for decision in found if decision.at_least(min_confidence)]

    def _decisions(
        self,
        chosen: Chosen,
        facts: Element,
        subject: Subject,
        on: date | None,
    ) -> list[Decision]:
        """The decisions of some schemes; their reasons wait until they are asked for."""
        day, applied = days_asked(facts, on)
        rows = chosen.rows(facts, day, applied)
        waiting = iter(lazy_decisions(filter(None, rows), (self, subject, day)))
        return [
            self.decide(scheme, subject, day) if row is None else next(waiting)
            for scheme, row in zip(chosen.schemes, rows, strict=True)
        ]

    def outcomes(
        self, subject: Subject, on: date | None = None, *, everywhere: bool = False
    ) -> list[OutcomeRow]:
        """Scheme, outcome, least and greatest amount (fen; None: no upper end), whether it was
        published and what is missing, for every scheme that could concern the subject, by id.

        The same answers as :meth:`check` gives, without the reasons.
        """
        facts = view(subject)
        chosen = (everywhere and self._everywhere.get(facts["subject"])) or self._concerning(
            facts, everywhere
        )
        quick = chosen.quick
        rows = None if quick is None else quick(facts, on)
        if rows is not None:
            return rows
        day, applied = days_asked(facts, on)
        return [
            self._row(self.decide(scheme, subject, day)) if row is None else row
            for scheme, row in zip(chosen.schemes, chosen.rows(facts, day, applied), strict=True)
        ]

    def check_table(self, frame: Any, **asked: Any) -> Any:
        """``frame`` with the answers of schemes in further columns; the same kind of frame.

        See :func:`sgincentive.columns.check_table` for what may be asked. Raises MissingExtra
        where narwhals is not installed.
        """
        from sgincentive.columns import check_table

        return check_table(self, frame, **asked)

    def _concerning(self, facts: Element, everywhere: bool) -> Chosen:
        """The schemes that could concern a subject."""
        kind = facts["subject"]
        if everywhere:
            made = self._everywhere[kind] = self._choose(self.schemes(subject=kind))
            return made
        key = kind, places_of(facts)
        if key not in self._chosen:
            if len(self._chosen) >= MOST_CHOSEN:
                self._chosen.clear()
            near = [s for s in self.schemes(subject=kind) if concerns(s.applies_in, key[1])]
            self._chosen[key] = self._choose(near)
        return self._chosen[key]

    def _choose(self, schemes: list[Scheme]) -> Chosen:
        """Some schemes of one kind of subject, with what answers for them."""
        fusible = not any(s.id in self._overridden for s in schemes)
        return Chosen(schemes, self._answer, fusible)

    def _answer(self, scheme: Scheme) -> Answer:
        """The function of one scheme."""
        from sgincentive.engine.rows import row_function

        if scheme.id not in self._answers:
            self._answers[scheme.id] = row_function(scheme, scheme.id in self._overridden)
        return self._answers[scheme.id]

    @staticmethod
    def _row(decision: Decision) -> OutcomeRow:
        bounds = decision.bounds
        missing = frozenset((m.fact, m.index) for m in decision.missing)
        return (
            decision.scheme.id, decision.outcome, bounds.low, bounds.high, bounds.published,
            missing,
        )  # fmt: skip

    def overriding(self, scheme: Scheme, division: str | None = None) -> list[Scheme]:
        """The schemes of lower divisions that override a scheme, for some subjects or all, by id;
        those alone that apply in, above or below a division where one is given."""
        return [
            lower
            for lower in self.schemes(division=division)
            if any(
                r.kind == "overrides" and self._aliases.get(r.scheme, r.scheme) == scheme.id
                for r in lower.relations
            )
        ]

    def coverage(self, subject: str | None = None) -> Coverage:
        """What these rules, for one kind of subject or all, and the records cover."""
        from sgincentive.coverage import Coverage

        return Coverage(self.schemes(subject=subject))

    def combine(self, decisions: Sequence[Decision]) -> Combination:
        """The best combination of the benefits in ``decisions``."""
        return best_combination(decisions, any(d.schedule is not None for d in decisions))

    def decide(
        self,
        scheme: Scheme,
        subject: Subject,
        on: date | None,
        start: str | None = None,
        stop: str | None = None,
        confirmed_within: int | None = None,
        drafts: bool = False,
    ) -> Decision:
        """The decision of one scheme, with the overrides of this set. Raises ValueError when the
        subject is of another kind than the scheme asks about."""
        if scheme.subject != subject_kind(subject):
            raise ValueError(f"{scheme.id} asks about a {scheme.subject}")
        facts = view(subject)
        question = question_of(facts, on, confirmed_within)
        # A draft of a lower division takes nothing away from what is in force above it.
        overriders = self.overriders(scheme, facts, question)
        decision = check(scheme, facts, replace(question, drafts=drafts), overriders)
        if decision.of_draft:
            question = replace(question, drafts=True)
        if scheme.kind not in ("monthly", "yearly"):
            return decision
        above = self.above(scheme, facts)
        if start is not None and stop is not None:
            rows = schedule.schedule(scheme, facts, question, start, stop, above)
            over = schedule.overpaid(scheme, facts, question.on, rows)
            decision = replace(decision, schedule=rows, overpaid_fen=over)
        return schedule.in_its_month(decision, scheme, facts, question, above)

    def above(self, scheme: Scheme, facts: Element) -> schedule.Above:
        """What overrides a scheme, month by month."""
        if scheme.id not in self._overridden:
            return schedule.ALONE
        return schedule.Above(
            lambda asked: self.overriders(scheme, facts, replace(asked, drafts=False)),
            lambda: self.overriding(scheme),
        )

    def overriders(
        self, scheme: Scheme, facts: Element, question: Question
    ) -> list[tuple[str, Truth]]:
        """The lower schemes that override ``scheme``, each with whether it does so here."""
        if scheme.id not in self._overridden:
            return []
        found = []
        for lower in self._schemes.values():
            for relation in lower.relations:
                upper = self._aliases.get(relation.scheme, relation.scheme)
                if relation.kind != "overrides" or upper != scheme.id:
                    continue
                case = Case(facts, question.on, question.applied, lower.id)
                there = YES if relation.where is None else relation.where.truth(case)
                truth = all_of((there, in_force(lower, facts, question)))
                if truth.value is not False:
                    found.append((lower.id, truth))
        return sorted(found, key=lambda pair: pair[0])


def in_force(scheme: Scheme, facts: Element, question: Question) -> Truth:
    """Whether some version of a scheme covers the subject on the date."""
    answer = check(scheme, facts, question)
    if answer.outcome == "not_in_force":
        return NO
    open_force = [f.truth for f in answer.findings if f.id == "in-force" and f.truth.value is None]
    if open_force:
        return open_force[0]
    if answer.outcome == "undetermined" and answer.version is None:
        return unknown(tuple(x for c in answer.claims for x in c.causes))
    return YES


def question_of(facts: Element, on: date | None, confirmed_within: int | None) -> Question:
    """What is asked: ``on`` (else ``applied``, else today), ``applied`` (else ``on``)."""
    return Question(*days_asked(facts, on), confirmed_within)


def days_asked(facts: Element, on: date | None) -> tuple[date, date]:
    """The day asked about and the day of application."""
    applied = facts.get("applied")
    day = on or applied or date.today()
    return day, applied or day


def subject_kind(subject: Subject) -> str:
    """worker, project, station or organisation."""
    return str(view(subject)["subject"])


def places_of(facts: Element) -> frozenset[str]:
    """Every division that the facts of a subject name (statistics and payments aside)."""
    found: set[str] = set()

    def look(value: Any, key: str) -> None:
        if isinstance(value, Mapping):
            for name, item in value.items():
                if name not in ("statistics", "received", "confirmed", "partial"):
                    look(item, name)
        elif isinstance(value, list | tuple):
            for item in value:
                look(item, key)
        elif isinstance(value, str) and (key.endswith("division") or key in ("hukou", "residence")):
            found.add(value)

    look(facts, "")
    return frozenset(found)


def touches(place: str, division: str) -> bool:
    """Whether one of two divisions lies within the other."""
    return within(place, division) is not False or within(division, place) is not False


def applies_throughout(scheme: Scheme, division: str) -> bool:
    """Whether a scheme applies in all of a division."""
    return any(within(division, place) is True for place in scheme.applies_in)


@lru_cache(maxsize=2_000)
def concerns(applies_in: tuple[str, ...], places: frozenset[str]) -> bool:
    """Whether a scheme of ``applies_in`` could concern somebody who names ``places``."""
    return not places or any(touches(a, b) for a in applies_in for b in places)


def could_concern(file: RuleFile, kind: str | None, places: frozenset[str] | None) -> bool:
    """Whether a rule file, by its head alone, could concern a subject."""
    if kind is not None and file.subject in subject_kinds and file.subject != kind:
        return False
    if places is None or not places or file.places is None:
        return True
    try:
        return concerns(file.places, places)
    except KeyError:
        return True


@dataclass(frozen=True, slots=True)
class Loaded:
    """Schemes read from folders, and the diagnostics of files that cannot be used."""

    schemes: tuple[Scheme, ...]
    problems: tuple[Diagnostic, ...]
    broken_ids: tuple[str, ...]


def read_rules(
    folders: Sequence[Path],
    *,
    kind: str | None = None,
    places: frozenset[str] | None = None,
    ids: Sequence[str] = (),
    whole: Sequence[Path] = (),
    examples: bool = True,
) -> Loaded:
    """The schemes of ``folders`` (later ones replace or add), those alone that could concern
    ``kind`` and ``places`` or are named in ``ids``. Folders in ``whole`` are read entirely.
    Without ``examples`` those of files outside ``whole`` are neither read nor judged."""
    files: dict[str, RuleFile] = {}
    problems: list[Diagnostic] = []
    bad: list[str] = []
    for folder in folders:
        for file in rule_files(folder):
            if isinstance(file, SourceError):
                problems += file.diagnostics
                bad.append("")
                continue
            if file.id in ids or folder in whole or could_concern(file, kind, places):
                files[file.id] = file
    schemes: list[Scheme] = []
    for id, file in sorted(files.items()):
        try:
            read_all = examples or any(file.path.is_relative_to(folder) for folder in whole)
            scheme, found = load_scheme(file.read(), file.shown, id, examples=read_all)
        except SourceError as error:
            problems += error.diagnostics
            bad.append(id)
            continue
        problems += found.found
        if scheme is None:
            bad.append(id)
        else:
            schemes.append(scheme)
    for scheme, text in doubled(schemes):
        problems.append(Diagnostic(scheme.path, None, text))
        bad.append(scheme.id)
    return Loaded(tuple(schemes), tuple(problems), tuple(bad))


def doubled(schemes: Iterable[Scheme]) -> Iterator[tuple[Scheme, Text]]:
    """Each scheme that takes an id or alias of one before it, with what to say."""
    taken: set[str] = set()
    for scheme in schemes:
        for name in (scheme.id, *scheme.aliases):
            if name in taken:
                yield scheme, Text(f'编号 "{name}" 重复', f'the id "{name}" is used twice')
            taken.add(name)


def load_rules(*folders: str | Path, examples: bool = True) -> Rules:
    """The shipped rules, or those of ``folders``: with several, later ones replace or add.

    Without ``examples`` the examples of the shipped files are left out, which halves the time.
    Raises SourceError listing everything wrong in every file.
    """
    chosen = [Path(f) for f in folders] or [shipped_rules()]
    own = [folder for folder in chosen if folder != shipped_rules()] if folders else []
    loaded = read_rules(chosen, whole=own, examples=examples)
    if loaded.broken_ids:
        raise SourceError([d for d in loaded.problems if d.severity == "error"])
    return Rules(loaded.schemes, loaded.problems)


def office_words(scheme: Scheme) -> set[str]:
    """The ids under which an office's word on a scheme can stand in a profile."""
    asked = [
        *((*(r.condition for r in v.requirements), v.amount, v.window) for v in scheme.versions),
        *(relation.where for relation in scheme.relations),
    ]
    return {n.id for part in asked for n in below(part) if isinstance(n, Confirmed)}
