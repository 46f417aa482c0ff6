"""The profiles of the design, as the plain data a YAML reader gives."""

from typing import Any

WORKER: dict[str, Any] = {
    "subject": "worker",
    "birth_date": "1990-05-01",
    "hukou": "330203",
    "residence": "330203",
    "certificates": [
        {
            "level": "social_worker",
            "exam_year": 2024,
            "obtained": "2024-12-05",
            "exam_division": "330203",
            "registered_division": "330203",
            "registered": "2024-12-20",
        }
    ],
    "posts": [
        {
            "role": "community_worker",
            "division": "330203",
            "start": "2021-03-01",
            "end": None,
            "establishment": "contract",
            "social_work": True,
            "engaged_level": "social_worker",
        }
    ],
    "partial": [],
    "applied": "2025-01-10",
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
