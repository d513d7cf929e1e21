"""What every page can reach, and who is looking at it."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.requests import Request

from services.portal.domain import access
from services.portal.domain.links import REF_LENGTH, Link, of_session
from services.portal.domain.parts import Part
from services.portal.domain.whole import WholeProgramme
from services.portal.pages import sessions
from services.portal.pages.limits import Kind, Limits, network_in
from services.portal.pages.loading import parts_of
from services.portal.pages.rendering import Renderer
from services.portal.ports.dead_letters import DeadLetters
from services.portal.ports.exports import Exports
from services.portal.ports.feeds import Feeds
from services.portal.ports.openings import Openings
from services.portal.ports.owners import Owners
from services.portal.ports.provider import Provider
from services.portal.ports.sign_in import Here, SignIn
from services.portal.ports.stores import ReadModels
from services.portal.ports.tokens import Tokens
from services.portal.settings import PortalSettings
from shared.clock import Clock
from shared.commands.base import Query
from shared.errors import KindredError, Rejected

_OF_ALL = frozenset({"my-visits", "todo", "unsubscribe"})
"""Purposes of links to what concerns a person in every programme."""


ASK, SECOND = "/sign-in", "/sign-in/second"
"""The steps of signing in that a page may ask for first."""
Find = Callable[[Query], Awaitable[Any]]
MINE = "/me"
"""Where the pages of somebody who has signed in begin."""


class SignInNeeded(Exception):  # noqa: N818 (an outcome, not an error)
    """Nobody is signed in, or not far enough. `step`: the page that comes first."""

    def __init__(self, step: str) -> None:
        super().__init__()
        self.step = step


class Hidden(Exception):  # noqa: N818 (an outcome, not an error)
    """There is nothing here for this person: answered as if the page did not exist."""


class TooEarly(Exception):  # noqa: N818 (an outcome, not an error)
    """What the page is for is not open yet; the text says when it is."""


class NotAdmitted(Exception):  # noqa: N818 (an outcome, not an error)
    """No open link in this browser for this page: the mail's link must be opened (again)."""


async def perhaps(find: Find, query: Query, silent: set[str]) -> Any:
    """Return a reply; None where its service knows of nothing, or does not answer: its name is added to `silent`."""
    try:
        return await find(query)
    except Rejected:
        return None
    except KindredError:
        silent.add(query.service)
        return None


@dataclass(frozen=True)
class Visitor:
    """Who came through which link, or has signed in: then `link` stands for all that is theirs, about what is asked.

    `parts`: where somebody who has signed in takes part. `silent`: the services that did not answer while their
    page was made; it says that something is missing.
    """

    link: Link
    csrf: str
    now: dt.datetime
    here: Here | None = None
    parts: tuple[Part, ...] = ()
    silent: set[str] = field(default_factory=set, compare=False)

    @property
    def person_id(self) -> str:
        """Whose link it is."""
        return self.link.person_id

    @property
    def root(self) -> str:
        """Where this visitor's pages begin."""
        return MINE if self.here else f"/p/{self.link.ref}"

    def about(self, kind: str) -> "Visitor":
        """The same visitor, of what kind the thing is that the address names."""
        return replace(self, link=replace(self.link, target_kind=kind))

    @property
    def acting(self) -> Part | None:
        """The school or trust whose things somebody who has signed in looks at; None: everything of theirs."""
        chosen = self.here.session.acting if self.here else ""
        only = self.parts[0] if len(self.parts) == 1 else None
        return next((one for one in self.parts if one.key == chosen), only)


class LinkOver(NotAdmitted):
    """The page was open when its link ran out or was withdrawn."""

    def __init__(self, visitor: Visitor) -> None:
        super().__init__()
        self.visitor = visitor


class StandsStill(Exception):  # noqa: N818 (an outcome, not an error)
    """What is asked for belongs to a programme that stands still, or is put away; the text says so."""


