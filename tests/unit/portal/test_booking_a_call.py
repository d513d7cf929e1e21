"""Choosing the time of a call from the mail's link: what is left, who was faster, what was booked."""

import datetime as dt

import pytest

from shared.commands.scheduling_dates import CallRow, TakeCallSlot
from shared.errors import Rejected
from tests.unit.portal.dates import OFFER, call_offer
from tests.unit.portal.driver import read, send

NINE = "2027-05-17T08:00Z"


async def opened(world, browser, person="per-b-head", target=OFFER):
    return await browser.get(f"/l/{await world.issue('answer', person, target, 'call-offer')}")


def said(page):
    return " ".join(read(page).text.split())


def booked(state):
    return CallRow(
        call_id="cal-1", person_ids=("per-a-head", "per-b-head"), on=dt.date(2027, 5, 17), starts=dt.time(9),
        minutes=30, timezone="Europe/London", state=state,
    )  # fmt: skip


async def test_it_shows_the_times_that_are_left_by_day_with_none_chosen(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
    assert read(page).h1 == "Your call with Amara Osei"
    for words in ("30 minutes", "Monday 17 May 2027 9:00 9:30", "Tuesday 18 May 2027 14:00", "first 3 of 8 times"):
        assert words in said(page)
    assert "slot" not in read(page).forms[0].fields


async def test_the_time_that_is_chosen_is_booked_in_the_link_s_own_name(world):
    async with world.browser() as browser:
        page = await opened(world, browser)
        saved = await send(browser, page, {"slot": NINE, "person_id": "per-c-head", "do": "save"})
    start = dt.datetime(2027, 5, 17, 8, tzinfo=dt.UTC)
    command = TakeCallSlot(offer_id=OFFER, person_id="per-b-head", start=start)
    assert world.owners.asked == [(command, "per-b-head")]
    assert "You have a call with Amara Osei: Monday 17 May 2027, 9:00." in said(saved)


@pytest.mark.parametrize("typed", ["", "tomorrow", "2027-05-17T09:00"])
async def test_without_a_time_nothing_is_booked(world, typed):
    async with world.browser() as browser:
        again = await send(browser, await opened(world, browser), {"slot": typed, "do": "save"})
    assert again.status_code == 422
    assert "Choose a time." in said(again)
    assert world.owners.commands == []


async def test_who_is_too_late_is_told_and_sees_the_rest(world, monkeypatch):
    async def beaten(_command, **_how):
        world.call_offers[OFFER] = call_offer(slots=call_offer().slots[1:], total=7)
        raise Rejected("slot-taken", "Somebody has a call at this time already. Choose another.")

    async with world.browser() as browser:
        page = await opened(world, browser)
        monkeypatch.setattr(world.owners, "ask", beaten)
        again = await send(browser, page, {"slot": NINE, "do": "save"})
    assert again.status_code == 422
    assert "Somebody has a call at this time already." in said(again)
    assert "Monday 17 May 2027 9:30" in said(again)
    assert NINE not in again.text
    assert 'href="#slot"' in again.text
    assert again.text.count('id="slot"') == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"call": booked("booked")}, "The call is booked: Monday 17 May 2027, 9:00"),
        ({"call": booked("over")}, "This is over"),
        ({}, "No time is left"),
    ],
)
async def test_where_there_is_nothing_to_choose_the_page_says_why(world, fields, sentence):
    world.call_offers[OFFER] = call_offer(slots=(), total=0, **fields)
    async with world.browser() as browser:
        page = await opened(world, browser)
    assert (page.status_code, read(page).forms) == (200, [])
    assert sentence in said(page)


async def test_after_a_cancelled_call_another_time_can_be_chosen(world):
    world.call_offers[OFFER] = call_offer(call=booked("cancelled"))
    async with world.browser() as browser:
        page = await opened(world, browser)
    assert "Your call was cancelled" in said(page)
    assert len(read(page).forms) == 1


@pytest.mark.parametrize(("person", "target"), [("per-a-head", OFFER), ("per-c-head", OFFER), ("per-b-head", "off-x")])
async def test_a_link_of_somebody_else_or_for_nothing_opens_nothing(world, person, target):
    async with world.browser() as browser:
        assert (await opened(world, browser, person, target)).status_code == 404
