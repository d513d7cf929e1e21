"""The web application: every route stands here."""

from functools import cache

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from services.portal.domain.access import row_of
from services.portal.pages import brochures, link_over, open_call, personal, public
from services.portal.pages.access_log import AccessLog
from services.portal.pages.api.routes import HERE, api
from services.portal.pages.console.routes import CONSOLE
from services.portal.pages.forms.route import ForgedForm
from services.portal.pages.limits import TooOften
from services.portal.pages.link import open_link, press_link
from services.portal.pages.me.feed import feed
from services.portal.pages.portal import (
    MINE,
    Hidden,
    LinkOver,
    NotAdmitted,
    Portal,
    SignInNeeded,
    StandsStill,
    TooEarly,
)
from services.portal.pages.rendering import STATIC
from services.portal.pages.routing import page
from services.portal.pages.security import Shield
from services.portal.pages.shared_form import shared_form
from services.portal.pages.sign_in import asking, provider, second
from services.portal.pages.sign_in.guard import sign_in_first
from shared.errors import Permanent, Rejected, Retryable


@cache
def routes() -> tuple[Route | Mount, ...]:
    """Every route of the portal but those of the API. They hold nothing of an application."""
    return (
        *(Route(path, public.public_page) for path in public.PAGES),
        Route("/robots.txt", public.robots),
        Route("/offline-worker.js", public.offline_worker),
        page("/l/{token:path}", open_link),
        page("/l/{token:path}", press_link, "POST"),
        *personal.by_link("/p/{ref}"),
        *personal.by_session(MINE),
        page("/feed/{token}.ics", feed),
        page("/s/{token}", shared_form, "GET", "POST"),
        *(*brochure_routes(), *sign_in_routes(), *console_routes()),
        Mount("/static", StaticFiles(directory=STATIC)),
    )


def brochure_routes() -> list[Route]:
    """Brochures for everybody."""
    one = f"{brochures.HERE}/{{address}}"
    return [
        page(brochures.HERE, brochures.brochures),
        page(one, brochures.brochure, "GET", "POST"),
        page(f"{one}/brochure.pdf", brochures.brochure_pdf),
        page(f"{one}/call", open_call.open_call, "GET", "POST"),
    ]


def sign_in_routes() -> list[Route]:
    """Signing in and out."""
    both = ("GET", "POST")
    return [
        page("/sign-in", asking.ask, *both),
        page(asking.CODE, asking.code, *both),
        page("/sign-in/l/{token}", asking.link),
        page(asking.CONFIRM, asking.confirm, *both),
        page(provider.GO, provider.go),
        page(provider.BACK, provider.back),
        page("/sign-in/second", second.second, *both),
        page("/sign-in/set-up", second.set_up, *both),
        page("/sign-out", second.sign_out, "POST"),
    ]


def console_routes() -> list[Route]:
    """The coordinator's pages."""
    return [page(path, look, *methods) for path, look, methods in CONSOLE]


def application(portal: Portal) -> Starlette:
    """Build the application. Raises LookupError for a route that the authorisation table has no row for."""
    served = [Mount(HERE, api(portal)), *routes()]
    for one in served:
        row_of(one.path)
    app = Starlette(
        routes=served,
        middleware=[Middleware(AccessLog), Middleware(Shield, https=portal.settings.https)],
        exception_handlers={
            SignInNeeded: sign_in_first,
            TooOften: asking.too_often,
            Hidden: public.not_found,
            TooEarly: public.too_early,
            NotAdmitted: public.not_admitted,
            LinkOver: link_over.closed,
            StandsStill: public.stands_still,
            ForgedForm: public.forged,
            Rejected: public.not_found,
            Retryable: public.unavailable,
            Permanent: public.unavailable,
            HTTPException: public.refused,
            Exception: public.refused,
        },
    )
    app.router.redirect_slashes = False  # its redirect would name the scheme and host of the request
    app.state.portal = portal
    return app
