"""The profile reference, generated from the models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sgincentive.facts.model import Part
from sgincentive.facts.registry import MODELS
from sgincentive.facts.shape import FieldShape, Form
from sgincentive.facts.spec import FactType
from sgincentive.facts.vocabularies import SUBJECTS
from sgincentive.words import Lang, Text, Vocabulary

_TYPES: Final[dict[FactType, Text]] = {
    "bool": Text("是/否（true/false）", "true or false"),
    "date": Text("日期 YYYY-MM-DD", "day YYYY-MM-DD"),
    "year": Text("年份", "year"),
    "money": Text("金额", "money"),
    "count": Text("整数", "whole number"),
    "number": Text("数", "number"),
    "months": Text("月数", "months"),
    "level": Text("级别", "level"),
    "division": Text("行政区划", "division"),
    "word": Text("词", "word"),
    "text": Text("文本", "text"),
}
_UNITS: Final[dict[str, Text]] = {
    "CNY": Text("元", "CNY"),
    "CNY per month": Text("元/月", "CNY per month"),
    "persons": Text("人", "persons"),
    "posts": Text("个岗位", "posts"),
    "families": Text("户", "families"),
    "households": Text("户", "households"),
    "villages": Text("个", "villages"),
    "points": Text("分（个）", "points"),
    "pieces": Text("个（篇）", "pieces"),
    "times": Text("次", "times"),
    "minutes": Text("分钟", "minutes"),
    "stars": Text("星", "stars"),
    "grade": Text("级", "grade"),
    "months": Text("个月", "months"),
    "hours": Text("小时", "hours"),
    "years": Text("年", "years"),
}
_HEAD: Final = (
    Text("字段", "field"),
    Text("中文字段名", "Chinese names"),
    Text("类型", "type"),
    Text("单位", "unit"),
    Text("取值", "values"),
    Text("问题", "question"),
)
_TITLE: Final = Text("资料字段参考", "Profile reference")
_INTRO: Final = Text(
    "本页由模型生成。没有写的字段是未知；`null` 表示确知没有，只在注明处可用；列表没有写是未知，"
    "写出就是完整的，除非 `partial` 列出它的名字。中文字段名与英文字段名等效，同一字段只写一次。"
    "金额以元计，用整数或文本，不用浮点数。行政区划写代码（加引号）或地名。",
    "This page is generated from the models. A field left out is unknown; `null` means known to "
    "be none and is accepted only where stated; a list left out is unknown, a list given is "
    "complete unless `partial` names it. Chinese and English field names are equal; give a field "
    "once. Money is in yuan, a whole number or text, never a float. A division is a code (in "
    "quotes) or a Chinese place name.",
)
_VALUES: Final = Text("词表", "Words")
_ORDERED: Final = Text("由低到高", "in rising order")
_NULL: Final = Text("`null`：{}", "`null`: {}")


def reference_markdown(lang: Lang) -> str:
    """The page in ``lang``: a table for each subject, list and group, then the words."""
    out = [f"# {_TITLE.get(lang)}", "", _INTRO.get(lang), ""]
    words: dict[str, Vocabulary] = {}
    seen: set[type[Part]] = set()
    for kind, model in MODELS.items():
        label = SUBJECTS.labels[kind].get(lang)
        for heading, part in _sections(model, f"## {label} `subject: {kind}`", "", lang, seen):
            out += [heading, "", "| " + " | ".join(cell.get(lang) for cell in _HEAD) + " |"]
            out.append("|---|---|---|---|---|---|")
            out += [_row(field, lang, words) for field in part.shape().fields.values()]
            out.append("")
    out += [f"## {_VALUES.get(lang)}", ""]
    for name in sorted(words):
        out += _words(words[name], lang)
    return "\n".join(out).rstrip() + "\n"


def _sections(
    model: type[Part], heading: str, prefix: str, lang: Lang, seen: set[type[Part]]
) -> Iterator[tuple[str, type[Part]]]:
    """The model under its heading, then its parts that have not had a table yet."""
    yield heading, model
    for field in model.shape().fields.values():
        for part in (field.one, field.many):
            # A contractor is an organisation, which has a section of its own.
            if part is None or part in seen or part.subject_kind is not None:
                continue
            seen.add(part)
            path = f"{prefix}{field.name}{'[]' if part is field.many else ''}"
            inner = f"### {field.note.label.get(lang)} `{path}`"
            yield from _sections(part, inner, f"{path}.", lang, seen)


def _row(field: FieldShape, lang: Lang, words: dict[str, Vocabulary]) -> str:
    note = field.note
    type_, values = _type(field, lang)
    if field.kind is not None and field.kind.vocabulary is not None:
        words[field.kind.vocabulary.name] = field.kind.vocabulary
    if note.null_means is not None:
        null = _NULL.get(lang).format(note.null_means.get(lang))
        values = f"{values}; {null}" if values else null
    unit = "" if note.unit is None else _UNITS[note.unit].get(lang)
    cells = (
        f"`{field.name}`",
        "、".join(note.aliases),
        type_,
        unit,
        values,
        note.question.get(lang),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _type(field: FieldShape, lang: Lang) -> tuple[str, str]:
    """What stands under type and under values."""
    if field.kind is not None:
        vocabulary = field.kind.vocabulary
        values = "" if vocabulary is None else f"[{vocabulary.name}](#{_anchor(vocabulary)})"
        return _TYPES[field.kind.type].get(lang), values
    plain = {
        Form.LIST: (Text("列表", "list"), Text("", "")),
        Form.GROUP: (Text("分组", "group"), Text("", "")),
        Form.STAFF: (
            Text("人数合计或人员列表", "counts, or a list of persons"),
            Text("", ""),
        ),
        Form.PARTIAL: (Text("列表名的列表", "names of lists"), Text("", "")),
        Form.CONFIRMED: (
            Text("确认事项", "words of an office"),
            Text("{政策项目: {条件: true/false}}", "{scheme: {requirement: true/false}}"),
        ),
    }
    said, values_ = plain[field.form]
    return said.get(lang), values_.get(lang)


def _anchor(vocabulary: Vocabulary) -> str:
    return f"words-{vocabulary.name.replace('_', '-')}"


def _words(vocabulary: Vocabulary, lang: Lang) -> list[str]:
    order = f" ({_ORDERED.get(lang)})" if vocabulary.ordered else ""
    out = [f'<a id="{_anchor(vocabulary)}"></a>', "", f"### {vocabulary.name}{order}", ""]
    for value in vocabulary.values:
        label = vocabulary.labels[value]
        others = [word for word, to in vocabulary.spellings.items() if to == value]
        said = f"- `{value}` {label.zh} / {label.en}"
        out.append(said + (f" ({'、'.join(others)})" if others else ""))
    return [*out, ""]
