"""Calendars that do not fit into one transaction or message: saved, published and told in batches."""

import asyncio
import datetime as dt

import pytest

from services.scheduling.domain import ids
from services.scheduling.domain.dates.agreement import Agreement
from services.scheduling.domain.dates.records import AgreementRecord
from services.scheduling.handlers.workers import publishing
from shared.commands.scheduling import CancelCohortEvent, ListVisits, MoveCohortEvent, PublishVisits, ShowCohortEvent
from shared.commands.scheduling_changes import ChangeCalendar, Disruption
from shared.errors import Rejected, Retryable
from shared.events.base import DateSpan
from shared.events.scheduling import (
    CalendarDrafted,
    CohortEventCancelled,
    CohortEventMoved,
    CohortEventScheduled,
    CoordinatorAsked,
    VisitScheduled,
)
from tests.fakes.scheduling.visits import MemoryVisits
from tests.unit.scheduling import facts
from tests.unit.scheduling.batches import a_move_that_breaks_off_goes_on, every_date_is_published_once, launch_of
from tests.unit.scheduling.world import START


@pytest.fixture
def most_saved(monkeypatch):
    """How many visits were saved at a time."""
    put, counts = MemoryVisits.put, list[int]()

    async def counted(self, visits):
        counts.append(len(visits))
        await put(self, visits)

    monkeypatch.setattr(MemoryVisits, "put", counted)
    return counts


async def test_a_draft_saved_in_batches_is_whole(most_saved, large):
    (drafted,) = large.of(CalendarDrafted)
    assert max(most_saved) == 2
    assert (drafted.visits, drafted.events) == (6, 3)
    assert len(await large.visits()) == 6
    assert (await large.calendar()).events == 3


async def test_every_date_of_a_calendar_published_in_batches_is_told_once(most_saved, large):
    await every_date_is_published_once(large)
    assert max(most_saved) == 2


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


@pytest.fixture
async def published_launch(large):
    """The launch of a published calendar, in two parts."""
    await large.publish()
    await large.until(VisitScheduled, 6)
    await large.until(CohortEventScheduled, 6)
    return (await launch_of(large)).event


async def test_a_move_that_breaks_off_between_its_parts_goes_on_and_tells_everybody_once(
    broken_off, large, published_launch
):
    await a_move_that_breaks_off_goes_on(large, broken_off)


async def test_who_has_not_heard_of_a_move_hears_of_the_last_decision_only(broken_off, large, published_launch):
    (gate, _), launch = broken_off, published_launch
    for days in (1, 2):
        on = launch.on - dt.timedelta(days=days)
        await large.client.ask(MoveCohortEvent(event_id=launch.event_id, on=on))
    await large.client.ask(CancelCohortEvent(event_id=launch.event_id))
    with pytest.raises(Rejected, match="already-over"):
        await large.client.ask(MoveCohortEvent(event_id=ids.event_id(facts.COHORT, "launch", 2), on=launch.on))
    assert (await large.calendar()).events == 2
    gate.set()
    ended = await large.until(CohortEventCancelled, 2)
    await large.settled()
    assert large.of(CohortEventCancelled) == ended
    assert {each.event_id for each in large.of(CohortEventMoved)} == {launch.event_id}
    assert {each.sequence for each in ended} == {1, 3}


async def test_who_has_not_heard_of_a_move_that_is_taken_back_hears_nothing(broken_off, large, published_launch):
    (gate, _), launch = broken_off, published_launch
    for on in (launch.on - dt.timedelta(days=1), launch.on):
        await large.client.ask(MoveCohortEvent(event_id=launch.event_id, on=on))
    gate.set()
    await large.until(CohortEventMoved, 2)
    await large.settled()
    assert [each.event_id for each in large.of(CohortEventMoved)] == [launch.event_id] * 2


def paused(on):
    days = (DateSpan(first=on, last=on),)
    return ChangeCalendar(cohort_id=facts.COHORT, disruption=Disruption(kind="postponement", days=days))


async def middle_of(world):
    rows = (await world.client.find(ListVisits(cohort_id=facts.COHORT, drafts=True))).events
    return next(row for row in rows if row.event.activity == "mid-year").event


async def test_a_pause_moves_all_parts_of_an_event_and_counts_one(broken_off, large, published_launch):
    middle = await middle_of(large)
    done = await large.client.ask(paused(middle.on))
    assert done.sentence.endswith("Events moved: 1. Events left to you: 0.")
    (first,) = await large.until(CohortEventMoved)
    with pytest.raises(Retryable, match="just going out"):
        await large.client.ask(paused(first.on))
    broken_off[0].set()
    moved = await large.until(CohortEventMoved, 2)
    assert {(each.on, each.moved_from, each.why) for each in moved} == {(first.on, middle.on, "postponement")}
    assert len({one.person_id for each in moved for one in each.attendees}) == 12


async def test_the_coordinator_is_asked_once_about_an_event_of_many_parts(large, published_launch):
    whole_time = DateSpan(first=dt.date(2027, 1, 18), last=dt.date(2027, 3, 26))
    pause = Disruption(kind="postponement", days=(whole_time,))
    done = await large.client.ask(ChangeCalendar(cohort_id=facts.COHORT, disruption=pause))
    assert done.sentence.endswith("Events moved: 0. Events left to you: 1.")
    await large.until(CoordinatorAsked)
    await large.settled()
    assert [each.question for each in large.of(CoordinatorAsked) if each.target_kind == "cohort-event"] == [
        "event-paused"
    ]


async def test_all_parts_of_a_drafted_event_move_at_once_and_nobody_hears(broken_off, large):
    launch = (await launch_of(large)).event
    on = launch.on - dt.timedelta(days=1)
    await large.client.ask(MoveCohortEvent(event_id=launch.event_id, on=on))
    broken_off[0].set()
    await large.publish()
    told = [each for each in await large.until(CohortEventScheduled, 6) if each.activity == "launch"]
    assert [(each.on, each.sequence) for each in told] == [(on, 0)] * 2
    assert large.of(CohortEventMoved) == []


async def test_a_draft_that_is_still_being_saved_is_not_published(large):
    await large.stores.cohorts.mark_drafting(facts.COHORT, "another")
    with pytest.raises(Rejected, match="draft-under-way"):
        await large.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=1))


@pytest.fixture
def held_back(monkeypatch):
    """The task that publishes the rest of a calendar waits for the event returned."""
    whole, gate = publishing.PublishingWorker.publish_next, asyncio.Event()

    async def gated(self, work):
        return await whole(self, work) if gate.is_set() else False

    monkeypatch.setattr(publishing.PublishingWorker, "publish_next", gated)
    return gate


async def test_a_day_given_away_while_the_rest_is_told_is_not_given_twice(held_back, large):
    await large.client.ask(PublishVisits(cohort_id=facts.COHORT, revision=1))
    last = [row for row in await large.visits() if row.state == "draft"][-1].visit
    person = next(one.person_id for one in last.attendees if one.required)
    agreed = Agreement((person, "per-other"), (last.on,), START + dt.timedelta(days=2))
    await large.stores.agreements.put(AgreementRecord.of("agr-1", agreed), START)
    held_back.set()
    told = await large.until(VisitScheduled, 6)
    (again,) = [each for each in told if each.visit_id == last.visit_id]
    assert again.on != last.on
