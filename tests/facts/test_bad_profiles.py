"""Every bad input is an error at its field that says what was expected, all at once."""

import pickle
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from sgincentive.facts import (
    FieldProblem,
    ProfileError,
    Project,
    Station,
    Worker,
    subject_from,
)
from sgincentive.facts.problems import dotted, shortened
from sgincentive.words import Text

BAD = [
    # days
    ("worker", {"birth_date": "2025-02-30"}, "birth_date", "no such day in the calendar"),
    ("worker", {"birth_date": "2024-13-01"}, "birth_date", "no such day in the calendar"),
    ("worker", {"birth_date": "2024-05"}, "birth_date", "not a month or a year"),
    ("worker", {"birth_date": "2024"}, "birth_date", "not a month or a year"),
    ("worker", {"birth_date": 2024}, "birth_date", "YYYY-MM-DD was expected"),
    ("worker", {"birth_date": "2024-W01-1"}, "birth_date", "YYYY-MM-DD was expected"),
    ("worker", {"birth_date": "20240101"}, "birth_date", "YYYY-MM-DD was expected"),
    ("worker", {"birth_date": "２０２４-01-01"}, "birth_date", "YYYY-MM-DD was expected"),
    ("worker", {"birth_date": " 2024-01-01"}, "birth_date", "YYYY-MM-DD was expected"),
    ("worker", {"birth_date": "1899-12-31"}, "birth_date", "years run from 1900 to 2100"),
    ("worker", {"birth_date": date(2101, 1, 1)}, "birth_date", "years run from 1900 to 2100"),
    ("worker", {"birth_date": datetime(2024, 1, 1)}, "birth_date", "without a time of day"),
    ("worker", {"birth_date": None}, "birth_date", "null is not allowed"),
    # money
    ("project", {"funds": 0.5}, "funds", "cannot be a float"),
    ("project", {"funds": float("nan")}, "funds", "cannot be a float"),
    ("project", {"funds": -1}, "funds", "cannot be negative"),
    ("project", {"funds": "-1"}, "funds", "cannot be negative"),
    ("project", {"funds": Decimal("-0.01")}, "funds", "cannot be negative"),
    ("project", {"funds": Decimal("NaN")}, "funds", "at most 15 digits"),
    ("project", {"funds": Decimal("Infinity")}, "funds", "at most 15 digits"),
    ("project", {"funds": "inf"}, "funds", "at most 15 digits"),
    ("project", {"funds": "1.005"}, "funds", "at most 15 digits and 2 decimals"),
    ("project", {"funds": Decimal("1.005")}, "funds", "at most 15 digits and 2 decimals"),
    ("project", {"funds": "1e5"}, "funds", "no exponent"),
    ("project", {"funds": "1,000"}, "funds", "no exponent, separators or unit"),
    ("project", {"funds": "1000元"}, "funds", "no exponent, separators or unit"),
    ("project", {"funds": "01000"}, "funds", "at most 15 digits"),
    ("project", {"funds": "1000."}, "funds", "at most 15 digits"),
    ("project", {"funds": "²"}, "funds", "at most 15 digits"),
    ("project", {"funds": 10**15}, "funds", "at most 15 digits"),
    ("project", {"funds": Decimal("1E+999999")}, "funds", "at most 15 digits"),
    ("project", {"funds": "9" * 3_000_000}, "funds", "at most 15 digits"),
    ("project", {"funds": True}, "funds", "an amount in yuan was expected"),
    ("project", {"funds": None}, "funds", "null is not allowed"),
    ("project", {"funds": 0}, "funds", "must be more than 0"),
    *(
        (
            kind,
            {
                "statistics": [
                    {"kind": "average_wage", "division": "330200", "year": 2023, "value": value}
                    for value in (9, 8)
                ]
            },
            "statistics",
            "two values of one figure",
        )
        for kind in ("worker", "project", "station", "organisation")
    ),
    ("project", {"contract_years": 1.5}, "contract_years", "cannot be a float"),
    ("project", {"contract_years": "0.33333"}, "contract_years", "4 decimals"),
    # counts, months, years, booleans, text
    ("station", {"population": -1}, "population", "cannot be negative"),
    ("station", {"population": True}, "population", "a whole number"),
    ("station", {"population": 3.0}, "population", "a whole number"),
    ("station", {"population": "3"}, "population", "a whole number"),
    ("station", {"population": 10**15}, "population", "at most 15 digits"),
    ("station", {"staff": [{"months": 601}]}, "staff[0].months", "0 to 600"),
    ("worker", {"exams": [{"year": 1899}]}, "exams[0].year", "1900 to 2100"),
    ("worker", {"exams": [{"year": "2024"}]}, "exams[0].year", "as a whole number"),
    ("worker", {"veteran": 1}, "veteran", "true or false was expected"),
    ("worker", {"veteran": "maybe"}, "veteran", "true or false was expected"),
    ("worker", {"posts": [{"employer": ""}]}, "posts[0].employer", "1 to 500 characters"),
    ("worker", {"posts": [{"employer": "x" * 501}]}, "posts[0].employer", "1 to 500"),
    ("worker", {"posts": [{"employer": "\ud800"}]}, "posts[0].employer", "1 to 500"),
    ("worker", {"posts": [{"employer": 1.5}]}, "posts[0].employer", "1 to 500"),
    ("worker", {"received": [{"period": "2024-13"}]}, "received[0].period", "2024-03"),
    ("worker", {"received": [{"period": "1024"}]}, "received[0].period", "2024-03"),
    ("worker", {"received": [{"period": -5}]}, "received[0].period", "2024-03"),
    ("worker", {"received": [{"paid": "1800-01-01"}]}, "received[0].paid", "1900 to 2100"),
    # words and divisions
    (
        "worker",
        {"certificates": [{"level": "社会工作士"}]},
        "certificates[0].level",
        "did you mean 'social_worker'?",
    ),
    (
        "worker",
        {"posts": [{"role": "comunity_worker"}]},
        "posts[0].role",
        "did you mean 'community_worker'?",
    ),
    ("worker", {"posts": [{"establishment": 3}]}, "posts[0].establishment", "one of these"),
    ("worker", {"sex": ["女"]}, "sex", "one of these was expected: female, male"),
    ("worker", {"hukou": 330203}, "hukou", "put it in quotes"),
    ("worker", {"hukou": True}, "hukou", "a Chinese place name was expected"),
    ("worker", {"hukou": ["330203"]}, "hukou", "a Chinese place name was expected"),
    ("worker", {"hukou": "x" * 200}, "hukou", "a Chinese place name was expected"),
    ("worker", {"hukou": "999999"}, "hukou", "there is no division"),
    ("worker", {"hukou": "宁波市海署区"}, "hukou", "did you mean 浙江省宁波市海曙区"),
    ("worker", {"hukou": "朝阳区"}, "hukou", "北京市朝阳区 110105"),
    # shapes
    ("worker", {"posts": None}, "posts", "a list was expected"),
    ("worker", {"posts": {}}, "posts", "a list was expected"),
    ("worker", {"posts": "x"}, "posts", "a list was expected"),
    ("worker", {"posts": [3]}, "posts[0]", "a mapping of field names"),
    ("worker", {"posts": [{}] * 10_001}, "posts", "at most 10000 entries"),
    ("project", {"staff": 10}, "staff", "a mapping of field names"),
    ("project", {"staff": None}, "staff", "null is not allowed"),
    ("project", {"budget": None}, "budget", "null is not allowed"),
    ("project", {"budget": []}, "budget", "a mapping of field names"),
    ("worker", {"partial": "posts"}, "partial", "names of lists was expected"),
    ("worker", {"partial": ["post"]}, "partial[0]", "did you mean 'posts'?"),
    ("worker", {"partial": [3]}, "partial[0]", "there are certificates, posts"),
    ("worker", {"partial": [["posts"]]}, "partial[0]", "there is no such list"),
    ("worker", {"confirmed": []}, "confirmed", "{scheme id: {requirement id"),
    ("worker", {"confirmed": {"a": 1}}, "confirmed.a", "{requirement id: true or false}"),
    ("worker", {"confirmed": {1: {}}}, "confirmed.int", "{requirement id: true or false}"),
    ("worker", {"confirmed": {"a": {"b": "yes"}}}, "confirmed.a.b", "true or false"),
    # names of fields
    ("worker", {"birthdate": "x"}, "birthdate", "did you mean 'birth_date'?"),
    ("worker", {"出生日": "x"}, "出生日", "did you mean '出生日期'?"),
    ("worker", {"exam_year": 2024}, "exam_year", "it belongs to certificates[]"),
    ("worker", {"wages": 3}, "wages", "there is no field 'wages'"),
    ("worker", {"zz" * 40: 3}, "zz" * 19 + "z…", "there is no field"),
    ("worker", {3: 3}, "int", "a field name must be text"),
    ("worker", {"hukou": "330203", "户籍": "330203"}, "户籍", "the same field as 'hukou'"),
    ("worker", {"posts": [{"hukou": "330203"}]}, "posts[0].hukou", "there is no field"),
    ("worker", {"subject": "project"}, "subject", "worker was expected, not project"),
    # breaches between fields
    (
        "worker",
        {"posts": [{"start": "2024-01-02", "end": "2024-01-01"}]},
        "posts[0].end",
        "ends before it starts",
    ),
    (
        "worker",
        {"工作经历": [{"入职日期": "2024-01-02", "离职日期": "2024-01-01"}]},
        "工作经历[0].离职日期",
        "ends before it starts",
    ),
    (
        "worker",
        {"certificates": [{"obtained": "2024-12-05", "registered": "2024-12-04"}]},
        "certificates[0].registered",
        "registered before it was obtained",
    ),
    (
        "worker",
        {"certificates": [{"obtained": "2023-12-31", "exam_year": 2024}]},
        "certificates[0].obtained",
        "before the year of the exam",
    ),
    ("worker", {"certificates": [{"level": None}]}, "certificates[0].level", "has a level"),
    (
        "worker",
        {"education": [{"enrolled": "2020-09-01", "graduated": "2019-07-01"}]},
        "education[0].graduated",
        "graduated before enrolment",
    ),
    (
        "worker",
        {"honours": [{"start": "2020-09-01", "end": "2019-07-01"}]},
        "honours[0].end",
        "ends before it starts",
    ),
    (
        "worker",
        {"statistics": [{"kind": "average_wage", "value": "5000.125"}]},
        "statistics[0].value",
        "money has at most two decimals",
    ),
    ("project", {"start": "2024-02-01", "end": "2024-01-31"}, "end", "ends before it starts"),
    (
        "project",
        {"funds": 100, "budget": {"wages": 60, "tax": "40.01"}},
        "budget",
        "add up to more than the funds",
    ),
    (
        "project",
        {"资金总额": 100, "预算": {"personnel": 50, "wages": 60, "tax": "40.01"}},
        "预算",
        "add up to more than the funds",
    ),
    (
        "project",
        {"funds": 100, "budget_lines": [{"amount": 60}, {"amount": 41}]},
        "budget_lines",
        "add up to more than the funds",
    ),
    (
        "project",
        {"staff": {"total": 3, "professionals": 4}},
        "staff.professionals",
        "more than the total number of staff",
    ),
    (
        "station",
        {"staff": {"under_45": 3, "certified_under_45": 4}},
        "staff.certified_under_45",
        "more than the number of staff under 45",
    ),
    (
        "project",
        {"contractor": {"founders": 1, "founders_certified": 2}},
        "contractor.founders_certified",
        "more than the number of founders",
    ),
]


