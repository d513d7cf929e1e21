"""One event of a programme: who is invited, where it is; another day for it, another place, calling it off."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.domain.reading import date_from
from services.portal.pages.console.dates.meanwhile import changed_meanwhile
from services.portal.pages.console.dates.visit import ANSWERS, STATES, WHEN
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.programmes import HERE, of_path
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.duties import CancelDutyDay, MoveDutyDay
from shared.commands.event_programmes import DescribeCohortEvent, EventProgramme, EventVenue, ShowEventProgramme
from shared.commands.programmes_queries import ProgrammeRow
from shared.commands.scheduling import CancelCohortEvent, CohortEventDetail, MoveCohortEvent, ShowCohortEvent
from shared.errors import Rejected
from shared.template.kinds import SESSION

LISTED = 100
"""People whose answers are listed."""


async def event(request: Request) -> Response:
    """Show it, and do what is chosen. A day of a course has its place on the page of its course."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    one = await _of_path(desk, row)
    whole = await desk.portal.read.whole.get(row.programme_id)
    activity = whole.template.activity(one.event.activity) if whole else None
    if activity is not None and activity.kind == SESSION:
        school_id = one.event.school_id or next((each.school_id for each in one.event.attendees if each.school_id), "")
        at = f"?school={school_id}" if school_id else ""
        return RedirectResponse(f"{HERE}/{row.programme_id}/courses/{activity.key}{at}", 303)
    duty = activity is not None and activity.hosted
    return await desk.serve(partial(_shown, desk, row, one, duty), partial(_command, one, duty), unreadable=WHEN)


def _command(one: CohortEventDetail, duty: bool, posted: Mapping[str, str]) -> Command | None:
    event_id = one.event.event_id
    changed_meanwhile(posted, one.event.on)
    match posted.get("do"):
        case "move":
            on = date_from(posted.get("on", ""))
            if duty and on:
                return _duty_moved(one, on)
            return MoveCohortEvent(event_id=event_id, on=on) if on else None
        case "cancel" if duty:
            return _duty_off(one, posted.get("why", "").strip())
        case "cancel":
            return CancelCohortEvent(event_id=event_id)
        case "venue" if not duty:
            return DescribeCohortEvent(event_id=event_id, venue=_venue(posted))
        case _:
            raise Hidden


def _duty_moved(one: CohortEventDetail, on: dt.date) -> Command:
    """A visit of a duty is moved by the duty."""
    of = one.event
    return MoveDutyDay(
        programme_id=of.programme_id, activity=of.activity, school_id=of.school_id or "", day=of.on, on=on
    )


def _duty_off(one: CohortEventDetail, why: str) -> Command:
    if not why:
        raise Rejected("no-reason", "Say why it does not take place, in one line: it stays beside the duty.")
    of = one.event
    return CancelDutyDay(
        programme_id=of.programme_id, activity=of.activity, school_id=of.school_id or "", day=of.on, why=why[:200]
    )


def _venue(posted: Mapping[str, str]) -> EventVenue:
    room = posted.get("capacity", "").strip()
    given = {name: posted.get(name, "").strip() for name in ("name", "address", "access")}
    try:
        return EventVenue.model_validate({**given, "capacity": room or None})
    except ValidationError:
        said = "Write name and address in a line each, and how many it takes as a number, such as 120."
        raise Rejected("unreadable-venue", said) from None


async def _of_path(desk: Desk, row: ProgrammeRow) -> CohortEventDetail:
    found: CohortEventDetail | None = await desk.known(
        ShowCohortEvent(event_id=desk.request.path_params["event_id"][:100])
    )
    if found is None or found.event.programme_id != row.programme_id:
        raise Hidden
    return found


async def _shown(
    desk: Desk, row: ProgrammeRow, one: CohortEventDetail, duty: bool, *, refused: str = "",
    values: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    happens: EventProgramme | None = await desk.known(ShowEventProgramme(event_id=one.event.event_id, seating=False))
    said = {each.person_id: each.answer for each in one.answers}
    invited = one.event.attendees[:LISTED]
    names = await desk.names(each.person_id for each in invited)
    facts: dict[str, Any] = {
        "row": row, "one": one, "happens": happens, "said": said, "answers": ANSWERS, "states": STATES,
        "invited": invited, "counts": Counter(said.values()), "names": names,
        "total": max(happens.invited if happens else 0, len(one.event.attendees)), "values": values or {},
        "open": one.state in {"draft", "published"}, "duty": duty,
    }  # fmt: skip
    return desk.show("dates/event", 422 if refused else 200, title=one.event.title, refused=refused, **facts)
