"""The sentences of the commands over rosters, in both languages."""

from __future__ import annotations

from sgincentive.words import Text

ROSTER = Text(
    """对一份名册（.xlsx、.csv、.parquet）逐行判定，并汇总人数与金额。

    第 1 行为标题，其下每行一人（一本证书、一个现任岗位）或一个项目、站点、机构。
    不能用的行列入“拒收”，写明行号和原因。

    \b
    示例:
      sgincentive roster examples/roster.csv --in 宁波 --on 2025-01-10
      sgincentive roster 名册.xlsx -o 结果.xlsx \\
          --scheme zhejiang/ningbo/exam-reward
      sgincentive roster 名册.xlsx -o 结果.xlsx --period 2024
    """,
    """Check every row of a roster (.xlsx, .csv, .parquet) and add up people and amounts.

    Headings in row 1 and one row a person (one certificate, one current post), project,
    station or organisation; a row that cannot be used is listed as rejected, with its number and
    the reason.

    \b
    Examples:
      sgincentive roster examples/roster.csv --in 宁波 --on 2025-01-10
      sgincentive roster roster.xlsx -o result.xlsx \\
          --scheme zhejiang/ningbo/exam-reward
      sgincentive roster roster.xlsx -o result.xlsx --period 2024
    """,
)
TEMPLATE = Text(
    """生成空白名册（.xlsx）：中文标题、下拉选项、日期校验，附填写说明。

    \b
    示例:
      sgincentive template 名册.xlsx --scheme zhejiang/ningbo/exam-reward
    """,
    """Write an empty roster (.xlsx): headings, drop-down lists, checked dates, and how to fill it.

    \b
    Example:
      sgincentive template roster.xlsx --scheme zhejiang/ningbo/exam-reward
    """,
)
COST = Text(
    """比较现行标准与改动后的标准在一份名册上的花费：合计、谁多得、谁少得。

    --set 写规则文件中的位置和新值；不写则只算现行标准。

    \b
    示例:
      sgincentive cost examples/roster.csv --on 2025-01-10 \\
          --scheme zhejiang/ningbo/exam-reward --set amount.senior=8000
    """,
    """Compare what a scheme costs over a roster today and with changed terms: sums, who gains, who
    loses.

    --set names a place in the rule file and the new value; without it only today's terms count.

    \b
    Example:
      sgincentive cost examples/roster.csv --on 2025-01-10 \\
          --scheme zhejiang/ningbo/exam-reward --set amount.senior=8000
    """,
)
SQL = Text(
    """打印一个政策项目的 SQL 语句，可在数据仓库中对整张表判定。

    开头的注释列出所读的列；金额以分计，行政区划为代码。

    \b
    示例:
      sgincentive sql zhejiang/ningbo/exam-reward --dialect postgres \\
          --on 2025-01-10 --complete received
    """,
    """Print the SQL statement of a scheme, by which a warehouse answers for a whole table.

    The comment at its head lists the columns that it reads; amounts are in fen, divisions are
    codes.

    \b
    Example:
      sgincentive sql zhejiang/ningbo/exam-reward --dialect postgres \\
          --on 2025-01-10 --complete received
    """,
)
OPTIONS = {
    "dialect": Text("数据库：duckdb、postgres 或 spark", "duckdb, postgres or spark"),
    "table": Text("表名（默认 roster）", "the name of the table (default: roster)"),
    "complete": Text(
        "每行已写全的列表，如 received、posts（可重复）",
        "a list that each row gives in full, such as received or posts (may be repeated)",
    ),
    "output": Text("结果文件 .xlsx、.csv 或 .parquet", "the result: .xlsx, .csv or .parquet"),
    "chart": Text(
        "图 .svg 或 .png，或逐行的 .xlsx、.csv、.parquet（可重复）",
        "a chart, .svg or .png, or the rows, .xlsx, .csv or .parquet (may be repeated)",
    ),
    "scheme_one": Text("政策项目的编号", "the id of the scheme"),
    "force": Text("覆盖已有文件", "replace a file that exists"),
    "period": Text(
        "期间：年 2024、月 2024-03 或 2024-01/2024-06",
        "a year 2024, a month 2024-03, or 2024-01/2024-06",
    ),
    "keep": Text(
        "自有的列，不作事实读取（可重复）", "a column of your own, no fact (may be repeated)"
    ),
    "set": Text(
        "改动，如 amount.senior=8000（可重复）",
        "a change, such as amount.senior=8000 (may be repeated)",
    ),
}
BAD_ROSTER_PERIOD = Text(
    "应为年 2024、月 2024-03 或先后有序的 2024-01/2024-06",
    "a year 2024, a month 2024-03, or months in order 2024-01/2024-06 were expected",
)
BROKEN_LEFT_OUT = Text("以下规则文件有误，已跳过", "these rule files are broken and were left out")