@pytest.mark.parametrize(("kind", "data", "where", "said"), BAD)
def test_one_bad_field(kind: str, data: dict[str, Any], where: str, said: str) -> None:
    with pytest.raises(ProfileError) as error:
        subject_from(data, kind=kind)
    found = [p for p in error.value.problems if dotted(p.path) == where]
    assert len(found) == 1, str(error.value)[:500]
    assert said in found[0].message("en")
    assert found[0].message("zh")
    assert len(error.value.problems) == 1


def test_the_nearest_word_is_named_as_the_expected_ones_are() -> None:
    with pytest.raises(ProfileError) as caught:
        Worker.model_validate({"certificates": [{"level": "社会工作士"}]})
    assert caught.value.render("zh").endswith("是否想写“社会工作师”？")
    assert caught.value.render("en").endswith("did you mean 'social_worker'?")


def test_what_just_fits() -> None:
    Project.model_validate({"funds": 100, "budget": {"wages": 60, "tax": 40}})
    Project.model_validate({"funds": 100, "budget": {"personnel": 70, "wages": 60, "tax": 30}})
    Project.model_validate({"funds": 100, "start": "2024-01-01", "end": "2024-01-01"})
    Project.model_validate({"budget_lines": [{"amount": 60}, {}]})
    Station.model_validate({"staff": {"total": 3, "professionals": 3}})
    Worker.model_validate({"certificates": [{"obtained": "2024-01-01", "exam_year": 2024}]})
    Worker.model_validate({"posts": [{"start": "2024-01-01", "end": "2024-01-01"}]})
    Worker.model_validate({"partial": ["posts"]})
    Worker.model_validate({"statistics": [{"kind": "average_wage", "value": "5000.120"}]})
    Worker.model_validate({"statistics": [{"kind": "local_multiplier", "value": "1.125"}]})
    Worker.model_validate({"statistics": [{"value": "5000.125"}]})


