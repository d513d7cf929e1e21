"""`kindred programmes`: open one from a template, close its enrolment, open it again, postpone it, end it."""

from typing import Annotated

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Named, Programme, Yes
from kindred.cli.input.warnings import agreed, warn
from kindred.cli.programmes import states, upgrades
from kindred.cli.programmes import templates as written
from kindred.cli.session import ask, find
from kindred.output.display import emit, hint, table
from shared.commands.programmes import CloseEnrolment, OpenProgramme, ReopenEnrolment
from shared.commands.programmes_queries import ListProgrammes, ListTemplates, ProgrammeRow, ProgrammeRows, Templates

app = typer.Typer(no_args_is_help=True)

app.command("validate")(written.validate)
app.command("preview")(written.preview)
for change in (states.recruit, states.postpone, states.resume, states.complete, states.archive):
    app.command()(change)
app.command("upgrade")(upgrades.upgrade)
app.command("choose")(upgrades.choose)


@app.command("templates")
def templates() -> None:
    """List the templates that can be opened."""
    found = find(ListTemplates(), Templates)
    rows = [(t.key, t.version, t.title, t.summary) for t in found.rows or found.templates]
    emit(found, table("Templates", ("template", "#version", "title", "summary"), rows))


@app.command("open")
def open_(
    template: str,
    name: Annotated[str, typer.Option()],
    year: Annotated[str, typer.Option(help="academic year, such as 2026/27")],
    coordinator_name: Annotated[str, typer.Option(envvar="KINDRED_COORDINATOR_NAME")],
    coordinator_email: Annotated[str, typer.Option(envvar="KINDRED_COORDINATOR_EMAIL")],
    draft: Annotated[
        bool, typer.Option("--draft", help="nobody hears of it before `kindred programmes recruit`")
    ] = False,
) -> None:
    """Start a programme from a template."""
    done = ask(
        OpenProgramme(
            template=template,
            name=name,
            year=parsing.academic_year(year),
            coordinator_name=coordinator_name,
            coordinator_email=coordinator_email,
            draft=draft,
        )
    )
    emit(done, done.sentence or f"{name} is open for enrolment.", f"Its id is {done.id}.")
    hint("`kindred enrolments form` writes the file that the schools' answers go in.")


@app.command("list")
def list_() -> None:
    """List all programmes."""
    found = find(ListProgrammes(), ProgrammeRows)
    emit(found, table("Programmes", ("name", "year", "template", "state", "#schools"), map(_row, found.programmes)))


@app.command("show")
def show(name: Named = "", programme: Programme = "") -> None:
    """Show a programme."""
    row = lookup.programme(name or programme)
    emit(row, table(row.name, ("field", "value"), row.model_dump().items()))


@app.command("close")
def close(name: Named = "", programme: Programme = "", yes: Yes = False) -> None:
    """Close the enrolment of a programme; matching begins."""
    row = lookup.programme(name or programme)
    if row.state == "enrolling" and row.enrolled == 0 and not yes:
        question = f"Nobody is enrolled in {row.name}. Close its enrolment all the same?"
        typer.confirm(question, abort=True, err=True)
    agreed(warn(row.programme_id), "Close its enrolment all the same?", yes=yes, must=False)
    done = ask(CloseEnrolment(programme_id=row.programme_id))
    emit(done, done.sentence or f"Enrolment for {row.name} is closed.")
    hint("`kindred cohorts show` has the groups in a moment; `kindred cohorts publish` publishes them.")


@app.command("reopen")
def reopen(
    until: Annotated[str, typer.Option(help="last day on which schools may join or amend, such as 2027-10-01")],
    name: Named = "",
    programme: Programme = "",
) -> None:
    """Open the enrolment of a programme again until a day; then it closes by itself, and drafts are made anew."""
    row = lookup.programme(name or programme)
    done = ask(ReopenEnrolment(programme_id=row.programme_id, until=parsing.day(until)))
    emit(done, done.sentence)
    hint("`kindred programmes close` closes it earlier. No groups are published until then.")


def _row(row: ProgrammeRow) -> tuple[object, ...]:
    return (
        row.name,
        f"{row.year}/{(row.year + 1) % 100:02}",
        f"{row.template} {row.template_version}",
        _state(row),
        row.enrolled,
    )


def _state(row: ProgrammeRow) -> str:
    """How enrolment stands while a programme recruits or runs, else its state as a whole."""
    if row.stands in {"", "recruiting", "running"}:
        return f"{row.state} until {row.open_until:%d/%m/%Y}" if row.open_until else row.state
    return f"{row.stands} until {row.postponed_until:%d/%m/%Y}" if row.postponed_until else row.stands
