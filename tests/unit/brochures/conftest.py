import pytest

from tests.unit.brochures.asking import Asking


@pytest.fixture
async def asking() -> Asking:
    """A programme that recruits, after one with six schools last year; its brochure is made and published."""
    found = Asking()
    await found.open()
    await found.make()
    await found.publish()
    return found
