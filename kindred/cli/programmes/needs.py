"""`kindred needs`: what waits for the coordinator, over all programmes, as the console's home shows it."""

from typing import Annotated

import typer

from kindred.cli.input import lookup
from kindred.cli.session import find
from kindred.output.display import emit, table
from shared.commands.own import ListNeeds, NeedRows


def needs(
    programme: Annotated[str, typer.Option(help="only of this programme; of all where none is named")] = "",
) -> None:
    """What needs the coordinator, over all programmes, in order of need."""
    programme_id = lookup.programme(programme).programme_id if programme else ""
    found = find(ListNeeds(programme_id=programme_id), NeedRows)
    rows = [(one.sentence, one.why, one.programme, one.path) for one in found.needs]
    silent = f"; {', '.join(found.silent)} did not answer" if found.silent else ""
    emit(found, table(f"What needs you ({len(rows)}{silent})", ("what", "why", "programme", "console"), rows))
