"""A cohort event that the coordinator moves or cancels: told once, with everything that depends on its date."""

import datetime as dt

import pytest

from shared.commands.scheduling import CancelCohortEvent, DraftCalendar, ListVisits, MoveCohortEvent, MoveVisit
from shared.errors import Rejected
from shared.events.scheduling import CohortEventCancelled, CohortEventMoved, CohortEventScheduled, InvitationReminderDue
from tests.unit.scheduling import facts


async def event_of(world, activity):
    rows = await world.client.find(ListVisits(cohort_id=facts.COHORT, drafts=True))
    return next(row for row in rows.events if row.event.activity == activity)


async def test_a_moved_event_is_told_once_with_the_next_sequence(published):
    launch = (await event_of(published, "launch")).event
    on = launch.on - dt.timedelta(days=1)
    done = await published.client.ask(MoveCohortEvent(event_id=launch.event_id, on=on))
    (moved,) = await published.until(CohortEventMoved)
    assert (moved.event_id, moved.on, moved.moved_from, moved.sequence, moved.version) == (
        launch.event_id, on, launch.on, 1, 2,
    )  # fmt: skip
    assert done.sentence.startswith(f"{launch.title} is on")
    assert (await event_of(published, "launch")).event.on == on


async def test_a_date_that_breaks_a_rule_is_refused_with_its_name(published):
    launch = (await event_of(published, "launch")).event
    visit = (await published.visits())[0].visit
    saturday = launch.on + dt.timedelta(days=5 - launch.on.weekday())
    refused = {
        "same-date": launch.on,
        "date-passed": dt.date(2026, 9, 1),
        "event-window": saturday,
    }
    for rule, on in refused.items():
        with pytest.raises(Rejected, match=rule):
            await published.client.ask(MoveCohortEvent(event_id=launch.event_id, on=on))
    middle = (await event_of(published, "mid-year")).event
    with pytest.raises(Rejected):
        await published.client.ask(MoveCohortEvent(event_id=middle.event_id, on=visit.on))
    await published.settled()
    assert published.of(CohortEventMoved) == []


async def test_a_cancelled_event_is_told_nobody_is_reminded_and_no_draft_brings_it_back(published):
    launch = (await event_of(published, "launch")).event
    await published.client.ask(CancelCohortEvent(event_id=launch.event_id))
    (cancelled,) = await published.until(CohortEventCancelled)
    assert (cancelled.event_id, cancelled.sequence, cancelled.why) == (launch.event_id, 1, "coordinator")
    with pytest.raises(Rejected, match="already-over"):
        await published.client.ask(CancelCohortEvent(event_id=launch.event_id))
    drafted = await published.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    assert drafted.sentence == "Revision 2: 0 new visits, 0 changes proposed, 0 groups without dates."
    await published.to(dt.datetime.combine(launch.on, dt.time(20), dt.UTC))
    await published.settled()
    assert launch.event_id not in {due.target_id for due in published.of(InvitationReminderDue)}
    assert (await event_of(published, "launch")).state == "cancelled"


async def test_a_visit_may_be_on_the_day_of_a_cancelled_event_and_not_on_that_of_another(published):
    middle = (await event_of(published, "mid-year")).event
    visits = [row.visit for row in await published.visits(group_id="grp-1")]
    nearest = min(visits, key=lambda each: abs(each.on - middle.on))
    with pytest.raises(Rejected, match="one-a-person-day"):
        await published.client.ask(MoveVisit(visit_id=nearest.visit_id, on=middle.on))
    await published.client.ask(CancelCohortEvent(event_id=middle.event_id))
    await published.client.ask(MoveVisit(visit_id=nearest.visit_id, on=middle.on))
    assert middle.on in {row.visit.on for row in await published.visits(group_id="grp-1")}
    assert (await published.calendar()).events == 2


async def test_drafted_events_that_were_all_cancelled_stay_cancelled_in_the_next_draft(drafted):
    rows = await drafted.client.find(ListVisits(cohort_id=facts.COHORT, drafts=True))
    for row in rows.events:
        await drafted.client.ask(CancelCohortEvent(event_id=row.event.event_id))
    await drafted.client.ask(DraftCalendar(cohort_id=facts.COHORT))
    calendar = await drafted.calendar()
    assert (calendar.revision, calendar.visits, calendar.events, calendar.blocking) == (2, 6, 0, ())
    after = await drafted.client.find(ListVisits(cohort_id=facts.COHORT, drafts=True))
    assert {row.state for row in after.events} == {"cancelled"}
    await drafted.publish()
    assert drafted.of(CohortEventScheduled) == []
