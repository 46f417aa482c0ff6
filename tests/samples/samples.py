"""Made-up profiles and rule files that tests of several floors start from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "worker-ningbo.yaml"
WORKER = EXAMPLE.read_text("utf-8").partition("\n")[2]

HEADER = """\
title: {zh: 测试奖励, en: Test reward}
record: test.reward
subject: worker
applies_in: "330200"
issuer: not_stated
payer: not_stated
benefit: {kind: one_off, per: best}
"""
VERSION = """\
versions:
  - from: 2024-01-01
    until: not_stated
    last_confirmed: 2025-01
    sources: [{title: 测试通知, kind: repost, url: "http://example.org/"}]
"""
REWARD = f"""\
{HEADER}{VERSION}    requires:
      - {{fact: certificate.level, one_of: [assistant, social_worker, senior]}}
    amount: 1000
    paid_before: once
"""


def sample_worker() -> dict[str, Any]:
    """The worker of the examples as JSON data, days as text."""
    data: dict[str, Any] = json.loads(json.dumps(yaml.safe_load(WORKER), default=str))
    return data
