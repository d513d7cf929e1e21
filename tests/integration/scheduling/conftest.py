"""The real service on the real bus, told what others would tell it and listened to as others would."""

import datetime as dt

import pytest

from services.scheduling.app import build
from services.scheduling.store.stores import mongo_stores
from shared.bus import Service
from shared.bus.timers import Timers
from shared.clock import AdjustableClock
from shared.commands.scheduling import ListVisits, PublishVisits, ShowCalendar
from shared.events import scheduling as told
from shared.events.catalogue import EVENTS
from tests.unit.scheduling import facts
from tests.unit.scheduling.batches import broken_off, large, small_batches
from tests.unit.scheduling.world import AUTHORITIES, SHIPPED, START
from tests.waiting import until

__all__ = ["broken_off", "large", "small_batches"]
"""Fixtures that both buses share."""

TOLD = [kind for kind in EVENTS.values() if kind.context == "scheduling"]


class World:
    """A scheduling service, a mouth and an ear, with the interface that the one in memory has too."""

    def __init__(self, scheduling, mouth, client, jetstream, clock, at_rest):
        self.scheduling, self.mouth, self.client = scheduling, mouth, client
        self.jetstream, self.clock, self.heard, self._at_rest = jetstream, clock, [], at_rest
        self.stores = mongo_stores(scheduling.database, SHIPPED, clock.now)

    async def hear(self, event, _):
        self.heard.append(event)

    async def tell(self, *events):
        async def say(work):
            for event in events:
                work.publish(event)

        await self.mouth.transact(say)

    def of(self, kind):
        """What was heard of a kind, each fact once."""
        return list(dict.fromkeys(event for event in self.heard if type(event) is kind))

    async def until(self, kind, count=1):
        """Wait for so many facts of a kind."""
        await until(lambda: len(self.of(kind)) >= count, f"until {count} {kind.__name__} are told")
        return self.of(kind)

    async def settled(self, held=0):
        """Wait until nothing is on its way, but for so many messages that wait for others."""
        await self._at_rest(held)

    async def to(self, when):
        """Move the clock and fire what became due."""
        self.clock.offset = when - dt.datetime.now(dt.UTC)
        await Timers(self.jetstream, self.clock).refire(dt.timedelta(days=7))

    async def visits(self, **where):
        return (await self.client.find(ListVisits(**{"cohort_id": facts.COHORT, "drafts": True, **where}))).visits

    async def calendar(self):
        return await self.client.find(ShowCalendar(cohort_id=facts.COHORT))

    async def publish(self):
        """Publish the draft and wait until it is told."""
        calendar = await self.calendar()
        done = await self.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=calendar.revision))
        await self.until(told.CalendarPublished)
        return done


@pytest.fixture
async def world(settings, running, client, jetstream, at_rest):
    adjustable = settings.model_copy(update={"clock": "adjustable"})
    clock = AdjustableClock()
    clock.offset = START - dt.datetime.now(dt.UTC)
    scheduling = build(adjustable, authorities=AUTHORITIES)
    mouth, ear = Service("mouth", adjustable), Service("ear", adjustable)
    for service in (scheduling, mouth, ear):
        service._runtime.clock = clock
    found = World(scheduling, mouth, client, jetstream, clock, at_rest)
    ear.projection("ear-everything", dict.fromkeys(TOLD, found.hear))
    await running(scheduling, mouth, ear)
    return found


@pytest.fixture
async def drafted(world):
    """Two groups with a draft calendar."""
    await world.tell(*facts.everything())
    await world.until(told.CalendarDrafted)
    return world


@pytest.fixture
async def published(drafted):
    """Two groups with a published calendar."""
    await drafted.publish()
    await drafted.until(told.VisitScheduled, 6)
    return drafted
