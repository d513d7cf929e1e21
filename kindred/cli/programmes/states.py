"""`kindred programmes recruit`, `postpone`, `resume`, `complete`, `archive`: how a programme stands."""

from typing import Annotated

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Named, Programme, Yes
from kindred.cli.session import ask
from kindred.output.display import emit, hint
from shared.commands.programme_states import (
    ArchiveProgramme,
    CompleteProgramme,
    PostponeProgramme,
    RecruitProgramme,
    ResumeProgramme,
)

__all__ = ["archive", "complete", "postpone", "recruit", "resume"]


def recruit(name: Named = "", programme: Programme = "") -> None:
    """Open a draft to schools."""
    row = lookup.programme(name or programme)
    done = ask(RecruitProgramme(programme_id=row.programme_id))
    emit(done, done.sentence)


def postpone(
    name: Named = "",
    programme: Programme = "",
    until: Annotated[str, typer.Option(help="day on which it is meant to go on, as everybody is told")] = "",
    reason: Annotated[str, typer.Option(help="kept with the programme, shown in no mail")] = "",
    yes: Yes = False,
) -> None:
    """Let a programme stand still: dates to come are cancelled, deadlines fall away, each person gets one mail."""
    row = lookup.programme(name or programme)
    if not yes:
        question = f"Cancel every date of {row.name} that is still to come, and tell everybody?"
        typer.confirm(question, abort=True, err=True)
    day = parsing.day(until) if until else None
    done = ask(PostponeProgramme(programme_id=row.programme_id, until=day, reason=reason))
    emit(done, done.sentence)
    hint("`kindred programmes resume` takes it up again; nothing does so by itself.")


def resume(name: Named = "", programme: Programme = "") -> None:
    """Go on with a programme that was postponed; what was still to come has moved by the school weeks between."""
    row = lookup.programme(name or programme)
    done = ask(ResumeProgramme(programme_id=row.programme_id))
    emit(done, done.sentence)
    hint("`kindred people replace` hands over the part of whoever has left meanwhile.")


def complete(name: Named = "", programme: Programme = "") -> None:
    """End a programme: what is still owed falls away."""
    row = lookup.programme(name or programme)
    done = ask(CompleteProgramme(programme_id=row.programme_id))
    emit(done, done.sentence)


def archive(name: Named = "", programme: Programme = "") -> None:
    """Put a programme away: its links lead to nothing any more."""
    row = lookup.programme(name or programme)
    done = ask(ArchiveProgramme(programme_id=row.programme_id))
    emit(done, done.sentence)
