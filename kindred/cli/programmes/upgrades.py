"""`kindred programmes upgrade` and `choose`: a newer template for a programme, and what its source leaves open."""

from pathlib import Path
from typing import Annotated

import typer

from kindred.cli.input import lookup
from kindred.cli.input.options import Programme
from kindred.cli.session import ask, ask_for, find
from kindred.output.display import emit, hint, table
from shared.commands.template_upgrades import (
    CompareTemplate,
    Difference,
    TemplateDifference,
    Upgraded,
    UpgradeProgramme,
)
from shared.errors import Rejected

__all__ = ["choose", "upgrade"]

_COLUMNS = ("where", "was", "is", "taken over?")


def choose(
    setting: Annotated[str, typer.Argument(help="what the source leaves open; `kindred templates preview` lists it")],
    choice: Annotated[str, typer.Argument(help="how it is done in this programme; blank: the default again")] = "",
    programme: Programme = "",
) -> None:
    """Choose how a programme does what the source of its template leaves open; kept with the programme."""
    from shared.commands.templates import ChooseLeftOpen  # it loads the whole language

    programme_id = lookup.programme(programme).programme_id
    done = ask(ChooseLeftOpen(programme_id=programme_id, setting=setting, choice=choice))
    emit(done, done.sentence)


def upgrade(
    name: Annotated[str, typer.Argument(metavar="PROGRAMME", help="name or id")],
    file: Annotated[
        Path | None,
        typer.Argument(exists=True, dir_okay=False, readable=True, help="a file; else the newest that is known"),
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="take over what can be, instead of only showing it")] = False,
    programme: Programme = "",
) -> None:
    """Show how a newer template differs from what a programme runs by; with --apply, take over what still can be."""
    row = lookup.programme(name or programme)
    asked = {"programme_id": row.programme_id}
    if file is not None:
        asked |= {"template": _text(file), "filename": file.name}
    if not apply:
        found = find(CompareTemplate(**asked), TemplateDifference)
        emit(
            found,
            table(
                f"{row.name} and {file.name if file else 'the newest version'}", _COLUMNS, map(_row, found.differences)
            ),
        )
        hint("The same with --apply takes over what says yes; the rest stays as it was.")
        return
    done = ask_for(UpgradeProgramme(**asked), Upgraded)
    emit(done, table(row.name, _COLUMNS, map(_row, done.differences)), done.sentence)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Rejected("not-text", f"{file} is not UTF-8 text; save it as UTF-8.") from error


def _row(one: Difference) -> tuple[str, ...]:
    where = " ".join(part for part in (one.section, one.key, one.field) if part)
    return where, one.old, one.new, "yes" if one.applied else f"no: {one.reason}"
