"""After a form: what was saved and what happens next. And the note that a link is in use."""

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import access
from services.portal.pages import sessions
from services.portal.pages.forms.route import posted_by
from services.portal.pages.portal import Portal, Visitor
from shared.errors import Retryable


async def saved_page(request: Request) -> Response:
    """Show the note of the form before; without one (later, elsewhere) say where to look."""
    portal: Portal = request.app.state.portal
    visitor = await portal.whoever(request)
    cookie = request.cookies.get(portal.cookie_name(visitor.link.ref, "note"), "")
    note = sessions.read_note(portal.key, visitor.link.ref, cookie) or {
        "title": "Nothing is waiting to be saved",
        "sentences": ["What you saved earlier is safe. Open the page to see it."],
        "again": "Open the page",
        "path": f"{visitor.root}/{'todo' if visitor.here else visitor.link.purpose}",
    }
    return portal.renderer.page(
        request, "saved.html", visitor=visitor, title=note["title"], note=note, home=_home(visitor)
    )


def _home(visitor: Visitor) -> tuple[str, str]:
    """The page from which the person came, and how it is called; nothing where the link is for one thing only."""
    for page, called in (("todo", "your list"), ("my-visits", "my visits")):
        if access.opens(visitor.link, page):
            return f"{visitor.root}/{page}", called
    return "", ""


async def opened(request: Request) -> Response:
    """Note that somebody (not a mail scanner) looks at the page: posted by its script."""
    portal: Portal = request.app.state.portal
    visitor = await portal.whoever(request)
    await posted_by(portal, visitor, request)
    try:
        await portal.openings.opened(visitor.link)
    except Retryable:
        return Response(status_code=503)
    return Response(status_code=204)
