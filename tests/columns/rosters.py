"""Rosters to compare: cells drawn at random and at the boundaries of a scheme's own terms."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa

from sgincentive.calendar import add_months
from sgincentive.columns.headings import Field, fields
from sgincentive.columns.rows import KINDS
from sgincentive.divisions import ancestors, children, table
from sgincentive.facts import lists, subject_from, view
from sgincentive.nodes import conditions as c
from sgincentive.nodes.days import DayConstant, MonthsLater
from sgincentive.nodes.reference import FactRef, ListRef
from sgincentive.nodes.walk import below
from sgincentive.schemes.model import Scheme

Row = dict[str, Any]
ELSEWHERE = ["000000", "110101", "440304", "330000", "330203"]
TYPES = {
    "bool": pa.bool_(), "date": pa.date32(), "year": pa.int64(), "count": pa.int64(),
    "months": pa.int64(), "money": pa.decimal128(18, 2), "number": pa.decimal128(18, 4),
}  # fmt: skip


@dataclass
class Pools:
    """The values around which the terms of a scheme turn."""

    facts: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    numbers: list[Fraction] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    confirmed: list[str] = field(default_factory=list)


def parts_of(scheme: Scheme) -> Iterator[Any]:
    """Every node of a scheme, its windows and its relations."""
    for version in scheme.versions:
        yield from below(tuple(r.condition for r in version.requirements))
        if version.amount is not None:
            yield from below(version.amount)
        yield from below(version.window)
    for relation in scheme.relations:
        if relation.where is not None:
            yield from below(relation.where)


def pools(scheme: Scheme, others: Sequence[Scheme] = ()) -> Pools:
    """What a scheme reads, and the values at which its answers can change."""
    found = Pools()
    facts: dict[str, None] = {"applied": None}
    days: set[date] = set()
    lists: dict[str, None] = {}
    for each in (scheme, *others):
        for version in each.versions:
            days.update(d for d in (version.last, version.seen, version.last_confirmed,
                                    version.gives_way, *(version.first or ())) if d)  # fmt: skip
            if version.selected_by in ("exam_year", "obtained"):
                facts[f"certificate.{version.selected_by}"] = None
            days.update(d for s in version.statuses for d in (s.first, s.last))
            days.update(r.due for r in version.requirements if r.due)
            if version.ledger.lifetime_cap is not None:
                found.numbers.append(Fraction(version.ledger.lifetime_cap))
            if version.claims:
                facts |= dict.fromkeys(("certificate.level", "certificate.obtained"))
            if (
                version.ledger.rules
                or version.ledger.other_authority_bars
                or version.ledger.max_times
            ):
                lists["received"] = None
                for name in ("scheme", "level", "amount", "paid", "issuer", "kind", "status",
                             "exam_year"):  # fmt: skip
                    facts[f"received.{name}"] = None
        for node in parts_of(each):
            if isinstance(node, FactRef):
                facts[node.name] = None
            elif isinstance(node, ListRef):
                lists[node.name] = None
                facts |= {f"{node.element}.{f}": None
                          for f in (node.entry_date, node.start, node.end) if f}  # fmt: skip
            elif isinstance(node, c.Within) and not isinstance(node.divisions, FactRef):
                for code in node.divisions:
                    found.codes += [code, *ancestors(table.base(code))[:2]]
                    found.codes += children(table.base(code))[:2]
            elif isinstance(node, DayConstant):
                days |= {node.first, node.last}
            elif isinstance(node, MonthsLater):
                days |= {add_months(d, -node.months) for d in list(days)}
            elif isinstance(node, c.Confirmed):
                found.confirmed.append(node.id)
            value = getattr(node, "value", None)
            if isinstance(value, int | Fraction) and not isinstance(value, bool):
                found.numbers.append(Fraction(value))
            for name in ("low", "high", "years", "n"):
                value = getattr(node, name, None)
                if isinstance(value, int | Fraction) and not isinstance(value, bool):
                    found.numbers.append(Fraction(value))
    known = fields(scheme.subject)
    found.facts = [name for name in facts if name in known]
    found.lists = list(lists)
    found.days = sorted({d + timedelta(days=k) for d in days for k in (-1, 0, 1)
                         if date(1901, 1, 1) < d < date(2099, 1, 1)})  # fmt: skip
    found.codes = sorted({*found.codes, *ELSEWHERE})
    return found


def cell(draw: random.Random, about: Field, pool: Pools, scheme: Scheme) -> Any:
    """One cell of a column."""
    name, type_ = about.fact.name, about.fact.type
    near = draw.random() < 0.6
    if name == "received.scheme":
        return draw.choice([scheme.id, scheme.id, "other/scheme"])
    if name == "received.issuer":
        return draw.choice([scheme.issuer or "甲", "乙"])
    if type_ == "bool":
        return draw.random() < 0.7
    if type_ == "date":
        if near and pool.days:
            return draw.choice(pool.days)
        return date(2016, 1, 1) + timedelta(days=draw.randrange(3900))
    if type_ == "division":
        return draw.choice(pool.codes)
    if about.fact.vocabulary is not None:
        return draw.choice(about.fact.vocabulary.values)
    if name == "received.period":
        return draw.choice(["2024", "2024-03"])
    if type_ == "text":
        return draw.choice(["甲", "乙"])
    around = [n + k for n in pool.numbers for k in (-1, 0, 1)]
    if type_ == "year":
        years = [int(n) for n in around if 1900 <= n <= 2100 and n.denominator == 1]
        years += [d.year for d in pool.days]
        return draw.choice(years) if near and years else draw.randint(2017, 2026)
    if type_ == "money":
        fen = [int(n) for n in around if 0 <= n < 10**10 and n.denominator == 1]
        value = draw.choice(fen) if near and fen else draw.randrange(0, 10**7)
        return Decimal(value).scaleb(-2)
    if type_ == "number":
        small = [n for n in around if 0 <= n < 1000 and 10000 % n.denominator == 0]
        part = draw.choice(small) if near and small else Fraction(draw.randrange(50000), 10000)
        return Decimal(part.numerator) / Decimal(part.denominator)
    few = [int(n) for n in around if 0 <= n <= 600 and n.denominator == 1]
    return draw.choice(few) if near and few else draw.randrange(0, 40)


LIST_CELLS = ["无", "全部", "不详", None]


def cells_of(view: Mapping[str, Any], subject: str) -> list[Row]:
    """A profile as rows: one for each certificate, with the first entry of every other list."""
    rows: list[Row] = [{}]
    for name, about in fields(subject).items():
        at: Any = view
        for step in about.path:
            at = at.get(step) if isinstance(at, Mapping) else None
        if isinstance(at, Mapping) and "persons" in at:
            at = at["persons"] if about.owner is not None else None
        if about.owner is not None:
            if not isinstance(at, list) or not at:
                continue
            many = at if about.owner == "certificates" else at[:1]
            while len(rows) < len(many):
                rows.append(dict(rows[0]))
            for i, row in enumerate(rows):
                value = many[min(i, len(many) - 1)].get(str(about.field), row)
                if value is not row:
                    row[name] = written(about, value)
        elif at is not None:
            for row in rows:
                row[name] = written(about, at)
    return rows


def written(about: Field, value: Any) -> Any:
    """A value of the engine as a cell."""
    if value is None:
        return None if about.fact.type == "date" else "无"
    if about.fact.type == "money":
        return Decimal(value).scaleb(-2)
    if about.fact.type == "number":
        value = Fraction(value)
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value


def examples(scheme: Scheme) -> list[Row]:
    """The rows of the examples of a rule file."""
    found: list[Row] = []
    for example in scheme.examples:
        asked = subject_from({"subject": scheme.subject, **example.given})
        for row in cells_of(view(asked), scheme.subject):
            if example.on is not None:
                row.setdefault("applied", example.on)
            found.append(row)
    return found


def roster(scheme: Scheme, seed: int, rows: int, others: Sequence[Scheme] = ()) -> pa.Table:
    """A table about a scheme; every tenth row or so is no profile at all."""
    draw = random.Random(f"{scheme.id} {seed}")
    pool = pools(scheme, others)
    known = fields(scheme.subject)
    names = list(pool.facts)
    if draw.random() < 0.5:
        names = [n for n in names if ".person." not in f".{n}"] or names
        pool.lists = [n for n in pool.lists if not n.endswith("staff.persons")]
    else:
        names = [n for n in names if not n.startswith(("staff.", "contractor.staff."))] or names
    more = [n for n in known if n.split(".")[0] in {x.split(".")[0] for x in names}]
    names += [n for n in draw.sample(more, min(2, len(more))) if n not in names]
    columns: dict[str, list[Any]] = {}
    shown = examples(scheme)
    names += [n for n in dict.fromkeys(k for row in shown for k in row) if n not in names]
    bases = [draw.choice(shown) if shown and draw.random() < 0.7 else None for _ in range(rows)]
    blank = draw.choice([0.0, 0.1, 0.3])
    for name in names:
        about = known[name]
        if draw.random() < 0.05:
            continue
        values: list[Any] = []
        for base in bases:
            if base is not None and draw.random() < 0.85:
                values.append(base.get(name))
                continue
            empty = draw.random() < (0.5 if name.endswith(".end") else blank)
            if empty:
                values.append(None)
            elif about.fact.nullable and KINDS[about.fact.type] == "text" and draw.random() < 0.1:
                values.append("无")
            else:
                values.append(cell(draw, about, pool, scheme))
        columns[name] = values
    orderly(columns, draw)
    for name in pool.lists:
        if draw.random() < 0.5:
            element = lists(scheme.subject)[name].element + "."
            mine = [values for n, values in columns.items() if n.startswith(element)]
            said = [draw.choice(LIST_CELLS) for _ in range(rows)]
            columns[name] = [
                None if cell == "无" and any(v[i] is not None for v in mine)
                and draw.random() < 0.95 else cell for i, cell in enumerate(said)
            ]  # fmt: skip
    for id in pool.confirmed:
        columns[f"confirmed.{scheme.id}:{id}"] = [draw.choice([True, False, None])
                                                  for _ in range(rows)]  # fmt: skip
    return pa.table(
        {name: pa.array(values, type_of(name, known)) for name, values in columns.items()}
    )


def orderly(columns: dict[str, list[Any]], draw: random.Random) -> None:
    """Make most rows a profile: ends after starts, counts within totals, dates in order."""
    for name, values in columns.items():
        prefix, _, last = name.rpartition(".")
        start = {"end": "start", "graduated": "enrolled", "registered": "obtained"}.get(last)
        before = columns.get(f"{prefix}.{start}" if prefix else str(start))
        if start and before:
            for i, (a, b) in enumerate(zip(before, values, strict=True)):
                if a and b and b < a and draw.random() < 0.95:
                    values[i] = a
        if last == "obtained" and (years := columns.get(f"{prefix}.exam_year")):
            for i, (y, b) in enumerate(zip(years, values, strict=True)):
                if y and b and b.year < y and draw.random() < 0.95:
                    years[i] = b.year
        if prefix == "staff" and last != "total" and "staff.total" in columns:
            for i, (a, b) in enumerate(zip(columns["staff.total"], values, strict=True)):
                if a is not None and b is not None and b > a and draw.random() < 0.95:
                    values[i] = a
    funds = columns.get("funds")
    if funds:
        spent = [n for n in columns if n.startswith("budget.")]
        for i, value in enumerate(funds):
            total = sum(columns[n][i] or 0 for n in spent)
            if value is not None and (value == 0 or total > value) and draw.random() < 0.95:
                funds[i] = total + draw.choice([1, 1000])
    levels = columns.get("certificate.level")
    kinds = columns.get("certificate.kind")
    if levels:
        for i, level in enumerate(levels):
            if (
                level == "无"
                and not (kinds and kinds[i] not in (None, "national"))
                and (draw.random() < 0.9)
            ):
                levels[i] = "senior"


def type_of(name: str, known: Any) -> pa.DataType:
    """The Arrow type of a column."""
    if name.startswith("confirmed."):
        return pa.bool_()
    if name not in known:
        return pa.string()
    return TYPES.get(known[name].fact.type, pa.string())
