"""What falls due: reminders to those who have not answered, a missing brief, the end of a visit's or event's day."""

from services.scheduling.domain.visits.answers import Target, declined, sequence_of, still_to_come, unanswered
from services.scheduling.domain.visits.records import VisitRecord
from services.scheduling.ports.stores import Stores
from shared.bus import Reminder, UnitOfWork
from shared.events.scheduling import CohortEventHeld, InvitationReminderDue, VisitBriefDue, VisitDayEnded

__all__ = ["Timers"]


class Timers:
    """Handlers of reminders."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def answers_due(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Remind the unanswered, and only them, of the invitation that stands."""
        target_id, kind = reminder.data["target"], reminder.data["kind"]
        visits = self._stores.visits
        target: Target = await (visits.visit(target_id) if kind == "visit" else visits.event(target_id))
        if not still_to_come(target, work.now) or int(reminder.data["sequence"]) != sequence_of(target):
            return
        people = unanswered(target, await self._stores.answers.latest(target_id))
        if people:
            of_visit = isinstance(target, VisitRecord)
            programme = target.visit.programme_id if isinstance(target, VisitRecord) else target.event.programme_id
            work.publish(
                InvitationReminderDue(
                    version=target.version,
                    target_id=target_id,
                    target_kind="visit" if of_visit else "cohort-event",
                    programme_id=programme,
                    person_ids=people,
                    round=int(reminder.data["round"]),
                )
            )

    async def brief_due(self, reminder: Reminder, work: UnitOfWork) -> None:
        """Ask the host for the brief that is missing."""
        record = await self._stores.visits.visit(reminder.key)
        if record.brief is not None or not still_to_come(record, work.now):
            return
        after = record.model_copy(update={"version": record.version + 1})
        await self._stores.visits.put([after])
        visit = after.visit
        work.publish(
            VisitBriefDue(
                version=after.version,
                visit_id=visit.visit_id,
                programme_id=visit.programme_id,
                host_school_id=visit.host_school_id,
                on=visit.on,
            )
        )

    async def visit_day_over(self, reminder: Reminder, work: UnitOfWork) -> None:
        """The day is over: attendance can be recorded."""
        record = await self._stores.visits.visit(reminder.key)
        if record.state != "published":
            return
        after = record.model_copy(update={"version": record.version + 1})
        await self._stores.visits.put([after])
        visit = after.visit
        work.publish(
            VisitDayEnded(
                version=after.version,
                visit_id=visit.visit_id,
                programme_id=visit.programme_id,
                cohort_id=visit.cohort_id,
                host_school_id=visit.host_school_id,
                facilitator_id=visit.facilitator_id,
                on=visit.on,
            )
        )

    async def event_day_over(self, reminder: Reminder, work: UnitOfWork) -> None:
        """A cohort event is held; those who had not declined count as present."""
        record = await self._stores.visits.event(reminder.key)
        if record.state != "published":
            return
        away = declined(record, await self._stores.answers.latest(reminder.key))
        after = record.model_copy(update={"state": "held", "version": record.version + 1})
        await self._stores.visits.put([], [after])
        event = record.event
        work.publish(
            CohortEventHeld(
                version=after.version,
                event_id=event.event_id,
                cohort_id=event.cohort_id,
                programme_id=event.programme_id,
                activity=event.activity,
                on=event.on,
                present=tuple(one for one in event.attendees if one.person_id not in away),
            )
        )
