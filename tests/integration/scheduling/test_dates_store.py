"""Agreed days and calls in MongoDB: what one holds, nobody else gets; on both drivers."""

import datetime as dt

import pytest

from services.scheduling.domain.dates.agreement import Agreement
from services.scheduling.domain.dates.booking import Opening
from services.scheduling.domain.dates.records import AgreementRecord, CallRecord
from services.scheduling.store.agreements import MongoAgreements
from services.scheduling.store.bookings import MongoCalls
from services.scheduling.store.indexes import create_indexes
from shared.errors import Rejected, Retryable

NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
DEADLINE = NOW + dt.timedelta(days=5)
DAYS = (dt.date(2026, 10, 12), dt.date(2026, 10, 14))
ADA, BO, CY = "per-ada", "per-bo", "per-cy"

pytestmark = pytest.mark.parametrize("settings", ["motor", "pymongo"], indirect=True)


@pytest.fixture
async def database(settings, mongo):
    found = mongo.database(f"{settings.database_prefix}scheduling")
    await create_indexes(found)
    return found


@pytest.fixture
def agreements(database):
    return MongoAgreements(database)


@pytest.fixture
def calls(database):
    return MongoCalls(database)


def agreed(name="agr-1", people=(ADA, BO), offers=DAYS, **fields):
    return AgreementRecord.of(name, Agreement(people, offers, DEADLINE, **fields))


def call(name="cal-1", people=(ADA, BO), at=NOW, minutes=30):
    return CallRecord.at(name, people, at, minutes, "Europe/London")


async def test_an_agreement_is_read_as_it_was_saved(agreements):
    record = agreed(replies={ADA: {DAYS[0]: "yes", DAYS[1]: "no"}})
    await agreements.put(record, NOW)
    assert await agreements.agreement("agr-1") == record
    assert record.agreement.replies == {ADA: {DAYS[0]: "yes", DAYS[1]: "no"}}
    with pytest.raises(Rejected, match="unknown-agreement"):
        await agreements.agreement("agr-2")


async def test_offered_days_are_held_for_both_until_the_deadline(agreements):
    await agreements.put(agreed(), NOW)
    before = DEADLINE - dt.timedelta(seconds=1)
    assert await agreements.held([ADA, BO, CY], before) == {ADA: list(DAYS), BO: list(DAYS)}
    assert await agreements.held([ADA, BO, CY], DEADLINE) == {}


async def test_a_settled_day_is_held_for_good_and_the_others_are_free(agreements):
    await agreements.put(agreed(), NOW)
    await agreements.put(agreed(settled=DAYS[1]), NOW)
    for when in (NOW, DEADLINE + dt.timedelta(days=300)):
        assert await agreements.held([ADA], when) == {ADA: [DAYS[1]]}


async def test_no_two_agreements_hold_a_day_for_one_person(agreements):
    await agreements.put(agreed(), NOW)
    with pytest.raises(Retryable):
        await agreements.put(agreed("agr-2", (BO, CY), DAYS[1:]), NOW)
    await agreements.put(agreed("agr-3", (CY, "per-di"), DAYS), NOW)


async def test_lapsed_holds_give_way_to_new_ones(agreements):
    await agreements.put(agreed(), NOW)
    later = AgreementRecord.of("agr-2", Agreement((BO, CY), DAYS, DEADLINE + dt.timedelta(days=9)))
    await agreements.put(later, DEADLINE)
    assert await agreements.held([ADA, BO], DEADLINE) == {BO: list(DAYS)}


async def test_an_erased_person_holds_nothing(agreements):
    await agreements.put(agreed(), NOW)
    await agreements.forget(ADA)
    assert await agreements.held([ADA, BO], NOW) == {BO: list(DAYS)}


async def test_openings_take_the_place_of_those_before(calls):
    first, second = (Opening(day, dt.time(9), dt.time(10, 30)) for day in DAYS)
    await calls.open(ADA, [first, second])
    await calls.open(BO, [first])
    await calls.open(ADA, [second])
    assert await calls.openings([ADA, BO, CY]) == {ADA: (second,), BO: (first,)}
    await calls.open(ADA, [])
    await calls.forget(BO)
    assert await calls.openings([ADA, BO, CY]) == {}


async def test_a_call_takes_its_cells_of_everybody_in_it(calls):
    booked = call()
    await calls.book(booked)
    assert await calls.call("cal-1") == booked
    assert await calls.calls(["cal-1", "cal-nothing"]) == {"cal-1": booked}
    cells = {NOW + dt.timedelta(minutes=5 * n) for n in range(6)}
    assert await calls.taken([ADA, BO, CY], NOW) == {ADA: cells, BO: cells}
    assert await calls.taken([ADA], NOW + dt.timedelta(minutes=20)) == {ADA: {c for c in cells if c.minute >= 20}}
    assert await calls.taken([CY], NOW) == {}


@pytest.mark.parametrize("minutes", [-25, 0, 25])
async def test_a_clash_of_one_cell_of_one_person_is_refused_with_what_to_do(calls, minutes):
    await calls.book(call())
    with pytest.raises(Rejected, match=r"slot-taken: .*Choose another\."):
        await calls.book(call("cal-2", (BO, CY), NOW + dt.timedelta(minutes=minutes)))
    await calls.book(call("cal-3", (CY, "per-di"), NOW + dt.timedelta(minutes=minutes)))


async def test_calls_that_only_touch_do_not_clash(calls):
    await calls.book(call())
    await calls.book(call("cal-2", (BO, CY), NOW + dt.timedelta(minutes=30)))
    await calls.book(call("cal-3", (BO, CY), NOW - dt.timedelta(minutes=30)))
    assert len((await calls.taken([BO], NOW - dt.timedelta(days=1)))[BO]) == 18


async def test_a_cancelled_call_frees_its_time(calls):
    await calls.book(call())
    await calls.cancel(call().model_copy(update={"state": "cancelled", "version": 2}))
    assert await calls.taken([ADA, BO], NOW) == {}
    assert (await calls.call("cal-1")).state == "cancelled"
    await calls.book(call("cal-2"))
