"""`kindred calendars`: term dates, exam windows, bank holidays and closed days."""

from typing import Annotated, Literal, get_args

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import InputFile, Programme, Yes
from kindred.cli.scheduling import impacts, term_files
from kindred.cli.session import ask, find, upload
from kindred.output.display import emit
from shared.commands.scheduling import CalendarImpact, CloseSchoolDays, ImportCalendar, ShowCalendarImpact
from shared.commands.scheduling_calendars import ImportBankHolidays, ImportExamWindows, ReadTermFile, TermFileRead
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)
Kind = Literal["inset", "closure"]
Checked = Annotated[str, typer.Option("--programme", "-p", help="check the dates of this programme only")]


@app.command("import")
def import_(
    file: InputFile,
    authority: Annotated[str, typer.Option(help="the local authority, by name or code, such as Sheffield or 373")],
    programme: Checked = "",
    yes: Yes = False,
) -> None:
    """Take an authority's term dates in (ICS, a table or JSON) and show which dates now stand on closed days.

    What the file says is shown first, title by title. A school year that has far from 195 days waits for a yes.
    """
    checked = impacts.programmes_checked(programme)
    code = lookup.authority(authority).code
    key = upload(file)
    term_files.show_and_ask(find(ReadTermFile(upload=key, filename=file.name), TermFileRead), yes)
    done = ask(ImportCalendar(upload=key, filename=file.name, authority_code=code, accept_unusual=True))
    impacts.emit_with_impact(done, checked)


@app.command("import-exams")
def import_exams(file: InputFile, programme: Checked = "") -> None:
    """Take exam windows by phase in (JSON), in place of those known of their school years, and show the impact."""
    checked = impacts.programmes_checked(programme)
    done = ask(ImportExamWindows(upload=upload(file), filename=file.name))
    impacts.emit_with_impact(done, checked)


@app.command("import-bank-holidays")
def import_bank_holidays(file: InputFile, programme: Checked = "") -> None:
    """Take GOV.UK's bank-holidays.json in, in place of what is known of its years, and show the impact."""
    checked = impacts.programmes_checked(programme)
    done = ask(ImportBankHolidays(upload=upload(file), filename=file.name))
    impacts.emit_with_impact(done, checked)


@app.command("close-days")
def close_days(
    urn: int,
    day: Annotated[list[str], typer.Argument(help="2027-01-04 or 2027-01-04..2027-01-08")],
    kind: Annotated[str, typer.Option(help="inset or closure")] = "inset",
) -> None:
    """Name INSET or closure days of a school that are to come; published visits on them move."""
    chosen = _kind(kind)
    school_id = lookup.school_id(urn)
    done = ask(CloseSchoolDays(school_id=school_id, days=parsing.spans(day), kind=chosen))
    emit(done, done.sentence or "Noted.")


def _kind(text: str) -> Kind:
    kind: Kind | None = parsing.known(text.strip().casefold(), Kind)
    if kind is None:
        raise Rejected("unknown-kind", f"{text!r} is no kind of closed day; the kinds are {', '.join(get_args(Kind))}.")
    return kind


@app.command("impact")
def impact(
    urn: Annotated[int, typer.Option(help="as if this school were closed on the days of --day")] = 0,
    day: Annotated[list[str] | None, typer.Option(help="2027-01-04 or 2027-01-04..2027-01-08; repeat")] = None,
    programme: Programme = "",
) -> None:
    """Show which visits and events stand on closed days, and the proposed repair; nothing is changed or mailed."""
    if bool(urn) != bool(day):
        raise Rejected("urn-and-day", "Name a school by --urn and its closed days by --day, or neither of them.")
    cohort = lookup.cohort(programme)
    school_id = lookup.school_id(urn) if urn else ""
    query = ShowCalendarImpact(cohort_id=cohort.cohort.cohort_id, school_id=school_id, days=parsing.spans(day))
    found = find(query, CalendarImpact)
    emit(found, impacts.shown(cohort, found))
