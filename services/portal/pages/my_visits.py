"""Everything of mine: what I am to answer, dates, what is due. Other forms are not open from here unless their link is.

A forwarded mail must not hand over more than its purpose: a form opens from its own mail, which this page can have sent
again to the person's own address.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import due as dues
from services.portal.domain import words
from services.portal.domain.due import Due
from services.portal.domain.known import Answered, Dated, Programme, School
from services.portal.domain.parts import each_once
from services.portal.pages.form_route import posted_by, to_saved_page
from services.portal.pages.forms import Saved
from services.portal.pages.fresh_link import find_mail, open_here, resend
from services.portal.pages.my_dates import Order, dates_of
from services.portal.pages.portal import Portal, Visitor
from shared.errors import Rejected, Retryable


@dataclass(frozen=True)
class Line:
    """A visit or event of mine. `whom`: the schools that I meet there."""

    dated: Dated
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
        return self.dated.kind

    @property
    def order(self) -> Order:
        """Where it stands among other dates."""
        return self.dated.on, self.dated.starts, self.dated.target_id


@dataclass(frozen=True)
class Around:
    """What is known around a person's dates. `own`: the ids of their schools."""

    programmes: dict[str, Programme | None]
    schools: dict[tuple[str, str], School]
    own: frozenset[str]
    names: dict[str, str]
    answers: dict[str, Answered]
    sent: set[tuple[str, str]]


async def my_visits(request: Request) -> Response:
    """Show what is mine."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, "my-visits")
    dates = await dates_of(portal, visitor)
    lines = sorted([*await _lines(portal, visitor), *dates.lines], key=lambda line: line.order)
    past = [line for line in lines if line.over or (isinstance(line, Line) and line.dated.state == "cancelled")]
    asked = [one for one in await portal.known.findings_asked(visitor.person_id) if not one.sent]
    names = await portal.known.names([visitor.person_id])
    programme = await portal.known.programme(visitor.link.programme_id) if visitor.link.programme_id else None
    context: dict[str, Any] = {
        "title": "My visits",
        "name": names.get(visitor.person_id, ""),
        "days_to_choose": dates.days_to_choose,
        "calls_to_choose": dates.calls_to_choose,
        "coming": [line for line in lines if line not in past],
        "past": past,
        "findings": [(one, dues.of_findings(one)[0]) for one in asked],
        "open_here": await open_here(portal, request, visitor.person_id),
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
        told = await resend(portal.owners, mail, visitor, posted.get("once", "")[:64]) if mail else ""
    except (Rejected, Retryable) as problem:
        told = problem.sentence if isinstance(problem, Rejected) else ""
        title = "The mail was not sent"
        said = told or "Nothing is lost. Wait a moment, go back and press the button again."
        return to_saved_page(
            portal, visitor, Saved(title, (said,), "Back to my visits").note(f"{visitor.root}/my-visits")
        )
    title = "We have sent you the mail again" if mail else "There is no mail with this link yet"
    said = told or "It comes by itself when the time is right. If you think it is late, ask your coordinator."
    return to_saved_page(portal, visitor, Saved(title, (said,), "Back to my visits").note(f"{visitor.root}/my-visits"))


async def _lines(portal: Portal, visitor: Visitor) -> list[Line]:
    person_id = visitor.person_id
    own = frozenset(school.school_id for school in await portal.known.schools_of(person_id))
    programme_id = visitor.link.programme_id
    found = [one for one in await portal.known.dated_of(person_id, own) if programme_id in {None, one.programme_id}]
    answers = await portal.known.answers_of(person_id)
    mine = each_once(found, answers)
    programmes = {one: await portal.known.programme(one) for one in {dated.programme_id for dated in mine}}
    schools: dict[tuple[str, str], School] = {}
    for one in programmes:
        wanted = {school_id for dated in mine if dated.programme_id == one for school_id in _schools(dated)}
        schools |= {(one, school.school_id): school for school in await portal.known.schools(one, wanted)}
    names = await portal.known.names(dated.facilitator_id for dated in mine if dated.facilitator_id)
    around = Around(programmes, schools, own, names, answers, await portal.known.submitted(person_id))
    return [_line(visitor, dated, around) for dated in mine]


def _schools(dated: Dated) -> set[str]:
    """The schools of a visit, its host among them; an event's are too many to name."""
    invited = {one.school_id for one in dated.attendees} if dated.kind == "visit" else set()
    return {school_id for school_id in (*invited, dated.host_school_id) if school_id}


def _line(visitor: Visitor, dated: Dated, around: Around) -> Line:
    host = around.schools.get((dated.programme_id, dated.host_school_id or ""))
    answered = around.answers.get(dated.target_id)
    current = answered if answered and answered.sequence >= dated.sequence else None
    todo = dues.of_dated(
        visitor.person_id, dated, now=visitor.now, answered=current, host=host,
        programme=around.programmes[dated.programme_id], sent=around.sent,
    )  # fmt: skip
    leads = dated.facilitator_id == visitor.person_id
    return Line(
        dated,
        f"Visit to {host.name}" if host else dated.title,
        host.place if host else dated.place,
        _whom(dated, around),
        "" if leads else around.names.get(dated.facilitator_id or "", ""),
        dated.attendee(visitor.person_id) is not None or leads,
        leads,
        current,
        dated.over(visitor.now) or dated.state == "held",
        tuple(todo),
    )


def _whom(dated: Dated, around: Around) -> str:
    if dated.kind == "cohort-event":
        return "people from all the schools of the cohort"
    others = _schools(dated) - around.own - {dated.host_school_id}
    known = (around.schools.get((dated.programme_id, school_id)) for school_id in others)
    return words.listed(sorted(school.name for school in known if school))
