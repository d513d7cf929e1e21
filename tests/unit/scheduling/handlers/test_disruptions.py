"""Who would move is shown before anything is saved; then exactly that is carried out and told."""

import datetime as dt

import pytest

from shared.commands.scheduling import CancelCohortEvent, ListVisits
from shared.commands.scheduling_changes import ChangeCalendar, Disruption, WhatIf
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.scheduling import (
    CalendarDrafted,
    CohortEventMoved,
    CoordinatorAsked,
    VisitChanged,
    VisitMoved,
    VisitScheduled,
)
from tests.unit.scheduling import facts


def closed(visit):
    """The host of a visit is closed on its day."""
    day = DateSpan(first=visit.on, last=visit.on)
    return Disruption(kind="closure", school_id=visit.host_school_id, days=(day,))


def paused(*days):
    return Disruption(kind="postponement", days=tuple(DateSpan(first=day, last=day) for day in days))


async def asked(world, disruption):
    return await world.client.find(WhatIf(cohort_id=facts.COHORT, disruption=disruption))


async def carried_out(world, disruption, digest=""):
    command = ChangeCalendar(cohort_id=facts.COHORT, disruption=disruption, digest=digest)
    return await world.client.ask(command)


async def dates(world):
    return {row.visit.visit_id: row.visit.on for row in await world.visits()}


async def test_asking_what_if_changes_nothing_and_tells_nobody(published):
    visit = (await published.visits(group_id="grp-1"))[-1].visit
    before, told = await dates(published), len(published.heard)
    found = await asked(published, closed(visit))
    await published.settled()
    assert [(row.visit_id, row.on, row.tier) for row in found.moves] == [(visit.visit_id, visit.on, "visit")]
    assert (await dates(published), len(published.heard)) == (before, told)


async def test_what_was_shown_is_what_happens(published):
    visit = (await published.visits(group_id="grp-1"))[-1].visit
    found = await asked(published, closed(visit))
    done = await carried_out(published, closed(visit), found.digest)
    (moved,) = await published.until(VisitMoved)
    assert [(row.visit_id, row.becomes) for row in found.moves] == [(moved.visit_id, moved.on)]
    assert (moved.why, moved.sequence) == ("closure", 1)
    assert {row.person_id for row in found.notices} == {
        *(one.person_id for one in moved.attendees if one.required),
        moved.facilitator_id,
    }
    assert done.sentence == "Visits changed: 1. Left to you: 0."


async def test_a_difference_that_is_out_of_date_is_refused(published):
    visit, other = [row.visit for row in await published.visits(group_id="grp-1")][-2:]
    found = await asked(published, paused(visit.on, other.on))
    await carried_out(published, closed(other))
    await published.until(VisitMoved)
    with pytest.raises(Rejected) as refused:
        await carried_out(published, paused(visit.on, other.on), found.digest)
    assert refused.value.rule == "latest-difference"


@pytest.fixture
async def three_lead(world):
    """The same calendar with a facilitator to spare."""
    await world.tell(*facts.everything(facilitators=3))
    await world.until(CalendarDrafted)
    await world.publish()
    await world.until(VisitScheduled, 6)
    return world


async def test_an_ill_facilitator_is_stood_in_for(three_lead):
    published = three_lead
    visit = (await published.visits(group_id="grp-1"))[-1].visit
    day = DateSpan(first=visit.on, last=visit.on)
    ill = Disruption(kind="away", person_id=visit.facilitator_id, days=(day,))
    found = await asked(published, ill)
    await carried_out(published, ill, found.digest)
    (changed,) = await published.until(VisitChanged)
    assert (changed.visit_id, changed.on, changed.left) == (visit.visit_id, visit.on, (visit.facilitator_id,))
    assert [(row.facilitator_id, row.facilitator_becomes) for row in found.moves] == [
        (visit.facilitator_id, changed.facilitator_id)
    ]


