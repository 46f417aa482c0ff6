"""What an editor says of each key of a rule file, in both languages."""

from __future__ import annotations

from sgincentive.words import Text

SCHEME = {
    "title": Text("政策项目名称", "name of the scheme in both languages"),
    "record": Text(
        "所编码的调查记录编号", "id of the survey record (or several) that the file encodes"
    ),
    "subject": Text(
        "对象：人员、项目、站点或机构",
        "what is evaluated: worker, project, station or organisation",
    ),
    "applies_in": Text(
        "适用的行政区划，写在一行内",
        "division or list of divisions in which it applies, on one line",
    ),
    "issuer": Text("发文机关；来源未写明时 not_stated", "who grants, or not_stated"),
    "payer": Text("出资方；来源未写明时 not_stated", "who pays, or not_stated"),
    "benefit": Text("待遇", "what is given"),
    "aliases": Text("以前的编号", "former ids"),
    "stacking": Text("不能同时享受的项目", "schemes that cannot be had together"),
    "relations": Text("与上级项目的关系", "how it stands to a scheme of an upper division"),
    "define": Text("有名称的条件，供 uses 引用", "conditions with a name, for uses"),
    "unclear": Text("来源未写明之处", "what the sources leave open"),
    "versions": Text("两个日期之间的规定", "the terms between two dates"),
    "examples": Text("虚构的情形和应得的答案", "made-up cases with the answer expected"),
    "untested": Text(
        "改动也不影响任何答案之处及原因", "places where a change alters no answer, with the reason"
    ),
}
BENEFIT = {
    "kind": Text("待遇种类", "kind of benefit"),
    "per": Text("有多份证书时：最高一份或每份", "with several certificates: the best, or each"),
    "strength": Text(
        "guidance：只是对单位的指导标准", "guidance: a guide to employers, no claim of the person"
    ),
}
BENEFIT_KINDS = {
    "one_off": Text("一次性", "paid once"),
    "monthly": Text("按月", "paid by the month"),
    "yearly": Text("按年", "paid by the year"),
    "grade_steps": Text("薪级（档）", "steps of a wage grade"),
    "points": Text("积分", "points"),
    "refund": Text("费用报销", "refund of fees"),
    "entitlement": Text("非金钱的待遇，写在 items", "something in kind, listed under items"),
    "verdict": Text("须符合的规定", "rules that the subject must meet"),
}
STACKING = {
    "excludes": Text("不能同时享受的项目编号", "ids of schemes that cannot be had beside this one"),
    "not_stated": Text(
        "能否同时享受未写明的项目编号", "ids of schemes for which the question is open"
    ),
}
RELATIONS = {
    "implements": Text("本项目是上级项目的落实", "this scheme is how the upper one is paid"),
    "overrides": Text(
        "对符合 where 的对象取代上级项目",
        "the upper one does not apply to those for whom where holds",
    ),
    "supplements": Text("两者并行", "both are paid"),
    "where": Text("在谁身上", "for whom"),
}
VERSION = {
    "id": Text("版本编号，不写则取 from", "name of the version; made from `from` where left out"),
    "selected_by": Text("按什么选用版本", "what chooses the version"),
    "from": Text(
        "生效首日（或年月、年份、not_stated）", "first day in force (or month, year, not_stated)"
    ),
    "until": Text("有效末日，或 not_stated", "last day in force, or not_stated"),
    "seen": Text(
        "最早见到的日期（from 为 not_stated 时）",
        "with from: not_stated, the earliest day on which a source shows it",
    ),
    "last_confirmed": Text(
        "来源最后一次表明其有效的时间；此后视为推定",
        "the last time a source shows it in force; presumed afterwards",
    ),
    "status": Text(
        "草案、废止、暂停或额度用尽的时段",
        "spans in which it is a draft, superseded, suspended or exhausted",
    ),
    "sources": Text("来源，至少一个", "sources, at least one"),
    "let": Text("有名称的数额", "amounts with a name"),
    "requires": Text("条件，按来源的顺序", "requirements, in the order of the source"),
    "amount": Text(
        "标准；未公开时 not_published", "what is given; not_published where no source says"
    ),
    "figures": Text(
        "来源提到而不构成标准的数字", "figures that a source quotes and that are no terms"
    ),
    "items": Text("待遇内容", "what an entitlement consists of"),
    "paid_before": Text("已发记录的作用", "what earlier payments do"),
    "rhythm": Text("哪些月份计入", "which months count"),
    "application": Text("何时、凭何申请", "when and with what to apply"),
    "unclear": Text("来源未写明之处", "what the sources leave open"),
}
SELECTED_BY = {
    "applied": Text("申请日期（默认）", "date of application (default)"),
    "exam_year": Text("考试年度", "exam year"),
    "obtained": Text("证书取得日期", "day on which the certificate was obtained"),
    "month": Text("所发月份（monthly 默认）", "the month paid (default for monthly)"),
}
STATUS = {
    "draft": Text("草案", "draft"),
    "superseded": Text("已被取代", "superseded"),
    "suspended": Text("暂停", "suspended"),
    "exhausted": Text("额度用尽", "exhausted"),
}
SOURCE = {
    "title": Text("标题", "title"),
    "number": Text("文号", "document number"),
    "publisher": Text("发布者", "publisher"),
    "date": Text("日期，或 not_stated", "date, or not_stated"),
    "kind": Text("来源种类，由强到弱", "kind of source, from the surest"),
    "url": Text("网址", "address"),
    "no_url": Text("没有网址的原因", "why there is no address"),
    "only_for": Text(
        "只载有哪一部分（不计入来源的可靠程度）",
        "the part that it alone carries; it does not count for how sure the sources are",
    ),
}
SOURCE_KINDS = {
    "official_text": Text("官方文本", "official text"),
    "official_news": Text("官方新闻", "official news"),
    "media": Text("媒体", "media"),
    "repost": Text("转载", "repost"),
    "training_site": Text("培训网站", "training site"),
}
LEDGER = {
    "once": Text("一人只领一次", "anything paid under the scheme bars it"),
    "once_per_level": Text("每个级别只领一次", "each level is paid once"),
    "once_per_certificate": Text("同一证书只领一次", "each certificate is paid once"),
    "difference_on_upgrade": Text("扣除已领部分", "all that was paid is deducted"),
    "not_stated": Text("来源未写明", "the sources do not say"),
}
PAID_BEFORE = {
    "rule": Text("规则", "rule"),
    "readings": Text("可能的几种规则", "several possible rules"),
    "lifetime_cap": Text("累计上限（元）", "limit of the sum of all payments, in CNY"),
    "other_authority_bars": Text(
        "其他机关的奖励是否排除", "a reward of another authority is a bar"
    ),
    "upgrade_years": Text(
        "补差额须在几个考试年度之内",
        "the higher certificate must be of at most so many exam years later",
    ),
    "max_times": Text("最多发放次数", "the most payments"),
}
BARS = {
    "same_level": Text("同一级别的", "one for the same level"),
    "same_certificate": Text("同一证书的", "one for the same certificate"),
    "any": Text("任何一项", "any"),
}
BARRING = {
    "match": Text("哪些奖励", "which rewards"),
    "status": Text("至少进行到哪一步", "how far it must have come"),
    "kind": Text("只限此种待遇", "that kind of benefit alone"),
}
BARRING_STATUS = {
    "applied": Text("已申请", "applied for"),
    "granted": Text("已批准", "granted"),
    "paid": Text("已发放", "paid"),
}
MAX_TIMES = {
    "times": Text("次数", "so many"),
    "per": Text("按什么计", "counted by"),
}
TIMES_PER = {
    "scheme": Text("整个项目", "the scheme"),
    "level": Text("每个级别", "each level"),
    "certificate": Text("每份证书", "each certificate"),
    "not_stated": Text("未写明", "not stated"),
}
FIGURE = {
    "kind": Text("种类", "kind"),
    "value": Text("数额", "the figure"),
    "note": Text("说明", "note"),
}
FIGURE_KINDS = {
    "mean": Text("平均", "a mean"),
    "example": Text("某人的实例", "what one person got"),
    "total": Text("总额", "a total"),
}
RHYTHM = {
    "counts": Text("月份何时计入", "when a month counts"),
    "starts": Text("自当月或次月起", "from the same or the next month"),
    "term_months": Text("最长月数", "at most so many months"),
    "paid_every": Text(
        "每隔几个月发一次，不影响总额", "months between two payments; no part of any sum"
    ),
}
COUNTS = {
    "any_day": Text("有一天符合（默认）", "the requirements hold on any day (default)"),
    "whole_month": Text("整月符合", "in the whole month"),
    "first_day": Text("首日符合", "on its first day"),
    "not_stated": Text("未写明", "not stated: decided only where all agree"),
}
STARTS = {
    "same_month": Text("当月（默认）", "the same month (default)"),
    "next_month": Text("次月", "the next month"),
    "next_january": Text("次年一月", "the next January"),
}
APPLICATION = {
    "from": Text("可申请的首日", "first day to apply"),
    "until": Text("可申请的末日", "last day to apply"),
    "documents": Text(
        "材料，按名称分组（all、级别等）", "documents by a name of your choice (all, a level, …)"
    ),
    "process": Text("程序", "procedure"),
    "clause": Text("条款", "clause of the source"),
}
REQUIREMENT = {
    "id": Text("编号，出现在答案中", "stands in the answer; made from the fact where left out"),
    "strength": Text("强度；只有 must 决定结果", "strength; only must decides"),
    "clause": Text("条款", "clause of the source"),
    "text": Text("要求的内容，用自己的话", "what it demands, in your own words"),
    "due": Text("此日以前不问", "a date before which it is not asked"),
    "unclear": Text(
        "来源未写明之处与所取理解", "what the source leaves open, and which reading was chosen"
    ),
}
STRENGTHS = {
    "must": Text("必须（默认）", "must (default)"),
    "in_principle": Text("原则上", "in principle"),
    "target": Text("目标", "target"),
    "guidance": Text("指导", "guidance"),
    "preference": Text("优先", "preference"),
}
CONDITION = {
    "fact": Text("事实名称", "name of a fact"),
    "value": Text("用来比较的数额", "an amount to compare"),
    "day": Text("用来比较的日期", "a day to compare"),
    "share": Text("部分占整体的比例", "a part of a whole"),
    "all": Text("全部成立", "all hold"),
    "any": Text("至少一项成立", "at least one holds"),
    "not": Text("不成立", "does not hold"),
    "at_least_n": Text("至少 n 项成立，或 not_stated", "at least n hold, or not_stated"),
    "of": Text("其中各项", "the parts"),
    "exists": Text("列表中有一项符合 where", "some entry of the list passes where"),
    "every": Text(
        "列表中符合 where 的每一项都符合 that", "every entry that passes where also meets that"
    ),
    "where": Text("哪些项计入", "which entries count"),
    "that": Text("每一项须符合的条件", "what each entry must meet"),
    "at": Text("该日在起止日期之内的项", "entries whose spell covers this day"),
    "if_empty": Text(
        "没有任何项（或整体为 0）时", "what holds where there is none, or the whole is 0"
    ),
    "readings": Text("原文可有的几种理解", "several readings of the text"),
    "note": Text("为何可有几种理解", "why there are several readings"),
    "not_stated": Text("已知存在而未见的条款", "a clause known to exist that was not seen"),
    "confirmed": Text("由机关认定的事项", "an office decides; name of the matter"),
    "text": Text("要求的内容", "what it demands"),
    "uses": Text("引用 define 中的条件", "a condition under define"),
    "unless": Text("例外：成立时也算符合", "exception: holds also where this does"),
    "when": Text("前提：不成立时不适用", "guard: asked only where this holds"),
    "is": Text("等于", "is"),
    "is_not": Text("不等于", "is not"),
    "one_of": Text("其中之一", "one of"),
    "not_one_of": Text("不在其中", "none of"),
    "at_least": Text("不低于", "at least"),
    "at_most": Text("不高于", "at most"),
    "more_than": Text("高于", "more than"),
    "less_than": Text("低于", "less than"),
    "between": Text("在两端之间（含）", "between two ends, both included"),
    "within": Text("在该区划之内", "within the division"),
    "not_within": Text("不在该区划之内", "not within the division"),
    "open": Text(
        "所列以“等”结尾，未列明的不能判定",
        "the list ends in 'and the like': what it does not name is unknown",
    ),
    "before": Text("早于", "before"),
    "after": Text("晚于", "after"),
    "not_before": Text("不早于", "not before"),
    "not_after": Text("不晚于", "not after"),
    "part": Text("部分", "the part"),
    "whole": Text("整体", "the whole"),
    "years": Text("年数", "so many years later"),
}
IF_EMPTY = {
    "holds": Text("成立", "it holds"),
    "fails": Text("不成立", "it fails"),
    "not_applicable": Text("不适用", "it does not apply"),
}
DAY = {
    "fact": Text("档案中的日期", "a date of the profile"),
    "add_months": Text("某日加若干月（可为负）", "a day and a number of months, maybe negative"),
    "first_of_month": Text("某日所在月份的 1 日", "the first day of the month of a day"),
    "not_before": Text(
        "不早于（与 not_after 同用）", "with not_after: a date given only between two dates"
    ),
    "not_after": Text(
        "不晚于（与 not_before 同用）", "with not_before: a date given only between two dates"
    ),
    "by": Text("按某年份查表", "a table of days by the year of a fact"),
    "day_of_year": Text("某年份中的月日", "a month and day in the year of a fact"),
    "years": Text("再加几年", "so many years later"),
    "month": Text("月", "month"),
    "day": Text("日", "day"),
    "earliest": Text("其中最早", "the earliest of several"),
    "latest": Text("其中最晚", "the latest of several"),
    "readings": Text("原文可有的几种日期", "the text allows several days"),
}
AMOUNT = {
    "by": Text("按某事实查表", "a table by a fact"),
    "otherwise": Text("其他情况", "every other case"),
    "brackets": Text("按数额分档", "bands of a quantity"),
    "of": Text("所作用的数额", "the amount it works on"),
    "cases": Text("依次判断，取第一个成立的", "the first case that holds"),
    "sum": Text("和", "sum"),
    "difference": Text("差", "difference of two"),
    "product": Text("积", "product"),
    "quotient": Text("商", "quotient of two"),
    "share_of": Text("某数额的一部分", "a share of an amount"),
    "share": Text("比例", "the share"),
    "least": Text("取最小", "the least of several"),
    "greatest": Text("取最大", "the greatest of several"),
    "cap": Text("上限", "at most"),
    "floor": Text("下限", "at least"),
    "round": Text("取整", "rounding to a step"),
    "per": Text("每若干单位", "so much for each n units"),
    "rounding": Text("不足一个单位时的取整", "rounding of a broken unit"),
    "value": Text("数额", "the amount"),
    "parts": Text("相加的各部分", "named parts, added up"),
    "part": Text("引用前面的部分", "an earlier part"),
    "let": Text("引用 let 中的数额", "an amount under let"),
    "readings": Text("原文可有的几种数额", "the text allows several amounts"),
    "range": Text("来源只给出的区间", "all that the sources give: a range"),
    "at_least": Text("来源只给出下限", "the sources give a lower end only"),
    "at_most": Text("来源只给出上限", "the sources give an upper end only"),
    "not_published": Text("标准未公开，及说明", "never published, with a text"),
    "count": Text("列表中的项数", "how many entries of a list"),
    "distinct": Text("按该字段去重", "count different values of this field"),
    "months": Text("列表中各时段的整月数", "whole months of the spells of a list"),
    "where": Text("哪些项计入", "which entries count"),
    "at": Text("该日在起止日期之内的项", "entries whose spell covers this day"),
    "since": Text("自何日起", "from this day"),
    "until": Text("至何日止", "until this day"),
    "continuous": Text("只计到该日仍在延续的一段", "only the spell still running then"),
    "over": Text("对列表各项的数额", "over an amount of each entry"),
    "take": Text("求和、取最大或最小", "sum, greatest or least"),
    "months_between": Text("两日之间的整月数", "whole months between two days"),
    "days_between": Text("两日之间的天数", "days between two days"),
    "years_between": Text("两日之间的整年数", "whole years between two days"),
    "year_of": Text("某日的年份", "the year of a day"),
    "statistic": Text("档案提供的统计数据", "a statistic that the profile supplies"),
    "division": Text("统计的地区", "the division of the statistic"),
    "year": Text("统计的年份", "the year of the statistic"),
    "fact": Text("档案中的数额或年份", "an amount or a year of the profile"),
    "years": Text("年份再加几年", "the year moved by so many"),
}
ROUND = {
    "to": Text("取整单位", "the step"),
    "mode": Text("取整方法", "how"),
}
ROUNDINGS = {
    "up": Text("进位", "up"),
    "down": Text("舍去", "down"),
    "half_up": Text("四舍五入", "half up"),
    "half_even": Text("银行家舍入", "half to even"),
    "not_stated": Text("未写明", "not stated: all are possible"),
}
TAKE = {
    "sum": Text("求和", "the sum"),
    "greatest": Text("取最大", "the greatest"),
    "least": Text("取最小", "the least"),
}
PART = {
    "id": Text("编号", "id"),
    "label": Text("名称", "label"),
    "value": Text("数额", "the amount"),
    "when": Text("条件", "only where this holds"),
}
EXAMPLE = {
    "name": Text("说明什么", "what it shows"),
    "given": Text("档案", "a profile"),
    "on": Text("询问的日期", "the day asked about"),
    "from": Text("期间首月", "first month of a period"),
    "to": Text("期间末月", "last month of a period"),
    "drafts": Text(
        "征求意见稿按已生效判定，不构成应得",
        "a draft answers as if it were in force, without a claim",
    ),
    "expect": Text("应得的答案", "the answer expected"),
    "printed": Text("来源本身印有此例", "the source itself prints the case"),
    "variants": Text("只改动个别事实的同一情形", "the same case with single facts changed"),
    "set": Text("改动的事实，按路径", "facts changed, by dotted path"),
    "remove": Text("去掉的事实，按路径", "facts left out, by dotted path"),
}
EXPECT = {
    "outcome": Text("结论", "outcome"),
    "amount": Text(
        "应发：数字、[最小, 最大] 或 not_published",
        "what is due: a number, [least, greatest] or not_published",
    ),
    "entitled": Text("扣除已发以前", "the amount before earlier payments"),
    "missing": Text("缺少的事实", "names of the facts that are missing"),
    "version": Text("版本编号", "id of the version"),
    "status": Text("状态", "status of the version"),
    "standing": Text("已核实或推定", "confirmed or presumed"),
    "schedule": Text("各期应发，total 为合计", "what is due for each period, total for the sum"),
    "fails": Text("全部不成立的条件编号", "ids of all requirements that do not hold"),
    "unknown": Text("全部未定的条件编号", "ids of all requirements that are unknown"),
    "concerns": Text("check 是否列出此项目", "whether check lists the scheme for the profile"),
}
OUTCOMES = {
    "eligible": Text("符合", "eligible"),
    "ineligible": Text("不符合", "ineligible"),
    "compliant": Text("合规", "compliant"),
    "non_compliant": Text("不合规", "not compliant"),
    "undetermined": Text("未定", "undetermined"),
    "not_in_force": Text("不在有效期", "not in force"),
}
STANDINGS = {
    "confirmed": Text("已核实", "confirmed"),
    "presumed": Text("推定有效", "presumed"),
}
UNTESTED = {
    "at": Text(
        "文件中的路径，如 versions.0.amount.senior",
        "path in the file, like versions.0.amount.senior",
    ),
    "change": Text(
        "只指这一改动（见 rules mutate 的输出）", "this change alone, as rules mutate prints it"
    ),
    "why": Text("为何不影响答案", "why it alters no answer"),
}
SUBJECTS = {
    "worker": Text("人员", "worker"),
    "project": Text("项目", "project"),
    "station": Text("站点", "station"),
    "organisation": Text("机构", "organisation"),
}
