"""The service on a bus and stores in memory: events of programmes come to it, and commands of a coordinator."""

import datetime as dt

import pytest

from services.matching.app import build
from services.matching.settings import MatchingSettings
from shared.commands.matching import PublishCohort, ShowCohort
from tests.fakes import FakeClock
from tests.fakes.bus import MemoryBus
from tests.fakes.matching.stores import FakeStores
from tests.fakes.memory import Attributes


class World:
    """A matching service; everything has settled whenever a test looks."""

    def __init__(self):
        self.stores = FakeStores()
        clock = FakeClock()
        self.bank_holidays: set[dt.date] = set()
        is_holiday = self.bank_holidays.__contains__
        service = build(MatchingSettings(matching_steps=100), stores=self.stores, clock=clock, is_holiday=is_holiday)
        rounds = vars(self.stores.rounds).values()
        kept = (store for store in vars(self.stores).values() if store is not self.stores.rounds)
        self.client = MemoryBus(clock, memory=Attributes(*kept, *rounds)).carry(service)
        self.tell, self.of = self.client.tell, self.client.of

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
