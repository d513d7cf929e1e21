"""What every page can reach, and who is looking at it."""

import datetime as dt
from dataclasses import dataclass

from starlette.requests import Request

from services.portal.domain import access
from services.portal.domain.links import REF_LENGTH, Link
from services.portal.domain.whole import WholeProgramme
from services.portal.pages import sessions
from services.portal.pages.rendering import Renderer
from services.portal.ports.openings import Openings
from services.portal.ports.owners import Owners
from services.portal.ports.sign_in import SignIn
from services.portal.ports.stores import ReadModels
from services.portal.ports.tokens import Tokens
from services.portal.settings import PortalSettings
from shared.clock import Clock

_OF_ALL = frozenset({"my-visits", "todo", "unsubscribe"})
"""Purposes of links to what concerns a person in every programme."""


class Hidden(Exception):  # noqa: N818 (an outcome, not an error)
    """There is nothing here for this person: answered as if the page did not exist."""


class TooEarly(Exception):  # noqa: N818 (an outcome, not an error)
    """What the page is for is not open yet; the text says when it is."""


class NotAdmitted(Exception):  # noqa: N818 (an outcome, not an error)
    """No open link in this browser for this page: the mail's link must be opened (again)."""


@dataclass(frozen=True)
class Visitor:
    """Who came through which link."""

    link: Link
    csrf: str
    now: dt.datetime

    @property
    def person_id(self) -> str:
        """Whose link it is."""
        return self.link.person_id

    @property
    def root(self) -> str:
        """Where this link's pages begin."""
        return f"/p/{self.link.ref}"


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
        """Return who holds the session, also where the link is over by now; raises NotAdmitted."""
        link_id = self.link_id_in(request, request.path_params["ref"])
        link = await self.read.links.get(link_id) if link_id else None
        if link is None:
            raise NotAdmitted
        return self.visitor(link)

    def visitor(self, link: Link) -> Visitor:
        """Return the visitor who comes through a link."""
        return Visitor(link, sessions.csrf_token(self.key, link.link_id), self.clock.now())


def _not_still(programme: WholeProgramme) -> None:
    if programme.still:
        raise StandsStill(programme.still)
