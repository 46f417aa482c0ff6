"""Profiles through the door: what is accepted, what is stored, what comes back."""

import copy
import json
import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pydantic
import pytest

from sgincentive.facts import (
    UNKNOWN,
    BudgetLine,
    Certificate,
    Organisation,
    Person,
    Post,
    ProfileError,
    Project,
    StaffTotals,
    Station,
    Worker,
    subject_from,
    view,
)
from tests.samples.samples import sample_worker

WORKER: dict[str, Any] = {
    **sample_worker(),
    "partial": [],
    "received": [
        {
            "scheme": "zhejiang/taizhou/certificate-reward",
            "level": "assistant",
            "amount": 1000,
            "paid": "2021-05-01",
        },
        {
            "issuer": "温州市民政局",
            "kind": "one_off",
            "level": "assistant",
            "amount": 1000,
            "paid": "2020-12-01",
        },
    ],
    "confirmed": {},
}

PROJECT: dict[str, Any] = {
    "subject": "project",
    "division": "230900",
    "funds": 500000,
    "start": "2024-01-01",
    "end": "2024-12-31",
    "budget": {
        "wages": 240000,
        "social_insurance": 48000,
        "housing_fund": 12000,
        "supervision": 20000,
        "training": 5000,
        "activities": 120000,
        "management": 40000,
        "tax": 15000,
    },
    "staff": {"total": 10, "professionals": 3},
}

STATION: dict[str, Any] = {
    "subject": "station",
    "division": "230902",
    "staff": {"total": 5, "professionals": 3},
}


def test_the_worker_of_the_design() -> None:
    worker = Worker.model_validate(WORKER)
    assert worker.birth_date == date(1990, 5, 1)
    assert worker.sex is UNKNOWN
    assert worker.certificates is not UNKNOWN
    assert worker.certificates[0].obtained == date(2024, 12, 5)
    assert worker.posts is not UNKNOWN
    assert worker.posts[0].end is None
    assert worker.posts[0].wage is UNKNOWN
    assert worker.received is not UNKNOWN
    assert worker.received[0].amount == Decimal(1000)
    assert worker.received[1].issuer == "温州市民政局"
    assert worker.partial == frozenset()
    assert worker.confirmed == {}


def test_the_project_of_the_design() -> None:
    project = Project.model_validate(PROJECT)
    assert project.funds == Decimal(500000)
    assert project.budget is not UNKNOWN
    assert project.budget.wages == Decimal(240000)
    assert isinstance(project.staff, StaffTotals)
    assert project.staff.professionals == 3


def test_the_station_of_the_design() -> None:
    station = Station.model_validate(STATION)
    assert station.division == "230902"
    assert isinstance(station.staff, StaffTotals)
    assert station.staff.total == 5


@pytest.mark.parametrize("data", [WORKER, PROJECT, STATION])
def test_a_profile_comes_back(data: dict[str, object]) -> None:
    subject = subject_from(data)
    profile = subject.to_profile()
    assert subject_from(json.loads(json.dumps(profile))) == subject
    assert type(subject).model_validate_json(json.dumps(profile)) == subject
    assert next(iter(profile)) == "subject"


def test_money_and_days_come_back_as_text() -> None:
    profile = Worker.model_validate(WORKER).to_profile()
    assert profile["received"][0]["amount"] == "1000.00"
    assert profile["birth_date"] == "1990-05-01"
    assert profile["posts"][0]["end"] is None


def test_left_out_is_unknown_and_empty_is_known() -> None:
    assert Worker().received is UNKNOWN
    assert Worker(received=[]).received == ()
    assert "received" not in view(Worker())
    assert view(Worker(received=[]))["received"] == []
    assert not UNKNOWN
    assert repr(UNKNOWN) == str(UNKNOWN) == "UNKNOWN"
    assert pickle.loads(pickle.dumps(UNKNOWN)) is UNKNOWN


def test_unknown_may_be_said() -> None:
    assert Worker(birth_date=UNKNOWN) == Worker()


def test_the_constructor_checks_too() -> None:
    worker = Worker(birth_date=date(1990, 5, 1), certificates=[Certificate(level="初级")])
    assert worker.certificates is not UNKNOWN
    assert worker.certificates[0].level == "assistant"
    with pytest.raises(ProfileError):
        Worker(birth_date="1990")
    with pytest.raises(ProfileError):
        Post(start="2024-01-02", end="2024-01-01")


def test_a_model_is_accepted_where_its_mapping_is() -> None:
    staff = StaffTotals(total=3)
    assert view(Project(staff=staff)) == view(Project(staff={"total": 3}))
    worker = Worker(hukou="330203")
    assert Worker.model_validate(worker) is worker
    with pytest.raises(ProfileError):
        Project(staff=Post())


