import pytest

from tests.unit.portal.entries.house import House, built


@pytest.fixture
async def house() -> House:
    """The portal and reporting, over fakes."""
    return await built()
