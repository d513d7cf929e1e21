"""Agreed days and calls: what one holds, nobody else gets."""

import datetime as dt

import pytest

from services.scheduling.domain.dates.agreement import Agreement
from services.scheduling.domain.dates.booking import Opening
from services.scheduling.domain.dates.records import AgreementRecord, CallOfferRecord, CallRecord
from services.scheduling.ports.stores import Stores
from shared.errors import Rejected, Retryable
from tests.unit.scheduling.ports.records import ADA, BO, CY, NOW

DEADLINE = NOW + dt.timedelta(days=5)
DAYS = (dt.date(2026, 10, 12), dt.date(2026, 10, 14))


def agreed(name="agr-1", people=(ADA, BO), offers=DAYS, **fields):
    return AgreementRecord.of(name, Agreement(people, offers, DEADLINE, **fields))


def call(name="cal-1", people=(ADA, BO), at=NOW, minutes=30):
    return CallRecord.at(name, people, at, minutes, "Europe/London")


class AgreementsContract:
    async def test_an_agreement_is_read_as_it_was_saved(self, stores: Stores):
        record = agreed(replies={ADA: {DAYS[0]: "yes", DAYS[1]: "no"}})
        await stores.agreements.put(record, NOW)
        assert await stores.agreements.agreement("agr-1") == record
        assert record.agreement.replies == {ADA: {DAYS[0]: "yes", DAYS[1]: "no"}}
        with pytest.raises(Rejected, match="unknown-agreement"):
            await stores.agreements.agreement("agr-2")

    async def test_offered_days_are_held_for_both_until_the_deadline(self, stores: Stores):
        await stores.agreements.put(agreed(), NOW)
        before = DEADLINE - dt.timedelta(seconds=1)
        assert await stores.agreements.held([ADA, BO, CY], before) == {ADA: list(DAYS), BO: list(DAYS)}
        assert await stores.agreements.held([ADA, BO, CY], DEADLINE) == {}

    async def test_a_settled_day_is_held_for_good_and_the_others_are_free(self, stores: Stores):
        await stores.agreements.put(agreed(), NOW)
        await stores.agreements.put(agreed(settled=DAYS[1]), NOW)
        for when in (NOW, DEADLINE + dt.timedelta(days=300)):
            assert await stores.agreements.held([ADA], when) == {ADA: [DAYS[1]]}

    async def test_no_two_agreements_hold_a_day_for_one_person(self, stores: Stores):
        await stores.agreements.put(agreed(), NOW)
        with pytest.raises(Retryable):
            await stores.agreements.put(agreed("agr-2", (BO, CY), DAYS[1:]), NOW)
        await stores.agreements.put(agreed("agr-3", (CY, "per-di"), DAYS), NOW)

    async def test_lapsed_holds_give_way_to_new_ones(self, stores: Stores):
        await stores.agreements.put(agreed(), NOW)
        later = AgreementRecord.of("agr-2", Agreement((BO, CY), DAYS, DEADLINE + dt.timedelta(days=9)))
        await stores.agreements.put(later, DEADLINE)
        assert await stores.agreements.held([ADA, BO], DEADLINE) == {BO: list(DAYS)}

    async def test_an_erased_person_holds_nothing(self, stores: Stores):
        await stores.agreements.put(agreed(), NOW)
        await stores.agreements.forget(ADA)
        assert await stores.agreements.held([ADA, BO], NOW) == {BO: list(DAYS)}

    async def test_agreements_come_with_the_latest_days_first(self, stores: Stores):
        later = tuple(day + dt.timedelta(days=7) for day in DAYS)
        early, late = agreed("agr-2", (ADA, BO)), agreed("agr-3", (BO, CY), later)
        for record in (early, late):
            await stores.agreements.put(record, NOW)
        assert [each async for each in stores.agreements.of(BO)] == [late, early]
        assert [each async for each in stores.agreements.of(ADA)] == [early]
        assert [each async for each in stores.agreements.of("")] == [late, early]

    async def test_of_who_is_forgotten_no_note_is_kept(self, stores: Stores):
        record = agreed(notes={ADA: "Mornings only.", BO: "Any."})
        await stores.agreements.put(record, NOW)
        await stores.agreements.forget(ADA)
        assert (await stores.agreements.agreement("agr-1")).agreement.notes == {BO: "Any."}


