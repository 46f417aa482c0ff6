"""Every sentence of ``sgincentive rules``, in both languages."""

from __future__ import annotations

from sgincentive.words import Text

RULES = Text(
    "编写规则文件用的工具：校验、试例、变异、比较。",
    "The author's desk: validate, test, mutate and compare rule files.",
)
VALIDATE = Text(
    """校验规则文件，一次列出全部问题。

    DIR 为规则目录或单个文件；不写则为随附规则。

    \b
    示例:
      sgincentive rules validate
      sgincentive rules validate rules --file zhejiang/ningbo

    退出码: 0 无误；2 有误。
    """,
    """Check rule files and list everything that is wrong at once.

    DIR is a folder of rule files or one file; the shipped rules where left out.

    \b
    Examples:
      sgincentive rules validate
      sgincentive rules validate rules --file zhejiang/ningbo

    Exit status: 0 all is well; 2 something is wrong.
    """,
)
TEST = Text(
    """运行规则文件中的示例，并列出没有示例触及的条件和表行。

    DIR 为规则目录或单个文件；不写则为随附规则。

    \b
    示例:
      sgincentive rules test
      sgincentive rules test rules --file zhejiang/ningbo

    退出码: 0 全部符合；1 有示例不符；2 规则文件有误。
    """,
    """Run the examples of rule files and list conditions and table rows that none of them tries.

    DIR is a folder of rule files or one file; the shipped rules where left out.

    \b
    Examples:
      sgincentive rules test
      sgincentive rules test rules --file zhejiang/ningbo

    Exit status: 0 all as expected; 1 an example fails; 2 a rule file is broken.
    """,
)
MUTATE = Text(
    """逐一改动规则文件中的数字、运算、日期、区划、级别，看是否有示例随之不符。

    列出无示例察觉的改动；写在文件 untested 下的另计。

    \b
    示例:
      sgincentive rules mutate
      sgincentive rules mutate rules --file zhejiang/ningbo --json

    退出码: 0 改动都被察觉或已注明；1 尚有未察觉的；2 规则文件有误。
    """,
    """Change one number, operator, date, division or level of a rule file at a time: does some
    example fail?

    Lists the changes that no example notices; those named under untested are counted apart.

    \b
    Examples:
      sgincentive rules mutate
      sgincentive rules mutate rules --file zhejiang/ningbo --json

    Exit status: 0 every change is noticed or named; 1 some are not; 2 a rule file is broken.
    """,
)
OPTIONS = {
    "file": Text(
        "只看此编号或其下的文件（可重复）", "only this id or what lies below it (may be repeated)"
    ),
    "root": Text("编号从此目录算起", "the folder from which ids are counted"),
}
VALIDATED = Text(
    "{files} 个文件，{schemes} 个可用，{errors} 处错误",
    "{files} files, {schemes} sound schemes, {errors} errors",
)
MUTATING = Text("变异", "mutating")
TESTING = Text("试例", "testing")
STALE = Text("untested {at} {change} 已无所指", "untested {at} {change} names no survivor")
FAILING = Text("{n} 个示例本来就不符", "{n} examples fail without any change")
# What notices a change that survives often, by the last word of its place.
HINTS = {
    "applies_in": Text(
        "applies_in: 用一个地点都在邻近地区的示例，写明 concerns: false",
        "applies_in: an example whose places all lie in a neighbouring division, with concerns: "
        "false",
    ),
    "per": Text(
        "per: 用一个有两份证书的示例",
        "per: an example with two certificates that both give something",
    ),
    "last_confirmed": Text(
        "last_confirmed: 用当日 (standing: confirmed) 与次日 (standing: presumed) 两个示例",
        "last_confirmed: examples on its last day (standing: confirmed) and the day after "
        "(standing: presumed)",
    ),
    "seen": Text(
        "seen: 用当日与前一日 (unknown: [in-force]) 两个示例",
        "seen: examples on its first day and the day before (unknown: [in-force])",
    ),
    "paid_before": Text(
        "paid_before: 用已领过的示例 (received)",
        "paid_before: an example with an earlier payment (received)",
    ),
}
TALLY = Text(
    "{files} 个文件，{all} 处改动，察觉 {killed} 处（{share}%），注明 {named} 处，其余 {left} 处",
    "{files} files, {all} mutants, {killed} killed ({share}%), {named} named, {left} survive",
)
DIFFERENCE = Text("{key}: 期望 {expected}，得到 {got}", "{key}: expected {expected}, got {got}")
TESTED = Text(
    "{files} 个文件，{examples} 个示例，{failed} 个不符；{untried} 处没有示例触及",
    "{files} files, {examples} examples, {failed} fail; {untried} places are not tried by any",
)
