"""Every fact has a name, a type, labels and a question in both languages."""

import re

import pytest

from sgincentive.facts import (
    Budget,
    Fact,
    facts,
    list_of,
    lists,
    subject_kinds,
    vocabularies,
    vocabulary,
)
from sgincentive.facts.model import Part
from sgincentive.facts.reference import reference_markdown
from sgincentive.facts.registry import MODELS
from sgincentive.words import Text, Vocabulary

EVERY = [(kind, fact) for kind in subject_kinds for fact in facts(kind).values()]
WORDS = [each for each in vars(vocabularies).values() if isinstance(each, Vocabulary)]
CHINESE = re.compile("[\u4e00-\u9fff]")

# fmt: off
WORKER_NAMES = {
    "birth_date", "hukou", "residence", "applied", "certificate.level", "certificate.exam_year",
    "certificate.obtained", "certificate.exam_division", "certificate.registered_division",
    "certificate.registered", "post.role", "post.division", "post.start", "post.end",
    "post.establishment", "post.social_work", "post.engaged_level", "received.scheme",
    "received.issuer", "received.kind", "received.level", "received.amount", "received.paid",
    "statistic.value", "honour.kind", "fee.amount", "appraisal.result", "education.degree",
    "exam.passed", "insurance.base",
}
# fmt: on
# fmt: off
PROJECT_NAMES = {
    "division", "funds", "start", "end", "budget.wages", "budget.social_insurance",
    "budget.housing_fund", "budget.supervision", "budget.training", "budget.activities",
    "budget.management", "budget.tax", "staff.total", "staff.professionals", "person.role",
    "person.level", "person.degree", "person.full_time", "person.months", "budget_line.kind",
    "contractor.kind", "contractor.registered", "contractor.inspection.year",
    "contractor.staff.total", "contractor.person.level",
}
# fmt: on


def models() -> set[type[Part]]:
    found: set[type[Part]] = set()
    todo: list[type[Part]] = list(MODELS.values())
    while todo:
        model = todo.pop()
        if model not in found:
            found.add(model)
            for field in model.shape().fields.values():
                todo += [part for part in (field.one, field.many) if part is not None]
    return found


def in_both(text: Text) -> bool:
    return bool(CHINESE.search(text.zh)) and bool(text.en) and not CHINESE.search(text.en)


@pytest.mark.parametrize(
    ("kind", "fact"), [pytest.param(k, f, id=f"{k}:{f.name}") for k, f in EVERY]
)
def test_every_fact_is_complete(kind: str, fact: Fact) -> None:
    assert in_both(fact.label)
    assert in_both(fact.question)
    assert fact.question.zh.endswith(("？", "）？"))
    assert fact.question.en.endswith("?")
    assert fact.label.zh in fact.aliases
    assert fact.nullable == (fact.null_means is not None)
    assert fact.null_means is None or in_both(fact.null_means)
    assert (fact.vocabulary is not None) == (fact.type in ("word", "level"))
    assert (fact.unit is not None) or fact.type not in ("money", "months")
    assert vocabulary(kind, fact.name) is fact.vocabulary
    assert facts(kind)[fact.name] is fact


@pytest.mark.parametrize("kind", subject_kinds)
def test_every_list_is_complete(kind: str) -> None:
    for name, found in lists(kind).items():
        assert found.name == name
        assert in_both(found.label)
        assert in_both(found.question)
        assert list_of(kind, found.element) is found
        prefix = found.element + "."
        fields = {fact.removeprefix(prefix) for fact in facts(kind) if fact.startswith(prefix)}
        assert fields
        assert {found.entry_date, found.start, found.end} - {None} <= fields
        for field in {found.entry_date, found.start, found.end} - {None}:
            assert facts(kind)[f"{prefix}{field}"].type == "date"


def test_elements_do_not_hide_other_facts() -> None:
    for kind in subject_kinds:
        elements = [found.element for found in lists(kind).values()]
        assert len(elements) == len(set(elements))
        groups = {name.split(".")[0] for name in MODELS[kind].shape().fields}
        assert not {e for e in elements if e in groups} - {"received", "education", "insurance"}


