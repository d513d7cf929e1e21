"""Keeps what programmes tells, and carries on when a school leaves: the draft again, or the published group smaller."""

from services.matching.domain.changing import without
from services.matching.domain.ids import cohort_id
from services.matching.domain.records import EnrolmentRecord, ProgrammeRecord
from services.matching.handlers.deciding import group_changed
from services.matching.handlers.rounds import begin
from services.matching.ports import Stores
from shared.bus import UnitOfWork
from shared.errors import NotYet
from shared.events.programmes import EnrolmentAmended, ProgrammeOpened, SchoolEnrolled, SchoolWithdrawn
from shared.events.scheduling import VisitHeld

__all__ = ["Projection"]


class Projection:
    """Handlers of facts that have to be remembered."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def programme_opened(self, event: ProgrammeOpened, _: UnitOfWork) -> None:
        """A programme with its template."""
        await self._stores.enrolments.put_programme(ProgrammeRecord.model_validate(event.model_dump()))

    async def school_enrolled(self, event: SchoolEnrolled | EnrolmentAmended, _: UnitOfWork) -> None:
        """A school's part in a programme, as it stands now."""
        known = await self._stores.enrolments.enrolment(event.enrolment_id)
        if known is None or known.version < event.version:
            await self._stores.enrolments.put_enrolment(EnrolmentRecord.model_validate(event.model_dump()))

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

    async def visit_held(self, event: VisitHeld, _: UnitOfWork) -> None:
        """A group has met: from now on a re-match leaves it as it is."""
        group = await self._stores.cohorts.group(event.group_id)
        if group is not None and not group.held:
            await self._stores.cohorts.put_group(group.model_copy(update={"held": True}))

    async def _leave(self, cohort: str, school_id: str, work: UnitOfWork) -> None:
        group = await self._stores.cohorts.group_of(cohort, school_id)
        if group is not None:
            smaller = without(group, school_id)
            await self._stores.cohorts.put_group(smaller.group)
            work.publish(group_changed(group, smaller))
