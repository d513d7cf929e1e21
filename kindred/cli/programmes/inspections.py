"""`kindred inspections`: report cards from November 2025 on; older overall grades come with the register."""

from pathlib import Path
from typing import Annotated

import typer

from kindred.cli.input.options import AcceptUnread, Problems
from kindred.cli.programmes.import_progress import import_file

app = typer.Typer(no_args_is_help=True)


@app.callback()
def inspections() -> None:
    """Inspection outcomes."""


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="Ofsted's management information, or report cards")
    ],
    accept_unread: AcceptUnread = False,
    problems: Problems = None,
) -> None:
    """Import inspection outcomes."""
    import_file(file, "inspections", accept_unread=accept_unread, problems=problems)
