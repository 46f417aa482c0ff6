"""The skeleton of a rule file loads once its blanks are filled in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from sgincentive.desk.drafts import Desk, read_draft
from sgincentive.desk.judge import ask, differences, prepare
from sgincentive.desk.lint import lint
from sgincentive.desk.skeleton import modeline, skeleton
from sgincentive.desk.written import write_whole
from sgincentive.ruleset import Rules
from sgincentive.source import SourceError
from sgincentive.words import Lang

ID = "zhejiang/ningbo/sample"
FILLED = [
    ("title: {zh: , en: }", "title: {zh: 样例, en: Sample}"),
    ("record: ", "record: sample"),
    ('applies_in: ""', 'applies_in: "330200"'),
    ("from: ", "from: 2020-01-01 "),
    ("last_confirmed: ", "last_confirmed: 2024-06 "),
    ("title:\n", "title: 通知\n"),
    ("number: ", "number: 1 "),
    ("publisher:\n", "publisher: 市民政局\n"),
    ("url: ", "url: http://example.org/ "),
    ("clause: ", "clause: 第一条 "),
    ('within: ""', 'within: "330200"'),
    ("text: {zh: , en: }", "text: {zh: 在岗, en: in post}"),
    ("assistant: , social_worker: , senior: }", "assistant: 1, social_worker: 2, senior: 3}"),
    ("name: {zh: , en: }", "name: {zh: 例, en: case}"),
    ("on: ", "on: 2024-01-10 "),
    ("obtained: }", "obtained: 2023-12-05}"),
    ('division: "", start: ,', 'division: "330203", start: 2020-01-01,'),
    ("amount: }", "amount: 1}"),
    ("posts.0.end: }", "posts.0.end: 2023-12-31}"),
]


@pytest.mark.parametrize("lang", get_args(Lang))
def test_the_skeleton_loads_once_filled(lang: Lang) -> None:
    text = skeleton(ID, lang)
    empty = read_draft(text, "a.yaml", ID)
    assert empty.scheme is None
    assert all(d.mark is not None for d in empty.problems), "each blank has its message"
    for blank, value in FILLED:
        assert blank in text, blank
        text = text.replace(blank, value, 1)
    draft = read_draft(text, "a.yaml", ID)
    assert draft.problems == ()
    assert draft.scheme is not None
    rules = Rules([draft.scheme])
    for example in draft.scheme.examples:
        case = prepare(example, "worker")
        assert list(differences(case, draft.scheme, ask(case, draft.scheme, rules))) == []
    assert lint(Desk(Path(), 1, (draft,), (), ()), [ID], date(2024, 7, 1)) == []


def test_the_first_line_leads_to_the_schema() -> None:
    assert modeline("a/b") == "# yaml-language-server: $schema=../../docs/rule-file.schema.json"
    assert modeline(ID).count("../") == 3


@pytest.mark.parametrize("id", ["Zhejiang/x", "x", "a/b c", "a//b", "/a/b", "a/../b", ""])
def test_a_bad_id_is_refused(id: str) -> None:
    with pytest.raises(SourceError, match="lower-case"):
        skeleton(id, "zh")


# ------------------------------------------------------------------------- writing files


def test_a_file_is_written_whole_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.yaml"
    write_whole(path, "一\n")
    assert path.read_text("utf-8") == "一\n"
    with pytest.raises(SourceError, match="was not overwritten"):
        write_whole(path, "二\n")
    assert path.read_text("utf-8") == "一\n"
    write_whole(path, "二\n", over=True)
    assert path.read_text("utf-8") == "二\n"
    assert [p.name for p in path.parent.iterdir()] == ["b.yaml"]


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceError, match="cannot be written"):
        write_whole(tmp_path / "file" / "b.yaml", "x")
    folder = tmp_path / "folder"
    (folder / "b.yaml").mkdir(parents=True)
    with pytest.raises(SourceError):
        write_whole(folder / "b.yaml", "x", over=True)
    assert [p.name for p in folder.iterdir()] == ["b.yaml"]
