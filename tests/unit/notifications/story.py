"""The round of a programme as events, and the mails that each brings, through the real handlers on memory."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

from services.notifications.domain.mail import Mail
from services.notifications.handlers.events.answers import Answers
from services.notifications.handlers.events.cohort_events import CohortEvents
from services.notifications.handlers.events.cohorts import Cohorts
from services.notifications.handlers.events.dates import Dates
from services.notifications.handlers.events.reports import Reports
from services.notifications.handlers.events.visits import Visits
from services.notifications.handlers.projection.programmes import Programmes
from services.notifications.handlers.records import Records
from services.notifications.mail.snapshot import Sources
from shared.commands.scheduling import BriefText, VisitorNotes
from shared.events.template import ProgrammeTemplate
from tests.fakes import START, FakeWork
from tests.fakes.notifications import MemoryStores
from tests.unit.notifications import world

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
    """A programme under way. ``tell`` runs one handler and returns the mails it brought."""

    def __init__(self, at: dt.datetime = START) -> None:
        self.at = at
        self.stores = stores = MemoryStores()
        self.queue = stores.queue
        self.sources = Sources(
            stores.programmes, stores.groups, stores.targets, stores.completions, stores.contacts, stores.suppressions,
            stores.preferences, stores.ledger,
        )  # fmt: skip
        self.records = Records(stores.programmes, stores.groups, stores.targets, stores.completions, stores.queue)
        self.programmes, self.cohorts = Programmes(stores.programmes), Cohorts(self.records)
        self.visits, self.events = Visits(self.records), CohortEvents(self.records)
        self.answers, self.reports = Answers(self.records), Reports(self.records)
        self.dates = Dates(self.records)
        self.watch: Callable[[list[Mail]], Awaitable[None]] | None = None

    async def enrol(self, template: ProgrammeTemplate = world.TEMPLATE) -> "Story":
        for card in world.cards():
            await self.stores.contacts.put(card)
        await self.tell(self.programmes.opened, world.opened(template))
        for school_id in world.SCHOOLS:
            await self.tell(self.programmes.enrolled, world.enrolled(school_id))
        await self.tell(self.programmes.appointed, world.appointed())
        return self

    async def tell(self, handler: Callable[[Any, Any], Awaitable[None]], event: Any) -> list[Mail]:
        before = dict(self.queue.mails)
        await handler(event, FakeWork(now=self.at))
        brought = [mail for mail_id, mail in self.queue.mails.items() if mail_id not in before]
        if self.watch is not None:
            await self.watch(brought)
        return brought


def who(mails: list[Mail]) -> dict[str, list[str]]:
    """The people by template, sorted."""
    found: dict[str, list[str]] = {}
    for mail in mails:
        found.setdefault(mail.template, []).append(mail.person_id)
    return {template: sorted(people) for template, people in found.items()}
