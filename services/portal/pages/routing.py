"""Routes below an address, for what stands behind links and behind sessions alike."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.portal.pages.entries.routes import EntryPages
from services.portal.pages.forms.route import FormRoute
from services.portal.pages.report import download, read_report, report_page
from shared.errors import Retryable
from shared.mongo import unavailable

Look = Callable[[Request], Awaitable[Response]]
"""What answers a request."""


def page(path: str, look: Look, *methods: str) -> Route:
    """A route that says so in plain English when the database is away."""

    async def endpoint(request: Request) -> Response:
        try:
            return await look(request)
        except Exception as error:
            if unavailable(error):
                raise Retryable("The portal's database does not answer.") from error
            raise

    return Route(path, endpoint, methods=list(methods) or ["GET"])


def form(path: str, route: FormRoute) -> Route:
    """A form: shown, and sent."""
    return page(path, route, "GET", "POST")


def both(here: str, one: str, look: Look) -> list[Route]:
    """What a link is about, and one of a list."""
    return [page(here, look, "GET", "POST"), page(f"{here}{one}", look, "GET", "POST")]


def report_routes(here: str) -> list[Route]:
    """A report below an address: what it is, its text, its files."""
    return [
        page(here, report_page),
        page(f"{here}/read", read_report),
        page(f"{here}/download/{{format}}", download),
    ]


def entry_routes(here: str, pages: EntryPages) -> list[Route]:
    """Entries of templates' forms, below an address."""
    methods = ("GET", "POST")
    return [
        page(here, pages.first, *methods),
        page(f"{here}/new", pages.new, *methods),
        page(f"{here}/read", pages.read, *methods),
        page(f"{here}/{{entry_id}}", pages.one, *methods),
        page(f"{here}/{{entry_id}}/read", pages.read, *methods),
    ]
