"""Home: what needs the coordinator."""

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.view import show
from services.portal.pages.portal import Portal
from services.portal.pages.sign_in.guard import coordinator


async def home(request: Request) -> Response:
    """Show what needs somebody."""
    portal: Portal = request.app.state.portal
    here = await coordinator(portal, request)
    return show(portal, request, here, "home", title="Needs you")
