"""From where a try comes, whatever it says of itself, and whom too many of them shut out."""

import ipaddress

import pytest
from starlette.requests import Request

from services.portal.pages.sign_in import peers
from services.portal.settings import networks_of
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.signing import appoint, ask, code_now

OURS = networks_of("172.16.0.0/12,10.0.0.5")


def request(client, *lines):
    headers = [(b"x-forwarded-for", line.encode()) for line in lines]
    return Request({"type": "http", "headers": headers, "client": (client, 4711)})


@pytest.mark.parametrize(
    ("client", "lines", "peer"),
    [
        ("203.0.113.9", (), "203.0.113.9"),
        ("203.0.113.9", ("198.51.100.1",), "203.0.113.9"),  # no proxy of ours: it says of itself what it likes
        ("172.18.0.4", ("198.51.100.1",), "198.51.100.1"),
        ("172.18.0.4", ("192.0.2.1, 198.51.100.1",), "198.51.100.1"),  # what the caller wrote stands before
        ("172.18.0.4", ("192.0.2.1", "198.51.100.1"), "198.51.100.1"),  # a proxy with a line of its own
        ("172.18.0.4", ("198.51.100.1, 10.0.0.5",), "198.51.100.1"),  # two proxies of ours
        ("172.18.0.4", ("", " "), "172.18.0.4"),
        ("172.18.0.4", (), "172.18.0.4"),
        ("172.18.0.4", ("nonsense",), "nonsense"),
    ],
)
def test_the_last_address_that_is_no_proxy_of_ours_counts(client, lines, peer):
    assert peers.peer_of(request(client, *lines), OURS) == peer


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_host_cannot_choose_another_network(address, network):
    assert peers.network_of(address) == network


def test_only_networks_are_proxies():
    assert networks_of("10.0.0.5") == (ipaddress.ip_network("10.0.0.5/32"),)


async def test_forms_that_are_not_ours_use_up_no_tries(world):
    await appoint(world)
    async with world.browser() as browser:
        page = await browser.get("/sign-in")
        for _ in range(peers.MOST + 1):
            assert (await browser.post("/sign-in", data={"address": "x@kindred.example"})).status_code == 403
        assert (await send(browser, page, {"address": "x@kindred.example"})).status_code == 200


async def test_tries_of_others_from_the_same_address_stop_neither_a_link_nor_an_authenticator(world):
    await appoint(world)
    async with world.browser() as stranger, world.browser() as nadia:
        _, (mail,) = await ask(world, nadia)
        page = await stranger.get("/sign-in")
        for number in range(peers.MOST):
            last = await send(stranger, page, {"address": f"a{number}@kindred.example"})
        assert last.status_code == 429
        page = await press(nadia, await nadia.get(mail.path), "")
        page = await send(nadia, page, {"code": await code_now(world)})
    assert (page.status_code, read(page).h1) == (200, "Keep these recovery codes")


async def test_codes_of_an_authenticator_are_limited_by_session(world):
    await appoint(world)
    async with world.browser() as browser:
        page, (mail,) = await ask(world, browser)
        page = await send(browser, page, {"code": mail.code})
        limit = world.app.state.peers
        (session,) = await world.stores.sign_in.sessions.of_person("per-coo")
        for _ in range(peers.MOST):
            limit.note(session.session_id, world.clock.now())
        assert (await send(browser, page, {"code": await code_now(world)})).status_code == 429
