"""Signing in: by code and by link, once, for ten minutes; the same for known and unknown addresses."""

import datetime as dt
import logging
import re

import pytest

from shared.commands.sign_in import ShowSignIn
from shared.errors import Rejected
from shared.events.sign_in import SecondFactorChanged, SignedIn, SignInFailed, SignInLocked
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.signing import ADDRESS, NADIA, appoint, ask, code_now, mails, signed_in
from tests.unit.portal.world import NOW

MINUTE = dt.timedelta(minutes=1)


def told(world, kind):
    return [(one.person_id, getattr(one, "step", "") or getattr(one, "how", "")) for one in world.of(kind)]


async def test_the_first_sign_in_sets_up_an_authenticator(world):
    async with world.browser() as browser:
        home = await signed_in(world, browser)
    assert (home.status_code, read(home).h1) == (200, "Nothing needs you")
    assert "Nadia Rahman" in home.text
    assert told(world, SecondFactorChanged) == [(NADIA, "set-up")]
    assert [(one.person_id, one.by) for one in world.of(SignedIn)] == [(NADIA, "set-up")]


async def test_a_code_alone_opens_nothing(world):
    await appoint(world)
    async with world.browser() as browser:
        page, (mail,) = await ask(world, browser)
        await send(browser, page, {"code": mail.code})
        page = await browser.get("/console")
    assert read(page).h1 == "Set up an authenticator"
    assert world.of(SignedIn) == []


async def test_the_next_sign_in_wants_the_authenticator_and_leads_to_where_one_was_going(world):
    async with world.browser() as browser:
        await signed_in(world, browser)
    world.clock.advance(dt.timedelta(days=1))
    async with world.browser() as browser:
        page = await browser.get("/console?since=monday")
        assert page.url.path == "/sign-in"
        page = await send(browser, page, {"address": ADDRESS.upper()})
        (mail,) = await mails(world)
        page = await send(browser, page, {"code": f" {mail.code[:3]} {mail.code[3:]} "})
        page = await send(browser, page, {"code": await code_now(world)})
    assert str(page.url).endswith("/console?since=monday")


async def test_a_link_does_nothing_until_its_button_is_pressed_and_works_once(world):
    await appoint(world)
    async with world.browser() as asking, world.browser() as elsewhere:
        _, (mail,) = await ask(world, asking)
        for _ in range(3):
            page = await elsewhere.get(mail.path)
        await elsewhere.head(mail.path)
        assert (read(page).h1, page.url.path) == ("Sign in to Kindred", "/sign-in/confirm")
        page = await press(elsewhere, page, "")
        assert page.url.path == "/sign-in/set-up"
        again = await elsewhere.get(mail.path)
    assert (again.status_code, read(again).h1) == (410, "This link no longer signs in")


async def test_a_link_s_token_leaves_the_address_and_stays_out_of_the_log(world, caplog):
    await appoint(world)
    async with world.browser() as browser:
        with caplog.at_level(logging.INFO):
            _, (mail,) = await ask(world, browser)
            answer = await browser.get(mail.path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/confirm")
    assert answer.headers["referrer-policy"] == "no-referrer"
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("kindred")]
    assert [line.rsplit(" ", 1)[0] for line in lines][-1] == "GET /sign-in/l/[token] 303"
    assert not any(mail.path.rpartition("/")[2] in line or mail.code in line for line in lines)


async def test_known_and_unknown_addresses_get_the_same_answers(world):
    await appoint(world)
    seen = []
    for address in (ADDRESS, "somebody@kindred.example"):
        async with world.browser() as browser:
            page, _ = await ask(world, browser, address)
            wrong = [await send(browser, page, {"code": f"{number:06}"}) for number in range(2)]
            texts = [re.sub(r'(value|nonce)="[^"]*"', "", one.text.replace(address, "")) for one in (page, *wrong)]
            seen.append([(one.status_code, text) for one, text in zip((page, *wrong), texts, strict=True)])
    assert seen[0] == seen[1]
    assert told(world, SignInFailed) == [(NADIA, "code"), (NADIA, "code"), ("", "code"), ("", "code")]


async def test_only_who_is_known_is_mailed(world):
    async with world.browser() as browser:
        assert (await ask(world, browser, "somebody@school.example"))[1] == []
        assert len((await ask(world, browser, "per-a-head@example.org"))[1]) == 1


async def test_ten_wrong_codes_lock_codes_for_an_hour_whatever_is_mailed_and_not_the_link(world):
    await appoint(world)
    await appoint(world, "per-two", "Tariq Aziz", "tariq@kindred.example")
    async with world.browser() as browser:
        page, (first,) = await ask(world, browser)
        for number in range(9):
            page = await send(browser, page, {"code": f"{number:06}"})
        assert "1 try is left." in page.text
        page, (mail,) = await ask(world, browser)
        assert mail.code != first.code
        page = await send(browser, page, {"code": "000000"})
        assert "Too many wrong codes." in page.text
        page = await send(browser, page, {"code": mail.code})
        assert (page.status_code, page.url.path) == (422, "/sign-in/code")
        assert [(one.person_id, one.step, one.until, one.tell) for one in world.of(SignInLocked)] == [
            (NADIA, "code", NOW + 60 * MINUTE, (NADIA, "per-two"))
        ]
        page = await press(browser, await browser.get(mail.path), "")
    assert page.url.path == "/sign-in/set-up"


