"""The whole service but its bus on fakes: events in, mails out of a relay in memory, in milliseconds."""

import datetime as dt
from typing import Any

from services.notifications.app import sender
from services.notifications.handlers.held import Holds
from services.notifications.mail.snapshot import Sources
from services.notifications.ports.outside import Outside
from shared.commands.base import Command, Done
from shared.commands.notifications import ListMails, MailRows
from tests.fakes import FakeClock, FakeWork
from tests.fakes.notifications import FixedRandomness, FixedServices, MemoryRelay, MemoryTransactions
from tests.fakes.notifications.mailboxes import Mailboxes
from tests.unit.notifications import world
from tests.unit.notifications.story import BRIEF, OWN, Story

DIGEST = dt.timedelta(seconds=OWN.bounce_digest_seconds)


class PostOffice:
    """A programme under way and its mails. Time moves only when it is moved."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.mailboxes = Mailboxes()
        self.relay, self.prober = MemoryRelay(self.mailboxes), MemoryRelay(self.mailboxes)
        self.transact = MemoryTransactions(self.clock)
        self.services = FixedServices(BRIEF, detail=world.agreement())
        outside = Outside(
            self.services, FixedRandomness(), lambda: self.relay, self.transact, self.clock, self._seconds,
        )  # fmt: skip
        self.story = Story(self.clock.at, outside)
        self.stores, self.bus = self.story.stores, self.story.bus
        self.holds = Holds(self.stores.held, Sources.of(self.stores), self.clock)
        parts = sender(OWN, self.stores, outside)
        self.delivery, self.outcomes, self.watch = parts.delivery, parts.outcomes, parts.watch

    def _seconds(self) -> float:
        return self.clock.at.timestamp()

    async def tell(self, event: Any, restored: dt.datetime | None = None) -> None:
        """Hand an event to its handler. ``restored``: when a backup was restored from which it comes."""
        work = FakeWork(now=self.clock.at)
        work.restored = restored
        await self.story.tell(event, work)

    async def deliver(self, after: dt.timedelta = dt.timedelta(0)) -> None:
        """Do what the worker does, once time has moved by ``after``, until nothing is left to do at that moment."""
        self.clock.advance(after)
        await self.delivery.probe(self.prober)
        while (claimed := await self.delivery.claim(32)) is not None:
            for ready in claimed:
                await self.delivery.hand_over(self.relay, ready)
            await self.delivery.noted()
            while await self.outcomes.publish():
                pass

    async def ask(self, command: Command) -> Done:
        """Carry out a command."""
        done: Done = await self.bus.carry_out(command, FakeWork(now=self.clock.at))
        return done

    async def listed(self, **wanted: Any) -> MailRows:
        """The mails as the coordinator sees them."""
        rows: MailRows = await self.bus.find(ListMails(limit=500, **wanted))
        return rows

    async def states(self) -> dict[str, int]:
        """How many mails are in each state."""
        return {**(await self.listed()).by_state}


async def opened() -> PostOffice:
    """Return a post office with its programme enrolled."""
    office = PostOffice()
    await office.story.enrol()
    return office
