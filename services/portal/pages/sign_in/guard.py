"""Who may open the console's pages, and what is said to who may not (yet)."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.pages.portal import ASK, SECOND, Hidden, Portal, SignInNeeded
from services.portal.pages.public import typed
from services.portal.pages.sign_in.browser import Way, keep_way, way, who
from services.portal.ports.sign_in import Here

SET_UP = "/sign-in/set-up"
_SAID = {
    ASK: ("You are signed out", "Sign in again to go on."),
    SECOND: ("Show that it is you", "This needs a code of your authenticator that is not older than half an hour."),
}


async def coordinator(portal: Portal, request: Request) -> Here:
    """Return the coordinator before this browser; raises SignInNeeded, and Hidden for everybody else."""
    here = await who(portal, request)
    if here is None:
        raise SignInNeeded(ASK)
    if not here.account.coordinator:
        raise Hidden
    if not here.session.whole:
        raise SignInNeeded(SECOND)
    return here


async def sure(portal: Portal, request: Request) -> Here:
    """Return the coordinator, proved by a second factor within the last half hour; raises SignInNeeded."""
    here = await coordinator(portal, request)
    if not here.session.fresh(portal.clock.now()):
        raise SignInNeeded(SECOND)
    return here


async def sign_in_first(request: Request, error: Exception) -> Response:
    """Lead to the sign-in and back to the page; what was typed comes back to be copied."""
    if not isinstance(error, SignInNeeded):
        raise error
    portal: Portal = request.app.state.portal
    if request.method == "POST":
        title, sentence = _SAID[error.step]
        facts = {"title": title, "sentence": sentence, "step": error.step, "written": await typed(request)}
        return portal.renderer.page(request, "sign-in/needed.html", 403, **facts)
    answer = RedirectResponse(error.step, 303)
    query = f"?{request.url.query}" if request.url.query else ""
    keep_way(portal, answer, Way(address=way(portal, request).address, then=request.url.path + query))
    return answer


__all__ = ["ASK", "SECOND", "SET_UP", "SignInNeeded", "coordinator", "sign_in_first", "sure"]
