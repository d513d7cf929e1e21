"""Events for the whole cohort: invitations and their changes, and the survey afterwards."""

from typing import Literal

from services.notifications.domain import targets
from services.notifications.domain.recipients import Cast
from services.notifications.domain.targets import Concerned
from services.notifications.handlers.desk import Desk, Occasion
from services.notifications.handlers.visits import refs_of
from shared.bus.unit_of_work import UnitOfWork
from shared.events.scheduling import (
    CohortEventCancelled,
    CohortEventChanged,
    CohortEventHeld,
    CohortEventMoved,
    CohortEventScheduled,
)

Told = CohortEventScheduled | CohortEventMoved | CohortEventChanged | CohortEventCancelled


class CohortEvents:
    """Mails about cohort events."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def scheduled(self, event: CohortEventScheduled, work: UnitOfWork) -> None:
        """Invite everybody."""
        await self._told(event, work, "scheduled", {})

    async def moved(self, event: CohortEventMoved, work: UnitOfWork) -> None:
        """Send the new date."""
        await self._told(event, work, "scheduled", {"moved_from": event.moved_from.isoformat(), "why": event.why})

    async def changed(self, event: CohortEventChanged, work: UnitOfWork) -> None:
        """Write to who joined or left; to everybody only if the hours differ."""
        before = (await self._desk.book.targets([event.event_id])).get(event.event_id)
        after = targets.of_cohort_event(event, event.version)
        people = targets.affected_by_change(before, after, event.joined, event.left)
        await self._told(event, work, "scheduled", {"why": event.why}, {"attendees": people})

    async def cancelled(self, event: CohortEventCancelled, work: UnitOfWork) -> None:
        """Take it out of everybody's calendar."""
        await self._told(event, work, "cancelled", {"why": event.why})

    async def _told(
        self,
        event: Told,
        work: UnitOfWork,
        state: Literal["scheduled", "cancelled"],
        facts: dict[str, str],
        cast: Cast | None = None,
    ) -> None:
        before = (await self._desk.book.targets([event.event_id])).get(event.event_id)
        if before is not None and before.version >= event.version:
            return
        after = targets.of_cohort_event(event, event.version, state)
        await self._desk.book.put_target(after)
        programme = await self._desk.programme(event.programme_id)
        everybody: Cast = {"attendees": [*targets.invited(after), *targets.no_longer_invited(before, after)]}
        occasion = Occasion(
            type(event).__name__, event.event_id, event.version, refs_of(after), facts, sequence=event.sequence
        )
        await self._desk.post(work, programme, occasion, cast or everybody)

    async def held(self, event: CohortEventHeld, work: UnitOfWork) -> None:
        """Ask those who were there for the survey."""
        known = (await self._desk.book.targets([event.event_id])).get(event.event_id)
        if known is None:
            return
        await self._desk.book.put_target(known.model_copy(update={"state": "held", "version": event.version}))
        programme = await self._desk.programme(event.programme_id)
        present = [Concerned(each.person_id, each.role, each.school_id) for each in event.present]
        occasion = Occasion("CohortEventHeld", event.event_id, event.version, refs_of(known))
        await self._desk.post(work, programme, occasion, {"present": present})
