import pytest

from tests.unit.courses.leaders import Leaders


@pytest.fixture
async def leaders() -> Leaders:
    found = Leaders()
    await found.open()
    return found


@pytest.fixture
async def published(leaders: Leaders) -> Leaders:
    await leaders.plan()
    await leaders.publish()
    await leaders.town.day("2026-09-02")
    return leaders
