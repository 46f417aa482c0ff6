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
LINT = Text(
    """找出规则文件中虽然有效、却多半有误之处。

    版本之间的空档、用不到的表行、不可能或必然成立的条件、不存在的项目编号、未译的文字、
    已无所指的 untested。久未核实的来源只计数，写明 --days 时才逐一列出。

    \b
    示例:
      sgincentive rules lint
      sgincentive rules lint rules --days 400

    退出码: 0 没有发现；1 有发现；2 规则文件有误。
    """,
    """Find what is allowed in rule files and yet most likely a mistake.

    Gaps between versions, rows that cannot match, conditions that never or always hold, schemes
    that do not exist, missing translations, untested entries that name nothing. Sources not
    confirmed for long are only counted, and listed with --days.

    \b
    Examples:
      sgincentive rules lint
      sgincentive rules lint rules --days 400

    Exit status: 0 nothing found; 1 something found; 2 a rule file is broken.
    """,
)
DIFF = Text(
    """比较两个规则文件或目录：规定有何变化，示例中的人和虚构的人各得失多少。

    \b
    示例:
      sgincentive rules diff old.yaml rules/zhejiang/ningbo/exam-reward.yaml
      sgincentive rules diff ../before/rules rules --profiles people

    退出码: 0 没有变化；1 有变化；2 规则文件有误。
    """,
    """Compare two rule files or folders: what changed in terms, and who of the examples and of
    made-up people gains or loses how much.

    \b
    Examples:
      sgincentive rules diff old.yaml rules/zhejiang/ningbo/exam-reward.yaml
      sgincentive rules diff ../before/rules rules --profiles people

    Exit status: 0 nothing changed; 1 something changed; 2 a rule file is broken.
    """,
)
NEW = Text(
    """写出一个带说明的规则文件样板。

    \b
    示例:
      sgincentive rules new zhejiang/wenzhou/exam-reward
      sgincentive rules new zhejiang/wenzhou/exam-reward --rules rules
    """,
    """Write a commented skeleton of a rule file.

    \b
    Examples:
      sgincentive rules new zhejiang/wenzhou/exam-reward
      sgincentive rules new zhejiang/wenzhou/exam-reward --rules rules
    """,
)
SCHEMA = Text(
    """输出规则文件的 JSON Schema，供编辑器补全和提示。

    \b
    示例:
      sgincentive rules schema -o docs/rule-file.schema.json
    """,
    """Print the JSON Schema of a rule file, for completion and hover in an editor.

    \b
    Example:
      sgincentive rules schema -o docs/rule-file.schema.json
    """,
)
SNAPSHOT = Text(
    """重写快照：各地虚构的人从当地项目得到什么。

    \b
    示例:
      sgincentive rules snapshot -o tests/rules/snapshots
    """,
    """Write the snapshots anew: what made-up people of each place get from its schemes.

    \b
    Example:
      sgincentive rules snapshot -o tests/rules/snapshots
    """,
)
OPTIONS = {
    "days": Text(
        "多少天未再核实即列出（默认 400）", "list what was not confirmed for N days (400)"
    ),
    "profiles": Text("改用此目录中的档案", "ask about the profiles in this folder instead"),
    "output": Text("写入此文件，不覆盖", "write into this file, never over another"),
    "into": Text("写入此规则目录", "write into this rule folder"),
    "snapshots": Text("快照目录", "the folder of the snapshots"),
    "file": Text(
        "只看此编号或其下的文件（可重复）", "only this id or what lies below it (may be repeated)"
    ),
    "root": Text("编号从此目录算起", "the folder from which ids are counted"),
}
VALIDATED = Text(
    "{files} 个文件，{schemes} 个可用，{errors} 处错误",
    "{files} files, {schemes} sound schemes, {errors} errors",
)
LINTED = Text(
    "{files} 个文件，{found} 处问题；{old} 个项目的来源超过 {days} 天未再核实",
    "{files} files, {found} findings; {old} schemes were last confirmed over {days} days ago",
)
STATES = {
    "added": Text("新增", "added"),
    "removed": Text("删除", "removed"),
    "changed": Text("变更", "changed"),
}
DIFFERED = Text(
    "{schemes} 个项目有变化，{people} 个情形的答案不同",
    "{schemes} schemes changed, {people} cases get another answer",
)
WRITTEN = Text("已写入 {path}", "wrote {path}")
SNAPPED = Text("{n} 个快照文件有变化", "{n} snapshot files changed")
NO_PROFILES = Text("目录中没有档案 (.yaml、.json)", "the folder holds no profile (.yaml, .json)")
MUTATING = Text("变异", "mutating")
LINTING = Text("检查", "linting")
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
