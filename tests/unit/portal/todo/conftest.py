import pytest

from tests.unit.portal.entries.house import House
from tests.unit.portal.todo.office import at_desk


@pytest.fixture
async def house() -> House:
    """The portal and reporting, told everything."""
    return await at_desk()
