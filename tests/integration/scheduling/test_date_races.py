"""Two scheduling services give out the same time at once: one asker gets it, and no cell and no day is given twice."""

import asyncio
import datetime as dt
from collections import Counter

import pytest

from services.scheduling.app import build
from shared.commands.scheduling_dates import (
    AnswerDates,
    BookCall,
    DayLine,
    OfferCall,
    OfferDates,
    OpenCalls,
    OpeningLine,
    ShowAgreement,
    ShowCallOffer,
    TakeCallSlot,
    WithdrawDates,
)
from shared.errors import Rejected, Retryable
from shared.events.scheduling_dates import CallBooked, DatesAgreed
from tests.unit.scheduling.world import START
from tests.waiting import until

ADA = "per-ada"
DAY = dt.date(2026, 10, 23)
NINE = dt.datetime(2026, 10, 23, 8, tzinfo=dt.UTC)
DEADLINE = START + dt.timedelta(days=5)
ASKERS = 40


@pytest.fixture
async def two(world, settings, running):
    """A second service with connections of its own beside the first; commands go to either."""
    other = build(settings.model_copy(update={"clock": "adjustable"}))
    other._runtime.clock = world.clock
    await running(other)
    lines = (OpeningLine(on=DAY, first=dt.time(9), last=dt.time(12)),)
    await world.client.ask(OpenCalls(person_id=ADA, openings=lines))
    world.both = (world.scheduling, other)
    return world


async def at_once(world, commands):
    """What each was answered with: `Done` or the error; who is told to try again does so."""

    async def ask(command):
        async def answer():
            try:
                return [await world.client.ask(command)]
            except Retryable:
                return []
            except Rejected as refusal:
                return [refusal]

        (final,) = await until(answer, "until a command is carried out or refused")
        return final

    return await asyncio.gather(*map(ask, commands))


def won(answers):
    return [answer for answer in answers if not isinstance(answer, Rejected)]


def rules(answers):
    return Counter(answer.rule for answer in answers if isinstance(answer, Rejected))


async def cells(world):
    found = await world.scheduling.database["call_cells"].find().to_list()
    return Counter((row["person_id"], row["cell"]) for row in found)


def calls(*minutes_after_nine):
    return [
        BookCall(person_ids=(ADA, f"per-{number}"), start=NINE + dt.timedelta(minutes=minutes), minutes=30)
        for number, minutes in enumerate(minutes_after_nine)
    ]


async def test_of_forty_who_want_one_slot_exactly_one_gets_it(two):
    answers = await at_once(two, calls(*[0] * ASKERS))
    assert len(won(answers)) == 1
    assert rules(answers) == {"slot-taken": ASKERS - 1}
    taken = await cells(two)
    assert (len(taken), set(taken.values())) == (12, {1})


async def test_of_forty_who_overlap_exactly_one_gets_its_time(two):
    answers = await at_once(two, calls(*(5 * (number % 6) for number in range(ASKERS))))
    assert len(won(answers)) == 1
    assert rules(answers) == {"slot-taken": ASKERS - 1}
    taken = await cells(two)
    assert (len(taken), set(taken.values())) == (12, {1})


async def test_of_forty_over_two_hours_those_who_win_do_not_overlap(two):
    answers = await at_once(two, calls(*(15 * (number % 7) for number in range(ASKERS))))
    taken = await cells(two)
    assert set(taken.values()) == {1}
    assert len(taken) == 12 * len(won(answers))
    assert 2 <= len(won(answers)) <= 4
    assert await two.scheduling.database["calls"].count({"state": "booked"}) == len(won(answers))


async def test_both_services_take_part_in_the_race(two, monkeypatch):
    asked = [0, 0]
    for number, service in enumerate(two.both):
        plain = service._runtime.mongo.in_transaction

        async def counted(work, number=number, plain=plain):
            asked[number] += 1
            return await plain(work)

        monkeypatch.setattr(service._runtime.mongo, "in_transaction", counted)
    await at_once(two, calls(*[0] * ASKERS))
    assert min(asked) > 0


