"""Every route of the console."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from services.portal.pages.console.home import home

Look = Callable[[Request], Awaitable[Response]]

CONSOLE: tuple[tuple[str, Look, *tuple[str, ...]], ...] = (
    ("/console", home),
)  # fmt: skip
