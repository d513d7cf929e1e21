"""Signing in to the pages as everybody does: an address, the code of its mail, an authenticator where that is asked."""

import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyotp

from kindred.demo.browser import Browser, Page, PageFault
from kindred.demo.mailbox import Mailbox, Received

SUBJECT = "Sign in to Kindred"
SECOND = "/sign-in/second"
_KEY = re.compile(r"Key: ((?:[A-Z2-7]{4} ?){8})")
_CODE = re.compile(r"\bCode: (\d{6})\b")
_STEP = 30
"""Seconds for which a code of an authenticator is shown."""


@dataclass
class Authenticator:
    """Somebody's authenticator, as a telephone has it; empty before it is set up."""

    key: str = ""
    used: int = 0

    def code(self) -> str:
        """The code of now, or the next one where that of now was used: each is taken once."""
        self.used = max(int(time.time()) // _STEP, self.used + 1)
        return pyotp.TOTP(self.key).at(self.used * _STEP)


async def enter(
    browser: Browser, portal_url: str, address: str, mailed: Callable[[], Awaitable[Received]], own: Authenticator
) -> Page:
    """Sign somebody in; return the page on which they are then. `mailed`: the mail that comes once it is asked for.

    Raises PageFault where a page is not what somebody who signs in must find.
    """
    page = await browser.open(f"{portal_url}/sign-in")
    page = await browser.press(page, "", {"address": address})
    page = await browser.press(page, "", {"code": code_in(await mailed())})
    if shown := _KEY.search(page.text):
        own.key = "".join(shown[1].split())
        return await browser.press(page, "", {"code": own.code()})
    if urlsplit(page.url).path == SECOND:
        return await browser.press(page, "", {"code": own.code()})
    return page


async def newer(mailbox: Mailbox, address: str) -> Callable[[], Awaitable[Received | None]]:
    """What looks for the mail that signs in and comes after those that are there now; None while it has not come."""
    before = await mailbox.newest(address, SUBJECT)

    async def look() -> Received | None:
        found = await mailbox.newest(address, SUBJECT)
        return found if found is not None and (before is None or found.key != before.key) else None

    return look


def code_in(letter: Received) -> str:
    """The code of a mail that signs in; raises PageFault where it has none."""
    found = _CODE.search(letter.text)
    if found is None:
        raise PageFault("The mail that signs in has no code.")
    return found[1]
