"""A place that is kept for somebody who waits: taken or passed on with one press each, until the end of a day."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import access
from services.portal.domain.entries import Entry, told
from services.portal.domain.places import Offer
from services.portal.domain.reading import Problem
from services.portal.domain.tasks import asked_on
from services.portal.domain.whole import WholeProgramme
from services.portal.pages.entries.about import complaint
from services.portal.pages.forms.form import Saved, idempotency_key
from services.portal.pages.forms.route import posted_by, to_saved_page
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.rounds import AcceptOffer, DeclineOffer
from shared.errors import KindredError

PAGE = "offer"
_TAKE, _PASS = "accept", "pass"


async def offer_page(request: Request) -> Response:
    """Show the offer of the link, or one of the person's list; POST answers it."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, PAGE)
    offer = await portal.read.places.offer(request.path_params.get("offer_id", visitor.link.target_id))
    entries = await portal.read.entries.find([offer.person_entry_id, offer.thing_entry_id]) if offer else {}
    if offer is None or not access.may_take(visitor.link, offer, entries.get(offer.person_entry_id)):
        raise Hidden
    programme = await portal.programme(offer.programme_id)
    if request.method == "POST":
        return await _answer(portal, visitor, request, offer, programme)
    return await _show(portal, visitor, request, offer, programme)


async def _show(
    portal: Portal,
    visitor: Visitor,
    request: Request,
    offer: Offer,
    programme: WholeProgramme,
    *,
    once: str = "",
    problems: tuple[Problem, ...] = (),
    banner: str = "",
    status: int = 200,
) -> Response:
    entries: dict[str, Entry] = await portal.read.entries.find([offer.thing_entry_id])
    thing = entries.get(offer.thing_entry_id)
    schools = await portal.read.schools.of_programme(offer.programme_id, [offer.host_school_id])
    names = await portal.read.people.names([offer.person_id])
    form = programme.template.form(thing.form) if thing else None
    return portal.renderer.page(
        request,
        "offer.html",
        status,
        visitor=visitor,
        csrf=visitor.csrf,
        programme=programme,
        title="A place for you" if offer.person_id == visitor.person_id else "A place for your colleague",
        whom="" if offer.person_id == visitor.person_id else names.get(offer.person_id, "your colleague"),
        offer=offer,
        open=offer.open_on(programme.today(visitor.now)),
        host=schools[0] if schools else None,
        what=form.title if form else "",
        facts=told(thing, programme) if thing else {},
        wish={1: "first", 2: "second", 3: "third"}.get(offer.wish or 0, ""),
        action=request.url.path,
        back=f"{visitor.root}/todo" if access.opens(visitor.link, "todo") else "",
        once=once or secrets.token_hex(12),
        problems=problems,
        banner=banner,
    )


async def _answer(
    portal: Portal, visitor: Visitor, request: Request, offer: Offer, programme: WholeProgramme
) -> Response:
    posted = await posted_by(portal, visitor, request)
    button, once = posted.get("do", ""), posted.get("once", "")[:64]
    if button not in {_TAKE, _PASS}:
        raise Hidden
    about = {"offer_id": offer.offer_id, "person_id": visitor.person_id}
    command = AcceptOffer.model_validate(about) if button == _TAKE else DeclineOffer.model_validate(about)
    try:
        key = idempotency_key(visitor, once, command)
        await portal.owners.ask(command, key=key, actor=visitor.person_id)
    except KindredError as error:
        banner, problems, status = complaint(error)
        shown = (portal, visitor, request, offer, programme)
        return await _show(*shown, once=once, problems=problems, banner=banner, status=status)
    if button == _PASS:
        said = Saved("You have passed on this place", ("It goes to the next who waits.",), "See it")
    else:
        follows = asked_on(offer.round, "published", programme)
        said = Saved("The place is taken", ("This is settled.", *follows), "See it")
    return to_saved_page(portal, visitor, said.note(request.url.path))
