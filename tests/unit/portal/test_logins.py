"""The command line signs in: by the mail's code and an authenticator, to a token that acts for its person."""

import dataclasses
import datetime as dt
import hashlib
import time

import pyotp
import pytest

from services.portal.domain.sign_in.attempts import MOST_TRIES
from shared.commands.logins import AskLogin, ProveLogin, ShowLogin, ShowLoginSetup, TryLogin
from shared.commands.sign_in import ResetSignIn, ShowSignIn
from shared.errors import Rejected
from shared.events.people import ContactCard
from shared.events.sign_in import SignedIn, SignInAsked, SignInFailed
from shared.events.tokens import TokenMade, TokenRevoked
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.signing import ADDRESS, NADIA, SECRETS, appoint, code_now, enter

TOKEN, OTHER = "kindred_one", "kindred_two"
HALF_MINUTE, LONG_AGO = 30, dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
NAME = "kindred login of ada on desk"


def key(token=TOKEN):
    return hashlib.sha256(token.encode()).hexdigest()


async def mailed(world, address=ADDRESS):
    """Ask for a mail from the command line; its code, or nothing."""
    before = len(world.of(SignInAsked))
    said = await world.ask(AskLogin(address=address))
    found = world.of(SignInAsked)[before:]
    return said.sentence, (await world.find(ShowSignIn(attempt_id=found[0].attempt_id))).code if found else ""


async def shown_now(world, nth=0):
    """What the authenticator shows by the machine's clock; each code counts once, so the nth is a half minute later."""
    factor = await world.stores.sign_in.factors.get(NADIA)
    return pyotp.TOTP(SECRETS.authenticator(NADIA, factor.salt)).at(int(time.time()) + nth * HALF_MINUTE)


async def begun(world, token=TOKEN):
    """Type the code of the mail; what comes next."""
    await appoint(world)
    _, code = await mailed(world)
    return await world.ask(TryLogin(address=ADDRESS, code=code, key=key(token)))


async def login(world, token=TOKEN, name=NAME, nth=0):
    """Sign in whole."""
    step = await begun(world, token)
    if step.step == "set-up":
        await world.find(ShowLoginSetup(key=key(token)))
    done = await world.ask(ProveLogin(key=key(token), code=await shown_now(world, nth), name=name))
    assert done.step == "in"
    return done


async def test_the_first_sign_in_sets_up_an_authenticator_and_ends_with_a_token(world):
    assert (await begun(world)).step == "set-up"
    shown = await world.find(ShowLoginSetup(key=key()))
    assert (len(shown.secret), len(shown.recovery)) == (32, 8)
    done = await world.ask(ProveLogin(key=key(), code=await shown_now(world), name=NAME))
    assert (done.step, done.name, done.person_id) == ("in", "Nadia Rahman", NADIA)
    who = await world.find(ShowLogin(key=key()))
    assert (who.person_id, who.expires) == (NADIA, world.clock.now() + dt.timedelta(days=30))
    assert [one.by for one in world.of(SignedIn)] == ["set-up"]
    assert [one.scopes for one in world.of(TokenMade)] == [("everything",)]


async def test_the_token_itself_is_kept_nowhere(world):
    await login(world)
    assert TOKEN not in repr(vars(world.collections))
    assert TOKEN not in repr(world.published if hasattr(world, "published") else world.work.published)


async def test_a_mail_s_code_alone_makes_no_token(world):
    await login(world)
    assert (await begun(world, OTHER)).step == "second"
    with pytest.raises(Rejected, match="not-signed-in"):
        await world.find(ShowLogin(key=key(OTHER)))
    with pytest.raises(Rejected, match="not-signed-in"):
        await world.find(ShowLoginSetup(key=key(OTHER)))


async def test_known_and_unknown_addresses_are_answered_alike(world):
    await appoint(world)
    known, code = await mailed(world)
    unknown, nothing = await mailed(world, "somebody@school.example")
    assert known == unknown
    assert (bool(code), nothing) == (True, "")
    tries = [
        await world.ask(TryLogin(address=address, code="000000", key=key()))
        for address in (ADDRESS, "somebody@school.example")
    ]
    assert tries[0] == tries[1]


async def test_wrong_codes_count_and_lock_though_the_command_was_carried_out(world):
    await appoint(world)
    _, code = await mailed(world)
    wrong = "000000" if code != "000000" else "111111"
    steps = [await world.ask(TryLogin(address=ADDRESS, code=wrong, key=key())) for _ in range(MOST_TRIES)]
    assert [one.left for one in steps[:2]] == [9, 8]
    assert [one.step for one in steps[-2:]] == ["wrong", "locked"]
    assert (await world.ask(TryLogin(address=ADDRESS, code=code, key=key()))).step == "locked"
    assert len(world.of(SignInFailed)) == MOST_TRIES + 1


async def test_a_wrong_code_of_the_authenticator_makes_no_token(world):
    await login(world)
    await begun(world, OTHER)
    step = await world.ask(ProveLogin(key=key(OTHER), code="123", name=NAME))
    assert (step.step, step.left) == ("wrong", 9)
    assert (await world.ask(ProveLogin(key=key("nobody"), code="123", name=NAME))).step == "over"


async def test_people_of_schools_have_no_command_line(world):
    _, code = await mailed(world, "per-a-head@example.org")
    step = await world.ask(TryLogin(address="per-a-head@example.org", code=code, key=key()))
    assert (step.step, step.person_id) == ("no-coordinator", "")
    assert (await world.ask(ProveLogin(key=key(), code="123456", name=NAME))).step == "over"


async def test_signing_in_again_on_the_same_machine_ends_the_token_before(world):
    await login(world, "kindred_three", "kindred login of ada on another")
    (first,) = await world.stores.tokens.listed(NADIA)
    await world.stores.tokens.put(dataclasses.replace(first, key=key(), token_id="tok-before", name=NAME))
    await login(world, OTHER, nth=1)
    assert (await world.find(ShowLogin(key=key(OTHER)))).person_id == NADIA
    with pytest.raises(Rejected, match="not-signed-in"):
        await world.find(ShowLogin(key=key()))
    assert len(world.of(TokenRevoked)) == 1


@pytest.mark.parametrize("how", ["reset", "no coordinator any more", "over", "everywhere"])
async def test_a_token_acts_no_more(world, how):
    await login(world)
    if how == "everywhere":
        async with world.browser() as browser:
            page = await enter(world, browser, ADDRESS)
            await send(browser, page, {"code": await code_now(world)})
            assert read(await press(browser, await browser.get("/console"), "everywhere")).h1 == "You are signed out"
    elif how == "reset":
        await world.ask(ResetSignIn(person_id=NADIA))
    elif how == "over":
        (token,) = await world.stores.tokens.listed(NADIA)
        await world.stores.tokens.put(dataclasses.replace(token, expires=LONG_AGO))
    elif how == "no coordinator any more":
        await world.handle(ContactCard(person_id=NADIA, version=9, name="Nadia Rahman", email=ADDRESS))
    with pytest.raises(Rejected, match="not-signed-in"):
        await world.find(ShowLogin(key=key()))


async def test_a_token_of_narrow_scopes_is_none_for_the_command_line(world):
    await login(world)
    (token,) = await world.stores.tokens.listed(NADIA)
    await world.stores.tokens.put(dataclasses.replace(token, scopes=("mails:read",)))
    with pytest.raises(Rejected, match="not-signed-in"):
        await world.find(ShowLogin(key=key()))
