"""People propose days, choose from them, say that none suits, or enter what they have agreed by phone."""

import datetime as dt

import pytest

from shared.commands.agreed_visits import AgreeDays, DeclineDays, ListDays, NeedDays, ShowDays
from shared.errors import Rejected
from shared.events import agreed_visits as told
from tests.unit.scheduling.agreed import exchange
from tests.unit.scheduling.agreed.exchange import (
    HOST,
    MATCH,
    MEETING,
    PROGRAMME,
    VISIT,
    VISITOR,
    agree,
    head,
    lead,
    propose,
    shown,
)

FIRST, SECOND, THIRD, FOURTH = (dt.date(2027, 1, day) for day in (12, 19, 26, 28))
BANK_HOLIDAY, SATURDAY, HALF_TERM = dt.date(2027, 3, 29), dt.date(2027, 1, 16), dt.date(2027, 2, 17)


async def test_days_are_asked_for_once_somebody_is_placed(world):
    (asked,) = world.of(told.DaysAsked)
    assert (asked.match_id, asked.activity, asked.needed) == (MATCH, VISIT, 3)
    assert asked.person_ids == (VISITOR, lead(HOST))
    assert (asked.first, asked.last) == (dt.date(2026, 12, 1), dt.date(2027, 5, 28))
    assert not asked.asked, "the template's task asks"


async def test_only_days_on_which_the_host_is_open_are_free(world):
    free = (await shown(world, VISITOR)).free
    assert FIRST in free
    assert not {BANK_HOLIDAY, SATURDAY, HALF_TERM}.intersection(free)
    assert dt.date(2026, 12, 1) not in free
    for day, rule in ((BANK_HOLIDAY, "no-school-day"), (dt.date(2026, 12, 1), "too-late")):
        with pytest.raises(Rejected, match=rule):
            await propose(world, VISITOR, FIRST, day)


async def test_what_one_proposes_the_other_chooses_from(world):
    await propose(world, VISITOR, FIRST, SECOND, THIRD, FOURTH)
    (proposed,) = world.of(told.DaysProposed)
    assert proposed.waiting_for == (lead(HOST),)
    seen = await shown(world, lead(HOST))
    assert seen.common == (FIRST, SECOND, THIRD, FOURTH)
    assert (await shown(world, VISITOR)).common == ()
    done = await agree(world, lead(HOST), FIRST, SECOND, THIRD)
    assert done.sentence.startswith("Agreed: Tuesday 12 January 2027")
    visits = world.of(told.AgreedVisitScheduled)
    assert [(one.number, one.on, one.doings) for one in visits] == [
        (1, FIRST, exchange.DOINGS), (2, SECOND, exchange.DOINGS), (3, THIRD, exchange.DOINGS)
    ]  # fmt: skip
    assert len({one.visit_id for one in visits}) == 3
    assert {one.person_id for one in visits[0].attendees} == {VISITOR, lead(HOST)}
    assert len(world.of(told.DaysSettled)) == 1
    assert (await shown(world)).state == "agreed"


async def test_only_days_that_suit_the_other_can_be_agreed(world):
    await propose(world, VISITOR, FIRST)
    with pytest.raises(Rejected, match="does-not-suit"):
        await agree(world, lead(HOST), SECOND)
    with pytest.raises(Rejected, match="not-invited"):
        await agree(world, lead("sch-3"), FIRST)
    with pytest.raises(Rejected, match="does-not-suit"):
        await agree(world, VISITOR, FIRST)


async def test_a_stranger_says_nothing_about_the_days(world):
    stranger, about = lead("sch-3"), {"match_id": MATCH, "activity": VISIT, "person_id": lead("sch-3")}
    with pytest.raises(Rejected, match="not-invited"):
        await propose(world, stranger, FIRST)
    for command in (DeclineDays(**about, words="No."), AgreeDays(**about, days=exchange.chosen(FIRST), outside=True)):
        with pytest.raises(Rejected, match="not-invited"):
            await world.client.ask(command)
    found = await shown(world)
    assert (found.visits, found.declined, {day for party in found.parties for day in party.days}) == ((), (), set())


async def test_each_day_has_hours_the_right_way_round_and_something_to_do(world):
    await propose(world, VISITOR, FIRST)
    with pytest.raises(Rejected, match="hours"):
        await agree(world, lead(HOST), FIRST, starts=dt.time(15), ends=dt.time(9))
    for doings, rule in (((), "no-doing"), (("gossip",), "unknown-doing")):
        days = exchange.chosen(FIRST, doings=doings)
        command = AgreeDays(match_id=MATCH, activity=VISIT, person_id=lead(HOST), days=days)
        with pytest.raises(Rejected, match=rule):
            await world.client.ask(command)


