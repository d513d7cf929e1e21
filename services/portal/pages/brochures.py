"""Brochures for everybody: what can be joined, one programme with its dates and counts, and asking about it.

Anybody may write here, so that what comes is bounded (`strangers`).
"""

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.questions import Question
from services.portal.domain.reading import Problem, Reading
from services.portal.pages import strangers
from services.portal.pages.files import served, whole
from services.portal.pages.limits import TooOften
from services.portal.pages.portal import Hidden, Portal
from services.portal.pages.strangers import TRAP, Typed
from shared.commands.base import Done
from shared.commands.brochures import Brochure, BrochureRows, FetchBrochure, ListBrochures, ShowBrochure
from shared.commands.enquiries import SendEnquiry
from shared.commands.open_calls import OpenSlots, ShowOpenSlots
from shared.commands.reporting import Chunk
from shared.errors import Rejected
from shared.telemetry import logger

HERE = "/brochures"
ASKED = (
    Question("name", "Your name", kind="line", longest=200),
    Question("school", "Your school or trust", kind="line", longest=200),
    Question("role", "What you do there", kind="line", longest=100, required=False),
    Question("email", "Your work e-mail address", kind="line", longest=254),
    Question("message", "What would you like to know?", kind="text", longest=2000),
)
RULES = {"invalid-address": "email", "empty-text": "message"}
_log = logger("kindred.portal")


async def brochures(request: Request) -> Response:
    """List what can be joined."""
    portal: Portal = request.app.state.portal
    rows: BrochureRows = await portal.owners.find(ListBrochures(published=True))
    return portal.renderer.page(request, "brochures.html", title="Programmes for schools", rows=rows.brochures)


async def brochure(request: Request) -> Response:
    """Show one, or take an enquiry."""
    portal: Portal = request.app.state.portal
    shown = await found(portal, request)
    if request.method != "POST":
        return await _page(portal, request, shown, Typed())
    posted = await strangers.posted_to(portal, request)
    if not shown.row.enquiries:
        raise Hidden
    try:
        portal.count("enquiry", request)
    except TooOften:
        said = "So many enquiries came from your network that this one is not taken. Try again in ten minutes."
        return await _page(portal, request, shown, Typed(posted, (Problem("", said),), 429))
    return await _take(portal, request, shown, posted)


async def brochure_pdf(request: Request) -> Response:
    """Serve it as a PDF."""
    portal: Portal = request.app.state.portal
    shown = await found(portal, request)
    content, part = await _whole(portal, shown)
    return served(content, part, "inline", "brochure.pdf")


async def _take(portal: Portal, request: Request, shown: Brochure, posted: Mapping[str, str]) -> Response:
    if posted.get(TRAP, "").strip():
        _log.warning("enquiry not taken", why="the field that people do not see was filled in")
        return _thanks(portal, request, shown)
    if said := strangers.complaint(portal, shown.row.address, posted):
        return await _page(portal, request, shown, Typed(posted, (Problem("", said),), 422))
    reading = Reading(posted)
    texts = {one.key: reading.line(one.key, one) for one in ASKED if one.kind == "line"}
    message = reading.text("message", ASKED[-1])
    if texts["email"] and "@" not in texts["email"].strip("@"):
        reading.wrong("email", "Write your e-mail address, such as name@school.example.")
    if reading.problems:
        return await _page(portal, request, shown, Typed(posted, tuple(reading.problems), 422))
    command = SendEnquiry(programme_id=shown.row.programme_id, message=message, **texts)
    once = hashlib.sha256(posted.get("once", "").encode()).hexdigest()
    try:
        await _sent(portal, command, once)
    except Rejected as refused:
        problem = Problem(RULES.get(refused.rule, ""), refused.sentence)
        return await _page(portal, request, shown, Typed(posted, (problem,), 422))
    return _thanks(portal, request, shown)


async def _sent(portal: Portal, command: SendEnquiry, once: str) -> Done:
    done: Done = await portal.owners.ask(command, key=f"enquiry-{once}", actor="")
    return done


async def _page(portal: Portal, request: Request, shown: Brochure, typed: Typed) -> Response:
    return portal.renderer.page(
        request,
        "brochure.html",
        typed.status,
        title=shown.row.title,
        shown=shown,
        here=f"{HERE}/{shown.row.address}",
        asked=ASKED,
        trap=TRAP,
        values=typed.values,
        once=strangers.opened_now(portal, shown.row.address),
        call=await _call(portal, shown),
        problems=typed.problems,
        errors={problem.field: problem.sentence for problem in typed.problems if problem.field},
        days=portal.settings.enquiry_days,
    )


def _thanks(portal: Portal, request: Request, shown: Brochure) -> Response:
    said = (
        "Thank you. The coordinator of this programme reads it and writes to the address you gave. "
        f"What you wrote is kept for {portal.settings.enquiry_days} days and then erased."
    )
    return portal.renderer.page(request, "notice.html", title="Your enquiry has been sent", sentence=said)


async def found(portal: Portal, request: Request) -> Brochure:
    """The brochure that is published under this address. Raises Hidden where there is none."""
    shown: Brochure = await portal.shown(ShowBrochure(address=request.path_params["address"][:100]))
    return shown


async def _call(portal: Portal, shown: Brochure) -> str:
    """What the call is called that anybody may book here, where there is one."""
    if not shown.row.enquiries:
        return ""
    try:
        found: OpenSlots = await portal.owners.find(ShowOpenSlots(programme_id=shown.row.programme_id, limit=1))
    except Rejected:
        return ""
    return found.title


async def _whole(portal: Portal, shown: Brochure) -> tuple[bytes, Chunk]:
    async def fetch(offset: int) -> Chunk:
        part: Chunk = await portal.shown(FetchBrochure(address=shown.row.address, offset=offset))
        return part

    return await whole(fetch)
