"""Calendars that do not fit into one transaction or message: saved, published and told in batches."""

import asyncio
import datetime as dt

import pytest

from services.scheduling.domain import inviting
from services.scheduling.domain.agreeing import Agreement
from services.scheduling.domain.date_records import AgreementRecord
from services.scheduling.handlers import planning, publishing
from services.scheduling.store.agreements import MongoAgreements
from services.scheduling.store.visits import MongoVisits
from shared.commands.scheduling import CancelCohortEvent, ListVisits, MoveCohortEvent, PublishVisits, ShowCohortEvent
from shared.errors import Rejected
from shared.events.scheduling import (
    CalendarDrafted,
    CalendarPublished,
    CohortEventCancelled,
    CohortEventMoved,
    CohortEventScheduled,
    VisitScheduled,
)
from tests.integration.scheduling import facts
from tests.integration.scheduling.conftest import START


@pytest.fixture
def small_batches(monkeypatch):
    """Two visits a transaction, and events of one group each."""
    monkeypatch.setattr(planning, "AT_ONCE", 2)
    monkeypatch.setattr(publishing, "VISITS_AT_ONCE", 2)
    monkeypatch.setattr(publishing, "PEOPLE_AT_ONCE", 5)
    monkeypatch.setattr(inviting, "MOST", 6)


@pytest.fixture
async def large(small_batches, world):
    """A draft that was saved in batches."""
    await world.tell(*facts.everything())
    await world.until(CalendarDrafted)
    return world


async def test_a_draft_saved_in_batches_is_whole(large):
    (drafted,) = large.of(CalendarDrafted)
    assert (drafted.visits, drafted.events) == (6, 3)
    assert len(await large.visits()) == 6
    assert (await large.calendar()).events == 3


async def test_every_date_of_a_calendar_published_in_batches_is_told_once(large):
    done = await large.publish()
    visits, parts = await large.until(VisitScheduled, 6), await large.until(CohortEventScheduled, 6)
    await large.settled(1.5)
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


async def launch_of(world):
    rows = (await world.client.find(ListVisits(cohort_id=facts.COHORT, drafts=True))).events
    return next(row for row in rows if row.event.activity == "launch")


async def test_all_parts_of_an_event_move_and_end_together(large):
    await large.publish()
    await large.until(VisitScheduled, 6)
    row = await launch_of(large)
    assert row.event.attendees == ()
    shown = await large.client.find(ShowCohortEvent(event_id=row.event.event_id))
    assert len(shown.event.attendees) == 6
    on = row.event.on - dt.timedelta(days=1)
    await large.client.ask(MoveCohortEvent(event_id=row.event.event_id, on=on))
    moved = await large.until(CohortEventMoved, 2)
    assert {each.on for each in moved} == {on}
    assert len({one.person_id for each in moved for one in each.attendees}) == 12
    await large.client.ask(CancelCohortEvent(event_id=row.event.event_id))
    assert len(await large.until(CohortEventCancelled, 2)) == 2
    assert (await large.calendar()).events == 2


async def test_a_draft_that_is_still_being_saved_is_not_published(large):
    found = large.scheduling.database["cohorts"]
    await found.update_one({"_id": facts.COHORT}, {"$set": {"drafting": "another"}})
    with pytest.raises(Rejected, match="draft-under-way"):
        await large.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=1))


async def test_a_day_given_away_while_the_rest_is_told_is_not_given_twice(large, monkeypatch):
    whole, gate = publishing.Publishing.tell, asyncio.Event()

    async def gated(self, work):
        return await whole(self, work) if gate.is_set() else False

    monkeypatch.setattr(publishing.Publishing, "tell", gated)
    await large.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=1))
    last = [row for row in await large.visits() if row.state == "draft"][-1].visit
    person = next(one.person_id for one in last.attendees if one.required)
    held = {"agreement_id": "agr-1", "person_id": person, "on": last.on.isoformat(), "until": None}
    await large.scheduling.database["held_days"].insert_one({"_id": "agr-1", **held})
    gate.set()
    told = await large.until(VisitScheduled, 6)
    (again,) = [each for each in told if each.visit_id == last.visit_id]
    assert again.on != last.on


async def test_a_day_that_is_published_and_offered_at_once_is_given_out_once(drafted):
    """Two transactions of two connections: what one gives out after it has read, the other sees or waits for."""
    database, mongo = drafted.scheduling.database, drafted.scheduling._runtime.mongo
    visits, agreements = MongoVisits(database), MongoAgreements(database)
    record = (await visits.of_cohort(facts.COHORT))[-1]
    person, on, reading = record.visit.attendees[0].person_id, record.visit.on, asyncio.Event()

    async def published():
        await visits.take_days([record])
        taken = await agreements.held([person], START)
        reading.set()
        await asyncio.sleep(0.5)
        if not taken:
            await visits.put([record.model_copy(update={"state": "published"})])

    async def offered(name="agr-1", people=(person, "per-other")):
        if not await visits.elsewhere(people, ""):
            offer = Agreement(people, (on,), START + dt.timedelta(days=2))
            await agreements.put(AgreementRecord.of(name, offer), START)

    await offered("agr-0", ("per-a", "per-b"))  # the collections are there: making one would end the other transaction
    await database["group_turns"].insert_one({"_id": "any"})
    first = asyncio.create_task(mongo.in_transaction(published))
    await reading.wait()
    await mongo.in_transaction(offered)
    await first
    held = await agreements.held([person], START)
    assert ((await visits.visit(record.visit.visit_id)).state == "published") != bool(held)
