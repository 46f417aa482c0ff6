"""Writes ``benchmarks/rules``: the eight schemes as rule files, from the constants."""

from __future__ import annotations

from pathlib import Path

from benchmarks.constants import PAY, S1, S2, S3, S4, S5, STEPS

RULES = Path(__file__).with_name("rules")

HEAD = """# Made up for measuring, close to a real scheme; written by benchmarks/write_rules.py.
title: {{zh: 测速用例 {number}, en: Benchmark scheme {number}}}
record: benchmark.{id}
subject: {subject}
applies_in: "000000"
issuer: 测速
benefit: {{kind: {kind}}}
{payer}versions:
  - from: 2018-01-01
    until: 2030-12-31
    sources: [{{title: 测速, kind: media, no_url: 虚构}}]
"""
LEVEL = "      - {id: level, fact: certificate.level, one_of: [assistant, social_worker, senior]}\n"
PASSED = "      - {id: passed, exists: exams, where: [{fact: passed, is: true}]}\n"


def head(number: int, kind: str, subject: str = "worker") -> str:
    """The part that all eight share."""
    payer = "" if kind == "verdict" else "payer: not_stated\n"
    return HEAD.format(number=number, id=f"s{number}", kind=kind, subject=subject, payer=payer)


def post_in(code: str) -> str:
    """A requirement: a post within a division."""
    return f'      - {{id: post, exists: posts, where: [{{fact: division, within: "{code}"}}]}}\n'


def table(rows: dict[str, int], key: str = "certificate.level") -> str:
    """A table of amounts in CNY."""
    return f"{{by: {key}, " + ", ".join(f"{k}: {v // 100}" for k, v in rows.items()) + "}"


def files() -> dict[str, str]:
    """The text of each rule file by its id."""
    requires = "    requires:\n"
    once = "    paid_before: once\n"
    s3 = table(S3)[:-1] + ", senior: 0}"
    base = table({str(g): PAY[g - 1] for g in range(1, 19)}, "grade")
    rises = {"none": 0, **STEPS}
    raised = "\n            ".join(
        f"{level}: " + table({str(g): PAY[min(g + steps, 18) - 1] for g in range(1, 19)}, "grade")
        for level, steps in rises.items()
    )
    return {
        "s1": head(1, "one_off") + requires + LEVEL + PASSED + post_in("230900")
        + f"    amount: {table(S1)}\n" + once,
        "s2": head(2, "one_off") + requires + LEVEL
        + "      - {id: year, fact: certificate.exam_year, is: 2024}\n"
        + '      - {id: exam, fact: certificate.exam_division, within: "330200"}\n'
        + '      - {id: registered, fact: certificate.registered_division, within: "330200"}\n'
        + "      - id: insured\n        exists: insurance\n        where:\n"
        + '          - {fact: division, within: "330200"}\n'
        + "          - {fact: start, before: 2024-12-30}\n"
        + "      - id: no-civil-servant\n        not:\n          exists: posts\n"
        + "          where: [{fact: establishment, is: civil_servant}]\n"
        + f"    amount: {table(S2)}\n" + once
        + "    application: {from: 2024-12-30, until: 2025-02-28}\n",
        "s3": head(3, "one_off") + requires + LEVEL
        + "      - {id: year, fact: certificate.exam_year, is: 2024}\n"
        + post_in("331000") + f"    amount: {s3}\n" + once,
        "s4": head(4, "yearly") + requires + LEVEL
        + "      - {id: union, exists: posts, where: [{fact: role, is: union_social_worker}]}\n"
        + f"    amount:\n      product:\n        - {table(S4)}\n"
        + "        - months: posts\n"
        + "          where: [{fact: role, is: union_social_worker}]\n"
        + "          since: 2023-01-01\n          until: 2024-01-01\n",
        "s5": head(5, "one_off") + requires + LEVEL
        + "      - id: passed\n        exists: exams\n"
        + "        where: [{fact: passed, is: true}, {fact: year, is: 2024}]\n"
        + post_in("340100") + f"    amount: {table(S5)}\n"
        + "    paid_before: difference_on_upgrade\n",
        "s6": head(6, "refund") + requires + "      - {id: fee, exists: fees}\n"
        + "    amount:\n      cap: 600\n      of:\n        round: {to: 0.01, mode: down}\n"
        + "        of: {share_of: {over: fees, take: sum, value: {fact: amount}}, share: 80%}\n"
        + once,
        "s7": head(7, "monthly") + requires + "      - {id: post, exists: posts}\n"
        + "    amount:\n      over: posts\n      take: greatest\n      value:\n"
        + "        difference:\n          - by: certificate.level\n            " + raised + "\n"
        + f"          - {base}\n",
        "s8": head(8, "verdict", "project") + requires
        + "      - id: professionals\n        share: {part: {fact: staff.professionals}, "
        + "whole: {fact: staff.total}, if_empty: fails}\n        at_least: 30%\n"
        + "      - id: labour\n        share: {part: {fact: budget.wages}, "
        + "whole: {fact: funds}, if_empty: fails}\n        at_least: 60%\n",
    }  # fmt: skip


def main() -> None:
    """Write them."""
    RULES.mkdir(exist_ok=True)
    for id, text in files().items():
        (RULES / f"{id}.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
