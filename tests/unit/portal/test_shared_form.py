"""The page of a shared link: no account, one answer a device, refused from elsewhere, slowed down, closed when full."""

import pytest

from services.portal.pages.limits import Limits
from shared.commands.shared_links import OpenSharedLink
from tests.unit.portal.driver import read, send
from tests.unit.portal.entries.house import built
from tests.unit.portal.entries.test_filling import opened
from tests.unit.reporting.counting.test_shared_links import ABOUT, FORM, HEAD
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.exchange import OWN


@pytest.fixture
async def house():
    made = await built()
    told = exchange.opened(forms=[FORM], version=4)
    await made.reporting.tell(told.model_copy(update={"version": 2}))
    return made


async def link(house):
    return await house.reporting.ask(OpenSharedLink(**ABOUT, person_id=HEAD))


def counted(house):
    return sum(sheet.people for sheet in house.reporting.memory.sheets.rows.values())


async def test_anybody_answers_once_a_device(house):
    token = (await link(house)).token
    async with house.browser() as browser:
        page = await browser.get(f"/s/{token}")
        assert "You are not asked who you are" in page.text
        assert not page.cookies
        thanked = await send(browser, page, {"group": "staff", "recall": "ours"})
        assert "Counted, thank you" in thanked.text
        again = await send(browser, page, {"group": "staff", "recall": "ours"})
        assert "This phone or computer has answered" in again.text
    async with house.browser() as other:
        page = await other.get(f"/s/{token}")
        await send(other, page, {"group": "parents", "recall": "other"})
    assert counted(house) == 2


async def test_what_is_missing_is_said_and_what_was_chosen_stays(house):
    token = (await link(house)).token
    async with house.browser() as browser:
        page = await browser.get(f"/s/{token}")
        again = await send(browser, page, {"recall": "ours"})
        assert again.status_code == 422
        assert "Choose which group you belong to" in again.text
        assert read(again).forms[0].fields["recall"] == "ours"


async def test_a_form_from_elsewhere_and_an_unknown_link_are_refused(house):
    token = (await link(house)).token
    async with house.browser() as browser:
        page = await browser.get(f"/s/{token}")
        forged = await send(browser, page, {"group": "staff", "recall": "ours"}, origin="https://elsewhere.example")
        assert forged.status_code == 403
        assert (await browser.get("/s/nothing")).status_code == 404
    assert counted(house) == 0


async def test_many_answers_from_one_network_are_slowed_down(house):
    token = (await link(house)).token
    async with house.browser() as browser:
        portal = browser._transport.app.state.portal
        object.__setattr__(portal, "limits", Limits({"answer": 1}))
        page = await browser.get(f"/s/{token}")
        await send(browser, page, {"recall": "ours"})
        slow = await send(browser, page, {"group": "staff", "recall": "ours"})
        assert slow.status_code == 429


async def test_the_head_opens_closes_and_begins_anew(house):
    async with house.browser() as browser:
        page = await opened(house, browser, HEAD, OWN, "pulse")
        shown = await send(browser, page, {"do": "open"})
        (row,) = house.reporting.memory.shared_links.rows.values()
        assert f"/s/{row.token}" in shown.text
        closed = await send(browser, shown, {"do": "close"})
        assert "The link is closed" in closed.text
        await send(browser, closed, {"do": "open"})
    assert [one.number for one in house.reporting.memory.shared_links.rows.values()] == [1, 2]