def test_all_problems_at_once() -> None:
    with pytest.raises(ProfileError) as error:
        Worker.model_validate(
            {
                "birth_date": "2025-02-30",
                "hukou": 330203,
                "certificats": [],
                "posts": [{"start": "2024-01-01", "离岗日期": "2023-01-01", "wage": 1.5}],
            }
        )
    assert [dotted(problem.path) for problem in error.value.problems] == [
        "birth_date",
        "hukou",
        "certificats",
        "posts[0].wage",
        "posts[0].离岗日期",
    ]
    assert str(error.value) == error.value.render("en")
    assert len(error.value.render("zh").splitlines()) == 5
    assert isinstance(error.value, ValueError)
    again = pickle.loads(pickle.dumps(error.value))
    assert again.problems == error.value.problems


def test_another_subject() -> None:
    with pytest.raises(ProfileError, match="subject: worker was expected, not project"):
        Worker.model_validate({"subject": "项目"})
    with pytest.raises(ProfileError, match="subject: organisation was expected, not worker"):
        Project.model_validate({"contractor": {"subject": "worker"}})


def test_values_are_not_repeated() -> None:
    secret = "张三的秘密"
    with pytest.raises(ProfileError) as error:
        Worker.model_validate(
            {
                "birth_date": secret,
                "sex": secret,
                "hukou": secret,
                "veteran": secret,
                "posts": [{"wage": secret, "grade": secret}],
                "received": [{"period": secret}],
                "subject": secret,
            }
        )
    assert len(error.value.problems) == 8
    for lang in ("zh", "en"):
        assert secret not in error.value.render(lang)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ('{"sex": "女", "sex": "男"}', "stands twice"),
        ('{"posts": [{"wage": 1e3}], "sex": "x"}', "one of these"),
        ('{"posts": [{"wage": 1.005}]}', "2 decimals"),
        ('{"posts": [{"grade": ' + "9" * 5000 + "}]}", "a whole number"),
        ('{"posts": [{"wage": NaN}]}', "cannot be a float"),
        ("[]", "a mapping of field names"),
        (b"\xff", "not valid JSON"),
    ],
)
def test_bad_json(text: str | bytes, said: str) -> None:
    with pytest.raises(ProfileError, match=said):
        Worker.model_validate_json(text)


def test_json_numbers_are_exact() -> None:
    worker = Worker.model_validate_json('{"posts": [{"wage": 4100.10}]}')
    assert worker.to_profile()["posts"][0]["wage"] == "4100.10"


def test_how_a_problem_reads() -> None:
    problem = FieldProblem(("a", 0, "b"), Text("错了", "wrong"), Text("改", "change"))
    assert problem.render("en") == "a[0].b: wrong; change"
    assert problem.render("zh") == "a[0].b：错了；改"
    assert FieldProblem((), Text("错了", "wrong")).render("en") == "wrong"
    assert shortened("a\nb") == "a?b"
    assert len(shortened("x" * 50)) == 40


def test_a_hostile_profile_ends_soon() -> None:
    with pytest.raises(ProfileError) as error:
        Worker.model_validate({f"field{at}": at for at in range(100_000)})
    assert len(error.value.problems) == 101
    assert "too many problems" in error.value.problems[-1].text.en