def test_a_subject_never_changes() -> None:
    worker = Worker(hukou="330203")
    with pytest.raises(AttributeError, match="read-only"):
        worker.hukou = "330204"
    with pytest.raises(AttributeError, match="read-only"):
        del worker.hukou
    assert copy.copy(worker) is copy.deepcopy(worker) is worker
    assert pickle.loads(pickle.dumps(worker)) == worker
    assert hash(Worker(hukou="330203")) == hash(worker)
    assert worker != Worker(hukou="330204")
    assert worker != "330203"
    assert Station(division="330203") != Organisation(division="330203")


def test_the_data_given_is_not_kept() -> None:
    data = copy.deepcopy(WORKER)
    worker = Worker.model_validate(data)
    data["posts"].clear()
    data["confirmed"]["x"] = {"y": True}
    assert view(worker)["posts"]
    assert worker.confirmed == {}


def test_replace() -> None:
    worker = Worker.model_validate(WORKER)
    moved = worker.replace(hukou="宁波市江北区")
    assert moved.hukou == "330205"
    assert moved.posts == worker.posts
    assert worker.replace(hukou=UNKNOWN).hukou is UNKNOWN


def test_a_repr_shows_no_values() -> None:
    assert repr(Worker(hukou="330203", sex="女")) == "<Worker: sex, hukou, partial>"


def test_a_field_of_the_class_tells_its_shape() -> None:
    assert Worker.__dict__["hukou"] is Worker.hukou
    assert Worker.shape().fields["hukou"].note.label.en == "household registration"


def test_a_pydantic_model_can_hold_a_subject() -> None:
    class Question(pydantic.BaseModel):
        worker: Worker

    question = Question.model_validate({"worker": {"性别": "女"}})
    assert question.worker.sex == "female"
    assert question.model_dump()["worker"] == {"subject": "worker", "sex": "female"}
    with pytest.raises(pydantic.ValidationError):
        Question.model_validate({"worker": {"性别": "?"}})


def test_view_of_a_worker() -> None:
    assert view(Worker.model_validate(WORKER)) == {
        "subject": "worker",
        "birth_date": date(1990, 5, 1),
        "hukou": "330203",
        "residence": "330203",
        "certificates": [
            {
                "level": "social_worker",
                "exam_year": 2024,
                "obtained": date(2024, 12, 5),
                "exam_division": "330203",
                "registered_division": "330203",
                "registered": date(2024, 12, 20),
            }
        ],
        "posts": [
            {
                "role": "community_worker",
                "division": "330203",
                "start": date(2021, 3, 1),
                "end": None,
                "establishment": "contract",
                "social_work": True,
                "engaged_level": "social_worker",
            }
        ],
        "partial": frozenset(),
        "applied": date(2025, 1, 10),
        "received": [
            {
                "scheme": "zhejiang/taizhou/certificate-reward",
                "level": "assistant",
                "amount": 100000,
                "paid": date(2021, 5, 1),
            },
            {
                "issuer": "温州市民政局",
                "kind": "one_off",
                "level": "assistant",
                "amount": 100000,
                "paid": date(2020, 12, 1),
            },
        ],
        "confirmed": {},
    }


def test_view_of_a_project() -> None:
    assert view(Project.model_validate(PROJECT)) == {
        "subject": "project",
        "division": "230900",
        "funds": 50000000,
        "start": date(2024, 1, 1),
        "end": date(2024, 12, 31),
        "budget": {
            "wages": 24000000,
            "social_insurance": 4800000,
            "housing_fund": 1200000,
            "supervision": 2000000,
            "training": 500000,
            "activities": 12000000,
            "management": 4000000,
            "tax": 1500000,
        },
        "staff": {"total": 10, "professionals": 3},
        "partial": frozenset(),
    }


def test_staff_as_persons() -> None:
    data = {
        "staff": [{"role": "督导", "level": None, "months": 12}, {"level": "高级"}],
        "partial": ["staff"],
    }
    project = Project.model_validate(data)
    assert view(project) == {
        "subject": "project",
        "staff": {
            "persons": [
                {"role": "supervisor", "level": None, "months": 12},
                {"level": "senior"},
            ]
        },
        "partial": frozenset({"staff.persons"}),
    }
    assert isinstance(project.staff, tuple)
    assert isinstance(project.staff[0], Person)
    assert project.staff[0].level is None
    assert Project.model_validate(project.to_profile()) == project
    assert project.to_profile()["partial"] == ["staff.persons"]
    in_english = {"staff": [{"level": "senior"}]}
    assert view(Project.model_validate(in_english))["staff"] == {"persons": [{"level": "senior"}]}


