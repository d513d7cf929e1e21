"""Everything of mine: what I am to answer, dates, what is due. Other forms are not open from here unless their link is.

A forwarded mail must not hand over more than its purpose: a form opens from its own mail, which this page can have sent
again to the person's own address.
"""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import due as dues
from services.portal.domain import words
from services.portal.domain.due import Due
from services.portal.domain.event_parts import each_once
from services.portal.domain.records import Answered, Meeting, Programme, School
from services.portal.pages.forms.form import Saved
from services.portal.pages.forms.route import posted_by, to_saved_page
from services.portal.pages.fresh_link import find_mail, open_here, resend
from services.portal.pages.my_dates import Order, dates_of
from services.portal.pages.portal import Portal, Visitor
from shared.errors import Rejected, Retryable


@dataclass(frozen=True)
class Line:
    """A visit or event of mine. `whom`: the schools that I meet there."""

    meeting: Meeting
    title: str
    where: str
    whom: str
    leader: str
    invited: bool
    leads: bool
    answered: Answered | None
    over: bool
    due: tuple[Due, ...]

    @property
    def kind(self) -> str:
        """What it is."""
        return self.meeting.kind

    @property
    def order(self) -> Order:
        """Where it stands among other dates."""
        return self.meeting.on, self.meeting.starts, self.meeting.target_id


@dataclass(frozen=True)
class Around:
    """What is known around a person's dates. `own`: the ids of their schools."""

    programmes: dict[str, Programme | None]
    schools: dict[tuple[str, str], School]
    own: frozenset[str]
    names: dict[str, str]
    answers: dict[str, Answered]
    sent: set[tuple[str, str]]


class Anywhere:
    """Where the forms of somebody who has signed in are: all of them are open."""

    def __init__(self, visitor: Visitor) -> None:
        self._root = visitor.root

    def get(self, form: tuple[str, str]) -> str:
        """The page of a form, by (purpose, target id)."""
        return "/".join((self._root, *form))


async def my_visits(request: Request) -> Response:
    """Show what is mine."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, "my-visits")
    dates, meetings, requests, names = await asyncio.gather(
        dates_of(portal, visitor), lines_of(portal, visitor),
        portal.read.forms.findings_requests_of(visitor.person_id), portal.read.people.names([visitor.person_id]),
    )  # fmt: skip
    lines = sorted([*meetings, *dates.lines], key=lambda line: line.order)
    past = [line for line in lines if line.over or (isinstance(line, Line) and line.meeting.state == "cancelled")]
    asked = [one for one in requests if not one.sent]
    own = visitor.link.programme_id
    programme = (await portal.read.programmes.get(own) or await portal.read.whole.get(own)) if own else None
    context: dict[str, Any] = {
        "title": "My dates" if visitor.here else "My visits",
        "name": names.get(visitor.person_id, ""),
        "days_to_choose": dates.days_to_choose,
        "calls_to_choose": dates.calls_to_choose,
        "coming": [line for line in lines if line not in past],
        "past": past,
        "findings": [(one, dues.of_findings(one)[0]) for one in asked],
        "open_here": Anywhere(visitor) if visitor.here else await open_here(portal, request, visitor.person_id),
        "feed": await portal.feed_address(visitor) if visitor.here else "",
        "programme": programme,
        "csrf": visitor.csrf,
        "once": secrets.token_hex(12),
    }
    return portal.renderer.page(request, "my-visits.html", visitor=visitor, **context)


async def send_again(request: Request) -> Response:
    """Have the mail with a form's link sent again, to the person's own address."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, "my-visits")
    posted = await posted_by(portal, visitor, request)
    purpose, target = posted.get("purpose", ""), posted.get("target", "")
    try:
        mail = await find_mail(portal.owners, visitor.person_id, purpose, target)
        said = await resend(portal, mail, visitor, posted.get("once", "")[:64]) if mail else ""
    except (Rejected, Retryable) as problem:
        refused = problem.sentence if isinstance(problem, Rejected) else ""
        title = "The mail was not sent"
        said = refused or "Nothing is lost. Wait a moment, go back and press the button again."
        return to_saved_page(
            portal, visitor, Saved(title, (said,), "Back to my visits").note(f"{visitor.root}/my-visits")
        )
    title = "We have sent you the mail again" if mail else "There is no mail with this link yet"
    said = said or "It comes by itself when the time is right. If you think it is late, ask your coordinator."
    return to_saved_page(portal, visitor, Saved(title, (said,), "Back to my visits").note(f"{visitor.root}/my-visits"))


