"""Signs a coordinator in, as a browser without script does."""

import httpx
import pyotp

from services.portal.domain.sign_in.secrets import Key, Secrets
from services.portal.handlers.sign_in_mails import SignInMails
from shared.commands.sign_in import ShowSignIn, SignInSecrets
from shared.events.people import ContactCard, RoleHeld
from shared.events.sign_in import SignInAsked
from tests.unit.portal.driver import read, send
from tests.unit.portal.world import SECRET, World

NADIA, ADDRESS = "per-coo", "nadia@kindred.example"
SECRETS = Secrets(Key(SECRET.encode()))


async def appoint(
    world: World, person_id: str = NADIA, name: str = "Nadia Rahman", address: str = ADDRESS, version: int = 2
) -> None:
    """Let somebody sign in, as `programmes` tells it."""
    role = RoleHeld(role="coordinator")
    await world.handle(ContactCard(person_id=person_id, version=version, name=name, email=address, roles=(role,)))


async def mails(world: World) -> list[SignInSecrets]:
    """What the mails say that have been asked for since."""
    before = len(world.of(SignInAsked))
    await SignInMails(world.stores.sign_in, world.service.transact).publish_next()
    return [await world.find(ShowSignIn(attempt_id=one.attempt_id)) for one in world.of(SignInAsked)[before:]]


async def ask(
    world: World, browser: httpx.AsyncClient, address: str = ADDRESS
) -> tuple[httpx.Response, list[SignInSecrets]]:
    """Ask for a mail; the page that comes, and what was mailed."""
    page = await send(browser, await browser.get("/sign-in"), {"address": address})
    return page, await mails(world)


async def code_now(world: World, person_id: str = NADIA) -> str:
    """What the authenticator shows."""
    factor = await world.stores.sign_in.factors.get(person_id)
    return pyotp.TOTP(SECRETS.authenticator(person_id, factor.salt)).at(world.clock.now())


async def signed_in(world: World, browser: httpx.AsyncClient) -> httpx.Response:
    """Sign in for the first time; the console's home."""
    await appoint(world)
    page, (mail,) = await ask(world, browser)
    page = await send(browser, page, {"code": mail.code})
    assert read(page).h1 == "Set up an authenticator"
    await send(browser, page, {"code": await code_now(world)})
    return await browser.get("/console")


async def enter(world: World, browser: httpx.AsyncClient, address: str) -> httpx.Response:
    """Sign somebody in by the code of a mail; the page that comes."""
    page, (mail,) = await ask(world, browser, address)
    return await send(browser, page, {"code": mail.code})
