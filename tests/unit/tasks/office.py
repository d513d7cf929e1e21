"""The service as `build()` wires it, on a bus and stores in memory, with a clock that tests move."""

import datetime as dt
from zoneinfo import ZoneInfo

from services.tasks.app import build
from services.tasks.settings import TasksSettings
from shared.events.tasks import TaskFacts
from tests.fakes import FakeClock
from tests.fakes.bus import MemoryBus
from tests.fakes.memory import Memory
from tests.fakes.tasks import memory_stores
from tests.unit.tasks.world import CALENDAR, OPENS

NOON = dt.time(12)
LONDON = ZoneInfo("Europe/London")


class Office(MemoryBus):
    """The bus with the service on it."""

    def __init__(self, today=OPENS):
        self.memory = Memory()
        super().__init__(FakeClock(dt.datetime.combine(today, NOON, LONDON)), self.memory)
        self.stores = memory_stores(self.memory)
        self.carry(build(TasksSettings(), stores=self.stores, calendar=CALENDAR))

    async def tell(self, *events):
        """Events arrive, and what is laid out because of them follows at once."""
        await super().tell(*events)
        await self.to(self.clock.now())

    async def until(self, day):
        """Let the mornings pass until noon of that day."""
        await self.to(dt.datetime.combine(day, NOON, LONDON))

    def told(self):
        """What was published since the last look, in short: (event, task, people)."""
        found = [(type(one).__name__, one.task, one.person_ids) for one in self.events()]
        self.published.clear()
        return found

    def events(self):
        """What was published since the last look."""
        return [one for one in self.published if isinstance(one, TaskFacts)]

    def stand(self):
        """How every task stands, with the day on which it is due while it is owed."""
        return {
            (one.task, one.person_ids, one.about_id): (one.state, one.due if one.state != "done" else None)
            for one in self.memory["tasks"].values()
            if one.state != "excused"
        }
