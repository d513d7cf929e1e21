"""The coordinator signs in: to the console, with a real mail and an authenticator, and on the machine for commands.

Recovery codes are handed on to whoever looks at the demo.
"""

import re
import time
from collections.abc import Awaitable, Callable
from typing import Any
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
_SUBJECT = "Sign in to Kindred"
HANDED_ON = 4
Run = Callable[..., Awaitable[Any]]
"""Runs a command of Kindred."""


async def begin(this: Round) -> list[str]:
    """Make the first coordinator, who signs in; return recovery codes that are left."""
    this.tell("The coordinator signs in")
    person = cast.coordinator(this.seed)
    await this.coordinator.run("coordinators", "add", person.name, person.email)
    codes, key = await _console(this, person.email)
    await login(this, this.coordinator.run, codes.pop(0))
    this.signs_in = lambda: login(this, this.coordinator.run, pyotp.TOTP(key).at(int(time.time())))
    this.story.links.append((f"The console; sign in as {person.email}", f"{this.target.portal_url}/sign-in"))
    kept = ", ".join(codes[-HANDED_ON:])
    this.story.links.append(("  its mail is among the mails below; as second code take one of, each once", kept))
    return codes


async def login(this: Round, run: Run, second: str) -> None:
    """Sign in where these commands run, by the code of a mail and a recovery code."""
    address = cast.coordinator(this.seed).email
    seen = len(await _letters(this, address))
    await run("login", address, "--send")
    code = await _code(this, address, seen)
    await run("login", address, "--code", code, "--second", second)


async def _console(this: Round, address: str) -> tuple[list[str], str]:
    """Sign in to the console for the first time; return the recovery codes, and the authenticator's key."""
    browser = Browser(this.transport)
    page = await browser.open(f"{this.target.portal_url}/sign-in")
    seen = len(await _letters(this, address))
    waiting = await browser.press(page, "", {"address": address})
    page = await browser.press(waiting, "", {"code": await _code(this, address, seen)})
    key = "".join(_found(_KEY, page).split())
    shown = await browser.press(page, "", {"code": pyotp.TOTP(key).at(int(time.time()))})
    codes = _RECOVERY.findall(shown.text)
    home = await browser.open(f"{this.target.portal_url}/console")
    this.checks.equal("the coordinator is at home", (urlsplit(home.url).path, len(codes)), ("/console", 8))
    return list(codes), key


async def _letters(this: Round, address: str) -> list[Received]:
    await this.mailbox.refresh()
    return [one for one in await this.mailbox.of(address) if one.subject == _SUBJECT]


async def _code(this: Round, address: str, seen: int) -> str:
    """The code of the mail that comes after those that were seen."""

    async def newest() -> list[Received]:
        return await _letters(this, address)

    letters = await this.ask_until(newest, lambda found: len(found) > seen, "The mail that signs the coordinator in")
    found = _CODE.search(letters[-1].text)
    if found is None:
        raise Failed("The mail that signs in has no code.")
    return found[1]


def _found(pattern: re.Pattern[str], page: Page) -> str:
    found = pattern.search(page.text)
    if found is None:
        raise Failed(f"{page.heading} shows no key: {page.text[:300]}")
    return found[1]
