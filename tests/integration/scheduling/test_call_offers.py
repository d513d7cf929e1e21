"""People are asked to choose a time for a call: one wins a slot, the other sees the rest."""

import asyncio
import datetime as dt

import pytest

from shared.commands.scheduling_dates import (
    CancelCall,
    OfferCall,
    OpenCalls,
    OpeningLine,
    ShowCallOffer,
    TakeCallSlot,
)
from shared.errors import Rejected, Retryable
from shared.events.programmes import PersonErased
from shared.events.scheduling_dates import CallBooked, CallOffered

ADA, BO, CY = "per-ada", "per-bo", "per-cy"
DAY = dt.date(2026, 10, 23)
NINE = dt.datetime(2026, 10, 23, 8, tzinfo=dt.UTC)
HALF = dt.timedelta(minutes=30)


@pytest.fixture
async def offers(world):
    """Ada can be called from nine to half past ten; Bo and Cy are asked to choose."""
    with pytest.raises(Rejected, match="no-openings"):
        await world.client.ask(OfferCall(host_id=ADA, person_id=BO))
    lines = (OpeningLine(on=DAY, first=dt.time(9), last=dt.time(10, 30)),)
    await world.client.ask(OpenCalls(person_id=ADA, openings=lines))
    return [(await world.client.ask(OfferCall(host_id=ADA, person_id=one))).id for one in (BO, CY)]


async def take(world, offer_id, person, start=NINE):
    while True:
        try:
            return await world.client.ask(TakeCallSlot(offer_id=offer_id, person_id=person, start=start))
        except Retryable as error:
            await asyncio.sleep(error.after or 0.05)
        except Rejected as refusal:
            return refusal


async def starts(world, offer_id):
    shown = await world.client.find(ShowCallOffer(offer_id=offer_id))
    return [row.start for row in shown.slots]


async def test_of_two_who_choose_one_slot_at_once_one_wins_and_the_other_sees_the_rest(world, offers):
    told = await world.until(CallOffered, 2)
    assert {(one.offer_id, one.host_id, one.person_id) for one in told} == {
        (offers[0], ADA, BO), (offers[1], ADA, CY),
    }  # fmt: skip
    assert await starts(world, offers[0]) == [NINE, NINE + HALF, NINE + 2 * HALF]
    answers = await asyncio.gather(take(world, offers[0], BO), take(world, offers[1], CY))
    lost = [number for number, answer in enumerate(answers) if isinstance(answer, Rejected)]
    assert len(lost) == 1
    assert answers[lost[0]].rule == "slot-taken"
    assert await starts(world, offers[lost[0]]) == [NINE + HALF, NINE + 2 * HALF]
    won = await world.client.find(ShowCallOffer(offer_id=offers[1 - lost[0]]))
    assert (won.call.on, won.call.starts, won.call.state, won.slots) == (DAY, dt.time(9), "booked", ())
    assert len(await world.until(CallBooked)) == 1


async def test_one_offer_books_one_call_and_after_its_cancellation_another(world, offers):
    answers = await asyncio.gather(take(world, offers[0], BO), take(world, offers[0], BO, NINE + HALF))
    (refusal,) = [one for one in answers if isinstance(one, Rejected)]
    (done,) = [one for one in answers if not isinstance(one, Rejected)]
    assert refusal.rule == "already-booked"
    await world.client.ask(CancelCall(call_id=done.id))
    shown = await world.client.find(ShowCallOffer(offer_id=offers[0]))
    assert (shown.call.state, shown.total) == ("cancelled", 3)
    assert not isinstance(await take(world, offers[0], BO), Rejected)


async def test_only_who_was_asked_chooses_and_nothing_is_left_of_who_is_erased(world, offers):
    for person in (CY, ADA):
        assert (await take(world, offers[0], person)).rule == "not-invited"
    await world.tell(PersonErased(person_id=BO, version=2, erased_on=DAY))
    async with asyncio.timeout(10):
        while (await take(world, offers[0], CY)).rule != "unknown-offer":
            await world.settled(0.05)


async def test_where_openings_are_withdrawn_the_offer_stays_and_has_no_slots(world, offers):
    await world.client.ask(OpenCalls(person_id=ADA, openings=()))
    shown = await world.client.find(ShowCallOffer(offer_id=offers[0]))
    assert (shown.slots, shown.total, shown.call) == ((), 0, None)
    assert (await take(world, offers[0], BO)).rule == "no-openings"