async def open_dues(portal: Portal, visitor: Visitor) -> int:
    """How many things wait on this page, for a page that leads here."""
    dates, requests, lines = await asyncio.gather(
        dates_of(portal, visitor), portal.read.forms.findings_requests_of(visitor.person_id), lines_of(portal, visitor)
    )
    chosen = len(dates.days_to_choose) + len(dates.calls_to_choose)
    return chosen + sum(not one.sent for one in requests) + sum(len(line.due) for line in lines)


async def lines_of(portal: Portal, visitor: Visitor) -> list[Line]:
    """Visits and events of mine."""
    person_id, read = visitor.person_id, portal.read
    schools_of, answers, sent = await asyncio.gather(
        read.schools.of_person(person_id), read.answers.of_person(person_id), read.forms.sent_by(person_id)
    )
    own = frozenset(school.school_id for school in schools_of)
    programme_id = visitor.link.programme_id if visitor.link.purpose == "my-visits" else None
    found = [one for one in await read.meetings.of_person(person_id, own) if programme_id in {None, one.programme_id}]
    mine = each_once(found, answers)
    ids = sorted({meeting.programme_id for meeting in mine})
    names, programmes, schools = await asyncio.gather(
        read.people.names(meeting.facilitator_id for meeting in mine if meeting.facilitator_id),
        asyncio.gather(*map(read.programmes.get, ids)),
        asyncio.gather(*(read.schools.of_programme(one, _all_of(mine, one)) for one in ids)),
    )
    known = {(one, school.school_id): school for one, each in zip(ids, schools, strict=True) for school in each}
    around = Around(dict(zip(ids, programmes, strict=True)), known, own, names, answers, sent)
    return [_line(visitor, meeting, around) for meeting in mine]


def _all_of(mine: Sequence[Meeting], programme_id: str) -> set[str]:
    """The schools of all visits of a programme."""
    return {school_id for one in mine if one.programme_id == programme_id for school_id in _schools(one)}


def _schools(meeting: Meeting) -> set[str]:
    """The schools of a visit, its host among them; an event's are too many to name."""
    invited = {one.school_id for one in meeting.attendees} if meeting.kind == "visit" else set()
    return {school_id for school_id in (*invited, meeting.host_school_id) if school_id}


def _line(visitor: Visitor, meeting: Meeting, around: Around) -> Line:
    host = around.schools.get((meeting.programme_id, meeting.host_school_id or ""))
    answered = around.answers.get(meeting.target_id)
    current = answered if answered and answered.sequence >= meeting.sequence else None
    todo = dues.of_meeting(
        visitor.person_id, meeting, now=visitor.now, answered=current, host=host,
        programme=around.programmes[meeting.programme_id], sent=around.sent,
    )  # fmt: skip
    leads = meeting.facilitator_id == visitor.person_id
    return Line(
        meeting,
        f"Visit to {host.name}" if host else meeting.title,
        host.place if host else meeting.place,
        _whom(meeting, around),
        "" if leads else around.names.get(meeting.facilitator_id or "", ""),
        meeting.attendee(visitor.person_id) is not None or leads,
        leads,
        current,
        meeting.over(visitor.now) or meeting.state == "held",
        tuple(todo),
    )


def _whom(meeting: Meeting, around: Around) -> str:
    if meeting.kind == "cohort-event":
        schools = {one.school_id for one in meeting.attendees} - {None}
        return f"people from {len(schools)} schools" if len(schools) > 1 else ""
    others = _schools(meeting) - around.own - {meeting.host_school_id}
    known = (around.schools.get((meeting.programme_id, school_id)) for school_id in others)
    return words.listed(sorted(school.name for school in known if school))
