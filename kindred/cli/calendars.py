"""`kindred calendars`: term dates and closed days."""

from typing import Annotated, Literal

import typer

from kindred.cli import read
from kindred.cli.options import InputFile
from kindred.cli.session import ask, find, upload
from kindred.cli.show import emit
from shared.commands.programmes_queries import SchoolRow, ShowSchool
from shared.commands.scheduling import CloseSchoolDays, ImportCalendar

app = typer.Typer(help="Term dates and closed days.", no_args_is_help=True)


@app.command("import")
def import_(
    file: InputFile,
    authority: Annotated[str, typer.Option(help="code of the local authority, such as 373")],
) -> None:
    """Take an authority's term dates in (ICS or JSON)."""
    done = ask(ImportCalendar(upload=upload(file), filename=file.name, authority_code=authority))
    emit(done, done.sentence or f"The term dates of authority {authority} are known.")


@app.command("close-days")
def close_days(
    urn: int,
    day: Annotated[list[str], typer.Argument(help="2027-01-04 or 2027-01-04..2027-01-08")],
    kind: Annotated[str, typer.Option(help="inset or closure")] = "inset",
) -> None:
    """Name INSET or closure days of a school."""
    chosen: Literal["inset", "closure"] = "closure" if kind == "closure" else "inset"
    school_id = find(ShowSchool(urn=urn), SchoolRow).facts.school_id
    done = ask(CloseSchoolDays(school_id=school_id, days=read.spans(day), kind=chosen))
    emit(done, done.sentence or "Noted.")
