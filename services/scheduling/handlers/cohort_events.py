"""Decisions about cohort events are noted on all parts at once and told in batches.

The decision is noted on every part in the transaction that makes it, and stands from then on. As many people as fit are
told in it, and the rest in batches, each in the transaction that changes their part. After a crash the task resumes
with the parts still marked `decided`. A later decision takes the place of one that is yet to be told.
"""

from services.scheduling.domain.visits.event_decisions import carry_out
from services.scheduling.domain.visits.invitations import PEOPLE_AT_ONCE
from services.scheduling.domain.visits.records import EventDecision, EventRecord
from services.scheduling.handlers.loading.cohorts import programme_of
from services.scheduling.handlers.timers import reminders
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork

__all__ = ["CohortEvents"]


class CohortEvents:
    """Saves and publishes what is decided about cohort events."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def decide(self, record: EventRecord, decision: EventDecision, work: UnitOfWork) -> None:
        """Decide about all parts of an event, and tell as many people as fit: those of `record` first."""
        await self._stores.events.decide(record.event.cohort_id, record.event.activity, decision)
        first = await self._stores.events.event(record.event.event_id)
        if first.decided:
            await self._tell(first, work)
        await self._tell_next(PEOPLE_AT_ONCE - len(first.event.attendees), work)

    async def tell(self, work: UnitOfWork) -> bool:
        """Tell the next people of what was decided about their events; whether there were any."""
        return await self._tell_next(PEOPLE_AT_ONCE, work)

    async def _tell_next(self, left: int, work: UnitOfWork) -> bool:
        any_told = False
        while left > 0 and (part := await self._stores.events.next_decided()):
            await self._tell(part, work)
            left -= max(1, len(part.event.attendees))
            any_told = True
        return any_told

    async def _tell(self, part: EventRecord, work: UnitOfWork) -> None:
        decision = carry_out(part)
        after = decision.record
        await self._stores.events.put([after])
        for event in decision.events:
            work.publish(event)
        if decision.events:
            programme = await programme_of(self._stores, part.event.programme_id)
            due_anew = reminders.event_published if after.state == "published" else reminders.event_over
            due_anew(after, programme, work)
