"""The console over all services in memory: signed in with the keyboard, every page by axe, at 320 px and on a desk."""

import pytest
import pytest_asyncio

from tests.e2e.accessible import faults, misfits
from tests.e2e.browsing import IN_A_BROWSER
from tests.fakes.town.town import PUBLIC
from tests.screenshots.tour import open_letters, walk
from tests.screenshots.window import Window
from tests.screenshots.year import begun, day, signed_in

pytestmark = [IN_A_BROWSER, pytest.mark.timeout(900)]
WHOLE = pytest.mark.parametrize(
    "whole", [False, pytest.param(True, marks=pytest.mark.acceptance)], ids=["quick", "whole"]
)


@pytest_asyncio.fixture(loop_scope="session")
async def this(tmp_path):
    """Schools have posted projects, and are asked for more."""
    played = await begun(tmp_path)
    await played.until(day(10, 30))
    return played


@WHOLE
async def test_every_page_of_the_console(this, browser, whole):
    wrong, window = {}, Window(this.town, browser)

    async def look(page):
        found = [*await misfits(page), *await faults(page, whole=whole)]
        if await page.locator("h1").count() != 1:
            found.append(("headings", await page.locator("h1").count()))
        if found:
            wrong[page.url] = found

    async with window.page() as page:
        await signed_in(this, page, PUBLIC)
        seen = await walk(window, page, f"{PUBLIC}/console", look)
    assert wrong == {}
    assert seen >= 12


@pytest.mark.acceptance
async def test_every_page_that_a_mail_of_the_autumn_leads_to(this, browser):
    wrong, window = {}, Window(this.town, browser)

    async def look(page):
        if found := [*await misfits(page), *await faults(page)]:
            wrong[page.url] = found

    followed: set[str] = set()
    for stop in ((11, 7), (11, 25), (12, 2)):
        mails = [message for _, _, message in this.town.post.mailboxes.mails]
        await open_letters(window, mails, followed, look)
        await this.until(day(*stop))
    assert wrong == {}
