"""``sgincentive``: the entry point, languages, errors and exit status."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

import click

from sgincentive import __version__
from sgincentive.calendar import MAX_MONTHS, add_months, month_start, span_of
from sgincentive.cli import messages as msg
from sgincentive.cli.roster_commands import add_rosters
from sgincentive.cli.rules_commands import add_rules
from sgincentive.words import Lang, Text, did_you_mean, nearest

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


def complaint(lang: Lang, text: Text, hint: Text | None = None) -> str:
    """What to say on stderr, safe to print on a terminal."""
    from sgincentive.source import visible

    lines = f"sgincentive: {msg.ERROR.get(lang)}: {visible(text.get(lang))}"
    if hint is not None:
        lines += f"\n   {msg.HINT.get(lang)}: {visible(hint.get(lang))}"
    return lines


def refuse(lang: Lang, text: Text, hint: Text | None = None) -> NoReturn:
    """Stop with a sentence on stderr."""
    raise Unusable(complaint(lang, text, hint))


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


def confidence_of(text: str | None, lang: Lang) -> Any:
    """The kind of source of ``--min-confidence``."""
    if text is None or text in msg.CONFIDENCE:
        return text
    words, close = ", ".join(msg.CONFIDENCE), nearest(text, msg.CONFIDENCE)
    refuse(
        lang,
        Text(
            f'--min-confidence "{text}": 可用的有 {words}',
            f'--min-confidence "{text}": expected one of {words}',
        ),
        did_you_mean(close),
    )


def help_formatter(lang: Lang) -> type[click.HelpFormatter]:
    """Help texts with headings in one language and lines broken where Chinese allows it."""

    class Formatter(click.HelpFormatter):
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, f"{msg.USAGE.get(lang)}: ")

        def write_heading(self, heading: str) -> None:
            text = msg.HEADINGS.get(heading)
            super().write_heading(heading if text is None else text.get(lang))

        def write_text(self, text: str) -> None:
            from sgincentive.cli.layout import wrap

            indent = " " * self.current_indent
            for i, paragraph in enumerate(text.split("\n\n")):
                if i:
                    self.write("\n")
                lines = paragraph.split("\n")
                if lines[0] == "\b":
                    lines = lines[1:]
                else:
                    lines = [("" if lang == "zh" else " ").join(line.strip() for line in lines)]
                for line in lines:
                    for part in wrap(indent + line.rstrip(), self.width):
                        self.write(part + "\n")

    return Formatter


def build(lang: Lang) -> click.Group:
    """The commands with their help in one language."""
    settings = {"max_content_width": 80}

    def option(*names: str, text: str, **more: Any) -> Callable[[F], F]:
        return click.option(*names, help=msg.OPTIONS[text].get(lang), **more)

    def common(command: F) -> F:
        command = click.help_option("--help", help=msg.OPTIONS["help"].get(lang))(command)
        command = option("--json", "as_json", is_flag=True, text="json")(command)
        command = option("--lang", type=click.Choice(["zh", "en"]), default=lang, text="lang")(
            command
        )
        return option("--rules", multiple=True, metavar="DIR", text="rules")(command)

    @click.group(help=msg.TOP.get(lang), context_settings=settings)
    @click.version_option(
        __version__, prog_name="sgincentive", help=msg.OPTIONS["version"].get(lang)
    )
    @click.help_option("--help", help=msg.OPTIONS["help"].get(lang))
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
    @option("--drafts", is_flag=True, text="drafts")
    @option("--min-confidence", metavar="KIND", text="min_confidence")
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
            drafts=given["drafts"],
            min_confidence=confidence_of(given["min_confidence"], chosen),
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

    @top.command("coverage", help=msg.COVERAGE.get(lang))
    @option("--in", "place", metavar="DIVISION", text="in")
    @common
    def coverage_command(**given: Any) -> int:
        from sgincentive.cli.coverage import show_coverage

        return show_coverage(
            place=given["place"],
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

    add_rules(top, lang)
    add_rosters(top, lang)
    context = type("Context", (click.Context,), {"formatter_class": help_formatter(lang)})
    for command in every_command(top):
        command.context_class = context
    return top


def every_command(command: click.Command) -> Iterator[click.Command]:
    """A command and all below it."""
    yield command
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from every_command(below)


def print_json(data: Any) -> None:
    """JSON on stdout."""
    print(json.dumps(data, ensure_ascii=False, indent=1))


def main(arguments: Sequence[str]) -> int:
    """Run one command line; gives the exit status and never a traceback for a user's mistake."""
    from sgincentive.source import SourceError

    lang = language(arguments)
    if sys.stdout is None or sys.stdout.closed:
        complain(complaint(lang, msg.NO_STDOUT))
        return UNUSABLE
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = build(lang).main(list(arguments), prog_name="sgincentive", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else OK
    except Unusable as error:
        complain(error.lines)
    except SourceError as error:
        complain(error.render(lang, sys.stderr is not None and sys.stderr.isatty()))
    except click.exceptions.NoArgsIsHelpError as error:
        complain(error.message)
    except click.UsageError as error:
        text, hint = usage_problem(error)
        complain(f"{complaint(lang, text, hint)}\n   {msg.TRY_HELP.get(lang)}")
    except (click.Abort, KeyboardInterrupt):
        complain(f"sgincentive: {msg.INTERRUPTED.get(lang)}")
    except SystemExit:
        # The command-line library's own way out when the reader of a pipe has gone.
        return UNUSABLE
    except OSError as error:
        # The reader has gone or the disk is full; what is left must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            from sgincentive.source.system import reason_of

            why, said = reason_of(error), msg.NOT_WRITTEN
            complain(complaint(lang, Text(f"{said.zh}: {why.zh}", f"{said.en}: {why.en}")))
    return UNUSABLE


def complain(lines: str) -> None:
    """A message on stderr; lost, and no second error, where nobody reads it."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(lines, file=sys.stderr, flush=True)


def usage_problem(error: click.UsageError) -> tuple[Text, Text | None]:
    """A usage error of the command-line library in both languages, with the nearest name."""
    command = error.ctx.command if error.ctx is not None else None
    found = re.match(r"No such (?:command|option):? '?([^' ]*?)'?\.?$", error.message)
    if found is None:
        return msg.usage_text(error), None
    word = found[1]
    if isinstance(error, click.NoSuchOption):
        known = [name for p in command.params for name in p.opts] if command else []
        text = Text(f"没有选项 {word}", f"unknown option {word}")
    else:
        known = list(command.commands) if isinstance(command, click.Group) else []
        text = Text(f"没有命令 {word}", f"unknown command {word}")
    close = nearest(word, [name for name in known if name.isascii()])
    return text, did_you_mean(close)


def run() -> None:
    """The console script."""
    sys.exit(main(sys.argv[1:]))
