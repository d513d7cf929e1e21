"""The round of a programme as events, and the mails that each brings, through the real handlers on memory."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

from services.notifications.app import build
from services.notifications.domain.mail import Mail
from services.notifications.mail.snapshot import Sources
from services.notifications.ports.outside import Outside
from services.notifications.settings import NotificationsSettings
from shared.commands.scheduling import BriefText, VisitorNotes
from shared.events.template import ProgrammeTemplate
from tests.fakes import START, FakeWork
from tests.fakes.bus import MemoryBus
from tests.fakes.notifications import MemoryMails, memory_stores
from tests.unit.notifications import world

OWN = NotificationsSettings(
    smtp_host="relay.example",
    smtp_port=587,
    smtp_tls="starttls",
    public_url="https://kindred.example",
    bounce_digest_seconds=1,
)
BRIEF = BriefText(
    practice="Our daily reading lesson in Years 3 to 6: a short text, read aloud twice, then talk before writing.\n"
    "You can see it at 9:15 in every class. We know it works from the fluency screen in June.",
    challenge="Pupils who join us mid-year fall behind in it. We have tried pairing and pre-teaching.",
    notes=VisitorNotes(
        safeguarding_lead="Sam Okafor, 0114 496 0000",
        sign_in="Main entrance on Fulwood Road; the office gives you a visitor's badge.",
        identity="Photo ID from your school",
        parking="Street parking only; the car park is for staff.",
        arrival="8:45",
    ),
    written_by="per-1-cpd-lead",
    written_on=dt.date(2027, 4, 20),
)


class Story:
    """A programme under way. ``tell`` hands one event to its handler and returns the mails it brought."""

    def __init__(self, at: dt.datetime = START, outside: Outside | None = None) -> None:
        self.at = at
        self.stores = memory_stores()
        self.sources = Sources.of(self.stores)
        self.bus = MemoryBus().carry(build(OWN, stores=self.stores, outside=outside))
        self.watch: Callable[[list[Mail]], Awaitable[None]] | None = None

    @property
    def mails(self) -> MemoryMails:
        """Every mail, to look at and to change."""
        assert isinstance(self.stores.queue, MemoryMails)
        return self.stores.queue

    async def enrol(self, template: ProgrammeTemplate = world.TEMPLATE) -> "Story":
        for event in (*world.cards(), world.opened(template), *map(world.enrolled, world.SCHOOLS), world.appointed()):
            await self.tell(event)
        return self

    async def tell(self, event: Any, work: FakeWork | None = None) -> list[Mail]:
        before = set(self.mails.mails)
        await self.bus.handle(event, work=work or FakeWork(now=self.at))
        return await self.brought_since(before)

    async def brought_since(self, before: set[str]) -> list[Mail]:
        """The mails that are new, once whoever watches has seen them."""
        brought = [mail for mail_id, mail in self.mails.mails.items() if mail_id not in before]
        if self.watch is not None:
            await self.watch(brought)
        return brought


def who(mails: list[Mail]) -> dict[str, list[str]]:
    """The people by template, sorted."""
    found: dict[str, list[str]] = {}
    for mail in mails:
        found.setdefault(mail.template, []).append(mail.person_id)
    return {template: sorted(people) for template, people in found.items()}
