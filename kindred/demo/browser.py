"""A browser without scripts: opens a link from a mail, reads the form on the page, fills it in, presses a button."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx

from shared.errors import Permanent

TIMEOUT = 60.0
AGAIN = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds that a person waits before the next press where a page says "not yet" or does not come."""
NOT_YET = 503
INCOMPLETE = ("Not everything could be looked up just now", "Not all is known just now")
"""How a page says that a service did not answer while it was made."""


class PageFault(Permanent):
    """A page was not what somebody following a mail must find."""


@dataclass
class Form:
    """A form as it stands on a page: where it goes and what its fields hold."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects forms, links and the heading of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.heading = ""
        self._form: Form | None = None
        self._inside = ""
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what matters to a person filling in a form."""
        given = {name: value or "" for name, value in attrs}
        self._inside = tag if tag in {"h1", "textarea", "script", "style", "title"} else self._inside
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, given)

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "button" or (tag == "input" and given.get("type") == "submit"):
            form.buttons.append((name, value))
        elif tag == "input" and given.get("type") in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(value or "on")
            if "checked" in given:
                form.fields[name] = value or "on"
        elif tag == "input" and name:
            form.fields[name] = value
        elif tag in {"textarea", "select"}:
            self._name = name
            form.fields.setdefault(name, "")
        elif tag == "option":
            form.choices.setdefault(self._name, []).append(value)
            if "selected" in given:
                form.fields[self._name] = value

    def handle_endtag(self, tag: str) -> None:
        """Leave a form, a heading, a text field."""
        if tag == "form":
            self._form = None
        if tag == "textarea" and self._form is not None:
            text = self._form.fields[self._name]
            self._form.fields[self._name] = text.removeprefix("\n")  # the first line's end is markup
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep headings, words and what text fields hold."""
        if self._inside == "h1":
            self.heading += data
        if self._inside == "textarea" and self._form is not None:
            self._form.fields[self._name] += data
        elif self._inside not in {"script", "style"} and data.strip():
            self.words.append(data.strip())


@dataclass(frozen=True)
class Page:
    """A page as a person sees it."""

    url: str
    status: int
    heading: str
    text: str
    forms: list[Form]
    links: list[str]

    @property
    def form(self) -> Form:
        """The page's own form: the first that is posted."""
        for form in self.forms:
            if form.method == "post":
                return form
        raise PageFault(f"{self.heading or self.url} has no form to fill in (status {self.status}): {self.text[:300]}")

    def form_with(self, button: str) -> Form:
        """The form that has the button; the page's own where none has."""
        posted = (form for form in self.forms if form.method == "post")
        return next((form for form in posted if any(value == button for _, value in form.buttons)), self.form)


class Browser:
    """One person's browser; cookies last as long as it does, connections are shared.

    It presses again where a page answers 503 or is cut, as pages ask people to: a form's own key makes it one. A page
    that says that something is missing is opened again, too.
    """

    def __init__(self, transport: httpx.AsyncBaseTransport, again: Sequence[float] = AGAIN) -> None:
        self._again = again
        self._client = httpx.AsyncClient(transport=transport, follow_redirects=True, timeout=TIMEOUT)

    def cookies(self) -> dict[str, str]:
        """What pages have put into it."""
        return dict(self._client.cookies)

    async def open(self, url: str) -> Page:
        """Follow a link; raises PageFault when no page comes."""
        return _page(await self._get(url), (200,))

    async def look(self, url: str) -> Page:
        """Follow a link wherever it leads, to a refusal too."""
        return _page(await self._get(url), None)

    async def fetch(self, url: str) -> bytes:
        """Fetch a file behind a page."""
        answer = await self._get(url)
        if answer.status_code != 200:
            raise PageFault(f"{urlsplit(url).path} answered with status {answer.status_code}.")
        return answer.content

    async def press(self, page: Page, button: str, values: dict[str, str], expect: tuple[int, ...] = (200,)) -> Page:
        """Fill in the page's form and press the button of that value."""
        form = page.form_with(button)
        if button and button not in {value for _, value in form.buttons}:
            raise PageFault(f"{page.heading} has no button {button!r}; it has {[value for _, value in form.buttons]}.")
        unknown = [name for name in values if name not in form.fields and name not in form.choices]
        if unknown:
            raise PageFault(f"{page.heading} has no field {', '.join(unknown)}.")
        pressed = {name: value for name, value in form.buttons if value == button and name}
        target = urljoin(page.url, form.action or page.url)
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
        heads = {"Origin": origin, "Referer": page.url}
        filled = {**form.fields, **values, **pressed}
        answer = await self._answered(lambda: self._client.post(target, data=filled, headers=heads))
        return _page(answer, expect)

    async def _get(self, url: str) -> httpx.Response:
        return await self._answered(lambda: self._client.get(url))

    async def _answered(self, ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        for wait in self._again:
            with suppress(httpx.TransportError):
                answer = await ask()
                if answer.status_code != NOT_YET and not _is_incomplete(answer):
                    return answer
            await asyncio.sleep(wait)
        try:
            return await ask()
        except httpx.HTTPError as error:
            raise PageFault(f"A page did not answer ({type(error).__name__}: {error}).") from error


def words(markup: str) -> str:
    """What a page says."""
    reader = _Reader()
    reader.feed(markup)
    return " ".join(reader.words)


def _is_incomplete(answer: httpx.Response) -> bool:
    """Whether it is a page that was opened and says that something is missing on it."""
    first = [*answer.history, answer][0].request
    is_page = first.method == "GET" and "html" in answer.headers.get("content-type", "")
    return is_page and any(said in answer.text for said in INCOMPLETE)


def _page(answer: httpx.Response, expect: tuple[int, ...] | None) -> Page:
    reader = _Reader()
    reader.feed(answer.text)
    text = " ".join(reader.words)
    if expect is not None and answer.status_code not in expect:
        path = urlsplit(str(answer.url)).path
        raise PageFault(f"{path} answered with status {answer.status_code}: {text[:600]}")
    return Page(str(answer.url), answer.status_code, reader.heading.strip(), text, reader.forms, reader.links)
