"""`kindred actions`: the lines of all action plans, how they stand, and another owner, day or state."""

from collections.abc import Mapping
from typing import Annotated, get_args

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.session import ask, find
from kindred.output.display import emit, hint, short, table
from shared.commands.actions import ActionRating, ActionRow, ActionRows, ChangeAction, ListActions
from shared.commands.reporting import ActionStatus
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)
Person = Annotated[str, typer.Option("--as", help="id or address of who looks or acts; they see what they may read")]
COLUMNS = ("due", "how", "status", "who", "what", "programme", "id")


@app.command("list")
def list_(
    programme: Programme = "",
    school: Annotated[int, typer.Option(help="URN")] = 0,
    form: Annotated[str, typer.Option(help="key of the form on which they were planned")] = "",
    owner: Annotated[str, typer.Option(help="id or address")] = "",
    rating: Annotated[str, typer.Option(help=", ".join(get_args(ActionRating)))] = "",
    as_: Person = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> None:
    """List actions, the earliest due first; what they say is shown with --as to who may read it."""
    query = ListActions(
        programme_id=lookup.programme(programme).programme_id if programme else "",
        school_id=lookup.school_id(school) if school else "",
        form=form,
        owner_id=lookup.person_id(owner, programme) if owner else "",
        rating=parsing.state(rating, ActionRating),
        person_id=lookup.person_id(as_, programme) if as_ else "",
        limit=min(limit, 200),
        offset=offset,
    )
    found = find(query, ActionRows)
    names = lookup.names(row.owner_id for row in found.actions if row.owner_id)
    stand = ", ".join(f"{number:,} {key}" for key, number in found.by_rating.items())
    title = f"Actions ({found.total:,}{f': {stand}' if stand else ''})"
    emit(found, table(title, COLUMNS, [_row(row, names) for row in found.actions]))
    if found.actions and not as_:
        hint("What the actions say is shown to who may read it: add --as PERSON.")


@app.command("change")
def change(
    action: Annotated[str, typer.Argument(help="id of an action, or its beginning")],
    as_: Person,
    owner: Annotated[str, typer.Option(help='who sees to it: a role, a name, or "Ann Ley <ann@school.example>"')] = "",
    due: Annotated[str, typer.Option(help="the day by which it is due, as 2027-01-31")] = "",
    status: Annotated[str, typer.Option(help=", ".join(get_args(ActionStatus)))] = "",
    programme: Programme = "",
) -> None:
    """Give an action another owner, day or state, as who leads its plan or coordinates the programme."""
    name, address = parsing.named(owner)
    command = ChangeAction(
        action_id=lookup.action(action).action_id,
        person_id=lookup.person_id(as_, programme),
        owner=name,
        address=address,
        due=parsing.day(due) if due else None,
        status=parsing.state(status, ActionStatus),
    )
    if not (owner or due or status):
        raise Rejected("nothing", "Say what is different: --owner, --due or --status.")
    done = ask(command)
    emit(done, done.sentence)


def _row(row: ActionRow, names: Mapping[str, str]) -> tuple[object, ...]:
    who = names.get(row.owner_id, row.owner or "not known")
    return (row.due or "", row.rating, row.status, who, row.what, row.programme, short(row.action_id))
