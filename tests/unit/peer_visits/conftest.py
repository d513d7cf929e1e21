import pytest

from tests.unit.peer_visits.year import Year


@pytest.fixture
async def year() -> Year:
    """Schools are grouped, and their calendar is published."""
    found = Year()
    await found.enrol()
    await found.group()
    await found.date()
    found.came()
    return found
