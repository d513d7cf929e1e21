"""`kindred visits dates`: all dates of a programme, and why those to come clash."""

from typing import Annotated, get_args

import typer

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Limit, Offset, Programme
from kindred.cli.session import find
from kindred.output import wording
from kindred.output.display import emit, short, table
from shared.commands.programme_dates import (
    DateClash,
    DateKind,
    DateOfProgramme,
    DateState,
    ListProgrammeDates,
    ProgrammeDateRows,
)

KINDS = f"only {', '.join(get_args(DateKind))}"
STATES = f"only {', '.join(get_args(DateState))}"


def dates(
    first: Annotated[str, typer.Option("--from", help="2027-01-31: from this day on")] = "",
    last: Annotated[str, typer.Option("--to", help="2027-07-20: to this day")] = "",
    kind: Annotated[str, typer.Option(help=KINDS)] = "",
    state: Annotated[str, typer.Option(help=STATES)] = "",
    school: Annotated[int, typer.Option(help="URN of a school: only what concerns it")] = 0,
    person: Annotated[str, typer.Option(help="address or id: only their dates")] = "",
    clashes: Annotated[bool, typer.Option("--clashes", help="only what clashes")] = False,
    limit: Limit = 100,
    offset: Offset = 0,
    programme: Programme = "",
) -> None:
    """List visits, events, days of courses and days that people agreed, drafts too, with why one clashes."""
    query = ListProgrammeDates.model_validate(
        {
            "programme_id": lookup.programme(programme).programme_id,
            "first": parsing.day(first) if first else None,
            "last": parsing.day(last) if last else None,
            "kind": parsing.state(kind, DateKind),
            "state": parsing.state(state, DateState),
            "school_ids": (lookup.school_id(school),) if school else (),
            "person_ids": (lookup.person_id(person, programme),) if person else (),
            "clashing": clashes,
            "limit": limit,
            "offset": offset,
        }
    )
    found = find(query, ProgrammeDateRows)
    people = [each for one in found.dates for clash in one.clashes for each in clash.person_ids]
    names = lookup.names(people) if people else {}
    columns = ("when", "kind", "what", "people", "state", "clashes", "id")
    rows = [_row(one, names) for one in found.dates]
    count = f"{found.total}, {found.clashing} of those to come clash" if found.clashing else str(found.total)
    emit(found, table(f"Dates ({count})", columns, rows) if rows else "No date fits.")


def _row(one: DateOfProgramme, names: dict[str, str]) -> tuple[object, ...]:
    return (
        f"{wording.short_date(one.on)}, {wording.clock(one.starts)}",
        one.kind,
        f"{one.title}, {one.host}" if one.host and one.host not in one.title else one.title,
        one.people or "",
        one.state,
        "\n".join(_said(each, names) for each in one.clashes),
        short(one.target_id),
    )


def _said(one: DateClash, names: dict[str, str]) -> str:
    who = [*one.schools, *(names[each] for each in one.person_ids)]
    more = one.in_all - len(who)
    return f"{one.sentence}: {', '.join(who)}{f' and {more} more' if more > 0 else ''}"
