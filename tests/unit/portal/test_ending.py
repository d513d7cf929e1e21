"""What ends a sign-in leaves nothing of it good: sessions, tokens, the authenticator, the calendar's address, codes."""

import dataclasses
import datetime as dt

import pytest

from services.portal.domain.tokens import Wanted
from shared.commands.sign_in import ResetSignIn
from shared.events.people import ContactCard, ContactForgotten
from shared.events.programmes import PersonErased
from shared.events.programmes_parts import RoleTaken
from shared.events.sign_in import SecondFactorChanged, SignedOut
from shared.events.tokens import TokenRevoked
from tests.unit.portal.driver import send
from tests.unit.portal.signing import ADDRESS, NADIA, ask, enter, signed_in
from tests.unit.portal.world import NOW, PROGRAMME

HEAD, AT = "per-a-head", "per-a-head@example.org"
OWN = Wanted("My calendar", ("dates:read",), 30, own=True)
SECURE = dataclasses.replace(OWN, name="Made with the authenticator", proved=True)
OF_CONSOLE = Wanted("Timetable", ("schools:read",), 30, proved=True)


def card(person_id=HEAD, version=9, email=AT, **more):
    return ContactCard(person_id=person_id, version=version, name="Somebody", email=email, **more)


async def made(world, person_id, *wanted):
    return [(await world.tokens.make(person_id, one, one.name)).text for one in wanted]


async def good(world, texts):
    return [await world.tokens.behind(text) is not None for text in texts]


def told(world, work, kind):
    """What was published of a kind: in a unit of work, or by what the bus carried out."""
    return [one for one in (work.published if work else world.published) if type(one) is kind]


async def calendar(world, person_id):
    await world.portal.feeds.renew(person_id)
    return await world.portal.feeds.token(person_id)


@pytest.mark.parametrize("how", ["reset", "forgotten", "erased"])
async def test_nothing_of_a_sign_in_is_good_any_more_and_each_end_is_told(world, how):
    async with world.browser() as browser:
        await signed_in(world, browser)
        texts = await made(world, NADIA, OWN, SECURE, OF_CONSOLE)
        feed = await calendar(world, NADIA)
        work = None
        if how == "reset":
            await world.ask(ResetSignIn(person_id=NADIA), actor="per-other")
        elif how == "forgotten":
            work = await world.handle(ContactForgotten(person_id=NADIA, version=9))
        else:
            work = await world.handle(PersonErased(version=9, person_id=NADIA, erased_on=NOW.date()))
        assert (await browser.get("/console")).url.path == "/sign-in"
    assert await good(world, texts) == [False, False, False]
    assert await world.portal.feeds.whose(feed) is None
    revoked = told(world, work, TokenRevoked)
    assert [one.person_id for one in revoked] == [NADIA] * 3
    assert len({one.token_id for one in revoked}) == 3
    assert [one.how for one in told(world, work, SignedOut)] == ["reset"]
    assert [one.how for one in told(world, work, SecondFactorChanged)][-1:] == ["reset"]
    if how == "reset":
        assert {one.by for one in revoked} == {"per-other"}


async def test_who_coordinates_no_more_has_no_token_and_it_is_told_while_their_calendar_goes_on(world):
    async with world.browser() as browser:
        await signed_in(world, browser)
        texts, feed = await made(world, NADIA, SECURE, OF_CONSOLE), await calendar(world, NADIA)
        work = await world.handle(card(NADIA, email=ADDRESS))
        assert (await browser.get("/console")).url.path == "/sign-in"
    assert await good(world, texts) == [False, False]
    assert len(told(world, work, TokenRevoked)) == 2
    assert [one.how for one in told(world, work, SignedOut)] == ["reset"]
    assert await world.portal.feeds.whose(feed) == NADIA


async def test_a_corrected_address_ends_what_a_mail_to_the_old_one_has_opened(world):
    await world.handle(card(version=2))
    async with world.browser() as browser:
        await enter(world, browser, AT)
        assert (await browser.get("/me")).status_code == 200
        texts, feed = await made(world, HEAD, OWN, SECURE), await calendar(world, HEAD)
        await world.handle(card(version=3, email=AT.upper()))
        assert (await browser.get("/me")).url.path == "/me/todo"
        work = await world.handle(card(version=4, email="head@another.example"))
        assert (await browser.get("/me")).url.path == "/sign-in"
    assert await good(world, texts) == [False, True]
    assert await world.portal.feeds.whose(feed) is None
    assert [one.how for one in told(world, work, SignedOut)] == ["reset"]
    assert len(told(world, work, TokenRevoked)) == 1


async def test_a_code_that_was_mailed_to_the_old_address_signs_nobody_in(world):
    await world.handle(card(version=2))
    async with world.browser() as browser, world.browser() as other:
        page, (mail,) = await ask(world, browser, AT)
        await world.handle(card(version=3, email="head@another.example"))
        assert (await send(browser, page, {"code": mail.code})).url.path != "/me"
        assert (await browser.get("/me")).url.path == "/sign-in"
        page = await other.get(mail.path)
        assert page.status_code in {404, 410}, page.text


async def test_a_token_made_by_a_mail_alone_opens_nothing_once_its_person_sees_many_schools(world):
    await world.handle(card(version=2))
    texts = await made(world, HEAD, OWN, SECURE)
    assert await good(world, texts) == [True, True]
    taken = RoleTaken(
        version=1, membership_id="mem-1", programme_id=PROGRAMME, person_id=HEAD, role="lead", party_id="pty-1",
        since=dt.date(2026, 9, 1),
    )  # fmt: skip
    await world.handle(taken)
    assert await good(world, texts) == [False, True]
