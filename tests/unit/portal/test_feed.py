"""My dates as a calendar to subscribe to: secret, up to date, and stopped when its person says so."""

import datetime as dt
import logging
import re

import pytest
from icalendar import Calendar

from shared.commands.portal import RevokeLinks
from shared.events import agreed_visits
from shared.events.scheduling import InvitationAnswered, VisitCancelled
from tests.unit.portal.driver import press
from tests.unit.portal.signing import enter
from tests.unit.portal.world import EVENT, PAST, PEOPLE, PROGRAMME, VISIT

ADDRESS = "per-b-head@example.org"


async def subscribed(world, browser):
    """Make a feed; its path."""
    await enter(world, browser, ADDRESS)
    page = await press(browser, await browser.get("/me/my-visits"), "anew")
    (address,) = re.findall(r'value="(http[^"]+\.ics)"', page.text)
    return address.removeprefix(world.public)


def events(answer):
    return {str(one["uid"]).partition(".")[0]: one for one in Calendar.from_ical(answer.content).walk("VEVENT")}


async def test_a_calendar_reads_all_dates_without_signing_in(world):
    async with world.browser() as browser, world.browser() as calendar:
        answer = await calendar.get(await subscribed(world, browser))
    found = events(answer)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert {VISIT, PAST, EVENT} <= found.keys()
    visit = found[VISIT]
    assert visit["dtstart"].dt == dt.datetime(2027, 5, 13, 8, tzinfo=dt.UTC)  # 9:00 in summer
    assert (str(visit["summary"]), str(visit["status"])) == ("Visit to Hollins Primary School", "TENTATIVE")
    assert str(visit["location"]) == "Sheffield, S6 4AB"


async def test_what_has_not_changed_is_not_sent_again(world):
    async with world.browser() as browser, world.browser() as calendar:
        path = await subscribed(world, browser)
        first = await calendar.get(path)
        world.clock.advance(dt.timedelta(hours=4))
        same = await calendar.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")
        said = InvitationAnswered(
            version=1, target_id=VISIT, target_kind="visit", person_id="per-b-head", answer="accepted", sequence=0,
            via="page", programme_id=PROGRAMME,
        )  # fmt: skip
        await world.handle(said)
        changed = await calendar.get(path, headers={"if-none-match": first.headers["etag"]})
    assert changed.status_code == 200
    assert str(events(changed)[VISIT]["status"]) == "CONFIRMED"


async def test_a_cancelled_visit_leaves_the_calendar(world):
    async with world.browser() as browser:
        path = await subscribed(world, browser)
        visit = world.visit_of(VISIT, dt.date(2027, 5, 13), "sch-a")
        await world.handle(VisitCancelled(version=2, why="weather", **visit.model_dump()))
        assert VISIT not in events(await browser.get(path))


def agreed(cls, version, **fields):
    """A visit of the second school's head to the first school, on a day that both agreed."""
    people = [{"person_id": f"per-{one}-head", "role": "headteacher", "school_id": f"sch-{one}"} for one in "ab"]
    given = {
        "version": version, "visit_id": "agv-1", "arrangement_id": "arr-1", "programme_id": PROGRAMME,
        "activity": "exchange", "kind": "agreed-visit", "match_id": "mat-1", "person_id": "per-b-head",
        "school_id": "sch-b", "host_school_id": "sch-a", "number": 1, "on": dt.date(2027, 5, 20),
        "starts": dt.time(9), "ends": dt.time(15), "timezone": "Europe/London", "attendees": people,
    }  # fmt: skip
    return cls.model_validate({**given, **fields})


async def test_a_visit_whose_day_was_agreed_is_in_the_calendar_until_it_is_cancelled(world):
    async with world.browser() as browser:
        path = await subscribed(world, browser)
        await world.handle(agreed(agreed_visits.AgreedVisitScheduled, 1))
        moved = {"on": dt.date(2027, 5, 27), "moved_from": dt.date(2027, 5, 20), "sequence": 1}
        await world.handle(agreed(agreed_visits.AgreedVisitMoved, 2, **moved))
        await world.handle(agreed(agreed_visits.AgreedVisitScheduled, 1))  # told twice, and too late
        visit = events(await browser.get(path))["agv-1"]
        assert visit["dtstart"].dt == dt.datetime(2027, 5, 27, 8, tzinfo=dt.UTC)  # 9:00 in summer
        assert str(visit["location"]) == "Hollins Primary School, Sheffield, S6 4AB"
        assert (str(visit["status"]), str(visit["description"])) == ("CONFIRMED", f"With {PEOPLE['per-a-head']}")
        assert "Thursday 27 May 2027" in (await browser.get("/me/my-visits")).text
        left = {**moved, "attendees": agreed(agreed_visits.AgreedVisitScheduled, 1).attendees[:1]}
        left.pop("moved_from")
        await world.handle(agreed(agreed_visits.AgreedVisitChanged, 3, left=("per-b-head",), **left))
        assert "agv-1" not in events(await browser.get(path))
        await world.handle(agreed(agreed_visits.AgreedVisitChanged, 4, joined=("per-b-head",)))
        assert "agv-1" in events(await browser.get(path))
        await world.handle(agreed(agreed_visits.AgreedVisitCancelled, 5, why="coordinator"))
        assert "agv-1" not in events(await browser.get(path))


@pytest.mark.parametrize("how", ["anew", "stop", "revoked"])
async def test_an_address_that_was_replaced_stopped_or_revoked_opens_nothing(world, how):
    async with world.browser() as browser:
        path = await subscribed(world, browser)
        if how == "revoked":
            await world.ask(RevokeLinks(person_id="per-b-head"))
        else:
            await press(browser, await browser.get("/me/my-visits"), how)
        assert (await browser.get(path)).status_code == 404
        assert (await browser.get("/me/my-visits")).text.count(".ics") == (1 if how == "anew" else 0)


async def test_a_feed_s_address_cannot_be_guessed_and_stays_out_of_the_log(world, caplog):
    async with world.browser() as browser:
        path = await subscribed(world, browser)
        feed_id = path.removeprefix("/feed/").partition(".")[0]
        for forged in (f"/feed/{feed_id}.ics", f"/feed/{feed_id}.{'A' * 32}.ics", "/feed/x.ics"):
            assert (await browser.get(forged)).status_code == 404
        with caplog.at_level(logging.INFO):
            await browser.get(path)
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("kindred")]
    assert lines[-1].startswith("GET /feed/[token] 200")


async def test_only_forms_of_our_own_pages_change_a_feed(world):
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        for fields in ({"do": "anew"}, {"do": "anew", "csrf": "x"}):
            assert (await browser.post("/me/feed", data=fields, headers={"origin": world.public})).status_code == 403
    assert world.collections.all("feeds") == []
