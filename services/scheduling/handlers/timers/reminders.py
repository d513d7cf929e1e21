"""Sets and cancels the reminders of a visit or event: unanswered invitations, the brief, the end of the day."""

import datetime as dt

from services.scheduling.domain.local_time import instant, local_date
from services.scheduling.domain.visits.records import EventRecord, ProgrammeRecord, VisitRecord
from shared.bus import UnitOfWork

__all__ = [
    "ANSWERS",
    "BRIEF",
    "EVENT_DAY",
    "PAPERS",
    "VISIT_DAY",
    "event_over",
    "event_published",
    "visit_over",
    "visit_published",
]

ANSWERS, BRIEF, VISIT_DAY, EVENT_DAY = "answers", "visit-brief", "visit-day", "event-day"
PAPERS = "papers"
MORNING, EARLY = dt.time(8, 0), dt.time(6, 0)
"""Papers are there when people come to work."""


def visit_published(record: VisitRecord, programme: ProgrammeRecord, work: UnitOfWork) -> None:
    """A visit has a (new) date: set all its reminders."""
    visit = record.visit
    target = {"target": visit.visit_id, "kind": "visit", "sequence": str(visit.sequence)}
    _answers(target, visit.on, programme, work)
    days = programme.terms.brief_due_days
    due = None if days is None else instant(visit.on - dt.timedelta(days=days), MORNING, visit.timezone)
    if record.brief is None and due and due > work.now:
        work.remind(BRIEF, visit.visit_id, due)
    work.remind(VISIT_DAY, visit.visit_id, instant(visit.on, visit.ends, visit.timezone))


def event_published(record: EventRecord, programme: ProgrammeRecord, work: UnitOfWork) -> None:
    """A cohort event has a (new) date: set all its reminders."""
    event = record.event
    target = {"target": event.event_id, "kind": "cohort-event", "sequence": str(event.sequence)}
    _answers(target, event.on, programme, work)
    work.remind(EVENT_DAY, event.event_id, instant(event.on, event.ends, event.timezone))
    if record.papers_days:
        before = event.on - dt.timedelta(days=record.papers_days)
        work.remind(PAPERS, event.event_id, instant(before, EARLY, event.timezone))


def visit_over(record: VisitRecord, programme: ProgrammeRecord, work: UnitOfWork) -> None:
    """A visit is cancelled or held: cancel its reminders."""
    for number, _ in enumerate(programme.terms.answer_reminders_days, start=1):
        work.cancel_reminder(ANSWERS, f"{record.visit.visit_id}.{number}")
    work.cancel_reminder(BRIEF, record.visit.visit_id)
    work.cancel_reminder(VISIT_DAY, record.visit.visit_id)


def event_over(record: EventRecord, programme: ProgrammeRecord, work: UnitOfWork) -> None:
    """A cohort event is cancelled: cancel its reminders."""
    for number, _ in enumerate(programme.terms.answer_reminders_days, start=1):
        work.cancel_reminder(ANSWERS, f"{record.event.event_id}.{number}")
    work.cancel_reminder(EVENT_DAY, record.event.event_id)
    if record.papers_days:
        work.cancel_reminder(PAPERS, record.event.event_id)


def _answers(target: dict[str, str], on: dt.date, programme: ProgrammeRecord, work: UnitOfWork) -> None:
    zone = programme.terms.timezone
    for number, days in enumerate(programme.terms.answer_reminders_days, start=1):
        day = local_date(work.now, zone) + dt.timedelta(days=days)
        if day < on:
            data = {**target, "round": str(number)}
            work.remind(ANSWERS, f"{target['target']}.{number}", instant(day, MORNING, zone), data)
