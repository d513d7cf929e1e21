"""People who do whatever their mails ask for: they open every link and fill in every form by its kinds of questions."""

import datetime as dt
import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from kindred.demo.browser import Browser, Form, Page
from shared.commands.forms import ProgrammeForms, ShowForms
from shared.template import FormField
from shared.template.answers import columns
from tests.fakes.town import Town
from tests.fakes.town.people import Letter

_FIRST = ("agree", "yes", "confirm", "accepted", "release", "tick", "save")
"""Which button is pressed where there are several."""
_LISTS = frozenset({"entry", "open"})
_CAME = frozenset({"yes", "came", "here"})
_WAITS = re.compile(r"You can read this once [^.]*\.|This opens [^.]*\.")
_NAMES = ("Ada Ash", "Ben Birch", "Cleo Cole", "Dev Dale", "Eve Elm")


@dataclass
class Willing:
    """Everybody in a programme.

    `refused`: pages that were not there, or refused what was filled in. `early`: what pages say that open later.
    """

    town: Town
    programme_id: str
    refused: list[str] = field(default_factory=list)
    early: set[str] = field(default_factory=set)
    _read: int = 0
    _forms: ProgrammeForms | None = None
    _offered: set[tuple[str, str]] = field(default_factory=set)

    async def until(self, last: dt.date) -> None:
        """Do what is asked, day by day."""
        while self.town.clock.now().date() < last:
            await self.read()
            await self.town.day(self.town.clock.now().date() + dt.timedelta(days=1))
        await self.read()

    async def read(self) -> None:
        """Read what has come, until nothing new comes of it."""
        while self._read < len(self.town.post.mailboxes.mails):
            _, to, message = self.town.post.mailboxes.mails[self._read]
            self._read += 1
            for link in Letter(message).links:
                await self._follow(link, to)

    async def _follow(self, link: str, to: str) -> None:
        browser = Browser(self.town.transport, again=())
        page = await browser.look(link)
        kind = (*urlsplit(page.url).path.split("/"), "", "", "", "")[3]
        if not self._is_there(page, to) or kind == "unsubscribe":
            return
        if kind == "todo":
            await self._choose(browser, page, to)
        else:
            await self._do(browser, page, kind, to)

    def _is_there(self, page: Page, to: str) -> bool:
        """Whether there is something to do; what is only too early says what it waits for."""
        if page.status == 403 and page.heading == "Not open yet":
            self.early.update(_WAITS.findall(page.text))
        elif page.status != 200:
            self.refused.append(f"{page.url} for {to}: {page.status} {page.heading}")
        return page.status == 200

    async def _choose(self, browser: Browser, page: Page, to: str) -> None:
        """Take up, once, what nobody has asked for."""
        for href in page.links:
            there = urljoin(page.url, href)
            named = "/".join(urlsplit(there).path.split("/")[4:])
            if "/open/" in there and (to, named) not in self._offered:
                self._offered.add((to, named))
                await self._do(browser, await browser.look(there), "open", to)

    async def _do(self, browser: Browser, page: Page, kind: str, to: str) -> None:
        if kind in _LISTS and not any(form.method == "post" for form in page.forms):
            if not any("/new" in link for link in page.links):
                return
            page = await browser.look(f"{page.url.rstrip('/')}/new")
        if not self._is_there(page, to):
            return
        buttons = {value for form in page.forms if form.method == "post" for _, value in form.buttons}
        if "send" in buttons:
            await self._fill(browser, page, to)
        elif "answer" in buttons:
            await self._press(browser, page, "answer", _lines(page.form_with("answer")), to)
        elif button := next((one for one in _FIRST if one in buttons), None):
            await self._press(browser, page, button, _chosen(page.form_with(button), button), to)

    async def _fill(self, browser: Browser, page: Page, to: str) -> None:
        self._forms = self._forms or await self.town.find(ShowForms(programme_id=self.programme_id))
        declared = next((one for one in self._forms.forms if one.title == page.heading), None)
        assert declared, f"{page.heading!r} is no form"
        form = page.form_with("send")
        values: dict[str, str] = {}
        for asked in declared.fields:
            values |= self._answer(asked, form, to)
        await self._press(browser, page, "send", values, to)

    def _answer(self, asked: FormField, form: Form, to: str) -> dict[str, str]:
        """What is written into one question."""
        key, today = asked.key, self.town.clock.now().date()
        if given := [one for one in form.choices.get(key, []) if one]:
            return {key: "done" if "done" in given else given[0]}
        if asked.kind == "rank":
            return _ranked(asked, form, self._read)
        if asked.kind == "level":
            return {name: found[-1] for name, found in form.choices.items() if name.startswith(f"{key}.")}
        alone = {"number": f"{asked.least or 1:g}", "day": (today + dt.timedelta(days=240)).isoformat()}
        if row := self._row(asked, to, today + dt.timedelta(days=20)):
            return {f"{key}.{name}": text for name, text in row.items()}
        return {key: alone.get(asked.kind, f"Some words {self._read}")}

    def _row(self, asked: FormField, to: str, due: dt.date) -> dict[str, str]:
        """What is written into a question of several cells, in its first line."""
        name, number = _NAMES[self._read % len(_NAMES)], self._read
        address = f"{asked.key}-{number}@{to.partition('@')[2]}"
        rows = {
            "person": {"name": name, "address": address},
            "lines": {f"1.{one}": "2" if one != "text" else f"Something {number}" for one in columns(asked)},
            "evidence": {"1.title": "It holds", "1.detail": "Mostly", "1.evidence": "Seen twice"},
            "actions": {"1.what": "Practise", "1.owner": name, "1.address": to, "1.due": due.isoformat(),
                        "1.success": "It works"},
        }  # fmt: skip
        return rows.get(asked.kind, {})

    async def _press(self, browser: Browser, page: Page, button: str, values: dict[str, str], to: str) -> None:
        after = await browser.press(page, button, values, expect=(200, 303, 404, 409, 422, 429, 503))
        if after.status != 200:
            self.refused.append(f"{button} at {page.heading} by {to}: {after.status} {after.text[:400]}")


def _lines(form: Form) -> dict[str, str]:
    """The first answer to every line."""
    lines = {name: given for name, given in form.choices.items() if name.startswith("line.")}
    return {name: next(one for one in given if one) for name, given in lines.items()}


def _chosen(form: Form, button: str) -> dict[str, str]:
    """Everything is ticked; whoever was expected came."""
    if button == "tick":
        return {name: "on" for name, given in form.choices.items() if given == ["on"]}
    if button == "save":
        there = {name: given for name, given in form.choices.items() if given != ["on"]}
        return {name: next((one for one in given if one in _CAME), given[0]) for name, given in there.items()}
    return {}


def _ranked(asked: FormField, form: Form, number: int) -> dict[str, str]:
    """Everything in some order."""
    places = [name for name in form.choices if name.startswith(f"{asked.key}.")]
    options = [one for one in form.choices.get(f"{asked.key}.1", []) if one]
    turn = number % len(options)
    return dict(zip(places, options[turn:] + options[:turn], strict=False))
