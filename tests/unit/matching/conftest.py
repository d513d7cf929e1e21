"""The service wired over stores in memory: told what programmes would tell it, and asked as a coordinator asks it."""

import pytest

from services.matching.app import wire
from services.matching.settings import MatchingSettings
from shared.commands.matching import PublishCohort, ShowCohort
from tests.fakes.matching.stores import FakeStores
from tests.fakes.service import ServiceInMemory


class World:
    """A matching service; everything has settled whenever a test looks."""

    def __init__(self):
        settings, self.stores = MatchingSettings(matching_steps=100), FakeStores()
        self.client = ServiceInMemory("matching", settings, self.stores)
        self.tell, self.of = self.client.tell, self.client.of
        wire(self.client, self.stores, settings)

    async def until(self, kind, count=1):
        """So many facts of a kind at least, which have been told by now."""
        found = self.of(kind)
        assert len(found) >= count
        return found

    async def shown(self, programme="prg-1"):
        return await self.client.find(ShowCohort(programme_id=programme))

    async def publish(self, programme="prg-1"):
        """Publish the draft."""
        cohort = (await self.shown(programme)).cohort
        return await self.client.ask(PublishCohort(cohort_id=cohort.cohort_id, revision=cohort.revision))


@pytest.fixture
def world():
    return World()
