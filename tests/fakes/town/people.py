"""People of the town: they read their mail, follow its links and press buttons as a browser without scripts does."""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kindred.demo.browser import Browser, Page

if TYPE_CHECKING:
    from tests.fakes.town.town import Town

_LINK = re.compile(r"https?://[^\s<>\"')\]]+/l/[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Letter:
    """A mail as it arrived."""

    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part else ""

    @property
    def links(self) -> list[str]:
        """Its personal links, each once."""
        return list(dict.fromkeys(_LINK.findall(self.text)))


@dataclass(frozen=True)
class Person:
    """Somebody with a mailbox and a browser."""

    town: "Town"
    address: str

    @property
    def letters(self) -> list[Letter]:
        """What arrived for them, oldest first."""
        return [Letter(message) for message in self.town.post.mailboxes.to(self.address)]

    def letter(self, words: str) -> Letter:
        """The latest letter whose subject holds these words."""
        found = [one for one in self.letters if words.casefold() in one.subject.casefold()]
        assert found, f"{self.address} got nothing about {words!r}, only {[one.subject for one in self.letters]}"
        return found[-1]

    async def open(self, words: str, purpose: str = "") -> tuple[Browser, Page]:
        """Follow the link of that letter that leads to a page of this purpose; the first link where none is named."""
        seen = []
        for link in self.letter(words).links:
            browser = Browser(self.town.transport, again=())
            page = await browser.look(link)
            path = urlsplit(page.url).path
            if page.status == 200 and (not purpose or path.split("/")[3:4] == [purpose]):
                return browser, page
            seen.append(f"{path} {page.heading} ({page.status})")
        raise AssertionError(f"{self.letter(words).subject!r} has no link for {purpose!r}, only {seen}")

    async def answer(self, words: str, values: dict[str, str], button: str = "send") -> Page:
        """Fill in the form behind a letter and press a button; return the page that follows."""
        browser, page = await self.open(words, "entry")
        if not any(form.method == "post" for form in page.forms):
            page = await browser.open(page.url.rstrip("/") + "/new")
        return await browser.press(page, button, values, expect=(200, 409, 422))