@dataclass(frozen=True)
class Portal:
    """Ports, settings and the signing key."""

    read: ReadModels
    owners: Owners
    openings: Openings
    clock: Clock
    key: bytes
    settings: PortalSettings
    renderer: Renderer
    sign_in: SignIn
    tokens: Tokens
    feeds: Feeds
    exports: Exports
    letters: DeadLetters
    provider: Provider | None = None
    limits: Limits = field(default_factory=Limits)

    async def shown(self, query: Query) -> Any:
        """Return a query's reply; raises Hidden where its service shows this person nothing, Retryable, Permanent."""
        try:
            return await self.owners.find(query)
        except Rejected as refused:
            raise Hidden from refused

    async def perhaps(self, query: Query, visitor: Visitor, *, within: float | None = None) -> Any:
        """Return a query's reply; None where its service shows this person nothing, or does not answer in time.

        The rest of a page can still be shown; it says that something is missing where there was no answer. `within`:
        seconds after which it goes on without.
        """
        try:
            async with asyncio.timeout(within):
                return await perhaps(self.owners.find, query, visitor.silent)
        except TimeoutError:
            visitor.silent.add(query.service)
            return None

    def count(self, kind: Kind, who: str | Request) -> None:
        """Count a try of somebody, or of the network that a request comes from; raises TooOften."""
        name = who if isinstance(who, str) else network_in(who, self.settings.proxies)
        self.limits.note(kind, name, self.clock.now())

    async def count_schools(self, kind: Kind, person_id: str) -> None:
        """Count a try for each school of a person; raises TooOften."""
        for school_id in {one.school_id for one in await self.read.schools.of_person(person_id)}:
            self.count(kind, school_id)

    def cookie_name(self, ref: str, kind: str = "link") -> str:
        """Name of a link's cookie: one a link, so that several mails can be open side by side."""
        return f"{'__Host-' if self.settings.https else ''}kindred-{kind}-{ref}"

    def link_id_in(self, request: Request, ref: str) -> str | None:
        """Return the id of the link that this browser holds open under a reference."""
        cookie = request.cookies.get(self.cookie_name(ref), "")
        longest = dt.timedelta(hours=self.settings.session_hours)
        link_id = sessions.read_session(self.key, cookie, self.clock.now(), longest)
        return link_id if link_id is not None and link_id[:REF_LENGTH] == ref else None

    async def admit(self, request: Request, page: str) -> Visitor:
        """Return the visitor; raises NotAdmitted without a usable link, Hidden where it does not open that page."""
        visitor = await self.whoever(request)
        if not access.opens(visitor.link, page):
            raise Hidden
        return visitor

    async def whoever(self, request: Request) -> Visitor:
        """Return the visitor whatever their link is for; raises NotAdmitted, LinkOver, StandsStill."""
        visitor = await self.holder(request)
        if not visitor.link.usable(visitor.now):
            raise LinkOver(visitor)
        await self._goes_on(visitor.link)
        return visitor

    async def _goes_on(self, link: Link) -> None:
        """Raise StandsStill where the programme of a link has nothing to show now; lists over all programmes go on."""
        if link.programme_id is None or link.purpose in _OF_ALL:
            return
        programme = await self.read.whole.get(link.programme_id)
        if programme is not None:
            _not_still(programme)

    async def programme(self, programme_id: str) -> WholeProgramme:
        """The programme of a thing on somebody's list, whatever their link is about; raises Hidden, StandsStill."""
        programme = await self.read.whole.get(programme_id)
        if programme is None:
            raise Hidden
        _not_still(programme)
        return programme

    async def holder(self, request: Request) -> Visitor:
        """Return who it is, by a link, also one that is over by now, or by a session.

        Raises NotAdmitted, SignInNeeded.
        """
        if "ref" not in request.path_params:
            return await self._signed_in(request)
        link_id = self.link_id_in(request, request.path_params["ref"])
        link = await self.read.links.get(link_id) if link_id else None
        if link is None:
            raise NotAdmitted
        return self.visitor(link)

    async def _signed_in(self, request: Request) -> Visitor:
        token = request.cookies.get(self.cookie_name("session", "sign-in"), "")
        here = await self.sign_in.here(token) if token else None
        if here is None:
            raise SignInNeeded(ASK)
        if not here.complete:
            raise SignInNeeded(SECOND)
        session, now = here.session, self.clock.now()
        link = of_session(session.session_id, session.person_id, session.expires, request.path_params)
        parts = await parts_of(self.read, session.person_id, now)
        return Visitor(link, sessions.csrf_token(self.key, link.link_id), now, here, tuple(parts))

    async def feed_address(self, visitor: Visitor) -> str:
        """The address at which a person subscribes to their dates; blank where there is none."""
        token = await self.feeds.token(visitor.person_id)
        return f"{self.settings.public_url}/feed/{token}.ics" if token else ""

    def visitor(self, link: Link) -> Visitor:
        """Return the visitor who comes through a link."""
        return Visitor(link, sessions.csrf_token(self.key, link.link_id), self.clock.now())


def _not_still(programme: WholeProgramme) -> None:
    if programme.still:
        raise StandsStill(programme.still)
