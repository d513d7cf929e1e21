"""The real service on the real bus, told what programmes would tell it and listened to as others would."""

import asyncio

import pytest

from services.matching.app import build
from services.matching.settings import MatchingSettings
from shared.bus import Service
from shared.commands.matching import PublishCohort, ShowCohort
from shared.events import matching as told

TOLD = (
    told.MatchingStarted,
    told.CohortDrafted,
    told.CohortFormed,
    told.GroupFormed,
    told.GroupChanged,
    told.CohortFormationFailed,
    told.MatchingProgressed,
    told.MatchingCancelled,
    told.CohortRematched,
)


class World:
    """A matching service, a mouth and an ear."""

    def __init__(self, matching, mouth, client):
        self.matching, self.mouth, self.client = matching, mouth, client
        self.heard = []

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

    async def until(self, kind, count=1, seconds=20):
        """Wait for so many facts of a kind."""
        async with asyncio.timeout(seconds):
            while len(self.of(kind)) < count:  # noqa: ASYNC110 - facts come from the bus
                await asyncio.sleep(0.02)
        return self.of(kind)

    async def shown(self, programme="prg-1"):
        return await self.client.find(ShowCohort(programme_id=programme))

    async def publish(self, programme="prg-1"):
        """Publish the draft and wait until all its groups are told."""
        shown = await self.shown(programme)
        formed = len(self.of(told.GroupFormed))
        done = await self.client.ask(PublishCohort(cohort_id=shown.cohort.cohort_id, revision=shown.cohort.revision))
        await self.until(told.GroupFormed, formed + shown.groups_total)
        return done


@pytest.fixture
def own(settings):
    """The service's settings; a test module may have its own."""
    return MatchingSettings(**settings.model_dump())


@pytest.fixture
async def around(settings, running, client):
    """A mouth and an ear without the service between them."""
    mouth, ear = Service("mouth", settings), Service("ear", settings)
    found = World(None, mouth, client)
    ear.projection("ear-everything", dict.fromkeys(TOLD, found.hear))
    await running(mouth, ear)
    return found


@pytest.fixture
async def world(own, around, running):
    around.matching = build(own)
    await running(around.matching)
    return around
