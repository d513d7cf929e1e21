"""All dates of a programme by week, by school or by person, those that clash first; filters come off one by one."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import words
from services.portal.domain.reading import date_from, whole_number
from services.portal.pages.console.dates.asked import KINDS, STATES, Asked, path_of
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import HERE, of_path
from services.portal.pages.console.standing import cohort_of
from services.portal.pages.paging import PAGE, Pages
from shared.commands.people import FindPeople, FoundPeople
from shared.commands.programme_dates import (
    DateKind,
    DateOfProgramme,
    DateState,
    ListProgrammeDates,
    ProgrammeDateRows,
)
from shared.commands.programmes_queries import EnrolmentRows, ListEnrolments, ProgrammeRow
from shared.commands.scheduling import CalendarDetail, ShowCalendar

MOST = 500
"""Dates that one question is answered with, and that are printed at once."""
PERSONS_SCHOOLS = 25
"""Schools or people on a page that has the dates of each."""
VIEWS: dict[str, str] = {"week": "By week", "school": "By school", "person": "By person"}
Block = tuple[str, str, Sequence[DateOfProgramme]]
"""A heading, where it leads, and its dates."""


async def dates(request: Request) -> Response:
    """Show dates as asked for in the address."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    asked = await _asked(desk, row)
    find = {"week": _by_week, "school": _by_school, "person": _by_person}[asked.view]
    (blocks, found, pages), undated = await asyncio.gather(find(desk, row, asked), _undated(desk, row))
    clashing = () if asked.clashing else found.first_clashes
    people = {each for one in (*found.dates, *clashing) for clash in one.clashes for each in clash.person_ids}
    facts: dict[str, Any] = {
        "row": row, "asked": asked, "views": VIEWS, "kinds": KINDS, "states": STATES, "blocks": blocks,
        "found": found, "clashing": clashing, "undated": undated, "names": await desk.names(people), "pages": pages,
        "path_of": path_of, "here": f"{HERE}/{row.programme_id}/dates", "most": MOST,
    }  # fmt: skip
    return desk.show("dates/overview", title=f"Dates of {row.name}", **facts)


async def _asked(desk: Desk, row: ProgrammeRow) -> Asked:
    """What the address asks for; what it says wrong is left out."""
    given = desk.request.query_params
    kinds: tuple[DateKind, ...] = get_args(DateKind)
    states: tuple[DateState, ...] = get_args(DateState)
    urn, person_id = whole_number(given.get("school", "")), desk.written("person")
    school: EnrolmentRows | None = (
        await desk.known(ListEnrolments(programme_id=row.programme_id, urn=urn, limit=1)) if urn else None
    )
    one = school.enrolments[0].school if school and school.enrolments else None
    names = await desk.names([person_id])
    return Asked(
        view=given.get("view", "") if given.get("view", "") in VIEWS else "week",
        kind=next((each for each in kinds if each == given.get("kind")), None),
        state=next((each for each in states if each == given.get("state")), None),
        since=date_from(given.get("since", "")), past=given.get("past") == "yes",
        clashing=given.get("clashing") == "yes", search=desk.written(),
        printed=given.get("print") == "yes",
        school=(one.urn, one.school_id, one.name) if one else None,
        person=(person_id, names[person_id]) if person_id in names else None,
    )  # fmt: skip


def _query(desk: Desk, row: ProgrammeRow, asked: Asked, **changes: Any) -> ListProgrammeDates:
    today = desk.portal.clock.now().astimezone(words.LONDON).date()
    first = asked.since or (None if asked.past or asked.state in {"held", "cancelled"} else today)
    return ListProgrammeDates.model_validate({
        "programme_id": row.programme_id, "first": first, "kind": asked.kind, "state": asked.state,
        "clashing": asked.clashing, "school_ids": (asked.school[1],) if asked.school else (),
        "person_ids": (asked.person[0],) if asked.person else (), **changes,
    })  # fmt: skip


