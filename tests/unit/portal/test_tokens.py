"""Tokens of the API: made in the console, shown once, kept as a hash, revoked, and worth what their person is."""

import datetime as dt
import re

import pytest

from services.portal.domain.tokens import MOST_TOKENS, PREFIX, Wanted
from shared.commands.scopes import EVERYTHING, SCOPES, allows
from shared.commands.tokens import ListTokens, RevokeToken
from shared.errors import Rejected
from shared.events.people import ContactCard
from shared.events.tokens import TokenMade, TokenRevoked
from tests.unit.portal.driver import read, send
from tests.unit.portal.signing import ADDRESS, NADIA, appoint, code_now
from tests.unit.portal.world import NOW, PROGRAMME

WANTED = Wanted("Timetable", ("schools:read",), 30)
FIELDS = {"name": "Timetable of the trust", "scope-dates": "read", "scope-schools": "change", "days": "90"}


async def press(browser, page, values, form=1):
    found = read(page).forms[form]
    origin = f"{page.url.scheme}://{page.url.netloc.decode()}"
    return await browser.post(str(page.url), data={**found.fields, **values}, headers={"origin": origin})


def shown(page):
    return re.search(rf"<code[^>]*>({PREFIX}[^<]+)</code>", page.text)


async def test_a_token_is_made_shown_once_and_works(world, desk):
    page = await press(desk, await desk.get("/console/tokens/new"), FIELDS)
    text = shown(page)[1]
    assert "Calendars, visits and other dates: see" in page.text
    assert "Schools, people and who takes part: see and change" in page.text
    assert "In all programmes" in page.text
    bearer = await world.tokens.behind(text)
    assert (bearer.account.person_id, bearer.token.scopes) == (NADIA, ("schools:change", "dates:read"))
    (made,) = world.of(TokenMade)
    assert (made.person_id, made.scopes, made.expires) == (
        NADIA, ("schools:change", "dates:read"), NOW + dt.timedelta(days=90),
    )  # fmt: skip
    assert made.programme_ids == ()
    listed = await desk.get("/console/tokens")
    assert "Timetable of the trust" in listed.text
    assert text not in listed.text
    assert text not in repr(world.collections.kept)


async def test_a_double_press_makes_one_token_and_shows_it_no_second_time(world, desk):
    page = await desk.get("/console/tokens/new")
    await press(desk, page, FIELDS)
    again = await press(desk, page, FIELDS)
    assert (shown(again), "was made a moment ago" in again.text) == (None, True)
    assert len(world.of(TokenMade)) == 1


async def test_a_token_of_one_programme(world, desk):
    page = await press(desk, await desk.get("/console/tokens/new"), {**FIELDS, "programme": PROGRAMME})
    assert (await world.tokens.behind(shown(page)[1])).token.programme_ids == (PROGRAMME,)
    assert "In Yorkshire peer visits 2026/27 only" in page.text
    other = await press(desk, await desk.get("/console/tokens/new"), {**FIELDS, "programme": "prg-x"})
    assert other.status_code == 404


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"name": " "}, "name", "Give it a name"),
        ({"scope-dates": "", "scope-schools": ""}, "scopes", "Choose at least one thing"),
        ({"scope-dates": "", "scope-schools": "all"}, "scopes", "Choose at least one thing"),
        ({"days": "4000"}, "days", "Choose how long it lasts"),
    ],
)
async def test_what_is_missing_is_said_at_its_field(world, desk, values, field, said):
    page = await press(desk, await desk.get("/console/tokens/new"), {**FIELDS, **values})
    assert (page.status_code, said in page.text, f'href="#{field}"' in page.text) == (422, True, True)
    assert world.of(TokenMade) == []


async def test_making_one_asks_for_the_second_factor_again_after_half_an_hour(world, desk):
    page = await desk.get("/console/tokens/new")
    world.clock.advance(dt.timedelta(minutes=31))
    assert (await press(desk, page, FIELDS)).status_code == 403
    again = await desk.get("/console/tokens/new")
    page = await send(desk, again, {"code": await code_now(world)})
    assert page.url.path == "/console/tokens/new"


