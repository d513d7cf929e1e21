"""Warnings before a programme is closed or its groups are published: said before anybody is mailed."""

import sys

import typer

from kindred.cli.session import find
from kindred.output.display import err, wants_json
from shared.commands.programmes_queries import ListProgrammes, ProgrammeRows
from shared.errors import Rejected


def warn(programme_id: str) -> tuple[str, ...]:
    """Say what stands against the programme, if anything does."""
    rows = find(ListProgrammes(name=programme_id, check=True), ProgrammeRows).programmes
    warnings = tuple(said for row in rows if row.programme_id == programme_id for said in row.warnings)
    if not wants_json():
        for said in warnings:
            err.print(said, markup=False)
    return warnings


def agreed(warnings: tuple[str, ...], question: str, *, yes: bool, must: bool) -> None:
    """Ask whether to go on all the same; `must`: somebody has to say yes.

    Raises Abort on a no, and Rejected("warned") where somebody must and nobody can be asked.
    """
    if not warnings or yes:
        return
    if sys.stdin.isatty() and not wants_json():
        typer.confirm(question, abort=True, err=True)
    elif must:
        said = "Nothing has been published. `--yes` publishes all the same."
        raise Rejected("warned", " ".join([*warnings, said]) if wants_json() else said)
