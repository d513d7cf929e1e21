"""Keeps what programmes and scheduling publish."""

from services.matching.domain.records import EnrolmentRecord, ProgrammeRecord
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork
from shared.events.programmes import EnrolmentAmended, ProgrammeOpened, SchoolEnrolled
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

    async def visit_held(self, event: VisitHeld, _: UnitOfWork) -> None:
        """A group has met: from now on a re-match leaves it as it is."""
        group = await self._stores.cohorts.group(event.group_id)
        if group is not None and not group.held:
            await self._stores.cohorts.put_group(group.model_copy(update={"held": True}))
