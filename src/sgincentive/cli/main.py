"""``sgincentive``: the entry point, languages, errors and exit status."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

import click

from sgincentive import __version__
from sgincentive.calendar import MAX_MONTHS, add_months, month_start, span_of
from sgincentive.cli import messages as msg
from sgincentive.words import Lang, Text, nearest

F = TypeVar("F", bound=Callable[..., Any])

OK, NOT_MET, UNUSABLE, OPEN = 0, 1, 2, 3


class Unusable(Exception):
    """Input or usage that cannot be used; ``lines`` is what to say on stderr."""

    def __init__(self, lines: str) -> None:
        super().__init__(lines)
        self.lines = lines


def language(arguments: Sequence[str]) -> Lang:
    """The language asked for on the command line, else in SGINCENTIVE_LANG, else Chinese."""
    chosen = os.environ.get("SGINCENTIVE_LANG", "zh")
    for i, word in enumerate(arguments):
        if word == "--lang" and i + 1 < len(arguments):
            chosen = arguments[i + 1]
        elif word.startswith("--lang="):
            chosen = word[7:]
    return "en" if chosen == "en" else "zh"


def refuse(lang: Lang, text: Text, hint: Text | None = None) -> NoReturn:
    """Stop with a sentence on stderr."""
    lines = f"sgincentive: {msg.ERROR.get(lang)}: {text.get(lang)}"
    if hint is not None:
        lines += f"\n   {msg.HINT.get(lang)}: {hint.get(lang)}"
    raise Unusable(lines)


def day_of(text: str | None, lang: Lang) -> date | None:
    """The day of ``--on``."""
    if text is None:
        return None
    try:
        first, last = span_of(text)
    except ValueError:
        first, last = date.min, date.max
    if first != last:
        refuse(lang, Text(f'--on "{text}": {msg.BAD_DAY.zh}', f'--on "{text}": {msg.BAD_DAY.en}'))
    return first


def period_of(first: str | None, last: str | None, lang: Lang) -> tuple[str | None, str | None]:
    """The months of ``--from`` and ``--to``."""
    for name, text in (("--from", first), ("--to", last)):
        if text is None:
            continue
        try:
            month_start(text)
        except ValueError:
            refuse(
                lang,
                Text(
                    f'{name} "{text}": {msg.BAD_MONTH.zh}', f'{name} "{text}": {msg.BAD_MONTH.en}'
                ),
            )
    if first is None and last is None:
        return None, None
    if first is None or last is None:
        refuse(lang, msg.BAD_PERIOD)
    start, stop = month_start(first), month_start(last)
    if stop < start or add_months(start, MAX_MONTHS - 1) < stop:
        refuse(lang, msg.BAD_PERIOD)
    return first, last


def term_of(text: str | None, lang: Lang) -> int | None:
    """The months of ``--confirmed-within``."""
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,3}m", text):
        refuse(
            lang,
            Text(f'"{text}": {msg.BAD_TERM.zh}', f'"{text}": {msg.BAD_TERM.en}'),
        )
    return int(text[:-1])


def build(lang: Lang) -> click.Group:
    """The commands with their help in one language."""
    settings = {"help_option_names": ["--help"], "max_content_width": 100}

    def option(*names: str, text: str, **more: Any) -> Callable[[F], F]:
        return click.option(*names, help=msg.OPTIONS[text].get(lang), **more)

    def common(command: F) -> F:
        command = option("--json", "as_json", is_flag=True, text="json")(command)
        command = option("--lang", type=click.Choice(["zh", "en"]), default=lang, text="lang")(
            command
        )
        return option("--rules", multiple=True, metavar="DIR", text="rules")(command)

    @click.group(help=msg.TOP.get(lang), context_settings=settings)
    @click.version_option(
        __version__, prog_name="sgincentive", help=msg.OPTIONS["version"].get(lang)
    )
    @option("--lang", "top_lang", type=click.Choice(["zh", "en"]), default=lang, text="lang")
    def top(top_lang: str) -> None:
        del top_lang

    @top.command("check", help=msg.CHECK.get(lang))
    @click.argument("profile")
    @option("--scheme", "schemes", multiple=True, metavar="ID", text="scheme")
    @option("--on", metavar="DATE", text="on")
    @option("--from", "start", metavar="MONTH", text="from")
    @option("--to", "stop", metavar="MONTH", text="to")
    @option("--confirmed-within", metavar="24m", text="confirmed_within")
    @option("--all", "everywhere", is_flag=True, text="all")
    @common
    def check_command(**given: Any) -> int:
        from sgincentive.cli.check import check_profile

        chosen = cast(Lang, given["lang"])
        start, stop = period_of(given["start"], given["stop"], chosen)
        return check_profile(
            given["profile"],
            schemes=given["schemes"],
            on=day_of(given["on"], chosen),
            start=start,
            stop=stop,
            confirmed_within=term_of(given["confirmed_within"], chosen),
            everywhere=given["everywhere"],
            folders=[Path(f) for f in given["rules"]],
            lang=chosen,
            as_json=given["as_json"],
        )

    @top.command("schemes", help=msg.SCHEMES.get(lang))
    @option("--in", "place", metavar="DIVISION", text="in")
    @option("--subject", metavar="SUBJECT", text="subject")
    @common
    def schemes_command(**given: Any) -> int:
        from sgincentive.cli.schemes import list_schemes

        return list_schemes(
            place=given["place"],
            subject=given["subject"],
            folders=[Path(f) for f in given["rules"]],
            lang=cast(Lang, given["lang"]),
            as_json=given["as_json"],
        )

    @top.command("show", help=msg.SHOW.get(lang))
    @click.argument("scheme", metavar="ID")
    @common
    def show_command(**given: Any) -> int:
        from sgincentive.cli.schemes import show_scheme

        return show_scheme(
            given["scheme"],
            folders=[Path(f) for f in given["rules"]],
            lang=cast(Lang, given["lang"]),
            as_json=given["as_json"],
        )

    for command in (top, *top.commands.values()):
        for parameter in command.get_params(click.Context(command)):
            if parameter.name == "help" and isinstance(parameter, click.Option):
                parameter.help = msg.OPTIONS["help"].get(lang)
    return top


def print_json(data: Any) -> None:
    """JSON on stdout."""
    print(json.dumps(data, ensure_ascii=False, indent=1))


def main(arguments: Sequence[str]) -> int:
    """Run one command line; gives the exit status and never a traceback for a user's mistake."""
    from sgincentive.source import SourceError

    lang = language(arguments)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = build(lang).main(list(arguments), prog_name="sgincentive", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else OK
    except Unusable as error:
        print(error.lines, file=sys.stderr)
    except SourceError as error:
        print(error.render(lang, sys.stderr.isatty()), file=sys.stderr)
    except click.UsageError as error:
        text = msg.usage_text(error)
        lines = f"sgincentive: {msg.ERROR.get(lang)}: {text.get(lang)}"
        if isinstance(error, click.NoSuchOption) or error.ctx is None or error.ctx.command is None:
            pass
        elif isinstance(error.ctx.command, click.Group) and "No such command" in error.message:
            words = re.findall(r"'([^']*)'", error.message)
            close = nearest(words[0], error.ctx.command.commands) if words else None
            if close:
                lines += f"\n   {msg.HINT.get(lang)}: {close}"
        print(lines, file=sys.stderr)
        print(f"   {msg.TRY_HELP.get(lang)}", file=sys.stderr)
    except (click.Abort, KeyboardInterrupt):
        print(f"sgincentive: {msg.INTERRUPTED.get(lang)}", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader has gone: what is left to flush must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return UNUSABLE


def run() -> None:
    """The console script."""
    sys.exit(main(sys.argv[1:]))
