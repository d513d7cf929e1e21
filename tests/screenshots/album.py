"""The pictures: each kind of page and of mail once, at both sizes, and a page that shows them side by side."""

import html
import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Page

from tests.e2e.browsing import SIZES
from tests.screenshots.window import Window

_WORD = re.compile(r"[a-z][a-z-]*")
_NAMES = re.compile(r"[^a-z0-9]+")


def kind_of(url: str) -> str:
    """What a page is, by its address: words stay, names of single things do not."""
    steps = [step for step in urlsplit(url).path.split("/") if step]
    return "/".join(step if _WORD.fullmatch(step) else "*" for step in steps) or "start"


def named(*parts: str) -> str:
    """Return a file's name."""
    return _NAMES.sub("-", " ".join(parts).casefold()).strip("-")[:100]


@dataclass
class Album:
    """A folder of pictures. ``seen``: what there is a picture of."""

    folder: Path
    seen: dict[str, str] = field(default_factory=dict)

    async def look(self, page: Page, what: str = "") -> bool:
        """Take the page that is open where its kind has no picture yet; return whether it had none."""
        kind = kind_of(page.url)
        heading = (await page.locator("h1").first.inner_text()) if await page.locator("h1").count() else ""
        key = f"{kind} {what or without_names(heading)}"
        if key in self.seen:
            return False
        self.seen[key] = name = named(kind, what or heading)
        await self._take(page, name)
        return True

    async def mail(self, window: Window, message: EmailMessage) -> None:
        """Take a mail as a mail program shows it."""
        body = message.get_body(("html",))
        key = f"mail {without_names(str(message['Subject']))}"
        if body is None or key in self.seen:
            return
        self.seen[key] = name = named("mail", str(message["Subject"]))
        async with window.page() as page:
            await page.set_content(str(body.get_content()))
            await self._take(page, name)

    async def _take(self, page: Page, name: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for size, (width, height) in SIZES.items():
            await page.set_viewport_size({"width": width, "height": height})
            await page.screenshot(path=self.folder / f"{name}.{size}.png", full_page=True)
        width, height = SIZES["phone"]
        await page.set_viewport_size({"width": width, "height": height})

    def write_index(self) -> Path:
        """Write a page that shows all of them."""
        rows = "".join(
            f"<section><h2>{html.escape(key)}</h2>"
            + "".join(f'<img loading="lazy" alt="{size}" src="{name}.{size}.png">' for size in SIZES)
            + "</section>"
            for key, name in sorted(self.seen.items())
        )
        style = "body{font:1rem sans-serif}img{vertical-align:top;margin:.5rem;border:1px solid #999;max-width:48%}"
        index = self.folder / "index.html"
        index.write_text(f"<!doctype html><title>Pages and mails</title><style>{style}</style>{rows}", encoding="utf-8")
        return index


def without_names(words: str) -> str:
    """The words of a heading without those that name somebody or a day, so that a kind is taken once."""
    kept = [word for word in words.split() if word[:1].islower()]
    return " ".join(words.split()[:1] + kept)
