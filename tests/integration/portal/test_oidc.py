"""Signing in by an OpenID provider, a process of its own on this machine: it proves an address, and nothing else."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.portal.adapters.oidc import OidcProvider
from services.portal.settings import PortalSettings
from shared.clock import SystemClock
from shared.events.sign_in import SignedIn, SignedInByMail
from tests.fakes.oidc.__main__ import CLIENT, SECRET
from tests.integration.portal.test_service import free_port
from tests.unit.portal.driver import read
from tests.unit.portal.signing import ADDRESS, appoint
from tests.unit.portal.world import PUBLIC, World, filled
from tests.waiting import until_now

ROOT = Path(__file__).parents[3]
HEAD = "per-a-head@example.org"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of the provider while it runs."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.fakes.oidc", str(port)], cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        until_now(lambda: answers(address), "the provider answers")
        yield address
    finally:
        process.terminate()
        process.wait()


def answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/.well-known/openid-configuration").is_success
    except httpx.HTTPError:
        return False


@pytest.fixture
async def world(issuer):
    """The portal of a deployment with this provider."""
    found = await filled(World())
    provider = OidcProvider(issuer, CLIENT, SECRET, "Example Id", PUBLIC, SystemClock())
    object.__setattr__(found.portal, "provider", provider)
    return found


async def way(world, browser, issuer, **person):
    """Go to the provider as this person; the address by which it sends them back."""
    async with httpx.AsyncClient() as provider:
        (await provider.post(f"{issuer}/become", json=person)).raise_for_status()
    page = await browser.get("/sign-in")
    assert "Sign in with Example Id" in page.text
    away = await browser.get("/sign-in/with", follow_redirects=False)
    assert away.headers["location"].startswith(f"{issuer}/authorize?")
    async with httpx.AsyncClient() as provider:
        back = (await provider.get(away.headers["location"])).headers["location"]
    assert back.startswith(f"{PUBLIC}/sign-in/back?")
    return back


async def entered(world, browser, issuer, **person):
    return await browser.get(await way(world, browser, issuer, **person))


async def test_a_verified_address_signs_in_whoever_it_is_of(world, issuer):
    async with world.browser() as browser:
        page = await entered(world, browser, issuer, email=HEAD.upper(), email_verified=True, roles=["coordinator"])
        assert (page.url.path, read(page).h1) == ("/me/todo", "What you need to do")
        assert (await browser.get("/console")).status_code == 404
    assert [(one.person_id, one.how) for one in world.of(SignedInByMail)] == [("per-a-head", "provider")]


async def test_an_authenticator_is_asked_for_all_the_same(world, issuer):
    await appoint(world)
    async with world.browser() as browser:
        page = await entered(world, browser, issuer, email=ADDRESS, email_verified=True)
        assert read(page).h1 == "Set up an authenticator"
        assert (await browser.get("/console")).url.path == "/sign-in/set-up"
    assert world.of(SignedIn) == []


@pytest.mark.parametrize(
    "person",
    [
        {"email": HEAD, "email_verified": False}, {"email": HEAD}, {"email": HEAD, "email_verified": "true"},
        {"email_verified": True}, {"email": "nobody@example.org", "email_verified": True},
        {"email": HEAD, "email_verified": True, "iss": "https://another.example"},
        {"email": HEAD, "email_verified": True, "aud": "another"},
        {"email": HEAD, "email_verified": True, "nonce": "another"},
        {"email": HEAD, "email_verified": True, "exp": 1_000_000_000},
        {"email": HEAD, "email_verified": True, "forged": True},
    ],
    ids=["not verified", "nothing said", "a word", "no address", "unknown", "another issuer", "for another",
         "another sign-in", "over", "signed by another"],
)  # fmt: skip
async def test_anything_else_signs_nobody_in(world, issuer, person):
    async with world.browser() as browser:
        page = await entered(world, browser, issuer, **person)
        assert (page.status_code, read(page).h1) == (403, "We could not sign you in")
        assert (await browser.get("/me/todo")).url.path == "/sign-in"
    assert world.of(SignedInByMail) == []


async def test_a_way_back_is_good_once_and_in_the_browser_that_went_alone(world, issuer):
    person = {"email": HEAD, "email_verified": True}
    async with world.browser() as browser, world.browser() as stranger:
        back = await way(world, browser, issuer, **person)
        assert (await stranger.get(back)).status_code == 403
        other = await way(world, stranger, issuer, **person)
        assert (await stranger.get(back)).status_code == 403
        assert (await browser.get(back)).url.path == "/me/todo"
        assert (await browser.get(back)).status_code == 403
        assert other != back


async def test_what_a_provider_does_not_answer_is_said_and_the_mail_goes_on(world):
    gone = OidcProvider(f"http://127.0.0.1:{free_port()}", CLIENT, SECRET, "Example Id", PUBLIC, SystemClock())
    object.__setattr__(world.portal, "provider", gone)
    async with world.browser() as browser:
        assert (await browser.get("/sign-in/with")).status_code == 503
        assert (await browser.get("/sign-in")).status_code == 200


async def test_without_a_provider_there_is_no_such_way():
    world = await filled(World())
    async with world.browser() as browser:
        assert "Sign in with" not in (await browser.get("/sign-in")).text
        assert (await browser.get("/sign-in/with")).status_code == 404
        assert (await browser.get("/sign-in/back?code=x&state=y")).status_code == 404


@pytest.mark.parametrize("left_out", ["oidc_client_id", "oidc_client_secret", "oidc_name", "oidc_issuer"])
def test_half_a_provider_is_refused(left_out):
    whole: Any = {
        "oidc_issuer": "https://id.example",
        "oidc_client_id": "x",
        "oidc_client_secret": "y",
        "oidc_name": "Id",
    }
    assert PortalSettings(**whole).oidc_name == "Id"
    with pytest.raises(ValueError, match="given together"):
        PortalSettings(**{key: value for key, value in whole.items() if key != left_out})
