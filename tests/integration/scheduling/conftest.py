"""The real service on the real bus, told what others would tell it and listened to as others would."""

import asyncio
import datetime as dt
import time

import pytest

from services.scheduling.app import build
from shared.bus import Service
from shared.bus.timers import Timers
from shared.clock import AdjustableClock
from shared.commands.scheduling import ListVisits, PublishVisits, ShowCalendar
from shared.events import scheduling as told
from shared.events.catalogue import EVENTS
from shared.operations import streams
from tests.integration.scheduling import facts

TOLD = [kind for kind in EVENTS.values() if kind.context == "scheduling"]
START = dt.datetime(2026, 10, 1, 9, 0, tzinfo=dt.UTC)


class World:
    """A scheduling service, a mouth and an ear."""

    def __init__(self, scheduling, mouth, client, jetstream, clock):
        self.scheduling, self.mouth, self.client = scheduling, mouth, client
        self.jetstream, self.clock, self.heard = jetstream, clock, []

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

    async def until(self, kind, count=1, seconds=15):
        """Wait for so many facts of a kind."""
        async with asyncio.timeout(seconds):
            while len(self.of(kind)) < count:  # noqa: ASYNC110 -- the ear is another service
                await asyncio.sleep(0.02)
        return self.of(kind)

    async def settled(self, seconds=0.4, held=0):
        """Wait until nothing has been on its way for so long, but for so many messages that wait for others."""
        outbox, since = self.scheduling.database["outbox"], time.monotonic()
        async with asyncio.timeout(30):
            while time.monotonic() - since < seconds:
                await asyncio.sleep(min(0.1, seconds))
                _, standing = await streams.status(self.jetstream)
                on_its_way = sum(one.waiting + one.in_hand for one in standing) > held
                if on_its_way or await outbox.count({"waiting": {"$gt": 0}}):
                    since = time.monotonic()

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
async def world(settings, running, client, jetstream):
    adjustable = settings.model_copy(update={"clock": "adjustable"})
    clock = AdjustableClock()
    clock.offset = START - dt.datetime.now(dt.UTC)
    scheduling, mouth, ear = build(adjustable), Service("mouth", adjustable), Service("ear", adjustable)
    for service in (scheduling, mouth, ear):
        service._runtime.clock = clock
    found = World(scheduling, mouth, client, jetstream, clock)
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
