"""Finds the pages of the portal as people do, by following links: a page of each kind is a route that it serves."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from starlette.routing import Route

from kindred.demo.browser import Browser
from services.portal.pages.application import routes

OPEN = ("/l/{token:path}", "/feed/{token}.ics", "/sign-in/l/{token}")
"""Addresses that are no pages: they lead to one, or are a calendar."""
FILES = (".xlsx", ".csv", ".json", ".pdf", "{format}")


@dataclass(frozen=True)
class Seen:
    """A page that somebody found: its address, and the cookies with which it opens."""

    url: str
    cookies: str


@dataclass
class Found:
    """Kind of page, which is its route -> pages of it."""

    pages: dict[str, list[Seen]] = field(default_factory=lambda: defaultdict(list))

    async def follow(self, browser: Browser, starts: Iterable[str], of_a_kind: int = 1) -> None:
        """Follow links from the starts, to at most so many pages of a kind by this browser."""
        counts: dict[str, int] = defaultdict(int)
        waiting, looked = list(starts), set[str]()
        while waiting:
            asked = waiting.pop(0)
            if asked in looked or (kind_of(asked) and counts[kind_of(asked)] >= of_a_kind):
                continue
            looked.add(asked)
            page = await browser.look(asked)
            kind = kind_of(page.url)
            if page.status != 200 or not kind or counts[kind] >= of_a_kind:
                continue
            counts[kind] += 1
            cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies().items())
            self.pages[kind].append(Seen(urldefrag(page.url)[0], cookies))
            inside = (urldefrag(urljoin(page.url, href))[0] for href in page.links)
            waiting += [url for url in inside if kind_of(url) and _origin(url) == _origin(asked)]


def kinds() -> list[str]:
    """Every kind of page that can be shown."""
    shown = (one.path for one in routes() if isinstance(one, Route) and "GET" in (one.methods or ()))
    return list(dict.fromkeys(path for path in shown if path not in OPEN and not path.endswith(FILES)))


def kind_of(url: str) -> str:
    """The route that serves an address; nothing where it is no page."""
    path = urlsplit(url).path
    for one in routes():
        if isinstance(one, Route) and "GET" in (one.methods or ()) and one.path_regex.match(path):
            return "" if one.path in OPEN or one.path.endswith(FILES) else one.path
    return ""


def _origin(url: str) -> tuple[str, str]:
    return urlsplit(url)[:2]
