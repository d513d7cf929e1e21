"""One Chromium a worker for all tests in a browser; each test has contexts, and so cookies, of its own."""

import pytest_asyncio

from tests.e2e.browsing import launched, staged


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser():
    async with launched() as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser):
    """The portal over fakes, served for the browser."""
    async with staged(browser) as found:
        yield found
        await found.close()
