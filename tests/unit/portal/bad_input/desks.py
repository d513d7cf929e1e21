"""Coordinators at desks of their own in the town, each with a browser without scripts."""

import re

import httpx
import pyotp

from shared.commands.coordinators import AddCoordinator
from tests.fakes.town import Town
from tests.fakes.town.town import PUBLIC
from tests.unit.portal.driver import Form, read, send


class Desk:
    """A coordinator who has signed in with an authenticator."""

    def __init__(self, town: Town, browser: httpx.AsyncClient) -> None:
        self._town, self.browser = town, browser

    async def look(self, path: str) -> httpx.Response:
        return await self.browser.get(path)

    async def press(
        self, page: httpx.Response, values: dict[str, str], *, file: tuple[str, bytes] | None = None
    ) -> httpx.Response:
        """Send the page's form that has this button; what it sets off has come to rest when the answer is here.

        An import's page is looked at once more, so that it says what became of the file.
        """
        form = _form(page, values.get("do", ""))
        answer = await self.browser.post(
            form.action or str(page.url), data={**form.fields, **values}, headers={"origin": PUBLIC},
            files={"file": file} if file else None,
        )  # fmt: skip
        await self._town.settle()
        await self._town.take_in()
        running = answer.status_code == 200 and "/imports/" in answer.url.path
        return await self.browser.get(answer.url) if running else answer


def _form(page: httpx.Response, button: str) -> Form:
    return next(one for one in read(page).forms if button in one.buttons)


async def desk(town: Town, name: str, email: str) -> Desk:
    """Let somebody coordinate, and sign them in."""
    await town.ask(AddCoordinator(name=name, email=email))
    await town.settle()
    browser = httpx.AsyncClient(transport=town.transport, base_url=PUBLIC, follow_redirects=True)
    page = await send(browser, await browser.get("/sign-in"), {"address": email})
    await town.settle()
    code = re.search(r"\bCode: (\d{6})\b", town.person(email).letter("Sign in").text)
    assert code
    page = await send(browser, page, {"code": code[1]})
    key = re.search(r'<code class="key">([^<]+)</code>', page.text)
    assert key
    await send(browser, page, {"code": pyotp.TOTP("".join(key[1].split())).now()})
    return Desk(town, browser)


def said(page: httpx.Response) -> str:
    """The words of a page."""
    return " ".join(read(page).text.split())
