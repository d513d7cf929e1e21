"""Decisions when a reminder comes: who has not answered, a missing brief, a day that is over."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from services.scheduling.domain.decision import Decision
from services.scheduling.domain.visits.answers import Target, declined, kind_of, programme_of, target_id, unanswered
from services.scheduling.domain.visits.records import AnswerRecord, EventRecord, VisitRecord
from shared.events.scheduling import InvitationReminderDue, VisitBriefDue, VisitDayEnded
from shared.events.scheduling_parts import CohortEventHeld
from shared.events.sessions import SessionDayEnded, SessionPapersDue


def overtaken(due_on: dt.date, number: int, days: Sequence[int], today: dt.date) -> bool:
    """Whether a later reminder of the same invitation is due by now, too: after an outage only the last one goes out.

    `number`: which reminder it is, counted from 1; `days`: after how many days each is due.
    """
    sent = due_on - dt.timedelta(days=days[number - 1]) if number <= len(days) else due_on
    return any(sent + dt.timedelta(days=later) <= today for later in days[number:])


def remind_unanswered(
    target: Target, latest: dict[str, AnswerRecord], number: int
) -> tuple[InvitationReminderDue, ...]:
    """Remind the unanswered, and only them, of the invitation that stands; `number`: which reminder it is."""
    people = unanswered(target, latest)
    if not people:
        return ()
    event = InvitationReminderDue(
        version=target.version,
        target_id=target_id(target),
        target_kind=kind_of(target),
        programme_id=programme_of(target),
        person_ids=people,
        round=number,
    )
    return (event,)


def ask_for_brief(record: VisitRecord) -> Decision[VisitRecord]:
    """Ask the host for the brief that is missing."""
    after, visit = record.model_copy(update={"version": record.version + 1}), record.visit
    event = VisitBriefDue(
        version=after.version,
        visit_id=visit.visit_id,
        programme_id=visit.programme_id,
        host_school_id=visit.host_school_id,
        on=visit.on,
    )
    return Decision((after,), (event,))


def end_visit_day(record: VisitRecord) -> Decision[VisitRecord]:
    """The day is over: attendance can be recorded."""
    after, visit = record.model_copy(update={"version": record.version + 1}), record.visit
    event = VisitDayEnded(
        version=after.version,
        visit_id=visit.visit_id,
        programme_id=visit.programme_id,
        cohort_id=visit.cohort_id,
        host_school_id=visit.host_school_id,
        facilitator_id=visit.facilitator_id,
        on=visit.on,
    )
    return Decision((after,), (event,))


def end_session_day(record: EventRecord) -> Decision[EventRecord]:
    """A day of a course is over: it can be said who came."""
    return _of_session(record, SessionDayEnded)


def call_for_papers(record: EventRecord) -> Decision[EventRecord]:
    """A day of a course comes near: its papers are compiled."""
    decision = _of_session(record, SessionPapersDue)
    school = {"school_id": record.event.school_id}
    return replace(decision, events=tuple(one.model_copy(update=school) for one in decision.events))


def _of_session(record: EventRecord, kind: type[SessionDayEnded | SessionPapersDue]) -> Decision[EventRecord]:
    after, event = record.model_copy(update={"version": record.version + 1}), record.event
    told = kind(
        version=after.version,
        event_id=event.event_id,
        course_id=record.course,
        programme_id=event.programme_id,
        activity=event.activity,
        number=record.number,
        on=event.on,
    )
    return Decision((after,), (told,))


def end_event_day(record: EventRecord, latest: dict[str, AnswerRecord]) -> Decision[EventRecord]:
    """A cohort event is held; those who had not declined count as present."""
    away, event = declined(record, latest), record.event
    after = record.model_copy(update={"state": "held", "version": record.version + 1})
    held = CohortEventHeld(
        version=after.version,
        event_id=event.event_id,
        cohort_id=event.cohort_id,
        programme_id=event.programme_id,
        activity=event.activity,
        on=event.on,
        present=tuple(one for one in event.attendees if one.person_id not in away),
    )
    return Decision((after,), (held,))
