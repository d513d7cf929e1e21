"""A visit's day: its brief beforehand, a substitute where the coordinator allows one, attendance afterwards."""

import datetime as dt
from collections.abc import Collection

from services.scheduling.domain.decision import Decision
from services.scheduling.domain.local_time import local_date
from services.scheduling.domain.visits.attendance import present_at, substituted
from services.scheduling.domain.visits.records import Brief, VisitRecord
from shared.commands.scheduling import RecordAttendance, WriteVisitBrief
from shared.errors import Rejected
from shared.events.scheduling import VisitBriefWritten
from shared.events.scheduling_parts import VisitChanged, VisitHeld


def must_take_brief(record: VisitRecord) -> None:
    """Raises Rejected for a visit that is not in the calendar."""
    if record.state != "published":
        raise Rejected("not-published", "A brief is written for a visit that is in the calendar.")


def decide_brief(
    record: VisitRecord, command: WriteVisitBrief, allowed: Collection[str], now: dt.datetime
) -> Decision[VisitRecord]:
    """Keep the host's brief, in place of one before. Raises Rejected unless one of those allowed writes it."""
    must_take_brief(record)
    if command.person_id not in allowed:
        raise Rejected("host-writes-brief", "The visit brief is written by the host school.")
    visit = record.visit
    brief = Brief(
        practice=command.practice,
        challenge=command.challenge,
        notes=command.notes,
        written_by=command.person_id,
        written_on=local_date(now, visit.timezone),
    )
    after = record.model_copy(update={"brief": brief, "version": record.version + 1})
    event = VisitBriefWritten(
        version=after.version,
        visit_id=visit.visit_id,
        programme_id=visit.programme_id,
        cohort_id=visit.cohort_id,
        group_id=visit.group_id,
        host_school_id=visit.host_school_id,
        written_by=command.person_id,
        notes_changed=record.brief is not None and record.brief.notes != brief.notes,
        sequence=visit.sequence,
    )
    return Decision((after,), (event,), "The visit brief is saved.")


def must_be_free(substitute_id: str, taken: Collection[str]) -> None:
    """`taken`: those whom something else has that day. Raises Rejected("elsewhere-that-day")."""
    if substitute_id in taken:
        raise Rejected("elsewhere-that-day", "The substitute is somewhere else that day. Name somebody else.")


def decide_substitute(record: VisitRecord, person_id: str, substitute_id: str) -> Decision[VisitRecord]:
    """Somebody stands in for an invited person at this visit. Raises Rejected as `substituted` does."""
    after = substituted(record, person_id, substitute_id)
    event = VisitChanged(
        version=after.version,
        joined=(substitute_id,),
        left=(person_id,),
        why="substitute",
        **after.visit.model_dump(),
    )
    return Decision((after,), (event,), "The substitute is allowed for this visit.")


def decide_attendance(
    record: VisitRecord, command: RecordAttendance, coordinator_id: str, now: dt.datetime
) -> Decision[VisitRecord]:
    """Record who came, as the facilitator or the coordinator says. Raises Rejected, also as `present_at` does."""
    visit = record.visit
    if command.by not in {visit.facilitator_id, coordinator_id}:
        raise Rejected("facilitator-records", "Attendance is recorded by the visit's facilitator or the coordinator.")
    present, absent = present_at(record, command.lines, now)
    after = record.model_copy(update={"state": "held", "present": present, "version": record.version + 1})
    event = VisitHeld(
        version=after.version,
        visit_id=visit.visit_id,
        cohort_id=visit.cohort_id,
        programme_id=visit.programme_id,
        group_id=visit.group_id,
        host_school_id=visit.host_school_id,
        on=visit.on,
        facilitator_id=visit.facilitator_id,
        present=present,
        absent=absent,
    )
    return Decision((after,), (event,), f"{len(present)} people were there.")
