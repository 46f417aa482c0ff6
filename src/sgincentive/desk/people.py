"""Made-up subjects of a place, the same everywhere, to see what terms mean for people.

Each has a short name: level, role and years for a worker (``S-agency-5y``), size and share of
certified staff for the others (``large-40%``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sgincentive.calendar import add_months
from sgincentive.facts import subject_from
from sgincentive.ruleset import Subject

LEVELS = {"A": "assistant", "S": "social_worker", "G": "senior"}
EMPLOYERS = {"community_worker": "community", "agency_social_worker": "social_work_agency"}
ROLES = {"community": "community_worker", "agency": "agency_social_worker"}
YEARS = (1, 5)
SIZES = {"small": 5, "large": 20}
SHARES = (20, 40)


class Person(NamedTuple):
    """A made-up subject with its short name."""

    name: str
    subject: Subject


def people(
    kind: str, division: str, on: date, confirmed: Mapping[str, Mapping[str, bool]] | None = None
) -> list[Person]:
    """The made-up subjects of a ``kind`` in a place on a day; ``confirmed`` holds what offices
    have said of them."""
    makers = {
        "worker": workers, "project": projects, "station": stations,
        "organisation": organisations,
    }  # fmt: skip
    words = {scheme: dict(each) for scheme, each in (confirmed or {}).items()}
    return [
        Person(name, subject_from({**data, "subject": kind, "confirmed": words}))
        for name, data in makers[kind](division, on)
    ]


def workers(division: str, on: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """One worker for each level, role and number of years since the certificate; one without a
    certificate."""
    for letter, level in LEVELS.items():
        for word, role in ROLES.items():
            for years in YEARS:
                held = [certificate(level, division, on.year - years)]
                yield f"{letter}-{word}-{years}y", worker(division, on, role, years, held, level)
    yield "none-community-5y", worker(division, on, "community_worker", 5, [], None)


def certificate(level: str, division: str, year: int) -> dict[str, Any]:
    """A certificate of the exam of a year, registered at once."""
    return {
        "level": level,
        "kind": "national",
        "exam_year": year,
        "obtained": f"{year}-12-05",
        "exam_division": division,
        "review_division": division,
        "registered_division": division,
        "registered": f"{year}-12-20",
        "registered_until": f"{year + 3}-12-19",
        "registered_via": "employer",
        "exam_via": "self",
    }


def worker(
    division: str,
    on: date,
    role: str,
    years: int,
    certificates: list[dict[str, Any]],
    level: str | None,
) -> dict[str, Any]:
    """A worker in one post, a year longer than the certificate is old."""
    start = add_months(on.replace(day=1), -12 * (years + 1))
    since = start.isoformat()
    return {
        "birth_date": f"{on.year - 34}-05-01",
        "sex": "female",
        "hukou": division,
        "residence": division,
        "residence_permit": True,
        "veteran": False,
        "student": False,
        "certificates": certificates,
        "posts": [
            {
                "role": role,
                "division": division,
                "start": since,
                "end": None,
                "establishment": "contract",
                "employer_kind": EMPLOYERS[role],
                "employer_division": division,
                "social_work": True,
                "frontline": True,
                "engaged_level": level,
                "full_time": True,
                "contract": True,
                "wage": 5000,
                "probation": False,
                "elected": False,
                "elected_role": None,
                "position": "staff",
                "recruited_via": "open_recruitment",
                "supervision": False,
                "community_kind": "urban_community",
            }
        ],
        "exams": [],
        "appraisals": [
            {"year": year, "result": "qualified"} for year in range(start.year, on.year)
        ],
        "education": [
            {
                "degree": "bachelor",
                "major_social_work": False,
                "full_time": True,
                "graduated": f"{on.year - 12}-06-30",
            }
        ],
        "honours": [],
        "fees": [],
        "insurance": [{"kind": "all", "division": division, "start": since, "end": None}],
        "received": [],
    }


def sizes() -> Iterator[tuple[str, int, int]]:
    """A short name, a number of staff and how many of them are certified."""
    for word, total in SIZES.items():
        for share in SHARES:
            yield f"{word}-{share}%", total, total * share // 100


def staff(total: int, certified: int) -> dict[str, Any]:
    """Head counts of a staff."""
    return {
        "total": total,
        "professionals": certified,
        "social_workers": certified,
        "assistants": certified - certified // 2,
        "intermediates": certified // 2,
        "seniors": 0,
        "supervisors": 1,
        "full_time": total,
        "full_time_social_workers": certified,
        "frontline": total - 1,
        "directors": 1,
    }


def projects(division: str, on: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """Projects bought for a year, with half of the funds for staff."""
    for name, total, certified in sizes():
        funds = 100_000 * total
        yield (
            name,
            {
                "division": division,
                "funds": funds,
                "start": f"{on.year}-01-01",
                "end": f"{on.year}-12-31",
                "contract_years": 1,
                "service_kind": "elderly",
                "fund_source": "government_purchase",
                "procurement": "open_tender",
                "beneficiaries": 40 * total,
                "budget": {
                    "wages": funds * 40 // 100,
                    "social_insurance": funds * 8 // 100,
                    "housing_fund": funds * 2 // 100,
                    "supervision": funds * 4 // 100,
                    "training": funds // 100,
                    "activities": funds * 30 // 100,
                    "management": funds * 8 // 100,
                    "tax": funds * 3 // 100,
                    "other": funds * 4 // 100,
                },
                "staff": staff(total, certified),
                "received": [],
            },
        )


def stations(division: str, on: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """Township stations."""
    for name, total, certified in sizes():
        yield (
            name,
            {
                "division": division,
                "kind": "township_station",
                "opened": f"{on.year - 2}-01-01",
                "population": 4000 * total,
                "households": 1200 * total,
                "staff": staff(total, certified),
                "purchases": [],
                "received": [],
            },
        )


def organisations(division: str, on: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """Social-work agencies registered three years ago."""
    for name, total, certified in sizes():
        yield (
            name,
            {
                "division": division,
                "kind": "social_work_agency",
                "registered": f"{on.year - 3}-03-01",
                "registered_level": "county",
                "rating": "3A",
                "staff": staff(total, certified),
                "received": [],
            },
        )
