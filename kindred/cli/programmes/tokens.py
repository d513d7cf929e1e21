"""`kindred tokens`: with what programs use the API. They are made in the console, which shows each once."""

from typing import Annotated

import typer

from kindred.cli.input import lookup
from kindred.cli.session import ask, find
from kindred.output.display import emit, table
from kindred.output.wording import moment
from shared.commands.tokens import ListTokens, RevokeToken, TokenRows
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_(person: Annotated[str, typer.Option(help="id or address of whose tokens")] = "") -> None:
    """List tokens: whose, what each may do, until when, and when it was last used."""
    found = find(ListTokens(person_id=lookup.person_id(person, "") if person else ""), TokenRows)
    rows = [
        (row.name, row.person or row.person_id, " ".join(row.scopes), moment(row.expires),
         moment(row.used) if row.used else "never", row.state, row.token_id)
        for row in found.tokens
    ]  # fmt: skip
    columns = ("name", "whose", "may", "until", "last used", "state", "id")
    emit(found, table("Tokens", columns, rows) if rows else "There are no tokens. The console makes them.")


@app.command("revoke")
def revoke(token: Annotated[str, typer.Argument(help="id of the token, or its beginning")]) -> None:
    """Let a token work no more, at once."""
    rows = [row for row in find(ListTokens(), TokenRows).tokens if row.token_id.startswith(token)]
    if len(rows) != 1:
        raise Rejected("unknown-token", f"{len(rows)} tokens begin with {token!r}. See `kindred tokens list`.")
    done = ask(RevokeToken(token_id=rows[0].token_id))
    emit(done, done.sentence)
