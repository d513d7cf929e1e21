"""`kindred calendars`: term dates and closed days."""

from typing import Annotated, Literal

import typer

from kindred.cli import read, resolve, words
from kindred.cli.options import InputFile, Programme
from kindred.cli.session import ask, find, upload
from kindred.cli.show import emit, table
from shared.commands.programmes_queries import SchoolRow, ShowSchool
from shared.commands.scheduling import CalendarImpact, CloseSchoolDays, ImpactRow, ImportCalendar, ShowCalendarImpact

app = typer.Typer(help="Term dates and closed days.", no_args_is_help=True)
LISTED = 3


@app.command("import")
def import_(
    file: InputFile,
    authority: Annotated[str, typer.Option(help="code of the local authority, such as 373")],
) -> None:
    """Take an authority's term dates in (ICS or JSON); `kindred calendars impact` shows what that does to dates."""
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


@app.command("impact")
def impact(
    urn: Annotated[int, typer.Option(help="as if this school were closed on the days of --day")] = 0,
    day: Annotated[list[str] | None, typer.Option(help="2027-01-04 or 2027-01-04..2027-01-08; repeat")] = None,
    programme: Programme = "",
) -> None:
    """Which visits and events stand on closed days, and the repair proposed; nothing is changed or told."""
    cohort = resolve.cohort(programme)
    school_id = find(ShowSchool(urn=urn), SchoolRow).facts.school_id if urn else ""
    query = ShowCalendarImpact(cohort_id=cohort.cohort.cohort_id, school_id=school_id, days=read.spans(day))
    found = find(query, CalendarImpact)
    if not found.rows:
        emit(found, "No visit and no event stands on a closed day.")
        return
    names = words.schools(cohort)
    rows = [
        (words.date(row.on), row.target_kind, row.state, _closed(row, names), len(row.person_ids), _repair(row))
        for row in found.rows
    ]
    columns = ("when", "what", "state", "closed for", "#people", "proposed")
    emit(found, table(f"On closed days ({len(rows)})", columns, rows))


def _closed(row: ImpactRow, names: dict[str, str]) -> str:
    listed = [f"{names.get(one.school_id, one.school_id)} {one.sentence}" for one in row.closed[:LISTED]]
    more = [f"and {len(row.closed) - LISTED} more"] if len(row.closed) > LISTED else []
    return "; ".join([*listed, *more])


def _repair(row: ImpactRow) -> str:
    return " ".join(one.sentence for one in row.repair) or row.advice
