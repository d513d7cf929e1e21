"""A school year of two groups on real servers: dates move, a visit is held, people change, a call is booked."""

import datetime as dt

import pytest

from shared.commands.scheduling import (
    AnswerInvitation,
    AttendanceLine,
    CancelCohortEvent,
    CloseSchoolDays,
    DraftCalendar,
    RecordAttendance,
    ShowVisit,
    WriteVisitBrief,
)
from shared.commands.scheduling_changes import ChangeCalendar, Disruption, WhatIf
from shared.commands.scheduling_dates import BookCall, OpenCalls, OpeningLine, ShowCallSlots
from shared.errors import Rejected
from shared.events.base import DateSpan
from shared.events.programmes import PersonReplaced
from shared.events.scheduling import (
    CalendarDrafted,
    CohortEventCancelled,
    VisitBriefWritten,
    VisitChanged,
    VisitDayEnded,
    VisitHeld,
    VisitMoved,
)
from shared.events.scheduling_dates import CallBooked
from tests.unit.scheduling import facts
from tests.waiting import until


async def test_a_year_from_the_first_facts_to_a_visit_that_was_held(published):
    world, ask = published, published.client.ask
    first, second, third = [each.visit for each in await world.visits(group_id="grp-1")]
    head = first.attendees[0].person_id
    await ask(AnswerInvitation(target_id=first.visit_id, target_kind="visit", person_id=head, answer="declined"))
    (moved,) = await world.until(VisitMoved)
    assert (moved.visit_id, moved.sequence, moved.asked_by) == (first.visit_id, 1, head)
    day = DateSpan(first=second.on, last=second.on)
    await ask(CloseSchoolDays(school_id=second.host_school_id, days=(day,)))
    assert (await world.until(VisitMoved, 2))[1].why == "closure"
    pause = Disruption(kind="postponement", days=(DateSpan(first=third.on, last=third.on),))
    shown = await world.client.find(WhatIf(cohort_id=facts.COHORT, disruption=pause))
    await ask(ChangeCalendar(cohort_id=facts.COHORT, disruption=pause, digest=shown.digest))
    paused = (await world.until(VisitMoved, 2 + len(shown.moves)))[2:]
    assert {each.visit_id for each in paused} == {each.visit_id for each in shown.moves}
    drafted = await ask(DraftCalendar(cohort_id=facts.COHORT))
    assert drafted.sentence == "Revision 2: 0 new visits, 0 changes proposed, 0 groups without dates."
    assert len(await world.until(CalendarDrafted, 2)) == 2


async def test_a_visit_s_day_from_its_brief_to_its_attendance(published):
    world, ask = published, published.client.ask
    visit = (await world.visits())[0].visit
    host = facts.person(visit.host_school_id, "cpd-lead")
    await ask(WriteVisitBrief(visit_id=visit.visit_id, person_id=host, practice="Reading", challenge="Homework"))
    await world.until(VisitBriefWritten)
    await world.to(dt.datetime.combine(visit.on, dt.time(16), dt.UTC))
    ended = "the visit's day has ended, whichever of that day's visits is told of first"
    await until(lambda: visit.visit_id in {each.visit_id for each in world.of(VisitDayEnded)}, ended)
    came = tuple(AttendanceLine(person_id=one.person_id, present=True) for one in visit.attendees)
    await ask(RecordAttendance(visit_id=visit.visit_id, by=visit.facilitator_id, lines=came))
    (held,) = await world.until(VisitHeld)
    assert (held.visit_id, held.absent) == (visit.visit_id, ())
    assert [one.model_dump() for one in held.present] == [one.model_dump() for one in visit.attendees]
    assert (await world.client.find(ShowVisit(visit_id=visit.visit_id))).state == "held"


async def test_people_and_events_change_and_a_call_is_booked(published):
    world, ask = published, published.client.ask
    leaving, school = facts.person("sch-0", "senior-leader"), "sch-0"
    told = PersonReplaced(
        version=2,
        programme_id=facts.PROGRAMME,
        enrolment_id=f"enr-{school}",
        school_id=school,
        role="senior-leader",
        person_id=leaving,
        replaced_by="per-new",
    )
    await world.tell(told)
    assert {each.joined for each in await world.until(VisitChanged, 3)} == {("per-new",)}
    event = next(each for each in await world.stores.events.of_cohort(facts.COHORT) if each.event.activity == "launch")
    await ask(CancelCohortEvent(event_id=event.event.event_id))
    assert [each.event_id for each in await world.until(CohortEventCancelled)] == [event.event.event_id]
    opening = OpeningLine(on=dt.date(2026, 10, 23), first=dt.time(9), last=dt.time(10))
    await ask(OpenCalls(person_id=facts.COORDINATOR, openings=(opening,)))
    slots = (await world.client.find(ShowCallSlots(person_ids=(facts.COORDINATOR, "per-new")))).slots
    await ask(BookCall(person_ids=(facts.COORDINATOR, "per-new"), start=slots[0].start))
    (call,) = await world.until(CallBooked)
    assert (call.on, call.starts) == (dt.date(2026, 10, 23), dt.time(9))
    with pytest.raises(Rejected, match="slot-taken"):
        await ask(BookCall(person_ids=(facts.COORDINATOR, leaving), start=slots[0].start))
