"""The coordinator may sign in to the console: with a real mail, an authenticator, and recovery codes to hand on."""

import re
import time
from urllib.parse import urlsplit

import pyotp

from kindred.demo import cast
from kindred.demo.browser import Browser, Page
from kindred.demo.checks import Failed
from kindred.demo.mailbox import Received
from kindred.demo.round import Round

_KEY = re.compile(r"Key: ((?:[A-Z2-7]{4} ?){8})")
_CODE = re.compile(r"\bCode: (\d{6})\b")
_RECOVERY = re.compile(r"\b[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}\b")
HANDED_ON = 4


async def play(this: Round) -> None:
    """Add the coordinator, sign in once, and leave recovery codes for whoever looks at the demo."""
    this.tell("The coordinator signs in to the console")
    person = cast.coordinator(this.seed)
    await this.coordinator.run("coordinators", "add", person.name, person.email)
    browser = Browser(this.transport)
    page = await _mailed(this, browser, person.email)
    key = "".join(_found(_KEY, page).split())
    shown = await browser.press(page, "", {"code": pyotp.TOTP(key).at(int(time.time()))})
    codes = _RECOVERY.findall(shown.text)
    home = await browser.open(f"{this.target.portal_url}/console")
    this.checks.equal("the coordinator is at home", (urlsplit(home.url).path, len(codes)), ("/console", 8))
    this.story.links.append((f"The console; sign in as {person.email}", f"{this.target.portal_url}/sign-in"))
    kept = ", ".join(codes[-HANDED_ON:])
    this.story.links.append(("  its mail is among the mails below; as second code take one of, each once", kept))


async def _mailed(this: Round, browser: Browser, address: str) -> Page:
    """Ask for the mail, and type its code."""
    page = await browser.open(f"{this.target.portal_url}/sign-in")
    waiting = await browser.press(page, "", {"address": address})

    async def newest() -> list[Received]:
        await this.mailbox.refresh()
        return [one for one in await this.mailbox.of(address) if one.subject == "Sign in to Kindred"]

    letters = await this.ask_until(newest, bool, "The mail that signs the coordinator in")
    found = _CODE.search(letters[-1].text)
    if found is None:
        raise Failed("The mail that signs in has no code.")
    return await browser.press(waiting, "", {"code": found[1]})


def _found(pattern: re.Pattern[str], page: Page) -> str:
    found = pattern.search(page.text)
    if found is None:
        raise Failed(f"{page.heading} shows no key: {page.text[:300]}")
    return found[1]
