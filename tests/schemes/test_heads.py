"""What is remembered of rule files between runs, and when it is not believed."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from sgincentive.schemes import heads
from sgincentive.schemes.index import RuleFile, rule_files

HEAD = 'subject: {subject}\napplies_in: "{place}"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of as many rule files as are worth remembering, none of them new."""
    rules = tmp_path / "rules"
    rules.mkdir()
    for i in range(heads.FEW + 1):
        (rules / f"r{i}.yaml").write_text(HEAD.format(subject="worker", place="330200"), "utf-8")
    return rules


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(heads.VARIABLE, str(tmp_path / "cache"))
    # The files of the test are new; the two seconds that guard them are tested by themselves.
    monkeypatch.setattr(heads, "SETTLED_NS", -(10**15))
    return tmp_path / "cache"


def said(folder: Path) -> dict[str, tuple[str | None, tuple[str, ...] | None]]:
    found = {}
    for file in rule_files(folder):
        assert isinstance(file, RuleFile)
        found[file.id] = file.subject, file.places
    return found


def remembered(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


def test_the_second_run_opens_no_file_and_says_the_same(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = said(folder)
    before = remembered(cache).stat().st_mtime_ns

    def refuse(*_: object) -> str:
        raise AssertionError

    monkeypatch.setattr("sgincentive.schemes.index._beginning", refuse)
    assert said(folder) == first
    assert first["r0"] == ("worker", ("330200",))
    assert remembered(cache).stat().st_mtime_ns == before, "what has not changed is not written"


def test_a_changed_file_is_read_again_even_with_its_old_size_and_time(folder: Path) -> None:
    said(folder)
    path = folder / "r3.yaml"
    was = path.stat()
    time.sleep(0.01)
    path.write_text(HEAD.format(subject="worker", place="110000"), "utf-8")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert path.stat().st_size == was.st_size
    assert said(folder)["r3"] == ("worker", ("110000",))


def test_files_that_come_and_go(folder: Path, cache: Path) -> None:
    said(folder)
    (folder / "r0.yaml").unlink()
    (folder / "new.yaml").write_text(HEAD.format(subject="project", place="110000"), "utf-8")
    found = said(folder)
    assert "r0" not in found
    assert found["new"] == ("project", ("110000",))
    assert "r0.yaml" not in json.loads(remembered(cache).read_text())["files"]


def test_a_file_of_this_moment_is_not_believed_next_time(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "SETTLED_NS", 2_000_000_000)
    said(folder)
    assert not cache.exists(), "every file of the folder is new"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', "\x00", '{"format": 0}'])
def test_a_broken_cache_is_no_cache(folder: Path, cache: Path, text: str) -> None:
    first = said(folder)
    remembered(cache).write_text(text)
    assert said(folder) == first


@pytest.mark.parametrize("entry", [None, [], [[1]], ["x", "worker", None], 5])
def test_a_broken_entry_is_read_again(folder: Path, cache: Path, entry: object) -> None:
    first = said(folder)
    data = json.loads(remembered(cache).read_text())
    data["files"]["r1.yaml"] = entry
    remembered(cache).write_text(json.dumps(data))
    assert said(folder) == first


def test_a_folder_that_cannot_be_written_does_no_harm(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv(heads.VARIABLE, str(blocked / "below"))
    assert said(folder) == said(folder)


def test_few_files_are_not_remembered(cache: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    (small / "a.yaml").write_text(HEAD.format(subject="worker", place="330200"), "utf-8")
    said(small)
    assert not cache.exists()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({heads.VARIABLE: ""}, None),
        ({heads.VARIABLE: "/x"}, Path("/x")),
        ({"XDG_CACHE_HOME": "/y"}, Path("/y/sgincentive")),
        ({"HOME": "/home/somebody"}, Path("/home/somebody/.cache/sgincentive")),
        ({"XDG_CACHE_HOME": "relative"}, None),
    ],
)
def test_where_it_is_kept(
    variables: dict[str, str], expected: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (heads.VARIABLE, "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert heads.cache_folder() == expected


def test_where_it_is_kept_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(heads.VARIABLE, raising=False)
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    assert heads.cache_folder() == Path("/local/sgincentive")
