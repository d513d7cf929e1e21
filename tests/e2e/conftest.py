import pytest

from tests.e2e.browsing import staged


@pytest.fixture
async def stage():
    """The portal in a browser."""
    async with staged() as found:
        yield found
