"""A way through the pages: from a link or the console to every kind of page that can be reached from there."""

import re
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from urllib.parse import urljoin, urlsplit

from playwright.async_api import Page

from tests.fakes.town.people import Letter
from tests.screenshots.album import kind_of, without_names
from tests.screenshots.window import Window

MOST_PAGES = 60
"""Most pages that one way in leads to."""
_DOWNLOAD = re.compile(r"/(download|file|export)(/|$)|[.](pdf|csv|xlsx|ics|json|yaml)$")

Look = Callable[[Page], Awaitable[object]]
"""What is done with each page."""


async def walk(window: Window, page: Page, start: str, look: Look) -> int:
    """Look at a page and at every kind of page to which its links lead; return how many there were."""
    waiting, asked, seen = [start], {start}, 0
    while waiting and seen < MOST_PAGES:
        if not await window.go(page, waiting.pop(0)):
            continue
        seen += 1
        await look(page)
        root = _root(page.url)
        for href in await page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))"):
            there = urljoin(page.url, href).split("#")[0]
            path = urlsplit(there).path
            if path.startswith(root) and kind_of(there) not in asked and not _DOWNLOAD.search(path):
                asked.add(kind_of(there))
                waiting.append(there)
    return seen


async def open_letters(window: Window, messages: list[EmailMessage], followed: set[str], look: Look) -> None:
    """Look at the pages to which each kind of mail leads. ``followed``: the kinds whose links were, which grows."""
    for message in messages:
        kind = without_names(str(message["Subject"]))
        if kind in followed:
            continue
        followed.add(kind)
        for link in Letter(message).links:
            async with window.page() as page:
                await walk(window, page, link, look)


def _root(url: str) -> str:
    """What the pages that belong to this one begin with: those of a link, or of the console."""
    steps = urlsplit(url).path.split("/")
    return "/".join(steps[:3]) + "/" if steps[1:2] == ["p"] else "/console"
