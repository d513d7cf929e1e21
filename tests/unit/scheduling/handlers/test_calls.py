"""Calls through the service: opened hours become slots, a slot is booked once and free again when it is cancelled."""

import datetime as dt

import pytest

from shared.commands.open_calls import GiveUpCall, ShowCall
from shared.commands.scheduling_dates import BookCall, CancelCall, OpenCalls, OpeningLine, ShowCallSlots
from shared.errors import Rejected
from shared.events.scheduling_dates import CallBooked, CallCancelled
from tests.unit.scheduling.world import START

ADA, BO, CY = "per-ada", "per-bo", "per-cy"
FRIDAY, MONDAY = dt.date(2026, 10, 23), dt.date(2026, 10, 26)  # the clocks change in between
NINE = {FRIDAY: dt.datetime(2026, 10, 23, 8, tzinfo=dt.UTC), MONDAY: dt.datetime(2026, 10, 26, 9, tzinfo=dt.UTC)}


async def opened(world, person, *lines):
    openings = tuple(OpeningLine(on=on, first=first, last=last) for on, first, last in lines)
    return await world.client.ask(OpenCalls(person_id=person, openings=openings))


async def slots(world, *people, minutes=30, limit=100):
    return await world.client.find(ShowCallSlots(person_ids=people, minutes=minutes, limit=limit))


def booked(*people, at=NINE[FRIDAY], minutes=30):
    return BookCall(person_ids=people, start=at, minutes=minutes)


@pytest.fixture
async def hours(world):
    """Ada can be called from nine to ten on both sides of the clock change."""
    await opened(world, ADA, *((day, dt.time(9), dt.time(10)) for day in (FRIDAY, MONDAY)))
    return world


async def test_nine_oclock_is_nine_oclock_on_both_sides_of_the_clock_change(hours):
    found = await slots(hours, ADA, minutes=60)
    assert [(row.on, row.starts, row.start) for row in found.slots] == [
        (FRIDAY, dt.time(9), NINE[FRIDAY]), (MONDAY, dt.time(9), NINE[MONDAY]),
    ]  # fmt: skip
    for row in found.slots:
        done = await hours.client.ask(booked(ADA, BO, at=row.start, minutes=60))
        assert done.sentence.endswith(f"{row.on.day} October 2026, 9:00, 60 minutes.")
    told = await hours.until(CallBooked, 2)
    assert [(call.on, call.starts, call.timezone) for call in told] == [
        (FRIDAY, dt.time(9), "Europe/London"), (MONDAY, dt.time(9), "Europe/London"),
    ]  # fmt: skip


async def test_a_booked_slot_is_gone_for_both_and_cancelling_brings_it_back(hours):
    done = await hours.client.ask(booked(ADA, BO), key="k-1")
    assert await hours.client.ask(booked(ADA, BO), key="k-1") == done
    assert (await slots(hours, ADA)).total == 3
    with pytest.raises(Rejected, match="slot-taken"):
        await hours.client.ask(booked(ADA, CY))
    cancelled = await hours.client.ask(CancelCall(call_id=done.id))
    assert cancelled.version == 2
    assert (await slots(hours, ADA)).total == 4
    await hours.client.ask(booked(ADA, CY))
    with pytest.raises(Rejected, match="already-over"):
        await hours.client.ask(CancelCall(call_id=done.id))
    (told,) = await hours.until(CallCancelled)
    assert (told.call_id, told.person_ids, told.version) == (done.id, (ADA, BO), 2)


async def test_people_who_both_have_hours_are_called_where_these_meet(hours):
    await opened(hours, BO, (FRIDAY, dt.time(9, 30), dt.time(12)))
    assert [row.start for row in (await slots(hours, ADA, BO)).slots] == [NINE[FRIDAY] + dt.timedelta(minutes=30)]
    with pytest.raises(Rejected, match="not-open"):
        await hours.client.ask(booked(ADA, BO))
    await hours.client.ask(booked(ADA, BO, at=NINE[FRIDAY] + dt.timedelta(minutes=30)))


async def test_slots_that_have_begun_are_not_shown_and_a_call_under_way_is_not_cancelled(hours):
    done = await hours.client.ask(booked(ADA, BO))
    await hours.to(NINE[FRIDAY] + dt.timedelta(minutes=10))
    assert [row.start.minute for row in (await slots(hours, ADA)).slots] == [30, 0, 30]
    with pytest.raises(Rejected, match="already-over"):
        await hours.client.ask(CancelCall(call_id=done.id))


async def test_only_so_many_slots_are_shown_as_were_asked_for(hours):
    found = await slots(hours, ADA, minutes=5, limit=3)
    assert (found.total, len(found.slots)) == (24, 3)


async def test_what_makes_no_sense_is_refused_with_its_rule(hours):
    refused = {
        "two-people": booked(ADA, ADA),
        "too-late": booked(ADA, BO, at=START - dt.timedelta(days=1)),
        "five-minutes": booked(ADA, BO, at=NINE[FRIDAY] + dt.timedelta(minutes=3)),
        "not-open": booked(ADA, BO, at=NINE[FRIDAY] + dt.timedelta(minutes=45)),
        "no-openings": booked(BO, CY),
    }
    for rule, command in refused.items():
        with pytest.raises(Rejected, match=rule):
            await hours.client.ask(command)
    with pytest.raises(Rejected, match="ends-before-it-begins"):
        await opened(hours, BO, (FRIDAY, dt.time(10), dt.time(9)))
    with pytest.raises(Rejected, match="five-minutes"):
        await opened(hours, BO, (FRIDAY, dt.time(9, 2), dt.time(10)))
    for year in (2025, 9999):
        with pytest.raises(Rejected, match="other-year"):
            await opened(hours, BO, (FRIDAY.replace(year=year), dt.time(9), dt.time(10)))
    with pytest.raises(Rejected, match="unknown-call"):
        await hours.client.ask(CancelCall(call_id="cal-nothing"))


async def test_only_who_is_in_a_call_sees_it_and_gives_it_up(hours):
    done = await hours.client.ask(booked(ADA, BO))
    with pytest.raises(Rejected, match="not-invited"):
        await hours.client.ask(GiveUpCall(call_id=done.id, person_id=CY))
    with pytest.raises(Rejected, match="not-invited"):
        await hours.client.find(ShowCall(call_id=done.id, person_id=CY))
    shown = await hours.client.find(ShowCall(call_id=done.id, person_id=BO))
    assert (shown.state, shown.chooser_id) == ("booked", "")
    await hours.client.ask(GiveUpCall(call_id=done.id, person_id=BO))
    assert (await hours.client.find(ShowCall(call_id=done.id, person_id=ADA))).state == "cancelled"
    with pytest.raises(Rejected, match="already-over"):
        await hours.client.ask(GiveUpCall(call_id=done.id, person_id=ADA))
