"""The way in: a mail's link becomes a session in this browser, and its token leaves the address."""

import datetime as dt

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.domain.links import link_id_of
from services.portal.pages import sessions
from services.portal.pages.forms.unsubscribe import one_click
from services.portal.pages.link_over import BUTTON, mail_new, over_page
from services.portal.pages.portal import Hidden, Portal


async def open_link(request: Request) -> Response:
    """Open a link. Changes nothing: the session is a signed cookie, and the page notes the first use."""
    portal: Portal = request.app.state.portal
    link = await portal.read.links.get(link_id_of(request.path_params["token"]))
    now = portal.clock.now()
    if link is None:
        portal.count("unknown-link", request)
        return portal.renderer.page(request, "link-unknown.html", 404, title="We cannot open this link yet")
    if not link.usable(now):
        return await over_page(portal, request, portal.visitor(link), status=410, action="")
    answer = RedirectResponse(f"/p/{link.ref}/{link.purpose}", 303)
    longest = min(dt.timedelta(hours=portal.settings.session_hours), link.expires - now)
    answer.set_cookie(
        portal.cookie_name(link.ref),
        sessions.sign_session(portal.key, link.link_id, now),
        max_age=max(1, int(longest.total_seconds())),
        path="/",
        secure=portal.settings.https,
        httponly=True,
        samesite="lax",
    )
    return answer


async def press_link(request: Request) -> Response:
    """Do what a button says that posts to the link itself: its token is proof enough of who asks.

    Browsers send no Origin from these pages, because their address holds the token and they send no referrer.
    """
    portal: Portal = request.app.state.portal
    link = await portal.read.links.get(link_id_of(request.path_params["token"]))
    form = await request.form()
    if link is None:
        raise Hidden
    if "List-Unsubscribe" in form:
        return await one_click(portal, link, asked=form["List-Unsubscribe"] == "One-Click")
    if link.usable(portal.clock.now()) or form.get("do") != BUTTON:
        raise Hidden
    return await mail_new(portal, request, portal.visitor(link))