def test_a_contractor_is_an_organisation() -> None:
    project = Project(
        contractor={"kind": "社会工作服务机构", "inspections": [{"year": 2023, "result": "合格"}]}
    )
    assert view(project)["contractor"] == {
        "subject": "organisation",
        "kind": "social_work_agency",
        "inspections": [{"year": 2023, "result": "qualified"}],
        "partial": frozenset(),
    }
    assert isinstance(project.contractor, Organisation)
    assert Project.model_validate(project.to_profile()) == project


def test_numbers_are_exact() -> None:
    post = Post(grade_coefficient="1.25", pay_coefficient=2, area_coefficient=Decimal("0.8"))
    assert view(post) == {
        "grade_coefficient": Fraction(5, 4),
        "pay_coefficient": 2,
        "area_coefficient": Fraction(4, 5),
    }
    assert post.grade_coefficient == Decimal("1.25")
    assert post.pay_coefficient == Decimal(2)
    assert Post.model_validate(post.to_profile()) == post


@pytest.mark.parametrize(
    ("given", "fen"),
    [
        (0, 0),
        (1000, 100000),
        ("1000", 100000),
        ("1000.5", 100050),
        ("1000.50", 100050),
        ("0.05", 5),
        (Decimal("1000.50"), 100050),
        (Decimal("-0"), 0),
        (Decimal("1E+3"), 100000),
        ("999999999999999", 99999999999999900),
        ("9999999999999.99", 999999999999999),
        (Decimal("9999999999999.99"), 999999999999999),
    ],
)
def test_money(given: object, fen: int) -> None:
    line = BudgetLine(amount=given)
    assert view(line)["amount"] == fen
    assert line.amount == Decimal(fen) / 100


def test_other_spellings_of_values() -> None:
    worker = Worker.model_validate(
        {
            "hukou": "浙江省宁波市海曙区",
            "veteran": "否",
            "birth_date": date(1990, 5, 1),
            "posts": ({"social_work": "是", "establishment": "Public Institution"},),
            "received": [{"period": 2024, "key": 10, "scheme": "x"}, {"period": "2024-03"}],
            "partial": {"posts", "证书"},
            "confirmed": {"a/b": {"c": True}},
        }
    )
    assert view(worker) == {
        "subject": "worker",
        "hukou": "330203",
        "veteran": False,
        "birth_date": date(1990, 5, 1),
        "posts": [{"social_work": True, "establishment": "public_institution"}],
        "received": [{"period": "2024", "key": "10", "scheme": "x"}, {"period": "2024-03"}],
        "partial": frozenset({"posts", "certificates"}),
        "confirmed": {"a/b": {"c": True}},
    }
    assert worker.confirmed == {"a/b": {"c": True}}


def test_chinese_field_names() -> None:
    worker = Worker.model_validate(
        {
            "对象": "社会工作者",
            "户籍": "宁波市海曙区",
            "证书": [{"证书级别": "助理社会工作师", "取得日期": "2024-12-05", "登记地": "330203"}],
            "工作经历": [{"岗位": "社区工作者", "入职日期": "2021-03-01", "离职日期": None}],
            "已发记录": [{"政策项目": "x", "金额": "800.00"}],
        }
    )
    assert worker == Worker(
        hukou="330203",
        certificates=[
            {"level": "assistant", "obtained": "2024-12-05", "registered_division": "330203"}
        ],
        posts=[{"role": "community_worker", "start": "2021-03-01", "end": None}],
        received=[{"scheme": "x", "amount": 800}],
    )


def test_level_null_needs_another_kind() -> None:
    assert Certificate(kind="local", level=None).level is None
    with pytest.raises(ProfileError, match="level: a national certificate has a level"):
        Certificate(level=None)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("worker", "worker"),
        ("人员", "worker"),
        ("项目", "project"),
        ("社工站", "station"),
        ("机构", "organisation"),
    ],
)
def test_subject_words(word: str, kind: str) -> None:
    assert view(subject_from({"对象": word}))["subject"] == kind
    assert view(subject_from({"subject": kind}))["subject"] == kind


def test_a_kind_from_outside() -> None:
    assert isinstance(subject_from({}, kind="station"), Station)
    assert isinstance(subject_from({"subject": "社工站"}, kind="station"), Station)
    with pytest.raises(ProfileError, match="station was expected, not worker"):
        subject_from({"subject": "worker"}, kind="station")
    with pytest.raises(ProfileError, match="one of: worker, project, station, organisation"):
        subject_from({})
    with pytest.raises(ProfileError, match="did you mean 'worker'"):
        subject_from({"subject": "wroker"})
    with pytest.raises(ProfileError, match="subject: the subject is one of"):
        subject_from({"subject": 3})
    with pytest.raises(ProfileError, match="a mapping of fields was expected"):
        subject_from([])  # type: ignore[arg-type]
