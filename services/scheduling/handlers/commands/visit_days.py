"""A visit's day: its brief beforehand, a substitute where the coordinator allows one, attendance afterwards."""

from services.scheduling.domain.local_time import local_date
from services.scheduling.domain.visits.attendance import present_at, substituted
from services.scheduling.domain.visits.records import Brief, VisitRecord
from services.scheduling.handlers.loading.cohorts import programme_of
from services.scheduling.handlers.timers import reminders
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import AllowSubstitute, RecordAttendance, WriteVisitBrief
from shared.errors import Rejected
from shared.events.scheduling import VisitBriefWritten, VisitChanged, VisitHeld

__all__ = ["VisitDayCommands"]


class VisitDayCommands:
    """Commands about one visit's day."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def write_brief(self, command: WriteVisitBrief, work: UnitOfWork) -> Done:
        """The host says what to look at and how to get in."""
        record = await self._stores.visits.visit(command.visit_id)
        await self._may_write(record, command.person_id)
        brief = Brief(
            practice=command.practice,
            challenge=command.challenge,
            notes=command.notes,
            written_by=command.person_id,
            written_on=local_date(work.now, record.visit.timezone),
        )
        notes_changed = record.brief is not None and record.brief.notes != brief.notes
        after = record.model_copy(update={"brief": brief, "version": record.version + 1})
        await self._stores.visits.put([after])
        visit = record.visit
        work.cancel_reminder(reminders.BRIEF, visit.visit_id)
        work.publish(
            VisitBriefWritten(
                version=after.version,
                visit_id=visit.visit_id,
                programme_id=visit.programme_id,
                cohort_id=visit.cohort_id,
                group_id=visit.group_id,
                host_school_id=visit.host_school_id,
                written_by=command.person_id,
                notes_changed=notes_changed,
                sequence=visit.sequence,
            )
        )
        return Done(id=visit.visit_id, version=after.version, sentence="The visit brief is saved.")

    async def _may_write(self, record: VisitRecord, person_id: str) -> None:
        visit = record.visit
        if record.state != "published":
            raise Rejected("not-published", "A brief is written for a visit that is in the calendar.")
        programme = await programme_of(self._stores, visit.programme_id)
        roles = {role for form in programme.template.forms if form.key == "visit-brief" for role in form.by}
        hosts = await self._stores.enrolments.of_programme(visit.programme_id, [visit.host_school_id])
        allowed = {one.person_id for host in hosts for one in host.people if one.role in roles}
        if person_id not in {*allowed, programme.coordinator_id}:
            raise Rejected("host-writes-brief", "The visit brief is written by the host school.")

    async def allow_substitute(self, command: AllowSubstitute, work: UnitOfWork) -> Done:
        """Somebody stands in for an invited person at one visit."""
        record = await self._stores.visits.visit(command.visit_id)
        after = substituted(record, command.person_id, command.substitute_id)
        await self._stores.visits.put([after])
        work.publish(
            VisitChanged(
                version=after.version,
                joined=(command.substitute_id,),
                left=(command.person_id,),
                why="substitute",
                **after.visit.model_dump(),
            )
        )
        return Done(id=command.visit_id, version=after.version, sentence="The substitute is allowed for this visit.")

    async def record_attendance(self, command: RecordAttendance, work: UnitOfWork) -> Done:
        """The facilitator or the coordinator says who came."""
        record = await self._stores.visits.visit(command.visit_id)
        visit = record.visit
        programme = await programme_of(self._stores, visit.programme_id)
        if command.by not in {visit.facilitator_id, programme.coordinator_id}:
            raise Rejected(
                "facilitator-records", "Attendance is recorded by the visit's facilitator or the coordinator."
            )
        present, absent = present_at(record, command.lines, work.now)
        after = record.model_copy(update={"state": "held", "present": present, "version": record.version + 1})
        await self._stores.visits.put([after])
        reminders.visit_over(after, programme, work)
        work.publish(
            VisitHeld(
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
        )
        return Done(id=visit.visit_id, version=after.version, sentence=f"{len(present)} people were there.")
