"""The coordinator signs in: to the console, with a real mail and an authenticator, and on the machine for commands.

Recovery codes are handed on to whoever looks at the demo.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from kindred.demo import cast
from kindred.demo.browser import Browser
from kindred.demo.mailbox import Received
from kindred.demo.round import Round
from kindred.demo.ways_in.entering import Authenticator, code_in, enter, newer

_RECOVERY = re.compile(r"\b[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}\b")
HANDED_ON = 4
Run = Callable[..., Awaitable[Any]]
"""Runs a command of Kindred."""


async def begin(this: Round) -> list[str]:
    """Make the first coordinator, who signs in; return recovery codes that are left."""
    this.tell("The coordinator signs in")
    person = cast.coordinator(this.seed)
    await this.coordinator.run("coordinators", "add", person.name, person.email)
    await this.settle()  # whoever asks for a mail before the pages know them gets none
    own = this.authenticators[person.email.casefold()] = Authenticator()
    codes = await _console(this, person.email, own)
    await login(this, this.coordinator.run, codes.pop(0))
    this.signs_in = lambda: login(this, this.coordinator.run, own.code())
    this.story.links.append((f"The console; sign in as {person.email}", f"{this.target.portal_url}/sign-in"))
    kept = ", ".join(codes[-HANDED_ON:])
    this.story.links.append(("  its mail is among the mails below; as second code take one of, each once", kept))
    return codes


async def login(this: Round, run: Run, second: str) -> None:
    """Sign in where these commands run, by the code of a mail and a code of the second factor."""
    address = cast.coordinator(this.seed).email
    mailed = await next_mail(this, address)
    await run("login", address, "--send")
    await run("login", address, "--code", code_in(await mailed()), "--second", second)


async def _console(this: Round, address: str, own: Authenticator) -> list[str]:
    """Sign in to the console for the first time; return the recovery codes."""
    browser = Browser(this.transport)
    shown = await enter(browser, this.target.portal_url, address, await next_mail(this, address), own)
    codes = _RECOVERY.findall(shown.text)
    home = await browser.open(f"{this.target.portal_url}/console")
    this.checks.equal("the coordinator is at home", (urlsplit(home.url).path, len(codes)), ("/console", 8))
    return list(codes)


async def next_mail(this: Round, address: str) -> Callable[[], Awaitable[Received]]:
    """What waits for the mail that signs in and comes after those that are there now."""
    look = await newer(this.mailbox, address)

    async def mailed() -> Received:
        letter: Received = await this.ask_until(look, bool, "The mail that signs in")
        return letter

    return mailed
