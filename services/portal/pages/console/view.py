"""How a page of the console is shown: as whom one acts, where one is, and what the last act came to."""

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.portal import Portal
from services.portal.pages.sign_in import browser
from services.portal.ports.sign_in import Here

NAV = (("/console", "Home"),)
"""The rooms of the console, as they stand in its bar."""


def show(portal: Portal, request: Request, here: Here, template: str, status: int = 200, **facts: object) -> Response:
    """Render a page of the console."""
    bar = {
        "account": here.account, "csrf": browser.csrf(portal, here.session.session_id), "nav": NAV,
        "path": request.url.path,
    }  # fmt: skip
    return portal.renderer.page(request, f"console/{template}.html", status, **bar, **facts)