async def test_a_token_is_revoked_by_any_coordinator(world, desk):
    made = await world.tokens.make("per-other", WANTED, "once")
    page = await desk.get("/console/tokens")
    page = await press(desk, page, {"token": made.token.token_id})
    assert "“Timetable” opens nothing any more." in page.text
    assert await world.tokens.behind(made.text) is None
    (revoked,) = world.of(TokenRevoked)
    assert (revoked.token_id, revoked.person_id, revoked.by) == (made.token.token_id, "per-other", NADIA)
    assert (
        await press(desk, page, {"token": "tok-x", "csrf": read(page).forms[0].fields["csrf"]}, 0)
    ).status_code == 404


async def test_the_machine_lists_and_revokes(world):
    await appoint(world)
    made = await world.tokens.make(NADIA, WANTED, "once")
    await world.tokens.make("per-other", WANTED, "once")
    (row,) = (await world.find(ListTokens(person_id=NADIA))).tokens
    assert (row.person, row.name, row.scopes, row.state, row.used) == (
        "Nadia Rahman", "Timetable", ("schools:read",), "good", None,
    )  # fmt: skip
    for _ in range(2):
        done = await world.carry_out(RevokeToken(token_id=made.token.token_id), world.work)
        assert done.sentence == "“Timetable” opens nothing any more."
    assert len(world.of(TokenRevoked)) <= 1
    assert {row.state for row in (await world.find(ListTokens())).tokens} == {"good", "revoked"}
    with pytest.raises(Rejected) as refused:
        await world.carry_out(RevokeToken(token_id="tok-x"), world.work)
    assert refused.value.rule == "unknown-token"


async def test_a_token_runs_out_and_its_use_is_noted(world):
    await appoint(world)
    made = await world.tokens.make(NADIA, WANTED, "once")
    world.clock.advance(dt.timedelta(days=29))
    assert (await world.tokens.behind(made.text)).account.name == "Nadia Rahman"
    (kept,) = await world.tokens.listed(NADIA)
    assert kept.used == NOW + dt.timedelta(days=29)
    world.clock.advance(dt.timedelta(days=1))
    assert await world.tokens.behind(made.text) is None
    assert kept.state(world.clock.now()) == "over"


async def test_what_is_no_token_opens_nothing(world):
    await appoint(world)
    made = await world.tokens.make(NADIA, WANTED, "once")
    for text in ("", PREFIX, made.token.key, made.token.token_id, made.text.removeprefix(PREFIX), f"{made.text}x"):
        assert await world.tokens.behind(text) is None


async def test_whoever_may_not_sign_in_any_more_has_no_token_left(world):
    await appoint(world)
    made = await world.tokens.make(NADIA, WANTED, "once")
    await world.handle(ContactCard(person_id=NADIA, version=3, name="Nadia Rahman", email=ADDRESS))
    assert await world.tokens.behind(made.text) is None
    await appoint(world, version=4)
    assert await world.tokens.behind(made.text) is None


async def test_nobody_has_more_tokens_than_they_can_look_after(world):
    for number in range(MOST_TOKENS):
        await world.tokens.make(NADIA, WANTED, str(number))
    with pytest.raises(Rejected) as refused:
        await world.tokens.make(NADIA, WANTED, "one more")
    assert refused.value.rule == "too-many-tokens"
    await world.tokens.revoke((await world.tokens.listed())[0].token_id, NADIA)
    await world.tokens.make(NADIA, WANTED, "one more")


def test_who_may_change_may_see_and_nothing_else():
    assert allows(("dates:change",), "dates:read")
    assert not allows(("dates:read",), "dates:change")
    assert not allows(("dates:change",), "mails:read")
    assert all(allows((EVERYTHING,), scope) for scope in SCOPES)
    assert "audit:change" not in SCOPES