async def test_two_who_have_spoken_by_phone_enter_their_day(world):
    with pytest.raises(Rejected, match="does-not-suit"):
        await agree(world, VISITOR, FIRST)
    await agree(world, VISITOR, FIRST, outside=True)
    (visit,) = world.of(told.AgreedVisitScheduled)
    assert (visit.on, visit.by) == (FIRST, VISITOR)
    with pytest.raises(Rejected, match="same-day"):
        await agree(world, VISITOR, FIRST, outside=True)


async def test_the_coordinator_enters_days_and_needs_more(world):
    await agree(world, "", FIRST, SECOND, THIRD)
    assert len(world.of(told.DaysSettled)) == 1
    done = await world.client.ask(NeedDays(match_id=MATCH, activity=VISIT, needed=4, because="A second class."))
    assert done.sentence == "4 days are needed."
    (reopened,) = world.of(told.DaysReopened)
    assert (reopened.agreed, reopened.needed) == (3, 4)
    assert reopened.waiting_for == (VISITOR, lead(HOST))


async def test_the_entry_says_how_many_days_there_are_until_the_coordinator_does(world):
    await world.tell(exchange.project(2, version=2))
    assert (await shown(world)).needed == 2
    with pytest.raises(Rejected, match="no-reason"):
        await world.client.ask(NeedDays(match_id=MATCH, activity=VISIT, needed=5, because=" "))
    await world.client.ask(NeedDays(match_id=MATCH, activity=VISIT, needed=5, because="A second class."))
    assert (await shown(world, VISITOR)).because == "A second class."
    await world.tell(exchange.project(3, version=3))
    assert (await shown(world)).needed == 5


async def test_nothing_suits_goes_to_the_coordinator_with_what_they_wrote(world):
    await propose(world, VISITOR, FIRST, SECOND)
    await world.client.ask(
        DeclineDays(match_id=MATCH, activity=VISIT, person_id=lead(HOST), words="We are inspected all January.")
    )
    (declined,) = world.of(told.DaysDeclined)
    assert declined.person_id == lead(HOST)
    (row,) = (await world.client.find(ListDays(programme_id=PROGRAMME, activity=VISIT))).arrangements
    assert row.declined
    (said,) = (await shown(world)).declined
    assert said.words == "We are inspected all January."
    assert [one.words for one in (await shown(world, lead(HOST))).declined] == [said.words]
    assert (await shown(world, VISITOR)).declined == ()
    await propose(world, lead(HOST), dt.date(2027, 3, 2))
    assert (await shown(world)).declined == ()


async def test_days_are_kept_free_for_some_working_days_only(world):
    await world.tell(exchange.placed("mat-2", host="sch-3", thing_entry_id=None))
    await propose(world, VISITOR, FIRST)
    assert FIRST not in (await shown(world, VISITOR, match="mat-2")).free
    with pytest.raises(Rejected, match="day-taken"):
        await propose(world, VISITOR, FIRST, match="mat-2")
    await world.to(dt.datetime(2026, 12, 9, 8, 0, tzinfo=dt.UTC))
    await propose(world, VISITOR, FIRST, match="mat-2")
    with pytest.raises(Rejected, match="day-taken"):
        await agree(world, lead(HOST), FIRST)


async def test_a_host_may_have_two_visitors_on_one_day(world):
    other = "per-other"
    await world.tell(exchange.taken(other, "practitioner", "sch-3"))
    await world.tell(exchange.placed("mat-2", other, school_id="sch-3", thing_entry_id=None))
    await agree(world, VISITOR, FIRST, outside=True)
    await agree(world, other, FIRST, outside=True, match="mat-2")
    assert [one.on for one in world.of(told.AgreedVisitScheduled)] == [FIRST, FIRST]


async def test_a_stranger_sees_nothing(world):
    with pytest.raises(Rejected, match="unknown-arrangement"):
        await world.client.find(ShowDays(match_id=MATCH, activity=VISIT, person_id="per-stranger"))


async def test_the_day_of_a_meeting_is_agreed_once_what_it_is_about_is(world):
    with pytest.raises(Rejected, match="not-open"):
        await propose(world, VISITOR, FIRST, activity=MEETING)
    await world.to(dt.datetime(2027, 5, 10, 9, 0, tzinfo=dt.UTC))
    await world.tell(exchange.taken("per-chair", "chair-of-governors", HOST), exchange.findings_agreed())
    asked = world.of(told.DaysAsked)[-1]
    assert (asked.activity, asked.first, asked.last) == (MEETING, dt.date(2027, 5, 10), dt.date(2027, 7, 9))
    await agree(world, lead(HOST), dt.date(2027, 6, 15), activity=MEETING, outside=True)
    (meeting,) = world.of(told.AgreedVisitScheduled)
    assert {(one.person_id, one.required) for one in meeting.attendees} == {
        (VISITOR, True), (head(HOST), True), (lead(HOST), True), ("per-chair", False)
    }  # fmt: skip
