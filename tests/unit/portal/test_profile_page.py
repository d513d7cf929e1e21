"""A school's profile in the browser: changed by its own people, until a day, and with nothing typed lost."""

import datetime as dt

import pytest

from shared.commands.profiles import ChangeProfile, ProfileShown, TopicOffered
from shared.commands.programmes import TopicClaim
from shared.errors import Rejected
from shared.events.base import DateSpan
from tests.unit.portal.driver import read, send
from tests.unit.portal.signing import enter
from tests.unit.portal.world import PROGRAMME

ADDRESS, PAGE = "per-a-head@example.org", f"/me/profile/{PROGRAMME}/sch-a"
SHARES = TopicClaim(topic="phonics", weight=4, evidence="Visitors come to see it.")
WANTS = TopicClaim(topic="writing", weight=5, evidence="Our review said so.")
INSET = DateSpan(first=dt.date(2027, 2, 3), last=dt.date(2027, 2, 4))
SHOWN = ProfileShown(
    programme="Peer visits", urn=107001, school="Hollins Primary School", version=3, open=True,
    until=dt.date(2027, 9, 25),
    topics=tuple(TopicOffered(key=key, title=key.title()) for key in ("phonics", "writing")),
    strengths=(SHARES,), needs=(WANTS,), least_strengths=1, most_strengths=2, least_needs=1, most_needs=2,
    dates_not_possible=(INSET,), farthest_travel_km=40, asks_travel=True, people=("Amara Osei, headteacher",),
)  # fmt: skip


async def page_of(world, browser, found=SHOWN):
    world.owners.finds |= {"ShowProfile": found}
    await enter(world, browser, ADDRESS)
    return await browser.get(PAGE)


def fields(page):
    """What the form holds."""
    return next(one.fields for one in read(page).forms if one.action == PAGE)


async def test_it_says_until_when_and_begins_with_what_is_kept(world):
    async with world.browser() as browser:
        page = await page_of(world, browser)
    assert read(page).h1 == "Hollins Primary School"
    assert "You can change this until <strong>Saturday 25 September 2027</strong>" in page.text
    assert fields(page)["strength-1-topic"] == "phonics"
    assert fields(page)["dates-0-first"] == "2027-02-03"


async def test_what_is_typed_is_sent_as_one_change(world):
    async with world.browser() as browser:
        page = await page_of(world, browser)
        await send(browser, page, {"strength-1-evidence": "Ofsted said so.", "travel": "25 km"})
    assert world.owners.commands == [
        ChangeProfile(
            programme_id=PROGRAMME, urn=107001, person_id="per-a-head", version=3,
            strengths=(SHARES.model_copy(update={"evidence": "Ofsted said so."}),), needs=(WANTS,),
            dates_not_possible=(INSET,), farthest_travel_km=25,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"strength-1-topic": ""}, "Choose the topic of strength 1, or empty its text."),
        ({"need-2-topic": "phonics"}, "Say in a sentence how you know, for need 2."),
        ({"travel": "far"}, "Give the farthest way in kilometres, between 1 and 1,000."),
        ({"dates-0-last": "1/1/2027"}, "The last day lies before the first."),
        ({"strength-1-evidence": "x" * 2001}, "This takes at most 2,000 characters; it has 2,001."),
    ],
)
async def test_a_mistake_is_named_and_nothing_is_lost(world, typed, said):
    async with world.browser() as browser:
        page = await page_of(world, browser)
        answer = await send(browser, page, typed)
    assert answer.status_code == 422
    assert said in read(answer).text
    assert {name: fields(answer)[name] for name in typed} == typed
    assert world.owners.commands == []


async def test_after_enrolment_has_closed_only_days_are_sent(world):
    async with world.browser() as browser:
        page = await page_of(world, browser, SHOWN.model_copy(update={"open": False}))
        assert "Enrolment has closed" in page.text
        await send(browser, page, {"dates-0-last": ""})
    (sent,) = world.owners.commands
    assert (sent.strengths, sent.needs, sent.farthest_travel_km) == (None, None, None)
    assert sent.dates_not_possible == (DateSpan(first=INSET.first, last=INSET.first),)


async def test_what_somebody_changed_meanwhile_stands_beside_what_was_typed(world):
    async with world.browser() as browser:
        page = await page_of(world, browser)
        world.owners.fails = Rejected("changed-meanwhile", "Somebody of your school has changed this meanwhile.")
        world.owners.finds |= {"ShowProfile": SHOWN.model_copy(update={"version": 4, "strengths": (WANTS,)})}
        answer = await send(browser, page, {"strength-1-evidence": "Mine."})
        assert "This is what stands now" in answer.text
        assert fields(answer)["strength-1-evidence"] == "Mine."
        world.owners.fails = None
        await send(browser, answer, {})
    assert world.owners.commands[0].version == 4


async def test_who_has_no_part_in_the_school_finds_nothing(world):
    def unknown(_query):
        raise Rejected("unknown-school", "There is no such school.")

    async with world.browser() as browser:
        page = await page_of(world, browser, unknown)
    assert page.status_code == 404


async def test_the_school_s_page_leads_there(world):
    async with world.browser() as browser:
        await page_of(world, browser)
        page = await browser.get("/me/schools")
    assert PAGE in page.text
    assert "profile (until 25 September 2027)" in page.text
