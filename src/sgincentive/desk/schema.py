"""The JSON Schema of a rule file, for completion and hover in an editor.

It is made from the vocabularies that the loader itself uses and is no stronger than JSON Schema
can be: what depends on the type of a fact or on another file is for ``rules validate``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sgincentive.desk import schema_words as words
from sgincentive.facts import Fact, facts, lists, subject_kinds
from sgincentive.schemes.model import MONEY_KINDS, NUMBER_KINDS
from sgincentive.words import Text, Vocabulary

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
TITLE = Text("社会工作激励政策的规则文件", "Rule file of a social-work incentive scheme")
ID = "[a-z0-9]+(-[a-z0-9]+)*"
DATE = "[12][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?"
HEADS = (
    "fact",
    "value",
    "day",
    "share",
    "all",
    "any",
    "not",
    "at_least_n",
    "exists",
    "every",
    "readings",
    "not_stated",
    "confirmed",
    "uses",
)
OPERATORS = (
    "is",
    "is_not",
    "one_of",
    "not_one_of",
    "at_least",
    "at_most",
    "more_than",
    "less_than",
    "between",
    "within",
    "not_within",
    "before",
    "after",
    "not_before",
    "not_after",
)


def schema_text() -> str:
    """The schema as the file in ``docs/`` holds it."""
    return json.dumps(rule_file_schema(), ensure_ascii=False, indent=1) + "\n"


def rule_file_schema() -> Schema:
    """The schema as plain JSON data."""
    return {
        "$schema": DRAFT,
        "title": both(TITLE),
        **mapping(
            words.SCHEME,
            {
                "title": ref("text"),
                "record": several({"type": "string"}),
                "subject": word(words.SUBJECTS),
                "applies_in": several(ref("division")),
                "issuer": {"type": "string", "minLength": 1},
                "payer": either(ref("text"), {"const": "not_stated"}),
                "benefit": ref("benefit"),
                "aliases": several({"type": "string"}),
                "stacking": mapping(
                    words.STACKING,
                    dict.fromkeys(words.STACKING, several({"type": "string"})),
                ),
                "relations": some(relation()),
                "define": named(ref("condition")),
                "unclear": some(ref("text")),
                "versions": some(ref("version")),
                "examples": some(ref("example")),
                "untested": some(
                    mapping(
                        words.UNTESTED,
                        {"at": {"type": "string"}, "change": {"type": "string"}},
                        "at",
                        "why",
                        rest=ref("text"),
                    )
                ),
            },
            "title",
            "record",
            "subject",
            "applies_in",
            "issuer",
            "benefit",
            "versions",
        ),
        "allOf": [
            where_kind(MONEY_KINDS, {"required": ["payer"]}),
            where_kind((*MONEY_KINDS, *NUMBER_KINDS), in_versions({"required": ["amount"]})),
            where_kind(("entitlement", "verdict"), in_versions({"not": {"required": ["amount"]}})),
            where_kind(("one_off", "refund"), in_versions({"required": ["paid_before"]})),
        ],
        "definitions": definitions(),
    }


def where_kind(kinds: Iterable[str], then: Schema) -> Schema:
    """What holds of a file with a benefit of certain kinds."""
    kind = {"required": ["kind"], "properties": {"kind": {"enum": list(kinds)}}}
    return {"if": {"required": ["benefit"], "properties": {"benefit": kind}}, "then": then}


def in_versions(part: Schema) -> Schema:
    """What holds of every version."""
    return {"properties": {"versions": {"items": part}}}


def definitions() -> Schema:
    """The parts that are used in several places."""
    return {
        "text": {
            "description": both(Text("中英文两种文字", "a text in both languages")),
            "type": "object",
            "properties": {"zh": filled(), "en": filled()},
            "required": ["zh", "en"],
            "additionalProperties": False,
        },
        "division": {
            "description": both(
                Text(
                    "行政区划代码（加引号）或名称", "division: a code in quotation marks, or a name"
                )
            ),
            "type": "string",
        },
        "date": date(),
        "fact": fact_names(),
        "list": list_names(),
        "benefit": mapping(
            words.BENEFIT,
            {
                "kind": word(words.BENEFIT_KINDS),
                "per": word(dict.fromkeys(("best", "each"), words.BENEFIT["per"])),
                "strength": {"enum": ["must", "guidance"]},
            },
            "kind",
        ),
        "version": version(),
        "source": source(),
        "requirement": condition(words.REQUIREMENT),
        "condition": condition({}),
        **fact_words(),
        "day": day(),
        "amount": amount(),
        "example": example(),
    }


# ------------------------------------------------------------------------- building blocks


def both(text: Text) -> str:
    """A description in both languages."""
    return f"{text.zh} · {text.en}"


def ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def either(*options: Schema) -> Schema:
    return {"anyOf": list(options)}


def some(item: Schema, least: int = 1) -> Schema:
    return {"type": "array", "items": item, "minItems": least}


def several(item: Schema) -> Schema:
    """One, or a list."""
    return either(item, some(item))


def named(item: Schema) -> Schema:
    """Any keys, each with a value of one kind."""
    return {"type": "object", "additionalProperties": item}


def filled() -> Schema:
    return {"type": "string", "minLength": 1}


def date() -> Schema:
    return either({"type": "string", "pattern": f"^{DATE}$"}, year())


def year() -> Schema:
    return {"type": "integer", "minimum": 1900, "maximum": 2100}


def or_not_stated(part: Schema) -> Schema:
    return either({"const": "not_stated"}, part)


def flag() -> Schema:
    return {"type": "boolean"}


def whole() -> Schema:
    return {"type": "integer"}


def word(values: Mapping[str, Text]) -> Schema:
    """One of some words, each with what it means."""
    return {"enum": list(values), "enumDescriptions": [both(text) for text in values.values()]}


def mapping(
    keys: Mapping[str, Text],
    parts: Mapping[str, Schema],
    *required: str,
    rest: Schema | None = None,
) -> Schema:
    """A mapping of known keys; those that ``parts`` leaves out are as ``rest``."""
    properties = {}
    for key, text in keys.items():
        part = parts.get(key, rest)
        assert part is not None, key
        properties[key] = described(part, text)
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def described(part: Schema, text: Text) -> Schema:
    """A part with what its key means; beside a reference, a description would be ignored."""
    if "$ref" in part:
        return {"description": both(text), "allOf": [part]}
    return {"description": both(text), **part}


# ------------------------------------------------------------------------------------ facts


def every_fact() -> dict[str, list[Fact]]:
    """The facts of all subjects by the names under which a rule file may ask for them: the dotted
    one, and within a list the bare one."""
    found: dict[str, list[Fact]] = {}
    for kind in subject_kinds:
        elements = [each.element for each in lists(kind).values()]
        for name, fact in facts(kind).items():
            names = [name, *(name[len(e) + 1 :] for e in elements if name.startswith(f"{e}."))]
            for each in names:
                found.setdefault(each, []).append(fact)
    return dict(sorted(found.items()))


def fact_names() -> Schema:
    every = every_fact()
    return {
        "description": both(Text("事实名称", "name of a fact")),
        "enum": list(every),
        "enumDescriptions": [
            both(Text(*map("；".join, zip(*unique(f.label for f in found), strict=True))))
            for found in every.values()
        ],
    }


def unique(labels: Iterable[Text]) -> list[Text]:
    return list(dict.fromkeys(labels))


def list_names() -> Schema:
    labels: dict[str, Text] = {}
    for kind in subject_kinds:
        labels.update({name: each.label for name, each in lists(kind).items()})
    return {
        "enum": list(labels),
        "enumDescriptions": [both(label) for label in labels.values()],
    }


def fact_words() -> dict[str, Schema]:
    """What a condition on a fact may compare it with, by the vocabulary of the fact: the
    definition ``words`` and those that it refers to."""
    groups: dict[tuple[str, ...], list[str]] = {}
    known: dict[str, Vocabulary] = {}
    for name, found in every_fact().items():
        vocabularies = [f.vocabulary for f in found]
        if None in vocabularies:
            continue
        for each in vocabularies:
            assert each is not None
            known[each.name] = each
        key = tuple(sorted({v.name for v in vocabularies if v is not None}))
        groups.setdefault(key, []).append(name)
    return {
        "words": {"allOf": [words_of(names, key) for key, names in groups.items()]},
        **{word_name(key): words_in([known[v] for v in key]) for key in groups},
    }


def word_name(vocabularies: tuple[str, ...]) -> str:
    """The name of the definition of the words of some vocabularies."""
    return "word-" + "-or-".join(vocabularies)


def words_in(vocabularies: Iterable[Vocabulary]) -> Schema:
    """The words of some vocabularies, or none."""
    labels: dict[str, Text] = {}
    for vocabulary in vocabularies:
        labels.update({v: vocabulary.labels[v] for v in vocabulary.values})
    return word({**labels, "none": Text("没有", "known to be none")})


def words_of(names: list[str], vocabularies: tuple[str, ...]) -> Schema:
    """What the facts called ``names`` may be compared with."""
    one = ref(word_name(vocabularies))
    ordered = either(one, {"type": "object"})
    return {
        "if": {"required": ["fact"], "properties": {"fact": {"enum": names}}},
        "then": {
            "properties": {
                "is": one,
                "is_not": one,
                "one_of": some(one),
                "not_one_of": some(one),
                "at_least": ordered,
                "at_most": ordered,
                "more_than": ordered,
                "less_than": ordered,
            }
        },
    }


# ------------------------------------------------------------------------------------ nodes


def condition(more: Mapping[str, Text]) -> Schema:
    """A condition, with further keys beside it where it is a requirement."""
    any_value = either(ref("amount"), {"type": ["string", "boolean"]})
    day_or_amount = either(any_value, ref("day"))
    place = either(
        several(ref("division")),
        mapping({"fact": words.CONDITION["fact"]}, {"fact": ref("fact")}, "fact"),
    )
    conditions = some(ref("condition"))
    parts: dict[str, Schema] = {
        "fact": ref("fact"),
        "value": ref("amount"),
        "day": ref("day"),
        "share": mapping(
            {k: words.CONDITION[k] for k in ("part", "whole", "if_empty")},
            {"if_empty": word(words.IF_EMPTY)},
            "part",
            "whole",
            "if_empty",
            rest=ref("amount"),
        ),
        "all": conditions,
        "any": conditions,
        "not": ref("condition"),
        "at_least_n": or_not_stated(whole()),
        "of": conditions,
        "exists": ref("list"),
        "every": ref("list"),
        "where": conditions,
        "that": conditions,
        "at": ref("day"),
        "if_empty": word(words.IF_EMPTY),
        "readings": some(ref("condition"), 2),
        "note": ref("text"),
        "not_stated": ref("text"),
        "confirmed": {"type": "string", "pattern": f"^{ID}$"},
        "text": ref("text"),
        "uses": {"type": "string"},
        "unless": ref("condition"),
        "when": ref("condition"),
        "is": any_value,
        "is_not": any_value,
        "one_of": some(any_value),
        "not_one_of": some({"type": "string"}),
        **dict.fromkeys(("at_least", "at_most", "more_than", "less_than"), any_value),
        "between": {"type": "array", "items": ref("amount"), "minItems": 2, "maxItems": 2},
        "within": place,
        "not_within": place,
        "open": flag(),
        **dict.fromkeys(("before", "after", "not_before", "not_after"), day_or_amount),
        "id": {"type": "string", "pattern": f"^{ID}$"},
        "strength": word(words.STRENGTHS),
        "clause": filled(),
        "due": ref("date"),
        "unclear": ref("text"),
    }
    inner = ("part", "whole", "years")
    keys = {k: t for k, t in words.CONDITION.items() if k not in inner} | dict(more)
    return {
        **mapping(keys, parts),
        "oneOf": [{"required": [head]} for head in HEADS],
        "allOf": [ref("words")],
        "dependencies": {
            **{op: either(*({"required": [h]} for h in comparable(op))) for op in OPERATORS},
            "of": ["at_least_n"],
            "at_least_n": ["of"],
            "that": ["every"],
            "every": ["that", "if_empty"],
            "if_empty": ["every"],
            "note": ["readings"],
            "confirmed": ["text"],
            "where": either({"required": ["exists"]}, {"required": ["every"]}),
            "open": ["fact"],
            **{
                head: {"oneOf": [{"required": [op]} for op in compared(head)]}
                for head in ("fact", "value", "day", "share")
            },
        },
    }


def compared(head: str) -> tuple[str, ...]:
    """The operators that may stand beside a head."""
    return tuple(op for op in OPERATORS if head in comparable(op))


def comparable(operator: str) -> tuple[str, ...]:
    """What an operator may stand beside."""
    if operator in ("within", "not_within", "not_one_of"):
        return ("fact",)
    if operator in ("before", "after", "not_before", "not_after"):
        return ("fact", "day")
    if operator in ("at_least", "at_most", "more_than", "less_than"):
        return ("fact", "value", "share")
    return ("fact", "value")


def day() -> Schema:
    days = some(ref("day"), 2)
    fact = ref("fact")
    t = words.DAY
    return either(
        date(),
        {"enum": ["on", "applied", "not_stated"]},
        mapping({"fact": t["fact"]}, {"fact": fact}, "fact"),
        mapping(
            {"add_months": t["add_months"]},
            {"add_months": {"type": "array", "items": [ref("day"), whole()], "minItems": 2}},
            "add_months",
        ),
        mapping(
            {"first_of_month": t["first_of_month"]},
            {"first_of_month": ref("day")},
            "first_of_month",
        ),
        mapping(
            {k: t[k] for k in ("not_before", "not_after")},
            {},
            "not_before",
            "not_after",
            rest=ref("date"),
        ),
        {
            "type": "object",
            "properties": {"by": described(fact, t["by"])},
            "required": ["by"],
            "patternProperties": {"^(19|20)[0-9]{2}$": ref("day")},
            "additionalProperties": False,
        },
        mapping(
            {k: t[k] for k in ("day_of_year", "years", "month", "day")},
            {
                "day_of_year": either(fact, {"enum": ["on", "applied"]}),
                "month": {"type": "integer", "minimum": 1, "maximum": 12},
                "day": {"type": "integer", "minimum": 1, "maximum": 31},
            },
            "day_of_year",
            "month",
            "day",
            rest=whole(),
        ),
        *(mapping({k: t[k]}, {k: days}, k) for k in ("earliest", "latest", "readings")),
    )


def amount() -> Schema:
    one, fact = ref("amount"), ref("fact")
    amounts = some(one, 2)
    two = {"type": "array", "items": one, "minItems": 2, "maxItems": 2}
    spans = {"type": "array", "items": ref("day"), "minItems": 2, "maxItems": 2}
    where = {"where": some(ref("condition"))}
    listed = {**where, "at": ref("day")}

    def node(parts: Mapping[str, Schema], *required: str) -> Schema:
        keys = {k: words.AMOUNT[k] for k in parts}
        return mapping(keys, parts, *required)

    band = {
        k: words.CONDITION[k] for k in ("at_least", "more_than", "at_most", "less_than", "value")
    }
    case = {"when": words.CONDITION["when"], "value": words.AMOUNT["value"]}
    return either(
        {"type": "number", "minimum": 0},
        {"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?%$|^[1-9][0-9]*/[1-9][0-9]*$"},
        {"const": "not_published"},
        {
            "type": "object",
            "properties": {
                "by": described(fact, words.AMOUNT["by"]),
                "otherwise": described(one, words.AMOUNT["otherwise"]),
            },
            "required": ["by"],
            "minProperties": 2,
            "additionalProperties": one,
        },
        node({"brackets": some(mapping(band, {}, "value", rest=one)), "of": one}, "brackets", "of"),
        node(
            {
                "cases": some(
                    either(
                        mapping(case, {"when": ref("condition"), "value": one}, "when", "value"),
                        node({"otherwise": one}, "otherwise"),
                    )
                )
            },
            "cases",
        ),
        *(node({k: amounts}, k) for k in ("sum", "product", "least", "greatest", "readings")),
        *(node({k: two}, k) for k in ("difference", "quotient", "range")),
        node({"share_of": one, "share": one}, "share_of", "share"),
        *(node({k: one, "of": one}, k, "of") for k in ("cap", "floor")),
        node(
            {
                "round": mapping(
                    words.ROUND, {"to": one, "mode": word(words.ROUNDINGS)}, "to", "mode"
                ),
                "of": one,
            },
            "round",
            "of",
        ),
        node(
            {"per": one, "of": one, "rounding": word(words.ROUNDINGS), "value": one},
            "per",
            "of",
            "rounding",
            "value",
        ),
        node(
            {
                "parts": some(
                    mapping(
                        words.PART,
                        {
                            "id": {"type": "string"},
                            "label": ref("text"),
                            "value": one,
                            "when": ref("condition"),
                        },
                        "id",
                        "value",
                    )
                )
            },
            "parts",
        ),
        *(node({k: {"type": "string"}}, k) for k in ("part", "let")),
        *(node({k: one}, k) for k in ("at_least", "at_most")),
        node({"not_published": ref("text")}, "not_published"),
        node({"count": ref("list"), **listed, "distinct": fact}, "count"),
        node(
            {
                "months": ref("list"),
                **where,
                "since": ref("day"),
                "until": ref("day"),
                "continuous": flag(),
            },
            "months",
        ),
        node(
            {"over": ref("list"), **listed, "take": word(words.TAKE), "value": one},
            "over",
            "take",
            "value",
        ),
        *(node({k: spans}, k) for k in ("months_between", "days_between", "years_between")),
        node({"year_of": ref("day")}, "year_of"),
        node(
            {
                "statistic": word(statistics()),
                "division": either(ref("division"), node({"fact": fact}, "fact")),
                "year": one,
            },
            "statistic",
            "division",
            "year",
        ),
        node({"fact": fact, "years": whole()}, "fact"),
    )


def statistics() -> Mapping[str, Text]:
    """The kinds of statistics, with their labels."""
    vocabulary = facts("worker")["statistic.kind"].vocabulary
    assert vocabulary is not None
    return {value: vocabulary.labels[value] for value in vocabulary.values}


# ------------------------------------------------------------------------- versions, examples


def relation() -> Schema:
    kinds = [k for k in words.RELATIONS if k != "where"]
    made = mapping(words.RELATIONS, {"where": ref("condition")}, rest={"type": "string"})
    made["oneOf"] = [{"required": [kind]} for kind in kinds]
    made["dependencies"] = {"overrides": ["where"]}
    return made


def version() -> Schema:
    rule = word(words.LEDGER)
    stated = {k: t for k, t in words.LEDGER.items() if k != "not_stated"}
    span = mapping(
        {
            **{k: words.VERSION[k] for k in ("status", "from", "until")},
            "note": words.CONDITION["note"],
        },
        {"status": word(words.STATUS), "note": ref("text")},
        "status",
        rest=ref("date"),
    )
    made = mapping(
        words.VERSION,
        {
            "id": {"type": ["string", "integer"]},
            "selected_by": word(words.SELECTED_BY),
            "from": or_not_stated(date()),
            "until": or_not_stated(date()),
            "seen": ref("date"),
            "last_confirmed": ref("date"),
            "status": some(span),
            "sources": some(ref("source")),
            "let": named(ref("amount")),
            "requires": some(ref("requirement")),
            "amount": ref("amount"),
            "figures": some(
                mapping(
                    words.FIGURE,
                    {"kind": word(words.FIGURE_KINDS), "value": ref("amount"), "note": ref("text")},
                    "kind",
                    "value",
                )
            ),
            "items": some(ref("text")),
            "paid_before": either(
                rule,
                some(word(stated), 2),
                mapping(
                    words.PAID_BEFORE,
                    {
                        "rule": rule,
                        "readings": some(word(stated), 2),
                        "lifetime_cap": {"type": "number", "minimum": 0},
                        "other_authority_bars": either(
                            word(words.BARS),
                            mapping(
                                words.BARRING,
                                {
                                    "match": word(words.BARS),
                                    "status": some(word(words.BARRING_STATUS)),
                                    "kind": word(words.BENEFIT_KINDS),
                                },
                                "match",
                            ),
                        ),
                        "upgrade_years": whole(),
                        "max_times": either(
                            whole(),
                            mapping(
                                words.MAX_TIMES,
                                {"times": whole(), "per": word(words.TIMES_PER)},
                                "times",
                                "per",
                            ),
                        ),
                    },
                ),
            ),
            "rhythm": mapping(
                words.RHYTHM,
                {
                    "counts": word(words.COUNTS),
                    "starts": word(words.STARTS),
                    "term_months": whole(),
                    "paid_every": whole(),
                },
            ),
            "application": mapping(
                words.APPLICATION,
                {
                    "documents": named(some(ref("text"))),
                    "process": ref("text"),
                    "clause": filled(),
                },
                rest=ref("day"),
            ),
            "unclear": some(ref("text")),
        },
        "from",
        "until",
        "sources",
        "requires",
    )
    made["allOf"] = [
        {
            "if": {"required": [key], "properties": {key: {"const": "not_stated"}}},
            "then": {"required": [needed]},
        }
        for key, needed in (("from", "seen"), ("until", "last_confirmed"))
    ]
    return made


def source() -> Schema:
    made = mapping(
        words.SOURCE,
        {
            "kind": word(words.SOURCE_KINDS),
            "date": or_not_stated(date()),
            "only_for": ref("text"),
        },
        "title",
        "kind",
        rest={"type": ["string", "integer"]},
    )
    made["anyOf"] = [{"required": ["url"]}, {"required": ["no_url"]}]
    return made


def example() -> Schema:
    names = {"type": "array", "items": {"type": "string"}}
    expect = mapping(
        words.EXPECT,
        {
            "outcome": word(words.OUTCOMES),
            "amount": expected_amount(),
            "entitled": expected_amount(),
            "missing": names,
            "fails": names,
            "unknown": names,
            "version": {"type": ["string", "integer"]},
            "status": word(words.STATUS),
            "standing": word(words.STANDINGS),
            "schedule": {"type": "object"},
            "concerns": flag(),
        },
    )
    shared = {
        "name": ref("text"),
        "expect": expect,
        "on": ref("date"),
        "from": month(),
        "to": month(),
        "drafts": flag(),
        "printed": flag(),
    }
    changes: dict[str, Schema] = {"set": {"type": "object"}, "remove": names}
    variant_keys = {k: t for k, t in words.EXAMPLE.items() if k in {**shared, **changes}}
    own_keys = {k: t for k, t in words.EXAMPLE.items() if k not in changes}
    variant = mapping(variant_keys, {**shared, **changes}, "name", "expect")
    return mapping(
        own_keys,
        {**shared, "given": {"type": "object"}, "variants": some(variant)},
        "name",
        "given",
        "expect",
    )


def month() -> Schema:
    return {"type": "string", "pattern": "^[12][0-9]{3}-[0-9]{2}$"}


def expected_amount() -> Schema:
    end = {"type": ["number", "null"]}
    return either(
        {"type": ["number", "null"]},
        {"const": "not_published"},
        {"type": "array", "items": end, "minItems": 2, "maxItems": 2},
    )
