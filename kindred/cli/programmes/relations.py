"""`kindred relations`: who stands in which relation to whom."""

from typing import Annotated

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, table
from shared.commands.parties import DeclareRelation, EndRelation, ListRelations, RelationRow, RelationRows

app = typer.Typer(no_args_is_help=True)

Relation = Annotated[str, typer.Argument(help="as the template calls it, such as: reports-to")]
Who = Annotated[str, typer.Argument(help="address or id of who stands in it")]
To = Annotated[str, typer.Argument(help="address or id of to whom")]
Since = Annotated[str, typer.Option(help="from this day on, as 2027-01-31; today if not given")]
Until = Annotated[str, typer.Option(help="the first day on which it stands no longer, as 2027-01-31")]


@app.command("list")
def list_(programme: Programme = "") -> None:
    """List who stands in which relation to whom."""
    found = find(ListRelations(programme_id=lookup.programme(programme).programme_id), RelationRows)
    rows = [(row.relation, row.person, row.to, _days(row)) for row in found.relations]
    said = table("Relations", ("relation", "who", "to whom", "when"), rows) if rows else "Nobody stands in any yet."
    emit(found, said)


@app.command("declare")
def declare(
    relation: Relation, person: Who, to: To, since: Since = "", until: Until = "", programme: Programme = ""
) -> None:
    """Say that somebody stands in a relation to somebody else: a head reports to an executive head."""
    command = DeclareRelation(
        programme_id=lookup.programme(programme).programme_id,
        relation=parsing.role_named(relation),
        person=person.strip(),
        to=to.strip(),
        since=parsing.day(since) if since else None,
        until=parsing.day(until) if until else None,
    )
    done = ask(command)
    emit(done, done.sentence)


@app.command("end")
def end(relation: Relation, person: Who, to: To, until: Until = "", programme: Programme = "") -> None:
    """Say that it stands no longer."""
    command = EndRelation(
        programme_id=lookup.programme(programme).programme_id,
        relation=parsing.role_named(relation),
        person=person.strip(),
        to=to.strip(),
        until=parsing.day(until) if until else None,
    )
    done = ask(command)
    emit(done, done.sentence)


def _days(row: RelationRow) -> str:
    return f"since {row.since:%d/%m/%Y}" + (f" until {row.until:%d/%m/%Y}" if row.until else "")
