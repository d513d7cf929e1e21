"""Scheduling as `build` wires it, on a bus and stores in memory: told, asked and listened to as others would."""

import datetime as dt
from typing import Any

from services.scheduling.app import build
from services.scheduling.settings import SchedulingSettings
from services.scheduling.store.shipped import shipped_calendars
from shared.bus import Service
from shared.commands.scheduling import ListVisits, PublishVisits, ShowCalendar
from shared.events import scheduling as told
from tests.fakes import FakeClock
from tests.fakes.bus import MemoryBus
from tests.fakes.memory import Memory
from tests.fakes.scheduling import memory_stores
from tests.fakes.scheduling.authorities import KnownAuthorities
from tests.unit.scheduling import facts

START = dt.datetime(2026, 10, 1, 9, 0, tzinfo=dt.UTC)
SETTINGS = SchedulingSettings()
AUTHORITIES = KnownAuthorities({"373": "Sheffield", "926": "Norfolk"})
SHIPPED = shipped_calendars(SETTINGS.calendar_folder, SETTINGS.bank_holiday_division)


class World:
    """A scheduling service, with the interface that the one on real servers has too."""

    def __init__(self) -> None:
        self.clock, self.memory = FakeClock(START), Memory()
        self.bus = self.client = MemoryBus(self.clock, self.memory)
        self.stores = memory_stores(self.memory, SHIPPED, self.clock.now)
        self.scheduling: Service = build(SETTINGS, stores=lambda _: self.stores, authorities=AUTHORITIES)
        self.bus.carry(self.scheduling)

    @property
    def heard(self):
        return self.bus.published

    async def tell(self, *events):
        await self.bus.tell(*events)

    def of(self, kind):
        """What was heard of a kind."""
        return [event for event in self.heard if type(event) is kind]

    async def until(self, kind, count=1):
        """So many facts of a kind, once nothing moves any more."""
        await self.bus.settle()
        found = self.of(kind)
        assert len(found) >= count, f"{len(found)} of {count} {kind.__name__}"
        return found

    async def settled(self, held=0):
        """Nothing is on its way, but for so many messages that wait for others."""
        await self.bus.settle()
        assert self.bus.waiting() == held

    async def to(self, when):
        await self.bus.to(when)

    async def visits(self, **where):
        return (await self.client.find(ListVisits(**{"cohort_id": facts.COHORT, "drafts": True, **where}))).visits

    async def calendar(self):
        return await self.client.find(ShowCalendar(cohort_id=facts.COHORT))

    async def publish(self):
        """Publish the draft; it is told."""
        calendar = await self.calendar()
        done = await self.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=calendar.revision))
        await self.until(told.CalendarPublished)
        return done

    def state(self) -> Any:
        return self.memory.snapshot(), list(self.bus.published), dict(self.bus.reminders)

    def take_up(self, state: Any) -> None:
        kept, published, reminders = state
        self.memory.restore(kept)
        self.bus.published[:], self.bus.reminders = published, dict(reminders)
