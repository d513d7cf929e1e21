"""A real browser that looks at the town: Chromium's requests are answered by the portal in this process."""

import asyncio
import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from playwright.async_api import Browser, BrowserContext, Page, Route

from tests.e2e.browsing import SIZES
from tests.fakes.town import Town

PATIENCE = 120_000
"""Milliseconds that a page may take to come; machines are busy."""
_REDIRECT = "meta[http-equiv=refresh]"
_NOT_OURS = {"content-length", "content-encoding", "transfer-encoding"}


class Window:
    """Opens pages of the town. One request at a time: the transactions of the town are not kept apart."""

    def __init__(self, town: Town, browser: Browser) -> None:
        self._browser = browser
        self._town = town
        self._client = httpx.AsyncClient(transport=town.transport)
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def page(self, size: str = "phone", *, script: bool = True) -> AsyncIterator[Page]:
        """A page in a browser without cookies."""
        async with self.context(size, script=script) as context:
            yield await context.new_page()

    @asynccontextmanager
    async def context(self, size: str = "phone", *, script: bool = True) -> AsyncIterator[BrowserContext]:
        """A browser without cookies, for several pages."""
        width, height = SIZES[size]
        context = await self._browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script, color_scheme="light",
            locale="en-GB", service_workers="block",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        await context.route("**/*", self._answer)
        try:
            yield context
        finally:
            await context.close()

    async def go(self, page: Page, url: str) -> bool:
        """Open an address and wait until the last redirect has led to a page; return whether it is one."""
        answer = await page.goto(url)
        await page.wait_for_function(f"() => !document.querySelector({_REDIRECT!r})")
        return answer is not None and "html" in answer.headers.get("content-type", "")

    async def _answer(self, route: Route) -> None:
        asked = route.request
        async with self._turn:
            headers = await asked.all_headers()
            answer = await self._client.request(
                asked.method, asked.url, content=asked.post_data_buffer or b"",
                headers={name: value for name, value in headers.items() if not name.startswith(":")},
            )  # fmt: skip
            self._client.cookies.clear()
            await self._town.take_in()
        told = {name: value for name, value in answer.headers.items() if name not in _NOT_OURS | {"set-cookie"}}
        if cookies := answer.headers.get_list("set-cookie"):
            told["set-cookie"] = "\n".join(cookies)
        status, body = answer.status_code, answer.content
        if where := told.pop("location", ""):  # Chromium does not hand on what follows a redirect that is made up
            status, told["content-type"] = 200, "text/html"
            body = f'<meta http-equiv="refresh" content="0;url={html.escape(where)}">'.encode()
        await route.fulfill(status=status, headers=told, body=body)
