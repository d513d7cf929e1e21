"""A door for newcomers: `/as/<role>` signs in as somebody who has that role, and leads to their pages.

It goes the way that everybody goes, by a mail and an authenticator, and hands the session on to the browser: cookies of
127.0.0.1 are those of all its ports. So an address works again after months of the demo's time. Of made-up people only.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from html import escape
from urllib.parse import urlsplit

import httpx
from jinja2 import Environment
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kindred.demo.browser import Browser, PageFault
from kindred.demo.mailbox import Mailbox, Received
from kindred.demo.ways_in.entering import Authenticator, enter, newer
from kindred.demo.ways_in.way import WayIn

PATIENCE, POLL = 60.0, 0.25
"""Seconds for which a mail that signs in is waited for, and between two looks."""
_PAGE = Environment(autoescape=True).from_string(
    """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ title }}</title><style>body {font: 1.1rem/1.6 system-ui; max-width: 40rem; margin: 2rem auto; padding: 0 1rem}
</style><h1>{{ title }}</h1>{{ body }}</html>"""
)


class Gate:
    """Keeps one browser for each role, signed in."""

    def __init__(
        self,
        portal_url: str,
        mailbox: Mailbox,
        ways: Iterable[WayIn],
        authenticators: dict[str, Authenticator],
        transport: Callable[[], httpx.AsyncBaseTransport] = httpx.AsyncHTTPTransport,
    ) -> None:
        self._portal_url, self._mailbox, self._transport = portal_url, mailbox, transport
        self._ways = {one.slug: one for one in ways}
        self._authenticators = authenticators
        self._browsers: dict[str, Browser] = {}
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def app(self) -> Starlette:
        """The ASGI application."""
        return Starlette(routes=[Route("/", self.index), Route("/as/{slug}", self.enter)])

    async def index(self, _request: Request) -> Response:
        """Everybody one may be."""
        lines = [
            f'<li><a href="/as/{one.slug}">{escape(one.title)}</a>: {escape(one.name)}</li>'
            for one in self._ways.values()
        ]
        return HTMLResponse(_page("Sign in as", f"<ul>{''.join(lines)}</ul>"))

    async def enter(self, request: Request) -> Response:
        """Sign in, and lead on."""
        way = self._ways.get(request.path_params["slug"])
        if way is None:
            return HTMLResponse(_page("Nobody has this role here", '<p><a href="/">Everybody one may be</a></p>'), 404)
        try:
            async with self._turns[way.address]:
                browser = await self._signed_in(way)
        except (PageFault, TimeoutError, httpx.HTTPError) as fault:
            return HTMLResponse(_page("That did not work", f"<p>{escape(str(fault) or 'No mail came.')}</p>"), 502)
        answer = RedirectResponse(f"{self._portal_url}{way.home}", 303)
        for name, value in browser.cookies().items():
            answer.set_cookie(name, value, httponly=True, samesite="lax")
        return answer

    async def _signed_in(self, way: WayIn) -> Browser:
        """The browser of this role, signed in anew where its session has ended."""
        known = self._browsers.get(way.slug)
        if known is not None and urlsplit((await known.look(f"{self._portal_url}{way.home}")).url).path == way.home:
            return known
        browser = Browser(self._transport())
        own = self._authenticators.setdefault(way.address.casefold(), Authenticator())
        await enter(browser, self._portal_url, way.address, await self._next_mail(way.address), own)
        await browser.open(f"{self._portal_url}{way.home}")
        self._browsers[way.slug] = browser
        return browser

    async def _next_mail(self, address: str) -> Callable[[], Awaitable[Received]]:
        look = await newer(self._mailbox, address)

        async def mailed() -> Received:
            async with asyncio.timeout(PATIENCE):
                while True:
                    if found := await look():
                        return found
                    await asyncio.sleep(POLL)

        return mailed


def _page(title: str, body: str) -> str:
    return _PAGE.render(title=title, body=Markup(body))  # noqa: S704 - made here, what people wrote is escaped
