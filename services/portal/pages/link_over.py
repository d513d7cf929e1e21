"""A link that has run out or was withdrawn: what is said of it, and the button that mails a new one.

The mail goes to the person's own address, so whoever holds an old link gains nothing by pressing. It is sent at most
once an hour for each link.
"""

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.links import Link
from services.portal.domain.renewal import still_of_use
from services.portal.pages.forms.route import posted_by
from services.portal.pages.fresh_link import ON_ITS_WAY, mail_with, resend
from services.portal.pages.portal import Hidden, LinkOver, Portal, Visitor
from services.portal.pages.public import typed
from shared.errors import Rejected, Retryable
from shared.events.scheduling import TargetKind

BUTTON = "mail"
NOT_MAILED = "We could not mail you a new link"
NO_MAIL = (
    "There is no mail with this link that we could send again. Sign in with your address, use the newest mail you have "
    "from us, or ask your programme\u2019s coordinator for a new link."
)


async def over_page(portal: Portal, request: Request, visitor: Visitor, *, status: int, action: str) -> Response:
    """Say that the link is over; offer a new one where that leads somewhere. `action`: where the button posts to."""
    offered = await _of_use(portal, visitor.link)
    facts = {"offered": offered, "action": action, "csrf": visitor.csrf, "written": await typed(request)}
    return portal.renderer.page(request, "link-over.html", status, title="This link no longer works", **facts)


async def closed(request: Request, error: Exception) -> Response:
    """Answer for a page that was open when its link ran out; what was typed comes back to be copied."""
    if not isinstance(error, LinkOver):
        raise error
    portal: Portal = request.app.state.portal
    return await over_page(portal, request, error.visitor, status=403, action=f"{error.visitor.root}/fresh")


async def mail_from_session(request: Request) -> Response:
    """Mail a new link to who held the page open."""
    portal: Portal = request.app.state.portal
    visitor = await portal.holder(request)
    posted = await posted_by(portal, visitor, request)
    if visitor.link.usable(visitor.now) or posted.get("do") != BUTTON:
        raise Hidden
    return await mail_new(portal, request, visitor)


async def mail_new(portal: Portal, request: Request, visitor: Visitor) -> Response:
    """Have the mail with such a link sent again, and say what became of it."""
    if not await _of_use(portal, visitor.link):
        raise Hidden
    title, sentence, status = await _mailed(portal, visitor)
    facts = {"title": title, "sentence": sentence, "written": await typed(request)}
    return portal.renderer.page(request, "link-mailed.html", status, **facts)


async def _mailed(portal: Portal, visitor: Visitor) -> tuple[str, str, int]:
    try:
        mail = await mail_with(portal, visitor.link)
        if mail is None:
            return NOT_MAILED, NO_MAIL, 200
        await resend(portal, mail, visitor, f"over-{visitor.now:%Y%m%d%H}")
    except Retryable:
        return NOT_MAILED, "Nothing is lost. Wait a moment, go back and try again.", 503
    except Rejected as refused:
        if refused.rule != "still-on-its-way":
            return NOT_MAILED, NO_MAIL, 200
    return "A new link is on its way", ON_ITS_WAY, 200


async def _of_use(portal: Portal, link: Link) -> bool:
    read, person_id = portal.read, link.person_id
    kind: TargetKind = "cohort-event" if link.target_kind == "cohort-event" else "visit"
    meeting = await read.meetings.get(kind, link.target_id)
    days, offers = await read.dates.agreements_of(person_id), await read.dates.call_offers_of(person_id)
    return still_of_use(link, meeting, days, offers, portal.clock.now())
