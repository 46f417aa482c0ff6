"""A rule file to fill in: every key that most schemes need, with what belongs there."""

from __future__ import annotations

from sgincentive.schemes.index import ID
from sgincentive.source import Diagnostic, SourceError
from sgincentive.words import Lang, Text

SCHEMA = "docs/rule-file.schema.json"
BAD_ID = Text(
    "编号应为 省/市/[县/]名称，用小写字母、数字和 -",
    "an id is province/city/[county/]name in lower-case letters, digits and -",
)

HEAD = Text(
    """\
# 用一句英文说明本文件
title: {zh: , en: }
record:                       # 调查记录编号，可为列表
subject: worker               # worker、project、station 或 organisation
applies_in: ""                # 行政区划代码，加引号，可为列表，写在一行内
issuer: not_stated            # 发文机关；来源未写明时 not_stated
payer: not_stated             # 出资方 {zh: , en: }；来源未写明时 not_stated
# one_off、monthly、yearly、refund、grade_steps、points、entitlement、verdict
benefit: {kind: one_off}

versions:
  - from:                     # 生效首日；未写明时 not_stated 并加 seen: 最早见到的日期
    until: not_stated         # 有效末日；未写明时 not_stated 并加
    last_confirmed:           # 来源最后一次表明其有效的年月或日期
    sources:
      - title:
        number:               # 文号，没有则删去
        publisher:
        date: not_stated
        kind: official_text   # official_text、official_news、media、repost、training_site
        url:                  # 没有时改为 no_url: 原因
    requires:                 # 按来源的顺序
      - id: level
        fact: certificate.level
        one_of: [assistant, social_worker, senior]
        clause:               # 第几条，不知则删去
        text: {zh: 持有社会工作者职业水平证书, en: holds a social worker certificate}
      - id: in-post
        exists: posts
        where:
          - {fact: division, within: ""}
          - {fact: social_work, is: true}
        at: applied
        text: {zh: , en: }
    # 标准未公开时 not_published，只知区间时 {range: [200, 600]}
    amount: {by: certificate.level, assistant: , social_worker: , senior: }
    paid_before: not_stated   # once、once_per_level、once_per_certificate、difference_on_upgrade
    # unclear:                # 来源未写明之处
    #   - {zh: , en: }

# 每个数字、日期、区划、级别都应有示例，改动后即不符：sgincentive rules mutate
examples:
  - name: {zh: , en: }
    on:                       # 询问的日期
    given:
      subject: worker
      certificates: [{level: assistant, obtained: }]
      posts: [{division: "", start: , end: null, social_work: true}]
      received: []
    expect: {outcome: eligible, amount: }
    variants:
      - name: {zh: 已离职, en: no longer in post}
        set: {posts.0.end: }
        expect: {outcome: ineligible, amount: 0, fails: [in-post]}
      - name: {zh: 在岗情况未知, en: posts unknown}
        remove: [posts]
        expect: {outcome: undetermined, missing: [posts]}
""",
    """\
# One English sentence on what this file is
title: {zh: , en: }
record:                       # id of the survey record, or a list
subject: worker               # worker, project, station or organisation
applies_in: ""                # division code in quotation marks, or a list, on one line
issuer: not_stated            # who grants; not_stated where no source says
payer: not_stated             # who pays {zh: , en: }; not_stated where no source says
# one_off, monthly, yearly, refund, grade_steps, points, entitlement, verdict
benefit: {kind: one_off}

versions:
  - from:                     # first day in force; else not_stated with seen: the first day seen
    until: not_stated         # last day in force; else not_stated with
    last_confirmed:           # the last month or day on which a source shows it in force
    sources:
      - title:
        number:               # document number; leave out where there is none
        publisher:
        date: not_stated
        kind: official_text   # official_text, official_news, media, repost, training_site
        url:                  # else no_url: the reason
    requires:                 # in the order of the source
      - id: level
        fact: certificate.level
        one_of: [assistant, social_worker, senior]
        clause:               # leave out where it is not known
        text: {zh: 持有社会工作者职业水平证书, en: holds a social worker certificate}
      - id: in-post
        exists: posts
        where:
          - {fact: division, within: ""}
          - {fact: social_work, is: true}
        at: applied
        text: {zh: , en: }
    # not_published where no source gives it, {range: [200, 600]} where only that is known
    amount: {by: certificate.level, assistant: , social_worker: , senior: }
    paid_before: not_stated   # once, once_per_level, once_per_certificate, difference_on_upgrade
    # unclear:                # what the sources leave open
    #   - {zh: , en: }

# Each number, date, division and level: some example fails when it is changed (rules mutate).
examples:
  - name: {zh: , en: }
    on:                       # the day asked about
    given:
      subject: worker
      certificates: [{level: assistant, obtained: }]
      posts: [{division: "", start: , end: null, social_work: true}]
      received: []
    expect: {outcome: eligible, amount: }
    variants:
      - name: {zh: 已离职, en: no longer in post}
        set: {posts.0.end: }
        expect: {outcome: ineligible, amount: 0, fails: [in-post]}
      - name: {zh: 在岗情况未知, en: posts unknown}
        remove: [posts]
        expect: {outcome: undetermined, missing: [posts]}
""",
)


def modeline(id: str) -> str:
    """The first line of the rule file ``id``: where an editor finds the schema."""
    up = "../" * len(id.split("/"))
    return f"# yaml-language-server: $schema={up}{SCHEMA}"


def skeleton(id: str, lang: Lang) -> str:
    """The text of a new rule file, comments in ``lang``. Raises SourceError for a bad id."""
    if not ID.fullmatch(id) or "/" not in id:
        raise SourceError([Diagnostic(id, None, BAD_ID)])
    return f"{modeline(id)}\n{HEAD.get(lang)}"
