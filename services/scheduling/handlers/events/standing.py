"""A programme stands still: visits and events to come are cancelled. It goes on: their windows lie later.

The coordinator drafts the calendar again, and what the pause cancelled is dated anew under UIDs of its own.
"""

from services.scheduling.domain.visits.disruptions import POSTPONED
from services.scheduling.domain.visits.records import EventDecision, ProgrammeRecord
from services.scheduling.handlers.changes import Changes
from services.scheduling.handlers.cohort_events import CohortEvents
from services.scheduling.handlers.loading.cohorts import programme_of
from services.scheduling.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events.programme_states import ProgrammePostponed, ProgrammeResumed

__all__ = ["StandingEvents"]


class StandingEvents:
    """One method an event."""

    def __init__(self, stores: Stores, changes: Changes, events: CohortEvents) -> None:
        self._stores, self._changes, self._events = stores, changes, events

    async def postponed(self, event: ProgrammePostponed, work: UnitOfWork) -> None:
        """Cancel what is to come, each under its UID."""
        programme = await self._kept(event)
        for cohort in await self._stores.cohorts.of_programme(event.programme_id) if programme else ():
            assert programme is not None
            for visit in await self._stores.visits.of_cohort(cohort.cohort_id):
                if visit.state == "published" and visit.visit.on >= event.on:
                    await self._changes.cancel(visit.model_copy(update={"paused": True}), POSTPONED, programme, work)
            done = set[str]()
            for record in await self._stores.events.of_cohort(cohort.cohort_id):
                to_come = record.open and record.state == "published" and record.event.on >= event.on
                if to_come and record.event.activity not in done:
                    done.add(record.event.activity)
                    await self._events.decide(record, EventDecision(on=None, why=POSTPONED), work)

    async def resumed(self, event: ProgrammeResumed, work: UnitOfWork) -> None:
        """Move the windows by the pause; a draft of the calendar dates anew what it cancelled."""
        programme = await self._kept(event)
        if programme is not None:
            pause = event.pauses[-1]
            after = programme.model_copy(update={"terms": programme.terms.after(pause), "pauses": event.pauses})
            await self._stores.programmes.put(after)

    async def _kept(self, event: ProgrammePostponed | ProgrammeResumed) -> ProgrammeRecord | None:
        """The programme with the event's version kept; None where it is known already."""
        programme = await programme_of(self._stores.programmes, event.programme_id)
        if programme.version >= event.version:
            return None
        after = programme.model_copy(update={"version": event.version})
        await self._stores.programmes.put(after)
        return after
