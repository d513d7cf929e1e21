"""The town served over HTTP for a real browser, for what `Window` cannot hand on, such as files that are uploaded.

The browser asks for the town's own address through a proxy, which is the town itself: so links in mails lead there.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any, Literal
from urllib.parse import urlsplit

import uvicorn
from playwright.async_api import Browser, ElementHandle, FileChooser, Locator, Page

from services.portal.pages.server import WebServer
from tests.fakes.town import Town
from tests.waiting import until

PATIENCE = 120_000
"""Milliseconds that a page may take to come; machines are busy."""
MOST_STOPS = 150
"""Presses of Tab within which everything on a page is reached."""
Message = MutableMapping[str, Any]


class Live:
    """One request at a time; before the answer goes out, the town comes to rest."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._turn = asyncio.Lock()

    async def __call__(
        self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        answered: list[Message] = []

        async def keep(message: Message) -> None:
            answered.append(message)

        path = urlsplit(scope["path"]).path  # a proxy is asked by whole addresses
        async with self._turn:
            await self._town.transport.application({**scope, "path": path, "raw_path": path.encode()}, receive, keep)
            await self._town.settle()
            await self._town.take_in()
        for message in answered:
            await send(message)


@asynccontextmanager
async def living(town: Town, browser: Browser, size: tuple[int, int]) -> AsyncIterator[Page]:
    """A page in a browser without cookies, in a town that is served."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = WebServer(uvicorn.Config(Live(town), port=port, log_level="warning", access_log=False, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started, "until the pages are served")
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="en-GB", service_workers="block", color_scheme="light",
        proxy={"server": f"http://127.0.0.1:{port}", "bypass": "<-loopback>"},
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    try:
        yield await context.new_page()
    finally:
        await context.close()
        server.should_exit = True
        await serving


class Keys:
    """Somebody without a mouse: Tab to get there, letters, Space and Enter."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def to(self, target: Locator) -> None:
        """Press Tab until it has the focus; AssertionError where Tab does not lead there."""
        await target.wait_for()
        handle = await target.element_handle()
        await self._stop("e => document.activeElement === e", handle)

    async def _stop(self, there: str, handle: ElementHandle | None) -> None:
        for _ in range(MOST_STOPS):
            if await self.page.evaluate(there, handle):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"{handle} is not to be reached with Tab")

    async def type(self, label: str, text: str) -> None:
        """Type into a field, in place of what stands in it."""
        await self.fill(self.page.get_by_label(label, exact=True), text)

    async def fill(self, target: Locator, text: str) -> None:
        """The same for a field that stands several times on a page."""
        await self.to(target)
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.type(text)

    async def pick(self, name: str) -> None:
        """Choose one of several radio buttons: Tab leads to their group, arrows to the one."""
        target = self.page.get_by_role("radio", name=name)
        handle = await target.element_handle()
        await self._stop("e => document.activeElement.name === e.name", handle)
        while not await target.is_checked():
            await self.page.keyboard.press("ArrowDown")

    async def press(self, name: str, *, role: Literal["button", "link"] = "button", then: str) -> None:
        """Go to a button or link, press Enter, and wait for the page that says this."""
        await self.to(self.page.get_by_role(role, name=name).first)
        await self.page.keyboard.press("Enter")
        await self.page.get_by_text(then).first.wait_for()

    async def choose(self, label: str, file: tuple[str, bytes]) -> None:
        """Open a file field and choose a file."""
        await self.to(self.page.get_by_label(label, exact=True))
        chosen: asyncio.Future[FileChooser] = asyncio.get_running_loop().create_future()

        def take(chooser: FileChooser) -> None:
            chosen.set_result(chooser)

        self.page.once("filechooser", take)
        while not chosen.done():  # Chromium opens nothing for a press that reaches it too long after it was made
            await self.page.keyboard.press("Space")
            await asyncio.wait([chosen], timeout=5)
        await chosen.result().set_files({"name": file[0], "mimeType": "text/csv", "buffer": file[1]})
