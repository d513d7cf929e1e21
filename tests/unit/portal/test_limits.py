"""From where a try comes, whatever it says of itself, how many are taken, and whom too many shut out."""

import datetime as dt
import ipaddress

import pytest
from starlette.requests import Request

from services.portal.domain.tokens import Wanted
from services.portal.pages import limits
from services.portal.pages.limits import MOST, SPAN, Limits, TooOften
from services.portal.settings import networks_of
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.signing import ADDRESS, appoint, ask, code_now
from tests.unit.portal.world import NOW

MINUTE = dt.timedelta(minutes=1)
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
    assert limits.peer_of(request(client, *lines), OURS) == peer


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
    assert limits.network_of(address) == network


def test_only_networks_are_proxies():
    assert networks_of("10.0.0.5") == (ipaddress.ip_network("10.0.0.5/32"),)


async def test_forms_that_are_not_ours_use_up_no_tries(world):
    await appoint(world)
    async with world.browser() as browser:
        page = await browser.get("/sign-in")
        for _ in range(MOST["sign-in"] + 1):
            assert (await browser.post("/sign-in", data={"address": "x@kindred.example"})).status_code == 403
        assert (await send(browser, page, {"address": "x@kindred.example"})).status_code == 200


async def test_tries_of_others_from_the_same_address_stop_neither_a_link_nor_an_authenticator(world):
    await appoint(world)
    async with world.browser() as stranger, world.browser() as nadia:
        _, (mail,) = await ask(world, nadia)
        page = await stranger.get("/sign-in")
        for number in range(MOST["sign-in"]):
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
        (session,) = await world.stores.sign_in.sessions.of_person("per-coo")
        for _ in range(MOST["sign-in"]):
            world.portal.count("secret", session.session_id)
        assert (await send(browser, page, {"code": await code_now(world)})).status_code == 429


def test_a_try_too_many_says_when_the_next_one_is_taken():
    few = Limits({"again": 2})
    for minute in (0, 4):
        few.note("again", "per-1", NOW + minute * MINUTE)
    with pytest.raises(TooOften) as slow:
        few.note("again", "per-1", NOW + 5 * MINUTE)
    assert (slow.value.after, slow.value.headers) == (5 * MINUTE, {"retry-after": "300"})
    few.note("again", "per-2", NOW + 5 * MINUTE)
    few.note("again", "per-1", NOW + SPAN)


async def many(world, kind, number):
    """Let a kind of try be taken so often."""
    object.__setattr__(world.portal, "limits", Limits({kind: number}))


async def test_asking_for_one_address_is_limited_whoever_asks_and_whether_or_not_it_is_known(world):
    await appoint(world)
    await many(world, "address", 2)
    for address in (ADDRESS, "nobody@kindred.example"):
        seen = []
        for _ in range(3):
            async with world.browser() as browser:
                seen.append((await send(browser, await browser.get("/sign-in"), {"address": address})).status_code)
        assert seen == [200, 200, 429]


async def test_links_that_there_are_not_are_slowed_down_and_others_open(world):
    await many(world, "unknown-link", 2)
    token = await world.issue("answer")
    async with world.browser() as browser:
        assert [(await browser.get(f"/l/{number}")).status_code for number in range(3)] == [404, 404, 429]
        assert (await browser.get(f"/l/{token}")).status_code == 200


@pytest.mark.parametrize("kind", ["form", "forms", "school"])
async def test_forms_are_limited_by_link_network_and_school_and_nothing_typed_is_lost(world, kind):
    await many(world, kind, 1)
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('visit-brief')}")
        typed = {"practice": "Every lesson begins with a question.", "challenge": "Talk"}
        await send(browser, page, typed)
        slow = await send(browser, page, typed)
    assert (slow.status_code, slow.headers["retry-after"]) == (429, "600")
    assert ("Every lesson begins with a question." in slow.text, "Wait 10 minutes" in slow.text) == (True, True)


@pytest.mark.parametrize("kind", ["again", "again-school"])
async def test_mails_are_sent_again_to_a_person_and_a_school_so_often(world, kind):
    await many(world, kind, 1)
    async with world.browser() as browser:
        seen = []
        for _ in range(2):
            page = await browser.get(f"/l/{await world.issue('my-visits', 'per-a-head')}")
            seen.append((await send(browser, page, {"purpose": "findings", "target": "req-1"})).status_code)
    assert (seen, len(world.owners.commands)) == ([200, 429], 1)


@pytest.mark.parametrize("kind", ["api", "api-network"])
async def test_programs_are_limited_by_token_and_network(world, kind):
    await appoint(world)
    made = await world.tokens.make("per-coo", Wanted("A program", ("audit:read",), 30), "once")
    await many(world, kind, 1)
    headers = {"authorization": f"Bearer {made.text}"}
    async with world.browser() as browser:
        asked = [await browser.get("/api/queries/nobody/Nothing/v1", headers=headers) for _ in range(2)]
    assert [one.status_code for one in asked] == [404, 429]
    assert (asked[1].json()["rule"], asked[1].headers["retry-after"]) == ("too-often", "600")


async def test_tokens_that_are_none_are_slowed_down(world):
    await many(world, "unknown-token", 1)
    async with world.browser() as browser:
        headers = {"authorization": "Bearer kindred_x"}
        asked = [await browser.get("/api/queries/nobody/Nothing/v1", headers=headers) for _ in range(2)]
    assert [one.status_code for one in asked] == [401, 429]
