"""Calendars published in batches by a running service: each batch a transaction, which may break off."""

import asyncio
import datetime as dt

from services.scheduling.domain.dates.agreement import Agreement
from services.scheduling.domain.dates.records import AgreementRecord
from shared.events.scheduling import CohortEventScheduled, VisitScheduled
from tests.unit.scheduling import facts
from tests.unit.scheduling.batches import a_move_that_breaks_off_goes_on, every_date_is_published_once
from tests.unit.scheduling.world import START


async def test_every_date_of_a_calendar_published_in_batches_is_told_once(large):
    await every_date_is_published_once(large)


async def test_a_move_that_breaks_off_between_its_parts_goes_on_and_tells_everybody_once(broken_off, large):
    await large.publish()
    await large.until(VisitScheduled, 6)
    await large.until(CohortEventScheduled, 6)
    await a_move_that_breaks_off_goes_on(large, broken_off)


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