async def test_agreements_that_are_made_at_once_settle_different_days_for_one_person(two):
    others = [f"per-{number}" for number in range(8)]
    friday = DAY + dt.timedelta(days=7)
    asked = [OfferDates(person_ids=(ADA, other), earliest=DAY, latest=friday, deadline=DEADLINE) for other in others]
    answers = await at_once(two, asked)
    shown = [await two.client.find(ShowAgreement(agreement_id=done.id)) for done in won(answers)]
    offered = [day for one in shown for day in one.offers]
    assert len(offered) == len(set(offered)) == 6
    assert rules(answers) == {"no-common-day": len(others) - len(shown)}
    said = [
        AnswerDates(
            agreement_id=one.agreement_id,
            person_id=person,
            lines=tuple(DayLine(on=day, answer="yes") for day in one.offers),
        )
        for one in shown
        for person in one.person_ids
    ]
    assert len(won(await at_once(two, said))) == len(said)
    settled = [(await two.client.find(ShowAgreement(agreement_id=one.agreement_id))).settled for one in shown]
    assert None not in settled
    assert len(set(settled)) == len(settled) == len(shown)
    told = await two.until(DatesAgreed, len(shown))
    assert sorted(agreed.on for agreed in told) == sorted(settled)
    held = await two.scheduling.database["held_days"].find({"person_id": ADA}).to_list()
    assert sorted(row["on"] for row in held) == sorted(day.isoformat() for day in settled)


async def test_a_day_that_is_offered_and_called_at_once_is_given_out_once(two):
    for number in range(8):
        day, start = DAY, NINE + dt.timedelta(minutes=5)
        people = ADA, f"per-{number}"
        both = [
            OfferDates(person_ids=people, earliest=day, latest=day, deadline=DEADLINE),
            BookCall(person_ids=people, start=start, minutes=5),
        ]
        answers = await at_once(two, both if number % 2 else both[::-1])
        assert len(won(answers)) == 1
        assert set(rules(answers)) <= {"no-common-day", "day-taken"}
        for name in ("held_days", "call_cells", "calls", "agreements"):
            await two.scheduling.database[name].delete_many({})


async def test_of_two_answers_at_once_neither_is_lost_and_the_day_is_settled_once(two):
    bo = "per-bo"
    for number in range(6):
        day = DAY + dt.timedelta(days=number + 10)
        while day.weekday() > 4:
            day += dt.timedelta(days=1)
        offer = OfferDates(person_ids=(ADA, bo), earliest=day, latest=day, deadline=DEADLINE)
        agreement_id = (await two.client.ask(offer)).id
        line = (DayLine(on=day, answer="yes"),)
        said = [AnswerDates(agreement_id=agreement_id, person_id=one, lines=line, note=one) for one in (ADA, bo)]
        assert len(won(await at_once(two, said))) == 2
        shown = await two.client.find(ShowAgreement(agreement_id=agreement_id))
        assert (shown.state, shown.settled, shown.version) == ("settled", day, 2)
        assert {row.note for row in shown.notes} == {ADA, bo}
        assert len(await two.until(DatesAgreed, number + 1)) == number + 1
        await two.client.ask(WithdrawDates(agreement_id=agreement_id))


async def slots_of(world, offer_id):
    return [row.start for row in (await world.client.find(ShowCallOffer(offer_id=offer_id))).slots]


async def test_of_two_who_choose_one_slot_at_once_one_wins_and_the_other_sees_the_rest(two):
    half, people = dt.timedelta(minutes=30), ("per-bo", "per-cy")
    offers = [(await two.client.ask(OfferCall(host_id=ADA, person_id=one))).id for one in people]
    wanted = [TakeCallSlot(offer_id=name, person_id=one, start=NINE) for name, one in zip(offers, people, strict=True)]
    answers = await at_once(two, wanted)
    assert rules(answers) == {"slot-taken": 1}
    lost = next(number for number, answer in enumerate(answers) if isinstance(answer, Rejected))
    assert await slots_of(two, offers[lost]) == [NINE + number * half for number in range(1, 6)]
    won = await two.client.find(ShowCallOffer(offer_id=offers[1 - lost]))
    assert (won.call.on, won.call.starts, won.call.state, won.slots) == (DAY, dt.time(9), "booked", ())
    assert len(await two.until(CallBooked)) == 1


async def test_one_offer_books_one_call_whatever_is_chosen_at_once(two):
    offer = (await two.client.ask(OfferCall(host_id=ADA, person_id="per-bo"))).id
    times = (NINE, NINE + dt.timedelta(minutes=30))
    answers = await at_once(two, [TakeCallSlot(offer_id=offer, person_id="per-bo", start=time) for time in times])
    assert (len(won(answers)), rules(answers)) == (1, {"already-booked": 1})
