"""Stopping mails that are not essential, from the page and by a mail program's own button, and having them again."""

import pytest

from shared.errors import Retryable
from tests.unit.portal.driver import read, send
from tests.unit.portal.world import PURPOSES

BUTTON = {"List-Unsubscribe": "One-Click"}


async def opened(world, browser, purpose):
    return await browser.get(f"/l/{await world.issue(purpose)}")


def wishes(world):
    return [command.essential_only for command in world.owners.commands]


async def test_stopping_mails_and_having_them_again(world):
    async with world.browser() as browser:
        page = await opened(world, browser, "unsubscribe")
        for button in ("stop", "resume"):
            await send(browser, page, {"do": button})
        nothing = await send(browser, page, {"do": "save"})
    assert wishes(world) == [True, False]
    assert nothing.status_code == 422


async def test_a_mail_programs_own_button_stops_mails_every_time_it_is_pressed(world):
    token = await world.issue("unsubscribe")
    async with world.browser() as browser:
        pressed = [(await browser.post(f"/l/{token}", data=BUTTON)).status_code for _ in range(2)]
        await send(browser, await browser.get(f"/l/{token}"), {"do": "resume"})
        pressed.append((await browser.post(f"/l/{token}", data=BUTTON)).status_code)
        again = await send(browser, await browser.get(f"/l/{token}"), {"do": "resume"})
    assert pressed == [202, 202, 202]
    assert wishes(world) == [True, True, False, True, False]
    assert read(again).h1 == "All mails"


async def test_the_button_needs_no_cookie_origin_or_redirect_and_may_send_its_form_in_parts(world):
    token = await world.issue("unsubscribe")
    async with world.browser() as browser:
        answer = await browser.post(
            f"/l/{token}", files={"List-Unsubscribe": (None, "One-Click")}, follow_redirects=False
        )
    assert (answer.status_code, answer.text, answer.headers.get("set-cookie")) == (202, "", None)
    assert wishes(world) == [True]


@pytest.mark.parametrize("purpose", [one for one in PURPOSES if one != "unsubscribe"])
async def test_the_button_does_nothing_on_a_link_of_another_purpose(world, purpose):
    async with world.browser() as browser:
        answer = await browser.post(f"/l/{await world.issue(purpose)}", data=BUTTON)
    assert (answer.status_code, wishes(world)) == (404, [])


async def test_the_button_does_nothing_without_its_field_or_a_known_link(world):
    token = await world.issue("unsubscribe")
    async with world.browser() as browser:
        statuses = [
            (await browser.post(f"/l/{token}", data={})).status_code,
            (await browser.post(f"/l/{token}", data={"List-Unsubscribe": "Yes"})).status_code,
            (await browser.post("/l/unknown", data=BUTTON)).status_code,
        ]
    assert (statuses, wishes(world)) == ([404, 404, 404], [])


async def test_a_mail_program_may_try_again_when_nobody_answers(world):
    token = await world.issue("unsubscribe")
    world.owners.fails = Retryable("asleep")
    async with world.browser() as browser:
        assert (await browser.post(f"/l/{token}", data=BUTTON)).status_code == 503
        world.owners.fails = None
        assert (await browser.post(f"/l/{token}", data=BUTTON)).status_code == 202
    assert wishes(world) == [True]
