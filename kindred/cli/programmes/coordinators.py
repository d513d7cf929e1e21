"""`kindred coordinators`: who may sign in to the pages of the console."""

from typing import Annotated

import typer

from kindred.cli.input.options import Yes
from kindred.cli.session import ask, find
from kindred.output.display import emit, table
from shared.commands.coordinators import (
    AddCoordinator,
    CoordinatorRow,
    CoordinatorRows,
    ListCoordinators,
    RemoveCoordinator,
)
from shared.commands.sign_in import ResetSignIn
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)
Known = Annotated[str, typer.Argument(help="address or id of a coordinator")]


@app.command("list")
def list_() -> None:
    """List who may sign in."""
    found = find(ListCoordinators(), CoordinatorRows)
    rows = [(row.name, row.email, row.person_id) for row in found.coordinators]
    said = table("Coordinators", ("name", "address", "id"), rows) if rows else "Nobody may sign in yet."
    emit(found, said)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="'Ada Okafor'")],
    email: Annotated[str, typer.Argument(help="where the mails go that sign them in")],
) -> None:
    """Make somebody a coordinator, who signs in to the console and to commands; the first one of all on the machine."""
    done = ask(AddCoordinator(name=name, email=email))
    emit(done, done.sentence, f"They open /sign-in at the address of the pages, or type `kindred login {email}`.")


@app.command("remove")
def remove(coordinator: Known) -> None:
    """Let somebody sign in no more; programmes that they coordinate stay as they are."""
    done = ask(RemoveCoordinator(person_id=_coordinator(coordinator).person_id))
    emit(done, done.sentence)


@app.command("reset")
def reset(coordinator: Known, yes: Yes = False) -> None:
    """Forget a lost authenticator and end all sessions; they set up a new one at the next sign-in."""
    row = _coordinator(coordinator)
    if not yes:
        typer.confirm(f"Forget the authenticator of {row.name} and sign them out everywhere?", abort=True, err=True)
    done = ask(ResetSignIn(person_id=row.person_id))
    emit(done, done.sentence)


def _coordinator(named: str) -> CoordinatorRow:
    rows = find(ListCoordinators(), CoordinatorRows).coordinators
    for row in rows:
        if named == row.person_id or named.casefold() == row.email.casefold():
            return row
    raise Rejected(
        "no-coordinator", f"No coordinator has the address or id {named!r}. See `kindred coordinators list`."
    )