async def test_a_pause_is_kept_and_no_later_draft_uses_its_days(published):
    visit = (await published.visits(group_id="grp-1"))[-1].visit
    await carried_out(published, paused(visit.on))
    await published.until(VisitMoved)
    again = await asked(published, paused(visit.on))
    assert (again.moves, again.left) == ((), ())
    assert visit.on not in (await dates(published)).values()


async def test_a_visit_too_near_is_left_to_the_coordinator(published):
    visit = (await published.visits(group_id="grp-1"))[-1].visit
    await published.to(dt.datetime.combine(visit.on - dt.timedelta(days=7), dt.time(9), tzinfo=dt.UTC))
    called = Disruption(kind="inspection", school_id=visit.host_school_id, days=closed(visit).days)
    found = await asked(published, called)
    await carried_out(published, called, found.digest)
    question = (await published.until(CoordinatorAsked))[-1]
    assert ([row.visit_id for row in found.left], question.target_id) == ([visit.visit_id], visit.visit_id)
    assert question.question == "decline-inside-notice"


async def test_somebody_outside_the_cohort_is_refused(published):
    visit = (await published.visits(group_id="grp-1"))[-1].visit
    stranger = Disruption(kind="away", person_id="per-stranger", days=closed(visit).days)
    with pytest.raises(Rejected) as refused:
        await asked(published, stranger)
    assert refused.value.rule == "unknown-person"


WHOLE_TIME = Disruption(kind="postponement", days=(DateSpan(first=dt.date(2027, 1, 18), last=dt.date(2027, 3, 26)),))
"""All days on which the mid-year event may be."""


async def event_of(world, activity):
    rows = await world.client.find(ListVisits(cohort_id=facts.COHORT, drafts=True))
    return next(row for row in rows.events if row.event.activity == activity).event


async def test_a_pause_dates_an_event_anew_and_everybody_is_told_once(published):
    event = await event_of(published, "mid-year")
    found = await asked(published, paused(event.on))
    (row,) = found.events
    assert (row.event_id, row.on, row.people) == (event.event_id, event.on, len(event.attendees))
    done = await carried_out(published, paused(event.on), found.digest)
    (moved,) = await published.until(CohortEventMoved)
    assert (moved.event_id, moved.moved_from, moved.on, moved.why) == (
        event.event_id, event.on, row.becomes, "postponement",
    )  # fmt: skip
    assert (moved.sequence, moved.version) == (1, 2)
    assert [one.model_dump() for one in moved.attendees] == [one.model_dump() for one in event.attendees]
    assert done.sentence.endswith("Events moved: 1. Events left to you: 0.")
    await carried_out(published, paused(event.on))
    await published.settled()
    assert len(published.of(CohortEventMoved)) == 1
    assert (await event_of(published, "mid-year")).on == row.becomes
    assert row.becomes not in (await dates(published)).values()


async def test_an_event_that_finds_no_day_is_left_to_the_coordinator_and_a_later_difference_is_another(published):
    event = await event_of(published, "mid-year")
    found = await asked(published, WHOLE_TIME)
    assert [(row.event_id, row.becomes) for row in found.events] == [(event.event_id, None)]
    await published.client.ask(CancelCohortEvent(event_id=event.event_id))
    with pytest.raises(Rejected) as refused:
        await carried_out(published, WHOLE_TIME, found.digest)
    assert refused.value.rule == "latest-difference"


async def test_the_coordinator_is_asked_about_an_event_without_another_day(published):
    event = await event_of(published, "mid-year")
    await carried_out(published, WHOLE_TIME)
    questions = await published.until(CoordinatorAsked)
    about = [each for each in questions if each.target_kind == "cohort-event"]
    assert [(each.target_id, each.question) for each in about] == [(event.event_id, "event-paused")]
    assert (await event_of(published, "mid-year")).on == event.on
    assert published.of(CohortEventMoved) == []
