"""Events for the whole cohort: invitations and their changes, and the survey afterwards."""

from typing import Literal

from services.notifications.domain import targets
from services.notifications.domain.details import Change
from services.notifications.domain.recipients import Cast
from services.notifications.domain.targets import Concerned
from services.notifications.handlers.events.visits import refs_of
from services.notifications.handlers.mailings import Mailings, Occasion
from shared.bus.unit_of_work import UnitOfWork
from shared.events.scheduling import (
    CohortEventCancelled,
    CohortEventChanged,
    CohortEventHeld,
    CohortEventMoved,
    CohortEventScheduled,
)

CohortEventChange = CohortEventScheduled | CohortEventMoved | CohortEventChanged | CohortEventCancelled


class CohortEvents:
    """Mails about cohort events."""

    def __init__(self, mailings: Mailings) -> None:
        self._mailings = mailings

    async def scheduled(self, event: CohortEventScheduled, work: UnitOfWork) -> None:
        """Invite everybody."""
        await self._announce(event, work, "scheduled", Change())

    async def moved(self, event: CohortEventMoved, work: UnitOfWork) -> None:
        """Send the new date."""
        await self._announce(event, work, "scheduled", Change(moved_from=event.moved_from, why=event.why))

    async def changed(self, event: CohortEventChanged, work: UnitOfWork) -> None:
        """Write to who joined or left; to everybody only if the hours differ."""
        before = (await self._mailings.targets.find([event.event_id])).get(event.event_id)
        after = targets.of_cohort_event(event, event.version)
        people = targets.affected_by_change(before, after, event.joined, event.left)
        await self._announce(event, work, "scheduled", Change(why=event.why), {"attendees": people})

    async def cancelled(self, event: CohortEventCancelled, work: UnitOfWork) -> None:
        """Take it out of everybody's calendar."""
        await self._announce(event, work, "cancelled", Change(why=event.why))

    async def _announce(
        self,
        event: CohortEventChange,
        work: UnitOfWork,
        state: Literal["scheduled", "cancelled"],
        change: Change,
        cast: Cast | None = None,
    ) -> None:
        before = (await self._mailings.targets.find([event.event_id])).get(event.event_id)
        if before is not None and before.version >= event.version:
            return
        after = targets.of_cohort_event(event, event.version, state)
        await self._mailings.targets.put(after)
        programme = await self._mailings.programme(event.programme_id)
        everybody: Cast = {"attendees": [*targets.invited(after), *targets.no_longer_invited(before, after)]}
        occasion = Occasion(
            type(event).__name__, event.event_id, event.version, refs_of(after), change, sequence=event.sequence
        )
        await self._mailings.queue(work, programme, occasion, cast or everybody)

    async def held(self, event: CohortEventHeld, work: UnitOfWork) -> None:
        """Ask those who were there for the survey."""
        known = (await self._mailings.targets.find([event.event_id])).get(event.event_id)
        if known is None:
            return
        await self._mailings.targets.put(known.model_copy(update={"state": "held", "version": event.version}))
        programme = await self._mailings.programme(event.programme_id)
        present = [Concerned(each.person_id, each.role, each.school_id) for each in event.present]
        occasion = Occasion("CohortEventHeld", event.event_id, event.version, refs_of(known))
        await self._mailings.queue(work, programme, occasion, {"present": present})
