"""Where somebody who has signed in begins, and at which of their schools or trusts they look."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.pages.forms.route import posted_by
from services.portal.pages.portal import Hidden, Portal

PAGE = "acting"
ALL = ""


async def begin(request: Request) -> Response:
    """Lead to what the person has to do."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, "todo")
    return RedirectResponse(f"{visitor.root}/todo", 303)


async def act_as(request: Request) -> Response:
    """Note the school or trust that was chosen; one that is not theirs is answered as if there were none."""
    portal: Portal = request.app.state.portal
    visitor = await portal.admit(request, PAGE)
    chosen = (await posted_by(portal, visitor, request)).get("part", ALL)
    if visitor.here is None or chosen not in {ALL, *(one.key for one in visitor.parts)}:
        raise Hidden
    await portal.sign_in.act_as(visitor.here, chosen)
    return RedirectResponse(f"{visitor.root}/todo", 303)
