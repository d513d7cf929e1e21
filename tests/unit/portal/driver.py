"""Drives pages as plain HTTP, as a browser without script does: reads forms, fills them in, presses a button."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

BAR = ("/sign-out", "/me/acting")
"""Forms that stand on every page of somebody who has signed in."""


@dataclass
class Form:
    """A form as it stands on a page."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)


class Pages(HTMLParser):
    """Reads forms, headings and text. Forms that only search are left out: they change nothing."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.h1 = ""
        self.text = ""
        self._in: str | None = None
        self._name = ""
        self._searches = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self._searches = given.get("method", "get") == "get"
            if not self._searches:
                self.forms.append(Form(given.get("action", "")))
        elif self._searches:
            return
        elif tag == "h1":
            self._in = "h1"
        elif self.forms and name:
            self._field(self.forms[-1], tag, name, given)
        elif self.forms and tag == "option" and self._name and "selected" in given:
            self.forms[-1].fields[self._name] = given.get("value", "")

    def _field(self, form: Form, tag: str, name: str, given: dict[str, str]) -> None:
        if tag == "button":
            form.buttons.append(given.get("value", ""))
        elif tag == "textarea":
            self._in, self._name = "textarea", name
            form.fields[name] = ""
        elif tag == "select":
            self._name = name
            form.fields.setdefault(name, "")
        elif tag == "input" and (given.get("type") not in {"radio", "checkbox"} or "checked" in given):
            form.fields[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._searches = False
        if tag == self._in:
            self._in = None

    def handle_data(self, data: str) -> None:
        self.text += data + " "
        if self._in == "h1":
            self.h1 += data
        elif self._in == "textarea":
            typed = self.forms[-1].fields[self._name] + data
            self.forms[-1].fields[self._name] = typed.removeprefix("\n")


def read(answer: httpx.Response) -> Pages:
    return Pages(answer.text)


async def press(
    browser: httpx.AsyncClient, page: httpx.Response, button: str, *, drop: tuple[str, ...] = (), **headers: str
) -> httpx.Response:
    return await send(browser, page, {"do": button}, drop=drop, **headers)


async def send(
    browser: httpx.AsyncClient,
    page: httpx.Response,
    values: dict[str, str],
    *,
    drop: tuple[str, ...] = (),
    **headers: str,
) -> httpx.Response:
    """Fill in the page's first form below its bar and send it, with the headers a browser would add."""
    forms = read(page).forms
    form = next((one for one in forms if one.action not in BAR), forms[0])
    fields = {key: value for key, value in {**form.fields, **values}.items() if key not in drop}
    origin = f"{page.url.scheme}://{page.url.netloc.decode()}"
    return await browser.post(form.action or page.url.path, data=fields, headers={"origin": origin, **headers})
