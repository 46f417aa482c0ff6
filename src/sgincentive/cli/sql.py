"""``sgincentive sql``: the statement of a scheme for a warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sgincentive.cli.main import OK, print_json, refuse
from sgincentive.cli.rosters import or_refuse, rules_of
from sgincentive.roster.extras import needed
from sgincentive.words import Lang, Text

if TYPE_CHECKING:
    from sgincentive.columns.statements import Dialect

READS = Text("-- 读取表 {} 的下列各列：", "-- reads these columns of the table {}:")


def _no_list(name: str) -> Text:
    return Text(f"--complete “{name}”：没有这个列表", f'--complete "{name}": there is no such list')


def _no_table(name: str) -> Text:
    return Text(
        f"--table “{name}”：表名只能由字母、数字和下划线组成",
        f'--table "{name}": the name of a table holds letters, digits and underscores only',
    )


def print_statement(
    id: str,
    *,
    dialect: Dialect,
    on: date | None,
    table: str,
    complete: Sequence[str],
    folders: Sequence[Path],
    lang: Lang,
    as_json: bool,
) -> int:
    """Run the command; gives the exit status."""

    def work() -> int:
        for module in ("narwhals", "duckdb"):
            needed(module)
        from sgincentive.columns.headings import TableError
        from sgincentive.columns.sql import columns_of, statement
        from sgincentive.facts import lists

        rules, (scheme,), _ = rules_of(folders, [id], None, lang)
        known = lists(scheme.subject)
        for name in complete:
            if name not in known:
                names = ", ".join(known)
                refuse(lang, _no_list(name), Text(f"可写：{names}", f"expected one of: {names}"))
        if not table.isidentifier() or not table.isascii():
            refuse(lang, _no_table(table))
        try:
            text = statement(rules, scheme.id, dialect, on=on, table=table, complete=complete)
        except TableError as error:
            refuse(lang, error.texts[0])
        columns = columns_of(rules, scheme.id)
        if as_json:
            listed = [{"name": n, "type": t, "holds": h} for n, (t, h) in columns.items()]
            print_json({"scheme": scheme.id, "dialect": dialect, "columns": listed, "sql": text})
            return OK
        print(READS.get(lang).format(table))
        for name, (type_, holds) in columns.items():
            print(f"--   {name}  {type_}  {holds}")
        print(text)
        return OK

    return or_refuse(lang, work)
