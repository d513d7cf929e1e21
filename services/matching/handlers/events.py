"""Reacts to what programmes publishes: enrolment closes, a school leaves."""

from services.matching.domain.events import group_changed
from services.matching.domain.group_changes import without
from services.matching.domain.ids import cohort_id
from services.matching.handlers.loading import programme_of
from services.matching.handlers.saving import begin
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.programmes import EnrolmentClosed, SchoolWithdrawn

__all__ = ["Events"]


class Events:
    """Handlers of events that lead to others."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def enrolment_closed(self, event: EnrolmentClosed, work: UnitOfWork) -> None:
        """Ask for the first draft, once every enrolment has arrived here."""
        await programme_of(self._stores, event.programme_id)
        known = await self._stores.enrolments.known(event.programme_id, event.enrolment_ids)
        wanted = len(event.enrolment_ids) or event.enrolments
        if known < wanted:
            raise NotYet(f"{known} of {wanted} enrolments have arrived.")
        if await self._stores.cohorts.cohort(cohort_id(event.programme_id)) is None:
            await begin(self._stores, event.programme_id, 1, work)

    async def school_withdrawn(self, event: SchoolWithdrawn, work: UnitOfWork) -> None:
        """A school has left: it is out of later drafts, of its group, and of what the coordinator pinned."""
        known = await self._stores.enrolments.enrolment(event.enrolment_id)
        if known is None or known.withdrawn or known.version >= event.version:
            return
        gone = known.model_copy(update={"withdrawn": True, "version": event.version})
        await self._stores.enrolments.put_enrolment(gone)
        pins = await self._stores.enrolments.pins(event.programme_id)
        if pins.names(event.school_id):
            await self._stores.enrolments.put_pins(pins.without(event.school_id))
        cohort = await self._stores.cohorts.cohort(cohort_id(event.programme_id))
        if cohort is None:
            return
        if await self._stores.cohorts.telling(cohort.cohort_id):
            raise NotYet("The groups are still being told.")
        if cohort.state != "published":
            await begin(self._stores, event.programme_id, cohort.seed, work)
        if cohort.published:
            await self._leave(cohort.cohort_id, event.school_id, work)

    async def _leave(self, cohort: str, school_id: str, work: UnitOfWork) -> None:
        group = await self._stores.cohorts.group_of(cohort, school_id)
        if group is not None:
            smaller = without(group, school_id)
            await self._stores.cohorts.put_group(smaller.group)
            work.publish(group_changed(group, smaller))
