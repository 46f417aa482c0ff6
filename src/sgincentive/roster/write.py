"""Writing the result of a roster by the ending of its name, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from sgincentive.roster.answers import Answers, Progress, unwatched
from sgincentive.roster.files import writing
from sgincentive.roster.read import kind_of
from sgincentive.roster.results import rejected_columns, result_columns
from sgincentive.roster.totals import Totals
from sgincentive.roster.write_tables import write_csv, write_parquet
from sgincentive.roster.write_workbook import write_workbook
from sgincentive.words import Lang


def outputs_of(path: Path) -> list[Path]:
    """The files that a result may consist of. Raises RosterError for an unknown ending."""
    if kind_of(path) == ".xlsx":
        return [path]
    return [path, path.with_name(f"{path.stem}.rejected{path.suffix}")]


def write_result(
    path: Path,
    answers: Answers,
    totals: Totals,
    lang: Lang,
    force: bool = False,
    progress: Progress = unwatched,
) -> list[Path]:
    """Write the result; gives the files written. Raises RosterError, MissingExtra."""
    paths = outputs_of(path)
    if len(paths) > 1 and not answers.roster.rejected:
        paths = paths[:1]
    with writing(force, *paths) as places:
        if kind_of(path) == ".xlsx":
            write_workbook(places[0], answers, totals, lang, progress)
        else:
            write = write_csv if kind_of(path) == ".csv" else write_parquet
            write(places[0], result_columns(answers, lang))
            if len(places) > 1:
                write(places[1], rejected_columns(answers.roster, lang))
    return paths
