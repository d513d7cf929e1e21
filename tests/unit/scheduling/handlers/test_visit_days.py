"""Briefs, substitutes, attendance, and what falls due when."""

import datetime as dt

import pytest

from shared.commands.scheduling import (
    AllowSubstitute,
    AnswerInvitation,
    AttendanceLine,
    CancelVisit,
    ListVisits,
    RecordAttendance,
    ShowVisit,
    VisitorNotes,
    WriteVisitBrief,
)
from shared.errors import Rejected
from shared.events.scheduling import (
    CohortEventHeld,
    InvitationReminderDue,
    VisitBriefDue,
    VisitBriefWritten,
    VisitCancelled,
    VisitChanged,
    VisitDayEnded,
    VisitHeld,
)
from tests.unit.scheduling import facts


async def first_visit(world):
    return (await world.visits())[0].visit


def at(day, hour):
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


def attendance(visit, people, by=None):
    lines = tuple(AttendanceLine(person_id=one, present=True) for one in people)
    return RecordAttendance(visit_id=visit.visit_id, by=by or visit.facilitator_id, lines=lines)


async def test_who_came_is_recorded_by_the_facilitator(published):
    visit = await first_visit(published)
    people = [one.person_id for one in visit.attendees]
    that_day = sum(row.visit.on == visit.on for row in await published.visits())
    await published.to(at(visit.on, 16))
    ended = {event.visit_id: event.facilitator_id for event in await published.until(VisitDayEnded, that_day)}
    assert ended[visit.visit_id] == visit.facilitator_id
    done = await published.client.ask(attendance(visit, people[:5]))
    assert done.sentence == "5 people were there."
    (held,) = await published.until(VisitHeld)
    assert ([one.person_id for one in held.present], held.absent) == (people[:5], (people[5],))
    with pytest.raises(Rejected, match="already-recorded"):
        await published.client.ask(attendance(visit, people))


async def test_a_stranger_on_the_list_is_refused_with_the_rule(published):
    visit = await first_visit(published)
    await published.to(at(visit.on, 16))
    with pytest.raises(Rejected, match="invited-or-allowed") as refusal:
        await published.client.ask(attendance(visit, ["per-stranger"]))
    assert "coordinator can allow a substitute" in refusal.value.sentence


async def test_an_allowed_substitute_is_recorded_as_one(published):
    visit = await first_visit(published)
    absent = visit.attendees[0].person_id
    await published.client.ask(AllowSubstitute(visit_id=visit.visit_id, person_id=absent, substitute_id="per-deputy"))
    (changed,) = await published.until(VisitChanged)
    assert (changed.joined, changed.left, changed.sequence) == (("per-deputy",), (absent,), 1)
    await published.to(at(visit.on, 16))
    with pytest.raises(Rejected, match="invited-or-allowed"):
        await published.client.ask(attendance(visit, [absent]))
    await published.client.ask(attendance(visit, ["per-deputy"]))
    (held,) = await published.until(VisitHeld)
    assert [(one.person_id, one.substitute_for) for one in held.present] == [("per-deputy", absent)]


async def test_attendance_is_neither_for_anybody_to_record_nor_before_the_day(published):
    visit = await first_visit(published)
    people = [one.person_id for one in visit.attendees]
    with pytest.raises(Rejected, match="visit-not-yet"):
        await published.client.ask(attendance(visit, people))
    with pytest.raises(Rejected, match="facilitator-records"):
        await published.client.ask(attendance(visit, people, by=people[0]))


async def test_a_brief_is_written_by_the_host_and_kept_from_the_event(published):
    visit = await first_visit(published)
    host = facts.person(visit.host_school_id, "cpd-lead")
    words = {"practice": "Reading for pleasure", "challenge": "Boys in Year 9"}
    notes = VisitorNotes(safeguarding_lead="Sam Safe", arrival="8:45")
    guest = next(one for one in visit.attendees if one.school_id != visit.host_school_id)
    with pytest.raises(Rejected, match="host-writes-brief"):
        await published.client.ask(WriteVisitBrief(visit_id=visit.visit_id, person_id=guest.person_id, **words))
    await published.client.ask(WriteVisitBrief(visit_id=visit.visit_id, person_id=host, notes=notes, **words))
    (written,) = await published.until(VisitBriefWritten)
    assert "Reading" not in written.model_dump_json()
    detail = await published.client.find(ShowVisit(visit_id=visit.visit_id))
    assert (detail.brief.practice, detail.brief.notes.arrival) == ("Reading for pleasure", "8:45")


async def test_a_missing_brief_is_asked_for_before_the_visit_and_a_written_one_is_not(published):
    first, second = [each.visit for each in await published.visits(group_id="grp-1")][:2]
    host = facts.person(first.host_school_id, "headteacher")
    await published.client.ask(
        WriteVisitBrief(visit_id=first.visit_id, person_id=host, practice="Phonics", challenge="Homework")
    )
    await published.settled()
    await published.to(at(second.on - dt.timedelta(days=14), 9))
    due = await published.until(VisitBriefDue, 2)
    await published.settled()
    assert first.visit_id not in {event.visit_id for event in published.of(VisitBriefDue)}
    assert second.visit_id in {event.visit_id for event in due}


async def test_only_who_has_not_answered_is_reminded(published):
    visit = await first_visit(published)
    said = [visit.attendees[0].person_id, visit.attendees[3].person_id]
    for person in said:
        await published.client.ask(
            AnswerInvitation(target_id=visit.visit_id, target_kind="visit", person_id=person, answer="accepted")
        )
    await published.to(dt.datetime(2026, 10, 6, 9, 0, tzinfo=dt.UTC))
    events = await published.until(InvitationReminderDue, 9)
    mine = next(event for event in events if event.target_id == visit.visit_id)
    expected = {one.person_id for one in visit.attendees} - set(said) | {visit.facilitator_id}
    assert (set(mine.person_ids), mine.round) == (expected, 1)


async def test_after_an_outage_over_both_mornings_one_reminder_goes_out(published):
    visit = await first_visit(published)
    published.bus.clock.at = dt.datetime(2026, 10, 16, 9, 0, tzinfo=dt.UTC)
    await published.to(published.bus.clock.at)
    of_visit = [one for one in published.of(InvitationReminderDue) if one.target_id == visit.visit_id]
    assert [(one.round, set(one.person_ids) >= {visit.facilitator_id}) for one in of_visit] == [(2, True)]


async def test_nobody_is_reminded_of_a_cancelled_visit(published):
    visit = await first_visit(published)
    await published.client.ask(CancelVisit(visit_id=visit.visit_id, why="closure"))
    (cancelled,) = await published.until(VisitCancelled)
    assert (cancelled.visit_id, cancelled.sequence, cancelled.why) == (visit.visit_id, 1, "closure")
    await published.to(at(visit.on, 20))
    await published.until(InvitationReminderDue, 5)
    await published.settled()
    assert visit.visit_id not in {event.target_id for event in published.of(InvitationReminderDue)}
    assert visit.visit_id not in {event.visit_id for event in published.of(VisitDayEnded)}


async def test_a_cohort_event_is_held_by_those_who_had_not_declined(published):
    event = (await published.client.find(ListVisits(cohort_id=facts.COHORT))).events[0].event
    away = event.attendees[0].person_id
    await published.client.ask(
        AnswerInvitation(target_id=event.event_id, target_kind="cohort-event", person_id=away, answer="declined")
    )
    await published.to(at(event.on, 18))
    (held,) = await published.until(CohortEventHeld)
    assert {one.person_id for one in held.present} == {one.person_id for one in event.attendees} - {away}
