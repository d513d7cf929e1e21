"""A link of a programme that stands still says so; nothing that was typed is lost, and it opens again afterwards."""

import datetime as dt

import pytest

from shared.events.programme_states import ProgrammeArchived, ProgrammePostponed, ProgrammeResumed
from tests.unit.portal.driver import read, send
from tests.unit.portal.entries.test_filling import FINDINGS, findings, opened
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.exchange import PROGRAMME

ON = dt.date(2027, 2, 10)


def postponed(version=2):
    facts = {"version": version, "programme_id": PROGRAMME, "state": "postponed", "on": ON}
    return ProgrammePostponed(**facts, until=dt.date(2028, 4, 24))


@pytest.fixture
async def house(house):
    """The portal knows the programme."""
    await house.handle(exchange.opened())
    return house


async def test_a_page_says_that_the_programme_is_postponed_and_until_when(house):
    await house.handle(postponed())
    async with house.browser() as browser:
        page = await opened(house, browser)

    assert (page.status_code, read(page).h1) == (200, "This programme is not running now")
    assert "is postponed, and there is nothing to do for it now." in page.text
    assert "from Monday 24 April 2028" in page.text
    assert read(page).forms == []


async def test_what_was_typed_meanwhile_is_not_taken_and_not_lost(house):
    async with house.browser() as browser:
        page = await findings(house, browser)
        await house.handle(postponed())
        sent = await send(browser, page, {**FINDINGS, "do": "send"})

    assert sent.status_code == 409
    assert "Reading is taught well." in sent.text
    assert house.kept.commands == []


async def test_it_opens_again_once_the_programme_goes_on(house):
    await house.handle(postponed())
    facts = {"version": 3, "programme_id": PROGRAMME, "state": "running", "on": ON, "postponed_on": ON}
    await house.handle(ProgrammeResumed(**facts), postponed())
    async with house.browser() as browser:
        assert read(await opened(house, browser)).h1 == "School plan"


async def test_a_programme_that_is_put_away_shows_nothing_any_more(house):
    facts = {"version": 5, "programme_id": PROGRAMME, "state": "archived", "on": ON}
    await house.handle(ProgrammeArchived(**facts))
    async with house.browser() as browser:
        page = await opened(house, browser)

    assert "is over." in page.text
