"""Brochures for everybody: what can be joined, one programme with its dates and counts, and asking about it.

Anybody may write here, so that what comes is bounded: few from one network, short texts, nothing from other pages, none
that comes sooner than somebody reads. A field that people do not see, and programs fill in, gives those away.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.questions import Question
from services.portal.domain.reading import Problem, Reading, cleaned
from services.portal.pages import sessions
from services.portal.pages.files import served, whole
from services.portal.pages.forms.route import ForgedForm
from services.portal.pages.portal import Hidden, Portal
from services.portal.pages.security import from_our_page
from services.portal.pages.sign_in.peers import PeerLimit, TooOften, network_of, peer_of
from shared.commands.base import Done
from shared.commands.brochures import Brochure, BrochureRows, FetchBrochure, ListBrochures, ShowBrochure
from shared.commands.enquiries import SendEnquiry
from shared.commands.reporting import Chunk
from shared.errors import Rejected
from shared.telemetry import logger

HERE = "/brochures"
MOST_FROM_ONE_NETWORK = 10
"""Enquiries from one network within ten minutes."""
SOONEST, LATEST = dt.timedelta(seconds=3), dt.timedelta(days=1)
"""A form comes back no sooner than somebody has read it, and no later than the page can be trusted."""
TRAP = "website"
"""A field that people do not see."""
ASKED = (
    Question("name", "Your name", kind="line", longest=200),
    Question("school", "Your school or trust", kind="line", longest=200),
    Question("role", "What you do there", kind="line", longest=100, required=False),
    Question("email", "Your work e-mail address", kind="line", longest=254),
    Question("message", "What would you like to know?", kind="text", longest=2000),
)
RULES = {"invalid-address": "email", "empty-text": "message"}
STALE = "This page has been open for long. Look through what you wrote and send it again."
SLOW = "That came sooner than anybody reads. Look through what you wrote and send it again."
_log = logger("kindred.portal")


@dataclass(frozen=True)
class Typed:
    """What somebody has typed, and what came of it."""

    values: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    status: int = 200


async def brochures(request: Request) -> Response:
    """List what can be joined."""
    portal: Portal = request.app.state.portal
    found: BrochureRows = await portal.owners.find(ListBrochures(published=True))
    return portal.renderer.page(request, "brochures.html", title="Programmes for schools", rows=found.brochures)


async def brochure(request: Request) -> Response:
    """Show one, or take an enquiry."""
    portal: Portal = request.app.state.portal
    shown = await _found(portal, request)
    if request.method != "POST":
        return _page(portal, request, shown, Typed())
    if not from_our_page(request, portal.settings.public_url):
        raise ForgedForm
    if not shown.row.enquiries:
        raise Hidden
    form = await request.form()
    posted = {name: cleaned(value) for name, value in form.items() if isinstance(value, str)}
    limit: PeerLimit = request.app.state.enquiries
    try:
        limit.note(network_of(peer_of(request, portal.settings.proxies)), portal.clock.now())
    except TooOften:
        said = "So many enquiries came from your network that this one is not taken. Try again in ten minutes."
        return _page(portal, request, shown, Typed(posted, (Problem("", said),), 429))
    return await _take(portal, request, shown, posted)


async def brochure_pdf(request: Request) -> Response:
    """Serve it as a PDF."""
    portal: Portal = request.app.state.portal
    shown = await _found(portal, request)
    content, part = await _whole(portal, shown)
    return served(content, part, "inline", "brochure.pdf")


async def _take(portal: Portal, request: Request, shown: Brochure, posted: Mapping[str, str]) -> Response:
    opened = sessions.read_opened(portal.key, shown.row.address, posted.get("once", ""), portal.clock.now(), LATEST)
    if posted.get(TRAP, "").strip():
        _log.warning("enquiry not taken", why="the field that people do not see was filled in")
        return _thanks(portal, request, shown)
    if opened is None or portal.clock.now() - opened < SOONEST:
        return _page(portal, request, shown, Typed(posted, (Problem("", STALE if opened is None else SLOW),), 422))
    reading = Reading(posted)
    texts = {one.key: reading.line(one.key, one) for one in ASKED if one.kind == "line"}
    message = reading.text("message", ASKED[-1])
    if texts["email"] and "@" not in texts["email"].strip("@"):
        reading.wrong("email", "Write your e-mail address, such as name@school.example.")
    if reading.problems:
        return _page(portal, request, shown, Typed(posted, tuple(reading.problems), 422))
    command = SendEnquiry(programme_id=shown.row.programme_id, message=message, **texts)
    once = hashlib.sha256(posted.get("once", "").encode()).hexdigest()
    try:
        await _sent(portal, command, once)
    except Rejected as refused:
        problem = Problem(RULES.get(refused.rule, ""), refused.sentence)
        return _page(portal, request, shown, Typed(posted, (problem,), 422))
    return _thanks(portal, request, shown)


async def _sent(portal: Portal, command: SendEnquiry, once: str) -> Done:
    done: Done = await portal.owners.ask(command, key=f"enquiry-{once}", actor="")
    return done


def _page(portal: Portal, request: Request, shown: Brochure, typed: Typed) -> Response:
    now = portal.clock.now()
    once = sessions.sign_opened(portal.key, shown.row.address, secrets.token_hex(8), now)
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
        once=once,
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


async def _found(portal: Portal, request: Request) -> Brochure:
    try:
        found: Brochure = await portal.owners.find(ShowBrochure(address=request.path_params["address"][:100]))
    except Rejected:
        raise Hidden from None
    return found


async def _whole(portal: Portal, shown: Brochure) -> tuple[bytes, Chunk]:
    async def fetch(offset: int) -> Chunk:
        try:
            part: Chunk = await portal.owners.find(FetchBrochure(address=shown.row.address, offset=offset))
        except Rejected:
            raise Hidden from None
        return part

    return await whole(fetch)
