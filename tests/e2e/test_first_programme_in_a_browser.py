"""docs/first-programme-in-the-browser.md, followed word by word: what is pressed, typed, chosen, and what is seen."""

import datetime as dt
import re
from pathlib import Path

import pyotp
import pytest

from shared.commands.coordinators import AddCoordinator
from tests.browser_story import acts
from tests.e2e.browsing import IN_A_BROWSER
from tests.e2e.living import living
from tests.fakes.town import Town
from tests.fakes.town.town import PUBLIC

pytestmark = [IN_A_BROWSER, pytest.mark.timeout(900)]
ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "first-programme-in-the-browser.md"
ADDED = re.compile(r'^kindred coordinators add "([^"]+)" (\S+)$', re.MULTILINE)


class Newcomer:
    """Does what the page says, with the mouse."""

    def __init__(self, town, page, address):
        self.town, self.page, self.address = town, page, address

    async def follow(self, act):
        await getattr(self, f"_{act.kind}")(act)
        if act.seen:
            await self.page.get_by_text(act.seen).first.wait_for()

    async def _open(self, act):
        await self.page.goto(f"{PUBLIC}{act.what}")

    async def _press(self, act):
        buttons = self.page.get_by_role("button", name=act.what)
        links = self.page.get_by_role("link", name=act.what)
        before = self.page.url
        await buttons.or_(links).first.click()
        await self.page.wait_for_load_state()
        assert act.seen or self.page.url != before, f"line {act.line}: nothing has come of it"

    async def _pick(self, act):
        await self.page.get_by_role("radio", name=act.what).check()

    async def _select(self, act):
        await self.page.get_by_label(act.where).select_option(label=act.what)

    async def _file(self, act):
        await self.page.get_by_label(act.where, exact=True).set_input_files(ROOT / act.what)

    async def _type(self, act):
        await self.page.get_by_label(act.where, exact=True).fill(act.what)

    async def _code(self, act):
        if "mail" in act.what:
            found = re.search(r"\bCode: (\d{6})\b", self.town.person(self.address).letter("Sign in").text)
            assert found
            typed = found[1]
        else:
            typed = pyotp.TOTP("".join((await self.page.locator("code.key").inner_text()).split())).now()
        await self.page.get_by_label(act.where, exact=True).fill(typed)


async def test_the_page_can_be_followed_word_by_word(browser):
    added = ADDED.search(PAGE.read_text(encoding="utf-8"))
    assert added
    town = Town(at=dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC))
    await town.ask(AddCoordinator(name=added[1], email=added[2]))
    await town.settle()
    async with living(town, browser, (1280, 900)) as page:
        newcomer = Newcomer(town, page, added[2])
        for act in acts(PAGE):
            try:
                await newcomer.follow(act)
            except Exception as error:
                shown = await page.locator("main").inner_text()
                raise AssertionError(f"line {act.line}, {act}: the page says:\n{shown[:3000]}") from error
    told = {str(message["Subject"]) for _, _, message in town.post.mailboxes.mails}
    assert any(subject.startswith("Your group in") for subject in told)
    assert any(subject.startswith("Please answer: visit day at") for subject in told)
