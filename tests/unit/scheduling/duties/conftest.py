"""The service with a trust of two schools, at the beginning of September."""

import datetime as dt

import pytest

from tests.unit.scheduling.duties import told
from tests.unit.scheduling.world import World


@pytest.fixture
async def world():
    found = World()
    found.clock.at = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
    await found.tell(*told.begun())
    await found.to(dt.datetime(2026, 9, 1, 10, tzinfo=dt.UTC))
    return found
