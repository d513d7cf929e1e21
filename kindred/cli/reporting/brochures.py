"""`kindred brochures`: the report that everybody may read: made, looked at, published, taken back."""

from typing import Annotated

import typer

from kindred.cli.input import lookup
from kindred.cli.input.options import Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, hint, short, table
from shared.commands.brochures import BrochureRow, BrochureRows, ListBrochures, PublishBrochure, UnpublishBrochure
from shared.commands.reports import CompileReport
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """List the brochures of all programmes whose template declares one."""
    found = find(ListBrochures(), BrochureRows)
    rows = [
        (
            one.programme, one.title, one.state, one.edition or "", one.published or "", _page(one),
            short(one.report_id),
        )
        for one in found.brochures
    ]  # fmt: skip
    columns = ("programme", "title", "state", "#edition", "#published", "page", "report")
    emit(found, table("Brochures", columns, rows) if rows else "No template declares a report for everybody.")


@app.command("make")
def make(programme: Programme = "") -> None:
    """Make the brochure from the template, its dates and last year's counts. Nobody outside reads it yet."""
    row = _of(programme)
    done = ask(CompileReport(programme_id=row.programme_id, report=row.report))
    emit(done, done.sentence)
    hint(f"Look at it with `kindred reports open {short(row.report_id)}`, then `kindred brochures publish`.")


@app.command("publish")
def publish(
    edition: Annotated[int, typer.Option(min=0, help="which edition; without it, the latest")] = 0,
    programme: Programme = "",
) -> None:
    """Let everybody read the brochure on its page, and ask about the programme where the template says so."""
    done = ask(PublishBrochure(programme_id=lookup.programme(programme).programme_id, edition=edition))
    emit(done, done.sentence)


@app.command("unpublish")
def unpublish(programme: Programme = "") -> None:
    """Let nobody read the brochure any more; enquiries that came are kept for their term."""
    done = ask(UnpublishBrochure(programme_id=lookup.programme(programme).programme_id))
    emit(done, done.sentence)


def _of(programme: str) -> BrochureRow:
    chosen = lookup.programme(programme)
    found = find(ListBrochures(programme_id=chosen.programme_id), BrochureRows).brochures
    if not found:
        raise Rejected("no-brochure", f"The template of '{chosen.name}' declares no report for everybody.")
    return found[0]


def _page(row: BrochureRow) -> str:
    return f"/brochures/{row.address}" if row.published else ""
