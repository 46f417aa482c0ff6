"""``sgincentive schemes``, ``show`` and the help texts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import sgincentive as sg
from tests.cli.command_line import RULE, Run

NINGBO = "zhejiang/ningbo/exam-reward"
IDS = {
    "heilongjiang/qitaihe/exam-reward",
    "heilongjiang/qitaihe/procurement",
    "heilongjiang/qitaihe/station-staffing",
    NINGBO,
    "zhejiang/taizhou/certificate-reward",
    "hebei/tangshan/union-certificate-allowance",
    "anhui/hefei/exam-subsidy",
    "anhui/hefei/feixi/exam-subsidy",
    "tianjin/station-funding",
    "chongqing/skills-contest",
    "jiangsu/party-led-demonstration-site",
    "zhejiang/settlement-and-housing",
    "hebei/langfang/free-training",
}


def listed(run: Run, *more: str) -> list[str]:
    ran = run("schemes", "--json", *more)
    assert (ran.status, ran.err) == (0, "")
    return [row["scheme"] for row in json.loads(ran.out)["schemes"]]


def test_every_scheme_by_id(run: Run) -> None:
    ids = listed(run)
    assert set(ids) >= IDS
    assert ids == sorted(ids)
    assert ids == list(sg.load_rules())


def test_the_table_shows_each_id_whole(run: Run) -> None:
    for lang in ("zh", "en"):
        lines = run("schemes", "--lang", lang).out.splitlines()
        assert set(lines) >= IDS, "an id stands on a line of its own and can be copied"


def test_the_table_says_what_and_how_sure(run: Run) -> None:
    out = run("schemes", "--in", "宁波市", "--lang", "en").out
    head = out.splitlines()
    assert head[0] == "id"
    for word in ("title", "place", "benefit and amounts", "in force", "confidence"):
        assert word in head[1]
    row = " ".join(out[out.index(NINGBO) :].split())
    for word in ("宁波市", "one-off", "1,500.00", "3,000.00", "5,000.00", "2024"):
        assert word in row


def test_amounts_never_published_are_not_shown_as_nothing(run: Run) -> None:
    out = run("schemes", "--in", "合肥市").out
    assert "未公" in out
    assert "0.00" not in out


def test_in_a_province(run: Run) -> None:
    by_name, by_code = listed(run, "--in", "浙江"), listed(run, "--in", "330000")
    assert by_name == by_code
    assert set(by_name) == {i for i in listed(run) if i.startswith(("zhejiang/", "national/"))}


def test_in_a_county_lists_what_lies_above_it(run: Run) -> None:
    ids = listed(run, "--in", "海曙区")
    assert {NINGBO, "zhejiang/settlement-and-housing"} <= set(ids)
    above = re.compile("(national|zhejiang|zhejiang/ningbo|zhejiang/ningbo/haishu)/[^/]+")
    assert [id for id in ids if not above.fullmatch(id)] == []


def test_in_a_place_without_rules(run: Run) -> None:
    assert [id for id in listed(run, "--in", "拉萨市") if not id.startswith("national/")] == []
    ran = run("schemes", "--in", "拉萨市", "--subject", "worker", "--lang", "en")
    assert (ran.status, ran.out) == (0, "no scheme on record\n")


def test_by_subject(run: Run) -> None:
    assert "heilongjiang/qitaihe/procurement" in listed(run, "--subject", "project")
    kinds = [set(listed(run, "--subject", kind)) for kind in ("worker", "project", "station")]
    kinds.append(set(listed(run, "--subject", "organisation")))
    assert sum(map(len, kinds)) == len(set.union(*kinds)) == len(listed(run))


def test_subject_and_place_together(run: Run) -> None:
    ids = listed(run, "--subject", "project", "--in", "七台河市")
    assert "heilongjiang/qitaihe/procurement" in ids
    assert all(id.startswith(("heilongjiang/", "national/")) for id in ids)


def test_json_rows(run: Run) -> None:
    for row in json.loads(run("schemes", "--json").out)["schemes"]:
        assert {"scheme", "title", "subject", "applies_in", "benefit", "versions"} <= set(row)
        assert set(row["title"]) == {"zh", "en"}
        assert all(re.fullmatch("[0-9]{6}.*", place["code"]) for place in row["applies_in"])
        assert row["versions"]
        assert row["benefit"]["kind"]


def test_another_folder_adds_and_replaces(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(RULE)
    assert set(listed(run, "--rules", str(tmp_path))) == {*listed(run), "mine"}


@pytest.mark.parametrize("id", sorted(IDS))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_show(id: str, lang: str, run: Run) -> None:
    ran = run("show", id, "--lang", lang)
    assert (ran.status, ran.err) == (0, "")
    scheme = sg.load_rules()[id].scheme
    flat = re.sub(r"\s", "", ran.out)
    assert re.sub(r"\s", "", scheme.title.get(lang)) in flat  # type: ignore[arg-type]
    assert id in flat
    for version in scheme.versions:
        for source in version.sources:
            assert re.sub(r"\s", "", source.title) in flat
            assert source.url is None or source.url in flat
        for text in version.unclear:
            assert re.sub(r"\s", "", text.get(lang)) in flat  # type: ignore[arg-type]
        for requirement in version.requirements:
            assert requirement.id in flat
    for example in scheme.examples:
        assert re.sub(r"\s", "", example.name.get(lang)) in flat  # type: ignore[arg-type]


def test_show_json(run: Run) -> None:
    data = json.loads(run("show", NINGBO, "--json", "--lang", "en").out)
    assert data["scheme"] == NINGBO
    assert "Ningbo" in data["page"]


def test_show_by_alias(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text(RULE + "aliases: [old/place]\n")
    ran = run("show", "old/place", "--rules", tmp_path, "--lang", "en")
    assert ran.status == 0
    assert "Test reward" in ran.out


def test_show_a_broken_scheme_says_what_is_wrong(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(RULE.replace("amount: 1000", "amount: 1e3"))
    ran = run("show", "mine", "--rules", tmp_path, "--lang", "en")
    assert (ran.status, ran.out) == (2, "")
    assert "mine.yaml:15:13" in ran.err


def test_a_broken_file_does_not_keep_another_from_being_shown(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(RULE.replace("amount: 1000", "amount: 1e3"))
    (tmp_path / "new.yaml").write_text(RULE + "aliases: [old/place]\n")
    assert run("show", NINGBO, "--rules", tmp_path).status == 0
    assert run("show", "old/place", "--rules", tmp_path).status == 0


def test_show_a_wrong_id_gives_the_nearest(run: Run) -> None:
    ran = run("show", "zhejiang/ningbo/exam-reword")
    assert (ran.status, ran.out) == (2, "")
    assert "是否想用 zhejiang/ningbo/exam-reward" in ran.err


HELP = {
    "zh": ("用法: sgincentive", "选项:", "示例:", "显示帮助"),
    "en": ("Usage: sgincentive", "Options:", "Example", "show this help"),
}


@pytest.mark.parametrize("command", ["check", "schemes", "show"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_of_each_command(command: str, lang: str, run: Run) -> None:
    ran = run(command, "--help", "--lang", lang)
    assert (ran.status, ran.err) == (0, "")
    for words in HELP[lang]:
        assert words in ran.out
    assert f"    sgincentive {command}" in ran.out, "an example to copy"
    for option in ("--rules", "--lang", "--json", "--help"):
        assert option in ran.out
    assert bool(re.search("[一-鿿]", ran.out.replace("浙江", ""))) == (lang == "zh")


def test_help_of_check_names_the_exit_status(run: Run) -> None:
    out = run("check", "--help", "--lang", "en").out
    assert "Exit status: 0 evaluated" in out
    for option in ("--scheme ID", "--on DATE", "--from MONTH", "--to MONTH"):
        assert option in out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_of_all(lang: str, run: Run) -> None:
    ran = run("--help", "--lang", lang)
    assert ran.status == 0
    for command in ("check", "schemes", "show"):
        assert re.search(rf"^  {command} ", ran.out, re.MULTILINE)
    assert bool(re.search("[一-鿿]", ran.out)) == (lang == "zh")


def test_version(run: Run) -> None:
    ran = run("--version")
    assert (ran.status, ran.out.split()[-1]) == (0, sg.__version__)


def test_show_says_which_examples_ask_a_draft(run: Run) -> None:
    id = "guangdong/foshan/nanhai/wage-guide"
    assert " → ineligible (by the draft)\n" in run("show", id, "--lang", "en").out
    assert " → ineligible（按征求意见稿）\n" in run("show", id, "--lang", "zh").out
