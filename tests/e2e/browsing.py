"""The portal over fakes, served for a real browser (Debian's chromium)."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from services.portal.pages.server import WebServer
from tests.unit.portal.world import World, filled
from tests.waiting import until

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""Commands, the one that takes least first."""
IN_A_BROWSER = pytest.mark.asyncio(loop_scope="session")
"""Tests share the browser and so its event loop."""
SIZES = {"phone": (390, 844), "desk": (1280, 900)}


def chromium() -> str:
    """Where chromium is; the one line that installs it otherwise."""
    named = os.environ.get("KINDRED_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, "These tests need a browser: apt-get install -y chromium-headless-shell"
    return found


@dataclass
class Stage:
    """A served world and a browser."""

    world: World
    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)

    async def page(self, size: str = "phone", *, script: bool = True) -> Page:
        width, height = SIZES[size]
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            color_scheme="light",
            locale="en-GB",
        )
        self.contexts.append(context)
        return await context.new_page()

    async def close(self) -> None:
        """Close all pages."""
        for context in self.contexts:
            await context.close()

    async def open(self, page: Page, purpose: str, person: str = "", target: str = "", kind: str = "") -> None:
        token = await self.world.issue(purpose, person, target, kind)
        await page.goto(f"{self.world.public}/l/{token}")


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """A browser of this machine."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def staged(browser: Browser, make: Callable[[str], Awaitable[World]] | None = None) -> AsyncIterator[Stage]:
    """Serve a world on a free port for a browser to look at: a filled one, or what `make` makes of its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    public = f"http://127.0.0.1:{port}"
    world = await (make(public) if make else filled(World(public=public)))
    server = WebServer(uvicorn.Config(world.app, port=port, log_level="warning", access_log=False, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started, "until the pages are served")
    try:
        yield Stage(world, browser)
    finally:
        server.should_exit = True
        await serving
