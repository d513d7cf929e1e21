"""One day that people agreed: who comes; another time for it, calling it off, who was missing."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import words
from services.portal.domain.reading import date_from
from services.portal.pages.console.dates.meanwhile import changed_meanwhile
from services.portal.pages.console.dates.visit import STATES
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import of_path
from services.portal.pages.portal import Hidden
from shared.commands.agreed_visits import (
    AgreedVisitRow,
    ArrangementDetail,
    CancelAgreedVisit,
    ChosenDay,
    MoveAgreedVisit,
    RecordAgreedVisit,
    ShowDays,
)
from shared.commands.base import Command
from shared.commands.programmes_queries import ProgrammeRow
from shared.errors import Rejected

WHEN = "Write the day as 2027-01-04 and the hours as 13:30; it ends after it begins."


async def agreed_day(request: Request) -> Response:
    """Show it, and do what is chosen."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    found, day = await _of_path(desk, row)
    return await desk.serve(partial(_shown, desk, row, found, day), partial(_command, day), unreadable=WHEN)


def _command(day: AgreedVisitRow, posted: Mapping[str, str]) -> Command | None:
    """Return the command; raises ValueError where a time is none."""
    changed_meanwhile(posted, day.on)
    match posted.get("do"):
        case "move":
            on = date_from(posted.get("on", ""))
            if on is None:
                return None
            starts, ends = (dt.time.fromisoformat(posted.get(name, "").strip()) for name in ("starts", "ends"))
            if ends <= starts:
                return None
            chosen = ChosenDay(on=on, starts=starts, ends=ends, doings=day.doings)
            return MoveAgreedVisit(visit_id=day.visit_id, day=chosen)
        case "cancel" if posted.get("words", "").strip():
            return CancelAgreedVisit(visit_id=day.visit_id, words=posted["words"].strip())
        case "cancel":
            raise Rejected("no-reason", "Say why it does not take place; everybody who is invited reads it.")
        case "missing":
            people = {one.person_id for one in day.attendees}
            return RecordAgreedVisit(
                visit_id=day.visit_id,
                absent=tuple(one for one in sorted(people) if posted.get(f"absent-{one}") == "yes"),
            )
        case _:
            raise Hidden


async def _of_path(desk: Desk, row: ProgrammeRow) -> tuple[ArrangementDetail, AgreedVisitRow]:
    visit_id = desk.request.path_params["visit_id"][:100]
    found: ArrangementDetail | None = await desk.known(ShowDays(visit_id=visit_id))
    day = next((one for one in found.visits if one.visit_id == visit_id), None) if found else None
    if found is None or day is None or found.programme_id != row.programme_id:
        raise Hidden
    return found, day


async def _shown(
    desk: Desk, row: ProgrammeRow, found: ArrangementDetail, day: AgreedVisitRow, *, refused: str = "",
    values: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    schools = {one.school_id for one in day.attendees if one.school_id} | {found.host_school_id}
    named = await desk.portal.read.schools.of_programme(row.programme_id, sorted(schools))
    today = desk.portal.clock.now().astimezone(words.LONDON).date()
    everybody = {each for one in day.attendees for each in (one.person_id, one.substitute_for) if each}
    facts: dict[str, Any] = {
        "row": row, "found": found, "day": day, "values": values or {}, "states": STATES,
        "names": await desk.names(everybody), "over": day.on < today,
        "schools": {school.school_id: school.name for school in named},
        "doings": [found.doings.get(one, one) for one in day.doings],
    }  # fmt: skip
    title = f"{found.title.rstrip('.')}, {found.host}" if found.host else found.title
    return desk.show("dates/agreed-day", 422 if refused else 200, title=title, refused=refused, **facts)
