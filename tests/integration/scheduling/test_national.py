"""Calendars published in batches by a running service: each batch a transaction, which may break off."""

import asyncio
import datetime as dt

import pytest

from services.scheduling.domain.dates.agreement import Agreement
from services.scheduling.domain.dates.records import AgreementRecord
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
from tests.unit.scheduling.world import START
from tests.waiting import until


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


async def test_every_date_of_a_calendar_published_in_batches_is_told_once(large):
    done = await large.publish()
    visits, parts = await large.until(VisitScheduled, 6), await large.until(CohortEventScheduled, 6)
    await until(lambda: nothing_left(large), "until the task has told all of the calendar")
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


async def nothing_left(world):
    """Nothing is left to be told in batches."""
    stores = world.stores
    return await stores.cohorts.publishing() is None and await stores.events.next_decided() is None


async def launch_of(world):
    rows = (await world.client.find(ListVisits(cohort_id=facts.COHORT, drafts=True))).events
    return next(row for row in rows if row.event.activity == "launch")


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


async def test_a_move_that_breaks_off_between_its_parts_goes_on_and_tells_everybody_once(broken_off, large):
    await large.publish()
    await large.until(VisitScheduled, 6)
    await large.until(CohortEventScheduled, 6)
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
    await until(lambda: nothing_left(large), "until the task has told every part")
    await large.settled()
    assert large.of(CohortEventMoved) == moved
    assert ends
    assert {(each.on, each.moved_from, each.sequence, each.version) for each in moved} == {(on, launch.on, 1, 2)}
    assert len({one.person_id for each in moved for one in each.attendees}) == 12


async def test_a_day_that_is_published_and_offered_at_once_is_given_out_once(drafted):
    """Two transactions of two connections: what one gives out after it has read, the other sees or waits for."""
    stores, mongo = drafted.stores, drafted.scheduling._runtime.mongo
    record = (await stores.visits.of_cohort(facts.COHORT))[-1]
    person, on = record.visit.attendees[0].person_id, record.visit.on
    reading, tried = asyncio.Event(), asyncio.Event()

    async def published():
        await stores.engagements.take_days([record])
        taken = await stores.agreements.held([person], START)
        reading.set()
        await tried.wait()
        if not taken:
            await stores.visits.put([record.model_copy(update={"state": "published"})])

    async def offered(name="agr-1", people=(person, "per-other")):
        try:
            if not await stores.engagements.elsewhere(people, ""):
                offer = Agreement(people, (on,), START + dt.timedelta(days=2))
                await stores.agreements.put(AgreementRecord.of(name, offer), START)
        finally:
            tried.set()

    await offered("agr-0", ("per-a", "per-b"))  # the collections are there: making one would end the other transaction
    await drafted.scheduling.database["group_turns"].insert_one({"_id": "any"})
    tried.clear()
    first = asyncio.create_task(mongo.in_transaction(published))
    await reading.wait()
    await mongo.in_transaction(offered)
    await first
    held = await stores.agreements.held([person], START)
    assert ((await stores.visits.visit(record.visit.visit_id)).state == "published") != bool(held)