def test_dates_of_entries() -> None:
    dated = {name: each.entry_date for name, each in lists("worker").items()}
    assert dated == {
        "certificates": "obtained",
        "posts": "start",
        "exams": None,
        "appraisals": None,
        "education": "graduated",
        "honours": "start",
        "fees": "paid",
        "insurance": "start",
        "received": "paid",
        "statistics": None,
    }


def test_names_that_others_rely_on() -> None:
    worker, project, station = facts("worker"), facts("project"), facts("station")
    assert set(worker) >= WORKER_NAMES
    assert set(project) >= PROJECT_NAMES
    assert {"staff.persons", "contractor.inspections", "contractor.staff.persons"} <= set(
        lists("project")
    )
    assert {"staff.total", "purchase.fund_source", "clients.elderly"} <= set(station)
    assert "contractor.applied" not in project
    assert "subject" not in worker
    assert worker["certificate.level"].type == "level"
    assert worker["received.amount"].unit == "CNY"


def test_an_unknown_kind() -> None:
    with pytest.raises(KeyError):
        facts("person")
    assert list_of("worker", "nothing") is None


@pytest.mark.parametrize("model", sorted(models(), key=str))
def test_a_chinese_name_names_one_field(model: type[Part]) -> None:
    assert model.shape().spellings  # raises where two fields share a name


def test_names_that_clash_are_refused() -> None:
    from sgincentive.facts import types as t
    from sgincentive.facts.model import fact

    class Twice(Part):
        one: t.Flag = fact(("同名", "one"), ("一？", "one?"))
        two: t.Flag = fact(("同名", "two"), ("二？", "two?"))

    with pytest.raises(TypeError, match="同名 names two fields"):
        Twice.shape()


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.name)
def test_a_spelling_means_one_word(words: Vocabulary) -> None:
    meant: dict[str, str] = {value: value for value in words.values}
    rows = [(label.zh, value) for value, label in words.labels.items()]
    for spelling, value in [*rows, *words.spellings.items()]:
        assert meant.setdefault(spelling, value) == value
    assert all(in_both(label) for label in words.labels.values() if label.zh[0] not in "12345")
    assert set(words.labels) == set(words.values)
    for spelling, value in meant.items():
        assert words.find(spelling) == value


def test_no_spelling_is_written_twice() -> None:
    import ast
    from pathlib import Path

    tree = ast.parse(Path(vocabularies.__file__).read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "_words":
            rows = call.args[1]
            assert isinstance(rows, ast.List)
            said = [
                word.value
                for row in rows.elts
                if isinstance(row, ast.Tuple)
                for at, word in enumerate(row.elts)
                if isinstance(word, ast.Constant) and isinstance(word.value, str) and at != 2
            ]
            assert sorted(said) == sorted(set(said))


def test_order_of_words() -> None:
    assert vocabularies.LEVELS.values == ("assistant", "social_worker", "senior")
    ordered = {words.name for words in WORDS if words.ordered}
    assert {"level", "degree", "appraisal", "rating", "inspection"} <= ordered


def test_a_budget_line_has_the_kinds_of_the_budget() -> None:
    assert set(Budget.shape().fields) == set(vocabularies.BUDGET_KINDS.values)
    for name, field in Budget.shape().fields.items():
        assert vocabularies.BUDGET_KINDS.labels[name].zh.startswith(field.note.label.zh)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_reference_shows_everything(lang: str) -> None:
    page = reference_markdown(lang)  # type: ignore[arg-type]
    for kind in subject_kinds:
        assert f"`subject: {kind}`" in page
    for model in models():
        for name, field in model.shape().fields.items():
            assert f"| `{name}` |" in page
            assert field.note.question.get(lang) in page  # type: ignore[arg-type]
    for words in WORDS:
        if words.name != "subject":
            assert f"### {words.name}" in page
    assert "\n\n\n" not in page
    columns = {line.count(" | ") for line in page.splitlines() if line.startswith("| ")}
    assert columns == {5}
