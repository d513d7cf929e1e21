"""Sessions of who has signed in: how they end, and that whoever may not sign in any more is out at once."""

import datetime as dt
import re

import pytest

from shared.commands.sign_in import ResetSignIn
from shared.errors import Rejected
from shared.events.people import ContactCard
from shared.events.programmes import PersonErased
from shared.events.sign_in import SignedOut
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.signing import ADDRESS, NADIA, appoint, ask, code_now, signed_in
from tests.unit.portal.test_sign_in import MINUTE, told
from tests.unit.portal.world import NOW, World


async def test_a_session_gets_a_fresh_token_with_the_second_factor(world):
    await appoint(world)
    async with world.browser() as browser:
        page, (mail,) = await ask(world, browser)
        page = await send(browser, page, {"code": mail.code})
        before = browser.cookies["kindred-sign-in-session"]
        await send(browser, page, {"code": await code_now(world)})
        assert browser.cookies["kindred-sign-in-session"] != before
        browser.cookies.set("kindred-sign-in-session", before, domain="127.0.0.1")
    async with world.browser() as other:
        other.cookies.set("kindred-sign-in-session", before, domain="127.0.0.1")
        assert (await other.get("/console")).url.path == "/sign-in"


async def test_cookies_are_as_strict_as_links():
    world = World(public="https://kindred.example.org")
    await appoint(world)
    async with world.browser() as browser:
        page = await browser.get("/sign-in")
        cookie = page.headers["set-cookie"]
    assert cookie.startswith("__Host-kindred-sign-in-browser=")
    assert cookie.split("; ")[1:] == ["HttpOnly", "Max-Age=86400", "Path=/", "SameSite=lax", "Secure"]


async def test_signing_out_here_and_everywhere(world):
    async with world.browser() as one:
        await signed_in(world, one)
        async with world.browser() as two:
            page, (mail,) = await ask(world, two)
            page = await send(two, page, {"code": mail.code})
            world.clock.advance(MINUTE)
            page = await send(two, page, {"code": await code_now(world)})
            assert read(await press(two, page, "here")).h1 == "You are signed out"
            assert (await two.get("/console")).url.path == "/sign-in"
            page = await one.get("/console")
            assert page.status_code == 200
            await press(one, page, "everywhere")
        assert (await one.get("/console")).url.path == "/sign-in"
    assert told(world, SignedOut) == [(NADIA, "by-hand"), (NADIA, "everywhere")]


@pytest.mark.parametrize(("hours", "there"), [(1.9, True), (2.1, False)])
async def test_a_session_ends_when_nobody_uses_it(world, hours, there):
    async with world.browser() as browser:
        await signed_in(world, browser)
        world.clock.advance(dt.timedelta(hours=hours))
        assert ((await browser.get("/console")).url.path == "/console") is there


async def test_a_session_ends_after_half_a_day_however_busy(world):
    async with world.browser() as browser:
        await signed_in(world, browser)
        for _ in range(12):
            world.clock.advance(dt.timedelta(hours=1))
            page = await browser.get("/console")
    assert page.url.path == "/sign-in"


@pytest.mark.parametrize("how", ["removed", "erased", "reset"])
async def test_whoever_may_not_sign_in_any_more_is_out_at_once(world, how):
    async with world.browser() as browser:
        await signed_in(world, browser)
        if how == "removed":
            await world.handle(ContactCard(person_id=NADIA, version=3, name="Nadia Rahman", email=ADDRESS))
        elif how == "erased":
            await world.handle(PersonErased(version=3, person_id=NADIA, erased_on=NOW.date()))
        else:
            await world.ask(ResetSignIn(person_id=NADIA))
            assert told(world, SignedOut) == [(NADIA, "reset")]
        assert (await browser.get("/console")).url.path == "/sign-in"
    if how == "reset":
        async with world.browser() as browser:
            page, (mail,) = await ask(world, browser)
            assert (await send(browser, page, {"code": mail.code})).url.path == "/sign-in/set-up"


async def test_whoever_was_removed_and_comes_back_starts_anew(world):
    async with world.browser() as browser:
        await signed_in(world, browser)
        await world.handle(ContactCard(person_id=NADIA, version=3, name="Nadia Rahman", email=ADDRESS))
        await appoint(world, version=4)
        assert (await browser.get("/console")).url.path == "/sign-in"
    world.clock.advance(11 * MINUTE)
    async with world.browser() as browser:
        page, (mail,) = await ask(world, browser)
        assert (await send(browser, page, {"code": mail.code})).url.path == "/sign-in/set-up"


async def test_an_old_card_that_comes_again_shuts_nobody_out(world):
    async with world.browser() as browser:
        await signed_in(world, browser)
        await world.handle(ContactCard(person_id=NADIA, version=1, name="Nadia Rahman", email=ADDRESS))
        assert (await browser.get("/console")).url.path == "/console"


async def test_a_secret_that_was_seen_and_not_proved_is_worth_nothing(world):
    await appoint(world)
    async with world.browser() as thief, world.browser() as nadia:
        page, (mail,) = await ask(world, thief)
        seen = await send(thief, page, {"code": mail.code})
        copied = await code_now(world)
        page, (mail,) = await ask(world, nadia)
        mine = await send(nadia, page, {"code": mail.code})
        assert keys(mine) != keys(seen)
        assert "begun in another browser" in mine.text
        refused = await send(nadia, mine, {"code": copied})
        assert (refused.status_code, keys(refused)) == (422, keys(mine))
        page = await send(nadia, refused, {"code": await code_now(world)})
        assert read(page).h1 == "Keep these recovery codes"
        assert (await send(thief, seen, {"code": copied})).url.path == "/sign-in/second"
        assert (await thief.get("/console")).url.path != "/console"


async def test_two_browsers_that_set_up_at_once_are_told_so(world):
    await appoint(world)
    async with world.browser() as one, world.browser() as two:
        page, (mail,) = await ask(world, one)
        first = await send(one, page, {"code": mail.code})
        code = await code_now(world)
        page, (mail,) = await ask(world, two)
        await send(two, page, {"code": mail.code})
        page = await send(one, first, {"code": code})
        assert (page.status_code, "begun in another browser" in page.text) == (422, True)
        assert "tries are left" not in page.text
        page = await send(one, page, {"code": await code_now(world)})
    assert read(page).h1 == "Keep these recovery codes"


async def test_a_session_that_ends_while_a_code_is_proved_opens_nothing(world):
    async with world.browser() as browser:
        await signed_in(world, browser)
        world.clock.advance(dt.timedelta(minutes=31))
        page = await browser.get("/sign-in/second")
        steps = world.sign_in
        token = browser.cookies["kindred-sign-in-session"]
        here = await steps.here(token)
        await steps.sign_out(here, everywhere=True)
        assert (await steps.prove(here, await code_now(world))).outcome == "over"
        page = await send(browser, page, {"code": await code_now(world)})
    assert (page.status_code, read(page).h1) == (403, "You are signed out")


def keys(page):
    return re.findall(r'class="key">([A-Z2-7 ]+)<', page.text)


async def test_a_reset_lifts_a_lock(world):
    await appoint(world)
    async with world.browser() as browser:
        page, _ = await ask(world, browser)
        for number in range(10):
            page = await send(browser, page, {"code": f"{number:06}"})
        await world.ask(ResetSignIn(person_id=NADIA))
        page, (mail,) = await ask(world, browser)
        assert (await send(browser, page, {"code": mail.code})).url.path == "/sign-in/set-up"
    with pytest.raises(Rejected, match="no-coordinator"):
        await world.ask(ResetSignIn(person_id="per-nobody"))
