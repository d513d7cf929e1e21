"""A list over all programmes stays open while one of them stands still; what belongs to that one says so."""

import datetime as dt
from typing import Any

import pytest

from shared.events.programme_states import ProgrammePostponed
from tests.unit.portal.driver import read
from tests.unit.portal.todo.office import LEAD, link, task
from tests.unit.reporting.entries import exchange


@pytest.fixture
async def house(house: Any) -> Any:
    """The programme is postponed."""
    on, until = exchange.NOW.date(), dt.date(2028, 4, 24)
    await house.handle(task("insured"))
    facts = {"version": 2, "programme_id": exchange.PROGRAMME, "state": "postponed", "on": on, "until": until}
    await house.handle(ProgrammePostponed(**facts))
    return house


async def test_the_list_itself_opens(house):
    async with house.browser() as browser:
        page = await browser.get(f"/l/{await link(house, 'todo')}")

    assert read(page).h1 == "What you need to do"


@pytest.mark.parametrize("path", ["task/tsk-insured", f"projects?programme={exchange.PROGRAMME}"])
async def test_what_belongs_to_the_programme_says_that_it_stands_still(house, path):
    async with house.browser() as browser:
        page = await browser.get(f"/l/{await link(house, 'todo', LEAD)}")
        root = str(page.url).split("/todo")[0]
        there = await browser.get(f"{root}/{path}")

    assert read(there).h1 == "This programme is not running now"
    assert "from Monday 24 April 2028" in there.text
