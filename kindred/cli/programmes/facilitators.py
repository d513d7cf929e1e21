"""`kindred facilitators`: who leads visit days."""

from typing import Annotated

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import AcceptUnread, InputFile, Problems, Programme
from kindred.cli.programmes.import_progress import import_file
from kindred.cli.session import ask, find
from kindred.output import wording
from kindred.output.display import emit, table
from shared.commands.programmes import AppointFacilitator
from shared.commands.programmes_queries import EnrolmentRows, FacilitatorRow, ListEnrolments

app = typer.Typer(no_args_is_help=True)


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
    """Import facilitators from a workbook (.xlsx), an OpenDocument spreadsheet (.ods) or CSV."""
    programme_id = lookup.programme(programme).programme_id
    import_file(file, "facilitators", programme_id, accept_unread=accept_unread, problems=problems)


@app.command("list")
def list_(programme: Programme = "") -> None:
    """The programme's facilitators."""
    first = find(ListEnrolments(programme_id=lookup.programme(programme).programme_id, limit=1), EnrolmentRows)
    appointed = {row.person_id: row for row in first.facilitators}
    found = [row for row in first.programme_people if row.role == "facilitator"]
    rows = [(row.name, row.email, *_limits(appointed.get(row.person_id)), row.person_id) for row in found]
    columns = ("name", "address", "regions", "#most days", "dates not possible", "id")
    told: list[object] = [{**_told(appointed.get(row.person_id)), **row.model_dump()} for row in found]
    emit(told, table(f"Facilitators ({len(found)})", columns, rows))


def _limits(row: FacilitatorRow | None) -> tuple[object, ...]:
    if row is None:
        return "", "", ""
    return ", ".join(row.regions) or "everywhere", row.capacity, wording.spans(row.dates_not_possible)


def _told(row: FacilitatorRow | None) -> dict[str, object]:
    return row.model_dump(mode="json") if row else {}
