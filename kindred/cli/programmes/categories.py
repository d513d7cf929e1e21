"""`kindred categories`: in which category a school stands, who decided and why."""

from typing import Annotated

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, table
from shared.commands.parties import CategoryRows, DecideCategory, ListCategories

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_(
    urn: Annotated[int | None, typer.Argument(help="of this school; without it: of all")] = None,
    programme: Programme = "",
) -> None:
    """List what was decided, the latest first."""
    query = ListCategories(programme_id=lookup.programme(programme).programme_id, urn=urn)
    found = find(query, CategoryRows)
    rows = [
        (row.urn, row.school, row.title, f"{row.since:%d/%m/%Y}", row.decided_by or "the coordinator", row.reason)
        for row in found.decisions
    ]
    columns = ("#URN", "school", "category", "from", "decided by", "because")
    emit(found, table("Categories", columns, rows) if rows else "Nobody has decided yet.")


@app.command("decide")
def decide(
    urn: int,
    category: Annotated[str, typer.Argument(help="as the template calls it, such as: attention-needed")],
    reason: Annotated[str, typer.Option(help="why; kept with the decision, shown in no mail")],
    since: Annotated[str, typer.Option(help="from this day on, as 2027-02-01; today if not given")] = "",
    by: Annotated[str, typer.Option(help="address or id of who decided; without it: the coordinator")] = "",
    programme: Programme = "",
) -> None:
    """Put a school into a category from a day on."""
    command = DecideCategory(
        programme_id=lookup.programme(programme).programme_id,
        urn=urn,
        category=parsing.role_named(category),
        since=parsing.day(since) if since else None,
        decided_by=by.strip(),
        reason=reason,
    )
    done = ask(command)
    emit(done, done.sentence)
