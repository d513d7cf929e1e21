"""People are asked to choose a time for a call: one wins a slot, the other sees the rest."""

import datetime as dt
from collections import Counter

import pytest

from shared.commands.scheduling_dates import (
    BookCall,
    CancelCall,
    ListCallOffers,
    OfferCall,
    OpenCalls,
    OpeningLine,
    ShowCallOffer,
    TakeCallSlot,
)
from shared.errors import Rejected
from shared.events.programmes import PersonErased
from shared.events.scheduling_dates import CallBooked, CallCancelled, CallOffered

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
    found = []
    for one in (BO, CY):
        world.clock.advance(dt.timedelta(seconds=1))
        found.append((await world.client.ask(OfferCall(host_id=ADA, person_id=one))).id)
    return found


async def take(world, offer_id, person, start=NINE):
    try:
        return await world.client.ask(TakeCallSlot(offer_id=offer_id, person_id=person, start=start))
    except Rejected as refusal:
        return refusal


async def starts(world, offer_id):
    shown = await world.client.find(ShowCallOffer(offer_id=offer_id))
    return [row.start for row in shown.slots]


async def test_of_two_who_choose_one_slot_the_first_wins_and_the_other_sees_the_rest(world, offers):
    told = await world.until(CallOffered, 2)
    assert {(one.offer_id, one.host_id, one.person_id) for one in told} == {
        (offers[0], ADA, BO), (offers[1], ADA, CY),
    }  # fmt: skip
    assert await starts(world, offers[0]) == [NINE, NINE + HALF, NINE + 2 * HALF]
    answers = [await take(world, offers[0], BO), await take(world, offers[1], CY)]
    assert [getattr(each, "rule", "") for each in answers] == ["", "slot-taken"]
    assert await starts(world, offers[1]) == [NINE + HALF, NINE + 2 * HALF]
    won = await world.client.find(ShowCallOffer(offer_id=offers[0]))
    assert (won.call.on, won.call.starts, won.call.state, won.slots) == (DAY, dt.time(9), "booked", ())
    assert len(await world.until(CallBooked)) == 1


async def test_one_offer_books_one_call_and_after_its_cancellation_another(world, offers):
    answers = [await take(world, offers[0], BO), await take(world, offers[0], BO, NINE + HALF)]
    (refusal,) = [one for one in answers if isinstance(one, Rejected)]
    (done,) = [one for one in answers if not isinstance(one, Rejected)]
    assert refusal.rule == "already-booked"
    await world.client.ask(CancelCall(call_id=done.id))
    told = [*await world.until(CallBooked), *await world.until(CallCancelled)]
    assert [(one.call_id, one.offer_id) for one in told] == [(done.id, offers[0])] * 2
    shown = await world.client.find(ShowCallOffer(offer_id=offers[0]))
    assert (shown.call.state, shown.total) == ("cancelled", 3)
    assert not isinstance(await take(world, offers[0], BO), Rejected)


async def test_only_who_was_asked_chooses_and_nothing_is_left_of_who_is_erased(world, offers):
    for person in (CY, ADA):
        assert (await take(world, offers[0], person)).rule == "not-invited"
    await world.tell(PersonErased(person_id=BO, version=2, erased_on=DAY))
    assert (await take(world, offers[0], CY)).rule == "unknown-offer"


async def test_nobody_is_asked_any_more_for_a_call_with_who_is_erased(world, offers):
    assert (await world.client.find(ListCallOffers())).total == len(offers)
    await world.tell(PersonErased(person_id=ADA, version=2, erased_on=DAY))
    assert (await world.client.find(ListCallOffers())).total == 0


async def test_where_openings_are_withdrawn_the_offer_stays_and_has_no_slots(world, offers):
    await world.client.ask(OpenCalls(person_id=ADA, openings=()))
    shown = await world.client.find(ShowCallOffer(offer_id=offers[0]))
    assert (shown.slots, shown.total, shown.call) == ((), 0, None)
    assert (await take(world, offers[0], BO)).rule == "no-openings"


async def listed(world, **where):
    found = await world.client.find(ListCallOffers(**where))
    return found.total, [(row.offer_id, row.state, row.total) for row in found.offers]


async def test_invitations_are_listed_with_who_has_chosen_and_until_when_the_others_can(world, offers):
    of_bo, of_cy = offers
    booked = await take(world, of_bo, BO)
    assert await listed(world) == (2, [(of_cy, "open", 2), (of_bo, "booked", 0)])
    waiting, chosen = (await world.client.find(ListCallOffers())).offers
    assert (waiting.host_id, waiting.person_id, waiting.minutes, waiting.call) == (ADA, CY, 30, None)
    assert (waiting.until.starts, waiting.until.start) == (dt.time(10), NINE + 2 * HALF)
    assert (chosen.call.call_id, chosen.call.starts, chosen.until) == (booked.id, dt.time(9), None)
    assert chosen.asked_at < waiting.asked_at
    assert await listed(world, state="open") == (1, [(of_cy, "open", 2)])
    assert await listed(world, person_id=BO) == (1, [(of_bo, "booked", 0)])
    assert await listed(world, person_id=ADA, limit=1, offset=1) == (2, [(of_bo, "booked", 0)])
    await world.client.ask(CancelCall(call_id=booked.id))
    assert await listed(world, person_id=BO) == (1, [(of_bo, "open", 3)])
    await take(world, of_bo, BO)
    await world.to(NINE + HALF)
    assert await listed(world, person_id=BO) == (1, [(of_bo, "over", 0)])
    await world.to(NINE + 3 * HALF)
    assert await listed(world, state="open") == (1, [(of_cy, "open", 0)])


async def test_a_call_that_nobody_chose_from_an_invitation_leaves_it_open(world, offers):
    await world.client.ask(BookCall(person_ids=(ADA, BO), start=NINE))
    (told,) = await world.until(CallBooked)
    assert told.offer_id is None
    assert await listed(world, person_id=BO) == (1, [(offers[0], "open", 2)])


async def test_a_page_of_invitations_is_read_at_once_however_many_there_are(world, offers, monkeypatch):
    for number in range(8):
        await world.client.ask(OfferCall(host_id=ADA, person_id=f"per-{number}", minutes=30))
    await take(world, offers[0], BO)
    reads = Counter[str]()

    def counted(store, name):
        read = getattr(store, name)

        def reading(*given):
            reads[name] += 1
            return read(*given)

        monkeypatch.setattr(store, name, reading)

    stores = world.stores
    for store, names in ((stores.openings, ["openings"]), (stores.calls, ["taken", "call", "named"])):
        for name in names:
            counted(store, name)
    counted(stores.call_offers, "of")
    assert (await listed(world))[0] == 10
    assert reads == {"openings": 1, "taken": 1, "named": 1, "of": 1}
