"""Every sentence of the command line, in both languages."""

from __future__ import annotations

import re

import click

from sgincentive.words import Text

TOP = Text(
    "中国社会工作激励政策的规则库：某人能得什么、由谁发、依据什么、何时申请；项目预算是否合规；还缺什么才能确定。",
    "Rules as code for China's social-work incentives: what a person gets, from whom, why and by "
    "when; whether a project budget complies; what is missing to be sure.",
)
CHECK = Text(
    """对一份档案逐项判定所有相关政策。

    PROFILE 为 YAML 或 JSON 文件，或 "-"（标准输入）。

    \b
    示例:
      sgincentive check examples/worker-ningbo.yaml
      sgincentive check worker.yaml --on 2025-01-10 \\
          --scheme zhejiang/ningbo/exam-reward
      sgincentive check worker.yaml --from 2024-01 --to 2024-12 --json

    退出码: 0 已判定；指定 --scheme 时 1 不符合、3 未定；2 输入或用法有误。
    """,
    """Decide every scheme that could concern a profile.

    PROFILE is a YAML or JSON file, or "-" for standard input.

    \b
    Examples:
      sgincentive check examples/worker-ningbo.yaml
      sgincentive check worker.yaml --on 2025-01-10 \\
          --scheme zhejiang/ningbo/exam-reward
      sgincentive check worker.yaml --from 2024-01 --to 2024-12 --json

    Exit status: 0 evaluated; with --scheme 1 when one does not apply, 3 when one is undetermined;
    2 for input or usage that cannot be used.
    """,
)
SCHEMES = Text(
    """列出政策项目。

    \b
    示例:
      sgincentive schemes
      sgincentive schemes --in 浙江
      sgincentive schemes --subject project --json
    """,
    """List the schemes.

    \b
    Examples:
      sgincentive schemes
      sgincentive schemes --in 浙江
      sgincentive schemes --subject project --json
    """,
)
COVERAGE = Text(
    """显示哪些地区已收录、哪些有记录但没有可计算的条款、哪些没有记录。

    \b
    示例:
      sgincentive coverage
      sgincentive coverage --in 浙江
    """,
    """Show for which places schemes are on record, and for which nothing is.

    \b
    Examples:
      sgincentive coverage
      sgincentive coverage --in 浙江
    """,
)
SHOW = Text(
    """以一页文字显示一个政策项目：条件、标准、来源、未明之处与示例。

    \b
    示例:
      sgincentive show zhejiang/ningbo/exam-reward
    """,
    """Show one scheme as a page: terms, sources, what is unclear and examples.

    \b
    Example:
      sgincentive show zhejiang/ningbo/exam-reward
    """,
)
OPTIONS = {
    "scheme": Text("只判定该项目（可重复）", "only this scheme (may be repeated)"),
    "on": Text("询问的日期 YYYY-MM-DD", "the date asked about, YYYY-MM-DD"),
    "from": Text("期间首月 YYYY-MM", "first month of a period, YYYY-MM"),
    "to": Text("期间末月 YYYY-MM", "last month of a period, YYYY-MM"),
    "rules": Text("另加规则目录（可重复，后者优先）", "another rule folder (may be repeated)"),
    "lang": Text("语言 zh 或 en", "language, zh or en"),
    "json": Text("输出 JSON", "print JSON"),
    "all": Text("包括档案未提及地区的项目", "also schemes of places the profile does not name"),
    "confirmed_within": Text(
        "超过此期限（如 24m）未再核实的视为未定",
        "take terms not confirmed within this time (24m) as undetermined",
    ),
    "drafts": Text(
        "没有有效规定时按征求意见稿判定（不构成应得）",
        "where nothing is in force, answer by a draft (no claim, never in a sum)",
    ),
    "min_confidence": Text(
        "略去来源弱于此类的项目（如 official_news）",
        "leave out schemes with weaker sources than this kind (like official_news)",
    ),
    "in": Text("行政区划代码或名称", "a division, by code or name"),
    "subject": Text("对象种类", "kind of subject"),
    "help": Text("显示帮助", "show this help"),
    "version": Text("显示版本", "show the version"),
}
CONFIDENCE = ("official_text", "official_news", "media", "repost", "training_site")
USAGE = Text("用法", "Usage")
HEADINGS = {"Options": Text("选项", "Options"), "Commands": Text("命令", "Commands")}
NO_STDOUT = Text("标准输出已关闭，无处写结果", "standard output is closed: nowhere to write")
NO_STDIN = Text("标准输入已关闭", "standard input is closed")
NOT_WRITTEN = Text("结果没有写完", "the answer could not be written in full")
ERROR = Text("错误", "error")
HINT = Text("提示", "hint")
TRY_HELP = Text("用 --help 查看用法", "see --help")
BAD_DAY = Text("应为日期 YYYY-MM-DD", "a date YYYY-MM-DD was expected")
BAD_MONTH = Text("应为月份 YYYY-MM", "a month YYYY-MM was expected")
BAD_PERIOD = Text(
    "--from 与 --to 须同时给出、先后有序，且不超过 600 个月",
    "--from and --to go together, in order, and span at most 600 months",
)
BAD_TERM = Text("应为月数，如 24m", "a number of months was expected, like 24m")
INTERRUPTED = Text("已中断", "interrupted")
BROKEN_SKIPPED = Text(
    "以下规则文件有误，已跳过（与此档案无关）",
    "these rule files are broken and were left out (they cannot concern this profile)",
)


def usage_text(error: click.UsageError) -> Text:
    """A usage error of the command-line library in both languages."""
    english = error.format_message()
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param is not None else ""
        return Text(f"缺少参数 {name}", english)
    if isinstance(error, click.BadOptionUsage):
        return Text(f"选项 {error.option_name} 用法有误", english)
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param is not None else ""
        kind = error.param.type if error.param is not None else None
        given = re.match(r"'?(.*?)'? is not ", error.message)
        said = f'{name} "{given[1]}"' if given is not None else name
        if isinstance(kind, click.Choice):
            words = ", ".join(map(str, kind.choices))
            return Text(f"{said}: 可用的有 {words}", f"{said}: expected one of {words}")
        least = getattr(kind, "min", None)
        return Text(
            f"{said}: 应为不小于 {least} 的整数",
            f"{said}: a whole number of at least {least} was expected",
        )
    extra = r"Got unexpected extra arguments? \((.*)\)"
    return Text(
        re.sub(extra, r"多余的参数: \1", english),
        re.sub(extra, r"unexpected argument: \1", english),
    )
