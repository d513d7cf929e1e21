"""What every page of the console does: ask and find as the coordinator, show a page, say what an act came to."""

import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.portal.pages import sessions
from services.portal.pages.forms.form import pressed
from services.portal.pages.forms.route import posted
from services.portal.pages.paging import page_number
from services.portal.pages.portal import Portal, perhaps
from services.portal.pages.sign_in import browser
from services.portal.pages.sign_in.guard import coordinator, sure
from services.portal.ports.sign_in import Here
from shared.commands.base import Command, Query
from shared.commands.programmes_queries import NamedPeople, NamePeople
from shared.errors import Rejected

NAV = (("/console", "Home"), ("/console/replies", "Replies"), ("/console/mails", "Mails"), ("/console/stuck", "Stuck"),
       ("/console/programmes", "Programmes"), ("/console/people", "People"),
       ("/console/register", "Register"))  # fmt: skip
"""The rooms of the console, as they stand in its bar."""
CHOOSE = "Choose what to do."
NO_DRAFT = (
    "There is no draft to publish. If there was one, you or another coordinator have published it already; "
    "nothing more was sent just now."
)
D = TypeVar("D", bound="Desk")


@dataclass(frozen=True)
class Desk:
    """One request of one coordinator. `silent`: services that did not answer while its page was made, which says so."""

    portal: Portal
    request: Request
    here: Here
    silent: set[str] = field(default_factory=set, compare=False)

    @classmethod
    async def of(cls, request: Request) -> Self:
        """Return the desk of who is signed in; raises SignInNeeded, and ForgedForm before anything is looked up."""
        portal: Portal = request.app.state.portal
        return await _ours(cls(portal, request, await coordinator(portal, request)))

    @classmethod
    async def sure(cls, request: Request) -> Self:
        """The same, for what cannot be taken back: the second factor was proved within half an hour."""
        portal: Portal = request.app.state.portal
        return await _ours(cls(portal, request, await sure(portal, request)))

    async def find(self, query: Query) -> Any:
        """Return a query's reply; raises Rejected, Retryable or Permanent."""
        return await self.portal.owners.find(query)

    async def known(self, query: Query) -> Any:
        """Return a query's reply, or None where its service knows of nothing; raises Retryable and Permanent."""
        try:
            return await self.find(query)
        except Rejected:
            return None

    async def perhaps(self, query: Query) -> Any:
        """The same, and None where the service does not answer: the page says that it is missing."""
        return await perhaps(self.find, query, self.silent)

    async def names(self, person_ids: Iterable[str]) -> dict[str, str]:
        """Return the names of those people who are known, by id."""
        return await self.portal.read.people.names(sorted({one for one in person_ids if one}))

    async def placed(self, person_ids: Iterable[str]) -> dict[str, str]:
        """Return the names of those people who are known with their first school, by id."""
        asked = tuple(person_ids)[:1000]
        found: NamedPeople | None = await self.perhaps(NamePeople(person_ids=asked)) if asked else None
        people = found.people if found else ()
        return {one.person_id: f"{one.name}, {one.schools[0]}" if one.schools else one.name for one in people}

    async def ask(self, command: Command, once: str) -> Any:
        """Carry a command out as this coordinator; the same page and content are one press.

        Raises Rejected, Retryable or Permanent.
        """
        key = f"console-{pressed(self.here.session.session_id, once[:64], command)}"
        return await self.portal.owners.ask(command, key=key, actor=self.here.account.person_id)

    async def serve(
        self, shown: Callable[..., Awaitable[Response]], act: Callable[[dict[str, str]], Command | None], *,
        to: str | Callable[[Any], str] = "", said: str = "Done.", unreadable: str = CHOOSE,
    ) -> Response:  # fmt: skip
        """Show a page; or do what its form asks, and lead to where that is said.

        `shown(refused, values)` renders the page, with why nothing was done and what had been typed. `act` returns the
        command of a form; `unreadable` is said where it returns None or raises ValueError. `to`: the page that
        follows, or how its address is made of the reply; this page where blank. `said`: where the reply says nothing.
        """
        if self.request.method != "POST":
            return await shown()
        posted = await self.posted()
        try:
            command = act(posted)
        except Rejected as refused:
            return await shown(refused=refused.sentence, values=posted)
        except ValueError:
            command = None
        if command is None:
            return await shown(refused=unreadable, values=posted)
        try:
            done = await self.ask(command, posted.get("once", ""))
        except Rejected as refused:
            return await shown(refused=refused.sentence, values=posted)
        here = f"{self.request.url.path}?{self.request.url.query}".removesuffix("?")
        return self.done(to(done) if callable(to) else to or here, done.sentence or said)

    async def posted(self) -> dict[str, str]:
        """Return the fields of a form, cleaned, files left out; raises ForgedForm."""
        return await posted(self.portal, self.request, self.here.session.session_id)

    async def uploaded(self, name: str) -> UploadFile | None:
        """Return the file of a form's field; None where none was chosen."""
        found = (await self.request.form()).get(name)
        return found if isinstance(found, UploadFile) and found.filename else None

    def written(self, name: str = "search") -> str:
        """What somebody has written into a field of the address; blank where there is none."""
        return self.request.query_params.get(name, "").strip()[:100]

    def page_number(self) -> int:
        """Which page of a list is asked for, from 1."""
        return page_number(self.request)

    def show(self, template: str, status: int = 200, *, refused: str = "", **facts: Any) -> Response:
        """Render a page; `refused`: why an act was not done."""
        note = self._note()
        shown = {
            "account": self.here.account, "csrf": browser.csrf(self.portal, self.here.session.session_id), "nav": NAV,
            "silent": sorted(self.silent), "path": self.request.url.path, "once": secrets.token_hex(12), "note": note,
            "problems": [{"field": "", "sentence": refused}] if refused else [],
        }  # fmt: skip
        answer = self.portal.renderer.page(self.request, f"console/{template}.html", status, **{**shown, **facts})
        if note:
            answer.delete_cookie(self._cookie(), path="/", secure=self.portal.settings.https, httponly=True)
        return answer

    async def asked(
        self, template: str, *, refused: str = "", values: Mapping[str, str] | None = None, **facts: Any
    ) -> Response:
        """Render a page for `serve` that looks nothing up; `values`: what had been typed."""
        return self.show(template, 422 if refused else 200, refused=refused, values=values or {}, **facts)

    def done(self, path: str, sentence: str) -> Response:
        """Lead to a page that says what was done."""
        answer = RedirectResponse(path, 303)
        value = sessions.sign_note(self.portal.key, self.here.session.session_id, {"said": sentence})
        answer.set_cookie(
            self._cookie(), value, max_age=60, path="/", secure=self.portal.settings.https, httponly=True,
            samesite="lax",
        )  # fmt: skip
        return answer

    def no_draft(self, path: str) -> Response:
        """Lead on from a check of what is no draft any more: after Back, a second press, or another coordinator."""
        return self.done(path, NO_DRAFT)

    def _note(self) -> str:
        cookie = self.request.cookies.get(self._cookie(), "")
        found = sessions.read_note(self.portal.key, self.here.session.session_id, cookie) if cookie else None
        return str(found.get("said", "")) if found else ""

    def _cookie(self) -> str:
        return self.portal.cookie_name("note", "console")


async def _ours(desk: D) -> D:
    """The desk, once a form is known to come from our own page: before anything is looked up for it."""
    if desk.request.method == "POST":
        await desk.posted()
    return desk
