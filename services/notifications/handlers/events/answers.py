"""Answers to invitations, reminders to those who have not answered, and questions to the coordinator."""

from services.notifications.domain.decisions import answers
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events.scheduling import (
    CalendarDrafted,
    CoordinatorAsked,
    InvitationAnswered,
    InvitationReminderDue,
    SchedulingFailed,
)


class Answers:
    """Reactions to answers and to questions about dates."""

    def __init__(self, records: Records) -> None:
        self._records = records

    async def answered(self, event: InvitationAnswered, work: UnitOfWork) -> None:
        """End the reminders for this invitation."""
        await self._records.save(answers.answered(event), work)

    async def reminder_due(self, event: InvitationReminderDue, work: UnitOfWork) -> None:
        """Remind the people named."""
        target = await self._records.target(event.target_id)
        programme = await self._records.programme(event.programme_id) if target else None
        await self._records.save(answers.reminder_due(programme, target, event, work.now), work)

    async def coordinator_asked(self, event: CoordinatorAsked, work: UnitOfWork) -> None:
        """Put the question to the coordinator."""
        programme = await self._records.programme(event.programme_id)
        await self._records.save(answers.coordinator_asked(programme, event, work.now), work)

    async def calendar_drafted(self, event: CalendarDrafted, work: UnitOfWork) -> None:
        """Ask the coordinator for a review."""
        programme = await self._records.programme(event.programme_id)
        await self._records.save(answers.calendar_drafted(programme, event, work.now), work)

    async def scheduling_failed(self, event: SchedulingFailed, work: UnitOfWork) -> None:
        """Tell the coordinator what blocks the dates."""
        programme = await self._records.programme(event.programme_id)
        await self._records.save(answers.scheduling_failed(programme, event, work.now), work)
