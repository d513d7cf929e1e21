"""Reporting as `build()` wires it, on a bus and stores in memory."""

from itertools import count

from services.reporting.app import build
from services.reporting.settings import ReportingSettings
from tests.fakes.bus import MemoryBus
from tests.fakes.memory import Attributes
from tests.fakes.reporting.renderer import FakeRenderer
from tests.fakes.reporting.stores import Memory
from tests.unit.reporting import world


class Reporting(MemoryBus):
    """The service, its stores and its renderer."""

    def __init__(self):
        numbers = count(1)

        def new_id(prefix):
            return f"{prefix}-{next(numbers)}"

        self.memory, self.renderer = Memory(), FakeRenderer()
        super().__init__(memory=Attributes(*vars(self.memory).values()))
        self.carry(build(ReportingSettings(), renderer=self.renderer, stores=self.memory.stores(), new_id=new_id))


async def at_work():
    """Reporting at the end of the visits."""
    made = Reporting()
    await made.handle(*world.everything())
    return made
