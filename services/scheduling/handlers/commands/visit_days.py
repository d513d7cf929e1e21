"""Commands about a visit's day: its brief, attendance."""

from services.scheduling.domain.decision import Decision
from services.scheduling.domain.visits.day_decisions import (
    decide_attendance,
    decide_brief,
    must_take_brief,
)
from services.scheduling.domain.visits.records import VisitRecord
from services.scheduling.handlers.loading.cohorts import programme_of
from services.scheduling.handlers.timers import reminders
from services.scheduling.ports.programmes import Enrolments, Programmes
from services.scheduling.ports.visits import Visits
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.scheduling import RecordAttendance, WriteVisitBrief

__all__ = ["VisitDayCommands"]


class VisitDayCommands:
    """Commands about one visit's day."""

    def __init__(self, visits: Visits, programmes: Programmes, enrolments: Enrolments) -> None:
        self._visits, self._programmes, self._enrolments = visits, programmes, enrolments

    async def write_brief(self, command: WriteVisitBrief, work: UnitOfWork) -> Done:
        """The host says what to look at and how to get in."""
        record = await self._visits.visit(command.visit_id)
        must_take_brief(record)
        done = await self._keep(decide_brief(record, command, await self._writers(record), work.now), work)
        work.cancel_reminder(reminders.BRIEF, command.visit_id)
        return done

    async def _writers(self, record: VisitRecord) -> set[str]:
        """Who may write the brief: the host's people in the roles that the template names, and the coordinator."""
        visit = record.visit
        programme = await programme_of(self._programmes, visit.programme_id)
        hosts = await self._enrolments.of_programme(visit.programme_id, [visit.host_school_id])
        return {
            programme.coordinator_id,
            *(one.person_id for host in hosts for one in host.people if one.role in programme.terms.brief_by),
        }

    async def record_attendance(self, command: RecordAttendance, work: UnitOfWork) -> Done:
        """The facilitator or the coordinator says who came."""
        record = await self._visits.visit(command.visit_id)
        programme = await programme_of(self._programmes, record.visit.programme_id)
        decision = decide_attendance(record, command, programme.coordinator_id, work.now)
        reminders.visit_over(decision.record, programme, work)
        return await self._keep(decision, work)

    async def _keep(self, decision: Decision[VisitRecord], work: UnitOfWork) -> Done:
        record = decision.record
        await self._visits.put(decision.records)
        programme = await programme_of(self._programmes, record.visit.programme_id)
        for event in decision.events:
            work.publish(programme.spoken(event))
        return Done(id=record.visit.visit_id, version=record.version, sentence=decision.sentence)