class CallsContract:
    async def test_openings_take_the_place_of_those_before(self, stores: Stores):
        first, second = (Opening(day, dt.time(9), dt.time(10, 30)) for day in DAYS)
        await stores.openings.put(ADA, [first, second])
        await stores.openings.put(BO, [first])
        await stores.openings.put(ADA, [second])
        assert await stores.openings.openings([ADA, BO, CY]) == {ADA: (second,), BO: (first,)}
        await stores.openings.put(ADA, [])
        await stores.openings.forget(BO)
        assert await stores.openings.openings([ADA, BO, CY]) == {}

    async def test_a_call_takes_its_cells_of_everybody_in_it(self, stores: Stores):
        booked = call()
        await stores.calls.book(booked)
        assert await stores.calls.call("cal-1") == booked
        assert await stores.calls.named(["cal-1", "cal-nothing"]) == {"cal-1": booked}
        cells = {NOW + dt.timedelta(minutes=5 * n) for n in range(6)}
        assert await stores.calls.taken([ADA, BO, CY], NOW) == {ADA: cells, BO: cells}
        assert await stores.calls.taken([ADA], NOW + dt.timedelta(minutes=20)) == {
            ADA: {c for c in cells if c.minute >= 20}
        }
        assert await stores.calls.taken([CY], NOW) == {}

    @pytest.mark.parametrize("minutes", [-25, 0, 25])
    async def test_a_clash_of_one_cell_of_one_person_is_refused_with_what_to_do(self, stores: Stores, minutes):
        await stores.calls.book(call())
        with pytest.raises(Rejected, match=r"slot-taken: .*Choose another\."):
            await stores.calls.book(call("cal-2", (BO, CY), NOW + dt.timedelta(minutes=minutes)))
        await stores.calls.book(call("cal-3", (CY, "per-di"), NOW + dt.timedelta(minutes=minutes)))

    async def test_calls_that_only_touch_do_not_clash(self, stores: Stores):
        await stores.calls.book(call())
        await stores.calls.book(call("cal-2", (BO, CY), NOW + dt.timedelta(minutes=30)))
        await stores.calls.book(call("cal-3", (BO, CY), NOW - dt.timedelta(minutes=30)))
        assert len((await stores.calls.taken([BO], NOW - dt.timedelta(days=1)))[BO]) == 18

    async def test_a_cancelled_call_frees_its_time(self, stores: Stores):
        await stores.calls.book(call())
        await stores.calls.cancel(call().model_copy(update={"state": "cancelled", "version": 2}))
        assert await stores.calls.taken([ADA, BO], NOW) == {}
        assert (await stores.calls.call("cal-1")).state == "cancelled"
        await stores.calls.book(call("cal-2"))

    async def test_calls_come_with_the_latest_first(self, stores: Stores):
        first, second = call(), call("cal-2", (BO, CY), NOW + dt.timedelta(days=1))
        third = call("cal-3", (ADA, CY), NOW + dt.timedelta(hours=2))
        for each in (first, second, third):
            await stores.calls.book(each)
        assert [each.call_id async for each in stores.calls.of("")] == ["cal-2", "cal-3", "cal-1"]
        assert [each.call_id async for each in stores.calls.of(ADA)] == ["cal-3", "cal-1"]
        with pytest.raises(Rejected, match="unknown-call"):
            await stores.calls.call("cal-9")

    async def test_offers_of_calls_come_with_the_latest_first_until_somebody_is_forgotten(self, stores: Stores):
        offers = [
            CallOfferRecord(offer_id=f"off-{n}", host_id=host, person_id=person, minutes=30, asked_at=at)
            for n, (host, person, at) in enumerate(((ADA, BO, NOW), (ADA, CY, DEADLINE), (BO, CY, None)))
        ]
        for each in offers:
            await stores.call_offers.put(each)
        found = stores.call_offers
        assert await found.offer("off-1") == offers[1]
        assert [each async for each in found.of("")] == [offers[1], offers[0], offers[2]]
        assert [each async for each in found.of(BO)] == [offers[0], offers[2]]
        await found.forget(BO)
        assert [each async for each in found.of("")] == [offers[1]]
        with pytest.raises(Rejected, match="unknown-offer"):
            await found.offer("off-0")
