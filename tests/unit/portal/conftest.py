from collections.abc import AsyncIterator

import httpx
import pytest

from tests.unit.portal import console
from tests.unit.portal.signing import signed_in
from tests.unit.portal.world import World, filled


@pytest.fixture
async def world() -> World:
    """The portal, told everything, over fakes."""
    return await filled(World())


@pytest.fixture
async def desk(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which the coordinator is signed in, and services that answer."""
    async with world.browser() as browser:
        await signed_in(world, browser)
        console.filled(world)
        yield browser
