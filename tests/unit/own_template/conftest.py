import pytest

from tests.unit.own_template.walks import Walks


@pytest.fixture
async def walks() -> Walks:
    found = Walks()
    await found.open()
    return found
