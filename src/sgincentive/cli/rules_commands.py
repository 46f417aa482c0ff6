"""The commands below ``sgincentive rules``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import click

from sgincentive.cli import messages
from sgincentive.cli import rules_messages as msg
from sgincentive.words import Lang

F = TypeVar("F", bound=Callable[..., Any])


def add_rules(top: click.Group, lang: Lang) -> None:
    """Add the group ``rules`` with its help in one language."""
    texts = {**messages.OPTIONS, **msg.OPTIONS}

    def option(*names: str, text: str, **more: Any) -> Callable[[F], F]:
        return click.option(*names, help=texts[text].get(lang), **more)

    def language(command: F) -> F:
        command = click.help_option("--help", help=texts["help"].get(lang))(command)
        return option("--lang", type=click.Choice(["zh", "en"]), default=lang, text="lang")(command)

    def common(command: F) -> F:
        command = language(command)
        return option("--json", "as_json", is_flag=True, text="json")(command)

    def files(command: F) -> F:
        """The choice of files."""
        command = common(command)
        command = option("--root", metavar="DIR", text="root")(command)
        command = option("--file", "prefixes", multiple=True, metavar="ID", text="file")(command)
        return click.argument("folder", metavar="[DIR]", required=False)(command)

    def chosen(given: dict[str, Any]) -> dict[str, Any]:
        return {**given, "lang": cast(Lang, given["lang"])}

    @top.group("rules", help=msg.RULES.get(lang))
    @click.help_option("--help", help=texts["help"].get(lang))
    def rules() -> None:
        pass

    @rules.command("validate", help=msg.VALIDATE.get(lang))
    @files
    def validate_command(folder: str | None, **given: Any) -> int:
        from sgincentive.cli.rules import validate_rules

        return validate_rules(folder, **chosen(given))

    @rules.command("test", help=msg.TEST.get(lang))
    @files
    def test_command(folder: str | None, **given: Any) -> int:
        from sgincentive.cli.rules import test_rules

        return test_rules(folder, **chosen(given))

    @rules.command("mutate", help=msg.MUTATE.get(lang))
    @files
    def mutate_command(folder: str | None, **given: Any) -> int:
        from sgincentive.cli.rules import mutate_rules

        return mutate_rules(folder, **chosen(given))

    @rules.command("lint", help=msg.LINT.get(lang))
    @files
    @option("--days", type=click.IntRange(min=0), metavar="N", text="days")
    def lint_command(folder: str | None, **given: Any) -> int:
        from sgincentive.cli.rules import lint_rules

        return lint_rules(folder, **chosen(given))

    @rules.command("diff", help=msg.DIFF.get(lang))
    @click.argument("old", metavar="OLD")
    @click.argument("new", metavar="NEW")
    @option("--profiles", metavar="DIR", text="profiles")
    @option("--on", metavar="DATE", text="on")
    @common
    def diff_command(old: str, new: str, **given: Any) -> int:
        from sgincentive.cli.main import day_of
        from sgincentive.cli.rules import diff_rules

        given = chosen(given)
        return diff_rules(old, new, **{**given, "on": day_of(given["on"], given["lang"])})

    @rules.command("new", help=msg.NEW.get(lang))
    @click.argument("scheme", metavar="ID")
    @option("-o", "output", metavar="FILE", text="output")
    @option("--rules", "folder", metavar="DIR", text="into")
    @language
    def new_command(scheme: str, **given: Any) -> int:
        from sgincentive.cli.rules import new_rule

        return new_rule(scheme, **chosen(given))

    @rules.command("schema", help=msg.SCHEMA.get(lang))
    @option("-o", "output", metavar="FILE", text="output")
    @language
    def schema_command(**given: Any) -> int:
        from sgincentive.cli.rules import print_schema

        return print_schema(given["output"])

    @rules.command("snapshot", help=msg.SNAPSHOT.get(lang))
    @option("-o", "output", metavar="DIR", required=True, text="snapshots")
    @files
    def snapshot_command(folder: str | None, **given: Any) -> int:
        from sgincentive.cli.rules import write_snapshot

        return write_snapshot(folder, **chosen(given))
