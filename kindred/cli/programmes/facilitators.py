"""`kindred facilitators`: who leads visit days."""

from typing import Annotated

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import AcceptUnread, InputFile, Problems, Programme
from kindred.cli.programmes.import_progress import import_file
from kindred.cli.session import ask
from kindred.output.display import emit, table
from shared.commands.programmes import AppointFacilitator

app = typer.Typer(help="Facilitators of a programme.", no_args_is_help=True)


@app.command("add")
def add(
    name: str,
    email: str,
    region: Annotated[list[str] | None, typer.Option(help="a region they travel in; none means everywhere")] = None,
    capacity: Annotated[int, typer.Option(min=1, max=200, help="most visit days in the year")] = 40,
    not_possible: Annotated[list[str] | None, typer.Option(help="2027-01-04 or 2027-01-04..2027-01-08")] = None,
    easting: Annotated[int | None, typer.Option(help="of where they start from")] = None,
    northing: Annotated[int | None, typer.Option()] = None,
    programme: Programme = "",
) -> None:
    """Appoint a facilitator, or change an appointment (same address)."""
    done = ask(
        AppointFacilitator(
            programme_id=lookup.programme(programme).programme_id,
            name=name,
            email=email,
            regions=tuple(region or ()),
            capacity=capacity,
            dates_not_possible=parsing.spans(not_possible),
            easting=easting,
            northing=northing,
        )
    )
    emit(done, done.sentence or f"{name} leads visit days.")


@app.command("import")
def import_(
    file: InputFile, programme: Programme = "", accept_unread: AcceptUnread = False, problems: Problems = None
) -> None:
    """Take facilitators in from a workbook (.xlsx), an OpenDocument spreadsheet (.ods) or CSV."""
    programme_id = lookup.programme(programme).programme_id
    import_file(file, "facilitators", programme_id, accept_unread=accept_unread, problems=problems)


@app.command("list")
def list_(programme: Programme = "") -> None:
    """The programme's facilitators."""
    everybody = lookup.people(lookup.programme(programme).programme_id)
    found = [row for row in everybody if row.role == "facilitator"]
    rows = [(row.name, row.email, row.person_id) for row in found]
    emit([row.model_dump() for row in found], table("Facilitators", ("name", "address", "id"), rows))
