"""Calendars in very small batches, on the bus in memory and on the real one alike: fixtures, and what holds on both."""

import asyncio
import datetime as dt

import pytest

from services.scheduling.domain.visits import invitations
from services.scheduling.handlers import cohort_events
from services.scheduling.handlers.workers import planning, publishing
from shared.commands.scheduling import ListVisits, MoveCohortEvent
from shared.events.scheduling import (
    CalendarDrafted,
    CalendarPublished,
    CohortEventMoved,
    CohortEventScheduled,
    VisitScheduled,
)
from tests.unit.scheduling import facts
from tests.waiting import until

__all__ = ["broken_off", "large", "launch_of", "small_batches"]


@pytest.fixture
def small_batches(monkeypatch):
    """Two visits a transaction, and events of one group each."""
    monkeypatch.setattr(planning, "AT_ONCE", 2)
    monkeypatch.setattr(publishing, "VISITS_AT_ONCE", 2)
    monkeypatch.setattr(publishing, "PEOPLE_AT_ONCE", 5)
    monkeypatch.setattr(cohort_events, "PEOPLE_AT_ONCE", 5)
    monkeypatch.setattr(invitations, "MOST", 6)


@pytest.fixture
async def large(small_batches, world):
    """A draft that was saved in batches."""
    await world.tell(*facts.everything())
    await world.until(CalendarDrafted)
    return world


@pytest.fixture
def broken_off(monkeypatch):
    """The task that tells the rest waits for the event returned; then it breaks off once in its transaction."""
    whole, gate, ends = cohort_events.CohortEvents.publish_next, asyncio.Event(), list[int]()

    async def gated(self, work):
        if not gate.is_set():
            return False
        told = await whole(self, work)
        if told and not ends:
            ends.append(len(work.outgoing))
            raise RuntimeError("ends here")
        return told

    monkeypatch.setattr(cohort_events.CohortEvents, "publish_next", gated)
    return gate, ends


async def launch_of(world):
    rows = (await world.client.find(ListVisits(cohort_id=facts.COHORT, drafts=True))).events
    return next(row for row in rows if row.event.activity == "launch")


async def every_date_is_published_once(large):
    """Publish the draft; each date is told once, and each person of an event in one part."""
    done = await large.publish()
    visits, parts = await large.until(VisitScheduled, 6), await large.until(CohortEventScheduled, 6)
    await until(lambda: nothing_left(large), "until the task has published all of the calendar")
    await large.settled()
    assert (len(large.of(VisitScheduled)), len(large.of(CohortEventScheduled))) == (6, 6)
    assert done.sentence == "6 visits and 3 events published, 0 visits changed."
    (calendar,) = large.of(CalendarPublished)
    assert (calendar.visits, calendar.events) == (6, 3)
    assert {visit.version for visit in visits} == {1}
    assert {row.state for row in await large.visits()} == {"published"}
    of_launch = [each for each in parts if each.activity == "launch"]
    assert len({each.on for each in of_launch}) == 1
    invited = [one.person_id for each in of_launch for one in each.attendees]
    assert len(invited) == len(set(invited)) == 12


async def a_move_that_breaks_off_goes_on(large, broken_off):
    """Move the launch of a published calendar; the task fails once between its parts, and everybody is told once."""
    (gate, ends), launch = broken_off, (await launch_of(large)).event
    on = launch.on - dt.timedelta(days=1)
    await large.client.ask(MoveCohortEvent(event_id=launch.event_id, on=on))
    await large.until(CohortEventMoved)
    await large.settled()
    assert [each.event_id for each in large.of(CohortEventMoved)] == [launch.event_id]
    dates = await large.stores.events.dates(facts.COHORT)
    assert [each.on for each in dates if each.key == "launch"] == [on]
    gate.set()
    moved = await large.until(CohortEventMoved, 2)
    await until(lambda: nothing_left(large), "until the task has published every part")
    await large.settled()
    assert large.of(CohortEventMoved) == moved
    assert ends
    assert {(each.on, each.moved_from, each.sequence, each.version) for each in moved} == {(on, launch.on, 1, 2)}
    assert len({one.person_id for each in moved for one in each.attendees}) == 12


async def nothing_left(world):
    """Nothing is left to be published in batches."""
    stores = world.stores
    return await stores.cohorts.publishing() is None and await stores.events.next_decided() is None
