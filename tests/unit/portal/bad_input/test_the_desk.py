"""What goes wrong at a coordinator's desk: a session that ends while they type, a megabyte, scanners, a forged host."""

import copy

import pytest

from services.portal.domain.sign_in.sessions import IDLE
from services.portal.pages.sign_in.said import OVER
from tests.unit.portal.console import MAIL, REPLY
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.signing import appoint, ask
from tests.unit.portal.test_console import HOME
from tests.unit.portal.test_console import press as pressed
from tests.unit.portal.test_who_may import address, routes
from tests.unit.portal.world import VISIT

REASON = "She rang: the hall is flooded, and they cannot host before <June>. " * 30


def kept_of(world):
    """What is kept; not when a session was last used."""
    return {name: rows for name, rows in world.collections.kept.items() if rows and name != "sessions"}


async def test_a_page_of_typing_comes_back_when_the_session_has_ended(world, desk):
    page = await desk.get(f"{HOME}/schools/107000")
    world.clock.advance(IDLE)
    late = await pressed(desk, page, {"do": "withdraw", "reason": REASON})
    assert (late.status_code, read(late).h1) == (403, "You are signed out")
    assert REASON.strip() in read(late).text
    assert world.owners.commands == []


async def test_a_megabyte_is_taken_by_no_act_and_is_said_to_be_too_long(world, desk):
    for path in (f"{HOME}/schools/107000", f"/console/replies/{REPLY}", f"{HOME}/participation"):
        page = await desk.get(path)
        answer = await pressed(desk, page, {"do": "withdraw", "reason": "x" * 1_000_000, "name": "y" * 900_000})
        assert answer.status_code in {404, 413, 422}, path
    assert world.owners.commands == []


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_whatever_opens_every_page_of_a_session_does_nothing(world, desk, method):
    before = copy.deepcopy(kept_of(world))
    for route in routes(world):
        if route.path.startswith(("/console", "/me")) and "GET" in route.methods:
            answer = await desk.request(method, f"{address(route.path)}?do=publish&answer=yes")
            assert answer.status_code < 500, route.path
    assert kept_of(world) == before
    assert world.owners.commands == []


async def test_whose_mail_a_scanner_has_pressed_is_told_to_ask_for_another(world):
    await appoint(world)
    async with world.browser() as person, world.browser() as scanner:
        page, (mail,) = await ask(world, person)
        await press(scanner, await scanner.get(mail.path), "")
        late = await send(person, page, {"code": mail.code})
        assert (late.status_code, OVER in read(late).text) == (422, True)
        page, (mail,) = await ask(world, person)
        assert (await send(person, page, {"code": mail.code})).url.path == "/sign-in/set-up"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:8080.evil.example", "[::1", "a b", ""])
async def test_a_forged_host_names_nothing_at_the_desk(world, desk, host):
    for path in ("/console", f"/console/mails/{MAIL}", f"{HOME}/schools", "/me/todo"):
        page = await desk.get(path, headers={"host": host})
        assert page.status_code < 500, path
        assert "evil.example" not in page.text


async def test_a_link_that_was_forwarded_opens_what_it_is_for_and_nothing_more(world):
    async with world.browser() as owner, world.browser() as friend:
        token = await world.issue("answer")
        page = await owner.get(f"/l/{token}")
        theirs = await friend.get(f"/l/{token}")
        root = theirs.url.path.rpartition("/")[0]
        for other in ("my-visits", f"survey/{VISIT}"):
            assert (await friend.get(f"{root}/{other}")).status_code == 404
        assert (await friend.get("/me/todo")).url.path == "/sign-in"
        await press(owner, page, "accepted")
        await press(friend, theirs, "declined")
    answers = [(one.person_id, one.answer) for one in world.owners.commands]
    assert answers == [("per-b-head", "accepted"), ("per-b-head", "declined")]


async def test_a_link_without_its_page_s_form_is_replayed_in_vain(world):
    async with world.browser() as owner, world.browser() as other:
        page = await owner.get(f"/l/{await world.issue('answer')}")
        fields = {**read(page).forms[0].fields, "do": "accepted"}
        answer = await other.post(page.url.path, data=fields, headers={"origin": world.public})
    assert (answer.status_code, world.owners.commands) == (403, [])