async def test_a_lock_ends_by_itself(world):
    await appoint(world)
    async with world.browser() as browser:
        page, _ = await ask(world, browser)
        for number in range(10):
            page = await send(browser, page, {"code": f"{number:06}"})
        world.clock.advance(60 * MINUTE)
        page, (mail,) = await ask(world, browser)
        page = await send(browser, page, {"code": mail.code})
    assert page.url.path == "/sign-in/set-up"


@pytest.mark.parametrize("minutes", [9, 10])
async def test_codes_and_links_last_ten_minutes(world, minutes):
    await appoint(world)
    async with world.browser() as browser:
        page, (mail,) = await ask(world, browser)
        world.clock.advance(minutes * MINUTE)
        assert (await browser.get(mail.path)).status_code == (200 if minutes == 9 else 410)
        page = await send(browser, page, {"code": mail.code})
    assert page.url.path == ("/sign-in/set-up" if minutes == 9 else "/sign-in/code")
    asked_again = ShowSignIn(attempt_id=mail.path.rpartition("/")[2].partition(".")[0])
    with pytest.raises(Rejected, match="sign-in-over"):
        await world.find(asked_again)


async def test_the_newest_mail_replaces_the_one_before_and_three_are_enough(world):
    await appoint(world)
    async with world.browser() as browser:
        found = []
        for _ in range(5):
            page, more = await ask(world, browser)
            found += more
        assert len(found) == 3
        assert [(await browser.get(one.path)).status_code for one in found] == [410, 410, 200]
        page = await send(browser, await ask_again(browser), {"code": found[1].code})
        assert "This is not the code in the newest mail." in page.text
        page = await send(browser, page, {"code": found[2].code})
    assert page.url.path == "/sign-in/set-up"


async def ask_again(browser):
    return await send(browser, await browser.get("/sign-in"), {"address": ADDRESS})


async def test_a_code_of_the_authenticator_counts_once_and_a_recovery_code_too(world):
    async with world.browser() as browser:
        await appoint(world)
        page, (mail,) = await ask(world, browser)
        page = await send(browser, page, {"code": mail.code})
        shown = await code_now(world)
        kept = re.findall(r"<code>([a-z2-7-]{14})</code>", (await send(browser, page, {"code": shown})).text)
    assert len(set(kept)) == 8
    still = "Code of your authenticator"
    for typed, heading in ((shown, still), (kept[0].upper(), "Nothing needs you"), (kept[0], still)):
        world.clock.advance(11 * MINUTE if typed != shown else dt.timedelta(0))
        async with world.browser() as browser:
            page, (mail,) = await ask(world, browser)
            page = await send(browser, page, {"code": mail.code})
            page = await send(browser, page, {"code": typed})
        assert read(page).h1 == heading
    assert [one.by for one in world.of(SignedIn)] == ["set-up", "recovery-code"]


async def test_ten_wrong_second_codes_end_the_session(world):
    async with world.browser() as browser:
        await signed_in(world, browser)
    async with world.browser() as browser:
        page, (mail,) = await ask(world, browser)
        page = await send(browser, page, {"code": mail.code})
        for _ in range(10):
            page = await send(browser, page, {"code": "123456"})
        assert (page.status_code, "Too many wrong codes" in page.text) == (422, True)
        assert (await browser.get("/sign-in/second")).url.path == "/sign-in"
    assert told(world, SignInLocked) == [(NADIA, "second-factor")]


async def test_forged_forms_are_refused(world):
    await appoint(world)
    async with world.browser() as browser:
        page = await browser.get("/sign-in")
        for drop, headers in ((("csrf",), {}), ((), {"origin": "https://evil.example"}), ((), {"origin": "null"})):
            answer = await send(browser, page, {"address": ADDRESS}, drop=drop, **headers)
            assert answer.status_code == 403
        assert await mails(world) == []
        home = await signed_in(world, browser)
        assert (await press(browser, home, "everywhere", drop=("csrf",))).status_code == 403
        assert (await browser.get("/console")).status_code == 200


async def test_too_many_tries_from_one_network(world):
    async with world.browser() as browser:
        page = await browser.get("/sign-in")
        answers = [await send(browser, page, {"address": f"a{number}@kindred.example"}) for number in range(41)]
        assert [one.status_code for one in answers] == [200] * 40 + [429]
        world.clock.advance(10 * MINUTE)
        assert (await send(browser, page, {"address": ADDRESS})).status_code == 200


@pytest.mark.parametrize("address", ["", "nadia", "@", "a b@c.example", "x" * 250 + "@c.example"])
async def test_what_is_no_address_is_said_at_the_field(world, address):
    async with world.browser() as browser:
        page = await send(browser, await browser.get("/sign-in"), {"address": address})
    assert (page.status_code, "Write your e-mail address" in page.text) == (422, True)
