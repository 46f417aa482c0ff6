"""Which files are on the desk, and what stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sgincentive.desk.drafts import open_desk, read_draft
from sgincentive.schemes.index import shipped_rules
from sgincentive.source import SourceError
from tests.desk.made_up import FILE, HEAD, TERMS, VERSION, desk, file, write

LOWER = file(more="relations: [{overrides: x/upper, where: {fact: veteran, is: true}}]\n")


def test_a_folder(tmp_path: Path) -> None:
    opened = desk(tmp_path, b=FILE, a=FILE)
    assert [d.id for d in opened.drafts] == ["x/a", "x/b"]
    assert opened.files == 2
    assert [s.id for s in opened.schemes()] == ["x/a", "x/b"]
    assert opened.errors == []


@pytest.mark.parametrize("prefix", ["x/a", "x/a.yaml"])
def test_one_id(tmp_path: Path, prefix: str) -> None:
    folder = write(tmp_path, a=FILE, ab=FILE)
    assert [d.id for d in open_desk(folder, prefixes=[prefix]).drafts] == ["x/a"]
    assert [d.id for d in open_desk(folder, prefixes=["x", "y"]).drafts] == ["x/a", "x/ab"]


def test_one_file_or_a_part_of_a_folder(tmp_path: Path) -> None:
    folder = write(tmp_path, a=FILE)
    path = folder / "x" / "a.yaml"
    assert [d.id for d in open_desk(path).drafts] == ["a"]
    assert [d.id for d in open_desk(path, root=folder).drafts] == ["x/a"]
    assert [d.id for d in open_desk(folder / "x", root=folder).drafts] == ["x/a"]


def test_what_overrides_or_is_overridden_stands_beside(tmp_path: Path) -> None:
    folder = write(tmp_path, upper=FILE, lower=LOWER, other=FILE, broken="overrides: [",
                   apart=LOWER.replace("x/upper", "x/none"))  # fmt: skip
    up = open_desk(folder, prefixes=["x/upper"])
    low = open_desk(folder, prefixes=["x/lower"])
    assert [s.id for s in up.others] == ["x/lower"]
    assert [s.id for s in low.others] == ["x/upper"]
    upper, lower = up.drafts[0].scheme, low.drafts[0].scheme
    assert upper is not None
    assert lower is not None
    assert [s.id for s in up.around(upper)] == ["x/lower"]
    assert up.above(upper) == []
    assert [s.id for s in low.above(lower)] == ["x/upper"]
    assert sorted(up.rules_for(upper)) == ["x/lower", "x/upper"]


def test_an_alias_counts_as_the_id(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        moved=file(more="aliases: [x/upper]\n"),
        lower=LOWER,
        wrong="overrides: x/moved\naliases: none\n",
    )
    opened = open_desk(folder, prefixes=["x/lower"])
    assert [s.id for s in opened.others] == ["x/moved"]


def test_every_problem_is_told_and_the_rest_is_used(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        good=FILE,
        bad=f"{HEAD}versions:\n{VERSION}{TERMS}".replace("payer", "payr"),
        twice=file(more="aliases: [x/good]\n"),
        syntax="a: [",
    )
    (folder / "x" / "Upper.yaml").write_text(FILE)
    opened = open_desk(folder)
    assert opened.files == 4
    assert [d.id for d in opened.drafts] == ["x/bad", "x/good", "x/twice"]
    said = "\n".join(d.render("en") for d in opened.errors)
    for words in ('unknown field "payr"', '"x/good" is used twice', "Upper.yaml", "syntax.yaml"):
        assert words in said


def test_problems_of_other_files_are_not_told(tmp_path: Path) -> None:
    folder = write(tmp_path, good=FILE, syntax="a: [")
    (folder / "y").mkdir()
    (folder / "y" / "Upper.yaml").write_text(FILE)
    assert open_desk(folder, prefixes=["x/good"]).problems == ()
    with pytest.raises(SourceError, match="Upper"):
        open_desk(folder, prefixes=["y"])


def test_nothing_chosen(tmp_path: Path) -> None:
    folder = write(tmp_path, good=FILE)
    with pytest.raises(SourceError, match="did you mean x/good"):
        open_desk(folder, prefixes=["x/goed"])
    with pytest.raises(SourceError, match="no such rule file"):
        open_desk(folder, prefixes=["zzz"])
    with pytest.raises(SourceError, match="no such rule folder"):
        open_desk(folder / "none")
    empty = folder / "empty"
    empty.mkdir()
    with pytest.raises(SourceError, match="no such rule file"):
        open_desk(empty)


def test_a_text_that_is_no_yaml() -> None:
    with pytest.raises(SourceError):
        read_draft("a: [", "a.yaml", "a")


def test_a_part_of_the_shipped_rules_keeps_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else an example that names its own scheme would fail in a folder of its own."""
    monkeypatch.chdir(shipped_rules())
    for part in (Path("shanghai"), shipped_rules() / "shanghai" / "residence-points.yaml"):
        ids = [draft.id for draft in open_desk(part).drafts]
        assert "shanghai/residence-points" in ids
        assert all(id.startswith("shanghai/") for id in ids)
