"""Notes decisions about cohort events on all parts at once, and publishes them in batches.

A decision stands from the transaction that notes it on every part. That transaction publishes for as many people as
fit; the rest follows in batches, each in the transaction that changes its part. After a crash the task resumes with the
parts still marked `decided`. A later decision replaces one that is not yet published.
"""

from services.scheduling.domain.visits.event_decisions import carry_out
from services.scheduling.domain.visits.invitations import PEOPLE_AT_ONCE
from services.scheduling.domain.visits.records import EventDecision, EventRecord
from services.scheduling.handlers.loading.cohorts import programme_of
from services.scheduling.handlers.timers import reminders
from services.scheduling.ports import cohort_events, programmes
from shared.bus import UnitOfWork

__all__ = ["CohortEvents"]


class CohortEvents:
    """Saves and publishes what is decided about cohort events."""

    def __init__(self, events: cohort_events.CohortEvents, programmes: programmes.Programmes) -> None:
        self._events, self._programmes = events, programmes

    async def decide(self, record: EventRecord, decision: EventDecision, work: UnitOfWork) -> None:
        """Decide about all parts of an event, and publish for as many people as fit, those of `record` first."""
        await self._events.decide(record.event.cohort_id, record.event.activity, decision)
        first = await self._events.event(record.event.event_id)
        if first.decided:
            await self._carry_out(first, work)
        await self._publish_some(PEOPLE_AT_ONCE - len(first.event.attendees), work)

    async def publish_next(self, work: UnitOfWork) -> bool:
        """Publish the next decisions about events; whether there were any."""
        return await self._publish_some(PEOPLE_AT_ONCE, work)

    async def _publish_some(self, left: int, work: UnitOfWork) -> bool:
        found = False
        while left > 0 and (part := await self._events.next_decided()):
            await self._carry_out(part, work)
            left -= max(1, len(part.event.attendees))
            found = True
        return found

    async def _carry_out(self, part: EventRecord, work: UnitOfWork) -> None:
        decision = carry_out(part)
        after = decision.record
        await self._events.put([after])
        programme = await programme_of(self._programmes, part.event.programme_id)
        for event in decision.events:
            work.publish(programme.spoken(event))
        if decision.events:
            due_anew = reminders.event_published if after.state == "published" else reminders.event_over
            due_anew(after, programme, work)
