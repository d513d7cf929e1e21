"""What is asked over all programmes: what needs the coordinator, as home shows it; and the dates that a feed has."""

import datetime as dt

from services.portal.pages.console.needs import NeedQueries
from services.portal.pages.me.feed import DateQueries
from shared.commands.own import ListDates, ListNeeds
from shared.errors import Retryable
from tests.unit.portal.driver import read
from tests.unit.portal.test_feed import events, subscribed
from tests.unit.portal.world import PROGRAMME, VISIT


async def needs(world, programme_id=""):
    return await NeedQueries(world.owners, world.stores.read.whole).list(ListNeeds(programme_id=programme_id))


async def test_one_query_says_what_home_shows_in_the_same_order(world, desk):
    found = await needs(world)
    page = read(await desk.get("/console"))
    said = " ".join(page.text.split())
    places = [said.index(one.sentence) for one in found.needs]
    assert len(places) == 5
    assert places == sorted(places)
    assert [one.path for one in found.needs if one.programme_id] == [
        f"/console/programmes/{PROGRAMME}/groups",
        f"/console/programmes/{PROGRAMME}/tasks?state=missed",
    ]
    assert found.silent == ()


async def test_of_one_programme_only_its_own_are_listed(world, desk):
    assert desk
    found = await needs(world, PROGRAMME)
    assert {one.programme_id for one in found.needs} == {PROGRAMME}
    assert (await needs(world, "prg-x")).needs == ()


async def test_who_does_not_answer_is_named_and_the_rest_is_listed(world, desk):
    assert desk

    def silent(_query):
        raise Retryable("Nobody answered.")

    world.owners.finds["ListMails"] = silent
    found = await needs(world)
    assert found.silent == ("notifications",)
    assert "1 reply waits for you." in [one.sentence for one in found.needs]


async def test_the_query_of_somebody_s_dates_says_what_their_feed_has(world):
    async with world.browser() as browser, world.browser() as calendar:
        feed = events(await calendar.get(await subscribed(world, browser)))
    ask = DateQueries(lambda: world.portal).list
    found = await ask(ListDates(person_id="per-b-head"))
    assert {one.key for one in found.dates} == feed.keys()
    assert [one.on for one in found.dates] == sorted(one.on for one in found.dates)
    assert {one.key: one.title for one in found.dates} == {key: str(one["summary"]) for key, one in feed.items()}
    visit = next(one for one in found.dates if one.key == VISIT)
    assert (visit.on, visit.starts, visit.timezone) == (dt.date(2027, 5, 13), dt.time(9), "Europe/London")
    assert (await ask(ListDates(person_id="per-x"))).dates == ()
