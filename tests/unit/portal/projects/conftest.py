import pytest

from tests.unit.portal.projects.library import Library, stocked


@pytest.fixture
async def library() -> Library:
    """Three schools, and nothing posted yet; schools pick themselves."""
    return await stocked(choose="school-picks")
