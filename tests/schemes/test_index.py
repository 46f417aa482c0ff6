"""Finding rule files: what is passed over, what is refused, and where the shipped ones are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import sgincentive as sg
from sgincentive.schemes import index
from sgincentive.schemes.index import RuleFile, rule_files, shipped_rules
from sgincentive.source import SourceError
from tests.samples.samples import REWARD


def found(folder: Path) -> tuple[list[str], list[str]]:
    """The ids of the files and the messages of what cannot be used."""
    ids, errors = [], []
    for file in rule_files(folder):
        if isinstance(file, RuleFile):
            ids.append(file.id)
        else:
            errors += [each.text.en for each in file.diagnostics]
    return ids, errors


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".draft.yaml").write_text(REWARD, "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.yaml").write_text(REWARD, "utf-8")
    (tmp_path / "a.yaml").write_text(REWARD, "utf-8")
    assert found(tmp_path) == (["a"], [])


def test_more_files_than_can_be_meant_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "MAX_FILES", 2)
    for name in "abc":
        (tmp_path / f"{name}.yaml").write_text(REWARD, "utf-8")
    ids, errors = found(tmp_path)
    assert len(ids) == 2
    assert errors == ["more than 2 files"]


def test_what_is_no_regular_file_may_concern_anybody_until_it_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    ids, errors = found(tmp_path)
    assert ids == []
    assert errors
    (tmp_path / "pipe.yaml").unlink()
    (tmp_path / "folder.yaml").mkdir()
    assert found(tmp_path) == ([], [])


def test_a_link_to_nothing_is_an_error_of_whoever_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "nowhere.yaml")
    (file,) = rule_files(tmp_path)
    assert isinstance(file, RuleFile)
    assert (file.subject, file.places) == (None, None)
    with pytest.raises(SourceError, match="no such file"):
        file.read()
    with pytest.raises(SourceError, match="no such file"):
        sg.load_rules(tmp_path)


def test_a_file_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_text(REWARD, "utf-8")

    def deny(*_: object) -> int:
        raise PermissionError(13, "no")

    # A superuser may read all files: the refusal is played.
    monkeypatch.setattr("io.open", deny)
    monkeypatch.setattr(os, "open", deny)
    assert found(tmp_path) == ([], ["permission denied"])


def test_the_shipped_rules_lie_in_the_package_or_in_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "src" / "sgincentive"
    (home / "schemes").mkdir(parents=True)
    monkeypatch.setattr(index, "__file__", str(home / "schemes" / "index.py"))
    with pytest.raises(SourceError, match="the shipped rules are missing"):
        shipped_rules()
    (tmp_path / "rules").mkdir()
    assert shipped_rules() == tmp_path / "rules"
    (home / "_rules").mkdir()
    assert shipped_rules() == home / "_rules"
