"""`kindred duties`: the duties of a programme, and any duty laid out over a school year."""

import datetime as dt
from pathlib import Path
from typing import Annotated, get_args

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Programme
from kindred.cli.scheduling import duties_of_programme as of_programme
from kindred.cli.session import find
from kindred.output import wording
from kindred.output.display import emit, table
from shared.commands.scheduling_duties import Cadence, CommitmentDays, LayOutCommitment
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)


@app.callback()
def duties() -> None:
    """Recurring duties."""


app.command("list")(of_programme.list_)
app.command("week")(of_programme.week)
app.command("tick")(of_programme.tick)
app.command("move")(of_programme.move)
app.command("cancel")(of_programme.cancel)
app.command("sums")(of_programme.sums)


@app.command("lay-out")
def lay_out(
    cadence: Annotated[str, typer.Option(help="weekly, fortnightly, monthly, six-a-year, termly, yearly ...")],
    year: Annotated[str, typer.Option(help="2026/27")],
    authority: Annotated[str, typer.Option(help="the authority whose term dates count, by name or code")] = "",
    school: Annotated[int, typer.Option(help="or the URN of a school, whose closures count too")] = 0,
    person: Annotated[list[str] | None, typer.Option(help="address or id of somebody who must be able; repeat")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="write an iCalendar file, duties.ics")] = None,
    title: Annotated[str, typer.Option(help="what the entries of that file say")] = "Duty",
    starts: Annotated[str, typer.Option(help="at what time, in London, they begin")] = "09:00",
    minutes: Annotated[int, typer.Option(min=5, max=720, help="how long they are")] = 60,
    programme: Programme = "",
) -> None:
    """Show a duty's days, those it had to move, and the periods in which no day is possible; nothing is saved."""
    query = LayOutCommitment(
        cadence=_cadence(cadence),
        year=parsing.academic_year(year),
        authority_code=lookup.authority(authority).code if authority else "",
        school_id=lookup.school_id(school) if school else "",
        person_ids=tuple(lookup.person_id(one, programme) for one in person or ()),
    )
    at = parsing.time(starts)
    found = find(query, CommitmentDays)
    if output is not None:
        output.write_bytes(_file(found, title, at, minutes))
    moved = set(found.moved)
    rows = [(wording.date(on), "not its usual weekday" if on in moved else "") for on in found.days]
    emit(
        found,
        f"Term dates: {found.calendar}",
        table(f"{title}, {found.cadence} ({len(rows)})", ("day", ""), rows),
        *(gap.sentence for gap in found.gaps),
        *([f"Written to {output}."] if output else []),
    )


def _file(found: CommitmentDays, title: str, starts: dt.time, minutes: int) -> bytes:
    from kindred.cli.scheduling.duty_file import (
        calendar_file,  # opening the calendar library is for those who want a file
    )

    return calendar_file(found, title, starts, minutes, dt.datetime.now(dt.UTC))


def _cadence(text: str) -> Cadence:
    cadence: Cadence | None = parsing.known(text.strip().lower(), Cadence)
    if cadence is None:
        raise Rejected("unknown-cadence", f"{text!r} is no cadence; write one of {', '.join(get_args(Cadence))}.")
    return cadence
