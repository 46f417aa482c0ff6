"""What the subjects of a roster are called: one person, or one project, a row or several."""

from __future__ import annotations

from typing import Final, NamedTuple

from sgincentive.words import Text


class SubjectWords(NamedTuple):
    """``name`` and ``key`` head the columns that say which subject a row is about; ``same`` and
    ``one`` speak of rows of one subject; ``many`` and ``counted`` of how many there are."""

    name: Text
    key: Text
    same: Text
    one: Text
    many: Text
    counted: Text


SUBJECT_WORDS: Final = {
    "worker": SubjectWords(
        Text("姓名", "name"), Text("人员编号", "person"), Text("同一人", "the same person"),
        Text("每人", "person"), Text("人数", "people"), Text("{} 人", "{} people"),
    ),
    "project": SubjectWords(
        Text("项目名称", "project name"), Text("项目代码", "project id"),
        Text("同一项目", "the same project"), Text("每个项目", "project"),
        Text("项目数", "projects"), Text("{} 个项目", "{} projects"),
    ),
    "station": SubjectWords(
        Text("站点名称", "station name"), Text("站点编号", "station id"),
        Text("同一站点", "the same station"), Text("每个站点", "station"),
        Text("站点数", "stations"), Text("{} 个站点", "{} stations"),
    ),
    "organisation": SubjectWords(
        Text("机构名称", "organisation name"), Text("机构编号", "organisation id"),
        Text("同一机构", "the same organisation"), Text("每家机构", "organisation"),
        Text("机构数", "organisations"), Text("{} 家机构", "{} organisations"),
    ),
}  # fmt: skip
KEY_HEADINGS: Final = (
    *(words.key.zh for words in SUBJECT_WORDS.values()),
    "身份证号", "身份证号码", "公民身份号码", "证件号码", "工号",
    "person", "person_id", "person id", "project_id", "station_id", "organisation_id",
)  # fmt: skip
"""Headings of the column that says which rows are one subject, the first found counts."""
