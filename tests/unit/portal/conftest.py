import pytest

from tests.unit.portal.world import World, filled


@pytest.fixture
async def world() -> World:
    """The portal, told everything, over fakes."""
    return await filled(World())
