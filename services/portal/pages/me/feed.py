"""My dates as a calendar to subscribe to: its address is a secret that can be made anew or stopped."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.domain.calendar import Entry, calendar
from services.portal.domain.links import of_session
from services.portal.pages.forms.route import posted_by
from services.portal.pages.my_dates import CallLine, DayLine, VisitLine, dates_of
from services.portal.pages.my_visits import Line, lines_of
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.own import DateRow, DateRows, ListDates

PAGE = "feed"
ANEW, STOP = "anew", "stop"


async def change_feed(request: Request) -> Response:
    """Make an address, a new one in place of it, or none any more."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, PAGE)
    button = (await posted_by(portal, visitor, request)).get("do", "")
    if button == ANEW:
        await portal.feeds.renew(visitor.person_id)
    elif button == STOP:
        await portal.feeds.stop(visitor.person_id)
    else:
        raise Hidden
    return RedirectResponse(f"{visitor.root}/my-visits#calendar", 303)


async def feed(request: Request) -> Response:
    """Serve the calendar; nothing is sent where the subscriber has it as it stands."""
    portal: Portal = request.app.state.portal
    person_id = await portal.feeds.whose(request.path_params["token"])
    if person_id is None:
        raise Hidden
    now = portal.clock.now()
    visitor = Visitor(of_session(PAGE, person_id, now, {}), "", now)
    entries = await entries_of(portal, visitor)
    # What stands in it makes the tag, not when it was made.
    tag = f'W/"{hashlib.sha256(repr(entries).encode()).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(calendar(entries, now), media_type="text/calendar; charset=utf-8", headers=headers)


class DateQueries:
    """One method a query. `portal`: what all pages reach, once the service runs."""

    def __init__(self, portal: Callable[[], Portal]) -> None:
        self._portal = portal

    async def list(self, query: ListDates) -> DateRows:
        """What stands in somebody's calendar."""
        portal = self._portal()
        now = portal.clock.now()
        entries = await entries_of(portal, Visitor(of_session(PAGE, query.person_id, now, {}), "", now))
        return DateRows(dates=tuple(DateRow.model_validate(asdict(one)) for one in entries))


async def entries_of(portal: Portal, visitor: Visitor) -> list[Entry]:
    """What stands in a visitor's calendar, in order."""
    meetings = await lines_of(portal, visitor)
    dates = await dates_of(portal, visitor)
    found = [_meeting(line) for line in meetings if line.invited and line.meeting.state != "cancelled"]
    for one in dates.lines:
        if isinstance(one, CallLine):
            found.append(_call(one))
        elif isinstance(one, VisitLine):
            found.append(_visit(one))
        elif isinstance(one, DayLine) and one.day.on is not None:
            found.append(Entry(one.day.agreement_id, f"A day with {one.whom}", one.day.on, about=one.about))
    return sorted(found, key=lambda one: (one.on, one.key))


def _meeting(line: Line) -> Entry:
    meeting = line.meeting
    about = f"With {line.whom}" if line.whom else ""
    sure = line.answered is not None and line.answered.answer == "accepted"
    return Entry(
        meeting.target_id, line.title, meeting.on, meeting.starts, meeting.ends, meeting.timezone, line.where, about,
        sure=sure or line.leads,
    )  # fmt: skip


def _visit(line: VisitLine) -> Entry:
    visit, about = line.visit, f"With {line.whom}" if line.whom else ""
    return Entry(
        visit.visit_id, line.title, visit.on, visit.starts, visit.ends, visit.timezone, line.where, about, sure=True
    )


def _call(line: CallLine) -> Entry:
    call = line.call
    return Entry(call.call_id, f"Call with {line.whom}", call.on, call.starts, call.ends.time(), call.timezone)
