"""The service with somebody placed, in December of the programme's year."""

import datetime as dt

import pytest

from tests.unit.scheduling.agreed import exchange
from tests.unit.scheduling.world import World

DECEMBER = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
async def world():
    found = World()
    await found.to(DECEMBER)
    await found.tell(*exchange.begun(), exchange.placed())
    return found
