"""The real service on the real bus, told what programmes would tell it and listened to as others would."""

import pytest

from services.matching.app import build
from services.matching.settings import MatchingSettings
from shared.bus import Service
from shared.commands.matching import PublishCohort, ShowCohort
from shared.events import matching as told
from tests.waiting import PATIENCE, until

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
    """A matching service, a mouth and an ear; `at_rest` waits until nothing is on its way between them."""

    def __init__(self, mouth, client, at_rest):
        self.mouth, self.client, self.at_rest = mouth, client, at_rest
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

    async def until(self, kind, count=1, seconds=PATIENCE):
        """Wait for so many facts of a kind."""
        wanted = f"until {count} {kind.__name__} are heard"
        await until(lambda: len(self.of(kind)) >= count, wanted, seconds=seconds)
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
async def around(settings, running, client, at_rest):
    """A mouth and an ear without the service between them."""
    mouth, ear = Service("mouth", settings), Service("ear", settings)
    found = World(mouth, client, at_rest)
    ear.projection("ear-everything", dict.fromkeys(TOLD, found.hear))
    await running(mouth, ear)
    return found


@pytest.fixture
async def world(own, around, running):
    await running(build(own))
    return around
