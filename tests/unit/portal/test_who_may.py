"""Who may: every route of the application as nobody, by a school's link, without a second factor, and forged."""

import re

import pytest
from starlette.routing import Route

from services.portal.pages.console.routes import ACT, CONSOLE
from tests.unit.portal import console
from tests.unit.portal.driver import read, send
from tests.unit.portal.signing import appoint, ask, signed_in
from tests.unit.portal.world import PROGRAMME

OPEN_TO_ALL = {
    "/", "/accessibility", "/privacy", "/robots.txt", "/sign-in", "/sign-in/code", "/sign-in/l/{token}",
    "/sign-in/confirm", "/l/{token:path}", "/offline-worker.js", "/brochures", "/brochures/{address}",
    "/brochures/{address}/brochure.pdf",
}  # fmt: skip
"""What anybody may open; it shows nothing of anybody."""
SIGNED_IN = {"/sign-in/second", "/sign-in/set-up", "/sign-out"}
IDS = {
    "reply_id": console.REPLY, "mail_id": console.MAIL, "programme_id": PROGRAMME, "token": "x", "token:path": "x",
    "ref": "0123456789abcdef", "target_id": "vis-a", "entry_id": "ent-a",
    "import_id": console.IMPORT, "urn": "107000", "format": "pdf",
}  # fmt: skip


def routes(world):
    return [route for route in world.app.routes if isinstance(route, Route)]


def address(path):
    return re.sub(r"\{([^}]*)\}", lambda name: IDS.get(name[1], "x"), path)


def rooms(path):
    return path.startswith("/console")


async def test_the_console_is_all_of_the_console(world):
    assert {route.path for route in routes(world) if rooms(route.path)} == {path for path, *_ in CONSOLE}


async def test_nobody_sees_anything_of_anybody(world):
    console.filled(world)
    seen = {}
    async with world.browser() as browser:
        for route in routes(world):
            for method in sorted(route.methods - {"HEAD"}):
                headers = {"origin": world.public}
                answer = await browser.request(method, address(route.path), headers=headers, follow_redirects=False)
                seen[method, route.path] = answer.status_code
    shown = {path for (method, path), status in seen.items() if method == "GET" and status == 200}
    assert shown <= OPEN_TO_ALL
    assert {status for (_, path), status in seen.items() if rooms(path) or path in SIGNED_IN} == {303, 403}
    assert {status for (method, path), status in seen.items() if method == "POST" and rooms(path)} == {403}
    assert world.owners.commands == []


@pytest.mark.parametrize("who", ["a school's link", "no second factor"])
async def test_the_console_is_closed_to_whoever_is_no_coordinator_all_the_way(world, who):
    console.filled(world)
    async with world.browser() as browser:
        if who == "a school's link":
            await browser.get(f"/l/{await world.issue('answer')}")
        else:
            await appoint(world)
            page, (mail,) = await ask(world, browser)
            await send(browser, page, {"code": mail.code})
        world.owners.found.clear()
        for path, _, methods in CONSOLE:
            for method in methods:
                headers = {"origin": world.public}
                answer = await browser.request(method, address(path), headers=headers, follow_redirects=False)
                assert answer.status_code == (403 if method == "POST" else 303), (method, path)
    assert (world.owners.commands, world.owners.found) == ([], [])


@pytest.mark.parametrize("forged", ["no token", "another's token", "no origin", "another's origin"])
async def test_no_act_without_the_page_s_own_token_and_origin(world, forged):
    async with world.browser() as browser:
        home = await signed_in(world, browser)
        console.filled(world)
        token = read(home).forms[0].fields["csrf"]
        fields = {"csrf": {"no token": "", "another's token": token[::-1]}.get(forged, token), "do": "done"}
        origins = {"no origin": {}, "another's origin": {"origin": "https://evil.example"}}
        headers = origins.get(forged, {"origin": world.public})
        for path, _ in ACT:
            answer = await browser.post(address(path), data=fields, headers=headers)
            assert answer.status_code == 403, path
        assert (await browser.post("/sign-out", data=fields, headers=headers)).status_code == 403
    assert world.owners.commands == []


async def test_a_coordinator_s_session_opens_no_page_of_a_link(world):
    async with world.browser() as browser:
        await signed_in(world, browser)
        statuses = set()
        for route in routes(world):
            if route.path.startswith("/p/") and "GET" in route.methods:
                statuses.add((await browser.get(address(route.path))).status_code)
    assert statuses <= {403, 404}
