"""Handlers on a bus and stores in memory. A drafted and a published calendar are made once; each test takes them up."""

from typing import Any

import pytest

from shared.events import scheduling as told
from tests.unit.scheduling import facts
from tests.unit.scheduling.batches import broken_off, large, small_batches
from tests.unit.scheduling.world import World

__all__ = ["broken_off", "large", "small_batches"]
"""Fixtures that both buses share."""

_made: dict[str, Any] = {}


@pytest.fixture
def world():
    return World()


async def _drafted(world):
    if "drafted" not in _made:
        await world.tell(*facts.everything())
        await world.until(told.CalendarDrafted)
        _made["drafted"] = world.state()
    world.take_up(_made["drafted"])


@pytest.fixture
async def drafted(world):
    """Two groups with a draft calendar."""
    await _drafted(world)
    return world


@pytest.fixture
async def published(world):
    """Two groups with a published calendar."""
    if "published" not in _made:
        await _drafted(world)
        await world.publish()
        await world.until(told.VisitScheduled, 6)
        _made["published"] = world.state()
    world.take_up(_made["published"])
    return world
