"""Options that many commands share."""

from pathlib import Path
from typing import Annotated

import typer

Programme = Annotated[
    str,
    typer.Option(
        "--programme", "-p", help="name or id; not needed while there is only one", envvar="KINDRED_PROGRAMME"
    ),
]
Named = Annotated[str, typer.Argument(hidden=True)]
"""The programme named without `-p`, as some commands take it too."""
InputFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
AcceptUnread = Annotated[
    bool, typer.Option("--accept-unread", help="take the file in although not all of it is understood")
]
Problems = Annotated[
    Path | None,
    typer.Option("--problems", help="write the rows with something wrong in them to this file (.csv or .xlsx)"),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="do not ask")]
Limit = Annotated[int, typer.Option(min=1, max=500)]
Offset = Annotated[int, typer.Option(min=0)]
Urns = Annotated[list[int], typer.Argument(help="two to four URNs")]
