"""Profiles from documents: problems by line and column, never with the line itself."""

import pytest

from sgincentive.facts import Station, Worker, read_profile, view
from sgincentive.source import SourceError, parse

GOOD = """\
subject: worker
birth_date: 1990-05-01
hukou: "330203"
certificates:
  - level: social_worker
    exam_year: 2024
posts:
  - {role: community_worker, wage: 4100.10, end: null}
received: []
"""

BAD = """\
subject: worker
birth_date: 2025-02-30
户籍: 330203
certificats: []
posts:
  - start: 2024-01-01
    end: 2023-01-01
    wage: 1e3
  - 3
partial: [post]
"""


def read(text: str) -> Worker | object:
    return read_profile(parse(text, "p.yaml"), "p.yaml")


def test_a_good_profile() -> None:
    worker = read(GOOD)
    assert isinstance(worker, Worker)
    assert view(worker)["posts"] == [{"role": "community_worker", "wage": 410010, "end": None}]
    assert view(worker)["received"] == []


def test_json_is_a_profile_too() -> None:
    assert isinstance(read('{"subject": "station", "staff": {"total": 5}}'), Station)


def test_a_bad_profile() -> None:
    with pytest.raises(SourceError) as error:
        read(BAD)
    found = [
        (d.mark.line, d.mark.column, d.text.en.split(":")[0])
        for d in error.value.diagnostics
        if d.mark is not None
    ]
    assert found == [
        (2, 13, "birth_date"),
        (3, 5, "户籍"),
        (4, 1, "certificats"),
        (7, 10, "posts[0].end"),
        (8, 11, "posts[0].wage"),
        (9, 5, "posts[1]"),
        (10, 11, "partial[0]"),
    ]
    assert all(d.line_text is None for d in error.value.diagnostics)
    said = error.value.render("en")
    assert "p.yaml:2:13" in said
    assert "2025-02-30" not in said
    assert "posts[0].end：" in error.value.render("zh")


@pytest.mark.parametrize(
    ("text", "place"),
    [("a: 1\n", "p.yaml:1:1"), ("subject: wroker\n", "p.yaml:1:10"), ("- 1\n", "p.yaml:1:1")],
)
def test_not_a_subject(text: str, place: str) -> None:
    with pytest.raises(SourceError) as error:
        read_profile(parse(text, "p.yaml", top="any"), "p.yaml")
    assert place in error.value.render("en")


def test_kind_from_outside() -> None:
    tree = parse("staff: {total: 5}\n", "p.yaml")
    assert isinstance(read_profile(tree, "p.yaml", kind="station"), Station)
