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

    def common(command: F) -> F:
        command = click.help_option("--help", help=texts["help"].get(lang))(command)
        command = option("--json", "as_json", is_flag=True, text="json")(command)
        return option("--lang", type=click.Choice(["zh", "en"]), default=lang, text="lang")(command)

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
