"""The commands over rosters: ``roster``, ``template``, ``cost`` and ``sql``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from sgincentive.cli import messages
from sgincentive.cli import roster_messages as msg
from sgincentive.words import Lang

F = TypeVar("F", bound=Callable[..., Any])


def add_rosters(top: click.Group, lang: Lang) -> None:
    """Add the commands with their help in one language."""
    texts = {**messages.OPTIONS, **msg.OPTIONS}

    def option(*names: str, text: str, **more: Any) -> Callable[[F], F]:
        return click.option(*names, help=texts[text].get(lang), **more)

    def plain(command: F) -> F:
        command = click.help_option("--help", help=texts["help"].get(lang))(command)
        command = option("--json", "as_json", is_flag=True, text="json")(command)
        command = option("--lang", type=click.Choice(["zh", "en"]), default=lang, text="lang")(
            command
        )
        return option("--rules", multiple=True, metavar="DIR", text="rules")(command)

    def common(command: F) -> F:
        command = plain(command)
        return option("--force", is_flag=True, text="force")(command)

    def asked(command: F) -> F:
        """What is asked of the rows of a roster."""
        command = option("--keep", multiple=True, metavar="HEADING", text="keep")(common(command))
        command = option("--period", metavar="2024", text="period")(command)
        return option("--on", metavar="DATE", text="on")(command)

    @top.command("roster", help=msg.ROSTER.get(lang))
    @click.argument("source", metavar="IN")
    @option("-o", "--output", metavar="OUT", text="output")
    @option("--scheme", "schemes", multiple=True, metavar="ID", text="scheme")
    @option("--in", "place", metavar="DIVISION", text="in")
    @asked
    def roster_command(**given: Any) -> int:
        from sgincentive.cli.main import day_of
        from sgincentive.cli.roster import run_roster

        chosen = cast(Lang, given["lang"])
        return run_roster(
            given["source"],
            output=given["output"],
            schemes=given["schemes"],
            place=given["place"],
            on=day_of(given["on"], chosen),
            period=given["period"],
            keep=given["keep"],
            force=given["force"],
            folders=[Path(f) for f in given["rules"]],
            lang=chosen,
            as_json=given["as_json"],
        )

    @top.command("template", help=msg.TEMPLATE.get(lang))
    @click.argument("target", metavar="FILE.xlsx")
    @option("--scheme", "schemes", multiple=True, metavar="ID", text="scheme")
    @option("--in", "place", metavar="DIVISION", text="in")
    @option("--subject", metavar="SUBJECT", text="subject")
    @common
    def template_command(**given: Any) -> int:
        from sgincentive.cli.template import make_template

        return make_template(
            given["target"],
            schemes=given["schemes"],
            place=given["place"],
            subject=given["subject"],
            force=given["force"],
            folders=[Path(f) for f in given["rules"]],
            lang=cast(Lang, given["lang"]),
            as_json=given["as_json"],
        )

    @top.command("cost", help=msg.COST.get(lang))
    @click.argument("source", metavar="ROSTER")
    @option("--scheme", required=True, metavar="ID", text="scheme_one")
    @option("--set", "changes", multiple=True, metavar="PLACE=VALUE", text="set")
    @option("-o", "--output", "outputs", multiple=True, metavar="OUT", text="chart")
    @asked
    def cost_command(**given: Any) -> int:
        from sgincentive.cli.cost import run_cost
        from sgincentive.cli.main import day_of

        chosen = cast(Lang, given["lang"])
        return run_cost(
            given["source"],
            scheme=given["scheme"],
            changes=given["changes"],
            outputs=given["outputs"],
            on=day_of(given["on"], chosen),
            period=given["period"],
            keep=given["keep"],
            force=given["force"],
            folders=[Path(f) for f in given["rules"]],
            lang=chosen,
            as_json=given["as_json"],
        )

    @top.command("sql", help=msg.SQL.get(lang))
    @click.argument("id", metavar="ID")
    @option("--dialect", type=click.Choice(["duckdb", "postgres", "spark"]), default="duckdb",
            text="dialect")  # fmt: skip
    @option("--on", metavar="DATE", text="on")
    @option("--table", metavar="TABLE", default="roster", text="table")
    @option("--complete", multiple=True, metavar="LIST", text="complete")
    @plain
    def sql_command(**given: Any) -> int:
        from sgincentive.cli.main import day_of
        from sgincentive.cli.sql import print_statement

        chosen = cast(Lang, given["lang"])
        return print_statement(
            given["id"],
            dialect=given["dialect"],
            on=day_of(given["on"], chosen),
            table=given["table"],
            complete=given["complete"],
            folders=[Path(f) for f in given["rules"]],
            lang=chosen,
            as_json=given["as_json"],
        )
