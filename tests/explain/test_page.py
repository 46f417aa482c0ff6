"""A scheme as a page: what each part of a rule file says there."""

from __future__ import annotations

import pytest

from sgincentive.explain.page import page
from sgincentive.schemes.load import load_scheme
from sgincentive.words import Lang
from tests.samples.samples import HEADER, REWARD


def lines(text: str, lang: Lang) -> list[str]:
    scheme, problems = load_scheme(text, "page.yaml", "page")
    assert scheme is not None, problems.found
    return page(scheme, lang).splitlines()


@pytest.mark.parametrize(
    ("old", "new", "zh", "en"),
    [
        ("paid_before: once", "paid_before: {rule: once, lifetime_cap: 6000}",
         "  已发记录：一人只领一次; 累计不超过 6,000.00 元",
         "  Paid before: once for each person; at most CNY 6,000.00 in all"),
        ("paid_before: once", "paid_before: {max_times: 2}",
         "  已发记录：最多 2 次（同一政策）", "  Paid before: at most 2 times (of this scheme)"),
        ("paid_before: once", "paid_before: {rule: once, other_authority_bars: any}",
         "  已发记录：一人只领一次; 已领其他地方奖励的不再发",
         "  Paid before: once for each person; a reward of another authority bars it"),
        ("    until: not_stated\n    last_confirmed: 2025-01\n", "    until: 2025-12-31\n",
         "版本 2024-01-01 (按申请日期; 2024-01-01 – 2025-12-31)",
         "Version 2024-01-01 (by date of application; 2024-01-01 – 2025-12-31)"),
        ("senior]}", "senior], strength: guidance, clause: 第三条}",
         "    - 证书级别为助理社会工作师、社会工作师或高级社会工作师 (第三条) [指导]  "
         "[certificate-level]",
         "    - level of the certificate is assistant social worker, social worker or senior social "
         "worker (第三条) [guidance]  [certificate-level]"),
    ],
)  # fmt: skip
def test_lines(old: str, new: str, zh: str, en: str) -> None:
    assert REWARD.count(old) == 1
    text = REWARD.replace(old, new)
    assert zh in lines(text, "zh")
    assert en in lines(text, "en")


def test_a_version_with_an_end_says_nothing_of_its_last_confirmation() -> None:
    ended = REWARD.replace("    until: not_stated\n    last_confirmed: 2025-01\n",
                           "    until: 2025-12-31\n")  # fmt: skip
    assert any("Last confirmed" in line for line in lines(REWARD, "en"))
    assert not any("Last confirmed" in line for line in lines(ended, "en"))
    assert HEADER in ended
