"""Everybody's first five minutes, on a phone: from the address that the demo prints for their role.

What they see, what is asked of them, done; and the page that says that there is nothing to do. One town for all roles,
in the middle of September, with the demo's five programmes.
"""

import datetime as dt
import re
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.async_api import Page

from kindred.demo import cast, ground
from kindred.demo.exchange.opening import play as exchange_opens
from kindred.demo.heads.opening import play as heads_open
from kindred.demo.journey.opening import play as journey_opens
from kindred.demo.trust.opening import play as trust_opens
from kindred.demo.visits.opening import join
from kindred.demo.ways_in import roles
from kindred.demo.ways_in.gate import Gate
from kindred.demo.ways_in.way import WayIn
from tests.e2e.accessible import WIDE, on_a_phone
from tests.e2e.browsing import IN_A_BROWSER
from tests.e2e.doing import NOTHING, everything
from tests.e2e.living import living
from tests.fakes.town import Town
from tests.fakes.town.playing import TownRound
from tests.fakes.town.town import PUBLIC

pytestmark = [IN_A_BROWSER, pytest.mark.timeout(1800)]
PHONE, SCHOOLS = (390, 844), 9
REFUSED = "422 (Unprocessable"
"""What Chromium notes of a page that asks for another answer, as it should."""
BUSY = {
    "CPD lead", "Chief executive", "Clerk to governors", "Headteacher", "Member of the leadership team",
    "Middle leader", "Trainer",
}  # fmt: skip
"""Who is asked for something in the middle of September; the others read that nothing is asked of them yet."""


async def september(folder: Any) -> TownRound:
    """Five programmes are open, everybody is named, and it is the third week of September."""
    year = ground.coming_year(dt.datetime.now(dt.UTC))
    this = TownRound(Town(at=dt.datetime(year, 8, 20, 9, tzinfo=dt.UTC)), folder)
    person = cast.coordinator(this.seed)
    await this.coordinator.run("coordinators", "add", person.name, person.email)
    await ground.play(this, SCHOOLS)
    for opens in (join, exchange_opens, heads_open, trust_opens, journey_opens):
        await opens(this)
    this.ways_in = await roles.ways(this)
    await this.town.to(dt.datetime(year, 9, 17, 11, tzinfo=dt.UTC))
    return this


class Watched:
    """A page whose browser says nothing that it should not, and on which axe finds nothing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        page.on(
            "console",
            lambda one: self.said.append(one.text) if one.type == "error" and REFUSED not in one.text else None,
        )
        page.on("pageerror", lambda one: self.said.append(str(one)))

    async def clean(self) -> None:
        assert await on_a_phone(self.page) == [], self.page.url
        assert not await self.page.evaluate(WIDE), self.page.url
        assert await self.page.locator("h1").count() == 1, self.page.url


async def goes_in(page: Page, gate: httpx.AsyncClient, way: WayIn) -> None:
    """Follow the address that was printed, as a browser that had no cookies does."""
    answer = await gate.get(f"/as/{way.slug}")
    assert answer.status_code == 303, answer.text
    await page.context.clear_cookies()
    await page.context.add_cookies([
        {"name": name, "value": value, "url": PUBLIC} for name, value in answer.cookies.items()
    ])  # fmt: skip
    await page.goto(answer.headers["location"])
    assert urlsplit(page.url).path == way.home, way


async def coordinates(page: Page, watched: Watched) -> None:
    """Home says in sentences what needs somebody; its first verb leads to the page where it is done."""
    verb = page.locator("main .work a, main .needs a").first
    await verb.click()
    await watched.clean()
    assert "/console" in page.url


async def does_it_all(page: Page, watched: Watched, way: WayIn, soon: dt.date) -> list[str]:
    """Everything on the list is done, from the first page on; then there is nothing, and it says when there will be."""
    done = await everything(page, f"{PUBLIC}{way.home}", soon)
    assert await page.get_by_text(NOTHING).is_visible()
    assert await page.get_by_text("When there is, you get a mail, and it stands here.").is_visible()
    await watched.clean()
    return done


async def test_each_role_sees_what_is_asked_does_it_and_is_done(browser, tmp_path):
    this = await september(tmp_path)
    mailbox: Any = this.mailbox
    gate = Gate(PUBLIC, mailbox, this.ways_in, this.authenticators, lambda: this.transport)
    asked, soon = dict[str, list[str]](), this.town.clock.now().date() + dt.timedelta(weeks=26)
    async with (
        httpx.AsyncClient(transport=httpx.ASGITransport(gate.app()), base_url="http://127.0.0.1:9") as printed,
        living(this.town, browser, PHONE) as page,
    ):
        watched = Watched(page)
        for way in this.ways_in:
            await goes_in(page, printed, way)
            await watched.clean()
            assert way.name in re.sub(r"\s+", " ", await page.locator("body").inner_text()), way
            if way.home == roles.CONSOLE:
                await coordinates(page, watched)
            else:
                asked[way.title] = await does_it_all(page, watched, way, soon)
        assert watched.said == []
    assert {title for title, done in asked.items() if done} >= BUSY, asked
    assert {"Chair of governors", "Consultant", "Governor", "Clerk to the board"} <= set(asked)
