"""Ten minutes of clock skew: between machines of the portal, and between an authenticator and the portal."""

import datetime as dt

import pyotp
import pytest

from services.portal.pages.sessions import SKEW, read_opened, read_session, sign_opened, sign_session
from services.portal.pages.sign_in.said import NOT_NOW
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.signing import ADDRESS, NADIA, SECRETS, enter, signed_in
from tests.unit.portal.world import NOW, VISIT

KEY, LINK, DAY = b"k" * 32, "0123456789abcdef" * 4, dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize("early", [dt.timedelta(), SKEW])
def test_what_was_signed_by_a_clock_ahead_is_taken_and_lasts_no_longer(early):
    cookie, opened = sign_session(KEY, LINK, NOW), sign_opened(KEY, "ref", "n", NOW)
    assert read_session(KEY, cookie, NOW - early, DAY) == LINK
    assert read_opened(KEY, "ref", opened, NOW - early, DAY) == NOW
    assert read_session(KEY, cookie, NOW + DAY, DAY) == LINK
    assert read_session(KEY, cookie, NOW + DAY + SECOND, DAY) is None
    assert read_session(KEY, cookie, NOW - SKEW - SECOND, DAY) is None


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_a_form_is_sent_though_the_clock_is_set_meanwhile(world, minutes):
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('answer')}")
        world.clock.advance(dt.timedelta(minutes=minutes))
        assert (await press(browser, page, "accepted")).status_code == 200
    assert [one.answer for one in world.owners.commands] == ["accepted"]


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_a_session_outlives_a_clock_that_is_set(world, minutes):
    async with world.browser() as browser:
        await enter(world, browser, "per-a-head@example.org")
        world.clock.advance(dt.timedelta(minutes=minutes))
        page = await browser.get(f"/me/visit-brief/{VISIT}")
    assert page.url.path == f"/me/visit-brief/{VISIT}"


async def test_a_telephone_ten_minutes_wrong_is_told_so_and_its_codes_are_not_taken(world):
    async with world.browser() as browser:
        await signed_in(world, browser)
    world.clock.advance(dt.timedelta(days=1))
    factor = await world.stores.sign_in.factors.get(NADIA)
    code = pyotp.TOTP(SECRETS.authenticator(NADIA, factor.salt)).at(world.clock.now() + dt.timedelta(minutes=10))
    async with world.browser() as browser:
        page = await send(browser, await enter(world, browser, ADDRESS), {"code": code})
    assert page.status_code == 422
    assert NOT_NOW in " ".join(read(page).text.split())
