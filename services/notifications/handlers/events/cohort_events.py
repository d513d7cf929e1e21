"""Events for the whole cohort: invitations and their changes, and the survey afterwards."""

from services.notifications.domain.decisions import cohort_events
from services.notifications.domain.decisions.cohort_events import EventChange, EventRecords
from services.notifications.handlers.events.dated_words import DatedWords
from services.notifications.handlers.records import Records
from shared.bus.unit_of_work import UnitOfWork
from shared.events import either


class CohortEvents:
    """Reactions to what happens to cohort events."""

    def __init__(self, records: Records, words: DatedWords) -> None:
        self._records, self._words = records, words

    async def scheduled(self, event: either.CohortEventScheduled, work: UnitOfWork) -> None:
        """Invite everybody."""
        await self._words.save(cohort_events.scheduled(await self._before(event), event, work.now), event, work)

    async def moved(self, event: either.CohortEventMoved, work: UnitOfWork) -> None:
        """Send the new date."""
        await self._words.save(cohort_events.moved(await self._before(event), event, work.now), event, work)

    async def changed(self, event: either.CohortEventChanged, work: UnitOfWork) -> None:
        """Write to those whom the change concerns."""
        await self._words.save(cohort_events.changed(await self._before(event), event, work.now), event, work)

    async def cancelled(self, event: either.CohortEventCancelled, work: UnitOfWork) -> None:
        """Take it out of everybody's calendar."""
        await self._words.save(cohort_events.cancelled(await self._before(event), event, work.now), event, work)

    async def held(self, event: either.CohortEventHeld, work: UnitOfWork) -> None:
        """Ask those who were there to fill in the survey."""
        target = await self._records.target(event.event_id)
        programme = await self._records.programme(target.programme_id) if target else None
        await self._records.save(cohort_events.held(EventRecords(programme, target), event, work.now), work)
        await self._words.held(target, (one.person_id for one in event.present), work)

    async def _before(self, event: EventChange) -> EventRecords:
        target = await self._records.target(event.event_id)
        return EventRecords(await self._records.programme(event.programme_id), target)