async def _by_week(desk: Desk, row: ProgrammeRow, asked: Asked) -> tuple[list[Block], ProgrammeDateRows, Pages]:
    page = desk.page_number()
    size = {"limit": MOST} if asked.printed else {"limit": PAGE, "offset": (page - 1) * PAGE}
    found: ProgrammeDateRows = await desk.find(_query(desk, row, asked, **size))
    weeks = groupby(found.dates, key=lambda one: one.on - dt.timedelta(days=one.on.weekday()))
    blocks: list[Block] = [(f"Week of {words.day(monday)}", "", tuple(each)) for monday, each in weeks]
    return blocks, found, Pages(page, found.total, asked.address())


async def _by_school(desk: Desk, row: ProgrammeRow, asked: Asked) -> tuple[list[Block], ProgrammeDateRows, Pages]:
    """A page of schools, each with its dates; those that have none, too."""
    page, about = desk.page_number(), {"urn": asked.school[0]} if asked.school else {"search": asked.search}
    query = ListEnrolments.model_validate(
        {"programme_id": row.programme_id, **about, "limit": PERSONS_SCHOOLS, "offset": (page - 1) * PERSONS_SCHOOLS}
    )
    schools: EnrolmentRows = await desk.find(query)
    shown = {one.school.school_id: one.school for one in schools.enrolments}
    found = await _every(desk, row, asked, school_ids=tuple(shown)) if shown else await _none(desk, row, asked)
    blocks: list[Block] = [
        (one.name, f"{HERE}/{row.programme_id}/schools/{one.urn}", _theirs(found, lambda each: each.school_ids, key))
        for key, one in shown.items()
    ]
    return blocks, found, Pages(page, schools.total, asked.address(), PERSONS_SCHOOLS)


async def _by_person(desk: Desk, row: ProgrammeRow, asked: Asked) -> tuple[list[Block], ProgrammeDateRows, Pages]:
    """A page of people, each with their dates; those who have none, too."""
    page = desk.page_number()
    about = {"person_id": asked.person[0]} if asked.person else {"search": asked.search}
    query = FindPeople.model_validate(
        {"programme_id": row.programme_id, **about, "limit": PERSONS_SCHOOLS, "offset": (page - 1) * PERSONS_SCHOOLS}
    )
    people: FoundPeople = await desk.find(query)
    shown = {one.person_id: one for one in people.people}
    found = await _every(desk, row, asked, person_ids=tuple(shown)) if shown else await _none(desk, row, asked)
    blocks: list[Block] = [
        (one.name, f"/console/people/{key}", _theirs(found, lambda each: each.person_ids, key))
        for key, one in shown.items()
    ]
    return blocks, found, Pages(page, people.total, asked.address(), PERSONS_SCHOOLS)


def _theirs(
    found: ProgrammeDateRows, whose: Callable[[DateOfProgramme], tuple[str, ...]], key: str
) -> tuple[DateOfProgramme, ...]:
    return tuple(one for one in found.dates if key in whose(one))


async def _every(desk: Desk, row: ProgrammeRow, asked: Asked, **whose: tuple[str, ...]) -> ProgrammeDateRows:
    """All dates of these schools or people."""
    query = _query(desk, row, asked, limit=MOST, **whose)
    found: ProgrammeDateRows = await desk.find(query)
    rows = [*found.dates]
    while len(rows) < found.total:
        more: ProgrammeDateRows = await desk.find(query.model_copy(update={"offset": len(rows)}))
        if not more.dates:
            break
        rows += more.dates
    return found.model_copy(update={"dates": tuple(rows)})


async def _none(desk: Desk, row: ProgrammeRow, asked: Asked) -> ProgrammeDateRows:
    found: ProgrammeDateRows = await desk.find(_query(desk, row, asked, limit=1))
    return found.model_copy(update={"total": 0, "dates": ()})


async def _undated(desk: Desk, row: ProgrammeRow) -> CalendarDetail | None:
    """How the calendar of groups stands, where it has something that cannot be dated."""
    cohort = await cohort_of(desk.known, row.programme_id)
    found: CalendarDetail | None = await desk.known(ShowCalendar(cohort_id=cohort.cohort_id)) if cohort else None
    return found if found and found.blocking else None
