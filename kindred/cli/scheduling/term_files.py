"""What a file of term dates would bring, shown before anything is replaced."""

import sys

import typer

from kindred.output import wording
from kindred.output.display import err, table, wants_json
from shared.commands.scheduling_calendars import TermFileRead
from shared.errors import Rejected


def show_and_ask(file: TermFileRead, yes: bool) -> None:
    """Show every title as it is read, and ask where the file may not say what was meant.

    Raises Rejected("doubtful-terms") where nobody can be asked.
    """
    if not wants_json():
        rows = [
            (one.title, one.read_as, one.times, wording.short_date(one.first), wording.short_date(one.last))
            for one in file.titles
        ]
        err.print(table("The file says", ("title", "read as", "#times", "from", "to"), rows))
        for line in (*_years(file), *file.notes, *file.doubts):
            err.print(line, markup=False)
    if not file.doubts or yes:
        return
    if wants_json() or not sys.stdin.isatty():
        said = "Nothing was taken in yet. `--yes` takes the file in as it is read here."
        raise Rejected("doubtful-terms", " ".join([*file.doubts, said]) if wants_json() else said)
    typer.confirm("Take the file in as it is read here?", abort=True, err=True)


def _years(file: TermFileRead) -> list[str]:
    return [f"{one.year}/{(one.year + 1) % 100:02}: {one.school_days} school days." for one in file.years]
