"""`kindred visits what-if`: who would move, and why, if something came in between; carried out only when asked to."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import RenderableType

from kindred.cli.input import lookup, parsing
from kindred.cli.input.options import Programme, Yes
from kindred.cli.session import ask, find
from kindred.output import wording
from kindred.output.display import emit, table
from shared.commands.matching import CohortDetail
from shared.commands.scheduling_changes import ChangeCalendar, Disruption, WhatIf, WhatIfDetail
from shared.errors import Rejected

Day = Annotated[list[str], typer.Argument(help="2027-01-04 or 2027-01-04..2027-01-08")]


def what_if(
    day: Day,
    away: Annotated[str, typer.Option(help="address or id of an attendee or facilitator")] = "",
    school_closed: Annotated[int, typer.Option(help="URN of a school that is closed")] = 0,
    inspection: Annotated[int, typer.Option(help="URN of a school that expects inspectors")] = 0,
    postponed: Annotated[bool, typer.Option("--postponed", help="the whole programme pauses")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="carry it out after showing it")] = False,
    yes: Yes = False,
    programme: Programme = "",
) -> None:
    """Show who would move and why before anyone gets a mail; --apply carries exactly that out."""
    chosen = [bool(away), bool(school_closed), bool(inspection), postponed]
    if sum(chosen) != 1:
        raise Rejected("one-cause", "Name one of --away, --school-closed, --inspection or --postponed.")
    disruption = Disruption(
        kind=("away", "closure", "inspection", "postponement")[chosen.index(True)],
        person_id=_person(away, programme),
        school_id=_school(school_closed or inspection),
        days=parsing.spans(day),
    )
    cohort = lookup.cohort(programme)
    found = find(WhatIf(cohort_id=cohort.cohort.cohort_id, disruption=disruption), WhatIfDetail)
    _show(found, cohort)
    if apply and (yes or typer.confirm("Carry this out?")):
        command = ChangeCalendar(cohort_id=cohort.cohort.cohort_id, disruption=disruption, digest=found.digest)
        done = ask(command)
        emit(done, done.sentence)


def _person(named: str, programme: str) -> str:
    return lookup.person_id(named, programme) if named else ""


def _school(urn: int) -> str:
    return lookup.school_id(urn) if urn else ""


def _show(found: WhatIfDetail, cohort: CohortDetail) -> None:
    numbers, schools = wording.group_numbers(cohort), wording.schools(cohort)
    moves = [(numbers.get(one.group_id), schools.get(one.host_school_id), one.sentence) for one in found.moves]
    left = [(numbers.get(one.group_id), schools.get(one.host_school_id), one.sentence) for one in found.left]
    events = [(one.title, one.people, one.sentence) for one in found.events]
    names = lookup.names(one.person_id for one in found.notices)
    told = [(names.get(one.person_id, one.person_id), one.sentence) for one in found.notices]
    emit(
        found,
        f"Visits that would change: {max(len(moves), found.moves_in_all)}. "
        f"Left to you: {max(len(left), found.left_in_all)}. Nobody has had a mail.",
        *_table("What would change", ("#group", "host", "what and why"), moves, found.moves_in_all),
        *_table("Left to you", ("#group", "host", "what"), left, found.left_in_all),
        *([table("Events of the whole cohort", ("event", "#told", "what and why"), events)] if events else []),
        *_table("Who would get a mail", ("name", "what"), told, found.notices_in_all),
    )


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], in_all: int) -> list[RenderableType]:
    more = f" (the first {len(rows)} of {in_all})" if in_all > len(rows) else ""
    return [table(f"{title}{more}", columns, rows)] if rows else []
