"""Made-up subjects for property tests: a complete one, and the same with facts left out."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from hypothesis import strategies as st

PLACES = ["330203", "330200", "330000", "331002", "230902", "230900", "130202", "131002",
          "340123", "340102", "120101", "500103", "510104", "320102", "110101"]  # fmt: skip
LEVELS = ["assistant", "social_worker", "senior"]
SCHEMES = [
    "heilongjiang/qitaihe/exam-reward",
    "zhejiang/ningbo/exam-reward",
    "zhejiang/taizhou/certificate-reward",
    "anhui/hefei/exam-subsidy",
]
DAYS = st.dates(date(2017, 1, 1), date(2026, 12, 31)).map(date.isoformat)
ON = st.dates(date(2017, 6, 1), date(2026, 12, 31))
PLACE = st.sampled_from(PLACES)


@st.composite
def certificates(draw: st.DrawFn) -> dict[str, Any]:
    """A complete certificate."""
    year = draw(st.integers(2017, 2025))
    obtained = draw(st.dates(date(year, 1, 1), date(year + 1, 6, 30)))
    registered = draw(st.dates(obtained, date(2027, 6, 30)))
    return {
        "level": draw(st.sampled_from(LEVELS)),
        "exam_year": year,
        "obtained": obtained.isoformat(),
        "exam_division": draw(PLACE),
        "registered_division": draw(PLACE),
        "registered": registered.isoformat(),
        "registered_via": draw(st.sampled_from(["self", "agency"])),
        "review_division": draw(PLACE),
    }


@st.composite
def posts(draw: st.DrawFn) -> dict[str, Any]:
    """A complete post."""
    start = draw(st.dates(date(2015, 1, 1), date(2025, 12, 31)))
    end = draw(st.none() | st.dates(start, date(2027, 1, 1)).map(date.isoformat))
    return {
        "role": draw(
            st.sampled_from(["community_worker", "union_social_worker", "agency_social_worker"])
        ),
        "division": draw(PLACE),
        "start": start.isoformat(),
        "end": end,
        "establishment": draw(
            st.sampled_from(["contract", "civil_servant", "managed_as_civil_servant"])
        ),
        "employer_kind": draw(st.sampled_from(["social_work_agency", "public_institution"])),
        "social_work": draw(st.booleans()),
        "full_time": draw(st.booleans()),
        "contract": draw(st.booleans()),
        "engaged_level": draw(st.sampled_from(LEVELS)),
    }


@st.composite
def payments(draw: st.DrawFn) -> dict[str, Any]:
    """A complete entry of the ledger."""
    return {
        "scheme": draw(st.sampled_from(SCHEMES)),
        "level": draw(st.sampled_from(LEVELS)),
        "amount": draw(st.sampled_from([500, 800, 1000, 1500, 2000, 3000])),
        "paid": draw(DAYS),
    }


@st.composite
def workers(draw: st.DrawFn) -> dict[str, Any]:
    """A complete worker."""
    return {
        "subject": "worker",
        "birth_date": draw(st.dates(date(1960, 1, 1), date(2000, 1, 1))).isoformat(),
        "hukou": draw(PLACE),
        "residence": draw(PLACE),
        "student": draw(st.booleans()),
        "veteran": draw(st.booleans()),
        "certificates": draw(st.lists(certificates(), max_size=2)),
        "posts": draw(st.lists(posts(), max_size=2)),
        "education": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "degree": st.sampled_from(["junior_college", "bachelor"]),
                        "major_social_work": st.booleans(),
                        "enrolled": st.just("2015-09-01"),
                        "graduated": st.just("2019-06-30"),
                    }
                ),
                max_size=1,
            )
        ),
        "honours": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "kind": st.just("national_leading_social_worker"),
                        "division": PLACE,
                        "start": DAYS,
                        "end": st.none(),
                    }
                ),
                max_size=1,
            )
        ),
        "received": draw(st.lists(payments(), max_size=2)),
    }


@st.composite
def projects(draw: st.DrawFn) -> dict[str, Any]:
    """A complete project."""
    total = draw(st.integers(1, 20))
    wages = draw(st.integers(0, 300))
    return {
        "subject": "project",
        "division": draw(PLACE),
        "funds": draw(st.sampled_from([500, 501, 1000])) * 1000,
        "start": "2024-01-01",
        "end": "2024-12-31",
        "service_kind": "professional_social_work",
        "fund_source": "government_purchase",
        "budget": {
            "wages": wages * 1000,
            "social_insurance": draw(st.integers(0, 100)) * 1000,
            "housing_fund": draw(st.integers(0, 99)) * 1000,
        },
        "staff": {"total": total, "professionals": draw(st.integers(0, total))},
    }


@st.composite
def stations(draw: st.DrawFn) -> dict[str, Any]:
    """A complete station."""
    total = draw(st.integers(0, 8))
    return {
        "subject": "station",
        "division": draw(PLACE),
        "kind": draw(st.sampled_from(["township_station", "district_station"])),
        "staff": {"total": total, "professionals": draw(st.integers(0, total))},
        "purchases": draw(
            st.lists(
                st.fixed_dictionaries(
                    {
                        "fund_source": st.sampled_from(
                            ["government_purchase", "community_welfare_grant", "charity"]
                        ),
                        "service_kind": st.sampled_from(["elderly", "other_community"]),
                        "bought_as_project": st.booleans(),
                        "resident_need": st.booleans(),
                        "social_work_character": st.booleans(),
                        "conditions_allow": st.booleans(),
                    }
                ),
                max_size=2,
            )
        ),
    }


@st.composite
def organisations(draw: st.DrawFn) -> dict[str, Any]:
    """A complete organisation, as far as it goes."""
    total = draw(st.integers(0, 8))
    return {
        "subject": "organisation",
        "division": draw(PLACE),
        "staff": {"total": total, "professionals": draw(st.integers(0, total))},
    }


SUBJECTS = {
    "worker": workers,
    "project": projects,
    "station": stations,
    "organisation": organisations,
}


@st.composite
def with_gaps(draw: st.DrawFn, complete: Any) -> Any:
    """The same subject with facts left out at random (never the subject word)."""

    def thin(value: Any, keep: tuple[str, ...] = ()) -> Any:
        if isinstance(value, dict):
            return {
                k: thin(v) for k, v in value.items() if k in keep or draw(st.integers(0, 3)) > 0
            }
        if isinstance(value, list):
            return [thin(v) for v in value]
        return value

    return thin(copy.deepcopy(complete), ("subject",))


def reversed_order(value: Any) -> Any:
    """The same data with keys and list entries in another order."""
    if isinstance(value, dict):
        return {k: reversed_order(v) for k, v in reversed(list(value.items()))}
    if isinstance(value, list):
        return [reversed_order(v) for v in reversed(value)]
    return value
